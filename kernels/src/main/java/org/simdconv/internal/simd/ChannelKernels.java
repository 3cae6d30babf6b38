package org.simdconv.internal.simd;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a 3-wide convolution of stride 1 or 2 with output channels in the lanes: P
 * neighbouring pixels of an output row x V vectors of output channels; {@link SpreadKernels} are
 * those of a dilated one, {@link PhaseKernels} those of one or two taps, {@link NarrowKernels}
 * those of few pixels. {@link MicroKernels} have it the other way round, pixels in lanes.
 *
 * <pre>
 * for each channel c, for each kernel row r
 *   w0, w1, w2 = the weights of the row's three columns
 *   for i = -1 .. P                               the input pixel x[i] broadcast once
 *     sum[i-1] += x[i] w2;  sum[i] += x[i] w1;  sum[i+1] += x[i] w0
 * </pre>
 *
 * and likewise from the right, or with stride 2. So each sum takes its taps in ascending order, c,
 * r, column, in one chain. A pixel is loaded once for three FMAs a vector, and the input is read
 * where it lies: a column outside of the image is not visited ({@code left}, {@code right} say
 * whether there are neighbours), a row outside of it is not asked for. There is no window, no pixel
 * that fills a vector in vain, and nothing is multiplied by padding: 18% of a 3x3 on 7x7, 9% on
 * 14x14. What it costs is the transposition of the sums at the end.
 *
 * <p>Registers of 32: P V sums, 3 V weights and a pixel: 18 for 14x1, 21 for 7x2. With pixels that
 * wait for all three columns, tap by tap, C2 spilled (20 of 57 FMAs, JDK 25); 7x3 as here spilled
 * 4.
 *
 * <p>Thread safety: static, no state.
 */
