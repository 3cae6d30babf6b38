package org.simdconv.internal.plan;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.Interleave;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.StreamedKernels;
import org.simdconv.internal.simd.TileTable;

/**
 * All decisions of a convolution of stride 1 with r x r taps by Winograd's F(m x m, r x r): tiles
 * of m x m outputs from n x n inputs, n = m + r - 1, by n^2 multiplications instead of r^2 m^2.
 * There are F(2, 3), F(4, 3), F(2, 2) and F(3, 2). Immutable; the arrays are not to be written.
 *
 * <p>A transposed convolution whose phases all have r x r taps, as those of k4 s2 have 2 x 2, is
 * such a convolution a phase. Each phase transforms the input anew, from where its own taps begin:
 * 4 times 6% of the products for k4 s2 of 128 output channels. F(5, 2) has been tried: nowhere
 * faster than F(3, 2), as 9 times the weights pass through.
 *
 * <p>There is no padded window: Bt runs down the columns of the image itself, a whole row of tiles
 * at a time, and B along the rows that it leaves, cut into columns of tiles, one tile a lane. A
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

  // Blocks of a thread from which on a smaller one does not leave the threads unequal.
  private static final int MANY_BLOCKS = 4;

  // A range's share of L2 for M.
  private static final int PARTS_OF_L2 = 8;

  // V of the blocks that are taken together: 8 MiB.
  private static final long MOST_INPUTS = 1L << 21;

  /** The sizes of the convolution. */
  public final ConvGeometry geometry;

  /** Rows of tiles. */
  public final int tilesDown;

  /** Tiles in a row. */
  public final int tilesAcross;

  /** Taps of a phase along each axis: 2 or 3. */
  public final int r;

  /** Outputs of a tile of a phase along each axis. */
  public final int m;

  /** Inputs of a tile along each axis. */
  public final int points;

  /** Vectors of tiles in a task. */
  public final int nv;

  /** Tiles of all images: those of a block may be of several. */
  public final int allTiles;

  /** Tiles of a block, NR. */
  public final int nr;

  /** Rows of each register tile of a group's output channels. */
  public final int[] tileRows;

  /**
   * Whether the weights are packed as {@link StreamedKernels} reads them. Not doing so where they
   * might stay in L3 has been tried: 256-256@14, 10 MB, took 10 to 20% less alone, and as much or
   * up to 20% more with another plan or other reads in between (JDK 25, Zen 5).
   */
  public final boolean streamed;

  /** First padded row of each register tile, and the end. */
  public final int[] tileStart;

  /** First register tile of each channel range, and the end. */
  public final int[] channelRanges;

  /** Blocks of tiles. */
  public final int blocks;

  /**
   * Blocks that a task takes together, point by point, where the weights come from memory or V of
   * one block is more than L2 holds: weights pass less often, but V and M come from L3 (3x3
   * 512-512@28 with 2 MiB of L2: 14.3 to 12.5 ms in turns with other engines, 20% slower alone,
   * when its 38 MB of weights stay in L3; 256-256@14 in a batch of 8 with 1 MiB: 7.4 to 6.1 ms; JDK
   * 25). Also where weights are more than four times L2 and V of the blocks stays there: k4 s2
   * 256-128@16, with 5 MB, is as fast alone, and 1.13 times with other reads in between.
   */
  public final int together;

  /** How often the weights pass. */
  public final int passes;

  /** Floats of a transformed row. */
  public final int pitch;

  /** Floats from the first of Bt's results for some rows of tiles to the second. */
  public final int apart;

  /** Vertical phases. */
  public final int rowPhases;

  /** Horizontal phases. */
  public final int columnPhases;

  /** Input row of the first tap of output 0 of each vertical phase. */
  public final int[] firstRow;

  /** Input column of the first tap of output 0 of each horizontal phase. */
  public final int[] firstColumn;

  /** Floats of U of one point of a group of a phase. */
  public final int pointWeights;

  /** Floats of V of one point and block. */
  public final int blockInputs;

  /** Floats of M of one point and block. */
  public final int blockOutputs;

  /** Floats of V of one point. */
  public final int pointInputs;

  /** Floats of M of one point; a column phase has its points behind those of the one before. */
  public final int pointOutputs;

  /**
   * Whether the last block is a vector of tiles and a single one more, which goes through the
   * products with channels in lanes: 49 tiles of 28x28 pixels took as long as 64 without (128-128
   * 1.1 times as long; JDK 25, Zen 5). Not where two threads have a block each: the one with less
   * to do then transforms the other's inputs once more to help (1.05 times as long).
   */
  public final boolean endsInSingle;

  /** Tasks of a run. */
  public final int tasks;

  /**
   * Start of the rows of the image that cannot be read in place, in a task's scratch: behind the
   * rows that Bt leaves.
   */
  public final int imageAt;

  /** Start of the columns of a channel's tiles. */
  public final int cutAt;

  /** Floats from a column of these to the next one. */
  public final int cutStep;

  /** Start of V. */
  public final int vAt;

  /** Start of M. */
  public final int mAt;

  /** Start of the half-transformed tiles. */
  public final int halfAt;

  /** Start of the transformed row: the m results of each column phase. */
  public final int resultAt;

  /** Start of the interleaved row. */
  public final int rowAt;

  /** Start of what is half interleaved. */
  public final int partAt;

  /** Start of the part in which segments are staged. */
  public final int stageAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  /**
   * Taps along each axis, 2 or 3, of each phase of a shape that Winograd's algorithm suits; 0 if it
   * does not: stride 1 or transposed, no dilation, as many taps for each phase and axis.
   */
  public static int taps(ConvGeometry g) {
    int taps = taps(g.rows());
    return taps == taps(g.columns()) && g.groupIn() > 1 ? taps : 0;
  }

  /** Outputs of the tiles that there are for a shape. */
  public static int[] outputs(ConvGeometry g) {
    return switch (taps(g)) {
      case 2 -> new int[] {2, 3};
      case 3 -> new int[] {2, 4};
      default -> new int[0];
    };
  }

  private static int taps(Axis axis) {
    int taps = axis.taps / axis.outStep;
    if (axis.step != 1 || axis.taps != taps * axis.outStep || taps < 2 || taps > 3) {
      return 0;
    }
    for (int a = 0; a < axis.outStep; a++) {
      int[] starts = startsOf(axis, a);
      if (starts.length != taps || starts[taps - 1] != starts[0] + taps - 1) {
        return 0;
      }
    }
    return taps;
  }

  /** Where the taps of a phase start, ascending; distinct, since taps of one phase are. */
  private static int[] startsOf(Axis axis, int phase) {
    return IntStream.range(0, axis.taps)
        .filter(t -> axis.phase[t] == phase)
        .map(t -> axis.start[t])
        .sorted()
        .toArray();
  }

  /** The first of them, for each phase. */
  private static int[] firstOf(Axis axis) {
    return IntStream.range(0, axis.outStep).map(a -> startsOf(axis, a)[0]).toArray();
  }

  /**
   * Decides.
   *
   * @param g the sizes
   * @param m outputs of a tile along each axis: one of {@link #outputs}
   * @param threads how many threads the tasks should suit
   * @throws IllegalArgumentException if the weights or the scratch need 2^31 floats or more
   */
  public WinogradPlan(ConvGeometry g, int m, int threads) {
    geometry = g;
    this.m = m;
    r = taps(g);
    points = m + r - 1;
    rowPhases = g.rows().outStep;
    columnPhases = g.columns().outStep;
    firstRow = firstOf(g.rows());
    firstColumn = firstOf(g.columns());
    tilesDown = (g.rows().grid + m - 1) / m;
    tilesAcross = (g.columns().grid + m - 1) / m;
    allTiles = fits((long) tilesDown * tilesAcross * g.batch());
    nv = Species.MANY_REGISTERS && allTiles > Species.LANES ? 2 : 1;
    nr = nv * Species.LANES;
    streamed = allTiles <= Species.LANES && StreamedKernels.suits(g.groupOut());
    tileRows =
        streamed ? StreamedKernels.tiles(g.groupOut()) : TileTable.partition(g.groupOut(), nv);
    tileStart = TileTable.starts(tileRows);
    int rows = tileStart[tileRows.length];
    blocks = (allTiles - 1) / nr + 1;
    endsInSingle =
        (threads == 1 || blocks >= (long) MANY_BLOCKS * threads)
            && nv == 2
            && allTiles % nr == Species.LANES + 1
            && Arrays.stream(tileRows).allMatch(MicroKernels::hasSingle);
    int area = points * points;
    long weights = (long) g.groupIn() * (rows + tileRows.length);
    long packed = weights * area * g.groups() * rowPhases * columnPhases;
    fits(packed);
    long inputs = aligned((long) g.groupIn() * nr);
    boolean far = Caches.areFar(packed);
    boolean large = inputs * area * Float.BYTES > Caches.L2;
    // Each thread has blocks of its own if that is all there is to gain.
    int own = (blocks + threads - 1) / threads;
    long inL2 = Caches.L2 / Float.BYTES * 5L / 8 / (inputs * area);
    boolean fromL3 = packed * Float.BYTES > 4L * Caches.L2;
    long share = far ? blocks : large ? own : fromL3 ? Math.min(inL2, own) : 1;
    long most = Math.clamp(MOST_INPUTS / (inputs * area), 1, Math.max(1, share));
    passes = (int) ((blocks + most - 1) / most);
    together = (blocks + passes - 1) / passes;
    long units = (long) passes * g.groups();
    // Phases take turns with V, so that each range transforms all inputs itself.
    int each = rowPhases * columnPhases > 1 ? 1 : TASKS_PER_THREAD;
    long ranges = threads > 1 ? Math.max(1, ((long) threads * each + units - 1) / units) : 1;
    // A range does the input transform again unless the thread has just done it.
    ranges = Math.min(ranges, Math.max(1, rows / 32));
    // M of a range is written and read again point by point, 36 of them far apart: in a part of L2.
    // 512-512@28 took 1.3 times as long with all of M, 8 of 256-256@14 1.1 times (JDK 25, Zen 5).
    // Of several phases each would be transformed for each range.
    long sums = (long) together * rows * nr * area * Float.BYTES;
    if (rowPhases * columnPhases == 1 && sums > Caches.L2) {
      long parts = (sums - 1) / (Caches.L2 / PARTS_OF_L2) + 1;
      ranges = Math.min(tileRows.length, Math.max(ranges, parts));
    }
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
    long rowFloats = (long) tilesAcross * m + r - 1;
    pitch = fits(rowFloats);
    apart = fits(blockRows * rowFloats);
    long imageFrom = (long) points * apart;
    imageAt = fits(imageFrom);
    // Whole vectors are read: behind the last row as well.
    long cutFrom = aligned(imageFrom + (long) points * g.columns().in + lanes);
    // A vector is written at any tile.
    cutStep = nr + lanes;
    cutAt = fits(cutFrom);
    long v = aligned(cutFrom + (long) area * cutStep);
    pointWeights = fits(weights);
    blockInputs = fits(inputs);
    pointInputs = fits(spread(together * inputs));
    blockOutputs = fits(aligned((long) rangeRows * nr));
    pointOutputs = fits(spread((long) together * blockOutputs));
    long mFrom = v + (long) area * pointInputs;
    long halfFrom = mFrom + (long) columnPhases * area * pointOutputs;
    long result = halfFrom + (long) columnPhases * area * lanes;
    long row = result + (long) columnPhases * m * lanes;
    // Interleaving reads and writes whole vectors.
    long part = row + (columnPhases * (long) m + 2) * lanes;
    long stage = part + Interleave.scratchFloats(columnPhases * m, lanes);
    vAt = fits(v);
    mAt = fits(mFrom);
    halfAt = fits(halfFrom);
    resultAt = fits(result);
    rowAt = fits(row);
    partAt = fits(part);
    stageAt = fits(stage);
    scratchFloats = fits(stage + (long) columnPhases * m * lanes);
  }

  /** Floats of U of all points, groups and phases. */
  public int packedFloats() {
    return pointWeights * points * points * geometry.groups() * rowPhases * columnPhases;
  }

  /** Multiply-adds that a run's matrix products execute. */
  public long executedMultiplyAdds() {
    long taps = (long) points * points * geometry.groupIn();
    long tiles = (long) blocks * nr - (endsInSingle ? Species.LANES - 1 : 0);
    long products = tiles * taps * tileStart[tileRows.length] * geometry.groups();
    return products * rowPhases * columnPhases;
  }

  /**
   * What a run takes on one thread, in cycles: the products as for dense tiles, weights that do not
   * stay in L2, and the transforms of a vector of tiles.
   */
  public double cycles() {
    double tileVectors = (double) blocks * nv * geometry.groups() * rowPhases * columnPhases;
    double products = executedMultiplyAdds() / (2.0 * Species.LANES * (nv == 1 ? 0.7 : 0.88));
    products += 60.0 * tileVectors / nv * points * points * tileRows.length;
    products = Caches.cycles(products, packedFloats(), passes, streamed, packedFloats());
    double input = points == 3 ? 150 : points == 4 ? 250 : 520;
    double output = points == 3 ? 120 : points == 4 ? 160 : 400;
    return products + tileVectors * (input * geometry.groupIn() + output * geometry.groupOut());
  }

  // Vectors of V and M begin on cache lines, as far as the scratch does.
  private static long aligned(long floats) {
    return (floats + 15) / 16 * 16;
  }

  /**
   * The next odd number of cache lines, so that all points of a tile lie in different sets of L1:
   * 36 of 8 KiB each were in one of 64, and the transforms took 7% of 64-64@56 more (JDK 25, Zen
   * 5).
   */
  private static long spread(long floats) {
    return (floats + 15) / 16 / 2 * 32 + 16;
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
