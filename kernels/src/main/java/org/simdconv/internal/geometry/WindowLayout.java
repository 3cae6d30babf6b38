package org.simdconv.internal.geometry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.simd.MicroKernels;

/**
 * How the input window of a block lies in memory: a zero-padded copy of some rows of the input. The
 * usual one is split by input phase so that a stride becomes unit distance.
 *
 * <pre>
 * window[channel][row phase][column phase][row][column]
 * input row    = (firstRow + qRow + row) * rows.step       + row phase
 * input column = (qColumn + column)      * columns.step    + column phase
 * </pre>
 *
 * Only the phases that some tap uses are kept. Output pixel (y, x) of the grid reads, for tap (kh,
 * kw), the element at {@code tapOffset(kh, kw) + (y - firstRow) * pitch + x}: with {@code f = y *
 * pitch + x} as the pixel axis, neighbouring pixels are neighbours in memory, for any stride, and a
 * tap is one constant. Columns from the grid's width to the pitch are computed and thrown away. To
 * have few of them, the zeros behind a row are those before the next one: a 3x3 kernel with padding
 * 1 has width + 1 columns.
 *
 * <p>Where even these are too many there is a copy of the rows for each kernel column ({@link
 * Kind#SHIFTED}) or for each kernel row and column ({@link Kind#GATHERED}): the im2col matrix
 * without the rows that are the same. The latter has no halo, so that the rows of one image can
 * follow those of another.
 *
 * <p>A window of a single row may have a part of its columns only, those that neighbouring pixels
 * of the grid read: of a signal, all channels of a long row would fit no cache. Before, such
 * windows were of a few channels, and sums waited from block to block: 1x1 256-256 on 16000 94 to
 * 23 ms, kernel 9 256-256 on 4096 47.9 to 42.8, transposed 1x4096 of stride 1024 513-1 on 300 47 to
 * 13 (JDK 25, Zen 4, one thread).
 */
public final class WindowLayout {
  /** What there is a copy of the rows for. */
  public enum Kind {
    /** For each row phase and column phase. */
    PHASES,
    /** For each row phase and kernel column. */
    SHIFTED,
    /** For each kernel row and column. */
    GATHERED
  }

  /** Input row phases in use, ascending; where gathered, the distinct first rows of the taps. */
  public final int[] rowPhases;

  /**
   * Input column phases in use, ascending; where shifted, the distinct first columns of the taps.
   */
  public final int[] columnPhases;

  /** Whether there is a copy of the rows for each kernel column instead of one for each phase. */
  public final boolean shifted;

  /** Smallest row shift of a tap, in steps. */
  public final int qRow;

  /** Smallest column shift of a tap, in steps. */
  public final int qColumn;

  /** Rows of a phase: the grid rows of a block and the halo of the taps. */
  public final int rows;

  /** Grid rows of the largest block that the window serves. */
  public final int gridRows;

  /** Floats from a row to the next, of whole rows: pixels of the grid are counted by it. */
  public final int pitch;

  /** Floats of a row that the window has: the pitch, or those of a part of a row. */
  public final int width;

  /** Whether the window has a part of the columns of its row. */
  public final boolean isPart;

  /** Zeros that stand behind the last row of a phase, where no other row has them. */
  public final int overlap;

  /** Floats from a column phase to the next. */
  public final int columnPhaseStride;

  /** Floats from a row phase to the next. */
  public final int rowPhaseStride;

  /** Floats from a channel to the next. */
  public final int channelStride;

  /** Floats of the whole window. */
  public final long floats;

  /** Input column of the first column of each column phase; may be negative. */
  public final long[] columnFirst;

  private final int[] tapRow;
  private final int[] tapColumn;

  /**
   * Lays out a window.
   *
   * @param rows vertical axis
   * @param columns horizontal axis
   * @param gridRows grid rows of one image that a block may touch
   * @param channels channels of a block
   * @throws IllegalArgumentException if the window has some 2^30 floats or more
   */
  public WindowLayout(Axis rows, Axis columns, int gridRows, int channels) {
    this(rows, columns, gridRows, channels, Kind.PHASES);
  }

