package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of {@link ChannelKernels} for one or two taps in a row, those of a phase of a
 * transposed convolution: P neighbouring pixels x 2 vectors of output channels.
 *
 * <pre>
 * for each channel c, for each kernel row r
 *   w0, w1 = the weights of the row's two columns
 *   for i = P .. 0                                the input pixel x[i] broadcast once
 *     sum[i] += x[i] w1;  sum[i-1] += x[i] w0
 * </pre>
 *
 * <p>The taps of a phase run backwards, as those of {@link ChannelKernels.Kind#MIRRORED}, so that
 * each sum takes its own in ascending order. A pixel is loaded for 4 FMAs, 2 with one tap, and a
 * row of weights for 2 P: fewer than with three taps, but where a core begins one FMA and one load
 * a cycle the FMAs are still the more.
 *
 * <p>Registers of 32: 2 P sums, 2 weights a tap and a pixel: 21 for a pair of 8, 29 for a single of
 * 13; of 14, 31, C2 spills 16 (JDK 25). One loop runs over channels and rows, of which there are
 * one or two: with a loop of rows in one of channels singles took twice as long, pairs 2 to 10%
 * longer, while kernels of three rows and columns take the same either way (JDK 25, Zen 4).
 *
 * <p>Thread safety: static, no state.
 */
final class PhaseKernels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  /** Vectors of output channels in every tile. */
  static final int VECTORS = 2;

  private PhaseKernels() {}

  /** Widths of the tiles of two taps. */
  static int[] pairs() {
    return new int[] {4, 5, 6, 7, 8};
  }

  /** Widths of those of one. */
  static int[] singles() {
    return new int[] {7, 8, 12, 13};
  }

  /**
   * Adds the products of some channels to the sums of a tile: {@link ChannelKernels#run}.
   *
   * @param taps 1 or 2
   * @param xAt the input pixel of the first output's last tap
   * @param left whether there is one; only of two taps
   * @param right whether there is a pixel for the last output's first tap; only of two
   */
  // spotless:off
  static void run(
      int taps, int width, float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows,
      boolean left, boolean right, float[] sums, int sumsAt) {
    switch (taps * 100 + width) {
      case 204 -> pair4x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 205 -> pair5x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 206 -> pair6x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 207 -> pair7x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 208 -> pair8x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 107 -> single7x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, sums, sumsAt);
      case 108 -> single8x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, sums, sumsAt);
      case 112 -> single12x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, sums, sumsAt);
      case 113 -> single13x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, sums, sumsAt);
      default -> throw new IllegalArgumentException("no tile of " + width + " pixels and " + taps + " taps");
    }
  }

  private static void pair4x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    int wNext = wStep - rows * 2 * VECTORS * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
        FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
        if (right) {
          FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
          a3_0 = x4.fma(w0_0, a3_0);
          a3_1 = x4.fma(w0_1, a3_1);
        }
        FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
        a3_0 = x3.fma(w1_0, a3_0);
        a3_1 = x3.fma(w1_1, a3_1);
        a2_0 = x3.fma(w0_0, a2_0);
        a2_1 = x3.fma(w0_1, a2_1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
        a2_0 = x2.fma(w1_0, a2_0);
        a2_1 = x2.fma(w1_1, a2_1);
        a1_0 = x2.fma(w0_0, a1_0);
        a1_1 = x2.fma(w0_1, a1_1);
        FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
        a1_0 = x1.fma(w1_0, a1_0);
        a1_1 = x1.fma(w1_1, a1_1);
        a0_0 = x1.fma(w0_0, a0_0);
        a0_1 = x1.fma(w0_1, a0_1);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p]);
          a0_0 = x0.fma(w1_0, a0_0);
          a0_1 = x0.fma(w1_1, a0_1);
        }
        q += 4 * L;
        p += pitch;
        if (r == rows) {
          r = 0;
          q += wNext;
          p += xNext;
        }
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a1_0.intoArray(sums, sumsAt + 2 * L);
    a1_1.intoArray(sums, sumsAt + 3 * L);
    a2_0.intoArray(sums, sumsAt + 4 * L);
    a2_1.intoArray(sums, sumsAt + 5 * L);
    a3_0.intoArray(sums, sumsAt + 6 * L);
    a3_1.intoArray(sums, sumsAt + 7 * L);
  }

  private static void pair5x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    int wNext = wStep - rows * 2 * VECTORS * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
        FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
        if (right) {
          FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
          a4_0 = x5.fma(w0_0, a4_0);
          a4_1 = x5.fma(w0_1, a4_1);
        }
        FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
        a4_0 = x4.fma(w1_0, a4_0);
        a4_1 = x4.fma(w1_1, a4_1);
        a3_0 = x4.fma(w0_0, a3_0);
        a3_1 = x4.fma(w0_1, a3_1);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
        a3_0 = x3.fma(w1_0, a3_0);
        a3_1 = x3.fma(w1_1, a3_1);
        a2_0 = x3.fma(w0_0, a2_0);
        a2_1 = x3.fma(w0_1, a2_1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
        a2_0 = x2.fma(w1_0, a2_0);
        a2_1 = x2.fma(w1_1, a2_1);
        a1_0 = x2.fma(w0_0, a1_0);
        a1_1 = x2.fma(w0_1, a1_1);
        FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
        a1_0 = x1.fma(w1_0, a1_0);
        a1_1 = x1.fma(w1_1, a1_1);
        a0_0 = x1.fma(w0_0, a0_0);
        a0_1 = x1.fma(w0_1, a0_1);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p]);
          a0_0 = x0.fma(w1_0, a0_0);
          a0_1 = x0.fma(w1_1, a0_1);
        }
        q += 4 * L;
        p += pitch;
        if (r == rows) {
          r = 0;
          q += wNext;
          p += xNext;
        }
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a1_0.intoArray(sums, sumsAt + 2 * L);
    a1_1.intoArray(sums, sumsAt + 3 * L);
    a2_0.intoArray(sums, sumsAt + 4 * L);
    a2_1.intoArray(sums, sumsAt + 5 * L);
    a3_0.intoArray(sums, sumsAt + 6 * L);
    a3_1.intoArray(sums, sumsAt + 7 * L);
    a4_0.intoArray(sums, sumsAt + 8 * L);
    a4_1.intoArray(sums, sumsAt + 9 * L);
  }

  private static void pair6x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    int wNext = wStep - rows * 2 * VECTORS * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
        FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
        if (right) {
          FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
          a5_0 = x6.fma(w0_0, a5_0);
          a5_1 = x6.fma(w0_1, a5_1);
        }
        FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
        a5_0 = x5.fma(w1_0, a5_0);
        a5_1 = x5.fma(w1_1, a5_1);
        a4_0 = x5.fma(w0_0, a4_0);
        a4_1 = x5.fma(w0_1, a4_1);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
        a4_0 = x4.fma(w1_0, a4_0);
        a4_1 = x4.fma(w1_1, a4_1);
        a3_0 = x4.fma(w0_0, a3_0);
        a3_1 = x4.fma(w0_1, a3_1);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
        a3_0 = x3.fma(w1_0, a3_0);
        a3_1 = x3.fma(w1_1, a3_1);
        a2_0 = x3.fma(w0_0, a2_0);
        a2_1 = x3.fma(w0_1, a2_1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
        a2_0 = x2.fma(w1_0, a2_0);
        a2_1 = x2.fma(w1_1, a2_1);
        a1_0 = x2.fma(w0_0, a1_0);
        a1_1 = x2.fma(w0_1, a1_1);
        FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
        a1_0 = x1.fma(w1_0, a1_0);
        a1_1 = x1.fma(w1_1, a1_1);
        a0_0 = x1.fma(w0_0, a0_0);
        a0_1 = x1.fma(w0_1, a0_1);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p]);
          a0_0 = x0.fma(w1_0, a0_0);
          a0_1 = x0.fma(w1_1, a0_1);
        }
        q += 4 * L;
        p += pitch;
        if (r == rows) {
          r = 0;
          q += wNext;
          p += xNext;
        }
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a1_0.intoArray(sums, sumsAt + 2 * L);
    a1_1.intoArray(sums, sumsAt + 3 * L);
    a2_0.intoArray(sums, sumsAt + 4 * L);
    a2_1.intoArray(sums, sumsAt + 5 * L);
    a3_0.intoArray(sums, sumsAt + 6 * L);
    a3_1.intoArray(sums, sumsAt + 7 * L);
    a4_0.intoArray(sums, sumsAt + 8 * L);
    a4_1.intoArray(sums, sumsAt + 9 * L);
    a5_0.intoArray(sums, sumsAt + 10 * L);
    a5_1.intoArray(sums, sumsAt + 11 * L);
  }

  private static void pair7x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    int wNext = wStep - rows * 2 * VECTORS * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
        FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
        if (right) {
          FloatVector x7 = FloatVector.broadcast(S, x[p + 7]);
          a6_0 = x7.fma(w0_0, a6_0);
          a6_1 = x7.fma(w0_1, a6_1);
        }
        FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
        a6_0 = x6.fma(w1_0, a6_0);
        a6_1 = x6.fma(w1_1, a6_1);
        a5_0 = x6.fma(w0_0, a5_0);
        a5_1 = x6.fma(w0_1, a5_1);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
        a5_0 = x5.fma(w1_0, a5_0);
        a5_1 = x5.fma(w1_1, a5_1);
        a4_0 = x5.fma(w0_0, a4_0);
        a4_1 = x5.fma(w0_1, a4_1);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
        a4_0 = x4.fma(w1_0, a4_0);
        a4_1 = x4.fma(w1_1, a4_1);
        a3_0 = x4.fma(w0_0, a3_0);
        a3_1 = x4.fma(w0_1, a3_1);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
        a3_0 = x3.fma(w1_0, a3_0);
        a3_1 = x3.fma(w1_1, a3_1);
        a2_0 = x3.fma(w0_0, a2_0);
        a2_1 = x3.fma(w0_1, a2_1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
        a2_0 = x2.fma(w1_0, a2_0);
        a2_1 = x2.fma(w1_1, a2_1);
        a1_0 = x2.fma(w0_0, a1_0);
        a1_1 = x2.fma(w0_1, a1_1);
        FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
        a1_0 = x1.fma(w1_0, a1_0);
        a1_1 = x1.fma(w1_1, a1_1);
        a0_0 = x1.fma(w0_0, a0_0);
        a0_1 = x1.fma(w0_1, a0_1);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p]);
          a0_0 = x0.fma(w1_0, a0_0);
          a0_1 = x0.fma(w1_1, a0_1);
        }
        q += 4 * L;
        p += pitch;
        if (r == rows) {
          r = 0;
          q += wNext;
          p += xNext;
        }
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a1_0.intoArray(sums, sumsAt + 2 * L);
    a1_1.intoArray(sums, sumsAt + 3 * L);
    a2_0.intoArray(sums, sumsAt + 4 * L);
    a2_1.intoArray(sums, sumsAt + 5 * L);
    a3_0.intoArray(sums, sumsAt + 6 * L);
    a3_1.intoArray(sums, sumsAt + 7 * L);
    a4_0.intoArray(sums, sumsAt + 8 * L);
    a4_1.intoArray(sums, sumsAt + 9 * L);
    a5_0.intoArray(sums, sumsAt + 10 * L);
    a5_1.intoArray(sums, sumsAt + 11 * L);
    a6_0.intoArray(sums, sumsAt + 12 * L);
    a6_1.intoArray(sums, sumsAt + 13 * L);
  }

  private static void pair8x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, sums, sumsAt + 15 * L);
    int wNext = wStep - rows * 2 * VECTORS * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
        FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
        if (right) {
          FloatVector x8 = FloatVector.broadcast(S, x[p + 8]);
          a7_0 = x8.fma(w0_0, a7_0);
          a7_1 = x8.fma(w0_1, a7_1);
        }
        FloatVector x7 = FloatVector.broadcast(S, x[p + 7]);
        a7_0 = x7.fma(w1_0, a7_0);
        a7_1 = x7.fma(w1_1, a7_1);
        a6_0 = x7.fma(w0_0, a6_0);
        a6_1 = x7.fma(w0_1, a6_1);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
        a6_0 = x6.fma(w1_0, a6_0);
        a6_1 = x6.fma(w1_1, a6_1);
        a5_0 = x6.fma(w0_0, a5_0);
        a5_1 = x6.fma(w0_1, a5_1);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
        a5_0 = x5.fma(w1_0, a5_0);
        a5_1 = x5.fma(w1_1, a5_1);
        a4_0 = x5.fma(w0_0, a4_0);
        a4_1 = x5.fma(w0_1, a4_1);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
        a4_0 = x4.fma(w1_0, a4_0);
        a4_1 = x4.fma(w1_1, a4_1);
        a3_0 = x4.fma(w0_0, a3_0);
        a3_1 = x4.fma(w0_1, a3_1);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
        a3_0 = x3.fma(w1_0, a3_0);
        a3_1 = x3.fma(w1_1, a3_1);
        a2_0 = x3.fma(w0_0, a2_0);
        a2_1 = x3.fma(w0_1, a2_1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
        a2_0 = x2.fma(w1_0, a2_0);
        a2_1 = x2.fma(w1_1, a2_1);
        a1_0 = x2.fma(w0_0, a1_0);
        a1_1 = x2.fma(w0_1, a1_1);
        FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
        a1_0 = x1.fma(w1_0, a1_0);
        a1_1 = x1.fma(w1_1, a1_1);
        a0_0 = x1.fma(w0_0, a0_0);
        a0_1 = x1.fma(w0_1, a0_1);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p]);
          a0_0 = x0.fma(w1_0, a0_0);
          a0_1 = x0.fma(w1_1, a0_1);
        }
        q += 4 * L;
        p += pitch;
        if (r == rows) {
          r = 0;
          q += wNext;
          p += xNext;
        }
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a1_0.intoArray(sums, sumsAt + 2 * L);
    a1_1.intoArray(sums, sumsAt + 3 * L);
    a2_0.intoArray(sums, sumsAt + 4 * L);
    a2_1.intoArray(sums, sumsAt + 5 * L);
    a3_0.intoArray(sums, sumsAt + 6 * L);
    a3_1.intoArray(sums, sumsAt + 7 * L);
    a4_0.intoArray(sums, sumsAt + 8 * L);
    a4_1.intoArray(sums, sumsAt + 9 * L);
    a5_0.intoArray(sums, sumsAt + 10 * L);
    a5_1.intoArray(sums, sumsAt + 11 * L);
    a6_0.intoArray(sums, sumsAt + 12 * L);
    a6_1.intoArray(sums, sumsAt + 13 * L);
    a7_0.intoArray(sums, sumsAt + 14 * L);
    a7_1.intoArray(sums, sumsAt + 15 * L);
  }

  private static void single7x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows,
      float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    int wNext = wStep - rows * 1 * VECTORS * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector x0 = FloatVector.broadcast(S, x[p]);
        a0_0 = x0.fma(w0_0, a0_0);
        a0_1 = x0.fma(w0_1, a0_1);
        FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
        a1_0 = x1.fma(w0_0, a1_0);
        a1_1 = x1.fma(w0_1, a1_1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
        a2_0 = x2.fma(w0_0, a2_0);
        a2_1 = x2.fma(w0_1, a2_1);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
        a3_0 = x3.fma(w0_0, a3_0);
        a3_1 = x3.fma(w0_1, a3_1);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
        a4_0 = x4.fma(w0_0, a4_0);
        a4_1 = x4.fma(w0_1, a4_1);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
        a5_0 = x5.fma(w0_0, a5_0);
        a5_1 = x5.fma(w0_1, a5_1);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
        a6_0 = x6.fma(w0_0, a6_0);
        a6_1 = x6.fma(w0_1, a6_1);
        q += 2 * L;
        p += pitch;
        if (r == rows) {
          r = 0;
          q += wNext;
          p += xNext;
        }
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a1_0.intoArray(sums, sumsAt + 2 * L);
    a1_1.intoArray(sums, sumsAt + 3 * L);
    a2_0.intoArray(sums, sumsAt + 4 * L);
    a2_1.intoArray(sums, sumsAt + 5 * L);
    a3_0.intoArray(sums, sumsAt + 6 * L);
    a3_1.intoArray(sums, sumsAt + 7 * L);
    a4_0.intoArray(sums, sumsAt + 8 * L);
    a4_1.intoArray(sums, sumsAt + 9 * L);
    a5_0.intoArray(sums, sumsAt + 10 * L);
    a5_1.intoArray(sums, sumsAt + 11 * L);
    a6_0.intoArray(sums, sumsAt + 12 * L);
    a6_1.intoArray(sums, sumsAt + 13 * L);
  }

  private static void single8x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows,
      float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, sums, sumsAt + 15 * L);
    int wNext = wStep - rows * 1 * VECTORS * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector x0 = FloatVector.broadcast(S, x[p]);
        a0_0 = x0.fma(w0_0, a0_0);
        a0_1 = x0.fma(w0_1, a0_1);
        FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
        a1_0 = x1.fma(w0_0, a1_0);
        a1_1 = x1.fma(w0_1, a1_1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
        a2_0 = x2.fma(w0_0, a2_0);
        a2_1 = x2.fma(w0_1, a2_1);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
        a3_0 = x3.fma(w0_0, a3_0);
        a3_1 = x3.fma(w0_1, a3_1);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
        a4_0 = x4.fma(w0_0, a4_0);
        a4_1 = x4.fma(w0_1, a4_1);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
        a5_0 = x5.fma(w0_0, a5_0);
        a5_1 = x5.fma(w0_1, a5_1);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
        a6_0 = x6.fma(w0_0, a6_0);
        a6_1 = x6.fma(w0_1, a6_1);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 7]);
        a7_0 = x7.fma(w0_0, a7_0);
        a7_1 = x7.fma(w0_1, a7_1);
        q += 2 * L;
        p += pitch;
        if (r == rows) {
          r = 0;
          q += wNext;
          p += xNext;
        }
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a1_0.intoArray(sums, sumsAt + 2 * L);
    a1_1.intoArray(sums, sumsAt + 3 * L);
    a2_0.intoArray(sums, sumsAt + 4 * L);
    a2_1.intoArray(sums, sumsAt + 5 * L);
    a3_0.intoArray(sums, sumsAt + 6 * L);
    a3_1.intoArray(sums, sumsAt + 7 * L);
    a4_0.intoArray(sums, sumsAt + 8 * L);
    a4_1.intoArray(sums, sumsAt + 9 * L);
    a5_0.intoArray(sums, sumsAt + 10 * L);
    a5_1.intoArray(sums, sumsAt + 11 * L);
    a6_0.intoArray(sums, sumsAt + 12 * L);
    a6_1.intoArray(sums, sumsAt + 13 * L);
    a7_0.intoArray(sums, sumsAt + 14 * L);
    a7_1.intoArray(sums, sumsAt + 15 * L);
  }

  private static void single12x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows,
      float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, sums, sumsAt + 15 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, sums, sumsAt + 16 * L);
    FloatVector a8_1 = FloatVector.fromArray(S, sums, sumsAt + 17 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, sums, sumsAt + 18 * L);
    FloatVector a9_1 = FloatVector.fromArray(S, sums, sumsAt + 19 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, sums, sumsAt + 20 * L);
    FloatVector a10_1 = FloatVector.fromArray(S, sums, sumsAt + 21 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, sums, sumsAt + 22 * L);
    FloatVector a11_1 = FloatVector.fromArray(S, sums, sumsAt + 23 * L);
    int wNext = wStep - rows * 1 * VECTORS * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector x0 = FloatVector.broadcast(S, x[p]);
        a0_0 = x0.fma(w0_0, a0_0);
        a0_1 = x0.fma(w0_1, a0_1);
        FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
        a1_0 = x1.fma(w0_0, a1_0);
        a1_1 = x1.fma(w0_1, a1_1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
        a2_0 = x2.fma(w0_0, a2_0);
        a2_1 = x2.fma(w0_1, a2_1);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
        a3_0 = x3.fma(w0_0, a3_0);
        a3_1 = x3.fma(w0_1, a3_1);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
        a4_0 = x4.fma(w0_0, a4_0);
        a4_1 = x4.fma(w0_1, a4_1);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
        a5_0 = x5.fma(w0_0, a5_0);
        a5_1 = x5.fma(w0_1, a5_1);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
        a6_0 = x6.fma(w0_0, a6_0);
        a6_1 = x6.fma(w0_1, a6_1);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 7]);
        a7_0 = x7.fma(w0_0, a7_0);
        a7_1 = x7.fma(w0_1, a7_1);
        FloatVector x8 = FloatVector.broadcast(S, x[p + 8]);
        a8_0 = x8.fma(w0_0, a8_0);
        a8_1 = x8.fma(w0_1, a8_1);
        FloatVector x9 = FloatVector.broadcast(S, x[p + 9]);
        a9_0 = x9.fma(w0_0, a9_0);
        a9_1 = x9.fma(w0_1, a9_1);
        FloatVector x10 = FloatVector.broadcast(S, x[p + 10]);
        a10_0 = x10.fma(w0_0, a10_0);
        a10_1 = x10.fma(w0_1, a10_1);
        FloatVector x11 = FloatVector.broadcast(S, x[p + 11]);
        a11_0 = x11.fma(w0_0, a11_0);
        a11_1 = x11.fma(w0_1, a11_1);
        q += 2 * L;
        p += pitch;
        if (r == rows) {
          r = 0;
          q += wNext;
          p += xNext;
        }
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a1_0.intoArray(sums, sumsAt + 2 * L);
    a1_1.intoArray(sums, sumsAt + 3 * L);
    a2_0.intoArray(sums, sumsAt + 4 * L);
    a2_1.intoArray(sums, sumsAt + 5 * L);
    a3_0.intoArray(sums, sumsAt + 6 * L);
    a3_1.intoArray(sums, sumsAt + 7 * L);
    a4_0.intoArray(sums, sumsAt + 8 * L);
    a4_1.intoArray(sums, sumsAt + 9 * L);
    a5_0.intoArray(sums, sumsAt + 10 * L);
    a5_1.intoArray(sums, sumsAt + 11 * L);
    a6_0.intoArray(sums, sumsAt + 12 * L);
    a6_1.intoArray(sums, sumsAt + 13 * L);
    a7_0.intoArray(sums, sumsAt + 14 * L);
    a7_1.intoArray(sums, sumsAt + 15 * L);
    a8_0.intoArray(sums, sumsAt + 16 * L);
    a8_1.intoArray(sums, sumsAt + 17 * L);
    a9_0.intoArray(sums, sumsAt + 18 * L);
    a9_1.intoArray(sums, sumsAt + 19 * L);
    a10_0.intoArray(sums, sumsAt + 20 * L);
    a10_1.intoArray(sums, sumsAt + 21 * L);
    a11_0.intoArray(sums, sumsAt + 22 * L);
    a11_1.intoArray(sums, sumsAt + 23 * L);
  }

  private static void single13x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows,
      float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, sums, sumsAt + 15 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, sums, sumsAt + 16 * L);
    FloatVector a8_1 = FloatVector.fromArray(S, sums, sumsAt + 17 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, sums, sumsAt + 18 * L);
    FloatVector a9_1 = FloatVector.fromArray(S, sums, sumsAt + 19 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, sums, sumsAt + 20 * L);
    FloatVector a10_1 = FloatVector.fromArray(S, sums, sumsAt + 21 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, sums, sumsAt + 22 * L);
    FloatVector a11_1 = FloatVector.fromArray(S, sums, sumsAt + 23 * L);
    FloatVector a12_0 = FloatVector.fromArray(S, sums, sumsAt + 24 * L);
    FloatVector a12_1 = FloatVector.fromArray(S, sums, sumsAt + 25 * L);
    int wNext = wStep - rows * 1 * VECTORS * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector x0 = FloatVector.broadcast(S, x[p]);
        a0_0 = x0.fma(w0_0, a0_0);
        a0_1 = x0.fma(w0_1, a0_1);
        FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
        a1_0 = x1.fma(w0_0, a1_0);
        a1_1 = x1.fma(w0_1, a1_1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
        a2_0 = x2.fma(w0_0, a2_0);
        a2_1 = x2.fma(w0_1, a2_1);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
        a3_0 = x3.fma(w0_0, a3_0);
        a3_1 = x3.fma(w0_1, a3_1);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
        a4_0 = x4.fma(w0_0, a4_0);
        a4_1 = x4.fma(w0_1, a4_1);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
        a5_0 = x5.fma(w0_0, a5_0);
        a5_1 = x5.fma(w0_1, a5_1);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
        a6_0 = x6.fma(w0_0, a6_0);
        a6_1 = x6.fma(w0_1, a6_1);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 7]);
        a7_0 = x7.fma(w0_0, a7_0);
        a7_1 = x7.fma(w0_1, a7_1);
        FloatVector x8 = FloatVector.broadcast(S, x[p + 8]);
        a8_0 = x8.fma(w0_0, a8_0);
        a8_1 = x8.fma(w0_1, a8_1);
        FloatVector x9 = FloatVector.broadcast(S, x[p + 9]);
        a9_0 = x9.fma(w0_0, a9_0);
        a9_1 = x9.fma(w0_1, a9_1);
        FloatVector x10 = FloatVector.broadcast(S, x[p + 10]);
        a10_0 = x10.fma(w0_0, a10_0);
        a10_1 = x10.fma(w0_1, a10_1);
        FloatVector x11 = FloatVector.broadcast(S, x[p + 11]);
        a11_0 = x11.fma(w0_0, a11_0);
        a11_1 = x11.fma(w0_1, a11_1);
        FloatVector x12 = FloatVector.broadcast(S, x[p + 12]);
        a12_0 = x12.fma(w0_0, a12_0);
        a12_1 = x12.fma(w0_1, a12_1);
        q += 2 * L;
        p += pitch;
        if (r == rows) {
          r = 0;
          q += wNext;
          p += xNext;
        }
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a1_0.intoArray(sums, sumsAt + 2 * L);
    a1_1.intoArray(sums, sumsAt + 3 * L);
    a2_0.intoArray(sums, sumsAt + 4 * L);
    a2_1.intoArray(sums, sumsAt + 5 * L);
    a3_0.intoArray(sums, sumsAt + 6 * L);
    a3_1.intoArray(sums, sumsAt + 7 * L);
    a4_0.intoArray(sums, sumsAt + 8 * L);
    a4_1.intoArray(sums, sumsAt + 9 * L);
    a5_0.intoArray(sums, sumsAt + 10 * L);
    a5_1.intoArray(sums, sumsAt + 11 * L);
    a6_0.intoArray(sums, sumsAt + 12 * L);
    a6_1.intoArray(sums, sumsAt + 13 * L);
    a7_0.intoArray(sums, sumsAt + 14 * L);
    a7_1.intoArray(sums, sumsAt + 15 * L);
    a8_0.intoArray(sums, sumsAt + 16 * L);
    a8_1.intoArray(sums, sumsAt + 17 * L);
    a9_0.intoArray(sums, sumsAt + 18 * L);
    a9_1.intoArray(sums, sumsAt + 19 * L);
    a10_0.intoArray(sums, sumsAt + 20 * L);
    a10_1.intoArray(sums, sumsAt + 21 * L);
    a11_0.intoArray(sums, sumsAt + 22 * L);
    a11_1.intoArray(sums, sumsAt + 23 * L);
    a12_0.intoArray(sums, sumsAt + 24 * L);
    a12_1.intoArray(sums, sumsAt + 25 * L);
  }
  // spotless:on
}
