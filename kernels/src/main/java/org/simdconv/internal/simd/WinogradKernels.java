package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Winograd's products with output channels in the lanes: register tiles of 8 tiles x 2 vectors of
 * output channels, point by point; and the weights for them, transformed just before.
 *
 * <pre>
 * weights of a block of channels   packed[vector][channel][tap][LANES]                r x r taps
 * U = G w Gt                       u[vector][row][channel][6 points][LANES]           n x n points, 6 to a row
 * V                                x[vector of tiles][channel][LANES tiles]           of a point
 * M                                sums[tile][2 vectors][LANES]                       of a point
 * </pre>
 *
 * <p>Kept as taps, the weights are as large as those of a direct convolution: a quarter of U for
 * F(4, 3), four ninths for F(2, 2). U of some channels is used from L2 for all tiles of a block.
 * What it costs is not arithmetic but stores, of 36 points or 16 or 9 a channel and vector: 0.6 ns
 * each where all of them lie beside each other, 1.3 where each goes to the channels of its own
 * point; from there the products read them faster, though, as they follow each other. Six together
 * are the best of both: k4 s2 256-128@16 3 to 5% faster than 36, 256-256@14 3 to 15%. 8 products of
 * a vector of U take 2 ns (JDK 25, Zen 5).
 *
 * <p>All distances are constants, of whichever points: C2 keeps a check of bounds for each load or
 * store whose distance to that of the next channel is not one, 60 of 80 instructions of a transform
 * of 2x2 taps. A row is an odd number of cache lines.
 *
 * <p>Registers of 32: 16 sums, 2 vectors of weights and a broadcast; 18 sums with a ninth tile. A
 * broadcast serves two FMAs and a vector of weights eight, so that 10 loads go with 16 FMAs; with
 * tiles in lanes and 13 rows it is 15 with 13, and those run at 71 to 79% of the peak from L2.
 *
 * <p>Where only some 16 tiles would use U of F(2,2), {@link WinogradTapKernels} does without.
 *
 * <p>Tried: weights read ahead within the products, a float of a line at a time (as much slower as
 * the transform gets faster); the transform of the next block's weights piece by piece between the
 * products (slower); points of V together as those of U (128-128@28 7% faster, k4 s2 512-256@8 8%
 * slower, others as fast, and twice the scratch); U that begins on a cache line (as fast).
 *
 * <p>Thread safety: static, no state.
 */
public final class WinogradKernels {
  /** Vectors of output channels in a register tile. */
  public static final int VECTORS = 2;

  /** Tiles in a register tile. */
  public static final int TILES = 8;

  /** Most input channels of a block. */
  public static final int CHANNELS = 64;

  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // Points that stand together.
  private static final int TOGETHER = 6;

  // Floats from a channel's points to the next one's, and from a vector's channels to the second's.
  private static final int STEP = TOGETHER * L;
  private static final int ROW = CHANNELS * STEP + L;
  private static final int SECOND = TOGETHER * ROW;

  /** Floats of U of a block of channels. */
  public static final int U_FLOATS = VECTORS * SECOND;

  private static final float[] ZEROS = new float[VECTORS * (TILES + 1) * L];

  private WinogradKernels() {}

  /** Whether the tiles suit this JVM's vectors: they count on 32 registers of 16 lanes. */
  public static boolean exist() {
    return ChannelKernels.exist();
  }

  /**
   * What a kernel row's or column's weights are multiplied by, for both, before they are packed.
   */
  public static double scale(int points, int tap) {
    if (points < 6) {
      return points == 5 ? 1 / 6.0 : 1;
    }
    return switch (tap) {
      case 0 -> 1 / 24.0;
      case 1 -> 1 / 12.0;
      default -> -1 / 6.0;
    };
  }

