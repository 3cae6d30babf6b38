package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.GradientPlan;
import org.simdconv.internal.simd.GroupGradientKernel;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.Transpose;

/**
 * The loops of the gradient of the weights; see {@link GradientPlan} for the way of the data. The
 * binding's input is x, its residual the gradients of the outputs, its output the gradient of the
 * weights.
 *
 * <pre>
 * for each chunk of images or rows: transpose x to the window, dy to the panels
 *   for each band of pixels
 *     for each block of input channels, for each tile of output channels
 *       for each kernel row, for each strip of lanes: micro-kernel, sums from and to scratch
 * transpose the sums to the order of the weights
 * </pre>
 *
 * Immutable and safe for concurrent runs.
 */
public final class WeightGradientEngine implements Engine {
  private static final int L = Species.LANES;

  private final GradientPlan plan;
  private final boolean accumulate;
  private final GradientPanels panels;
  private final boolean threeByThree;

  /**
   * Takes the decisions.
   *
   * @param accumulate whether the sums go on from what the output holds
   */
  public WeightGradientEngine(GradientPlan plan, boolean accumulate) {
    this.plan = plan;
    this.accumulate = accumulate;
    this.panels = new GradientPanels(plan.geometry, plan.tileRows, plan.tileStart);
    this.threeByThree =
        plan.tapRow.length == 3
            && Arrays.equals(plan.tapColumn, new int[] {0, 1, 2})
            && plan.columnStep <= 2;
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
    GradientPlan p = plan;
    ConvGeometry g = p.geometry;
    int rest = task;
    int rowPart = rest % p.rowParts;
    rest /= p.rowParts;
    int blockPart = rest % p.blockParts;
    rest /= p.blockParts;
    int tilePart = rest % p.tileParts;
    int group = rest / p.tileParts;
    int block = GradientPlan.begin(p.blocks, p.blockParts, blockPart);
    int endBlock = GradientPlan.begin(p.blocks, p.blockParts, blockPart + 1);
    int tile = GradientPlan.begin(p.tileRows.length, p.tileParts, tilePart);
    int endTile = GradientPlan.begin(p.tileRows.length, p.tileParts, tilePart + 1);
    int row = GradientPlan.begin(g.rows().taps, p.rowParts, rowPart);
    int endRow = GradientPlan.begin(g.rows().taps, p.rowParts, rowPart + 1);
    if (p.acrossGroups) {
      for (int b = block; b < endBlock; b++) {
        groups(b, buffers, scratch, at, slot);
      }
      return;
    }
    if (accumulate) {
      weights(true, group, tile, endTile, block, endBlock, row, endRow, buffers, scratch, at, slot);
    }
    boolean first = !accumulate;
    int channel = group * g.groupIn();
    int endChannel = channel + g.groupIn();
    for (int n = 0; n < g.batch(); n += p.images) {
      int images = Math.min(p.images, g.batch() - n);
      for (int y = 0; y < g.rows().out; y += p.rows) {
        int rows = Math.min(p.rows, g.rows().out - y);
        for (int b = block; b < endBlock; b++) {
          int to = at + (b - block) * p.blockFloats;
          int from = channel + b * p.nv * L;
          window(n, images, y, rows, from, endChannel, b, to, buffers, scratch, at, slot);
        }
        panels(n, images, y, rows, group, tile, endTile, buffers, scratch, at, slot);
        int pixels = images * rows * g.columns().out;
        for (int k = 0; k < pixels; k += p.bandPixels) {
          int some = Math.min(p.bandPixels, pixels - k);
          for (int b = block; b < endBlock; b++) {
            for (int t = tile; t < endTile; t++) {
              multiply(
                  k, some, pixels, b, block, endBlock, t, tile, row, endRow, first, scratch, at,
                  slot);
            }
          }
          first = false;
        }
      }
    }
    weights(false, group, tile, endTile, block, endBlock, row, endRow, buffers, scratch, at, slot);
  }

  /** All of a block of lanes over all groups: its planes are read in one go. */
  private void groups(int b, Binding buffers, float[] scratch, int at, Slot slot) {
    GradientPlan p = plan;
    ConvGeometry g = p.geometry;
    startGroups(b, buffers, scratch, at, slot);
    for (int n = 0; n < g.batch(); n += p.images) {
      int images = Math.min(p.images, g.batch() - n);
      for (int y = 0; y < g.rows().out; y += p.rows) {
        int rows = Math.min(p.rows, g.rows().out - y);
        window(n, images, y, rows, b * L, g.inChannels(), b, at, buffers, scratch, at, slot);
        runGroups(n, images, y, rows, b, buffers, scratch, at, slot);
      }
    }
    groupWeights(false, b, buffers, scratch, at, slot);
  }

