package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes, a vector by a vector at a time: from planes of pixels to pixels of channels, and
 * back. In {@code log2(LANES)} stages pairs of vectors exchange every other run of 1, 2, 4, ..
 * lanes (J. Eklundh, "A fast computer method for matrix transposing", IEEE Trans. Comp. C-21(7),
 * 1972): two shuffles and two blends a pair.
 *
 * <p>Each row that is stored is a whole vector. Where rows are to lie closer than a vector, the
 * next one covers what the one before wrote too much: rows ascend.
 */
public final class Transpose {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorMask<Float> ODD_1 = odd(1);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_8 = odd(8);

  private Transpose() {}

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(S, lane -> (lane ^ distance) % L);
  }

  private static VectorMask<Float> odd(int distance) {
    boolean[] lanes = new boolean[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i & distance) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }

  /**
   * {@code to[first + j * apart + i] = from[at + rows[row + i] + j]} for LANES rows i and {@code
   * length} columns j, columns ascending. Writes LANES floats a column. Columns past the end of the
   * array are not read.
   *
   * @param from holds the rows
   * @param at what is added to each row's start
   * @param rows starts of the rows
   * @param row first of LANES entries of it
   * @param length columns
   * @param to where the columns go
   * @param first the first column's place
   * @param apart floats from a column to the next
   */
  public static void run(
      float[] from, int at, int[] rows, int row, int length, float[] to, int first, int apart) {
    int most = 0;
    for (int i = 0; i < L; i++) {
      most = Math.max(most, rows[row + i]);
    }
    for (int j = 0; j < length; j += L) {
      if ((long) at + most + j + L <= from.length) {
        block(from, at + j, rows, row, to, first + j * apart, apart, Math.min(L, length - j));
      } else {
        for (int k = j; k < length; k++) {
          for (int i = 0; i < L; i++) {
            to[first + k * apart + i] = from[at + rows[row + i] + k];
          }
        }
        return;
      }
    }
  }

  private static void block(
      float[] from, int at, int[] rows, int row, float[] to, int first, int apart, int count) {
    // A constant of the JVM: C2 keeps one of them.
    switch (L) {
      case 16 -> block16(from, at, rows, row, to, first, apart, count);
      case 8 -> block8(from, at, rows, row, to, first, apart, count);
      case 4 -> block4(from, at, rows, row, to, first, apart, count);
      default -> {
        for (int j = 0; j < count; j++) {
          for (int i = 0; i < L; i++) {
            to[first + j * apart + i] = from[at + rows[row + i] + j];
          }
        }
      }
    }
  }

  // spotless:off
  private static void block16(
      float[] from, int at, int[] rows, int row, float[] to, int first, int apart, int count) {
    FloatVector a0 = FloatVector.fromArray(S, from, at + rows[row + 0]);
    FloatVector a1 = FloatVector.fromArray(S, from, at + rows[row + 1]);
    FloatVector a2 = FloatVector.fromArray(S, from, at + rows[row + 2]);
    FloatVector a3 = FloatVector.fromArray(S, from, at + rows[row + 3]);
    FloatVector a4 = FloatVector.fromArray(S, from, at + rows[row + 4]);
    FloatVector a5 = FloatVector.fromArray(S, from, at + rows[row + 5]);
    FloatVector a6 = FloatVector.fromArray(S, from, at + rows[row + 6]);
    FloatVector a7 = FloatVector.fromArray(S, from, at + rows[row + 7]);
    FloatVector a8 = FloatVector.fromArray(S, from, at + rows[row + 8]);
    FloatVector a9 = FloatVector.fromArray(S, from, at + rows[row + 9]);
    FloatVector a10 = FloatVector.fromArray(S, from, at + rows[row + 10]);
    FloatVector a11 = FloatVector.fromArray(S, from, at + rows[row + 11]);
    FloatVector a12 = FloatVector.fromArray(S, from, at + rows[row + 12]);
    FloatVector a13 = FloatVector.fromArray(S, from, at + rows[row + 13]);
    FloatVector a14 = FloatVector.fromArray(S, from, at + rows[row + 14]);
    FloatVector a15 = FloatVector.fromArray(S, from, at + rows[row + 15]);
    FloatVector b0 = a0.blend(a1.rearrange(SWAP_1), ODD_1);
    FloatVector b1 = a0.rearrange(SWAP_1).blend(a1, ODD_1);
    FloatVector b2 = a2.blend(a3.rearrange(SWAP_1), ODD_1);
    FloatVector b3 = a2.rearrange(SWAP_1).blend(a3, ODD_1);
    FloatVector b4 = a4.blend(a5.rearrange(SWAP_1), ODD_1);
    FloatVector b5 = a4.rearrange(SWAP_1).blend(a5, ODD_1);
    FloatVector b6 = a6.blend(a7.rearrange(SWAP_1), ODD_1);
    FloatVector b7 = a6.rearrange(SWAP_1).blend(a7, ODD_1);
    FloatVector b8 = a8.blend(a9.rearrange(SWAP_1), ODD_1);
    FloatVector b9 = a8.rearrange(SWAP_1).blend(a9, ODD_1);
    FloatVector b10 = a10.blend(a11.rearrange(SWAP_1), ODD_1);
    FloatVector b11 = a10.rearrange(SWAP_1).blend(a11, ODD_1);
    FloatVector b12 = a12.blend(a13.rearrange(SWAP_1), ODD_1);
    FloatVector b13 = a12.rearrange(SWAP_1).blend(a13, ODD_1);
    FloatVector b14 = a14.blend(a15.rearrange(SWAP_1), ODD_1);
    FloatVector b15 = a14.rearrange(SWAP_1).blend(a15, ODD_1);
    FloatVector c0 = b0.blend(b2.rearrange(SWAP_2), ODD_2);
    FloatVector c2 = b0.rearrange(SWAP_2).blend(b2, ODD_2);
    FloatVector c1 = b1.blend(b3.rearrange(SWAP_2), ODD_2);
    FloatVector c3 = b1.rearrange(SWAP_2).blend(b3, ODD_2);
    FloatVector c4 = b4.blend(b6.rearrange(SWAP_2), ODD_2);
    FloatVector c6 = b4.rearrange(SWAP_2).blend(b6, ODD_2);
    FloatVector c5 = b5.blend(b7.rearrange(SWAP_2), ODD_2);
    FloatVector c7 = b5.rearrange(SWAP_2).blend(b7, ODD_2);
    FloatVector c8 = b8.blend(b10.rearrange(SWAP_2), ODD_2);
    FloatVector c10 = b8.rearrange(SWAP_2).blend(b10, ODD_2);
    FloatVector c9 = b9.blend(b11.rearrange(SWAP_2), ODD_2);
    FloatVector c11 = b9.rearrange(SWAP_2).blend(b11, ODD_2);
    FloatVector c12 = b12.blend(b14.rearrange(SWAP_2), ODD_2);
    FloatVector c14 = b12.rearrange(SWAP_2).blend(b14, ODD_2);
    FloatVector c13 = b13.blend(b15.rearrange(SWAP_2), ODD_2);
    FloatVector c15 = b13.rearrange(SWAP_2).blend(b15, ODD_2);
    FloatVector d0 = c0.blend(c4.rearrange(SWAP_4), ODD_4);
    FloatVector d4 = c0.rearrange(SWAP_4).blend(c4, ODD_4);
    FloatVector d1 = c1.blend(c5.rearrange(SWAP_4), ODD_4);
    FloatVector d5 = c1.rearrange(SWAP_4).blend(c5, ODD_4);
    FloatVector d2 = c2.blend(c6.rearrange(SWAP_4), ODD_4);
    FloatVector d6 = c2.rearrange(SWAP_4).blend(c6, ODD_4);
    FloatVector d3 = c3.blend(c7.rearrange(SWAP_4), ODD_4);
    FloatVector d7 = c3.rearrange(SWAP_4).blend(c7, ODD_4);
    FloatVector d8 = c8.blend(c12.rearrange(SWAP_4), ODD_4);
    FloatVector d12 = c8.rearrange(SWAP_4).blend(c12, ODD_4);
    FloatVector d9 = c9.blend(c13.rearrange(SWAP_4), ODD_4);
    FloatVector d13 = c9.rearrange(SWAP_4).blend(c13, ODD_4);
    FloatVector d10 = c10.blend(c14.rearrange(SWAP_4), ODD_4);
    FloatVector d14 = c10.rearrange(SWAP_4).blend(c14, ODD_4);
    FloatVector d11 = c11.blend(c15.rearrange(SWAP_4), ODD_4);
    FloatVector d15 = c11.rearrange(SWAP_4).blend(c15, ODD_4);
    FloatVector e0 = d0.blend(d8.rearrange(SWAP_8), ODD_8);
    FloatVector e8 = d0.rearrange(SWAP_8).blend(d8, ODD_8);
    FloatVector e1 = d1.blend(d9.rearrange(SWAP_8), ODD_8);
    FloatVector e9 = d1.rearrange(SWAP_8).blend(d9, ODD_8);
    FloatVector e2 = d2.blend(d10.rearrange(SWAP_8), ODD_8);
    FloatVector e10 = d2.rearrange(SWAP_8).blend(d10, ODD_8);
    FloatVector e3 = d3.blend(d11.rearrange(SWAP_8), ODD_8);
    FloatVector e11 = d3.rearrange(SWAP_8).blend(d11, ODD_8);
    FloatVector e4 = d4.blend(d12.rearrange(SWAP_8), ODD_8);
    FloatVector e12 = d4.rearrange(SWAP_8).blend(d12, ODD_8);
    FloatVector e5 = d5.blend(d13.rearrange(SWAP_8), ODD_8);
    FloatVector e13 = d5.rearrange(SWAP_8).blend(d13, ODD_8);
    FloatVector e6 = d6.blend(d14.rearrange(SWAP_8), ODD_8);
    FloatVector e14 = d6.rearrange(SWAP_8).blend(d14, ODD_8);
    FloatVector e7 = d7.blend(d15.rearrange(SWAP_8), ODD_8);
    FloatVector e15 = d7.rearrange(SWAP_8).blend(d15, ODD_8);
    e0.intoArray(to, first);
    if (count > 1) {
      e1.intoArray(to, first + 1 * apart);
    }
    if (count > 2) {
      e2.intoArray(to, first + 2 * apart);
    }
    if (count > 3) {
      e3.intoArray(to, first + 3 * apart);
    }
    if (count > 4) {
      e4.intoArray(to, first + 4 * apart);
    }
    if (count > 5) {
      e5.intoArray(to, first + 5 * apart);
    }
    if (count > 6) {
      e6.intoArray(to, first + 6 * apart);
    }
    if (count > 7) {
      e7.intoArray(to, first + 7 * apart);
    }
    if (count > 8) {
      e8.intoArray(to, first + 8 * apart);
    }
    if (count > 9) {
      e9.intoArray(to, first + 9 * apart);
    }
    if (count > 10) {
      e10.intoArray(to, first + 10 * apart);
    }
    if (count > 11) {
      e11.intoArray(to, first + 11 * apart);
    }
    if (count > 12) {
      e12.intoArray(to, first + 12 * apart);
    }
    if (count > 13) {
      e13.intoArray(to, first + 13 * apart);
    }
    if (count > 14) {
      e14.intoArray(to, first + 14 * apart);
    }
    if (count > 15) {
      e15.intoArray(to, first + 15 * apart);
    }
  }

  private static void block8(
      float[] from, int at, int[] rows, int row, float[] to, int first, int apart, int count) {
    FloatVector a0 = FloatVector.fromArray(S, from, at + rows[row + 0]);
    FloatVector a1 = FloatVector.fromArray(S, from, at + rows[row + 1]);
    FloatVector a2 = FloatVector.fromArray(S, from, at + rows[row + 2]);
    FloatVector a3 = FloatVector.fromArray(S, from, at + rows[row + 3]);
    FloatVector a4 = FloatVector.fromArray(S, from, at + rows[row + 4]);
    FloatVector a5 = FloatVector.fromArray(S, from, at + rows[row + 5]);
    FloatVector a6 = FloatVector.fromArray(S, from, at + rows[row + 6]);
    FloatVector a7 = FloatVector.fromArray(S, from, at + rows[row + 7]);
    FloatVector b0 = a0.blend(a1.rearrange(SWAP_1), ODD_1);
    FloatVector b1 = a0.rearrange(SWAP_1).blend(a1, ODD_1);
    FloatVector b2 = a2.blend(a3.rearrange(SWAP_1), ODD_1);
    FloatVector b3 = a2.rearrange(SWAP_1).blend(a3, ODD_1);
    FloatVector b4 = a4.blend(a5.rearrange(SWAP_1), ODD_1);
    FloatVector b5 = a4.rearrange(SWAP_1).blend(a5, ODD_1);
    FloatVector b6 = a6.blend(a7.rearrange(SWAP_1), ODD_1);
    FloatVector b7 = a6.rearrange(SWAP_1).blend(a7, ODD_1);
    FloatVector c0 = b0.blend(b2.rearrange(SWAP_2), ODD_2);
    FloatVector c2 = b0.rearrange(SWAP_2).blend(b2, ODD_2);
    FloatVector c1 = b1.blend(b3.rearrange(SWAP_2), ODD_2);
    FloatVector c3 = b1.rearrange(SWAP_2).blend(b3, ODD_2);
    FloatVector c4 = b4.blend(b6.rearrange(SWAP_2), ODD_2);
    FloatVector c6 = b4.rearrange(SWAP_2).blend(b6, ODD_2);
    FloatVector c5 = b5.blend(b7.rearrange(SWAP_2), ODD_2);
    FloatVector c7 = b5.rearrange(SWAP_2).blend(b7, ODD_2);
    FloatVector d0 = c0.blend(c4.rearrange(SWAP_4), ODD_4);
    FloatVector d4 = c0.rearrange(SWAP_4).blend(c4, ODD_4);
    FloatVector d1 = c1.blend(c5.rearrange(SWAP_4), ODD_4);
    FloatVector d5 = c1.rearrange(SWAP_4).blend(c5, ODD_4);
    FloatVector d2 = c2.blend(c6.rearrange(SWAP_4), ODD_4);
    FloatVector d6 = c2.rearrange(SWAP_4).blend(c6, ODD_4);
    FloatVector d3 = c3.blend(c7.rearrange(SWAP_4), ODD_4);
    FloatVector d7 = c3.rearrange(SWAP_4).blend(c7, ODD_4);
    d0.intoArray(to, first);
    if (count > 1) {
      d1.intoArray(to, first + 1 * apart);
    }
    if (count > 2) {
      d2.intoArray(to, first + 2 * apart);
    }
    if (count > 3) {
      d3.intoArray(to, first + 3 * apart);
    }
    if (count > 4) {
      d4.intoArray(to, first + 4 * apart);
    }
    if (count > 5) {
      d5.intoArray(to, first + 5 * apart);
    }
    if (count > 6) {
      d6.intoArray(to, first + 6 * apart);
    }
    if (count > 7) {
      d7.intoArray(to, first + 7 * apart);
    }
  }

  private static void block4(
      float[] from, int at, int[] rows, int row, float[] to, int first, int apart, int count) {
    FloatVector a0 = FloatVector.fromArray(S, from, at + rows[row + 0]);
    FloatVector a1 = FloatVector.fromArray(S, from, at + rows[row + 1]);
    FloatVector a2 = FloatVector.fromArray(S, from, at + rows[row + 2]);
    FloatVector a3 = FloatVector.fromArray(S, from, at + rows[row + 3]);
    FloatVector b0 = a0.blend(a1.rearrange(SWAP_1), ODD_1);
    FloatVector b1 = a0.rearrange(SWAP_1).blend(a1, ODD_1);
    FloatVector b2 = a2.blend(a3.rearrange(SWAP_1), ODD_1);
    FloatVector b3 = a2.rearrange(SWAP_1).blend(a3, ODD_1);
    FloatVector c0 = b0.blend(b2.rearrange(SWAP_2), ODD_2);
    FloatVector c2 = b0.rearrange(SWAP_2).blend(b2, ODD_2);
    FloatVector c1 = b1.blend(b3.rearrange(SWAP_2), ODD_2);
    FloatVector c3 = b1.rearrange(SWAP_2).blend(b3, ODD_2);
    c0.intoArray(to, first);
    if (count > 1) {
      c1.intoArray(to, first + 1 * apart);
    }
    if (count > 2) {
      c2.intoArray(to, first + 2 * apart);
    }
    if (count > 3) {
      c3.intoArray(to, first + 3 * apart);
    }
  }
  // spotless:on
}
