package org.simdconv.internal.run;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.DepthwisePlan;
import org.simdconv.internal.simd.DepthwiseKernel;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.Species;

/**
 * The loops of a depthwise convolution: the padded windows of some channels, then one pass over
 * each.
 *
 * <p>Immutable and safe for concurrent runs.
 */
public final class DepthwiseEngine extends DepthwiseWindowsEngine {
  private final DepthwisePlan plan;
  private final float[] weights;
  private final float[] bias;
  private final Epilogue epilogue;

  /** Copies the weights, whose natural order is already the kernel's. */
  public DepthwiseEngine(DepthwisePlan plan, float[] weights, float[] bias, Epilogue epilogue) {
    super(plan.geometry, plan.cut, plan.scratchFloats, plan.stageAt);
    this.plan = plan;
    this.weights = weights.clone();
    this.bias = bias.clone();
    this.epilogue = epilogue;
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
    DepthwisePlan p = plan;
    ConvGeometry g = p.geometry;
    if (p.isSmall && !buffers.hasResidual() && epilogue.isClip()) {
      float[] output = buffers.output;
      int outputs = rows * g.columns().out;
      int to = (image * g.outChannels() + group) * outputs;
      DepthwiseKernel.small(
          count,
          weights,
          group * p.offset.length,
          scratch,
          at,
          p.cut.window.channelStride,
          p.offset,
          p.lanes,
          p.stored,
          p.places,
          bias,
          group,
          epilogue.clips() ? epilogue.low() : Float.NEGATIVE_INFINITY,
          epilogue.clips() ? epilogue.high() : Float.POSITIVE_INFINITY,
          scratch,
          at + p.accAt,
          output != null ? output : scratch,
          output != null ? buffers.outputAt + to : at + p.blockAt,
          outputs);
      if (output == null) {
        buffers.copy(scratch, at + p.blockAt, 0, count * outputs, 1, to, 0);
      }
      return;
    }
    for (int c = 0; c < count; c++) {
      int window = at + c * p.cut.window.channelStride;
      for (int m = 0; m < g.groupOut(); m++) {
        channel(
            image, (group + c) * g.groupOut() + m, firstRow, rows, window, buffers, scratch, at);
      }
    }
  }

  private void channel(
      int image,
      int channel,
      int firstRow,
      int rows,
      int window,
      Binding buffers,
      float[] scratch,
      int at) {
    DepthwisePlan p = plan;
    ConvGeometry g = p.geometry;
    int width = g.columns().out;
    int taps = p.offset.length;
    int outputs = rows * width;
    int vectors = ((rows - 1) * p.cut.window.pitch + width + Species.LANES - 1) / Species.LANES;
    int to = ((image * g.outChannels() + channel) * g.rows().out + firstRow) * width;
    float[] output = buffers.output;
    // While this channel is computed, the next one's rows come nearer: otherwise memory idles
    // during the kernel and the kernel during the fill (3x3 144@56, before it was read in place:
    // 217 to 208 us, JDK 25).
    float[] input = buffers.input;
    float[] touch = scratch;
    int touchAt = window;
    int touchStep = 0;
    if (input != null) {
      int step = g.columns().step * g.rows().step * Species.LANES;
      int plane = g.rows().in * g.columns().in;
      int next = image * g.inChannels() + channel / g.groupOut() + p.cut.windowChannels;
      long at0 =
          buffers.inputAt + (long) next * plane + (long) firstRow * g.rows().step * g.columns().in;
      if (at0 + (vectors + 4L) * step < input.length) {
        touch = input;
        touchAt = (int) at0;
        touchStep = step;
      }
    }
    // The residual may be the output itself, which the kernel's stores run ahead of.
    boolean finishes = !buffers.hasResidual() && epilogue.isClip();
    boolean clips = finishes && epilogue.clips();
    boolean direct = finishes && output != null;
    DepthwiseKernel.run(
        weights,
        channel * taps,
        taps,
        scratch,
        window,
        p.offset,
        vectors,
        p.lanes,
        p.stored,
        p.places,
        finishes ? bias[channel] : 0,
        clips ? epilogue.low() : Float.NEGATIVE_INFINITY,
        clips ? epilogue.high() : Float.POSITIVE_INFINITY,
        scratch,
        at + p.accAt,
        direct && output != null ? output : scratch,
        direct ? buffers.outputAt + to : at + p.blockAt,
        outputs,
        touch,
        touchAt,
        touchStep);
    if (finishes && !direct) {
      buffers.copy(scratch, at + p.blockAt, 0, outputs, 1, to, 0);
    } else if (!finishes) {
      buffers.store(epilogue, scratch, at + p.blockAt, outputs, bias[channel], to, at + p.stageAt);
    }
  }
}