  /** Where the sums of a tile, a block, a kernel row and a strip of lanes are in scratch. */
  private int sums(int t, int tile, int b, int block, int endBlock, int row, int rows, int strip) {
    GradientPlan p = plan;
    int nr = p.nv * L;
    int strips = p.stripShift.length;
    int tileAt = (p.tileStart[t] - p.tileStart[tile]) * (endBlock - block) * rows * strips * nr;
    return p.sumsAt + tileAt + (((b - block) * rows + row) * strips + strip) * p.tileRows[t] * nr;
  }

  private void multiply(
      int k,
      int some,
      int pixels,
      int b,
      int block,
      int endBlock,
      int t,
      int tile,
      int row,
      int endRow,
      boolean first,
      float[] scratch,
      int at,
      Slot slot) {
    GradientPlan p = plan;
    int mr = p.tileRows[t];
    int panel = p.panelAt + panels.at(t, tile, pixels) + k * (mr + 1);
    int line = p.windowColumns * p.pitch;
    for (int kh = row; kh < endRow; kh++) {
      for (int s = 0; s < p.stripShift.length; s++) {
        int x = at + (b - block) * p.blockFloats + p.tapRow[kh] * line + p.stripShift[s];
        int vectors = p.stripVectors(b, s);
        int sums = at + sums(t, tile, b, block, endBlock, kh - row, endRow - row, s);
        slot.io.resume(!first, scratch, sums);
        slot.io.keep(scratch, sums, vectors * L);
        MicroKernels.run(mr, vectors, scratch, at + panel, some, scratch, x, slot.io);
      }
    }
  }

  /** Transposes the channels of a block, of some rows of some images, to their window. */
  private void window(
      int n,
      int images,
      int y,
      int rows,
      int channel,
      int endChannel,
      int block,
      int to,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    GradientPlan p = plan;
    ConvGeometry g = p.geometry;
    int inHeight = g.rows().in;
    int inWidth = g.columns().in;
    int line = p.windowColumns * p.pitch;
    int vectors = p.acrossGroups || p.rowStrips ? 1 : p.stripVectors(block, 0);
    int first = g.columns().start[0];
    // Window columns inside the image.
    int begin = Math.clamp(-(long) first, 0, p.windowColumns);
    int end = Math.clamp((long) inWidth - first, begin, p.windowColumns);
    int used = p.rowsGathered ? p.windowRows : p.windowRows - (p.rows - rows) * p.rowStep;
    for (int i = 0; i < images; i++) {
      int image = (n + i) * g.inChannels() * inHeight * inWidth;
      int rowTo = to + i * p.windowRows * line;
      for (int r = 0; r < used; r++, rowTo += line) {
        long in;
        if (p.rowsGathered) {
          int tap = r / p.rows;
          in = (long) (y + r - tap * p.rows) * g.rows().step + g.rows().start[tap];
        } else {
          in = (long) y * g.rows().step + g.rows().start[0] + r;
        }
        if (in < 0 || in >= inHeight) {
          Arrays.fill(scratch, rowTo, rowTo + line, 0f);
          continue;
        }
        int from = image + (int) in * inWidth;
        if (p.columnsGathered) {
          gatherRow(from, channel, endChannel, vectors, rowTo, buffers, scratch, at);
          continue;
        }
        Arrays.fill(scratch, rowTo, rowTo + begin * p.pitch, 0f);
        int length = end - begin;
        if (length > 0) {
          for (int v = vectors - 1; v >= 0; v--) {
            int c = channel + v * L;
            GradientPanels.channels(c, endChannel, inHeight * inWidth, slot);
            GradientPanels.columns(
                from + begin + first,
                length,
                rowTo + begin * p.pitch + v * L,
                p.pitch,
                true,
                at + p.stageAt,
                buffers,
                scratch,
                slot);
          }
        }
        Arrays.fill(scratch, rowTo + end * p.pitch, rowTo + line, 0f);
      }
    }
  }

  /** A row of the window with a copy of the columns for each kernel column. */
  private void gatherRow(
      int from,
      int channel,
      int endChannel,
      int vectors,
      int to,
      Binding buffers,
      float[] scratch,
      int at) {
    GradientPlan p = plan;
    ConvGeometry g = p.geometry;
    int inWidth = g.columns().in;
    int plane = g.rows().in * inWidth;
    Arrays.fill(scratch, to, to + p.windowColumns * p.pitch, 0f);
    int stage = at + p.stageAt;
    for (int c = channel; c < Math.min(endChannel, channel + vectors * L); c++) {
      buffers.load(from + c * plane, scratch, stage, inWidth);
      for (int t = 0; t < g.columns().taps; t++) {
        int pixel = to + p.tapColumn[t] * p.pitch + c - channel;
        for (int x = 0; x < g.columns().out; x++) {
          long in = (long) x * g.columns().step + g.columns().start[t];
          if (in >= 0 && in < inWidth) {
            scratch[pixel + x * p.pitch] = scratch[stage + (int) in];
          }
        }
      }
    }
  }

