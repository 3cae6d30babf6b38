package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.FilterGradientPlan;
import org.simdconv.internal.plan.GradientPlan;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.RowCopy;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.Transpose;

/**
 * The loops of the gradient of the weights with the floats of a filter in the lanes; see {@link
 * FilterGradientPlan} for the way of the data. The binding's input is x, its residual the gradients
 * of the outputs, its output the gradient of the weights.
 *
 * <p>Immutable and safe for concurrent runs.
 */
public final class FilterGradientEngine implements Engine {
  private static final int L = Species.LANES;

  private final FilterGradientPlan plan;
  private final boolean accumulate;
  private final GradientPanels panels;

  /**
   * Takes the decisions.
   *
   * @param accumulate whether the sums go on from what the output holds
   */
  public FilterGradientEngine(FilterGradientPlan plan, boolean accumulate) {
    this.plan = plan;
    this.accumulate = accumulate;
    this.panels = new GradientPanels(plan.geometry, plan.tileRows, plan.tileStart);
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
    FilterGradientPlan p = plan;
    ConvGeometry g = p.geometry;
    int group = task / p.blockParts;
    int part = task - group * p.blockParts;
    int block = GradientPlan.begin(p.blocks, p.blockParts, part);
    int endBlock = GradientPlan.begin(p.blocks, p.blockParts, part + 1);
    int tiles = p.tileRows.length;
    boolean resumed = accumulate;
    for (int n = 0; n < g.batch(); n += p.images) {
      int images = Math.min(p.images, g.batch() - n);
      for (int y = 0; y < g.rows().out; y += p.rows) {
        int rows = Math.min(p.rows, g.rows().out - y);
        int pixels = images * rows * g.columns().out;
        int panel = at + p.panelAt;
        int stage = at + p.stageAt;
        panels.fill(n, images, y, rows, group, 0, tiles, panel, stage, buffers, scratch, slot);
        offsets(pixels, scratch, at);
        for (int b = block; b < endBlock; b++) {
          for (int i = 0; i < images; i++) {
            window(n + i, i, y, rows, group, b, buffers, scratch, at, slot);
          }
          multiply(group, b, pixels, resumed, buffers, scratch, at, slot);
        }
        resumed = true;
      }
    }
  }

  private void offsets(int pixels, float[] scratch, int at) {
    FilterGradientPlan p = plan;
    for (int t = 0; t < p.tileRows.length; t++) {
      int mr = p.tileRows[t];
      int offset = at + p.panelAt + panels.at(t, 0, pixels) + mr;
      for (int k = 0; k < pixels; k++, offset += mr + 1) {
        scratch[offset] = MicroKernels.offset(k * p.nv * L);
      }
    }
  }

  /** The window of a block, of some rows of an image. */
  private void window(
      int image,
      int number,
      int y,
      int rows,
      int group,
      int block,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    FilterGradientPlan p = plan;
    ConvGeometry g = p.geometry;
    int kernelColumns = g.columns().taps;
    int taps = g.rows().taps * kernelColumns;
    int nr = p.nv * L;
    int first = block * nr;
    int channel = first / taps;
    int endChannel = Math.min(g.groupIn(), (first + nr + taps - 1) / taps);
    int inChannel = (image * g.groups() + group) * g.groupIn() + channel;
    int width = g.columns().out;
    int vectors = p.vectors(block);
    int endLane = Math.min(p.lanes, first + vectors * L);
    if (p.rowsGathered) {
      gatherRows(inChannel, channel, first, endLane, y, rows, buffers, scratch, at);
    } else {
      int some = p.windowRows - (p.rows - rows);
      int from = y + g.rows().start[0];
      int rowsAt = at + p.rowsAt;
      copy(
          inChannel,
          endChannel - channel,
          from,
          some,
          0,
          kernelColumns,
          rowsAt,
          buffers,
          scratch,
          at);
    }
    int to = at + number * rows * width * nr;
    // What the last vector has too much belongs to the next pixel.
    for (int v = 0; v < vectors; v++) {
      for (int i = 0; i < L; i++) {
        int lane = Math.min(first + v * L + i, endLane - 1);
        if (p.rowsGathered) {
          slot.index[i] = (lane - first) * p.columnFloats;
          continue;
        }
        int c = lane / taps;
        int kh = (lane - c * taps) / kernelColumns;
        int kw = lane - c * taps - kh * kernelColumns;
        int row = (g.rows().start[kh] - g.rows().start[0]) * width;
        slot.index[i] = (c - channel) * p.channelFloats + kw * p.columnFloats + row;
      }
      int from = at + p.rowsAt;
      Transpose.run(scratch, from, slot.index, 0, rows * width, scratch, to + v * L, nr);
    }
  }

