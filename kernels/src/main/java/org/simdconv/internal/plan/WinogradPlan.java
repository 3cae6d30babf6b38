package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.WindowLayout;
import org.simdconv.internal.pack.InputWindow;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.TileTable;

/**
 * All decisions of a 3x3 convolution of stride 1 by Winograd's F(m x m, 3 x 3): tiles of m x m
 * outputs from (m + 2) x (m + 2) inputs, (m + 2)^2 multiplications instead of 9 m^2. Immutable; the
 * arrays are not to be written.
 *
 * <p>The window is that of a convolution of stride m with an (m + 2) x (m + 2) kernel: split by
 * phase, so that the same element of neighbouring tiles lies side by side. A task owns NR tiles of
 * one image and group, and a range of its output channels.
 *
 * <pre>
 * V[point][channel][tile]     = Bt x B of the tiles
 * M[point][channel][tile]     = sum over c of U[point][channel][c] V[point][c][tile]     (the micro-kernels)
 * outputs                     = At M A
 * </pre>
 */
public final class WinogradPlan {
  // As for dense tiles.
  private static final int WINDOW_FLOATS = 96 * 1024;
  private static final int TASKS_PER_THREAD = 8;

  // Bytes a cycle from L3.
  private static final double STREAM_BYTES = 8;

  /** The sizes of the convolution. */
  public final ConvGeometry geometry;

  /** The tiles as the outputs of a convolution of stride m. */
  public final ConvGeometry tiles;

  /** Outputs of a tile along each axis: 2 or 4. */
  public final int m;

  /** Inputs of a tile along each axis. */
  public final int points;

  /** Vectors of tiles in a task. */
  public final int nv;

  /** Tiles in a task. */
  public final int nr;

  /** Rows of each register tile of a group's output channels. */
  public final int[] tileRows;

  /** First padded row of each register tile, and the end. */
  public final int[] tileStart;

  /** First register tile of each channel range, and the end. */
  public final int[] channelRanges;

  /** Blocks of NR tiles of an image. */
  public final int blocks;

  /** Tile rows of a window. */
  public final int bandRows;

  /** Layout of the window. */
  public final WindowLayout window;

  /** Offset in the window of each element of a tile, columns outermost: [column][row]. */
  public final int[] offset;

  /** Offset in {@code V} of each element of a row of half-transformed tiles: [row][column]. */
  public final int[] half;

  /** Floats of U of one point of a group. */
  public final int pointWeights;

  /** Floats of V of one point. */
  public final int pointInputs;

  /** Floats of M of one point. */
  public final int pointOutputs;

  /** Tasks of a run. */
  public final int tasks;

  /** Start of V in a task's scratch. */
  public final int vAt;

  /** Start of M. */
  public final int mAt;

  /** Start of the half-transformed tiles. */
  public final int halfAt;

  /** Start of the interleaved row. */
  public final int rowAt;

  /** Start of the part in which segments are staged. */
  public final int stageAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  /** Whether the definition allows it: 3x3, stride 1, no dilation, not transposed. */
  public static boolean allows(ConvGeometry g) {
    return !g.transposed() && isPlain(g.rows()) && isPlain(g.columns()) && g.groupIn() > 1;
  }

  private static boolean isPlain(Axis axis) {
    return axis.taps == 3 && axis.step == 1 && axis.start[1] == axis.start[0] + 1;
  }

