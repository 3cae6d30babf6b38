package org.simdconv.internal.plan;

import java.util.Arrays;
import java.util.List;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.WindowLayout;
import org.simdconv.internal.geometry.WindowLayout.Kind;
import org.simdconv.internal.pack.InputWindow;
import org.simdconv.internal.simd.Interleave;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.PixelPanels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.StreamedKernels;
import org.simdconv.internal.simd.TileTable;

/**
 * All decisions of a dense convolution or transposed convolution: register tiles, blocks of the
 * reduction, and the cut into tasks. Fixed at planning; the results do not depend on any of it.
 * Immutable; the arrays are not to be written.
 *
 * <p>The pixels of a phase are one axis, {@code f = row * pitch + column} of the window. A task
 * owns a run of tiles of NR such pixels of one image and group, and a range of its output channels,
 * for all phases. Several runs share a window (a band of rows), which a thread keeps from task to
 * task.
 */
public final class DensePlan {
  // One channel tile's weights pass over all pixel tiles of a task: they and the window stay in L2.
  // 9216 taps of 13 channels are 468 KiB of 2 MiB.
  private static final int MOST_TAPS = (int) (9216L * Caches.L2 / (2 * 1024 * 1024));

  // An eighth of L2; half of that to three times as much make no difference for 3x3, and 1x1 leaves
  // room in L2 for its output.
  private static final int WINDOW_FLOATS = Caches.L2 / 8 / Float.BYTES;

  // A quarter of L2: beyond it the window's own tiles wait for L2 (3x3 512@28 was 3% slower with
  // 800 KiB of 2 MiB).
  private static final int LARGER_WINDOW_FLOATS = Caches.L2 / 4 / Float.BYTES;

  private static final int LARGEST_WINDOW_FLOATS = Caches.L2 / 2 / Float.BYTES;

  // Each of two, of L2 and of the MiB of a thread.
  private static final int MOST_OF_TWO_WINDOWS =
      Math.min(LARGEST_WINDOW_FLOATS * 3 / 4, (1 << 20) * 3 / 8 / Float.BYTES);

  // Sums that wait for the next block of a longer reduction: 384 KiB of 2 MiB.
  private static final int ACC_FLOATS = Caches.L2 * 3 / 16 / Float.BYTES;

  // Tasks per thread: the last one idles the others for a sixteenth of the run at most.
  private static final int TASKS_PER_THREAD = 16;

  // Multiply-adds that make a task worth claiming: some 4 us, of which claiming it takes 0.1.
  private static final long TASK_WORK = 500_000;

  // Each thread fills a window of its own; with fewer pixel tiles the rows that two of them need
  // cost more than the window that they share.
  private static final int LEAST_BAND_TILES = 4;

  // Pixels of a channel that are copied at once.
  private static final int LEAST_RUN = 128;

  // Cache lines that a tile of two vectors reads of a tap, in the mean.
  private static final int LINES_OF_A_TAP = 3;

  // With more tiles of pixels the second and further ones hide what the first waits for.
  private static final int MOST_TILES_TO_TOUCH = 2;

  // The sums of all rows of a tile wait: 512 KiB.
  private static final int MOST_PHASE_ROWS = 4096;

  // What a thread's scratch may have beside the size of the input, with panels.
  private static final int MOST_SCRATCH = (1 << 20) / Float.BYTES;

  // A task packs its pixels anew, which takes as long as half a tile of output channels.
  private static final int LEAST_PANEL_TILES = 8;

  // Larger images fill their vectors alone.
  private static final int MOST_MERGED_PIXELS = 1024;

  /** How register tiles read the weights. */
  public enum Weights {
    /** Broadcast, in rows of a tap's: {@link MicroKernels}. */
    ROWS,
    /** Broadcast, rows in several streams: {@link StreamedKernels}. */
    STREAMS,
    /** As vectors of output channels: {@link PixelPanels}. */
    VECTORS
  }

  /** The sizes. */
  public final ConvGeometry geometry;

  /** Vectors of pixels in a register tile. */
  public final int nv;

  /** Pixels in a register tile: those of its vectors, or a single one in the last. */
  public final int nr;

  /** Floats of a row of a register tile's sums: its vectors. */
  public final int rowFloats;

  /** Rows of each register tile of a group's output channels. */
  public final int[] tileRows;

  /** How register tiles read the weights. */
  public final Weights weights;

