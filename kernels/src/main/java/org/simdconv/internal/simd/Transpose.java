package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes, a vector by a vector at a time: from planes of pixels to pixels of channels, and
 * back. In {@code log2(LANES)} stages pairs of vectors exchange every other run of 1, 2, 4, ..
 * lanes (J. Eklundh, "A fast computer method for matrix transposing", IEEE Trans. Comp. C-21(7),
 * 1972): two selections a pair, which AVX-512 has as one instruction each (with shuffles and blends
 * 16x16 took 1.2 times as long; JDK 25). Its 64 selections bound 16x16, 90 cycles on a Zen 5. Tried
 * there: one stage by loads half a vector beside, and blends (up to a third slower); indices as
 * locals (0 to 3%); rows and columns turned, 31 permutations, and 64 blends between (as long).
 * Where the columns begin on cache lines it takes a quarter less, but no array can be asked to.
 *
 * <p>Each row that is stored is a whole vector. Where rows are to lie closer than a vector, the
 * next one covers what the one before wrote too much: rows ascend.
 */
public final class Transpose {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // Lanes of the first of a pair and of the second, for what goes where the first was ..
  private static final IntVector LOWER_1 = pair(1, true);
  private static final IntVector LOWER_2 = pair(2, true);
  private static final IntVector LOWER_4 = pair(4, true);
  private static final IntVector LOWER_8 = pair(8, true);
  // .. and where the second was.
  private static final IntVector UPPER_1 = pair(1, false);
  private static final IntVector UPPER_2 = pair(2, false);
  private static final IntVector UPPER_4 = pair(4, false);
  private static final IntVector UPPER_8 = pair(8, false);

  private Transpose() {}

