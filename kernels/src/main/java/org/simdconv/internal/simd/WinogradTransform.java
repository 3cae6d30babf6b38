package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one-dimensional transforms of Winograd's minimal filtering for 3 taps, a vector of tiles at a
 * time (A. Lavin, S. Gray, "Fast algorithms for convolutional neural networks", arXiv 1509.09308).
 * A two-dimensional transform is one over the columns and one over the rows.
 *
 * <pre>
 * F(2,3), points 0 1 -1 inf            F(4,3), points 0 1 -1 2 -2 inf
 * Bt =  1  0 -1  0                     Bt =  4  0 -5  0  1  0        At =  1  1  1  1  1  0
 *       0  1  1  0                           0 -4 -4  1  1  0              0  1 -1  2 -2  0
 *       0 -1  1  0                           0  4 -4 -1  1  0              0  1  1  4  4  0
 *       0  1  0 -1                           0 -2 -1  2  1  0              0  1 -1  8 -8  1
 * At =  1  1  1  0                           0  2 -1 -2  1  0
 *       0  1 -1 -1                           0  4  0 -5  0  1
 * </pre>
 *
 * Thread safety: static, no state.
 */
public final class WinogradTransform {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  private static final VectorShuffle<Float> LOW =
      VectorShuffle.fromOp(S, i -> (i % 2 == 0 ? 0 : L) + i / 2);
  private static final VectorShuffle<Float> HIGH =
      VectorShuffle.fromOp(S, i -> (i % 2 == 0 ? 0 : L) + L / 2 + i / 2);

  private WinogradTransform() {}

  /**
   * Bt for F(2,3): {@code target[to + i * step] = sum over j of Bt[i][j] source[at + offset[first +
   * j]]}.
   */
  public static void input4(
      float[] source,
      int at,
      int[] offset,
      int first,
      float[] target,
      int to,
      int step,
      int length) {
    VectorMask<Float> mask = S.indexInRange(0, length);
    FloatVector d0 = FloatVector.fromArray(S, source, at + offset[first]);
    FloatVector d1 = FloatVector.fromArray(S, source, at + offset[first + 1]);
    FloatVector d2 = FloatVector.fromArray(S, source, at + offset[first + 2]);
    FloatVector d3 = FloatVector.fromArray(S, source, at + offset[first + 3]);
    d0.sub(d2).intoArray(target, to, mask);
    d1.add(d2).intoArray(target, to + step, mask);
    d2.sub(d1).intoArray(target, to + 2 * step, mask);
    d1.sub(d3).intoArray(target, to + 3 * step, mask);
  }

  /** Bt for F(4,3), as {@link #input4}. */
  public static void input6(
      float[] source,
      int at,
      int[] offset,
      int first,
      float[] target,
      int to,
      int step,
      int length) {
    VectorMask<Float> mask = S.indexInRange(0, length);
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    FloatVector d0 = FloatVector.fromArray(S, source, at + offset[first]);
    FloatVector d1 = FloatVector.fromArray(S, source, at + offset[first + 1]);
    FloatVector d2 = FloatVector.fromArray(S, source, at + offset[first + 2]);
    FloatVector d3 = FloatVector.fromArray(S, source, at + offset[first + 3]);
    FloatVector d4 = FloatVector.fromArray(S, source, at + offset[first + 4]);
    FloatVector d5 = FloatVector.fromArray(S, source, at + offset[first + 5]);
    four.fma(d0, minusFive.fma(d2, d4)).intoArray(target, to, mask);
    FloatVector minusFour = four.neg();
    FloatVector even = minusFour.fma(d2, d4);
    FloatVector odd = minusFour.fma(d1, d3);
    even.add(odd).intoArray(target, to + step, mask);
    even.sub(odd).intoArray(target, to + 2 * step, mask);
    FloatVector evens = d4.sub(d2);
    FloatVector odds = d3.sub(d1);
    two.fma(odds, evens).intoArray(target, to + 3 * step, mask);
    two.neg().fma(odds, evens).intoArray(target, to + 4 * step, mask);
    four.fma(d1, minusFive.fma(d3, d5)).intoArray(target, to + 5 * step, mask);
  }

  /**
   * At for F(2,3): {@code target[to + i * step] = sum over j of At[i][j] source[at + j * apart]}.
   */
  public static void output4(float[] source, int at, int apart, float[] target, int to, int step) {
    FloatVector m0 = FloatVector.fromArray(S, source, at);
    FloatVector m1 = FloatVector.fromArray(S, source, at + apart);
    FloatVector m2 = FloatVector.fromArray(S, source, at + 2 * apart);
    FloatVector m3 = FloatVector.fromArray(S, source, at + 3 * apart);
    m0.add(m1).add(m2).intoArray(target, to);
    m1.sub(m2).sub(m3).intoArray(target, to + step);
  }

  /** At for F(4,3), as {@link #output4}. */
  public static void output6(float[] source, int at, int apart, float[] target, int to, int step) {
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector eight = FloatVector.broadcast(S, 8f);
    FloatVector m0 = FloatVector.fromArray(S, source, at);
    FloatVector m1 = FloatVector.fromArray(S, source, at + apart);
    FloatVector m2 = FloatVector.fromArray(S, source, at + 2 * apart);
    FloatVector m3 = FloatVector.fromArray(S, source, at + 3 * apart);
    FloatVector m4 = FloatVector.fromArray(S, source, at + 4 * apart);
    FloatVector m5 = FloatVector.fromArray(S, source, at + 5 * apart);
    FloatVector sum = m1.add(m2);
    FloatVector difference = m1.sub(m2);
    FloatVector sums = m3.add(m4);
    FloatVector differences = m3.sub(m4);
    m0.add(sum).add(sums).intoArray(target, to);
    two.fma(differences, difference).intoArray(target, to + step);
    four.fma(sums, sum).intoArray(target, to + 2 * step);
    eight.fma(differences, difference).add(m5).intoArray(target, to + 3 * step);
  }

  /** Interleaves 2 vectors that stand {@code apart} floats apart. */
  public static void interleave2(float[] source, int at, int apart, float[] target, int to) {
    FloatVector a = FloatVector.fromArray(S, source, at);
    FloatVector b = FloatVector.fromArray(S, source, at + apart);
    a.rearrange(LOW, b).intoArray(target, to);
    a.rearrange(HIGH, b).intoArray(target, to + L);
  }

  /** Interleaves 4 vectors that stand {@code apart} floats apart. */
  public static void interleave4(float[] source, int at, int apart, float[] target, int to) {
    FloatVector a = FloatVector.fromArray(S, source, at);
    FloatVector b = FloatVector.fromArray(S, source, at + apart);
    FloatVector c = FloatVector.fromArray(S, source, at + 2 * apart);
    FloatVector d = FloatVector.fromArray(S, source, at + 3 * apart);
    FloatVector even = a.rearrange(LOW, c);
    FloatVector odd = b.rearrange(LOW, d);
    even.rearrange(LOW, odd).intoArray(target, to);
    even.rearrange(HIGH, odd).intoArray(target, to + L);
    even = a.rearrange(HIGH, c);
    odd = b.rearrange(HIGH, d);
    even.rearrange(LOW, odd).intoArray(target, to + 2 * L);
    even.rearrange(HIGH, odd).intoArray(target, to + 3 * L);
  }
}