  /** Tiles of pixels that are packed into panels; none unless weights are vectors. */
  public final int[] panelPixels;

  /**
   * Whether a tile's weights are read once before its products: where one or two tiles of pixels
   * share them and other layers may have put them out of L3. Then 3x3 512-512@7 takes 1330 us
   * instead of 1770; with weights still in L3 6 to 10% more than without, so fewer than 8 MiB of
   * them are left alone. In blocks of a longer reduction a tile's weights are a few KiB far from
   * the last ones, so any number of tiles waits, should the weights come from memory: k4 s2
   * 1024-512 on 16 images of 4x4 26 to 24 ms (JDK 25, Zen 5). Not where a core begins one FMA a
   * cycle: weights arrive while those of the line before are multiplied (k4 s2 512-256@8 2830 us
   * without, 3020 with it, 512-512@7 4.9 and 5.3 ms, Zen 4).
   */
  public final boolean touchesWeights;

  /** First padded row of each register tile, and the end. */
  public final int[] tileStart;

  /** The blocks of the reduction. */
  public final KernelBlock[] blocks;

  /** Vertical phases. */
  public final int rowPhases;

  /** Horizontal phases, but for those that are rows. */
  public final int columnPhases;

  /**
   * Rows of an output channel: its horizontal phases where their taps start at the same inputs and
   * few channels would fill no register tile (kernel 1x4096 of stride 1024 with one output
   * channel), or 1. Rows are counted by [channel][phase].
   */
  public final int columnRows;

  /** Taps by [block][row phase * columnPhases + column phase]. */
  public final TapTable[][] taps;

  /** Start of a phase's packed weights of a block, relative to the group: [block][phase]. */
  public final int[][] weightBase;

  /** Packed weights of a group, in floats. */
  public final int groupWeights;

  /** Layout of the padded window of a block. */
  public final WindowLayout window;

  /**
   * Whether the input array serves as the window. A tile that would read past the array's end, and
   * every tile of a segment, still reads a copy of the same layout.
   */
  public final boolean inPlace;

  /**
   * The sizes that the window is filled by: where each output reads the pixel at its place alone,
   * those of one row of all pixels, of which a window has exactly those of a band.
   */
  public final ConvGeometry source;

  /**
   * Whether the pixels of a band are copied during the products of the one before it, into a second
   * window: where a tap is a channel, the copy of an image that is in L3 takes 10 to 20% of the
   * time, and beside products that begin one FMA a cycle half of that. 1x1 256-64@56 1180 to 1040
   * us, 64-64@56 272 to 256, 256-256 on 16000 24.3 to 22.5 ms; 64-256@56 and k2 s2 1024-512@28, of
   * which it is 3%, 1 to 2% (JDK 25, Zen 4, one thread). Run by run, since lines one channel apart
   * come from memory at a quarter of the rate.
   */
  public final boolean copiesAhead;

  /** Pixels from a row of the grid to the next. */
  public final int pitch;

  /** Largest offset of a tap, where the input is read in place. */
  public final int mostOffset;

  /** Pixels from the grid's first one to the end of what the last tile reads for a tap. */
  public final int readPixels;

  /**
   * Whether the images of the batch are one: their rows follow each other on the pixel axis, so
   * that small images fill vectors and tiles together, and weights are read once for all of them.
   */
  public final boolean merged;

  /** Images that tasks are counted by: the batch, or 1 where it is merged. */
  public final int images;

  /** Rows of the grid of one phase, of all images where they are merged. */
  public final int gridRows;

  /** Pixels of the grid of one phase, the columns between the rows included. */
  public final int gridPixels;

  /** Register tiles along the grid. */
  public final int pixelTiles;

  /** Register tiles along the grid that a task owns. */
  public final int taskTiles;

  /** Register tiles along the grid that one window serves: a whole number of tasks. */
  public final int bandTiles;

  /** First register tile of output channels of each channel range, and the end. */
  public final int[] channelRanges;

  /** Tasks of a run. */
  public final int tasks;

  /** Start of the accumulators in a task's scratch. */
  public final int accAt;

  /** Start of the interleaved row. */
  public final int rowAt;

  /** Start of what is half interleaved. */
  public final int halfAt;

  /** Start of the row in which a part of a segment is staged. */
  public final int stageAt;

  /** Start of the panels of a row phase, one of each column phase. */
  public final int panelAt;

