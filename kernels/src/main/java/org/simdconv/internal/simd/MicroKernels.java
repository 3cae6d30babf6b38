package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tiles of a dense convolution: MR output channels x NV vectors of pixels, held in
 * registers over one block of the reduction.
 *
 * <pre>
 * acc[m, p] (+)= sum over k of  w[m, k] * x[k, p]      k = 0 .. taps-1, ascending: one FMA chain an element
 *
 * packed weights w   k=0: w[0] w[1] .. w[MR-1] | k=1: w[0] .. w[MR-1] | ..      MR contiguous floats per k
 * pixel panel    x   k=0: p[0] p[1] .. p[NR-1] | k=1: p[0] .. p[NR-1] | ..      NR = NV * lanes floats per k
 * accumulators acc   m=0: p[0] .. p[NR-1] | m=1: ..                             MR * NR contiguous floats
 * </pre>
 *
 * Requires: {@code wAt + taps * MR <= w.length}, {@code xAt + taps * NR <= x.length}, {@code accAt
 * + MR * NR <= acc.length}; taps may be 0. With {@code resume} the tile goes on from what acc holds
 * (the next block of a reduction), without it acc is not read. The tile knows no shapes: padding,
 * strides, tails and stores are its callers'.
 *
 * <p>What C2 needs (JDK 25, x86-64):
 *
 * <ul>
 *   <li>Every accumulator is a local variable and the chain runs through the addend: {@code
 *       w.fma(x, acc)}. {@code acc.fma(..)} costs moves and spills.
 *   <li>One flat counted loop with addresses affine in its counter, by constants: then the range
 *       checks leave the loop. With a table of offsets, or a pixel stride in a variable, two checks
 *       per tap stay and the scalar instructions take the FMA's ports: 60 instructions for 26 FMAs
 *       and 62-71% of the peak against 51 and 80-85% (13x2 in a bare loop). So pixels are packed
 *       into panels, also for 1x1.
 *   <li>Unrolling k by hand spills everything.
 *   <li>The accumulators are always loaded, from zeros where the tile starts afresh. With a branch
 *       between loading and zeroing, the code depended on which of the two a JVM had seen: clean in
 *       one, two accumulators of 13x2 on the stack in another (84% and 67% of the peak). Now one is
 *       on the stack in every JVM, and 13x2 is at 73%.
 *   <li>Broadcasts are loads ({@code vbroadcastss} from memory) and cost no shuffle.
 * </ul>
 *
 * KernelBenchmark measures each tile alone. Thread safety: static, no state.
 */
