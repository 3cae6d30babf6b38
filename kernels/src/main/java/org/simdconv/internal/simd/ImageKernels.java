package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a dense convolution with images of a batch in the lanes: MR output channels x
 * one or two places, each a vector of images at one output pixel.
 *
 * <pre>
 * acc[m, j, i] += sum over k of  w[wAt + MR taps[2 k] + m] * x[xAt[j] + taps[2 k + 1] + i]     k ascending: one FMA chain
 *
 * weights  w   [tap][MR output channels]                   all taps of some channels
 * images   x   [channel][row][column][image]
 * taps         tap, floats from a place to what it takes   those that the places have inside of the image
 * sums         [output channel][place][image]              rows of pitch floats
 * </pre>
 *
 * All images have the same taps inside of them, so none is multiplied by padding, whatever stride,
 * dilation and padding are; and small images leave no lane empty. {@link MicroKernels}, with pixels
 * in the lanes, multiply by padding, as neighbouring pixels have not the same taps.
 *
 * <p>A table of taps costs what {@link MicroKernels} save with offsets among the weights: the two
 * range checks of the images as there, and one for the first and last of the MR weights. Places
 * need not be neighbours: two pixels of the same taps, or two vectors of images.
 *
 * <p>Requires: {@code wAt + MR * (taps[2 k] + 1) <= w.length}, {@code xAt[j] + taps[2 k + 1] +
 * LANES <= x.length}. Thread safety: static, no state.
 */
