package org.simdconv.internal.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tiles of a dense convolution: MR output channels x NV vectors of pixels, held in
 * registers over one block of the reduction.
 *
 * <pre>
 * acc[m, p]  = from[m, p] + sum over k of  w[m, k] * x[xAt + offset[k] + p]     k = 0 .. taps-1, ascending: one FMA chain
 * out[m, p]  = clip(acc[m, p] + bias[m])
 *
 * packed weights w   k=0: w[0] .. w[MR-1] offset[0] | k=1: w[0] .. w[MR-1] offset[1] | ..     MR + 1 floats per k
 * window         x   p[0] .. p[NR-1] at xAt + offset[k], NR = NV * lanes neighbours, read in place
 * earlier sums from  m=0: p[0] .. p[NR-1] | m=1: ..                                           MR * NR floats
 * results      out   m=0: p[0] .. p[NR-1] | m=1: ..                                           rows of NR floats, pitch floats apart
 * </pre>
 *
 * So a finished tile can go straight into the output tensor (pitch: the pixels of a plane), and
 * sums that wait for the next block, or for another epilogue, into scratch memory: {@link TileIo}.
 * The tile knows no shapes: padding, strides and tails are its callers'. Requires: {@code wAt +
 * taps * (MR + 1) <= w.length}, {@code xAt + offset[k] + NR <= x.length}; taps may be 0.
 *
 * <p>What C2 needs (JDK 25, x86-64):
 *
 * <ul>
 *   <li>Every accumulator is a local variable and the chain runs through the addend: {@code
 *       w.fma(x, acc)}. {@code acc.fma(..)} costs moves and spills.
 *   <li>One flat counted loop whose counter is the address of the weights. The window's offsets are
 *       ints among the weights, {@code floatToRawIntBits} of which C2 folds into one integer add
 *       from memory: 49 instructions for the 24 FMAs of 12x2 with both range checks of the pixels
 *       in it, 90-97% of the peak. With the offsets in a table of their own it is 55-58
 *       instructions, some of them moves of addresses between general and vector registers, and
 *       70%. Pixels packed into panels (no offsets, 48 instructions) are as fast as this, but
 *       packing them took 6-13% of a 3x3.
 *   <li>Unrolling k by hand spills everything. 14x2, 13x2, 12x2 and 8x3 do not spill and are
 *       equally fast (92-98%), 6x4 87-95%, 8x2 82-90%, 4x4 71-86%.
 *   <li>The accumulators are always loaded, from zeros where the tile starts afresh: with a branch
 *       between loading and zeroing, the code depended on which of the two a JVM had seen.
 *   <li>Broadcasts are loads ({@code vbroadcastss} from memory) and cost no shuffle.
 *   <li>The clip is compare and blend, which keep NaN: two instructions, where {@code max} makes
 *       five to order the zeros and NaN as Java does.
 * </ul>
 *
 * Weights need not stay in L1, nor in L2 where several tiles of pixels share them: from L3 it is
 * 98% of the speed. A 3x3 reads each line of pixels several times, mostly from L1. Where each tap
 * brings lines of its own (1x1, stride 2, wide dilation) they come from L2, at 87% of the speed,
 * and at 90% of that where the vectors straddle lines (JDK 25, AVX-512). KernelBenchmark measures
 * each tile alone. Thread safety: static, no state.
 */
