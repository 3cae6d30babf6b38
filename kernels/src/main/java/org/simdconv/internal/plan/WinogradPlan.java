package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.TileTable;

/**
 * All decisions of a 3x3 convolution of stride 1 by Winograd's F(m x m, 3 x 3): tiles of m x m
 * outputs from (m + 2) x (m + 2) inputs, (m + 2)^2 multiplications instead of 9 m^2. Immutable; the
 * arrays are not to be written.
 *
 * <p>There is no padded window: Bt runs down the columns of the image itself, a whole row of tiles
 * at a time, and B along the rows that it leaves, on vectors gathered from them, one tile a lane. A
 * task owns a block of tiles of one group, perhaps of several images, and a range of its output
 * channels.
 *
 * <pre>
 * V[point][channel][tile]     = Bt x B of the tiles
 * M[point][channel][tile]     = sum over c of U[point][channel][c] V[point][c][tile]     (the micro-kernels)
 * outputs                     = At M A
 * </pre>
 */
public final class WinogradPlan {
  private static final int TASKS_PER_THREAD = 8;

  // Bytes a cycle from L3.
  private static final double STREAM_BYTES = 8;

  /** The sizes of the convolution. */
  public final ConvGeometry geometry;

  /** Rows of tiles. */
  public final int tilesDown;

  /** Tiles in a row. */
  public final int tilesAcross;

  /** Outputs of a tile along each axis: 2 or 4. */
  public final int m;

  /** Inputs of a tile along each axis. */
  public final int points;

  /** Vectors of tiles in a task. */
  public final int nv;

  /** Tiles of all images: those of a block may be of several. */
  public final int allTiles;

  /**
   * Tiles of a block, NR. Twice as many pass over the weights half as often, but V and M then come
   * from L3: 3x3 512-512@28 was 20% slower (JDK 25).
   */
  public final int nr;

  /** Rows of each register tile of a group's output channels. */
  public final int[] tileRows;

  /** First padded row of each register tile, and the end. */
  public final int[] tileStart;

  /** First register tile of each channel range, and the end. */
  public final int[] channelRanges;

  /** Blocks of tiles. */
  public final int blocks;

  /** Floats of a transformed row. */
  public final int pitch;

  /** Floats from the first of Bt's results for some rows of tiles to the second. */
  public final int apart;

  /** Floats of U of one point of a group. */
  public final int pointWeights;

  /** Floats of V of one point. */
  public final int pointInputs;

  /** Floats of M of one point. */
  public final int pointOutputs;

  /** Tasks of a run. */
  public final int tasks;

  /**
   * Start of the rows of the image that cannot be read in place, in a task's scratch: behind the
   * rows that Bt leaves.
   */
  public final int imageAt;

  /** Start of V. */
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
    tilesDown = (g.rows().out + m - 1) / m;
    tilesAcross = (g.columns().out + m - 1) / m;
    allTiles = fits((long) tilesDown * tilesAcross * g.batch());
    nv = Species.MANY_REGISTERS && allTiles > Species.LANES ? 2 : 1;
    nr = nv * Species.LANES;
    tileRows = TileTable.partition(g.groupOut(), nv);
    tileStart = new int[tileRows.length + 1];
    for (int i = 0; i < tileRows.length; i++) {
      tileStart[i + 1] = tileStart[i] + tileRows[i];
    }
    int rows = tileStart[tileRows.length];
    blocks = (allTiles - 1) / nr + 1;
    long units = (long) blocks * g.groups();
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

    int lanes = Species.LANES;
    long blockRows = Math.min((long) tilesDown * g.batch(), (nr - 2L) / tilesAcross + 2);
    long rowFloats = (long) tilesAcross * m + 2;
    pitch = fits(rowFloats);
    apart = fits(blockRows * rowFloats);
    long imageFrom = (long) points * apart;
    imageAt = fits(imageFrom);
    // Whole vectors are read: behind the last row as well.
    long v = aligned(imageFrom + (long) points * g.columns().in + lanes);
    int area = points * points;
    long weights = (long) g.groupIn() * (rows + tileRows.length);
    fits(weights * area * g.groups());
    pointWeights = fits(weights);
    pointInputs = fits(aligned((long) g.groupIn() * nr));
    pointOutputs = fits(aligned((long) rangeRows * nr));
    long mFrom = v + (long) area * pointInputs;
    long halfFrom = mFrom + (long) area * pointOutputs;
    long row = halfFrom + (long) area * lanes;
    long stage = row + (long) m * lanes;
    vAt = fits(v);
    mAt = fits(mFrom);
    halfAt = fits(halfFrom);
    rowAt = fits(row);
    stageAt = fits(stage);
    scratchFloats = fits(stage + (long) m * lanes);
  }

  /** Floats of U of all points and groups. */
  public int packedFloats() {
    return pointWeights * points * points * geometry.groups();
  }

  /** Multiply-adds that a run's matrix products execute. */
  public long executedMultiplyAdds() {
    long taps = (long) points * points * geometry.groupIn();
    return (long) blocks * nr * taps * tileStart[tileRows.length] * geometry.groups();
  }

  /**
   * What a run takes on one thread, in cycles: the products as for dense tiles, and at least as
   * long as it takes to stream weights that do not fit into L2; the transforms of a vector of
   * tiles.
   */
  public double cycles() {
    double tileVectors = (double) blocks * nv * geometry.groups();
    double products = executedMultiplyAdds() / (2.0 * Species.LANES * (nv == 1 ? 0.7 : 0.88));
    products += 60.0 * tileVectors / nv * points * points * tileRows.length;
    if (packedFloats() > 384 * 1024) {
      products = Math.max(products, blocks * (packedFloats() * 4.0) / STREAM_BYTES);
    }
    double input = m == 2 ? 250 : 520;
    double output = m == 2 ? 160 : 400;
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
