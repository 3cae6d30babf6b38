package org.simdconv.internal.run;

import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.WindowLayout;
import org.simdconv.internal.pack.InputWindow;
import org.simdconv.internal.pack.WeightPacker;
import org.simdconv.internal.plan.DensePlan;
import org.simdconv.internal.plan.KernelBlock;
import org.simdconv.internal.plan.TapTable;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.PanelCopy;
import org.simdconv.internal.simd.Species;

/**
 * The loops of every dense convolution and transposed convolution, in the way of K. Goto, R. van de
 * Geijn, "Anatomy of high-performance matrix multiplication" (ACM TOMS 34(3), 2008), with the
 * im2col matrix never built: only the panel of one tile of pixels and one block of taps exists at a
 * time.
 *
 * <pre>
 * for each block of taps                       (outermost, so that its weights stay in L2 over the task's tiles)
 *   fill the padded window of the block's channels, unless the input can be read in place
 *   for each tile of NR pixels
 *     for each phase                           (one for a convolution)
 *       pack the panel, unless the phase before read the same pixels
 *       for each register tile of output channels: micro-kernel
 *     after the last block: interleave the column phases, epilogue, store
 * </pre>
 *
 * Immutable and safe for concurrent runs.
 */
public final class DenseEngine implements Engine {
  private final DensePlan plan;
  private final float[] weights;
  private final float[] bias;
  private final Epilogue epilogue;

  /** Packs the weights; neither array is kept. */
  public DenseEngine(DensePlan plan, float[] weights, float[] bias, Epilogue epilogue) {
    this.plan = plan;
    this.weights = WeightPacker.pack(plan, weights);
    this.bias = bias.clone();
    this.epilogue = epilogue;
  }

  @Override
  public int tasks() {
    return plan.tasks;
  }

  @Override
  public int scratchFloats() {
    return plan.scratchFloats;
  }

  @Override
  public void run(int task, Binding buffers, float[] scratch, int at) {
    DensePlan p = plan;
    int ranges = p.channelRanges.length - 1;
    int range = task % ranges;
    int rest = task / ranges;
    int runs = (p.pixelTiles + p.taskTiles - 1) / p.taskTiles;
    int firstTile = rest % runs * p.taskTiles;
    rest /= runs;
    int group = rest % p.geometry.groups();
    int image = rest / p.geometry.groups();
    int endTile = Math.min(p.pixelTiles, firstTile + p.taskTiles);
    int last = p.blocks.length - 1;
    if (last == 0) {
      fillWindow(0, image, group, firstTile, endTile, buffers, scratch, at);
      for (int tile = firstTile; tile < endTile; tile++) {
        TapTable packed = null;
        for (int a = 0; a < p.rowPhases; a++) {
          packed =
              accumulate(
                  0, a, tile, 0, packed, image, group, range, firstTile, buffers, scratch, at);
          store(a, tile, 0, image, group, range, buffers, scratch, at);
        }
      }
      return;
    }
    for (int a = 0; a < p.rowPhases; a++) {
      for (int block = 0; block <= last; block++) {
        fillWindow(block, image, group, firstTile, endTile, buffers, scratch, at);
        for (int tile = firstTile; tile < endTile; tile++) {
          int slot = tile - firstTile;
          accumulate(
              block, a, tile, slot, null, image, group, range, firstTile, buffers, scratch, at);
          if (block == last) {
            store(a, tile, slot, image, group, range, buffers, scratch, at);
          }
        }
      }
    }
  }

  private void fillWindow(
      int block,
      int image,
      int group,
      int firstTile,
      int endTile,
      Binding buffers,
      float[] scratch,
      int at) {
    DensePlan p = plan;
    if (p.inPlace && buffers.input != null) {
      return;
    }
    ConvGeometry g = p.geometry;
    KernelBlock b = p.blocks[block];
    int firstPixel = firstTile * p.nr;
    int lastPixel = Math.min(p.gridPixels, endTile * p.nr) - 1;
    int gridColumns = g.columns().grid;
    int gridRows = g.rows().grid;
    int firstImage = image;
    int images = 1;
    int firstRow = firstPixel / gridColumns;
    int rows = lastPixel / gridColumns - firstRow + 1;
    if (p.flatten) {
      firstImage = firstRow / gridRows;
      images = lastPixel / (gridColumns * gridRows) - firstImage + 1;
      firstRow = 0;
      rows = gridRows;
    }
    InputWindow.fill(
        p.window,
        g,
        buffers.input,
        buffers.inputSegment,
        buffers.inputAt,
        firstImage,
        images,
        group * g.groupIn() + b.channelFrom(),
        b.channels(),
        firstRow,
        rows,
        scratch,
        at,
        at + p.stageAt);
  }

  /**
   * Adds a block of taps to the accumulators of one tile, for all column phases of a row phase.
   * Returns the taps whose panel stands in scratch.
   */
  private @Nullable TapTable accumulate(
      int block,
      int a,
      int tile,
      int slot,
      @Nullable TapTable packed,
      int image,
      int group,
      int range,
      int firstTile,
      Binding buffers,
      float[] scratch,
      int at) {
    DensePlan p = plan;
    int nv = plan.vectorsOf(tile);
    int nr = nv * Species.LANES;
    int firstTileOfRange = p.channelRanges[range];
    int endTileOfRange = p.channelRanges[range + 1];
    for (int b = 0; b < p.columnPhases; b++) {
      int phase = a * p.columnPhases + b;
      TapTable table = p.taps[block][phase];
      int taps = table.tapsPerChannel * p.blocks[block].channels();
      if (taps == 0 && block > 0) {
        continue;
      }
      if (table != packed) {
        pack(table, taps, block, tile, nr, image, group, firstTile, buffers, scratch, at);
        packed = table;
      }
      int base = group * p.groupWeights + p.weightBase[block][phase];
      int acc = accumulators(slot, b, range, at);
      for (int t = firstTileOfRange; t < endTileOfRange; t++) {
        MicroKernels.run(
            p.tileRows[t],
            nv,
            weights,
            base + p.tileStart[t] * taps,
            taps,
            scratch,
            at + p.panelAt,
            scratch,
            acc + (p.tileStart[t] - p.tileStart[firstTileOfRange]) * p.nr,
            block > 0);
      }
    }
    return packed;
  }

