package org.simdconv.internal.run;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.PixelLanes;
import org.simdconv.internal.pack.InputWindow;
import org.simdconv.internal.pack.WeightPacker;
import org.simdconv.internal.plan.DensePlan;
import org.simdconv.internal.plan.DensePlan.Weights;
import org.simdconv.internal.plan.KernelBlock;
import org.simdconv.internal.plan.TapTable;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.Interleave;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.PixelPanels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.StreamedKernels;
import org.simdconv.internal.simd.TileIo;

/**
 * The loops of every dense convolution and transposed convolution: a blocked matrix multiplication
 * (K. Goto, R. van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3),
 * 2008) whose im2col matrix is never built, not even a panel of it. The micro-kernels read the
 * padded window in place.
 *
 * <pre>
 * fill the rows of the padded window that are new
 * for each register tile of MR output channels          (outermost: its weights stay in L1 or L2)
 *   for each tile of NR pixels                          (their window stays in L2)
 *     for each row phase                                (one for a convolution)
 *       for each column phase: micro-kernel             (with bias and clip, unless there is more to be done)
 *       interleave the column phases, epilogue, store   (what of it the micro-kernel has not done)
 * </pre>
 *
 * A reduction whose window or weights are too large is cut into blocks, outermost; the sums of all
 * tiles of the task wait in scratch memory.
 *
 * <p>Where the horizontal phases of a transposed convolution differ in their weights only, they may
 * be rows of a channel ({@link DensePlan#columnRows}): all tiles of rows of a tile of pixels, then
 * the store. Kernel 1x4096 of stride 1024 with one output channel, an inverse STFT: 2.9 ms for
 * 11.9; 16x16 of stride 8 with one: 0.12 for 0.36 (JDK 25).
 *
 * <p>Small images of a batch are merged on the pixel axis ({@link DensePlan#merged}): 4x4
 * transposed, 100-1024 on 16 single pixels: 2.4 ms for 6.6 (JDK 25).
 *
 * <p>Where nothing needs padding or a stride, the input itself is the window: 1x1 64-64@56 8%,
 * 24-144@56 10% faster than with a copy (JDK 25).
 *
 * <p>Tried, and not worth it (JDK 25, AVX-512): pixels outermost, the reduction cut so that their
 * window stays in L1 (1x1: between 2% lost and 5% won); several small images to a pass of the
 * weights (nothing: weights from L3 cost 2%); touching the next tile's weights, or the next band's
 * pixels, between two tiles (3 to 10% lost); with few output channels, the reduction of a tile cut
 * so that its pixels stay in L1 from phase to phase (k4 s2 128-3@32: 0 to 6% won); reading inputs
 * in place that are larger than half of L2 (1x1 256-64@56 3%, 64-256@56 4% lost, Zen 5).
 *
 * <p>Immutable and safe for concurrent runs.
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
    this.bias = WeightPacker.padRows(plan, bias);
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
  public void run(int task, Binding buffers, float[] scratch, int at, Slot slot) {
    int blocks = plan.blocks.length;
    for (int a = 0; a < (blocks == 1 ? 1 : plan.rowPhases); a++) {
      for (int block = 0; block < blocks; block++) {
        int sums = at + plan.accAt;
        runBlock(task, a, block, sums, plan.touchesWeights, buffers, scratch, at, slot);
        // The next block's channels are others.
        slot.window = blocks == 1 ? slot.window : Slot.NONE;
      }
    }
  }

  /**
   * Runs one block of a task's reduction, the only one for all row phases at once, and finishes the
   * outputs if it is the last. A window in the slot is of the same block.
   *
   * @param a row phase; 0 where there is one block
   * @param sums where the task's sums wait from block to block, in scratch
   * @param touches whether a tile's weights are read once before its products
   */
  void runBlock(
      int task,
      int a,
      int block,
      int sums,
      boolean touches,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
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
    int begin = p.channelRanges[range];
    int end = p.channelRanges[range + 1];
    provide(block, image, group, firstTile, endTile, buffers, scratch, at, slot);
    if (p.blocks.length == 1) {
      if (p.columnRows > 1) {
        runPhaseRows(image, group, firstTile, endTile, buffers, scratch, at, slot);
        return;
      }
      if (p.weights == Weights.VECTORS) {
        runPanels(begin, end, sums, image, group, buffers, scratch, at, slot);
        return;
      }
      boolean direct = storesItself(buffers);
      for (int t = begin; t < end; t++) {
        if (touches) {
          slot.read = touchWeights(group, block, 0, p.rowPhases * p.columnPhases, t);
        }
        if (direct) {
          runTiles(t, firstTile, endTile, sums, image, group, buffers, scratch, at, slot);
          continue;
        }
        for (int tile = firstTile; tile < endTile; tile++) {
          for (int phase = 0; phase < p.rowPhases; phase++) {
            compute(0, phase, t, tile, sums, image, group, buffers, scratch, at, slot);
          }
        }
      }
      return;
    }
    // The sums of a register tile, and of all column phases of one.
    int rows = p.tileStart[end] - p.tileStart[begin];
    for (int t = begin; t < end; t++) {
      if (touches) {
        slot.read = touchWeights(group, block, a * p.columnPhases, (a + 1) * p.columnPhases, t);
      }
      int first = sums + (p.tileStart[t] - p.tileStart[begin]) * p.columnPhases * p.rowFloats;
      for (int tile = firstTile; tile < endTile; tile++) {
        int own = first + (tile - firstTile) * rows * p.columnPhases * p.rowFloats;
        compute(block, a, t, tile, own, image, group, buffers, scratch, at, slot);
      }
    }
  }

  /** Whether the micro-kernel stores the outputs of whole tiles. */
  private boolean storesItself(Binding buffers) {
    DensePlan p = plan;
    return p.isPlain() && !p.merged && p.weights == Weights.ROWS && finishes(buffers);
  }

  /**
   * Some tiles of pixels of a convolution: as {@link #compute}, but what is the same for all whole
   * ones is asked once: 3-64@224 2710 to 2320 us, 1x1 24-144@56 259 to 235, 64-256@56 1095 to 1017
   * (JDK 25, Zen 4).
   *
   * <p>Tiles of a segment's output go through scratch: with 26 stores into a segment instead, C2
   * does not inline all of a micro-kernel (NodeCountInliningCutoff, 60 times slower); to copy each
   * when the next one has been computed is no faster.
   */
  private void runTiles(
      int t,
      int firstTile,
      int endTile,
      int sums,
      int image,
      int group,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    DensePlan p = plan;
    ConvGeometry g = p.geometry;
    TileIo io = slot.io;
    float[] output = buffers.output;
    int mr = p.tileRows[t];
    int row = p.tileStart[t];
    int taps = p.taps[0][0].taps;
    int w = group * p.groupWeights + p.weightBase[0][0] + p.packedAt(t) * taps;
    int biasAt = group * p.paddedRows() + row;
    int to = buffers.outputAt + g.outPlane(image, group * g.groupOut() + row) * g.plane();
    int apart = g.outApart();
    int pitch = p.pitch;
    int width = g.columns().out;
    // A run of outputs: all of them where nothing is between the rows.
    int run = pitch == width ? p.gridPixels : width;
    int step = pitch == width ? p.gridPixels : pitch;
    float[] pixels = slot.pixels;
    int end = row + mr > g.groupOut() ? 0 : pixels == scratch ? endTile : slot.copied;
    boolean wide = p.isWide();
    int y = firstTile * p.nr / step;
    int x = firstTile * p.nr - y * step;
    int stage = at + p.stageAt;
    for (int tile = firstTile; tile < endTile; tile++) {
      if (tile < end && x + p.nr <= run) {
        int o = to + g.outPixel(y, x);
        io.resume(false, scratch, 0);
        if (output != null) {
          io.finish(bias, biasAt, epilogue, output, o, apart);
        } else {
          io.finish(bias, biasAt, epilogue, scratch, stage, p.rowFloats);
        }
        int pixel = slot.pixelsAt + tile * p.nr;
        if (wide) {
          MicroKernels.runSingle(mr, p.nv - 1, weights, w, taps, pixels, pixel, io);
        } else if (slot.next.copies(p, mr, p.nv, taps, io)) {
          MicroKernels.runCopying(mr, weights, w, taps, pixels, pixel, io);
        } else {
          MicroKernels.run(mr, p.nv, weights, w, taps, pixels, pixel, io);
        }
        if (output == null) {
          buffers.copy(scratch, stage, p.rowFloats, p.nr, mr, o, apart);
        }
      } else {
        compute(0, 0, t, tile, sums, image, group, buffers, scratch, at, slot);
      }
      x += p.nr;
      while (x >= step) {
        x -= step;
        y++;
      }
    }
  }

  /** The only tile of pixels where weights are vectors: packed for all tiles of channels. */
  private void runPanels(
      int begin,
      int end,
      int sums,
      int image,
      int group,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    DensePlan p = plan;
    int channels = p.blocks[0].channels();
    for (int a = 0; a < p.rowPhases; a++) {
      for (int b = 0; b < p.columnPhases; b++) {
        TapTable table = p.taps[0][a * p.columnPhases + b];
        int taps = table.kernelRows.length * table.kernelColumns.length;
        int[] offset = slot.ints(taps);
        for (int k = 0; k < taps; k++) {
          int row = k / table.kernelColumns.length;
          int column = table.kernelColumns[k - row * table.kernelColumns.length];
          offset[k] = table.offset(0, table.kernelRows[row], column);
        }
        PixelPanels.pack(
            slot.pixels,
            slot.pixelsAt,
            channels,
            p.window.channelStride,
            offset,
            taps,
            p.panelPixels,
            scratch,
            at + p.panelAt + b * p.panelFloats);
      }
      for (int t = begin; t < end; t++) {
        compute(0, a, t, 0, sums, image, group, buffers, scratch, at, slot);
      }
    }
  }

  /** All tiles where the phases of a channel are rows: a tile of pixels is stored as a whole. */
  private void runPhaseRows(
      int image,
      int group,
      int firstTile,
      int endTile,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    DensePlan p = plan;
    int sums = at + p.accAt;
    int channels = p.geometry.groupOut();
    for (int a = 0; a < p.rowPhases; a++) {
      for (int tile = firstTile; tile < endTile; tile++) {
        int nr = p.vectorsOf(tile) * Species.LANES;
        for (int t = 0; t < p.tileRows.length; t++) {
          int to = sums + p.tileStart[t] * nr;
          compute(0, a, t, tile, to, image, group, buffers, scratch, at, slot);
        }
        if (!buffers.hasResidual() && !finishes(tile, buffers)) {
          finish(sums, nr, channels * p.columnRows, group * p.paddedRows(), scratch);
        }
        int step = p.columnRows * nr;
        storeRuns(a, tile, nr, step, sums, channels, image, group, 0, buffers, scratch, at, slot);
      }
    }
  }

  /**
   * Sees to it that the pixels of some tiles are where the slot says: in a window that is filled
   * (rows that stand there already stay), or in the input itself.
   */
  private void provide(
      int block,
      int image,
      int group,
      int firstTile,
      int endTile,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    DensePlan p = plan;
    ConvGeometry g = p.geometry;
    slot.pixels = scratch;
    int bandPixel = firstTile / p.bandTiles * p.bandTiles * p.nr;
    int bandRow = bandPixel / p.window.pitch;
    // Of a part of a row the first column.
    int bandColumn = p.window.isPart ? bandPixel : 0;
    slot.pixelsAt = at - bandRow * p.window.pitch - bandColumn;
    int first = firstTile;
    float[] input = buffers.input;
    if (p.copiesAhead && buffers.hasVectors()) {
      long band = (long) image * g.groups() + group;
      slot.pixelsAt = slot.next.provide(p, band, bandPixel, buffers, scratch, at, slot);
      return;
    }
    if (p.inPlace && input != null) {
      int channel = g.inPlane(image, group * g.groupIn());
      slot.pixels = input;
      slot.pixelsAt = buffers.inputAt + channel * g.rows().in * g.columns().in;
      slot.copied =
          (long) slot.pixelsAt + p.mostOffset + p.readPixels > input.length
              ? p.pixelTiles - 1
              : p.pixelTiles;
      long part = (long) channel * p.pixelTiles + firstTile;
      if (slot.touched != part) {
        slot.touched = part;
        int pixels = Math.min(p.gridPixels, endTile * p.nr) - firstTile * p.nr;
        int from = slot.pixelsAt + firstTile * p.nr;
        slot.read =
            CacheLines.touchChannels(input, from, g.groupIn(), p.window.channelStride, pixels);
      }
      if (endTile <= slot.copied) {
        return;
      }
      first = slot.copied;
    }
    int from = first * p.nr / p.window.pitch;
    int to =
        Math.min(p.gridRows, (Math.min(p.gridPixels, endTile * p.nr) - 1) / p.window.pitch + 1);
    long window = ((long) image * g.groups() + group) * p.gridPixels + bandRow + bandColumn;
    if (slot.window != window || from < slot.filledFrom || from > slot.filledTo) {
      slot.window = window;
      slot.filledFrom = from;
      slot.filledTo = from;
    }
    if (to <= slot.filledTo) {
      return;
    }
    int halo = p.window.rows - p.window.gridRows;
    boolean goesOn = slot.filledTo > slot.filledFrom;
    int begin = slot.filledTo - bandRow + (goesOn ? halo : 0);
    int end = to - bandRow + halo;
    KernelBlock b = p.blocks[block];
    if (!p.merged) {
      fill(b, image, group, bandRow, bandColumn, begin, end, buffers, scratch, at);
    } else {
      int imageRows = g.rows().grid;
      for (int i = (bandRow + begin) / imageRows; i * imageRows < bandRow + end; i++) {
        int top = i * imageRows - bandRow;
        int some = Math.min(end, top + imageRows);
        fill(b, i, group, -top, 0, Math.max(begin, top), some, buffers, scratch, at);
      }
    }
    slot.filledTo = to;
  }

  /**
   * Fills the window's rows begin .. end-1; row 0 is the image's grid row {@code gridRow}, and
   * begins with its grid column {@code gridColumn}.
   */
  private void fill(
      KernelBlock block,
      int image,
      int group,
      int gridRow,
      int gridColumn,
      int begin,
      int end,
      Binding buffers,
      float[] scratch,
      int at) {
    ConvGeometry g = plan.geometry;
    InputWindow.fill(
        plan.window,
        plan.source,
        buffers.input,
        buffers.inputSegment,
        buffers.inputAt,
        image,
        group * g.groupIn() + block.channelFrom(),
        block.channels(),
        gridRow,
        gridColumn,
        begin,
        end,
        scratch,
        at,
        at + plan.stageAt);
  }

  /**
   * Reads a float of each cache line of a tile's weights for some phases: far ahead of each other,
   * where the tile would wait at each page.
   */
  private int touchWeights(int group, int block, int fromPhase, int toPhase, int t) {
    DensePlan p = plan;
    int read = 0;
    for (int phase = fromPhase; phase < toPhase; phase++) {
      int taps = p.taps[block][phase].taps;
      int from = group * p.groupWeights + p.weightBase[block][phase] + p.packedAt(t) * taps;
      read += CacheLines.touch(weights, from, from + (p.tileRows[t] + 1) * taps);
    }
    return read;
  }

  /**
   * One register tile: one tile of output channels, one tile of pixels, one block of taps, one row
   * phase with its column phases; stores after the last block.
   *
   * @param sums where the sums of the tile wait in scratch
   */
  private void compute(
      int block,
      int a,
      int t,
      int tile,
      int sums,
      int image,
      int group,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    DensePlan p = plan;
    ConvGeometry g = p.geometry;
    int mr = p.tileRows[t];
    int nv = p.vectorsOf(tile);
    int nr = nv * Species.LANES;
    int row = p.tileStart[t];
    boolean ends = block == p.blocks.length - 1;
    boolean last = ends && p.columnRows == 1;
    int firstChannel = group * g.groupOut() + row;
    float[] pixels = slot.pixels;
    int x = slot.pixelsAt + tile * p.nr;
    if (pixels != scratch && tile >= slot.copied) {
      pixels = scratch;
      x = at + tile * p.nr;
    }
    TileIo io = slot.io;
    // A tile that is all outputs finishes itself, into the output array or into rows for a segment.
    int own = p.pixelsOf(tile);
    boolean leavesSums = p.weights == Weights.VECTORS;
    boolean whole = last && !leavesSums && row + mr <= g.groupOut() && isWhole(tile, own);
    boolean direct = whole && finishes(tile, buffers);
    boolean finished = ends && !direct && !leavesSums && goesInRuns() && finishes(tile, buffers);
    float[] residual = buffers.residual;
    int apart = g.outApart();
    int to = 0;
    if (whole) {
      int pitch = p.pitch;
      int y = tile * p.nr / pitch;
      to = g.outPlane(image, firstChannel) * g.plane() + g.outPixel(y, tile * p.nr - y * pitch);
    }
    float[] output = buffers.output;
    if (direct) {
      if (output != null) {
        io.finish(
            bias, group * p.paddedRows() + row, epilogue, output, buffers.outputAt + to, apart);
      } else {
        io.finish(bias, group * p.paddedRows() + row, epilogue, scratch, at + p.stageAt, nr);
      }
    }
    for (int b = 0; b < p.columnPhases; b++) {
      int phase = a * p.columnPhases + b;
      TapTable table = p.taps[block][phase];
      int base = group * p.groupWeights + p.weightBase[block][phase];
      int acc = sums + b * mr * p.rowFloats;
      io.resume(block > 0, scratch, acc);
      if (finished) {
        io.finish(bias, group * p.paddedRows() + row, epilogue, scratch, acc, nr);
      } else if (!direct) {
        io.keep(scratch, acc, nr);
      }
      int w = base + p.packedAt(t) * table.taps;
      if (leavesSums) {
        int panel = at + p.panelAt + b * p.panelFloats;
        PixelPanels.run(
            scratch,
            panel,
            p.panelPixels,
            table.taps,
            weights,
            w,
            scratch,
            at + p.panelSumsAt,
            scratch,
            acc,
            slot.index,
            io);
      } else if (p.weights == Weights.STREAMS) {
        StreamedKernels.run(weights, base, t, p.tileRows.length, table.taps, pixels, x, io);
      } else if (p.isSingle(tile) && p.hasSingle(mr)) {
        MicroKernels.runSingle(mr, nv - 1, weights, w, table.taps, pixels, x, io);
      } else if (slot.next.copies(p, mr, nv, table.taps, io)) {
        MicroKernels.runCopying(mr, weights, w, table.taps, pixels, x, io);
      } else {
        MicroKernels.run(mr, nv, weights, w, table.taps, pixels, x, io);
      }
    }
    if (direct && output == null) {
      buffers.copy(scratch, at + p.stageAt, nr, own, mr, to, apart);
    } else if (whole && own == nr && residual != null && output != null) {
      epilogue.storeWhole(
          scratch,
          sums,
          nr,
          mr,
          bias,
          group * p.paddedRows() + row,
          residual,
          buffers.residualAt + to,
          output,
          buffers.outputAt + to,
          apart);
    } else if (last && !direct) {
      int valid = Math.min(mr, g.groupOut() - row);
      if (!goesInRuns()) {
        store(tile, nv, sums, valid, image, group, row, buffers, scratch, at, slot);
      } else {
        boolean waits = !buffers.hasResidual() && !finished;
        for (int b = 0; b < p.columnPhases && waits; b++) {
          finish(sums + b * mr * p.rowFloats, nr, valid, group * p.paddedRows() + row, scratch);
        }
        storeRuns(
            a,
            tile,
            mr * p.rowFloats,
            nr,
            sums,
            valid,
            image,
            group,
            row,
            buffers,
            scratch,
            at,
            slot);
      }
    }
  }

  /** Whether tiles go out run by run of outputs that follow each other. */
  private boolean goesInRuns() {
    return !plan.isPlain() || plan.merged;
  }

  /** Whether the micro-kernel leaves results, with bias and activation, and not sums. */
  private boolean finishes(int tile, Binding buffers) {
    return finishes(buffers) && (!plan.isSingle(tile) || plan.isWide());
  }

  private boolean finishes(Binding buffers) {
    return !buffers.hasResidual() && epilogue.isClip();
  }

  /** Makes results of the sums of some rows in scratch. */
  private void finish(int sums, int nr, int rows, int biasAt, float[] scratch) {
    for (int m = 0; m < rows; m++) {
      int row = sums + m * nr;
      epilogue.store(scratch, row, nr, bias[biasAt + m], null, 0, scratch, row);
    }
  }

  /** Whether the pixels that a tile computes are outputs that follow each other. */
  private boolean isWhole(int tile, int own) {
    DensePlan p = plan;
    int first = tile * p.nr;
    int width = p.geometry.columns().out;
    return p.rowPhases * p.columnPhases == 1
        && !p.merged
        && ((p.isPlain() && p.pitch == width)
            ? first + own <= p.gridPixels
            : first % p.pitch + own <= width);
  }

  /** Finishes a tile of a convolution: drops the columns between the rows. */
  private void store(
      int tile,
      int nv,
      int sums,
      int valid,
      int image,
      int group,
      int row,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    DensePlan p = plan;
    ConvGeometry g = p.geometry;
    int width = g.columns().out;
    int pitch = p.pitch;
    int channel = group * g.groupOut() + row;
    int to = g.outPlane(image, channel) * g.plane() + g.outPixel(0, 0);
    int first = tile * p.nr;
    for (int v = 0; v < nv; v++, first += Species.LANES) {
      int y = first / pitch;
      int x = first - y * pitch;
      slot.lanes[v] = PixelLanes.of(x, y, width, pitch, g.rows().out);
      if (v == 0) {
        to += PixelLanes.place(x, y, width);
      }
    }
    if (p.isWide()) {
      // The other lanes are the next tile's.
      slot.lanes[nv - 1] &= 1;
    }
    int biasAt = group * p.paddedRows() + row;
    buffers.store(
        epilogue,
        scratch,
        sums,
        nv,
        slot.lanes,
        valid,
        bias,
        biasAt,
        to,
        g.outApart(),
        at + p.stageAt);
  }

  /**
   * Stores a tile run by run of outputs that follow each other: interleaves the column phases of a
   * transposed convolution, stores a part of the columns, or several images.
   *
   * @param results results, which bias and activation are in already; or sums, with a residual
   * @param apart floats from those of a column phase to those of the next
   * @param step floats from those of a channel to those of the next
   */
  private void storeRuns(
      int a,
      int tile,
      int apart,
      int step,
      int results,
      int valid,
      int image,
      int group,
      int row,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    DensePlan p = plan;
    ConvGeometry g = p.geometry;
    int strideW = g.columns().outStep;
    int length = Math.min(p.gridPixels - tile * p.nr, p.pixelsOf(tile));
    int runs = findRuns(a, tile * p.nr, length, slot);
    int plane = g.outApart();
    boolean residual = buffers.hasResidual();
    float[] output = buffers.output;
    int to = g.outPlane(image, group * g.groupOut() + row) * g.plane();
    // Long runs go from the phases to the outputs, the others one by one from an interleaved row.
    int left = 0;
    for (int i = 0; i < runs; i++) {
      int from = slot.runFrom[i];
      int some = slot.runLength[i];
      int first = to + slot.runTo[i];
      // Outputs in front of the first whole pixel, and behind the last.
      int head = Math.floorMod(-from, strideW);
      int pixels = (some - head) / strideW;
      int tail = some - head - pixels * strideW;
      if (output == null && strideW == 1 && !residual) {
        buffers.copy(scratch, results + from, step, some, valid, first, plane);
        slot.runLength[i] = 0;
        continue;
      }
      // The rows of a segment as many at a time as the stage holds.
      int rows = output != null ? valid : Math.min(valid, InputWindow.STAGE_FLOATS / some);
      if (residual || strideW == 1 || rows == 0 || !Interleave.isExact(strideW, pixels)) {
        left++;
        continue;
      }
      float[] target = output != null ? output : scratch;
      int y = output != null ? buffers.outputAt + first : at + p.stageAt;
      int pitch = output != null ? plane : some;
      for (int begin = 0; begin < valid; begin += rows) {
        rows = Math.min(rows, valid - begin);
        int whole = results + (from + head) / strideW + begin * step;
        for (int m = 0; m < rows; m++) {
          for (int k = 0; k < head; k++) {
            target[y + m * pitch + k] =
                scratch[whole - 1 + m * step + (strideW - head + k) * apart];
          }
          for (int k = 0; k < tail; k++) {
            target[y + m * pitch + some - tail + k] =
                scratch[whole + pixels + m * step + k * apart];
          }
        }
        interleave(apart, rows, step, whole, pixels, target, y + head, pitch, scratch, at, slot);
        if (output == null) {
          buffers.copy(scratch, y, some, some, rows, first + begin * plane, plane);
        }
      }
      slot.runLength[i] = 0;
    }
    for (int m = 0; m < valid && left > 0; m++) {
      int ready = results + m * step;
      if (strideW > 1) {
        interleave(apart, 1, 0, ready, length, scratch, at + p.rowAt, 0, scratch, at, slot);
        ready = at + p.rowAt;
      }
      for (int i = 0; i < runs; i++) {
        int from = ready + slot.runFrom[i];
        int some = slot.runLength[i];
        int first = to + slot.runTo[i] + m * plane;
        if (residual) {
          float own = bias[group * p.paddedRows() + row + m * p.columnRows];
          buffers.store(epilogue, scratch, from, some, own, first, at + p.stageAt);
        } else if (some > 0) {
          buffers.copyRun(scratch, from, some, first);
        }
      }
    }
  }

  /** Interleaves the column phases of {@code pixels} pixels of some rows. */
  private void interleave(
      int apart,
      int rows,
      int step,
      int from,
      int pixels,
      float[] out,
      int to,
      int outStep,
      float[] scratch,
      int at,
      Slot slot) {
    int across = plan.geometry.columns().outStep;
    int[] starts = slot.ints(Interleave.starts(across));
    int free = at + plan.halfAt;
    Interleave.run(
        across, scratch, from, apart, rows, step, pixels, out, to, outStep, scratch, free, starts);
  }

  /**
   * Finds the runs of a tile's pixels that follow each other in the output.
   *
   * @param a row phase
   * @param firstPixel first pixel of the tile
   * @param pixels pixels of the tile that are on the grid
   * @return how many there are in the slot, from the tile's first result to places relative to the
   *     first image's channel
   */
  private int findRuns(int a, int firstPixel, int pixels, Slot slot) {
    DensePlan p = plan;
    ConvGeometry g = p.geometry;
    int strideW = g.columns().outStep;
    int outWidth = g.columns().out;
    int imageRows = g.rows().grid;
    int pitch = p.pitch;
    boolean plain = p.isPlain() && pitch == outWidth;
    int end = firstPixel + pixels;
    int runs = 0;
    for (int pixel = firstPixel; pixel < end; ) {
      int y = pixel / pitch;
      int x = pixel - y * pitch;
      int images = p.merged ? y / imageRows : 0;
      y -= images * imageRows;
      int rowLeft = plain ? (imageRows - y) * pitch - x : g.columns().grid - x;
      int length = Math.min(rowLeft, end - pixel);
      int oh = y * g.rows().outStep + a;
      int ow = x * strideW;
      // Outputs in front of the first.
      int skipped = Math.max(0, -g.columns().outAt - ow);
      // A run that begins in a row ends in it, unless rows follow each other.
      int stored = (plain ? length : Math.min(length * strideW, outWidth - ow)) - skipped;
      if (length > 0 && stored > 0 && oh < g.rows().out) {
        slot.runFrom[runs] = (pixel - firstPixel) * strideW + skipped;
        int behind = g.outPlane(images, 0) - g.outPlane(0, 0);
        slot.runTo[runs] = behind * g.plane() + g.outPixel(oh, ow) + skipped;
        slot.runLength[runs] = stored;
        runs++;
      }
      pixel += plain ? length : pitch - x;
    }
    return runs;
  }
}
