package org.simdconv.internal.plan;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.ChannelKernels;
import org.simdconv.internal.simd.ChannelKernels.Kind;
import org.simdconv.internal.simd.ChannelKernels.Tile;
import org.simdconv.internal.simd.Species;

/**
 * All decisions of a dense convolution with output channels in the lanes, {@link ChannelKernels}:
 * of kernels three columns wide, of stride 1 or 2 along the rows or dilated, or transposed ones of
 * stride 1, any number of kernel rows with any vertical stride, dilation and padding, and at most
 * one tap of padding on either side of a row.
 *
 * <p>A row of outputs is cut into register tiles by {@link RowCover}. A task owns a band of output
 * rows of one image and group, and a range of tiles of output channels:
 *
 * <pre>
 * for each group of tiles of V vectors of output channels
 *   for each block of input channels                      (its weights and the band's rows stay in L2)
 *     for each tile of the group
 *       for each row of the band, for each piece of it    (kernel rows outside of the image are left out)
 *         the register tile, on top of the piece's sums
 *   transpose the sums, epilogue, store
 * </pre>
 *
 * <p>Where L2 holds all channels of a band, a group is one tile. Where it does not, as the band is
 * high (dilation 12 on 33x33: the whole image), a block has so few channels that L2 holds theirs,
 * and a group so many tiles that each block is read from further away a few times only.
 *
 * <p>Against pixels in lanes, both in turns (JDK 25, Zen 5, one thread): 512@7 1420 to 1090 us,
 * 256@14 1150 to 970, 8 of them 9590 to 7770, 32 groups of 16 channels @14 207 to 165; 128@7, 8,
 * 11, 13, 16 75 to 60, 85 to 78, 172 to 156, 248 to 218, 393 to 362; in blocks of channels 512@28
 * 17.5 to 16.4 ms; dilated 256@28 d = 2 4.8 to 4.3 ms, d = 4 4.5 to 4.2, 2048-256@33 d = 12 39 to
 * 33, 512-256@33 d = 6 15 to 12, @65 d = 24 74 to 50.
 *
 * <p>Tried: tiles of 28 pixels (C2 spills 32 of 82 FMAs); blocks of weights that stay in L1 (no
 * faster); a line of the next block's weights read with each kernel row, instead of all before the
 * block (512@7 and 256@14 8% slower); 1x1 kernels, 12 to 14 pixels x 2 vectors (1024-256@14 and
 * 512-2048@7 as fast as pixels in lanes, fewer input channels slower, by the transposition), and 8
 * or 9 pixels packed at constant distances, without checks of bounds in the loop (9 and 5% faster;
 * phases of k4 s2 packed so 10 to 30% slower, as L2 holds few pixels of 2048 taps); transposed 4x4
 * of stride 2, both column phases of 8 or 11 pixels in a tile (64@11 1.3 times as fast, 512-256@8
 * and 256-128@16 0.7 to 0.8: four FMAs to a loaded pixel, and 64 bytes of weights to 8).
 *
 * <p>Immutable; the arrays are not to be written.
 */
public final class ChannelLanesPlan {
  // Weights of a block of input channels: an eighth of L2.
  private static final int WEIGHT_FLOATS = Caches.L2 / 8 / Float.BYTES;

  // Input rows of a band, all channels: five sixteenths. With the sums it is less than a MiB, which
  // is what a thread's scratch may have, as rows may be copied to it.
  private static final int BAND_FLOATS = Caches.L2 / 16 * 5 / Float.BYTES;

  // Sums of a band, before and after they are transposed: a sixteenth each.
  private static final int SUM_FLOATS = Caches.L2 / 16 / Float.BYTES;

  // Those of a block of channels, where L2 does not hold all, and the sums of a group of tiles:
  // five sixteenths each of it, or of a MiB.
  private static final int BLOCK_FLOATS = Math.min(Caches.L2, 1 << 20) / 16 * 5 / Float.BYTES;
  private static final int GROUP_FLOATS = BLOCK_FLOATS;

  // Each band reads the rows next to it again.
  private static final int LEAST_BAND_ROWS = 4;

  // Sums are loaded and stored once a block.
  private static final int LEAST_BLOCK_CHANNELS = 16;

