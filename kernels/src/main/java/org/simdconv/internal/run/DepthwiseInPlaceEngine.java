package org.simdconv.internal.run;

import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.DepthwiseInPlacePlan;
import org.simdconv.internal.simd.DepthwiseKernel;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.PlaneMasks;
import org.simdconv.internal.simd.Species;

/**
 * The loops of a depthwise 3x3 at stride 1 that reads its input in place. What cannot be read so,
 * the first and last planes of an array and all of a segment, goes through scratch memory.
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
    int block = task % p.blocks.length;
    int rest = task / p.blocks.length;
    int first = rest % p.channelRanges * p.taskChannels;
    int image = rest / p.channelRanges;
    int end = Math.min(g.outChannels(), first + p.taskChannels);
    // The residual may be the output itself, which the kernel's stores run ahead of.
    boolean finishes = !buffers.hasResidual() && epilogue.isClip();
    for (int c = first; c < end; ) {
      float[] input = buffers.input;
      float[] output = buffers.output;
      int some = 0;
      if (finishes && input != null && output != null) {
        some = Math.min(end - c, inside(buffers, input, output, image, c, block));
      }
      if (some > 0) {
        kernel(
            some,
            c,
            block,
            input,
            inputAt(image, c, block) + buffers.inputAt,
            output,
            outputAt(image, c, block) + buffers.outputAt,
            true);
      } else {
        some = Math.min(p.stageChannels, end - c);
        staged(some, image, c, block, finishes, buffers, scratch, at);
      }
      c += some;
    }
  }

  /**
   * Of how many channels from one on everything exists that the kernel reads, and every vector that
   * it writes; no more than 1 where the planes of the output do not follow those of the input.
   */
  private int inside(
      Binding buffers, float[] input, float[] output, int image, int channel, int block) {
    DepthwiseInPlacePlan p = plan;
    ConvGeometry g = p.geometry;
    long vectors = (long) p.blocks[block].vectors() * Species.LANES;
    long from = (long) inputAt(image, channel, block) + buffers.inputAt;
    long to = (long) outputAt(image, channel, block) + buffers.outputAt;
    long lowest = Math.min(p.rowShift[0], p.rowShift[2]) - 1L;
    long highest = Math.max(p.rowShift[0], p.rowShift[2]) + 1L;
    long spareInput = input.length - (from + highest + vectors);
    long spareOutput = output.length - (to + vectors);
    if (from + lowest < 0 || spareInput < 0 || spareOutput < 0) {
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

  /** Where output pixel 0 of a block would stand in the input. */
  private int inputAt(int image, int channel, int block) {
    ConvGeometry g = plan.geometry;
    int width = g.columns().in;
    int plane = image * g.inChannels() + channel / g.groupOut();
    return (plane * g.rows().in + block * plan.blockRows) * width;
  }

  private int outputAt(int image, int channel, int block) {
    ConvGeometry g = plan.geometry;
    int plane = image * g.outChannels() + channel;
    return (plane * g.rows().out + block * plan.blockRows) * g.columns().out;
  }

  private void staged(
      int channels,
      int image,
      int channel,
      int block,
      boolean finishes,
      Binding buffers,
      float[] scratch,
      int at) {
    DepthwiseInPlacePlan p = plan;
    ConvGeometry g = p.geometry;
    int width = g.columns().in;
    int height = g.rows().in;
    int firstRow = block * p.blockRows;
    PlaneMasks part = p.blocks[block];
    // The rows that the block needs, or whole planes.
    int lowest = Math.min(g.rows().start[0], g.rows().start[2]);
    int highest = Math.max(g.rows().start[0], g.rows().start[2]);
    int begin = p.blocks.length == 1 ? 0 : Math.clamp((long) firstRow + lowest, 0, height);
    int last = (int) Math.min(height, (long) firstRow + part.rows() + highest);
    int end = p.blocks.length == 1 ? height : Math.max(begin, last);
    if (begin < end) {
      int from = inputAt(image, channel, block) + (begin - firstRow) * width;
      int to = at + p.imageAt + (begin - firstRow) * width;
      buffers.load(from, scratch, to, ((channels - 1) * height + end - begin) * width);
    }
    int outputs = part.rows() * width;
    int results = at + p.outputAt;
    kernel(channels, channel, block, scratch, at + p.imageAt, scratch, results, finishes);
    int target = outputAt(image, channel, block);
    if (finishes) {
      buffers.copy(scratch, results, 0, channels * outputs, 1, target, 0);
      return;
    }
    for (int c = 0; c < channels; c++) {
      int stage = at + p.stageAt;
      int sums = results + c * outputs;
      buffers.store(
          epilogue, scratch, sums, outputs, bias[channel + c], target + c * outputs, stage);
    }
  }

  private void kernel(
      int channels,
      int channel,
      int block,
      float @Nullable [] input,
      int from,
      float @Nullable [] output,
      int to,
      boolean finishes) {
    DepthwiseInPlacePlan p = plan;
    ConvGeometry g = p.geometry;
    if (input == null || output == null) {
      throw new AssertionError("nothing to compute with");
    }
    PlaneMasks part = p.blocks[block];
    DepthwiseKernel.inPlace(
        channels,
        weights,
        channel * 9,
        input,
        from,
        g.rows().in * g.columns().in,
        p.rowShift[0],
        p.rowShift[1],
        p.rowShift[2],
        part,
        p.left,
        p.right,
        finishes ? bias : noBias,
        channel,
        finishes && epilogue.clips(),
        epilogue.low(),
        epilogue.high(),
        output,
        to,
        g.rows().out * g.columns().out);
  }
}