  /** Floats from a column phase's panels to the next one's. */
  public final int panelFloats;

  /** Start of the sums of a tile before they are transposed. */
  public final int panelSumsAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  private final Kind kind;

  /** The fastest by the model, of all windows, with and without phases as rows, streamed or not. */
  static DensePlan best(ConvGeometry g, int threads) {
    DensePlan best = new DensePlan(g, threads, Kind.PHASES, false, Weights.ROWS);
    best = faster(best, g, threads, false);
    Axis columns = g.columns();
    // With the outputs in front, should there be some.
    long outputs = (long) g.batch() * g.outChannels() * g.rows().out;
    outputs *= (long) columns.out + columns.outStep;
    if (columns.outStep == 1
        || (long) g.groupOut() * columns.outStep > MOST_PHASE_ROWS
        || outputs > Integer.MAX_VALUE - 8) {
      return best;
    }
    if (columns.out == columns.outAll && !columns.phasesShareStarts()) {
      // Outputs in front of those of a part would be another part's.
      columns = columns.aligned();
    }
    if (columns.phasesShareStarts()) {
      ConvGeometry aligned = g.part(g.rows(), columns);
      best = faster(best, aligned, threads, true);
    }
    return best;
  }

  /** The fastest by the model of a plan and those of all windows that suit, streamed or not. */
  private static DensePlan faster(DensePlan best, ConvGeometry g, int threads, boolean phaseRows) {
    long pixels = (long) g.rows().grid * g.columns().grid;
    int rows = g.groupOut() * (phaseRows ? g.columns().outStep : 1);
    // For images that are a vector of pixels, alone or merged.
    boolean few = pixels <= Species.LANES;
    boolean streams = few && StreamedKernels.suits(rows);
    boolean vectors = few && !phaseRows && FmaRate.FMAS == 1 && PixelPanels.suits(rows);
    boolean merges = g.batch() > 1 && pixels <= MOST_MERGED_PIXELS;
    for (Kind kind : Kind.values()) {
      if ((kind == Kind.SHIFTED && g.columns().taps == 1) || (kind == Kind.GATHERED && !merges)) {
        continue;
      }
      best = faster(best, g, threads, kind, phaseRows, Weights.ROWS);
      if (streams) {
        best = faster(best, g, threads, kind, phaseRows, Weights.STREAMS);
      }
      if (vectors) {
        best = faster(best, g, threads, kind, phaseRows, Weights.VECTORS);
      }
    }
    return best;
  }

  /** Another plan where it suits and the model finds it faster. */
  private static DensePlan faster(
      DensePlan best, ConvGeometry g, int threads, Kind kind, boolean phaseRows, Weights weights) {
    DensePlan plan;
    try {
      plan = new DensePlan(g, threads, kind, phaseRows, weights);
    } catch (IllegalArgumentException e) {
      // So many copies of a row would not fit an array.
      return best;
    }
    // Weights are to be read once a run unless they are rows.
    boolean once = plan.pixelTiles == 1 && plan.images == 1;
    boolean suits = weights == Weights.ROWS || once;
    if (phaseRows || weights == Weights.VECTORS) {
      suits &= plan.blocks.length == 1;
    }
    if (weights == Weights.VECTORS) {
      suits &=
          plan.scratchFloats <= MOST_SCRATCH + g.groupIn() * (long) g.rows().in * g.columns().in;
    }
    return suits && plan.cycles() < best.cycles() ? plan : best;
  }

