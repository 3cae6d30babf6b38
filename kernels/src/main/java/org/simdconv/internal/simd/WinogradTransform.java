package org.simdconv.internal.simd;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one-dimensional transforms of Winograd's minimal filtering for 3 and 2 taps, a vector of
 * tiles at a time (A. Lavin, S. Gray, "Fast algorithms for convolutional neural networks", arXiv
 * 1509.09308). A two-dimensional transform is one over the columns and one over the rows.
 *
 * <pre>
 * F(2,3), points 0 1 -1 inf            F(4,3), points 0 1 -1 2 -2 inf
 * Bt =  1  0 -1  0                     Bt =  4  0 -5  0  1  0        At =  1  1  1  1  1  0
 *       0  1  1  0                           0 -4 -4  1  1  0              0  1 -1  2 -2  0
 *       0 -1  1  0                           0  4 -4 -1  1  0              0  1  1  4  4  0
 *       0  1  0 -1                           0 -2 -1  2  1  0              0  1 -1  8 -8  1
 * At =  1  1  1  0                           0  2 -1 -2  1  0
 *       0  1 -1 -1                           0  4  0 -5  0  1
 *
 * F(3,2), the points and Bt of F(2,3)  F(2,2), points 0 1 inf
 * At =  1  1  1  0                     Bt =  1 -1  0            At =  1  1  0
 *       0  1 -1  0                           0  1  0                  0  1 -1
 *       0  1  1 -1                           0  1 -1
 *
 * F(4,2), points 0 1 -1 2 inf
 * Bt =  2 -1 -2  1  0                  At =  1  1  1  1  0
 *       0 -2 -1  1  0                        0  1 -1  2  0
 *       0  2 -3  1  0                        0  1  1  4  0
 *       0 -1  0  1  0                        0  1 -1  8  1
 *       0  2 -1 -2  1
 * </pre>
 *
 * Thread safety: static, no state.
 */
public final class WinogradTransform {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // Lanes of two vectors, those of the second from L on. As integers: C2 converts an index of
  // floats in every iteration, and makes of a shuffle of two vectors two permutations and a blend
  // (JDK 25).
  private static final IntVector LOW = lanes(i -> (i % 2 == 0 ? 0 : L) + i / 2);
  private static final IntVector HIGH = lanes(i -> (i % 2 == 0 ? 0 : L) + L / 2 + i / 2);
  private static final IntVector EVEN = lanes(i -> 2 * i);
  private static final IntVector ODD = lanes(i -> 2 * i + 1);

  // Of the even or odd columns of a row, those of a tile's first, second and third pair; tiles of
  // F(4,3) begin every fourth column.
  private static final VectorShuffle<Float> FIRST = VectorShuffle.fromOp(S, i -> 2 * i % L);
  private static final VectorShuffle<Float> SECOND = VectorShuffle.fromOp(S, i -> (2 * i + 1) % L);
  private static final VectorShuffle<Float> THIRD = VectorShuffle.fromOp(S, i -> (2 * i + 2) % L);

  // Columns of tiles that begin every third.
  private static final IntVector THIRD_0 = lanes(i -> 3 * i % (2 * L));
  private static final IntVector THIRD_1 = lanes(i -> (3 * i + 1) % (2 * L));
  private static final IntVector THIRD_2 = lanes(i -> (3 * i + 2) % (2 * L));
  private static final IntVector THIRD_3 = lanes(i -> (3 * i + 3) % (2 * L));

  private WinogradTransform() {}

  /**
   * Neighbouring tiles that {@link #cut3}, {@link #cut4}, {@link #cut5} and {@link #cut6} take at
   * most: those whose columns lie within two vectors, with two loads more those whose outputs do.
   *
   * @param points n, inputs of a tile
   * @param m outputs
   */
  public static int cutTiles(int points, int m) {
    return switch (m) {
      case 2 -> L;
      case 3 -> (2 * L - 4) / 3 + 1;
      default -> points == 5 ? L / 2 : (L - 1) / 2;
    };
  }

