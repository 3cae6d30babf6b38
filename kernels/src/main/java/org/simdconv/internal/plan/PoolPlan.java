package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.simd.Species;

/**
 * Sizes of pooling: windows of the axes, and how the rows of the input lie in scratch memory. A row
 * is split by stride phase, so that the pixels of a tap are neighbours, with a border where windows
 * reach over the image. Immutable.
 */
public final class PoolPlan {
  private static final int L = Species.LANES;

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

  /** Taps that count for each output column. */
  public final float[] columnCounts;

  /** Taps that count for each output row. */
  public final float[] rowCounts;

  /** Taps that count for each output plane. */
  public final float[] depthCounts;

  /** Floats of a phase of a row. */
  public final int phaseFloats;

  /** Floats of a row in scratch. */
  public final int rowFloats;

  /** Where the pixel of a tap for output column 0 is in a row in scratch. */
  public final int[] tapAt;

  /** Whether each tap of each output column is inside, one behind the other. */
  public final boolean inside;

  /** Column of the input, or of its border, that a row in scratch begins with. */
  public final int firstColumn;

  /** Floats of a row of outputs in scratch: whole vectors. */
  public final int outFloats;

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
    this.outFloats = (columns.out + L - 1) / L * L;
    this.depthCounts = depthCounts;
    this.rowCounts = rowCounts;
    this.columnCounts = java.util.Arrays.copyOf(columnCounts, outFloats);
    java.util.Arrays.fill(this.columnCounts, columns.out, outFloats, 1f);
    int step = columns.step;
    this.inside = step == 1 && columns.staysInside();
    this.firstColumn = inside ? 0 : columns.start[0];
    long last = (long) columns.start[columns.taps - 1] - firstColumn;
    this.phaseFloats =
        Math.toIntExact(last / step + 1 + Math.max(outFloats, inside ? columns.in : 0));
    this.rowFloats = Math.multiplyExact(phaseFloats, step);
    this.tapAt = new int[columns.taps];
    for (int t = 0; t < tapAt.length; t++) {
      int column = columns.start[t] - firstColumn;
      tapAt[t] = column % step * phaseFloats + column / step;
    }
  }
}