public final class MicroKernels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // As large as the largest tile, 13x2 or 4x4.
  private static final float[] ZEROS = new float[26 * L];

  private MicroKernels() {}

  /**
   * Runs the tile of {@code mr} rows and {@code nv} vectors; see the class for the operands.
   *
   * @throws IllegalArgumentException if there is no such tile (see {@link TileTable})
   */
  public static void run(
      int mr,
      int nv,
      float[] w,
      int wAt,
      int taps,
      float[] x,
      int xAt,
      float[] acc,
      int accAt,
      boolean resume) {
    assert wAt + taps * mr <= w.length;
    assert xAt + taps * nv * L <= x.length;
    assert accAt + mr * nv * L <= acc.length;
    float[] from = resume ? acc : ZEROS;
    int fromAt = resume ? accAt : 0;
    switch (nv * 100 + mr) {
      case 213 -> tile13x2(w, wAt, taps, x, xAt, from, fromAt, acc, accAt);
      case 113 -> tile13x1(w, wAt, taps, x, xAt, from, fromAt, acc, accAt);
      case 208 -> tile8x2(w, wAt, taps, x, xAt, from, fromAt, acc, accAt);
      case 108 -> tile8x1(w, wAt, taps, x, xAt, from, fromAt, acc, accAt);
      case 404 -> tile4x4(w, wAt, taps, x, xAt, from, fromAt, acc, accAt);
      case 204 -> tile4x2(w, wAt, taps, x, xAt, from, fromAt, acc, accAt);
      case 104 -> tile4x1(w, wAt, taps, x, xAt, from, fromAt, acc, accAt);
      default ->
          throw new IllegalArgumentException("no tile of " + mr + " rows x " + nv + " vectors");
    }
  }

  // spotless:off
  // 26 accumulators + 2 pixels + the broadcasts C2 keeps in flight: 32 registers, of which C2 spills one.
  private static void tile13x2(
      float[] w, int wAt, int taps, float[] x, int xAt, float[] from, int fromAt, float[] acc, int accAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a8_1 = FloatVector.fromArray(S, from, fromAt + 17 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a9_1 = FloatVector.fromArray(S, from, fromAt + 19 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a10_1 = FloatVector.fromArray(S, from, fromAt + 21 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    FloatVector a11_1 = FloatVector.fromArray(S, from, fromAt + 23 * L);
    FloatVector a12_0 = FloatVector.fromArray(S, from, fromAt + 24 * L);
    FloatVector a12_1 = FloatVector.fromArray(S, from, fromAt + 25 * L);
    for (int k = 0; k < taps; k++) {
      int pixel = xAt + k * (2 * L);
      int row = wAt + k * 13;
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      a4_1 = w4.fma(x1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      a5_1 = w5.fma(x1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      a6_1 = w6.fma(x1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      a7_1 = w7.fma(x1, a7_1);
      FloatVector w8 = FloatVector.broadcast(S, w[row + 8]);
      a8_0 = w8.fma(x0, a8_0);
      a8_1 = w8.fma(x1, a8_1);
      FloatVector w9 = FloatVector.broadcast(S, w[row + 9]);
      a9_0 = w9.fma(x0, a9_0);
      a9_1 = w9.fma(x1, a9_1);
      FloatVector w10 = FloatVector.broadcast(S, w[row + 10]);
      a10_0 = w10.fma(x0, a10_0);
      a10_1 = w10.fma(x1, a10_1);
      FloatVector w11 = FloatVector.broadcast(S, w[row + 11]);
      a11_0 = w11.fma(x0, a11_0);
      a11_1 = w11.fma(x1, a11_1);
      FloatVector w12 = FloatVector.broadcast(S, w[row + 12]);
      a12_0 = w12.fma(x0, a12_0);
      a12_1 = w12.fma(x1, a12_1);
    }
    a0_0.intoArray(acc, accAt);
    a0_1.intoArray(acc, accAt + L);
    a1_0.intoArray(acc, accAt + 2 * L);
    a1_1.intoArray(acc, accAt + 3 * L);
    a2_0.intoArray(acc, accAt + 4 * L);
    a2_1.intoArray(acc, accAt + 5 * L);
    a3_0.intoArray(acc, accAt + 6 * L);
    a3_1.intoArray(acc, accAt + 7 * L);
    a4_0.intoArray(acc, accAt + 8 * L);
    a4_1.intoArray(acc, accAt + 9 * L);
    a5_0.intoArray(acc, accAt + 10 * L);
    a5_1.intoArray(acc, accAt + 11 * L);
    a6_0.intoArray(acc, accAt + 12 * L);
    a6_1.intoArray(acc, accAt + 13 * L);
    a7_0.intoArray(acc, accAt + 14 * L);
    a7_1.intoArray(acc, accAt + 15 * L);
    a8_0.intoArray(acc, accAt + 16 * L);
    a8_1.intoArray(acc, accAt + 17 * L);
    a9_0.intoArray(acc, accAt + 18 * L);
    a9_1.intoArray(acc, accAt + 19 * L);
    a10_0.intoArray(acc, accAt + 20 * L);
    a10_1.intoArray(acc, accAt + 21 * L);
    a11_0.intoArray(acc, accAt + 22 * L);
    a11_1.intoArray(acc, accAt + 23 * L);
    a12_0.intoArray(acc, accAt + 24 * L);
    a12_1.intoArray(acc, accAt + 25 * L);
  }

  // 13 accumulators + 1 pixel + 1 broadcast: 15 of 16 registers of 256 or 128 bits.
  private static void tile13x1(
      float[] w, int wAt, int taps, float[] x, int xAt, float[] from, int fromAt, float[] acc, int accAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a12_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    for (int k = 0; k < taps; k++) {
      int pixel = xAt + k * L;
      int row = wAt + k * 13;
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      FloatVector w8 = FloatVector.broadcast(S, w[row + 8]);
      a8_0 = w8.fma(x0, a8_0);
      FloatVector w9 = FloatVector.broadcast(S, w[row + 9]);
      a9_0 = w9.fma(x0, a9_0);
      FloatVector w10 = FloatVector.broadcast(S, w[row + 10]);
      a10_0 = w10.fma(x0, a10_0);
      FloatVector w11 = FloatVector.broadcast(S, w[row + 11]);
      a11_0 = w11.fma(x0, a11_0);
      FloatVector w12 = FloatVector.broadcast(S, w[row + 12]);
      a12_0 = w12.fma(x0, a12_0);
    }
    a0_0.intoArray(acc, accAt);
    a1_0.intoArray(acc, accAt + L);
    a2_0.intoArray(acc, accAt + 2 * L);
    a3_0.intoArray(acc, accAt + 3 * L);
    a4_0.intoArray(acc, accAt + 4 * L);
    a5_0.intoArray(acc, accAt + 5 * L);
    a6_0.intoArray(acc, accAt + 6 * L);
    a7_0.intoArray(acc, accAt + 7 * L);
    a8_0.intoArray(acc, accAt + 8 * L);
    a9_0.intoArray(acc, accAt + 9 * L);
    a10_0.intoArray(acc, accAt + 10 * L);
    a11_0.intoArray(acc, accAt + 11 * L);
    a12_0.intoArray(acc, accAt + 12 * L);
  }

  // 16 accumulators + 2 pixels: 32 registers only.
  private static void tile8x2(
      float[] w, int wAt, int taps, float[] x, int xAt, float[] from, int fromAt, float[] acc, int accAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    for (int k = 0; k < taps; k++) {
      int pixel = xAt + k * (2 * L);
      int row = wAt + k * 8;
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      a4_1 = w4.fma(x1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      a5_1 = w5.fma(x1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      a6_1 = w6.fma(x1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      a7_1 = w7.fma(x1, a7_1);
    }
    a0_0.intoArray(acc, accAt);
    a0_1.intoArray(acc, accAt + L);
    a1_0.intoArray(acc, accAt + 2 * L);
    a1_1.intoArray(acc, accAt + 3 * L);
    a2_0.intoArray(acc, accAt + 4 * L);
    a2_1.intoArray(acc, accAt + 5 * L);
    a3_0.intoArray(acc, accAt + 6 * L);
    a3_1.intoArray(acc, accAt + 7 * L);
    a4_0.intoArray(acc, accAt + 8 * L);
    a4_1.intoArray(acc, accAt + 9 * L);
    a5_0.intoArray(acc, accAt + 10 * L);
    a5_1.intoArray(acc, accAt + 11 * L);
    a6_0.intoArray(acc, accAt + 12 * L);
    a6_1.intoArray(acc, accAt + 13 * L);
    a7_0.intoArray(acc, accAt + 14 * L);
    a7_1.intoArray(acc, accAt + 15 * L);
  }

  // 8 accumulators + 1 pixel + 1 broadcast of 16 registers.
  private static void tile8x1(
      float[] w, int wAt, int taps, float[] x, int xAt, float[] from, int fromAt, float[] acc, int accAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    for (int k = 0; k < taps; k++) {
      int pixel = xAt + k * L;
      int row = wAt + k * 8;
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
    }
    a0_0.intoArray(acc, accAt);
    a1_0.intoArray(acc, accAt + L);
    a2_0.intoArray(acc, accAt + 2 * L);
    a3_0.intoArray(acc, accAt + 3 * L);
    a4_0.intoArray(acc, accAt + 4 * L);
    a5_0.intoArray(acc, accAt + 5 * L);
    a6_0.intoArray(acc, accAt + 6 * L);
    a7_0.intoArray(acc, accAt + 7 * L);
  }

  // 16 accumulators + 4 pixels: 32 registers only; for groups and layers of few output channels.
  private static void tile4x4(
      float[] w, int wAt, int taps, float[] x, int xAt, float[] from, int fromAt, float[] acc, int accAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a0_3 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a1_3 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a2_3 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a3_2 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a3_3 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    for (int k = 0; k < taps; k++) {
      int pixel = xAt + k * (4 * L);
      int row = wAt + k * 4;
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector x2 = FloatVector.fromArray(S, x, pixel + 2 * L);
      FloatVector x3 = FloatVector.fromArray(S, x, pixel + 3 * L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      a0_2 = w0.fma(x2, a0_2);
      a0_3 = w0.fma(x3, a0_3);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      a1_2 = w1.fma(x2, a1_2);
      a1_3 = w1.fma(x3, a1_3);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      a2_2 = w2.fma(x2, a2_2);
      a2_3 = w2.fma(x3, a2_3);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      a3_2 = w3.fma(x2, a3_2);
      a3_3 = w3.fma(x3, a3_3);
    }
    a0_0.intoArray(acc, accAt);
    a0_1.intoArray(acc, accAt + L);
    a0_2.intoArray(acc, accAt + 2 * L);
    a0_3.intoArray(acc, accAt + 3 * L);
    a1_0.intoArray(acc, accAt + 4 * L);
    a1_1.intoArray(acc, accAt + 5 * L);
    a1_2.intoArray(acc, accAt + 6 * L);
    a1_3.intoArray(acc, accAt + 7 * L);
    a2_0.intoArray(acc, accAt + 8 * L);
    a2_1.intoArray(acc, accAt + 9 * L);
    a2_2.intoArray(acc, accAt + 10 * L);
    a2_3.intoArray(acc, accAt + 11 * L);
    a3_0.intoArray(acc, accAt + 12 * L);
    a3_1.intoArray(acc, accAt + 13 * L);
    a3_2.intoArray(acc, accAt + 14 * L);
    a3_3.intoArray(acc, accAt + 15 * L);
  }

  // 8 accumulators + 2 pixels + 1 broadcast of 16 registers.
  private static void tile4x2(
      float[] w, int wAt, int taps, float[] x, int xAt, float[] from, int fromAt, float[] acc, int accAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    for (int k = 0; k < taps; k++) {
      int pixel = xAt + k * (2 * L);
      int row = wAt + k * 4;
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
    }
    a0_0.intoArray(acc, accAt);
    a0_1.intoArray(acc, accAt + L);
    a1_0.intoArray(acc, accAt + 2 * L);
    a1_1.intoArray(acc, accAt + 3 * L);
    a2_0.intoArray(acc, accAt + 4 * L);
    a2_1.intoArray(acc, accAt + 5 * L);
    a3_0.intoArray(acc, accAt + 6 * L);
    a3_1.intoArray(acc, accAt + 7 * L);
  }

  // 4 accumulators: bound by FMA latency, used for leftover rows only.
  private static void tile4x1(
      float[] w, int wAt, int taps, float[] x, int xAt, float[] from, int fromAt, float[] acc, int accAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    for (int k = 0; k < taps; k++) {
      int pixel = xAt + k * L;
      int row = wAt + k * 4;
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
    }
    a0_0.intoArray(acc, accAt);
    a1_0.intoArray(acc, accAt + L);
    a2_0.intoArray(acc, accAt + 2 * L);
    a3_0.intoArray(acc, accAt + 3 * L);
  }
  // spotless:on
}