  private static IntVector lanes(IntUnaryOperator lane) {
    return IntVector.fromArray(Species.INT, IntStream.range(0, L).map(lane).toArray(), 0);
  }

  /** Bt for F(2,2), as {@link #columns4}. */
  public static void columns3(
      float[] source, int at, int rowStep, int width, float[] target, int to, int apart) {
    for (int i = 0; i < width; i += L) {
      VectorMask<Float> mask = VectorMask.fromLong(S, Species.first(width - i));
      FloatVector d0 = FloatVector.fromArray(S, source, at + i);
      FloatVector d1 = FloatVector.fromArray(S, source, at + i + rowStep);
      FloatVector d2 = FloatVector.fromArray(S, source, at + i + 2 * rowStep);
      d0.sub(d1).intoArray(target, to + i, mask);
      d1.intoArray(target, to + i + apart, mask);
      d1.sub(d2).intoArray(target, to + i + 2 * apart, mask);
    }
  }

  /**
   * Bt for F(2,3) and F(3,2) over the columns of some rows: {@code target[to + i * apart + x] = sum
   * over j of Bt[i][j] source[at + j * rowStep + x]}, x = 0 .. width-1. Reads whole vectors.
   */
  public static void columns4(
      float[] source, int at, int rowStep, int width, float[] target, int to, int apart) {
    for (int i = 0; i < width; i += L) {
      VectorMask<Float> mask = VectorMask.fromLong(S, Species.first(width - i));
      FloatVector d0 = FloatVector.fromArray(S, source, at + i);
      FloatVector d1 = FloatVector.fromArray(S, source, at + i + rowStep);
      FloatVector d2 = FloatVector.fromArray(S, source, at + i + 2 * rowStep);
      FloatVector d3 = FloatVector.fromArray(S, source, at + i + 3 * rowStep);
      d0.sub(d2).intoArray(target, to + i, mask);
      d1.add(d2).intoArray(target, to + i + apart, mask);
      d2.sub(d1).intoArray(target, to + i + 2 * apart, mask);
      d1.sub(d3).intoArray(target, to + i + 3 * apart, mask);
    }
  }

  /** Bt for F(4,2), as {@link #columns4}. */
  public static void columns5(
      float[] source, int at, int rowStep, int width, float[] target, int to, int apart) {
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector minusTwo = two.neg();
    FloatVector three = FloatVector.broadcast(S, 3f);
    for (int i = 0; i < width; i += L) {
      VectorMask<Float> mask = VectorMask.fromLong(S, Species.first(width - i));
      FloatVector d0 = FloatVector.fromArray(S, source, at + i);
      FloatVector d1 = FloatVector.fromArray(S, source, at + i + rowStep);
      FloatVector d2 = FloatVector.fromArray(S, source, at + i + 2 * rowStep);
      FloatVector d3 = FloatVector.fromArray(S, source, at + i + 3 * rowStep);
      FloatVector d4 = FloatVector.fromArray(S, source, at + i + 4 * rowStep);
      FloatVector slope = d3.sub(d1);
      two.fma(d0.sub(d2), slope).intoArray(target, to + i, mask);
      slope.sub(d1.add(d2)).intoArray(target, to + i + apart, mask);
      three.fma(d1.sub(d2), slope).intoArray(target, to + i + 2 * apart, mask);
      slope.intoArray(target, to + i + 3 * apart, mask);
      minusTwo.fma(slope, d4.sub(d2)).intoArray(target, to + i + 4 * apart, mask);
    }
  }