public final class ImageKernels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  private ImageKernels() {}

  /** Places in a tile: what the registers hold of {@link TileTable}'s rows. */
  public static int places() {
    return Species.MANY_REGISTERS ? 2 : 1;
  }

  /**
   * Adds some taps to the sums of two places; see the class for the operands.
   *
   * @param mr output channels, rows of a tile of {@link TileTable}
   * @param count taps
   * @param at sums of the first channel at the first place, those at the second behind them
   * @throws IllegalArgumentException if there is no such tile
   */
  // spotless:off
  public static void two(
      int mr, float[] w, int wAt, int[] taps, int count, float[] x, int x0, int x1, float[] sums, int at, int pitch) {
    switch (mr) {
      case 13 -> tile13x2(w, wAt, taps, count, x, x0, x1, sums, at, pitch);
      case 12 -> tile12x2(w, wAt, taps, count, x, x0, x1, sums, at, pitch);
      case 8 -> tile8x2(w, wAt, taps, count, x, x0, x1, sums, at, pitch);
      case 4 -> tile4x2(w, wAt, taps, count, x, x0, x1, sums, at, pitch);
      default -> throw new IllegalArgumentException("no tile of " + mr + " rows");
    }
  }

  /** The same for a single place. */
  public static void one(int mr, float[] w, int wAt, int[] taps, int count, float[] x, int x0, float[] sums, int at, int pitch) {
    switch (mr) {
      case 13 -> tile13x1(w, wAt, taps, count, x, x0, sums, at, pitch);
      case 12 -> tile12x1(w, wAt, taps, count, x, x0, sums, at, pitch);
      case 8 -> tile8x1(w, wAt, taps, count, x, x0, sums, at, pitch);
      case 4 -> tile4x1(w, wAt, taps, count, x, x0, sums, at, pitch);
      default -> throw new IllegalArgumentException("no tile of " + mr + " rows");
    }
  }

  private static void tile13x2(
      float[] w, int wAt, int[] taps, int count, float[] x, int x0, int x1, float[] sums, int at, int pitch) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, at);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, at + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, at + pitch);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, at + pitch + L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, at + 2 * pitch);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, at + 2 * pitch + L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, at + 3 * pitch);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, at + 3 * pitch + L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, at + 4 * pitch);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, at + 4 * pitch + L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, at + 5 * pitch);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, at + 5 * pitch + L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, at + 6 * pitch);
    FloatVector a6_1 = FloatVector.fromArray(S, sums, at + 6 * pitch + L);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, at + 7 * pitch);
    FloatVector a7_1 = FloatVector.fromArray(S, sums, at + 7 * pitch + L);
    FloatVector a8_0 = FloatVector.fromArray(S, sums, at + 8 * pitch);
    FloatVector a8_1 = FloatVector.fromArray(S, sums, at + 8 * pitch + L);
    FloatVector a9_0 = FloatVector.fromArray(S, sums, at + 9 * pitch);
    FloatVector a9_1 = FloatVector.fromArray(S, sums, at + 9 * pitch + L);
    FloatVector a10_0 = FloatVector.fromArray(S, sums, at + 10 * pitch);
    FloatVector a10_1 = FloatVector.fromArray(S, sums, at + 10 * pitch + L);
    FloatVector a11_0 = FloatVector.fromArray(S, sums, at + 11 * pitch);
    FloatVector a11_1 = FloatVector.fromArray(S, sums, at + 11 * pitch + L);
    FloatVector a12_0 = FloatVector.fromArray(S, sums, at + 12 * pitch);
    FloatVector a12_1 = FloatVector.fromArray(S, sums, at + 12 * pitch + L);
    for (int k = 0; k < 2 * count; k += 2) {
      int q = wAt + taps[k] * 13;
      int p = taps[k + 1];
      FloatVector b0 = FloatVector.fromArray(S, x, x0 + p);
      FloatVector b1 = FloatVector.fromArray(S, x, x1 + p);
      FloatVector w0 = FloatVector.broadcast(S, w[q]);
      a0_0 = w0.fma(b0, a0_0);
      a0_1 = w0.fma(b1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[q + 1]);
      a1_0 = w1.fma(b0, a1_0);
      a1_1 = w1.fma(b1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[q + 2]);
      a2_0 = w2.fma(b0, a2_0);
      a2_1 = w2.fma(b1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[q + 3]);
      a3_0 = w3.fma(b0, a3_0);
      a3_1 = w3.fma(b1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[q + 4]);
      a4_0 = w4.fma(b0, a4_0);
      a4_1 = w4.fma(b1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[q + 5]);
      a5_0 = w5.fma(b0, a5_0);
      a5_1 = w5.fma(b1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[q + 6]);
      a6_0 = w6.fma(b0, a6_0);
      a6_1 = w6.fma(b1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[q + 7]);
      a7_0 = w7.fma(b0, a7_0);
      a7_1 = w7.fma(b1, a7_1);
      FloatVector w8 = FloatVector.broadcast(S, w[q + 8]);
      a8_0 = w8.fma(b0, a8_0);
      a8_1 = w8.fma(b1, a8_1);
      FloatVector w9 = FloatVector.broadcast(S, w[q + 9]);
      a9_0 = w9.fma(b0, a9_0);
      a9_1 = w9.fma(b1, a9_1);
      FloatVector w10 = FloatVector.broadcast(S, w[q + 10]);
      a10_0 = w10.fma(b0, a10_0);
      a10_1 = w10.fma(b1, a10_1);
      FloatVector w11 = FloatVector.broadcast(S, w[q + 11]);
      a11_0 = w11.fma(b0, a11_0);
      a11_1 = w11.fma(b1, a11_1);
      FloatVector w12 = FloatVector.broadcast(S, w[q + 12]);
      a12_0 = w12.fma(b0, a12_0);
      a12_1 = w12.fma(b1, a12_1);
    }
    a0_0.intoArray(sums, at);
    a0_1.intoArray(sums, at + L);
    a1_0.intoArray(sums, at + pitch);
    a1_1.intoArray(sums, at + pitch + L);
    a2_0.intoArray(sums, at + 2 * pitch);
    a2_1.intoArray(sums, at + 2 * pitch + L);
    a3_0.intoArray(sums, at + 3 * pitch);
    a3_1.intoArray(sums, at + 3 * pitch + L);
    a4_0.intoArray(sums, at + 4 * pitch);
    a4_1.intoArray(sums, at + 4 * pitch + L);
    a5_0.intoArray(sums, at + 5 * pitch);
    a5_1.intoArray(sums, at + 5 * pitch + L);
    a6_0.intoArray(sums, at + 6 * pitch);
    a6_1.intoArray(sums, at + 6 * pitch + L);
    a7_0.intoArray(sums, at + 7 * pitch);
    a7_1.intoArray(sums, at + 7 * pitch + L);
    a8_0.intoArray(sums, at + 8 * pitch);
    a8_1.intoArray(sums, at + 8 * pitch + L);
    a9_0.intoArray(sums, at + 9 * pitch);
    a9_1.intoArray(sums, at + 9 * pitch + L);
    a10_0.intoArray(sums, at + 10 * pitch);
    a10_1.intoArray(sums, at + 10 * pitch + L);
    a11_0.intoArray(sums, at + 11 * pitch);
    a11_1.intoArray(sums, at + 11 * pitch + L);
    a12_0.intoArray(sums, at + 12 * pitch);
    a12_1.intoArray(sums, at + 12 * pitch + L);
  }

  private static void tile12x2(
      float[] w, int wAt, int[] taps, int count, float[] x, int x0, int x1, float[] sums, int at, int pitch) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, at);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, at + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, at + pitch);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, at + pitch + L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, at + 2 * pitch);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, at + 2 * pitch + L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, at + 3 * pitch);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, at + 3 * pitch + L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, at + 4 * pitch);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, at + 4 * pitch + L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, at + 5 * pitch);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, at + 5 * pitch + L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, at + 6 * pitch);
    FloatVector a6_1 = FloatVector.fromArray(S, sums, at + 6 * pitch + L);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, at + 7 * pitch);
    FloatVector a7_1 = FloatVector.fromArray(S, sums, at + 7 * pitch + L);
    FloatVector a8_0 = FloatVector.fromArray(S, sums, at + 8 * pitch);
    FloatVector a8_1 = FloatVector.fromArray(S, sums, at + 8 * pitch + L);
    FloatVector a9_0 = FloatVector.fromArray(S, sums, at + 9 * pitch);
    FloatVector a9_1 = FloatVector.fromArray(S, sums, at + 9 * pitch + L);
    FloatVector a10_0 = FloatVector.fromArray(S, sums, at + 10 * pitch);
    FloatVector a10_1 = FloatVector.fromArray(S, sums, at + 10 * pitch + L);
    FloatVector a11_0 = FloatVector.fromArray(S, sums, at + 11 * pitch);
    FloatVector a11_1 = FloatVector.fromArray(S, sums, at + 11 * pitch + L);
    for (int k = 0; k < 2 * count; k += 2) {
      int q = wAt + taps[k] * 12;
      int p = taps[k + 1];
      FloatVector b0 = FloatVector.fromArray(S, x, x0 + p);
      FloatVector b1 = FloatVector.fromArray(S, x, x1 + p);
      FloatVector w0 = FloatVector.broadcast(S, w[q]);
      a0_0 = w0.fma(b0, a0_0);
      a0_1 = w0.fma(b1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[q + 1]);
      a1_0 = w1.fma(b0, a1_0);
      a1_1 = w1.fma(b1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[q + 2]);
      a2_0 = w2.fma(b0, a2_0);
      a2_1 = w2.fma(b1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[q + 3]);
      a3_0 = w3.fma(b0, a3_0);
      a3_1 = w3.fma(b1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[q + 4]);
      a4_0 = w4.fma(b0, a4_0);
      a4_1 = w4.fma(b1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[q + 5]);
      a5_0 = w5.fma(b0, a5_0);
      a5_1 = w5.fma(b1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[q + 6]);
      a6_0 = w6.fma(b0, a6_0);
      a6_1 = w6.fma(b1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[q + 7]);
      a7_0 = w7.fma(b0, a7_0);
      a7_1 = w7.fma(b1, a7_1);
      FloatVector w8 = FloatVector.broadcast(S, w[q + 8]);
      a8_0 = w8.fma(b0, a8_0);
      a8_1 = w8.fma(b1, a8_1);
      FloatVector w9 = FloatVector.broadcast(S, w[q + 9]);
      a9_0 = w9.fma(b0, a9_0);
      a9_1 = w9.fma(b1, a9_1);
      FloatVector w10 = FloatVector.broadcast(S, w[q + 10]);
      a10_0 = w10.fma(b0, a10_0);
      a10_1 = w10.fma(b1, a10_1);
      FloatVector w11 = FloatVector.broadcast(S, w[q + 11]);
      a11_0 = w11.fma(b0, a11_0);
      a11_1 = w11.fma(b1, a11_1);
    }
    a0_0.intoArray(sums, at);
    a0_1.intoArray(sums, at + L);
    a1_0.intoArray(sums, at + pitch);
    a1_1.intoArray(sums, at + pitch + L);
    a2_0.intoArray(sums, at + 2 * pitch);
    a2_1.intoArray(sums, at + 2 * pitch + L);
    a3_0.intoArray(sums, at + 3 * pitch);
    a3_1.intoArray(sums, at + 3 * pitch + L);
    a4_0.intoArray(sums, at + 4 * pitch);
    a4_1.intoArray(sums, at + 4 * pitch + L);
    a5_0.intoArray(sums, at + 5 * pitch);
    a5_1.intoArray(sums, at + 5 * pitch + L);
    a6_0.intoArray(sums, at + 6 * pitch);
    a6_1.intoArray(sums, at + 6 * pitch + L);
    a7_0.intoArray(sums, at + 7 * pitch);
    a7_1.intoArray(sums, at + 7 * pitch + L);
    a8_0.intoArray(sums, at + 8 * pitch);
    a8_1.intoArray(sums, at + 8 * pitch + L);
    a9_0.intoArray(sums, at + 9 * pitch);
    a9_1.intoArray(sums, at + 9 * pitch + L);
    a10_0.intoArray(sums, at + 10 * pitch);
    a10_1.intoArray(sums, at + 10 * pitch + L);
    a11_0.intoArray(sums, at + 11 * pitch);
    a11_1.intoArray(sums, at + 11 * pitch + L);
  }

  private static void tile8x2(
      float[] w, int wAt, int[] taps, int count, float[] x, int x0, int x1, float[] sums, int at, int pitch) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, at);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, at + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, at + pitch);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, at + pitch + L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, at + 2 * pitch);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, at + 2 * pitch + L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, at + 3 * pitch);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, at + 3 * pitch + L);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, at + 4 * pitch);
    FloatVector a4_1 = FloatVector.fromArray(S, sums, at + 4 * pitch + L);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, at + 5 * pitch);
    FloatVector a5_1 = FloatVector.fromArray(S, sums, at + 5 * pitch + L);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, at + 6 * pitch);
    FloatVector a6_1 = FloatVector.fromArray(S, sums, at + 6 * pitch + L);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, at + 7 * pitch);
    FloatVector a7_1 = FloatVector.fromArray(S, sums, at + 7 * pitch + L);
    for (int k = 0; k < 2 * count; k += 2) {
      int q = wAt + taps[k] * 8;
      int p = taps[k + 1];
      FloatVector b0 = FloatVector.fromArray(S, x, x0 + p);
      FloatVector b1 = FloatVector.fromArray(S, x, x1 + p);
      FloatVector w0 = FloatVector.broadcast(S, w[q]);
      a0_0 = w0.fma(b0, a0_0);
      a0_1 = w0.fma(b1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[q + 1]);
      a1_0 = w1.fma(b0, a1_0);
      a1_1 = w1.fma(b1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[q + 2]);
      a2_0 = w2.fma(b0, a2_0);
      a2_1 = w2.fma(b1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[q + 3]);
      a3_0 = w3.fma(b0, a3_0);
      a3_1 = w3.fma(b1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[q + 4]);
      a4_0 = w4.fma(b0, a4_0);
      a4_1 = w4.fma(b1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[q + 5]);
      a5_0 = w5.fma(b0, a5_0);
      a5_1 = w5.fma(b1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[q + 6]);
      a6_0 = w6.fma(b0, a6_0);
      a6_1 = w6.fma(b1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[q + 7]);
      a7_0 = w7.fma(b0, a7_0);
      a7_1 = w7.fma(b1, a7_1);
    }
    a0_0.intoArray(sums, at);
    a0_1.intoArray(sums, at + L);
    a1_0.intoArray(sums, at + pitch);
    a1_1.intoArray(sums, at + pitch + L);
    a2_0.intoArray(sums, at + 2 * pitch);
    a2_1.intoArray(sums, at + 2 * pitch + L);
    a3_0.intoArray(sums, at + 3 * pitch);
    a3_1.intoArray(sums, at + 3 * pitch + L);
    a4_0.intoArray(sums, at + 4 * pitch);
    a4_1.intoArray(sums, at + 4 * pitch + L);
    a5_0.intoArray(sums, at + 5 * pitch);
    a5_1.intoArray(sums, at + 5 * pitch + L);
    a6_0.intoArray(sums, at + 6 * pitch);
    a6_1.intoArray(sums, at + 6 * pitch + L);
    a7_0.intoArray(sums, at + 7 * pitch);
    a7_1.intoArray(sums, at + 7 * pitch + L);
  }

  private static void tile4x2(
      float[] w, int wAt, int[] taps, int count, float[] x, int x0, int x1, float[] sums, int at, int pitch) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, at);
    FloatVector a0_1 = FloatVector.fromArray(S, sums, at + L);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, at + pitch);
    FloatVector a1_1 = FloatVector.fromArray(S, sums, at + pitch + L);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, at + 2 * pitch);
    FloatVector a2_1 = FloatVector.fromArray(S, sums, at + 2 * pitch + L);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, at + 3 * pitch);
    FloatVector a3_1 = FloatVector.fromArray(S, sums, at + 3 * pitch + L);
    for (int k = 0; k < 2 * count; k += 2) {
      int q = wAt + taps[k] * 4;
      int p = taps[k + 1];
      FloatVector b0 = FloatVector.fromArray(S, x, x0 + p);
      FloatVector b1 = FloatVector.fromArray(S, x, x1 + p);
      FloatVector w0 = FloatVector.broadcast(S, w[q]);
      a0_0 = w0.fma(b0, a0_0);
      a0_1 = w0.fma(b1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[q + 1]);
      a1_0 = w1.fma(b0, a1_0);
      a1_1 = w1.fma(b1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[q + 2]);
      a2_0 = w2.fma(b0, a2_0);
      a2_1 = w2.fma(b1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[q + 3]);
      a3_0 = w3.fma(b0, a3_0);
      a3_1 = w3.fma(b1, a3_1);
    }
    a0_0.intoArray(sums, at);
    a0_1.intoArray(sums, at + L);
    a1_0.intoArray(sums, at + pitch);
    a1_1.intoArray(sums, at + pitch + L);
    a2_0.intoArray(sums, at + 2 * pitch);
    a2_1.intoArray(sums, at + 2 * pitch + L);
    a3_0.intoArray(sums, at + 3 * pitch);
    a3_1.intoArray(sums, at + 3 * pitch + L);
  }

  private static void tile13x1(
      float[] w, int wAt, int[] taps, int count, float[] x, int x0, float[] sums, int at, int pitch) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, at);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, at + pitch);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, at + 2 * pitch);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, at + 3 * pitch);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, at + 4 * pitch);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, at + 5 * pitch);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, at + 6 * pitch);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, at + 7 * pitch);
    FloatVector a8_0 = FloatVector.fromArray(S, sums, at + 8 * pitch);
    FloatVector a9_0 = FloatVector.fromArray(S, sums, at + 9 * pitch);
    FloatVector a10_0 = FloatVector.fromArray(S, sums, at + 10 * pitch);
    FloatVector a11_0 = FloatVector.fromArray(S, sums, at + 11 * pitch);
    FloatVector a12_0 = FloatVector.fromArray(S, sums, at + 12 * pitch);
    for (int k = 0; k < 2 * count; k += 2) {
      int q = wAt + taps[k] * 13;
      int p = taps[k + 1];
      FloatVector b0 = FloatVector.fromArray(S, x, x0 + p);
      FloatVector w0 = FloatVector.broadcast(S, w[q]);
      a0_0 = w0.fma(b0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[q + 1]);
      a1_0 = w1.fma(b0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[q + 2]);
      a2_0 = w2.fma(b0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[q + 3]);
      a3_0 = w3.fma(b0, a3_0);
      FloatVector w4 = FloatVector.broadcast(S, w[q + 4]);
      a4_0 = w4.fma(b0, a4_0);
      FloatVector w5 = FloatVector.broadcast(S, w[q + 5]);
      a5_0 = w5.fma(b0, a5_0);
      FloatVector w6 = FloatVector.broadcast(S, w[q + 6]);
      a6_0 = w6.fma(b0, a6_0);
      FloatVector w7 = FloatVector.broadcast(S, w[q + 7]);
      a7_0 = w7.fma(b0, a7_0);
      FloatVector w8 = FloatVector.broadcast(S, w[q + 8]);
      a8_0 = w8.fma(b0, a8_0);
      FloatVector w9 = FloatVector.broadcast(S, w[q + 9]);
      a9_0 = w9.fma(b0, a9_0);
      FloatVector w10 = FloatVector.broadcast(S, w[q + 10]);
      a10_0 = w10.fma(b0, a10_0);
      FloatVector w11 = FloatVector.broadcast(S, w[q + 11]);
      a11_0 = w11.fma(b0, a11_0);
      FloatVector w12 = FloatVector.broadcast(S, w[q + 12]);
      a12_0 = w12.fma(b0, a12_0);
    }
    a0_0.intoArray(sums, at);
    a1_0.intoArray(sums, at + pitch);
    a2_0.intoArray(sums, at + 2 * pitch);
    a3_0.intoArray(sums, at + 3 * pitch);
    a4_0.intoArray(sums, at + 4 * pitch);
    a5_0.intoArray(sums, at + 5 * pitch);
    a6_0.intoArray(sums, at + 6 * pitch);
    a7_0.intoArray(sums, at + 7 * pitch);
    a8_0.intoArray(sums, at + 8 * pitch);
    a9_0.intoArray(sums, at + 9 * pitch);
    a10_0.intoArray(sums, at + 10 * pitch);
    a11_0.intoArray(sums, at + 11 * pitch);
    a12_0.intoArray(sums, at + 12 * pitch);
  }

  private static void tile12x1(
      float[] w, int wAt, int[] taps, int count, float[] x, int x0, float[] sums, int at, int pitch) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, at);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, at + pitch);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, at + 2 * pitch);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, at + 3 * pitch);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, at + 4 * pitch);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, at + 5 * pitch);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, at + 6 * pitch);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, at + 7 * pitch);
    FloatVector a8_0 = FloatVector.fromArray(S, sums, at + 8 * pitch);
    FloatVector a9_0 = FloatVector.fromArray(S, sums, at + 9 * pitch);
    FloatVector a10_0 = FloatVector.fromArray(S, sums, at + 10 * pitch);
    FloatVector a11_0 = FloatVector.fromArray(S, sums, at + 11 * pitch);
    for (int k = 0; k < 2 * count; k += 2) {
      int q = wAt + taps[k] * 12;
      int p = taps[k + 1];
      FloatVector b0 = FloatVector.fromArray(S, x, x0 + p);
      FloatVector w0 = FloatVector.broadcast(S, w[q]);
      a0_0 = w0.fma(b0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[q + 1]);
      a1_0 = w1.fma(b0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[q + 2]);
      a2_0 = w2.fma(b0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[q + 3]);
      a3_0 = w3.fma(b0, a3_0);
      FloatVector w4 = FloatVector.broadcast(S, w[q + 4]);
      a4_0 = w4.fma(b0, a4_0);
      FloatVector w5 = FloatVector.broadcast(S, w[q + 5]);
      a5_0 = w5.fma(b0, a5_0);
      FloatVector w6 = FloatVector.broadcast(S, w[q + 6]);
      a6_0 = w6.fma(b0, a6_0);
      FloatVector w7 = FloatVector.broadcast(S, w[q + 7]);
      a7_0 = w7.fma(b0, a7_0);
      FloatVector w8 = FloatVector.broadcast(S, w[q + 8]);
      a8_0 = w8.fma(b0, a8_0);
      FloatVector w9 = FloatVector.broadcast(S, w[q + 9]);
      a9_0 = w9.fma(b0, a9_0);
      FloatVector w10 = FloatVector.broadcast(S, w[q + 10]);
      a10_0 = w10.fma(b0, a10_0);
      FloatVector w11 = FloatVector.broadcast(S, w[q + 11]);
      a11_0 = w11.fma(b0, a11_0);
    }
    a0_0.intoArray(sums, at);
    a1_0.intoArray(sums, at + pitch);
    a2_0.intoArray(sums, at + 2 * pitch);
    a3_0.intoArray(sums, at + 3 * pitch);
    a4_0.intoArray(sums, at + 4 * pitch);
    a5_0.intoArray(sums, at + 5 * pitch);
    a6_0.intoArray(sums, at + 6 * pitch);
    a7_0.intoArray(sums, at + 7 * pitch);
    a8_0.intoArray(sums, at + 8 * pitch);
    a9_0.intoArray(sums, at + 9 * pitch);
    a10_0.intoArray(sums, at + 10 * pitch);
    a11_0.intoArray(sums, at + 11 * pitch);
  }

  private static void tile8x1(
      float[] w, int wAt, int[] taps, int count, float[] x, int x0, float[] sums, int at, int pitch) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, at);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, at + pitch);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, at + 2 * pitch);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, at + 3 * pitch);
    FloatVector a4_0 = FloatVector.fromArray(S, sums, at + 4 * pitch);
    FloatVector a5_0 = FloatVector.fromArray(S, sums, at + 5 * pitch);
    FloatVector a6_0 = FloatVector.fromArray(S, sums, at + 6 * pitch);
    FloatVector a7_0 = FloatVector.fromArray(S, sums, at + 7 * pitch);
    for (int k = 0; k < 2 * count; k += 2) {
      int q = wAt + taps[k] * 8;
      int p = taps[k + 1];
      FloatVector b0 = FloatVector.fromArray(S, x, x0 + p);
      FloatVector w0 = FloatVector.broadcast(S, w[q]);
      a0_0 = w0.fma(b0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[q + 1]);
      a1_0 = w1.fma(b0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[q + 2]);
      a2_0 = w2.fma(b0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[q + 3]);
      a3_0 = w3.fma(b0, a3_0);
      FloatVector w4 = FloatVector.broadcast(S, w[q + 4]);
      a4_0 = w4.fma(b0, a4_0);
      FloatVector w5 = FloatVector.broadcast(S, w[q + 5]);
      a5_0 = w5.fma(b0, a5_0);
      FloatVector w6 = FloatVector.broadcast(S, w[q + 6]);
      a6_0 = w6.fma(b0, a6_0);
      FloatVector w7 = FloatVector.broadcast(S, w[q + 7]);
      a7_0 = w7.fma(b0, a7_0);
    }
    a0_0.intoArray(sums, at);
    a1_0.intoArray(sums, at + pitch);
    a2_0.intoArray(sums, at + 2 * pitch);
    a3_0.intoArray(sums, at + 3 * pitch);
    a4_0.intoArray(sums, at + 4 * pitch);
    a5_0.intoArray(sums, at + 5 * pitch);
    a6_0.intoArray(sums, at + 6 * pitch);
    a7_0.intoArray(sums, at + 7 * pitch);
  }

  private static void tile4x1(
      float[] w, int wAt, int[] taps, int count, float[] x, int x0, float[] sums, int at, int pitch) {
    FloatVector a0_0 = FloatVector.fromArray(S, sums, at);
    FloatVector a1_0 = FloatVector.fromArray(S, sums, at + pitch);
    FloatVector a2_0 = FloatVector.fromArray(S, sums, at + 2 * pitch);
    FloatVector a3_0 = FloatVector.fromArray(S, sums, at + 3 * pitch);
    for (int k = 0; k < 2 * count; k += 2) {
      int q = wAt + taps[k] * 4;
      int p = taps[k + 1];
      FloatVector b0 = FloatVector.fromArray(S, x, x0 + p);
      FloatVector w0 = FloatVector.broadcast(S, w[q]);
      a0_0 = w0.fma(b0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[q + 1]);
      a1_0 = w1.fma(b0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[q + 2]);
      a2_0 = w2.fma(b0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[q + 3]);
      a3_0 = w3.fma(b0, a3_0);
    }
    a0_0.intoArray(sums, at);
    a1_0.intoArray(sums, at + pitch);
    a2_0.intoArray(sums, at + 2 * pitch);
    a3_0.intoArray(sums, at + 3 * pitch);
  }
  // spotless:on
}
