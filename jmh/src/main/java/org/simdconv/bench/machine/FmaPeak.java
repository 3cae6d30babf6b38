package org.simdconv.bench.machine;

import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * The rate of fused multiply-adds that the Vector API reaches at the preferred width with nothing
 * else to do. The fastest of several short pieces, since whatever disturbs it only makes it slower.
 */
public final class FmaPeak {
  private static @Nullable WidthPeak preferred;

  private FmaPeak() {}

  /**
   * Measures, some 10 ms a call once warm.
   *
   * @param threads cores to load at the same time
   * @return GFLOP/s of all threads together
   */
  public static synchronized double gflops(int threads) {
    WidthPeak peak = preferred;
    if (peak == null) {
      peak = new WidthPeak(FloatVector.SPECIES_PREFERRED.vectorBitSize());
      preferred = peak;
    }
    return peak.gflops(threads);
  }

  /** Makes a result count, so that its computation stays. */
  static void use(float value) {
    if (Float.isNaN(value)) {
      throw new IllegalStateException("a probe computed NaN");
    }
  }
}
