package org.simdconv.bench.machine;

/** The rate of {@link Math#fma(float, float, float)} on single floats, for comparison. */
final class ScalarPeak {
  private static final int STEPS = 1 << 14;

  private ScalarPeak() {}

  /** GFLOP/s of the calling thread; some 50 ms. */
  static double gflops() {
    long least = Long.MAX_VALUE;
    long until = System.nanoTime() + 1_000_000_000;
    for (int i = 0; i < 500 && System.nanoTime() < until; i++) {
      long start = System.nanoTime();
      FmaPeak.use(sums(0.5f + i * 1e-9f));
      least = Math.min(least, System.nanoTime() - start);
    }
    return 2.0 * 12 * STEPS / least;
  }

  // spotless:off
  private static float sums(float b) {
    float c = 1e-3f;
    float a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0, a6 = 0, a7 = 0, a8 = 0, a9 = 0, a10 = 0, a11 = 0;
    for (int i = 0; i < STEPS; i++) {
      a0 = Math.fma(b, c, a0); a1 = Math.fma(b, c, a1); a2 = Math.fma(b, c, a2); a3 = Math.fma(b, c, a3);
      a4 = Math.fma(b, c, a4); a5 = Math.fma(b, c, a5); a6 = Math.fma(b, c, a6); a7 = Math.fma(b, c, a7);
      a8 = Math.fma(b, c, a8); a9 = Math.fma(b, c, a9); a10 = Math.fma(b, c, a10); a11 = Math.fma(b, c, a11);
    }
    return a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11;
  }
  // spotless:on
}
