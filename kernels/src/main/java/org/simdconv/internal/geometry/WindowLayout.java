package org.simdconv.internal.geometry;

import org.jspecify.annotations.Nullable;

/**
 * How the input window of a block lies in memory: a zero-padded copy of some rows of the input,
 * split by input phase so that a stride becomes unit distance.
 *
 * <pre>
 * window[channel][image][row phase][column phase][row][column]
 * input row    = (firstRow + qRow + row) * rows.step       + row phase
 * input column = (qColumn + column)      * columns.step    + column phase
 * </pre>
 *
 * Only the phases that some tap uses are kept. Output pixel (y, x) of the grid reads, for tap (kh,
 * kw), the element at {@code tapOffset(kh, kw) + (y - firstRow) * pitch + x}. A row of the window
 * is {@code pitch} floats, so pixels that follow each other in a grid row follow each other in the
 * window, for any stride.
 */
public final class WindowLayout {
  /** Input row phases in use, ascending. */
  public final int[] rowPhases;

  /** Input column phases in use, ascending. */
  public final int[] columnPhases;

  /** Smallest row shift of a tap, in steps. */
  public final int qRow;

  /** Smallest column shift of a tap, in steps. */
  public final int qColumn;

  /** Rows of a phase: the grid rows of a block and the halo of the taps. */
  public final int rows;

  /** Grid rows of the largest block that the window serves. */
  public final int gridRows;

  /** Columns of a phase. */
  public final int pitch;

  /** Floats from a row phase to the next. */
  public final int rowPhaseStride;

  /** Floats from an image to the next. */
  public final int imageStride;

  /** Floats from a channel to the next. */
  public final int channelStride;

  /** Floats of the whole window. */
  public final long floats;

  private final int[] tapRow;
  private final int[] tapColumn;

  /**
   * Lays out a window.
   *
   * @param rows vertical axis
   * @param columns horizontal axis
   * @param gridRows grid rows of one image that a block may touch
   * @param images images that a block may touch
   * @param channels channels of a block
   * @throws IllegalArgumentException if an image of the window has 2^31 floats or more
   */
  public WindowLayout(Axis rows, Axis columns, int gridRows, int images, int channels) {
    this.rowPhases = phases(rows);
    this.columnPhases = phases(columns);
    this.qRow = smallestShift(rows);
    this.qColumn = smallestShift(columns);
    long rowCount = (long) gridRows + largestShift(rows) - qRow;
    long columnCount = (long) columns.grid + largestShift(columns) - qColumn;
    long channel;
    try {
      long plane = Math.multiplyExact(rowCount, columnCount);
      long image = Math.multiplyExact(plane, (long) rowPhases.length * columnPhases.length);
      channel = Math.multiplyExact(image, (long) images);
      floats = Math.multiplyExact(channel, (long) channels);
    } catch (ArithmeticException e) {
      throw tooLarge(gridRows, columns.grid, e);
    }
    if (channel > Integer.MAX_VALUE) {
      throw tooLarge(gridRows, columns.grid, null);
    }
    this.rows = (int) rowCount;
    this.gridRows = gridRows;
    this.pitch = (int) columnCount;
    this.rowPhaseStride = columnPhases.length * this.rows * pitch;
    this.imageStride = rowPhases.length * rowPhaseStride;
    this.channelStride = (int) channel;
    this.tapRow = new int[rows.taps];
    for (int t = 0; t < rows.taps; t++) {
      tapRow[t] =
          indexOf(rowPhases, Math.floorMod(rows.start[t], rows.step)) * rowPhaseStride
              + (Math.floorDiv(rows.start[t], rows.step) - qRow) * pitch;
    }
    this.tapColumn = new int[columns.taps];
    for (int t = 0; t < columns.taps; t++) {
      tapColumn[t] =
          indexOf(columnPhases, Math.floorMod(columns.start[t], columns.step)) * this.rows * pitch
              + Math.floorDiv(columns.start[t], columns.step)
              - qColumn;
    }
  }

  private static IllegalArgumentException tooLarge(
      int gridRows, int gridColumns, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "the padded window of "
            + gridRows
            + " x "
            + gridColumns
            + " output pixels is too large; padding and dilation must leave it below 2^31 floats",
        cause);
  }

  /** Offset of a tap of the block's first channel, relative to the pixel. */
  public int tapOffset(int kh, int kw) {
    return tapRow[kh] + tapColumn[kw];
  }

  private static int smallestShift(Axis axis) {
    int q = Integer.MAX_VALUE;
    for (int s : axis.start) {
      q = Math.min(q, Math.floorDiv(s, axis.step));
    }
    return q;
  }

  private static int largestShift(Axis axis) {
    int q = Integer.MIN_VALUE;
    for (int s : axis.start) {
      q = Math.max(q, Math.floorDiv(s, axis.step));
    }
    return q;
  }

  private static int[] phases(Axis axis) {
    return java.util.Arrays.stream(axis.start)
        .map(s -> Math.floorMod(s, axis.step))
        .sorted()
        .distinct()
        .toArray();
  }

  private static int indexOf(int[] sorted, int value) {
    return java.util.Arrays.binarySearch(sorted, value);
  }
}