  // Each range of tiles copies its input again, which takes longer than to read weights from L3 for
  // each band.
  private static final int COPIED_TILES = 4;

  /** The sizes. */
  public final ConvGeometry geometry;

  /** Which pixels the taps of a row take. */
  public final Kind kind;

  /** Output channels of a register tile. */
  public final int tileChannels;

  /** Register tiles of a group's output channels. */
  public final int tiles;

  /** Tiles whose sums are kept at a time. */
  public final int groupTiles;

  /** Tiles of a row. */
  public final RowCover cover;

  /** Input channels of a block. */
  public final int blockChannels;

  /** Blocks of input channels. */
  public final int blocks;

  /** Output rows of a band. */
  public final int bandRows;

  /** Bands of an image. */
  public final int bands;

  /** Whether L2 holds all channels of a band's input rows. */
  public final boolean wholeBand;

  /**
   * Ranges of register tiles that are tasks of their own: all bands of one, then the next one's.
   */
  public final int ranges;

  /** Tasks of a run. */
  public final int tasks;

  /**
   * Whether a block's weights are read once before their products, as they come from memory; not
   * where a core begins one FMA a cycle, during which they arrive (512@7 2010 us without, 2260 with
   * it, 512@14 7.6 and 8.1 ms, Zen 4).
   */
  public final boolean touchesWeights;

  /**
   * Whether a block's input is read once before its products: where units are pixels far apart, or
   * rows are left out, a tile takes a few pixels here and there of many planes, which no hardware
   * prefetcher foresees (2048-256@33 d = 12 66 to 60 ms, d = 18 56 to 50, 512-256@65 d = 24 83 to
   * 75, d = 12 the same; stride 2 256-128@112 21.7 to 18.6, 128-256@128 29.1 to 26.2, 256@56 2%
   * slower, 512@56 3% faster; Zen 4. With stride 1 0 to 2% slower).
   */
  public final boolean touchesInput;

  /** Floats from the sums of a tile to those of the next one in a group. */
  public final int sumsApart;

  /** Start of the transposed sums in a task's scratch; the sums are in front. */
  public final int resultsAt;

  /** Floats from a channel's transposed sums to the next one's. */
  public final int resultsApart;

  /** Start of the copied input rows. */
  public final int inputAt;

  /** Start of a run of a residual, or of the rows of a segment's channel that are to be split. */
  public final int stageAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  private ChannelLanesPlan(
      ConvGeometry g, Kind kind, int vectors, RowCover cover, int bandRows, int threads) {
    this.geometry = g;
    this.kind = kind;
    this.cover = cover;
    this.bandRows = bandRows;
    tileChannels = vectors * Species.LANES;
    tiles = ceil(g.groupOut(), tileChannels);
    int channel = bandFloats(g, bandRows);
    wholeBand = (long) channel * g.groupIn() <= BAND_FLOATS;
    long most = wholeBand ? g.groupIn() : BLOCK_FLOATS / channel;
    most = Math.clamp(WEIGHT_FLOATS / channelWeights(), 1, most);
    int least = (int) ((g.groupIn() + most - 1) / most);
    blockChannels = ceil(g.groupIn(), least);
    blocks = ceil(g.groupIn(), blockChannels);
    bands = ceil(g.rows().out, bandRows);
    sumsApart = bandRows * cover.pixels * tileChannels;
    long units = (long) bands * g.batch() * g.groups();
    boolean copies = cover.isCopied();
    long parts =
        copies && units % threads == 0 ? 1 : DensePlan.parts(units, g.flops() / 2 / units, threads);
    int together = wholeBand ? 1 : Math.clamp(GROUP_FLOATS / sumsApart, 1, tiles);
    // The weights of a range stay in L2 for all bands and images.
    boolean again =
        units > 1
            && (copies ? Caches.areFar(packedFloats()) : packedFloats() > Caches.L2 / Float.BYTES);
    int shared = copies ? Math.max(together, COPIED_TILES) : together;
    ranges = (int) Math.min(tiles, again ? Math.max(parts, ceil(tiles, shared)) : parts);
    groupTiles = Math.min(together, ceil(tiles, ranges));
    tasks = Math.toIntExact(units * ranges);
    touchesWeights = FmaRate.FMAS == 2 && Caches.mayBeFar(packedFloats());
    touchesInput = (kind == Kind.SPREAD || kind == Kind.EVERY_OTHER) && !copies && !wholeBand;
    int outputs = bandRows * g.columns().out;
    resultsApart = ceil(outputs, Species.LANES) * Species.LANES;
    resultsAt = groupTiles * sumsApart;
    inputAt = resultsAt + Species.LANES * resultsApart;
    // At most BAND_FLOATS.
    stageAt = inputAt + (wholeBand ? g.groupIn() : blockChannels) * channel;
    scratchFloats = stageAt + Math.max(outputs, copies ? channel : 0);
  }

