package org.simdconv.internal.run;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.pack.WinogradWeights;
import org.simdconv.internal.plan.WinogradPlan;
import org.simdconv.internal.plan.WinogradTiles;
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
    WinogradTiles tiles = p.tiles;
    int ranges = p.channelRanges.length - 1;
    int range = task % ranges;
    int rest = task / ranges;
    int first = rest % p.passes * p.together;
    int some = Math.min(p.together, tiles.blocks - first);
    int group = rest / p.passes;
    long phases = (long) tiles.rowPhases * tiles.columnPhases;
    for (int a = 0; a < tiles.rowPhases; a++) {
      for (int b = 0; b < tiles.columnPhases; b++) {
        long input = rest * phases + (long) a * tiles.columnPhases + b;
        if (slot.transformed != input) {
          for (int i = 0; i < some; i++) {
            int v = at + p.vAt + i * p.blockInputs;
            WinogradInput.transform(
                tiles, first + i, group, a, b, v, p.pointInputs, buffers, scratch, at);
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

  private void multiply(
      int range, int group, int a, int b, int first, int some, float[] scratch, int at, Slot slot) {
    WinogradPlan p = plan;
    WinogradTiles tiles = p.tiles;
    int begin = p.channelRanges[range];
    int end = p.channelRanges[range + 1];
    int channels = tiles.geometry.groupIn();
    int area = tiles.points * tiles.points;
    slot.io.resume(false, scratch, 0);
    for (int point = 0; point < area; point++) {
      int phase = a * tiles.columnPhases + b;
      int u = ((phase * tiles.geometry.groups() + group) * area + point) * p.pointWeights;
      int v = at + p.vAt + point * p.pointInputs;
      int m = at + p.mAt + (b * area + point) * p.pointOutputs;
      for (int t = begin; t < end; t++) {
        int to = m + (p.tileStart[t] - p.tileStart[begin]) * tiles.nr;
        int w = u + (p.tileStart[t] + t) * channels;
        for (int i = 0; i < some; i++) {
          slot.io.keep(scratch, to + i * p.blockOutputs, tiles.nr);
          int x = v + i * p.blockInputs;
          if (p.streamed) {
            StreamedKernels.run(weights, u, t, p.tileRows.length, channels, scratch, x, slot.io);
          } else {
            int nv = tiles.ofBlock(first + i) <= L ? 1 : p.nv;
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
    WinogradTiles tiles = p.tiles;
    int count = tiles.ofBlock(block);
    ConvGeometry g = tiles.geometry;
    int m = tiles.m;
    int points = tiles.points;
    int area = points * points;
    int first = p.tileStart[p.channelRanges[range]];
    int end = Math.min(g.groupOut(), p.tileStart[p.channelRanges[range + 1]]);
    int half = at + p.halfAt;
    int result = at + p.resultAt;
    int width = tiles.across;
    int outHeight = g.rows().out;
    int outWidth = g.columns().out;
    // Outputs of a tile in a row.
    int across = m * tiles.columnPhases;
    int[] starts = slot.ints(Interleave.starts(across));
    for (int row = first; row < end; row++) {
      int oc = group * g.groupOut() + row;
      for (int lane = 0; lane < count; lane += L) {
        int sums = sumsAt + (row - first) * tiles.nr + lane;
        for (int j = 0; j < points * tiles.columnPhases; j++) {
          int b = j / points;
          int column = sums + (b * area + j - b * points) * p.pointOutputs;
          int to = half + b * area * L + (j - b * points) * L;
          int apart = points * p.pointOutputs;
          WinogradTransform.output(points, m, scratch, column, apart, to, points * L);
        }
        int some = Math.min(L, count - lane);
        for (int i = 0; i < m; i++) {
          // F(4,3) of one phase transforms and interleaves in one.
          boolean inOne = points == 6 && across == 4;
          for (int b = 0; b < tiles.columnPhases && !inOne; b++) {
            int line = half + (b * area + i * points) * L;
            int step = tiles.columnPhases * L;
            WinogradTransform.output(points, m, scratch, line, L, result + b * L, step);
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
            int tile = block * tiles.nr + lane + done;
            int y = tile / width;
            int x = tile - y * width;
            int image = y / tiles.down;
            int run = Math.min(width - x, some - done);
            int oh = ((y - image * tiles.down) * m + i) * tiles.rowPhases + a;
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
}