  /**
   * Decides.
   *
   * @param g the sizes
   * @param threads how many threads the tasks should suit; the results do not depend on it
   * @param kind what the window has copies of the rows for; gathered ones are of all images
   * @param phaseRows whether the horizontal phases are rows of a channel
   * @param weights how register tiles read the weights
   * @throws IllegalArgumentException if packed weights, scratch or a plane need 2^31 floats or more
   */
  public DensePlan(ConvGeometry g, int threads, Kind kind, boolean phaseRows, Weights weights) {
    Axis rows = g.rows();
    Axis columns = g.columns();
    geometry = g;
    rowPhases = rows.outStep;
    columnRows = phaseRows ? columns.outStep : 1;
    columnPhases = phaseRows ? 1 : columns.outStep;
    WindowLayout row = new WindowLayout(rows, columns, 1, 1);
    this.kind = kind;
    merged = kind == Kind.GATHERED;
    images = merged ? 1 : g.batch();
    gridRows = merged ? Math.multiplyExact(g.batch(), rows.grid) : rows.grid;
    pitch = kind == Kind.PHASES ? row.pitch : columns.grid;
    long pixels = (long) gridRows * pitch;
    int allRows = Math.multiplyExact(g.groupOut(), columnRows);
    long exact = (gridRows - 1L) * pitch + columns.grid;
    boolean plain = weights == Weights.ROWS;
    boolean wide = plain && FmaRate.FMAS == 1 && TileTable.suitsWide(allRows, exact);
    nv = wide ? TileTable.WIDE_VECTORS : plain ? TileTable.vectors(allRows, pixels) : 1;
    rowFloats = nv * Species.LANES;
    nr = wide ? TileTable.WIDE_PIXELS : rowFloats;
    this.weights = weights;
    tileRows =
        switch (weights) {
          case ROWS -> wide ? TileTable.wide(allRows) : TileTable.partition(allRows, nv);
          case STREAMS -> StreamedKernels.tiles(allRows);
          case VECTORS -> PixelPanels.tiles(allRows);
        };
    tileStart = TileTable.starts(tileRows);
    // The end of the last tile must fit an int as well.
    gridPixels = fits(exact + rowFloats) - rowFloats;
    pixelTiles = ceil(gridPixels, nr);

    // Asked for only where it is small: others may not even fit.
    boolean small = (long) g.groupIn() * rows.in * columns.in <= LARGEST_WINDOW_FLOATS;
    // The planes of volumes are not equally far apart.
    boolean inside =
        kind == Kind.PHASES && rows.staysInside() && columns.staysInside() && g.planes() == null;
    boolean flat = inside && !small && rows.isInPlace() && columns.isInPlace() && paysToCopyAhead();
    source =
        flat
            ? g.part(rows.inPlace(1), columns.inPlace(Math.multiplyExact(rows.in, columns.in)))
            : g;
    WindowLayout image = small && inside ? WindowLayout.image(rows, columns, g.groupIn()) : row;
    // Weights as vectors are read once, whatever L2 holds of them.
    int blockTaps = weights == Weights.VECTORS ? 1 << 30 : MOST_TAPS;
    List<KernelBlock> cut = KernelBlock.cut(g.groupIn(), rows, columns, blockTaps);
    boolean resumes = cut.size() > 1 || layout(1, g.groupIn()).floats > LARGEST_WINDOW_FLOATS;
    panelPixels =
        weights == Weights.VECTORS && gridPixels <= Species.LANES
            ? PixelPanels.pixels(gridPixels)
            : new int[0];
    // Panels are packed from vectors, which may go on behind the input.
    boolean reads = weights != Weights.VECTORS;
    inPlace = reads && !resumes && small && inside && image.isImage(rows, columns);
    int band = pixelTiles;
    if (resumes) {
      // The sums of all channels of a run wait; fewer taps in a block, so that its window fits.
      long sums = (long) columnPhases * paddedRows() * rowFloats;
      // Images that are merged are so to read many weights once: sums from L3 are the lesser evil
      // (k4 s2 1024-512 on 16 images of 4x4, 1 MiB of L2: 46 ms with 190 KiB of sums, 33 with four
      // times as many; and 10% less with half of L2 for the window instead of an eighth, as sums
      // pass less often. JDK 25, Zen 5).
      band = (int) Math.max(1, Math.min(band, (merged ? 4L : 1L) * ACC_FLOATS / sums));
      long channels = LARGEST_WINDOW_FLOATS / layout(band, 1).floats;
      int mostTaps = rows.mostTaps(0, rows.taps) * columns.mostTaps(0, columns.taps);
      long limit = Math.max(1, channels) * Math.max(1, mostTaps);
      cut = KernelBlock.cut(g.groupIn(), rows, columns, (int) Math.min(limit, MOST_TAPS));
    } else if (!inPlace) {
      if (flat) {
        band = tilesOfTwoWindows();
      } else {
        band = widen(tilesOfWindow(g.groupIn(), WINDOW_FLOATS), LARGER_WINDOW_FLOATS, 4);
        band = widen(band, LARGEST_WINDOW_FLOATS, 2);
      }
    }
    blocks = cut.toArray(new KernelBlock[0]);
    int blockChannels = cut.stream().mapToInt(KernelBlock::channels).max().orElse(0);

    // Bands of equal length, and as many as the threads can share.
    long bands = ceil(pixelTiles, band);
    long shared = ceilLong(bands, threads) * threads;
    if (!inPlace && pixelTiles / shared >= LEAST_BAND_TILES) {
      bands = shared;
    }
    band = (int) ceilLong(pixelTiles, bands);
    if (resumes) {
      // Each task fills its own windows, so there are few.
      band = balanced(band, (long) g.groups() * images, threads);
    }
    long units = ceil(pixelTiles, band) * (long) g.groups() * images;
    long unitWork =
        (long) g.groupIn()
            * rows.taps
            * columns.taps
            * paddedRows()
            * band
            * nr
            / (resumes ? 4 : 1);
    long parts = parts(units, unitWork, threads);
    // More sums than all channels of one tile have do not wait: a transposed convolution of a large
    // stride has many phases.
    long most = (long) columnPhases * paddedRows() * rowFloats;
    parts = resumes ? Math.max(ceilLong(most, ACC_FLOATS), ceilLong(threads, units)) : parts;
    if (weights == Weights.VECTORS) {
      parts = Math.min(parts, Math.max(threads, tileRows.length / LEAST_PANEL_TILES));
    }
    // All rows of a channel are stored together.
    channelRanges = even(tileRows.length, phaseRows ? 1 : (int) Math.min(parts, tileRows.length));
    parts /= channelRanges.length - 1;
    taskTiles = resumes ? band : ceil(band, (int) Math.min(band, Math.max(1, parts)));
    bandTiles = ceil(band, taskTiles) * taskTiles;
    window = inPlace ? image : layout(bandTiles, blockChannels);
    tasks =
        Math.toIntExact(
            (long) ceil(pixelTiles, taskTiles) * (channelRanges.length - 1) * g.groups() * images);

    int rangeRows = 0;
    for (int i = 0; i + 1 < channelRanges.length; i++) {
      rangeRows =
          Math.max(rangeRows, tileStart[channelRanges[i + 1]] - tileStart[channelRanges[i]]);
    }
    // Without further blocks only one register tile's sums, of all column phases, wait.
    long sums = resumes ? (long) taskTiles * rangeRows : phaseRows ? rangeRows : tileRows[0];
    copiesAhead = flat && window.isPart && !resumes;
    // The last tile reads up to a tile past the window.
    long acc = (copiesAhead ? 2 : 1) * window.floats + rowFloats;
    // A vector of slack behind the accumulators and two behind the row: interleaving reads and
    // writes whole vectors.
    long interleaved = acc + sums * columnPhases * rowFloats + Species.LANES;
    long half =
        interleaved
            + (columns.outStep > 1 ? (long) columns.outStep * rowFloats + 2L * Species.LANES : 0);
    long stage = half + Interleave.scratchFloats(columns.outStep, rowFloats);
    accAt = fits(acc);
    rowAt = fits(interleaved);
    halfAt = fits(half);
    stageAt = fits(stage);
    // A row of the input, a row of a residual, or a tile of results and one of residuals.
    long staged =
        Math.max((long) rowFloats * columns.outStep, 2L * tileRows[0] * rowFloats + Species.LANES);
    long panels = stage + Math.max(Math.max(columns.in, InputWindow.STAGE_FLOATS), staged);
    panelAt = fits(panels);

    int phases = rowPhases * columnPhases;
    taps = new TapTable[blocks.length][phases];
    weightBase = new int[blocks.length][phases];
    int width = packedAt(tileRows.length);
    long base = 0;
    for (int i = 0; i < blocks.length; i++) {
      for (int t = 0; t < phases; t++) {
        int a = t / columnPhases;
        taps[i][t] = TapTable.of(blocks[i], rows, columns, a, t - a * columnPhases, window);
        weightBase[i][t] = fits(base);
        base += (long) taps[i][t].taps * width;
      }
    }
    groupWeights = fits(base);
    panelFloats = fits(PixelPanels.floats(panelPixels, panelPixels.length == 0 ? 0 : blockTaps()));
    // Packing writes a vector more, which the sums overwrite.
    panelSumsAt = fits((long) panelAt + (long) panelFloats * columnPhases);
    int panelSums =
        panelPixels.length == 0
            ? 0
            : PixelPanels.padded(panelPixels) * PixelPanels.CHANNELS + Species.LANES;
    scratchFloats = fits((long) panelSumsAt + panelSums);
    long all = base * g.groups();
    boolean waits =
        blocks.length == 1
            ? taskTiles <= MOST_TILES_TO_TOUCH && Caches.mayBeFar(all)
            : Caches.areFar(all);
    // A tile's weights of a block have room in L2 beside the window.
    long panel = 4L * (tileRows[0] + 1) * blockTaps() * phases;
    touchesWeights = FmaRate.FMAS == 2 && waits && plain && panel <= Caches.L2 / 2;
    mostOffset = (int) (window.floats - gridPixels);
    int end = pixelTiles - 1;
    boolean single = isSingle(end) && Arrays.stream(tileRows).allMatch(this::hasSingle);
    readPixels =
        end * nr + (single ? rowFloats - Species.LANES + 1 : vectorsOf(end) * Species.LANES);
    // A tile of a vector and a single pixel reads a vector from the last row of weights.
    fits(base * g.groups() + Species.LANES);
  }

