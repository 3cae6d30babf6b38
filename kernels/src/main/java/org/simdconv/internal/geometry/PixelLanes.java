package org.simdconv.internal.geometry;

import org.simdconv.internal.simd.Species;

/**
 * Which lanes of a vector of window pixels are outputs: the pixel axis {@code f = row * pitch +
 * column} holds columns between the rows that are none. Pure functions.
 */
public final class PixelLanes {
  private PixelLanes() {}

  /**
   * The lanes that are outputs, lane 0 the lowest bit.
   *
   * @param x column of lane 0
   * @param y row of lane 0
   * @param width columns of the output
   * @param pitch columns of the window
   * @param height rows of the output
   */
  public static long of(int x, int y, int width, int pitch, int height) {
    long lanes = 0;
    int column = x;
    int row = y;
    for (int lane = 0; lane < Species.LANES && row < height; ) {
      int some = Math.min(width - column, Species.LANES - lane);
      if (some > 0) {
        lanes |= ((1L << some) - 1) << lane;
      }
      lane += pitch - column;
      column = 0;
      row++;
    }
    return lanes;
  }

  /** Place in the plane of the first output at or behind a pixel. */
  public static int place(int x, int y, int width) {
    return x < width ? y * width + x : (y + 1) * width;
  }
}