  /** Bt for F(4,3), as {@link #columns4}. */
  public static void columns6(
      float[] source, int at, int rowStep, int width, float[] target, int to, int apart) {
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector minusTwo = two.neg();
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFour = four.neg();
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    for (int i = 0; i < width; i += L) {
      VectorMask<Float> mask = VectorMask.fromLong(S, Species.first(width - i));
      FloatVector d0 = FloatVector.fromArray(S, source, at + i);
      FloatVector d1 = FloatVector.fromArray(S, source, at + i + rowStep);
      FloatVector d2 = FloatVector.fromArray(S, source, at + i + 2 * rowStep);
      FloatVector d3 = FloatVector.fromArray(S, source, at + i + 3 * rowStep);
      FloatVector d4 = FloatVector.fromArray(S, source, at + i + 4 * rowStep);
      FloatVector d5 = FloatVector.fromArray(S, source, at + i + 5 * rowStep);
      FloatVector even = minusFour.fma(d2, d4);
      FloatVector odd = minusFour.fma(d1, d3);
      FloatVector evens = d4.sub(d2);
      FloatVector odds = d3.sub(d1);
      four.fma(d0, minusFive.fma(d2, d4)).intoArray(target, to + i, mask);
      even.add(odd).intoArray(target, to + i + apart, mask);
      even.sub(odd).intoArray(target, to + i + 2 * apart, mask);
      two.fma(odds, evens).intoArray(target, to + i + 3 * apart, mask);
      minusTwo.fma(odds, evens).intoArray(target, to + i + 4 * apart, mask);
      four.fma(d1, minusFive.fma(d3, d5)).intoArray(target, to + i + 5 * apart, mask);
    }
  }

  /** Cuts rows for F(2,2), as {@link #cut6}. */
  public static void cut3(float[] source, int at, int apart, float[] target, int to, int step) {
    for (int i = 0; i < 3; i++) {
      int row = at + i * apart;
      int out = to + i * 3 * step;
      IntVector a = FloatVector.fromArray(S, source, row).reinterpretAsInts();
      IntVector b = FloatVector.fromArray(S, source, row + L).reinterpretAsInts();
      IntVector c = FloatVector.fromArray(S, source, row + 2).reinterpretAsInts();
      IntVector d = FloatVector.fromArray(S, source, row + L + 2).reinterpretAsInts();
      EVEN.selectFrom(a, b).reinterpretAsFloats().intoArray(target, out);
      ODD.selectFrom(a, b).reinterpretAsFloats().intoArray(target, out + step);
      EVEN.selectFrom(c, d).reinterpretAsFloats().intoArray(target, out + 2 * step);
    }
  }

  /**
   * Cuts rows for F(2,3), m = 2, and F(3,2), m = 3, as {@link #cut6}.
   *
   * @param m outputs of a tile
   */
  public static void cut4(
      int m, float[] source, int at, int apart, float[] target, int to, int step) {
    for (int i = 0; i < 4; i++) {
      int row = at + i * apart;
      int out = to + i * 4 * step;
      IntVector a = FloatVector.fromArray(S, source, row).reinterpretAsInts();
      IntVector b = FloatVector.fromArray(S, source, row + L).reinterpretAsInts();
      if (m == 2) {
        IntVector c = FloatVector.fromArray(S, source, row + 2).reinterpretAsInts();
        IntVector d = FloatVector.fromArray(S, source, row + L + 2).reinterpretAsInts();
        EVEN.selectFrom(a, b).reinterpretAsFloats().intoArray(target, out);
        ODD.selectFrom(a, b).reinterpretAsFloats().intoArray(target, out + step);
        EVEN.selectFrom(c, d).reinterpretAsFloats().intoArray(target, out + 2 * step);
        ODD.selectFrom(c, d).reinterpretAsFloats().intoArray(target, out + 3 * step);
      } else {
        THIRD_0.selectFrom(a, b).reinterpretAsFloats().intoArray(target, out);
        THIRD_1.selectFrom(a, b).reinterpretAsFloats().intoArray(target, out + step);
        THIRD_2.selectFrom(a, b).reinterpretAsFloats().intoArray(target, out + 2 * step);
        THIRD_3.selectFrom(a, b).reinterpretAsFloats().intoArray(target, out + 3 * step);
      }
    }
  }

