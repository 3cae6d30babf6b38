package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.PlaneMasks;
import org.simdconv.internal.simd.Species;

/**
 * All decisions of a depthwise 3x3 at stride 1 that reads its input in place: a task owns some rows
 * of one image for some output channels. Immutable; the arrays are not to be written.
 */
public final class DepthwiseInPlacePlan {
  private static final int TAPS = 9;

  // More tasks than threads, so that the last one idles the others little; rows only where there
  // are not channels enough.
  private static final int TASKS_PER_THREAD = 8;

  // A block of rows has its own masks at both ends.
  private static final int LEAST_BLOCK_VECTORS = 64;

  // Vectors near the upper and lower border: each has 80 bytes of masks.
  private static final int MOST_EDGE_VECTORS = 1 << 16;

  // Planes that are staged together: half of L1.
  private static final int STAGE_FLOATS = Caches.L1 / 2 / Float.BYTES;

  /** The sizes. */
  public final ConvGeometry geometry;

  /** Distance from an output pixel to what each kernel row and column 1 takes, in floats. */
  public final int[] rowShift;

  /** For each vector of a period, the lanes that have a left neighbour. */
  public final long[] left;

  /** For each vector of a period, the lanes that have a right neighbour. */
  public final long[] right;

  /** Output rows of a block, the last one's perhaps fewer. */
  public final int blockRows;

  /** The vectors of each block of rows. */
  public final PlaneMasks[] blocks;

  /** Output channels of a task. */
  public final int taskChannels;

  /** Ranges of output channels. */
  public final int channelRanges;

  /** Tasks of a run. */
  public final int tasks;

  /** Channels that are staged together where they cannot be read or written in place. */
  public final int stageChannels;

  /** Where output pixel 0 of the first staged channel stands in a task's scratch. */
  public final int imageAt;

  /** Start of the staged outputs. */
  public final int outputAt;

  /** Start of the part in which a residual is staged. */
  public final int stageAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  /** Whether this suits a depthwise convolution. */
  public static boolean suits(ConvGeometry g) {
    Axis rows = g.rows();
    Axis columns = g.columns();
    if (rows.taps != 3 || columns.taps != 3 || rows.step != 1 || columns.step != 1) {
      return false;
    }
    for (int k = 0; k < 3; k++) {
      // Where a kernel row is farther away than the image is high, the window is the better choice.
      if (columns.start[k] != k - 1 || Math.abs((long) rows.start[k]) > rows.in) {
        return false;
      }
    }
    long above = Math.max(0L, -Math.min(rows.start[0], rows.start[2]));
    long below = Math.max(0L, (long) rows.out - rows.in + Math.max(rows.start[0], rows.start[2]));
    long edgeRows = Math.min(rows.out, above + below) + 2;
    return columns.in == columns.out && edgeRows * columns.in / Species.LANES <= MOST_EDGE_VECTORS;
  }

  /** Decides; the threads only guide the number of tasks. */
  public DepthwiseInPlacePlan(ConvGeometry g, int threads) {
    geometry = g;
    Axis rows = g.rows();
    int width = g.columns().in;
    int lanes = Species.LANES;
    rowShift = new int[3];
    for (int k = 0; k < 3; k++) {
      rowShift[k] = rows.start[k] * width;
    }
    int period = width / gcd(width, lanes);
    left = new long[period];
    right = new long[period];
    for (int v = 0; v < period; v++) {
      for (int lane = 0; lane < lanes; lane++) {
        int x = (int) (((long) v * lanes + lane) % width);
        left[v] |= x > 0 ? 1L << lane : 0;
        right[v] |= x < width - 1 ? 1L << lane : 0;
      }
    }

    long planes = (long) g.batch() * g.outChannels();
    long wanted = threads > 1 ? (long) threads * TASKS_PER_THREAD : 1;
    long vectors = ((long) rows.out * width + lanes - 1) / lanes;
    long cuts = Math.min((wanted + planes - 1) / planes, vectors / LEAST_BLOCK_VECTORS);
    int parts = Math.clamp(cuts, 1, rows.out);
    blockRows = (rows.out + parts - 1) / parts;
    blocks = new PlaneMasks[(rows.out + blockRows - 1) / blockRows];
    for (int b = 0; b < blocks.length; b++) {
      int firstRow = b * blockRows;
      int some = Math.min(blockRows, rows.out - firstRow);
      blocks[b] = PlaneMasks.of(firstRow, some, width, rows.in, rows.start);
    }

    long work = (long) blockRows * width * TAPS;
    long most = Math.max(1, planes * blocks.length / wanted);
    taskChannels =
        (int)
            Math.min(Math.min(most, Math.max(1, DepthwisePlan.TASK_WORK / work)), g.outChannels());
    channelRanges = (g.outChannels() + taskChannels - 1) / taskChannels;
    tasks = Math.toIntExact((long) g.batch() * channelRanges * blocks.length);

    // Vectors read from a row and a pixel before the first pixel to a vector and a row behind the
    // last.
    long before = Math.max(0, -(long) Math.min(rowShift[0], rowShift[2])) + lanes;
    long behind = Math.max(0, (long) Math.max(rowShift[0], rowShift[2])) + 2L * lanes;
    int plane = rows.in * width;
    boolean several = blocks.length == 1 && g.groupOut() == 1;
    stageChannels = several ? Math.clamp(STAGE_FLOATS / plane, 1, 16) : 1;
    long outputs = (long) blockRows * width;
    long output = before + Math.max((long) stageChannels * plane, outputs) + behind;
    long stage = output + stageChannels * outputs + lanes;
    long end = stage + outputs;
    if (end > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "staging a plane would need " + end + " floats; must be below 2^31 - 8");
    }
    imageAt = (int) before;
    outputAt = (int) output;
    stageAt = (int) stage;
    scratchFloats = (int) end;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Multiply-adds that a run executes, those past the end of a plane included. */
  public long executedMultiplyAdds() {
    long vectors = 0;
    for (PlaneMasks block : blocks) {
      vectors += block.vectors();
    }
    return vectors * Species.LANES * TAPS * geometry.outChannels() * geometry.batch();
  }

  /** What a run takes on one thread, in cycles: 20 a vector of outputs. */
  public double cycles() {
    return 20.0 / TAPS * executedMultiplyAdds() / Species.LANES;
  }
}
