package org.simdconv.internal.plan;

import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.WinogradKernels;
import org.simdconv.internal.simd.WinogradTapKernels;

/**
 * All decisions of Winograd's algorithm with output channels in the lanes, {@link WinogradKernels},
 * and weights that are kept as taps and transformed for each block of tiles anew. Immutable.
 *
 * <pre>
 * for each block of tiles of a group and vertical phase: V of all horizontal phases
 *   for each register tile of 32 output channels, for each horizontal phase
 *     for each block of input channels: U from the taps; M += U V for each point and 8 tiles
 *       (or both at once, where there are few tiles)
 *     At M A, one tile at a time, output channels in the lanes
 *   transpose: pixels of all horizontal phases in order; epilogue, store
 * </pre>
 *
 * <p>A block of tiles is large, so that U is worth its transform: in blocks of 32 tiles 128-128@28
 * takes 1.15 times as long as in one of 49, 64-64@56 1.2 times as in one of 196. That V, and M of
 * all points, then come from L3 does not matter, as both are read in order.
 *
 * <p>Against tiles in the lanes, and U packed, in turns (JDK 25, Zen 5, one thread): 64-64@56 590
 * to 490 us, @224 10.1 to 9.4 ms, 128-128@28 as long to 0.9 times; 256-256@14 590 to 540 us, and
 * with other reads in between, since 10 MB of U did not stay in L3, 820 to 650; 512-512@14 3.2 to
 * 2.6 ms, 512-512@28 7.0 to 6.4, k4 s2 256-128@16 1.10 to 1.05 ms and 1.59 to 1.3.
 */
public final class WinogradLanesPlan {
  // M and the outputs of more would be most of the scratch.
  private static final int MOST_TILES = 208;

  // Fewer are not split for the sake of threads: each would transform all weights for little.
  private static final int LEAST_TILES = 24;

  // With fewer tiles U is not worth its stores: two register tiles would load it again.
  private static final int FEW_TILES = 16;

  // Input channels of a block whose products are made from the taps: 64 KiB of them.
  private static final int TAP_CHANNELS = 128;

  // Blocks of a thread from which on a smaller share of one does not leave the threads unequal.
  private static final int MANY_BLOCKS = 8;

  /** The tiles. */
  public final WinogradTiles tiles;

  /** Output channels of a register tile. */
  public final int tileChannels;

  /** Register tiles of a group's output channels. */
  public final int channelTiles;

  /**
   * Whether products are made straight from the taps, {@link WinogradTapKernels}: of F(2,2) where
   * few tiles would read U (16 of them, k4 s2 512-256@8: 2330 to 2090 us, after other reads 2650 to
   * 2370; 64 of them, 256-128@16, 2 to 6% slower; JDK 25, Zen 4).
   */
  public final boolean sumsTaps;

  /** Input channels of a block. */
  public final int blockChannels;

  /** Blocks of input channels. */
  public final int blocks;

  /** Ranges of register tiles that are tasks of their own; each has V made. */
  public final int ranges;

  /** Tasks of a run. */
  public final int tasks;

  /** Packed weights of an input channel of a register tile and phase. */
  public final int channelWeights;

  /**
   * Whether a block's weights are read once before they are transformed. The transform of F(4, 3)
   * does so much with each that they arrive in time (256-256@14 4% slower with it; JDK 25, Zen 5).
   */
  public final boolean touchesWeights;

  /** Floats of V of a point. */
  public final int pointInputs;

  /** Floats of V of a horizontal phase. */
  public final int phaseInputs;

  /** Floats of M of a point. */
  public final int pointOutputs;

  /** Floats of the outputs of a horizontal phase. */
  public final int phaseOutputs;

  /** Start of V in a task's scratch; the tiles' is in front. */
  public final int vAt;

  /** Start of U. */
  public final int uAt;

  /** Start of M. */
  public final int mAt;

  /** Start of a vector of channels of a tile, half transformed. */
  public final int halfAt;

  /** Start of the outputs of a register tile's channels. */
  public final int outputsAt;

  /** Start of the transposed outputs. */
  public final int resultsAt;

  /** Floats from a channel's transposed outputs to the next one's: more than there can be. */
  public final int resultsApart;

  /** Start of the part in which segments are staged. */
  public final int stageAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  /**
   * Decides; null where there are no such kernels for this JVM's vectors.
   *
   * @param g the sizes
   * @param m outputs of a tile along each axis: one of {@link WinogradTiles#outputs}
   * @param threads how many threads the tasks should suit
   * @throws IllegalArgumentException if the weights or the scratch need 2^31 floats or more
   */
  public static @Nullable WinogradLanesPlan of(ConvGeometry g, int m, int threads) {
    return WinogradKernels.exist() ? new WinogradLanesPlan(g, m, threads) : null;
  }

