package org.simdconv.internal.run;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.pack.InputWindow;
import org.simdconv.internal.pack.WinogradWeights;
import org.simdconv.internal.plan.WinogradPlan;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.WinogradTransform;

/**
 * The loops of Winograd's algorithm; {@link WinogradPlan} has the formulas.
 *
 * <pre>
 * for each block of NR tiles: fill the window's new rows, transform the inputs
 *   for each point: for each register tile of output channels: micro-kernel, the channels as taps
 *   for each output channel: transform the sums back, interleave, epilogue, store
 * </pre>
 *
 * Immutable and safe for concurrent runs.
 */
public final class WinogradEngine implements Engine {
  private static final int L = Species.LANES;

  private final WinogradPlan plan;
  private final float[] weights;
  private final float[] bias;
  private final Epilogue epilogue;

  /** Transforms the weights; neither array is kept. */
  public WinogradEngine(WinogradPlan plan, float[] weights, float[] bias, Epilogue epilogue) {
    this.plan = plan;
    this.weights = WinogradWeights.pack(plan, weights);
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
  public void run(int task, Binding buffers, float[] scratch, int at, Slot slot) {
    WinogradPlan p = plan;
    int ranges = p.channelRanges.length - 1;
    int range = task % ranges;
    int rest = task / ranges;
    int block = rest % p.blocks;
    rest /= p.blocks;
    int group = rest % p.geometry.groups();
    int image = rest / p.geometry.groups();
    int count = Math.min(p.nr, p.tiles.rows().out * p.tiles.columns().out - block * p.nr);
    long key = (long) rest * p.blocks + block;
    if (slot.transformed != key) {
      transform(block, count, image, group, rest, buffers, scratch, at, slot);
      slot.transformed = key;
    }
    multiply(range, group, count, scratch, at, slot);
    store(range, block, count, image, group, buffers, scratch, at);
  }

  private void transform(
      int block,
      int count,
      int image,
      int group,
      int part,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    WinogradPlan p = plan;
    int width = p.tiles.columns().out;
    int first = block * p.nr;
    int end = first + count;
    int firstRow = first / width;
    int endRow = (end - 1) / width + 1;
    boolean fits =
        slot.window == part && firstRow >= slot.filledFrom && endRow <= slot.bandRow + p.bandRows;
    int bandRow = fits ? slot.bandRow : firstRow;
    fillWindow(bandRow, firstRow, endRow, part, image, group, buffers, scratch, at, slot);
    int runs = 0;
    for (int tile = first; tile < end; runs++) {
      int y = tile / width;
      int x = tile - y * width;
      slot.runFrom[runs] = at + (y - bandRow) * p.window.pitch + x;
      slot.runTo[runs] = at + p.vAt + tile - first;
      slot.runLength[runs] = Math.min(Math.min(width - x, end - tile), L);
      tile += slot.runLength[runs];
    }
    for (int c = 0; c < p.geometry.groupIn(); c++) {
      for (int r = 0; r < runs; r++) {
        int from = slot.runFrom[r] + c * p.window.channelStride;
        input(from, slot.runTo[r] + c * p.nr, slot.runLength[r], scratch, at + p.halfAt);
      }
    }
  }

  /** Transforms a vector of tiles of a channel. */
  private void input(int from, int to, int length, float[] scratch, int half) {
    WinogradPlan p = plan;
    if (p.points == 4) {
      for (int j = 0; j < 4; j++) {
        WinogradTransform.input4(scratch, from, p.offset, j * 4, scratch, half + j * 4 * L, L, L);
      }
      for (int i = 0; i < 4; i++) {
        int row = to + i * 4 * p.pointInputs;
        WinogradTransform.input4(scratch, half, p.half, i * 4, scratch, row, p.pointInputs, length);
      }
    } else {
      for (int j = 0; j < 6; j++) {
        WinogradTransform.input6(scratch, from, p.offset, j * 6, scratch, half + j * 6 * L, L, L);
      }
      for (int i = 0; i < 6; i++) {
        int row = to + i * 6 * p.pointInputs;
        WinogradTransform.input6(scratch, half, p.half, i * 6, scratch, row, p.pointInputs, length);
      }
    }
  }

  private void fillWindow(
      int bandRow,
      int row,
      int to,
      int part,
      int image,
      int group,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    WinogradPlan p = plan;
    boolean fresh = slot.window != part || slot.bandRow != bandRow || row > slot.filledTo;
    if (fresh) {
      slot.window = part;
      slot.bandRow = bandRow;
      slot.filledFrom = row;
      slot.filledTo = row;
    }
    if (to <= slot.filledTo) {
      return;
    }
    int halo = p.window.rows - p.window.gridRows;
    InputWindow.fill(
        p.window,
        p.tiles,
        buffers.input,
        buffers.inputSegment,
        buffers.inputAt,
        image,
        group * p.geometry.groupIn(),
        p.geometry.groupIn(),
        bandRow,
        slot.filledTo - bandRow + (fresh ? 0 : halo),
        to - bandRow + halo,
        scratch,
        at,
        at + p.stageAt);
    slot.filledTo = to;
  }

  private void multiply(int range, int group, int count, float[] scratch, int at, Slot slot) {
    WinogradPlan p = plan;
    int begin = p.channelRanges[range];
    int end = p.channelRanges[range + 1];
    int channels = p.geometry.groupIn();
    int area = p.points * p.points;
    int nv = count <= L ? 1 : p.nv;
    slot.io.resume(false, scratch, 0);
    for (int point = 0; point < area; point++) {
      int u = (group * area + point) * p.pointWeights;
      int v = at + p.vAt + point * p.pointInputs;
      int m = at + p.mAt + point * p.pointOutputs;
      for (int t = begin; t < end; t++) {
        slot.io.keep(scratch, m + (p.tileStart[t] - p.tileStart[begin]) * p.nr, p.nr);
        int w = u + (p.tileStart[t] + t) * channels;
        MicroKernels.run(p.tileRows[t], nv, weights, w, channels, scratch, v, slot.io);
      }
    }
  }

  private void store(
      int range,
      int block,
      int count,
      int image,
      int group,
      Binding buffers,
      float[] scratch,
      int at) {
    WinogradPlan p = plan;
    ConvGeometry g = p.geometry;
    int m = p.m;
    int points = p.points;
    int first = p.tileStart[p.channelRanges[range]];
    int end = Math.min(g.groupOut(), p.tileStart[p.channelRanges[range + 1]]);
    int half = at + p.halfAt;
    int width = p.tiles.columns().out;
    int outHeight = g.rows().out;
    int outWidth = g.columns().out;
    for (int row = first; row < end; row++) {
      int oc = group * g.groupOut() + row;
      int plane = (image * g.outChannels() + oc) * outHeight;
      for (int lane = 0; lane < count; lane += L) {
        int sums = at + p.mAt + (row - first) * p.nr + lane;
        for (int j = 0; j < points; j++) {
          int column = sums + j * p.pointOutputs;
          if (m == 2) {
            WinogradTransform.output4(
                scratch, column, 4 * p.pointOutputs, scratch, half + j * L, 4 * L);
          } else {
            WinogradTransform.output6(
                scratch, column, 6 * p.pointOutputs, scratch, half + j * L, 6 * L);
          }
        }
        int some = Math.min(L, count - lane);
        for (int i = 0; i < m; i++) {
          int line = half + i * points * L;
          // The results take the place of the first m of the row.
          if (m == 2) {
            WinogradTransform.output4(scratch, line, L, scratch, line, L);
            WinogradTransform.interleave2(scratch, line, L, scratch, at + p.rowAt);
          } else {
            WinogradTransform.output6(scratch, line, L, scratch, line, L);
            WinogradTransform.interleave4(scratch, line, L, scratch, at + p.rowAt);
          }
          for (int done = 0; done < some; ) {
            int tile = block * p.nr + lane + done;
            int y = tile / width;
            int x = tile - y * width;
            int run = Math.min(width - x, some - done);
            int oh = y * m + i;
            if (oh < outHeight) {
              int length = Math.min(run * m, outWidth - x * m);
              int to = (plane + oh) * outWidth + x * m;
              buffers.store(
                  epilogue, scratch, at + p.rowAt + done * m, length, bias[oc], to, at + p.stageAt);
            }
            done += run;
          }
        }
      }
    }
  }
}
