package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Enlarges images by linear interpolation in one pass: a vector of the upper and of the lower row
 * is mixed, and the left and the right source of each result are selected from the mixture, where
 * they lie within a vector. Reads a vector past the last source. Immutable.
 *
 * <p>Four rows of results at a time share what belongs to the columns. With a line in scratch for
 * each row of results, and then the columns, linear of scale 4 took 1.4 times as long, of 1.5 1.3
 * times, of 2 1.1 times; of what is left half are stores over two cache lines (JDK 25, Zen 5,
 * {@code images}). Shares of rows are loaded, since C2 repeats a broadcast in every pass. Tried:
 * four rows each with sources of their own (no faster where scales are whole, 5% at 1.5).
 */
public final class RowMixture {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // For each vector of results: where its sources begin and where it goes, in which lanes from
  // there the left and then the right sources are, and the share of these.
  private final int[] places;
  private final int[] selections;
  private final float[] shares;

  // A vector of the lower row's share for each row of results.
  private final float[] rowShares;

  /**
   * Of results whose left sources {@link RowPermutation#suits}.
   *
   * @param left left source of each result
   * @param right right source: the same or the next one
   * @param share share of the right source
   * @param rowShare share of the lower row for each row of results
   */
  public RowMixture(int[] left, int[] right, float[] share, float[] rowShare) {
    int vectors = (left.length + L - 1) / L;
    places = new int[2 * vectors];
    selections = new int[2 * vectors * L];
    shares = new float[vectors * L];
    rowShares = new float[Math.multiplyExact(rowShare.length, L)];
    for (int i = 0; i < rowShares.length; i++) {
      rowShares[i] = rowShare[i / L];
    }
    for (int v = 0; v < vectors; v++) {
      int begin = RowPermutation.begin(v, left.length);
      int base = left[begin];
      places[2 * v] = base;
      places[2 * v + 1] = begin;
      for (int i = 0; i < Math.min(L, left.length); i++) {
        selections[2 * v * L + i] = left[begin + i] - base;
        selections[(2 * v + 1) * L + i] = right[begin + i] - base;
        shares[v * L + i] = share[begin + i];
      }
    }
  }

  /**
   * {@code out[o + (r - from) outStep + i] = m[left[i]] + share[i] (m[right[i]] - m[left[i]])},
   * where {@code m[j] = a + f (b - a)} with {@code a = x[at + first[r] + j], b = x[at + second[r] +
   * j]} and f the share of row r, for rows r = from .. to-1. Rows of less than a vector need a
   * vector's room behind each: that of the next row, which is written later.
   */
  public void run(
      float[] x,
      int at,
      int[] first,
      int[] second,
      int from,
      int to,
      float[] out,
      int o,
      int outStep) {
    int vectors = places.length / 2;
    for (int r = from; r < to; ) {
      int s = mate(first, second, r, to);
      // At the end the same two once more.
      int t = s + 1 < to ? s + 1 : r;
      int u = s + 1 < to ? mate(first, second, t, to) : s;
      int upper = at + first[r];
      int lower = at + second[r];
      int nextUpper = at + first[t];
      int nextLower = at + second[t];
      FloatVector f0 = FloatVector.fromArray(S, rowShares, r * L);
      FloatVector f1 = FloatVector.fromArray(S, rowShares, s * L);
      FloatVector f2 = FloatVector.fromArray(S, rowShares, t * L);
      FloatVector f3 = FloatVector.fromArray(S, rowShares, u * L);
      int o0 = o + (r - from) * outStep;
      int o1 = o + (s - from) * outStep;
      int o2 = o + (t - from) * outStep;
      int o3 = o + (u - from) * outStep;
      r = Math.max(s, u) + 1;
      for (int v = 0; v < vectors; v++) {
        IntVector left = IntVector.fromArray(Species.INT, selections, 2 * v * L);
        IntVector right = IntVector.fromArray(Species.INT, selections, (2 * v + 1) * L);
        FloatVector f = FloatVector.fromArray(S, shares, v * L);
        int place = places[2 * v];
        int result = places[2 * v + 1];
        FloatVector a = FloatVector.fromArray(S, x, upper + place);
        FloatVector b = FloatVector.fromArray(S, x, lower + place).sub(a);
        FloatVector c = FloatVector.fromArray(S, x, nextUpper + place);
        FloatVector d = FloatVector.fromArray(S, x, nextLower + place).sub(c);
        IntVector m0 = f0.fma(b, a).reinterpretAsInts();
        IntVector m1 = f1.fma(b, a).reinterpretAsInts();
        IntVector m2 = f2.fma(d, c).reinterpretAsInts();
        IntVector m3 = f3.fma(d, c).reinterpretAsInts();
        FloatVector l0 = left.selectFrom(m0).reinterpretAsFloats();
        FloatVector l1 = left.selectFrom(m1).reinterpretAsFloats();
        FloatVector l2 = left.selectFrom(m2).reinterpretAsFloats();
        FloatVector l3 = left.selectFrom(m3).reinterpretAsFloats();
        FloatVector r0 = right.selectFrom(m0).reinterpretAsFloats();
        FloatVector r1 = right.selectFrom(m1).reinterpretAsFloats();
        FloatVector r2 = right.selectFrom(m2).reinterpretAsFloats();
        FloatVector r3 = right.selectFrom(m3).reinterpretAsFloats();
        f.fma(r0.sub(l0), l0).intoArray(out, o0 + result);
        f.fma(r1.sub(l1), l1).intoArray(out, o1 + result);
        f.fma(r2.sub(l2), l2).intoArray(out, o2 + result);
        f.fma(r3.sub(l3), l3).intoArray(out, o3 + result);
      }
    }
  }

  /** The next row if it is mixed of the same two, else the row itself. */
  private static int mate(int[] first, int[] second, int r, int to) {
    int next = r + 1;
    return next < to && first[next] == first[r] && second[next] == second[r] ? next : r;
  }
}
