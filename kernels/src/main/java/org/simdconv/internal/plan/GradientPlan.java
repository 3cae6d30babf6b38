package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.GroupGradientKernel;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.TileTable;

/**
 * How the gradient of the weights of a convolution is cut. It is a matrix product again, over the
 * pixels of all output images:
 *
 * <pre>
 * dw[oc, ic, kh, kw] = sum over n, oh, ow of  dy[n, oc, oh, ow] * x[n, ic, oh sh + kh dh - top, ow sw + kw dw - left]
 * </pre>
 *
 * so the micro-kernels of the convolution compute it, pixels in the place of taps: input channels
 * are the lanes, output channels the rows. For that, a chunk of images or rows at a time, the input
 * is transposed to a padded window of pixels with {@link #pitch} channels each, and the gradients
 * of the outputs to panels of a pixel's {@code MR} channels and its offset in the window. A tap is
 * a shift of the window. Lanes can also run over the columns of a kernel row ({@link #rowStrips}),
 * which neighbour each other in the window: for few channels.
 *
 * <p>Where groups have so few channels that both would be mostly empty, lanes run over the channels
 * of all groups ({@link #acrossGroups}), and {@link GroupGradientKernel} has the taps in rows;
 * there each of a group's output channels takes a pass.
 *
 * <p>All sums are transposed at the end; where these are many and pixels few, {@link
 * FilterGradientPlan} is faster.
 *
 * <p>Each sum is one chain over the pixels, so work is cut along channels and kernel rows only,
 * never along pixels.
 *
 * <p>3x3 128-128@28 takes 1.05 to 1.1 times as long as the layer itself, 256-256@14 1.07 to 1.17,
 * 1x1 256-64@56 1.1 to 1.2, where transposing 1 M floats is a third; depthwise 3x3 144@56 1.4 to
 * 1.9 times as long, by where the JVM puts the scratch memory: half of that is transposing (JDK 25,
 * AVX-512; {@code bench --layers 'gradients|resnet50'}). Its blocks of channels come one after the
 * other, as with the windows of all of them in L2 it took a fifth longer. Tried, and not worth it:
 * reading a line of each plane ahead of the transposes (10 to 30% lost); bands of 0.35 to 0.7 of L1
 * (nothing); sums kept in L3 to transpose once (nothing); sums put in order tile by tile while they
 * are in L1, those of nine taps interleaved three by three (0 to 2%). For depthwise layers, 16
 * chains of neighbouring columns, without transposes but with copies and a sum over the chains: as
 * fast for 144@56, half as fast for 960@7, and another order of summation.
 *
 * <p>Immutable.
 */
public final class GradientPlan {
  private static final int L = Species.LANES;

  /**
   * A block's window and a tile's panel: in L1, or where a core begins one FMA a cycle, which
   * leaves time to read them from L2, longer bands, which load and store their sums less often (2
   * to 5%, JDK 25, Zen 4).
   */
  static final int BAND_FLOATS = (FmaRate.FMAS == 1 ? Caches.L2 / 8 : Caches.L1) / Float.BYTES;

  // Pixels from which on loading and storing a tile's sums is lost in the noise.
  static final int LEAST_BAND = 96;

  // Cycles of GroupGradientKernel a pixel.
  private static final double GROUP_CYCLES = 5.5;

  // Cycles to transpose a float.
  static final double TRANSPOSE_CYCLES = 0.6;

  // Cycles to copy a sum to the weights.
  private static final double COPY_CYCLES = 0.4;

  // What a task costs beside: claiming it, starting and ending its sums.
  private static final double TASK_CYCLES = 2000;

  /** The convolution. */
  public final ConvGeometry geometry;

  /** Whether lanes run over the channels of all groups. */
  public final boolean acrossGroups;

  /** Vectors of a register tile. */
  public final int nv;

  /** Rows of the register tiles of a group's output channels. */
  public final int[] tileRows;

  /** First row of each tile, and the end. */
  public final int[] tileStart;

  /** Floats of a pixel in the window. */
  public final int pitch;

  /** Whether lanes run over the columns of a kernel row. */
  public final boolean rowStrips;

  /** Blocks of channels of a group, or of all groups, each with a window of its own. */
  public final int blocks;

  /** First float of each strip of lanes of a kernel row, from the pixel on. */
  public final int[] stripShift;

