package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The weight gradient of depthwise layers and of groups with few channels, channels in lanes:
 *
 * <pre>
 * sums[t, lane] += sum over k of  s[k, lane] * x[tapAt[t] + k * step, lane]     k = 0 .. count-1, ascending: one FMA chain
 * </pre>
 *
 * for {@link #TAPS} taps at a time, whose chains fill the FMA units (latency 4, two ports: 8). Per
 * k 10 vectors are loaded for 9 FMAs; nine addresses more come from the stack, so that the load
 * ports need 10 cycles, but where the taps are 3x3 neighbours three addresses do. Strides 1 and 2
 * have loops of their own, since C2 hoists the range checks of addresses that are affine in the
 * counter with constant factors only (JDK 25).
 */
public final class GroupGradientKernel {
  /** Taps at a time. */
  public static final int TAPS = 9;

  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  private GroupGradientKernel() {}

  /**
   * Goes on with the sums of some taps over some neighbouring pixels.
   *
   * @param s the gradients of the outputs, LANES floats a pixel
   * @param sAt first of them
   * @param count pixels
   * @param x the window, LANES floats a pixel
   * @param xAt where the taps start from
   * @param tapAt place of each tap
   * @param tap first of TAPS taps
   * @param sums sums, LANES floats a tap
   * @param sumsAt those of the first tap
   * @param stride window pixels from an output to the next
   */
  public static void run(
      float[] s,
      int sAt,
      int count,
      float[] x,
      int xAt,
      int[] tapAt,
      int tap,
      float[] sums,
      int sumsAt,
      int stride) {
    switch (stride) {
      case 1 -> stride1(s, sAt, count, x, xAt, tapAt, tap, sums, sumsAt);
      case 2 -> stride2(s, sAt, count, x, xAt, tapAt, tap, sums, sumsAt);
      default -> anyStride(s, sAt, count, x, xAt, tapAt, tap, sums, sumsAt, stride * L);
    }
  }

  /**
   * The same for 3x3 neighbouring taps and a stride of 1 or 2: three addresses instead of nine,
   * which C2 keeps in registers: 5 cycles a pixel for 10, half of whose loads were addresses (JDK
   * 25).
   */
  public static void runThreeByThree(
      float[] s,
      int sAt,
      int count,
      float[] x,
      int xAt,
      int[] tapAt,
      float[] sums,
      int sumsAt,
      int stride) {
    int x0 = xAt + tapAt[0];
    int x1 = xAt + tapAt[3];
    int x2 = xAt + tapAt[6];
    if (stride == 1) {
      threeByThree1(s, sAt, count, x, x0, x1, x2, sums, sumsAt);
    } else {
      threeByThree2(s, sAt, count, x, x0, x1, x2, sums, sumsAt);
    }
  }

  // spotless:off
  private static void stride1(
      float[] s, int sAt, int count, float[] x, int xAt, int[] tapAt, int tap, float[] sums, int sumsAt) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt + 0 * L);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + 1 * L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    int x0 = xAt + tapAt[tap + 0];
    int x1 = xAt + tapAt[tap + 1];
    int x2 = xAt + tapAt[tap + 2];
    int x3 = xAt + tapAt[tap + 3];
    int x4 = xAt + tapAt[tap + 4];
    int x5 = xAt + tapAt[tap + 5];
    int x6 = xAt + tapAt[tap + 6];
    int x7 = xAt + tapAt[tap + 7];
    int x8 = xAt + tapAt[tap + 8];
    for (int k = 0; k < count; k++) {
      FloatVector d = FloatVector.fromArray(S, s, sAt + k * L);
      a0 = d.fma(FloatVector.fromArray(S, x, x0 + k * L), a0);
      a1 = d.fma(FloatVector.fromArray(S, x, x1 + k * L), a1);
      a2 = d.fma(FloatVector.fromArray(S, x, x2 + k * L), a2);
      a3 = d.fma(FloatVector.fromArray(S, x, x3 + k * L), a3);
      a4 = d.fma(FloatVector.fromArray(S, x, x4 + k * L), a4);
      a5 = d.fma(FloatVector.fromArray(S, x, x5 + k * L), a5);
      a6 = d.fma(FloatVector.fromArray(S, x, x6 + k * L), a6);
      a7 = d.fma(FloatVector.fromArray(S, x, x7 + k * L), a7);
      a8 = d.fma(FloatVector.fromArray(S, x, x8 + k * L), a8);
    }
    a0.intoArray(sums, sumsAt + 0 * L);
    a1.intoArray(sums, sumsAt + 1 * L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
  }

  private static void stride2(
      float[] s, int sAt, int count, float[] x, int xAt, int[] tapAt, int tap, float[] sums, int sumsAt) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt + 0 * L);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + 1 * L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    int x0 = xAt + tapAt[tap + 0];
    int x1 = xAt + tapAt[tap + 1];
    int x2 = xAt + tapAt[tap + 2];
    int x3 = xAt + tapAt[tap + 3];
    int x4 = xAt + tapAt[tap + 4];
    int x5 = xAt + tapAt[tap + 5];
    int x6 = xAt + tapAt[tap + 6];
    int x7 = xAt + tapAt[tap + 7];
    int x8 = xAt + tapAt[tap + 8];
    for (int k = 0; k < count; k++) {
      FloatVector d = FloatVector.fromArray(S, s, sAt + k * L);
      a0 = d.fma(FloatVector.fromArray(S, x, x0 + k * (2 * L)), a0);
      a1 = d.fma(FloatVector.fromArray(S, x, x1 + k * (2 * L)), a1);
      a2 = d.fma(FloatVector.fromArray(S, x, x2 + k * (2 * L)), a2);
      a3 = d.fma(FloatVector.fromArray(S, x, x3 + k * (2 * L)), a3);
      a4 = d.fma(FloatVector.fromArray(S, x, x4 + k * (2 * L)), a4);
      a5 = d.fma(FloatVector.fromArray(S, x, x5 + k * (2 * L)), a5);
      a6 = d.fma(FloatVector.fromArray(S, x, x6 + k * (2 * L)), a6);
      a7 = d.fma(FloatVector.fromArray(S, x, x7 + k * (2 * L)), a7);
      a8 = d.fma(FloatVector.fromArray(S, x, x8 + k * (2 * L)), a8);
    }
    a0.intoArray(sums, sumsAt + 0 * L);
    a1.intoArray(sums, sumsAt + 1 * L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
  }

  private static void anyStride(
      float[] s, int sAt, int count, float[] x, int xAt, int[] tapAt, int tap, float[] sums, int sumsAt, int step) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt + 0 * L);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + 1 * L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    int x0 = xAt + tapAt[tap + 0];
    int x1 = xAt + tapAt[tap + 1];
    int x2 = xAt + tapAt[tap + 2];
    int x3 = xAt + tapAt[tap + 3];
    int x4 = xAt + tapAt[tap + 4];
    int x5 = xAt + tapAt[tap + 5];
    int x6 = xAt + tapAt[tap + 6];
    int x7 = xAt + tapAt[tap + 7];
    int x8 = xAt + tapAt[tap + 8];
    for (int k = 0; k < count; k++) {
      FloatVector d = FloatVector.fromArray(S, s, sAt + k * L);
      a0 = d.fma(FloatVector.fromArray(S, x, x0 + k * step), a0);
      a1 = d.fma(FloatVector.fromArray(S, x, x1 + k * step), a1);
      a2 = d.fma(FloatVector.fromArray(S, x, x2 + k * step), a2);
      a3 = d.fma(FloatVector.fromArray(S, x, x3 + k * step), a3);
      a4 = d.fma(FloatVector.fromArray(S, x, x4 + k * step), a4);
      a5 = d.fma(FloatVector.fromArray(S, x, x5 + k * step), a5);
      a6 = d.fma(FloatVector.fromArray(S, x, x6 + k * step), a6);
      a7 = d.fma(FloatVector.fromArray(S, x, x7 + k * step), a7);
      a8 = d.fma(FloatVector.fromArray(S, x, x8 + k * step), a8);
    }
    a0.intoArray(sums, sumsAt + 0 * L);
    a1.intoArray(sums, sumsAt + 1 * L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
  }

  private static void threeByThree1(
      float[] s, int sAt, int count, float[] x, int x0, int x1, int x2, float[] sums, int sumsAt) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt + 0 * L);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + 1 * L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    for (int k = 0; k < count; k++) {
      FloatVector d = FloatVector.fromArray(S, s, sAt + k * L);
      a0 = d.fma(FloatVector.fromArray(S, x, x0 + k * L), a0);
      a1 = d.fma(FloatVector.fromArray(S, x, x0 + k * L + L), a1);
      a2 = d.fma(FloatVector.fromArray(S, x, x0 + k * L + 2 * L), a2);
      a3 = d.fma(FloatVector.fromArray(S, x, x1 + k * L), a3);
      a4 = d.fma(FloatVector.fromArray(S, x, x1 + k * L + L), a4);
      a5 = d.fma(FloatVector.fromArray(S, x, x1 + k * L + 2 * L), a5);
      a6 = d.fma(FloatVector.fromArray(S, x, x2 + k * L), a6);
      a7 = d.fma(FloatVector.fromArray(S, x, x2 + k * L + L), a7);
      a8 = d.fma(FloatVector.fromArray(S, x, x2 + k * L + 2 * L), a8);
    }
    a0.intoArray(sums, sumsAt + 0 * L);
    a1.intoArray(sums, sumsAt + 1 * L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
  }

  private static void threeByThree2(
      float[] s, int sAt, int count, float[] x, int x0, int x1, int x2, float[] sums, int sumsAt) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt + 0 * L);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + 1 * L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    for (int k = 0; k < count; k++) {
      FloatVector d = FloatVector.fromArray(S, s, sAt + k * L);
      a0 = d.fma(FloatVector.fromArray(S, x, x0 + k * (2 * L)), a0);
      a1 = d.fma(FloatVector.fromArray(S, x, x0 + k * (2 * L) + L), a1);
      a2 = d.fma(FloatVector.fromArray(S, x, x0 + k * (2 * L) + 2 * L), a2);
      a3 = d.fma(FloatVector.fromArray(S, x, x1 + k * (2 * L)), a3);
      a4 = d.fma(FloatVector.fromArray(S, x, x1 + k * (2 * L) + L), a4);
      a5 = d.fma(FloatVector.fromArray(S, x, x1 + k * (2 * L) + 2 * L), a5);
      a6 = d.fma(FloatVector.fromArray(S, x, x2 + k * (2 * L)), a6);
      a7 = d.fma(FloatVector.fromArray(S, x, x2 + k * (2 * L) + L), a7);
      a8 = d.fma(FloatVector.fromArray(S, x, x2 + k * (2 * L) + 2 * L), a8);
    }
    a0.intoArray(sums, sumsAt + 0 * L);
    a1.intoArray(sums, sumsAt + 1 * L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
  }
  // spotless:on
}
