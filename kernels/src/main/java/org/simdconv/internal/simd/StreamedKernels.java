package org.simdconv.internal.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tile of 13 rows for images of one vector of pixels, where each weight is used once.
 * The same sums in the same order as {@link MicroKernels}; but what bounds them is where the
 * weights come from, so those of all tiles stand in 8 streams that are read side by side:
 *
 * <pre>
 * packed weights w   taps 0, 8, 16, .. of tile 0, of tile 1, .. | taps 1, 9, 17, .. | .. | taps 7, 15, 23, ..     14 floats a tap
 *                    the last taps % 8 of tile 0, of tile 1, ..
 * </pre>
 *
 * A core fetches ahead of a reader, but only so far within each page, and a JVM has no instruction
 * to ask for more. 13x1 gets weights from memory at 6 GB/s in one stream and at 14 in eight, nearly
 * as much as plain reads; from L2 and L3 it makes no difference (KernelBenchmark with 26000, 2600
 * and 64 channels; JDK 25, one machine with AVX-512). k4 s2 1024-512 on 4x4, in turns with other
 * engines that put its 34 MB out of L3: 4.0 to 2.2 ms.
 *
 * <p>Dead ends, on the same machine: for 13x2 in 4 to 8 streams weights come 1.4 to 1.8 times as
 * fast from memory, but there they are used again for the next tiles of pixels, and that loop is 5
 * to 20% slower from L2: 3x3 dilated by 12 on 33x33 gained nothing. Streams that begin anew in each
 * block of 512 taps: 2.8 ms instead of 2.2. 16 rows with the offsets apart: 2.4 ms.
 *
 * <p>Thread safety: static, no state.
 */
public final class StreamedKernels {
  /** Rows of every tile. */
  public static final int ROWS = 13;

  /** Streams of weights, which are taps that the loop has written out. */
  public static final int STREAMS = 8;

  /** Floats of a tap: the rows and the offset. */
  private static final int STEP = ROWS + 1;

  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  private StreamedKernels() {}

  /** Whether tiles of 13 rows are for so many with little waste. */
  public static boolean suits(int rows) {
    return 10L * tiles(rows).length * ROWS <= 11L * rows;
  }

  /** The tiles of so many rows. */
  public static int[] tiles(int rows) {
    int[] tiles = new int[(rows + ROWS - 1) / ROWS];
    Arrays.fill(tiles, ROWS);
    return tiles;
  }

  /**
   * Where a tap's row of 13 weights and the offset stands, in floats.
   *
   * @param tile the tile
   * @param tiles all of them
   * @param tap the tap
   * @param taps all of a tile
   */
  public static int at(int tile, int tiles, int tap, int taps) {
    int many = taps / STREAMS;
    int dealt = many * STREAMS;
    int row =
        tap < dealt
            ? (tap % STREAMS * tiles + tile) * many + tap / STREAMS
            : dealt * tiles + tile * (taps - dealt) + tap - dealt;
    return row * STEP;
  }

  /**
   * Runs a tile of 13 rows and a vector of pixels: see {@link MicroKernels#run}.
   *
   * @param wAt start of the packed weights of all tiles
   */
  public static void run(
      float[] w, int wAt, int tile, int tiles, int taps, float[] x, int xAt, TileIo io) {
    int many = taps / STREAMS;
    int dealt = many * STREAMS;
    int first = wAt + at(tile, tiles, 0, taps);
    int last = wAt + at(tile, tiles, dealt, taps);
    float[] from = io.from;
    int fromAt = io.fromAt;
    tile13x1(w, first, many, tiles * many * STEP, x, xAt - MicroKernels.ONE, io);
    io.resume(true, io.sums, 0);
    MicroKernels.run(ROWS, 1, w, last, taps - dealt, x, xAt, io);
    io.resume(true, from, fromAt);
  }

