package org.simdconv.internal.plan;

import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.DepthwiseColumns;
import org.simdconv.internal.simd.PlaneMasks;
import org.simdconv.internal.simd.Species;

/**
 * All decisions of a depthwise 3x3 or 5x5 at stride 1 or 2 that reads its input in place: a task
 * owns some rows of one image for some output channels. They are walked down column by column; but
 * with 3x3, images narrower than half a vector, whose rows share vectors, and those with dilated
 * rows are one run of pixels. Immutable; the arrays are not to be written.
 */
public final class DepthwiseInPlacePlan {
  // More tasks than threads, so that the last one idles the others little; rows only where there
  // are not channels enough.
  private static final int TASKS_PER_THREAD = 8;

  // A block of rows has its own masks at both ends.
  private static final int LEAST_BLOCK_VECTORS = 64;

  // Vectors near the upper and lower border: each has 80 bytes of masks.
  private static final int MOST_EDGE_VECTORS = 1 << 16;

  // Vectors of outputs of one call, some 5 us: a first call that took long would be compiled in the
  // middle of its loop, and C2 boxes vectors there (JDK 25).
  private static final int CALL_VECTORS = 2048;

  // Input that stays in L1 beside the outputs: five eighths of it.
  private static final int NEAR_FLOATS = Caches.L1 / 8 * 5 / Float.BYTES;

  // Planes that are staged together: half of L1.
  private static final int STAGE_FLOATS = Caches.L1 / 2 / Float.BYTES;

  /** The sizes. */
  public final ConvGeometry geometry;

  /** The walk down the columns, or null where pixels are one run. */
  public final @Nullable DepthwiseColumns columns;

  /** Of a run: from an output pixel to what each kernel row and column 1 takes, in floats. */
  public final int[] rowShift;

  /** Of a run, for each vector of a period: the lanes that have a left neighbour. */
  public final long[] left;

  /** Of a run, for each vector of a period: the lanes that have a right neighbour. */
  public final long[] right;

  /** Of a run: the vectors of each block of rows. */
  public final PlaneMasks[] blocks;

  /** Output rows of a block, the last one's perhaps fewer. */
  public final int blockRows;

  /** Blocks of rows. */
  public final int rowBlocks;

  /** Channels of one call. */
  public final int callChannels;

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

  /**
   * The faster way to read a depthwise convolution in place, or null if none suits it.
   *
   * @param g the sizes
   * @param threads how many threads the tasks should suit
   */
  public static @Nullable DepthwiseInPlacePlan of(ConvGeometry g, int threads) {
    int taps = g.rows().taps;
    if (taps != g.columns().taps || (taps != 3 && taps != 5)) {
      return null;
    }
    boolean walks = suitsColumns(g);
    boolean runs = suitsRun(g);
    // Two rows and more in a vector.
    boolean narrow = 2 * g.columns().out <= Species.LANES;
    return walks && !(runs && narrow)
        ? new DepthwiseInPlacePlan(g, threads, true)
        : runs ? new DepthwiseInPlacePlan(g, threads, false) : null;
  }

