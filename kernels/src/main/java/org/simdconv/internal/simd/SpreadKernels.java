package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of {@link ChannelKernels} for a 3-wide convolution whose columns are dilated by d:
 * it is d convolutions of every d-th pixel that have nothing to do with each other, and these have
 * few pixels a row where d is large (two or three of a row of 33 at d = 12). A tile takes
 * neighbouring ones, U units of P pixels each, d apart, and one vector of output channels: the
 * pixels of a vector of weights are U P, and those of neighbouring units lie beside each other.
 *
 * <p>Registers of 32: U P sums, 3 weights and a pixel, 31 for 9x3. Pixels and kernel rows are one
 * loop, whose steps C2 does not take for a fixed one: of a loop over kernel rows alone it splits
 * off copies without bounds checks, and works out where these begin for each of the P runs of
 * pixels and each channel (7 of them took 900 instructions to 38 FMAs, JDK 25).
 *
 * <p>Bare, from L2 (JDK 25, Zen 5, of 250 GFLOP/s): 9x3, 12x2, 6x4, 5x5, 4x6 at 240 to 246, 6x3
 * 215, 4x3 204, 14x1 150, 3x2 127: small ones wait for their own sums, and a single pixel has one
 * FMA to each load.
 *
 * <p>Thread safety: static, no state.
 */
