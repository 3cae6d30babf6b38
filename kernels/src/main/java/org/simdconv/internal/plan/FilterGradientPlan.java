package org.simdconv.internal.plan;

import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.TileTable;

/**
 * How the gradient of the weights is cut where lanes run over the floats of a filter, input
 * channels and taps as they follow each other in the weights:
 *
 * <pre>
 * dw[oc][lane] = sum over pixels of  dy[pixel][oc] * x[pixel][lane]       lane = (ic kernelRows + kh) kernelColumns + kw
 * </pre>
 *
 * the matrix product of the transposed gradients with the im2col matrix (K. Chellapilla et al.,
 * "High performance convolutional neural networks for document processing", 2006), by the
 * micro-kernels of the convolution. The sums come out in the order of the weights, and no lane is
 * wasted between channels. {@link GradientPlan} has channels in the lanes: it transposes each pixel
 * once, not once a tap, but all sums in the end. So this is for few pixels or many output channels,
 * and for few input channels.
 *
 * <pre>
 * for each chunk of images or rows: transpose dy to the panels
 *   for each block of lanes
 *     copy the rows of its channels for each kernel column, or where they are a stride apart for each lane
 *     transpose them to a window of pixels with the block's lanes
 *     for each band of pixels, for each tile: micro-kernel
 * </pre>
 *
 * <p>Each sum is one chain over the pixels, so work is cut along lanes only.
 *
 * <p>Against channels in the lanes, both in turns (JDK 25, Zen 4, one thread): 3x3 512-512@7 4370
 * to 3490 us, 256-512@14 of stride 2 1780 to 1450, 7x7 of stride 2 3-64@224 3490 to 3070,
 * 512-512@14 11.5 to 10.3 ms, 256-256@14 2590 to 2420 us, 3-64@224 5220 to 3550, transposed 4x4 of
 * stride 2 512-256@8 3830 to 3620, 128-3@32 274 to 172; 128-128@28 2200 to 2320, 64-64@56 2300 to
 * 2530. The products of 256-256@14 are nine tenths of it, at 97% of the peak in bands of 196 pixels
 * and 90% in bands of 49.
 *
 * <p>Immutable; the arrays are not to be written.
 */
public final class FilterGradientPlan {
  private static final int L = Species.LANES;

  // Panels, a window and copied rows: half of L2.
  private static final int CHUNK_FLOATS = Caches.L2 / 2 / Float.BYTES;

  // To copy a short row.
  private static final double ROW_CYCLES = 8;

  // To load and store a sum once more.
  private static final double AGAIN_CYCLES = 1;

  /** The convolution. */
  public final ConvGeometry geometry;

  /** Vectors of a register tile. */
  public final int nv;

  /** Rows of the register tiles of a group's output channels. */
  public final int[] tileRows;

  /** First row of each tile, and the end. */
  public final int[] tileStart;

  /** Floats of a filter. */
  public final int lanes;

  /** Blocks of lanes, each a tile wide. */
  public final int blocks;

  /** Tasks a group: cuts of the blocks. */
  public final int blockParts;

  /** Number of tasks. */
  public final int tasks;

  /** Images whose pixels are computed together; 1 where there are several parts. */
  public final int images;

  /** Output rows of an image whose pixels are computed together. */
  public final int rows;

  /** Pixels of a call of the micro-kernel. */
  public final int bandPixels;

  /**
   * Whether rows are copied for each lane; else for each kernel column of the channels that a block
   * has lanes of.
   */
  public final boolean rowsGathered;

  /** Rows that are copied for a lane, or a kernel column. */
  public final int windowRows;

  /** Floats of them. */
  public final int columnFloats;

  /** Floats of a channel's copied rows, where they are not copied for each lane. */
  public final int channelFloats;

  /** Where the panels are in scratch memory; the window is in front. */
  public final int panelAt;

  /** Where a block's sums are. */
  public final int sumsAt;

  /** Where copied rows are. */
  public final int rowsAt;

  /** Where rows of a segment are staged. */
  public final int stageAt;

  /** Scratch memory of a thread. */
  public final int scratchFloats;

  /** What a run takes on one thread by the model. */
  public final double cycles;

  private FilterGradientPlan(ConvGeometry g, int rows, int images, int threads) {
    this.geometry = g;
    this.rows = rows;
    this.images = images;
    lanes = g.weightFloats() / g.outChannels();
    nv = TileTable.vectors(g.groupOut(), lanes);
    int nr = nv * L;
    tileRows = TileTable.partition(g.groupOut(), nv);
    tileStart = TileTable.starts(tileRows);
    blocks = (lanes + nr - 1) / nr;
    blockParts = parts(g.groups(), blocks, threads);
    tasks = Math.multiplyExact(g.groups(), blockParts);
    rowsGathered = isGathered(g.rows(), rows);
    windowRows = windowRows(g.rows(), rows);
    int width = g.columns().out;
    columnFloats = windowRows * width;
    channelFloats = g.columns().taps * columnFloats;
    int chunk = images * rows * width;
    int bands = bands(nr, tileRows[0], chunk);
    bandPixels = (chunk + bands - 1) / bands;
    // Vectors written behind the last pixel.
    panelAt = aligned(chunk * nr + L);
    int outs = tileStart[tileRows.length];
    sumsAt = panelAt + aligned(chunk * (outs + tileRows.length) + L);
    rowsAt = sumsAt + outs * nr;
    stageAt = rowsAt + aligned(copies(g, rowsGathered, nr) * columnFloats + L);
    scratchFloats = stageAt + stageFloats(g, windowRows);
    cycles = cycles(g, nr);
  }

