package org.simdconv.internal.simd;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over rows of pixels for upsampling and shuffles. Rows are a few vectors long: where it can
 * be, one loop goes over the vectors of all rows, and the last vector of a row ends where the row
 * does, over what the one before it computed. Through a mask, for that alone, took some 50 cycles
 * on a Zen 5, more than the rest of a row of 56 columns (JDK 25; see also {@link PoolKernels}); it
 * is left to rows of less than a vector. What is read is read in whole vectors: {@link #READ_AHEAD}
 * floats past a row must be there.
 *
 * <p>Thread safety: static, no state.
 */
public final class RowKernels {
  /** Floats past the end of a row, or of two, that a loop may read. */
  public static final int READ_AHEAD = 4 * Species.LANES;

  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final VectorSpecies<Integer> I = Species.INT;
  private static final int L = Species.LANES;

  // Lanes of two vectors: the lower and upper halves in turns, every other lane. A selection is one
  // instruction where rearranging two vectors is three. Arrays, which a method loads before its
  // loop: a constant vector would be loaded, and brought into range, at every use (JDK 25).
  private static final int[] LOWER = indices(i -> (i & 1) == 0 ? i / 2 : L + i / 2);
  private static final int[] UPPER = indices(i -> (i & 1) == 0 ? (L + i) / 2 : L + (L + i) / 2);
  private static final int[] EVENS = indices(i -> 2 * i);
  private static final int[] ODDS = indices(i -> 2 * i + 1);

  // Three vectors in turns: lanes of the first two in each vector of results, with the third's in
  // between, and then which of these and the third vector.
  private static final int[] AB0 = indices(i -> firstTwo(i));
  private static final int[] AB1 = indices(i -> firstTwo(L + i));
  private static final int[] AB2 = indices(i -> firstTwo(2 * L + i));
  private static final int[] ABC0 = indices(i -> withThird(i));
  private static final int[] ABC1 = indices(i -> withThird(L + i));
  private static final int[] ABC2 = indices(i -> withThird(2 * L + i));

  private RowKernels() {}

  private static int[] indices(IntUnaryOperator lane) {
    int[] index = new int[L];
    Arrays.setAll(index, lane);
    return index;
  }

  private static int firstTwo(int result) {
    return switch (result % 3) {
      case 0 -> result / 3;
      case 1 -> L + result / 3;
      default -> 0;
    };
  }

  private static int withThird(int result) {
    return result % 3 == 2 ? L + result / 3 : result % L;
  }

  /** Vectors of a row of so many. */
  static int vectors(int length) {
    return (length + L - 1) / L;
  }

  /**
   * {@code out[to + 2 i] = x[a + i], out[to + 2 i + 1] = x[b + i]}, and {@code step} and {@code
   * outStep} floats further for each row.
   */
  public static void interleave(
      float[] x, int a, int b, int rows, int step, int length, float[] out, int to, int outStep) {
    IntVector lower = IntVector.fromArray(I, LOWER, 0);
    IntVector upper = IntVector.fromArray(I, UPPER, 0);
    if (length < L) {
      VectorMask<Float> low = VectorMask.fromLong(S, Species.first(2 * length));
      VectorMask<Float> high = VectorMask.fromLong(S, Species.first(2 * length - L));
      for (int r = 0; r < rows; r++) {
        IntVector even = FloatVector.fromArray(S, x, a + r * step).reinterpretAsInts();
        IntVector odd = FloatVector.fromArray(S, x, b + r * step).reinterpretAsInts();
        int o = to + r * outStep;
        lower.selectFrom(even, odd).reinterpretAsFloats().intoArray(out, o, low);
        if (2 * length > L) {
          upper.selectFrom(even, odd).reinterpretAsFloats().intoArray(out, o + L, high);
        }
      }
      return;
    }
    int last = length - L;
    int apart = b - a;
    int i = 0;
    int f = a;
    int o = to;
    for (int n = rows * vectors(length); n > 0; n--) {
      IntVector even = FloatVector.fromArray(S, x, f + i).reinterpretAsInts();
      IntVector odd = FloatVector.fromArray(S, x, f + apart + i).reinterpretAsInts();
      lower.selectFrom(even, odd).reinterpretAsFloats().intoArray(out, o + 2 * i);
      upper.selectFrom(even, odd).reinterpretAsFloats().intoArray(out, o + 2 * i + L);
      if (i < last) {
        i = Math.min(i + L, last);
      } else {
        i = 0;
        f += step;
        o += outStep;
      }
    }
  }

  /** As {@link #interleave} of three runs of rows, {@code apart} floats apart. */
  public static void interleave3(
      float[] x,
      int at,
      int apart,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    IntVector ab0 = IntVector.fromArray(I, AB0, 0);
    IntVector ab1 = IntVector.fromArray(I, AB1, 0);
    IntVector ab2 = IntVector.fromArray(I, AB2, 0);
    IntVector abc0 = IntVector.fromArray(I, ABC0, 0);
    IntVector abc1 = IntVector.fromArray(I, ABC1, 0);
    IntVector abc2 = IntVector.fromArray(I, ABC2, 0);
    if (length < L) {
      VectorMask<Float> mask0 = VectorMask.fromLong(S, Species.first(3 * length));
      VectorMask<Float> mask1 = VectorMask.fromLong(S, Species.first(3 * length - L));
      VectorMask<Float> mask2 = VectorMask.fromLong(S, Species.first(3 * length - 2 * L));
      for (int r = 0; r < rows; r++) {
        int f = at + r * step;
        int o = to + r * outStep;
        IntVector a = FloatVector.fromArray(S, x, f).reinterpretAsInts();
        IntVector b = FloatVector.fromArray(S, x, f + apart).reinterpretAsInts();
        IntVector c = FloatVector.fromArray(S, x, f + 2 * apart).reinterpretAsInts();
        IntVector u = abc0.selectFrom(ab0.selectFrom(a, b), c);
        IntVector v = abc1.selectFrom(ab1.selectFrom(a, b), c);
        IntVector w = abc2.selectFrom(ab2.selectFrom(a, b), c);
        u.reinterpretAsFloats().intoArray(out, o, mask0);
        if (3 * length > L) {
          v.reinterpretAsFloats().intoArray(out, o + L, mask1);
        }
        if (3 * length > 2 * L) {
          w.reinterpretAsFloats().intoArray(out, o + 2 * L, mask2);
        }
      }
      return;
    }
    int last = length - L;
    int i = 0;
    int run = at;
    int o = to;
    for (int n = rows * vectors(length); n > 0; n--) {
      int f = run + i;
      IntVector a = FloatVector.fromArray(S, x, f).reinterpretAsInts();
      IntVector b = FloatVector.fromArray(S, x, f + apart).reinterpretAsInts();
      IntVector c = FloatVector.fromArray(S, x, f + 2 * apart).reinterpretAsInts();
      IntVector u = abc0.selectFrom(ab0.selectFrom(a, b), c);
      IntVector v = abc1.selectFrom(ab1.selectFrom(a, b), c);
      IntVector w = abc2.selectFrom(ab2.selectFrom(a, b), c);
      u.reinterpretAsFloats().intoArray(out, o + 3 * i);
      v.reinterpretAsFloats().intoArray(out, o + 3 * i + L);
      w.reinterpretAsFloats().intoArray(out, o + 3 * i + 2 * L);
      if (i < last) {
        i = Math.min(i + L, last);
      } else {
        i = 0;
        run += step;
        o += outStep;
      }
    }
  }

  /** As {@link #interleave} of four runs of rows, {@code apart} floats apart. */
  public static void interleave4(
      float[] x,
      int at,
      int apart,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    IntVector lower = IntVector.fromArray(I, LOWER, 0);
    IntVector upper = IntVector.fromArray(I, UPPER, 0);
    if (length < L) {
      VectorMask<Float> mask0 = VectorMask.fromLong(S, Species.first(4 * length));
      VectorMask<Float> mask1 = VectorMask.fromLong(S, Species.first(4 * length - L));
      VectorMask<Float> mask2 = VectorMask.fromLong(S, Species.first(4 * length - 2 * L));
      VectorMask<Float> mask3 = VectorMask.fromLong(S, Species.first(4 * length - 3 * L));
      for (int r = 0; r < rows; r++) {
        int f = at + r * step;
        int o = to + r * outStep;
        IntVector a = FloatVector.fromArray(S, x, f).reinterpretAsInts();
        IntVector b = FloatVector.fromArray(S, x, f + apart).reinterpretAsInts();
        IntVector c = FloatVector.fromArray(S, x, f + 2 * apart).reinterpretAsInts();
        IntVector d = FloatVector.fromArray(S, x, f + 3 * apart).reinterpretAsInts();
        IntVector acLow = lower.selectFrom(a, c);
        IntVector bdLow = lower.selectFrom(b, d);
        IntVector acHigh = upper.selectFrom(a, c);
        IntVector bdHigh = upper.selectFrom(b, d);
        FloatVector u = lower.selectFrom(acLow, bdLow).reinterpretAsFloats();
        FloatVector v = upper.selectFrom(acLow, bdLow).reinterpretAsFloats();
        FloatVector w = lower.selectFrom(acHigh, bdHigh).reinterpretAsFloats();
        FloatVector z = upper.selectFrom(acHigh, bdHigh).reinterpretAsFloats();
        u.intoArray(out, o, mask0);
        if (4 * length > L) {
          v.intoArray(out, o + L, mask1);
        }
        if (4 * length > 2 * L) {
          w.intoArray(out, o + 2 * L, mask2);
        }
        if (4 * length > 3 * L) {
          z.intoArray(out, o + 3 * L, mask3);
        }
      }
      return;
    }
    int last = length - L;
    int i = 0;
    int run = at;
    int o = to;
    for (int n = rows * vectors(length); n > 0; n--) {
      int f = run + i;
      IntVector a = FloatVector.fromArray(S, x, f).reinterpretAsInts();
      IntVector b = FloatVector.fromArray(S, x, f + apart).reinterpretAsInts();
      IntVector c = FloatVector.fromArray(S, x, f + 2 * apart).reinterpretAsInts();
      IntVector d = FloatVector.fromArray(S, x, f + 3 * apart).reinterpretAsInts();
      IntVector acLow = lower.selectFrom(a, c);
      IntVector bdLow = lower.selectFrom(b, d);
      IntVector acHigh = upper.selectFrom(a, c);
      IntVector bdHigh = upper.selectFrom(b, d);
      FloatVector u = lower.selectFrom(acLow, bdLow).reinterpretAsFloats();
      FloatVector v = upper.selectFrom(acLow, bdLow).reinterpretAsFloats();
      FloatVector w = lower.selectFrom(acHigh, bdHigh).reinterpretAsFloats();
      FloatVector z = upper.selectFrom(acHigh, bdHigh).reinterpretAsFloats();
      u.intoArray(out, o + 4 * i);
      v.intoArray(out, o + 4 * i + L);
      w.intoArray(out, o + 4 * i + 2 * L);
      z.intoArray(out, o + 4 * i + 3 * L);
      if (i < last) {
        i = Math.min(i + L, last);
      } else {
        i = 0;
        run += step;
        o += outStep;
      }
    }
  }

  /** The even and the odd columns of rows, one behind the other from {@code to[0]} and to[1] on. */
  public static void split2(
      float[] x, int at, int rows, int step, int length, float[] out, int[] to) {
    IntVector evens = IntVector.fromArray(I, EVENS, 0);
    IntVector odds = IntVector.fromArray(I, ODDS, 0);
    VectorMask<Float> lanes = VectorMask.fromLong(S, Species.first(length));
    int last = Math.max(0, length - L);
    int even = to[0];
    int odd = to[1];
    int i = 0;
    int f = at;
    int o = 0;
    for (int n = rows * vectors(length); n > 0; n--) {
      IntVector a = FloatVector.fromArray(S, x, f + 2 * i).reinterpretAsInts();
      IntVector b = FloatVector.fromArray(S, x, f + 2 * i + L).reinterpretAsInts();
      evens.selectFrom(a, b).reinterpretAsFloats().intoArray(out, even + o + i, lanes);
      odds.selectFrom(a, b).reinterpretAsFloats().intoArray(out, odd + o + i, lanes);
      if (i < last) {
        i = Math.min(i + L, last);
      } else {
        i = 0;
        f += step;
        o += length;
      }
    }
  }

  /** Columns 0, 1, 2 and 3 of every four of rows, one behind the other from {@code to[0]} .. on. */
  public static void split4(
      float[] x, int at, int rows, int step, int length, float[] out, int[] to) {
    IntVector evens = IntVector.fromArray(I, EVENS, 0);
    IntVector odds = IntVector.fromArray(I, ODDS, 0);
    VectorMask<Float> lanes = VectorMask.fromLong(S, Species.first(length));
    int last = Math.max(0, length - L);
    int to0 = to[0];
    int to1 = to[1];
    int to2 = to[2];
    int to3 = to[3];
    int i = 0;
    int run = at;
    int o = 0;
    for (int n = rows * vectors(length); n > 0; n--) {
      int f = run + 4 * i;
      IntVector a = FloatVector.fromArray(S, x, f).reinterpretAsInts();
      IntVector b = FloatVector.fromArray(S, x, f + L).reinterpretAsInts();
      IntVector c = FloatVector.fromArray(S, x, f + 2 * L).reinterpretAsInts();
      IntVector d = FloatVector.fromArray(S, x, f + 3 * L).reinterpretAsInts();
      IntVector abEven = evens.selectFrom(a, b);
      IntVector cdEven = evens.selectFrom(c, d);
      IntVector abOdd = odds.selectFrom(a, b);
      IntVector cdOdd = odds.selectFrom(c, d);
      evens.selectFrom(abEven, cdEven).reinterpretAsFloats().intoArray(out, to0 + o + i, lanes);
      evens.selectFrom(abOdd, cdOdd).reinterpretAsFloats().intoArray(out, to1 + o + i, lanes);
      odds.selectFrom(abEven, cdEven).reinterpretAsFloats().intoArray(out, to2 + o + i, lanes);
      odds.selectFrom(abOdd, cdOdd).reinterpretAsFloats().intoArray(out, to3 + o + i, lanes);
      if (i < last) {
        i = Math.min(i + L, last);
      } else {
        i = 0;
        run += step;
        o += length;
      }
    }
  }

  /** Copies rows: {@code out[to + r outStep + i] = x[at + r step + i]}. */
  public static void copy(
      float[] x, int at, int rows, int step, int length, float[] out, int to, int outStep) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, at + r * step, out, to + r * outStep, length);
    }
  }

  /** {@code out[to + r outStep + i] = x[at + r step + 2 i]}. */
  public static void everyOther(
      float[] x, int at, int rows, int step, int length, float[] out, int to, int outStep) {
    IntVector evens = IntVector.fromArray(I, EVENS, 0);
    VectorMask<Float> lanes = VectorMask.fromLong(S, Species.first(length));
    int last = Math.max(0, length - L);
    int i = 0;
    int f = at;
    int o = to;
    for (int n = rows * vectors(length); n > 0; n--) {
      IntVector a = FloatVector.fromArray(S, x, f + 2 * i).reinterpretAsInts();
      IntVector b = FloatVector.fromArray(S, x, f + 2 * i + L).reinterpretAsInts();
      evens.selectFrom(a, b).reinterpretAsFloats().intoArray(out, o + i, lanes);
      if (i < last) {
        i = Math.min(i + L, last);
      } else {
        i = 0;
        f += step;
        o += outStep;
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

  /**
   * Writes each of {@code length} values of rows twice, or once with a zero behind it: row r from
   * {@code at + rowAt[r]} on, for r = from .. to-1. Rows of less than a vector need room for two
   * behind each: that of the next row, which is written later.
   *
   * @param o first result
   * @param outStep floats from a row of results to the next
   */
  public static void twice(
      float[] x,
      int at,
      int[] rowAt,
      int from,
      int to,
      int length,
      boolean zeros,
      float[] out,
      int o,
      int outStep) {
    IntVector lower = IntVector.fromArray(I, LOWER, 0);
    IntVector upper = IntVector.fromArray(I, UPPER, 0);
    IntVector zero = IntVector.zero(I);
    int last = Math.max(0, length - L);
    for (int r = from; r < to; r++) {
      int row = at + rowAt[r];
      int result = o + (r - from) * outStep;
      // A row that comes twice is read once.
      boolean isPair = r + 1 < to && rowAt[r + 1] == rowAt[r];
      int next = isPair ? result + outStep : result;
      r += isPair ? 1 : 0;
      for (int i = 0; i < length; i = i < last ? Math.min(i + L, last) : length) {
        IntVector v = FloatVector.fromArray(S, x, row + i).reinterpretAsInts();
        IntVector w = zeros ? zero : v;
        FloatVector y = lower.selectFrom(v, w).reinterpretAsFloats();
        FloatVector z = upper.selectFrom(v, w).reinterpretAsFloats();
        y.intoArray(out, result + 2 * i);
        z.intoArray(out, result + 2 * i + L);
        if (isPair) {
          y.intoArray(out, next + 2 * i);
          z.intoArray(out, next + 2 * i + L);
        }
      }
    }
  }

  /** {@code out[o + (r - from) outStep + i] = x[at + rowAt[r] + index[i]]}, r = from .. to-1. */
  public static void gather(
      float[] x,
      int at,
      int[] rowAt,
      int from,
      int to,
      int[] index,
      int length,
      float[] out,
      int o,
      int outStep) {
    for (int r = from; r < to; r++) {
      int row = at + rowAt[r];
      int result = o + (r - from) * outStep;
      int i = 0;
      for (; i <= length - L; i += L) {
        FloatVector.fromArray(S, x, row, index, i).intoArray(out, result + i);
      }
      for (; i < length; i++) {
        out[result + i] = x[row + index[i]];
      }
    }
  }

  /**
   * {@code out[i] = a + f (b - a)} with {@code a = x[row + first[i]], b = x[row + second[i]], f =
   * share[i]}, for the rows as in {@link #gather}.
   */
  public static void gatherBetween(
      float[] x,
      int at,
      int[] rowAt,
      int from,
      int to,
      int[] first,
      int[] second,
      float[] share,
      int length,
      float[] out,
      int o,
      int outStep) {
    for (int r = from; r < to; r++) {
      int row = at + rowAt[r];
      int result = o + (r - from) * outStep;
      int i = 0;
      for (; i <= length - L; i += L) {
        FloatVector a = FloatVector.fromArray(S, x, row, first, i);
        FloatVector b = FloatVector.fromArray(S, x, row, second, i);
        FloatVector f = FloatVector.fromArray(S, share, i);
        f.fma(b.sub(a), a).intoArray(out, result + i);
      }
      for (; i < length; i++) {
        float a = x[row + first[i]];
        out[result + i] = Math.fma(share[i], x[row + second[i]] - a, a);
      }
    }
  }

  /**
   * Mixes rows, with a vector's room behind the last: {@code out[i] = a + f (b - a)} with {@code a
   * = x[at + first[r] + i], b = x[at + second[r] + i], f = share[r]}; a where f is 0 or b is the
   * same row.
   *
   * @param from first r
   * @param to end of r
   * @param o first result
   * @param outStep floats from a row of results to the next
   */
  public static void between(
      float[] x,
      int at,
      int[] first,
      int[] second,
      float[] share,
      int from,
      int to,
      int length,
      float[] out,
      int o,
      int outStep) {
    int last = Math.max(0, length - L);
    for (int r = from; r < to; r++) {
      int one = at + first[r];
      int two = at + second[r];
      int result = o + (r - from) * outStep;
      if (share[r] == 0f || one == two) {
        System.arraycopy(x, one, out, result, length);
        continue;
      }
      FloatVector f = FloatVector.broadcast(S, share[r]);
      // Neighbours are often mixed of the same rows, which are read once then.
      boolean isPair =
          r + 1 < to
              && first[r + 1] == first[r]
              && second[r + 1] == second[r]
              && share[r + 1] != 0f;
      if (isPair) {
        r++;
        FloatVector g = FloatVector.broadcast(S, share[r]);
        int next = result + outStep;
        for (int i = 0; i < length; i = i < last ? Math.min(i + L, last) : length) {
          FloatVector a = FloatVector.fromArray(S, x, one + i);
          FloatVector d = FloatVector.fromArray(S, x, two + i).sub(a);
          f.fma(d, a).intoArray(out, result + i);
          g.fma(d, a).intoArray(out, next + i);
        }
      } else {
        for (int i = 0; i < length; i = i < last ? Math.min(i + L, last) : length) {
          FloatVector a = FloatVector.fromArray(S, x, one + i);
          FloatVector d = FloatVector.fromArray(S, x, two + i).sub(a);
          f.fma(d, a).intoArray(out, result + i);
        }
      }
    }
  }

  /**
   * Halves rows of linear interpolation: {@code out[o + (r - from) outStep + i] = m[2 i] + share
   * (m[2 i + 1] - m[2 i])}, where {@code m[j] = a + f (b - a)} with {@code a = x[at + first[r] +
   * j], b = x[at + second[r] + j], f = rowShare[r]}, for rows r = from .. to-1. Rows of less than a
   * vector need a vector's room behind each: that of the next row, which is written later.
   *
   * <p>With a line in scratch for each row, and then the columns, 1.6 times as long (JDK 25, Zen
   * 5).
   *
   * @param length results of a row
   */
  public static void halve(
      float[] x,
      int at,
      int[] first,
      int[] second,
      float[] rowShare,
      int from,
      int to,
      float share,
      int length,
      float[] out,
      int o,
      int outStep) {
    IntVector evens = IntVector.fromArray(I, EVENS, 0);
    IntVector odds = IntVector.fromArray(I, ODDS, 0);
    FloatVector g = FloatVector.broadcast(S, share);
    int last = Math.max(0, length - L);
    int i = 0;
    int r = from;
    int one = at + first[r];
    int two = at + second[r];
    int result = o;
    FloatVector f = FloatVector.broadcast(S, rowShare[r]);
    for (int n = (to - from) * vectors(length); n > 0; n--) {
      FloatVector a = FloatVector.fromArray(S, x, one + 2 * i);
      FloatVector b = FloatVector.fromArray(S, x, one + 2 * i + L);
      FloatVector c = FloatVector.fromArray(S, x, two + 2 * i);
      FloatVector d = FloatVector.fromArray(S, x, two + 2 * i + L);
      IntVector u = f.fma(c.sub(a), a).reinterpretAsInts();
      IntVector v = f.fma(d.sub(b), b).reinterpretAsInts();
      FloatVector even = evens.selectFrom(u, v).reinterpretAsFloats();
      FloatVector odd = odds.selectFrom(u, v).reinterpretAsFloats();
      g.fma(odd.sub(even), even).intoArray(out, result + i);
      if (i < last) {
        i = Math.min(i + L, last);
      } else if (n > 1) {
        i = 0;
        r++;
        one = at + first[r];
        two = at + second[r];
        f = FloatVector.broadcast(S, rowShare[r]);
        result += outStep;
      }
    }
  }

  /** The ints in the bits of {@code x[at + i]}. */
  public static void toInts(float[] x, int at, int length, int[] out, int to) {
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector.fromArray(S, x, at + i).reinterpretAsInts().intoArray(out, to + i);
    }
    for (; i < length; i++) {
      out[to + i] = Float.floatToRawIntBits(x[at + i]);
    }
  }
}
