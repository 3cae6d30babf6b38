package org.simdconv.internal.plan;

import java.util.List;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.simd.ChannelKernels.Kind;

/**
 * One phase of a convolution with output channels in the lanes: the outputs that the same taps
 * reach. A convolution is a single one, a transposed one has a phase for each pair of its strides'.
 *
 * <p>Immutable.
 */
public final class LanesPhase {
  /** Kernel rows and output rows of the phase. */
  private final Axis rows;

  private final int width;

  /** Tiles of a row of its outputs. */
  public final RowCover cover;

  /** Which pixels the taps of a row take. */
  public final Kind kind;

  /** Taps of an input channel. */
  public final int taps;

  /** Taps of an input channel that the phases before have: their weights are in front. */
  public final int tapsBefore;

  /** Pixels of a row of the phases before: their sums are in front. */
  final int pixelsBefore;

  LanesPhase(Axis rows, Axis columns, RowCover cover, Kind kind, int tapsBefore, int pixelsBefore) {
    this.rows = rows;
    this.width = columns.in;
    this.cover = cover;
    this.kind = kind;
    this.taps = rows.taps * columns.taps;
    this.tapsBefore = tapsBefore;
    this.pixelsBefore = pixelsBefore;
  }

  /** Output rows. */
  public int outputRows() {
    return rows.out;
  }

  /** Taps of a kernel row. */
  public int rowTaps() {
    return taps / rows.taps;
  }

  /** First kernel row that is inside of the image for an output row. */
  public int firstTap(int row) {
    int t = 0;
    while (t < rows.taps && rows.input(row, t) < 0) {
      t++;
    }
    return t;
  }

  /** End of the kernel rows that are inside of the image for an output row; 0 if none is. */
  public int endTap(int row) {
    int t = rows.taps;
    while (t > 0 && rows.input(row, t - 1) < 0) {
      t--;
    }
    return t;
  }

  /**
   * The first of some output rows for which all kernel rows are inside; the very first if there is
   * none.
   */
  public int wholeRow(int begin, int end) {
    for (int y = begin; y < end; y++) {
      if (endTap(y) - firstTap(y) == rows.taps) {
        return y;
      }
    }
    return begin;
  }

  /** Where the input of a row's first kernel row that is inside begins in the plane. */
  public int inputRow(int row, int firstTap) {
    return (row * rows.step + rows.start[0] + firstTap * rowsApart(rows)) * width;
  }

  /** Floats from a kernel row's input row to the next one's. */
  public int pitch() {
    return rowsApart(rows) * width;
  }

  /** Input rows between those of neighbouring kernel rows; negative where they run upwards. */
  private static int rowsApart(Axis rows) {
    return rows.taps > 1 ? rows.start[1] - rows.start[0] : 0;
  }

  /** Where the input of an output row begins in the plane of a channel. */
  int inputFrom(int row) {
    return Math.clamp(lowest(row), 0, rows.in) * width;
  }

  /** Where it ends. */
  int inputTo(int row) {
    return Math.clamp(highest(row) + 1, 0, rows.in) * width;
  }

  /** Most floats of a channel that some output rows of all phases ask for. */
  static int inputFloats(List<LanesPhase> phases, int outputRows) {
    long first = phases.stream().mapToLong(p -> p.lowest(0)).min().orElseThrow();
    long last = phases.stream().mapToLong(p -> p.highest(outputRows - 1)).max().orElseThrow();
    LanesPhase any = phases.get(0);
    return (int) Math.min(any.rows.in, last - first + 1) * any.width;
  }

  /** Whether neighbouring output rows ask for different input rows. */
  boolean isRowByRow() {
    return rows.taps == 1;
  }

  private long lowest(long row) {
    return row * rows.step + Math.min(rows.start[0], rows.start[rows.taps - 1]);
  }

  private long highest(long row) {
    return row * rows.step + Math.max(rows.start[0], rows.start[rows.taps - 1]);
  }

  /** Kernel rows of all output rows, those inside of the image. */
  long tapRows() {
    long sum = 0;
    for (int t = 0; t < rows.taps; t++) {
      sum += Math.max(0, rows.endOutput(t) - rows.firstOutput(t));
    }
    return sum;
  }
}
