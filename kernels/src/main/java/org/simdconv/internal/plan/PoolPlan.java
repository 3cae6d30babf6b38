package org.simdconv.internal.plan;

import java.util.Arrays;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.simd.RowKernels;
import org.simdconv.internal.simd.Species;

/**
 * Sizes of pooling: windows of the axes, taps that count, and the line in scratch memory that holds
 * the rows of a window, put together, with a border where windows reach over the image. Immutable.
 */
public final class PoolPlan {
  /** Images times channels. */
  public final int channels;

  /** Planes of volumes; of images an axis that is read as it is. */
  public final Axis depth;

  /** Rows. */
  public final Axis rows;

  /** Columns. */
  public final Axis columns;

  /** Whether it is the largest, or else the mean. */
  public final boolean max;

  /** Taps that count for each output column, in whole vectors. */
  public final float[] columnCounts;

  /** Taps that count for each output row. */
  public final float[] rowCounts;

  /** Taps that count for each output plane. */
  public final float[] depthCounts;

  /** Columns of the border before the image. */
  public final int left;

  /** Columns of the border behind the image. */
  public final int right;

  /** Floats of a line with its border and what loops read behind it. */
  public final int lineFloats;

  /** Most rows of a window. */
  public final int windowRows;

  /** {@code step * i} for the lanes of a vector. */
  public final int[] nth;

  /** Decides. */
  public PoolPlan(
      int channels,
      Axis depth,
      Axis rows,
      Axis columns,
      boolean max,
      float[] depthCounts,
      float[] rowCounts,
      float[] columnCounts) {
    this.channels = channels;
    this.depth = depth;
    this.rows = rows;
    this.columns = columns;
    this.max = max;
    this.depthCounts = depthCounts;
    this.rowCounts = rowCounts;
    int vectors = (columns.out + Species.LANES - 1) / Species.LANES;
    this.columnCounts = Arrays.copyOf(columnCounts, vectors * Species.LANES);
    Arrays.fill(this.columnCounts, columns.out, this.columnCounts.length, 1f);
    this.left = Math.max(0, -columns.start[0]);
    long last = (columns.out - 1L) * columns.step + columns.start[columns.taps - 1];
    this.right = Math.toIntExact(Math.max(0, last - columns.in + 1));
    this.lineFloats = Math.addExact(Math.addExact(left, right), columns.in + RowKernels.READ_AHEAD);
    this.windowRows =
        Math.multiplyExact(Math.min(depth.taps, depth.in), Math.min(rows.taps, rows.in));
    this.nth = new int[Species.LANES];
    for (int i = 0; i < nth.length; i++) {
      nth[i] = i * columns.step;
    }
  }

  /** Whether the line of a window is its row, where it has one only. */
  public boolean isInside() {
    return left == 0 && right == 0;
  }
}
