package org.simdconv.internal.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.ChannelKernels;
import org.simdconv.internal.simd.ChannelKernels.Kind;
import org.simdconv.internal.simd.ChannelKernels.Tile;
import org.simdconv.internal.simd.Species;

/**
 * All decisions of a dense convolution with output channels in the lanes, {@link ChannelKernels}:
 * of kernels three columns wide, of stride 1 or 2 along the rows or dilated, and of kernels of
 * stride 1, or phases of transposed ones, of one to three columns; any number of kernel rows with
 * any vertical stride, dilation and padding, and at most one tap of padding on either side of a
 * row.
 *
 * <p>A row of outputs is cut into register tiles by {@link RowCover}. A task owns a band of output
 * rows of one image and group, and a range of tiles of output channels:
 *
 * <pre>
 * for each group of tiles of V vectors of output channels
 *   for each block of input channels                      (its weights and the band's rows stay in L2)
 *     for each tile of the group, for each phase
 *       for each row of the band, for each piece of it    (kernel rows outside of the image are left out)
 *         the register tile, on top of the piece's sums
 *   transpose the sums, the phases in turns, epilogue, store
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
 * <p>On a Zen 4, one FMA and one load a cycle, so do the phases of transposed convolutions and 1x1
 * of many channels (one thread): k4 s2 512-256@8 2430 to 2170 us, @14 8.6 to 7.2 ms, 256-128@16
 * 2470 to 2300 us, k3 s2 256-128@14 1160 to 1040, k5 s2 128-64@16 960 to 860, k8 s4 128-64@16 2860
 * to 2440, k2 s2 256-128@28 2090 to 2000, 1x1 2048-512@7 1020 to 980; with 64 to 128 input channels
 * 1x1 10 to 20% slower, by the transposition. Rows begin with one that takes all kernel rows: its
 * weights come one behind the other, and sooner (512@7 1840 to 1750). With tiles of 4 to 6 pixels,
 * against pixels in lanes, in panels for 4x4, or tiles that repeat pixels: 512@4 700 to 540 us,
 * 256@5 333 to 209, 256@6 546 to 302, 128@9 242 to 196, 128@10 306 to 235, 256-512@10 of stride 2
 * 704 to 512; k4 s2 512-256@4 665 to 520, 256@6 1030 to 580; batches of 16 and 32 images no faster.
 *
 * <p>Tried: tiles of 28 pixels (C2 spills 32 of 82 FMAs); blocks of weights that stay in L1 (no
 * faster); a line of the next block's weights read with each kernel row, instead of all before the
 * block (512@7 and 256@14 8% slower); on the Zen 5 1x1 kernels, 12 to 14 pixels x 2 vectors
 * (1024-256@14 and 512-2048@7 as fast as pixels in lanes, fewer input channels slower), and 8 or 9
 * pixels packed at constant distances, without checks of bounds in the loop (9 and 5% faster;
 * phases of k4 s2 packed so 10 to 30% slower, as L2 holds few pixels of 2048 taps); transposed 4x4
 * of stride 2, both column phases of 8 or 11 pixels in a tile (64@11 1.3 times as fast, 512-256@8
 * and 256-128@16 0.7 to 0.8: four FMAs to a loaded pixel, and 64 bytes of weights to 8). On the Zen
 * 4 blocks of a half to an eighth of the weights (1 to 15% slower).
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

  // Sums of a row.
  private static final int MOST_COLUMNS = 2 * SUM_FLOATS / Species.LANES;

  // A plan has a list of them; with more each has a few outputs in a band.
  private static final int MOST_PHASES = 64;

  // Sums are loaded and stored once a block.
  private static final int LEAST_BLOCK_CHANNELS = 16;

  // Each range of tiles copies its input again, which takes longer than to read weights from L3 for
  // each band.
  private static final int COPIED_TILES = 4;

  /** The sizes. */
  public final ConvGeometry geometry;

  /** The phases, those of an output row one after the other. */
  public final List<LanesPhase> phases;

  /** Output channels of a register tile. */
  public final int tileChannels;

  /** Register tiles of a group's output channels. */
  public final int tiles;

  /** Tiles whose sums are kept at a time. */
  public final int groupTiles;

  /** Input channels of a block. */
  public final int blockChannels;

  /** Blocks of input channels. */
  public final int blocks;

  /** Taps of an input channel, of all phases. */
  public final int taps;

  /**
   * Rows of the grid that lie one behind the other in memory, and so are one to the tiles: more
   * than one where all outputs read the one input at their place.
   */
  public final int foldedRows;

  /** Rows of a phase's outputs, folded ones counted once. */
  public final int rows;

  /** Those of a band. */
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

  /**
   * For each output of a band where its sums begin among those of a tile; past the last one as for
   * that, up to a whole vector.
   */
  public final int[] place;

  /** Rows that an input row is split into; 1 if it is not copied. */
  public final int interleave;

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
      ConvGeometry g,
      int vectors,
      List<LanesPhase> phases,
      int foldedRows,
      int bandRows,
      int threads) {
    this.geometry = g;
    this.phases = phases;
    this.taps = phases.stream().mapToInt(p -> p.taps).sum();
    this.foldedRows = foldedRows;
    this.rows = g.rows().grid / foldedRows;
    this.bandRows = bandRows;
    interleave = phases.get(0).cover.interleave;
    tileChannels = vectors * Species.LANES;
    tiles = ceil(g.groupOut(), tileChannels);
    int channel = LanesPhase.inputFloats(phases, bandRows);
    wholeBand = (long) channel * g.groupIn() <= BAND_FLOATS;
    long most = wholeBand ? g.groupIn() : BLOCK_FLOATS / channel;
    most = Math.clamp(WEIGHT_FLOATS / ((long) mostTaps() * tileChannels), 1, most);
    int least = (int) ((g.groupIn() + most - 1) / most);
    blockChannels = ceil(g.groupIn(), least);
    blocks = ceil(g.groupIn(), blockChannels);
    bands = ceil(rows, bandRows);
    sumsApart = bandRows * pixels(phases) * tileChannels;
    long units = (long) bands * g.batch() * g.groups();
    boolean copies = isCopied();
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
    Kind kind = phases.get(0).kind;
    touchesInput = (kind == Kind.SPREAD || kind == Kind.EVERY_OTHER) && !copies && !wholeBand;
    int outputs = firstOutput(bandRows);
    resultsApart = ceil(outputs, Species.LANES) * Species.LANES;
    place = new int[resultsApart];
    Arrays.setAll(place, i -> placeOf(Math.min(i, outputs - 1)));
    resultsAt = groupTiles * sumsApart;
    inputAt = resultsAt + Species.LANES * resultsApart;
    // At most BAND_FLOATS.
    stageAt = inputAt + (wholeBand ? g.groupIn() : blockChannels) * channel;
    scratchFloats = stageAt + Math.max(outputs, copies ? channel : 0);
  }

  private int placeOf(int output) {
    Axis columns = geometry.columns();
    int y = output / columns.out;
    int x = output - y * columns.out;
    int rowPhases = geometry.rows().outStep;
    LanesPhase phase = phases.get(y % rowPhases * columns.outStep + x % columns.outStep);
    int row = y / rowPhases / foldedRows;
    int column = y / rowPhases % foldedRows * columns.grid + x / columns.outStep;
    int pixel = row * phase.cover.pixels + phase.cover.place[column];
    return sumsAt(phase) + pixel * tileChannels;
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
    ChannelLanesPlan best = null;
    for (int vectors = 1; vectors <= 2; vectors++) {
      for (int folded : foldings(g)) {
        best = faster(best, ofRows(g, vectors, phases(g, vectors, folded), folded, threads));
      }
    }
    // Columns of several phases are not dilated; rows may be of several.
    Axis columns = g.columns().ofPhase(0);
    int d = Math.abs(apart(columns));
    if (d <= 1) {
      return best;
    }
    List<Tile> units = ChannelKernels.tiles(Kind.SPREAD);
    RowCover cover =
        RowCover.ofUnits(columns, d, apart(columns) < 0, units, cost(Kind.SPREAD, 1, d));
    if (cover == null) {
      return best;
    }
    List<LanesPhase> phases = phases(g, 1, List.of(columns), List.of(cover), List.of(Kind.SPREAD));
    return faster(best, ofRows(g, 1, phases, 1, threads));
  }

  /** How many rows may be folded into one. */
  private static int[] foldings(ConvGeometry g) {
    Axis rows = g.rows();
    boolean folds = isFolded(rows) && isFolded(g.columns());
    int most = folds ? Math.clamp(MOST_COLUMNS / g.columns().in, 1, rows.in) : 1;
    return IntStream.rangeClosed(1, most).filter(n -> rows.in % n == 0).toArray();
  }

  /** Whether all phases of an axis read the input at their place, and are as long. */
  private static boolean isFolded(Axis axis) {
    return axis.isInPlace()
        && axis.reachingTaps() == axis.outStep
        && axis.out == (long) axis.in * axis.outStep;
  }

  private static @Nullable ChannelLanesPlan faster(
      @Nullable ChannelLanesPlan a, @Nullable ChannelLanesPlan b) {
    return a == null || (b != null && b.cycles() < a.cycles()) ? b : a;
  }

  /**
   * All phases, with tiles of so many vectors of channels; null if rows are too narrow for one.
   *
   * @param folded rows that are one
   */
  private static @Nullable List<LanesPhase> phases(ConvGeometry g, int vectors, int folded) {
    List<Axis> columns = new ArrayList<>();
    List<RowCover> covers = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    for (int i = 0; i < g.columns().outStep; i++) {
      Axis own = g.columns().ofPhase(i);
      own = folded > 1 ? Axis.identity(folded * own.in) : own;
      Kind kind = kind(own);
      List<Tile> tiles = tiles(kind, vectors);
      int d = Math.abs(apart(own));
      ToDoubleFunction<Tile> cost = cost(kind, vectors, d);
      RowCover cover =
          own.taps == 1 || d == 1
              ? RowCover.ofColumns(own, tiles, cost)
              : RowCover.ofCopies(own, d, tiles, cost);
      if (cover == null) {
        return null;
      }
      columns.add(own);
      covers.add(cover);
      kinds.add(kind);
    }
    return phases(g, folded, columns, covers, kinds);
  }

  /** Each phase of the rows with each of the columns. */
  private static List<LanesPhase> phases(
      ConvGeometry g, int folded, List<Axis> columns, List<RowCover> covers, List<Kind> kinds) {
    List<LanesPhase> phases = new ArrayList<>();
    int taps = 0;
    int pixels = 0;
    for (int a = 0; a < g.rows().outStep; a++) {
      Axis rows = g.rows().ofPhase(a);
      rows = folded > 1 ? Axis.identity(rows.in / folded) : rows;
      for (int b = 0; b < columns.size(); b++) {
        RowCover cover = covers.get(b);
        phases.add(new LanesPhase(rows, columns.get(b), cover, kinds.get(b), taps, pixels));
        taps += rows.taps * columns.get(b).taps;
        pixels += cover.pixels;
      }
    }
    return phases;
  }

  private static Kind kind(Axis columns) {
    return switch (columns.taps) {
      case 1 -> Kind.SINGLE;
      case 2 -> Kind.PAIR;
      default ->
          columns.step == 2 ? Kind.EVERY_OTHER : apart(columns) < 0 ? Kind.MIRRORED : Kind.FORWARD;
    };
  }

  /** Input columns from those of a tap to the next one's. */
  private static int apart(Axis columns) {
    return columns.taps > 1 ? columns.start[1] - columns.start[0] : 0;
  }

  private static List<Tile> tiles(Kind kind, int vectors) {
    return ChannelKernels.tiles(kind).stream()
        .filter(tile -> ChannelKernels.vectors(kind, tile) == vectors)
        .toList();
  }

  private static @Nullable ChannelLanesPlan ofRows(
      ConvGeometry g, int vectors, @Nullable List<LanesPhase> phases, int folded, int threads) {
    int lanes = vectors * Species.LANES;
    if (phases == null || packedFloats(g, phases, lanes) > Integer.MAX_VALUE - 8) {
      return null;
    }
    int bandRows = bandRows(g, phases, g.rows().grid / folded, lanes, threads);
    return bandRows == 0
        ? null
        : new ChannelLanesPlan(g, vectors, phases, folded, bandRows, threads);
  }

  private static boolean suits(ConvGeometry g) {
    Axis rows = g.rows();
    Axis columns = g.columns();
    return ChannelKernels.exist()
        && g.depth() == null
        && g.planes() == null
        && columns.out <= MOST_COLUMNS
        && columns.out == columns.outAll
        && rows.out == rows.outAll
        && (long) rows.outStep * columns.outStep <= MOST_PHASES
        && IntStream.range(0, rows.outStep).allMatch(a -> isRegular(rows.ofPhase(a)))
        && IntStream.range(0, columns.outStep)
            .allMatch(b -> suits(columns.ofPhase(b), columns.outStep > 1));
  }

  /** Whether there are tiles for a phase of the columns. */
  private static boolean suits(Axis columns, boolean ofSeveral) {
    int apart = apart(columns);
    boolean kernels =
        switch (columns.taps) {
          case 1 -> columns.step == 1;
          case 2 -> columns.step == 1 && apart == -1;
          case 3 -> columns.step == 1 ? !ofSeveral || apart == -1 : columns.step == 2 && apart == 1;
          default -> false;
        };
    if (!kernels || !isRegular(columns)) {
      return false;
    }
    // All taps but the outermost are inside.
    int first = columns.start[columns.taps / 2] + (columns.taps == 2 ? 1 : 0);
    int last = columns.start[columns.taps / 2];
    return first >= 0 && (columns.out - 1L) * columns.step + last < columns.in;
  }

  /** Whether there are taps, and those of neighbouring ones are equally far apart. */
  private static boolean isRegular(Axis axis) {
    for (int t = 2; t < axis.taps; t++) {
      if (axis.start[t] - axis.start[t - 1] != axis.start[t - 1] - axis.start[t - 2]) {
        return false;
      }
    }
    return axis.taps > 0;
  }

  /**
   * Cycles of a vector of a tile's channels, an input channel and a kernel row, for each FMA: two a
   * cycle at 84%; at 94% where a core begins one a cycle, which loads keep up with (Zen 4: 128@28
   * 9% faster than with pixels in lanes, 64@56 3%, 64@224 2% slower). Bare kernels reach 95%, but
   * lose more than those with pixels in lanes do where another thread shares the core, as they read
   * more from L2: 28 pixels wide, 128 channels, are 4% faster on an idle machine and 9% slower on a
   * busy one. With a stride or dilation pixels in lanes are slower than their model says: stride 2
   * 256@28 4%, 512@14 40%, d = 2 512@33 20%. With one or two taps the kernels were slower than
   * pixels in lanes where a core begins two FMAs; where it begins one they are not. Small tiles
   * wait for their own sums, and those of single pixels for loads: SpreadKernels (JDK 25, Zen 5).
   */
  private static ToDoubleFunction<Tile> cost(Kind kind, int vectors, int d) {
    return tile -> {
      double busy = kind == Kind.EVERY_OTHER ? 0.87 : d > 1 ? 0.9 : 0.84;
      double share = FmaRate.FMAS == 1 ? 0.94 : busy;
      if (kind == Kind.PAIR || kind == Kind.SINGLE) {
        share = FmaRate.FMAS == 1 ? (kind == Kind.SINGLE && tile.width() >= 12 ? 0.96 : 0.92) : 0.6;
      }
      if (FmaRate.FMAS == 2 && kind != Kind.SPREAD && tile.width() < 5) {
        share *= 0.8;
      }
      if (kind == Kind.SPREAD) {
        share *= tile.pixels() >= 20 ? 1 : tile.pixels() >= 10 ? 0.87 : 0.53;
        share = tile.width() == 1 ? Math.min(0.57, share / 2) : share;
      }
      return vectors / 2.0 / share;
    };
  }

  /** Whether input rows are copied, to be split. */
  public boolean isCopied() {
    return interleave > 1;
  }

  /** Where a phase's sums begin among those of a tile. */
  public int sumsAt(LanesPhase phase) {
    return bandRows * phase.pixelsBefore * tileChannels;
  }

  /** Where the outputs of a row begin in the plane of a channel; of the end, where they end. */
  public int firstOutput(int row) {
    Axis axis = geometry.rows();
    return (int) Math.min(axis.out, (long) row * foldedRows * axis.outStep)
        * geometry.columns().out;
  }

  /** Where a band's input begins in the plane of a channel. */
  public int inputFrom(int begin) {
    // A loop: a stream would allocate in a run.
    int from = Integer.MAX_VALUE;
    for (int i = 0; i < phases.size(); i++) {
      from = Math.min(from, phases.get(i).inputFrom(begin));
    }
    return from;
  }

  /** Where it ends; not before it begins. */
  public int inputTo(int begin, int end) {
    int to = inputFrom(begin);
    for (int i = 0; i < phases.size(); i++) {
      to = Math.max(to, phases.get(i).inputTo(end - 1));
    }
    return to;
  }

  private static int pixels(List<LanesPhase> phases) {
    return phases.stream().mapToInt(p -> p.cover.pixels).sum();
  }

  /**
   * Rows of equal bands of which L2 holds all channels, or if these are too few for the rows next
   * to them, as many as sums may be kept of; 0 if there is none.
   *
   * @param rows rows of the phases' outputs, folded ones counted once
   * @param lanes output channels of a tile
   */
  private static int bandRows(
      ConvGeometry g, List<LanesPhase> phases, int rows, int lanes, int threads) {
    long sums = pixels(phases) * (long) lanes;
    int most = (int) Math.min(rows, SUM_FLOATS / sums);
    while (most > 0 && (long) LanesPhase.inputFloats(phases, most) * g.groupIn() > BAND_FLOATS) {
      most--;
    }
    int enough = phases.stream().allMatch(LanesPhase::isRowByRow) ? 1 : LEAST_BAND_ROWS;
    int least = Math.min(rows, enough);
    if (most < least) {
      most = (int) Math.min(rows, 2L * SUM_FLOATS / sums);
      int block = Math.min(g.groupIn(), LEAST_BLOCK_CHANNELS);
      while (most > 0 && (long) LanesPhase.inputFloats(phases, most) * block > BLOCK_FLOATS) {
        most--;
      }
    }
    return most < least ? 0 : ceil(rows, shared(ceil(rows, most), rows / enough, g, threads));
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
    return packedFloats(geometry, phases, tileChannels);
  }

  private static long packedFloats(ConvGeometry g, List<LanesPhase> phases, int channels) {
    long taps = phases.stream().mapToLong(p -> p.taps).sum();
    long tiles = (g.groupOut() + channels - 1L) / channels;
    return tiles * channels * g.groups() * g.groupIn() * taps;
  }

  /** Most taps of an input channel that a phase has. */
  public int mostTaps() {
    return phases.stream().mapToInt(p -> p.taps).max().orElseThrow();
  }

  /** The different tiles, for reading: {@code 12, 13}, or with units {@code 9x3, 3x2}. */
  public String tileNames() {
    return phases.stream()
        .flatMap(p -> p.cover.pieces.stream())
        .map(RowCover.Piece::tile)
        .distinct()
        .map(t -> (t.units() > 1 ? t.units() + "x" : "") + t.width())
        .collect(Collectors.joining(", "));
  }

  /** Multiply-adds that a run executes, padding of channels and pixels computed twice included. */
  public long executedMultiplyAdds() {
    long products = phases.stream().mapToLong(p -> p.tapRows() * p.cover.products).sum();
    return products * tiles * tileChannels * planes();
  }

  private long planes() {
    return (long) geometry.batch() * geometry.groups() * geometry.groupIn();
  }

  /**
   * What a run takes on one thread, in cycles: the tiles, 60 cycles around each, 300 to transpose
   * and store a vector of pixels of as many channels, input from L3, and a cycle for each pixel of
   * rows that are split (JDK 25, Zen 5).
   */
  public double cycles() {
    double products =
        tiles * planes() * phases.stream().mapToDouble(p -> p.tapRows() * p.cover.cycles).sum();
    double images = (double) geometry.batch() * geometry.groups();
    double pieces =
        phases.stream().mapToDouble(p -> (double) p.outputRows() * p.cover.pieces.size()).sum();
    double calls = images * tiles * pieces * blocks;
    double vectors =
        images * tiles * bands * resultsApart * tileChannels / (Species.LANES * Species.LANES);
    double passes = wholeBand ? 0 : ceil(tiles, groupTiles);
    double copied =
        isCopied()
            ? images * bands * LanesPhase.inputFloats(phases, bandRows) * geometry.groupIn()
            : 0;
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
