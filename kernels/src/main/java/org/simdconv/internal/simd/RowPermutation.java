package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Enlarges a row by copies: the sources of a vector of results lie within a vector, so that one
 * load and one permutation bring them, where a gather loads each lane. Reads a vector past the last
 * source. Immutable.
 */
public final class RowPermutation {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // First result of each vector of them, where its sources begin, and the lanes of these from
  // there.
  private final int[] begin;
  private final int[] base;
  private final int[] lanes;

  private RowPermutation(int[] begin, int[] base, int[] lanes) {
    this.begin = begin;
    this.base = base;
    this.lanes = lanes;
  }

  /** The first result of a vector of them: the last vector ends with the row. */
  static int begin(int vector, int results) {
    return Math.clamp(results - L, 0, vector * L);
  }

  /** Whether so many sources from each on lie within a vector for each vector of results. */
  public static boolean suits(int[] source, int sources) {
    for (int v = 0; v * L < source.length; v++) {
      int first = begin(v, source.length);
      for (int i = first; i < Math.min(first + L, source.length); i++) {
        if (source[i] < source[first] || source[i] > source[first] + L - sources) {
          return false;
        }
      }
    }
    return true;
  }

  /** Of the sources of all results, which {@link #suits}. */
  public static RowPermutation of(int[] source) {
    int vectors = (source.length + L - 1) / L;
    int[] begin = new int[vectors];
    int[] base = new int[vectors];
    int[] lanes = new int[vectors * L];
    for (int v = 0; v < vectors; v++) {
      begin[v] = begin(v, source.length);
      base[v] = source[begin[v]];
      for (int i = 0; i < Math.min(L, source.length); i++) {
        lanes[v * L + i] = source[begin[v] + i] - base[v];
      }
    }
    return new RowPermutation(begin, base, lanes);
  }

  /**
   * {@code out[o + (r - from) outStep + i] = x[at + rowAt[r] + source[i]]} for rows r = from ..
   * to-1. Rows of less than a vector need a vector's room behind each: that of the next row, which
   * is written later.
   */
  public void nearest(
      float[] x, int at, int[] rowAt, int from, int to, float[] out, int o, int outStep) {
    int vectors = base.length;
    for (int r = from; r < to; r++) {
      int row = at + rowAt[r];
      int result = o + (r - from) * outStep;
      // A row that comes twice is permuted once.
      boolean isPair = r + 1 < to && rowAt[r + 1] == rowAt[r];
      r += isPair ? 1 : 0;
      for (int v = 0; v < vectors; v++) {
        FloatVector y =
            IntVector.fromArray(Species.INT, lanes, v * L)
                .selectFrom(FloatVector.fromArray(S, x, row + base[v]).reinterpretAsInts())
                .reinterpretAsFloats();
        y.intoArray(out, result + begin[v]);
        if (isPair) {
          y.intoArray(out, result + outStep + begin[v]);
        }
      }
    }
  }
}