  /**
   * Cuts rows for F(4,2), as {@link #cut6}.
   *
   * @param tiles how many are wanted
   */
  public static void cut5(
      int tiles, float[] source, int at, int apart, float[] target, int to, int step) {
    boolean within = tiles < L / 2;
    for (int i = 0; i < 5; i++) {
      int row = at + i * apart;
      int out = to + i * 5 * step;
      IntVector a = FloatVector.fromArray(S, source, row).reinterpretAsInts();
      IntVector b = FloatVector.fromArray(S, source, row + L).reinterpretAsInts();
      FloatVector even = EVEN.selectFrom(a, b).reinterpretAsFloats();
      FloatVector odd = ODD.selectFrom(a, b).reinterpretAsFloats();
      even.rearrange(FIRST).intoArray(target, out);
      odd.rearrange(FIRST).intoArray(target, out + step);
      even.rearrange(SECOND).intoArray(target, out + 2 * step);
      odd.rearrange(SECOND).intoArray(target, out + 3 * step);
      if (within) {
        even.rearrange(THIRD).intoArray(target, out + 4 * step);
      } else {
        // The first column of the next tiles.
        IntVector c = FloatVector.fromArray(S, source, row + 4).reinterpretAsInts();
        IntVector d = FloatVector.fromArray(S, source, row + L + 4).reinterpretAsInts();
        FloatVector next = EVEN.selectFrom(c, d).reinterpretAsFloats();
        next.rearrange(FIRST).intoArray(target, out + 4 * step);
      }
    }
  }

  /** B for F(2,2), as {@link #rows6}. */
  public static void rows3(
      float[] source, int at, int apart, float[] target, int to, int step, int length) {
    VectorMask<Float> mask = VectorMask.fromLong(S, Species.first(length));
    for (int i = 0; i < 3; i++) {
      int row = at + i * 3 * apart;
      int out = to + i * 3 * step;
      FloatVector d0 = FloatVector.fromArray(S, source, row);
      FloatVector d1 = FloatVector.fromArray(S, source, row + apart);
      FloatVector d2 = FloatVector.fromArray(S, source, row + 2 * apart);
      d0.sub(d1).intoArray(target, out, mask);
      d1.intoArray(target, out + step, mask);
      d1.sub(d2).intoArray(target, out + 2 * step, mask);
    }
  }

  /** B for F(2,3) and F(3,2), as {@link #rows6}. */
  public static void rows4(
      float[] source, int at, int apart, float[] target, int to, int step, int length) {
    VectorMask<Float> mask = VectorMask.fromLong(S, Species.first(length));
    for (int i = 0; i < 4; i++) {
      int row = at + i * 4 * apart;
      int out = to + i * 4 * step;
      FloatVector d0 = FloatVector.fromArray(S, source, row);
      FloatVector d1 = FloatVector.fromArray(S, source, row + apart);
      FloatVector d2 = FloatVector.fromArray(S, source, row + 2 * apart);
      FloatVector d3 = FloatVector.fromArray(S, source, row + 3 * apart);
      d0.sub(d2).intoArray(target, out, mask);
      d1.add(d2).intoArray(target, out + step, mask);
      d2.sub(d1).intoArray(target, out + 2 * step, mask);
      d1.sub(d3).intoArray(target, out + 3 * step, mask);
    }
  }

  /** B for F(4,2), as {@link #rows6}. */
  public static void rows5(
      float[] source, int at, int apart, float[] target, int to, int step, int length) {
    VectorMask<Float> mask = VectorMask.fromLong(S, Species.first(length));
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector minusTwo = two.neg();
    FloatVector three = FloatVector.broadcast(S, 3f);
    for (int i = 0; i < 5; i++) {
      int row = at + i * 5 * apart;
      int out = to + i * 5 * step;
      FloatVector d0 = FloatVector.fromArray(S, source, row);
      FloatVector d1 = FloatVector.fromArray(S, source, row + apart);
      FloatVector d2 = FloatVector.fromArray(S, source, row + 2 * apart);
      FloatVector d3 = FloatVector.fromArray(S, source, row + 3 * apart);
      FloatVector d4 = FloatVector.fromArray(S, source, row + 4 * apart);
      FloatVector slope = d3.sub(d1);
      two.fma(d0.sub(d2), slope).intoArray(target, out, mask);
      slope.sub(d1.add(d2)).intoArray(target, out + step, mask);
      three.fma(d1.sub(d2), slope).intoArray(target, out + 2 * step, mask);
      slope.intoArray(target, out + 3 * step, mask);
      minusTwo.fma(slope, d4.sub(d2)).intoArray(target, out + 4 * step, mask);
    }
  }

