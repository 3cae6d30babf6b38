package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.pack.WeightPacker;
import org.simdconv.internal.plan.ImageLanesPlan;
import org.simdconv.internal.plan.ImageLanesPlan.OutputClass;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.ImageKernels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.Transpose;

/**
 * The loops of a convolution with images of a batch in the lanes: see {@link ImageLanesPlan}.
 *
 * <pre>
 * packed weights   [group][tile][input channel][kernel row][column][MR output channels]     zeros past the last
 * images           [vector][input channel][row][column][image]
 * sums             [output channel of the tile][output, by class][vector][image]
 * results          [image][output channel of the tile][row][column]
 * </pre>
 *
 * <p>Immutable and safe for concurrent runs.
 */
public final class ImageLanesEngine implements Engine {
  private static final int L = Species.LANES;

  private final ImageLanesPlan plan;
  private final float[] weights;
  private final float[] bias;
  private final Epilogue epilogue;

  /** Packs the weights; neither array is kept. */
  public ImageLanesEngine(ImageLanesPlan plan, float[] weights, float[] bias, Epilogue epilogue) {
    this.plan = plan;
    this.weights = WeightPacker.pack(plan.geometry, plan.tileStart, weights);
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
    ImageLanesPlan p = plan;
    ConvGeometry g = p.geometry;
    int parts = p.ranges.length - 1;
    int unit = task / parts;
    int range = task - unit * parts;
    int group = unit % g.groups();
    int image = unit / g.groups() * p.vectors * L;
    int images = Math.min(g.batch() - image, p.vectors * L);
    int vectors = (images + L - 1) / L;
    if (slot.window != unit) {
      slot.window = unit;
      for (int v = 0; v < vectors; v++) {
        int some = Math.min(L, images - v * L);
        load(image + v * L, some, group, buffers, scratch, at, at + v * p.vectorFloats, slot);
      }
    }
    for (int tile = p.ranges[range]; tile < p.ranges[range + 1]; tile++) {
      int pitch = p.sumsApart(vectors);
      int sums = at + p.sumsAt;
      Arrays.fill(scratch, sums, sums + p.tileRows[tile] * pitch, 0f);
      for (int c = 0; c < g.groupIn(); c += p.blockChannels) {
        int channels = Math.min(p.blockChannels, g.groupIn() - c);
        add(group, tile, c, channels, vectors, pitch, scratch, at, slot);
      }
      store(group, tile, image, images, pitch, buffers, scratch, at, slot);
    }
  }

  /** Brings images into lanes; lanes past the last one hold it once more. */
  private void load(
      int image,
      int images,
      int group,
      Binding buffers,
      float[] scratch,
      int at,
      int to,
      Slot slot) {
    ImageLanesPlan p = plan;
    ConvGeometry g = p.geometry;
    int plane = g.rows().in * g.columns().in;
    int length = g.groupIn() * plane;
    int apart = g.inChannels() * plane;
    int first = g.inPlane(image, group * g.groupIn()) * plane;
    float[] input = buffers.input;
    if (input != null) {
      for (int i = 0; i < L; i++) {
        slot.index[i] = Math.min(i, images - 1) * apart;
      }
      Transpose.run(input, buffers.inputAt + first, slot.index, 0, length, scratch, to, L);
      return;
    }
    int stage = at + p.stageAt;
    for (int i = 0; i < L; i++) {
      slot.index[i] = Math.min(i, images - 1) * p.stageFloats;
    }
    for (int from = 0; from < length; from += p.stageFloats) {
      int some = Math.min(p.stageFloats, length - from);
      for (int i = 0; i < images; i++) {
        buffers.load(first + i * apart + from, scratch, stage + i * p.stageFloats, some);
      }
      Transpose.run(scratch, stage, slot.index, 0, some, scratch, to + from * L, L);
    }
  }

  /** Adds the products of a block of input channels to the sums of a tile at all places. */
  private void add(
      int group,
      int tile,
      int block,
      int channels,
      int vectors,
      int pitch,
      float[] scratch,
      int at,
      Slot slot) {
    ImageLanesPlan p = plan;
    ConvGeometry g = p.geometry;
    int mr = p.tileRows[tile];
    int taps = p.kernelTaps();
    int w = ((group * p.paddedRows() + p.tileStart[tile]) * g.groupIn() + block * mr) * taps;
    if (p.touchesWeights) {
      slot.read = CacheLines.touch(weights, w, w + channels * taps * mr);
    }
    int x = at + block * g.rows().in * g.columns().in * L;
    int sums = at + p.sumsAt;
    for (OutputClass own : p.classes) {
      int count = channels * own.channelTaps;
      int places = count == 0 ? 0 : own.from.length * vectors;
      int to = sums + own.first * vectors * L;
      int i = 0;
      for (; i + 1 < places && p.places == 2; i += 2) {
        int x0 = x + from(own, i, vectors);
        int x1 = x + from(own, i + 1, vectors);
        ImageKernels.two(mr, weights, w, own.taps, count, scratch, x0, x1, scratch, to, pitch);
        to += 2 * L;
      }
      for (; i < places; i++) {
        int x0 = x + from(own, i, vectors);
        ImageKernels.one(mr, weights, w, own.taps, count, scratch, x0, scratch, to, pitch);
        to += L;
      }
    }
  }

  /** Where a place of a class reads, from the first vector's channel on. */
  private int from(OutputClass own, int place, int vectors) {
    int output = place / vectors;
    return own.from[output] + (place - output * vectors) * plan.vectorFloats;
  }

  /** Finishes the outputs of a tile: the epilogue where they are, then image by image. */
  private void store(
      int group,
      int tile,
      int image,
      int images,
      int pitch,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    ImageLanesPlan p = plan;
    ConvGeometry g = p.geometry;
    int outputs = p.number.length;
    int sums = at + p.sumsAt;
    int results = at + p.resultsAt;
    int channel = group * g.groupOut() + p.tileStart[tile];
    int channels = Math.min(p.tileRows[tile], g.groupOut() - p.tileStart[tile]);
    boolean waits = buffers.hasResidual();
    for (int m = 0; m < channels && !waits; m++) {
      int row = sums + m * pitch;
      epilogue.store(scratch, row, pitch, bias[channel + m], null, 0, scratch, row);
    }
    int vectors = (images + L - 1) / L;
    for (int v = 0; v < vectors; v++) {
      for (int m = 0; m < channels; m++) {
        // Rows ascend, and the last vector of each goes past it.
        for (int o = 0; o < outputs; o += L) {
          for (int i = 0; i < L; i++) {
            slot.index[i] = (p.number[Math.min(o + i, outputs - 1)] * vectors + v) * L;
          }
          int to = results + m * outputs + o;
          Transpose.run(scratch, sums + m * pitch, slot.index, 0, L, scratch, to, p.resultsApart);
        }
      }
      int some = Math.min(L, images - v * L);
      int apart = g.outChannels() * outputs;
      int to = g.outPlane(image + v * L, channel) * outputs;
      if (!waits) {
        buffers.copy(scratch, results, p.resultsApart, channels * outputs, some, to, apart);
        continue;
      }
      for (int i = 0; i < some; i++) {
        for (int m = 0; m < channels; m++) {
          int row = results + i * p.resultsApart + m * outputs;
          int out = to + i * apart + m * outputs;
          buffers.store(epilogue, scratch, row, outputs, bias[channel + m], out, at + p.stageAt);
        }
      }
    }
  }
}
