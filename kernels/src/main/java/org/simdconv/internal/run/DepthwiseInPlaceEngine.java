package org.simdconv.internal.run;

import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.DepthwiseInPlacePlan;
import org.simdconv.internal.simd.DepthwiseColumns;
import org.simdconv.internal.simd.DepthwiseKernel;
import org.simdconv.internal.simd.Epilogue;

/**
 * The loops of a depthwise 3x3 or 5x5 that reads its input in place. What cannot be read so, the
 * first and last planes of an array and all of a segment, goes through scratch memory.
 *
 * <p>Immutable and safe for concurrent runs.
 */
public final class DepthwiseInPlaceEngine implements Engine {
  private final DepthwiseInPlacePlan plan;
  private final float[] weights;
  private final float[] bias;
  private final float[] noBias;
  private final Epilogue epilogue;

  /** Copies the weights, whose natural order is already the kernel's. */
  public DepthwiseInPlaceEngine(
      DepthwiseInPlacePlan plan, float[] weights, float[] bias, Epilogue epilogue) {
    this.plan = plan;
    this.weights = weights.clone();
    this.bias = bias.clone();
    this.noBias = new float[bias.length];
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
    DepthwiseInPlacePlan p = plan;
    ConvGeometry g = p.geometry;
    int block = task % p.rowBlocks;
    int rest = task / p.rowBlocks;
    int first = rest % p.channelRanges * p.taskChannels;
    int image = rest / p.channelRanges;
    int end = Math.min(g.outChannels(), first + p.taskChannels);
    float[] input = buffers.input;
    float[] output = epilogue.isClip() ? buffers.output : null;
    // In scratch the kernel finishes all but a residual.
    boolean finishes = epilogue.isClip() && !buffers.hasResidual();
    for (int c = first; c < end; ) {
      int some = Math.min(end - c, p.stageChannels);
      int readable = input == null ? 0 : inside(buffers, input, output, image, c, block);
      if (readable > 0 && output != null) {
        some = Math.min(Math.min(end - c, readable), p.callChannels);
        int from = inputAt(image, c) + buffers.inputAt;
        int to = outputAt(image, c, block) + buffers.outputAt;
        kernel(some, c, block, input, from, output, to, true, buffers);
      } else if (readable > 0) {
        some = Math.min(some, readable);
        int from = inputAt(image, c) + buffers.inputAt;
        kernel(some, c, block, input, from, scratch, at + p.outputAt, finishes, null);
        store(some, image, c, block, finishes, buffers, scratch, at);
      } else {
        load(some, image, c, block, buffers, scratch, at);
        int from = at + p.imageAt - p.rowsFrom(block) * g.columns().in;
        kernel(some, c, block, scratch, from, scratch, at + p.outputAt, finishes, null);
        store(some, image, c, block, finishes, buffers, scratch, at);
      }
      c += some;
    }
  }

  /**
   * Of how many channels from one on everything exists that the kernel reads, and every vector that
   * it writes if it writes to the output; no more than 1 where the planes of the output do not
   * follow those of the input.
   */
  private int inside(
      Binding buffers,
      float[] input,
      float @Nullable [] output,
      int image,
      int channel,
      int block) {
    DepthwiseInPlacePlan p = plan;
    ConvGeometry g = p.geometry;
    long from = (long) inputAt(image, channel) + buffers.inputAt;
    long to = (long) outputAt(image, channel, block) + buffers.outputAt;
    long written = p.written(block);
    long spareInput = input.length - (from + p.readTo(block));
    long spareOutput = output == null ? Integer.MAX_VALUE : output.length - (to + written);
    float[] residual = buffers.residual;
    if (output != null && residual != null) {
      long at = (long) outputAt(image, channel, block) + buffers.residualAt;
      spareOutput = Math.min(spareOutput, residual.length - (at + written));
    }
    if (from + p.readFrom(block) < 0 || spareInput < 0 || spareOutput < 0) {
      return 0;
    }
    if (g.groupOut() > 1) {
      return 1;
    }
    long more =
        Math.min(
            spareInput / ((long) g.rows().in * g.columns().in),
            spareOutput / ((long) g.rows().out * g.columns().out));
    return (int) Math.min(Integer.MAX_VALUE, 1 + more);
  }