final class SpreadKernels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  private SpreadKernels() {}

  /** Units and pixels of the tiles. */
  static int[][] tiles() {
    return new int[][] {
      {14, 1}, {3, 1}, {12, 2}, {6, 2}, {3, 2}, {9, 3}, {4, 3}, {6, 4}, {3, 4}, {5, 5}, {3, 5},
      {4, 6}, {2, 6}
    };
  }

  /**
   * As {@link ChannelKernels#run}; the sums are {@code [unit][pixel][LANES]}.
   *
   * @param apart floats from a pixel of a unit to the next one's; negative if they run to the left
   * @param before whether the units have a pixel before their first one
   * @param after whether they have one behind their last one
   */
  // spotless:off
  static void run(
      int units, int pixels, float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows,
      boolean before, boolean after, float[] sums, int sumsAt) {
    switch (100 * units + pixels) {
      case 1401 -> tile14x1(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 301 -> tile3x1(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 1202 -> tile12x2(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 602 -> tile6x2(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 302 -> tile3x2(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 903 -> tile9x3(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 403 -> tile4x3(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 604 -> tile6x4(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 304 -> tile3x4(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 505 -> tile5x5(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 305 -> tile3x5(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 406 -> tile4x6(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      case 206 -> tile2x6(w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, before, after, sums, sumsAt);
      default -> throw new IllegalArgumentException("no tile of " + units + " x " + pixels + " pixels");
    }
  }

  private static void tile14x1(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a12_0 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a13_0 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
        a3_0 = FloatVector.broadcast(S, x[p + 3]).fma(w0, a3_0);
        a4_0 = FloatVector.broadcast(S, x[p + 4]).fma(w0, a4_0);
        a5_0 = FloatVector.broadcast(S, x[p + 5]).fma(w0, a5_0);
        a6_0 = FloatVector.broadcast(S, x[p + 6]).fma(w0, a6_0);
        a7_0 = FloatVector.broadcast(S, x[p + 7]).fma(w0, a7_0);
        a8_0 = FloatVector.broadcast(S, x[p + 8]).fma(w0, a8_0);
        a9_0 = FloatVector.broadcast(S, x[p + 9]).fma(w0, a9_0);
        a10_0 = FloatVector.broadcast(S, x[p + 10]).fma(w0, a10_0);
        a11_0 = FloatVector.broadcast(S, x[p + 11]).fma(w0, a11_0);
        a12_0 = FloatVector.broadcast(S, x[p + 12]).fma(w0, a12_0);
        a13_0 = FloatVector.broadcast(S, x[p + 13]).fma(w0, a13_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      FloatVector x3_0 = FloatVector.broadcast(S, x[p0 + 3]);
      a3_0 = x3_0.fma(w1, a3_0);
      FloatVector x4_0 = FloatVector.broadcast(S, x[p0 + 4]);
      a4_0 = x4_0.fma(w1, a4_0);
      FloatVector x5_0 = FloatVector.broadcast(S, x[p0 + 5]);
      a5_0 = x5_0.fma(w1, a5_0);
      FloatVector x6_0 = FloatVector.broadcast(S, x[p0 + 6]);
      a6_0 = x6_0.fma(w1, a6_0);
      FloatVector x7_0 = FloatVector.broadcast(S, x[p0 + 7]);
      a7_0 = x7_0.fma(w1, a7_0);
      FloatVector x8_0 = FloatVector.broadcast(S, x[p0 + 8]);
      a8_0 = x8_0.fma(w1, a8_0);
      FloatVector x9_0 = FloatVector.broadcast(S, x[p0 + 9]);
      a9_0 = x9_0.fma(w1, a9_0);
      FloatVector x10_0 = FloatVector.broadcast(S, x[p0 + 10]);
      a10_0 = x10_0.fma(w1, a10_0);
      FloatVector x11_0 = FloatVector.broadcast(S, x[p0 + 11]);
      a11_0 = x11_0.fma(w1, a11_0);
      FloatVector x12_0 = FloatVector.broadcast(S, x[p0 + 12]);
      a12_0 = x12_0.fma(w1, a12_0);
      FloatVector x13_0 = FloatVector.broadcast(S, x[p0 + 13]);
      a13_0 = x13_0.fma(w1, a13_0);
      if (after) {
        int p = p0 + apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w2, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_0);
        a3_0 = FloatVector.broadcast(S, x[p + 3]).fma(w2, a3_0);
        a4_0 = FloatVector.broadcast(S, x[p + 4]).fma(w2, a4_0);
        a5_0 = FloatVector.broadcast(S, x[p + 5]).fma(w2, a5_0);
        a6_0 = FloatVector.broadcast(S, x[p + 6]).fma(w2, a6_0);
        a7_0 = FloatVector.broadcast(S, x[p + 7]).fma(w2, a7_0);
        a8_0 = FloatVector.broadcast(S, x[p + 8]).fma(w2, a8_0);
        a9_0 = FloatVector.broadcast(S, x[p + 9]).fma(w2, a9_0);
        a10_0 = FloatVector.broadcast(S, x[p + 10]).fma(w2, a10_0);
        a11_0 = FloatVector.broadcast(S, x[p + 11]).fma(w2, a11_0);
        a12_0 = FloatVector.broadcast(S, x[p + 12]).fma(w2, a12_0);
        a13_0 = FloatVector.broadcast(S, x[p + 13]).fma(w2, a13_0);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a1_0.intoArray(sums, sumsAt + L);
    a2_0.intoArray(sums, sumsAt + 2 * L);
    a3_0.intoArray(sums, sumsAt + 3 * L);
    a4_0.intoArray(sums, sumsAt + 4 * L);
    a5_0.intoArray(sums, sumsAt + 5 * L);
    a6_0.intoArray(sums, sumsAt + 6 * L);
    a7_0.intoArray(sums, sumsAt + 7 * L);
    a8_0.intoArray(sums, sumsAt + 8 * L);
    a9_0.intoArray(sums, sumsAt + 9 * L);
    a10_0.intoArray(sums, sumsAt + 10 * L);
    a11_0.intoArray(sums, sumsAt + 11 * L);
    a12_0.intoArray(sums, sumsAt + 12 * L);
    a13_0.intoArray(sums, sumsAt + 13 * L);
  }

  private static void tile3x1(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      if (after) {
        int p = p0 + apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w2, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_0);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a1_0.intoArray(sums, sumsAt + L);
    a2_0.intoArray(sums, sumsAt + 2 * L);
  }

  private static void tile12x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
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
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
        a3_0 = FloatVector.broadcast(S, x[p + 3]).fma(w0, a3_0);
        a4_0 = FloatVector.broadcast(S, x[p + 4]).fma(w0, a4_0);
        a5_0 = FloatVector.broadcast(S, x[p + 5]).fma(w0, a5_0);
        a6_0 = FloatVector.broadcast(S, x[p + 6]).fma(w0, a6_0);
        a7_0 = FloatVector.broadcast(S, x[p + 7]).fma(w0, a7_0);
        a8_0 = FloatVector.broadcast(S, x[p + 8]).fma(w0, a8_0);
        a9_0 = FloatVector.broadcast(S, x[p + 9]).fma(w0, a9_0);
        a10_0 = FloatVector.broadcast(S, x[p + 10]).fma(w0, a10_0);
        a11_0 = FloatVector.broadcast(S, x[p + 11]).fma(w0, a11_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      a2_1 = x2_0.fma(w0, a2_1);
      FloatVector x3_0 = FloatVector.broadcast(S, x[p0 + 3]);
      a3_0 = x3_0.fma(w1, a3_0);
      a3_1 = x3_0.fma(w0, a3_1);
      FloatVector x4_0 = FloatVector.broadcast(S, x[p0 + 4]);
      a4_0 = x4_0.fma(w1, a4_0);
      a4_1 = x4_0.fma(w0, a4_1);
      FloatVector x5_0 = FloatVector.broadcast(S, x[p0 + 5]);
      a5_0 = x5_0.fma(w1, a5_0);
      a5_1 = x5_0.fma(w0, a5_1);
      FloatVector x6_0 = FloatVector.broadcast(S, x[p0 + 6]);
      a6_0 = x6_0.fma(w1, a6_0);
      a6_1 = x6_0.fma(w0, a6_1);
      FloatVector x7_0 = FloatVector.broadcast(S, x[p0 + 7]);
      a7_0 = x7_0.fma(w1, a7_0);
      a7_1 = x7_0.fma(w0, a7_1);
      FloatVector x8_0 = FloatVector.broadcast(S, x[p0 + 8]);
      a8_0 = x8_0.fma(w1, a8_0);
      a8_1 = x8_0.fma(w0, a8_1);
      FloatVector x9_0 = FloatVector.broadcast(S, x[p0 + 9]);
      a9_0 = x9_0.fma(w1, a9_0);
      a9_1 = x9_0.fma(w0, a9_1);
      FloatVector x10_0 = FloatVector.broadcast(S, x[p0 + 10]);
      a10_0 = x10_0.fma(w1, a10_0);
      a10_1 = x10_0.fma(w0, a10_1);
      FloatVector x11_0 = FloatVector.broadcast(S, x[p0 + 11]);
      a11_0 = x11_0.fma(w1, a11_0);
      a11_1 = x11_0.fma(w0, a11_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      FloatVector x2_1 = FloatVector.broadcast(S, x[p1 + 2]);
      a2_0 = x2_1.fma(w2, a2_0);
      a2_1 = x2_1.fma(w1, a2_1);
      FloatVector x3_1 = FloatVector.broadcast(S, x[p1 + 3]);
      a3_0 = x3_1.fma(w2, a3_0);
      a3_1 = x3_1.fma(w1, a3_1);
      FloatVector x4_1 = FloatVector.broadcast(S, x[p1 + 4]);
      a4_0 = x4_1.fma(w2, a4_0);
      a4_1 = x4_1.fma(w1, a4_1);
      FloatVector x5_1 = FloatVector.broadcast(S, x[p1 + 5]);
      a5_0 = x5_1.fma(w2, a5_0);
      a5_1 = x5_1.fma(w1, a5_1);
      FloatVector x6_1 = FloatVector.broadcast(S, x[p1 + 6]);
      a6_0 = x6_1.fma(w2, a6_0);
      a6_1 = x6_1.fma(w1, a6_1);
      FloatVector x7_1 = FloatVector.broadcast(S, x[p1 + 7]);
      a7_0 = x7_1.fma(w2, a7_0);
      a7_1 = x7_1.fma(w1, a7_1);
      FloatVector x8_1 = FloatVector.broadcast(S, x[p1 + 8]);
      a8_0 = x8_1.fma(w2, a8_0);
      a8_1 = x8_1.fma(w1, a8_1);
      FloatVector x9_1 = FloatVector.broadcast(S, x[p1 + 9]);
      a9_0 = x9_1.fma(w2, a9_0);
      a9_1 = x9_1.fma(w1, a9_1);
      FloatVector x10_1 = FloatVector.broadcast(S, x[p1 + 10]);
      a10_0 = x10_1.fma(w2, a10_0);
      a10_1 = x10_1.fma(w1, a10_1);
      FloatVector x11_1 = FloatVector.broadcast(S, x[p1 + 11]);
      a11_0 = x11_1.fma(w2, a11_0);
      a11_1 = x11_1.fma(w1, a11_1);
      if (after) {
        int p = p1 + apart;
        a0_1 = FloatVector.broadcast(S, x[p]).fma(w2, a0_1);
        a1_1 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_1);
        a2_1 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_1);
        a3_1 = FloatVector.broadcast(S, x[p + 3]).fma(w2, a3_1);
        a4_1 = FloatVector.broadcast(S, x[p + 4]).fma(w2, a4_1);
        a5_1 = FloatVector.broadcast(S, x[p + 5]).fma(w2, a5_1);
        a6_1 = FloatVector.broadcast(S, x[p + 6]).fma(w2, a6_1);
        a7_1 = FloatVector.broadcast(S, x[p + 7]).fma(w2, a7_1);
        a8_1 = FloatVector.broadcast(S, x[p + 8]).fma(w2, a8_1);
        a9_1 = FloatVector.broadcast(S, x[p + 9]).fma(w2, a9_1);
        a10_1 = FloatVector.broadcast(S, x[p + 10]).fma(w2, a10_1);
        a11_1 = FloatVector.broadcast(S, x[p + 11]).fma(w2, a11_1);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
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

  private static void tile6x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
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
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
        a3_0 = FloatVector.broadcast(S, x[p + 3]).fma(w0, a3_0);
        a4_0 = FloatVector.broadcast(S, x[p + 4]).fma(w0, a4_0);
        a5_0 = FloatVector.broadcast(S, x[p + 5]).fma(w0, a5_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      a2_1 = x2_0.fma(w0, a2_1);
      FloatVector x3_0 = FloatVector.broadcast(S, x[p0 + 3]);
      a3_0 = x3_0.fma(w1, a3_0);
      a3_1 = x3_0.fma(w0, a3_1);
      FloatVector x4_0 = FloatVector.broadcast(S, x[p0 + 4]);
      a4_0 = x4_0.fma(w1, a4_0);
      a4_1 = x4_0.fma(w0, a4_1);
      FloatVector x5_0 = FloatVector.broadcast(S, x[p0 + 5]);
      a5_0 = x5_0.fma(w1, a5_0);
      a5_1 = x5_0.fma(w0, a5_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      FloatVector x2_1 = FloatVector.broadcast(S, x[p1 + 2]);
      a2_0 = x2_1.fma(w2, a2_0);
      a2_1 = x2_1.fma(w1, a2_1);
      FloatVector x3_1 = FloatVector.broadcast(S, x[p1 + 3]);
      a3_0 = x3_1.fma(w2, a3_0);
      a3_1 = x3_1.fma(w1, a3_1);
      FloatVector x4_1 = FloatVector.broadcast(S, x[p1 + 4]);
      a4_0 = x4_1.fma(w2, a4_0);
      a4_1 = x4_1.fma(w1, a4_1);
      FloatVector x5_1 = FloatVector.broadcast(S, x[p1 + 5]);
      a5_0 = x5_1.fma(w2, a5_0);
      a5_1 = x5_1.fma(w1, a5_1);
      if (after) {
        int p = p1 + apart;
        a0_1 = FloatVector.broadcast(S, x[p]).fma(w2, a0_1);
        a1_1 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_1);
        a2_1 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_1);
        a3_1 = FloatVector.broadcast(S, x[p + 3]).fma(w2, a3_1);
        a4_1 = FloatVector.broadcast(S, x[p + 4]).fma(w2, a4_1);
        a5_1 = FloatVector.broadcast(S, x[p + 5]).fma(w2, a5_1);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
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

  private static void tile3x2(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      a2_1 = x2_0.fma(w0, a2_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      FloatVector x2_1 = FloatVector.broadcast(S, x[p1 + 2]);
      a2_0 = x2_1.fma(w2, a2_0);
      a2_1 = x2_1.fma(w1, a2_1);
      if (after) {
        int p = p1 + apart;
        a0_1 = FloatVector.broadcast(S, x[p]).fma(w2, a0_1);
        a1_1 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_1);
        a2_1 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_1);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a1_0.intoArray(sums, sumsAt + 2 * L);
    a1_1.intoArray(sums, sumsAt + 3 * L);
    a2_0.intoArray(sums, sumsAt + 4 * L);
    a2_1.intoArray(sums, sumsAt + 5 * L);
  }

  private static void tile9x3(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a3_2 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a4_2 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, sumsAt + 15 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, sumsAt + 16 * L);
    FloatVector a5_2 = FloatVector.fromArray(S, sums, sumsAt + 17 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, sumsAt + 18 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, sums, sumsAt + 19 * L);
    FloatVector a6_2 = FloatVector.fromArray(S, sums, sumsAt + 20 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, sumsAt + 21 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, sums, sumsAt + 22 * L);
    FloatVector a7_2 = FloatVector.fromArray(S, sums, sumsAt + 23 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, sums, sumsAt + 24 * L);
    FloatVector a8_1 = FloatVector.fromArray(S, sums, sumsAt + 25 * L);
    FloatVector a8_2 = FloatVector.fromArray(S, sums, sumsAt + 26 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
        a3_0 = FloatVector.broadcast(S, x[p + 3]).fma(w0, a3_0);
        a4_0 = FloatVector.broadcast(S, x[p + 4]).fma(w0, a4_0);
        a5_0 = FloatVector.broadcast(S, x[p + 5]).fma(w0, a5_0);
        a6_0 = FloatVector.broadcast(S, x[p + 6]).fma(w0, a6_0);
        a7_0 = FloatVector.broadcast(S, x[p + 7]).fma(w0, a7_0);
        a8_0 = FloatVector.broadcast(S, x[p + 8]).fma(w0, a8_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      a2_1 = x2_0.fma(w0, a2_1);
      FloatVector x3_0 = FloatVector.broadcast(S, x[p0 + 3]);
      a3_0 = x3_0.fma(w1, a3_0);
      a3_1 = x3_0.fma(w0, a3_1);
      FloatVector x4_0 = FloatVector.broadcast(S, x[p0 + 4]);
      a4_0 = x4_0.fma(w1, a4_0);
      a4_1 = x4_0.fma(w0, a4_1);
      FloatVector x5_0 = FloatVector.broadcast(S, x[p0 + 5]);
      a5_0 = x5_0.fma(w1, a5_0);
      a5_1 = x5_0.fma(w0, a5_1);
      FloatVector x6_0 = FloatVector.broadcast(S, x[p0 + 6]);
      a6_0 = x6_0.fma(w1, a6_0);
      a6_1 = x6_0.fma(w0, a6_1);
      FloatVector x7_0 = FloatVector.broadcast(S, x[p0 + 7]);
      a7_0 = x7_0.fma(w1, a7_0);
      a7_1 = x7_0.fma(w0, a7_1);
      FloatVector x8_0 = FloatVector.broadcast(S, x[p0 + 8]);
      a8_0 = x8_0.fma(w1, a8_0);
      a8_1 = x8_0.fma(w0, a8_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      a0_2 = x0_1.fma(w0, a0_2);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      a1_2 = x1_1.fma(w0, a1_2);
      FloatVector x2_1 = FloatVector.broadcast(S, x[p1 + 2]);
      a2_0 = x2_1.fma(w2, a2_0);
      a2_1 = x2_1.fma(w1, a2_1);
      a2_2 = x2_1.fma(w0, a2_2);
      FloatVector x3_1 = FloatVector.broadcast(S, x[p1 + 3]);
      a3_0 = x3_1.fma(w2, a3_0);
      a3_1 = x3_1.fma(w1, a3_1);
      a3_2 = x3_1.fma(w0, a3_2);
      FloatVector x4_1 = FloatVector.broadcast(S, x[p1 + 4]);
      a4_0 = x4_1.fma(w2, a4_0);
      a4_1 = x4_1.fma(w1, a4_1);
      a4_2 = x4_1.fma(w0, a4_2);
      FloatVector x5_1 = FloatVector.broadcast(S, x[p1 + 5]);
      a5_0 = x5_1.fma(w2, a5_0);
      a5_1 = x5_1.fma(w1, a5_1);
      a5_2 = x5_1.fma(w0, a5_2);
      FloatVector x6_1 = FloatVector.broadcast(S, x[p1 + 6]);
      a6_0 = x6_1.fma(w2, a6_0);
      a6_1 = x6_1.fma(w1, a6_1);
      a6_2 = x6_1.fma(w0, a6_2);
      FloatVector x7_1 = FloatVector.broadcast(S, x[p1 + 7]);
      a7_0 = x7_1.fma(w2, a7_0);
      a7_1 = x7_1.fma(w1, a7_1);
      a7_2 = x7_1.fma(w0, a7_2);
      FloatVector x8_1 = FloatVector.broadcast(S, x[p1 + 8]);
      a8_0 = x8_1.fma(w2, a8_0);
      a8_1 = x8_1.fma(w1, a8_1);
      a8_2 = x8_1.fma(w0, a8_2);
      int p2 = p1 + apart;
      FloatVector x0_2 = FloatVector.broadcast(S, x[p2]);
      a0_1 = x0_2.fma(w2, a0_1);
      a0_2 = x0_2.fma(w1, a0_2);
      FloatVector x1_2 = FloatVector.broadcast(S, x[p2 + 1]);
      a1_1 = x1_2.fma(w2, a1_1);
      a1_2 = x1_2.fma(w1, a1_2);
      FloatVector x2_2 = FloatVector.broadcast(S, x[p2 + 2]);
      a2_1 = x2_2.fma(w2, a2_1);
      a2_2 = x2_2.fma(w1, a2_2);
      FloatVector x3_2 = FloatVector.broadcast(S, x[p2 + 3]);
      a3_1 = x3_2.fma(w2, a3_1);
      a3_2 = x3_2.fma(w1, a3_2);
      FloatVector x4_2 = FloatVector.broadcast(S, x[p2 + 4]);
      a4_1 = x4_2.fma(w2, a4_1);
      a4_2 = x4_2.fma(w1, a4_2);
      FloatVector x5_2 = FloatVector.broadcast(S, x[p2 + 5]);
      a5_1 = x5_2.fma(w2, a5_1);
      a5_2 = x5_2.fma(w1, a5_2);
      FloatVector x6_2 = FloatVector.broadcast(S, x[p2 + 6]);
      a6_1 = x6_2.fma(w2, a6_1);
      a6_2 = x6_2.fma(w1, a6_2);
      FloatVector x7_2 = FloatVector.broadcast(S, x[p2 + 7]);
      a7_1 = x7_2.fma(w2, a7_1);
      a7_2 = x7_2.fma(w1, a7_2);
      FloatVector x8_2 = FloatVector.broadcast(S, x[p2 + 8]);
      a8_1 = x8_2.fma(w2, a8_1);
      a8_2 = x8_2.fma(w1, a8_2);
      if (after) {
        int p = p2 + apart;
        a0_2 = FloatVector.broadcast(S, x[p]).fma(w2, a0_2);
        a1_2 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_2);
        a2_2 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_2);
        a3_2 = FloatVector.broadcast(S, x[p + 3]).fma(w2, a3_2);
        a4_2 = FloatVector.broadcast(S, x[p + 4]).fma(w2, a4_2);
        a5_2 = FloatVector.broadcast(S, x[p + 5]).fma(w2, a5_2);
        a6_2 = FloatVector.broadcast(S, x[p + 6]).fma(w2, a6_2);
        a7_2 = FloatVector.broadcast(S, x[p + 7]).fma(w2, a7_2);
        a8_2 = FloatVector.broadcast(S, x[p + 8]).fma(w2, a8_2);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a0_2.intoArray(sums, sumsAt + 2 * L);
    a1_0.intoArray(sums, sumsAt + 3 * L);
    a1_1.intoArray(sums, sumsAt + 4 * L);
    a1_2.intoArray(sums, sumsAt + 5 * L);
    a2_0.intoArray(sums, sumsAt + 6 * L);
    a2_1.intoArray(sums, sumsAt + 7 * L);
    a2_2.intoArray(sums, sumsAt + 8 * L);
    a3_0.intoArray(sums, sumsAt + 9 * L);
    a3_1.intoArray(sums, sumsAt + 10 * L);
    a3_2.intoArray(sums, sumsAt + 11 * L);
    a4_0.intoArray(sums, sumsAt + 12 * L);
    a4_1.intoArray(sums, sumsAt + 13 * L);
    a4_2.intoArray(sums, sumsAt + 14 * L);
    a5_0.intoArray(sums, sumsAt + 15 * L);
    a5_1.intoArray(sums, sumsAt + 16 * L);
    a5_2.intoArray(sums, sumsAt + 17 * L);
    a6_0.intoArray(sums, sumsAt + 18 * L);
    a6_1.intoArray(sums, sumsAt + 19 * L);
    a6_2.intoArray(sums, sumsAt + 20 * L);
    a7_0.intoArray(sums, sumsAt + 21 * L);
    a7_1.intoArray(sums, sumsAt + 22 * L);
    a7_2.intoArray(sums, sumsAt + 23 * L);
    a8_0.intoArray(sums, sumsAt + 24 * L);
    a8_1.intoArray(sums, sumsAt + 25 * L);
    a8_2.intoArray(sums, sumsAt + 26 * L);
  }

  private static void tile4x3(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a3_2 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
        a3_0 = FloatVector.broadcast(S, x[p + 3]).fma(w0, a3_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      a2_1 = x2_0.fma(w0, a2_1);
      FloatVector x3_0 = FloatVector.broadcast(S, x[p0 + 3]);
      a3_0 = x3_0.fma(w1, a3_0);
      a3_1 = x3_0.fma(w0, a3_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      a0_2 = x0_1.fma(w0, a0_2);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      a1_2 = x1_1.fma(w0, a1_2);
      FloatVector x2_1 = FloatVector.broadcast(S, x[p1 + 2]);
      a2_0 = x2_1.fma(w2, a2_0);
      a2_1 = x2_1.fma(w1, a2_1);
      a2_2 = x2_1.fma(w0, a2_2);
      FloatVector x3_1 = FloatVector.broadcast(S, x[p1 + 3]);
      a3_0 = x3_1.fma(w2, a3_0);
      a3_1 = x3_1.fma(w1, a3_1);
      a3_2 = x3_1.fma(w0, a3_2);
      int p2 = p1 + apart;
      FloatVector x0_2 = FloatVector.broadcast(S, x[p2]);
      a0_1 = x0_2.fma(w2, a0_1);
      a0_2 = x0_2.fma(w1, a0_2);
      FloatVector x1_2 = FloatVector.broadcast(S, x[p2 + 1]);
      a1_1 = x1_2.fma(w2, a1_1);
      a1_2 = x1_2.fma(w1, a1_2);
      FloatVector x2_2 = FloatVector.broadcast(S, x[p2 + 2]);
      a2_1 = x2_2.fma(w2, a2_1);
      a2_2 = x2_2.fma(w1, a2_2);
      FloatVector x3_2 = FloatVector.broadcast(S, x[p2 + 3]);
      a3_1 = x3_2.fma(w2, a3_1);
      a3_2 = x3_2.fma(w1, a3_2);
      if (after) {
        int p = p2 + apart;
        a0_2 = FloatVector.broadcast(S, x[p]).fma(w2, a0_2);
        a1_2 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_2);
        a2_2 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_2);
        a3_2 = FloatVector.broadcast(S, x[p + 3]).fma(w2, a3_2);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a0_2.intoArray(sums, sumsAt + 2 * L);
    a1_0.intoArray(sums, sumsAt + 3 * L);
    a1_1.intoArray(sums, sumsAt + 4 * L);
    a1_2.intoArray(sums, sumsAt + 5 * L);
    a2_0.intoArray(sums, sumsAt + 6 * L);
    a2_1.intoArray(sums, sumsAt + 7 * L);
    a2_2.intoArray(sums, sumsAt + 8 * L);
    a3_0.intoArray(sums, sumsAt + 9 * L);
    a3_1.intoArray(sums, sumsAt + 10 * L);
    a3_2.intoArray(sums, sumsAt + 11 * L);
  }

  private static void tile6x4(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a0_3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a1_3 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a2_3 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a3_2 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    FloatVector a3_3 = FloatVector.fromArray(S, sums, sumsAt + 15 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 16 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 17 * L);
    FloatVector a4_2 = FloatVector.fromArray(S, sums, sumsAt + 18 * L);
    FloatVector a4_3 = FloatVector.fromArray(S, sums, sumsAt + 19 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, sumsAt + 20 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, sumsAt + 21 * L);
    FloatVector a5_2 = FloatVector.fromArray(S, sums, sumsAt + 22 * L);
    FloatVector a5_3 = FloatVector.fromArray(S, sums, sumsAt + 23 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
        a3_0 = FloatVector.broadcast(S, x[p + 3]).fma(w0, a3_0);
        a4_0 = FloatVector.broadcast(S, x[p + 4]).fma(w0, a4_0);
        a5_0 = FloatVector.broadcast(S, x[p + 5]).fma(w0, a5_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      a2_1 = x2_0.fma(w0, a2_1);
      FloatVector x3_0 = FloatVector.broadcast(S, x[p0 + 3]);
      a3_0 = x3_0.fma(w1, a3_0);
      a3_1 = x3_0.fma(w0, a3_1);
      FloatVector x4_0 = FloatVector.broadcast(S, x[p0 + 4]);
      a4_0 = x4_0.fma(w1, a4_0);
      a4_1 = x4_0.fma(w0, a4_1);
      FloatVector x5_0 = FloatVector.broadcast(S, x[p0 + 5]);
      a5_0 = x5_0.fma(w1, a5_0);
      a5_1 = x5_0.fma(w0, a5_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      a0_2 = x0_1.fma(w0, a0_2);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      a1_2 = x1_1.fma(w0, a1_2);
      FloatVector x2_1 = FloatVector.broadcast(S, x[p1 + 2]);
      a2_0 = x2_1.fma(w2, a2_0);
      a2_1 = x2_1.fma(w1, a2_1);
      a2_2 = x2_1.fma(w0, a2_2);
      FloatVector x3_1 = FloatVector.broadcast(S, x[p1 + 3]);
      a3_0 = x3_1.fma(w2, a3_0);
      a3_1 = x3_1.fma(w1, a3_1);
      a3_2 = x3_1.fma(w0, a3_2);
      FloatVector x4_1 = FloatVector.broadcast(S, x[p1 + 4]);
      a4_0 = x4_1.fma(w2, a4_0);
      a4_1 = x4_1.fma(w1, a4_1);
      a4_2 = x4_1.fma(w0, a4_2);
      FloatVector x5_1 = FloatVector.broadcast(S, x[p1 + 5]);
      a5_0 = x5_1.fma(w2, a5_0);
      a5_1 = x5_1.fma(w1, a5_1);
      a5_2 = x5_1.fma(w0, a5_2);
      int p2 = p1 + apart;
      FloatVector x0_2 = FloatVector.broadcast(S, x[p2]);
      a0_1 = x0_2.fma(w2, a0_1);
      a0_2 = x0_2.fma(w1, a0_2);
      a0_3 = x0_2.fma(w0, a0_3);
      FloatVector x1_2 = FloatVector.broadcast(S, x[p2 + 1]);
      a1_1 = x1_2.fma(w2, a1_1);
      a1_2 = x1_2.fma(w1, a1_2);
      a1_3 = x1_2.fma(w0, a1_3);
      FloatVector x2_2 = FloatVector.broadcast(S, x[p2 + 2]);
      a2_1 = x2_2.fma(w2, a2_1);
      a2_2 = x2_2.fma(w1, a2_2);
      a2_3 = x2_2.fma(w0, a2_3);
      FloatVector x3_2 = FloatVector.broadcast(S, x[p2 + 3]);
      a3_1 = x3_2.fma(w2, a3_1);
      a3_2 = x3_2.fma(w1, a3_2);
      a3_3 = x3_2.fma(w0, a3_3);
      FloatVector x4_2 = FloatVector.broadcast(S, x[p2 + 4]);
      a4_1 = x4_2.fma(w2, a4_1);
      a4_2 = x4_2.fma(w1, a4_2);
      a4_3 = x4_2.fma(w0, a4_3);
      FloatVector x5_2 = FloatVector.broadcast(S, x[p2 + 5]);
      a5_1 = x5_2.fma(w2, a5_1);
      a5_2 = x5_2.fma(w1, a5_2);
      a5_3 = x5_2.fma(w0, a5_3);
      int p3 = p2 + apart;
      FloatVector x0_3 = FloatVector.broadcast(S, x[p3]);
      a0_2 = x0_3.fma(w2, a0_2);
      a0_3 = x0_3.fma(w1, a0_3);
      FloatVector x1_3 = FloatVector.broadcast(S, x[p3 + 1]);
      a1_2 = x1_3.fma(w2, a1_2);
      a1_3 = x1_3.fma(w1, a1_3);
      FloatVector x2_3 = FloatVector.broadcast(S, x[p3 + 2]);
      a2_2 = x2_3.fma(w2, a2_2);
      a2_3 = x2_3.fma(w1, a2_3);
      FloatVector x3_3 = FloatVector.broadcast(S, x[p3 + 3]);
      a3_2 = x3_3.fma(w2, a3_2);
      a3_3 = x3_3.fma(w1, a3_3);
      FloatVector x4_3 = FloatVector.broadcast(S, x[p3 + 4]);
      a4_2 = x4_3.fma(w2, a4_2);
      a4_3 = x4_3.fma(w1, a4_3);
      FloatVector x5_3 = FloatVector.broadcast(S, x[p3 + 5]);
      a5_2 = x5_3.fma(w2, a5_2);
      a5_3 = x5_3.fma(w1, a5_3);
      if (after) {
        int p = p3 + apart;
        a0_3 = FloatVector.broadcast(S, x[p]).fma(w2, a0_3);
        a1_3 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_3);
        a2_3 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_3);
        a3_3 = FloatVector.broadcast(S, x[p + 3]).fma(w2, a3_3);
        a4_3 = FloatVector.broadcast(S, x[p + 4]).fma(w2, a4_3);
        a5_3 = FloatVector.broadcast(S, x[p + 5]).fma(w2, a5_3);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a0_2.intoArray(sums, sumsAt + 2 * L);
    a0_3.intoArray(sums, sumsAt + 3 * L);
    a1_0.intoArray(sums, sumsAt + 4 * L);
    a1_1.intoArray(sums, sumsAt + 5 * L);
    a1_2.intoArray(sums, sumsAt + 6 * L);
    a1_3.intoArray(sums, sumsAt + 7 * L);
    a2_0.intoArray(sums, sumsAt + 8 * L);
    a2_1.intoArray(sums, sumsAt + 9 * L);
    a2_2.intoArray(sums, sumsAt + 10 * L);
    a2_3.intoArray(sums, sumsAt + 11 * L);
    a3_0.intoArray(sums, sumsAt + 12 * L);
    a3_1.intoArray(sums, sumsAt + 13 * L);
    a3_2.intoArray(sums, sumsAt + 14 * L);
    a3_3.intoArray(sums, sumsAt + 15 * L);
    a4_0.intoArray(sums, sumsAt + 16 * L);
    a4_1.intoArray(sums, sumsAt + 17 * L);
    a4_2.intoArray(sums, sumsAt + 18 * L);
    a4_3.intoArray(sums, sumsAt + 19 * L);
    a5_0.intoArray(sums, sumsAt + 20 * L);
    a5_1.intoArray(sums, sumsAt + 21 * L);
    a5_2.intoArray(sums, sumsAt + 22 * L);
    a5_3.intoArray(sums, sumsAt + 23 * L);
  }

  private static void tile3x4(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a0_3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a1_3 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a2_3 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      a2_1 = x2_0.fma(w0, a2_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      a0_2 = x0_1.fma(w0, a0_2);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      a1_2 = x1_1.fma(w0, a1_2);
      FloatVector x2_1 = FloatVector.broadcast(S, x[p1 + 2]);
      a2_0 = x2_1.fma(w2, a2_0);
      a2_1 = x2_1.fma(w1, a2_1);
      a2_2 = x2_1.fma(w0, a2_2);
      int p2 = p1 + apart;
      FloatVector x0_2 = FloatVector.broadcast(S, x[p2]);
      a0_1 = x0_2.fma(w2, a0_1);
      a0_2 = x0_2.fma(w1, a0_2);
      a0_3 = x0_2.fma(w0, a0_3);
      FloatVector x1_2 = FloatVector.broadcast(S, x[p2 + 1]);
      a1_1 = x1_2.fma(w2, a1_1);
      a1_2 = x1_2.fma(w1, a1_2);
      a1_3 = x1_2.fma(w0, a1_3);
      FloatVector x2_2 = FloatVector.broadcast(S, x[p2 + 2]);
      a2_1 = x2_2.fma(w2, a2_1);
      a2_2 = x2_2.fma(w1, a2_2);
      a2_3 = x2_2.fma(w0, a2_3);
      int p3 = p2 + apart;
      FloatVector x0_3 = FloatVector.broadcast(S, x[p3]);
      a0_2 = x0_3.fma(w2, a0_2);
      a0_3 = x0_3.fma(w1, a0_3);
      FloatVector x1_3 = FloatVector.broadcast(S, x[p3 + 1]);
      a1_2 = x1_3.fma(w2, a1_2);
      a1_3 = x1_3.fma(w1, a1_3);
      FloatVector x2_3 = FloatVector.broadcast(S, x[p3 + 2]);
      a2_2 = x2_3.fma(w2, a2_2);
      a2_3 = x2_3.fma(w1, a2_3);
      if (after) {
        int p = p3 + apart;
        a0_3 = FloatVector.broadcast(S, x[p]).fma(w2, a0_3);
        a1_3 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_3);
        a2_3 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_3);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a0_2.intoArray(sums, sumsAt + 2 * L);
    a0_3.intoArray(sums, sumsAt + 3 * L);
    a1_0.intoArray(sums, sumsAt + 4 * L);
    a1_1.intoArray(sums, sumsAt + 5 * L);
    a1_2.intoArray(sums, sumsAt + 6 * L);
    a1_3.intoArray(sums, sumsAt + 7 * L);
    a2_0.intoArray(sums, sumsAt + 8 * L);
    a2_1.intoArray(sums, sumsAt + 9 * L);
    a2_2.intoArray(sums, sumsAt + 10 * L);
    a2_3.intoArray(sums, sumsAt + 11 * L);
  }

  private static void tile5x5(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a0_3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a0_4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a1_3 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a1_4 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a2_3 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a2_4 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 15 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 16 * L);
    FloatVector a3_2 = FloatVector.fromArray(S, sums, sumsAt + 17 * L);
    FloatVector a3_3 = FloatVector.fromArray(S, sums, sumsAt + 18 * L);
    FloatVector a3_4 = FloatVector.fromArray(S, sums, sumsAt + 19 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, sumsAt + 20 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, sumsAt + 21 * L);
    FloatVector a4_2 = FloatVector.fromArray(S, sums, sumsAt + 22 * L);
    FloatVector a4_3 = FloatVector.fromArray(S, sums, sumsAt + 23 * L);
    FloatVector a4_4 = FloatVector.fromArray(S, sums, sumsAt + 24 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
        a3_0 = FloatVector.broadcast(S, x[p + 3]).fma(w0, a3_0);
        a4_0 = FloatVector.broadcast(S, x[p + 4]).fma(w0, a4_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      a2_1 = x2_0.fma(w0, a2_1);
      FloatVector x3_0 = FloatVector.broadcast(S, x[p0 + 3]);
      a3_0 = x3_0.fma(w1, a3_0);
      a3_1 = x3_0.fma(w0, a3_1);
      FloatVector x4_0 = FloatVector.broadcast(S, x[p0 + 4]);
      a4_0 = x4_0.fma(w1, a4_0);
      a4_1 = x4_0.fma(w0, a4_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      a0_2 = x0_1.fma(w0, a0_2);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      a1_2 = x1_1.fma(w0, a1_2);
      FloatVector x2_1 = FloatVector.broadcast(S, x[p1 + 2]);
      a2_0 = x2_1.fma(w2, a2_0);
      a2_1 = x2_1.fma(w1, a2_1);
      a2_2 = x2_1.fma(w0, a2_2);
      FloatVector x3_1 = FloatVector.broadcast(S, x[p1 + 3]);
      a3_0 = x3_1.fma(w2, a3_0);
      a3_1 = x3_1.fma(w1, a3_1);
      a3_2 = x3_1.fma(w0, a3_2);
      FloatVector x4_1 = FloatVector.broadcast(S, x[p1 + 4]);
      a4_0 = x4_1.fma(w2, a4_0);
      a4_1 = x4_1.fma(w1, a4_1);
      a4_2 = x4_1.fma(w0, a4_2);
      int p2 = p1 + apart;
      FloatVector x0_2 = FloatVector.broadcast(S, x[p2]);
      a0_1 = x0_2.fma(w2, a0_1);
      a0_2 = x0_2.fma(w1, a0_2);
      a0_3 = x0_2.fma(w0, a0_3);
      FloatVector x1_2 = FloatVector.broadcast(S, x[p2 + 1]);
      a1_1 = x1_2.fma(w2, a1_1);
      a1_2 = x1_2.fma(w1, a1_2);
      a1_3 = x1_2.fma(w0, a1_3);
      FloatVector x2_2 = FloatVector.broadcast(S, x[p2 + 2]);
      a2_1 = x2_2.fma(w2, a2_1);
      a2_2 = x2_2.fma(w1, a2_2);
      a2_3 = x2_2.fma(w0, a2_3);
      FloatVector x3_2 = FloatVector.broadcast(S, x[p2 + 3]);
      a3_1 = x3_2.fma(w2, a3_1);
      a3_2 = x3_2.fma(w1, a3_2);
      a3_3 = x3_2.fma(w0, a3_3);
      FloatVector x4_2 = FloatVector.broadcast(S, x[p2 + 4]);
      a4_1 = x4_2.fma(w2, a4_1);
      a4_2 = x4_2.fma(w1, a4_2);
      a4_3 = x4_2.fma(w0, a4_3);
      int p3 = p2 + apart;
      FloatVector x0_3 = FloatVector.broadcast(S, x[p3]);
      a0_2 = x0_3.fma(w2, a0_2);
      a0_3 = x0_3.fma(w1, a0_3);
      a0_4 = x0_3.fma(w0, a0_4);
      FloatVector x1_3 = FloatVector.broadcast(S, x[p3 + 1]);
      a1_2 = x1_3.fma(w2, a1_2);
      a1_3 = x1_3.fma(w1, a1_3);
      a1_4 = x1_3.fma(w0, a1_4);
      FloatVector x2_3 = FloatVector.broadcast(S, x[p3 + 2]);
      a2_2 = x2_3.fma(w2, a2_2);
      a2_3 = x2_3.fma(w1, a2_3);
      a2_4 = x2_3.fma(w0, a2_4);
      FloatVector x3_3 = FloatVector.broadcast(S, x[p3 + 3]);
      a3_2 = x3_3.fma(w2, a3_2);
      a3_3 = x3_3.fma(w1, a3_3);
      a3_4 = x3_3.fma(w0, a3_4);
      FloatVector x4_3 = FloatVector.broadcast(S, x[p3 + 4]);
      a4_2 = x4_3.fma(w2, a4_2);
      a4_3 = x4_3.fma(w1, a4_3);
      a4_4 = x4_3.fma(w0, a4_4);
      int p4 = p3 + apart;
      FloatVector x0_4 = FloatVector.broadcast(S, x[p4]);
      a0_3 = x0_4.fma(w2, a0_3);
      a0_4 = x0_4.fma(w1, a0_4);
      FloatVector x1_4 = FloatVector.broadcast(S, x[p4 + 1]);
      a1_3 = x1_4.fma(w2, a1_3);
      a1_4 = x1_4.fma(w1, a1_4);
      FloatVector x2_4 = FloatVector.broadcast(S, x[p4 + 2]);
      a2_3 = x2_4.fma(w2, a2_3);
      a2_4 = x2_4.fma(w1, a2_4);
      FloatVector x3_4 = FloatVector.broadcast(S, x[p4 + 3]);
      a3_3 = x3_4.fma(w2, a3_3);
      a3_4 = x3_4.fma(w1, a3_4);
      FloatVector x4_4 = FloatVector.broadcast(S, x[p4 + 4]);
      a4_3 = x4_4.fma(w2, a4_3);
      a4_4 = x4_4.fma(w1, a4_4);
      if (after) {
        int p = p4 + apart;
        a0_4 = FloatVector.broadcast(S, x[p]).fma(w2, a0_4);
        a1_4 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_4);
        a2_4 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_4);
        a3_4 = FloatVector.broadcast(S, x[p + 3]).fma(w2, a3_4);
        a4_4 = FloatVector.broadcast(S, x[p + 4]).fma(w2, a4_4);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a0_2.intoArray(sums, sumsAt + 2 * L);
    a0_3.intoArray(sums, sumsAt + 3 * L);
    a0_4.intoArray(sums, sumsAt + 4 * L);
    a1_0.intoArray(sums, sumsAt + 5 * L);
    a1_1.intoArray(sums, sumsAt + 6 * L);
    a1_2.intoArray(sums, sumsAt + 7 * L);
    a1_3.intoArray(sums, sumsAt + 8 * L);
    a1_4.intoArray(sums, sumsAt + 9 * L);
    a2_0.intoArray(sums, sumsAt + 10 * L);
    a2_1.intoArray(sums, sumsAt + 11 * L);
    a2_2.intoArray(sums, sumsAt + 12 * L);
    a2_3.intoArray(sums, sumsAt + 13 * L);
    a2_4.intoArray(sums, sumsAt + 14 * L);
    a3_0.intoArray(sums, sumsAt + 15 * L);
    a3_1.intoArray(sums, sumsAt + 16 * L);
    a3_2.intoArray(sums, sumsAt + 17 * L);
    a3_3.intoArray(sums, sumsAt + 18 * L);
    a3_4.intoArray(sums, sumsAt + 19 * L);
    a4_0.intoArray(sums, sumsAt + 20 * L);
    a4_1.intoArray(sums, sumsAt + 21 * L);
    a4_2.intoArray(sums, sumsAt + 22 * L);
    a4_3.intoArray(sums, sumsAt + 23 * L);
    a4_4.intoArray(sums, sumsAt + 24 * L);
  }

  private static void tile3x5(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a0_3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a0_4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a1_3 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a1_4 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a2_3 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a2_4 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      a2_1 = x2_0.fma(w0, a2_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      a0_2 = x0_1.fma(w0, a0_2);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      a1_2 = x1_1.fma(w0, a1_2);
      FloatVector x2_1 = FloatVector.broadcast(S, x[p1 + 2]);
      a2_0 = x2_1.fma(w2, a2_0);
      a2_1 = x2_1.fma(w1, a2_1);
      a2_2 = x2_1.fma(w0, a2_2);
      int p2 = p1 + apart;
      FloatVector x0_2 = FloatVector.broadcast(S, x[p2]);
      a0_1 = x0_2.fma(w2, a0_1);
      a0_2 = x0_2.fma(w1, a0_2);
      a0_3 = x0_2.fma(w0, a0_3);
      FloatVector x1_2 = FloatVector.broadcast(S, x[p2 + 1]);
      a1_1 = x1_2.fma(w2, a1_1);
      a1_2 = x1_2.fma(w1, a1_2);
      a1_3 = x1_2.fma(w0, a1_3);
      FloatVector x2_2 = FloatVector.broadcast(S, x[p2 + 2]);
      a2_1 = x2_2.fma(w2, a2_1);
      a2_2 = x2_2.fma(w1, a2_2);
      a2_3 = x2_2.fma(w0, a2_3);
      int p3 = p2 + apart;
      FloatVector x0_3 = FloatVector.broadcast(S, x[p3]);
      a0_2 = x0_3.fma(w2, a0_2);
      a0_3 = x0_3.fma(w1, a0_3);
      a0_4 = x0_3.fma(w0, a0_4);
      FloatVector x1_3 = FloatVector.broadcast(S, x[p3 + 1]);
      a1_2 = x1_3.fma(w2, a1_2);
      a1_3 = x1_3.fma(w1, a1_3);
      a1_4 = x1_3.fma(w0, a1_4);
      FloatVector x2_3 = FloatVector.broadcast(S, x[p3 + 2]);
      a2_2 = x2_3.fma(w2, a2_2);
      a2_3 = x2_3.fma(w1, a2_3);
      a2_4 = x2_3.fma(w0, a2_4);
      int p4 = p3 + apart;
      FloatVector x0_4 = FloatVector.broadcast(S, x[p4]);
      a0_3 = x0_4.fma(w2, a0_3);
      a0_4 = x0_4.fma(w1, a0_4);
      FloatVector x1_4 = FloatVector.broadcast(S, x[p4 + 1]);
      a1_3 = x1_4.fma(w2, a1_3);
      a1_4 = x1_4.fma(w1, a1_4);
      FloatVector x2_4 = FloatVector.broadcast(S, x[p4 + 2]);
      a2_3 = x2_4.fma(w2, a2_3);
      a2_4 = x2_4.fma(w1, a2_4);
      if (after) {
        int p = p4 + apart;
        a0_4 = FloatVector.broadcast(S, x[p]).fma(w2, a0_4);
        a1_4 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_4);
        a2_4 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_4);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a0_2.intoArray(sums, sumsAt + 2 * L);
    a0_3.intoArray(sums, sumsAt + 3 * L);
    a0_4.intoArray(sums, sumsAt + 4 * L);
    a1_0.intoArray(sums, sumsAt + 5 * L);
    a1_1.intoArray(sums, sumsAt + 6 * L);
    a1_2.intoArray(sums, sumsAt + 7 * L);
    a1_3.intoArray(sums, sumsAt + 8 * L);
    a1_4.intoArray(sums, sumsAt + 9 * L);
    a2_0.intoArray(sums, sumsAt + 10 * L);
    a2_1.intoArray(sums, sumsAt + 11 * L);
    a2_2.intoArray(sums, sumsAt + 12 * L);
    a2_3.intoArray(sums, sumsAt + 13 * L);
    a2_4.intoArray(sums, sumsAt + 14 * L);
  }

  private static void tile4x6(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a0_3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a0_4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a0_5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a1_3 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a1_4 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a1_5 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    FloatVector a2_3 = FloatVector.fromArray(S, sums, sumsAt + 15 * L);
    FloatVector a2_4 = FloatVector.fromArray(S, sums, sumsAt + 16 * L);
    FloatVector a2_5 = FloatVector.fromArray(S, sums, sumsAt + 17 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, sumsAt + 18 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, sumsAt + 19 * L);
    FloatVector a3_2 = FloatVector.fromArray(S, sums, sumsAt + 20 * L);
    FloatVector a3_3 = FloatVector.fromArray(S, sums, sumsAt + 21 * L);
    FloatVector a3_4 = FloatVector.fromArray(S, sums, sumsAt + 22 * L);
    FloatVector a3_5 = FloatVector.fromArray(S, sums, sumsAt + 23 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
        a2_0 = FloatVector.broadcast(S, x[p + 2]).fma(w0, a2_0);
        a3_0 = FloatVector.broadcast(S, x[p + 3]).fma(w0, a3_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      FloatVector x2_0 = FloatVector.broadcast(S, x[p0 + 2]);
      a2_0 = x2_0.fma(w1, a2_0);
      a2_1 = x2_0.fma(w0, a2_1);
      FloatVector x3_0 = FloatVector.broadcast(S, x[p0 + 3]);
      a3_0 = x3_0.fma(w1, a3_0);
      a3_1 = x3_0.fma(w0, a3_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      a0_2 = x0_1.fma(w0, a0_2);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      a1_2 = x1_1.fma(w0, a1_2);
      FloatVector x2_1 = FloatVector.broadcast(S, x[p1 + 2]);
      a2_0 = x2_1.fma(w2, a2_0);
      a2_1 = x2_1.fma(w1, a2_1);
      a2_2 = x2_1.fma(w0, a2_2);
      FloatVector x3_1 = FloatVector.broadcast(S, x[p1 + 3]);
      a3_0 = x3_1.fma(w2, a3_0);
      a3_1 = x3_1.fma(w1, a3_1);
      a3_2 = x3_1.fma(w0, a3_2);
      int p2 = p1 + apart;
      FloatVector x0_2 = FloatVector.broadcast(S, x[p2]);
      a0_1 = x0_2.fma(w2, a0_1);
      a0_2 = x0_2.fma(w1, a0_2);
      a0_3 = x0_2.fma(w0, a0_3);
      FloatVector x1_2 = FloatVector.broadcast(S, x[p2 + 1]);
      a1_1 = x1_2.fma(w2, a1_1);
      a1_2 = x1_2.fma(w1, a1_2);
      a1_3 = x1_2.fma(w0, a1_3);
      FloatVector x2_2 = FloatVector.broadcast(S, x[p2 + 2]);
      a2_1 = x2_2.fma(w2, a2_1);
      a2_2 = x2_2.fma(w1, a2_2);
      a2_3 = x2_2.fma(w0, a2_3);
      FloatVector x3_2 = FloatVector.broadcast(S, x[p2 + 3]);
      a3_1 = x3_2.fma(w2, a3_1);
      a3_2 = x3_2.fma(w1, a3_2);
      a3_3 = x3_2.fma(w0, a3_3);
      int p3 = p2 + apart;
      FloatVector x0_3 = FloatVector.broadcast(S, x[p3]);
      a0_2 = x0_3.fma(w2, a0_2);
      a0_3 = x0_3.fma(w1, a0_3);
      a0_4 = x0_3.fma(w0, a0_4);
      FloatVector x1_3 = FloatVector.broadcast(S, x[p3 + 1]);
      a1_2 = x1_3.fma(w2, a1_2);
      a1_3 = x1_3.fma(w1, a1_3);
      a1_4 = x1_3.fma(w0, a1_4);
      FloatVector x2_3 = FloatVector.broadcast(S, x[p3 + 2]);
      a2_2 = x2_3.fma(w2, a2_2);
      a2_3 = x2_3.fma(w1, a2_3);
      a2_4 = x2_3.fma(w0, a2_4);
      FloatVector x3_3 = FloatVector.broadcast(S, x[p3 + 3]);
      a3_2 = x3_3.fma(w2, a3_2);
      a3_3 = x3_3.fma(w1, a3_3);
      a3_4 = x3_3.fma(w0, a3_4);
      int p4 = p3 + apart;
      FloatVector x0_4 = FloatVector.broadcast(S, x[p4]);
      a0_3 = x0_4.fma(w2, a0_3);
      a0_4 = x0_4.fma(w1, a0_4);
      a0_5 = x0_4.fma(w0, a0_5);
      FloatVector x1_4 = FloatVector.broadcast(S, x[p4 + 1]);
      a1_3 = x1_4.fma(w2, a1_3);
      a1_4 = x1_4.fma(w1, a1_4);
      a1_5 = x1_4.fma(w0, a1_5);
      FloatVector x2_4 = FloatVector.broadcast(S, x[p4 + 2]);
      a2_3 = x2_4.fma(w2, a2_3);
      a2_4 = x2_4.fma(w1, a2_4);
      a2_5 = x2_4.fma(w0, a2_5);
      FloatVector x3_4 = FloatVector.broadcast(S, x[p4 + 3]);
      a3_3 = x3_4.fma(w2, a3_3);
      a3_4 = x3_4.fma(w1, a3_4);
      a3_5 = x3_4.fma(w0, a3_5);
      int p5 = p4 + apart;
      FloatVector x0_5 = FloatVector.broadcast(S, x[p5]);
      a0_4 = x0_5.fma(w2, a0_4);
      a0_5 = x0_5.fma(w1, a0_5);
      FloatVector x1_5 = FloatVector.broadcast(S, x[p5 + 1]);
      a1_4 = x1_5.fma(w2, a1_4);
      a1_5 = x1_5.fma(w1, a1_5);
      FloatVector x2_5 = FloatVector.broadcast(S, x[p5 + 2]);
      a2_4 = x2_5.fma(w2, a2_4);
      a2_5 = x2_5.fma(w1, a2_5);
      FloatVector x3_5 = FloatVector.broadcast(S, x[p5 + 3]);
      a3_4 = x3_5.fma(w2, a3_4);
      a3_5 = x3_5.fma(w1, a3_5);
      if (after) {
        int p = p5 + apart;
        a0_5 = FloatVector.broadcast(S, x[p]).fma(w2, a0_5);
        a1_5 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_5);
        a2_5 = FloatVector.broadcast(S, x[p + 2]).fma(w2, a2_5);
        a3_5 = FloatVector.broadcast(S, x[p + 3]).fma(w2, a3_5);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a0_2.intoArray(sums, sumsAt + 2 * L);
    a0_3.intoArray(sums, sumsAt + 3 * L);
    a0_4.intoArray(sums, sumsAt + 4 * L);
    a0_5.intoArray(sums, sumsAt + 5 * L);
    a1_0.intoArray(sums, sumsAt + 6 * L);
    a1_1.intoArray(sums, sumsAt + 7 * L);
    a1_2.intoArray(sums, sumsAt + 8 * L);
    a1_3.intoArray(sums, sumsAt + 9 * L);
    a1_4.intoArray(sums, sumsAt + 10 * L);
    a1_5.intoArray(sums, sumsAt + 11 * L);
    a2_0.intoArray(sums, sumsAt + 12 * L);
    a2_1.intoArray(sums, sumsAt + 13 * L);
    a2_2.intoArray(sums, sumsAt + 14 * L);
    a2_3.intoArray(sums, sumsAt + 15 * L);
    a2_4.intoArray(sums, sumsAt + 16 * L);
    a2_5.intoArray(sums, sumsAt + 17 * L);
    a3_0.intoArray(sums, sumsAt + 18 * L);
    a3_1.intoArray(sums, sumsAt + 19 * L);
    a3_2.intoArray(sums, sumsAt + 20 * L);
    a3_3.intoArray(sums, sumsAt + 21 * L);
    a3_4.intoArray(sums, sumsAt + 22 * L);
    a3_5.intoArray(sums, sumsAt + 23 * L);
  }

  private static void tile2x6(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows, boolean before,
      boolean after, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a0_3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a0_4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a0_5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a1_3 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a1_4 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a1_5 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    int wTurn = wStep - (rows - 1) * 3 * L;
    int xTurn = xStep - (rows - 1) * pitch;
    int q = wAt;
    int p0 = xAt;
    int r = rows;
    for (int i = channels * rows; i > 0; i--) {
      FloatVector w0 = FloatVector.fromArray(S, w, q);
      FloatVector w1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
      if (before) {
        int p = p0 - apart;
        a0_0 = FloatVector.broadcast(S, x[p]).fma(w0, a0_0);
        a1_0 = FloatVector.broadcast(S, x[p + 1]).fma(w0, a1_0);
      }
      FloatVector x0_0 = FloatVector.broadcast(S, x[p0]);
      a0_0 = x0_0.fma(w1, a0_0);
      a0_1 = x0_0.fma(w0, a0_1);
      FloatVector x1_0 = FloatVector.broadcast(S, x[p0 + 1]);
      a1_0 = x1_0.fma(w1, a1_0);
      a1_1 = x1_0.fma(w0, a1_1);
      int p1 = p0 + apart;
      FloatVector x0_1 = FloatVector.broadcast(S, x[p1]);
      a0_0 = x0_1.fma(w2, a0_0);
      a0_1 = x0_1.fma(w1, a0_1);
      a0_2 = x0_1.fma(w0, a0_2);
      FloatVector x1_1 = FloatVector.broadcast(S, x[p1 + 1]);
      a1_0 = x1_1.fma(w2, a1_0);
      a1_1 = x1_1.fma(w1, a1_1);
      a1_2 = x1_1.fma(w0, a1_2);
      int p2 = p1 + apart;
      FloatVector x0_2 = FloatVector.broadcast(S, x[p2]);
      a0_1 = x0_2.fma(w2, a0_1);
      a0_2 = x0_2.fma(w1, a0_2);
      a0_3 = x0_2.fma(w0, a0_3);
      FloatVector x1_2 = FloatVector.broadcast(S, x[p2 + 1]);
      a1_1 = x1_2.fma(w2, a1_1);
      a1_2 = x1_2.fma(w1, a1_2);
      a1_3 = x1_2.fma(w0, a1_3);
      int p3 = p2 + apart;
      FloatVector x0_3 = FloatVector.broadcast(S, x[p3]);
      a0_2 = x0_3.fma(w2, a0_2);
      a0_3 = x0_3.fma(w1, a0_3);
      a0_4 = x0_3.fma(w0, a0_4);
      FloatVector x1_3 = FloatVector.broadcast(S, x[p3 + 1]);
      a1_2 = x1_3.fma(w2, a1_2);
      a1_3 = x1_3.fma(w1, a1_3);
      a1_4 = x1_3.fma(w0, a1_4);
      int p4 = p3 + apart;
      FloatVector x0_4 = FloatVector.broadcast(S, x[p4]);
      a0_3 = x0_4.fma(w2, a0_3);
      a0_4 = x0_4.fma(w1, a0_4);
      a0_5 = x0_4.fma(w0, a0_5);
      FloatVector x1_4 = FloatVector.broadcast(S, x[p4 + 1]);
      a1_3 = x1_4.fma(w2, a1_3);
      a1_4 = x1_4.fma(w1, a1_4);
      a1_5 = x1_4.fma(w0, a1_5);
      int p5 = p4 + apart;
      FloatVector x0_5 = FloatVector.broadcast(S, x[p5]);
      a0_4 = x0_5.fma(w2, a0_4);
      a0_5 = x0_5.fma(w1, a0_5);
      FloatVector x1_5 = FloatVector.broadcast(S, x[p5 + 1]);
      a1_4 = x1_5.fma(w2, a1_4);
      a1_5 = x1_5.fma(w1, a1_5);
      if (after) {
        int p = p5 + apart;
        a0_5 = FloatVector.broadcast(S, x[p]).fma(w2, a0_5);
        a1_5 = FloatVector.broadcast(S, x[p + 1]).fma(w2, a1_5);
      }
      boolean more = --r > 0;
      q += more ? 3 * L : wTurn;
      p0 += more ? pitch : xTurn;
      r = more ? r : rows;
    }
    a0_0.intoArray(sums, sumsAt);
    a0_1.intoArray(sums, sumsAt + L);
    a0_2.intoArray(sums, sumsAt + 2 * L);
    a0_3.intoArray(sums, sumsAt + 3 * L);
    a0_4.intoArray(sums, sumsAt + 4 * L);
    a0_5.intoArray(sums, sumsAt + 5 * L);
    a1_0.intoArray(sums, sumsAt + 6 * L);
    a1_1.intoArray(sums, sumsAt + 7 * L);
    a1_2.intoArray(sums, sumsAt + 8 * L);
    a1_3.intoArray(sums, sumsAt + 9 * L);
    a1_4.intoArray(sums, sumsAt + 10 * L);
    a1_5.intoArray(sums, sumsAt + 11 * L);
  }
  // spotless:on
}
