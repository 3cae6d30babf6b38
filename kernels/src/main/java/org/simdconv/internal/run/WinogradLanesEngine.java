package org.simdconv.internal.run;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.pack.WinogradWeights;
import org.simdconv.internal.plan.WinogradLanesPlan;
import org.simdconv.internal.plan.WinogradTiles;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.Transpose;
import org.simdconv.internal.simd.WinogradKernels;
import org.simdconv.internal.simd.WinogradTapKernels;
import org.simdconv.internal.simd.WinogradTransform;

/**
 * The loops of Winograd's algorithm with output channels in the lanes; {@link WinogradLanesPlan}
 * has them in short. Immutable and safe for concurrent runs.
 */
public final class WinogradLanesEngine implements Engine {
  private static final int L = Species.LANES;

  private final WinogradLanesPlan plan;
  private final float[] weights;
  private final float[] bias;
  private final Epilogue epilogue;

  /** Packs the weights; neither array is kept. */
  public WinogradLanesEngine(
      WinogradLanesPlan plan, float[] weights, float[] bias, Epilogue epilogue) {
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
    WinogradLanesPlan p = plan;
    WinogradTiles tiles = p.tiles;
    int range = task % p.ranges;
    int unit = task / p.ranges;
    int block = unit % tiles.blocks;
    int rest = unit / tiles.blocks;
    int a = rest % tiles.rowPhases;
    int group = rest / tiles.rowPhases;
    if (slot.transformed != unit) {
      for (int b = 0; b < tiles.columnPhases; b++) {
        int v = at + p.vAt + b * p.phaseInputs;
        WinogradInput.transform(tiles, block, group, a, b, v, p.pointInputs, buffers, scratch, at);
      }
      slot.transformed = unit;
    }
    int count = tiles.ofBlock(block);
    int[] places = slot.ints(p.resultsApart + 2 * tiles.nr * tiles.m);
    int runs = places(block, a, places);
    int begin = (int) ((long) p.channelTiles * range / p.ranges);
    int end = (int) ((long) p.channelTiles * (range + 1) / p.ranges);
    for (int t = begin; t < end; t++) {
      for (int b = 0; b < tiles.columnPhases; b++) {
        multiply(p.weightsAt(group, t, a, b), b, count, scratch, at, slot);
        outputs(b, count, scratch, at);
      }
      store(group, t, places, runs, buffers, scratch, at);
    }
  }

  /** M of a register tile of output channels and a horizontal phase. */
  private void multiply(int w, int b, int count, float[] scratch, int at, Slot slot) {
    WinogradLanesPlan p = plan;
    WinogradTiles tiles = p.tiles;
    int u = at + p.uAt;
    for (int block = 0; block < p.blocks; block++) {
      int channels = p.channels(block);
      int from = w + block * p.blockChannels * p.channelWeights;
      if (p.touchesWeights) {
        slot.read = CacheLines.touch(weights, from, from + channels * p.channelWeights);
      }
      int v = at + p.vAt + b * p.phaseInputs + block * p.blockChannels * tiles.channelStep;
      if (p.sumsTaps) {
        multiplyTaps(from, v, channels, block > 0, count, scratch, at);
        continue;
      }
      WinogradKernels.weights(tiles.points, tiles.r, weights, from, channels, scratch, u);
      for (int point = 0; point < tiles.points * tiles.points; point++) {
        int sums = at + p.mAt + point * p.pointOutputs;
        int some;
        for (int tile = 0; tile < count; tile += some) {
          some = WinogradKernels.next(count - tile);
          WinogradKernels.run(
              point,
              tile,
              some,
              block > 0,
              scratch,
              u,
              scratch,
              v + point * p.pointInputs,
              tiles.vectorStep,
              channels,
              scratch,
              sums);
        }
      }
    }
  }

  /** Adds the products of a block of input channels, whose taps begin at {@code w}, to M. */
  private void multiplyTaps(
      int w, int v, int channels, boolean resume, int count, float[] scratch, int at) {
    WinogradLanesPlan p = plan;
    int step = p.tiles.vectorStep;
    for (int point = 0; point < p.tiles.points * p.tiles.points; point++) {
      int x = v + point * p.pointInputs;
      int sums = at + p.mAt + point * p.pointOutputs;
      for (int tile = 0; tile < count; tile += WinogradKernels.TILES) {
        WinogradTapKernels.run(
            point, tile, resume, weights, w, scratch, x, step, channels, scratch, sums);
      }
    }
  }

