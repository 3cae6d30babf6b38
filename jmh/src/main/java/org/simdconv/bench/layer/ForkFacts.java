package org.simdconv.bench.layer;

import org.jspecify.annotations.Nullable;
import org.simdconv.bench.verify.Verification;

/** What a fork knows about the layer that it measures, from the benchmark to its profiler. */
public final class ForkFacts {
  /**
   * The facts.
   *
   * @param flops operations of a run
   * @param threads threads of a run
   * @param verification what was compared before the first measurement
   */
  public record Facts(long flops, int threads, Verification verification) {}

  private static volatile @Nullable Facts current;

  /** What the fork measures, or null before it is said. */
  public static @Nullable Facts current() {
    return current;
  }

  /** Says what the fork is about to measure. */
  public static void set(Facts facts) {
    current = facts;
  }

  private ForkFacts() {}
}