  /** Whether the window has a copy of the columns for each kernel column. */
  public final boolean columnsGathered;

  /** Whether the window has a copy of the rows for each kernel row. */
  public final boolean rowsGathered;

  /** Window column that a kernel column reads for the first output column. */
  public final int[] tapColumn;

  /** Window row that a kernel row reads for the first output row. */
  public final int[] tapRow;

  /** Window columns from an output column to the next. */
  public final int columnStep;

  /** Window rows from an output row to the next. */
  public final int rowStep;

  /** Tasks a group: cuts of the tiles. */
  public final int tileParts;

  /** Tasks a group: cuts of the blocks. */
  public final int blockParts;

  /** Tasks a group: cuts of the kernel rows. */
  public final int rowParts;

  /** Number of tasks. */
  public final int tasks;

  /** Columns of the window. */
  public final int windowColumns;

  /** Window rows of an image, or of a part of it. */
  public final int windowRows;

  /** Images whose pixels stand in the window together; 1 where there are several parts. */
  public final int images;

  /** Output rows of an image whose pixels stand in the window together. */
  public final int rows;

  /** Pixels of a call of the micro-kernel. */
  public final int bandPixels;

  /** Where each pixel of a chunk is in the window. */
  public final int[] pixelAt;

  /** Place of each tap in the window, filled up to whole calls of {@link GroupGradientKernel}. */
  public final int[] tapAt;

  /** Floats of a block's window. */
  public final int blockFloats;

  /** Where the panels are in scratch memory. */
  public final int panelAt;

  /** Where the sums are. */
  public final int sumsAt;

  /** Where finished rows of weights, or pixels of a segment, are staged. */
  public final int stageAt;

  /** Scratch memory of a thread. */
  public final int scratchFloats;

  /** What a run takes on one thread by the model. */
  public final double cycles;

