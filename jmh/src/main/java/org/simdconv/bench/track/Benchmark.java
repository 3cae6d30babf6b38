package org.simdconv.bench.track;

import java.util.Objects;

/**
 * What is measured.
 *
 * @param layer name of a layer
 * @param threads threads of a run
 */
public record Benchmark(String layer, int threads) {
  /** Requires a layer and a thread. */
  public Benchmark {
    Objects.requireNonNull(layer, "benchmarks.layer");
    if (threads < 1) {
      throw new IllegalArgumentException("benchmarks.threads is " + threads);
    }
  }

  @Override
  public String toString() {
    return layer + ", " + threads + (threads == 1 ? " thread" : " threads");
  }
}