  /**
   * The fastest by the model; null where the kernels do not suit the shape or this JVM.
   *
   * @param g the sizes
   * @param threads how many threads the tasks should suit
   */
  public static @Nullable ChannelLanesPlan of(ConvGeometry g, int threads) {
    if (!suits(g)) {
      return null;
    }
    Axis columns = g.columns();
    int apart = columns.start[1] - columns.start[0];
    int d = Math.abs(apart);
    Kind kind = columns.step == 2 ? Kind.EVERY_OTHER : apart < 0 ? Kind.MIRRORED : Kind.FORWARD;
    ChannelLanesPlan best = null;
    for (int vectors = 1; vectors <= 2; vectors++) {
      List<Tile> tiles = tiles(kind, vectors);
      ToDoubleFunction<Tile> cost = cost(kind, vectors, d);
      RowCover cover =
          d == 1
              ? RowCover.ofColumns(columns, tiles, cost)
              : RowCover.ofCopies(columns, d, tiles, cost);
      best = faster(best, ofRows(g, kind, vectors, cover, threads));
    }
    if (d == 1) {
      return best;
    }
    List<Tile> units = ChannelKernels.tiles(Kind.SPREAD);
    RowCover cover = RowCover.ofUnits(columns, d, apart < 0, units, cost(Kind.SPREAD, 1, d));
    return faster(best, ofRows(g, Kind.SPREAD, 1, cover, threads));
  }

  private static @Nullable ChannelLanesPlan faster(
      @Nullable ChannelLanesPlan a, @Nullable ChannelLanesPlan b) {
    return a == null || (b != null && b.cycles() < a.cycles()) ? b : a;
  }

  private static List<Tile> tiles(Kind kind, int vectors) {
    return ChannelKernels.tiles(kind).stream()
        .filter(tile -> ChannelKernels.vectors(kind, tile) == vectors)
        .toList();
  }

  private static @Nullable ChannelLanesPlan ofRows(
      ConvGeometry g, Kind kind, int vectors, @Nullable RowCover cover, int threads) {
    int lanes = vectors * Species.LANES;
    if (cover == null || packedFloats(g, lanes) > Integer.MAX_VALUE - 8) {
      return null;
    }
    int bandRows = bandRows(g, cover.pixels * lanes, threads);
    return bandRows == 0 ? null : new ChannelLanesPlan(g, kind, vectors, cover, bandRows, threads);
  }

  private static boolean suits(ConvGeometry g) {
    Axis rows = g.rows();
    Axis columns = g.columns();
    if (!ChannelKernels.exist()
        || g.depth() != null
        || g.planes() != null
        || rows.outStep > 1
        || columns.outStep > 1
        || columns.taps != 3
        || !isRegular(rows)
        || !isRegular(columns)
        || columns.out > 2 * SUM_FLOATS / Species.LANES
        || columns.out != columns.outAll
        || rows.out != rows.outAll) {
      return false;
    }
    if (columns.step > 2 || (columns.step == 2 && columns.start[1] - columns.start[0] != 1)) {
      return false;
    }
    // The middle taps are inside.
    int middle = columns.start[1];
    return middle >= 0 && (columns.out - 1L) * columns.step + middle < columns.in;
  }

