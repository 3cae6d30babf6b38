package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.plan.PoolPlan;
import org.simdconv.internal.simd.RowCopy;
import org.simdconv.internal.simd.RowKernels;
import org.simdconv.internal.simd.Species;

/**
 * Pooling: the rows of a band of the input are brought into scratch memory, split by stride phase
 * and with a border, and each row of outputs takes its taps from there, kernel plane, row and
 * column ascending. Sums are one chain of additions in that order.
 *
 * <p>With indices the number of the tap that is largest so far is kept beside it, the first of
 * equals; NaN is larger than any number. Immutable and safe for concurrent runs.
 */
public final class PoolEngine extends RowsEngine {
  private static final int L = Species.LANES;

  private final PoolPlan plan;
  private final boolean indices;
  private final boolean columnMajor;
  private final int windowRows;

  /**
   * Takes the decisions.
   *
   * @param indices whether to write where each maximum is
   * @param columnMajor whether these count down the columns of a plane
   */
  public PoolEngine(PoolPlan plan, boolean indices, boolean columnMajor) {
    super(Math.multiplyExact(plan.channels, plan.depth.out), plan.rows.out, plan.columns.out);
    this.plan = plan;
    this.indices = indices;
    this.columnMajor = columnMajor;
    Axis rows = plan.rows;
    long extent = (long) rows.start[rows.taps - 1] - rows.start[0] + 1;
    this.windowRows = (int) Math.min(rows.in, extent);
  }

  @Override
  public int scratchFloats() {
    long floats = (long) (windowRows + 1) * plan.rowFloats + 3L * plan.outFloats;
    return Math.toIntExact(floats + plan.columns.in + 2L * L);
  }

  @Override
  void rows(int plane, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    PoolPlan p = plan;
    int channel = plane / p.depth.out;
    int d = plane - channel * p.depth.out;
    Axis rows = p.rows;
    int acc = at + (windowRows + 1) * p.rowFloats;
    int numbers = acc + p.outFloats;
    int stage = numbers + 2 * p.outFloats;
    // One plane of the input at a time stays in scratch from one row of outputs to the next.
    boolean one = p.depth.taps == 1;
    int end = 0;
    for (int y = from; y < to; y++) {
      Arrays.fill(scratch, acc, acc + p.outFloats, p.max ? Float.NEGATIVE_INFINITY : 0f);
      if (indices) {
        Arrays.fill(scratch, numbers, numbers + p.outFloats, -1f);
      }
      for (int kd = 0; kd < p.depth.taps; kd++) {
        long id = (long) d * p.depth.step + p.depth.start[kd];
        if (id < 0 || id >= p.depth.in) {
          continue;
        }
        int source = (channel * p.depth.in + (int) id) * rows.in;
        int top = Math.clamp((long) y * rows.step + rows.start[0], 0, rows.in);
        end = one ? Math.max(end, top) : top;
        for (int kh = 0; kh < rows.taps; kh++) {
          long ih = (long) y * rows.step + rows.start[kh];
          if (ih < 0 || ih >= rows.in) {
            continue;
          }
          int row = (int) ih;
          float[] array = buffers.input;
          int first = buffers.inputAt + (source + row) * p.columns.in;
          if (p.inside && array != null && first + p.columns.in + L <= array.length) {
            taps(array, first, scratch, acc, numbers, (kd * rows.taps + kh) * p.columns.taps);
            continue;
          }
          // The rows of a window go round in scratch; each is brought once.
          for (end = Math.max(end, row - windowRows + 1); end <= row; end++) {
            bring(source + end, scratch, at + end % windowRows * p.rowFloats, stage, buffers);
          }
          int place = at + row % windowRows * p.rowFloats;
          taps(scratch, place, scratch, acc, numbers, (kd * rows.taps + kh) * p.columns.taps);
        }
      }
      if (!p.max) {
        float count = p.depthCounts[d] * p.rowCounts[y];
        RowKernels.divide(scratch, acc, p.columnCounts, count, p.columns.out);
      }
      int target = (plane * rows.out + y) * p.columns.out;
      buffers.copy(scratch, acc, 0, p.columns.out, 1, target, 0);
      if (indices) {
        store(plane, y, scratch, numbers, buffers);
      }
    }
  }

