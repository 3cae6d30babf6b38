package org.simdconv.internal.run;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.DepthwisePhasesPlan;
import org.simdconv.internal.simd.DepthwiseKernel;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.Interleave;
import org.simdconv.internal.simd.Species;

/**
 * The loops of a depthwise transposed convolution with a stride: the padded windows of some
 * channels, then for each channel the sums of all phases, its rows of outputs, and their epilogue.
 *
 * <p>Immutable and safe for concurrent runs.
 */
public final class DepthwisePhasesEngine extends DepthwiseWindowsEngine {
  private final DepthwisePhasesPlan plan;
  // [channel][tap in the order of the phases]
  private final float[] weights;
  private final float[] bias;
  private final Epilogue epilogue;

  /** Packs the weights, whose natural order is [channel][kernel row][kernel column]. */
  public DepthwisePhasesEngine(
      DepthwisePhasesPlan plan, float[] weights, float[] bias, Epilogue epilogue) {
    super(plan.geometry, plan.cut, plan.scratchFloats, plan.stageAt);
    this.plan = plan;
    this.bias = bias.clone();
    this.epilogue = epilogue;
    ConvGeometry g = plan.geometry;
    int taps = g.rows().taps * g.columns().taps;
    int reaching = plan.offset.length;
    this.weights = new float[g.outChannels() * reaching];
    for (int c = 0; c < g.outChannels(); c++) {
      for (int k = 0; k < reaching; k++) {
        this.weights[c * reaching + k] = weights[c * taps + plan.kernelTap[k]];
      }
    }
  }

  @Override
  void groups(
      int image,
      int group,
      int count,
      int firstRow,
      int rows,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    DepthwisePhasesPlan p = plan;
    ConvGeometry g = p.geometry;
    int first = firstRow * g.rows().outStep;
    int outRows = Math.min(rows * g.rows().outStep, g.rows().out - first);
    for (int c = 0; c < count * g.groupOut(); c++) {
      int channel = group * g.groupOut() + c;
      int window = at + c / g.groupOut() * p.cut.window.channelStride;
      sum(channel, rows, window, scratch, at + p.sumsAt);
      int to = (image * g.outChannels() + channel) * g.plane() + first * g.columns().out;
      if (!finishPairs(channel, outRows, to, buffers, scratch, at)) {
        putTogether(rows, scratch, at, slot);
        store(channel, outRows, to, buffers, scratch, at);
      }
    }
  }

  /** The sums of all phases of a channel. */
  private void sum(int channel, int rows, int window, float[] scratch, int sums) {
    DepthwisePhasesPlan p = plan;
    int vectors = p.vectors(rows);
    for (int phase = 0; phase + 1 < p.tapFrom.length; phase++) {
      int from = p.tapFrom[phase];
      DepthwiseKernel.sums(
          weights,
          channel * p.offset.length + from,
          p.offset,
          from,
          p.tapFrom[phase + 1] - from,
          scratch,
          window,
          vectors,
          scratch,
          sums + phase * p.phaseStride);
    }
  }

  /**
   * Puts the columns of two phases together straight into the output: of an array that goes on for
   * a vector, without a residual, which could be the output itself, and with no activation but a
   * clip.
   *
   * @param to first element of the output
   * @return whether it could
   */
  private boolean finishPairs(
      int channel, int outRows, int to, Binding buffers, float[] scratch, int at) {
    DepthwisePhasesPlan p = plan;
    ConvGeometry g = p.geometry;
    int down = g.rows().outStep;
    int width = g.columns().out;
    float[] output = buffers.output;
    if (g.columns().outStep != 2
        || output == null
        || buffers.hasResidual()
        || !epilogue.isClip()
        || (long) buffers.outputAt + to + (long) outRows * width + Species.LANES > output.length) {
      return false;
    }
    for (int a = 0; a < Math.min(down, outRows); a++) {
      int even = at + p.sumsAt + 2 * a * p.phaseStride;
      DepthwiseKernel.finishPairs(
          scratch,
          even,
          even + p.phaseStride,
          (outRows - a + down - 1) / down,
          p.cut.window.pitch,
          width,
          bias[channel],
          epilogue.clips(),
          epilogue.low(),
          epilogue.high(),
          output,
          buffers.outputAt + to + a * width,
          down * width);
    }
    return true;
  }

  /** Takes the columns of the phases to their places in the rows of outputs. */
  private void putTogether(int rows, float[] scratch, int at, Slot slot) {
    DepthwisePhasesPlan p = plan;
    ConvGeometry g = p.geometry;
    int down = g.rows().outStep;
    int across = g.columns().outStep;
    int length = g.columns().grid;
    int pitch = p.cut.window.pitch;
    int apart = p.phaseStride;
    int half = at + p.halfAt;
    int[] starts = slot.ints(Interleave.starts(across));
    // Rows ascend where they are written past their ends; else those of a phase are taken together.
    int some = Interleave.isExact(across, length) || across <= 4 ? rows : 1;
    for (int r = 0; r < rows; r += some) {
      for (int a = 0; a < down; a++) {
        Interleave.run(
            across,
            scratch,
            at + p.sumsAt + a * across * apart + r * pitch,
            apart,
            some,
            pitch,
            length,
            scratch,
            at + p.outputAt + (r * down + a) * p.outputPitch,
            down * p.outputPitch,
            scratch,
            half,
            starts);
      }
    }
  }

  /** Finishes the rows of outputs. */
  private void store(int channel, int outRows, int to, Binding buffers, float[] scratch, int at) {
    DepthwisePhasesPlan p = plan;
    int width = p.geometry.columns().out;
    int from = at + p.outputAt;
    int stage = at + p.stageAt;
    if (width == p.outputPitch) {
      buffers.store(epilogue, scratch, from, outRows * width, bias[channel], to, stage);
      return;
    }
    for (int y = 0; y < outRows; y++) {
      int row = from + y * p.outputPitch;
      buffers.store(epilogue, scratch, row, width, bias[channel], to + y * width, stage);
    }
  }
}
