package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over rows of pixels for upsampling, pooling and shuffles. All store {@code length} results
 * and no more: the last vector goes through a mask, since rows are short and a scalar tail of half
 * a vector took as long as the rest (56 columns; JDK 25). What they read they read in whole
 * vectors: {@link #READ_AHEAD} floats past a row must be there.
 *
 * <p>Thread safety: static, no state.
 */
public final class RowKernels {
  /** Floats past the end of a row, or of two, that a loop may read. */
  public static final int READ_AHEAD = 4 * Species.LANES;

  /** Counts below this divide by their reciprocal. */
  public static final float MOST_RECIPROCAL = 1 << 21;

  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // The lower and upper halves of two vectors, lane by lane in turns.
  private static final VectorShuffle<Float> LOW =
      VectorShuffle.fromOp(S, i -> (i & 1) == 0 ? i / 2 : L + i / 2);
  private static final VectorShuffle<Float> HIGH =
      VectorShuffle.fromOp(S, i -> (i & 1) == 0 ? (L + i) / 2 : L + (L + i) / 2);

  // Every other lane of two vectors.
  private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(S, i -> 2 * i);
  private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(S, i -> 2 * i + 1);

  private RowKernels() {}

  /** So many lanes of a vector. */
  private static VectorMask<Float> tail(int results) {
    return VectorMask.fromLong(S, results == 64 ? -1L : (1L << results) - 1);
  }

  /** Stores two vectors, or as much of them as is left. */
  private static void store2(FloatVector a, FloatVector b, float[] out, int to, int left) {
    if (left >= 2 * L) {
      a.intoArray(out, to);
      b.intoArray(out, to + L);
    } else if (left >= L) {
      a.intoArray(out, to);
      b.intoArray(out, to + L, tail(left - L));
    } else {
      a.intoArray(out, to, tail(left));
    }
  }

  /** {@code out[to + 2 i] = a[aAt + i], out[to + 2 i + 1] = b[bAt + i]}. */
  public static void interleave(
      float[] a, int aAt, float[] b, int bAt, int length, float[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector even = FloatVector.fromArray(S, a, aAt + i);
      FloatVector odd = FloatVector.fromArray(S, b, bAt + i);
      even.rearrange(LOW, odd).intoArray(out, to + 2 * i);
      even.rearrange(HIGH, odd).intoArray(out, to + 2 * i + L);
    }
    if (i < length) {
      FloatVector even = FloatVector.fromArray(S, a, aAt + i);
      FloatVector odd = FloatVector.fromArray(S, b, bAt + i);
      FloatVector low = even.rearrange(LOW, odd);
      FloatVector high = even.rearrange(HIGH, odd);
      store2(low, high, out, to + 2 * i, 2 * (length - i));
    }
  }

  /** {@code out[to + r outStep + i] = x[at + r step + 2 i]}. */
  public static void everyOther(
      float[] x, int at, int rows, int step, int length, float[] out, int to, int outStep) {
    int whole = length / L * L;
    VectorMask<Float> tail = tail(length - whole);
    for (int r = 0; r < rows; r++) {
      int from = at + r * step;
      int o = to + r * outStep;
      for (int i = 0; i < whole; i += L) {
        FloatVector.fromArray(S, x, from + 2 * i)
            .rearrange(EVEN, FloatVector.fromArray(S, x, from + 2 * i + L))
            .intoArray(out, o + i);
      }
      if (whole < length) {
        FloatVector.fromArray(S, x, from + 2 * whole)
            .rearrange(EVEN, FloatVector.fromArray(S, x, from + 2 * whole + L))
            .intoArray(out, o + whole, tail);
      }
    }
  }

  /**
   * {@code out[to + r outStep + i] = x[at + r step + stride * i]}, with {@code index[i] = stride *
   * i} for a vector.
   */
  public static void everyNth(
      float[] x,
      int at,
      int[] index,
      int stride,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    for (int r = 0; r < rows; r++) {
      int from = at + r * step;
      int o = to + r * outStep;
      int i = 0;
      for (; i <= length - L; i += L) {
        FloatVector.fromArray(S, x, from + i * stride, index, 0).intoArray(out, o + i);
      }
      for (; i < length; i++) {
        out[o + i] = x[from + i * stride];
      }
    }
  }

  /** Writes each of {@code length} values twice, or once with a zero behind it. */
  public static void twice(float[] x, int at, int length, boolean zeros, float[] out, int to) {
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, at + i);
      FloatVector w = zeros ? zero : v;
      v.rearrange(LOW, w).intoArray(out, to + 2 * i);
      v.rearrange(HIGH, w).intoArray(out, to + 2 * i + L);
    }
    if (i < length) {
      FloatVector v = FloatVector.fromArray(S, x, at + i);
      FloatVector w = zeros ? zero : v;
      store2(v.rearrange(LOW, w), v.rearrange(HIGH, w), out, to + 2 * i, 2 * (length - i));
    }
  }

  /** {@code out[to + i] = x[at + index[i]]}. */
  public static void gather(float[] x, int at, int[] index, int length, float[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector.fromArray(S, x, at, index, i).intoArray(out, to + i);
    }
    for (; i < length; i++) {
      out[to + i] = x[at + index[i]];
    }
  }

  /** {@code out[i] = a + f (b - a)} with {@code a = x[at + first[i]], b = x[at + second[i]]}. */
  public static void gatherBetween(
      float[] x,
      int at,
      int[] first,
      int[] second,
      float[] share,
      int length,
      float[] out,
      int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector a = FloatVector.fromArray(S, x, at, first, i);
      FloatVector b = FloatVector.fromArray(S, x, at, second, i);
      FloatVector f = FloatVector.fromArray(S, share, i);
      f.fma(b.sub(a), a).intoArray(out, to + i);
    }
    for (; i < length; i++) {
      float a = x[at + first[i]];
      out[to + i] = Math.fma(share[i], x[at + second[i]] - a, a);
    }
  }

  /** {@code out[to + i] = a + f (b - a)} with {@code a = x[first + i], b = x[second + i]}. */
  public static void between(
      float[] x, int first, int second, float share, int length, float[] out, int to) {
    int i = 0;
    FloatVector f = FloatVector.broadcast(S, share);
    for (; i <= length - L; i += L) {
      FloatVector a = FloatVector.fromArray(S, x, first + i);
      f.fma(FloatVector.fromArray(S, x, second + i).sub(a), a).intoArray(out, to + i);
    }
    if (i < length) {
      FloatVector a = FloatVector.fromArray(S, x, first + i);
      f.fma(FloatVector.fromArray(S, x, second + i).sub(a), a)
          .intoArray(out, to + i, tail(length - i));
    }
  }

  /**
   * The two phases of doubling a row: {@code out[2 i] = a + f (b - a), out[2 i + 1] = c + g (d -
   * c)} with {@code a = x[even + i], b = x[even + i + 1], c = x[odd + i], d = x[odd + i + 1]}.
   */
  public static void betweenTwice(
      float[] x,
      int even,
      float evenShare,
      int odd,
      float oddShare,
      int length,
      float[] out,
      int to) {
    FloatVector f = FloatVector.broadcast(S, evenShare);
    FloatVector g = FloatVector.broadcast(S, oddShare);
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector a = FloatVector.fromArray(S, x, even + i);
      FloatVector c = FloatVector.fromArray(S, x, odd + i);
      FloatVector left = f.fma(FloatVector.fromArray(S, x, even + i + 1).sub(a), a);
      FloatVector right = g.fma(FloatVector.fromArray(S, x, odd + i + 1).sub(c), c);
      left.rearrange(LOW, right).intoArray(out, to + 2 * i);
      left.rearrange(HIGH, right).intoArray(out, to + 2 * i + L);
    }
    if (i < length) {
      FloatVector a = FloatVector.fromArray(S, x, even + i);
      FloatVector c = FloatVector.fromArray(S, x, odd + i);
      FloatVector left = f.fma(FloatVector.fromArray(S, x, even + i + 1).sub(a), a);
      FloatVector right = g.fma(FloatVector.fromArray(S, x, odd + i + 1).sub(c), c);
      store2(
          left.rearrange(LOW, right),
          left.rearrange(HIGH, right),
          out,
          to + 2 * i,
          2 * (length - i));
    }
  }

  /**
   * Puts runs of rows together, element by element, in their order: {@code out[to + r outStep + i]
   * = max or sum over k of x[at[k] + r step + i]}.
   *
   * @param at first row of each run
   * @param count number of runs
   * @param rows rows
   * @param step floats from a row to the next
   * @param length elements of a row
   * @param outStep floats from a row of results to the next
   */
  public static void together(
      boolean max,
      float[] x,
      int[] at,
      int count,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    if (count == 2) {
      two(max, x, at[0], at[1], rows, step, length, out, to, outStep);
      return;
    }
    if (count == 3) {
      three(max, x, at[0], at[1], at[2], rows, step, length, out, to, outStep);
      return;
    }
    int whole = length / L * L;
    VectorMask<Float> tail = tail(length - whole);
    for (int r = 0; r < rows; r++) {
      int from = r * step;
      int o = to + r * outStep;
      for (int i = 0; i < whole; i += L) {
        FloatVector acc = FloatVector.fromArray(S, x, at[0] + from + i);
        for (int k = 1; k < count; k++) {
          FloatVector v = FloatVector.fromArray(S, x, at[k] + from + i);
          acc = max ? acc.max(v) : acc.add(v);
        }
        acc.intoArray(out, o + i);
      }
      if (whole < length) {
        FloatVector acc = FloatVector.fromArray(S, x, at[0] + from + whole);
        for (int k = 1; k < count; k++) {
          FloatVector v = FloatVector.fromArray(S, x, at[k] + from + whole);
          acc = max ? acc.max(v) : acc.add(v);
        }
        acc.intoArray(out, o + whole, tail);
      }
    }
  }

  private static void two(
      boolean max,
      float[] x,
      int a,
      int b,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    int whole = length / L * L;
    VectorMask<Float> tail = tail(length - whole);
    for (int r = 0; r < rows; r++) {
      int from = r * step;
      int o = to + r * outStep;
      for (int i = 0; i < whole; i += L) {
        FloatVector u = FloatVector.fromArray(S, x, a + from + i);
        FloatVector v = FloatVector.fromArray(S, x, b + from + i);
        (max ? u.max(v) : u.add(v)).intoArray(out, o + i);
      }
      if (whole < length) {
        FloatVector u = FloatVector.fromArray(S, x, a + from + whole);
        FloatVector v = FloatVector.fromArray(S, x, b + from + whole);
        (max ? u.max(v) : u.add(v)).intoArray(out, o + whole, tail);
      }
    }
  }

  private static void three(
      boolean max,
      float[] x,
      int a,
      int b,
      int c,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    int whole = length / L * L;
    VectorMask<Float> tail = tail(length - whole);
    for (int r = 0; r < rows; r++) {
      int from = r * step;
      int o = to + r * outStep;
      for (int i = 0; i < whole; i += L) {
        FloatVector u = FloatVector.fromArray(S, x, a + from + i);
        FloatVector v = FloatVector.fromArray(S, x, b + from + i);
        FloatVector w = FloatVector.fromArray(S, x, c + from + i);
        (max ? u.max(v).max(w) : u.add(v).add(w)).intoArray(out, o + i);
      }
      if (whole < length) {
        FloatVector u = FloatVector.fromArray(S, x, a + from + whole);
        FloatVector v = FloatVector.fromArray(S, x, b + from + whole);
        FloatVector w = FloatVector.fromArray(S, x, c + from + whole);
        (max ? u.max(v).max(w) : u.add(v).add(w)).intoArray(out, o + whole, tail);
      }
    }
  }

  /**
   * Puts the columns of rows together: {@code out[to + r] = max or sum over k of x[at + r step + k
   * apart]}, a row in each lane, {@code index[i] = step * i} for a vector.
   */
  public static void across(
      boolean max,
      float[] x,
      int at,
      int rows,
      int step,
      int[] index,
      int count,
      int apart,
      float[] out,
      int to) {
    int r = 0;
    for (; r <= rows - L; r += L) {
      int from = at + r * step;
      FloatVector acc = FloatVector.fromArray(S, x, from, index, 0);
      for (int k = 1; k < count; k++) {
        FloatVector v = FloatVector.fromArray(S, x, from + k * apart, index, 0);
        acc = max ? acc.max(v) : acc.add(v);
      }
      acc.intoArray(out, to + r);
    }
    for (; r < rows; r++) {
      int from = at + r * step;
      float acc = x[from];
      for (int k = 1; k < count; k++) {
        float v = x[from + k * apart];
        acc = max ? Math.max(acc, v) : acc + v;
      }
      out[to + r] = acc;
    }
  }

  /** {@code y[to + i] = max or sum of y[to + i] and x[at + i]}. */
  public static void accumulate(boolean max, float[] y, int to, float[] x, int at, int length) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector u = FloatVector.fromArray(S, y, to + i);
      FloatVector v = FloatVector.fromArray(S, x, at + i);
      (max ? u.max(v) : u.add(v)).intoArray(y, to + i);
    }
    for (; i < length; i++) {
      y[to + i] = max ? Math.max(y[to + i], x[at + i]) : y[to + i] + x[at + i];
    }
  }

  /**
   * Two or three columns of windows of stride 2: {@code out[to + r outStep + i] = max or sum over k
   * of x[at + r step + 2 i + k]}.
   */
  public static void everyOther(
      boolean max,
      int taps,
      float[] x,
      int at,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    int whole = length / L * L;
    VectorMask<Float> tail = tail(length - whole);
    boolean three = taps == 3;
    for (int r = 0; r < rows; r++) {
      int from = at + r * step;
      int o = to + r * outStep;
      for (int i = 0; i < length; i += L) {
        FloatVector a = FloatVector.fromArray(S, x, from + 2 * i);
        FloatVector b = FloatVector.fromArray(S, x, from + 2 * i + L);
        FloatVector even = a.rearrange(EVEN, b);
        FloatVector odd = a.rearrange(ODD, b);
        FloatVector y = max ? even.max(odd) : even.add(odd);
        if (three) {
          FloatVector next =
              FloatVector.fromArray(S, x, from + 2 * i + 2)
                  .rearrange(EVEN, FloatVector.fromArray(S, x, from + 2 * i + 2 + L));
          y = max ? y.max(next) : y.add(next);
        }
        if (i < whole) {
          y.intoArray(out, o + i);
        } else {
          y.intoArray(out, o + i, tail);
        }
      }
    }
  }

  /**
   * {@code x[at + i] / count}, with a zero of either sign to 0, in place. A vector division takes
   * 16 cycles, so where it can be, it is a multiplication by the reciprocal, put right: with {@code
   * q = x r} and the remainder {@code e = x - q count}, exact, {@code q + e r} rounds to the
   * quotient. For {@code |x / count - q| < 1.5 ulp}, so that sum is off by less than {@code 1.5 *
   * 2^-24 ulp} before its one rounding, and {@code x / count} is no nearer to the middle of two
   * floats than {@code ulp / (2 count)}, a multiple of 2^-k: enough below {@link #MOST_RECIPROCAL}.
   * (After P. Markstein, "Computation of elementary functions on the IBM RISC System/6000
   * processor", 1990.)
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
        // The remainder of an infinity is none.
        FloatVector y = q.blend(e.fma(reciprocal, q), e.compare(VectorOperators.EQ, e));
        if (y.abs()
            .compare(VectorOperators.LT, Float.MIN_NORMAL)
            .and(v.compare(VectorOperators.NE, 0f))
            .anyTrue()) {
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
   * Divides the elements of rows by {@code divisors[row + i]}, in place, as {@link #divide(float[],
   * int, int, float)}.
   *
   * @param rows rows
   * @param step floats from a row to the next
   * @param length elements of a row
   * @param divisors in whole vectors
   * @param reciprocals of these
   * @param row first divisor
   * @param isLarge whether divisors are too large for their reciprocals
   */
  public static void divide(
      float[] x,
      int at,
      int rows,
      int step,
      int length,
      float[] divisors,
      float[] reciprocals,
      int row,
      boolean isLarge) {
    for (int i = 0; i < length; i += L) {
      FloatVector divisor = FloatVector.fromArray(S, divisors, row + i);
      FloatVector reciprocal = FloatVector.fromArray(S, reciprocals, row + i);
      FloatVector minus = divisor.neg();
      VectorMask<Float> lanes = tail(Math.min(L, length - i));
      for (int k = 0; k < rows; k++) {
        FloatVector v = FloatVector.fromArray(S, x, at + k * step + i, lanes);
        FloatVector q = v.mul(reciprocal);
        FloatVector e = q.fma(minus, v);
        FloatVector y = q.blend(e.fma(reciprocal, q), e.compare(VectorOperators.EQ, e));
        if (isLarge
            || y.abs()
                .compare(VectorOperators.LT, Float.MIN_NORMAL)
                .and(v.compare(VectorOperators.NE, 0f))
                .anyTrue()) {
          y = v.add(0f).div(divisor);
        }
        y.intoArray(x, at + k * step + i, lanes);
      }
    }
  }

  /**
   * Where {@code x[at + i]} is larger than {@code acc[i]}, or NaN where that is none, takes it and
   * its number; past the ends by less than a vector.
   */
  public static void maxAndNumber(
      float[] acc,
      int accAt,
      float[] numbers,
      int numbersAt,
      float[] x,
      int at,
      float number,
      int length) {
    FloatVector n = FloatVector.broadcast(S, number);
    for (int i = 0; i < length; i += L) {
      FloatVector a = FloatVector.fromArray(S, acc, accAt + i);
      FloatVector v = FloatVector.fromArray(S, x, at + i);
      VectorMask<Float> isNew =
          v.test(VectorOperators.IS_NAN).andNot(a.test(VectorOperators.IS_NAN));
      VectorMask<Float> takes = v.compare(VectorOperators.GT, a).or(isNew);
      a.blend(v, takes).intoArray(acc, accAt + i);
      FloatVector.fromArray(S, numbers, numbersAt + i)
          .blend(n, takes)
          .intoArray(numbers, numbersAt + i);
    }
  }
}
