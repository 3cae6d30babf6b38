package org.simdconv.internal.run;

import java.util.Arrays;
import java.util.Objects;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.plan.PoolPlan;
import org.simdconv.internal.simd.PoolKernels;
import org.simdconv.internal.simd.RowKernels;
import org.simdconv.internal.simd.Species;

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
 * pixels, ten times what 14 of them take (3x3 on 14x14, JDK 25). Windows of three rows, the most
 * common, go down the columns of a plane and keep its rows in registers; many of 3x3 and stride 1,
 * and windows of 2x2 inside, need no lines. Lines of maxima hold keys; see {@link PoolKernels},
 * which writes whole vectors: a band's last rows are computed in scratch and copied.
 *
 * <p>Measured on a Zen 5 against loops that ended each row with a mask and took maxima of floats, 8
 * MiB in L3 (JDK 25, {@code images}): maxima of 3x3 of stride 1 on 14x14 450 to 220 us, stride 2 on
 * 112x112 280 to 230, of 2x2 160 to 120, with indices 410 to 145; averages of 3x3 on 56x56 500 to
 * 350. Without lines, averages of 3x3 on 56x56 330 to 260 us, on 14x14 350 to 250, of 512 KiB on
 * 28x28 30 to 15; maxima on 14x14 210 to 170, on 56x56 the same. Tried: maxima of stride 2 without
 * lines (not faster, as are averages with 8 lanes: {@link PoolPlan#isSquares}).
 *
 * <p>With indices other windows than 2x2 are taken tap by tap, and the number of the tap that is
 * largest so far is kept beside it: the first of equals; NaN is larger than any number. Immutable
 * and safe for concurrent runs.
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

  /** Sets the border of the lines, which nothing overwrites: zeros, the key of minus infinity. */
  @Override
  void prepare(float[] scratch, int at) {
    if (!plan.isInside()) {
      Arrays.fill(scratch, at, at + plan.lineFloats, 0f);
    }
  }

  @Override
  void rows(
      int plane, int count, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    PoolPlan p = plan;
    if (indices) {
      for (int i = plane; i < plane + count; i++) {
        for (int y = from; y < to; y += p.bandRows) {
          numbers(i, y, Math.min(to, y + p.bandRows), buffers, scratch, at, slot);
        }
      }
      return;
    }
    if (p.bandPlanes > 1 && to - from == p.rows.out) {
      for (int i = 0; i < count; i += p.bandPlanes) {
        int planes = Math.min(p.bandPlanes, count - i);
        band(plane + i, planes, from, to, buffers, scratch, at);
      }
      return;
    }
    for (int i = plane; i < plane + count; i++) {
      for (int y = from; y < to; y += p.bandRows) {
        band(i, 1, y, Math.min(to, y + p.bandRows), buffers, scratch, at);
      }
    }
  }

  /** All rows of planes of images, or some of one. */
  private void band(
      int plane, int planes, int from, int to, Binding buffers, float[] scratch, int at) {
    PoolPlan p = plan;
    int width = p.columns.in;
    int inPlane = p.rows.in * width;
    int volume = p.depth.in * inPlane;
    int channel = plane / p.depth.out;
    int d = plane - channel * p.depth.out;
    // The planes of the window that are inside follow each other.
    int inside = 0;
    int source = 0;
    int apart = 0;
    for (int t = 0; t < p.depth.taps; t++) {
      int id = p.depth.input(d, t);
      if (id >= 0) {
        int begin = channel * volume + id * inPlane;
        source = inside == 0 ? begin : source;
        apart = inside == 1 ? begin - source : apart;
        inside++;
      }
    }
    int low = p.firstRow(from);
    int high = p.endRow(to - 1);
    int lastPlane = source + (inside - 1) * apart + (planes - 1) * volume;
    float[] x = buffers.inPlace(lastPlane + (high - 1) * width, width + RowKernels.READ_AHEAD);
    // Squares begin before a row.
    boolean begins = !p.isSquares || buffers.inputAt + source + low * width >= p.left;
    if (x != null && begins) {
      source += buffers.inputAt;
    } else {
      x = scratch;
      int stage = stageAt(at);
      if (planes > 1) {
        // The planes of the windows lie in the volumes, which are copied whole.
        int first = channel * volume;
        buffers.load(first, scratch, stage, planes * volume);
        source += stage - first;
      } else {
        int floats = (high - low) * width;
        for (int t = 0; t < inside; t++) {
          int begin = source + t * apart + low * width;
          buffers.load(begin, scratch, stage + t * floats, floats);
        }
        source = stage - low * width;
        apart = floats;
      }
    }
    int target = (plane * p.rows.out + from) * p.columns.out;
    int n = to - from;
    if (p.isSquares) {
      squares(d, x, source, planes, volume, from, to, target, buffers, scratch, at);
      return;
    }
    int lines = at + p.left;
    if (!p.isPairs && p.isThreeRows) {
      threeRows(x, source, planes, volume, from, to, scratch, lines);
    } else if (!p.isPairs) {
      lines(x, source, inside, apart, planes, volume, from, to, scratch, lines);
    }
    // Kernels write whole vectors: the last rows go where there is room for that.
    int outWidth = p.columns.out;
    int all = planes * n;
    int most = buffers.output == null ? 0 : all - p.lastRows;
    for (int line = 0; line < all; ) {
      boolean direct = line < most;
      int count = direct ? most : all - line;
      float[] out = direct ? Objects.requireNonNull(buffers.output) : scratch;
      int place = target + line * outWidth;
      int o = direct ? buffers.outputAt + place : resultsAt(at);
      if (p.isPairs) {
        pairs(x, source, volume, from, n, line, count, out, o);
      } else {
        columns(d, from, n, line, count, scratch, at, out, o);
      }
      if (!p.max) {
        divide(d, from, n, line, count, out, o);
      }
      if (!direct) {
        buffers.copy(scratch, o, 0, count * outWidth, 1, place, 0);
      }
      line += count;
    }
  }

  /**
   * Windows of 3x3 of some planes. Kernels write whole vectors: the last rows go where there is
   * room for that.
   */
  private void squares(
      int d,
      float[] x,
      int plane,
      int planes,
      int volume,
      int from,
      int to,
      int target,
      Binding buffers,
      float[] scratch,
      int at) {
    PoolPlan p = plan;
    int rows = to - from;
    int outWidth = p.columns.out;
    float[] output = buffers.output;
    // First plane, and row of it, that goes through scratch.
    int last = output == null ? 0 : Math.max(0, planes - (p.lastRows + rows - 1) / rows);
    boolean divided = output != null && last == planes - 1 && rows > p.lastRows;
    int row = divided ? to - p.lastRows : from;
    int lastPlane = plane + last * volume;
    int lastPlace = target + last * rows * outWidth;
    if (output != null) {
      squares(d, x, plane, last, volume, from, to, output, buffers.outputAt + target);
      squares(d, x, lastPlane, 1, volume, from, row, output, buffers.outputAt + lastPlace);
    }
    int results = resultsAt(at);
    squares(d, x, lastPlane, planes - last, volume, row, to, scratch, results);
    int floats = (planes - last) * (to - row) * outWidth;
    buffers.copy(scratch, results, 0, floats, 1, lastPlace + (row - from) * outWidth, 0);
  }

  private void squares(
      int d, float[] x, int plane, int planes, int volume, int from, int to, float[] out, int o) {
    PoolPlan p = plan;
    int width = p.columns.in;
    int length = p.columns.out;
    int top = from + p.rows.start[0];
    boolean above = top < 0;
    boolean below = to - 1 + p.rows.start[2] >= p.rows.in;
    int at = plane + top * width;
    int n = to - from;
    if (planes == 0 || n == 0) {
      return;
    }
    if (p.max) {
      PoolKernels.squareMaxima(
          x, at, above, below, planes, volume, width, p.left, n, length, out, o);
    } else {
      PoolKernels.squareAverages(
          x,
          at,
          above,
          below,
          planes,
          volume,
          width,
          p.left,
          n,
          length,
          p.scales,
          p.divisorFloats,
          p.scaleAt[d],
          from,
          out,
          o);
    }
  }

  /** Computes some rows of windows of 2x2, counted through all planes. */
  private void pairs(
      float[] x,
      int plane,
      int volume,
      int from,
      int rows,
      int line,
      int count,
      float[] out,
      int to) {
    PoolPlan p = plan;
    Axis r = p.rows;
    int width = p.columns.in;
    int first = plane + r.input(from, 0) * width + p.columns.start[0];
    int second = first + (r.start[1] - r.start[0]) * width;
    int down = r.step * width;
    PoolKernels.pairs(
        p.max, x, first, second, rows, volume, line, count, down, p.columns.out, out, to);
  }

  /** Puts the three rows of windows together. */
  private void threeRows(
      float[] x, int plane, int planes, int volume, int from, int to, float[] scratch, int line) {
    PoolPlan p = plan;
    int width = p.columns.in;
    int down = p.rows.step;
    int top = from * down + p.rows.start[0];
    boolean above = top < 0;
    boolean below = (to - 1) * down + p.rows.start[2] >= p.rows.in;
    int first = plane + top * width;
    int n = to - from;
    if (p.max) {
      PoolKernels.maxima3(
          x, first, above, below, planes, volume, width, down, n, width, scratch, line, p.pitch);
    } else {
      PoolKernels.sums3(
          x, first, above, below, planes, volume, width, down, n, width, scratch, line, p.pitch);
    }
  }

  /**
   * Puts the rows of the windows together.
   *
   * @param source first plane of the first window
   * @param inside planes of a window
   * @param planeApart floats from one to the next
   */
  private void lines(
      float[] x,
      int source,
      int inside,
      int planeApart,
      int planes,
      int volume,
      int from,
      int to,
      float[] scratch,
      int at) {
    PoolPlan p = plan;
    int width = p.columns.in;
    int down = p.rows.step * width;
    int apart = p.rows.taps > 1 ? (p.rows.start[1] - p.rows.start[0]) * width : width;
    int n = to - from;
    for (int y = from, same; y < to; y += same) {
      same = p.sameRows(y, to);
      int tap = p.tapFrom[y];
      int top = source + p.rows.input(y, tap) * width;
      int count = p.tapTo[y] - tap;
      // The row of all planes, or the rows of each plane.
      boolean across = planes > same;
      int rows = across ? planes : same;
      int step = across ? volume : down;
      int pitch = across ? n * p.pitch : p.pitch;
      for (int i = 0; i < (across ? same : planes); i++) {
        int line = at + (across ? y - from + i : i * n + y - from) * p.pitch;
        int f = top + i * (across ? down : volume);
        if (p.max) {
          PoolKernels.maxima(
              x, f, inside, planeApart, count, apart, rows, step, width, scratch, line, pitch);
        } else {
          PoolKernels.sums(
              x, f, inside, planeApart, count, apart, rows, step, width, scratch, line, pitch);
        }
      }
    }
  }

  /**
   * Puts the columns of the windows of lines together, and divides the sums of three.
   *
   * @param d plane of a volume
   * @param from row of the first line
   * @param rows lines of a plane
   * @param line first line
   * @param count lines
   */
  private void columns(
      int d,
      int from,
      int rows,
      int line,
      int count,
      float[] scratch,
      int at,
      float[] out,
      int to) {
    PoolPlan p = plan;
    Axis c = p.columns;
    int first = at + p.left + c.start[0] + line * p.pitch;
    if (c.out == 1) {
      int[] index = p.lineIndex;
      if (p.max) {
        PoolKernels.acrossMaxima(c.taps, p.apart, scratch, first, count, p.pitch, index, out, to);
      } else {
        PoolKernels.acrossSums(c.taps, p.apart, scratch, first, count, p.pitch, index, out, to);
      }
    } else if (p.divides3()) {
      PoolKernels.averages3(
          scratch,
          first,
          count,
          p.pitch,
          c.out,
          p.scales,
          p.divisorFloats,
          p.scaleAt[d],
          from,
          rows,
          line % rows,
          out,
          to);
    } else if (c.step == 1) {
      if (p.max && c.taps == 3 && p.apart == 1) {
        PoolKernels.maxima3(scratch, first, count, p.pitch, c.out, out, to);
      } else if (p.max) {
        PoolKernels.columnMaxima(c.taps, p.apart, scratch, first, count, p.pitch, c.out, out, to);
      } else {
        PoolKernels.columnSums(c.taps, p.apart, scratch, first, count, p.pitch, c.out, out, to);
      }
    } else if (c.step == 2 && p.apart == 1 && (c.taps == 2 || c.taps == 3)) {
      if (p.max) {
        PoolKernels.everyOtherMaxima(c.taps, scratch, first, count, p.pitch, c.out, out, to);
      } else {
        PoolKernels.everyOtherSums(c.taps, scratch, first, count, p.pitch, c.out, out, to);
      }
    } else {
      every(scratch, first, count, p.pitch, c.out, out, to);
      int tap = tapAt(at);
      for (int t = 1; t < c.taps; t++) {
        every(scratch, first + t * p.apart, count, p.pitch, c.out, scratch, tap);
        PoolKernels.accumulate(p.max, out, to, scratch, tap, count * c.out);
      }
      if (p.max) {
        PoolKernels.fromKeys(out, to, count * c.out);
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

  /** Divides the sums of lines by their counts, unless it was done. */
  private void divide(int d, int from, int rows, int line, int count, float[] out, int o) {
    PoolPlan p = plan;
    int width = p.columns.out;
    if (p.divides3() || p.isPairs) {
      return;
    }
    if (p.oneDivisor) {
      PoolKernels.divide(out, o, count * width, -p.scales[p.divisorFloats]);
      return;
    }
    for (int i = line, same; i < line + count; i += same) {
      int y = from + i % rows;
      same = Math.min(p.sameRows(y, from + rows), line + count - i);
      PoolKernels.divide(
          out,
          o + (i - line) * width,
          same,
          width,
          p.scales,
          p.divisorFloats,
          p.scaleAt[d][y],
          p.largeDivisors);
    }
  }

  /** Rows of maxima and where they are, of an image. */
  private void numbers(
      int plane, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
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
    int firstPlace = columnMajor ? image + from * r.step : image + from * r.step * width;
    int down = columnMajor ? r.step : r.step * width;
    int apart = columnMajor ? c.step * r.in : c.step;
    int length = (to - from) * c.out;
    int target = (plane * r.out + from) * c.out;
    int results = resultsAt(at);
    if (!p.isPairs) {
      int numbers = numbersAt(at);
      tapByTap(x, begin, from, to, scratch, results, tapAt(at), numbers);
      PoolKernels.addPlaces(scratch, numbers, to - from, c.out, firstPlace, down, apart);
      buffers.copy(scratch, results, 0, length, 1, target, 0);
      buffers.copyIndices(scratch, numbers, length, target);
      return;
    }
    float[] out = buffers.output;
    int[] places = buffers.indices;
    int o = buffers.outputAt + target;
    int index = buffers.indicesAt + target;
    // Narrow rows are written past their ends.
    if (out == null || places == null || c.out < Species.LANES) {
      out = scratch;
      o = results;
      places = slot.ints(length + Species.LANES);
      index = 0;
    }
    PoolKernels.pairsAndPlaces(
        x,
        begin + r.input(from, 0) * width + c.start[0],
        begin + r.input(from, 1) * width + c.start[0],
        to - from,
        r.step * width,
        c.out,
        firstPlace,
        down,
        apart,
        tapPixel,
        out,
        o,
        places,
        index);
    if (out == scratch) {
      buffers.copy(scratch, o, 0, length, 1, target, 0);
      buffers.copyIndices(places, length, target);
    }
  }

  /** Maxima and the places of their taps. */
  private void tapByTap(
      float[] x, int begin, int from, int to, float[] scratch, int results, int tap, int numbers) {
    Axis r = plan.rows;
    Axis c = plan.columns;
    int width = c.in;
    int outWidth = c.out;
    int length = (to - from) * outWidth;
    Arrays.fill(scratch, results, results + length, Float.NEGATIVE_INFINITY);
    for (int y = from; y < to; y++) {
      // Where there is nothing but minus infinity, the first tap inside.
      float[] first = firstPixel[plan.tapFrom[y]];
      System.arraycopy(first, 0, scratch, numbers + (y - from) * outWidth, outWidth);
    }
    for (int kh = 0; kh < r.taps; kh++) {
      int y = Math.max(from, r.firstOutput(kh));
      int rows = Math.min(to, r.endOutput(kh)) - y;
      int done = (y - from) * outWidth;
      int number = kh * c.taps;
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
        PoolKernels.maxAndNumber(
            scratch, results + done, numbers + done, tap, tapPixel[number + kw], rows * outWidth);
      }
    }
  }
}
