package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.pack.WeightPacker;
import org.simdconv.internal.plan.ChannelLanesPlan;
import org.simdconv.internal.plan.LanesPhase;
import org.simdconv.internal.plan.RowCover;
import org.simdconv.internal.simd.ChannelKernels;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.RowCopy;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.Transpose;

/**
 * The loops of a convolution with output channels in the lanes: see {@link ChannelLanesPlan}. An
 * input array is read where it lies, unless its rows are to be split; those, and the rows of a
 * segment, are copied a band at a time.
 *
 * <pre>
 * packed weights   [group][tile][phase][input channel][kernel row][column][output channels of the tile]     zeros past the last
 * sums             [tile][phase][row of the band][piece][pixel][output channels of the tile]
 * copied rows      [input channel][input row][column mod d][column / d]
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
    this.weights = WeightPacker.packPhases(plan.geometry, plan.tileStart(), weights);
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
    ChannelLanesPlan p = plan;
    ConvGeometry g = p.geometry;
    int units = p.tasks / p.ranges;
    int range = task / units;
    int rest = task - range * units;
    int begin = rest % p.bands * p.bandRows;
    rest /= p.bands;
    int group = rest % g.groups();
    int image = rest / g.groups();
    int end = Math.min(p.rows, begin + p.bandRows);
    int plane = g.rows().in * g.columns().in;
    int first = g.inPlane(image, group * g.groupIn()) * plane;
    float[] array = buffers.input;
    boolean copies = array == null || p.isCopied();
    int from = p.inputFrom(begin);
    int length = p.inputTo(begin, end) - from;
    if (copies && p.wholeBand) {
      copy(buffers, first + from, g.groupIn(), length, scratch, at);
    }
    float[] input = array == null || copies ? scratch : array;
    int apart = copies ? length : plane;
    int endTile = (int) ((long) p.tiles * (range + 1) / p.ranges);
    int tile = (int) ((long) p.tiles * range / p.ranges);
    while (tile < endTile) {
      int together = Math.min(p.groupTiles, endTile - tile);
      Arrays.fill(scratch, at, at + together * p.sumsApart, 0f);
      for (int c = 0; c < g.groupIn(); c += p.blockChannels) {
        int channels = Math.min(p.blockChannels, g.groupIn() - c);
        int inputAt = buffers.inputAt + first + c * plane;
        if (copies) {
          inputAt = at + p.inputAt - from;
          if (p.wholeBand) {
            inputAt += c * length;
          } else {
            copy(buffers, first + c * plane + from, channels, length, scratch, at);
          }
        }
        if (p.touchesInput && !copies) {
          slot.read = CacheLines.touchChannels(input, inputAt + from, channels, plane, length);
        }
        for (int t = 0; t < together; t++) {
          add(
              tile + t, t, c, channels, begin, end, image, group, input, inputAt, apart, buffers,
              scratch, at, slot);
        }
      }
      tile += together;
    }
  }

  /**
   * Copies some rows of neighbouring channels, each split as the plan says.
   *
   * @param from element of the first channel's first row
   * @param length floats of a channel's rows
   */
  private void copy(Binding buffers, int from, int channels, int length, float[] scratch, int at) {
    int to = at + plan.inputAt;
    ConvGeometry g = plan.geometry;
    int width = g.columns().in;
    int plane = g.rows().in * width;
    int d = plan.interleave;
    float[] array = buffers.input;
    if (d > 1 && array != null) {
      int source = buffers.inputAt + from;
      RowCopy.split(channels, array, source, plane, length / width, width, d, scratch, to);
    } else if (d == 1 && length == plane) {
      buffers.load(from, scratch, to, channels * plane);
    } else {
      int staged = at + plan.stageAt;
      for (int c = 0; c < channels; c++) {
        int target = to + c * length;
        buffers.load(from + c * plane, scratch, d == 1 ? target : staged, length);
        if (d > 1) {
          RowCopy.split(1, scratch, staged, 0, length / width, width, d, scratch, target);
        }
      }
    }
  }

  /**
   * Adds the products of a block of input channels to the sums of a tile of output channels, for a
   * band; after the last block, stores. Outputs are stored some at a time, not all at the end: so
   * many stores at once are waited for, those of some rows are done while the next one is computed
   * (64@56 9 to 6% of the time, JDK 25).
   *
   * @param tile the tile within the group of the convolution
   * @param number the tile within its group of tiles
   * @param inputAt where row 0 of the block's first channel is in the input
   * @param apart floats from a channel's rows to the next one's
   */
  private void add(
      int tile,
      int number,
      int block,
      int channels,
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
    int sums = at + number * p.sumsApart;
    // A copy to a segment is dear, however little it is of; and a phase has every so many-th
    // output.
    boolean early = buffers.output != null && p.phases.size() == 1;
    boolean last = block + channels == g.groupIn();
    int tileWeights = (group * p.tiles + tile) * g.groupIn() * p.taps * p.tileChannels;
    int stored = 0;
    for (int n = 0; n < p.phases.size(); n++) {
      LanesPhase phase = p.phases.get(n);
      RowCover cover = phase.cover;
      int channelWeights = phase.taps * p.tileChannels;
      int rowWeights = phase.rowTaps() * p.tileChannels;
      int w = tileWeights + (phase.tapsBefore * g.groupIn() + block * phase.taps) * p.tileChannels;
      if (p.touchesWeights) {
        slot.read = CacheLines.touch(weights, w, w + channels * channelWeights);
      }
      int endRow = Math.min(end, phase.outputRows());
      // First a row that takes all weights of the block, one after the other: so they arrive
      // sooner.
      int lead = phase.wholeRow(begin, endRow);
      for (int i = begin; i < endRow; i++) {
        int y = i == begin ? lead : i <= lead ? i - 1 : i;
        int firstTap = phase.firstTap(y);
        int taps = phase.endTap(y) - firstTap;
        int row = inputAt + phase.inputRow(y, firstTap);
        int to = sums + p.sumsAt(phase) + (y - begin) * cover.pixels * p.tileChannels;
        for (int j = 0; j < cover.pieces.size() && taps > 0; j++) {
          RowCover.Piece piece = cover.pieces.get(j);
          ChannelKernels.run(
              phase.kind,
              piece.tile(),
              weights,
              w + firstTap * rowWeights,
              channelWeights,
              input,
              row + piece.from(),
              apart,
              phase.pitch(),
              cover.apart,
              channels,
              taps,
              piece.before(),
              piece.after(),
              scratch,
              to + piece.sums() * p.tileChannels);
        }
        int whole = (p.firstOutput(i + 1) - p.firstOutput(begin)) / Species.LANES * Species.LANES;
        if (last && early && i >= lead && i + 1 < end && whole - stored >= SOME_OUTPUTS) {
          store(tile, sums, begin, stored, whole, image, group, buffers, scratch, at);
          stored = whole;
        }
      }
    }
    if (last) {
      int outputs = p.firstOutput(end) - p.firstOutput(begin);
      store(tile, sums, begin, stored, outputs, image, group, buffers, scratch, at);
    }
  }

  /**
   * Finishes some outputs of a tile's band, from {@code first} on, which begins a vector:
   * transposes a vector of channels at a time and stores them.
   */
  private void store(
      int tile,
      int sums,
      int begin,
      int first,
      int end,
      int image,
      int group,
      Binding buffers,
      float[] scratch,
      int at) {
    ChannelLanesPlan p = plan;
    ConvGeometry g = p.geometry;
    int results = at + p.resultsAt;
    int outputs = p.firstOutput(begin);
    int ownChannels = Math.min(p.tileChannels, g.groupOut() - tile * p.tileChannels);
    for (int v = 0; v < ownChannels; v += Species.LANES) {
      int firstChannel = tile * p.tileChannels + v;
      int channels = Math.min(Species.LANES, ownChannels - v);
      for (int from = first; from < end; from += Species.LANES) {
        Transpose.run(
            scratch,
            sums + v,
            p.place,
            from,
            Species.LANES,
            scratch,
            results + from,
            p.resultsApart);
      }
      for (int m = 0; m < channels; m++) {
        int channel = group * g.groupOut() + firstChannel + m;
        int to = g.outPlane(image, channel) * g.plane() + outputs + first;
        int row = results + m * p.resultsApart + first;
        buffers.store(epilogue, scratch, row, end - first, bias[channel], to, at + p.stageAt);
      }
    }
  }
}
