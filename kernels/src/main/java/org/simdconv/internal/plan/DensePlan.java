package org.simdconv.internal.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.WindowLayout;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.TileTable;

/**
 * All decisions of a dense convolution or transposed convolution: register tiles, blocks of the
 * reduction, and the cut into tasks. Fixed at planning; the results do not depend on any of it.
 * Immutable; the arrays are not to be written.
 *
 * <p>A task owns a run of pixel tiles of one group (of one image, or of the whole batch flattened
 * into the pixel axis where images are small, so that lanes stay full) and a range of its output
 * channels, for all phases. Its scratch holds the window of one block, one panel, and the
 * accumulators.
 */
public final class DensePlan {
  // A panel of K x NR floats stays in L1 (48 or 32 KiB) while the weights of all output channels
  // stream past it from L2 at 4 bytes a cycle: 32 KiB = 256 taps of 32 pixels. Beyond 512 taps
  // nothing is gained.
  private static final int PANEL_FLOATS = 8192;
  private static final int MOST_TAPS = 512;

  // Accumulators that wait for the next block of the reduction live in L2 beside the weights of the
  // block: 512 KiB of 2 MiB.
  private static final int ACC_FLOATS = 128 * 1024;

  // The padded window is written once and read once a tap row; a quarter MiB keeps it in L2.
  private static final int WINDOW_FLOATS = 64 * 1024;

  // Images of more pixels than this lose at most a tenth to their last tile and stay separate. A
  // flattened window holds whole images, which larger ones make costly: at 1024 pixels DCGAN's last
  // layer took 6 times as long.
  private static final int FLATTEN_PIXELS = 256;

  // Tasks per thread: with dynamic claiming the last task idles the others for a quarter of the run
  // at most, an eighth on average. 8 and 16 gained nothing on 2 threads: more tasks fill more halo
  // rows of their windows (LayerBenchmark, 3x3 64@56 and 256@14, JDK 25).
  private static final int TASKS_PER_THREAD = 4;

  /** The sizes. */
  public final ConvGeometry geometry;

  /** Vectors of pixels in a register tile. */
  public final int nv;

  /** Pixels in a register tile. */
  public final int nr;

  /** Rows of each register tile of a group's output channels. */
  public final int[] tileRows;

  /** First padded row of each register tile, and the end. */
  public final int[] tileStart;

  /** The blocks of the reduction. */
  public final KernelBlock[] blocks;

  /** Vertical phases. */
  public final int rowPhases;

  /** Horizontal phases. */
  public final int columnPhases;

  /** Taps by [block][row phase * columnPhases + column phase]. */
  public final TapTable[][] taps;

  /** Start of a phase's packed weights of a block, relative to the group: [block][phase]. */
  public final int[][] weightBase;

  /** Packed weights of a group, in floats. */
  public final int groupWeights;

  /** Layout of the padded window of a block. */
  public final WindowLayout window;

  /** Whether a float[] input can be read in place, without a window. */
  public final boolean inPlace;

  /** Whether the batch is flattened into the pixel axis. */
  public final boolean flatten;

  /** Images of a grid: the batch if it is flattened, else 1. */
  public final int gridImages;

  /** Pixels of the grid of one phase, of all images that share it. */
  public final int gridPixels;

  /** Register tiles along the grid. */
  public final int pixelTiles;

  /** Register tiles along the grid that a task owns. */
  public final int taskTiles;

  /** First register tile of output channels of each channel range, and the end. */
  public final int[] channelRanges;

  /** Tasks of a run. */
  public final int tasks;

  /** Start of the panel in a task's scratch. */
  public final int panelAt;

  /** Start of the accumulators. */
  public final int accAt;

  /** Start of the interleaved row. */
  public final int rowAt;