  /**
   * Lays out a window.
   *
   * @param rows vertical axis
   * @param columns horizontal axis
   * @param gridRows grid rows of one image that a block may touch
   * @param channels channels of a block
   * @param kind what to copy the rows for
   * @throws IllegalArgumentException if the window has some 2^30 floats or more
   */
  public WindowLayout(Axis rows, Axis columns, int gridRows, int channels, Kind kind) {
    this(rows, columns, gridRows, columns.grid, channels, kind, false);
  }

  /**
   * Lays out a window, of a part of the columns if it has one row.
   *
   * @param rows vertical axis
   * @param columns horizontal axis
   * @param gridRows grid rows of one image that a block may touch
   * @param gridColumns grid columns of a row that a block may touch
   * @param channels channels of a block
   * @param kind what to copy the rows for
   * @throws IllegalArgumentException if the window has some 2^30 floats or more
   */
  public WindowLayout(
      Axis rows, Axis columns, int gridRows, int gridColumns, int channels, Kind kind) {
    this(rows, columns, gridRows, gridColumns, channels, kind, false);
  }

  /**
   * The layout of an image itself, all its channels one behind the other: what the window would be
   * if nothing needed padding. {@link #isImage} says whether that is so.
   */
  public static WindowLayout image(Axis rows, Axis columns, int channels) {
    return new WindowLayout(rows, columns, rows.grid, columns.grid, channels, Kind.PHASES, true);
  }

  private WindowLayout(
      Axis rows,
      Axis columns,
      int gridRows,
      int gridColumns,
      int channels,
      Kind kind,
      boolean dense) {
    this.shifted = kind != Kind.PHASES;
    boolean gathered = kind == Kind.GATHERED;
    this.rowPhases =
        gathered ? Arrays.stream(rows.starts()).sorted().distinct().toArray() : phases(rows);
    this.columnPhases =
        shifted ? Arrays.stream(columns.starts()).sorted().distinct().toArray() : phases(columns);
    this.qRow = gathered ? 0 : smallestShift(rows);
    this.qColumn = smallestShift(columns);
    long rowCount = gathered ? gridRows : (long) gridRows + largestShift(rows) - qRow;
    long span = shifted ? 0 : (long) largestShift(columns) - qColumn;
    long columnCount = columns.grid + span;
    if (columnCount > Integer.MAX_VALUE) {
      throw tooLarge(gridRows, columns.grid, null);
    }
    int step = columns.step;
    this.columnFirst = new long[columnPhases.length];
    long shared = span;
    for (int q = 0; q < columnPhases.length; q++) {
      long first = shifted ? columnPhases[q] : (long) qColumn * step + columnPhases[q];
      columnFirst[q] = first;
      long begin = insideFrom(first, step, columnCount);
      shared = Math.min(shared, begin);
      shared = Math.min(shared, columnCount - insideTo(first, step, columns.in, columnCount));
    }
    this.pitch = (int) (columnCount - shared);
    // The input column of any of its own is to be an int.
    boolean small = columnCount * step < MicroKernels.MOST_OFFSET;
    // A wider one would save at most the zeros behind the row.
    this.isPart = rowCount == 1 && gridColumns + span < pitch && small;
    this.overlap = isPart ? 0 : (int) shared;
    this.width = isPart ? (int) (gridColumns + span) : pitch;
    long channel;
    try {
      long plane = Math.multiplyExact(rowCount, (long) width);
      long phases = Math.multiplyExact(plane, (long) rowPhases.length * columnPhases.length);
      channel = channels == 1 || dense ? phases + overlap : apart(phases + overlap);
      floats = Math.multiplyExact(channel, (long) channels);
    } catch (ArithmeticException e) {
      throw tooLarge(gridRows, columns.grid, e);
    }
    if (floats >= MicroKernels.MOST_OFFSET) {
      throw tooLarge(gridRows, columns.grid, null);
    }
    this.rows = (int) rowCount;
    this.gridRows = gridRows;
    this.columnPhaseStride = this.rows * width;
    this.rowPhaseStride = columnPhases.length * columnPhaseStride;
    this.channelStride = (int) channel;
    this.tapRow = new int[rows.taps];
    for (int t = 0; t < rows.taps; t++) {
      if (rows.reaches(t)) {
        tapRow[t] =
            gathered
                ? indexOf(rowPhases, rows.start[t]) * rowPhaseStride
                : indexOf(rowPhases, Math.floorMod(rows.start[t], rows.step)) * rowPhaseStride
                    + (Math.floorDiv(rows.start[t], rows.step) - qRow) * pitch;
      }
    }
    this.tapColumn = new int[columns.taps];
    for (int t = 0; t < columns.taps; t++) {
      if (columns.reaches(t)) {
        tapColumn[t] =
            shifted
                ? indexOf(columnPhases, columns.start[t]) * columnPhaseStride
                : indexOf(columnPhases, Math.floorMod(columns.start[t], columns.step))
                        * columnPhaseStride
                    + Math.floorDiv(columns.start[t], columns.step)
                    - qColumn;
      }
    }
  }

