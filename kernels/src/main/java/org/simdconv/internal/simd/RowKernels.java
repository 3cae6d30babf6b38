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

  /** The lanes of the last vector of so many results, none of which is a whole vector. */
  private static VectorMask<Float> tail(int results) {
    return VectorMask.fromLong(S, (1L << results) - 1);
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

  /** {@code out[to + i] = x[at + 2 i]}. */
  public static void everyOther(float[] x, int at, int length, float[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector.fromArray(S, x, at + 2 * i)
          .rearrange(EVEN, FloatVector.fromArray(S, x, at + 2 * i + L))
          .intoArray(out, to + i);
    }
    if (i < length) {
      FloatVector.fromArray(S, x, at + 2 * i)
          .rearrange(EVEN, FloatVector.fromArray(S, x, at + 2 * i + L))
          .intoArray(out, to + i, tail(length - i));
    }
  }

  /** {@code out[to + i] = x[at + stride * i]}, with {@code index[i] = stride * i} for a vector. */
  public static void everyNth(
      float[] x, int at, int[] index, int stride, int length, float[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector.fromArray(S, x, at + i * stride, index, 0).intoArray(out, to + i);
    }
    for (; i < length; i++) {
      out[to + i] = x[at + i * stride];
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

  /** {@code out[to + i] = max(x[a + i], x[b + i])}. */
  public static void max(float[] x, int a, float[] y, int b, int length, float[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector.fromArray(S, x, a + i)
          .max(FloatVector.fromArray(S, y, b + i))
          .intoArray(out, to + i);
    }
    if (i < length) {
      FloatVector.fromArray(S, x, a + i)
          .max(FloatVector.fromArray(S, y, b + i))
          .intoArray(out, to + i, tail(length - i));
    }
  }

  /** {@code out[to + i] = max(x[a + i], x[b + i], x[c + i])}. */
  public static void max3(float[] x, int a, int b, int c, int length, float[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector.fromArray(S, x, a + i)
          .max(FloatVector.fromArray(S, x, b + i))
          .max(FloatVector.fromArray(S, x, c + i))
          .intoArray(out, to + i);
    }
    if (i < length) {
      FloatVector.fromArray(S, x, a + i)
          .max(FloatVector.fromArray(S, x, b + i))
          .max(FloatVector.fromArray(S, x, c + i))
          .intoArray(out, to + i, tail(length - i));
    }
  }

  /** {@code out[to + i] = x[a + i] + y[b + i]}. */
  public static void add(float[] x, int a, float[] y, int b, int length, float[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector.fromArray(S, x, a + i)
          .add(FloatVector.fromArray(S, y, b + i))
          .intoArray(out, to + i);
    }
    if (i < length) {
      FloatVector.fromArray(S, x, a + i)
          .add(FloatVector.fromArray(S, y, b + i))
          .intoArray(out, to + i, tail(length - i));
    }
  }

  /** {@code out[to + i] = x[a + i] + x[b + i] + x[c + i]}, in that order. */
  public static void add3(float[] x, int a, int b, int c, int length, float[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector.fromArray(S, x, a + i)
          .add(FloatVector.fromArray(S, x, b + i))
          .add(FloatVector.fromArray(S, x, c + i))
          .intoArray(out, to + i);
    }
    if (i < length) {
      FloatVector.fromArray(S, x, a + i)
          .add(FloatVector.fromArray(S, x, b + i))
          .add(FloatVector.fromArray(S, x, c + i))
          .intoArray(out, to + i, tail(length - i));
    }
  }

  /** Two columns of windows of stride 2: {@code out[to + i] = op(x[at + 2 i], x[at + 2 i + 1])}. */
  public static void pairs(boolean max, float[] x, int at, int length, float[] out, int to) {
    for (int i = 0; i < length; i += L) {
      FloatVector a = FloatVector.fromArray(S, x, at + 2 * i);
      FloatVector b = FloatVector.fromArray(S, x, at + 2 * i + L);
      FloatVector even = a.rearrange(EVEN, b);
      FloatVector odd = a.rearrange(ODD, b);
      FloatVector y = max ? even.max(odd) : even.add(odd);
      if (i <= length - L) {
        y.intoArray(out, to + i);
      } else {
        y.intoArray(out, to + i, tail(length - i));
      }
    }
  }

  /** Three columns of windows of stride 2. */
  public static void triples(boolean max, float[] x, int at, int length, float[] out, int to) {
    for (int i = 0; i < length; i += L) {
      FloatVector a = FloatVector.fromArray(S, x, at + 2 * i);
      FloatVector b = FloatVector.fromArray(S, x, at + 2 * i + L);
      FloatVector even = a.rearrange(EVEN, b);
      FloatVector odd = a.rearrange(ODD, b);
      FloatVector next =
          FloatVector.fromArray(S, x, at + 2 * i + 2)
              .rearrange(EVEN, FloatVector.fromArray(S, x, at + 2 * i + 2 + L));
      FloatVector y = max ? even.max(odd).max(next) : even.add(odd).add(next);
      if (i <= length - L) {
        y.intoArray(out, to + i);
      } else {
        y.intoArray(out, to + i, tail(length - i));
      }
    }
  }

  /** {@code out[to + i] = x[at + i] / (counts[i] * count)}. */
  public static void divide(
      float[] x, int at, float[] counts, float count, int length, float[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector.fromArray(S, x, at + i)
          .div(FloatVector.fromArray(S, counts, i).mul(count))
          .intoArray(out, to + i);
    }
    if (i < length) {
      FloatVector.fromArray(S, x, at + i)
          .div(FloatVector.fromArray(S, counts, i).mul(count))
          .intoArray(out, to + i, tail(length - i));
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
