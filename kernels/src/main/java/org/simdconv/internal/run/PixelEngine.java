package org.simdconv.internal.run;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.PixelPlan;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.Interleave;
import org.simdconv.internal.simd.PixelKernels;
import org.simdconv.internal.simd.Species;

/**
 * The loops where a phase has a single pixel: for some output channels all pixels, then their
 * outputs in order. Immutable and safe for concurrent runs.
 */
public final class PixelEngine implements Engine {
  private final PixelPlan plan;
  // [group][pixel][vector of channels][tap][lane]
  private final float[] weights;
  // [group][vector of channels][lane]
  private final float[] bias;
  private final Epilogue epilogue;

  /** Packs the weights; neither array is kept. */
  public PixelEngine(PixelPlan plan, float[] weights, float[] bias, Epilogue epilogue) {
    this.plan = plan;
    this.weights = pack(plan, weights);
    this.epilogue = epilogue;
    ConvGeometry g = plan.geometry;
    int channels = plan.vectors * Species.LANES;
    this.bias = new float[g.groups() * channels];
    for (int group = 0; group < g.groups(); group++) {
      System.arraycopy(bias, group * g.groupOut(), this.bias, group * channels, g.groupOut());
    }
  }

  private static float[] pack(PixelPlan plan, float[] weights) {
    ConvGeometry g = plan.geometry;
    int lanes = Species.LANES;
    float[] packed = new float[plan.packedFloats()];
    for (int group = 0; group < g.groups(); group++) {
      for (int p = 0; p < plan.pixels; p++) {
        int base = group * plan.groupWeights + plan.weightsFrom[p];
        int taps = plan.offsets[p].length;
        int k = 0;
        for (int c = 0; c < g.groupIn(); c++) {
          for (int kh : plan.kernelRows[p]) {
            for (int kw : plan.kernelColumns[p]) {
              for (int oc = 0; oc < g.groupOut(); oc++) {
                int vector = oc / lanes;
                packed[base + (vector * taps + k) * lanes + oc - vector * lanes] =
                    weights[g.weightIndex(group, oc, c, kh, kw)];
              }
              k++;
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
    PixelPlan p = plan;
    ConvGeometry g = p.geometry;
    int lanes = Species.LANES;
    int ranges = (p.vectors + p.taskVectors - 1) / p.taskVectors;
    int first = task % ranges * p.taskVectors;
    int part = task / ranges;
    int group = part % g.groups();
    int firstImage = part / g.groups() * p.taskImages;
    int images = Math.min(p.taskImages, g.batch() - firstImage);
    int vectors = Math.min(p.taskVectors, p.vectors - first);
    int channels = Math.min(vectors * lanes, g.groupOut() - first * lanes);

    int from = g.inPlane(firstImage, group * g.groupIn()) * g.rows().in * g.columns().in;
    int step = g.inPlane(1, 0) * g.rows().in * g.columns().in;
    float[] x = buffers.input;
    int xAt = buffers.inputAt + from;
    if (x == null) {
      for (int i = 0; i < images && slot.window != part; i++) {
        buffers.load(from + i * step, scratch, at + i * p.inputs, p.inputs);
      }
      slot.window = part;
      x = scratch;
      xAt = at;
      step = p.inputs;
    }
    int apart = p.taskVectors * lanes;
    int sums = at + p.sumsAt;
    for (int pixel = 0; pixel < p.pixels; pixel++) {
      int taps = p.offsets[pixel].length;
      int w = group * p.groupWeights + p.weightsFrom[pixel] + first * taps * lanes;
      for (int i = 0; i < images; i++) {
        PixelKernels.run(
            vectors,
            weights,
            w,
            taps,
            x,
            xAt + i * step,
            p.offsets[pixel],
            bias,
            (group * p.vectors + first) * lanes,
            scratch,
            sums + (i * p.pixels + pixel) * apart);
      }
    }
    int[] starts = slot.ints(Interleave.starts(p.pixels));
    for (int i = 0; i < images; i++) {
      int ready = sums + i * p.pixels * apart;
      if (p.pixels > 1) {
        int row = at + p.rowAt;
        int half = at + p.halfAt;
        Interleave.run(
            p.pixels, scratch, ready, apart, 1, 0, channels, scratch, row, 0, scratch, half,
            starts);
        ready = row;
      }
      int to = g.outPlane(firstImage + i, group * g.groupOut() + first * lanes) * g.plane();
      // The kernel has added the bias; to add -0 changes nothing.
      buffers.store(epilogue, scratch, ready, channels * p.pixels, -0f, to, at + p.stageAt);
    }
  }
}