  /**
   * Cuts the rows of some neighbouring tiles of F(4,3), at most {@link #cutTiles}, into their six
   * columns: {@code target[to + (6 i + j) * step + t] = source[at + i * apart + 4 t + j]}. Reads
   * two vectors of each row, of tiles of two outputs two floats more, of F(4,2) four, and writes
   * one of each column.
   *
   * <p>And then {@link #rows6}: to gather a vector of tiles for each of 36 columns took a fifth of
   * 64-64@56, this takes a tenth. With one loop over any number of points and outputs, in the place
   * of the three, whole convolutions took 4 to 15% longer (JDK 25, Zen 5).
   */
  public static void cut6(float[] source, int at, int apart, float[] target, int to, int step) {
    for (int i = 0; i < 6; i++) {
      FloatVector a = FloatVector.fromArray(S, source, at + i * apart);
      FloatVector b = FloatVector.fromArray(S, source, at + i * apart + L);
      FloatVector even =
          EVEN.selectFrom(a.reinterpretAsInts(), b.reinterpretAsInts()).reinterpretAsFloats();
      FloatVector odd =
          ODD.selectFrom(a.reinterpretAsInts(), b.reinterpretAsInts()).reinterpretAsFloats();
      int out = to + i * 6 * step;
      even.rearrange(FIRST).intoArray(target, out);
      odd.rearrange(FIRST).intoArray(target, out + step);
      even.rearrange(SECOND).intoArray(target, out + 2 * step);
      odd.rearrange(SECOND).intoArray(target, out + 3 * step);
      even.rearrange(THIRD).intoArray(target, out + 4 * step);
      odd.rearrange(THIRD).intoArray(target, out + 5 * step);
    }
  }

  /**
   * B for F(4,3) over rows that have been cut into columns: {@code target[to + (6 i + k) * step +
   * t] = sum over j of Bt[k][j] source[at + (6 i + j) * apart + t]}, t = 0 .. length-1.
   */
  public static void rows6(
      float[] source, int at, int apart, float[] target, int to, int step, int length) {
    VectorMask<Float> mask = VectorMask.fromLong(S, Species.first(length));
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector minusTwo = two.neg();
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFour = four.neg();
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    for (int i = 0; i < 6; i++) {
      int row = at + i * 6 * apart;
      int out = to + i * 6 * step;
      FloatVector d0 = FloatVector.fromArray(S, source, row);
      FloatVector d1 = FloatVector.fromArray(S, source, row + apart);
      FloatVector d2 = FloatVector.fromArray(S, source, row + 2 * apart);
      FloatVector d3 = FloatVector.fromArray(S, source, row + 3 * apart);
      FloatVector d4 = FloatVector.fromArray(S, source, row + 4 * apart);
      FloatVector d5 = FloatVector.fromArray(S, source, row + 5 * apart);
      FloatVector even = minusFour.fma(d2, d4);
      FloatVector odd = minusFour.fma(d1, d3);
      FloatVector evens = d4.sub(d2);
      FloatVector odds = d3.sub(d1);
      four.fma(d0, minusFive.fma(d2, d4)).intoArray(target, out, mask);
      even.add(odd).intoArray(target, out + step, mask);
      even.sub(odd).intoArray(target, out + 2 * step, mask);
      two.fma(odds, evens).intoArray(target, out + 3 * step, mask);
      minusTwo.fma(odds, evens).intoArray(target, out + 4 * step, mask);
      four.fma(d1, minusFive.fma(d3, d5)).intoArray(target, out + 5 * step, mask);
    }
  }