  /** Start of the row in which a part of a segment is staged. */
  public final int stageAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  /**
   * Decides.
   *
   * @param g the sizes
   * @param threads how many threads the tasks should suit; the results do not depend on it
   * @throws IllegalArgumentException if packed weights, scratch or a plane need 2^31 floats or more
   */
  public DensePlan(ConvGeometry g, int threads) {
    Axis rows = g.rows();
    Axis columns = g.columns();
    geometry = g;
    nv = TileTable.vectors(g.groupOut());
    nr = nv * Species.LANES;
    tileRows = TileTable.partition(g.groupOut());
    tileStart = new int[tileRows.length + 1];
    for (int i = 0; i < tileRows.length; i++) {
      tileStart[i + 1] = tileStart[i] + tileRows[i];
    }
    int paddedRows = tileStart[tileRows.length];
    List<KernelBlock> cut =
        KernelBlock.cut(g.groupIn(), rows, columns, Math.min(MOST_TAPS, PANEL_FLOATS / nr));
    blocks = cut.toArray(new KernelBlock[0]);
    rowPhases = rows.outStep;
    columnPhases = columns.outStep;
    inPlace = rows.step == 1 && columns.step == 1 && rows.staysInside() && columns.staysInside();

    long imagePixels = (long) rows.grid * columns.grid;
    flatten = g.batch() > 1 && imagePixels <= FLATTEN_PIXELS;
    gridImages = flatten ? g.batch() : 1;
    // The end of the last tile must fit an int as well.
    gridPixels = fits(imagePixels * gridImages + nr) - nr;
    pixelTiles = ceil(gridPixels, nr);

    // Channel ranges: enough that one tile's accumulators fit, and that every thread has several
    // tasks (7 equal ones on 2 threads would idle one of them for a seventh of the run). Each range
    // fills its window and packs its pixels anew, which 128 channels make up for; below that only
    // if threads would have nothing to do. (With 52: 3x3 512@7 took 35% more time in all; JDK 25.)
    boolean resumes = blocks.length > 1;
    long units = (long) pixelTiles * g.groups() * (flatten ? 1 : g.batch());
    long accPerTile = (long) columnPhases * paddedRows * nr;
    long ranges = 1;
    if (threads > 1) {
      long most = units >= threads ? paddedRows / 128 : tileRows.length;
      ranges = Math.min(ceilLong((long) threads * TASKS_PER_THREAD, units), most);
    }
    ranges = Math.max(accPerTile / ACC_FLOATS + 1, ranges);
    channelRanges = even(tileRows.length, (int) Math.min(ranges, tileRows.length));
    int rangeRows = 0;
    for (int i = 0; i + 1 < channelRanges.length; i++) {
      rangeRows =
          Math.max(rangeRows, tileStart[channelRanges[i + 1]] - tileStart[channelRanges[i]]);
    }
    long accOfTile = (long) columnPhases * rangeRows * nr;

    int tiles = resumes ? (int) Math.max(1, ACC_FLOATS / accOfTile) : pixelTiles;
    tiles = Math.min(tiles, pixelTiles);
    if (threads > 1) {
      long enough = (long) threads * TASKS_PER_THREAD;
      long each = ceilLong(units * (channelRanges.length - 1), enough);
      tiles = (int) Math.max(1, Math.min(tiles, each));
    }
    int blockChannels = 0;
    for (KernelBlock b : blocks) {
      blockChannels = Math.max(blockChannels, b.channels());
    }
    WindowLayout layout = layout(tiles, blockChannels);
    while (layout.floats > WINDOW_FLOATS && tiles > 1) {
      tiles = (tiles + 1) / 2;
      layout = layout(tiles, blockChannels);
    }
    taskTiles = ceil(pixelTiles, ceil(pixelTiles, tiles));
    window = layout(taskTiles, blockChannels);
    tasks =
        Math.toIntExact(
            (long) ceil(pixelTiles, taskTiles)
                * (channelRanges.length - 1)
                * g.groups()
                * (flatten ? 1 : g.batch()));

    long slots = resumes ? taskTiles : 1;
    long panel = window.floats;
    long acc = panel + (long) blockTaps() * nr;
    // A vector of slack behind the accumulators and two behind the row: interleaving reads and
    // writes whole vectors.
    long row = acc + slots * accOfTile + Species.LANES;
    long stage = row + (columnPhases > 1 ? (long) columns.outStep * nr + 2L * Species.LANES : 0);
    panelAt = fits(panel);
    accAt = fits(acc);
    rowAt = fits(row);
    stageAt = fits(stage);
    scratchFloats = fits(stage + Math.max(columns.in, (long) nr * columns.outStep));

    taps = new TapTable[blocks.length][rowPhases * columnPhases];
    weightBase = new int[blocks.length][rowPhases * columnPhases];
    Map<List<Integer>, TapTable> tables = new HashMap<>();
    long base = 0;
    for (int i = 0; i < blocks.length; i++) {
      KernelBlock b = blocks[i];
      int[] rowClass = TapTable.classes(rows, rowPhases, b.rowFrom(), b.rowTo());
      int[] columnClass = TapTable.classes(columns, columnPhases, b.columnFrom(), b.columnTo());
      for (int a = 0; a < rowPhases; a++) {
        int[] kernelRows = TapTable.tapsOf(rows, a, b.rowFrom(), b.rowTo());
        for (int c = 0; c < columnPhases; c++) {
          int[] kernelColumns = TapTable.tapsOf(columns, c, b.columnFrom(), b.columnTo());
          // Offsets count from the block's first channel, so blocks of the same taps share a table.
          List<Integer> key =
              List.of(
                  b.rowFrom(),
                  b.rowTo(),
                  b.columnFrom(),
                  b.columnTo(),
                  rowClass[a],
                  columnClass[c]);
          int channels = blockChannels;
          TapTable table =
              tables.computeIfAbsent(
                  key,
                  k ->
                      TapTable.of(
                          rows, columns, kernelRows, kernelColumns, channels, window, inPlace));
          taps[i][a * columnPhases + c] = table;
          weightBase[i][a * columnPhases + c] = fits(base);
          base += (long) table.tapsPerChannel * b.channels() * paddedRows;
        }
      }
    }
    groupWeights = fits(base);
    fits(base * g.groups());
  }