  private static IntVector pair(int run, boolean lower) {
    int[] lanes = new int[L];
    for (int i = 0; i < L; i++) {
      boolean odd = (i & run) != 0;
      int exchanged = (i ^ run) % L;
      lanes[i] = lower ? (odd ? L + exchanged : i) : odd ? L + i : exchanged;
    }
    return IntVector.fromArray(Species.INT, lanes, 0);
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
    IntVector a0 = FloatVector.fromArray(S, from, at + rows[row + 0]).reinterpretAsInts();
    IntVector a1 = FloatVector.fromArray(S, from, at + rows[row + 1]).reinterpretAsInts();
    IntVector a2 = FloatVector.fromArray(S, from, at + rows[row + 2]).reinterpretAsInts();
    IntVector a3 = FloatVector.fromArray(S, from, at + rows[row + 3]).reinterpretAsInts();
    IntVector a4 = FloatVector.fromArray(S, from, at + rows[row + 4]).reinterpretAsInts();
    IntVector a5 = FloatVector.fromArray(S, from, at + rows[row + 5]).reinterpretAsInts();
    IntVector a6 = FloatVector.fromArray(S, from, at + rows[row + 6]).reinterpretAsInts();
    IntVector a7 = FloatVector.fromArray(S, from, at + rows[row + 7]).reinterpretAsInts();
    IntVector a8 = FloatVector.fromArray(S, from, at + rows[row + 8]).reinterpretAsInts();
    IntVector a9 = FloatVector.fromArray(S, from, at + rows[row + 9]).reinterpretAsInts();
    IntVector a10 = FloatVector.fromArray(S, from, at + rows[row + 10]).reinterpretAsInts();
    IntVector a11 = FloatVector.fromArray(S, from, at + rows[row + 11]).reinterpretAsInts();
    IntVector a12 = FloatVector.fromArray(S, from, at + rows[row + 12]).reinterpretAsInts();
    IntVector a13 = FloatVector.fromArray(S, from, at + rows[row + 13]).reinterpretAsInts();
    IntVector a14 = FloatVector.fromArray(S, from, at + rows[row + 14]).reinterpretAsInts();
    IntVector a15 = FloatVector.fromArray(S, from, at + rows[row + 15]).reinterpretAsInts();
    IntVector b0 = LOWER_1.selectFrom(a0, a1);
    IntVector b1 = UPPER_1.selectFrom(a0, a1);
    IntVector b2 = LOWER_1.selectFrom(a2, a3);
    IntVector b3 = UPPER_1.selectFrom(a2, a3);
    IntVector b4 = LOWER_1.selectFrom(a4, a5);
    IntVector b5 = UPPER_1.selectFrom(a4, a5);
    IntVector b6 = LOWER_1.selectFrom(a6, a7);
    IntVector b7 = UPPER_1.selectFrom(a6, a7);
    IntVector b8 = LOWER_1.selectFrom(a8, a9);
    IntVector b9 = UPPER_1.selectFrom(a8, a9);
    IntVector b10 = LOWER_1.selectFrom(a10, a11);
    IntVector b11 = UPPER_1.selectFrom(a10, a11);
    IntVector b12 = LOWER_1.selectFrom(a12, a13);
    IntVector b13 = UPPER_1.selectFrom(a12, a13);
    IntVector b14 = LOWER_1.selectFrom(a14, a15);
    IntVector b15 = UPPER_1.selectFrom(a14, a15);
    IntVector c0 = LOWER_2.selectFrom(b0, b2);
    IntVector c2 = UPPER_2.selectFrom(b0, b2);
    IntVector c1 = LOWER_2.selectFrom(b1, b3);
    IntVector c3 = UPPER_2.selectFrom(b1, b3);
    IntVector c4 = LOWER_2.selectFrom(b4, b6);
    IntVector c6 = UPPER_2.selectFrom(b4, b6);
    IntVector c5 = LOWER_2.selectFrom(b5, b7);
    IntVector c7 = UPPER_2.selectFrom(b5, b7);
    IntVector c8 = LOWER_2.selectFrom(b8, b10);
    IntVector c10 = UPPER_2.selectFrom(b8, b10);
    IntVector c9 = LOWER_2.selectFrom(b9, b11);
    IntVector c11 = UPPER_2.selectFrom(b9, b11);
    IntVector c12 = LOWER_2.selectFrom(b12, b14);
    IntVector c14 = UPPER_2.selectFrom(b12, b14);
    IntVector c13 = LOWER_2.selectFrom(b13, b15);
    IntVector c15 = UPPER_2.selectFrom(b13, b15);
    IntVector d0 = LOWER_4.selectFrom(c0, c4);
    IntVector d4 = UPPER_4.selectFrom(c0, c4);
    IntVector d1 = LOWER_4.selectFrom(c1, c5);
    IntVector d5 = UPPER_4.selectFrom(c1, c5);
    IntVector d2 = LOWER_4.selectFrom(c2, c6);
    IntVector d6 = UPPER_4.selectFrom(c2, c6);
    IntVector d3 = LOWER_4.selectFrom(c3, c7);
    IntVector d7 = UPPER_4.selectFrom(c3, c7);
    IntVector d8 = LOWER_4.selectFrom(c8, c12);
    IntVector d12 = UPPER_4.selectFrom(c8, c12);
    IntVector d9 = LOWER_4.selectFrom(c9, c13);
    IntVector d13 = UPPER_4.selectFrom(c9, c13);
    IntVector d10 = LOWER_4.selectFrom(c10, c14);
    IntVector d14 = UPPER_4.selectFrom(c10, c14);
    IntVector d11 = LOWER_4.selectFrom(c11, c15);
    IntVector d15 = UPPER_4.selectFrom(c11, c15);
    IntVector e0 = LOWER_8.selectFrom(d0, d8);
    IntVector e8 = UPPER_8.selectFrom(d0, d8);
    IntVector e1 = LOWER_8.selectFrom(d1, d9);
    IntVector e9 = UPPER_8.selectFrom(d1, d9);
    IntVector e2 = LOWER_8.selectFrom(d2, d10);
    IntVector e10 = UPPER_8.selectFrom(d2, d10);
    IntVector e3 = LOWER_8.selectFrom(d3, d11);
    IntVector e11 = UPPER_8.selectFrom(d3, d11);
    IntVector e4 = LOWER_8.selectFrom(d4, d12);
    IntVector e12 = UPPER_8.selectFrom(d4, d12);
    IntVector e5 = LOWER_8.selectFrom(d5, d13);
    IntVector e13 = UPPER_8.selectFrom(d5, d13);
    IntVector e6 = LOWER_8.selectFrom(d6, d14);
    IntVector e14 = UPPER_8.selectFrom(d6, d14);
    IntVector e7 = LOWER_8.selectFrom(d7, d15);
    IntVector e15 = UPPER_8.selectFrom(d7, d15);
    e0.reinterpretAsFloats().intoArray(to, first);
    if (count > 1) {
      e1.reinterpretAsFloats().intoArray(to, first + 1 * apart);
    }
    if (count > 2) {
      e2.reinterpretAsFloats().intoArray(to, first + 2 * apart);
    }
    if (count > 3) {
      e3.reinterpretAsFloats().intoArray(to, first + 3 * apart);
    }
    if (count > 4) {
      e4.reinterpretAsFloats().intoArray(to, first + 4 * apart);
    }
    if (count > 5) {
      e5.reinterpretAsFloats().intoArray(to, first + 5 * apart);
    }
    if (count > 6) {
      e6.reinterpretAsFloats().intoArray(to, first + 6 * apart);
    }
    if (count > 7) {
      e7.reinterpretAsFloats().intoArray(to, first + 7 * apart);
    }
    if (count > 8) {
      e8.reinterpretAsFloats().intoArray(to, first + 8 * apart);
    }
    if (count > 9) {
      e9.reinterpretAsFloats().intoArray(to, first + 9 * apart);
    }
    if (count > 10) {
      e10.reinterpretAsFloats().intoArray(to, first + 10 * apart);
    }
    if (count > 11) {
      e11.reinterpretAsFloats().intoArray(to, first + 11 * apart);
    }
    if (count > 12) {
      e12.reinterpretAsFloats().intoArray(to, first + 12 * apart);
    }
    if (count > 13) {
      e13.reinterpretAsFloats().intoArray(to, first + 13 * apart);
    }
    if (count > 14) {
      e14.reinterpretAsFloats().intoArray(to, first + 14 * apart);
    }
    if (count > 15) {
      e15.reinterpretAsFloats().intoArray(to, first + 15 * apart);
    }
  }

