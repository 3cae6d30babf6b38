package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products of Winograd's F(2,2) straight from the taps, with output channels in the lanes: U,
 * of which {@link WinogradKernels} keeps a block in memory, is made in registers, as each of its
 * points is the sum of one, two or four taps.
 *
 * <pre>
 * u[0, 0] = g00   u[0, 1] = g00 + g01                u[0, 2] = g01
 * u[1, 0] = g00 + g10   u[1, 1] = g00 + g10 + g01 + g11   u[1, 2] = g01 + g11
 * u[2, 0] = g10   u[2, 1] = g10 + g11                u[2, 2] = g11
 *
 * packed weights   w[channel][vector][tap][LANES]
 * V                x[vector of tiles][channel][LANES tiles]           of a point
 * M                sums[tile][2 vectors][LANES]                       of a point
 * </pre>
 *
 * <p>To the 144 FMAs of 8 tiles, 9 points and 2 vectors come 14 additions and 32 loads of taps,
 * where U would be 18 stores and 18 loads.
 *
 * <p>Tried: a line of the next block's taps read with each channel, instead of all before the
 * block, which takes a quarter of the time where they come from memory (512-256@8 8 to 20% slower,
 * JDK 25, Zen 4).
 *
 * <p>Registers of 32: 16 sums, 2 vectors of weights, some taps and a broadcast.
 *
 * <p>Thread safety: static, no state.
 */
