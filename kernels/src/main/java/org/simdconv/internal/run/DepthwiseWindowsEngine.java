package org.simdconv.internal.run;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.pack.InputWindow;
import org.simdconv.internal.plan.DepthwiseTasks;

/**
 * What depthwise convolutions with padded windows have in common: tasks, and the windows of some
 * channels, which are filled together. Subclasses are immutable and safe for concurrent runs.
 */
abstract class DepthwiseWindowsEngine implements Engine {
  private final ConvGeometry geometry;
  private final DepthwiseTasks cut;
  private final int scratchFloats;
  private final int stageAt;

  /**
   * Of some tasks.
   *
   * @param stageAt where rows of segments are staged in a task's scratch, at whose start the
   *     windows are
   */
  DepthwiseWindowsEngine(
      ConvGeometry geometry, DepthwiseTasks cut, int scratchFloats, int stageAt) {
    this.geometry = geometry;
    this.cut = cut;
    this.scratchFloats = scratchFloats;
    this.stageAt = stageAt;
  }

  @Override
  public final int tasks() {
    return cut.count;
  }

  @Override
  public final int scratchFloats() {
    return scratchFloats;
  }

  @Override
  public final void run(int task, Binding buffers, float[] scratch, int at, Slot slot) {
    DepthwiseTasks t = cut;
    ConvGeometry g = geometry;
    int firstRow = task % t.rowBlocks * t.blockRows;
    int rest = task / t.rowBlocks;
    int firstGroup = rest % t.groupRanges * t.taskGroups;
    int image = rest / t.groupRanges;
    int endGroup = Math.min(g.groups(), firstGroup + t.taskGroups);
    int rows = Math.min(t.blockRows, g.rows().grid - firstRow);
    int windowRows = t.window.rows - t.window.gridRows + rows;
    for (int group = firstGroup; group < endGroup; group += t.windowChannels) {
      int some = Math.min(t.windowChannels, endGroup - group);
      InputWindow.fill(
          t.window,
          g,
          buffers.input,
          buffers.inputSegment,
          buffers.inputAt,
          image,
          group,
          some,
          firstRow,
          0,
          0,
          windowRows,
          scratch,
          at,
          at + stageAt);
      groups(image, group, some, firstRow, rows, buffers, scratch, at, slot);
    }
  }

  /** Computes some rows of some groups, whose windows stand one behind the other from at on. */
  abstract void groups(
      int image,
      int group,
      int count,
      int firstRow,
      int rows,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot);
}