  /**
   * U of a block of input channels of a register tile.
   *
   * @param points n, inputs of a tile along an axis
   * @param r taps along an axis
   * @param packed the weights
   * @param at those of the block
   * @param channels of the block, at most {@link #CHANNELS}
   * @param u for {@link #U_FLOATS}
   * @param to first of them
   */
  public static void weights(
      int points, int r, float[] packed, int at, int channels, float[] u, int to) {
    for (int v = 0; v < VECTORS; v++) {
      int from = at + v * channels * r * r * L;
      int row = to + v * SECOND;
      switch (points) {
        case 3 -> weights3(packed, from, channels, u, row);
        case 4 -> {
          if (r == 2) {
            weights4Of2(packed, from, channels, u, row);
          } else {
            weights4Of3(packed, from, channels, u, row);
          }
        }
        case 5 -> weights5(packed, from, channels, u, row);
        default -> weights6(packed, from, channels, u, row);
      }
    }
  }

  /**
   * How many tiles to take next: 8, or a single one more that would be left over (1 of the 49 tiles
   * of 28x28 took 6% of the time in a register tile of 4; JDK 25, Zen 5).
   */
  public static int next(int left) {
    return left == TILES + 1 ? left : Math.min(left, TILES);
  }

  /** How many tiles are computed where so many are wanted. */
  public static int computed(int tiles) {
    int rest = tiles % TILES;
    boolean asNinth = rest == 1 && tiles > 1;
    int half = TILES / 2;
    return tiles - rest + (asNinth ? 1 : (rest + half - 1) / half * half);
  }

  /**
   * Adds the products of a block of input channels at a point to the sums of some neighbouring
   * tiles, or starts these from zero.
   *
   * @param point the point
   * @param tile the first tile of the block of tiles: a multiple of 8
   * @param tiles how many, 1 to 9; sums of 4, 8 or 9 are written
   * @param resume whether there are sums
   * @param u U
   * @param uAt start of it
   * @param x V
   * @param xAt its first vector of tiles at the point, in the first channel
   * @param xApart floats from there to the next vector of tiles
   * @param channels of the block
   * @param sums M
   * @param sumsAt that of the block's first tile
   */
  // spotless:off
  public static void run(
      int point, int tile, int tiles, boolean resume, float[] u, int uAt, float[] x, int xAt, int xApart, int channels, float[] sums, int sumsAt) {
    int to = sumsAt + tile * VECTORS * L;
    float[] from = resume ? sums : ZEROS;
    int fromAt = resume ? to : 0;
    int row = point / TOGETHER;
    int first = uAt + row * ROW + (point - row * TOGETHER) * L;
    int pixel = xAt + tile / L * xApart + tile % L;
    if (tiles > TILES) {
      int ninth = xAt + (tile + TILES) / L * xApart + (tile + TILES) % L;
      tile9(u, first, x, pixel, ninth, channels, from, fromAt, sums, to);
    } else if (tiles > TILES / 2) {
      tile8(u, first, x, pixel, channels, from, fromAt, sums, to);
    } else {
      tile4(u, first, x, pixel, channels, from, fromAt, sums, to);
    }
  }