  /**
   * Whether it pays to copy pixels beside products, should each tap be a channel. With fewer
   * channels a tile that copies takes long to begin, with fewer tiles most of them copy: 1x1 64-32
   * and 48-96@112 5% slower, 96-24@56 3% (JDK 25, Zen 4).
   */
  private boolean paysToCopyAhead() {
    return FmaRate.FMAS == 1
        && geometry.groupIn() >= 64
        && tileRows.length >= 5
        && nr == rowFloats
        && MicroKernels.hasCopying(tileRows[0], nv);
  }

  /**
   * Tiles of a band that is copied beside the products of another. Many weights, which each band
   * reads from L3, are worth a larger one: k2 s2 1024-512@28 1%, 1x1 512-256@28 1%, 256-256 on
   * 16000 3%; with few it is 4% slower, 256-64@56. Runs of a few lines take long to copy: 1x1
   * 512-64@56 3580 us with 32 pixels to a band, 2200 with 128 (JDK 25, Zen 4).
   */
  private int tilesOfTwoWindows() {
    ConvGeometry g = geometry;
    long taps = (long) g.rows().taps * g.columns().taps / columnRows;
    boolean heavy = taps * g.groupIn() * paddedRows() >= LARGER_WINDOW_FLOATS;
    int floats = Math.min(heavy ? LARGER_WINDOW_FLOATS : WINDOW_FLOATS, MOST_OF_TWO_WINDOWS);
    int most = tilesOfWindow(g.groupIn(), MOST_OF_TWO_WINDOWS);
    return Math.max(tilesOfWindow(g.groupIn(), floats), Math.min(most, LEAST_RUN / nr));
  }