  /** The gradients of the outputs as panels of some tiles, and the pixels' places in the window. */
  private void panels(
      int n,
      int images,
      int y,
      int rows,
      int group,
      int tile,
      int endTile,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    GradientPlan p = plan;
    int length = rows * p.geometry.columns().out;
    int first = at + p.panelAt;
    int stage = at + p.stageAt;
    panels.fill(n, images, y, rows, group, tile, endTile, first, stage, buffers, scratch, slot);
    for (int t = tile; t < endTile; t++) {
      int mr = p.tileRows[t];
      int panel = first + panels.at(t, tile, images * length);
      offsets(panel + mr, mr + 1, images, length, scratch);
    }
  }

  private void offsets(int to, int apart, int images, int length, float[] scratch) {
    int whole = plan.pixelAt.length / plan.images;
    for (int i = 0; i < images; i++) {
      for (int k = 0; k < length; k++) {
        scratch[to + (i * length + k) * apart] = MicroKernels.offset(plan.pixelAt[i * whole + k]);
      }
    }
  }

  /**
   * Brings the sums to the order of the weights, or back, where they go on from what the output
   * holds.
   */
  private void weights(
      boolean load,
      int group,
      int tile,
      int endTile,
      int block,
      int endBlock,
      int row,
      int endRow,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    GradientPlan p = plan;
    ConvGeometry g = p.geometry;
    int kernelColumns = g.columns().taps;
    int allTaps = g.rows().taps * kernelColumns;
    int taps = (endRow - row) * kernelColumns;
    int nr = p.nv * L;
    int stage = at + p.stageAt;
    for (int t = tile; t < endTile; t++) {
      int mr = p.tileRows[t];
      int valid = Math.min(mr, g.groupOut() - p.tileStart[t]);
      for (int b = block; b < endBlock; b++) {
        int lanes = p.rowStrips ? g.groupIn() : Math.min(nr, g.groupIn() - b * nr);
        int pitch = p.stripVectors(b, 0) * L;
        int first = at + sums(t, tile, b, block, endBlock, 0, endRow - row, 0);
        for (int m = 0; m < valid; m++) {
          int channel = group * g.groupOut() + p.tileStart[t] + m;
          int weight = (channel * g.groupIn() + b * nr) * allTaps + row * kernelColumns;
          boolean whole = taps == allTaps;
          int runs = whole ? 1 : lanes;
          int length = whole ? lanes * taps : taps;
          if (load) {
            for (int i = 0; i < runs; i++) {
              buffers.loadOutput(weight + i * allTaps, scratch, stage + i * taps, length);
            }
          }
          if (p.rowStrips) {
            rowStrips(load, t, tile, m, row, endRow, stage, scratch, at);
          } else {
            int sums = first + m * pitch;
            transpose(load, sums, mr * nr, taps, lanes, stage, scratch, slot);
          }
          if (!load) {
            buffers.copy(scratch, stage, taps, length, runs, weight, allTaps);
          }
        }
      }
    }
  }

  /** Sums in rows of lanes, one a tap, from or to rows of taps, one a lane. */
  private static void transpose(
      boolean load,
      int sums,
      int apart,
      int taps,
      int lanes,
      int stage,
      float[] scratch,
      Slot slot) {
    int[] rows = slot.index;
    if (load) {
      for (int lane = 0; lane < lanes; lane += L) {
        for (int i = 0; i < L; i++) {
          rows[i] = Math.min(lane + i, lanes - 1) * taps;
        }
        Transpose.run(scratch, stage, rows, 0, taps, scratch, sums + lane, apart);
      }
      return;
    }
    if (taps == 1) {
      System.arraycopy(scratch, sums, scratch, stage, lanes);
      return;
    }
    // What a vector has too much belongs to the next lane, and to taps before these.
    for (int tap = (taps - 1) / L * L; tap >= 0; tap -= L) {
      for (int i = 0; i < L; i++) {
        rows[i] = Math.min(tap + i, taps - 1) * apart;
      }
      Transpose.run(scratch, sums, rows, 0, lanes, scratch, stage + tap, taps);
    }
  }