  private static boolean suitsRun(ConvGeometry g) {
    Axis rows = g.rows();
    Axis columns = g.columns();
    if (rows.step != 1 || columns.step != 1 || rows.taps != 3) {
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

  /** Neighbours next to each other, the middle one inside; strides are equal. */
  private static boolean suitsColumns(ConvGeometry g) {
    int step = g.rows().step;
    boolean mirrored = isMirrored(g.rows());
    return (step == 1 || (step == 2 && !mirrored))
        && step == g.columns().step
        && mirrored == isMirrored(g.columns())
        && suitsColumns(g.rows())
        && suitsColumns(g.columns());
  }

  private static boolean suitsColumns(Axis axis) {
    int direction = isMirrored(axis) ? -1 : 1;
    for (int t = 1; t < axis.taps; t++) {
      if (axis.start[t] - axis.start[t - 1] != direction) {
        return false;
      }
    }
    int middle = axis.start[axis.taps / 2];
    return lowest(axis) <= 0 && middle >= 0 && (axis.out - 1L) * axis.step + middle < axis.in;
  }

  private static boolean isMirrored(Axis axis) {
    return axis.start[0] > axis.start[axis.taps - 1];
  }

  private static int lowest(Axis axis) {
    return Math.min(axis.start[0], axis.start[axis.taps - 1]);
  }

  private static int highest(Axis axis) {
    return Math.max(axis.start[0], axis.start[axis.taps - 1]);
  }

  private DepthwiseInPlacePlan(ConvGeometry g, int threads, boolean walks) {
    geometry = g;
    Axis rows = g.rows();
    int width = g.columns().in;
    int outWidth = g.columns().out;
    int lanes = Species.LANES;
    columns =
        walks
            ? DepthwiseColumns.of(
                rows.taps,
                rows.step,
                width,
                outWidth,
                -lowest(g.columns()),
                isMirrored(g.columns()),
                NEAR_FLOATS)
            : null;

    long planes = (long) g.batch() * g.outChannels();
    long wanted = threads > 1 ? (long) threads * TASKS_PER_THREAD : 1;
    long vectors =
        columns != null
            ? (long) rows.out * columns.vectors()
            : ((long) rows.out * width + lanes - 1) / lanes;
    long cuts = Math.min((wanted + planes - 1) / planes, vectors / LEAST_BLOCK_VECTORS);
    int parts = Math.clamp(cuts, 1, rows.out);
    blockRows = (rows.out + parts - 1) / parts;
    rowBlocks = (rows.out + blockRows - 1) / blockRows;
    long blockVectors = Math.max(1, vectors / rowBlocks);
    callChannels = walks ? (int) Math.max(1, CALL_VECTORS / blockVectors) : Integer.MAX_VALUE;

    rowShift = new int[3];
    int period = walks ? 0 : width / gcd(width, lanes);
    left = new long[period];
    right = new long[period];
    blocks = new PlaneMasks[walks ? 0 : rowBlocks];
    if (!walks) {
      for (int k = 0; k < 3; k++) {
        rowShift[k] = rows.start[k] * width;
      }
      for (int v = 0; v < period; v++) {
        for (int lane = 0; lane < lanes; lane++) {
          int x = (int) (((long) v * lanes + lane) % width);
          left[v] |= x > 0 ? 1L << lane : 0;
          right[v] |= x < width - 1 ? 1L << lane : 0;
        }
      }
      for (int b = 0; b < blocks.length; b++) {
        blocks[b] = PlaneMasks.of(b * blockRows, rows(b), width, rows.in, rows.start);
      }
    }

    long work = (long) blockRows * outWidth * rows.taps * rows.taps;
    long most = Math.max(1, planes * rowBlocks / wanted);
    taskChannels =
        (int)
            Math.min(Math.min(most, Math.max(1, DepthwiseTasks.TASK_WORK / work)), g.outChannels());
    channelRanges = (g.outChannels() + taskChannels - 1) / taskChannels;
    tasks = Math.toIntExact((long) g.batch() * channelRanges * rowBlocks);

    long plane = (long) rows.in * width;
    boolean several = rowBlocks == 1 && g.groupOut() == 1;
    stageChannels = several ? Math.clamp(STAGE_FLOATS / plane, 1, 16) : 1;
    long outputs = (long) blockRows * outWidth;
    long before = 0;
    long behind = 0;
    long written = 0;
    for (int b = 0; b < rowBlocks; b++) {
      before = Math.max(before, (long) rowsFrom(b) * width - readFrom(b));
      behind = Math.max(behind, readTo(b) - (long) rowsTo(b) * width);
      written = Math.max(written, written(b));
    }
    long output = before + stageChannels * plane + behind;
    long stage = output + (stageChannels - 1) * outputs + written + lanes;
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

  /** Rows of padding above the image. */
  public int top() {
    return -lowest(geometry.rows());
  }

  /** Output rows of a block. */
  public int rows(int block) {
    return Math.min(blockRows, geometry.rows().out - block * blockRows);
  }

  /** First input row that a block needs. */
  public int rowsFrom(int block) {
    Axis rows = geometry.rows();
    long first = (long) block * blockRows * rows.step + lowest(rows);
    return rowBlocks == 1 ? 0 : Math.clamp(first, 0, rows.in);
  }

  /** End of the input rows that a block needs. */
  public int rowsTo(int block) {
    Axis rows = geometry.rows();
    long last = (block * (long) blockRows + rows(block) - 1) * rows.step;
    long end = last + highest(rows) + 1;
    return rowBlocks == 1 ? rows.in : Math.clamp(end, rowsFrom(block), rows.in);
  }

  /** Where a block begins to read, from its plane's first pixel on, in floats. */
  public long readFrom(int block) {
    long width = geometry.columns().in;
    if (columns != null) {
      return rowsFrom(block) * width + columns.readFrom();
    }
    return (long) block * blockRows * width + Math.min(rowShift[0], rowShift[2]) - 1;
  }

  /** Where it ends. */
  public long readTo(int block) {
    long width = geometry.columns().in;
    if (columns != null) {
      return (rowsTo(block) - 1) * width + columns.readTo();
    }
    long first = (long) block * blockRows * width;
    return first + blocks[block].floats() + Math.max(rowShift[0], rowShift[2]) + 1;
  }

  /** Floats from a block's first output on that it writes, the end of its last vector included. */
  public long written(int block) {
    if (columns != null) {
      return (rows(block) - 1L) * geometry.columns().out + columns.writtenTo();
    }
    return blocks[block].floats();
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Multiply-adds that a run executes, those past the end of a plane or a row included. */
  public long executedMultiplyAdds() {
    return vectors() * Species.LANES * geometry.rows().taps * geometry.columns().taps;
  }

  private long vectors() {
    long vectors = columns == null ? 0 : (long) geometry.rows().out * columns.vectors();
    for (PlaneMasks block : blocks) {
      vectors += block.vectors();
    }
    return vectors * geometry.outChannels() * geometry.batch();
  }

  /** What a run takes on one thread, in cycles: for 9 taps 10 or 20 a vector of outputs. */
  public double cycles() {
    return vectors() * (columns == null ? 20.0 : geometry.rows().taps == 3 ? 10.0 : 20.0);
  }
}