  /**
   * Decides.
   *
   * @param g the sizes
   * @param m 2 or 4
   * @param threads how many threads the tasks should suit
   * @throws IllegalArgumentException if the weights or the scratch need 2^31 floats or more
   */
  public WinogradPlan(ConvGeometry g, int m, int threads) {
    geometry = g;
    this.m = m;
    points = m + 2;
    tiles =
        new ConvGeometry(
            g.batch(),
            g.inChannels(),
            g.outChannels(),
            g.groups(),
            tiles(g.rows(), m),
            tiles(g.columns(), m),
            false);
    long all = (long) tiles.rows().out * tiles.columns().out;
    nv = Species.MANY_REGISTERS && all > Species.LANES ? 2 : 1;
    nr = nv * Species.LANES;
    tileRows = TileTable.partition(g.groupOut(), nv);
    tileStart = new int[tileRows.length + 1];
    for (int i = 0; i < tileRows.length; i++) {
      tileStart[i + 1] = tileStart[i] + tileRows[i];
    }
    int rows = tileStart[tileRows.length];
    blocks = Math.toIntExact((all + nr - 1) / nr);
    long units = (long) blocks * g.batch() * g.groups();
    long ranges =
        threads > 1 ? Math.max(1, ((long) threads * TASKS_PER_THREAD + units - 1) / units) : 1;
    // A range does the input transform again unless the thread has just done it.
    ranges = Math.min(ranges, Math.max(1, rows / 32));
    channelRanges = new int[(int) ranges + 1];
    for (int i = 0; i <= ranges; i++) {
      channelRanges[i] = (int) (tileRows.length * (long) i / ranges);
    }
    tasks = Math.toIntExact(units * ranges);
    int rangeRows = 0;
    for (int i = 0; i < ranges; i++) {
      rangeRows =
          Math.max(rangeRows, tileStart[channelRanges[i + 1]] - tileStart[channelRanges[i]]);
    }

    int blockRows = (int) Math.min(tiles.rows().out, (nr - 2L) / tiles.columns().out + 2);
    int band = tiles.rows().out;
    while (band > blockRows && layout(band).floats > WINDOW_FLOATS) {
      band = Math.max(blockRows, (band + 1) / 2);
    }
    bandRows = band;
    window = layout(band);
    offset = new int[points * points];
    half = new int[points * points];
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        offset[j * points + i] = window.tapOffset(i, j);
        half[i * points + j] = (j * points + i) * Species.LANES;
      }
    }
    int area = points * points;
    long weights = (long) g.groupIn() * (rows + tileRows.length);
    fits(weights * area * g.groups());
    pointWeights = fits(weights);
    // Whole vectors are stored: the last ones reach past the end of their row, and of V.
    pointInputs = fits(aligned((long) g.groupIn() * nr + Species.LANES));
    pointOutputs = fits(aligned((long) rangeRows * nr));
    long v = aligned(window.floats + nr + Species.LANES);
    long mFrom = v + (long) area * pointInputs;
    long halfFrom = mFrom + (long) area * pointOutputs;
    long row = halfFrom + (long) area * Species.LANES;
    long stage = row + (long) m * Species.LANES;
    vAt = fits(v);
    mAt = fits(mFrom);
    halfAt = fits(halfFrom);
    rowAt = fits(row);
    stageAt = fits(stage);
    long staged = Math.max(g.columns().in, (long) m * Species.LANES);
    scratchFloats = fits(stage + Math.max(InputWindow.STAGE_FLOATS, staged));
  }

  private static Axis tiles(Axis axis, int m) {
    return Axis.convolution(axis.in, (axis.out + m - 1) / m, m + 2, m, 1, -axis.start[0]);
  }

  private WindowLayout layout(int tileRowsOfBand) {
    return new WindowLayout(tiles.rows(), tiles.columns(), tileRowsOfBand, geometry.groupIn());
  }

  /** Floats of U of all points and groups. */
  public int packedFloats() {
    return pointWeights * points * points * geometry.groups();
  }

  /** Multiply-adds that a run's matrix products execute. */
  public long executedMultiplyAdds() {
    return (long) blocks
        * nr
        * geometry.batch()
        * points
        * points
        * geometry.groupIn()
        * tileStart[tileRows.length]
        * geometry.groups();
  }

  /**
   * What a run takes on one thread, in cycles: the products as for dense tiles, and at least as
   * long as it takes to stream weights that do not fit into L2; the transforms of a vector of
   * tiles.
   */
  public double cycles() {
    double tileVectors = (double) blocks * nv * geometry.batch() * geometry.groups();
    double products = executedMultiplyAdds() / (2.0 * Species.LANES * (nv == 1 ? 0.7 : 0.88));
    products += 60.0 * tileVectors / nv * points * points * tileRows.length;
    if (packedFloats() > 384 * 1024) {
      double passes = (double) blocks * geometry.batch();
      products = Math.max(products, passes * packedFloats() * 4.0 / STREAM_BYTES);
    }
    double input = m == 2 ? 90 : 400;
    double output = m == 2 ? 90 : 260;
    return products + tileVectors * (input * geometry.groupIn() + output * geometry.groupOut());
  }

  // Vectors of V and M begin on cache lines, as far as the scratch does.
  private static long aligned(long floats) {
    return (floats + 15) / 16 * 16;
  }

  private static int fits(long floats) {
    if (floats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "transformed weights or scratch would need "
              + floats
              + " floats; must be below 2^31 - 8, the limit of a Java array");
    }
    return (int) floats;
  }
}