public final class WinogradTapKernels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;
  private static final int TAPS = 4;

  // Floats from a channel's weights to the next one's.
  private static final int STEP = WinogradKernels.VECTORS * TAPS * L;

  private static final float[] ZEROS =
      new float[WinogradKernels.VECTORS * WinogradKernels.TILES * L];

  private WinogradTapKernels() {}

  /**
   * Adds the products of a block of input channels at a point to the sums of {@link
   * WinogradKernels#TILES} neighbouring tiles, all of which are written, or starts these from zero.
   *
   * @param point the point, row by row
   * @param tile the first tile of the block of tiles: a multiple of 8
   * @param resume whether there are sums
   * @param w weights
   * @param wAt those of the block
   * @param x V
   * @param xAt its first vector of tiles at the point, in the first channel
   * @param xApart floats from there to the next vector of tiles
   * @param channels of the block
   * @param sums M
   * @param sumsAt that of the block's first tile
   */
  // spotless:off
  public static void run(
      int point, int tile, boolean resume, float[] w, int wAt, float[] x, int xAt, int xApart, int channels, float[] sums, int sumsAt) {
    int to = sumsAt + tile * WinogradKernels.VECTORS * L;
    float[] from = resume ? sums : ZEROS;
    int fromAt = resume ? to : 0;
    int pixel = xAt + tile / L * xApart + tile % L;
    int row = point / 3;
    int column = point - row * 3;
    // Point 1 of an axis is the sum of both taps, 0 and 2 are one of them.
    int first = wAt + (row / 2 * 2 + column / 2) * L;
    if (row != 1 && column != 1) {
      ofOne(w, first, x, pixel, channels, from, fromAt, sums, to);
    } else if (row == 1 && column == 1) {
      ofFour(w, first, x, pixel, channels, from, fromAt, sums, to);
    } else {
      ofTwo(w, first, first + (row == 1 ? 2 : 1) * L, x, pixel, channels, from, fromAt, sums, to);
    }
  }

  private static void ofOne(
      float[] w, int wAt, float[] x, int xAt, int channels, float[] from, int fromAt, float[] sums, int sumsAt) {
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
    for (int c = 0; c < channels; c++) {
      int p = xAt + c * L;
      int q = wAt + c * STEP;
      FloatVector u0 = FloatVector.fromArray(S, w, q);
      FloatVector u1 = FloatVector.fromArray(S, w, q + TAPS * L);
      FloatVector x0 = FloatVector.broadcast(S, x[p]);
      a0_0 = x0.fma(u0, a0_0);
      a0_1 = x0.fma(u1, a0_1);
      FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
      a1_0 = x1.fma(u0, a1_0);
      a1_1 = x1.fma(u1, a1_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
      a2_0 = x2.fma(u0, a2_0);
      a2_1 = x2.fma(u1, a2_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
      a3_0 = x3.fma(u0, a3_0);
      a3_1 = x3.fma(u1, a3_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
      a4_0 = x4.fma(u0, a4_0);
      a4_1 = x4.fma(u1, a4_1);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
      a5_0 = x5.fma(u0, a5_0);
      a5_1 = x5.fma(u1, a5_1);
      FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
      a6_0 = x6.fma(u0, a6_0);
      a6_1 = x6.fma(u1, a6_1);
      FloatVector x7 = FloatVector.broadcast(S, x[p + 7]);
      a7_0 = x7.fma(u0, a7_0);
      a7_1 = x7.fma(u1, a7_1);
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

  private static void ofTwo(
      float[] w, int wAt, int secondAt, float[] x, int xAt, int channels, float[] from, int fromAt, float[] sums, int sumsAt) {
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
    for (int c = 0; c < channels; c++) {
      int p = xAt + c * L;
      int q = wAt + c * STEP;
      int r = secondAt + c * STEP;
      FloatVector u0 = FloatVector.fromArray(S, w, q).add(FloatVector.fromArray(S, w, r));
      FloatVector u1 = FloatVector.fromArray(S, w, q + TAPS * L).add(FloatVector.fromArray(S, w, r + TAPS * L));
      FloatVector x0 = FloatVector.broadcast(S, x[p]);
      a0_0 = x0.fma(u0, a0_0);
      a0_1 = x0.fma(u1, a0_1);
      FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
      a1_0 = x1.fma(u0, a1_0);
      a1_1 = x1.fma(u1, a1_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
      a2_0 = x2.fma(u0, a2_0);
      a2_1 = x2.fma(u1, a2_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
      a3_0 = x3.fma(u0, a3_0);
      a3_1 = x3.fma(u1, a3_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
      a4_0 = x4.fma(u0, a4_0);
      a4_1 = x4.fma(u1, a4_1);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
      a5_0 = x5.fma(u0, a5_0);
      a5_1 = x5.fma(u1, a5_1);
      FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
      a6_0 = x6.fma(u0, a6_0);
      a6_1 = x6.fma(u1, a6_1);
      FloatVector x7 = FloatVector.broadcast(S, x[p + 7]);
      a7_0 = x7.fma(u0, a7_0);
      a7_1 = x7.fma(u1, a7_1);
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

  private static void ofFour(
      float[] w, int wAt, float[] x, int xAt, int channels, float[] from, int fromAt, float[] sums, int sumsAt) {
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
    for (int c = 0; c < channels; c++) {
      int p = xAt + c * L;
      int q = wAt + c * STEP;
      FloatVector s0 = FloatVector.fromArray(S, w, q).add(FloatVector.fromArray(S, w, q + 2 * L));
      FloatVector u0 = FloatVector.fromArray(S, w, q + L).add(FloatVector.fromArray(S, w, q + 3 * L)).add(s0);
      FloatVector s1 = FloatVector.fromArray(S, w, q + 4 * L).add(FloatVector.fromArray(S, w, q + 6 * L));
      FloatVector u1 = FloatVector.fromArray(S, w, q + 5 * L).add(FloatVector.fromArray(S, w, q + 7 * L)).add(s1);
      FloatVector x0 = FloatVector.broadcast(S, x[p]);
      a0_0 = x0.fma(u0, a0_0);
      a0_1 = x0.fma(u1, a0_1);
      FloatVector x1 = FloatVector.broadcast(S, x[p + 1]);
      a1_0 = x1.fma(u0, a1_0);
      a1_1 = x1.fma(u1, a1_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 2]);
      a2_0 = x2.fma(u0, a2_0);
      a2_1 = x2.fma(u1, a2_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 3]);
      a3_0 = x3.fma(u0, a3_0);
      a3_1 = x3.fma(u1, a3_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 4]);
      a4_0 = x4.fma(u0, a4_0);
      a4_1 = x4.fma(u1, a4_1);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 5]);
      a5_0 = x5.fma(u0, a5_0);
      a5_1 = x5.fma(u1, a5_1);
      FloatVector x6 = FloatVector.broadcast(S, x[p + 6]);
      a6_0 = x6.fma(u0, a6_0);
      a6_1 = x6.fma(u1, a6_1);
      FloatVector x7 = FloatVector.broadcast(S, x[p + 7]);
      a7_0 = x7.fma(u0, a7_0);
      a7_1 = x7.fma(u1, a7_1);
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
  // spotless:on
}
