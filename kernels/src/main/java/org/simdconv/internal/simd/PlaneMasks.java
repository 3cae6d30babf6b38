package org.simdconv.internal.simd;

import org.jspecify.annotations.Nullable;

/**
 * Which neighbours of a plane's pixels are pixels, for the vectors of some of its rows near the
 * upper and the lower border; between them only the left and the right border matter. The array is
 * not to be written.
 *
 * @param vectors vectors of outputs, the last one perhaps not whole
 * @param top vectors before the first one that needs no masks of its own
 * @param bottom the next one that does
 * @param masks for each vector before top and from bottom on: the lanes whose neighbour is a pixel,
 *     for each of the 9 taps, and the lanes that are outputs
 * @param wholeRows the same for vectors of whole rows, where four are the plane; or null
 */
@SuppressWarnings("ArrayRecordComponent")
public record PlaneMasks(int vectors, int top, int bottom, long[] masks, @Nullable Rows wholeRows) {
  /**
   * Four vectors of whole rows that are a plane of ordinary padding by 1.
   *
   * @param second start of the second vector, in floats; the first one's is 0
   * @param third of the third
   * @param last of the last, whose last row is the plane's
   * @param left lanes that have a left neighbour
   * @param right lanes that have a right neighbour
   * @param top lanes of the first vector that have an upper neighbour
   * @param bottom lanes of the last vector that have a lower neighbour
   * @param outputs lanes that are outputs
   */
  public record Rows(
      int second, int third, int last, long left, long right, long top, long bottom, long outputs) {
    /** The rows of a plane, or null if four vectors are not enough or too many. */
    static @Nullable Rows of(int width, int height) {
      int rows = Species.LANES / width;
      int last = height - rows;
      // The second vector has no border above it nor below.
      if (rows == 0 || height > 4 * rows || last < 2) {
        return null;
      }
      long outputs = (1L << (rows * width)) - 1;
      long firstColumn = 0;
      for (int y = 0; y < rows; y++) {
        firstColumn |= 1L << (y * width);
      }
      long left = outputs & ~firstColumn;
      long row = (1L << width) - 1;
      return new Rows(
          Math.min(rows, last - 1) * width,
          Math.min(2 * rows, last - 1) * width,
          last * width,
          left,
          left >> 1,
          outputs & ~row,
          outputs >> width,
          outputs);
    }
  }

  /** Masks of a vector. */
  static final int OF_A_VECTOR = 10;

  /**
   * The masks of some rows.
   *
   * @param firstRow first output row
   * @param rows output rows
   * @param width columns of the output and of the image
   * @param height rows of the image
   * @param start row of the image that each kernel row takes for output row 0
   */
  public static PlaneMasks of(int firstRow, int rows, int width, int height, int[] start) {
    int lanes = Species.LANES;
    int outputs = rows * width;
    int vectors = (outputs + lanes - 1) / lanes;
    int top = 0;
    while (top < vectors && isEdge(top, outputs, firstRow, width, height, start)) {
      top++;
    }
    int bottom = top;
    while (bottom < vectors && !isEdge(bottom, outputs, firstRow, width, height, start)) {
      bottom++;
    }
    long[] masks = new long[(vectors - (bottom - top)) * OF_A_VECTOR];
    for (int v = 0, m = 0; v < vectors; v++) {
      if (v >= top && v < bottom) {
        continue;
      }
      for (int lane = 0; lane < lanes && v * lanes + lane < outputs; lane++) {
        int y = firstRow + (v * lanes + lane) / width;
        int x = (v * lanes + lane) % width;
        for (int k = 0; k < 9; k++) {
          long row = (long) y + start[k / 3];
          int column = x + k % 3 - 1;
          if (row >= 0 && row < height && column >= 0 && column < width) {
            masks[m + k] |= 1L << lane;
          }
        }
        masks[m + 9] |= 1L << lane;
      }
      m += OF_A_VECTOR;
    }
    boolean usual =
        firstRow == 0 && rows == height && start[0] == -1 && start[1] == 0 && start[2] == 1;
    return new PlaneMasks(vectors, top, bottom, masks, usual ? Rows.of(width, height) : null);
  }

  /** Floats from the first output to the end of the last vector. */
  public int floats() {
    int flat = vectors * Species.LANES;
    return wholeRows == null ? flat : Math.max(flat, wholeRows.last() + Species.LANES);
  }

  private static boolean isEdge(
      int vector, int outputs, int firstRow, int width, int height, int[] start) {
    int first = vector * Species.LANES;
    int end = first + Species.LANES;
    if (end > outputs) {
      return true;
    }
    for (int s : start) {
      if ((long) firstRow + first / width + s < 0
          || (long) firstRow + (end - 1) / width + s >= height) {
        return true;
      }
    }
    return false;
  }
}