  /**
   * At: {@code scratch[to + i * step] = sum over j of At[i][j] scratch[at + j * apart]}, a vector
   * each.
   *
   * @param points n, inputs of a tile
   * @param m outputs
   */
  public static void output(
      int points, int m, float[] scratch, int at, int apart, int to, int step) {
    switch (points) {
      case 3 -> output3(scratch, at, apart, scratch, to, step);
      case 4 -> output4(m, scratch, at, apart, scratch, to, step);
      case 5 -> output5(scratch, at, apart, scratch, to, step);
      default -> output6(scratch, at, apart, scratch, to, step);
    }
  }

  private static void output3(float[] source, int at, int apart, float[] target, int to, int step) {
    FloatVector m0 = FloatVector.fromArray(S, source, at);
    FloatVector m1 = FloatVector.fromArray(S, source, at + apart);
    FloatVector m2 = FloatVector.fromArray(S, source, at + 2 * apart);
    m0.add(m1).intoArray(target, to);
    m1.sub(m2).intoArray(target, to + step);
  }

  private static void output4(
      int m, float[] source, int at, int apart, float[] target, int to, int step) {
    FloatVector m0 = FloatVector.fromArray(S, source, at);
    FloatVector m1 = FloatVector.fromArray(S, source, at + apart);
    FloatVector m2 = FloatVector.fromArray(S, source, at + 2 * apart);
    FloatVector m3 = FloatVector.fromArray(S, source, at + 3 * apart);
    m0.add(m1).add(m2).intoArray(target, to);
    if (m == 2) {
      m1.sub(m2).sub(m3).intoArray(target, to + step);
    } else {
      m1.sub(m2).intoArray(target, to + step);
      m1.add(m2).sub(m3).intoArray(target, to + 2 * step);
    }
  }

  private static void output5(float[] source, int at, int apart, float[] target, int to, int step) {
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector eight = FloatVector.broadcast(S, 8f);
    FloatVector m0 = FloatVector.fromArray(S, source, at);
    FloatVector m1 = FloatVector.fromArray(S, source, at + apart);
    FloatVector m2 = FloatVector.fromArray(S, source, at + 2 * apart);
    FloatVector m3 = FloatVector.fromArray(S, source, at + 3 * apart);
    FloatVector m4 = FloatVector.fromArray(S, source, at + 4 * apart);
    FloatVector sum = m1.add(m2);
    FloatVector difference = m1.sub(m2);
    m0.add(sum).add(m3).intoArray(target, to);
    two.fma(m3, difference).intoArray(target, to + step);
    four.fma(m3, sum).intoArray(target, to + 2 * step);
    eight.fma(m3, difference).add(m4).intoArray(target, to + 3 * step);
  }

  private static void output6(float[] source, int at, int apart, float[] target, int to, int step) {
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

  /**
   * At for F(4,3) along the rows of a vector of tiles, whose outputs it puts in order: {@link
   * #output6} and the interleaving of its results in one, with nothing stored between (a method
   * that returns vectors would box them).
   */
  public static void outputRow6(float[] source, int at, int apart, float[] target, int to) {
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
    IntVector a = m0.add(sum).add(sums).reinterpretAsInts();
    IntVector b = two.fma(differences, difference).reinterpretAsInts();
    IntVector c = four.fma(sums, sum).reinterpretAsInts();
    IntVector d = eight.fma(differences, difference).add(m5).reinterpretAsInts();
    IntVector even = LOW.selectFrom(a, c);
    IntVector odd = LOW.selectFrom(b, d);
    LOW.selectFrom(even, odd).reinterpretAsFloats().intoArray(target, to);
    HIGH.selectFrom(even, odd).reinterpretAsFloats().intoArray(target, to + L);
    even = HIGH.selectFrom(a, c);
    odd = HIGH.selectFrom(b, d);
    LOW.selectFrom(even, odd).reinterpretAsFloats().intoArray(target, to + 2 * L);
    HIGH.selectFrom(even, odd).reinterpretAsFloats().intoArray(target, to + 3 * L);
  }
}