  /** Where the plane that an output channel reads stands in the input. */
  private int inputAt(int image, int channel) {
    ConvGeometry g = plan.geometry;
    int plane = image * g.inChannels() + channel / g.groupOut();
    return plane * g.rows().in * g.columns().in;
  }

  private int outputAt(int image, int channel, int block) {
    ConvGeometry g = plan.geometry;
    int plane = image * g.outChannels() + channel;
    return (plane * g.rows().out + block * plan.blockRows) * g.columns().out;
  }

  /** Copies what some channels read to scratch: the rows that the block needs, or whole planes. */
  private void load(
      int channels, int image, int channel, int block, Binding buffers, float[] scratch, int at) {
    DepthwiseInPlacePlan p = plan;
    ConvGeometry g = p.geometry;
    int width = g.columns().in;
    int begin = p.rowsFrom(block);
    int end = p.rowsTo(block);
    if (begin < end) {
      int from = inputAt(image, channel) + begin * width;
      int rows = (channels - 1) * g.rows().in + end - begin;
      buffers.load(from, scratch, at + p.imageAt, rows * width);
    }
  }

  /** Takes the results of some channels from scratch to the output, finished or to be finished. */
  private void store(
      int channels,
      int image,
      int channel,
      int block,
      boolean finished,
      Binding buffers,
      float[] scratch,
      int at) {
    int outputs = plan.rows(block) * plan.geometry.columns().out;
    int results = at + plan.outputAt;
    int target = outputAt(image, channel, block);
    if (finished) {
      buffers.copy(scratch, results, 0, channels * outputs, 1, target, 0);
      return;
    }
    for (int c = 0; c < channels; c++) {
      int sums = results + c * outputs;
      int to = target + c * outputs;
      int stage = at + plan.stageAt;
      buffers.store(epilogue, scratch, sums, outputs, bias[channel + c], to, stage);
    }
  }

  /**
   * Computes some channels.
   *
   * @param from first pixel of the first channel's plane
   * @param to the block's first output
   * @param finishes whether to add the bias and clip
   * @param direct the buffers if the results go to the output, whose residual is added
   */
  private void kernel(
      int channels,
      int channel,
      int block,
      float @Nullable [] input,
      int from,
      float[] output,
      int to,
      boolean finishes,
      @Nullable Binding direct) {
    DepthwiseInPlacePlan p = plan;
    ConvGeometry g = p.geometry;
    if (input == null) {
      throw new AssertionError("no input is bound");
    }
    float[] residual = direct == null ? null : direct.residual;
    int residualAt = direct == null ? 0 : to - direct.outputAt + direct.residualAt;
    boolean adds = residual != null;
    float[] added = residual != null ? residual : output;
    boolean clips = finishes && epilogue.clips();
    int width = g.columns().in;
    int plane = g.rows().in * width;
    int outPlane = g.rows().out * g.columns().out;
    int firstRow = block * p.blockRows;
    DepthwiseColumns columns = p.columns;
    if (columns != null) {
      int behind = firstRow * g.columns().out;
      columns.run(
          channels,
          weights,
          channel * g.rows().taps * g.columns().taps,
          input,
          from,
          plane,
          width,
          g.rows().in,
          p.top(),
          firstRow,
          firstRow + p.rows(block),
          finishes ? bias : noBias,
          channel,
          adds,
          added,
          residualAt - behind,
          clips,
          epilogue.low(),
          epilogue.high(),
          output,
          to - behind,
          outPlane);
      return;
    }
    DepthwiseKernel.inPlace(
        channels,
        weights,
        channel * 9,
        input,
        from + firstRow * width,
        plane,
        p.rowShift[0],
        p.rowShift[1],
        p.rowShift[2],
        p.blocks[block],
        p.left,
        p.right,
        finishes ? bias : noBias,
        channel,
        adds,
        added,
        residualAt,
        clips,
        epilogue.low(),
        epilogue.high(),
        output,
        to,
        outPlane);
  }
}