  /** Decides. */
  public GradientPlan(ConvGeometry g, int threads) {
    this.geometry = g;
    int in = g.groupIn();
    int out = g.groupOut();
    int kernelRows = g.rows().taps;
    int kernelColumns = g.columns().taps;
    int taps = kernelRows * kernelColumns;
    long pixels = (long) g.batch() * g.rows().out * g.columns().out;
    long span = extent(g.columns());
    int outWidth = g.columns().out;
    long plainColumns = (outWidth - 1L) * g.columns().step + span;
    // A copy for each kernel column is slow to make: only where its columns are far apart.
    this.columnsGathered = plainColumns > 4L * kernelColumns * outWidth;
    // Lanes over channels, or over the floats of a kernel row.
    int byChannel = TileTable.vectors(out, in);
    int byRow = TileTable.vectors(out, span * in);
    double channelCycles = kernelColumns * tileCycles(out, in, byChannel);
    boolean narrow = in <= L && !columnsGathered;
    double rowCycles = narrow ? tileCycles(out, span * in, byRow) : Double.MAX_VALUE;
    double dense = g.groups() * kernelRows * Math.min(channelCycles, rowCycles);
    int groupTaps = (taps + GroupGradientKernel.TAPS - 1) / GroupGradientKernel.TAPS;
    int allBlocks = (g.inChannels() + L - 1) / L;
    double across = GROUP_CYCLES * allBlocks * out * groupTaps;
    this.acrossGroups = g.groups() > 1 && across < dense;
    this.rowStrips = !acrossGroups && rowCycles < channelCycles;
    double products = pixels * (acrossGroups ? across : dense);
    this.nv = acrossGroups ? 1 : rowStrips ? byRow : byChannel;
    int nr = nv * L;
    this.pitch = rowStrips ? in : nr;
    this.blocks = acrossGroups ? allBlocks : rowStrips ? 1 : (in + nr - 1) / nr;
    this.tileRows = acrossGroups ? new int[] {1} : TileTable.partition(out, nv);
    this.tileStart = TileTable.starts(tileRows);
    this.windowColumns =
        columnsGathered
            ? Math.multiplyExact(kernelColumns, outWidth)
            : Math.toIntExact(plainColumns);
    this.columnStep = columnsGathered ? 1 : g.columns().step;
    this.tapColumn = places(g.columns(), columnsGathered, outWidth);
    this.stripShift = strips((int) Math.min(span * in, Integer.MAX_VALUE), nr);

    int windowStep = Math.multiplyExact(windowColumns, pitch);
    long budget = Caches.L2 / 2 / Float.BYTES;
    int[] parts = cut(threads, taps, products);
    this.tileParts = parts[0];
    this.blockParts = parts[1];
    this.rowParts = parts[2];
    this.tasks = (acrossGroups ? 1 : g.groups()) * tileParts * blockParts * rowParts;
    double left = TRANSPOSE_CYCLES * g.inputFloats() * tileParts;
    double right = TRANSPOSE_CYCLES * g.outputFloats() * blockParts;
    this.cycles = products + rowParts * (left + right) + sumCycles(taps) * g.weightFloats();
    // Over all groups, block after block uses the same scratch.
    int taskBlocks = acrossGroups ? 1 : (blocks + blockParts - 1) / blockParts;
    int panelRow = panelFloats();
    int someRows = g.rows().out;
    while (someRows > 1
        && taskBlocks * windowRows(someRows) * windowStep + (long) panelRow * someRows * outWidth
            > budget) {
      someRows = (someRows + 1) / 2;
    }
    this.rows = someRows;
    this.windowRows = Math.toIntExact(windowRows(rows));
    long image = (long) taskBlocks * windowRows * windowStep + (long) panelRow * rows * outWidth;
    int some = 1;
    // Small images stand in the window together, so that their pixels make long chains.
    while (rows == g.rows().out
        && 2 * some <= g.batch()
        && (long) some * rows * outWidth < 2 * LEAST_BAND
        && 2L * some * image <= budget) {
      some *= 2;
    }
    this.images = some;
    this.rowsGathered = windowRows < plainRows(rows);
    this.rowStep = rowsGathered ? 1 : g.rows().step;
    this.tapRow = places(g.rows(), rowsGathered, rows);
    int chunk = images * rows * outWidth;
    this.pixelAt = new int[chunk];
    for (int k = 0; k < chunk; k++) {
      int y = k / outWidth;
      int n = y / rows;
      int row = n * windowRows + (y - n * rows) * rowStep;
      pixelAt[k] = row * windowStep + k % outWidth * columnStep * pitch;
    }
    this.tapAt = new int[groupTaps * GroupGradientKernel.TAPS];
    for (int t = 0; t < taps; t++) {
      tapAt[t] = tapRow[t / kernelColumns] * windowStep + tapColumn[t % kernelColumns] * pitch;
    }
    long each = (long) rowStep * windowStep / outWidth + tileRows[0] + 1;
    long halo = (windowRows(1) - 1) * windowStep;
    long band = Math.max(LEAST_BAND, (BAND_FLOATS - halo) / each);
    int bands = (int) ((chunk + band - 1) / band);
    this.bandPixels = (chunk + bands - 1) / bands;
    // Vectors read behind the last pixel.
    long block =
        (long) images * windowRows * windowStep + stripShift[stripShift.length - 1] + nr + L;
    this.blockFloats = Math.toIntExact((block + 15) / 16 * 16);
    this.panelAt = Math.multiplyExact(taskBlocks, blockFloats);
    long panels = (long) panelRow * (acrossGroups ? rows * outWidth : chunk) + L;
    this.sumsAt = Math.toIntExact(panelAt + (panels + 15) / 16 * 16);
    long sums = (long) sumRows() * taskBlocks * taskKernelRows() * stripShift.length * nr;
    if (acrossGroups) {
      sums = (long) taskBlocks * out * groupTaps * GroupGradientKernel.TAPS * L;
    }
    this.stageAt = Math.toIntExact(sumsAt + sums);
    // Transposing writes a vector more.
    long weights = (long) (acrossGroups ? L : Math.min(in, nr)) * taps + 2L * L;
    long staged = (long) L * (Math.max(rows * outWidth, g.columns().in) + L);
    this.scratchFloats = Math.toIntExact(stageAt + Math.max(weights, staged));
  }

  private int[] places(Axis axis, boolean gathered, int some) {
    int[] places = new int[axis.taps];
    for (int t = 0; t < axis.taps; t++) {
      places[t] = gathered ? t * some : axis.start[t] - axis.start[0];
    }
    return places;
  }

  private long plainRows(int some) {
    return (some - 1L) * geometry.rows().step + extent(geometry.rows());
  }