  /**
   * Copies the rows of each lane, those of a kernel row at a time.
   *
   * @param inChannel the input's channel that is {@code channel} of the group
   */
  private void gatherRows(
      int inChannel,
      int channel,
      int first,
      int endLane,
      int y,
      int rows,
      Binding buffers,
      float[] scratch,
      int at) {
    FilterGradientPlan p = plan;
    Axis axis = p.geometry.rows();
    int kernelColumns = p.geometry.columns().taps;
    int lane = first;
    while (lane < endLane) {
      int kernelRow = lane / kernelColumns;
      int kw = lane - kernelRow * kernelColumns;
      int c = kernelRow / axis.taps;
      int kh = kernelRow - c * axis.taps;
      int endKw = Math.min(kernelColumns, kw + endLane - lane);
      long row = (long) y * axis.step + axis.start[kh];
      int to = at + p.rowsAt + (lane - first) * p.columnFloats;
      copy(inChannel + c - channel, 1, row, rows, kw, endKw, to, buffers, scratch, at);
      lane += endKw - kw;
    }
  }

  /**
   * Copies rows of some channels for some kernel columns.
   *
   * @param first row of the image that is the first of them; the others are a stride apart
   */
  private void copy(
      int inChannel,
      int channels,
      long first,
      int rows,
      int beginKw,
      int endKw,
      int to,
      Binding buffers,
      float[] scratch,
      int at) {
    FilterGradientPlan p = plan;
    ConvGeometry g = p.geometry;
    int step = g.rows().step;
    int height = g.rows().in;
    int inWidth = g.columns().in;
    int width = g.columns().out;
    // Rows inside of the image.
    int begin = (int) Math.min(rows, Math.max(0, (step - 1 - first) / step));
    int end = Math.clamp(Math.floorDiv(height - 1 - first, step) + 1L, begin, rows);
    for (int kw = beginKw; kw < endKw; kw++) {
      int column = to + (kw - beginKw) * p.columnFloats;
      zeros(channels, scratch, column, begin * width);
      zeros(channels, scratch, column + end * width, (rows - end) * width);
    }
    if (begin == end) {
      return;
    }
    int row = (int) (first + (long) begin * step);
    int plane = height * inWidth;
    int from = inChannel * plane + row * inWidth;
    int inside = end - begin;
    int target = to + begin * width;
    float[] array = buffers.input;
    if (array != null) {
      int source = buffers.inputAt + from;
      columns(channels, array, source, plane, inside, beginKw, endKw, scratch, target);
      return;
    }
    int stage = at + p.stageAt;
    int length = ((inside - 1) * step + 1) * inWidth;
    for (int c = 0; c < channels; c++) {
      buffers.load(from + c * plane, scratch, stage, length);
      int own = target + c * p.channelFloats;
      columns(1, scratch, stage, 0, inside, beginKw, endKw, scratch, own);
    }
  }

  private void zeros(int channels, float[] scratch, int to, int length) {
    for (int c = 0; c < channels && length > 0; c++) {
      int own = to + c * plan.channelFloats;
      Arrays.fill(scratch, own, own + length, 0f);
    }
  }

