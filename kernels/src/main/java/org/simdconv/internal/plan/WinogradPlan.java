package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.Interleave;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.StreamedKernels;
import org.simdconv.internal.simd.TileTable;

/**
 * All decisions of Winograd's algorithm with tiles in the lanes, {@link WinogradTiles}, and the
 * micro-kernels of other convolutions: for vectors of fewer than 16 lanes, and for few output
 * channels; otherwise {@link WinogradLanesPlan}. A task owns a block of tiles of one group, perhaps
 * of several images, and a range of its output channels. Immutable; the arrays are not to be
 * written.
 *
 * <pre>
 * V[point][channel][tile]     = Bt x B of the tiles
 * M[point][channel][tile]     = sum over c of U[point][channel][c] V[point][c][tile]     (the micro-kernels)
 * outputs                     = At M A
 * </pre>
 */
public final class WinogradPlan {
  private static final int TASKS_PER_THREAD = 8;

  // A range's share of L2 for M.
  private static final int PARTS_OF_L2 = 8;

  /** The tiles. */
  public final WinogradTiles tiles;

  /** Vectors of tiles in a task. */
  public final int nv;

  /** Rows of each register tile of a group's output channels. */
  public final int[] tileRows;

  /** Whether the weights are packed as {@link StreamedKernels} reads them. */
  public final boolean streamed;

  /** First padded row of each register tile, and the end. */
  public final int[] tileStart;

  /** First register tile of each channel range, and the end. */
  public final int[] channelRanges;

  /**
   * Blocks that a task takes together, point by point, where the weights come from memory or V of
   * one block is more than L2 holds: weights pass less often, but V and M come from L3. Also where
   * weights are more than four times L2 and V of the blocks stays there.
   */
  public final int together;

  /** How often the weights pass. */
  public final int passes;

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

  /** Tasks of a run. */
  public final int tasks;

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
   * Decides.
   *
   * @param g the sizes
   * @param m outputs of a tile along each axis: one of {@link WinogradTiles#outputs}
   * @param threads how many threads the tasks should suit
   * @throws IllegalArgumentException if the weights or the scratch need 2^31 floats or more
   */
  public WinogradPlan(ConvGeometry g, int m, int threads) {
    int all = WinogradTiles.count(g, m);
    nv = Species.MANY_REGISTERS && all > Species.LANES ? 2 : 1;
    tiles = new WinogradTiles(g, m, nv * Species.LANES, false);
    int nr = tiles.nr;
    int blocks = tiles.blocks;
    int phases = tiles.rowPhases * tiles.columnPhases;
    streamed = all <= Species.LANES && StreamedKernels.suits(g.groupOut());
    tileRows =
        streamed ? StreamedKernels.tiles(g.groupOut()) : TileTable.partition(g.groupOut(), nv);
    tileStart = TileTable.starts(tileRows);
    int rows = tileStart[tileRows.length];
    int area = tiles.points * tiles.points;
    long weights = (long) g.groupIn() * (rows + tileRows.length);
    long packed = weights * area * g.groups() * phases;
    WinogradTiles.fits(packed);
    long inputs = WinogradTiles.aligned((long) g.groupIn() * nr);
    boolean far = Caches.areFar(packed);
    boolean large = inputs * area * Float.BYTES > Caches.L2;
    // Each thread has blocks of its own if that is all there is to gain.
    int own = (blocks + threads - 1) / threads;
    long inL2 = Caches.L2 / Float.BYTES * 5L / 8 / (inputs * area);
    boolean fromL3 = packed * Float.BYTES > 4L * Caches.L2;
    long share = far ? blocks : large ? own : fromL3 ? Math.min(inL2, own) : 1;
    long most = Math.clamp(WinogradTiles.MOST_INPUTS / (inputs * area), 1, Math.max(1, share));
    passes = (int) ((blocks + most - 1) / most);
    together = (blocks + passes - 1) / passes;
    long units = (long) passes * g.groups();
    // Phases take turns with V, so that each range transforms all inputs itself.
    int each = phases > 1 ? 1 : TASKS_PER_THREAD;
    long ranges = threads > 1 ? Math.max(1, ((long) threads * each + units - 1) / units) : 1;
    // A range does the input transform again unless the thread has just done it.
    ranges = Math.min(ranges, Math.max(1, rows / 32));
    // M of a range is written and read again point by point, 36 of them far apart: in a part of L2.
    // 512-512@28 took 1.3 times as long with all of M, 8 of 256-256@14 1.1 times (JDK 25, Zen 5,
    // 512 bits). Of several phases each would be transformed for each range.
    long sums = (long) together * rows * nr * area * Float.BYTES;
    if (phases == 1 && sums > Caches.L2) {
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
    long v = tiles.floats;
    pointWeights = WinogradTiles.fits(weights);
    blockInputs = WinogradTiles.fits(inputs);
    pointInputs = WinogradTiles.fits(WinogradTiles.spread(together * inputs));
    blockOutputs = WinogradTiles.fits(WinogradTiles.aligned((long) rangeRows * nr));
    pointOutputs = WinogradTiles.fits(WinogradTiles.spread((long) together * blockOutputs));
    long mFrom = v + (long) area * pointInputs;
    long halfFrom = mFrom + (long) tiles.columnPhases * area * pointOutputs;
    long result = halfFrom + (long) tiles.columnPhases * area * lanes;
    long row = result + (long) tiles.columnPhases * tiles.m * lanes;
    // Interleaving reads and writes whole vectors.
    long part = row + (tiles.columnPhases * (long) m + 2) * lanes;
    long stage = part + Interleave.scratchFloats(tiles.columnPhases * tiles.m, lanes);
    vAt = WinogradTiles.fits(v);
    mAt = WinogradTiles.fits(mFrom);
    halfAt = WinogradTiles.fits(halfFrom);
    resultAt = WinogradTiles.fits(result);
    rowAt = WinogradTiles.fits(row);
    partAt = WinogradTiles.fits(part);
    stageAt = WinogradTiles.fits(stage);
    scratchFloats = WinogradTiles.fits(stage + (long) tiles.columnPhases * tiles.m * lanes);
  }

  /** Floats of U of all points, groups and phases. */
  public int packedFloats() {
    return pointWeights * tiles.points * tiles.points * tiles.groups();
  }

  /** Multiply-adds that a run's matrix products execute. */
  public long executedMultiplyAdds() {
    long taps = (long) tiles.points * tiles.points * tiles.geometry.groupIn();
    return (long) tiles.blocks * tiles.nr * taps * tileStart[tileRows.length] * tiles.groups();
  }

  /**
   * What a run takes on one thread, in cycles: the products as for dense tiles, weights that do not
   * stay in L2, and the transforms.
   */
  public double cycles() {
    double products = executedMultiplyAdds() / (2.0 * Species.LANES * (nv == 1 ? 0.7 : 0.88));
    double panels = (double) tiles.blocks * tiles.groups() * tiles.points * tiles.points;
    products += 60 * panels * tileRows.length;
    products = Caches.cycles(products, packedFloats(), passes, streamed, packedFloats());
    return products + tiles.transformCycles();
  }
}