  /**
   * Decides; null where a filter has one place, so that there is nothing to win, or the scratch
   * memory would be large.
   */
  public static @Nullable FilterGradientPlan of(ConvGeometry g, int threads) {
    if (g.rows().taps * (long) g.columns().taps == 1) {
      return null;
    }
    int rows = g.rows().out;
    while (rows > 1 && floats(g, rows, 1) > CHUNK_FLOATS) {
      rows = (rows + 1) / 2;
    }
    if (floats(g, rows, 1) > 2L * CHUNK_FLOATS) {
      return null;
    }
    int images = 1;
    if (rows == g.rows().out) {
      while (2 * images <= g.batch() && floats(g, rows, 2 * images) <= CHUNK_FLOATS) {
        images *= 2;
      }
    }
    return new FilterGradientPlan(g, rows, images, threads);
  }

  /** Scratch memory of a thread with chunks of so many rows or images. */
  private static long floats(ConvGeometry g, int rows, int images) {
    int lanes = g.weightFloats() / g.outChannels();
    int nr = TileTable.vectors(g.groupOut(), lanes) * L;
    long width = g.columns().out;
    long outs = g.groupOut() + 12L;
    long windowRows = windowRows(g.rows(), rows);
    long copied = copies(g, isGathered(g.rows(), rows), nr) * windowRows * width;
    return (long) images * rows * width * (nr + outs)
        + outs * nr
        + copied
        + stageFloats(g, windowRows);
  }

  /** How often rows are copied for a block. */
  private static int copies(ConvGeometry g, boolean gathered, int nr) {
    int taps = g.rows().taps * g.columns().taps;
    // A block has lanes of so many channels at most.
    long channels = Math.min(g.groupIn(), (nr - 2L + taps) / taps + 1);
    return gathered ? nr : Math.toIntExact(channels * g.columns().taps);
  }

  private static boolean isGathered(Axis axis, int rows) {
    return axis.step != 1 || plainRows(axis, rows) > (long) axis.taps * rows;
  }

  private static long plainRows(Axis axis, int rows) {
    return rows + (long) axis.start[axis.taps - 1] - axis.start[0];
  }

  private static int windowRows(Axis axis, int rows) {
    return isGathered(axis, rows) ? rows : (int) plainRows(axis, rows);
  }

  /**
   * Of segments: rows of the image, of one channel, that are copied at a time; gradients of LANES
   * channels.
   */
  private static int stageFloats(ConvGeometry g, long rows) {
    long some = (rows - 1) * g.rows().step + 1;
    long image = Math.min(some, g.rows().in) * g.columns().in;
    long gradients = L * (rows * g.columns().out + 1);
    return (int) Math.min(Math.max(image, gradients), 1 << 28);
  }

  private static int bands(int nr, int mr, int chunk) {
    int most = Math.max(GradientPlan.LEAST_BAND, GradientPlan.BAND_FLOATS / (nr + mr + 1));
    return (chunk + most - 1) / most;
  }

  /** Each part transposes all gradients: no more than the threads share. */
  private static int parts(int groups, int blocks, int threads) {
    int parts = 1;
    while (parts < blocks && (long) groups * parts % threads != 0) {
      parts++;
    }
    return (long) groups * parts % threads == 0 || groups < threads ? parts : 1;
  }

  private static int aligned(int floats) {
    return (floats + 15) / 16 * 16;
  }

  private double cycles(ConvGeometry g, int nr) {
    double pixels = (double) g.batch() * g.rows().out * g.columns().out;
    double products = pixels * g.groups() * GradientPlan.tileCycles(g.groupOut(), lanes, nv);
    double chunks =
        Math.ceil((double) g.batch() / images) * Math.ceil((double) g.rows().out / rows);
    double own = (double) blocks * nr + (double) blockParts * g.groupOut();
    double transposed = pixels * g.groups() * own;
    double windows = chunks * images * g.groups() * blocks;
    double copied = windows * copies(g, rowsGathered, nr) * windowRows;
    double row = g.columns().step <= 2 ? ROW_CYCLES : g.columns().out;
    double again = (chunks - 1) * g.weightFloats();
    return products
        + GradientPlan.TRANSPOSE_CYCLES * transposed
        + row * copied
        + AGAIN_CYCLES * again;
  }

  /** Vectors of a block. */
  public int vectors(int block) {
    return TileTable.vectorsFor(nv, lanes - block * nv * L);
  }
}
