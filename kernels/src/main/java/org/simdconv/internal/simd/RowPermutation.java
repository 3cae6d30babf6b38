package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
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
  private final VectorShuffle<Float>[] shuffles;
  private final VectorMask<Float> tail;

  private RowPermutation(int[] base, VectorShuffle<Float>[] shuffles, VectorMask<Float> tail) {
    this.base = base;
    this.shuffles = shuffles;
    this.tail = tail;
  }

  /** Whether the sources of each vector of results lie within a vector, ascending. */
  public static boolean suits(int[] source) {
    for (int i = 0; i < source.length; i++) {
      int from = source[i / L * L];
      if (source[i] < from || source[i] >= from + L) {
        return false;
      }
    }
    return true;
  }

  /** Of the sources of all results, which {@link #suits}. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public static RowPermutation of(int[] source) {
    int vectors = (source.length + L - 1) / L;
    int[] base = new int[vectors];
    VectorShuffle<Float>[] shuffles = new VectorShuffle[vectors];
    for (int v = 0; v < vectors; v++) {
      int from = source[v * L];
      int[] lanes = new int[L];
      for (int i = 0; i < L; i++) {
        lanes[i] = v * L + i < source.length ? source[v * L + i] - from : 0;
      }
      base[v] = from;
      shuffles[v] = VectorShuffle.fromArray(S, lanes, 0);
    }
    int rest = source.length - (vectors - 1) * L;
    return new RowPermutation(
        base, shuffles, VectorMask.fromLong(S, rest == 64 ? -1L : (1L << rest) - 1));
  }

  /** {@code out[to + i] = x[at + source[i]]}. */
  public void nearest(float[] x, int at, float[] out, int to) {
    int last = base.length - 1;
    for (int v = 0; v < last; v++) {
      FloatVector.fromArray(S, x, at + base[v]).rearrange(shuffles[v]).intoArray(out, to + v * L);
    }
    FloatVector.fromArray(S, x, at + base[last])
        .rearrange(shuffles[last])
        .intoArray(out, to + last * L, tail);
  }

  /**
   * {@code out[to + i] = a + f (b - a)} with {@code a = x[at + source[i]], b = x[at + source[i] +
   * 1], f = share[i]}, shares in whole vectors.
   */
  public void linear(float[] x, int at, float[] share, float[] out, int to) {
    int last = base.length - 1;
    for (int v = 0; v < last; v++) {
      FloatVector a = FloatVector.fromArray(S, x, at + base[v]).rearrange(shuffles[v]);
      FloatVector b = FloatVector.fromArray(S, x, at + base[v] + 1).rearrange(shuffles[v]);
      FloatVector.fromArray(S, share, v * L).fma(b.sub(a), a).intoArray(out, to + v * L);
    }
    FloatVector a = FloatVector.fromArray(S, x, at + base[last]).rearrange(shuffles[last]);
    FloatVector b = FloatVector.fromArray(S, x, at + base[last] + 1).rearrange(shuffles[last]);
    FloatVector.fromArray(S, share, last * L).fma(b.sub(a), a).intoArray(out, to + last * L, tail);
  }
}
