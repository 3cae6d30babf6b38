package org.simdconv.internal.simd;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over rows of pixels for upsampling, pooling and shuffles. All store {@code length} results
 * and no more: the last vector goes through a mask, since rows are short and a scalar tail of half
 * a vector took as long as the rest (56 columns; JDK 25). What they read they read in whole
 * vectors: {@link #READ_AHEAD} floats past a row must be there. The last vector has a body of its
 * own where the body is long: one loop that chooses its store took an eighth more (averages of
 * three columns; JDK 25).
 *
 * <p>Thread safety: static, no state.
 */
public final class RowKernels {
  /** Floats past the end of a row, or of two, that a loop may read. */
  public static final int READ_AHEAD = 4 * Species.LANES;

  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // Lanes of two vectors: the lower and upper halves in turns, every other lane, the lane to the
  // right. A selection is one instruction where rearranging two vectors is three.
  private static final IntVector LOWER = indices(i -> (i & 1) == 0 ? i / 2 : L + i / 2);
  private static final IntVector UPPER = indices(i -> (i & 1) == 0 ? (L + i) / 2 : L + (L + i) / 2);
  private static final IntVector EVENS = indices(i -> 2 * i);
  private static final IntVector ODDS = indices(i -> 2 * i + 1);

  // Three vectors in turns: lanes of the first two in each vector of results, those of the third,
  // and which these are.
  private static final IntVector AB0 = indices(i -> firstTwo(i));
  private static final IntVector AB1 = indices(i -> firstTwo(L + i));
  private static final IntVector AB2 = indices(i -> firstTwo(2 * L + i));
  private static final VectorShuffle<Float> C0 = VectorShuffle.fromOp(S, i -> i / 3);
  private static final VectorShuffle<Float> C1 = VectorShuffle.fromOp(S, i -> (L + i) / 3);
  private static final VectorShuffle<Float> C2 = VectorShuffle.fromOp(S, i -> (2 * L + i) / 3);
  private static final VectorMask<Float> IS_C0 = thirds(0);
  private static final VectorMask<Float> IS_C1 = thirds(L);
  private static final VectorMask<Float> IS_C2 = thirds(2 * L);

  private RowKernels() {}

  private static IntVector indices(IntUnaryOperator lane) {
    int[] index = new int[L];
    Arrays.setAll(index, lane);
    return IntVector.fromArray(Species.INT, index, 0);
  }

  private static int firstTwo(int result) {
    return switch (result % 3) {
      case 0 -> result / 3;
      case 1 -> L + result / 3;
      default -> 0;
    };
  }

  private static VectorMask<Float> thirds(int from) {
    long lanes = 0;
    for (int i = 0; i < L; i++) {
      lanes |= (from + i) % 3 == 2 ? 1L << i : 0;
    }
    return VectorMask.fromLong(S, lanes);
  }

  /** So many lanes of a vector. */
  private static VectorMask<Float> tail(int results) {
    return VectorMask.fromLong(S, results == 64 ? -1L : (1L << results) - 1);
  }

  /**
   * {@code out[to + 2 i] = x[a + i], out[to + 2 i + 1] = x[b + i]}, and {@code step} and {@code
   * outStep} floats further for each row.
   */
  public static void interleave(
      float[] x, int a, int b, int rows, int step, int length, float[] out, int to, int outStep) {
    int whole = length / L * L;
    int rest = 2 * (length - whole);
    VectorMask<Float> low = tail(Math.min(L, rest));
    VectorMask<Float> high = tail(Math.max(0, rest - L));
    for (int r = 0; r < rows; r++) {
      int left = a + r * step;
      int right = b + r * step;
      int o = to + r * outStep;
      for (int i = 0; i < whole; i += L) {
        IntVector even = FloatVector.fromArray(S, x, left + i).reinterpretAsInts();
        IntVector odd = FloatVector.fromArray(S, x, right + i).reinterpretAsInts();
        LOWER.selectFrom(even, odd).reinterpretAsFloats().intoArray(out, o + 2 * i);
        UPPER.selectFrom(even, odd).reinterpretAsFloats().intoArray(out, o + 2 * i + L);
      }
      if (whole < length) {
        IntVector even = FloatVector.fromArray(S, x, left + whole).reinterpretAsInts();
        IntVector odd = FloatVector.fromArray(S, x, right + whole).reinterpretAsInts();
        LOWER.selectFrom(even, odd).reinterpretAsFloats().intoArray(out, o + 2 * whole, low);
        if (rest > L) {
          UPPER.selectFrom(even, odd).reinterpretAsFloats().intoArray(out, o + 2 * whole + L, high);
        }
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
    int whole = length / L * L;
    int rest = 3 * (length - whole);
    VectorMask<Float> tail0 = tail(Math.min(L, rest));
    VectorMask<Float> tail1 = tail(Math.clamp(rest - L, 0, L));
    VectorMask<Float> tail2 = tail(Math.max(0, rest - 2 * L));
    for (int r = 0; r < rows; r++) {
      int run = at + r * step;
      int o = to + r * outStep;
      for (int i = 0; i < whole; i += L) {
        IntVector a = FloatVector.fromArray(S, x, run + i).reinterpretAsInts();
        IntVector b = FloatVector.fromArray(S, x, run + apart + i).reinterpretAsInts();
        FloatVector c = FloatVector.fromArray(S, x, run + 2 * apart + i);
        FloatVector u = AB0.selectFrom(a, b).reinterpretAsFloats().blend(c.rearrange(C0), IS_C0);
        FloatVector v = AB1.selectFrom(a, b).reinterpretAsFloats().blend(c.rearrange(C1), IS_C1);
        FloatVector w = AB2.selectFrom(a, b).reinterpretAsFloats().blend(c.rearrange(C2), IS_C2);
        u.intoArray(out, o + 3 * i);
        v.intoArray(out, o + 3 * i + L);
        w.intoArray(out, o + 3 * i + 2 * L);
      }
      if (whole < length) {
        IntVector a = FloatVector.fromArray(S, x, run + whole).reinterpretAsInts();
        IntVector b = FloatVector.fromArray(S, x, run + apart + whole).reinterpretAsInts();
        FloatVector c = FloatVector.fromArray(S, x, run + 2 * apart + whole);
        FloatVector u = AB0.selectFrom(a, b).reinterpretAsFloats().blend(c.rearrange(C0), IS_C0);
        FloatVector v = AB1.selectFrom(a, b).reinterpretAsFloats().blend(c.rearrange(C1), IS_C1);
        FloatVector w = AB2.selectFrom(a, b).reinterpretAsFloats().blend(c.rearrange(C2), IS_C2);
        u.intoArray(out, o + 3 * whole, tail0);
        if (rest > L) {
          v.intoArray(out, o + 3 * whole + L, tail1);
        }
        if (rest > 2 * L) {
          w.intoArray(out, o + 3 * whole + 2 * L, tail2);
        }
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
    int whole = length / L * L;
    int rest = 4 * (length - whole);
    VectorMask<Float> tail0 = tail(Math.min(L, rest));
    VectorMask<Float> tail1 = tail(Math.clamp(rest - L, 0, L));
    VectorMask<Float> tail2 = tail(Math.clamp(rest - 2 * L, 0, L));
    VectorMask<Float> tail3 = tail(Math.max(0, rest - 3 * L));
    for (int r = 0; r < rows; r++) {
      int run = at + r * step;
      int o = to + r * outStep;
      for (int i = 0; i < whole; i += L) {
        IntVector a = FloatVector.fromArray(S, x, run + i).reinterpretAsInts();
        IntVector b = FloatVector.fromArray(S, x, run + apart + i).reinterpretAsInts();
        IntVector c = FloatVector.fromArray(S, x, run + 2 * apart + i).reinterpretAsInts();
        IntVector d = FloatVector.fromArray(S, x, run + 3 * apart + i).reinterpretAsInts();
        IntVector acLow = LOWER.selectFrom(a, c);
        IntVector bdLow = LOWER.selectFrom(b, d);
        LOWER.selectFrom(acLow, bdLow).reinterpretAsFloats().intoArray(out, o + 4 * i);
        UPPER.selectFrom(acLow, bdLow).reinterpretAsFloats().intoArray(out, o + 4 * i + L);
        IntVector acHigh = UPPER.selectFrom(a, c);
        IntVector bdHigh = UPPER.selectFrom(b, d);
        LOWER.selectFrom(acHigh, bdHigh).reinterpretAsFloats().intoArray(out, o + 4 * i + 2 * L);
        UPPER.selectFrom(acHigh, bdHigh).reinterpretAsFloats().intoArray(out, o + 4 * i + 3 * L);
      }
      if (whole < length) {
        IntVector a = FloatVector.fromArray(S, x, run + whole).reinterpretAsInts();
        IntVector b = FloatVector.fromArray(S, x, run + apart + whole).reinterpretAsInts();
        IntVector c = FloatVector.fromArray(S, x, run + 2 * apart + whole).reinterpretAsInts();
        IntVector d = FloatVector.fromArray(S, x, run + 3 * apart + whole).reinterpretAsInts();
        IntVector acLow = LOWER.selectFrom(a, c);
        IntVector bdLow = LOWER.selectFrom(b, d);
        int end = o + 4 * whole;
        LOWER.selectFrom(acLow, bdLow).reinterpretAsFloats().intoArray(out, end, tail0);
        if (rest > L) {
          UPPER.selectFrom(acLow, bdLow).reinterpretAsFloats().intoArray(out, end + L, tail1);
        }
        if (rest > 2 * L) {
          IntVector acHigh = UPPER.selectFrom(a, c);
          IntVector bdHigh = UPPER.selectFrom(b, d);
          LOWER.selectFrom(acHigh, bdHigh).reinterpretAsFloats().intoArray(out, end + 2 * L, tail2);
          if (rest > 3 * L) {
            UPPER
                .selectFrom(acHigh, bdHigh)
                .reinterpretAsFloats()
                .intoArray(out, end + 3 * L, tail3);
          }
        }
      }
    }
  }

  /** The even and the odd columns of rows, one behind the other from {@code to[0]} and to[1] on. */
  public static void split2(
      float[] x, int at, int rows, int step, int length, float[] out, int[] to) {
    int even = to[0];
    int odd = to[1];
    int whole = length / L * L;
    VectorMask<Float> tail = tail(length - whole);
    for (int r = 0; r < rows; r++) {
      int from = at + r * step;
      int o = r * length;
      for (int i = 0; i < length; i += L) {
        IntVector a = FloatVector.fromArray(S, x, from + 2 * i).reinterpretAsInts();
        IntVector b = FloatVector.fromArray(S, x, from + 2 * i + L).reinterpretAsInts();
        if (i < whole) {
          EVENS.selectFrom(a, b).reinterpretAsFloats().intoArray(out, even + o + i);
          ODDS.selectFrom(a, b).reinterpretAsFloats().intoArray(out, odd + o + i);
        } else {
          EVENS.selectFrom(a, b).reinterpretAsFloats().intoArray(out, even + o + i, tail);
          ODDS.selectFrom(a, b).reinterpretAsFloats().intoArray(out, odd + o + i, tail);
        }
      }
    }
  }

  /** Columns 0, 1, 2 and 3 of every four of rows, one behind the other from {@code to[0]} .. on. */
  public static void split4(
      float[] x, int at, int rows, int step, int length, float[] out, int[] to) {
    int whole = length / L * L;
    VectorMask<Float> tail = tail(length - whole);
    int to0 = to[0];
    int to1 = to[1];
    int to2 = to[2];
    int to3 = to[3];
    for (int r = 0; r < rows; r++) {
      int from = at + r * step;
      int o = r * length;
      for (int i = 0; i < length; i += L) {
        int f = from + 4 * i;
        IntVector a = FloatVector.fromArray(S, x, f).reinterpretAsInts();
        IntVector b = FloatVector.fromArray(S, x, f + L).reinterpretAsInts();
        IntVector c = FloatVector.fromArray(S, x, f + 2 * L).reinterpretAsInts();
        IntVector d = FloatVector.fromArray(S, x, f + 3 * L).reinterpretAsInts();
        IntVector abEven = EVENS.selectFrom(a, b);
        IntVector cdEven = EVENS.selectFrom(c, d);
        IntVector abOdd = ODDS.selectFrom(a, b);
        IntVector cdOdd = ODDS.selectFrom(c, d);
        FloatVector u = EVENS.selectFrom(abEven, cdEven).reinterpretAsFloats();
        FloatVector v = EVENS.selectFrom(abOdd, cdOdd).reinterpretAsFloats();
        FloatVector w = ODDS.selectFrom(abEven, cdEven).reinterpretAsFloats();
        FloatVector z = ODDS.selectFrom(abOdd, cdOdd).reinterpretAsFloats();
        if (i < whole) {
          u.intoArray(out, to0 + o + i);
          v.intoArray(out, to1 + o + i);
          w.intoArray(out, to2 + o + i);
          z.intoArray(out, to3 + o + i);
        } else {
          u.intoArray(out, to0 + o + i, tail);
          v.intoArray(out, to1 + o + i, tail);
          w.intoArray(out, to2 + o + i, tail);
          z.intoArray(out, to3 + o + i, tail);
        }
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
    int whole = length / L * L;
    VectorMask<Float> tail = tail(length - whole);
    for (int r = 0; r < rows; r++) {
      int from = at + r * step;
      int o = to + r * outStep;
      for (int i = 0; i < whole; i += L) {
        IntVector a = FloatVector.fromArray(S, x, from + 2 * i).reinterpretAsInts();
        IntVector b = FloatVector.fromArray(S, x, from + 2 * i + L).reinterpretAsInts();
        EVENS.selectFrom(a, b).reinterpretAsFloats().intoArray(out, o + i);
      }
      if (whole < length) {
        IntVector a = FloatVector.fromArray(S, x, from + 2 * whole).reinterpretAsInts();
        IntVector b = FloatVector.fromArray(S, x, from + 2 * whole + L).reinterpretAsInts();
        EVENS.selectFrom(a, b).reinterpretAsFloats().intoArray(out, o + whole, tail);
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
   * {@code at + rowAt[r]} on, for r = from .. to-1.
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
    IntVector zero = IntVector.zero(Species.INT);
    int whole = length / L * L;
    int rest = 2 * (length - whole);
    VectorMask<Float> low = tail(Math.min(L, rest));
    VectorMask<Float> high = tail(Math.max(0, rest - L));
    for (int r = from; r < to; r++) {
      int row = at + rowAt[r];
      int result = o + (r - from) * outStep;
      for (int i = 0; i < whole; i += L) {
        IntVector v = FloatVector.fromArray(S, x, row + i).reinterpretAsInts();
        IntVector w = zeros ? zero : v;
        LOWER.selectFrom(v, w).reinterpretAsFloats().intoArray(out, result + 2 * i);
        UPPER.selectFrom(v, w).reinterpretAsFloats().intoArray(out, result + 2 * i + L);
      }
      if (whole < length) {
        IntVector v = FloatVector.fromArray(S, x, row + whole).reinterpretAsInts();
        IntVector w = zeros ? zero : v;
        LOWER.selectFrom(v, w).reinterpretAsFloats().intoArray(out, result + 2 * whole, low);
        if (rest > L) {
          UPPER.selectFrom(v, w).reinterpretAsFloats().intoArray(out, result + 2 * whole + L, high);
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
   * Mixes rows: {@code out[i] = a + f (b - a)} with {@code a = x[at + first[r] + i], b = x[at +
   * second[r] + i], f = share[r]}; a where f is 0 or b is the same row. Each row of results has a
   * copy of its first element before it and of its last behind it.
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
    int whole = length / L * L;
    VectorMask<Float> tail = tail(length - whole);
    for (int r = from; r < to; r++) {
      int one = at + first[r];
      int two = at + second[r];
      int result = o + (r - from) * outStep;
      if (share[r] == 0f || one == two) {
        System.arraycopy(x, one, out, result, length);
        out[result - 1] = out[result];
        out[result + length] = out[result + length - 1];
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
        for (int i = 0; i < whole; i += L) {
          FloatVector a = FloatVector.fromArray(S, x, one + i);
          FloatVector d = FloatVector.fromArray(S, x, two + i).sub(a);
          f.fma(d, a).intoArray(out, result + i);
          g.fma(d, a).intoArray(out, next + i);
        }
        if (whole < length) {
          FloatVector a = FloatVector.fromArray(S, x, one + whole);
          FloatVector d = FloatVector.fromArray(S, x, two + whole).sub(a);
          f.fma(d, a).intoArray(out, result + whole, tail);
          g.fma(d, a).intoArray(out, next + whole, tail);
        }
        out[next - 1] = out[next];
        out[next + length] = out[next + length - 1];
      } else {
        for (int i = 0; i < whole; i += L) {
          FloatVector a = FloatVector.fromArray(S, x, one + i);
          f.fma(FloatVector.fromArray(S, x, two + i).sub(a), a).intoArray(out, result + i);
        }
        if (whole < length) {
          FloatVector a = FloatVector.fromArray(S, x, one + whole);
          f.fma(FloatVector.fromArray(S, x, two + whole).sub(a), a)
              .intoArray(out, result + whole, tail);
        }
      }
      out[result - 1] = out[result];
      out[result + length] = out[result + length - 1];
    }
  }

  /**
   * Halves rows: {@code out[i] = a + f (b - a)} with {@code a = x[at + 2 i], b = x[at + 2 i + 1]},
   * and {@code step} and {@code outStep} floats further for each row.
   */
  public static void betweenHalved(
      float[] x,
      int at,
      float share,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    FloatVector f = FloatVector.broadcast(S, share);
    int whole = length / L * L;
    VectorMask<Float> tail = tail(length - whole);
    for (int r = 0; r < rows; r++) {
      int row = at + r * step;
      int o = to + r * outStep;
      for (int i = 0; i < whole; i += L) {
        FloatVector u = FloatVector.fromArray(S, x, row + 2 * i);
        FloatVector v = FloatVector.fromArray(S, x, row + 2 * i + L);
        FloatVector a =
            EVENS.selectFrom(u.reinterpretAsInts(), v.reinterpretAsInts()).reinterpretAsFloats();
        f.fma(
                ODDS.selectFrom(u.reinterpretAsInts(), v.reinterpretAsInts())
                    .reinterpretAsFloats()
                    .sub(a),
                a)
            .intoArray(out, o + i);
      }
      if (whole < length) {
        FloatVector u = FloatVector.fromArray(S, x, row + 2 * whole);
        FloatVector v = FloatVector.fromArray(S, x, row + 2 * whole + L);
        FloatVector a =
            EVENS.selectFrom(u.reinterpretAsInts(), v.reinterpretAsInts()).reinterpretAsFloats();
        f.fma(
                ODDS.selectFrom(u.reinterpretAsInts(), v.reinterpretAsInts())
                    .reinterpretAsFloats()
                    .sub(a),
                a)
            .intoArray(out, o + whole, tail);
      }
    }
  }

  /**
   * The two phases of doubling rows: {@code out[2 i] = a + f (b - a), out[2 i + 1] = c + g (d - c)}
   * with {@code a = x[even + i], b = x[even + i + 1], c = x[odd + i], d = x[odd + i + 1]}, and
   * {@code step} floats further for each row of results.
   */
  public static void betweenTwice(
      float[] x,
      int even,
      float evenShare,
      int odd,
      float oddShare,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep) {
    FloatVector f = FloatVector.broadcast(S, evenShare);
    FloatVector g = FloatVector.broadcast(S, oddShare);
    int whole = length / L * L;
    int rest = 2 * (length - whole);
    VectorMask<Float> lowTail = tail(Math.min(L, rest));
    VectorMask<Float> highTail = tail(Math.max(0, rest - L));
    boolean sharesLoads = odd == even + 1;
    for (int r = 0; r < rows; r++) {
      int left = even + r * step;
      int right = odd + r * step;
      int o = to + r * outStep;
      if (sharesLoads) {
        for (int i = 0; i < whole; i += L) {
          FloatVector a = FloatVector.fromArray(S, x, left + i);
          FloatVector c = FloatVector.fromArray(S, x, left + i + 1);
          FloatVector u = f.fma(c.sub(a), a);
          FloatVector v = g.fma(FloatVector.fromArray(S, x, left + i + 2).sub(c), c);
          LOWER
              .selectFrom(u.reinterpretAsInts(), v.reinterpretAsInts())
              .reinterpretAsFloats()
              .intoArray(out, o + 2 * i);
          UPPER
              .selectFrom(u.reinterpretAsInts(), v.reinterpretAsInts())
              .reinterpretAsFloats()
              .intoArray(out, o + 2 * i + L);
        }
      } else {
        for (int i = 0; i < whole; i += L) {
          FloatVector a = FloatVector.fromArray(S, x, left + i);
          FloatVector c = FloatVector.fromArray(S, x, right + i);
          FloatVector u = f.fma(FloatVector.fromArray(S, x, left + i + 1).sub(a), a);
          FloatVector v = g.fma(FloatVector.fromArray(S, x, right + i + 1).sub(c), c);
          LOWER
              .selectFrom(u.reinterpretAsInts(), v.reinterpretAsInts())
              .reinterpretAsFloats()
              .intoArray(out, o + 2 * i);
          UPPER
              .selectFrom(u.reinterpretAsInts(), v.reinterpretAsInts())
              .reinterpretAsFloats()
              .intoArray(out, o + 2 * i + L);
        }
      }
      if (whole < length) {
        FloatVector a = FloatVector.fromArray(S, x, left + whole);
        FloatVector c = FloatVector.fromArray(S, x, right + whole);
        FloatVector u = f.fma(FloatVector.fromArray(S, x, left + whole + 1).sub(a), a);
        FloatVector v = g.fma(FloatVector.fromArray(S, x, right + whole + 1).sub(c), c);
        LOWER
            .selectFrom(u.reinterpretAsInts(), v.reinterpretAsInts())
            .reinterpretAsFloats()
            .intoArray(out, o + 2 * whole, lowTail);
        if (rest > L) {
          UPPER
              .selectFrom(u.reinterpretAsInts(), v.reinterpretAsInts())
              .reinterpretAsFloats()
              .intoArray(out, o + 2 * whole + L, highTail);
        }
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