  private static void block8(
      float[] from, int at, int[] rows, int row, float[] to, int first, int apart, int count) {
    IntVector a0 = FloatVector.fromArray(S, from, at + rows[row + 0]).reinterpretAsInts();
    IntVector a1 = FloatVector.fromArray(S, from, at + rows[row + 1]).reinterpretAsInts();
    IntVector a2 = FloatVector.fromArray(S, from, at + rows[row + 2]).reinterpretAsInts();
    IntVector a3 = FloatVector.fromArray(S, from, at + rows[row + 3]).reinterpretAsInts();
    IntVector a4 = FloatVector.fromArray(S, from, at + rows[row + 4]).reinterpretAsInts();
    IntVector a5 = FloatVector.fromArray(S, from, at + rows[row + 5]).reinterpretAsInts();
    IntVector a6 = FloatVector.fromArray(S, from, at + rows[row + 6]).reinterpretAsInts();
    IntVector a7 = FloatVector.fromArray(S, from, at + rows[row + 7]).reinterpretAsInts();
    IntVector b0 = LOWER_1.selectFrom(a0, a1);
    IntVector b1 = UPPER_1.selectFrom(a0, a1);
    IntVector b2 = LOWER_1.selectFrom(a2, a3);
    IntVector b3 = UPPER_1.selectFrom(a2, a3);
    IntVector b4 = LOWER_1.selectFrom(a4, a5);
    IntVector b5 = UPPER_1.selectFrom(a4, a5);
    IntVector b6 = LOWER_1.selectFrom(a6, a7);
    IntVector b7 = UPPER_1.selectFrom(a6, a7);
    IntVector c0 = LOWER_2.selectFrom(b0, b2);
    IntVector c2 = UPPER_2.selectFrom(b0, b2);
    IntVector c1 = LOWER_2.selectFrom(b1, b3);
    IntVector c3 = UPPER_2.selectFrom(b1, b3);
    IntVector c4 = LOWER_2.selectFrom(b4, b6);
    IntVector c6 = UPPER_2.selectFrom(b4, b6);
    IntVector c5 = LOWER_2.selectFrom(b5, b7);
    IntVector c7 = UPPER_2.selectFrom(b5, b7);
    IntVector d0 = LOWER_4.selectFrom(c0, c4);
    IntVector d4 = UPPER_4.selectFrom(c0, c4);
    IntVector d1 = LOWER_4.selectFrom(c1, c5);
    IntVector d5 = UPPER_4.selectFrom(c1, c5);
    IntVector d2 = LOWER_4.selectFrom(c2, c6);
    IntVector d6 = UPPER_4.selectFrom(c2, c6);
    IntVector d3 = LOWER_4.selectFrom(c3, c7);
    IntVector d7 = UPPER_4.selectFrom(c3, c7);
    d0.reinterpretAsFloats().intoArray(to, first);
    if (count > 1) {
      d1.reinterpretAsFloats().intoArray(to, first + 1 * apart);
    }
    if (count > 2) {
      d2.reinterpretAsFloats().intoArray(to, first + 2 * apart);
    }
    if (count > 3) {
      d3.reinterpretAsFloats().intoArray(to, first + 3 * apart);
    }
    if (count > 4) {
      d4.reinterpretAsFloats().intoArray(to, first + 4 * apart);
    }
    if (count > 5) {
      d5.reinterpretAsFloats().intoArray(to, first + 5 * apart);
    }
    if (count > 6) {
      d6.reinterpretAsFloats().intoArray(to, first + 6 * apart);
    }
    if (count > 7) {
      d7.reinterpretAsFloats().intoArray(to, first + 7 * apart);
    }
  }