  /** Whether all taps reach outputs, and those of neighbouring taps are equally far apart. */
  private static boolean isRegular(Axis axis) {
    for (int t = 0; t < axis.taps; t++) {
      if (!axis.reaches(t)
          || (t > 1
              && axis.start[t] - axis.start[t - 1] != axis.start[t - 1] - axis.start[t - 2])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Cycles of a vector of a tile's channels, an input channel and a kernel row, for each FMA: two a
   * cycle at 84%; at 94% where a core begins one a cycle, which loads keep up with (Zen 4: 128@28
   * 9% faster than with pixels in lanes, 64@56 3%, 64@224 2% slower). Bare kernels reach 95%, but
   * lose more than those with pixels in lanes do where another thread shares the core, as they read
   * more from L2: 28 pixels wide, 128 channels, are 4% faster on an idle machine and 9% slower on a
   * busy one. With a stride or dilation pixels in lanes are slower than their model says: stride 2
   * 256@28 4%, 512@14 40%, d = 2 512@33 20%. Small tiles wait for their own sums, and those of
   * single pixels for loads: SpreadKernels (JDK 25, Zen 5).
   */
  private static ToDoubleFunction<Tile> cost(Kind kind, int vectors, int d) {
    return tile -> {
      double busy = kind == Kind.EVERY_OTHER ? 0.87 : d > 1 ? 0.9 : 0.84;
      double share = FmaRate.FMAS == 1 ? 0.94 : busy;
      if (kind == Kind.SPREAD) {
        share *= tile.pixels() >= 20 ? 1 : tile.pixels() >= 10 ? 0.87 : 0.53;
        share = tile.width() == 1 ? Math.min(0.57, share / 2) : share;
      }
      return vectors / 2.0 / share;
    };
  }

  /** Input rows between those of neighbouring kernel rows; negative where they run upwards. */
  public int rowsApart() {
    int[] start = geometry.rows().start;
    return start.length > 1 ? start[1] - start[0] : 0;
  }

  /** Where a band's input begins in the plane of a channel. */
  public int inputFrom(int begin) {
    Axis axis = geometry.rows();
    int lowest = Math.min(axis.start[0], axis.start[axis.taps - 1]);
    return Math.clamp((long) begin * axis.step + lowest, 0, axis.in) * geometry.columns().in;
  }

  /** Where it ends; not before it begins. */
  public int inputTo(int begin, int end) {
    Axis axis = geometry.rows();
    int highest = Math.max(axis.start[0], axis.start[axis.taps - 1]);
    int to = Math.clamp((end - 1L) * axis.step + highest + 1, 0, axis.in) * geometry.columns().in;
    return Math.max(inputFrom(begin), to);
  }

  /** Most floats of a channel that a band needs. */
  private static int bandFloats(ConvGeometry g, int bandRows) {
    return Math.min(g.rows().in, inputRows(g, bandRows)) * g.columns().in;
  }

  /** Input rows that a band needs, those outside of the image included. */
  private static int inputRows(ConvGeometry g, int bandRows) {
    Axis rows = g.rows();
    long span = Math.abs((long) rows.start[rows.taps - 1] - rows.start[0]);
    return (int) Math.min(Integer.MAX_VALUE, (bandRows - 1L) * rows.step + span + 1);
  }

  /**
   * Rows of equal bands of which L2 holds all channels, or if these are too few for the rows next
   * to them, as many as sums may be kept of; 0 if there is none.
   *
   * @param sums floats of a row's sums
   */
  private static int bandRows(ConvGeometry g, int sums, int threads) {
    Axis rows = g.rows();
    int most = Math.min(rows.out, SUM_FLOATS / sums);
    while (most > 0 && (long) bandFloats(g, most) * g.groupIn() > BAND_FLOATS) {
      most--;
    }
    int least = Math.min(rows.out, LEAST_BAND_ROWS);
    if (most < least) {
      most = Math.min(rows.out, 2 * SUM_FLOATS / sums);
      int block = Math.min(g.groupIn(), LEAST_BLOCK_CHANNELS);
      while (most > 0 && (long) bandFloats(g, most) * block > BLOCK_FLOATS) {
        most--;
      }
    }
    return most < least
        ? 0
        : ceil(rows.out, shared(ceil(rows.out, most), rows.out / LEAST_BAND_ROWS, g, threads));
  }

  /** Of several bands as many as the threads can share, if these do not get too small. */
  private static int shared(int bands, int most, ConvGeometry g, int threads) {
    long planes = (long) g.batch() * g.groups();
    if (bands == 1 || bands * planes % threads == 0) {
      return bands;
    }
    long shared = (bands * planes + threads - 1) / threads * threads / planes;
    return shared <= most ? (int) Math.max(bands, shared) : bands;
  }

  /** Packed weights of an input channel of one tile. */
  public int channelWeights() {
    return geometry.rows().taps * geometry.columns().taps * tileChannels;
  }

  /** First output channel of each register tile of a group, and the end. */
  public int[] tileStart() {
    int[] start = new int[tiles + 1];
    for (int i = 0; i <= tiles; i++) {
      start[i] = i * tileChannels;
    }
    return start;
  }

  /** Packed weights of all groups, in floats. */
  public long packedFloats() {
    return packedFloats(geometry, tileChannels);
  }

  private static long packedFloats(ConvGeometry g, int channels) {
    long tiles = (g.groupOut() + channels - 1L) / channels;
    return tiles * channels * g.groups() * g.groupIn() * g.rows().taps * g.columns().taps;
  }

  /** First kernel row that is inside of the image for an output row. */
  public int firstTap(int row) {
    Axis axis = geometry.rows();
    int t = 0;
    while (t < axis.taps && axis.input(row, t) < 0) {
      t++;
    }
    return t;
  }

  /** End of the kernel rows that are inside of the image for an output row; 0 if none is. */
  public int endTap(int row) {
    Axis axis = geometry.rows();
    int t = axis.taps;
    while (t > 0 && axis.input(row, t - 1) < 0) {
      t--;
    }
    return t;
  }

  /** Where the input of a row's first kernel row that is inside begins in the plane. */
  public int inputRow(int row, int firstTap) {
    Axis axis = geometry.rows();
    return (row * axis.step + axis.start[0] + firstTap * rowsApart()) * geometry.columns().in;
  }

  /** Floats from a kernel row's input row to the next one's. */
  public int pitch() {
    return rowsApart() * geometry.columns().in;
  }

  /** The different tiles, for reading: {@code 12, 13}, or with units {@code 9x3, 3x2}. */
  public String tileNames() {
    return cover.pieces.stream()
        .map(RowCover.Piece::tile)
        .distinct()
        .map(t -> (t.units() > 1 ? t.units() + "x" : "") + t.width())
        .collect(Collectors.joining(", "));
  }

  /** Multiply-adds that a run executes, padding of channels and pixels computed twice included. */
  public long executedMultiplyAdds() {
    return tapRows() * cover.products * tiles * tileChannels * planes();
  }

  private long planes() {
    return (long) geometry.batch() * geometry.groups() * geometry.groupIn();
  }

  /** Kernel rows of all output rows, those inside of the image. */
  private long tapRows() {
    Axis axis = geometry.rows();
    long sum = 0;
    for (int t = 0; t < axis.taps; t++) {
      sum += Math.max(0, axis.endOutput(t) - axis.firstOutput(t));
    }
    return sum;
  }

  /**
   * What a run takes on one thread, in cycles: the tiles, 60 cycles around each, 300 to transpose
   * and store a vector of pixels of as many channels, input from L3, and a cycle for each pixel of
   * rows that are split (JDK 25, Zen 5).
   */
  public double cycles() {
    double products = tapRows() * cover.cycles * tiles * planes();
    double images = (double) geometry.batch() * geometry.groups();
    double calls = images * tiles * geometry.rows().out * cover.pieces.size() * blocks;
    double vectors =
        images * tiles * bands * resultsApart * tileChannels / (Species.LANES * Species.LANES);
    double passes = wholeBand ? 0 : ceil(tiles, groupTiles);
    double copied =
        cover.isCopied() ? images * bands * bandFloats(geometry, bandRows) * geometry.groupIn() : 0;
    return Caches.cycles(products, packedFloats(), 1, false, packedFloats())
        + Caches.fromL3(passes * geometry.inputFloats())
        + Math.max(ranges, passes) * copied
        + 60 * calls
        + 300 * vectors;
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }
}