public final class MicroKernels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // An offset stands among the weights as the bits of 1.0f plus the offset: an ordinary number.
  // Small integers are the bits of denormal numbers, which slow a vector down that holds them.
  static final int ONE = Float.floatToRawIntBits(1f);

  /** Offsets are smaller than this. */
  public static final int MOST_OFFSET = Float.floatToRawIntBits(Float.POSITIVE_INFINITY) - ONE;

  private MicroKernels() {}

  /** What stands for an offset of so many floats among packed weights. */
  public static float offset(int floats) {
    return Float.intBitsToFloat(ONE + floats);
  }

  /**
   * Whether there is a tile of {@code mr} rows for {@code nv} vectors of pixels and a single one
   * more.
   */
  public static boolean hasSingle(int mr, int nv) {
    boolean rows = nv == 1 ? mr == 13 || mr == 12 : nv == 3 && (mr == 8 || mr == 4);
    return L >= 16 && Species.MANY_REGISTERS && rows;
  }

  /**
   * Runs the tile of {@code mr} rows, {@code nv} vectors and a single pixel more; rows of sums have
   * {@code nv + 1} vectors. With one vector the sums are kept, not finished. The weights need
   * {@code LANES} floats behind the last.
   *
   * @throws IllegalArgumentException if there is no such tile: {@link #hasSingle}
   */
  public static void runSingle(
      int mr, int nv, float[] w, int wAt, int taps, float[] x, int xAt, TileIo io) {
    assert hasSingle(mr, nv) && wAt + taps * (mr + 1) + L <= w.length && (nv > 1 || !io.clip);
    int first = xAt - ONE;
    switch (nv * 100 + mr) {
      case 308 -> tile8x3and1(w, wAt, taps, x, first, io);
      case 304 -> tile4x3and1(w, wAt, taps, x, first, io);
      case 113 -> tile13x1and1(w, wAt, taps, x, first, io);
      case 112 -> tile12x1and1(w, wAt, taps, x, first, io);
      default ->
          throw new IllegalArgumentException(
              "no tile of " + mr + " rows x " + nv + " vectors and a single pixel");
    }
  }

  /** Whether there is a tile of {@code mr} rows and {@code nv} vectors that copies: two of them. */
  public static boolean hasCopying(int mr, int nv) {
    return L >= 16 && Species.MANY_REGISTERS && nv == 2 && (mr == 13 || mr == 12);
  }

  /**
   * Runs the tile of {@code mr} rows and two vectors, and with each tap copies a vector of other
   * pixels into the window's array: {@link TileIo#copy}.
   *
   * @throws IllegalArgumentException if there is no such tile: {@link #hasCopying}
   */
  public static void runCopying(
      int mr, float[] w, int wAt, int taps, float[] x, int xAt, TileIo io) {
    assert hasCopying(mr, 2) && wAt + taps * (mr + 1) <= w.length;
    int first = xAt - ONE;
    boolean fromSegment = io.segment != null;
    switch (fromSegment ? -mr : mr) {
      case 13 -> tile13x2Copying(w, wAt, taps, x, first, io);
      case 12 -> tile12x2Copying(w, wAt, taps, x, first, io);
      case -13 -> tile13x2CopyingNative(w, wAt, taps, x, first, io);
      case -12 -> tile12x2CopyingNative(w, wAt, taps, x, first, io);
      default -> throw new IllegalArgumentException("no tile of " + mr + " rows that copies");
    }
  }

  /**
   * Runs the tile of {@code mr} rows and {@code nv} vectors; see the class for the operands.
   *
   * @throws IllegalArgumentException if there is no such tile (see {@link TileTable})
   */
  public static void run(
      int mr, int nv, float[] w, int wAt, int taps, float[] x, int xAt, TileIo io) {
    assert wAt + taps * (mr + 1) <= w.length;
    // Here, not in the tiles: C2 adds it in every iteration there (JDK 25), 3% of the speed.
    int first = xAt - ONE;
    // spotless:off
    switch (nv * 100 + mr) {
      case 213 -> tile13x2(w, wAt, taps, x, first, io);
      case 212 -> tile12x2(w, wAt, taps, x, first, io);
      case 208 -> tile8x2(w, wAt, taps, x, first, io);
      case 803 -> tile3x8(w, wAt, taps, x, first, io);
      case 203 -> tile3x2(w, wAt, taps, x, first, io);
      case 404 -> tile4x4(w, wAt, taps, x, first, io);
      case 113 -> tile13x1(w, wAt, taps, x, first, io);
      case 112 -> tile12x1(w, wAt, taps, x, first, io);
      case 108 -> tile8x1(w, wAt, taps, x, first, io);
      case 204 -> tile4x2(w, wAt, taps, x, first, io);
      case 104 -> tile4x1(w, wAt, taps, x, first, io);
      default ->
          throw new IllegalArgumentException("no tile of " + mr + " rows x " + nv + " vectors");
    }
    // spotless:on
  }

  // spotless:off
  // 26 accumulators + 2 pixels + the broadcasts that C2 keeps in flight: 32 registers, none spilled.
  private static void tile13x2(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a8_1 = FloatVector.fromArray(S, from, fromAt + 17 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a9_1 = FloatVector.fromArray(S, from, fromAt + 19 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a10_1 = FloatVector.fromArray(S, from, fromAt + 21 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    FloatVector a11_1 = FloatVector.fromArray(S, from, fromAt + 23 * L);
    FloatVector a12_0 = FloatVector.fromArray(S, from, fromAt + 24 * L);
    FloatVector a12_1 = FloatVector.fromArray(S, from, fromAt + 25 * L);
    int end = wAt + taps * 14;
    for (int row = wAt; row < end; row += 14) {
      int pixel = first + Float.floatToRawIntBits(w[row + 13]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      a4_1 = w4.fma(x1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      a5_1 = w5.fma(x1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      a6_1 = w6.fma(x1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      a7_1 = w7.fma(x1, a7_1);
      FloatVector w8 = FloatVector.broadcast(S, w[row + 8]);
      a8_0 = w8.fma(x0, a8_0);
      a8_1 = w8.fma(x1, a8_1);
      FloatVector w9 = FloatVector.broadcast(S, w[row + 9]);
      a9_0 = w9.fma(x0, a9_0);
      a9_1 = w9.fma(x1, a9_1);
      FloatVector w10 = FloatVector.broadcast(S, w[row + 10]);
      a10_0 = w10.fma(x0, a10_0);
      a10_1 = w10.fma(x1, a10_1);
      FloatVector w11 = FloatVector.broadcast(S, w[row + 11]);
      a11_0 = w11.fma(x0, a11_0);
      a11_1 = w11.fma(x1, a11_1);
      FloatVector w12 = FloatVector.broadcast(S, w[row + 12]);
      a12_0 = w12.fma(x0, a12_0);
      a12_1 = w12.fma(x1, a12_1);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    a4_1 = a4_1.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    a5_1 = a5_1.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    a6_1 = a6_1.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    a7_1 = a7_1.add(b7);
    FloatVector b8 = FloatVector.broadcast(S, bias[biasAt + 8]);
    a8_0 = a8_0.add(b8);
    a8_1 = a8_1.add(b8);
    FloatVector b9 = FloatVector.broadcast(S, bias[biasAt + 9]);
    a9_0 = a9_0.add(b9);
    a9_1 = a9_1.add(b9);
    FloatVector b10 = FloatVector.broadcast(S, bias[biasAt + 10]);
    a10_0 = a10_0.add(b10);
    a10_1 = a10_1.add(b10);
    FloatVector b11 = FloatVector.broadcast(S, bias[biasAt + 11]);
    a11_0 = a11_0.add(b11);
    a11_1 = a11_1.add(b11);
    FloatVector b12 = FloatVector.broadcast(S, bias[biasAt + 12]);
    a12_0 = a12_0.add(b12);
    a12_1 = a12_1.add(b12);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a4_1 = a4_1.blend(low, a4_1.compare(LT, low));
      a4_1 = a4_1.blend(high, a4_1.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a5_1 = a5_1.blend(low, a5_1.compare(LT, low));
      a5_1 = a5_1.blend(high, a5_1.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a6_1 = a6_1.blend(low, a6_1.compare(LT, low));
      a6_1 = a6_1.blend(high, a6_1.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
      a7_1 = a7_1.blend(low, a7_1.compare(LT, low));
      a7_1 = a7_1.blend(high, a7_1.compare(GT, high));
      a8_0 = a8_0.blend(low, a8_0.compare(LT, low));
      a8_0 = a8_0.blend(high, a8_0.compare(GT, high));
      a8_1 = a8_1.blend(low, a8_1.compare(LT, low));
      a8_1 = a8_1.blend(high, a8_1.compare(GT, high));
      a9_0 = a9_0.blend(low, a9_0.compare(LT, low));
      a9_0 = a9_0.blend(high, a9_0.compare(GT, high));
      a9_1 = a9_1.blend(low, a9_1.compare(LT, low));
      a9_1 = a9_1.blend(high, a9_1.compare(GT, high));
      a10_0 = a10_0.blend(low, a10_0.compare(LT, low));
      a10_0 = a10_0.blend(high, a10_0.compare(GT, high));
      a10_1 = a10_1.blend(low, a10_1.compare(LT, low));
      a10_1 = a10_1.blend(high, a10_1.compare(GT, high));
      a11_0 = a11_0.blend(low, a11_0.compare(LT, low));
      a11_0 = a11_0.blend(high, a11_0.compare(GT, high));
      a11_1 = a11_1.blend(low, a11_1.compare(LT, low));
      a11_1 = a11_1.blend(high, a11_1.compare(GT, high));
      a12_0 = a12_0.blend(low, a12_0.compare(LT, low));
      a12_0 = a12_0.blend(high, a12_0.compare(GT, high));
      a12_1 = a12_1.blend(low, a12_1.compare(LT, low));
      a12_1 = a12_1.blend(high, a12_1.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a4_1.intoArray(out, outAt + 4 * pitch + L);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a5_1.intoArray(out, outAt + 5 * pitch + L);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a6_1.intoArray(out, outAt + 6 * pitch + L);
    a7_0.intoArray(out, outAt + 7 * pitch);
    a7_1.intoArray(out, outAt + 7 * pitch + L);
    a8_0.intoArray(out, outAt + 8 * pitch);
    a8_1.intoArray(out, outAt + 8 * pitch + L);
    a9_0.intoArray(out, outAt + 9 * pitch);
    a9_1.intoArray(out, outAt + 9 * pitch + L);
    a10_0.intoArray(out, outAt + 10 * pitch);
    a10_1.intoArray(out, outAt + 10 * pitch + L);
    a11_0.intoArray(out, outAt + 11 * pitch);
    a11_1.intoArray(out, outAt + 11 * pitch + L);
    a12_0.intoArray(out, outAt + 12 * pitch);
    a12_1.intoArray(out, outAt + 12 * pitch + L);
  }

  // 24 accumulators + 2 pixels + broadcasts: 32 registers only.
  private static void tile12x2(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a8_1 = FloatVector.fromArray(S, from, fromAt + 17 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a9_1 = FloatVector.fromArray(S, from, fromAt + 19 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a10_1 = FloatVector.fromArray(S, from, fromAt + 21 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    FloatVector a11_1 = FloatVector.fromArray(S, from, fromAt + 23 * L);
    int end = wAt + taps * 13;
    for (int row = wAt; row < end; row += 13) {
      int pixel = first + Float.floatToRawIntBits(w[row + 12]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      a4_1 = w4.fma(x1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      a5_1 = w5.fma(x1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      a6_1 = w6.fma(x1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      a7_1 = w7.fma(x1, a7_1);
      FloatVector w8 = FloatVector.broadcast(S, w[row + 8]);
      a8_0 = w8.fma(x0, a8_0);
      a8_1 = w8.fma(x1, a8_1);
      FloatVector w9 = FloatVector.broadcast(S, w[row + 9]);
      a9_0 = w9.fma(x0, a9_0);
      a9_1 = w9.fma(x1, a9_1);
      FloatVector w10 = FloatVector.broadcast(S, w[row + 10]);
      a10_0 = w10.fma(x0, a10_0);
      a10_1 = w10.fma(x1, a10_1);
      FloatVector w11 = FloatVector.broadcast(S, w[row + 11]);
      a11_0 = w11.fma(x0, a11_0);
      a11_1 = w11.fma(x1, a11_1);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    a4_1 = a4_1.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    a5_1 = a5_1.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    a6_1 = a6_1.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    a7_1 = a7_1.add(b7);
    FloatVector b8 = FloatVector.broadcast(S, bias[biasAt + 8]);
    a8_0 = a8_0.add(b8);
    a8_1 = a8_1.add(b8);
    FloatVector b9 = FloatVector.broadcast(S, bias[biasAt + 9]);
    a9_0 = a9_0.add(b9);
    a9_1 = a9_1.add(b9);
    FloatVector b10 = FloatVector.broadcast(S, bias[biasAt + 10]);
    a10_0 = a10_0.add(b10);
    a10_1 = a10_1.add(b10);
    FloatVector b11 = FloatVector.broadcast(S, bias[biasAt + 11]);
    a11_0 = a11_0.add(b11);
    a11_1 = a11_1.add(b11);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a4_1 = a4_1.blend(low, a4_1.compare(LT, low));
      a4_1 = a4_1.blend(high, a4_1.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a5_1 = a5_1.blend(low, a5_1.compare(LT, low));
      a5_1 = a5_1.blend(high, a5_1.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a6_1 = a6_1.blend(low, a6_1.compare(LT, low));
      a6_1 = a6_1.blend(high, a6_1.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
      a7_1 = a7_1.blend(low, a7_1.compare(LT, low));
      a7_1 = a7_1.blend(high, a7_1.compare(GT, high));
      a8_0 = a8_0.blend(low, a8_0.compare(LT, low));
      a8_0 = a8_0.blend(high, a8_0.compare(GT, high));
      a8_1 = a8_1.blend(low, a8_1.compare(LT, low));
      a8_1 = a8_1.blend(high, a8_1.compare(GT, high));
      a9_0 = a9_0.blend(low, a9_0.compare(LT, low));
      a9_0 = a9_0.blend(high, a9_0.compare(GT, high));
      a9_1 = a9_1.blend(low, a9_1.compare(LT, low));
      a9_1 = a9_1.blend(high, a9_1.compare(GT, high));
      a10_0 = a10_0.blend(low, a10_0.compare(LT, low));
      a10_0 = a10_0.blend(high, a10_0.compare(GT, high));
      a10_1 = a10_1.blend(low, a10_1.compare(LT, low));
      a10_1 = a10_1.blend(high, a10_1.compare(GT, high));
      a11_0 = a11_0.blend(low, a11_0.compare(LT, low));
      a11_0 = a11_0.blend(high, a11_0.compare(GT, high));
      a11_1 = a11_1.blend(low, a11_1.compare(LT, low));
      a11_1 = a11_1.blend(high, a11_1.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a4_1.intoArray(out, outAt + 4 * pitch + L);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a5_1.intoArray(out, outAt + 5 * pitch + L);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a6_1.intoArray(out, outAt + 6 * pitch + L);
    a7_0.intoArray(out, outAt + 7 * pitch);
    a7_1.intoArray(out, outAt + 7 * pitch + L);
    a8_0.intoArray(out, outAt + 8 * pitch);
    a8_1.intoArray(out, outAt + 8 * pitch + L);
    a9_0.intoArray(out, outAt + 9 * pitch);
    a9_1.intoArray(out, outAt + 9 * pitch + L);
    a10_0.intoArray(out, outAt + 10 * pitch);
    a10_1.intoArray(out, outAt + 10 * pitch + L);
    a11_0.intoArray(out, outAt + 11 * pitch);
    a11_1.intoArray(out, outAt + 11 * pitch + L);
  }

  // The two that copy. At 13x2 C2 makes 67 to 75 instructions a tap, with the checks of bounds of the
  // copy and the end of a run; none spilled (JDK 25).
  private static void tile13x2Copying(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a8_1 = FloatVector.fromArray(S, from, fromAt + 17 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a9_1 = FloatVector.fromArray(S, from, fromAt + 19 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a10_1 = FloatVector.fromArray(S, from, fromAt + 21 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    FloatVector a11_1 = FloatVector.fromArray(S, from, fromAt + 23 * L);
    FloatVector a12_0 = FloatVector.fromArray(S, from, fromAt + 24 * L);
    FloatVector a12_1 = FloatVector.fromArray(S, from, fromAt + 25 * L);
    int end = wAt + taps * 14;
    float[] source = io.source;
    int sourceAt = io.sourceAt;
    int runEnd = io.runEnd;
    int run = io.run;
    int sourceGap = io.sourceGap;
    int to = io.to;
    int toGap = io.toGap;
    for (int row = wAt; row < end; row += 14) {
      FloatVector.fromArray(S, source, sourceAt).intoArray(x, to);
      sourceAt += L;
      to += L;
      if (sourceAt >= runEnd) {
        sourceAt = runEnd + sourceGap;
        runEnd = sourceAt + run;
        to += toGap;
      }
      int pixel = first + Float.floatToRawIntBits(w[row + 13]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      a4_1 = w4.fma(x1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      a5_1 = w5.fma(x1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      a6_1 = w6.fma(x1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      a7_1 = w7.fma(x1, a7_1);
      FloatVector w8 = FloatVector.broadcast(S, w[row + 8]);
      a8_0 = w8.fma(x0, a8_0);
      a8_1 = w8.fma(x1, a8_1);
      FloatVector w9 = FloatVector.broadcast(S, w[row + 9]);
      a9_0 = w9.fma(x0, a9_0);
      a9_1 = w9.fma(x1, a9_1);
      FloatVector w10 = FloatVector.broadcast(S, w[row + 10]);
      a10_0 = w10.fma(x0, a10_0);
      a10_1 = w10.fma(x1, a10_1);
      FloatVector w11 = FloatVector.broadcast(S, w[row + 11]);
      a11_0 = w11.fma(x0, a11_0);
      a11_1 = w11.fma(x1, a11_1);
      FloatVector w12 = FloatVector.broadcast(S, w[row + 12]);
      a12_0 = w12.fma(x0, a12_0);
      a12_1 = w12.fma(x1, a12_1);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    a4_1 = a4_1.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    a5_1 = a5_1.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    a6_1 = a6_1.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    a7_1 = a7_1.add(b7);
    FloatVector b8 = FloatVector.broadcast(S, bias[biasAt + 8]);
    a8_0 = a8_0.add(b8);
    a8_1 = a8_1.add(b8);
    FloatVector b9 = FloatVector.broadcast(S, bias[biasAt + 9]);
    a9_0 = a9_0.add(b9);
    a9_1 = a9_1.add(b9);
    FloatVector b10 = FloatVector.broadcast(S, bias[biasAt + 10]);
    a10_0 = a10_0.add(b10);
    a10_1 = a10_1.add(b10);
    FloatVector b11 = FloatVector.broadcast(S, bias[biasAt + 11]);
    a11_0 = a11_0.add(b11);
    a11_1 = a11_1.add(b11);
    FloatVector b12 = FloatVector.broadcast(S, bias[biasAt + 12]);
    a12_0 = a12_0.add(b12);
    a12_1 = a12_1.add(b12);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a4_1 = a4_1.blend(low, a4_1.compare(LT, low));
      a4_1 = a4_1.blend(high, a4_1.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a5_1 = a5_1.blend(low, a5_1.compare(LT, low));
      a5_1 = a5_1.blend(high, a5_1.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a6_1 = a6_1.blend(low, a6_1.compare(LT, low));
      a6_1 = a6_1.blend(high, a6_1.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
      a7_1 = a7_1.blend(low, a7_1.compare(LT, low));
      a7_1 = a7_1.blend(high, a7_1.compare(GT, high));
      a8_0 = a8_0.blend(low, a8_0.compare(LT, low));
      a8_0 = a8_0.blend(high, a8_0.compare(GT, high));
      a8_1 = a8_1.blend(low, a8_1.compare(LT, low));
      a8_1 = a8_1.blend(high, a8_1.compare(GT, high));
      a9_0 = a9_0.blend(low, a9_0.compare(LT, low));
      a9_0 = a9_0.blend(high, a9_0.compare(GT, high));
      a9_1 = a9_1.blend(low, a9_1.compare(LT, low));
      a9_1 = a9_1.blend(high, a9_1.compare(GT, high));
      a10_0 = a10_0.blend(low, a10_0.compare(LT, low));
      a10_0 = a10_0.blend(high, a10_0.compare(GT, high));
      a10_1 = a10_1.blend(low, a10_1.compare(LT, low));
      a10_1 = a10_1.blend(high, a10_1.compare(GT, high));
      a11_0 = a11_0.blend(low, a11_0.compare(LT, low));
      a11_0 = a11_0.blend(high, a11_0.compare(GT, high));
      a11_1 = a11_1.blend(low, a11_1.compare(LT, low));
      a11_1 = a11_1.blend(high, a11_1.compare(GT, high));
      a12_0 = a12_0.blend(low, a12_0.compare(LT, low));
      a12_0 = a12_0.blend(high, a12_0.compare(GT, high));
      a12_1 = a12_1.blend(low, a12_1.compare(LT, low));
      a12_1 = a12_1.blend(high, a12_1.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a4_1.intoArray(out, outAt + 4 * pitch + L);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a5_1.intoArray(out, outAt + 5 * pitch + L);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a6_1.intoArray(out, outAt + 6 * pitch + L);
    a7_0.intoArray(out, outAt + 7 * pitch);
    a7_1.intoArray(out, outAt + 7 * pitch + L);
    a8_0.intoArray(out, outAt + 8 * pitch);
    a8_1.intoArray(out, outAt + 8 * pitch + L);
    a9_0.intoArray(out, outAt + 9 * pitch);
    a9_1.intoArray(out, outAt + 9 * pitch + L);
    a10_0.intoArray(out, outAt + 10 * pitch);
    a10_1.intoArray(out, outAt + 10 * pitch + L);
    a11_0.intoArray(out, outAt + 11 * pitch);
    a11_1.intoArray(out, outAt + 11 * pitch + L);
    a12_0.intoArray(out, outAt + 12 * pitch);
    a12_1.intoArray(out, outAt + 12 * pitch + L);
  }

  private static void tile13x2CopyingNative(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a8_1 = FloatVector.fromArray(S, from, fromAt + 17 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a9_1 = FloatVector.fromArray(S, from, fromAt + 19 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a10_1 = FloatVector.fromArray(S, from, fromAt + 21 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    FloatVector a11_1 = FloatVector.fromArray(S, from, fromAt + 23 * L);
    FloatVector a12_0 = FloatVector.fromArray(S, from, fromAt + 24 * L);
    FloatVector a12_1 = FloatVector.fromArray(S, from, fromAt + 25 * L);
    int end = wAt + taps * 14;
    MemorySegment source = io.segment;
    if (source == null || source.getClass() != SegmentCopy.NATIVE) {
      throw new AssertionError("not a native segment");
    }
    int sourceAt = io.sourceAt;
    int runEnd = io.runEnd;
    int run = io.run;
    int sourceGap = io.sourceGap;
    int to = io.to;
    int toGap = io.toGap;
    for (int row = wAt; row < end; row += 14) {
      FloatVector.fromMemorySegment(S, source, (long) sourceAt * Float.BYTES, ORDER).intoArray(x, to);
      sourceAt += L;
      to += L;
      if (sourceAt >= runEnd) {
        sourceAt = runEnd + sourceGap;
        runEnd = sourceAt + run;
        to += toGap;
      }
      int pixel = first + Float.floatToRawIntBits(w[row + 13]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      a4_1 = w4.fma(x1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      a5_1 = w5.fma(x1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      a6_1 = w6.fma(x1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      a7_1 = w7.fma(x1, a7_1);
      FloatVector w8 = FloatVector.broadcast(S, w[row + 8]);
      a8_0 = w8.fma(x0, a8_0);
      a8_1 = w8.fma(x1, a8_1);
      FloatVector w9 = FloatVector.broadcast(S, w[row + 9]);
      a9_0 = w9.fma(x0, a9_0);
      a9_1 = w9.fma(x1, a9_1);
      FloatVector w10 = FloatVector.broadcast(S, w[row + 10]);
      a10_0 = w10.fma(x0, a10_0);
      a10_1 = w10.fma(x1, a10_1);
      FloatVector w11 = FloatVector.broadcast(S, w[row + 11]);
      a11_0 = w11.fma(x0, a11_0);
      a11_1 = w11.fma(x1, a11_1);
      FloatVector w12 = FloatVector.broadcast(S, w[row + 12]);
      a12_0 = w12.fma(x0, a12_0);
      a12_1 = w12.fma(x1, a12_1);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    a4_1 = a4_1.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    a5_1 = a5_1.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    a6_1 = a6_1.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    a7_1 = a7_1.add(b7);
    FloatVector b8 = FloatVector.broadcast(S, bias[biasAt + 8]);
    a8_0 = a8_0.add(b8);
    a8_1 = a8_1.add(b8);
    FloatVector b9 = FloatVector.broadcast(S, bias[biasAt + 9]);
    a9_0 = a9_0.add(b9);
    a9_1 = a9_1.add(b9);
    FloatVector b10 = FloatVector.broadcast(S, bias[biasAt + 10]);
    a10_0 = a10_0.add(b10);
    a10_1 = a10_1.add(b10);
    FloatVector b11 = FloatVector.broadcast(S, bias[biasAt + 11]);
    a11_0 = a11_0.add(b11);
    a11_1 = a11_1.add(b11);
    FloatVector b12 = FloatVector.broadcast(S, bias[biasAt + 12]);
    a12_0 = a12_0.add(b12);
    a12_1 = a12_1.add(b12);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a4_1 = a4_1.blend(low, a4_1.compare(LT, low));
      a4_1 = a4_1.blend(high, a4_1.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a5_1 = a5_1.blend(low, a5_1.compare(LT, low));
      a5_1 = a5_1.blend(high, a5_1.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a6_1 = a6_1.blend(low, a6_1.compare(LT, low));
      a6_1 = a6_1.blend(high, a6_1.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
      a7_1 = a7_1.blend(low, a7_1.compare(LT, low));
      a7_1 = a7_1.blend(high, a7_1.compare(GT, high));
      a8_0 = a8_0.blend(low, a8_0.compare(LT, low));
      a8_0 = a8_0.blend(high, a8_0.compare(GT, high));
      a8_1 = a8_1.blend(low, a8_1.compare(LT, low));
      a8_1 = a8_1.blend(high, a8_1.compare(GT, high));
      a9_0 = a9_0.blend(low, a9_0.compare(LT, low));
      a9_0 = a9_0.blend(high, a9_0.compare(GT, high));
      a9_1 = a9_1.blend(low, a9_1.compare(LT, low));
      a9_1 = a9_1.blend(high, a9_1.compare(GT, high));
      a10_0 = a10_0.blend(low, a10_0.compare(LT, low));
      a10_0 = a10_0.blend(high, a10_0.compare(GT, high));
      a10_1 = a10_1.blend(low, a10_1.compare(LT, low));
      a10_1 = a10_1.blend(high, a10_1.compare(GT, high));
      a11_0 = a11_0.blend(low, a11_0.compare(LT, low));
      a11_0 = a11_0.blend(high, a11_0.compare(GT, high));
      a11_1 = a11_1.blend(low, a11_1.compare(LT, low));
      a11_1 = a11_1.blend(high, a11_1.compare(GT, high));
      a12_0 = a12_0.blend(low, a12_0.compare(LT, low));
      a12_0 = a12_0.blend(high, a12_0.compare(GT, high));
      a12_1 = a12_1.blend(low, a12_1.compare(LT, low));
      a12_1 = a12_1.blend(high, a12_1.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a4_1.intoArray(out, outAt + 4 * pitch + L);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a5_1.intoArray(out, outAt + 5 * pitch + L);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a6_1.intoArray(out, outAt + 6 * pitch + L);
    a7_0.intoArray(out, outAt + 7 * pitch);
    a7_1.intoArray(out, outAt + 7 * pitch + L);
    a8_0.intoArray(out, outAt + 8 * pitch);
    a8_1.intoArray(out, outAt + 8 * pitch + L);
    a9_0.intoArray(out, outAt + 9 * pitch);
    a9_1.intoArray(out, outAt + 9 * pitch + L);
    a10_0.intoArray(out, outAt + 10 * pitch);
    a10_1.intoArray(out, outAt + 10 * pitch + L);
    a11_0.intoArray(out, outAt + 11 * pitch);
    a11_1.intoArray(out, outAt + 11 * pitch + L);
    a12_0.intoArray(out, outAt + 12 * pitch);
    a12_1.intoArray(out, outAt + 12 * pitch + L);
  }

  private static void tile12x2Copying(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a8_1 = FloatVector.fromArray(S, from, fromAt + 17 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a9_1 = FloatVector.fromArray(S, from, fromAt + 19 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a10_1 = FloatVector.fromArray(S, from, fromAt + 21 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    FloatVector a11_1 = FloatVector.fromArray(S, from, fromAt + 23 * L);
    int end = wAt + taps * 13;
    float[] source = io.source;
    int sourceAt = io.sourceAt;
    int runEnd = io.runEnd;
    int run = io.run;
    int sourceGap = io.sourceGap;
    int to = io.to;
    int toGap = io.toGap;
    for (int row = wAt; row < end; row += 13) {
      FloatVector.fromArray(S, source, sourceAt).intoArray(x, to);
      sourceAt += L;
      to += L;
      if (sourceAt >= runEnd) {
        sourceAt = runEnd + sourceGap;
        runEnd = sourceAt + run;
        to += toGap;
      }
      int pixel = first + Float.floatToRawIntBits(w[row + 12]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      a4_1 = w4.fma(x1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      a5_1 = w5.fma(x1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      a6_1 = w6.fma(x1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      a7_1 = w7.fma(x1, a7_1);
      FloatVector w8 = FloatVector.broadcast(S, w[row + 8]);
      a8_0 = w8.fma(x0, a8_0);
      a8_1 = w8.fma(x1, a8_1);
      FloatVector w9 = FloatVector.broadcast(S, w[row + 9]);
      a9_0 = w9.fma(x0, a9_0);
      a9_1 = w9.fma(x1, a9_1);
      FloatVector w10 = FloatVector.broadcast(S, w[row + 10]);
      a10_0 = w10.fma(x0, a10_0);
      a10_1 = w10.fma(x1, a10_1);
      FloatVector w11 = FloatVector.broadcast(S, w[row + 11]);
      a11_0 = w11.fma(x0, a11_0);
      a11_1 = w11.fma(x1, a11_1);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    a4_1 = a4_1.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    a5_1 = a5_1.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    a6_1 = a6_1.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    a7_1 = a7_1.add(b7);
    FloatVector b8 = FloatVector.broadcast(S, bias[biasAt + 8]);
    a8_0 = a8_0.add(b8);
    a8_1 = a8_1.add(b8);
    FloatVector b9 = FloatVector.broadcast(S, bias[biasAt + 9]);
    a9_0 = a9_0.add(b9);
    a9_1 = a9_1.add(b9);
    FloatVector b10 = FloatVector.broadcast(S, bias[biasAt + 10]);
    a10_0 = a10_0.add(b10);
    a10_1 = a10_1.add(b10);
    FloatVector b11 = FloatVector.broadcast(S, bias[biasAt + 11]);
    a11_0 = a11_0.add(b11);
    a11_1 = a11_1.add(b11);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a4_1 = a4_1.blend(low, a4_1.compare(LT, low));
      a4_1 = a4_1.blend(high, a4_1.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a5_1 = a5_1.blend(low, a5_1.compare(LT, low));
      a5_1 = a5_1.blend(high, a5_1.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a6_1 = a6_1.blend(low, a6_1.compare(LT, low));
      a6_1 = a6_1.blend(high, a6_1.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
      a7_1 = a7_1.blend(low, a7_1.compare(LT, low));
      a7_1 = a7_1.blend(high, a7_1.compare(GT, high));
      a8_0 = a8_0.blend(low, a8_0.compare(LT, low));
      a8_0 = a8_0.blend(high, a8_0.compare(GT, high));
      a8_1 = a8_1.blend(low, a8_1.compare(LT, low));
      a8_1 = a8_1.blend(high, a8_1.compare(GT, high));
      a9_0 = a9_0.blend(low, a9_0.compare(LT, low));
      a9_0 = a9_0.blend(high, a9_0.compare(GT, high));
      a9_1 = a9_1.blend(low, a9_1.compare(LT, low));
      a9_1 = a9_1.blend(high, a9_1.compare(GT, high));
      a10_0 = a10_0.blend(low, a10_0.compare(LT, low));
      a10_0 = a10_0.blend(high, a10_0.compare(GT, high));
      a10_1 = a10_1.blend(low, a10_1.compare(LT, low));
      a10_1 = a10_1.blend(high, a10_1.compare(GT, high));
      a11_0 = a11_0.blend(low, a11_0.compare(LT, low));
      a11_0 = a11_0.blend(high, a11_0.compare(GT, high));
      a11_1 = a11_1.blend(low, a11_1.compare(LT, low));
      a11_1 = a11_1.blend(high, a11_1.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a4_1.intoArray(out, outAt + 4 * pitch + L);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a5_1.intoArray(out, outAt + 5 * pitch + L);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a6_1.intoArray(out, outAt + 6 * pitch + L);
    a7_0.intoArray(out, outAt + 7 * pitch);
    a7_1.intoArray(out, outAt + 7 * pitch + L);
    a8_0.intoArray(out, outAt + 8 * pitch);
    a8_1.intoArray(out, outAt + 8 * pitch + L);
    a9_0.intoArray(out, outAt + 9 * pitch);
    a9_1.intoArray(out, outAt + 9 * pitch + L);
    a10_0.intoArray(out, outAt + 10 * pitch);
    a10_1.intoArray(out, outAt + 10 * pitch + L);
    a11_0.intoArray(out, outAt + 11 * pitch);
    a11_1.intoArray(out, outAt + 11 * pitch + L);
  }

  private static void tile12x2CopyingNative(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a8_1 = FloatVector.fromArray(S, from, fromAt + 17 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a9_1 = FloatVector.fromArray(S, from, fromAt + 19 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a10_1 = FloatVector.fromArray(S, from, fromAt + 21 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    FloatVector a11_1 = FloatVector.fromArray(S, from, fromAt + 23 * L);
    int end = wAt + taps * 13;
    MemorySegment source = io.segment;
    if (source == null || source.getClass() != SegmentCopy.NATIVE) {
      throw new AssertionError("not a native segment");
    }
    int sourceAt = io.sourceAt;
    int runEnd = io.runEnd;
    int run = io.run;
    int sourceGap = io.sourceGap;
    int to = io.to;
    int toGap = io.toGap;
    for (int row = wAt; row < end; row += 13) {
      FloatVector.fromMemorySegment(S, source, (long) sourceAt * Float.BYTES, ORDER).intoArray(x, to);
      sourceAt += L;
      to += L;
      if (sourceAt >= runEnd) {
        sourceAt = runEnd + sourceGap;
        runEnd = sourceAt + run;
        to += toGap;
      }
      int pixel = first + Float.floatToRawIntBits(w[row + 12]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      a4_1 = w4.fma(x1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      a5_1 = w5.fma(x1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      a6_1 = w6.fma(x1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      a7_1 = w7.fma(x1, a7_1);
      FloatVector w8 = FloatVector.broadcast(S, w[row + 8]);
      a8_0 = w8.fma(x0, a8_0);
      a8_1 = w8.fma(x1, a8_1);
      FloatVector w9 = FloatVector.broadcast(S, w[row + 9]);
      a9_0 = w9.fma(x0, a9_0);
      a9_1 = w9.fma(x1, a9_1);
      FloatVector w10 = FloatVector.broadcast(S, w[row + 10]);
      a10_0 = w10.fma(x0, a10_0);
      a10_1 = w10.fma(x1, a10_1);
      FloatVector w11 = FloatVector.broadcast(S, w[row + 11]);
      a11_0 = w11.fma(x0, a11_0);
      a11_1 = w11.fma(x1, a11_1);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    a4_1 = a4_1.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    a5_1 = a5_1.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    a6_1 = a6_1.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    a7_1 = a7_1.add(b7);
    FloatVector b8 = FloatVector.broadcast(S, bias[biasAt + 8]);
    a8_0 = a8_0.add(b8);
    a8_1 = a8_1.add(b8);
    FloatVector b9 = FloatVector.broadcast(S, bias[biasAt + 9]);
    a9_0 = a9_0.add(b9);
    a9_1 = a9_1.add(b9);
    FloatVector b10 = FloatVector.broadcast(S, bias[biasAt + 10]);
    a10_0 = a10_0.add(b10);
    a10_1 = a10_1.add(b10);
    FloatVector b11 = FloatVector.broadcast(S, bias[biasAt + 11]);
    a11_0 = a11_0.add(b11);
    a11_1 = a11_1.add(b11);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a4_1 = a4_1.blend(low, a4_1.compare(LT, low));
      a4_1 = a4_1.blend(high, a4_1.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a5_1 = a5_1.blend(low, a5_1.compare(LT, low));
      a5_1 = a5_1.blend(high, a5_1.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a6_1 = a6_1.blend(low, a6_1.compare(LT, low));
      a6_1 = a6_1.blend(high, a6_1.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
      a7_1 = a7_1.blend(low, a7_1.compare(LT, low));
      a7_1 = a7_1.blend(high, a7_1.compare(GT, high));
      a8_0 = a8_0.blend(low, a8_0.compare(LT, low));
      a8_0 = a8_0.blend(high, a8_0.compare(GT, high));
      a8_1 = a8_1.blend(low, a8_1.compare(LT, low));
      a8_1 = a8_1.blend(high, a8_1.compare(GT, high));
      a9_0 = a9_0.blend(low, a9_0.compare(LT, low));
      a9_0 = a9_0.blend(high, a9_0.compare(GT, high));
      a9_1 = a9_1.blend(low, a9_1.compare(LT, low));
      a9_1 = a9_1.blend(high, a9_1.compare(GT, high));
      a10_0 = a10_0.blend(low, a10_0.compare(LT, low));
      a10_0 = a10_0.blend(high, a10_0.compare(GT, high));
      a10_1 = a10_1.blend(low, a10_1.compare(LT, low));
      a10_1 = a10_1.blend(high, a10_1.compare(GT, high));
      a11_0 = a11_0.blend(low, a11_0.compare(LT, low));
      a11_0 = a11_0.blend(high, a11_0.compare(GT, high));
      a11_1 = a11_1.blend(low, a11_1.compare(LT, low));
      a11_1 = a11_1.blend(high, a11_1.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a4_1.intoArray(out, outAt + 4 * pitch + L);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a5_1.intoArray(out, outAt + 5 * pitch + L);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a6_1.intoArray(out, outAt + 6 * pitch + L);
    a7_0.intoArray(out, outAt + 7 * pitch);
    a7_1.intoArray(out, outAt + 7 * pitch + L);
    a8_0.intoArray(out, outAt + 8 * pitch);
    a8_1.intoArray(out, outAt + 8 * pitch + L);
    a9_0.intoArray(out, outAt + 9 * pitch);
    a9_1.intoArray(out, outAt + 9 * pitch + L);
    a10_0.intoArray(out, outAt + 10 * pitch);
    a10_1.intoArray(out, outAt + 10 * pitch + L);
    a11_0.intoArray(out, outAt + 11 * pitch);
    a11_1.intoArray(out, outAt + 11 * pitch + L);
  }

  private static void tile8x2(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    int end = wAt + taps * 9;
    for (int row = wAt; row < end; row += 9) {
      int pixel = first + Float.floatToRawIntBits(w[row + 8]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      a4_1 = w4.fma(x1, a4_1);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      a5_1 = w5.fma(x1, a5_1);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      a6_1 = w6.fma(x1, a6_1);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      a7_1 = w7.fma(x1, a7_1);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    a4_1 = a4_1.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    a5_1 = a5_1.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    a6_1 = a6_1.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    a7_1 = a7_1.add(b7);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a4_1 = a4_1.blend(low, a4_1.compare(LT, low));
      a4_1 = a4_1.blend(high, a4_1.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a5_1 = a5_1.blend(low, a5_1.compare(LT, low));
      a5_1 = a5_1.blend(high, a5_1.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a6_1 = a6_1.blend(low, a6_1.compare(LT, low));
      a6_1 = a6_1.blend(high, a6_1.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
      a7_1 = a7_1.blend(low, a7_1.compare(LT, low));
      a7_1 = a7_1.blend(high, a7_1.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a4_1.intoArray(out, outAt + 4 * pitch + L);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a5_1.intoArray(out, outAt + 5 * pitch + L);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a6_1.intoArray(out, outAt + 6 * pitch + L);
    a7_0.intoArray(out, outAt + 7 * pitch);
    a7_1.intoArray(out, outAt + 7 * pitch + L);
  }

  // 24 accumulators + the pixels and broadcasts in flight: 32 registers only; for layers of three output
  // channels or fewer, as the pictures at the end of a network.
  private static void tile3x8(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a0_3 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a0_4 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a0_5 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a0_6 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a0_7 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a1_3 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a1_4 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a1_5 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a1_6 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a1_7 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 17 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a2_3 = FloatVector.fromArray(S, from, fromAt + 19 * L);
    FloatVector a2_4 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a2_5 = FloatVector.fromArray(S, from, fromAt + 21 * L);
    FloatVector a2_6 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    FloatVector a2_7 = FloatVector.fromArray(S, from, fromAt + 23 * L);
    int end = wAt + taps * 4;
    for (int row = wAt; row < end; row += 4) {
      int pixel = first + Float.floatToRawIntBits(w[row + 3]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector x2 = FloatVector.fromArray(S, x, pixel + 2 * L);
      FloatVector x3 = FloatVector.fromArray(S, x, pixel + 3 * L);
      FloatVector x4 = FloatVector.fromArray(S, x, pixel + 4 * L);
      FloatVector x5 = FloatVector.fromArray(S, x, pixel + 5 * L);
      FloatVector x6 = FloatVector.fromArray(S, x, pixel + 6 * L);
      FloatVector x7 = FloatVector.fromArray(S, x, pixel + 7 * L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      a0_2 = w0.fma(x2, a0_2);
      a0_3 = w0.fma(x3, a0_3);
      a0_4 = w0.fma(x4, a0_4);
      a0_5 = w0.fma(x5, a0_5);
      a0_6 = w0.fma(x6, a0_6);
      a0_7 = w0.fma(x7, a0_7);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      a1_2 = w1.fma(x2, a1_2);
      a1_3 = w1.fma(x3, a1_3);
      a1_4 = w1.fma(x4, a1_4);
      a1_5 = w1.fma(x5, a1_5);
      a1_6 = w1.fma(x6, a1_6);
      a1_7 = w1.fma(x7, a1_7);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      a2_2 = w2.fma(x2, a2_2);
      a2_3 = w2.fma(x3, a2_3);
      a2_4 = w2.fma(x4, a2_4);
      a2_5 = w2.fma(x5, a2_5);
      a2_6 = w2.fma(x6, a2_6);
      a2_7 = w2.fma(x7, a2_7);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    a0_2 = a0_2.add(b0);
    a0_3 = a0_3.add(b0);
    a0_4 = a0_4.add(b0);
    a0_5 = a0_5.add(b0);
    a0_6 = a0_6.add(b0);
    a0_7 = a0_7.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    a1_2 = a1_2.add(b1);
    a1_3 = a1_3.add(b1);
    a1_4 = a1_4.add(b1);
    a1_5 = a1_5.add(b1);
    a1_6 = a1_6.add(b1);
    a1_7 = a1_7.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    a2_2 = a2_2.add(b2);
    a2_3 = a2_3.add(b2);
    a2_4 = a2_4.add(b2);
    a2_5 = a2_5.add(b2);
    a2_6 = a2_6.add(b2);
    a2_7 = a2_7.add(b2);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a0_2 = a0_2.blend(low, a0_2.compare(LT, low));
      a0_2 = a0_2.blend(high, a0_2.compare(GT, high));
      a0_3 = a0_3.blend(low, a0_3.compare(LT, low));
      a0_3 = a0_3.blend(high, a0_3.compare(GT, high));
      a0_4 = a0_4.blend(low, a0_4.compare(LT, low));
      a0_4 = a0_4.blend(high, a0_4.compare(GT, high));
      a0_5 = a0_5.blend(low, a0_5.compare(LT, low));
      a0_5 = a0_5.blend(high, a0_5.compare(GT, high));
      a0_6 = a0_6.blend(low, a0_6.compare(LT, low));
      a0_6 = a0_6.blend(high, a0_6.compare(GT, high));
      a0_7 = a0_7.blend(low, a0_7.compare(LT, low));
      a0_7 = a0_7.blend(high, a0_7.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a1_2 = a1_2.blend(low, a1_2.compare(LT, low));
      a1_2 = a1_2.blend(high, a1_2.compare(GT, high));
      a1_3 = a1_3.blend(low, a1_3.compare(LT, low));
      a1_3 = a1_3.blend(high, a1_3.compare(GT, high));
      a1_4 = a1_4.blend(low, a1_4.compare(LT, low));
      a1_4 = a1_4.blend(high, a1_4.compare(GT, high));
      a1_5 = a1_5.blend(low, a1_5.compare(LT, low));
      a1_5 = a1_5.blend(high, a1_5.compare(GT, high));
      a1_6 = a1_6.blend(low, a1_6.compare(LT, low));
      a1_6 = a1_6.blend(high, a1_6.compare(GT, high));
      a1_7 = a1_7.blend(low, a1_7.compare(LT, low));
      a1_7 = a1_7.blend(high, a1_7.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a2_2 = a2_2.blend(low, a2_2.compare(LT, low));
      a2_2 = a2_2.blend(high, a2_2.compare(GT, high));
      a2_3 = a2_3.blend(low, a2_3.compare(LT, low));
      a2_3 = a2_3.blend(high, a2_3.compare(GT, high));
      a2_4 = a2_4.blend(low, a2_4.compare(LT, low));
      a2_4 = a2_4.blend(high, a2_4.compare(GT, high));
      a2_5 = a2_5.blend(low, a2_5.compare(LT, low));
      a2_5 = a2_5.blend(high, a2_5.compare(GT, high));
      a2_6 = a2_6.blend(low, a2_6.compare(LT, low));
      a2_6 = a2_6.blend(high, a2_6.compare(GT, high));
      a2_7 = a2_7.blend(low, a2_7.compare(LT, low));
      a2_7 = a2_7.blend(high, a2_7.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a0_2.intoArray(out, outAt + 2 * L);
    a0_3.intoArray(out, outAt + 3 * L);
    a0_4.intoArray(out, outAt + 4 * L);
    a0_5.intoArray(out, outAt + 5 * L);
    a0_6.intoArray(out, outAt + 6 * L);
    a0_7.intoArray(out, outAt + 7 * L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a1_2.intoArray(out, outAt + pitch + 2 * L);
    a1_3.intoArray(out, outAt + pitch + 3 * L);
    a1_4.intoArray(out, outAt + pitch + 4 * L);
    a1_5.intoArray(out, outAt + pitch + 5 * L);
    a1_6.intoArray(out, outAt + pitch + 6 * L);
    a1_7.intoArray(out, outAt + pitch + 7 * L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a2_2.intoArray(out, outAt + 2 * pitch + 2 * L);
    a2_3.intoArray(out, outAt + 2 * pitch + 3 * L);
    a2_4.intoArray(out, outAt + 2 * pitch + 4 * L);
    a2_5.intoArray(out, outAt + 2 * pitch + 5 * L);
    a2_6.intoArray(out, outAt + 2 * pitch + 6 * L);
    a2_7.intoArray(out, outAt + 2 * pitch + 7 * L);
  }

  // 6 accumulators: for what 3x8 leaves over.
  private static void tile3x2(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    int end = wAt + taps * 4;
    for (int row = wAt; row < end; row += 4) {
      int pixel = first + Float.floatToRawIntBits(w[row + 3]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
  }

  // 16 accumulators + 4 pixels: 32 registers only; for groups and layers of few output channels.
  private static void tile4x4(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a0_3 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a1_3 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a2_3 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a3_2 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a3_3 = FloatVector.fromArray(S, from, fromAt + 15 * L);
    int end = wAt + taps * 5;
    for (int row = wAt; row < end; row += 5) {
      int pixel = first + Float.floatToRawIntBits(w[row + 4]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector x2 = FloatVector.fromArray(S, x, pixel + 2 * L);
      FloatVector x3 = FloatVector.fromArray(S, x, pixel + 3 * L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      a0_2 = w0.fma(x2, a0_2);
      a0_3 = w0.fma(x3, a0_3);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      a1_2 = w1.fma(x2, a1_2);
      a1_3 = w1.fma(x3, a1_3);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      a2_2 = w2.fma(x2, a2_2);
      a2_3 = w2.fma(x3, a2_3);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      a3_2 = w3.fma(x2, a3_2);
      a3_3 = w3.fma(x3, a3_3);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    a0_2 = a0_2.add(b0);
    a0_3 = a0_3.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    a1_2 = a1_2.add(b1);
    a1_3 = a1_3.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    a2_2 = a2_2.add(b2);
    a2_3 = a2_3.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    a3_2 = a3_2.add(b3);
    a3_3 = a3_3.add(b3);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a0_2 = a0_2.blend(low, a0_2.compare(LT, low));
      a0_2 = a0_2.blend(high, a0_2.compare(GT, high));
      a0_3 = a0_3.blend(low, a0_3.compare(LT, low));
      a0_3 = a0_3.blend(high, a0_3.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a1_2 = a1_2.blend(low, a1_2.compare(LT, low));
      a1_2 = a1_2.blend(high, a1_2.compare(GT, high));
      a1_3 = a1_3.blend(low, a1_3.compare(LT, low));
      a1_3 = a1_3.blend(high, a1_3.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a2_2 = a2_2.blend(low, a2_2.compare(LT, low));
      a2_2 = a2_2.blend(high, a2_2.compare(GT, high));
      a2_3 = a2_3.blend(low, a2_3.compare(LT, low));
      a2_3 = a2_3.blend(high, a2_3.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
      a3_2 = a3_2.blend(low, a3_2.compare(LT, low));
      a3_2 = a3_2.blend(high, a3_2.compare(GT, high));
      a3_3 = a3_3.blend(low, a3_3.compare(LT, low));
      a3_3 = a3_3.blend(high, a3_3.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a0_2.intoArray(out, outAt + 2 * L);
    a0_3.intoArray(out, outAt + 3 * L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a1_2.intoArray(out, outAt + pitch + 2 * L);
    a1_3.intoArray(out, outAt + pitch + 3 * L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a2_2.intoArray(out, outAt + 2 * pitch + 2 * L);
    a2_3.intoArray(out, outAt + 2 * pitch + 3 * L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
    a3_2.intoArray(out, outAt + 3 * pitch + 2 * L);
    a3_3.intoArray(out, outAt + 3 * pitch + 3 * L);
  }

  // 13 accumulators + 1 pixel + 1 broadcast: 15 of 16 registers of 256 or 128 bits.
  private static void tile13x1(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    FloatVector a12_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    int end = wAt + taps * 14;
    for (int row = wAt; row < end; row += 14) {
      int pixel = first + Float.floatToRawIntBits(w[row + 13]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      FloatVector w8 = FloatVector.broadcast(S, w[row + 8]);
      a8_0 = w8.fma(x0, a8_0);
      FloatVector w9 = FloatVector.broadcast(S, w[row + 9]);
      a9_0 = w9.fma(x0, a9_0);
      FloatVector w10 = FloatVector.broadcast(S, w[row + 10]);
      a10_0 = w10.fma(x0, a10_0);
      FloatVector w11 = FloatVector.broadcast(S, w[row + 11]);
      a11_0 = w11.fma(x0, a11_0);
      FloatVector w12 = FloatVector.broadcast(S, w[row + 12]);
      a12_0 = w12.fma(x0, a12_0);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    FloatVector b8 = FloatVector.broadcast(S, bias[biasAt + 8]);
    a8_0 = a8_0.add(b8);
    FloatVector b9 = FloatVector.broadcast(S, bias[biasAt + 9]);
    a9_0 = a9_0.add(b9);
    FloatVector b10 = FloatVector.broadcast(S, bias[biasAt + 10]);
    a10_0 = a10_0.add(b10);
    FloatVector b11 = FloatVector.broadcast(S, bias[biasAt + 11]);
    a11_0 = a11_0.add(b11);
    FloatVector b12 = FloatVector.broadcast(S, bias[biasAt + 12]);
    a12_0 = a12_0.add(b12);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
      a8_0 = a8_0.blend(low, a8_0.compare(LT, low));
      a8_0 = a8_0.blend(high, a8_0.compare(GT, high));
      a9_0 = a9_0.blend(low, a9_0.compare(LT, low));
      a9_0 = a9_0.blend(high, a9_0.compare(GT, high));
      a10_0 = a10_0.blend(low, a10_0.compare(LT, low));
      a10_0 = a10_0.blend(high, a10_0.compare(GT, high));
      a11_0 = a11_0.blend(low, a11_0.compare(LT, low));
      a11_0 = a11_0.blend(high, a11_0.compare(GT, high));
      a12_0 = a12_0.blend(low, a12_0.compare(LT, low));
      a12_0 = a12_0.blend(high, a12_0.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a1_0.intoArray(out, outAt + pitch);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a7_0.intoArray(out, outAt + 7 * pitch);
    a8_0.intoArray(out, outAt + 8 * pitch);
    a9_0.intoArray(out, outAt + 9 * pitch);
    a10_0.intoArray(out, outAt + 10 * pitch);
    a11_0.intoArray(out, outAt + 11 * pitch);
    a12_0.intoArray(out, outAt + 12 * pitch);
  }

  // 12 accumulators + 1 pixel + 1 broadcast of 16 registers.
  private static void tile12x1(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    FloatVector a8_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a9_0 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a10_0 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a11_0 = FloatVector.fromArray(S, from, fromAt + 11 * L);
    int end = wAt + taps * 13;
    for (int row = wAt; row < end; row += 13) {
      int pixel = first + Float.floatToRawIntBits(w[row + 12]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      FloatVector w8 = FloatVector.broadcast(S, w[row + 8]);
      a8_0 = w8.fma(x0, a8_0);
      FloatVector w9 = FloatVector.broadcast(S, w[row + 9]);
      a9_0 = w9.fma(x0, a9_0);
      FloatVector w10 = FloatVector.broadcast(S, w[row + 10]);
      a10_0 = w10.fma(x0, a10_0);
      FloatVector w11 = FloatVector.broadcast(S, w[row + 11]);
      a11_0 = w11.fma(x0, a11_0);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    FloatVector b8 = FloatVector.broadcast(S, bias[biasAt + 8]);
    a8_0 = a8_0.add(b8);
    FloatVector b9 = FloatVector.broadcast(S, bias[biasAt + 9]);
    a9_0 = a9_0.add(b9);
    FloatVector b10 = FloatVector.broadcast(S, bias[biasAt + 10]);
    a10_0 = a10_0.add(b10);
    FloatVector b11 = FloatVector.broadcast(S, bias[biasAt + 11]);
    a11_0 = a11_0.add(b11);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
      a8_0 = a8_0.blend(low, a8_0.compare(LT, low));
      a8_0 = a8_0.blend(high, a8_0.compare(GT, high));
      a9_0 = a9_0.blend(low, a9_0.compare(LT, low));
      a9_0 = a9_0.blend(high, a9_0.compare(GT, high));
      a10_0 = a10_0.blend(low, a10_0.compare(LT, low));
      a10_0 = a10_0.blend(high, a10_0.compare(GT, high));
      a11_0 = a11_0.blend(low, a11_0.compare(LT, low));
      a11_0 = a11_0.blend(high, a11_0.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a1_0.intoArray(out, outAt + pitch);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a7_0.intoArray(out, outAt + 7 * pitch);
    a8_0.intoArray(out, outAt + 8 * pitch);
    a9_0.intoArray(out, outAt + 9 * pitch);
    a10_0.intoArray(out, outAt + 10 * pitch);
    a11_0.intoArray(out, outAt + 11 * pitch);
  }

  // 8 accumulators + 1 pixel + 1 broadcast of 16 registers.
  private static void tile8x1(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    int end = wAt + taps * 9;
    for (int row = wAt; row < end; row += 9) {
      int pixel = first + Float.floatToRawIntBits(w[row + 8]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a1_0.intoArray(out, outAt + pitch);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a7_0.intoArray(out, outAt + 7 * pitch);
  }

  // 8 accumulators + 2 pixels + 1 broadcast of 16 registers.
  private static void tile4x2(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 7 * L);
    int end = wAt + taps * 5;
    for (int row = wAt; row < end; row += 5) {
      int pixel = first + Float.floatToRawIntBits(w[row + 4]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
  }

  // 4 accumulators: bound by FMA latency, used for leftover rows only.
  private static void tile4x1(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 3 * L);
    int end = wAt + taps * 5;
    for (int row = wAt; row < end; row += 5) {
      int pixel = first + Float.floatToRawIntBits(w[row + 4]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a1_0.intoArray(out, outAt + pitch);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a3_0.intoArray(out, outAt + 3 * pitch);
  }
  // A row of weights is a vector of 13 channels for the single pixel; its other lanes hold the offset and
  // the next row, and what becomes of them is not looked at. 9.5 cycles a tap for the 13 of 13x2.
  // For 49 pixels 13x2 and this save 14% of two 13x2; 8x3 with a pixel saved 11% (Zen 5; on Zen 4 it is
  // the faster one: TileTable.suitsWide).
  private static void tile13x1and1(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a1 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a2 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a3 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a4 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a5 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a6 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a7 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a8 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a9 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a10 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a11 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    FloatVector a12 = FloatVector.fromArray(S, from, fromAt + 24 * L);
    io.gatherColumn(13, 1);
    FloatVector single = FloatVector.fromArray(S, io.column, 0);
    int end = wAt + taps * 14;
    for (int row = wAt; row < end; row += 14) {
      int pixel = first + Float.floatToRawIntBits(w[row + 13]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      a0 = FloatVector.broadcast(S, w[row]).fma(x0, a0);
      a1 = FloatVector.broadcast(S, w[row + 1]).fma(x0, a1);
      a2 = FloatVector.broadcast(S, w[row + 2]).fma(x0, a2);
      a3 = FloatVector.broadcast(S, w[row + 3]).fma(x0, a3);
      a4 = FloatVector.broadcast(S, w[row + 4]).fma(x0, a4);
      a5 = FloatVector.broadcast(S, w[row + 5]).fma(x0, a5);
      a6 = FloatVector.broadcast(S, w[row + 6]).fma(x0, a6);
      a7 = FloatVector.broadcast(S, w[row + 7]).fma(x0, a7);
      a8 = FloatVector.broadcast(S, w[row + 8]).fma(x0, a8);
      a9 = FloatVector.broadcast(S, w[row + 9]).fma(x0, a9);
      a10 = FloatVector.broadcast(S, w[row + 10]).fma(x0, a10);
      a11 = FloatVector.broadcast(S, w[row + 11]).fma(x0, a11);
      a12 = FloatVector.broadcast(S, w[row + 12]).fma(x0, a12);
      single = FloatVector.fromArray(S, w, row).fma(FloatVector.broadcast(S, x[pixel + L]), single);
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0.intoArray(out, outAt);
    a1.intoArray(out, outAt + pitch);
    a2.intoArray(out, outAt + 2 * pitch);
    a3.intoArray(out, outAt + 3 * pitch);
    a4.intoArray(out, outAt + 4 * pitch);
    a5.intoArray(out, outAt + 5 * pitch);
    a6.intoArray(out, outAt + 6 * pitch);
    a7.intoArray(out, outAt + 7 * pitch);
    a8.intoArray(out, outAt + 8 * pitch);
    a9.intoArray(out, outAt + 9 * pitch);
    a10.intoArray(out, outAt + 10 * pitch);
    a11.intoArray(out, outAt + 11 * pitch);
    a12.intoArray(out, outAt + 12 * pitch);
    single.intoArray(io.column, 0);
    io.finishColumn(13, 1);
  }

  // The same for 12.
  private static void tile12x1and1(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a1 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a2 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a3 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a4 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a5 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a6 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a7 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a8 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a9 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a10 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a11 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    io.gatherColumn(12, 1);
    FloatVector single = FloatVector.fromArray(S, io.column, 0);
    int end = wAt + taps * 13;
    for (int row = wAt; row < end; row += 13) {
      int pixel = first + Float.floatToRawIntBits(w[row + 12]);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      a0 = FloatVector.broadcast(S, w[row]).fma(x0, a0);
      a1 = FloatVector.broadcast(S, w[row + 1]).fma(x0, a1);
      a2 = FloatVector.broadcast(S, w[row + 2]).fma(x0, a2);
      a3 = FloatVector.broadcast(S, w[row + 3]).fma(x0, a3);
      a4 = FloatVector.broadcast(S, w[row + 4]).fma(x0, a4);
      a5 = FloatVector.broadcast(S, w[row + 5]).fma(x0, a5);
      a6 = FloatVector.broadcast(S, w[row + 6]).fma(x0, a6);
      a7 = FloatVector.broadcast(S, w[row + 7]).fma(x0, a7);
      a8 = FloatVector.broadcast(S, w[row + 8]).fma(x0, a8);
      a9 = FloatVector.broadcast(S, w[row + 9]).fma(x0, a9);
      a10 = FloatVector.broadcast(S, w[row + 10]).fma(x0, a10);
      a11 = FloatVector.broadcast(S, w[row + 11]).fma(x0, a11);
      single = FloatVector.fromArray(S, w, row).fma(FloatVector.broadcast(S, x[pixel + L]), single);
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0.intoArray(out, outAt);
    a1.intoArray(out, outAt + pitch);
    a2.intoArray(out, outAt + 2 * pitch);
    a3.intoArray(out, outAt + 3 * pitch);
    a4.intoArray(out, outAt + 4 * pitch);
    a5.intoArray(out, outAt + 5 * pitch);
    a6.intoArray(out, outAt + 6 * pitch);
    a7.intoArray(out, outAt + 7 * pitch);
    a8.intoArray(out, outAt + 8 * pitch);
    a9.intoArray(out, outAt + 9 * pitch);
    a10.intoArray(out, outAt + 10 * pitch);
    a11.intoArray(out, outAt + 11 * pitch);
    single.intoArray(io.column, 0);
    io.finishColumn(12, 1);
  }

  // As 13x1 with a pixel, of three vectors: a core that loads one vector a cycle, broadcasts among them,
  // does 25 FMAs to 16 loads, where 13x2 has 26 to 15 and 13x1 with a pixel 14 to 16.
  // The single pixel first: last in the loop, C2 keeps bounds checks of the weights and moves an address
  // to and from a vector register (71 instructions for 55, JDK 25).
  private static void tile8x3and1(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a3_2 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    FloatVector a4_0 = FloatVector.fromArray(S, from, fromAt + 16 * L);
    FloatVector a4_1 = FloatVector.fromArray(S, from, fromAt + 17 * L);
    FloatVector a4_2 = FloatVector.fromArray(S, from, fromAt + 18 * L);
    FloatVector a5_0 = FloatVector.fromArray(S, from, fromAt + 20 * L);
    FloatVector a5_1 = FloatVector.fromArray(S, from, fromAt + 21 * L);
    FloatVector a5_2 = FloatVector.fromArray(S, from, fromAt + 22 * L);
    FloatVector a6_0 = FloatVector.fromArray(S, from, fromAt + 24 * L);
    FloatVector a6_1 = FloatVector.fromArray(S, from, fromAt + 25 * L);
    FloatVector a6_2 = FloatVector.fromArray(S, from, fromAt + 26 * L);
    FloatVector a7_0 = FloatVector.fromArray(S, from, fromAt + 28 * L);
    FloatVector a7_1 = FloatVector.fromArray(S, from, fromAt + 29 * L);
    FloatVector a7_2 = FloatVector.fromArray(S, from, fromAt + 30 * L);
    io.gatherColumn(8, 3);
    FloatVector single = FloatVector.fromArray(S, io.column, 0);
    int end = wAt + taps * 9;
    for (int row = wAt; row < end; row += 9) {
      int pixel = first + Float.floatToRawIntBits(w[row + 8]);
      single = FloatVector.fromArray(S, w, row).fma(FloatVector.broadcast(S, x[pixel + 3 * L]), single);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector x2 = FloatVector.fromArray(S, x, pixel + 2 * L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      a0_2 = w0.fma(x2, a0_2);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      a1_2 = w1.fma(x2, a1_2);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      a2_2 = w2.fma(x2, a2_2);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      a3_2 = w3.fma(x2, a3_2);
      FloatVector w4 = FloatVector.broadcast(S, w[row + 4]);
      a4_0 = w4.fma(x0, a4_0);
      a4_1 = w4.fma(x1, a4_1);
      a4_2 = w4.fma(x2, a4_2);
      FloatVector w5 = FloatVector.broadcast(S, w[row + 5]);
      a5_0 = w5.fma(x0, a5_0);
      a5_1 = w5.fma(x1, a5_1);
      a5_2 = w5.fma(x2, a5_2);
      FloatVector w6 = FloatVector.broadcast(S, w[row + 6]);
      a6_0 = w6.fma(x0, a6_0);
      a6_1 = w6.fma(x1, a6_1);
      a6_2 = w6.fma(x2, a6_2);
      FloatVector w7 = FloatVector.broadcast(S, w[row + 7]);
      a7_0 = w7.fma(x0, a7_0);
      a7_1 = w7.fma(x1, a7_1);
      a7_2 = w7.fma(x2, a7_2);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    a0_2 = a0_2.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    a1_2 = a1_2.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    a2_2 = a2_2.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    a3_2 = a3_2.add(b3);
    FloatVector b4 = FloatVector.broadcast(S, bias[biasAt + 4]);
    a4_0 = a4_0.add(b4);
    a4_1 = a4_1.add(b4);
    a4_2 = a4_2.add(b4);
    FloatVector b5 = FloatVector.broadcast(S, bias[biasAt + 5]);
    a5_0 = a5_0.add(b5);
    a5_1 = a5_1.add(b5);
    a5_2 = a5_2.add(b5);
    FloatVector b6 = FloatVector.broadcast(S, bias[biasAt + 6]);
    a6_0 = a6_0.add(b6);
    a6_1 = a6_1.add(b6);
    a6_2 = a6_2.add(b6);
    FloatVector b7 = FloatVector.broadcast(S, bias[biasAt + 7]);
    a7_0 = a7_0.add(b7);
    a7_1 = a7_1.add(b7);
    a7_2 = a7_2.add(b7);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a0_2 = a0_2.blend(low, a0_2.compare(LT, low));
      a0_2 = a0_2.blend(high, a0_2.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a1_2 = a1_2.blend(low, a1_2.compare(LT, low));
      a1_2 = a1_2.blend(high, a1_2.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a2_2 = a2_2.blend(low, a2_2.compare(LT, low));
      a2_2 = a2_2.blend(high, a2_2.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
      a3_2 = a3_2.blend(low, a3_2.compare(LT, low));
      a3_2 = a3_2.blend(high, a3_2.compare(GT, high));
      a4_0 = a4_0.blend(low, a4_0.compare(LT, low));
      a4_0 = a4_0.blend(high, a4_0.compare(GT, high));
      a4_1 = a4_1.blend(low, a4_1.compare(LT, low));
      a4_1 = a4_1.blend(high, a4_1.compare(GT, high));
      a4_2 = a4_2.blend(low, a4_2.compare(LT, low));
      a4_2 = a4_2.blend(high, a4_2.compare(GT, high));
      a5_0 = a5_0.blend(low, a5_0.compare(LT, low));
      a5_0 = a5_0.blend(high, a5_0.compare(GT, high));
      a5_1 = a5_1.blend(low, a5_1.compare(LT, low));
      a5_1 = a5_1.blend(high, a5_1.compare(GT, high));
      a5_2 = a5_2.blend(low, a5_2.compare(LT, low));
      a5_2 = a5_2.blend(high, a5_2.compare(GT, high));
      a6_0 = a6_0.blend(low, a6_0.compare(LT, low));
      a6_0 = a6_0.blend(high, a6_0.compare(GT, high));
      a6_1 = a6_1.blend(low, a6_1.compare(LT, low));
      a6_1 = a6_1.blend(high, a6_1.compare(GT, high));
      a6_2 = a6_2.blend(low, a6_2.compare(LT, low));
      a6_2 = a6_2.blend(high, a6_2.compare(GT, high));
      a7_0 = a7_0.blend(low, a7_0.compare(LT, low));
      a7_0 = a7_0.blend(high, a7_0.compare(GT, high));
      a7_1 = a7_1.blend(low, a7_1.compare(LT, low));
      a7_1 = a7_1.blend(high, a7_1.compare(GT, high));
      a7_2 = a7_2.blend(low, a7_2.compare(LT, low));
      a7_2 = a7_2.blend(high, a7_2.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a0_2.intoArray(out, outAt + 2 * L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a1_2.intoArray(out, outAt + pitch + 2 * L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a2_2.intoArray(out, outAt + 2 * pitch + 2 * L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
    a3_2.intoArray(out, outAt + 3 * pitch + 2 * L);
    a4_0.intoArray(out, outAt + 4 * pitch);
    a4_1.intoArray(out, outAt + 4 * pitch + L);
    a4_2.intoArray(out, outAt + 4 * pitch + 2 * L);
    a5_0.intoArray(out, outAt + 5 * pitch);
    a5_1.intoArray(out, outAt + 5 * pitch + L);
    a5_2.intoArray(out, outAt + 5 * pitch + 2 * L);
    a6_0.intoArray(out, outAt + 6 * pitch);
    a6_1.intoArray(out, outAt + 6 * pitch + L);
    a6_2.intoArray(out, outAt + 6 * pitch + 2 * L);
    a7_0.intoArray(out, outAt + 7 * pitch);
    a7_1.intoArray(out, outAt + 7 * pitch + L);
    a7_2.intoArray(out, outAt + 7 * pitch + 2 * L);
    single.intoArray(io.column, 0);
    io.finishColumn(8, 3);
  }

  // The same for 4.
  private static void tile4x3and1(float[] w, int wAt, int taps, float[] x, int first, TileIo io) {
    float[] from = io.from;
    int fromAt = io.fromAt;
    FloatVector a0_0 = FloatVector.fromArray(S, from, fromAt);
    FloatVector a0_1 = FloatVector.fromArray(S, from, fromAt + L);
    FloatVector a0_2 = FloatVector.fromArray(S, from, fromAt + 2 * L);
    FloatVector a1_0 = FloatVector.fromArray(S, from, fromAt + 4 * L);
    FloatVector a1_1 = FloatVector.fromArray(S, from, fromAt + 5 * L);
    FloatVector a1_2 = FloatVector.fromArray(S, from, fromAt + 6 * L);
    FloatVector a2_0 = FloatVector.fromArray(S, from, fromAt + 8 * L);
    FloatVector a2_1 = FloatVector.fromArray(S, from, fromAt + 9 * L);
    FloatVector a2_2 = FloatVector.fromArray(S, from, fromAt + 10 * L);
    FloatVector a3_0 = FloatVector.fromArray(S, from, fromAt + 12 * L);
    FloatVector a3_1 = FloatVector.fromArray(S, from, fromAt + 13 * L);
    FloatVector a3_2 = FloatVector.fromArray(S, from, fromAt + 14 * L);
    io.gatherColumn(4, 3);
    FloatVector single = FloatVector.fromArray(S, io.column, 0);
    int end = wAt + taps * 5;
    for (int row = wAt; row < end; row += 5) {
      int pixel = first + Float.floatToRawIntBits(w[row + 4]);
      single = FloatVector.fromArray(S, w, row).fma(FloatVector.broadcast(S, x[pixel + 3 * L]), single);
      FloatVector x0 = FloatVector.fromArray(S, x, pixel);
      FloatVector x1 = FloatVector.fromArray(S, x, pixel + L);
      FloatVector x2 = FloatVector.fromArray(S, x, pixel + 2 * L);
      FloatVector w0 = FloatVector.broadcast(S, w[row]);
      a0_0 = w0.fma(x0, a0_0);
      a0_1 = w0.fma(x1, a0_1);
      a0_2 = w0.fma(x2, a0_2);
      FloatVector w1 = FloatVector.broadcast(S, w[row + 1]);
      a1_0 = w1.fma(x0, a1_0);
      a1_1 = w1.fma(x1, a1_1);
      a1_2 = w1.fma(x2, a1_2);
      FloatVector w2 = FloatVector.broadcast(S, w[row + 2]);
      a2_0 = w2.fma(x0, a2_0);
      a2_1 = w2.fma(x1, a2_1);
      a2_2 = w2.fma(x2, a2_2);
      FloatVector w3 = FloatVector.broadcast(S, w[row + 3]);
      a3_0 = w3.fma(x0, a3_0);
      a3_1 = w3.fma(x1, a3_1);
      a3_2 = w3.fma(x2, a3_2);
    }
    float[] bias = io.bias;
    int biasAt = io.biasAt;
    FloatVector b0 = FloatVector.broadcast(S, bias[biasAt]);
    a0_0 = a0_0.add(b0);
    a0_1 = a0_1.add(b0);
    a0_2 = a0_2.add(b0);
    FloatVector b1 = FloatVector.broadcast(S, bias[biasAt + 1]);
    a1_0 = a1_0.add(b1);
    a1_1 = a1_1.add(b1);
    a1_2 = a1_2.add(b1);
    FloatVector b2 = FloatVector.broadcast(S, bias[biasAt + 2]);
    a2_0 = a2_0.add(b2);
    a2_1 = a2_1.add(b2);
    a2_2 = a2_2.add(b2);
    FloatVector b3 = FloatVector.broadcast(S, bias[biasAt + 3]);
    a3_0 = a3_0.add(b3);
    a3_1 = a3_1.add(b3);
    a3_2 = a3_2.add(b3);
    if (io.clip) {
      float low = io.low;
      float high = io.high;
      a0_0 = a0_0.blend(low, a0_0.compare(LT, low));
      a0_0 = a0_0.blend(high, a0_0.compare(GT, high));
      a0_1 = a0_1.blend(low, a0_1.compare(LT, low));
      a0_1 = a0_1.blend(high, a0_1.compare(GT, high));
      a0_2 = a0_2.blend(low, a0_2.compare(LT, low));
      a0_2 = a0_2.blend(high, a0_2.compare(GT, high));
      a1_0 = a1_0.blend(low, a1_0.compare(LT, low));
      a1_0 = a1_0.blend(high, a1_0.compare(GT, high));
      a1_1 = a1_1.blend(low, a1_1.compare(LT, low));
      a1_1 = a1_1.blend(high, a1_1.compare(GT, high));
      a1_2 = a1_2.blend(low, a1_2.compare(LT, low));
      a1_2 = a1_2.blend(high, a1_2.compare(GT, high));
      a2_0 = a2_0.blend(low, a2_0.compare(LT, low));
      a2_0 = a2_0.blend(high, a2_0.compare(GT, high));
      a2_1 = a2_1.blend(low, a2_1.compare(LT, low));
      a2_1 = a2_1.blend(high, a2_1.compare(GT, high));
      a2_2 = a2_2.blend(low, a2_2.compare(LT, low));
      a2_2 = a2_2.blend(high, a2_2.compare(GT, high));
      a3_0 = a3_0.blend(low, a3_0.compare(LT, low));
      a3_0 = a3_0.blend(high, a3_0.compare(GT, high));
      a3_1 = a3_1.blend(low, a3_1.compare(LT, low));
      a3_1 = a3_1.blend(high, a3_1.compare(GT, high));
      a3_2 = a3_2.blend(low, a3_2.compare(LT, low));
      a3_2 = a3_2.blend(high, a3_2.compare(GT, high));
    }
    float[] out = io.out;
    int outAt = io.outAt;
    int pitch = io.pitch;
    a0_0.intoArray(out, outAt);
    a0_1.intoArray(out, outAt + L);
    a0_2.intoArray(out, outAt + 2 * L);
    a1_0.intoArray(out, outAt + pitch);
    a1_1.intoArray(out, outAt + pitch + L);
    a1_2.intoArray(out, outAt + pitch + 2 * L);
    a2_0.intoArray(out, outAt + 2 * pitch);
    a2_1.intoArray(out, outAt + 2 * pitch + L);
    a2_2.intoArray(out, outAt + 2 * pitch + 2 * L);
    a3_0.intoArray(out, outAt + 3 * pitch);
    a3_1.intoArray(out, outAt + 3 * pitch + L);
    a3_2.intoArray(out, outAt + 3 * pitch + 2 * L);
    single.intoArray(io.column, 0);
    io.finishColumn(4, 3);
  }
  // spotless:on
}