  private static void block4(
      float[] from, int at, int[] rows, int row, float[] to, int first, int apart, int count) {
    IntVector a0 = FloatVector.fromArray(S, from, at + rows[row + 0]).reinterpretAsInts();
    IntVector a1 = FloatVector.fromArray(S, from, at + rows[row + 1]).reinterpretAsInts();
    IntVector a2 = FloatVector.fromArray(S, from, at + rows[row + 2]).reinterpretAsInts();
    IntVector a3 = FloatVector.fromArray(S, from, at + rows[row + 3]).reinterpretAsInts();
    IntVector b0 = LOWER_1.selectFrom(a0, a1);
    IntVector b1 = UPPER_1.selectFrom(a0, a1);
    IntVector b2 = LOWER_1.selectFrom(a2, a3);
    IntVector b3 = UPPER_1.selectFrom(a2, a3);
    IntVector c0 = LOWER_2.selectFrom(b0, b2);
    IntVector c2 = UPPER_2.selectFrom(b0, b2);
    IntVector c1 = LOWER_2.selectFrom(b1, b3);
    IntVector c3 = UPPER_2.selectFrom(b1, b3);
    c0.reinterpretAsFloats().intoArray(to, first);
    if (count > 1) {
      c1.reinterpretAsFloats().intoArray(to, first + 1 * apart);
    }
    if (count > 2) {
      c2.reinterpretAsFloats().intoArray(to, first + 2 * apart);
    }
    if (count > 3) {
      c3.reinterpretAsFloats().intoArray(to, first + 3 * apart);
    }
  }
  // spotless:on
}
