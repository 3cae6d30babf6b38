package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over rows of pixels for upsampling, pooling and shuffles. Those that say so read and write
 * whole vectors past the end of a row: their callers' scratch has room for one. Thread safety:
 * static, no state.
 */
public final class RowKernels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // The lower and upper halves of two vectors, lane by lane in turns.
  private static final VectorShuffle<Float> LOW =
      VectorShuffle.fromOp(S, i -> (i & 1) == 0 ? i / 2 : L + i / 2);
  private static final VectorShuffle<Float> HIGH =
      VectorShuffle.fromOp(S, i -> (i & 1) == 0 ? (L + i) / 2 : L + (L + i) / 2);

  private RowKernels() {}

  /**
   * {@code out[to + 2 i] = a[aAt + i], out[to + 2 i + 1] = b[bAt + i]}, not past the end of
   * anything.
   */
  public static void interleave(
      float[] a, int aAt, float[] b, int bAt, int length, float[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector even = FloatVector.fromArray(S, a, aAt + i);
      FloatVector odd = FloatVector.fromArray(S, b, bAt + i);
      even.rearrange(LOW, odd).intoArray(out, to + 2 * i);
      even.rearrange(HIGH, odd).intoArray(out, to + 2 * i + L);
    }
    for (; i < length; i++) {
      out[to + 2 * i] = a[aAt + i];
      out[to + 2 * i + 1] = b[bAt + i];
    }
  }

  /** The same for four runs: {@code out[to + 4 i + k] = x[at[k] + i]}. */
  public static void interleave4(float[] x, int[] at, int length, float[] out, int to) {
    int at0 = at[0];
    int at1 = at[1];
    int at2 = at[2];
    int at3 = at[3];
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector x0 = FloatVector.fromArray(S, x, at0 + i);
      FloatVector x1 = FloatVector.fromArray(S, x, at1 + i);
      FloatVector x2 = FloatVector.fromArray(S, x, at2 + i);
      FloatVector x3 = FloatVector.fromArray(S, x, at3 + i);
      FloatVector even = x0.rearrange(LOW, x2);
      FloatVector odd = x1.rearrange(LOW, x3);
      even.rearrange(LOW, odd).intoArray(out, to + 4 * i);
      even.rearrange(HIGH, odd).intoArray(out, to + 4 * i + L);
      even = x0.rearrange(HIGH, x2);
      odd = x1.rearrange(HIGH, x3);
      even.rearrange(LOW, odd).intoArray(out, to + 4 * i + 2 * L);
      even.rearrange(HIGH, odd).intoArray(out, to + 4 * i + 3 * L);
    }
    for (; i < length; i++) {
      out[to + 4 * i] = x[at0 + i];
      out[to + 4 * i + 1] = x[at1 + i];
      out[to + 4 * i + 2] = x[at2 + i];
      out[to + 4 * i + 3] = x[at3 + i];
    }
  }

  /** {@code out[to + stride * i + k] = x[at[k] + i]} for any number of runs. */
  public static void interleaveAny(
      float[] x, int[] at, int stride, int length, float[] out, int to) {
    for (int k = 0; k < stride; k++) {
      int from = at[k];
      for (int i = 0; i < length; i++) {
        out[to + i * stride + k] = x[from + i];
      }
    }
  }

  /** Writes each of {@code length} values twice, or once with a zero behind it. */
  public static void twice(float[] x, int at, int length, boolean zeros, float[] out, int to) {
    int i = 0;
    FloatVector zero = FloatVector.zero(S);
    for (; i <= length - L; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, at + i);
      FloatVector w = zeros ? zero : v;
      v.rearrange(LOW, w).intoArray(out, to + 2 * i);
      v.rearrange(HIGH, w).intoArray(out, to + 2 * i + L);
    }
    for (; i < length; i++) {
      out[to + 2 * i] = x[at + i];
      out[to + 2 * i + 1] = zeros ? 0f : x[at + i];
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

  /** {@code out[to + i] = a + f (b - a)}, not past the end of anything. */
  public static void between(
      float[] x, int a, int b, float share, int length, float[] out, int to) {
    int i = 0;
    FloatVector f = FloatVector.broadcast(S, share);
    for (; i <= length - L; i += L) {
      FloatVector va = FloatVector.fromArray(S, x, a + i);
      f.fma(FloatVector.fromArray(S, x, b + i).sub(va), va).intoArray(out, to + i);
    }
    for (; i < length; i++) {
      out[to + i] = Math.fma(share, x[b + i] - x[a + i], x[a + i]);
    }
  }

  /**
   * The two phases of doubling a row: {@code out[2 i] = a + f (b - a), out[2 i + 1] = c + g (d -
   * c)} with {@code a = x[at + i + even], b = a's neighbour, c = x[at + i + odd], d = c's
   * neighbour}.
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
    for (; i < length; i++) {
      float a = x[even + i];
      float c = x[odd + i];
      out[to + 2 * i] = Math.fma(evenShare, x[even + i + 1] - a, a);
      out[to + 2 * i + 1] = Math.fma(oddShare, x[odd + i + 1] - c, c);
    }
  }

  /** {@code acc[i] = max(acc[i], x[at + i])}; past the ends by less than a vector. */
  public static void max(float[] acc, int accAt, float[] x, int at, int length) {
    for (int i = 0; i < length; i += L) {
      FloatVector.fromArray(S, acc, accAt + i)
          .max(FloatVector.fromArray(S, x, at + i))
          .intoArray(acc, accAt + i);
    }
  }

  /** {@code acc[i] = max(acc[i], x[a + i], x[b + i], x[c + i])}; past the ends as well. */
  public static void max3(float[] acc, int accAt, float[] x, int a, int b, int c, int length) {
    for (int i = 0; i < length; i += L) {
      FloatVector.fromArray(S, acc, accAt + i)
          .max(FloatVector.fromArray(S, x, a + i))
          .max(FloatVector.fromArray(S, x, b + i).max(FloatVector.fromArray(S, x, c + i)))
          .intoArray(acc, accAt + i);
    }
  }

  /** {@code acc[i] += x[at + i]}; past the ends by less than a vector. */
  public static void add(float[] acc, int accAt, float[] x, int at, int length) {
    for (int i = 0; i < length; i += L) {
      FloatVector.fromArray(S, acc, accAt + i)
          .add(FloatVector.fromArray(S, x, at + i))
          .intoArray(acc, accAt + i);
    }
  }

  /** {@code acc[i] = acc[i] + x[a + i] + x[b + i] + x[c + i]} in that order; past the ends. */
  public static void add3(float[] acc, int accAt, float[] x, int a, int b, int c, int length) {
    for (int i = 0; i < length; i += L) {
      FloatVector.fromArray(S, acc, accAt + i)
          .add(FloatVector.fromArray(S, x, a + i))
          .add(FloatVector.fromArray(S, x, b + i))
          .add(FloatVector.fromArray(S, x, c + i))
          .intoArray(acc, accAt + i);
    }
  }

  /** {@code acc[i] = acc[i] / (counts[i] * count)}; past the ends by less than a vector. */
  public static void divide(float[] acc, int accAt, float[] counts, float count, int length) {
    for (int i = 0; i < length; i += L) {
      FloatVector.fromArray(S, acc, accAt + i)
          .div(FloatVector.fromArray(S, counts, i).mul(count))
          .intoArray(acc, accAt + i);
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