  // An odd number of cache lines, so that the same row of many channels spreads over all sets of
  // L1.
  private static long apart(long floats) {
    long lines = (floats + 15) / 16;
    return 16 * (lines | 1);
  }

  private static IllegalArgumentException tooLarge(
      int gridRows, int gridColumns, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "the padded window of "
            + gridRows
            + " x "
            + gridColumns
            + " output pixels is too large; padding and dilation must leave it below 2^30 floats",
        cause);
  }

  /** Whether rows follow each other in the input as they do in the window. */
  public boolean isPlain(Axis columns) {
    return columns.step == 1
        && columnPhases.length == 1
        && insideFrom(columnFirst[0], 1, pitch) == 0
        && insideTo(columnFirst[0], 1, columns.in, pitch) == pitch
        && pitch == columns.in
        && !isPart;
  }

  /**
   * First column of a window's row that lies inside of the image.
   *
   * @param first input column of the row's first one; may be negative
   * @param step input columns from one to the next
   * @param count columns of the row
   */
  public static long insideFrom(long first, int step, long count) {
    return first >= 0 ? 0 : Math.min(count, (-first + step - 1) / step);
  }

  /**
   * End of the columns of a window's row that lie inside of the image; not before they begin.
   *
   * @param in columns of the image
   */
  public static long insideTo(long first, int step, int in, long count) {
    long left = in - first;
    long end = left <= 0 ? 0 : Math.min(count, (left + step - 1) / step);
    return Math.max(insideFrom(first, step, count), end);
  }

  /**
   * Whether an image has this layout, given that it has all grid rows, that channels follow each
   * other and that no tap leaves the image: no stride, every row and column in use.
   */
  public boolean isImage(Axis rows, Axis columns) {
    return rows.step == 1
        && isPlain(columns)
        && qRow == 0
        && qColumn == 0
        && this.rows == rows.in
        && channelStride == rows.in * columns.in;
  }

  /** Offset of a tap of the block's first channel, relative to the pixel. */
  public int tapOffset(int kh, int kw) {
    return tapRow[kh] + tapColumn[kw];
  }

  private static int smallestShift(Axis axis) {
    int q = Integer.MAX_VALUE;
    for (int s : axis.starts()) {
      q = Math.min(q, Math.floorDiv(s, axis.step));
    }
    return q;
  }

  private static int largestShift(Axis axis) {
    int q = Integer.MIN_VALUE;
    for (int s : axis.starts()) {
      q = Math.max(q, Math.floorDiv(s, axis.step));
    }
    return q;
  }

  private static int[] phases(Axis axis) {
    return Arrays.stream(axis.starts())
        .map(s -> Math.floorMod(s, axis.step))
        .sorted()
        .distinct()
        .toArray();
  }

  private static int indexOf(int[] sorted, int value) {
    return Arrays.binarySearch(sorted, value);
  }
}
