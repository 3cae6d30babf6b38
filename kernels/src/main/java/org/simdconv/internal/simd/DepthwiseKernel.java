package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tile of a depthwise convolution: one channel x {@link #VECTORS} vectors of pixels.
 *
 * <pre>
 * acc[p] = sum over k of  w[k] * x[offset[k] + p]      k = (kernel row, kernel column), ascending
 * </pre>
 *
 * There is no second output channel to share a loaded pixel with, so each FMA needs a load of its
 * own and half the FMA peak is the limit. Reads the window in place; Requires: {@code xAt +
 * offset[k] + PIXELS <= x.length} for every k.
 *
 * <p>8 accumulators hide the FMA's latency and leave registers free at any width; 1x8 from L1
 * reaches 42% of the peak at 63 taps and 24% at 9 (JDK 25, AVX-512, KernelBenchmark). Thread
 * safety: static, no state.
 */
public final class DepthwiseKernel {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  /** Vectors in a tile. */
  public static final int VECTORS = 8;

  /** Pixels in a tile. */
  public static final int PIXELS = VECTORS * Species.LANES;

  private DepthwiseKernel() {}

  /** See the class. */
  public static void tile1x8(
      float[] w, int wAt, int taps, float[] x, int xAt, int[] offset, float[] acc, int accAt) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector a2 = zero;
    FloatVector a3 = zero;
    FloatVector a4 = zero;
    FloatVector a5 = zero;
    FloatVector a6 = zero;
    FloatVector a7 = zero;
    for (int k = 0; k < taps; k++) {
      int at = xAt + offset[k];
      FloatVector tap = FloatVector.broadcast(S, w[wAt + k]);
      a0 = tap.fma(FloatVector.fromArray(S, x, at), a0);
      a1 = tap.fma(FloatVector.fromArray(S, x, at + L), a1);
      a2 = tap.fma(FloatVector.fromArray(S, x, at + 2 * L), a2);
      a3 = tap.fma(FloatVector.fromArray(S, x, at + 3 * L), a3);
      a4 = tap.fma(FloatVector.fromArray(S, x, at + 4 * L), a4);
      a5 = tap.fma(FloatVector.fromArray(S, x, at + 5 * L), a5);
      a6 = tap.fma(FloatVector.fromArray(S, x, at + 6 * L), a6);
      a7 = tap.fma(FloatVector.fromArray(S, x, at + 7 * L), a7);
    }
    a0.intoArray(acc, accAt);
    a1.intoArray(acc, accAt + L);
    a2.intoArray(acc, accAt + 2 * L);
    a3.intoArray(acc, accAt + 3 * L);
    a4.intoArray(acc, accAt + 4 * L);
    a5.intoArray(acc, accAt + 5 * L);
    a6.intoArray(acc, accAt + 6 * L);
    a7.intoArray(acc, accAt + 7 * L);
  }
}
