package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.plan.PoolPlan;
import org.simdconv.internal.simd.RowKernels;

/**
 * Pooling, a row of outputs at a time: the rows of its window are put together to one line, whose
 * columns stand as in the image, and then the columns of each window. So a stride of 2 takes lanes
 * apart once a window's row of outputs and not once a tap.
 *
 * <pre>
 * line[j] = max or sum over kernel planes and rows of  x[.., j]       ascending
 * y[o]    = max or sum over kernel columns of          line[o s + k d - p]
 * </pre>
 *
 * <p>With indices it is tap by tap, and the number of the tap that is largest so far is kept beside
 * it: the first of equals; NaN is larger than any number. Immutable and safe for concurrent runs.
 */
public final class PoolEngine extends RowsEngine {
  private final PoolPlan plan;
  private final boolean indices;
  private final boolean columnMajor;

  // Where each tap of an image's window is, from the pixel of stride times the output on.
  private final int[] tapPixel;

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
    Axis c = plan.columns;
    this.tapPixel = new int[indices ? plan.rows.taps * c.taps : 0];
    for (int t = 0; t < tapPixel.length; t++) {
      int ih = plan.rows.start[t / c.taps];
      int iw = c.start[t % c.taps];
      tapPixel[t] = columnMajor ? iw * plan.rows.in + ih : ih * c.in + iw;
    }
  }

  private int outFloats() {
    return plan.columnCounts.length;
  }

  private int staged() {
    return plan.columns.in + RowKernels.READ_AHEAD;
  }

  @Override
  public int scratchFloats() {
    long floats = (long) plan.windowRows * staged() + plan.lineFloats + 3L * outFloats();
    return Math.toIntExact(floats);
  }

  private int lineAt(int at) {
    return at + 3 * outFloats();
  }

  /** Sets the border of the line, which nothing overwrites. */
  @Override
  void prepare(float[] scratch, int at) {
    PoolPlan p = plan;
    int line = lineAt(at);
    float border = p.max ? Float.NEGATIVE_INFINITY : 0f;
    Arrays.fill(scratch, line, line + p.left, border);
    Arrays.fill(scratch, line + p.left + p.columns.in, line + p.lineFloats, border);
  }

  @Override
  void rows(int plane, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    PoolPlan p = plan;
    int line = lineAt(at);
    int[] starts = slot.starts(Math.max(p.windowRows, p.columns.taps));
    for (int y = from; y < to; y++) {
      int target = (plane * p.rows.out + y) * p.columns.out;
      if (indices) {
        numbers(plane, y, target, buffers, scratch, at, line);
      } else {
        row(plane, y, target, starts, buffers, scratch, at, line);
      }
    }
  }

  /** A row of outputs. */
  private void row(
      int plane,
      int y,
      int target,
      int[] rows,
      Binding buffers,
      float[] scratch,
      int at,
      int line) {
    PoolPlan p = plan;
    int width = p.columns.in;
    int channel = plane / p.depth.out;
    int d = plane - channel * p.depth.out;
    int count = 0;
    int last = 0;
    for (int kd = 0; kd < p.depth.taps; kd++) {
      int id = input(p.depth, d, kd);
      for (int kh = 0; kh < p.rows.taps && id >= 0; kh++) {
        int ih = input(p.rows, y, kh);
        if (ih >= 0) {
          rows[count] = ((channel * p.depth.in + id) * p.rows.in + ih) * width;
          last = Math.max(last, rows[count++]);
        }
      }
    }
    float[] x = buffers.inPlace(last, staged());
    if (x != null) {
      for (int i = 0; i < count; i++) {
        rows[i] += buffers.inputAt;
      }
    } else {
      int stage = line + p.lineFloats;
      for (int i = 0; i < count; i++) {
        buffers.load(rows[i], scratch, stage + i * staged(), width);
        rows[i] = stage + i * staged();
      }
      x = scratch;
    }
    float[] source = scratch;
    int first = line + p.left;
    if (count == 1 && p.isInside() && p.columns.step <= 2) {
      source = x;
      first = rows[0];
    } else {
      together(x, rows, count, width, scratch, first);
    }
    first += p.columns.start[0];
    float[] output = buffers.output;
    if (p.max && output != null && isOnePass()) {
      columns(source, first, rows, scratch, at, output, buffers.outputAt + target);
      return;
    }
    columns(source, first, rows, scratch, at, scratch, at);
    if (!p.max) {
      float counts = p.depthCounts[d] * p.rowCounts[y];
      float[] out = output == null ? scratch : output;
      int o = output == null ? at : buffers.outputAt + target;
      RowKernels.divide(scratch, at, p.columnCounts, counts, p.columns.out, out, o);
    }
    if (p.max || output == null) {
      buffers.copy(scratch, at, 0, p.columns.out, 1, target, 0);
    }
  }

  /** The input of a tap; -1 if it is outside. */
  private static int input(Axis axis, int o, int tap) {
    long i = (long) o * axis.step + axis.start[tap];
    return i >= 0 && i < axis.in ? (int) i : -1;
  }

  /** Puts runs of {@code length} floats together, element by element, in their order. */
  private void together(float[] x, int[] from, int count, int length, float[] out, int to) {
    boolean max = plan.max;
    if (count >= 3) {
      if (max) {
        RowKernels.max3(x, from[0], from[1], from[2], length, out, to);
      } else {
        RowKernels.add3(x, from[0], from[1], from[2], length, out, to);
      }
    } else if (count == 2) {
      pair(x, from[0], x, from[1], length, out, to);
    } else {
      System.arraycopy(x, from[0], out, to, length);
    }
    for (int i = 3; i < count; i++) {
      pair(out, to, x, from[i], length, out, to);
    }
  }

  private void pair(float[] x, int a, float[] y, int b, int length, float[] out, int to) {
    if (plan.max) {
      RowKernels.max(x, a, y, b, length, out, to);
    } else {
      RowKernels.add(x, a, y, b, length, out, to);
    }
  }

  private int tapsApart() {
    Axis c = plan.columns;
    return c.taps > 1 ? c.start[1] - c.start[0] : 1;
  }

  /** Whether the columns of a window are put together in one pass, without reading results. */
  private boolean isOnePass() {
    return plan.columns.step == 1 ? plan.columns.taps <= 3 : isPairsOrTriples();
  }

  /** Whether stride 2 takes lanes apart for all columns of a window at once. */
  private boolean isPairsOrTriples() {
    Axis c = plan.columns;
    return c.step == 2 && tapsApart() == 1 && (c.taps == 2 || c.taps == 3);
  }

  /**
   * Puts the columns of the windows together.
   *
   * @param starts room for the taps
   * @param some scratch for a tap's columns, behind a row of results
   * @param out scratch, or, where one pass does it, any array
   */
  private void columns(
      float[] x, int at, int[] starts, float[] scratch, int some, float[] out, int to) {
    Axis c = plan.columns;
    if (isPairsOrTriples()) {
      if (c.taps == 2) {
        RowKernels.pairs(plan.max, x, at, c.out, out, to);
      } else {
        RowKernels.triples(plan.max, x, at, c.out, out, to);
      }
      return;
    }
    int apart = tapsApart();
    if (c.step == 1) {
      for (int t = 0; t < c.taps; t++) {
        starts[t] = at + t * apart;
      }
      together(x, starts, c.taps, c.out, out, to);
      return;
    }
    every(x, at, out, to);
    int tap = some + outFloats();
    for (int t = 1; t < c.taps; t++) {
      every(x, at + t * apart, scratch, tap);
      pair(out, to, scratch, tap, c.out, out, to);
    }
  }

  /** The columns of a tap, a stride apart. */
  private void every(float[] x, int at, float[] scratch, int to) {
    Axis c = plan.columns;
    if (c.step == 2) {
      RowKernels.everyOther(x, at, c.out, scratch, to);
    } else {
      RowKernels.everyNth(x, at, plan.nth, c.step, c.out, scratch, to);
    }
  }

  /** A row of maxima and where they are, of images. */
  private void numbers(
      int plane, int y, int target, Binding buffers, float[] scratch, int at, int line) {
    PoolPlan p = plan;
    Axis c = p.columns;
    int numbers = at + outFloats();
    int some = numbers + outFloats();
    Arrays.fill(scratch, at, numbers, Float.NEGATIVE_INFINITY);
    Arrays.fill(scratch, numbers, some, -1f);
    for (int kh = 0; kh < p.rows.taps; kh++) {
      int ih = input(p.rows, y, kh);
      if (ih < 0) {
        continue;
      }
      buffers.load((plane * p.rows.in + ih) * c.in, scratch, line + p.left, c.in);
      for (int kw = 0; kw < c.taps; kw++) {
        int x = line + p.left + c.start[kw];
        if (c.step > 1) {
          every(scratch, x, scratch, some);
          x = some;
        }
        int number = kh * c.taps + kw;
        RowKernels.maxAndNumber(scratch, at, scratch, numbers, scratch, x, number, c.out);
      }
    }
    buffers.copy(scratch, at, 0, c.out, 1, target, 0);
    int first = plane * p.rows.in * c.in + y * p.rows.step * (columnMajor ? 1 : c.in);
    int apart = c.step * (columnMajor ? p.rows.in : 1);
    for (int x = 0; x < c.out; x++) {
      int number = (int) scratch[numbers + x];
      if (number < 0) {
        // Nothing but minus infinity: the first tap inside.
        number = firstInside(p.rows, y) * c.taps + firstInside(c, x);
      }
      buffers.setIndex(target + x, first + x * apart + tapPixel[number]);
    }
  }

  private static int firstInside(Axis axis, int o) {
    int tap = 0;
    while (input(axis, o, tap) < 0) {
      tap++;
    }
    return tap;
  }
}