  private void rowStrips(
      boolean load,
      int t,
      int tile,
      int m,
      int row,
      int endRow,
      int stage,
      float[] scratch,
      int at) {
    GradientPlan p = plan;
    int kernelColumns = p.tapColumn.length;
    int taps = (endRow - row) * kernelColumns;
    int nr = p.nv * L;
    for (int tap = 0; tap < taps; tap++) {
      int kh = tap / kernelColumns;
      for (int c = 0; c < p.pitch; c++) {
        int lane = p.tapColumn[tap - kh * kernelColumns] * p.pitch + c;
        int strip = lane / nr;
        int sum =
            at
                + sums(t, tile, 0, 0, 1, kh, endRow - row, strip)
                + m * p.stripVectors(0, strip) * L
                + lane
                - strip * nr;
        if (load) {
          scratch[sum] = scratch[stage + c * taps + tap];
        } else {
          scratch[stage + c * taps + tap] = scratch[sum];
        }
      }
    }
  }

  /** Floats of the sums of a block of lanes over all groups, for each output channel of a group. */
  private int groupSums() {
    return plan.tapAt.length * L;
  }

  private void startGroups(int b, Binding buffers, float[] scratch, int at, Slot slot) {
    GradientPlan p = plan;
    int floats = p.geometry.groupOut() * groupSums();
    Arrays.fill(scratch, at + p.sumsAt, at + p.sumsAt + floats, 0f);
    if (accumulate) {
      groupWeights(true, b, buffers, scratch, at, slot);
    }
  }

  private void groupWeights(
      boolean load, int b, Binding buffers, float[] scratch, int at, Slot slot) {
    GradientPlan p = plan;
    ConvGeometry g = p.geometry;
    int taps = g.rows().taps * g.columns().taps;
    int stage = at + p.stageAt;
    int lanes = Math.min(L, g.inChannels() - b * L);
    for (int j = 0; j < g.groupOut(); j++) {
      int sums = at + p.sumsAt + j * groupSums();
      if (!load) {
        transpose(false, sums, L, taps, lanes, stage, scratch, slot);
      }
      // Depthwise, the weights of neighbouring channels are neighbours.
      int runs = g.groupOut() == 1 && g.groupIn() == 1 ? 1 : lanes;
      int length = lanes / runs * taps;
      for (int lane = 0; lane < runs; lane++) {
        int channel = b * L + lane;
        int group = channel / g.groupIn();
        int weight =
            ((group * g.groupOut() + j) * g.groupIn() + channel - group * g.groupIn()) * taps;
        if (load) {
          buffers.loadOutput(weight, scratch, stage + lane * taps, length);
        } else {
          buffers.copy(scratch, stage + lane * taps, 0, length, 1, weight, 0);
        }
      }
      if (load) {
        transpose(true, sums, L, taps, lanes, stage, scratch, slot);
      }
    }
  }

  /** A chunk of a block of lanes over all groups: a pass for each output channel of a group. */
  private void runGroups(
      int n,
      int images,
      int y,
      int rows,
      int b,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    GradientPlan p = plan;
    ConvGeometry g = p.geometry;
    int width = g.columns().out;
    int plane = g.plane();
    int panel = at + p.panelAt;
    for (int j = 0; j < g.groupOut(); j++) {
      int sums = at + p.sumsAt + j * groupSums();
      for (int i = 0; i < images; i++) {
        int from = (n + i) * g.outChannels() * plane + y * width;
        lanes(b, j, slot);
        GradientPanels.columns(
            from, rows * width, panel, L, false, at + p.stageAt, buffers, scratch, slot);
        // Rows with zeros between, so that all were one call, took longer to make than they saved.
        for (int r = 0; r < rows; r++) {
          int row = panel + r * width * L;
          int x = at + p.pixelAt[(i * p.rows + r) * width];
          if (threeByThree) {
            GroupGradientKernel.runThreeByThree(
                scratch, row, width, scratch, x, p.tapAt, scratch, sums, p.columnStep);
            continue;
          }
          for (int tap = 0; tap < p.tapAt.length; tap += GroupGradientKernel.TAPS) {
            GroupGradientKernel.run(
                scratch,
                row,
                width,
                scratch,
                x,
                p.tapAt,
                tap,
                scratch,
                sums + tap * L,
                p.columnStep);
          }
        }
      }
    }
  }

  /** For each lane of a block, where its output channel's gradients are: the j-th of its group. */
  private void lanes(int b, int j, Slot slot) {
    ConvGeometry g = plan.geometry;
    for (int lane = 0; lane < L; lane++) {
      int channel = Math.min(b * L + lane, g.inChannels() - 1);
      slot.index[lane] = (channel / g.groupIn() * g.groupOut() + j) * g.plane();
    }
  }
}
