package org.simdconv;

/**
 * How a plan is made. None of it changes a result.
 *
 * <p>Thread safety: immutable; each method returns a new value.
 *
 * @param threads most threads that a run of the plan uses, the caller's included; also guides how
 *     finely the work is cut
 * @param forkThreshold work of one thread, in floating-point operations, below which no further
 *     helper is used
 */
public record PlanOptions(int threads, long forkThreshold) {
  // Waking a helper costs some 10 us, in which one core at speed does 2 MFLOP.
  private static final PlanOptions DEFAULTS =
      new PlanOptions(Math.min(4096, Runtime.getRuntime().availableProcessors()), 1_000_000);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if threads is not 1 .. 4096, or forkThreshold not positive
   */
  public PlanOptions {
    Check.positive(threads, "threads");
    if (threads > 4096) {
      throw new IllegalArgumentException("threads is " + threads + "; must be at most 4096");
    }
    if (forkThreshold < 1) {
      throw new IllegalArgumentException(
          "forkThreshold is " + forkThreshold + "; must be at least 1");
    }
  }

  /**
   * As many threads as the JVM has processors, each with 1 MFLOP at least.
   *
   * @return the defaults
   */
  public static PlanOptions defaults() {
    return DEFAULTS;
  }

  /**
   * The same with another number of threads.
   *
   * @param threads most threads of a run
   * @return the options
   * @throws IllegalArgumentException if threads is not 1 .. 4096
   */
  public PlanOptions withThreads(int threads) {
    return new PlanOptions(threads, forkThreshold);
  }

  /**
   * The same with another threshold.
   *
   * @param forkThreshold floating-point operations that each thread of a run should have
   * @return the options
   * @throws IllegalArgumentException if it is not positive
   */
  public PlanOptions withForkThreshold(long forkThreshold) {
    return new PlanOptions(threads, forkThreshold);
  }
}