  /** At M A: {@code outputs[tile][row][column][V * LANES output channels]} of a phase. */
  private void outputs(int b, int count, float[] scratch, int at) {
    WinogradLanesPlan p = plan;
    int points = p.tiles.points;
    int m = p.tiles.m;
    int half = at + p.halfAt;
    for (int tile = 0; tile < count; tile++) {
      for (int v = 0; v < p.tileChannels; v += L) {
        int sums = at + p.mAt + tile * p.tileChannels + v;
        int to = at + p.outputsAt + b * p.phaseOutputs + tile * m * m * p.tileChannels + v;
        int apart = points * p.pointOutputs;
        for (int j = 0; j < points; j++) {
          int column = sums + j * p.pointOutputs;
          WinogradTransform.output(points, m, scratch, column, apart, half + j * L, points * L);
        }
        for (int i = 0; i < m; i++) {
          int row = half + i * points * L;
          int outputs = to + i * m * p.tileChannels;
          WinogradTransform.output(points, m, scratch, row, L, outputs, p.tileChannels);
        }
      }
    }
  }

  /**
   * Where a channel's outputs of a block stand among those of its tiles, in the order of the
   * tensor, the last one repeated up to a whole vector; behind {@link
   * WinogradLanesPlan#resultsApart} of them start and length of the runs in which they lie in the
   * tensor, from the channel's plane in image 0 on.
   *
   * @return how many runs
   */
  private int places(int block, int a, int[] places) {
    WinogradLanesPlan p = plan;
    WinogradTiles tiles = p.tiles;
    ConvGeometry g = tiles.geometry;
    int width = g.columns().out;
    int m = tiles.m;
    int across = m * tiles.columnPhases;
    int first = block * tiles.nr;
    int count = tiles.ofBlock(block);
    int placed = 0;
    int run = p.resultsApart;
    int end = -1;
    for (int done = 0; done < count; ) {
      int row = (first + done) / tiles.across;
      int x = first + done - row * tiles.across;
      int some = Math.min(tiles.across - x, count - done);
      int image = row / tiles.down;
      int from = x * across;
      int length = Math.min(width - from, some * across);
      for (int i = 0; i < m; i++) {
        int y = ((row - image * tiles.down) * m + i) * tiles.rowPhases + a;
        if (y >= g.rows().out || length <= 0) {
          continue;
        }
        int last = placed + length;
        for (int tile = done; placed < last; tile++) {
          for (int j = 0; j < m; j++) {
            int output = ((tile * m + i) * m + j) * p.tileChannels;
            for (int b = 0; b < tiles.columnPhases && placed < last; b++) {
              places[placed++] = b * p.phaseOutputs + output;
            }
          }
        }
        int start = (image * g.outChannels() * g.rows().out + y) * width + from;
        if (start == end) {
          places[run - 1] += length;
        } else {
          places[run++] = start;
          places[run++] = length;
        }
        end = start + length;
      }
      done += some;
    }
    for (int last = placed - 1; placed % L != 0; placed++) {
      places[placed] = places[last];
    }
    return (run - p.resultsApart) / 2;
  }

  /** Transposes the outputs of a register tile's channels, a vector of channels at a time. */
  private void store(
      int group, int tile, int[] places, int runs, Binding buffers, float[] scratch, int at) {
    WinogradLanesPlan p = plan;
    ConvGeometry g = p.tiles.geometry;
    int own = Math.min(p.tileChannels, g.groupOut() - tile * p.tileChannels);
    int pixels = 0;
    for (int i = 0; i < runs; i++) {
      pixels += places[p.resultsApart + 2 * i + 1];
    }
    for (int v = 0; v < own; v += L) {
      int outputs = at + p.outputsAt + v;
      int results = at + p.resultsAt;
      for (int i = 0; i < pixels; i += L) {
        Transpose.run(scratch, outputs, places, i, L, scratch, results + i, p.resultsApart);
      }
      for (int c = 0; c < Math.min(L, own - v); c++) {
        int oc = group * g.groupOut() + tile * p.tileChannels + v + c;
        int from = results + c * p.resultsApart;
        for (int i = p.resultsApart; i < p.resultsApart + 2 * runs; i += 2) {
          int to = oc * g.plane() + places[i];
          buffers.store(epilogue, scratch, from, places[i + 1], bias[oc], to, at + p.stageAt);
          from += places[i + 1];
        }
      }
    }
  }
}