  private long windowRows(int some) {
    return Math.min(plainRows(some), (long) geometry.rows().taps * some);
  }

  /** Columns or rows that a kernel covers. */
  private static long extent(Axis axis) {
    return (long) axis.start[axis.taps - 1] - axis.start[0] + 1;
  }

  /** Cycles to bring a sum to the order of the weights. */
  private double sumCycles(int taps) {
    double vectors = (taps + L - 1.0) / L;
    return rowStrips ? 2 : COPY_CYCLES + (taps == 1 ? 0 : TRANSPOSE_CYCLES * vectors * L / taps);
  }

  static double tileCycles(int rows, long lanes, int nv) {
    double vectors = 0;
    int nr = nv * L;
    for (long at = 0; at < lanes; at += nr) {
      vectors += TileTable.vectorsFor(nv, (int) Math.min(lanes - at, nr));
    }
    double cycles = 0;
    for (int mr : TileTable.partition(rows, nv)) {
      cycles += (mr + 1) * vectors / 2;
    }
    return cycles;
  }

  private int[] strips(int floats, int nr) {
    int[] shift = new int[rowStrips ? (floats + nr - 1) / nr : tapColumn.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = rowStrips ? i * nr : tapColumn[i] * pitch;
    }
    return shift;
  }

  /** Vectors of a strip of a block. */
  public int stripVectors(int block, int strip) {
    int floats =
        rowStrips
            ? (int) extent(geometry.columns()) * pitch - stripShift[strip]
            : geometry.groupIn() - block * nv * L;
    return TileTable.vectorsFor(nv, floats);
  }

  /**
   * Cuts of tiles, blocks and kernel rows: of all powers of two the fastest by the model whose sums
   * stay in L2, if any do. Cutting tiles transposes the input once more, cutting blocks the
   * gradients, cutting kernel rows both.
   *
   * @param products cycles of the products of all tasks
   */
  private int[] cut(int threads, int taps, double products) {
    ConvGeometry g = geometry;
    int[] most = {tileRows.length, blocks, acrossGroups ? 1 : g.rows().taps};
    int groups = acrossGroups ? 1 : g.groups();
    double left = TRANSPOSE_CYCLES * g.inputFloats() / groups;
    double right = TRANSPOSE_CYCLES * g.outputFloats() / groups;
    double sums = (double) g.groupOut() * taps * blocks * nv * L;
    int[] best = {1, 1, 1};
    double least = Double.MAX_VALUE;
    // A part more than there are things is one part less.
    for (int tiles = 1; tiles < 2 * most[0]; tiles *= 2) {
      for (int channels = 1; channels < 2 * most[1]; channels *= 2) {
        for (int rows = 1; rows < 2 * most[2]; rows *= 2) {
          int[] parts = {
            Math.min(tiles, most[0]), Math.min(channels, most[1]), Math.min(rows, most[2])
          };
          double all = (double) parts[0] * parts[1] * parts[2];
          double tasks = groups * all;
          double task = products / tasks + left / parts[1] + right / parts[0] + TASK_CYCLES;
          double cycles = Math.ceil(tasks / threads) * task;
          // More than L2 holds is worse than any that does not, and so is more of it.
          double over = sums / all / (Caches.L2 / 2.0 / Float.BYTES);
          cycles += over > 1 ? over * 1e15 : 0;
          if (cycles < least) {
            least = cycles;
            best = parts;
          }
        }
      }
    }
    return best;
  }

  /** Floats of a pixel in the panels of the largest task. */
  private int panelFloats() {
    return acrossGroups ? L : sumRows() + (tileRows.length + tileParts - 1) / tileParts;
  }

  /** Kernel rows of the largest task. */
  private int taskKernelRows() {
    return (geometry.rows().taps + rowParts - 1) / rowParts;
  }

  /** Rows of the tiles of the largest task. */
  private int sumRows() {
    int most = 0;
    for (int i = 0; i < tileParts; i++) {
      int from = begin(tileRows.length, tileParts, i);
      int to = begin(tileRows.length, tileParts, i + 1);
      most = Math.max(most, tileStart[to] - tileStart[from]);
    }
    return most;
  }

  /** First of so many things that belong to a part. */
  public static int begin(int things, int parts, int part) {
    return (int) ((long) things * part / parts);
  }
}
