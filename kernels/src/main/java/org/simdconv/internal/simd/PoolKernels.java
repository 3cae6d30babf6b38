package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of pooling: the rows of windows put together to lines, and the columns of lines to outputs;
 * or both at once.
 *
 * <p>Rows are a few vectors long, and a loop over these few cost as much as they did (56 columns,
 * JDK 25): one loop goes over the vectors of all rows. A store through a mask took some 50 cycles
 * in these loops on a Zen 5, more than the rest of the row (not so in a loop of nothing but stores,
 * nor in epilogues; the loads behind it seem to wait). So lines have room for whole vectors, and
 * results are written in whole vectors in ascending order, over the beginning of the next row,
 * which comes later, and up to a vector past the last one. What is read is read in whole vectors:
 * {@link RowKernels#READ_AHEAD} floats past a row must be there.
 *
 * <p>The lines of maxima hold keys, in the bits of floats: unsigned ints in the order of {@link
 * Math#max(float, float)}, minus infinity 0, NaN of either sign above infinity. A key is four
 * instructions and a maximum of keys one, where one of floats is six.
 *
 * <p>What a loop hands on from one pass to the next is always the result of an operation of this
 * pass, and an argument of the next one's, never what the method is called on: there C2 knows the
 * class of a vector only from the profile of that call. Without one it calls, and boxes all that it
 * hands over; and where rows were handed from variable to variable ({@code a = b; b = c}) it boxed
 * one a window (JDK 25, each in one JVM of three that ran all tests in random order).
 *
 * <p>Thread safety: static, no state.
 */
public final class PoolKernels {
  /** Counts below this divide by their reciprocal. */
  public static final float MOST_RECIPROCAL = 1 << 21;

  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final VectorSpecies<Integer> I = Species.INT;
  private static final int L = Species.LANES;

  // A float's bits, the magnitude of a negative one inverted, ascend from the negative NaNs on:
  // their place is above the positive ones.
  private static final int MAGNITUDE = 0x7fff_ffff;
  private static final int ABOVE_NEGATIVE_NAN = 0x7f80_0001;

  // Each lane's number. What lanes are selected by comes from it by an addition before the loop: a
  // constant of its own would be loaded, and brought into range, at every use (JDK 25).
  private static final IntVector PLACES = IntVector.zero(I).addIndex(1);

  // Changes no sum, not even the sign of zero.
  private static final FloatVector NOTHING = FloatVector.broadcast(S, -0f);

  private PoolKernels() {}

  /** The keys of a vector. Small, and always inlined (JDK 25): no vector becomes an object. */
  private static IntVector keys(float[] x, int at) {
    IntVector bits = FloatVector.fromArray(S, x, at).reinterpretAsInts();
    IntVector order =
        bits.lanewise(VectorOperators.ASHR, 31).and(MAGNITUDE).lanewise(VectorOperators.XOR, bits);
    return order.add(ABOVE_NEGATIVE_NAN);
  }

  /** The values of a vector of keys. */
  private static FloatVector values(IntVector keys) {
    IntVector order = IntVector.broadcast(I, -ABOVE_NEGATIVE_NAN).add(keys);
    return order
        .lanewise(VectorOperators.ASHR, 31)
        .and(MAGNITUDE)
        .lanewise(VectorOperators.XOR, order)
        .reinterpretAsFloats();
  }

  private static float value(int key) {
    int bits = key - ABOVE_NEGATIVE_NAN;
    return Float.intBitsToFloat(bits ^ (bits >> 31 & MAGNITUDE));
  }

  /**
   * Keys of the maxima of windows of three rows below each other, {@code down} of them apart: 1 or
   * 2. The first row of the first window may be above the plane, and the last row of the last one
   * below it.
   *
   * @param x input
   * @param at first row of the first window, even if it is above the plane
   * @param above whether it is
   * @param below whether the last row of the last window is below the plane
   * @param planes planes
   * @param volume floats from a plane to the next
   * @param step floats from a row to the next
   * @param down rows from a window to the next
   * @param rows windows of a plane
   * @param length elements of a row; below a vector it is filled up with zeros
   * @param out lines
   * @param to first line
   * @param pitch floats from a line to the next, also from a plane's last to the next one's first
   */
  public static void maxima3(
      float[] x,
      int at,
      boolean above,
      boolean below,
      int planes,
      int volume,
      int step,
      int down,
      int rows,
      int length,
      float[] out,
      int to,
      int pitch) {
    int end = length - L;
    int whole = below ? rows - 1 : rows;
    IntVector inside =
        IntVector.zero(I).blend(-1, VectorMask.fromLong(S, Species.first(length)).cast(I));
    for (int p = 0; p < planes; p++) {
      for (int i = 0; i < length; i = i < end ? Math.min(i + L, end) : length) {
        int f = at + p * volume + i;
        int o = to + p * rows * pitch + i;
        // Above the plane the second row again, which changes no maximum.
        IntVector a = keys(x, above ? f + step : f);
        if (down == 1) {
          IntVector b = keys(x, f + step);
          IntVector ab = b.lanewise(VectorOperators.UMAX, a);
          for (int r = 0; r < whole; r++) {
            IntVector c = keys(x, f + (r + 2) * step);
            c.lanewise(VectorOperators.UMAX, ab)
                .and(inside)
                .reinterpretAsFloats()
                .intoArray(out, o + r * pitch);
            ab = c.lanewise(VectorOperators.UMAX, b);
            b = c;
          }
          if (below) {
            inside.and(ab).reinterpretAsFloats().intoArray(out, o + whole * pitch);
          }
        } else {
          for (int r = 0; r < whole; r++) {
            IntVector b = keys(x, f + (2 * r + 1) * step);
            IntVector c = keys(x, f + (2 * r + 2) * step);
            b.lanewise(VectorOperators.UMAX, a)
                .lanewise(VectorOperators.UMAX, c)
                .and(inside)
                .reinterpretAsFloats()
                .intoArray(out, o + r * pitch);
            a = c;
          }
          if (below) {
            IntVector b = keys(x, f + (2 * whole + 1) * step);
            b.lanewise(VectorOperators.UMAX, a)
                .and(inside)
                .reinterpretAsFloats()
                .intoArray(out, o + whole * pitch);
          }
        }
      }
    }
  }

  /** As {@link #maxima3} of sums. */
  public static void sums3(
      float[] x,
      int at,
      boolean above,
      boolean below,
      int planes,
      int volume,
      int step,
      int down,
      int rows,
      int length,
      float[] out,
      int to,
      int pitch) {
    int end = length - L;
    int whole = below ? rows - 1 : rows;
    VectorMask<Float> inside = VectorMask.fromLong(S, Species.first(length));
    VectorMask<Float> outside = inside.not();
    FloatVector zero = FloatVector.zero(S);
    VectorMask<Float> beyond = VectorMask.fromLong(S, above ? -1L : 0L);
    for (int p = 0; p < planes; p++) {
      for (int i = 0; i < length; i = i < end ? Math.min(i + L, end) : length) {
        int f = at + p * volume + i;
        int o = to + p * rows * pitch + i;
        // Above the plane zeros, in place of whatever row is there.
        FloatVector a = FloatVector.fromArray(S, x, above ? f + step : f).blend(0f, beyond);
        if (down == 1) {
          FloatVector b = FloatVector.fromArray(S, x, f + step);
          FloatVector ab = b.add(a);
          for (int r = 0; r < whole; r++) {
            FloatVector c = FloatVector.fromArray(S, x, f + (r + 2) * step);
            c.add(ab).blend(0f, outside).intoArray(out, o + r * pitch);
            ab = c.add(b);
            b = c;
          }
          if (below) {
            zero.blend(ab, inside).intoArray(out, o + whole * pitch);
          }
        } else {
          for (int r = 0; r < whole; r++) {
            FloatVector b = FloatVector.fromArray(S, x, f + (2 * r + 1) * step);
            FloatVector c = FloatVector.fromArray(S, x, f + (2 * r + 2) * step);
            b.add(a).add(c).blend(0f, outside).intoArray(out, o + r * pitch);
            a = c;
          }
          if (below) {
            FloatVector b = FloatVector.fromArray(S, x, f + (2 * whole + 1) * step);
            b.add(a).blend(0f, outside).intoArray(out, o + whole * pitch);
          }
        }
      }
    }
  }

  /**
   * Maxima of windows of 3x3 of stride 1, without lines in between: down the columns of a plane a
   * vector at a time, of whose lanes all but two are outputs. What these two write is written again
   * by the next vector of columns or, where there is no other, the next row; but past the end of a
   * row that has its first columns behind it, they write what is there.
   *
   * @param x input
   * @param at first row of the first window, even if it is above the plane
   * @param above whether it is
   * @param below whether the last row of the last window is below the plane
   * @param planes planes
   * @param volume floats from a plane to the next
   * @param width elements of a row
   * @param left columns of the first window before the image
   * @param rows windows of a plane, down
   * @param length windows of a row
   * @param out where windows of a row, rows of a plane and planes follow each other
   * @param to the first
   */
  public static void squareMaxima(
      float[] x,
      int at,
      boolean above,
      boolean below,
      int planes,
      int volume,
      int width,
      int left,
      int rows,
      int length,
      float[] out,
      int to) {
    IntVector right = PLACES.add(1);
    IntVector second = PLACES.add(2);
    VectorMask<Float> spare = VectorMask.fromLong(S, -1L << (L - 2));
    int last = Math.max(0, length - (L - 2));
    // A row that is outside is in the place of one inside, which changes no maximum.
    int whole = below ? rows - 1 : rows;
    for (int p = 0; p < planes; p++) {
      for (int i = 0; i < length; i = i < last ? Math.min(i + L - 2, last) : length) {
        int f = at + p * volume + i - left;
        int o = to + p * rows * length + i;
        boolean keeps = i > 0 && i + L > length;
        VectorMask<Float> lanes = VectorMask.fromLong(S, Species.inside(i - left, 0, width));
        IntVector inside = IntVector.zero(I).blend(-1, lanes.cast(I));
        f += width;
        IntVector a = keys(x, above ? f : f - width);
        IntVector b = keys(x, f);
        IntVector ab = b.lanewise(VectorOperators.UMAX, a);
        for (int r = 0; r < rows; r++) {
          f += r < whole ? width : 0;
          IntVector c = keys(x, f);
          IntVector m = c.lanewise(VectorOperators.UMAX, ab).and(inside);
          IntVector n = right.selectFrom(m, m);
          FloatVector y =
              values(
                  n.lanewise(VectorOperators.UMAX, m)
                      .lanewise(VectorOperators.UMAX, second.selectFrom(m, m)));
          if (keeps) {
            y = y.blend(FloatVector.fromArray(S, out, o), spare);
          }
          y.intoArray(out, o);
          o += length;
          ab = c.lanewise(VectorOperators.UMAX, b);
          b = c;
        }
      }
    }
  }

  /**
   * {@link #squareMaxima} of averages, divided as {@link #divide(float[], int, int, float)} does.
   *
   * @param scales for each kind of row its divisors' reciprocals, in whole vectors, and {@code
   *     negated} floats behind these the negated divisors
   * @param scaleAt where they begin for each row of windows of a plane
   * @param from the first window's row
   */
  public static void squareAverages(
      float[] x,
      int at,
      boolean above,
      boolean below,
      int planes,
      int volume,
      int width,
      int left,
      int rows,
      int length,
      float[] scales,
      int negated,
      int[] scaleAt,
      int from,
      float[] out,
      int to) {
    IntVector right = PLACES.add(1);
    IntVector second = PLACES.add(2);
    VectorMask<Float> spare = VectorMask.fromLong(S, -1L << (L - 2));
    VectorMask<Float> beyond = VectorMask.fromLong(S, above ? -1L : 0L);
    int last = Math.max(0, length - (L - 2));
    int whole = below ? rows - 1 : rows;
    for (int p = 0; p < planes; p++) {
      for (int i = 0; i < length; i = i < last ? Math.min(i + L - 2, last) : length) {
        int f = at + p * volume + i - left;
        int o = to + p * rows * length + i;
        boolean keeps = i > 0 && i + L > length;
        VectorMask<Float> inside = VectorMask.fromLong(S, Species.inside(i - left, 0, width));
        f += width;
        FloatVector a = FloatVector.fromArray(S, x, above ? f : f - width).blend(0f, beyond);
        FloatVector b = FloatVector.fromArray(S, x, f);
        FloatVector ab = b.add(a);
        for (int r = 0; r < rows; ) {
          int t = scaleAt[from + r];
          FloatVector reciprocal = FloatVector.fromArray(S, scales, t + i);
          FloatVector minus = FloatVector.fromArray(S, scales, t + negated + i);
          do {
            f += r < whole ? width : 0;
            FloatVector c = FloatVector.fromArray(S, x, f);
            FloatVector abc = r < whole ? c.add(ab) : ab;
            IntVector m = FloatVector.zero(S).blend(abc, inside).reinterpretAsInts();
            FloatVector v =
                m.reinterpretAsFloats()
                    .add(right.selectFrom(m, m).reinterpretAsFloats())
                    .add(second.selectFrom(m, m).reinterpretAsFloats());
            FloatVector q = v.mul(reciprocal);
            FloatVector e = q.fma(minus, v);
            FloatVector y = e.fma(reciprocal, q);
            // Up to the root of it a division more does no harm, and infinities leave NaN.
            if (!y.mul(y)
                .compare(VectorOperators.GE, Float.MIN_NORMAL)
                .or(v.compare(VectorOperators.EQ, 0f))
                .allTrue()) {
              y = v.add(0f).div(minus.neg());
            }
            if (keeps) {
              y = y.blend(FloatVector.fromArray(S, out, o), spare);
            }
            y.intoArray(out, o);
            o += length;
            ab = c.add(b);
            b = c;
            r++;
          } while (r < rows && scaleAt[from + r] == t);
        }
      }
    }
  }

  /**
   * Puts runs of rows together, element by element, in their order: {@code out[to + r outStep + i]
   * = the sum over p and k of x[at + p volume + k apart + r step + i]}; rows below a vector are
   * filled up with zeros. One method each for sums and maxima, here and below: where one had both,
   * C2 boxed the vector that came from either (JDK 25, in the JVM of all tests).
   *
   * @param planes number of p
   * @param count number of k
   * @param rows rows
   * @param step floats from a row to the next
   * @param length elements of a row
   * @param outStep floats from a row of results to the next
   */
  public static void sums(
      float[] x,
      int at,
      int planes,
      int volume,
      int count,
      int apart,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    int last = Math.max(0, length - L);
    VectorMask<Float> inside = VectorMask.fromLong(S, Species.first(length));
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    int f = at;
    int o = to;
    for (int r = 0; r < rows; ) {
      FloatVector y = FloatVector.fromArray(S, x, f + i);
      for (int k = 1; k < count; k++) {
        y = FloatVector.fromArray(S, x, f + i + k * apart).add(y);
      }
      for (int p = 1; p < planes; p++) {
        for (int k = 0; k < count; k++) {
          y = FloatVector.fromArray(S, x, f + i + p * volume + k * apart).add(y);
        }
      }
      zero.blend(y, inside).intoArray(out, o + i);
      if (i < last) {
        i = Math.min(i + L, last);
      } else {
        i = 0;
        f += step;
        o += outStep;
        r++;
      }
    }
  }

  /** As {@link #sums} the keys of maxima. */
  public static void maxima(
      float[] x,
      int at,
      int planes,
      int volume,
      int count,
      int apart,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    int last = Math.max(0, length - L);
    IntVector inside =
        IntVector.zero(I).blend(-1, VectorMask.fromLong(S, Species.first(length)).cast(I));
    int i = 0;
    int f = at;
    int o = to;
    for (int r = 0; r < rows; ) {
      IntVector y = keys(x, f + i);
      for (int k = 1; k < count; k++) {
        y = keys(x, f + i + k * apart).lanewise(VectorOperators.UMAX, y);
      }
      for (int p = 1; p < planes; p++) {
        for (int k = 0; k < count; k++) {
          y = keys(x, f + i + p * volume + k * apart).lanewise(VectorOperators.UMAX, y);
        }
      }
      inside.and(y).reinterpretAsFloats().intoArray(out, o + i);
      if (i < last) {
        i = Math.min(i + L, last);
      } else {
        i = 0;
        f += step;
        o += outStep;
        r++;
      }
    }
  }

  /**
   * Puts columns of lines together, each with those to its right: {@code out[to + r length + i] =
   * the sum over k of x[at + r pitch + i + k apart]}.
   */
  public static void columnSums(
      int taps,
      int apart,
      float[] x,
      int at,
      int lines,
      int pitch,
      int length,
      float[] out,
      int to) {
    int skip = pitch - RowKernels.vectors(length) * L;
    int f = at;
    int o = to;
    int rowEnd = to + length;
    int end = to + lines * length;
    while (o < end) {
      FloatVector y = FloatVector.fromArray(S, x, f);
      for (int k = 1; k < taps; k++) {
        y = FloatVector.fromArray(S, x, f + k * apart).add(y);
      }
      NOTHING.add(y).intoArray(out, o);
      f += L;
      o += L;
      if (o >= rowEnd) {
        f += skip;
        o = rowEnd;
        rowEnd += length;
      }
    }
  }

  /** As {@link #columnSums} the maxima, by keys. */
  public static void columnMaxima(
      int taps,
      int apart,
      float[] x,
      int at,
      int lines,
      int pitch,
      int length,
      float[] out,
      int to) {
    int skip = pitch - RowKernels.vectors(length) * L;
    int f = at;
    int o = to;
    int rowEnd = to + length;
    int end = to + lines * length;
    while (o < end) {
      IntVector y = FloatVector.fromArray(S, x, f).reinterpretAsInts();
      for (int k = 1; k < taps; k++) {
        IntVector v = FloatVector.fromArray(S, x, f + k * apart).reinterpretAsInts();
        y = v.lanewise(VectorOperators.UMAX, y);
      }
      values(y).intoArray(out, o);
      f += L;
      o += L;
      if (o >= rowEnd) {
        f += skip;
        o = rowEnd;
        rowEnd += length;
      }
    }
  }

  /** {@link #columnMaxima} of three that follow each other. */
  public static void maxima3(
      float[] x, int at, int lines, int pitch, int length, float[] out, int to) {
    IntVector right = PLACES.add(1);
    IntVector second = PLACES.add(2);
    int skip = pitch - RowKernels.vectors(length) * L;
    int f = at;
    int o = to;
    int rowEnd = to + length;
    int end = to + lines * length;
    IntVector a = FloatVector.fromArray(S, x, f).reinterpretAsInts();
    while (o < end) {
      IntVector next = FloatVector.fromArray(S, x, f + L).reinterpretAsInts();
      IntVector b = right.selectFrom(a, next);
      IntVector c = second.selectFrom(a, next);
      FloatVector y = values(b.lanewise(VectorOperators.UMAX, a).lanewise(VectorOperators.UMAX, c));
      y.intoArray(out, o);
      o += L;
      f += L;
      a = next;
      if (o >= rowEnd) {
        o = rowEnd;
        rowEnd += length;
        f += skip;
        a = FloatVector.fromArray(S, x, f).reinterpretAsInts();
      }
    }
  }

  /**
   * {@link #columnSums} of three that follow each other, each divided as {@link #divide(float[],
   * int, int, float)} does.
   *
   * @param scales for each kind of line its divisors' reciprocals, in whole vectors, and {@code
   *     negated} floats behind these the negated divisors
   * @param scaleAt where they begin for each row of a plane
   * @param from row of a plane's first line
   * @param rows lines of a plane
   * @param row which of these the first line is
   */
  public static void averages3(
      float[] x,
      int at,
      int lines,
      int pitch,
      int length,
      float[] scales,
      int negated,
      int[] scaleAt,
      int from,
      int rows,
      int row,
      float[] out,
      int to) {
    int skip = pitch - RowKernels.vectors(length) * L;
    int line = row;
    int f = at;
    int o = to;
    for (int n = 0; n < lines; n++) {
      int t = scaleAt[from + line];
      int rowEnd = o + length;
      do {
        FloatVector v =
            FloatVector.fromArray(S, x, f)
                .add(FloatVector.fromArray(S, x, f + 1))
                .add(FloatVector.fromArray(S, x, f + 2));
        FloatVector reciprocal = FloatVector.fromArray(S, scales, t);
        FloatVector minus = FloatVector.fromArray(S, scales, t + negated);
        FloatVector q = v.mul(reciprocal);
        FloatVector e = q.fma(minus, v);
        FloatVector y = e.fma(reciprocal, q);
        // Up to the root of it a division more does no harm, and infinities leave NaN.
        if (!y.mul(y)
            .compare(VectorOperators.GE, Float.MIN_NORMAL)
            .or(v.compare(VectorOperators.EQ, 0f))
            .allTrue()) {
          y = v.add(0f).div(minus.neg());
        }
        y.intoArray(out, o);
        o += L;
        f += L;
        t += L;
      } while (o < rowEnd);
      o = rowEnd;
      f += skip;
      line = line + 1 < rows ? line + 1 : 0;
    }
  }

  /**
   * Columns of windows of two or three of stride 2: {@code out[to + r length + i] = the sum over k
   * of x[at + r pitch + 2 i + k]}.
   */
  public static void everyOtherSums(
      int taps, float[] x, int at, int lines, int pitch, int length, float[] out, int to) {
    IntVector evens = PLACES.add(PLACES);
    IntVector odds = evens.add(1);
    IntVector right = PLACES.add(1);
    boolean three = taps == 3;
    int skip = pitch - 2 * RowKernels.vectors(length) * L;
    int f = at;
    int o = to;
    int rowEnd = to + length;
    int end = to + lines * length;
    while (o < end) {
      IntVector u = FloatVector.fromArray(S, x, f).reinterpretAsInts();
      IntVector v = FloatVector.fromArray(S, x, f + L).reinterpretAsInts();
      IntVector even = evens.selectFrom(u, v);
      IntVector odd = odds.selectFrom(u, v);
      FloatVector y = even.reinterpretAsFloats().add(odd.reinterpretAsFloats());
      if (three) {
        int behind = Float.floatToRawIntBits(x[f + 2 * L]);
        IntVector next = right.selectFrom(even, IntVector.broadcast(I, behind));
        y = y.lanewise(VectorOperators.ADD, next.reinterpretAsFloats());
      }
      y.intoArray(out, o);
      f += 2 * L;
      o += L;
      if (o >= rowEnd) {
        f += skip;
        o = rowEnd;
        rowEnd += length;
      }
    }
  }

  /** As {@link #everyOtherSums} the maxima, by keys. */
  public static void everyOtherMaxima(
      int taps, float[] x, int at, int lines, int pitch, int length, float[] out, int to) {
    IntVector evens = PLACES.add(PLACES);
    IntVector odds = evens.add(1);
    IntVector right = PLACES.add(1);
    boolean three = taps == 3;
    int skip = pitch - 2 * RowKernels.vectors(length) * L;
    int f = at;
    int o = to;
    int rowEnd = to + length;
    int end = to + lines * length;
    while (o < end) {
      IntVector u = FloatVector.fromArray(S, x, f).reinterpretAsInts();
      IntVector v = FloatVector.fromArray(S, x, f + L).reinterpretAsInts();
      IntVector even = evens.selectFrom(u, v);
      IntVector odd = odds.selectFrom(u, v);
      IntVector y = even.lanewise(VectorOperators.UMAX, odd);
      if (three) {
        int behind = Float.floatToRawIntBits(x[f + 2 * L]);
        IntVector next = right.selectFrom(even, IntVector.broadcast(I, behind));
        y = y.lanewise(VectorOperators.UMAX, next);
      }
      values(y).intoArray(out, o);
      f += 2 * L;
      o += L;
      if (o >= rowEnd) {
        f += skip;
        o = rowEnd;
        rowEnd += length;
      }
    }
  }

  /**
   * Puts the columns of lines together to one: {@code out[to + r] = the sum over k of x[at + r
   * pitch + k apart]}, a line in each lane, {@code index[i] = pitch * i} for a vector. Line by line
   * with scalars took 40% more (7x7, JDK 25).
   */
  public static void acrossSums(
      int taps,
      int apart,
      float[] x,
      int at,
      int lines,
      int pitch,
      int[] index,
      float[] out,
      int to) {
    int r = 0;
    for (; r <= lines - L; r += L) {
      int f = at + r * pitch;
      FloatVector y = FloatVector.fromArray(S, x, f, index, 0);
      for (int k = 1; k < taps; k++) {
        y = FloatVector.fromArray(S, x, f + k * apart, index, 0).add(y);
      }
      NOTHING.add(y).intoArray(out, to + r);
    }
    for (; r < lines; r++) {
      int f = at + r * pitch;
      float sum = x[f];
      for (int k = 1; k < taps; k++) {
        sum += x[f + k * apart];
      }
      out[to + r] = sum;
    }
  }

  /** As {@link #acrossSums} the maxima, by keys. */
  public static void acrossMaxima(
      int taps,
      int apart,
      float[] x,
      int at,
      int lines,
      int pitch,
      int[] index,
      float[] out,
      int to) {
    int r = 0;
    for (; r <= lines - L; r += L) {
      int f = at + r * pitch;
      IntVector y = FloatVector.fromArray(S, x, f, index, 0).reinterpretAsInts();
      for (int k = 1; k < taps; k++) {
        IntVector v = FloatVector.fromArray(S, x, f + k * apart, index, 0).reinterpretAsInts();
        y = v.lanewise(VectorOperators.UMAX, y);
      }
      values(y).intoArray(out, to + r);
    }
    for (; r < lines; r++) {
      int f = at + r * pitch;
      int most = Float.floatToRawIntBits(x[f]);
      for (int k = 1; k < taps; k++) {
        int key = Float.floatToRawIntBits(x[f + k * apart]);
        most = Integer.compareUnsigned(key, most) > 0 ? key : most;
      }
      out[to + r] = value(most);
    }
  }

  /** {@code y[to + i] = sum, or the larger key, of y[to + i] and x[at + i]}. */
  public static void accumulate(boolean max, float[] y, int to, float[] x, int at, int length) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector u = FloatVector.fromArray(S, y, to + i);
      FloatVector v = FloatVector.fromArray(S, x, at + i);
      FloatVector sum =
          max
              ? u.reinterpretAsInts()
                  .lanewise(VectorOperators.UMAX, v.reinterpretAsInts())
                  .reinterpretAsFloats()
              : u.add(v);
      sum.intoArray(y, to + i);
    }
    for (; i < length; i++) {
      if (max) {
        int a = Float.floatToRawIntBits(y[to + i]);
        int b = Float.floatToRawIntBits(x[at + i]);
        y[to + i] = Integer.compareUnsigned(b, a) > 0 ? x[at + i] : y[to + i];
      } else {
        y[to + i] += x[at + i];
      }
    }
  }

  /** Replaces keys by their values. */
  public static void fromKeys(float[] y, int at, int length) {
    int i = 0;
    for (; i <= length - L; i += L) {
      values(FloatVector.fromArray(S, y, at + i).reinterpretAsInts()).intoArray(y, at + i);
    }
    for (; i < length; i++) {
      y[at + i] = value(Float.floatToRawIntBits(y[at + i]));
    }
  }

  /**
   * Windows of 2x2 of stride 2, without the rows of them in between: {@code out[to + i] = max or
   * mean of (x[a + 2 i], x[b + 2 i])} and those of the next column, and {@code step} floats further
   * for each row, {@code volume} for each plane. A quarter of a sum is exact, or rounded as the
   * quotient is.
   *
   * @param a first row of the first window
   * @param b its second row
   * @param rows rows of outputs of a plane
   * @param first which of these, of all planes, comes first
   * @param count how many
   */
  public static void pairs(
      boolean max,
      float[] x,
      int a,
      int b,
      int rows,
      int volume,
      int first,
      int count,
      int step,
      int length,
      float[] out,
      int to) {
    IntVector evens = PLACES.add(PLACES);
    IntVector odds = evens.add(1);
    int under = b - a;
    int skip = step - 2 * RowKernels.vectors(length) * L;
    int skipPlane = volume - rows * step;
    int left = rows - first % rows;
    int f = a + first / rows * volume + first % rows * step;
    int o = to;
    int rowEnd = to + length;
    int end = to + count * length;
    while (o < end) {
      FloatVector u = FloatVector.fromArray(S, x, f);
      FloatVector v = FloatVector.fromArray(S, x, f + L);
      FloatVector w = FloatVector.fromArray(S, x, f + under);
      FloatVector z = FloatVector.fromArray(S, x, f + under + L);
      IntVector p = (max ? u.max(w) : u.add(w)).reinterpretAsInts();
      IntVector q = (max ? v.max(z) : v.add(z)).reinterpretAsInts();
      FloatVector even = evens.selectFrom(p, q).reinterpretAsFloats();
      FloatVector odd = odds.selectFrom(p, q).reinterpretAsFloats();
      (max ? even.max(odd) : even.add(odd).add(0f).mul(0.25f)).intoArray(out, o);
      f += 2 * L;
      o += L;
      if (o >= rowEnd) {
        f += skip;
        o = rowEnd;
        rowEnd += length;
        left--;
        if (left == 0) {
          left = rows;
          f += skipPlane;
        }
      }
    }
  }

  /**
   * Maxima of windows of 2x2 of stride 2 and where each is: the first of equals in the order of the
   * taps; NaN is larger than any number. Rows of less than a vector need a vector's room behind
   * each: that of the next row, which is written later.
   *
   * @param x input
   * @param a first row of the first window
   * @param b its second row
   * @param rows rows of outputs
   * @param step floats from a row of windows to the next
   * @param length outputs of a row
   * @param place of the first window, to which those of its taps are added
   * @param down places from a row of windows to the next
   * @param apart places from a window to the next
   * @param tapPlace places from a window's first tap to each
   * @param y maxima, one row behind the other
   * @param to first of them
   * @param places of the maxima
   * @param first first of them
   */
  public static void pairsAndPlaces(
      float[] x,
      int a,
      int b,
      int rows,
      int step,
      int length,
      int place,
      int down,
      int apart,
      int[] tapPlace,
      float[] y,
      int to,
      int[] places,
      int first) {
    IntVector evens = PLACES.add(PLACES);
    IntVector odds = evens.add(1);
    IntVector second = IntVector.broadcast(I, tapPlace[1] - tapPlace[0]);
    IntVector third = IntVector.broadcast(I, tapPlace[2] - tapPlace[0]);
    IntVector fourth = IntVector.broadcast(I, tapPlace[3] - tapPlace[0]);
    IntVector across = PLACES.mul(apart).add(tapPlace[0]);
    IntVector zero = IntVector.zero(I);
    int under = b - a;
    int last = Math.max(0, length - L);
    int i = 0;
    int row = a;
    int o = 0;
    int begin = place;
    for (int n = rows * RowKernels.vectors(length); n > 0; n--) {
      int f = row + 2 * i;
      IntVector u = FloatVector.fromArray(S, x, f).reinterpretAsInts();
      IntVector v = FloatVector.fromArray(S, x, f + L).reinterpretAsInts();
      IntVector w = FloatVector.fromArray(S, x, f + under).reinterpretAsInts();
      IntVector z = FloatVector.fromArray(S, x, f + under + L).reinterpretAsInts();
      FloatVector most = evens.selectFrom(u, v).reinterpretAsFloats();
      FloatVector next = odds.selectFrom(u, v).reinterpretAsFloats();
      FloatVector lower = evens.selectFrom(w, z).reinterpretAsFloats();
      FloatVector fourthTap = odds.selectFrom(w, z).reinterpretAsFloats();
      VectorMask<Float> takes =
          next.compare(VectorOperators.LE, most).not().and(most.compare(VectorOperators.EQ, most));
      most = most.blend(next, takes);
      IntVector tap = zero.blend(second, takes.cast(I));
      takes =
          lower.compare(VectorOperators.LE, most).not().and(most.compare(VectorOperators.EQ, most));
      most = most.blend(lower, takes);
      tap = tap.blend(third, takes.cast(I));
      takes =
          fourthTap
              .compare(VectorOperators.LE, most)
              .not()
              .and(most.compare(VectorOperators.EQ, most));
      most = most.blend(fourthTap, takes);
      most.intoArray(y, to + o + i);
      tap.blend(fourth, takes.cast(I))
          .add(across)
          .add(begin + i * apart)
          .intoArray(places, first + o + i);
      if (i < last) {
        i = Math.min(i + L, last);
      } else {
        i = 0;
        row += step;
        o += length;
        begin += down;
      }
    }
  }

  /**
   * Puts the maxima of windows of 2x2 of stride 2 back to their places, and zeros beside them, as
   * long as each place is in its own window.
   *
   * @param x maxima
   * @param at first of them
   * @param places where they go in a plane of the width of the outputs, plus {@code base}
   * @param first first place
   * @param rows rows of maxima
   * @param length maxima of a row, at least a vector
   * @param out outputs
   * @param to first of them
   * @param width outputs of a row, at least {@code 2 length}
   * @return whether all places were; if not, the outputs are nothing in particular
   */
  public static boolean unpoolPairs(
      float[] x,
      int at,
      int[] places,
      int base,
      int first,
      int rows,
      int length,
      float[] out,
      int to,
      int width) {
    IntVector lower = PLACES.lanewise(VectorOperators.LSHR, 1);
    IntVector upper = lower.add(L / 2);
    IntVector odd = PLACES.and(1);
    IntVector windows = PLACES.add(PLACES).add(base);
    FloatVector zero = FloatVector.zero(S);
    IntVector zeros = IntVector.zero(I);
    IntVector outside = zeros;
    int last = length - L;
    int i = 0;
    int f = 0;
    int row = 0;
    for (int n = rows * RowKernels.vectors(length); n > 0; n--) {
      IntVector v = FloatVector.fromArray(S, x, at + f + i).reinterpretAsInts();
      // From the places of the windows on.
      IntVector p = IntVector.fromArray(I, places, first + f + i).sub(windows.add(row + 2 * i));
      // 0 and 1, and so much further in the second row.
      IntVector q = p.sub(width).and(-2).lanewise(VectorOperators.UMIN, p.and(-2));
      outside = q.lanewise(VectorOperators.OR, outside);
      // The places of a pair of outputs count from the same window, and its second is place 1.
      IntVector p0 = lower.selectFrom(p).sub(odd);
      IntVector p1 = upper.selectFrom(p).sub(odd);
      FloatVector v0 = lower.selectFrom(v).reinterpretAsFloats();
      FloatVector v1 = upper.selectFrom(v).reinterpretAsFloats();
      int o = to + row + 2 * i;
      zero.blend(v0, p0.compare(VectorOperators.EQ, 0).cast(S)).intoArray(out, o);
      zero.blend(v1, p1.compare(VectorOperators.EQ, 0).cast(S)).intoArray(out, o + L);
      zero.blend(v0, p0.compare(VectorOperators.EQ, width).cast(S)).intoArray(out, o + width);
      zero.blend(v1, p1.compare(VectorOperators.EQ, width).cast(S)).intoArray(out, o + width + L);
      if (i < last) {
        i = Math.min(i + L, last);
      } else {
        if (!zeros.compare(VectorOperators.EQ, outside).allTrue()) {
          return false;
        }
        i = 0;
        f += length;
        row += 2 * width;
      }
    }
    return true;
  }

  /**
   * {@code x[at + i] / count}, with a zero of either sign to 0, in place. A vector division takes
   * 16 cycles, so where it can be, it is a multiplication by the reciprocal, put right: with {@code
   * q = x r} and the remainder {@code e = x - q count}, exact, {@code q + e r} rounds to the
   * quotient. For {@code |x / count - q| < 1.5 ulp}, so that sum is off by less than {@code 1.5 *
   * 2^-24 ulp} before its one rounding, and {@code x / count} is no nearer to the middle of two
   * floats than {@code ulp / (2 count)}: enough below {@link #MOST_RECIPROCAL}. Subnormal
   * quotients, which can be in the middle, are divided, as are, for one comparison fewer, all up to
   * the root of the least normal number, and infinities, whose remainder is NaN. (After P.
   * Markstein, "Computation of elementary functions on the IBM RISC System/6000 processor", 1990.)
   */
  public static void divide(float[] x, int at, int length, float count) {
    float r = 1 / count;
    int i = 0;
    if (count >= MOST_RECIPROCAL) {
      for (; i <= length - L; i += L) {
        FloatVector.fromArray(S, x, at + i).add(0f).div(count).intoArray(x, at + i);
      }
    } else if (isPowerOfTwo(count)) {
      for (; i <= length - L; i += L) {
        FloatVector.fromArray(S, x, at + i).add(0f).mul(r).intoArray(x, at + i);
      }
    } else {
      FloatVector reciprocal = FloatVector.broadcast(S, r);
      FloatVector minus = FloatVector.broadcast(S, -count);
      for (; i <= length - L; i += L) {
        FloatVector v = FloatVector.fromArray(S, x, at + i);
        FloatVector q = v.mul(reciprocal);
        FloatVector e = q.fma(minus, v);
        FloatVector y = e.fma(reciprocal, q);
        if (!y.mul(y)
            .compare(VectorOperators.GE, Float.MIN_NORMAL)
            .or(v.compare(VectorOperators.EQ, 0f))
            .allTrue()) {
          y = v.add(0f).div(count);
        }
        y.intoArray(x, at + i);
      }
    }
    for (; i < length; i++) {
      x[at + i] = (x[at + i] + 0f) / count;
    }
  }

  private static boolean isPowerOfTwo(float count) {
    return (Float.floatToRawIntBits(count) & 0x7f_ffff) == 0;
  }

  /**
   * Divides the elements of rows behind each other, in place, as {@link #divide(float[], int, int,
   * float)}.
   *
   * @param rows rows
   * @param length elements of a row
   * @param scales the divisors' reciprocals, in whole vectors, and {@code negated} floats behind
   *     these the negated divisors
   * @param t where they begin
   * @param isLarge whether divisors are too large for their reciprocals
   */
  public static void divide(
      float[] x,
      int at,
      int rows,
      int length,
      float[] scales,
      int negated,
      int t,
      boolean isLarge) {
    for (int i = 0; i < length; i += L) {
      FloatVector reciprocal = FloatVector.fromArray(S, scales, t + i);
      FloatVector minus = FloatVector.fromArray(S, scales, t + negated + i);
      VectorMask<Float> lanes = VectorMask.fromLong(S, Species.first(length - i));
      for (int k = 0; k < rows; k++) {
        FloatVector v = FloatVector.fromArray(S, x, at + k * length + i, lanes);
        FloatVector q = v.mul(reciprocal);
        FloatVector e = q.fma(minus, v);
        FloatVector y = e.fma(reciprocal, q);
        // Up to the root of it a division more does no harm, and infinities leave NaN.
        if (isLarge
            || !y.mul(y)
                .compare(VectorOperators.GE, Float.MIN_NORMAL)
                .or(v.compare(VectorOperators.EQ, 0f))
                .allTrue()) {
          y = v.add(0f).div(minus.neg());
        }
        y.intoArray(x, at + k * length + i, lanes);
      }
    }
  }

  /**
   * Where {@code x[at + i]} is larger than {@code x[acc + i]}, or NaN where that is none, takes it
   * and its number, an int in the bits of {@code x[numbers + i]}. Reads a vector past the ends.
   */
  public static void maxAndNumber(float[] x, int acc, int numbers, int at, int number, int length) {
    FloatVector n = IntVector.broadcast(I, number).reinterpretAsFloats();
    for (int i = 0; i < length; i += L) {
      FloatVector a = FloatVector.fromArray(S, x, acc + i);
      FloatVector v = FloatVector.fromArray(S, x, at + i);
      VectorMask<Float> isNew =
          v.compare(VectorOperators.NE, v).and(a.compare(VectorOperators.EQ, a));
      VectorMask<Float> takes = v.compare(VectorOperators.GT, a).or(isNew);
      if (i > length - L) {
        takes = takes.and(VectorMask.fromLong(S, Species.first(length - i)));
      }
      a.blend(v, takes).intoArray(x, acc + i);
      FloatVector.fromArray(S, x, numbers + i).blend(n, takes).intoArray(x, numbers + i);
    }
  }

  /**
   * Adds {@code first + r down + i apart} to the int in the bits of {@code x[at + r length + i]},
   * for rows one behind the other.
   */
  public static void addPlaces(
      float[] x, int at, int rows, int length, int first, int down, int apart) {
    int whole = length / L * L;
    VectorMask<Float> tail = VectorMask.fromLong(S, Species.first(length - whole));
    IntVector lanes = PLACES.mul(apart);
    for (int r = 0; r < rows; r++) {
      int row = at + r * length;
      int begin = first + r * down;
      for (int i = 0; i < length; i += L) {
        FloatVector y =
            FloatVector.fromArray(S, x, row + i)
                .reinterpretAsInts()
                .add(lanes)
                .add(begin + i * apart)
                .reinterpretAsFloats();
        if (i < whole) {
          y.intoArray(x, row + i);
        } else {
          y.intoArray(x, row + i, tail);
        }
      }
    }
  }
}
