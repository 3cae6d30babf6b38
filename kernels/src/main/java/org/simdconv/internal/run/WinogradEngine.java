package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.pack.WinogradWeights;
import org.simdconv.internal.plan.WinogradPlan;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.Interleave;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.StreamedKernels;
import org.simdconv.internal.simd.WinogradTransform;

/**
 * The loops of Winograd's algorithm; {@link WinogradPlan} has the formulas.
 *
 * <pre>
 * for each block of tiles, for each phase: transform the inputs down the columns, cut into columns of tiles, transform along the rows
 *   for each point: for each register tile of output channels: micro-kernel, the channels as taps (of some blocks together)
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
    int first = rest % p.passes * p.together;
    int some = Math.min(p.together, p.blocks - first);
    int group = rest / p.passes;
    long phases = (long) p.rowPhases * p.columnPhases;
    for (int a = 0; a < p.rowPhases; a++) {
      for (int b = 0; b < p.columnPhases; b++) {
        long input = rest * phases + (long) a * p.columnPhases + b;
        if (slot.transformed != input) {
          for (int i = 0; i < some; i++) {
            int v = at + p.vAt + i * p.blockInputs;
            transform(first + i, group, a, b, v, buffers, scratch, at);
          }
          slot.transformed = input;
        }
        multiply(range, group, a, b, first, some, scratch, at, slot);
      }
      for (int i = 0; i < some; i++) {
        int m = at + p.mAt + i * p.blockOutputs;
        store(range, first + i, group, a, m, buffers, scratch, at, slot);
      }
    }
  }

  /** Tiles of a block: the last one may have fewer. */
  private int count(int block) {
    return Math.min(plan.nr, plan.allTiles - block * plan.nr);
  }

  private void transform(
      int block, int group, int a, int b, int v, Binding buffers, float[] scratch, int at) {
    WinogradPlan p = plan;
    ConvGeometry g = p.geometry;
    int across = p.tilesAcross;
    int count = count(block);
    int first = block * p.nr;
    int last = first + count - 1;
    // Rows of tiles are counted through all images.
    int firstRow = first / across;
    int rows = last / across - firstRow + 1;
    int width = g.columns().in;
    int height = g.rows().in;
    int left = Math.clamp(-(long) p.firstColumn[b], 0, p.pitch);
    // A phase may begin inside the image.
    int skipped = Math.max(0, p.firstColumn[b]);
    int right = Math.clamp((long) left + width - skipped, left, p.pitch);
    for (int i = 0; i < p.points; i++) {
      for (int r = 0; r < rows; r++) {
        int line = at + i * p.apart + r * p.pitch;
        Arrays.fill(scratch, line, line + left, 0f);
        Arrays.fill(scratch, line + right, line + p.pitch, 0f);
      }
    }
    // Of the first and the last row only what these tiles need.
    int begin = Math.max(0, first % across * p.m - left);
    int end = Math.min(right - left, (last % across + 1) * p.m + p.r - 1 - left);
    for (int c = 0; c < g.groupIn(); c++) {
      for (int r = 0; r < rows; r++) {
        int image = (firstRow + r) / p.tilesDown;
        int top = (firstRow + r - image * p.tilesDown) * p.m + p.firstRow[a];
        int plane = (image * g.inChannels() + group * g.groupIn() + c) * height * width;
        float[] source = buffers.input;
        int from = buffers.inputAt + plane + top * width;
        if (source == null
            || top < 0
            || top + p.points > height
            || from + skipped + (long) p.points * width + L > source.length) {
          source = scratch;
          from = at + p.imageAt;
          stage(plane, top, buffers, scratch, from);
        }
        int x = r == 0 ? begin : 0;
        int some = (r == rows - 1 ? end : right - left) - x;
        int line = at + r * p.pitch + left + x;
        int pixel = from + skipped + x;
        switch (p.points) {
          case 3 -> WinogradTransform.columns3(source, pixel, width, some, scratch, line, p.apart);
          case 4 -> WinogradTransform.columns4(source, pixel, width, some, scratch, line, p.apart);
          default -> WinogradTransform.columns6(source, pixel, width, some, scratch, line, p.apart);
        }
      }
      int columns = at + p.cutAt;
      cut(first, count, firstRow, scratch, at, columns);
      for (int lane = 0; lane < count; lane += L) {
        int to = v + c * p.nr + lane;
        int some = Math.min(L, count - lane);
        int step = p.pointInputs;
        int from = columns + lane;
        switch (p.points) {
          case 3 -> WinogradTransform.rows3(scratch, from, p.cutStep, scratch, to, step, some);
          case 4 -> WinogradTransform.rows4(scratch, from, p.cutStep, scratch, to, step, some);
          default -> WinogradTransform.rows6(scratch, from, p.cutStep, scratch, to, step, some);
        }
      }
    }
  }

  /** Cuts the rows of a channel's tiles into their columns, some neighbours at a time. */
  private void cut(int first, int count, int firstRow, float[] scratch, int at, int to) {
    WinogradPlan p = plan;
    int most = WinogradTransform.cutTiles(p.m);
    for (int done = 0; done < count; ) {
      int y = (first + done) / p.tilesAcross;
      int x = first + done - y * p.tilesAcross;
      int row = at + (y - firstRow) * p.pitch + x * p.m;
      int out = to + done;
      switch (p.points) {
        case 3 -> WinogradTransform.cut3(scratch, row, p.apart, scratch, out, p.cutStep);
        case 4 -> WinogradTransform.cut4(p.m, scratch, row, p.apart, scratch, out, p.cutStep);
        default -> WinogradTransform.cut6(scratch, row, p.apart, scratch, out, p.cutStep);
      }
      done += Math.min(most, Math.min(p.tilesAcross - x, count - done));
    }
  }

  /** Copies the rows of a channel that a row of tiles takes, zeros where the image ends. */
  private void stage(int plane, int top, Binding buffers, float[] scratch, int to) {
    int bottom = top + plan.points;
    int width = plan.geometry.columns().in;
    int height = plan.geometry.rows().in;
    // Above and below the image there may be nothing but padding.
    int begin = Math.min(bottom, Math.max(top, 0));
    int end = Math.max(begin, Math.min(bottom, height));
    int image = to + (begin - top) * width;
    Arrays.fill(scratch, to, image, 0f);
    if (begin < end) {
      buffers.load(plane + begin * width, scratch, image, (end - begin) * width);
    }
    Arrays.fill(scratch, image + (end - begin) * width, to + (bottom - top) * width, 0f);
  }

  private void multiply(
      int range, int group, int a, int b, int first, int some, float[] scratch, int at, Slot slot) {
    WinogradPlan p = plan;
    int begin = p.channelRanges[range];
    int end = p.channelRanges[range + 1];
    int channels = p.geometry.groupIn();
    int area = p.points * p.points;
    slot.io.resume(false, scratch, 0);
    for (int point = 0; point < area; point++) {
      int phase = a * p.columnPhases + b;
      int u = ((phase * p.geometry.groups() + group) * area + point) * p.pointWeights;
      int v = at + p.vAt + point * p.pointInputs;
      int m = at + p.mAt + (b * area + point) * p.pointOutputs;
      for (int t = begin; t < end; t++) {
        int to = m + (p.tileStart[t] - p.tileStart[begin]) * p.nr;
        int w = u + (p.tileStart[t] + t) * channels;
        for (int i = 0; i < some; i++) {
          slot.io.keep(scratch, to + i * p.blockOutputs, p.nr);
          int x = v + i * p.blockInputs;
          if (p.streamed) {
            StreamedKernels.run(weights, u, t, p.tileRows.length, channels, scratch, x, slot.io);
          } else if (p.endsInSingle && first + i == p.blocks - 1) {
            MicroKernels.runSingle(p.tileRows[t], weights, w, channels, scratch, x, slot.io);
          } else {
            int nv = count(first + i) <= L ? 1 : p.nv;
            MicroKernels.run(p.tileRows[t], nv, weights, w, channels, scratch, x, slot.io);
          }
        }
      }
    }
  }

  private void store(
      int range,
      int block,
      int group,
      int a,
      int sumsAt,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    WinogradPlan p = plan;
    int count = count(block);
    ConvGeometry g = p.geometry;
    int m = p.m;
    int points = p.points;
    int area = points * points;
    int first = p.tileStart[p.channelRanges[range]];
    int end = Math.min(g.groupOut(), p.tileStart[p.channelRanges[range + 1]]);
    int half = at + p.halfAt;
    int result = at + p.resultAt;
    int width = p.tilesAcross;
    int outHeight = g.rows().out;
    int outWidth = g.columns().out;
    // Outputs of a tile in a row.
    int across = m * p.columnPhases;
    int[] starts = slot.ints(Interleave.starts(across));
    for (int row = first; row < end; row++) {
      int oc = group * g.groupOut() + row;
      for (int lane = 0; lane < count; lane += L) {
        int sums = sumsAt + (row - first) * p.nr + lane;
        for (int j = 0; j < points * p.columnPhases; j++) {
          int b = j / points;
          int column = sums + (b * area + j - b * points) * p.pointOutputs;
          int to = half + b * area * L + (j - b * points) * L;
          outputs(scratch, column, points * p.pointOutputs, to, points * L);
        }
        int some = Math.min(L, count - lane);
        for (int i = 0; i < m; i++) {
          // F(4,3) of one phase transforms and interleaves in one.
          boolean inOne = points == 6 && across == 4;
          for (int b = 0; b < p.columnPhases && !inOne; b++) {
            int line = half + (b * area + i * points) * L;
            outputs(scratch, line, L, result + b * L, p.columnPhases * L);
          }
          if (inOne) {
            WinogradTransform.outputRow6(scratch, half + i * points * L, L, scratch, at + p.rowAt);
          } else {
            Interleave.run(
                across,
                scratch,
                result,
                L,
                1,
                0,
                L,
                scratch,
                at + p.rowAt,
                0,
                scratch,
                at + p.partAt,
                starts);
          }
          for (int done = 0; done < some; ) {
            int tile = block * p.nr + lane + done;
            int y = tile / width;
            int x = tile - y * width;
            int image = y / p.tilesDown;
            int run = Math.min(width - x, some - done);
            int oh = ((y - image * p.tilesDown) * m + i) * p.rowPhases + a;
            int ow = x * across;
            int length = Math.min(run * across, outWidth - ow);
            if (oh < outHeight && length > 0) {
              int plane = (image * g.outChannels() + oc) * outHeight;
              int to = (plane + oh) * outWidth + ow;
              int from = at + p.rowAt + done * across;
              buffers.store(epilogue, scratch, from, length, bias[oc], to, at + p.stageAt);
            }
            done += run;
          }
        }
      }
    }
  }

  private void outputs(float[] scratch, int from, int apart, int to, int step) {
    switch (plan.points) {
      case 3 -> WinogradTransform.output3(scratch, from, apart, scratch, to, step);
      case 4 -> WinogradTransform.output4(plan.m, scratch, from, apart, scratch, to, step);
      default -> WinogradTransform.output6(scratch, from, apart, scratch, to, step);
    }
  }
}