  /** Copies rows once for each of some kernel columns. */
  private void columns(
      int channels,
      float[] source,
      int from,
      int plane,
      int rows,
      int beginKw,
      int endKw,
      float[] target,
      int to) {
    FilterGradientPlan p = plan;
    Axis axis = p.geometry.columns();
    int width = axis.out;
    int rowStep = p.geometry.rows().step * axis.in;
    for (int kw = beginKw; kw < endKw; kw++) {
      int column = to + (kw - beginKw) * p.columnFloats;
      int begin = axis.start[kw];
      long last = begin + (width - 1L) * axis.step;
      if (last < 0 || begin >= axis.in) {
        zeros(channels, target, column, rows * width);
      } else if (axis.step == 1 && width == rowStep && 2 * width <= L) {
        RowCopy.dense(
            channels,
            source,
            from + begin,
            plane,
            rows,
            target,
            column,
            p.channelFloats,
            width,
            -begin,
            axis.in - begin);
      } else if (axis.step == 1) {
        RowCopy.plain(
            channels,
            source,
            from + begin,
            plane,
            rowStep,
            rows,
            target,
            column,
            p.channelFloats,
            width,
            width,
            -begin,
            axis.in - begin);
      } else {
        for (int c = 0; c < channels; c++) {
          int in = from + c * plane + begin;
          int out = column + c * p.channelFloats;
          if (axis.step == 2) {
            RowCopy.everyOther(
                source, in, rowStep, rows, target, out, -1, width, -begin, axis.in - begin);
          } else {
            gather(kw, source, in, rowStep, rows, target, out);
          }
        }
      }
    }
  }

  private void gather(
      int kw, float[] source, int from, int rowStep, int rows, float[] target, int to) {
    Axis axis = plan.geometry.columns();
    int begin = axis.firstOutput(kw);
    int end = axis.endOutput(kw);
    for (int r = 0; r < rows; r++, from += rowStep, to += axis.out) {
      Arrays.fill(target, to, to + begin, 0f);
      for (int x = begin; x < end; x++) {
        target[to + x] = source[from + x * axis.step];
      }
      Arrays.fill(target, to + end, to + axis.out, 0f);
    }
  }

  private void multiply(
      int group,
      int block,
      int pixels,
      boolean resumed,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    FilterGradientPlan p = plan;
    int vectors = p.vectors(block);
    int pitch = vectors * L;
    int first = block * p.nv * L;
    int channel = group * p.geometry.groupOut();
    int weight = channel * p.lanes + first;
    int sums = at + p.sumsAt;
    int valid = Math.min(pitch, p.lanes - first);
    if (resumed) {
      for (int m = 0; m < p.geometry.groupOut(); m++) {
        buffers.loadOutput(weight + m * p.lanes, scratch, sums + m * pitch, valid);
      }
    }
    // Whole tiles are stored where they belong.
    float[] array = valid == pitch ? buffers.output : null;
    int inPlace = array == null ? 0 : wholeTiles();
    for (int k = 0; k < pixels; k += p.bandPixels) {
      int some = Math.min(p.bandPixels, pixels - k);
      for (int t = 0; t < p.tileRows.length; t++) {
        int mr = p.tileRows[t];
        int own = sums + p.tileStart[t] * pitch;
        slot.io.resume(resumed || k > 0, scratch, own);
        if (array != null && t < inPlace && k + some == pixels) {
          int to = buffers.outputAt + weight + p.tileStart[t] * p.lanes;
          slot.io.keep(array, to, p.lanes);
        } else {
          slot.io.keep(scratch, own, pitch);
        }
        int panel = at + p.panelAt + panels.at(t, 0, pixels) + k * (mr + 1);
        MicroKernels.run(mr, vectors, scratch, panel, some, scratch, at, slot.io);
      }
    }
    int stored = p.tileStart[inPlace];
    int rest = p.geometry.groupOut() - stored;
    if (rest > 0) {
      int to = weight + stored * p.lanes;
      buffers.copy(scratch, sums + stored * pitch, pitch, valid, rest, to, p.lanes);
    }
  }

  /** Tiles all of whose rows are output channels. */
  private int wholeTiles() {
    int tiles = plan.tileRows.length;
    return plan.tileStart[tiles] == plan.geometry.groupOut() ? tiles : tiles - 1;
  }
}