  private int accumulators(int slot, int b, int range, int at) {
    DensePlan p = plan;
    int rows = p.tileStart[p.channelRanges[range + 1]] - p.tileStart[p.channelRanges[range]];
    return at + p.accAt + (slot * p.columnPhases + b) * rows * p.nr;
  }

  private void pack(
      TapTable table,
      int taps,
      int block,
      int tile,
      int nr,
      int image,
      int group,
      int firstTile,
      Binding buffers,
      float[] scratch,
      int at) {
    DensePlan p = plan;
    ConvGeometry g = p.geometry;
    int gridColumns = g.columns().grid;
    int imagePixels = g.rows().grid * gridColumns;
    float[] input = buffers.input;
    float[] source;
    int[] offset;
    int base;
    int imageStride;
    int rowStride;
    int firstImage = 0;
    int firstRow = 0;
    if (p.inPlace && input != null) {
      source = input;
      offset = table.inputOffset;
      rowStride = g.columns().in;
      int plane = g.rows().in * rowStride;
      imageStride = g.inChannels() * plane;
      int channel = group * g.groupIn() + p.blocks[block].channelFrom();
      base = buffers.inputAt + image * imageStride + channel * plane;
    } else {
      WindowLayout window = p.window;
      source = scratch;
      offset = table.windowOffset;
      rowStride = window.pitch;
      imageStride = window.imageStride;
      base = at;
      int firstPixel = firstTile * p.nr;
      if (p.flatten) {
        firstImage = firstPixel / imagePixels;
      } else {
        firstRow = firstPixel / gridColumns;
      }
    }
    // Rows that follow each other without a gap are one run.
    boolean contiguous = rowStride == gridColumns;
    int pixel = tile * p.nr;
    int end = Math.min(p.gridPixels, pixel + nr);
    int to = at + p.panelAt;
    while (pixel < end) {
      int n = pixel / imagePixels;
      int inImage = pixel - n * imagePixels;
      int y = inImage / gridColumns;
      int x = inImage - y * gridColumns;
      int run = contiguous ? imagePixels - inImage : gridColumns - x;
      int left = Math.min(run, end - pixel);
      int length = left >= 2 * Species.LANES ? 2 * Species.LANES : Math.min(left, Species.LANES);
      int from = base + (n - firstImage) * imageStride + (y - firstRow) * rowStride + x;
      PanelCopy.copy(source, from, offset, taps, scratch, to, nr, length);
      pixel += length;
      to += length;
    }
    // Pixels past the end of the grid are computed from whatever stands in the panel, and never
    // stored.
  }

  private void store(
      int a,
      int tile,
      int slot,
      int image,
      int group,
      int range,
      Binding buffers,
      float[] scratch,
      int at) {
    DensePlan p = plan;
    ConvGeometry g = p.geometry;
    int nr = plan.vectorsOf(tile) * Species.LANES;
    int strideH = g.rows().outStep;
    int strideW = g.columns().outStep;
    int outHeight = g.rows().out;
    int outWidth = g.columns().out;
    int gridColumns = g.columns().grid;
    int imagePixels = g.rows().grid * gridColumns;
    int firstChannel = p.tileStart[p.channelRanges[range]];
    int endChannel = Math.min(g.groupOut(), p.tileStart[p.channelRanges[range + 1]]);
    boolean contiguous = strideH == 1 && strideW == 1;
    int acc = accumulators(slot, 0, range, at);
    int apart = accumulators(slot, 1, range, at) - acc;
    int firstPixel = tile * p.nr;
    int end = Math.min(p.gridPixels, firstPixel + p.nr);
    for (int t = p.channelRanges[range]; t < p.channelRanges[range + 1]; t++) {
      int tileFirst = p.tileStart[t];
      int tileEnd = Math.min(endChannel, tileFirst + p.tileRows[t]);
      for (int m = tileFirst; m < tileEnd; m++) {
        int oc = group * g.groupOut() + m;
        int sums = acc + (tileFirst - firstChannel) * p.nr + (m - tileFirst) * nr;
        int pixel = firstPixel;
        while (pixel < end) {
          int n = pixel / imagePixels;
          int inImage = pixel - n * imagePixels;
          int y = inImage / gridColumns;
          int x = inImage - y * gridColumns;
          int run = contiguous ? imagePixels - inImage : gridColumns - x;
          int length = Math.min(run, end - pixel);
          int oh = y * strideH + a;
          if (oh < outHeight) {
            int ow = x * strideW;
            int to = (((image + n) * g.outChannels() + oc) * outHeight + oh) * outWidth + ow;
            int from = sums + pixel - firstPixel;
            if (p.columnPhases == 1) {
              buffers.store(epilogue, scratch, from, length, bias[oc], to, at + p.stageAt);
            } else {
              Epilogue.interleave(
                  scratch, from, apart, p.columnPhases, length, scratch, at + p.rowAt);
              int stored = Math.min(length * strideW, outWidth - ow);
              buffers.store(epilogue, scratch, at + p.rowAt, stored, bias[oc], to, at + p.stageAt);
            }
          }
          pixel += length;
        }
      }
    }
  }
}
