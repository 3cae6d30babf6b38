package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.WindowLayout;
import org.simdconv.internal.simd.DepthwiseKernel;

/**
 * All decisions of a depthwise convolution (one input channel a group): a task owns some rows of
 * one image for some groups. The window's rows are flattened into one pixel axis, columns between
 * the rows' ends computed and thrown away. Immutable; the arrays are not to be written.
 */
public final class DepthwisePlan {
  // The window of one channel and its sums stay in L1.
  private static final int WINDOW_FLOATS = 6 * 1024;

  // So many multiply-adds make a task: some 20 us, to which claiming it (0.1 us) is nothing.
  private static final int TASK_WORK = 500_000;

  /** The sizes. */
  public final ConvGeometry geometry;

  /** Layout of the window: one channel of one image. */
  public final WindowLayout window;

  /** Offset of each tap in the window. */
  public final int[] offset;

  /** Output rows of a block. */
  public final int blockRows;

  /** Blocks of rows of an image. */
  public final int rowBlocks;

  /** Groups of a task. */
  public final int taskGroups;

  /** Ranges of groups. */
  public final int groupRanges;

  /** Tasks of a run. */
  public final int tasks;

  /** Start of the sums in a task's scratch. */
  public final int accAt;

  /** Start of the row in which a part of a segment is staged. */
  public final int stageAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  /** Decides; the threads only guide the number of tasks. */
  public DepthwisePlan(ConvGeometry g, int threads) {
    geometry = g;
    int rows = g.rows().out;
    WindowLayout layout = new WindowLayout(g.rows(), g.columns(), rows, 1);
    while (layout.floats > WINDOW_FLOATS && rows > 1) {
      rows = (rows + 1) / 2;
      layout = new WindowLayout(g.rows(), g.columns(), rows, 1);
    }
    rowBlocks = (g.rows().out + rows - 1) / rows;
    blockRows = (g.rows().out + rowBlocks - 1) / rowBlocks;
    window = new WindowLayout(g.rows(), g.columns(), blockRows, 1);
    offset = new int[g.rows().taps * g.columns().taps];
    for (int kh = 0, k = 0; kh < g.rows().taps; kh++) {
      for (int kw = 0; kw < g.columns().taps; kw++) {
        offset[k++] = window.tapOffset(kh, kw);
      }
    }
    long work = (long) blockRows * g.columns().out * offset.length * g.groupOut();
    long most = Math.max(1, (long) g.groups() * rowBlocks * g.batch() / (4L * threads) / rowBlocks);
    taskGroups = (int) Math.max(1, Math.min(most, TASK_WORK / Math.max(1, work)));
    groupRanges = (g.groups() + taskGroups - 1) / taskGroups;
    tasks = Math.toIntExact((long) g.batch() * groupRanges * rowBlocks);
    // The last tile of the flattened rows reads and writes up to a tile past the end.
    long acc = window.floats + DepthwiseKernel.PIXELS;
    long stage = acc + (long) blockRows * window.pitch + DepthwiseKernel.PIXELS;
    long end = stage + Math.max(g.columns().in, g.columns().out);
    if (end > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the padded window of a row would need " + end + " floats; must be below 2^31 - 8");
    }
    accAt = (int) acc;
    stageAt = (int) stage;
    scratchFloats = (int) end;
  }
}
