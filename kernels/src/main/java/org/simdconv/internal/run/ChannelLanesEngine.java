package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.ChannelLanesPlan;
import org.simdconv.internal.simd.ChannelKernels;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.Transpose;

/**
 * The loops of a convolution with output channels in the lanes: see {@link ChannelLanesPlan}. An
 * input array is read where it lies; of a segment, the rows of a band are copied.
 *
 * <pre>
 * packed weights   [group][tile][input channel][kernel row][column][output channels of the tile]     zeros past the last
 * sums             [row of the band][piece][pixel][output channels of the tile]
 * </pre>
 *
 * <p>Immutable and safe for concurrent runs.
 */
public final class ChannelLanesEngine implements Engine {
  // Of each channel: enough of them to pay for the loops around.
  private static final int SOME_OUTPUTS = 16 * Species.LANES;

  private final ChannelLanesPlan plan;
  private final float[] weights;
  private final float[] bias;
  private final Epilogue epilogue;

  /** Packs the weights; neither array is kept. */
  public ChannelLanesEngine(
      ChannelLanesPlan plan, float[] weights, float[] bias, Epilogue epilogue) {
    this.plan = plan;
    this.weights = pack(plan, weights);
    this.bias = bias.clone();
    this.epilogue = epilogue;
  }

  private static float[] pack(ChannelLanesPlan plan, float[] weights) {
    ConvGeometry g = plan.geometry;
    int lanes = plan.tileChannels;
    float[] packed = new float[Math.toIntExact(plan.packedFloats())];
    int at = 0;
    for (int group = 0; group < g.groups(); group++) {
      for (int tile = 0; tile < plan.tiles; tile++) {
        int first = tile * lanes;
        int valid = Math.min(lanes, g.groupOut() - first);
        for (int c = 0; c < g.groupIn(); c++) {
          for (int kh = 0; kh < g.rows().taps; kh++) {
            for (int kw = 0; kw < 3; kw++) {
              for (int i = 0; i < valid; i++) {
                packed[at + i] = weights[g.weightIndex(group, first + i, c, kh, kw)];
              }
              at += lanes;
            }
          }
        }
      }
    }
    return packed;
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
    ChannelLanesPlan p = plan;
    ConvGeometry g = p.geometry;
    int units = p.tasks / p.ranges;
    int range = task / units;
    int rest = task - range * units;
    int begin = rest % p.bands * p.bandRows;
    rest /= p.bands;
    int group = rest % g.groups();
    int image = rest / g.groups();
    int end = Math.min(g.rows().out, begin + p.bandRows);
    int plane = g.rows().in * g.columns().in;
    int first = g.inPlane(image, group * g.groupIn()) * plane;
    float[] input = buffers.input;
    int inputAt = buffers.inputAt + first;
    int apart = plane;
    if (input == null) {
      int[] start = g.rows().start;
      int lowest = Math.min(start[0], start[start.length - 1]);
      int highest = Math.max(start[0], start[start.length - 1]);
      int top = Math.clamp((long) begin * g.rows().step + lowest, 0, g.rows().in);
      int bottom = Math.clamp((end - 1L) * g.rows().step + highest + 1, top, g.rows().in);
      apart = (bottom - top) * g.columns().in;
      load(buffers, first + top * g.columns().in, apart, scratch, at + p.inputAt);
      input = scratch;
      inputAt = at + p.inputAt - top * g.columns().in;
    }
    int endTile = (int) ((long) p.tiles * (range + 1) / p.ranges);
    for (int t = (int) ((long) p.tiles * range / p.ranges); t < endTile; t++) {
      run(t, begin, end, image, group, input, inputAt, apart, buffers, scratch, at, slot);
    }
  }

  /** Copies some rows of a group's channels, from element {@code from} of a segment. */
  private void load(Binding buffers, int from, int length, float[] scratch, int to) {
    ConvGeometry g = plan.geometry;
    int plane = g.rows().in * g.columns().in;
    if (length == plane) {
      buffers.load(from, scratch, to, g.groupIn() * plane);
      return;
    }
    for (int c = 0; c < g.groupIn(); c++) {
      buffers.load(from + c * plane, scratch, to + c * length, length);
    }
  }

