package org.simdconv;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a plan is made. With {@link Numerics#REPRODUCIBLE} none of it changes a result.
 *
 * <pre>{@code
 * PlanOptions.defaults().withThreads(8).withNumerics(Numerics.FAST).withMeasuring(true)
 * }</pre>
 *
 * <p>Thread safety: immutable; each method returns a new value.
 *
 * @param threads most threads that a run of the plan uses, the caller's included; also guides how
 *     finely the work is cut
 * @param forkThreshold work of one thread, in floating-point operations, below which no further
 *     helper is used; counted as the FMA units could do them in the time that the plan's model
 *     expects, so that a depthwise layer, slower an operation, is worth a helper sooner
 * @param numerics what the results promise
 * @param algorithm the algorithm to use, or null for the one that the model, or measuring, says is
 *     fastest
 * @param measuring whether planning tries the algorithms that suit on the real shape, some 20 ms
 *     each after their warm-up, instead of asking the model; the choice is remembered for the shape
 *     as long as the JVM runs
 */
public record PlanOptions(
    int threads,
    long forkThreshold,
    Numerics numerics,
    @Nullable Algorithm algorithm,
    boolean measuring) {
  // Waking a helper costs some 10 us, in which one core at speed does 2 MFLOP.
  private static final PlanOptions DEFAULTS =
      new PlanOptions(
          Math.min(4096, Runtime.getRuntime().availableProcessors()),
          1_000_000,
          Numerics.REPRODUCIBLE,
          null,
          false);

  /**
   * Checks the options.
   *
   * @throws NullPointerException if numerics is null
   * @throws IllegalArgumentException if threads is not 1 .. 4096, forkThreshold not positive, or
   *     the algorithm cannot do what numerics promises
   */
  public PlanOptions {
    Objects.requireNonNull(numerics, "numerics");
    Check.positive(threads, "threads");
    if (threads > 4096) {
      throw new IllegalArgumentException("threads is " + threads + "; must be at most 4096");
    }
    if (forkThreshold < 1) {
      throw new IllegalArgumentException(
          "forkThreshold is " + forkThreshold + "; must be at least 1");
    }
    if (numerics == Numerics.REPRODUCIBLE && algorithm != null && algorithm.isWinograd()) {
      throw new IllegalArgumentException(
          "algorithm is " + algorithm + "; must not be Winograd's with REPRODUCIBLE numerics");
    }
  }

  /**
   * As many threads as the JVM has processors, each with 1 MFLOP at least; REPRODUCIBLE; the
   * model's choice of algorithm.
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
    return new PlanOptions(threads, forkThreshold, numerics, algorithm, measuring);
  }

  /**
   * The same with another threshold.
   *
   * @param forkThreshold floating-point operations that each thread of a run should have
   * @return the options
   * @throws IllegalArgumentException if it is not positive
   */
  public PlanOptions withForkThreshold(long forkThreshold) {
    return new PlanOptions(threads, forkThreshold, numerics, algorithm, measuring);
  }

  /**
   * The same with other numerics.
   *
   * @param numerics what the results promise
   * @return the options
   * @throws NullPointerException if it is null
   * @throws IllegalArgumentException if the algorithm asked for cannot do that
   */
  public PlanOptions withNumerics(Numerics numerics) {
    return new PlanOptions(threads, forkThreshold, numerics, algorithm, measuring);
  }

  /**
   * The same with an algorithm.
   *
   * @param algorithm the algorithm, or null for the fastest; planning refuses one that does not
   *     suit the shape
   * @return the options
   * @throws IllegalArgumentException if it cannot do what numerics promises
   */
  public PlanOptions withAlgorithm(@Nullable Algorithm algorithm) {
    return new PlanOptions(threads, forkThreshold, numerics, algorithm, measuring);
  }

  /**
   * The same with or without measuring.
   *
   * @param measuring whether planning tries the algorithms
   * @return the options
   */
  public PlanOptions withMeasuring(boolean measuring) {
    return new PlanOptions(threads, forkThreshold, numerics, algorithm, measuring);
  }
}
