package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.simdconv.internal.simd.ChannelKernels.Kind;

/**
 * The register tiles of {@link ChannelKernels} for rows of 4 to 6 pixels, and what is left of
 * longer ones: three taps in a row, 2 vectors of output channels.
 *
 * <p>Registers of 32: up to 12 sums, 6 weights and a pixel. Each sum takes three FMAs, one after
 * the other, for each of 20 to 36: where a core begins two a cycle those of 4 pixels wait.
 *
 * <p>Thread safety: static, no state.
 */
final class NarrowKernels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  /** Widest of the tiles. */
  static final int WIDEST = 6;

  private static final String NO_TILE = "no narrow tile of width ";

  private NarrowKernels() {}

  /**
   * Adds the products of some channels to the sums of a tile: {@link ChannelKernels#run}.
   *
   * @throws IllegalArgumentException if there is no such tile
   */
  // spotless:off
  static void run(
      Kind kind, int width, float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows,
      boolean left, boolean right, float[] sums, int sumsAt) {
    switch (kind) {
      case FORWARD -> {
        switch (width) {
          case 4 -> tile4x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
          case 5 -> tile5x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
          case 6 -> tile6x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
          default -> throw new IllegalArgumentException(NO_TILE + width);
        }
      }
      case MIRRORED -> {
        switch (width) {
          case 4 -> mirrored4x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
          case 5 -> mirrored5x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
          case 6 -> mirrored6x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
          default -> throw new IllegalArgumentException(NO_TILE + width);
        }
      }
      case EVERY_OTHER -> {
        switch (width) {
          case 4 -> everyOther4x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
          case 5 -> everyOther5x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
          case 6 -> everyOther6x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
          default -> throw new IllegalArgumentException(NO_TILE + width);
        }
      }
      default -> throw new IllegalArgumentException(NO_TILE + kind);
    }
  }

  private static void tile4x2(
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
    int wNext = wStep - rows * 6 * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
      FloatVector w0_0 = FloatVector.fromArray(S, w, q);
      FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
      FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
      FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
      FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
      if (left) {
        FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
        a0_0 = x0.fma(w0_0, a0_0);
        a0_1 = x0.fma(w0_1, a0_1);
      }
      FloatVector x1 = FloatVector.broadcast(S, x[p]);
      a0_0 = x1.fma(w1_0, a0_0);
      a0_1 = x1.fma(w1_1, a0_1);
      a1_0 = x1.fma(w0_0, a1_0);
      a1_1 = x1.fma(w0_1, a1_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
      a0_0 = x2.fma(w2_0, a0_0);
      a0_1 = x2.fma(w2_1, a0_1);
      a1_0 = x2.fma(w1_0, a1_0);
      a1_1 = x2.fma(w1_1, a1_1);
      a2_0 = x2.fma(w0_0, a2_0);
      a2_1 = x2.fma(w0_1, a2_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
      a1_0 = x3.fma(w2_0, a1_0);
      a1_1 = x3.fma(w2_1, a1_1);
      a2_0 = x3.fma(w1_0, a2_0);
      a2_1 = x3.fma(w1_1, a2_1);
      a3_0 = x3.fma(w0_0, a3_0);
      a3_1 = x3.fma(w0_1, a3_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
      a2_0 = x4.fma(w2_0, a2_0);
      a2_1 = x4.fma(w2_1, a2_1);
      a3_0 = x4.fma(w1_0, a3_0);
      a3_1 = x4.fma(w1_1, a3_1);
      if (right) {
        FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
        a3_0 = x5.fma(w2_0, a3_0);
        a3_1 = x5.fma(w2_1, a3_1);
      }
      q += 6 * L;
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

  private static void tile5x2(
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
    int wNext = wStep - rows * 6 * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
      FloatVector w0_0 = FloatVector.fromArray(S, w, q);
      FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
      FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
      FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
      FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
      if (left) {
        FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
        a0_0 = x0.fma(w0_0, a0_0);
        a0_1 = x0.fma(w0_1, a0_1);
      }
      FloatVector x1 = FloatVector.broadcast(S, x[p]);
      a0_0 = x1.fma(w1_0, a0_0);
      a0_1 = x1.fma(w1_1, a0_1);
      a1_0 = x1.fma(w0_0, a1_0);
      a1_1 = x1.fma(w0_1, a1_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
      a0_0 = x2.fma(w2_0, a0_0);
      a0_1 = x2.fma(w2_1, a0_1);
      a1_0 = x2.fma(w1_0, a1_0);
      a1_1 = x2.fma(w1_1, a1_1);
      a2_0 = x2.fma(w0_0, a2_0);
      a2_1 = x2.fma(w0_1, a2_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
      a1_0 = x3.fma(w2_0, a1_0);
      a1_1 = x3.fma(w2_1, a1_1);
      a2_0 = x3.fma(w1_0, a2_0);
      a2_1 = x3.fma(w1_1, a2_1);
      a3_0 = x3.fma(w0_0, a3_0);
      a3_1 = x3.fma(w0_1, a3_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
      a2_0 = x4.fma(w2_0, a2_0);
      a2_1 = x4.fma(w2_1, a2_1);
      a3_0 = x4.fma(w1_0, a3_0);
      a3_1 = x4.fma(w1_1, a3_1);
      a4_0 = x4.fma(w0_0, a4_0);
      a4_1 = x4.fma(w0_1, a4_1);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
      a3_0 = x5.fma(w2_0, a3_0);
      a3_1 = x5.fma(w2_1, a3_1);
      a4_0 = x5.fma(w1_0, a4_0);
      a4_1 = x5.fma(w1_1, a4_1);
      if (right) {
        FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
        a4_0 = x6.fma(w2_0, a4_0);
        a4_1 = x6.fma(w2_1, a4_1);
      }
      q += 6 * L;
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

  private static void tile6x2(
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
    int wNext = wStep - rows * 6 * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
      FloatVector w0_0 = FloatVector.fromArray(S, w, q);
      FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
      FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
      FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
      FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
      if (left) {
        FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
        a0_0 = x0.fma(w0_0, a0_0);
        a0_1 = x0.fma(w0_1, a0_1);
      }
      FloatVector x1 = FloatVector.broadcast(S, x[p]);
      a0_0 = x1.fma(w1_0, a0_0);
      a0_1 = x1.fma(w1_1, a0_1);
      a1_0 = x1.fma(w0_0, a1_0);
      a1_1 = x1.fma(w0_1, a1_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
      a0_0 = x2.fma(w2_0, a0_0);
      a0_1 = x2.fma(w2_1, a0_1);
      a1_0 = x2.fma(w1_0, a1_0);
      a1_1 = x2.fma(w1_1, a1_1);
      a2_0 = x2.fma(w0_0, a2_0);
      a2_1 = x2.fma(w0_1, a2_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
      a1_0 = x3.fma(w2_0, a1_0);
      a1_1 = x3.fma(w2_1, a1_1);
      a2_0 = x3.fma(w1_0, a2_0);
      a2_1 = x3.fma(w1_1, a2_1);
      a3_0 = x3.fma(w0_0, a3_0);
      a3_1 = x3.fma(w0_1, a3_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
      a2_0 = x4.fma(w2_0, a2_0);
      a2_1 = x4.fma(w2_1, a2_1);
      a3_0 = x4.fma(w1_0, a3_0);
      a3_1 = x4.fma(w1_1, a3_1);
      a4_0 = x4.fma(w0_0, a4_0);
      a4_1 = x4.fma(w0_1, a4_1);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
      a3_0 = x5.fma(w2_0, a3_0);
      a3_1 = x5.fma(w2_1, a3_1);
      a4_0 = x5.fma(w1_0, a4_0);
      a4_1 = x5.fma(w1_1, a4_1);
      a5_0 = x5.fma(w0_0, a5_0);
      a5_1 = x5.fma(w0_1, a5_1);
      FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
      a4_0 = x6.fma(w2_0, a4_0);
      a4_1 = x6.fma(w2_1, a4_1);
      a5_0 = x6.fma(w1_0, a5_0);
      a5_1 = x6.fma(w1_1, a5_1);
      if (right) {
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a5_0 = x7.fma(w2_0, a5_0);
        a5_1 = x7.fma(w2_1, a5_1);
      }
      q += 6 * L;
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

  private static void mirrored4x2(
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
    int wNext = wStep - rows * 6 * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
      FloatVector w0_0 = FloatVector.fromArray(S, w, q);
      FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
      FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
      FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
      FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
      if (right) {
        FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
        a3_0 = x5.fma(w0_0, a3_0);
        a3_1 = x5.fma(w0_1, a3_1);
      }
      FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
      a3_0 = x4.fma(w1_0, a3_0);
      a3_1 = x4.fma(w1_1, a3_1);
      a2_0 = x4.fma(w0_0, a2_0);
      a2_1 = x4.fma(w0_1, a2_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
      a3_0 = x3.fma(w2_0, a3_0);
      a3_1 = x3.fma(w2_1, a3_1);
      a2_0 = x3.fma(w1_0, a2_0);
      a2_1 = x3.fma(w1_1, a2_1);
      a1_0 = x3.fma(w0_0, a1_0);
      a1_1 = x3.fma(w0_1, a1_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
      a2_0 = x2.fma(w2_0, a2_0);
      a2_1 = x2.fma(w2_1, a2_1);
      a1_0 = x2.fma(w1_0, a1_0);
      a1_1 = x2.fma(w1_1, a1_1);
      a0_0 = x2.fma(w0_0, a0_0);
      a0_1 = x2.fma(w0_1, a0_1);
      FloatVector x1 = FloatVector.broadcast(S, x[p]);
      a1_0 = x1.fma(w2_0, a1_0);
      a1_1 = x1.fma(w2_1, a1_1);
      a0_0 = x1.fma(w1_0, a0_0);
      a0_1 = x1.fma(w1_1, a0_1);
      if (left) {
        FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
        a0_0 = x0.fma(w2_0, a0_0);
        a0_1 = x0.fma(w2_1, a0_1);
      }
      q += 6 * L;
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

  private static void mirrored5x2(
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
    int wNext = wStep - rows * 6 * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
      FloatVector w0_0 = FloatVector.fromArray(S, w, q);
      FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
      FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
      FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
      FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
      if (right) {
        FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
        a4_0 = x6.fma(w0_0, a4_0);
        a4_1 = x6.fma(w0_1, a4_1);
      }
      FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
      a4_0 = x5.fma(w1_0, a4_0);
      a4_1 = x5.fma(w1_1, a4_1);
      a3_0 = x5.fma(w0_0, a3_0);
      a3_1 = x5.fma(w0_1, a3_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
      a4_0 = x4.fma(w2_0, a4_0);
      a4_1 = x4.fma(w2_1, a4_1);
      a3_0 = x4.fma(w1_0, a3_0);
      a3_1 = x4.fma(w1_1, a3_1);
      a2_0 = x4.fma(w0_0, a2_0);
      a2_1 = x4.fma(w0_1, a2_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
      a3_0 = x3.fma(w2_0, a3_0);
      a3_1 = x3.fma(w2_1, a3_1);
      a2_0 = x3.fma(w1_0, a2_0);
      a2_1 = x3.fma(w1_1, a2_1);
      a1_0 = x3.fma(w0_0, a1_0);
      a1_1 = x3.fma(w0_1, a1_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
      a2_0 = x2.fma(w2_0, a2_0);
      a2_1 = x2.fma(w2_1, a2_1);
      a1_0 = x2.fma(w1_0, a1_0);
      a1_1 = x2.fma(w1_1, a1_1);
      a0_0 = x2.fma(w0_0, a0_0);
      a0_1 = x2.fma(w0_1, a0_1);
      FloatVector x1 = FloatVector.broadcast(S, x[p]);
      a1_0 = x1.fma(w2_0, a1_0);
      a1_1 = x1.fma(w2_1, a1_1);
      a0_0 = x1.fma(w1_0, a0_0);
      a0_1 = x1.fma(w1_1, a0_1);
      if (left) {
        FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
        a0_0 = x0.fma(w2_0, a0_0);
        a0_1 = x0.fma(w2_1, a0_1);
      }
      q += 6 * L;
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

  private static void mirrored6x2(
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
    int wNext = wStep - rows * 6 * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
      FloatVector w0_0 = FloatVector.fromArray(S, w, q);
      FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
      FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
      FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
      FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
      if (right) {
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a5_0 = x7.fma(w0_0, a5_0);
        a5_1 = x7.fma(w0_1, a5_1);
      }
      FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
      a5_0 = x6.fma(w1_0, a5_0);
      a5_1 = x6.fma(w1_1, a5_1);
      a4_0 = x6.fma(w0_0, a4_0);
      a4_1 = x6.fma(w0_1, a4_1);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
      a5_0 = x5.fma(w2_0, a5_0);
      a5_1 = x5.fma(w2_1, a5_1);
      a4_0 = x5.fma(w1_0, a4_0);
      a4_1 = x5.fma(w1_1, a4_1);
      a3_0 = x5.fma(w0_0, a3_0);
      a3_1 = x5.fma(w0_1, a3_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
      a4_0 = x4.fma(w2_0, a4_0);
      a4_1 = x4.fma(w2_1, a4_1);
      a3_0 = x4.fma(w1_0, a3_0);
      a3_1 = x4.fma(w1_1, a3_1);
      a2_0 = x4.fma(w0_0, a2_0);
      a2_1 = x4.fma(w0_1, a2_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
      a3_0 = x3.fma(w2_0, a3_0);
      a3_1 = x3.fma(w2_1, a3_1);
      a2_0 = x3.fma(w1_0, a2_0);
      a2_1 = x3.fma(w1_1, a2_1);
      a1_0 = x3.fma(w0_0, a1_0);
      a1_1 = x3.fma(w0_1, a1_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
      a2_0 = x2.fma(w2_0, a2_0);
      a2_1 = x2.fma(w2_1, a2_1);
      a1_0 = x2.fma(w1_0, a1_0);
      a1_1 = x2.fma(w1_1, a1_1);
      a0_0 = x2.fma(w0_0, a0_0);
      a0_1 = x2.fma(w0_1, a0_1);
      FloatVector x1 = FloatVector.broadcast(S, x[p]);
      a1_0 = x1.fma(w2_0, a1_0);
      a1_1 = x1.fma(w2_1, a1_1);
      a0_0 = x1.fma(w1_0, a0_0);
      a0_1 = x1.fma(w1_1, a0_1);
      if (left) {
        FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
        a0_0 = x0.fma(w2_0, a0_0);
        a0_1 = x0.fma(w2_1, a0_1);
      }
      q += 6 * L;
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

  private static void everyOther4x2(
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
    int wNext = wStep - rows * 6 * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
      FloatVector w0_0 = FloatVector.fromArray(S, w, q);
      FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
      FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
      FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
      FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
      if (left) {
        FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
        a0_0 = x0.fma(w0_0, a0_0);
        a0_1 = x0.fma(w0_1, a0_1);
      }
      FloatVector x1 = FloatVector.broadcast(S, x[p]);
      a0_0 = x1.fma(w1_0, a0_0);
      a0_1 = x1.fma(w1_1, a0_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
      a0_0 = x2.fma(w2_0, a0_0);
      a0_1 = x2.fma(w2_1, a0_1);
      a1_0 = x2.fma(w0_0, a1_0);
      a1_1 = x2.fma(w0_1, a1_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
      a1_0 = x3.fma(w1_0, a1_0);
      a1_1 = x3.fma(w1_1, a1_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
      a1_0 = x4.fma(w2_0, a1_0);
      a1_1 = x4.fma(w2_1, a1_1);
      a2_0 = x4.fma(w0_0, a2_0);
      a2_1 = x4.fma(w0_1, a2_1);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
      a2_0 = x5.fma(w1_0, a2_0);
      a2_1 = x5.fma(w1_1, a2_1);
      FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
      a2_0 = x6.fma(w2_0, a2_0);
      a2_1 = x6.fma(w2_1, a2_1);
      a3_0 = x6.fma(w0_0, a3_0);
      a3_1 = x6.fma(w0_1, a3_1);
      FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
      a3_0 = x7.fma(w1_0, a3_0);
      a3_1 = x7.fma(w1_1, a3_1);
      if (right) {
        FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
        a3_0 = x8.fma(w2_0, a3_0);
        a3_1 = x8.fma(w2_1, a3_1);
      }
      q += 6 * L;
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

  private static void everyOther5x2(
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
    int wNext = wStep - rows * 6 * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
      FloatVector w0_0 = FloatVector.fromArray(S, w, q);
      FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
      FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
      FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
      FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
      if (left) {
        FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
        a0_0 = x0.fma(w0_0, a0_0);
        a0_1 = x0.fma(w0_1, a0_1);
      }
      FloatVector x1 = FloatVector.broadcast(S, x[p]);
      a0_0 = x1.fma(w1_0, a0_0);
      a0_1 = x1.fma(w1_1, a0_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
      a0_0 = x2.fma(w2_0, a0_0);
      a0_1 = x2.fma(w2_1, a0_1);
      a1_0 = x2.fma(w0_0, a1_0);
      a1_1 = x2.fma(w0_1, a1_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
      a1_0 = x3.fma(w1_0, a1_0);
      a1_1 = x3.fma(w1_1, a1_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
      a1_0 = x4.fma(w2_0, a1_0);
      a1_1 = x4.fma(w2_1, a1_1);
      a2_0 = x4.fma(w0_0, a2_0);
      a2_1 = x4.fma(w0_1, a2_1);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
      a2_0 = x5.fma(w1_0, a2_0);
      a2_1 = x5.fma(w1_1, a2_1);
      FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
      a2_0 = x6.fma(w2_0, a2_0);
      a2_1 = x6.fma(w2_1, a2_1);
      a3_0 = x6.fma(w0_0, a3_0);
      a3_1 = x6.fma(w0_1, a3_1);
      FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
      a3_0 = x7.fma(w1_0, a3_0);
      a3_1 = x7.fma(w1_1, a3_1);
      FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
      a3_0 = x8.fma(w2_0, a3_0);
      a3_1 = x8.fma(w2_1, a3_1);
      a4_0 = x8.fma(w0_0, a4_0);
      a4_1 = x8.fma(w0_1, a4_1);
      FloatVector x9 = FloatVector.broadcast(S, x[p + 8]);
      a4_0 = x9.fma(w1_0, a4_0);
      a4_1 = x9.fma(w1_1, a4_1);
      if (right) {
        FloatVector x10 = FloatVector.broadcast(S, x[p + 9]);
        a4_0 = x10.fma(w2_0, a4_0);
        a4_1 = x10.fma(w2_1, a4_1);
      }
      q += 6 * L;
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

  private static void everyOther6x2(
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
    int wNext = wStep - rows * 6 * L;
    int xNext = xStep - rows * pitch;
    int q = wAt;
    int p = xAt;
    for (int k = 0, r = 1; k < channels * rows; k++, r++) {
      FloatVector w0_0 = FloatVector.fromArray(S, w, q);
      FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
      FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
      FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
      FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
      FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
      if (left) {
        FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
        a0_0 = x0.fma(w0_0, a0_0);
        a0_1 = x0.fma(w0_1, a0_1);
      }
      FloatVector x1 = FloatVector.broadcast(S, x[p]);
      a0_0 = x1.fma(w1_0, a0_0);
      a0_1 = x1.fma(w1_1, a0_1);
      FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
      a0_0 = x2.fma(w2_0, a0_0);
      a0_1 = x2.fma(w2_1, a0_1);
      a1_0 = x2.fma(w0_0, a1_0);
      a1_1 = x2.fma(w0_1, a1_1);
      FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
      a1_0 = x3.fma(w1_0, a1_0);
      a1_1 = x3.fma(w1_1, a1_1);
      FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
      a1_0 = x4.fma(w2_0, a1_0);
      a1_1 = x4.fma(w2_1, a1_1);
      a2_0 = x4.fma(w0_0, a2_0);
      a2_1 = x4.fma(w0_1, a2_1);
      FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
      a2_0 = x5.fma(w1_0, a2_0);
      a2_1 = x5.fma(w1_1, a2_1);
      FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
      a2_0 = x6.fma(w2_0, a2_0);
      a2_1 = x6.fma(w2_1, a2_1);
      a3_0 = x6.fma(w0_0, a3_0);
      a3_1 = x6.fma(w0_1, a3_1);
      FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
      a3_0 = x7.fma(w1_0, a3_0);
      a3_1 = x7.fma(w1_1, a3_1);
      FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
      a3_0 = x8.fma(w2_0, a3_0);
      a3_1 = x8.fma(w2_1, a3_1);
      a4_0 = x8.fma(w0_0, a4_0);
      a4_1 = x8.fma(w0_1, a4_1);
      FloatVector x9 = FloatVector.broadcast(S, x[p + 8]);
      a4_0 = x9.fma(w1_0, a4_0);
      a4_1 = x9.fma(w1_1, a4_1);
      FloatVector x10 = FloatVector.broadcast(S, x[p + 9]);
      a4_0 = x10.fma(w2_0, a4_0);
      a4_1 = x10.fma(w2_1, a4_1);
      a5_0 = x10.fma(w0_0, a5_0);
      a5_1 = x10.fma(w0_1, a5_1);
      FloatVector x11 = FloatVector.broadcast(S, x[p + 10]);
      a5_0 = x11.fma(w1_0, a5_0);
      a5_1 = x11.fma(w1_1, a5_1);
      if (right) {
        FloatVector x12 = FloatVector.broadcast(S, x[p + 11]);
        a5_0 = x12.fma(w2_0, a5_0);
        a5_1 = x12.fma(w2_1, a5_1);
      }
      q += 6 * L;
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
  // spotless:on
}