  private WinogradLanesPlan(ConvGeometry g, int m, int threads) {
    tiles = new WinogradTiles(g, m, blockTiles(g, m, threads), true);
    int area = tiles.points * tiles.points;
    tileChannels = WinogradKernels.VECTORS * Species.LANES;
    channelTiles = (g.groupOut() - 1) / tileChannels + 1;
    channelWeights = tiles.r * tiles.r * tileChannels;
    long packed = (long) channelTiles * g.groupIn() * channelWeights * tiles.groups();
    WinogradTiles.fits(packed);
    sumsTaps = tiles.points == 3 && tiles.nr <= FEW_TILES;
    int most = sumsTaps ? TAP_CHANNELS : WinogradKernels.CHANNELS;
    int least = (g.groupIn() - 1) / most + 1;
    blockChannels = (g.groupIn() - 1) / least + 1;
    blocks = (g.groupIn() - 1) / blockChannels + 1;
    touchesWeights = tiles.points < 6 && packed * Float.BYTES > Caches.L2;
    long units = (long) g.groups() * tiles.rowPhases * tiles.blocks;
    boolean equal = units % threads == 0 || units >= (long) MANY_BLOCKS * threads;
    ranges = equal ? 1 : Math.min(channelTiles, threads);
    tasks = Math.toIntExact(units * ranges);
    long inputs = (long) g.groupIn() * tiles.vectors * Species.LANES;
    pointInputs = WinogradTiles.fits(WinogradTiles.spread(inputs));
    phaseInputs = WinogradTiles.fits((long) area * pointInputs);
    // Of whole register tiles.
    long rows = (tiles.nr - 1) / WinogradKernels.TILES + 1L;
    pointOutputs =
        WinogradTiles.fits(WinogradTiles.spread(rows * WinogradKernels.TILES * tileChannels));
    long outputs = (long) tiles.nr * m * m;
    phaseOutputs = WinogradTiles.fits(outputs * tileChannels);
    resultsApart = WinogradTiles.fits(WinogradTiles.aligned(outputs * tiles.columnPhases));
    long u = tiles.floats + (long) tiles.columnPhases * phaseInputs;
    long sums = u + (sumsTaps ? 0 : WinogradKernels.U_FLOATS);
    long half = sums + (long) area * pointOutputs;
    long outputsFrom = half + (long) area * Species.LANES;
    long results = outputsFrom + (long) tiles.columnPhases * phaseOutputs;
    long stage = results + (long) Species.LANES * resultsApart;
    vAt = tiles.floats;
    uAt = WinogradTiles.fits(u);
    mAt = WinogradTiles.fits(sums);
    halfAt = WinogradTiles.fits(half);
    outputsAt = WinogradTiles.fits(outputsFrom);
    resultsAt = WinogradTiles.fits(results);
    stageAt = WinogradTiles.fits(stage);
    scratchFloats = WinogradTiles.fits(stage + resultsApart);
  }

  /** Tiles of equal blocks: whole register tiles, and as many blocks as the threads can share. */
  private static int blockTiles(ConvGeometry g, int m, int threads) {
    int all = WinogradTiles.count(g, m);
    int points = m + WinogradTiles.taps(g) - 1;
    long inputs = (long) g.groupIn() * points * points * g.columns().outStep;
    int most =
        (int)
            Math.clamp(WinogradTiles.MOST_INPUTS / inputs, 2L * WinogradKernels.TILES, MOST_TILES);
    int blocks = (all - 1) / most + 1;
    long units = (long) g.groups() * g.rows().outStep;
    long shared = blocks;
    while (shared * units % threads != 0 && shared < (long) MANY_BLOCKS * threads) {
      shared++;
    }
    if (all / shared >= LEAST_TILES) {
      blocks = (int) shared;
    }
    return ((all - 1) / blocks / WinogradKernels.TILES + 1) * WinogradKernels.TILES;
  }

  /** Input channels of a block: the last one may have fewer. */
  public int channels(int block) {
    return Math.min(blockChannels, tiles.geometry.groupIn() - block * blockChannels);
  }

  /**
   * Start of the packed weights of a register tile and phase, in the order in which a task reads.
   */
  public int weightsAt(int group, int tile, int a, int b) {
    int groups = tiles.geometry.groups();
    int number = ((a * groups + group) * channelTiles + tile) * tiles.columnPhases + b;
    return number * tiles.geometry.groupIn() * channelWeights;
  }

  /** Floats of all weights. */
  public int packedFloats() {
    return channelTiles * tiles.geometry.groupIn() * channelWeights * tiles.groups();
  }

  /** Multiply-adds that a run's matrix products execute. */
  public long executedMultiplyAdds() {
    int last = tiles.ofBlock(tiles.blocks - 1);
    // Of whole register tiles, or but for the last one's.
    long computed = sumsTaps ? tiles.nr : WinogradKernels.computed(last);
    computed += (tiles.blocks - 1L) * tiles.nr;
    long taps = (long) tiles.points * tiles.points * tiles.geometry.groupIn();
    return computed * taps * channelTiles * tileChannels * tiles.groups();
  }

  /**
   * What a run takes on one thread, in cycles: the products at 88% of the peak, and 40 cycles to
   * begin and end a register tile's block of channels; 3 for each vector of U, if there is one,
   * that is to L2 and back; weights that do not stay in L2; the transforms.
   */
  public double cycles() {
    double each = (double) tiles.points * tiles.points * channelTiles * tiles.groups();
    double products = executedMultiplyAdds() / (2.0 * Species.LANES * 0.88);
    products += 40 * each * blocks * ((tiles.all - 1) / WinogradKernels.TILES + 1);
    if (!sumsTaps) {
      products += 3 * each * WinogradKernels.VECTORS * tiles.geometry.groupIn() * tiles.blocks;
    }
    products = Caches.cycles(products, packedFloats(), tiles.blocks, false, packedFloats());
    return products + tiles.transformCycles();
  }
}