  /**
   * In how many tasks a unit is cut: enough for all threads, each worth claiming.
   *
   * @param units of the run
   * @param unitWork multiply-adds of one
   */
  static long parts(long units, long unitWork, int threads) {
    long wanted = threads > 1 ? (long) threads * TASKS_PER_THREAD : 1;
    return Math.max(1, Math.min(ceilLong(wanted, units), unitWork / TASK_WORK));
  }

  /**
   * Fewer and larger bands while each fills more than 1 + 1/parts times the pixels that it computes
   * and the larger window is no larger than allowed; tiles of a band.
   */
  private int widen(int band, int floats, int parts) {
    int bands = ceil(pixelTiles, band);
    int most = tilesOfWindow(geometry.groupIn(), floats);
    while (bands > 1 && ceil(pixelTiles, bands - 1) <= most) {
      int tiles = ceil(pixelTiles, bands);
      WindowLayout some = layout(tiles, 1);
      if ((long) parts * some.rows * some.width <= (parts + 1L) * tiles * nr) {
        break;
      }
      bands--;
    }
    return ceil(pixelTiles, bands);
  }

  /**
   * Of half as many tiles in a band to as many: those with which the last thread is done first,
   * each taking the next band of some planes when it is free.
   */
  private int balanced(int band, long planes, int threads) {
    int best = band;
    long least = Long.MAX_VALUE;
    for (int some = band; 2 * some >= band && some >= Math.min(band, LEAST_BAND_TILES); some--) {
      int bands = ceil(pixelTiles, some);
      if (planes * bands >= (long) threads * TASKS_PER_THREAD) {
        break;
      }
      long[] load = new long[threads];
      for (long task = 0; task < planes * bands; task++) {
        long first = task % bands * some;
        load[0] += Math.min(some, pixelTiles - first);
        Arrays.sort(load);
      }
      if (load[threads - 1] < least) {
        least = load[threads - 1];
        best = some;
      }
    }
    return best;
  }

