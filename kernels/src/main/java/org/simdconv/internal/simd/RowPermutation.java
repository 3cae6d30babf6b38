package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Enlarges a row: the sources of a vector of results lie within a vector, so that one load and one
 * permutation bring them, where a gather loads each lane (linear of scale 1.5: 1.6 times as fast,
 * JDK 25). Reads a vector past the last source. Immutable.
 */
public final class RowPermutation {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  private final int[] base;
  // Lanes of the sources from the base on, for whole vectors of results.
  private final int[] lanes;
  private final VectorMask<Float> tail;

  private RowPermutation(int[] base, int[] lanes, VectorMask<Float> tail) {
    this.base = base;
    this.lanes = lanes;
    this.tail = tail;
  }

  /** Whether so many sources from each on lie within a vector for each vector of results. */
  public static boolean suits(int[] source, int sources) {
    for (int i = 0; i < source.length; i++) {
      int from = source[i / L * L];
      if (source[i] < from || source[i] > from + L - sources) {
        return false;
      }
    }
    return true;
  }

  /** Of the sources of all results, which {@link #suits}: two of them for each if it mixes. */
  public static RowPermutation of(int[] source) {
    int vectors = (source.length + L - 1) / L;
    int[] base = new int[vectors];
    int[] lanes = new int[vectors * L];
    for (int i = 0; i < source.length; i++) {
      base[i / L] = source[i / L * L];
      lanes[i] = source[i] - base[i / L];
    }
    int rest = source.length - (vectors - 1) * L;
    return new RowPermutation(
        base, lanes, VectorMask.fromLong(S, rest == 64 ? -1L : (1L << rest) - 1));
  }

  /**
   * {@code out[o + (r - from) outStep + i] = x[at + rowAt[r] + source[i]]} for rows r = from ..
   * to-1.
   */
  public void nearest(
      float[] x, int at, int[] rowAt, int from, int to, float[] out, int o, int outStep) {
    int last = base.length - 1;
    for (int r = from; r < to; r++) {
      int row = at + rowAt[r];
      int result = o + (r - from) * outStep;
      for (int v = 0; v < last; v++) {
        IntVector lane = IntVector.fromArray(Species.INT, lanes, v * L);
        lane.selectFrom(FloatVector.fromArray(S, x, row + base[v]).reinterpretAsInts())
            .reinterpretAsFloats()
            .intoArray(out, result + v * L);
      }
      IntVector lane = IntVector.fromArray(Species.INT, lanes, last * L);
      lane.selectFrom(FloatVector.fromArray(S, x, row + base[last]).reinterpretAsInts())
          .reinterpretAsFloats()
          .intoArray(out, result + last * L, tail);
    }
  }

  /**
   * {@code out[i] = a + f (b - a)} with {@code a = x[row + source[i]], b = x[row + source[i] + 1],
   * f = share[i]}, shares in whole vectors, for rows as above.
   */
  public void linear(
      float[] x,
      int at,
      int[] rowAt,
      int from,
      int to,
      float[] share,
      float[] out,
      int o,
      int outStep) {
    int last = base.length - 1;
    for (int r = from; r < to; r += 2) {
      // Two rows at a time, so that lanes and shares are loaded once for both; a single one twice.
      int next = Math.min(r + 1, to - 1);
      int upper = at + rowAt[r];
      int lower = at + rowAt[next];
      int above = o + (r - from) * outStep;
      int below = o + (next - from) * outStep;
      for (int v = 0; v < last; v++) {
        IntVector lane = IntVector.fromArray(Species.INT, lanes, v * L);
        IntVector right = lane.add(1);
        FloatVector f = FloatVector.fromArray(S, share, v * L);
        IntVector i = FloatVector.fromArray(S, x, upper + base[v]).reinterpretAsInts();
        IntVector j = FloatVector.fromArray(S, x, lower + base[v]).reinterpretAsInts();
        FloatVector a = lane.selectFrom(i).reinterpretAsFloats();
        FloatVector b = right.selectFrom(i).reinterpretAsFloats();
        FloatVector c = lane.selectFrom(j).reinterpretAsFloats();
        FloatVector d = right.selectFrom(j).reinterpretAsFloats();
        f.fma(b.sub(a), a).intoArray(out, above + v * L);
        f.fma(d.sub(c), c).intoArray(out, below + v * L);
      }
      IntVector lane = IntVector.fromArray(Species.INT, lanes, last * L);
      IntVector right = lane.add(1);
      FloatVector f = FloatVector.fromArray(S, share, last * L);
      IntVector i = FloatVector.fromArray(S, x, upper + base[last]).reinterpretAsInts();
      IntVector j = FloatVector.fromArray(S, x, lower + base[last]).reinterpretAsInts();
      FloatVector a = lane.selectFrom(i).reinterpretAsFloats();
      FloatVector b = right.selectFrom(i).reinterpretAsFloats();
      FloatVector c = lane.selectFrom(j).reinterpretAsFloats();
      FloatVector d = right.selectFrom(j).reinterpretAsFloats();
      f.fma(b.sub(a), a).intoArray(out, above + last * L, tail);
      f.fma(d.sub(c), c).intoArray(out, below + last * L, tail);
    }
  }
}