public final class ChannelKernels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  /** Which input pixels the taps of neighbouring outputs take. */
  public enum Kind {
    /** Tap k of output j takes pixel j + k - 1. */
    FORWARD,
    /** Tap k of output j takes pixel j + 1 - k, as in a transposed convolution or a gradient. */
    MIRRORED,
    /** Tap k of output j takes pixel 2 j + k - 1. */
    EVERY_OTHER,
    /** Tap k of output j takes pixel (j + k - 1) d, in units that lie beside each other. */
    SPREAD,
    /** Two taps: tap k of output j takes pixel j + 1 - k, as in a phase of a transposed one. */
    PAIR,
    /** One tap, which takes pixel j. */
    SINGLE
  }

  /**
   * A register tile.
   *
   * @param units 1 unless they are {@link Kind#SPREAD}
   * @param width pixels of a unit
   */
  public record Tile(int units, int width) {
    /** All pixels. */
    public int pixels() {
      return units * width;
    }
  }

  private ChannelKernels() {}

  /** Whether the tiles suit this JVM's vectors: they count on 32 registers of 16 lanes. */
  public static boolean exist() {
    return L == 16 && Species.MANY_REGISTERS;
  }

  /** The tiles. */
  public static List<Tile> tiles(Kind kind) {
    return switch (kind) {
      case FORWARD -> tiles(4, 5, 6, 7, 8, 11, 13, 14, 16);
      case MIRRORED -> tiles(4, 5, 6, 7, 8, 14, 16);
      case EVERY_OTHER -> tiles(4, 5, 6, 7, 8);
      case SPREAD -> Arrays.stream(SpreadKernels.tiles()).map(t -> new Tile(t[0], t[1])).toList();
      case PAIR -> tiles(PhaseKernels.pairs());
      case SINGLE -> tiles(PhaseKernels.singles());
    };
  }

  private static List<Tile> tiles(int... widths) {
    return Arrays.stream(widths).mapToObj(width -> new Tile(1, width)).toList();
  }

  /** Taps of a row. */
  public static int taps(Kind kind) {
    return switch (kind) {
      case FORWARD, MIRRORED, EVERY_OTHER, SPREAD -> 3;
      case PAIR -> 2;
      case SINGLE -> 1;
    };
  }

  /** Vectors of output channels in a tile. */
  public static int vectors(Kind kind, Tile tile) {
    return switch (kind) {
      case FORWARD, MIRRORED, EVERY_OTHER -> tile.width <= 8 ? 2 : 1;
      case SPREAD -> 1;
      case PAIR, SINGLE -> PhaseKernels.VECTORS;
    };
  }

  /**
   * Adds the products of some channels to the sums of a tile.
   *
   * <pre>
   * weights  w  [channel][kernel row][tap of the row][V * LANES output channels]
   * sums        [unit][pixel][V * LANES output channels]
   * </pre>
   *
   * @param kind of the tile
   * @param tile one of {@link #tiles}
   * @param wAt weights of the first channel's first kernel row that is asked for
   * @param wStep floats from a channel's weights to the next one's
   * @param xAt the input pixel of the first output's middle tap, in the first of the rows; of
   *     {@link Kind#PAIR} the one of its second tap, of which {@code left} says whether there is
   *     one
   * @param xStep floats from a channel's image to the next one's
   * @param pitch floats from a kernel row's input row to the next one's
   * @param apart floats from a pixel of a unit to the next one's, negative to the left; only of
   *     {@link Kind#SPREAD}
   * @param channels number of channels
   * @param rows kernel rows
   * @param left whether there is a pixel to the left of xAt; if apart is negative, to the right
   * @param right whether there is a pixel on the other side of the last middle tap's; of {@link
   *     Kind#PAIR} of the last second tap's
   * @throws IllegalArgumentException if there is no such tile: {@link #tiles}
   */
  // spotless:off
  public static void run(
      Kind kind, Tile tile, float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int apart, int channels, int rows,
      boolean left, boolean right, float[] sums, int sumsAt) {
    boolean three = kind == Kind.FORWARD || kind == Kind.MIRRORED || kind == Kind.EVERY_OTHER;
    if (three && tile.width <= NarrowKernels.WIDEST) {
      NarrowKernels.run(kind, tile.width, w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      return;
    }
    int number;
    switch (kind) {
      case FORWARD -> number = 0;
      case MIRRORED -> number = 100;
      case EVERY_OTHER -> number = 200;
      case SPREAD -> {
        SpreadKernels.run(tile.units, tile.width, w, wAt, wStep, x, xAt, xStep, pitch, apart, channels, rows, left, right, sums, sumsAt);
        return;
      }
      case PAIR, SINGLE -> {
        PhaseKernels.run(taps(kind), tile.width, w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
        return;
      }
      default -> throw new AssertionError(kind);
    }
    switch (number + tile.width) {
      case 7 -> tile7x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 8 -> tile8x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 11 -> tile11x1(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 13 -> tile13x1(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 14 -> tile14x1(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 16 -> tile16x1(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 107 -> mirrored7x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 108 -> mirrored8x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 114 -> mirrored14x1(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 116 -> mirrored16x1(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 207 -> everyOther7x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      case 208 -> everyOther8x2(w, wAt, wStep, x, xAt, xStep, pitch, channels, rows, left, right, sums, sumsAt);
      default -> throw new IllegalArgumentException("no tile " + kind + " of " + tile);
    }
  }

  private static void tile7x2(
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
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
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
        a6_0 = x6.fma(w0_0, a6_0);
        a6_1 = x6.fma(w0_1, a6_1);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a5_0 = x7.fma(w2_0, a5_0);
        a5_1 = x7.fma(w2_1, a5_1);
        a6_0 = x7.fma(w1_0, a6_0);
        a6_1 = x7.fma(w1_1, a6_1);
        if (right) {
          FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
          a6_0 = x8.fma(w2_0, a6_0);
          a6_1 = x8.fma(w2_1, a6_1);
        }
        q += 6 * L;
        p += pitch;
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

  private static void tile8x2(
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
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
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
        a6_0 = x6.fma(w0_0, a6_0);
        a6_1 = x6.fma(w0_1, a6_1);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a5_0 = x7.fma(w2_0, a5_0);
        a5_1 = x7.fma(w2_1, a5_1);
        a6_0 = x7.fma(w1_0, a6_0);
        a6_1 = x7.fma(w1_1, a6_1);
        a7_0 = x7.fma(w0_0, a7_0);
        a7_1 = x7.fma(w0_1, a7_1);
        FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
        a6_0 = x8.fma(w2_0, a6_0);
        a6_1 = x8.fma(w2_1, a6_1);
        a7_0 = x8.fma(w1_0, a7_0);
        a7_1 = x8.fma(w1_1, a7_1);
        if (right) {
          FloatVector x9 = FloatVector.broadcast(S, x[p + 8]);
          a7_0 = x9.fma(w2_0, a7_0);
          a7_1 = x9.fma(w2_1, a7_1);
        }
        q += 6 * L;
        p += pitch;
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

  private static void tile11x1(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a9 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a10 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
        FloatVector w0 = FloatVector.fromArray(S, w, q);
        FloatVector w1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
          a0 = x0.fma(w0, a0);
        }
        FloatVector x1 = FloatVector.broadcast(S, x[p]);
        a0 = x1.fma(w1, a0);
        a1 = x1.fma(w0, a1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
        a0 = x2.fma(w2, a0);
        a1 = x2.fma(w1, a1);
        a2 = x2.fma(w0, a2);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
        a1 = x3.fma(w2, a1);
        a2 = x3.fma(w1, a2);
        a3 = x3.fma(w0, a3);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
        a2 = x4.fma(w2, a2);
        a3 = x4.fma(w1, a3);
        a4 = x4.fma(w0, a4);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
        a3 = x5.fma(w2, a3);
        a4 = x5.fma(w1, a4);
        a5 = x5.fma(w0, a5);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
        a4 = x6.fma(w2, a4);
        a5 = x6.fma(w1, a5);
        a6 = x6.fma(w0, a6);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a5 = x7.fma(w2, a5);
        a6 = x7.fma(w1, a6);
        a7 = x7.fma(w0, a7);
        FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
        a6 = x8.fma(w2, a6);
        a7 = x8.fma(w1, a7);
        a8 = x8.fma(w0, a8);
        FloatVector x9 = FloatVector.broadcast(S, x[p + 8]);
        a7 = x9.fma(w2, a7);
        a8 = x9.fma(w1, a8);
        a9 = x9.fma(w0, a9);
        FloatVector x10 = FloatVector.broadcast(S, x[p + 9]);
        a8 = x10.fma(w2, a8);
        a9 = x10.fma(w1, a9);
        a10 = x10.fma(w0, a10);
        FloatVector x11 = FloatVector.broadcast(S, x[p + 10]);
        a9 = x11.fma(w2, a9);
        a10 = x11.fma(w1, a10);
        if (right) {
          FloatVector x12 = FloatVector.broadcast(S, x[p + 11]);
          a10 = x12.fma(w2, a10);
        }
        q += 3 * L;
        p += pitch;
      }
    }
    a0.intoArray(sums, sumsAt);
    a1.intoArray(sums, sumsAt + L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
    a9.intoArray(sums, sumsAt + 9 * L);
    a10.intoArray(sums, sumsAt + 10 * L);
  }

  private static void tile13x1(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a9 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a10 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a11 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a12 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
        FloatVector w0 = FloatVector.fromArray(S, w, q);
        FloatVector w1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
          a0 = x0.fma(w0, a0);
        }
        FloatVector x1 = FloatVector.broadcast(S, x[p]);
        a0 = x1.fma(w1, a0);
        a1 = x1.fma(w0, a1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
        a0 = x2.fma(w2, a0);
        a1 = x2.fma(w1, a1);
        a2 = x2.fma(w0, a2);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
        a1 = x3.fma(w2, a1);
        a2 = x3.fma(w1, a2);
        a3 = x3.fma(w0, a3);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
        a2 = x4.fma(w2, a2);
        a3 = x4.fma(w1, a3);
        a4 = x4.fma(w0, a4);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
        a3 = x5.fma(w2, a3);
        a4 = x5.fma(w1, a4);
        a5 = x5.fma(w0, a5);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
        a4 = x6.fma(w2, a4);
        a5 = x6.fma(w1, a5);
        a6 = x6.fma(w0, a6);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a5 = x7.fma(w2, a5);
        a6 = x7.fma(w1, a6);
        a7 = x7.fma(w0, a7);
        FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
        a6 = x8.fma(w2, a6);
        a7 = x8.fma(w1, a7);
        a8 = x8.fma(w0, a8);
        FloatVector x9 = FloatVector.broadcast(S, x[p + 8]);
        a7 = x9.fma(w2, a7);
        a8 = x9.fma(w1, a8);
        a9 = x9.fma(w0, a9);
        FloatVector x10 = FloatVector.broadcast(S, x[p + 9]);
        a8 = x10.fma(w2, a8);
        a9 = x10.fma(w1, a9);
        a10 = x10.fma(w0, a10);
        FloatVector x11 = FloatVector.broadcast(S, x[p + 10]);
        a9 = x11.fma(w2, a9);
        a10 = x11.fma(w1, a10);
        a11 = x11.fma(w0, a11);
        FloatVector x12 = FloatVector.broadcast(S, x[p + 11]);
        a10 = x12.fma(w2, a10);
        a11 = x12.fma(w1, a11);
        a12 = x12.fma(w0, a12);
        FloatVector x13 = FloatVector.broadcast(S, x[p + 12]);
        a11 = x13.fma(w2, a11);
        a12 = x13.fma(w1, a12);
        if (right) {
          FloatVector x14 = FloatVector.broadcast(S, x[p + 13]);
          a12 = x14.fma(w2, a12);
        }
        q += 3 * L;
        p += pitch;
      }
    }
    a0.intoArray(sums, sumsAt);
    a1.intoArray(sums, sumsAt + L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
    a9.intoArray(sums, sumsAt + 9 * L);
    a10.intoArray(sums, sumsAt + 10 * L);
    a11.intoArray(sums, sumsAt + 11 * L);
    a12.intoArray(sums, sumsAt + 12 * L);
  }

  private static void tile14x1(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a9 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a10 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a11 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a12 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a13 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
        FloatVector w0 = FloatVector.fromArray(S, w, q);
        FloatVector w1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
          a0 = x0.fma(w0, a0);
        }
        FloatVector x1 = FloatVector.broadcast(S, x[p]);
        a0 = x1.fma(w1, a0);
        a1 = x1.fma(w0, a1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
        a0 = x2.fma(w2, a0);
        a1 = x2.fma(w1, a1);
        a2 = x2.fma(w0, a2);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
        a1 = x3.fma(w2, a1);
        a2 = x3.fma(w1, a2);
        a3 = x3.fma(w0, a3);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
        a2 = x4.fma(w2, a2);
        a3 = x4.fma(w1, a3);
        a4 = x4.fma(w0, a4);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
        a3 = x5.fma(w2, a3);
        a4 = x5.fma(w1, a4);
        a5 = x5.fma(w0, a5);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
        a4 = x6.fma(w2, a4);
        a5 = x6.fma(w1, a5);
        a6 = x6.fma(w0, a6);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a5 = x7.fma(w2, a5);
        a6 = x7.fma(w1, a6);
        a7 = x7.fma(w0, a7);
        FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
        a6 = x8.fma(w2, a6);
        a7 = x8.fma(w1, a7);
        a8 = x8.fma(w0, a8);
        FloatVector x9 = FloatVector.broadcast(S, x[p + 8]);
        a7 = x9.fma(w2, a7);
        a8 = x9.fma(w1, a8);
        a9 = x9.fma(w0, a9);
        FloatVector x10 = FloatVector.broadcast(S, x[p + 9]);
        a8 = x10.fma(w2, a8);
        a9 = x10.fma(w1, a9);
        a10 = x10.fma(w0, a10);
        FloatVector x11 = FloatVector.broadcast(S, x[p + 10]);
        a9 = x11.fma(w2, a9);
        a10 = x11.fma(w1, a10);
        a11 = x11.fma(w0, a11);
        FloatVector x12 = FloatVector.broadcast(S, x[p + 11]);
        a10 = x12.fma(w2, a10);
        a11 = x12.fma(w1, a11);
        a12 = x12.fma(w0, a12);
        FloatVector x13 = FloatVector.broadcast(S, x[p + 12]);
        a11 = x13.fma(w2, a11);
        a12 = x13.fma(w1, a12);
        a13 = x13.fma(w0, a13);
        FloatVector x14 = FloatVector.broadcast(S, x[p + 13]);
        a12 = x14.fma(w2, a12);
        a13 = x14.fma(w1, a13);
        if (right) {
          FloatVector x15 = FloatVector.broadcast(S, x[p + 14]);
          a13 = x15.fma(w2, a13);
        }
        q += 3 * L;
        p += pitch;
      }
    }
    a0.intoArray(sums, sumsAt);
    a1.intoArray(sums, sumsAt + L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
    a9.intoArray(sums, sumsAt + 9 * L);
    a10.intoArray(sums, sumsAt + 10 * L);
    a11.intoArray(sums, sumsAt + 11 * L);
    a12.intoArray(sums, sumsAt + 12 * L);
    a13.intoArray(sums, sumsAt + 13 * L);
  }

  private static void tile16x1(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a9 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a10 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a11 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a12 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a13 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a14 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    FloatVector a15 = FloatVector.fromArray(S, sums, sumsAt + 15 * L);
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
        FloatVector w0 = FloatVector.fromArray(S, w, q);
        FloatVector w1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
          a0 = x0.fma(w0, a0);
        }
        FloatVector x1 = FloatVector.broadcast(S, x[p]);
        a0 = x1.fma(w1, a0);
        a1 = x1.fma(w0, a1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
        a0 = x2.fma(w2, a0);
        a1 = x2.fma(w1, a1);
        a2 = x2.fma(w0, a2);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
        a1 = x3.fma(w2, a1);
        a2 = x3.fma(w1, a2);
        a3 = x3.fma(w0, a3);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
        a2 = x4.fma(w2, a2);
        a3 = x4.fma(w1, a3);
        a4 = x4.fma(w0, a4);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
        a3 = x5.fma(w2, a3);
        a4 = x5.fma(w1, a4);
        a5 = x5.fma(w0, a5);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
        a4 = x6.fma(w2, a4);
        a5 = x6.fma(w1, a5);
        a6 = x6.fma(w0, a6);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a5 = x7.fma(w2, a5);
        a6 = x7.fma(w1, a6);
        a7 = x7.fma(w0, a7);
        FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
        a6 = x8.fma(w2, a6);
        a7 = x8.fma(w1, a7);
        a8 = x8.fma(w0, a8);
        FloatVector x9 = FloatVector.broadcast(S, x[p + 8]);
        a7 = x9.fma(w2, a7);
        a8 = x9.fma(w1, a8);
        a9 = x9.fma(w0, a9);
        FloatVector x10 = FloatVector.broadcast(S, x[p + 9]);
        a8 = x10.fma(w2, a8);
        a9 = x10.fma(w1, a9);
        a10 = x10.fma(w0, a10);
        FloatVector x11 = FloatVector.broadcast(S, x[p + 10]);
        a9 = x11.fma(w2, a9);
        a10 = x11.fma(w1, a10);
        a11 = x11.fma(w0, a11);
        FloatVector x12 = FloatVector.broadcast(S, x[p + 11]);
        a10 = x12.fma(w2, a10);
        a11 = x12.fma(w1, a11);
        a12 = x12.fma(w0, a12);
        FloatVector x13 = FloatVector.broadcast(S, x[p + 12]);
        a11 = x13.fma(w2, a11);
        a12 = x13.fma(w1, a12);
        a13 = x13.fma(w0, a13);
        FloatVector x14 = FloatVector.broadcast(S, x[p + 13]);
        a12 = x14.fma(w2, a12);
        a13 = x14.fma(w1, a13);
        a14 = x14.fma(w0, a14);
        FloatVector x15 = FloatVector.broadcast(S, x[p + 14]);
        a13 = x15.fma(w2, a13);
        a14 = x15.fma(w1, a14);
        a15 = x15.fma(w0, a15);
        FloatVector x16 = FloatVector.broadcast(S, x[p + 15]);
        a14 = x16.fma(w2, a14);
        a15 = x16.fma(w1, a15);
        if (right) {
          FloatVector x17 = FloatVector.broadcast(S, x[p + 16]);
          a15 = x17.fma(w2, a15);
        }
        q += 3 * L;
        p += pitch;
      }
    }
    a0.intoArray(sums, sumsAt);
    a1.intoArray(sums, sumsAt + L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
    a9.intoArray(sums, sumsAt + 9 * L);
    a10.intoArray(sums, sumsAt + 10 * L);
    a11.intoArray(sums, sumsAt + 11 * L);
    a12.intoArray(sums, sumsAt + 12 * L);
    a13.intoArray(sums, sumsAt + 13 * L);
    a14.intoArray(sums, sumsAt + 14 * L);
    a15.intoArray(sums, sumsAt + 15 * L);
  }

  private static void mirrored7x2(
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
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
        FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
        FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
        FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
        if (right) {
          FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
          a6_0 = x8.fma(w0_0, a6_0);
          a6_1 = x8.fma(w0_1, a6_1);
        }
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a6_0 = x7.fma(w1_0, a6_0);
        a6_1 = x7.fma(w1_1, a6_1);
        a5_0 = x7.fma(w0_0, a5_0);
        a5_1 = x7.fma(w0_1, a5_1);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
        a6_0 = x6.fma(w2_0, a6_0);
        a6_1 = x6.fma(w2_1, a6_1);
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

  private static void mirrored8x2(
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
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
        FloatVector w0_0 = FloatVector.fromArray(S, w, q);
        FloatVector w0_1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w1_0 = FloatVector.fromArray(S, w, q + 2 * L);
        FloatVector w1_1 = FloatVector.fromArray(S, w, q + 3 * L);
        FloatVector w2_0 = FloatVector.fromArray(S, w, q + 4 * L);
        FloatVector w2_1 = FloatVector.fromArray(S, w, q + 5 * L);
        if (right) {
          FloatVector x9 = FloatVector.broadcast(S, x[p + 8]);
          a7_0 = x9.fma(w0_0, a7_0);
          a7_1 = x9.fma(w0_1, a7_1);
        }
        FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
        a7_0 = x8.fma(w1_0, a7_0);
        a7_1 = x8.fma(w1_1, a7_1);
        a6_0 = x8.fma(w0_0, a6_0);
        a6_1 = x8.fma(w0_1, a6_1);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a7_0 = x7.fma(w2_0, a7_0);
        a7_1 = x7.fma(w2_1, a7_1);
        a6_0 = x7.fma(w1_0, a6_0);
        a6_1 = x7.fma(w1_1, a6_1);
        a5_0 = x7.fma(w0_0, a5_0);
        a5_1 = x7.fma(w0_1, a5_1);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
        a6_0 = x6.fma(w2_0, a6_0);
        a6_1 = x6.fma(w2_1, a6_1);
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

  private static void mirrored14x1(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a9 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a10 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a11 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a12 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a13 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
        FloatVector w0 = FloatVector.fromArray(S, w, q);
        FloatVector w1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
        if (right) {
          FloatVector x15 = FloatVector.broadcast(S, x[p + 14]);
          a13 = x15.fma(w0, a13);
        }
        FloatVector x14 = FloatVector.broadcast(S, x[p + 13]);
        a13 = x14.fma(w1, a13);
        a12 = x14.fma(w0, a12);
        FloatVector x13 = FloatVector.broadcast(S, x[p + 12]);
        a13 = x13.fma(w2, a13);
        a12 = x13.fma(w1, a12);
        a11 = x13.fma(w0, a11);
        FloatVector x12 = FloatVector.broadcast(S, x[p + 11]);
        a12 = x12.fma(w2, a12);
        a11 = x12.fma(w1, a11);
        a10 = x12.fma(w0, a10);
        FloatVector x11 = FloatVector.broadcast(S, x[p + 10]);
        a11 = x11.fma(w2, a11);
        a10 = x11.fma(w1, a10);
        a9 = x11.fma(w0, a9);
        FloatVector x10 = FloatVector.broadcast(S, x[p + 9]);
        a10 = x10.fma(w2, a10);
        a9 = x10.fma(w1, a9);
        a8 = x10.fma(w0, a8);
        FloatVector x9 = FloatVector.broadcast(S, x[p + 8]);
        a9 = x9.fma(w2, a9);
        a8 = x9.fma(w1, a8);
        a7 = x9.fma(w0, a7);
        FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
        a8 = x8.fma(w2, a8);
        a7 = x8.fma(w1, a7);
        a6 = x8.fma(w0, a6);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a7 = x7.fma(w2, a7);
        a6 = x7.fma(w1, a6);
        a5 = x7.fma(w0, a5);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
        a6 = x6.fma(w2, a6);
        a5 = x6.fma(w1, a5);
        a4 = x6.fma(w0, a4);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
        a5 = x5.fma(w2, a5);
        a4 = x5.fma(w1, a4);
        a3 = x5.fma(w0, a3);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
        a4 = x4.fma(w2, a4);
        a3 = x4.fma(w1, a3);
        a2 = x4.fma(w0, a2);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
        a3 = x3.fma(w2, a3);
        a2 = x3.fma(w1, a2);
        a1 = x3.fma(w0, a1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
        a2 = x2.fma(w2, a2);
        a1 = x2.fma(w1, a1);
        a0 = x2.fma(w0, a0);
        FloatVector x1 = FloatVector.broadcast(S, x[p]);
        a1 = x1.fma(w2, a1);
        a0 = x1.fma(w1, a0);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
          a0 = x0.fma(w2, a0);
        }
        q += 3 * L;
        p += pitch;
      }
    }
    a0.intoArray(sums, sumsAt);
    a1.intoArray(sums, sumsAt + L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
    a9.intoArray(sums, sumsAt + 9 * L);
    a10.intoArray(sums, sumsAt + 10 * L);
    a11.intoArray(sums, sumsAt + 11 * L);
    a12.intoArray(sums, sumsAt + 12 * L);
    a13.intoArray(sums, sumsAt + 13 * L);
  }

  private static void mirrored16x1(
      float[] w, int wAt, int wStep, float[] x, int xAt, int xStep, int pitch, int channels, int rows, boolean left, boolean right,
      float[] sums, int sumsAt) {
    FloatVector a0 = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector a1 = FloatVector.fromArray(S, sums, sumsAt + L);
    FloatVector a2 = FloatVector.fromArray(S, sums, sumsAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, sums, sumsAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, sums, sumsAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, sums, sumsAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, sums, sumsAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, sums, sumsAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, sums, sumsAt + 8 * L);
    FloatVector a9 = FloatVector.fromArray(S, sums, sumsAt + 9 * L);
    FloatVector a10 = FloatVector.fromArray(S, sums, sumsAt + 10 * L);
    FloatVector a11 = FloatVector.fromArray(S, sums, sumsAt + 11 * L);
    FloatVector a12 = FloatVector.fromArray(S, sums, sumsAt + 12 * L);
    FloatVector a13 = FloatVector.fromArray(S, sums, sumsAt + 13 * L);
    FloatVector a14 = FloatVector.fromArray(S, sums, sumsAt + 14 * L);
    FloatVector a15 = FloatVector.fromArray(S, sums, sumsAt + 15 * L);
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
        FloatVector w0 = FloatVector.fromArray(S, w, q);
        FloatVector w1 = FloatVector.fromArray(S, w, q + L);
        FloatVector w2 = FloatVector.fromArray(S, w, q + 2 * L);
        if (right) {
          FloatVector x17 = FloatVector.broadcast(S, x[p + 16]);
          a15 = x17.fma(w0, a15);
        }
        FloatVector x16 = FloatVector.broadcast(S, x[p + 15]);
        a15 = x16.fma(w1, a15);
        a14 = x16.fma(w0, a14);
        FloatVector x15 = FloatVector.broadcast(S, x[p + 14]);
        a15 = x15.fma(w2, a15);
        a14 = x15.fma(w1, a14);
        a13 = x15.fma(w0, a13);
        FloatVector x14 = FloatVector.broadcast(S, x[p + 13]);
        a14 = x14.fma(w2, a14);
        a13 = x14.fma(w1, a13);
        a12 = x14.fma(w0, a12);
        FloatVector x13 = FloatVector.broadcast(S, x[p + 12]);
        a13 = x13.fma(w2, a13);
        a12 = x13.fma(w1, a12);
        a11 = x13.fma(w0, a11);
        FloatVector x12 = FloatVector.broadcast(S, x[p + 11]);
        a12 = x12.fma(w2, a12);
        a11 = x12.fma(w1, a11);
        a10 = x12.fma(w0, a10);
        FloatVector x11 = FloatVector.broadcast(S, x[p + 10]);
        a11 = x11.fma(w2, a11);
        a10 = x11.fma(w1, a10);
        a9 = x11.fma(w0, a9);
        FloatVector x10 = FloatVector.broadcast(S, x[p + 9]);
        a10 = x10.fma(w2, a10);
        a9 = x10.fma(w1, a9);
        a8 = x10.fma(w0, a8);
        FloatVector x9 = FloatVector.broadcast(S, x[p + 8]);
        a9 = x9.fma(w2, a9);
        a8 = x9.fma(w1, a8);
        a7 = x9.fma(w0, a7);
        FloatVector x8 = FloatVector.broadcast(S, x[p + 7]);
        a8 = x8.fma(w2, a8);
        a7 = x8.fma(w1, a7);
        a6 = x8.fma(w0, a6);
        FloatVector x7 = FloatVector.broadcast(S, x[p + 6]);
        a7 = x7.fma(w2, a7);
        a6 = x7.fma(w1, a6);
        a5 = x7.fma(w0, a5);
        FloatVector x6 = FloatVector.broadcast(S, x[p + 5]);
        a6 = x6.fma(w2, a6);
        a5 = x6.fma(w1, a5);
        a4 = x6.fma(w0, a4);
        FloatVector x5 = FloatVector.broadcast(S, x[p + 4]);
        a5 = x5.fma(w2, a5);
        a4 = x5.fma(w1, a4);
        a3 = x5.fma(w0, a3);
        FloatVector x4 = FloatVector.broadcast(S, x[p + 3]);
        a4 = x4.fma(w2, a4);
        a3 = x4.fma(w1, a3);
        a2 = x4.fma(w0, a2);
        FloatVector x3 = FloatVector.broadcast(S, x[p + 2]);
        a3 = x3.fma(w2, a3);
        a2 = x3.fma(w1, a2);
        a1 = x3.fma(w0, a1);
        FloatVector x2 = FloatVector.broadcast(S, x[p + 1]);
        a2 = x2.fma(w2, a2);
        a1 = x2.fma(w1, a1);
        a0 = x2.fma(w0, a0);
        FloatVector x1 = FloatVector.broadcast(S, x[p]);
        a1 = x1.fma(w2, a1);
        a0 = x1.fma(w1, a0);
        if (left) {
          FloatVector x0 = FloatVector.broadcast(S, x[p - 1]);
          a0 = x0.fma(w2, a0);
        }
        q += 3 * L;
        p += pitch;
      }
    }
    a0.intoArray(sums, sumsAt);
    a1.intoArray(sums, sumsAt + L);
    a2.intoArray(sums, sumsAt + 2 * L);
    a3.intoArray(sums, sumsAt + 3 * L);
    a4.intoArray(sums, sumsAt + 4 * L);
    a5.intoArray(sums, sumsAt + 5 * L);
    a6.intoArray(sums, sumsAt + 6 * L);
    a7.intoArray(sums, sumsAt + 7 * L);
    a8.intoArray(sums, sumsAt + 8 * L);
    a9.intoArray(sums, sumsAt + 9 * L);
    a10.intoArray(sums, sumsAt + 10 * L);
    a11.intoArray(sums, sumsAt + 11 * L);
    a12.intoArray(sums, sumsAt + 12 * L);
    a13.intoArray(sums, sumsAt + 13 * L);
    a14.intoArray(sums, sumsAt + 14 * L);
    a15.intoArray(sums, sumsAt + 15 * L);
  }

  private static void everyOther7x2(
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
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
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
        FloatVector x12 = FloatVector.broadcast(S, x[p + 11]);
        a5_0 = x12.fma(w2_0, a5_0);
        a5_1 = x12.fma(w2_1, a5_1);
        a6_0 = x12.fma(w0_0, a6_0);
        a6_1 = x12.fma(w0_1, a6_1);
        FloatVector x13 = FloatVector.broadcast(S, x[p + 12]);
        a6_0 = x13.fma(w1_0, a6_0);
        a6_1 = x13.fma(w1_1, a6_1);
        if (right) {
          FloatVector x14 = FloatVector.broadcast(S, x[p + 13]);
          a6_0 = x14.fma(w2_0, a6_0);
          a6_1 = x14.fma(w2_1, a6_1);
        }
        q += 6 * L;
        p += pitch;
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

  private static void everyOther8x2(
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
    for (int c = 0; c < channels; c++) {
      int q = wAt + c * wStep;
      int p = xAt + c * xStep;
      for (int r = 0; r < rows; r++) {
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
        FloatVector x12 = FloatVector.broadcast(S, x[p + 11]);
        a5_0 = x12.fma(w2_0, a5_0);
        a5_1 = x12.fma(w2_1, a5_1);
        a6_0 = x12.fma(w0_0, a6_0);
        a6_1 = x12.fma(w0_1, a6_1);
        FloatVector x13 = FloatVector.broadcast(S, x[p + 12]);
        a6_0 = x13.fma(w1_0, a6_0);
        a6_1 = x13.fma(w1_1, a6_1);
        FloatVector x14 = FloatVector.broadcast(S, x[p + 13]);
        a6_0 = x14.fma(w2_0, a6_0);
        a6_1 = x14.fma(w2_1, a6_1);
        a7_0 = x14.fma(w0_0, a7_0);
        a7_1 = x14.fma(w0_1, a7_1);
        FloatVector x15 = FloatVector.broadcast(S, x[p + 14]);
        a7_0 = x15.fma(w1_0, a7_0);
        a7_1 = x15.fma(w1_1, a7_1);
        if (right) {
          FloatVector x16 = FloatVector.broadcast(S, x[p + 15]);
          a7_0 = x16.fma(w2_0, a7_0);
          a7_1 = x16.fma(w2_1, a7_1);
        }
        q += 6 * L;
        p += pitch;
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
  // spotless:on
}
