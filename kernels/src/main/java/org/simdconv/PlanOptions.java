package org.simdconv;

/**
 * How a plan is made. None of it changes a result.
 *
 * <p>Thread safety: immutable; each method returns a new value.
 *
 * @param threads most threads that a run of the plan uses, the caller's included; also guides how
 *     finely the work is cut
 */
public record PlanOptions(int threads) {
  private static final PlanOptions DEFAULTS =
      new PlanOptions(Runtime.getRuntime().availableProcessors());

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if threads is not 1 .. 4096
   */
  public PlanOptions {
    Check.positive(threads, "threads");
    if (threads > 4096) {
      throw new IllegalArgumentException("threads is " + threads + "; must be at most 4096");
    }
  }

  /**
   * As many threads as the JVM has processors.
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
    return new PlanOptions(threads);
  }
}