  // spotless:off
  // 13 accumulators, a pixel and a broadcast of 16 registers; 8 taps are all that C1 has registers for.
  private static void tile13x1(
      float[] w, int wAt, int many, int apart, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a2 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a9 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a10 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a11 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a12 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    int end = wAt + many * STEP;
    for (int row0 = wAt; row0 < end; row0 += STEP) {
      FloatVector x0 = FloatVector.fromArray(S, x, first + Float.floatToRawIntBits(w[row0 + 13]));
      a0 = FloatVector.broadcast(S, w[row0]).fma(x0, a0);
      a1 = FloatVector.broadcast(S, w[row0 + 1]).fma(x0, a1);
      a2 = FloatVector.broadcast(S, w[row0 + 2]).fma(x0, a2);
      a3 = FloatVector.broadcast(S, w[row0 + 3]).fma(x0, a3);
      a4 = FloatVector.broadcast(S, w[row0 + 4]).fma(x0, a4);
      a5 = FloatVector.broadcast(S, w[row0 + 5]).fma(x0, a5);
      a6 = FloatVector.broadcast(S, w[row0 + 6]).fma(x0, a6);
      a7 = FloatVector.broadcast(S, w[row0 + 7]).fma(x0, a7);
      a8 = FloatVector.broadcast(S, w[row0 + 8]).fma(x0, a8);
      a9 = FloatVector.broadcast(S, w[row0 + 9]).fma(x0, a9);
      a10 = FloatVector.broadcast(S, w[row0 + 10]).fma(x0, a10);
      a11 = FloatVector.broadcast(S, w[row0 + 11]).fma(x0, a11);
      a12 = FloatVector.broadcast(S, w[row0 + 12]).fma(x0, a12);
      int row1 = row0 + apart;
      FloatVector x1 = FloatVector.fromArray(S, x, first + Float.floatToRawIntBits(w[row1 + 13]));
      a0 = FloatVector.broadcast(S, w[row1]).fma(x1, a0);
      a1 = FloatVector.broadcast(S, w[row1 + 1]).fma(x1, a1);
      a2 = FloatVector.broadcast(S, w[row1 + 2]).fma(x1, a2);
      a3 = FloatVector.broadcast(S, w[row1 + 3]).fma(x1, a3);
      a4 = FloatVector.broadcast(S, w[row1 + 4]).fma(x1, a4);
      a5 = FloatVector.broadcast(S, w[row1 + 5]).fma(x1, a5);
      a6 = FloatVector.broadcast(S, w[row1 + 6]).fma(x1, a6);
      a7 = FloatVector.broadcast(S, w[row1 + 7]).fma(x1, a7);
      a8 = FloatVector.broadcast(S, w[row1 + 8]).fma(x1, a8);
      a9 = FloatVector.broadcast(S, w[row1 + 9]).fma(x1, a9);
      a10 = FloatVector.broadcast(S, w[row1 + 10]).fma(x1, a10);
      a11 = FloatVector.broadcast(S, w[row1 + 11]).fma(x1, a11);
      a12 = FloatVector.broadcast(S, w[row1 + 12]).fma(x1, a12);
      int row2 = row0 + 2 * apart;
      FloatVector x2 = FloatVector.fromArray(S, x, first + Float.floatToRawIntBits(w[row2 + 13]));
      a0 = FloatVector.broadcast(S, w[row2]).fma(x2, a0);
      a1 = FloatVector.broadcast(S, w[row2 + 1]).fma(x2, a1);
      a2 = FloatVector.broadcast(S, w[row2 + 2]).fma(x2, a2);
      a3 = FloatVector.broadcast(S, w[row2 + 3]).fma(x2, a3);
      a4 = FloatVector.broadcast(S, w[row2 + 4]).fma(x2, a4);
      a5 = FloatVector.broadcast(S, w[row2 + 5]).fma(x2, a5);
      a6 = FloatVector.broadcast(S, w[row2 + 6]).fma(x2, a6);
      a7 = FloatVector.broadcast(S, w[row2 + 7]).fma(x2, a7);
      a8 = FloatVector.broadcast(S, w[row2 + 8]).fma(x2, a8);
      a9 = FloatVector.broadcast(S, w[row2 + 9]).fma(x2, a9);
      a10 = FloatVector.broadcast(S, w[row2 + 10]).fma(x2, a10);
      a11 = FloatVector.broadcast(S, w[row2 + 11]).fma(x2, a11);
      a12 = FloatVector.broadcast(S, w[row2 + 12]).fma(x2, a12);
      int row3 = row0 + 3 * apart;
      FloatVector x3 = FloatVector.fromArray(S, x, first + Float.floatToRawIntBits(w[row3 + 13]));
      a0 = FloatVector.broadcast(S, w[row3]).fma(x3, a0);
      a1 = FloatVector.broadcast(S, w[row3 + 1]).fma(x3, a1);
      a2 = FloatVector.broadcast(S, w[row3 + 2]).fma(x3, a2);
      a3 = FloatVector.broadcast(S, w[row3 + 3]).fma(x3, a3);
      a4 = FloatVector.broadcast(S, w[row3 + 4]).fma(x3, a4);
      a5 = FloatVector.broadcast(S, w[row3 + 5]).fma(x3, a5);
      a6 = FloatVector.broadcast(S, w[row3 + 6]).fma(x3, a6);
      a7 = FloatVector.broadcast(S, w[row3 + 7]).fma(x3, a7);
      a8 = FloatVector.broadcast(S, w[row3 + 8]).fma(x3, a8);
      a9 = FloatVector.broadcast(S, w[row3 + 9]).fma(x3, a9);
      a10 = FloatVector.broadcast(S, w[row3 + 10]).fma(x3, a10);
      a11 = FloatVector.broadcast(S, w[row3 + 11]).fma(x3, a11);
      a12 = FloatVector.broadcast(S, w[row3 + 12]).fma(x3, a12);
      int row4 = row0 + 4 * apart;
      FloatVector x4 = FloatVector.fromArray(S, x, first + Float.floatToRawIntBits(w[row4 + 13]));
      a0 = FloatVector.broadcast(S, w[row4]).fma(x4, a0);
      a1 = FloatVector.broadcast(S, w[row4 + 1]).fma(x4, a1);
      a2 = FloatVector.broadcast(S, w[row4 + 2]).fma(x4, a2);
      a3 = FloatVector.broadcast(S, w[row4 + 3]).fma(x4, a3);
      a4 = FloatVector.broadcast(S, w[row4 + 4]).fma(x4, a4);
      a5 = FloatVector.broadcast(S, w[row4 + 5]).fma(x4, a5);
      a6 = FloatVector.broadcast(S, w[row4 + 6]).fma(x4, a6);
      a7 = FloatVector.broadcast(S, w[row4 + 7]).fma(x4, a7);
      a8 = FloatVector.broadcast(S, w[row4 + 8]).fma(x4, a8);
      a9 = FloatVector.broadcast(S, w[row4 + 9]).fma(x4, a9);
      a10 = FloatVector.broadcast(S, w[row4 + 10]).fma(x4, a10);
      a11 = FloatVector.broadcast(S, w[row4 + 11]).fma(x4, a11);
      a12 = FloatVector.broadcast(S, w[row4 + 12]).fma(x4, a12);
      int row5 = row0 + 5 * apart;
      FloatVector x5 = FloatVector.fromArray(S, x, first + Float.floatToRawIntBits(w[row5 + 13]));
      a0 = FloatVector.broadcast(S, w[row5]).fma(x5, a0);
      a1 = FloatVector.broadcast(S, w[row5 + 1]).fma(x5, a1);
      a2 = FloatVector.broadcast(S, w[row5 + 2]).fma(x5, a2);
      a3 = FloatVector.broadcast(S, w[row5 + 3]).fma(x5, a3);
      a4 = FloatVector.broadcast(S, w[row5 + 4]).fma(x5, a4);
      a5 = FloatVector.broadcast(S, w[row5 + 5]).fma(x5, a5);
      a6 = FloatVector.broadcast(S, w[row5 + 6]).fma(x5, a6);
      a7 = FloatVector.broadcast(S, w[row5 + 7]).fma(x5, a7);
      a8 = FloatVector.broadcast(S, w[row5 + 8]).fma(x5, a8);
      a9 = FloatVector.broadcast(S, w[row5 + 9]).fma(x5, a9);
      a10 = FloatVector.broadcast(S, w[row5 + 10]).fma(x5, a10);
      a11 = FloatVector.broadcast(S, w[row5 + 11]).fma(x5, a11);
      a12 = FloatVector.broadcast(S, w[row5 + 12]).fma(x5, a12);
      int row6 = row0 + 6 * apart;
      FloatVector x6 = FloatVector.fromArray(S, x, first + Float.floatToRawIntBits(w[row6 + 13]));
      a0 = FloatVector.broadcast(S, w[row6]).fma(x6, a0);
      a1 = FloatVector.broadcast(S, w[row6 + 1]).fma(x6, a1);
      a2 = FloatVector.broadcast(S, w[row6 + 2]).fma(x6, a2);
      a3 = FloatVector.broadcast(S, w[row6 + 3]).fma(x6, a3);
      a4 = FloatVector.broadcast(S, w[row6 + 4]).fma(x6, a4);
      a5 = FloatVector.broadcast(S, w[row6 + 5]).fma(x6, a5);
      a6 = FloatVector.broadcast(S, w[row6 + 6]).fma(x6, a6);
      a7 = FloatVector.broadcast(S, w[row6 + 7]).fma(x6, a7);
      a8 = FloatVector.broadcast(S, w[row6 + 8]).fma(x6, a8);
      a9 = FloatVector.broadcast(S, w[row6 + 9]).fma(x6, a9);
      a10 = FloatVector.broadcast(S, w[row6 + 10]).fma(x6, a10);
      a11 = FloatVector.broadcast(S, w[row6 + 11]).fma(x6, a11);
      a12 = FloatVector.broadcast(S, w[row6 + 12]).fma(x6, a12);
      int row7 = row0 + 7 * apart;
      FloatVector x7 = FloatVector.fromArray(S, x, first + Float.floatToRawIntBits(w[row7 + 13]));
      a0 = FloatVector.broadcast(S, w[row7]).fma(x7, a0);
      a1 = FloatVector.broadcast(S, w[row7 + 1]).fma(x7, a1);
      a2 = FloatVector.broadcast(S, w[row7 + 2]).fma(x7, a2);
      a3 = FloatVector.broadcast(S, w[row7 + 3]).fma(x7, a3);
      a4 = FloatVector.broadcast(S, w[row7 + 4]).fma(x7, a4);
      a5 = FloatVector.broadcast(S, w[row7 + 5]).fma(x7, a5);
      a6 = FloatVector.broadcast(S, w[row7 + 6]).fma(x7, a6);
      a7 = FloatVector.broadcast(S, w[row7 + 7]).fma(x7, a7);
      a8 = FloatVector.broadcast(S, w[row7 + 8]).fma(x7, a8);
      a9 = FloatVector.broadcast(S, w[row7 + 9]).fma(x7, a9);
      a10 = FloatVector.broadcast(S, w[row7 + 10]).fma(x7, a10);
      a11 = FloatVector.broadcast(S, w[row7 + 11]).fma(x7, a11);
      a12 = FloatVector.broadcast(S, w[row7 + 12]).fma(x7, a12);
    }
    float[] sums = io.sums;
    a0.intoArray(sums, 0);
    a1.intoArray(sums, L);
    a2.intoArray(sums, 2 * L);
    a3.intoArray(sums, 3 * L);
    a4.intoArray(sums, 4 * L);
    a5.intoArray(sums, 5 * L);
    a6.intoArray(sums, 6 * L);
    a7.intoArray(sums, 7 * L);
    a8.intoArray(sums, 8 * L);
    a9.intoArray(sums, 9 * L);
    a10.intoArray(sums, 10 * L);
    a11.intoArray(sums, 11 * L);
    a12.intoArray(sums, 12 * L);
  }
  // spotless:on
}