  /** The taps of a kernel row. */
  private void taps(float[] x, int at, float[] scratch, int acc, int numbers, int number) {
    PoolPlan p = plan;
    int length = p.columns.out;
    int taps = p.columns.taps;
    int[] tapAt = p.tapAt;
    int t = 0;
    if (indices) {
      for (; t < taps; t++) {
        RowKernels.maxAndNumber(
            scratch, acc, scratch, numbers, x, at + tapAt[t], number + t, length);
      }
      return;
    }
    for (; t + 3 <= taps; t += 3) {
      int a = at + tapAt[t];
      int b = at + tapAt[t + 1];
      int c = at + tapAt[t + 2];
      if (p.max) {
        RowKernels.max3(scratch, acc, x, a, b, c, length);
      } else {
        RowKernels.add3(scratch, acc, x, a, b, c, length);
      }
    }
    for (; t < taps; t++) {
      if (p.max) {
        RowKernels.max(scratch, acc, x, at + tapAt[t], length);
      } else {
        RowKernels.add(scratch, acc, x, at + tapAt[t], length);
      }
    }
  }

  /** Brings a row of the input into scratch, split by phase, its border set. */
  private void bring(int row, float[] scratch, int to, int stage, Binding buffers) {
    PoolPlan p = plan;
    Axis c = p.columns;
    float border = p.max ? Float.NEGATIVE_INFINITY : 0f;
    int step = c.step;
    float[] x = buffers.input;
    int from = buffers.inputAt + row * c.in;
    if (x == null) {
      buffers.load(row * c.in, scratch, stage, c.in);
      x = scratch;
      from = stage;
    }
    int first = p.firstColumn;
    for (int q = 0; q < step; q++) {
      // Places j with 0 <= j * step + q + first < in.
      int low = Math.clamp(Math.ceilDiv(-(long) first - q, (long) step), 0, p.phaseFloats);
      int high = Math.clamp(Math.ceilDiv((long) c.in - first - q, (long) step), low, p.phaseFloats);
      int target = to + q * p.phaseFloats;
      if (step == 1) {
        System.arraycopy(x, from + first + low, scratch, target + low, high - low);
      } else if (step > 2) {
        for (int j = low; j < high; j++) {
          scratch[target + j] = x[from + j * step + q + first];
        }
      }
      if (step != 2) {
        Arrays.fill(scratch, target, target + low, border);
        Arrays.fill(scratch, target + high, target + p.phaseFloats, border);
      }
    }
    if (step == 2) {
      RowCopy.everyOther(
          x,
          from + first,
          0,
          1,
          scratch,
          to,
          to + p.phaseFloats,
          p.phaseFloats,
          Math.max(0, -first),
          c.in - first);
      for (int q = 0; q < 2; q++) {
        int low = Math.clamp(Math.ceilDiv(-(long) first - q, 2L), 0, p.phaseFloats);
        int high = Math.clamp(Math.ceilDiv((long) c.in - first - q, 2L), low, p.phaseFloats);
        int target = to + q * p.phaseFloats;
        Arrays.fill(scratch, target, target + low, border);
        Arrays.fill(scratch, target + high, target + p.phaseFloats, border);
      }
    }
  }

  /** Writes where the maxima of a row are, counted over the whole input. */
  private void store(int plane, int y, float[] scratch, int numbers, Binding buffers) {
    PoolPlan p = plan;
    int channel = plane / p.depth.out;
    int d = plane - channel * p.depth.out;
    int inHeight = p.rows.in;
    int inWidth = p.columns.in;
    for (int x = 0; x < p.columns.out; x++) {
      int number = (int) scratch[numbers + x];
      if (number < 0) {
        // Nothing but minus infinity: the first tap inside.
        number = firstInside(d, y, x);
      }
      int row = number / p.columns.taps;
      int iw = x * p.columns.step + p.columns.start[number - row * p.columns.taps];
      int kd = row / p.rows.taps;
      int ih = y * p.rows.step + p.rows.start[row - kd * p.rows.taps];
      int id = d * p.depth.step + p.depth.start[kd];
      int volume = (channel * p.depth.in + id) * inHeight * inWidth;
      int pixel = columnMajor ? iw * inHeight + ih : ih * inWidth + iw;
      buffers.setIndex((plane * p.rows.out + y) * p.columns.out + x, volume + pixel);
    }
  }

  private int firstInside(int d, int y, int x) {
    int kd = firstInside(plan.depth, d);
    int kh = firstInside(plan.rows, y);
    return (kd * plan.rows.taps + kh) * plan.columns.taps + firstInside(plan.columns, x);
  }

  private static int firstInside(Axis axis, int o) {
    for (int t = 0; t < axis.taps; t++) {
      long i = (long) o * axis.step + axis.start[t];
      if (i >= 0 && i < axis.in) {
        return t;
      }
    }
    throw new AssertionError("the plan refuses windows without a tap inside");
  }
}