  /**
   * A tile of output channels for a band. Outputs are stored some at a time, not all at the end: so
   * many stores at once are waited for, those of some rows are done while the next one is computed
   * (64@56 9 to 6% of the time, JDK 25).
   *
   * @param tile the tile within the group
   * @param inputAt where row 0 of the group's first channel is in the input
   * @param apart floats from a channel's rows to the next one's
   */
  private void run(
      int tile,
      int begin,
      int end,
      int image,
      int group,
      float[] input,
      int inputAt,
      int apart,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    ChannelLanesPlan p = plan;
    ConvGeometry g = p.geometry;
    int width = g.columns().in;
    int piece = p.pixels * p.tileChannels;
    int sums = (end - begin) * p.pieces.length * piece;
    Arrays.fill(scratch, at, at + sums, 0f);
    int channelWeights = p.channelWeights();
    int tapWeights = 3 * p.tileChannels;
    int step = g.columns().step;
    int outputs = (end - begin) * g.columns().out;
    // A copy to a segment is dear, however little it is of.
    boolean early = buffers.output != null;
    int stored = 0;
    for (int c = 0; c < g.groupIn(); c += p.blockChannels) {
      boolean last = c + p.blockChannels >= g.groupIn();
      int channels = Math.min(p.blockChannels, g.groupIn() - c);
      int w = ((group * p.tiles + tile) * g.groupIn() + c) * channelWeights;
      if (p.touchesWeights) {
        slot.read = CacheLines.touch(weights, w, w + channels * channelWeights);
      }
      int x = inputAt + c * apart;
      int to = at;
      for (int y = begin; y < end; y++) {
        int firstTap = p.firstTap(y);
        int taps = p.endTap(y) - firstTap;
        int row = y * g.rows().step + g.rows().start[0] + firstTap * p.rowsApart();
        for (int i = 0; i < p.pieces.length; i++, to += piece) {
          if (taps > 0) {
            ChannelKernels.run(
                p.kind,
                p.pixels,
                weights,
                w + firstTap * tapWeights,
                channelWeights,
                input,
                x + row * width + p.pieces[i] * step + g.columns().start[1],
                apart,
                p.rowsApart() * width,
                channels,
                taps,
                p.hasLeft(i),
                p.hasRight(i),
                scratch,
                to);
          }
        }
        int whole = (y + 1 - begin) * g.columns().out / Species.LANES * Species.LANES;
        if (last && early && whole - stored >= SOME_OUTPUTS) {
          store(tile, begin, stored, whole, image, group, buffers, scratch, at, slot);
          stored = whole;
        }
      }
    }
    if (stored < outputs) {
      store(tile, begin, stored, outputs, image, group, buffers, scratch, at, slot);
    }
  }

  /**
   * Finishes some outputs of a tile's band, from {@code first} on, which begins a vector:
   * transposes a vector of channels at a time and stores them.
   */
  private void store(
      int tile,
      int begin,
      int first,
      int end,
      int image,
      int group,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    ChannelLanesPlan p = plan;
    ConvGeometry g = p.geometry;
    int width = g.columns().out;
    int results = at + p.resultsAt;
    int ownChannels = Math.min(p.tileChannels, g.groupOut() - tile * p.tileChannels);
    for (int v = 0; v < ownChannels; v += Species.LANES) {
      int firstChannel = tile * p.tileChannels + v;
      int channels = Math.min(Species.LANES, ownChannels - v);
      for (int from = first; from < end; from += Species.LANES) {
        for (int i = 0; i < Species.LANES; i++) {
          slot.index[i] = sumsOf(Math.min(from + i, end - 1));
        }
        Transpose.run(
            scratch, at + v, slot.index, 0, Species.LANES, scratch, results + from, p.resultsApart);
      }
      for (int m = 0; m < channels; m++) {
        int channel = group * g.groupOut() + firstChannel + m;
        int to = g.outPlane(image, channel) * g.plane() + begin * width + first;
        int row = results + m * p.resultsApart + first;
        buffers.store(epilogue, scratch, row, end - first, bias[channel], to, at + p.stageAt);
      }
    }
  }

  /** Where the sums of a pixel of a band begin. */
  private int sumsOf(int pixel) {
    ChannelLanesPlan p = plan;
    int width = p.geometry.columns().out;
    int y = pixel / width;
    int x = pixel - y * width;
    int piece = Math.min(x / p.pixels, p.pieces.length - 1);
    int slot = (y * p.pieces.length + piece) * p.pixels + x - p.pieces[piece];
    return slot * p.tileChannels;
  }
}
