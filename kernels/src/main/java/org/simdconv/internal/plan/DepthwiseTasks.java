package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.WindowLayout;

/**
 * How a depthwise convolution, or transposed one, that copies its input to padded windows is cut
 * into tasks: one owns some rows of the grid of one image for some groups. Immutable.
 */
public final class DepthwiseTasks {
  // So many multiply-adds make a task: some 10 us, to which claiming it (0.1 us) is nothing.
  static final int TASK_WORK = 250_000;

  private static final int MOST_CHANNELS = 16;

  /** Layout of the window: some channels of one image. */
  public final WindowLayout window;

  /** Channels in a window. */
  public final int windowChannels;

  /** Grid rows of a block, the last one's perhaps fewer. */
  public final int blockRows;

  /** Blocks of rows of an image. */
  public final int rowBlocks;

  /** Groups of a task. */
  public final int taskGroups;

  /** Ranges of groups. */
  public final int groupRanges;

  /** Tasks of a run. */
  public final int count;

  /**
   * Decides.
   *
   * @param g the sizes
   * @param blocks blocks of rows at least
   * @param windowFloats what the windows that are filled together may take
   * @param threads how many threads the tasks should suit
   */
  DepthwiseTasks(ConvGeometry g, int blocks, int windowFloats, int threads) {
    int rows = g.rows().grid;
    blockRows = (rows + blocks - 1) / blocks;
    rowBlocks = (rows + blockRows - 1) / blockRows;
    long one = new WindowLayout(g.rows(), g.columns(), blockRows, 1).floats;
    windowChannels = Math.clamp(windowFloats / one, 1, Math.min(MOST_CHANNELS, g.groups()));
    window = new WindowLayout(g.rows(), g.columns(), blockRows, windowChannels);
    long taps = (long) g.rows().reachingTaps() * g.columns().reachingTaps();
    long work = Math.max(1, blockRows * taps * g.columns().grid * g.groupOut());
    long most = Math.max(1, (long) g.groups() * g.batch() / (8L * threads));
    long groups = Math.max(1, Math.min(most, TASK_WORK / work));
    // Whole windows.
    groups = groups > windowChannels ? groups / windowChannels * windowChannels : groups;
    taskGroups = (int) groups;
    groupRanges = (g.groups() + taskGroups - 1) / taskGroups;
    count = Math.toIntExact((long) g.batch() * groupRanges * rowBlocks);
  }
}
