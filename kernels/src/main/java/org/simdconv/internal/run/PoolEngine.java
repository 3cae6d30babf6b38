package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.plan.PoolPlan;
import org.simdconv.internal.simd.RowKernels;

/**
 * Pooling, a band of output rows or whole planes at a time: the rows of each window are put
 * together to one line, whose columns stand as in the image, and then the columns of each window.
 * So a stride of 2 takes lanes apart once a window's row of outputs and not once a tap.
 *
 * <pre>
 * line[j] = max or sum over kernel planes and rows of  x[.., j]       ascending
 * y[o]    = max or sum over kernel columns of          line[o s + k d - p]
 * </pre>
 *
 * <p>Rows that are equally far apart are one call of a kernel: those of a plane whose windows are
 * inside, or the same row of many planes where these are small. A call a row cost 30 ns beside its
 * pixels, ten times what 14 of them take (3x3 on 14x14, JDK 25). Maxima are bounded by {@code max},
 * which is six instructions for NaN and the zeros: comparing and blending, four, gained nothing and
 * ran on boxed vectors once; rows of 14 kept in a register and their lanes permuted gained 5%.
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

  // For each first row of taps inside, that place of the first tap inside, an int in the bits.
  private final float[][] firstPixel;

  /**
   * Takes the decisions.
   *
   * @param indices whether to write where each maximum is
   * @param columnMajor whether these count down the columns of a plane
   */
  public PoolEngine(PoolPlan plan, boolean indices, boolean columnMajor) {
    super(
        Math.multiplyExact(plan.channels, plan.depth.out),
        plan.rows.out,
        plan.columns.out,
        (long) plan.rows.in * plan.columns.in);
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
    this.firstPixel = new float[indices ? plan.rows.taps : 0][];
    for (int y = 0; y < plan.rows.out && indices; y++) {
      int kh = plan.tapFrom[y];
      if (firstPixel[kh] == null) {
        firstPixel[kh] = new float[c.out];
        for (int x = 0; x < c.out; x++) {
          int kw = 0;
          while (c.input(x, kw) < 0) {
            kw++;
          }
          firstPixel[kh][x] = Float.intBitsToFloat(tapPixel[kh * c.taps + kw]);
        }
      }
    }
  }

  // Scratch: lines, a band of outputs, a band of one tap's columns, numbers, a copy of the inputs.

  @Override
  public int scratchFloats() {
    PoolPlan p = plan;
    long floats = p.lineFloats + 3L * p.bandFloats + p.stageFloats;
    return Math.toIntExact(floats);
  }

  private int resultsAt(int at) {
    return at + plan.lineFloats;
  }

  private int tapAt(int at) {
    return resultsAt(at) + plan.bandFloats;
  }

  private int numbersAt(int at) {
    return tapAt(at) + plan.bandFloats;
  }

  private int stageAt(int at) {
    return numbersAt(at) + plan.bandFloats;
  }

  /** Sets the border of the lines, which nothing overwrites. */
  @Override
  void prepare(float[] scratch, int at) {
    if (!plan.isInside()) {
      float border = plan.max ? Float.NEGATIVE_INFINITY : 0f;
      Arrays.fill(scratch, at, at + plan.lineFloats, border);
    }
  }

  @Override
  void rows(
      int plane, int count, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    PoolPlan p = plan;
    if (indices) {
      for (int i = plane; i < plane + count; i++) {
        for (int y = from; y < to; y += p.bandRows) {
          numbers(i, y, Math.min(to, y + p.bandRows), buffers, scratch, at);
        }
      }
      return;
    }
    if (p.bandPlanes > 1 && to - from == p.rows.out) {
      for (int i = 0; i < count; i += p.bandPlanes) {
        int planes = Math.min(p.bandPlanes, count - i);
        band(plane + i, planes, from, to, buffers, scratch, at, slot);
      }
      return;
    }
    for (int i = plane; i < plane + count; i++) {
      for (int y = from; y < to; y += p.bandRows) {
        band(i, 1, y, Math.min(to, y + p.bandRows), buffers, scratch, at, slot);
      }
    }
  }

  /** All rows of planes of images, or some of one. */
  private void band(
      int plane,
      int planes,
      int from,
      int to,
      Binding buffers,
      float[] scratch,
      int at,
      Slot slot) {
    PoolPlan p = plan;
    int width = p.columns.in;
    int inPlane = p.rows.in * width;
    int volume = p.depth.in * inPlane;
    int channel = plane / p.depth.out;
    int d = plane - channel * p.depth.out;
    // Starts of taps, and behind them where the planes of the window are.
    int[] taps = slot.starts(Math.max(p.windowRows, p.columns.taps) + p.depth.taps);
    int planeAt = taps.length - p.depth.taps;
    int inside = 0;
    for (int t = 0; t < p.depth.taps; t++) {
      int id = p.depth.input(d, t);
      if (id >= 0) {
        taps[planeAt + inside++] = channel * volume + id * inPlane;
      }
    }
    int low = p.firstRow(from);
    int high = p.endRow(to - 1);
    int lastPlane = taps[planeAt + inside - 1] + (planes - 1) * volume;
    float[] x = buffers.inPlace(lastPlane + (high - 1) * width, width + RowKernels.READ_AHEAD);
    if (x != null) {
      move(taps, planeAt, inside, buffers.inputAt);
    } else {
      x = scratch;
      int stage = stageAt(at);
      if (planes > 1) {
        // The planes of the windows lie in the volumes, which are copied whole.
        int first = channel * volume;
        buffers.load(first, scratch, stage, planes * volume);
        move(taps, planeAt, inside, stage - first);
      } else {
        int floats = (high - low) * width;
        for (int t = planeAt; t < planeAt + inside; t++) {
          buffers.load(taps[t] + low * width, scratch, stage, floats);
          taps[t] = stage - low * width;
          stage += floats;
        }
      }
    }
    int target = (plane * p.rows.out + from) * p.columns.out;
    float[] output = buffers.output;
    float[] out = output == null ? scratch : output;
    int o = output == null ? resultsAt(at) : buffers.outputAt + target;
    int n = to - from;
    if (p.isPairs) {
      pairs(x, taps[planeAt], planes, volume, from, n, out, o);
    } else {
      lines(x, taps, planeAt, inside, planes, volume, from, to, scratch, at);
      if (p.max || !p.divides3()) {
        columns(planes * n, taps, scratch, at, out, o);
      }
    }
    if (!p.max) {
      divide(d, planes, from, to, scratch, at, out, o);
    }
    if (output == null) {
      buffers.copy(scratch, o, 0, planes * n * p.columns.out, 1, target, 0);
    }
  }

  /** Rows and columns of windows of 2x2 at once. */
  private void pairs(
      float[] x, int plane, int planes, int volume, int from, int n, float[] out, int to) {
    PoolPlan p = plan;
    int width = p.columns.in;
    int outWidth = p.columns.out;
    int down = p.rows.step * width;
    int second = (p.rows.start[1] - p.rows.start[0]) * width;
    int first = plane + p.rows.input(from, 0) * width + p.columns.start[0];
    // The row of all planes, or the rows of each plane.
    boolean across = planes > n;
    int step = across ? volume : down;
    int outStep = across ? n * outWidth : outWidth;
    for (int i = 0; i < (across ? n : planes); i++) {
      int a = first + i * (across ? down : volume);
      int o = to + i * (across ? outWidth : n * outWidth);
      RowKernels.pairs(
          p.max, x, a, a + second, across ? planes : n, step, outWidth, out, o, outStep);
    }
  }

  /** Puts the rows of the windows together. */
  private void lines(
      float[] x,
      int[] taps,
      int planeAt,
      int inside,
      int planes,
      int volume,
      int from,
      int to,
      float[] scratch,
      int at) {
    PoolPlan p = plan;
    int width = p.columns.in;
    int down = p.rows.step * width;
    int n = to - from;
    for (int y = from, same; y < to; y += same) {
      same = p.sameRows(y, to);
      int count = 0;
      for (int t = 0; t < inside; t++) {
        for (int kh = p.tapFrom[y]; kh < p.tapTo[y]; kh++) {
          taps[count++] = taps[planeAt + t] + p.rows.input(y, kh) * width;
        }
      }
      // The row of all planes, or the rows of each plane.
      boolean across = planes > same;
      int rows = across ? planes : same;
      int step = across ? volume : down;
      int apart = across ? n * p.pitch : p.pitch;
      for (int i = 0; i < (across ? same : planes); i++) {
        int first = across ? y - from + i : i * n + y - from;
        int line = at + p.left + first * p.pitch;
        RowKernels.together(p.max, x, taps, count, rows, step, width, scratch, line, apart);
        move(taps, 0, count, across ? down : volume);
      }
    }
  }

  private static void move(int[] starts, int from, int count, int by) {
    for (int t = from; t < from + count; t++) {
      starts[t] += by;
    }
  }

  /** Puts the columns of the windows of lines together. */
  private void columns(int lines, int[] starts, float[] scratch, int at, float[] out, int to) {
    PoolPlan p = plan;
    Axis c = p.columns;
    int first = at + p.left + c.start[0];
    if (c.out == 1 && lines > 1) {
      RowKernels.across(
          p.max, scratch, first, lines, p.pitch, p.lineIndex, c.taps, p.apart, out, to);
    } else if (c.step == 1) {
      for (int t = 0; t < c.taps; t++) {
        starts[t] = first + t * p.apart;
      }
      RowKernels.together(p.max, scratch, starts, c.taps, lines, p.pitch, c.out, out, to, c.out);
    } else if (c.step == 2 && p.apart == 1 && (c.taps == 2 || c.taps == 3)) {
      RowKernels.togetherEveryOther(
          p.max, c.taps, scratch, first, lines, p.pitch, c.out, out, to, c.out);
    } else {
      every(scratch, first, lines, p.pitch, c.out, out, to);
      int tap = tapAt(at);
      for (int t = 1; t < c.taps; t++) {
        every(scratch, first + t * p.apart, lines, p.pitch, c.out, scratch, tap);
        RowKernels.accumulate(p.max, out, to, scratch, tap, lines * c.out);
      }
    }
  }

  /** The columns of a tap, a stride apart. */
  private void every(float[] x, int at, int lines, int step, int length, float[] out, int to) {
    Axis c = plan.columns;
    if (c.step == 1) {
      RowKernels.copy(x, at, lines, step, length, out, to, c.out);
    } else if (c.step == 2) {
      RowKernels.everyOther(x, at, lines, step, length, out, to, c.out);
    } else {
      RowKernels.everyNth(x, at, plan.nth, c.step, lines, step, length, out, to, c.out);
    }
  }

  /** Divides sums by their counts; of three columns it adds them as well. */
  private void divide(
      int d, int planes, int from, int to, float[] scratch, int at, float[] out, int o) {
    PoolPlan p = plan;
    int width = p.columns.out;
    if (p.oneDivisor) {
      RowKernels.divide(out, o, planes * (to - from) * width, p.divisors[0]);
      return;
    }
    int n = to - from;
    int line = at + p.left + p.columns.start[0];
    for (int y = from, same; y < to; y += same) {
      same = p.sameRows(y, to);
      int divisor = p.kind[d][y] * p.divisorFloats;
      boolean across = planes > same;
      int rows = across ? planes : same;
      int step = across ? n : 1;
      for (int i = 0; i < (across ? same : planes); i++) {
        int first = across ? y - from + i : i * n + y - from;
        if (p.divides3()) {
          RowKernels.averages3(
              scratch,
              line + first * p.pitch,
              p.apart,
              rows,
              step * p.pitch,
              width,
              p.divisors,
              p.reciprocals,
              divisor,
              p.largeDivisors,
              out,
              o + first * width,
              step * width);
        } else {
          RowKernels.divide(
              out,
              o + first * width,
              rows,
              step * width,
              width,
              p.divisors,
              p.reciprocals,
              divisor,
              p.largeDivisors);
        }
      }
    }
  }

  /** Rows of maxima and where they are, of an image. */
  private void numbers(int plane, int from, int to, Binding buffers, float[] scratch, int at) {
    PoolPlan p = plan;
    Axis r = p.rows;
    Axis c = p.columns;
    int width = c.in;
    int image = plane * r.in * width;
    int low = p.firstRow(from);
    int high = p.endRow(to - 1);
    float[] x = buffers.inPlace(image + high * width, RowKernels.READ_AHEAD);
    int begin = buffers.inputAt + image;
    if (x == null) {
      x = scratch;
      begin = stageAt(at) - low * width;
      buffers.load(image + low * width, scratch, stageAt(at), (high - low) * width);
    }
    int outWidth = c.out;
    int length = (to - from) * outWidth;
    int results = resultsAt(at);
    int tap = tapAt(at);
    int numbers = numbersAt(at);
    Arrays.fill(scratch, results, results + length, Float.NEGATIVE_INFINITY);
    for (int y = from; y < to; y++) {
      // Where there is nothing but minus infinity, the first tap inside.
      float[] first = firstPixel[p.tapFrom[y]];
      System.arraycopy(first, 0, scratch, numbers + (y - from) * outWidth, outWidth);
    }
    for (int kh = 0; kh < r.taps; kh++) {
      int y = Math.max(from, r.firstOutput(kh));
      int rows = Math.min(to, r.endOutput(kh)) - y;
      int done = (y - from) * outWidth;
      int number = kh * c.taps;
      if (rows > 0 && p.isInside() && c.step == 2 && c.taps == 2 && p.apart == 1) {
        RowKernels.maxAndNumberOfTwo(
            x,
            begin + r.input(y, kh) * width,
            rows,
            r.step * width,
            outWidth,
            tapPixel[number],
            tapPixel[number + 1],
            scratch,
            results + done,
            numbers + done);
        continue;
      }
      for (int kw = 0; kw < c.taps && rows > 0; kw++) {
        int first = c.firstOutput(kw);
        int end = c.endOutput(kw);
        if (first >= end) {
          continue;
        }
        if (first > 0 || end < outWidth) {
          Arrays.fill(scratch, tap, tap + rows * outWidth, Float.NEGATIVE_INFINITY);
        }
        every(
            x,
            begin + r.input(y, kh) * width + c.input(first, kw),
            rows,
            r.step * width,
            end - first,
            scratch,
            tap + first);
        RowKernels.maxAndNumber(
            scratch, results + done, numbers + done, tap, tapPixel[number + kw], rows * outWidth);
      }
    }
    int firstPlace = columnMajor ? image + from * r.step : image + from * r.step * width;
    int down = columnMajor ? r.step : r.step * width;
    int apart = columnMajor ? c.step * r.in : c.step;
    RowKernels.addPlaces(scratch, numbers, to - from, outWidth, firstPlace, down, apart);
    int target = (plane * r.out + from) * outWidth;
    buffers.copy(scratch, results, 0, length, 1, target, 0);
    buffers.copyIndices(scratch, numbers, length, target);
  }
}