  private static void tile9(
      float[] u, int uAt, float[] x, int xAt, int ninthAt, int channels, float[] from, int fromAt, float[] sums, int sumsAt) {
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
    for (int c = 0; c < channels; c++) {
      int q = uAt + c * STEP;
      int p = xAt + c * L;
      FloatVector u0_0 = FloatVector.fromArray(S, u, q);
      FloatVector u0_1 = FloatVector.fromArray(S, u, q + SECOND);
      FloatVector x0_0 = FloatVector.broadcast(S, x[p]);
      a0_0 = x0_0.fma(u0_0, a0_0);
      a0_1 = x0_0.fma(u0_1, a0_1);
      FloatVector x0_1 = FloatVector.broadcast(S, x[p + 1]);
      a1_0 = x0_1.fma(u0_0, a1_0);
      a1_1 = x0_1.fma(u0_1, a1_1);
      FloatVector x0_2 = FloatVector.broadcast(S, x[p + 2]);
      a2_0 = x0_2.fma(u0_0, a2_0);
      a2_1 = x0_2.fma(u0_1, a2_1);
      FloatVector x0_3 = FloatVector.broadcast(S, x[p + 3]);
      a3_0 = x0_3.fma(u0_0, a3_0);
      a3_1 = x0_3.fma(u0_1, a3_1);
      FloatVector x0_4 = FloatVector.broadcast(S, x[p + 4]);
      a4_0 = x0_4.fma(u0_0, a4_0);
      a4_1 = x0_4.fma(u0_1, a4_1);
      FloatVector x0_5 = FloatVector.broadcast(S, x[p + 5]);
      a5_0 = x0_5.fma(u0_0, a5_0);
      a5_1 = x0_5.fma(u0_1, a5_1);
      FloatVector x0_6 = FloatVector.broadcast(S, x[p + 6]);
      a6_0 = x0_6.fma(u0_0, a6_0);
      a6_1 = x0_6.fma(u0_1, a6_1);
      FloatVector x0_7 = FloatVector.broadcast(S, x[p + 7]);
      a7_0 = x0_7.fma(u0_0, a7_0);
      a7_1 = x0_7.fma(u0_1, a7_1);
      FloatVector x0_8 = FloatVector.broadcast(S, x[ninthAt + c * L]);
      a8_0 = x0_8.fma(u0_0, a8_0);
      a8_1 = x0_8.fma(u0_1, a8_1);
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
  }

  private static void tile8(
      float[] u, int uAt, float[] x, int xAt, int channels, float[] from, int fromAt, float[] sums, int sumsAt) {
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
      int q = uAt + c * STEP;
      int p = xAt + c * L;
      FloatVector u0_0 = FloatVector.fromArray(S, u, q);
      FloatVector u0_1 = FloatVector.fromArray(S, u, q + SECOND);
      FloatVector x0_0 = FloatVector.broadcast(S, x[p]);
      a0_0 = x0_0.fma(u0_0, a0_0);
      a0_1 = x0_0.fma(u0_1, a0_1);
      FloatVector x0_1 = FloatVector.broadcast(S, x[p + 1]);
      a1_0 = x0_1.fma(u0_0, a1_0);
      a1_1 = x0_1.fma(u0_1, a1_1);
      FloatVector x0_2 = FloatVector.broadcast(S, x[p + 2]);
      a2_0 = x0_2.fma(u0_0, a2_0);
      a2_1 = x0_2.fma(u0_1, a2_1);
      FloatVector x0_3 = FloatVector.broadcast(S, x[p + 3]);
      a3_0 = x0_3.fma(u0_0, a3_0);
      a3_1 = x0_3.fma(u0_1, a3_1);
      FloatVector x0_4 = FloatVector.broadcast(S, x[p + 4]);
      a4_0 = x0_4.fma(u0_0, a4_0);
      a4_1 = x0_4.fma(u0_1, a4_1);
      FloatVector x0_5 = FloatVector.broadcast(S, x[p + 5]);
      a5_0 = x0_5.fma(u0_0, a5_0);
      a5_1 = x0_5.fma(u0_1, a5_1);
      FloatVector x0_6 = FloatVector.broadcast(S, x[p + 6]);
      a6_0 = x0_6.fma(u0_0, a6_0);
      a6_1 = x0_6.fma(u0_1, a6_1);
      FloatVector x0_7 = FloatVector.broadcast(S, x[p + 7]);
      a7_0 = x0_7.fma(u0_0, a7_0);
      a7_1 = x0_7.fma(u0_1, a7_1);
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

  private static void tile4(
      float[] u, int uAt, float[] x, int xAt, int channels, float[] from, int fromAt, float[] sums, int sumsAt) {
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    for (int c = 0; c < channels; c++) {
      int q = uAt + c * STEP;
      int p = xAt + c * L;
      FloatVector u0_0 = FloatVector.fromArray(S, u, q);
      FloatVector u0_1 = FloatVector.fromArray(S, u, q + SECOND);
      FloatVector x0_0 = FloatVector.broadcast(S, x[p]);
      a0_0 = x0_0.fma(u0_0, a0_0);
      a0_1 = x0_0.fma(u0_1, a0_1);
      FloatVector x0_1 = FloatVector.broadcast(S, x[p + 1]);
      a1_0 = x0_1.fma(u0_0, a1_0);
      a1_1 = x0_1.fma(u0_1, a1_1);
      FloatVector x0_2 = FloatVector.broadcast(S, x[p + 2]);
      a2_0 = x0_2.fma(u0_0, a2_0);
      a2_1 = x0_2.fma(u0_1, a2_1);
      FloatVector x0_3 = FloatVector.broadcast(S, x[p + 3]);
      a3_0 = x0_3.fma(u0_0, a3_0);
      a3_1 = x0_3.fma(u0_1, a3_1);
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

  private static void weights3(
      float[] packed, int at, int channels, float[] u, int to) {
    for (int c = 0; c < channels; c++) {
      int w = at + c * 4 * L;
      int q = to + c * STEP;
      FloatVector g00 = FloatVector.fromArray(S, packed, w);
      FloatVector g01 = FloatVector.fromArray(S, packed, w + 1 * L);
      FloatVector g10 = FloatVector.fromArray(S, packed, w + 2 * L);
      FloatVector g11 = FloatVector.fromArray(S, packed, w + 3 * L);
      FloatVector t10 = g00.add(g10);
      FloatVector t11 = g01.add(g11);
      g00.intoArray(u, q);
      g00.add(g01).intoArray(u, q + L);
      g01.intoArray(u, q + 2 * L);
      t10.intoArray(u, q + 3 * L);
      t10.add(t11).intoArray(u, q + 4 * L);
      t11.intoArray(u, q + 5 * L);
      g10.intoArray(u, q + ROW);
      g10.add(g11).intoArray(u, q + ROW + L);
      g11.intoArray(u, q + ROW + 2 * L);
    }
  }

  private static void weights4Of2(
      float[] packed, int at, int channels, float[] u, int to) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector minusHalf = half.neg();
    for (int c = 0; c < channels; c++) {
      int w = at + c * 4 * L;
      int q = to + c * STEP;
      FloatVector g00 = FloatVector.fromArray(S, packed, w);
      FloatVector g01 = FloatVector.fromArray(S, packed, w + 1 * L);
      FloatVector g10 = FloatVector.fromArray(S, packed, w + 2 * L);
      FloatVector g11 = FloatVector.fromArray(S, packed, w + 3 * L);
      FloatVector c0 = g00.mul(half);
      FloatVector t10 = half.fma(g10, c0);
      FloatVector t20 = minusHalf.fma(g10, c0);
      FloatVector c1 = g01.mul(half);
      FloatVector t11 = half.fma(g11, c1);
      FloatVector t21 = minusHalf.fma(g11, c1);
      FloatVector r0 = g00.mul(half);
      g00.intoArray(u, q);
      half.fma(g01, r0).intoArray(u, q + L);
      minusHalf.fma(g01, r0).intoArray(u, q + 2 * L);
      g01.intoArray(u, q + 3 * L);
      FloatVector r1 = t10.mul(half);
      t10.intoArray(u, q + 4 * L);
      half.fma(t11, r1).intoArray(u, q + 5 * L);
      minusHalf.fma(t11, r1).intoArray(u, q + ROW);
      t11.intoArray(u, q + ROW + L);
      FloatVector r2 = t20.mul(half);
      t20.intoArray(u, q + ROW + 2 * L);
      half.fma(t21, r2).intoArray(u, q + ROW + 3 * L);
      minusHalf.fma(t21, r2).intoArray(u, q + ROW + 4 * L);
      t21.intoArray(u, q + ROW + 5 * L);
      FloatVector r3 = g10.mul(half);
      g10.intoArray(u, q + 2 * ROW);
      half.fma(g11, r3).intoArray(u, q + 2 * ROW + L);
      minusHalf.fma(g11, r3).intoArray(u, q + 2 * ROW + 2 * L);
      g11.intoArray(u, q + 2 * ROW + 3 * L);
    }
  }

  private static void weights4Of3(
      float[] packed, int at, int channels, float[] u, int to) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector minusHalf = half.neg();
    for (int c = 0; c < channels; c++) {
      int w = at + c * 9 * L;
      int q = to + c * STEP;
      FloatVector g00 = FloatVector.fromArray(S, packed, w);
      FloatVector g01 = FloatVector.fromArray(S, packed, w + 1 * L);
      FloatVector g02 = FloatVector.fromArray(S, packed, w + 2 * L);
      FloatVector g10 = FloatVector.fromArray(S, packed, w + 3 * L);
      FloatVector g11 = FloatVector.fromArray(S, packed, w + 4 * L);
      FloatVector g12 = FloatVector.fromArray(S, packed, w + 5 * L);
      FloatVector g20 = FloatVector.fromArray(S, packed, w + 6 * L);
      FloatVector g21 = FloatVector.fromArray(S, packed, w + 7 * L);
      FloatVector g22 = FloatVector.fromArray(S, packed, w + 8 * L);
      FloatVector c0 = g00.add(g20).mul(half);
      FloatVector t10 = half.fma(g10, c0);
      FloatVector t20 = minusHalf.fma(g10, c0);
      FloatVector c1 = g01.add(g21).mul(half);
      FloatVector t11 = half.fma(g11, c1);
      FloatVector t21 = minusHalf.fma(g11, c1);
      FloatVector c2 = g02.add(g22).mul(half);
      FloatVector t12 = half.fma(g12, c2);
      FloatVector t22 = minusHalf.fma(g12, c2);
      FloatVector r0 = g00.add(g02).mul(half);
      g00.intoArray(u, q);
      half.fma(g01, r0).intoArray(u, q + L);
      minusHalf.fma(g01, r0).intoArray(u, q + 2 * L);
      g02.intoArray(u, q + 3 * L);
      FloatVector r1 = t10.add(t12).mul(half);
      t10.intoArray(u, q + 4 * L);
      half.fma(t11, r1).intoArray(u, q + 5 * L);
      minusHalf.fma(t11, r1).intoArray(u, q + ROW);
      t12.intoArray(u, q + ROW + L);
      FloatVector r2 = t20.add(t22).mul(half);
      t20.intoArray(u, q + ROW + 2 * L);
      half.fma(t21, r2).intoArray(u, q + ROW + 3 * L);
      minusHalf.fma(t21, r2).intoArray(u, q + ROW + 4 * L);
      t22.intoArray(u, q + ROW + 5 * L);
      FloatVector r3 = g20.add(g22).mul(half);
      g20.intoArray(u, q + 2 * ROW);
      half.fma(g21, r3).intoArray(u, q + 2 * ROW + L);
      minusHalf.fma(g21, r3).intoArray(u, q + 2 * ROW + 2 * L);
      g22.intoArray(u, q + 2 * ROW + 3 * L);
    }
  }

  // Of a sixth of the taps, rows of G: 3 0, -3 -3, -1 1, 1 2, 0 6.
  private static void weights5(
      float[] packed, int at, int channels, float[] u, int to) {
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector three = FloatVector.broadcast(S, 3f);
    FloatVector minusThree = three.neg();
    FloatVector six = FloatVector.broadcast(S, 6f);
    for (int c = 0; c < channels; c++) {
      int w = at + c * 4 * L;
      int q = to + c * STEP;
      FloatVector g00 = FloatVector.fromArray(S, packed, w);
      FloatVector g01 = FloatVector.fromArray(S, packed, w + 1 * L);
      FloatVector g10 = FloatVector.fromArray(S, packed, w + 2 * L);
      FloatVector g11 = FloatVector.fromArray(S, packed, w + 3 * L);
      FloatVector t00 = g00.mul(three);
      FloatVector t10 = g00.add(g10).mul(minusThree);
      FloatVector t20 = g10.sub(g00);
      FloatVector t30 = two.fma(g10, g00);
      FloatVector t40 = g10.mul(six);
      FloatVector t01 = g01.mul(three);
      FloatVector t11 = g01.add(g11).mul(minusThree);
      FloatVector t21 = g11.sub(g01);
      FloatVector t31 = two.fma(g11, g01);
      FloatVector t41 = g11.mul(six);
      t00.mul(three).intoArray(u, q);
      t00.add(t01).mul(minusThree).intoArray(u, q + L);
      t01.sub(t00).intoArray(u, q + 2 * L);
      two.fma(t01, t00).intoArray(u, q + 3 * L);
      t01.mul(six).intoArray(u, q + 4 * L);
      t10.mul(three).intoArray(u, q + 5 * L);
      t10.add(t11).mul(minusThree).intoArray(u, q + ROW);
      t11.sub(t10).intoArray(u, q + ROW + L);
      two.fma(t11, t10).intoArray(u, q + ROW + 2 * L);
      t11.mul(six).intoArray(u, q + ROW + 3 * L);
      t20.mul(three).intoArray(u, q + ROW + 4 * L);
      t20.add(t21).mul(minusThree).intoArray(u, q + ROW + 5 * L);
      t21.sub(t20).intoArray(u, q + 2 * ROW);
      two.fma(t21, t20).intoArray(u, q + 2 * ROW + L);
      t21.mul(six).intoArray(u, q + 2 * ROW + 2 * L);
      t30.mul(three).intoArray(u, q + 2 * ROW + 3 * L);
      t30.add(t31).mul(minusThree).intoArray(u, q + 2 * ROW + 4 * L);
      t31.sub(t30).intoArray(u, q + 2 * ROW + 5 * L);
      two.fma(t31, t30).intoArray(u, q + 3 * ROW);
      t31.mul(six).intoArray(u, q + 3 * ROW + L);
      t40.mul(three).intoArray(u, q + 3 * ROW + 2 * L);
      t40.add(t41).mul(minusThree).intoArray(u, q + 3 * ROW + 3 * L);
      t41.sub(t40).intoArray(u, q + 3 * ROW + 4 * L);
      two.fma(t41, t40).intoArray(u, q + 3 * ROW + 5 * L);
      t41.mul(six).intoArray(u, q + 4 * ROW);
    }
  }

  private static void weights6(
      float[] packed, int at, int channels, float[] u, int to) {
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector minusTwo = two.neg();
    FloatVector minusFour = FloatVector.broadcast(S, -4f);
    FloatVector six = FloatVector.broadcast(S, 6f);
    FloatVector minusSix = six.neg();
    for (int c = 0; c < channels; c++) {
      int w = at + c * 9 * L;
      int q = to + c * STEP;
      FloatVector g00 = FloatVector.fromArray(S, packed, w);
      FloatVector g01 = FloatVector.fromArray(S, packed, w + 1 * L);
      FloatVector g02 = FloatVector.fromArray(S, packed, w + 2 * L);
      FloatVector g10 = FloatVector.fromArray(S, packed, w + 3 * L);
      FloatVector g11 = FloatVector.fromArray(S, packed, w + 4 * L);
      FloatVector g12 = FloatVector.fromArray(S, packed, w + 5 * L);
      FloatVector g20 = FloatVector.fromArray(S, packed, w + 6 * L);
      FloatVector g21 = FloatVector.fromArray(S, packed, w + 7 * L);
      FloatVector g22 = FloatVector.fromArray(S, packed, w + 8 * L);
      FloatVector c0s = minusFour.fma(g00, g20);
      FloatVector c0d = g00.sub(g20);
      FloatVector t00 = g00.mul(six);
      FloatVector t10 = minusTwo.fma(g10, c0s);
      FloatVector t20 = two.fma(g10, c0s);
      FloatVector t30 = c0d.add(g10);
      FloatVector t40 = c0d.sub(g10);
      FloatVector t50 = g20.mul(minusSix);
      FloatVector c1s = minusFour.fma(g01, g21);
      FloatVector c1d = g01.sub(g21);
      FloatVector t01 = g01.mul(six);
      FloatVector t11 = minusTwo.fma(g11, c1s);
      FloatVector t21 = two.fma(g11, c1s);
      FloatVector t31 = c1d.add(g11);
      FloatVector t41 = c1d.sub(g11);
      FloatVector t51 = g21.mul(minusSix);
      FloatVector c2s = minusFour.fma(g02, g22);
      FloatVector c2d = g02.sub(g22);
      FloatVector t02 = g02.mul(six);
      FloatVector t12 = minusTwo.fma(g12, c2s);
      FloatVector t22 = two.fma(g12, c2s);
      FloatVector t32 = c2d.add(g12);
      FloatVector t42 = c2d.sub(g12);
      FloatVector t52 = g22.mul(minusSix);
      FloatVector r0s = minusFour.fma(t00, t02);
      FloatVector r0d = t00.sub(t02);
      t00.mul(six).intoArray(u, q);
      minusTwo.fma(t01, r0s).intoArray(u, q + L);
      two.fma(t01, r0s).intoArray(u, q + 2 * L);
      r0d.add(t01).intoArray(u, q + 3 * L);
      r0d.sub(t01).intoArray(u, q + 4 * L);
      t02.mul(minusSix).intoArray(u, q + 5 * L);
      FloatVector r1s = minusFour.fma(t10, t12);
      FloatVector r1d = t10.sub(t12);
      t10.mul(six).intoArray(u, q + ROW);
      minusTwo.fma(t11, r1s).intoArray(u, q + ROW + L);
      two.fma(t11, r1s).intoArray(u, q + ROW + 2 * L);
      r1d.add(t11).intoArray(u, q + ROW + 3 * L);
      r1d.sub(t11).intoArray(u, q + ROW + 4 * L);
      t12.mul(minusSix).intoArray(u, q + ROW + 5 * L);
      FloatVector r2s = minusFour.fma(t20, t22);
      FloatVector r2d = t20.sub(t22);
      t20.mul(six).intoArray(u, q + 2 * ROW);
      minusTwo.fma(t21, r2s).intoArray(u, q + 2 * ROW + L);
      two.fma(t21, r2s).intoArray(u, q + 2 * ROW + 2 * L);
      r2d.add(t21).intoArray(u, q + 2 * ROW + 3 * L);
      r2d.sub(t21).intoArray(u, q + 2 * ROW + 4 * L);
      t22.mul(minusSix).intoArray(u, q + 2 * ROW + 5 * L);
      FloatVector r3s = minusFour.fma(t30, t32);
      FloatVector r3d = t30.sub(t32);
      t30.mul(six).intoArray(u, q + 3 * ROW);
      minusTwo.fma(t31, r3s).intoArray(u, q + 3 * ROW + L);
      two.fma(t31, r3s).intoArray(u, q + 3 * ROW + 2 * L);
      r3d.add(t31).intoArray(u, q + 3 * ROW + 3 * L);
      r3d.sub(t31).intoArray(u, q + 3 * ROW + 4 * L);
      t32.mul(minusSix).intoArray(u, q + 3 * ROW + 5 * L);
      FloatVector r4s = minusFour.fma(t40, t42);
      FloatVector r4d = t40.sub(t42);
      t40.mul(six).intoArray(u, q + 4 * ROW);
      minusTwo.fma(t41, r4s).intoArray(u, q + 4 * ROW + L);
      two.fma(t41, r4s).intoArray(u, q + 4 * ROW + 2 * L);
      r4d.add(t41).intoArray(u, q + 4 * ROW + 3 * L);
      r4d.sub(t41).intoArray(u, q + 4 * ROW + 4 * L);
      t42.mul(minusSix).intoArray(u, q + 4 * ROW + 5 * L);
      FloatVector r5s = minusFour.fma(t50, t52);
      FloatVector r5d = t50.sub(t52);
      t50.mul(six).intoArray(u, q + 5 * ROW);
      minusTwo.fma(t51, r5s).intoArray(u, q + 5 * ROW + L);
      two.fma(t51, r5s).intoArray(u, q + 5 * ROW + 2 * L);
      r5d.add(t51).intoArray(u, q + 5 * ROW + 3 * L);
      r5d.sub(t51).intoArray(u, q + 5 * ROW + 4 * L);
      t52.mul(minusSix).intoArray(u, q + 5 * ROW + 5 * L);
    }
  }
  // spotless:on
}