  private WindowLayout layout(int tiles, int channels) {
    long pixels = Math.min((long) tiles * nr, gridPixels);
    long some = Math.min(gridRows, (pixels + pitch - 2) / pitch + 1);
    Axis rows = source.rows();
    Axis columns = source.columns();
    return rows.grid == 1 && !merged
        ? new WindowLayout(rows, columns, 1, (int) pixels, channels, kind)
        : new WindowLayout(rows, columns, (int) some, columns.grid, channels, kind);
  }

  /** Most tiles whose window has at most so many floats; at least 1. */
  private int tilesOfWindow(int channels, int floats) {
    int low = 1;
    int high = pixelTiles;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (layout(middle, channels).floats <= floats) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Most taps of a phase in a block. */
  public int blockTaps() {
    int most = 0;
    for (TapTable[] phases : taps) {
      for (TapTable table : phases) {
        most = Math.max(most, table.taps);
      }
    }
    return most;
  }

  /** Sums that wait from a block to the next, of one task. */
  public int sumFloats() {
    return rowAt - accAt;
  }

  /** Rows of all register tiles of a group. */
  public int paddedRows() {
    return tileStart[tileRows.length];
  }

  /**
   * Start of a register tile among the packed weights of one tap: a row of MR weights and, unless
   * they are vectors, the tap's offset.
   */
  public int packedAt(int tile) {
    return tileStart[tile] + (weights == Weights.VECTORS ? 0 : tile);
  }

  /** Packed weights of all groups, in floats. */
  public int packedFloats() {
    return groupWeights * geometry.groups() + Species.LANES;
  }

  /**
   * What a run takes on one thread, in cycles: the tiles at 92% of two vector FMAs a cycle and 60
   * cycles around each, and the window at 5 a vector. Shifted rows are three times the lines to
   * read: with 3.6% fewer vectors 3x3 128@28 and 3x3s2 128@56 took 7% more time, with 7% fewer 3x3
   * 256@14 took 3% less (JDK 25); but where the lines of all taps stay in L1, as in first layers,
   * it is the tiles across the ends of rows that cost (3-64@224: 9% less shifted; 32 groups of 4
   * channels @56, no tile of which is within a row, 19% less, Zen 4). A row of less than a vector
   * is copied like a whole one, and a tile of phases, of a part or of merged images is stored in
   * runs. Streamed, a tap of 13x1 takes 7.5 cycles, 8.7 where a core begins one FMA a cycle; with
   * weights as vectors one of 8x2 as long as any tile's FMAs, and a tap's pixels 4 cycles to pack.
   */
  public double cycles() {
    return cycles(packedFloats());
  }

  /**
   * The same as a part of several that are run in turns.
   *
   * @param together packed weights of all
   */
  double cycles(long together) {
    boolean near = isNear();
    boolean fast = kind == Kind.PHASES || near;
    double products = executedMultiplyAdds() / (2.0 * Species.LANES * (fast ? 0.92 : 0.88));
    if (weights == Weights.STREAMS) {
      double tap = FmaRate.FMAS == 1 ? 8.7 : 7.5;
      products = tap * allTaps() * tileRows.length * images * geometry.groups();
    } else if (weights == Weights.VECTORS) {
      products += 4.0 * allTaps() * geometry.groups() * (channelRanges.length - 1);
    }
    double tiles = (double) pixelTiles * tileRows.length * blocks.length * rowPhases * columnPhases;
    double bands = (double) ceil(pixelTiles, bandTiles) * blocks.length;
    double rows =
        window.floats
            / (double) (kind == Kind.PHASES ? Species.LANES : Math.min(pitch, Species.LANES));
    // With phases as rows those of a row phase pass for each tile of pixels, unless they stay in
    // L2.
    boolean again = columnRows > 1 && (long) packedFloats() / rowPhases > Caches.L2 / 8;
    double passes = again ? pixelTiles : ceil(pixelTiles, taskTiles);
    boolean arrive = weights != Weights.ROWS;
    // Products during which no weights arrive.
    double apart = arrive && FmaRate.FMAS == 1 ? products / 4 : 0;
    return Caches.cycles(products, packedFloats(), passes * images, arrive, together)
        + apart
        + (double) images
            * geometry.groups()
            * (60 * tiles
                + waitingSums(tiles)
                + (inPlace || copiesAhead ? 2.0 : 5.0) * bands * rows
                + 40 * runs() * pixelTiles * paddedRows() / columnRows
                + (near ? 13.0 * rowEnds() * nv * paddedRows() : 0));
  }

  /** What it takes to load and store the sums that wait from block to block, in cycles. */
  private double waitingSums(double tiles) {
    double floats = 2.0 * tiles * (blocks.length - 1) / blocks.length * tileRows[0] * rowFloats;
    return sumFloats() > Caches.L2 / Float.BYTES / 2
        ? Caches.fromL3(floats)
        : floats / Species.LANES;
  }

  /** Whether the lines of all taps of a tile stay in L1; a stride makes shifted rows dear. */
  private boolean isNear() {
    return geometry.columns().step == 1 && 64L * LINES_OF_A_TAP * blockTaps() <= Caches.L1;
  }

  /** Ends of rows of outputs at which a tile does not store itself, should it otherwise. */
  private int rowEnds() {
    boolean apart = isPlain() && !merged && pitch > geometry.columns().out;
    return apart ? geometry.rows().out : 0;
  }

  /** Runs of outputs in which a row of a tile is stored, in the mean; 0 where it is one whole. */
  private double runs() {
    boolean plain = isPlain();
    int run = plain ? geometry.rows().grid * pitch : pitch;
    // Tiles begin at multiples of the common divisor within a run.
    double cuts = (double) (run - gcd(run, nr)) / run;
    return plain && !merged ? 0 : rowPhases * ((double) Math.min(nr, gridPixels) / run + cuts);
  }

  /** Whether rows of the grid follow each other in the output: one phase, all columns. */
  public boolean isPlain() {
    Axis columns = geometry.columns();
    return rowPhases * columns.outStep == 1 && columns.out == columns.outAll;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Vectors of pixels in a tile of the grid: the last one may need fewer than the others. */
  public int vectorsOf(int tile) {
    return isWide() ? nv : TileTable.vectorsFor(nv, gridPixels - tile * nr);
  }

  /** Pixels that a tile of the grid computes. */
  public int pixelsOf(int tile) {
    return isWide() ? nr : vectorsOf(tile) * Species.LANES;
  }

  /**
   * Whether a tile's last vector is needed for a single pixel: the last one of 9x9, 15x15, or with
   * wide tiles all of them.
   */
  public boolean isSingle(int tile) {
    return isWide()
        || (hasSingle(tileRows[0]) && gridPixels - tile * nr == rowFloats - Species.LANES + 1);
  }

  /** Whether there is a register tile of so many rows for that. */
  public boolean hasSingle(int mr) {
    return MicroKernels.hasSingle(mr, nv - 1);
  }

  /** Whether all register tiles are of some vectors and a single pixel. */
  public boolean isWide() {
    return nr != rowFloats;
  }

  /** Multiply-adds that a run executes, padding of tiles, vectors and borders included. */
  public long executedMultiplyAdds() {
    int end = pixelTiles - 1;
    int last = isSingle(end) ? rowFloats - Species.LANES + 1 : vectorsOf(end) * Species.LANES;
    long pixels = (long) end * nr + last;
    if (panelPixels.length > 0) {
      pixels = PixelPanels.padded(panelPixels);
    }
    return pixels * allTaps() * paddedRows() * images * geometry.groups();
  }

  /** Taps of all phases and blocks. */
  private long allTaps() {
    long all = 0;
    for (TapTable[] phases : taps) {
      for (TapTable table : phases) {
        all += table.taps;
      }
    }
    return all;
  }

  /** Cuts a number of things into equal parts: where each begins, and the end. */
  static int[] even(int count, int parts) {
    int[] bounds = new int[parts + 1];
    for (int i = 0; i <= parts; i++) {
      bounds[i] = (int) ((long) count * i / parts);
    }
    return bounds;
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  private static long ceilLong(long a, long b) {
    return (a + b - 1) / b;
  }

  private static int fits(long floats) {
    if (floats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "packed weights, scratch or the pixels of a plane would need "
              + floats
              + " floats; must be below 2^31 - 8, the limit of a Java array");
    }
    return (int) floats;
  }
}
