package org.simdconv.internal.run;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.pack.InputWindow;
import org.simdconv.internal.plan.DepthwisePlan;
import org.simdconv.internal.simd.DepthwiseKernel;
import org.simdconv.internal.simd.Epilogue;

/**
 * The loops of a depthwise convolution: for each channel, the padded window, then tiles of
 * flattened pixels, then the rows without the columns between them.
 *
 * <p>Immutable and safe for concurrent runs.
 */
public final class DepthwiseEngine implements Engine {
  private final DepthwisePlan plan;
  private final float[] weights;
  private final float[] bias;
  private final Epilogue epilogue;

  /** Copies the weights, whose natural order is already the kernel's. */
  public DepthwiseEngine(DepthwisePlan plan, float[] weights, float[] bias, Epilogue epilogue) {
    this.plan = plan;
    this.weights = weights.clone();
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
    DepthwisePlan p = plan;
    ConvGeometry g = p.geometry;
    int firstRow = task % p.rowBlocks * p.blockRows;
    int rest = task / p.rowBlocks;
    int firstGroup = rest % p.groupRanges * p.taskGroups;
    int image = rest / p.groupRanges;
    int endGroup = Math.min(g.groups(), firstGroup + p.taskGroups);
    int rows = Math.min(p.blockRows, g.rows().out - firstRow);
    if (rows <= 0) {
      return;
    }
    int pixels = (rows - 1) * p.window.pitch + g.columns().out;
    int taps = p.offset.length;
    for (int group = firstGroup; group < endGroup; group++) {
      InputWindow.fill(
          p.window,
          g,
          buffers.input,
          buffers.inputSegment,
          buffers.inputAt,
          image,
          group,
          1,
          firstRow,
          0,
          p.window.rows - p.window.gridRows + rows,
          scratch,
          at,
          at + p.stageAt);
      for (int m = 0; m < g.groupOut(); m++) {
        int oc = group * g.groupOut() + m;
        for (int pixel = 0; pixel < pixels; pixel += DepthwiseKernel.PIXELS) {
          DepthwiseKernel.tile1x8(
              weights,
              oc * taps,
              taps,
              scratch,
              at + pixel,
              p.offset,
              scratch,
              at + p.accAt + pixel);
        }
        int outWidth = g.columns().out;
        int to = ((image * g.outChannels() + oc) * g.rows().out + firstRow) * outWidth;
        for (int r = 0; r < rows; r++) {
          int from = at + p.accAt + r * p.window.pitch;
          buffers.store(epilogue, scratch, from, outWidth, bias[oc], to, at + p.stageAt);
          to += outWidth;
        }
      }
    }
  }
}
