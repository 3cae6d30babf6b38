package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A single output pixel, with output channels in the lanes of vectors: a matrix times a vector.
 *
 * <pre>
 * out[to + v * LANES + i] = bias[biasAt + v * LANES + i]
 *     + sum over k of  w[wAt + (v * taps + k) * LANES + i] * x[xAt + offsets[k]]      k = 0 .. taps-1, ascending: one FMA chain
 * </pre>
 *
 * Each weight is used once, so what bounds this is where the weights come from, and the chains: an
 * FMA takes 4 cycles, in which one chain takes up a vector of weights, 16 bytes a cycle. Eight
 * vectors of channels side by side are eight chains and eight streams of weights, each a run of
 * memory that the core fetches ahead of. Weights of 6.5 MB come from L3 at 80 to 90 GB/s, as fast
 * as plain reads, those of 64 MB from memory at 30 (Zen 5, JDK 25); with 13 channels and the offset
 * in a vector and two chains, in eight streams of taps, it was 59 and 18. One stream, the vectors
 * of a tap side by side, is as fast there, but eight got weights from memory twice as fast on a
 * Xeon. Thread safety: static, no state.
 */
public final class PixelKernels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  /** Vectors of channels side by side. */
  public static final int VECTORS = 8;

  private PixelKernels() {}

  /** Computes some vectors of channels; see the class for the operands. */
  public static void run(
      int vectors,
      float[] w,
      int wAt,
      int taps,
      float[] x,
      int xAt,
      int[] offsets,
      float[] bias,
      int biasAt,
      float[] out,
      int to) {
    int v = 0;
    for (; v <= vectors - 8; v += 8) {
      eight(w, wAt + v * taps * L, taps, x, xAt, offsets, bias, biasAt + v * L, out, to + v * L);
    }
    if (v <= vectors - 4) {
      four(w, wAt + v * taps * L, taps, x, xAt, offsets, bias, biasAt + v * L, out, to + v * L);
      v += 4;
    }
    for (; v <= vectors - 2; v += 2) {
      two(w, wAt + v * taps * L, taps, x, xAt, offsets, bias, biasAt + v * L, out, to + v * L);
    }
    if (v < vectors) {
      one(w, wAt + v * taps * L, taps, x, xAt, offsets, bias, biasAt + v * L, out, to + v * L);
    }
  }

  // spotless:off
  private static void eight(
      float[] w, int wAt, int taps, float[] x, int xAt, int[] offsets, float[] bias, int biasAt, float[] out, int to) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector a5 = FloatVector.zero(S);
    FloatVector a6 = FloatVector.zero(S);
    FloatVector a7 = FloatVector.zero(S);
    int apart = taps * L;
    int row = wAt;
    for (int k = 0; k < taps; k++, row += L) {
      FloatVector pixel = FloatVector.broadcast(S, x[xAt + offsets[k]]);
      a0 = FloatVector.fromArray(S, w, row).fma(pixel, a0);
      a1 = FloatVector.fromArray(S, w, row + apart).fma(pixel, a1);
      a2 = FloatVector.fromArray(S, w, row + 2 * apart).fma(pixel, a2);
      a3 = FloatVector.fromArray(S, w, row + 3 * apart).fma(pixel, a3);
      a4 = FloatVector.fromArray(S, w, row + 4 * apart).fma(pixel, a4);
      a5 = FloatVector.fromArray(S, w, row + 5 * apart).fma(pixel, a5);
      a6 = FloatVector.fromArray(S, w, row + 6 * apart).fma(pixel, a6);
      a7 = FloatVector.fromArray(S, w, row + 7 * apart).fma(pixel, a7);
    }
    a0.add(FloatVector.fromArray(S, bias, biasAt)).intoArray(out, to);
    a1.add(FloatVector.fromArray(S, bias, biasAt + L)).intoArray(out, to + L);
    a2.add(FloatVector.fromArray(S, bias, biasAt + 2 * L)).intoArray(out, to + 2 * L);
    a3.add(FloatVector.fromArray(S, bias, biasAt + 3 * L)).intoArray(out, to + 3 * L);
    a4.add(FloatVector.fromArray(S, bias, biasAt + 4 * L)).intoArray(out, to + 4 * L);
    a5.add(FloatVector.fromArray(S, bias, biasAt + 5 * L)).intoArray(out, to + 5 * L);
    a6.add(FloatVector.fromArray(S, bias, biasAt + 6 * L)).intoArray(out, to + 6 * L);
    a7.add(FloatVector.fromArray(S, bias, biasAt + 7 * L)).intoArray(out, to + 7 * L);
  }

  private static void four(
      float[] w, int wAt, int taps, float[] x, int xAt, int[] offsets, float[] bias, int biasAt, float[] out, int to) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    int apart = taps * L;
    int row = wAt;
    for (int k = 0; k < taps; k++, row += L) {
      FloatVector pixel = FloatVector.broadcast(S, x[xAt + offsets[k]]);
      a0 = FloatVector.fromArray(S, w, row).fma(pixel, a0);
      a1 = FloatVector.fromArray(S, w, row + apart).fma(pixel, a1);
      a2 = FloatVector.fromArray(S, w, row + 2 * apart).fma(pixel, a2);
      a3 = FloatVector.fromArray(S, w, row + 3 * apart).fma(pixel, a3);
    }
    a0.add(FloatVector.fromArray(S, bias, biasAt)).intoArray(out, to);
    a1.add(FloatVector.fromArray(S, bias, biasAt + L)).intoArray(out, to + L);
    a2.add(FloatVector.fromArray(S, bias, biasAt + 2 * L)).intoArray(out, to + 2 * L);
    a3.add(FloatVector.fromArray(S, bias, biasAt + 3 * L)).intoArray(out, to + 3 * L);
  }

  private static void two(
      float[] w, int wAt, int taps, float[] x, int xAt, int[] offsets, float[] bias, int biasAt, float[] out, int to) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    int apart = taps * L;
    int row = wAt;
    for (int k = 0; k < taps; k++, row += L) {
      FloatVector pixel = FloatVector.broadcast(S, x[xAt + offsets[k]]);
      a0 = FloatVector.fromArray(S, w, row).fma(pixel, a0);
      a1 = FloatVector.fromArray(S, w, row + apart).fma(pixel, a1);
    }
    a0.add(FloatVector.fromArray(S, bias, biasAt)).intoArray(out, to);
    a1.add(FloatVector.fromArray(S, bias, biasAt + L)).intoArray(out, to + L);
  }

  private static void one(
      float[] w, int wAt, int taps, float[] x, int xAt, int[] offsets, float[] bias, int biasAt, float[] out, int to) {
    FloatVector a = FloatVector.zero(S);
    int row = wAt;
    for (int k = 0; k < taps; k++, row += L) {
      a = FloatVector.fromArray(S, w, row).fma(FloatVector.broadcast(S, x[xAt + offsets[k]]), a);
    }
    a.add(FloatVector.fromArray(S, bias, biasAt)).intoArray(out, to);
  }
  // spotless:on
}