  private WindowLayout layout(int tiles, int channels) {
    Axis rows = geometry.rows();
    Axis columns = geometry.columns();
    long pixels = (long) tiles * nr;
    int images = 1;
    long gridRows = Math.min(rows.grid, (pixels + columns.grid - 2) / columns.grid + 1);
    if (flatten) {
      images = (int) Math.min(gridImages, (pixels - 2) / ((long) rows.grid * columns.grid) + 2);
      gridRows = rows.grid;
    }
    return new WindowLayout(rows, columns, (int) gridRows, images, channels);
  }

  /** Most taps of a phase in a block. */
  public int blockTaps() {
    int most = 0;
    for (KernelBlock b : blocks) {
      most =
          Math.max(
              most,
              b.channels()
                  * geometry.rows().mostTaps(b.rowFrom(), b.rowTo())
                  * geometry.columns().mostTaps(b.columnFrom(), b.columnTo()));
    }
    return most;
  }

  /** Packed weights of all groups, in floats. */
  public int packedFloats() {
    return groupWeights * geometry.groups();
  }

  /** The register tiles in words, for example {@code 4 x 13x2 + 1 x 8x2}. */
  public String tiles() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tileRows.length; ) {
      int same = i;
      while (same < tileRows.length && tileRows[same] == tileRows[i]) {
        same++;
      }
      text.append(i == 0 ? "" : " + ").append(same - i).append(" x ");
      text.append(tileRows[i]).append('x').append(nv);
      i = same;
    }
    return text.toString();
  }

  /** Vectors of pixels in a tile of the grid: the last one may need fewer than the others. */
  public int vectorsOf(int tile) {
    int left = gridPixels - tile * nr;
    int vectors = nv;
    while (vectors > 1 && left <= vectors / 2 * Species.LANES) {
      vectors /= 2;
    }
    return vectors;
  }

  /** Multiply-adds that a run executes, padding of tiles, vectors and borders included. */
  public long executedMultiplyAdds() {
    long pixels = (long) (pixelTiles - 1) * nr + (long) vectorsOf(pixelTiles - 1) * Species.LANES;
    return pixels * (geometry.batch() / gridImages) * packedFloats();
  }

  private static int[] even(int count, int parts) {
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
