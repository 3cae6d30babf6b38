package org.simdconv.bench.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.simdconv.bench.machine.FmaPeak;

/**
 * Probes the FMA peak in the fork before each iteration, and adds to its result: GFLOP/s, that
 * peak, the share of it, and how many outputs were verified. Beside each iteration, because the
 * clock of a loaded machine drifts by more than most gains.
 */
public final class PeakProfiler implements InternalProfiler {
  /** Operations of the definition a second, in 10^9. */
  public static final String GFLOPS = "gflops";

  /** FMA peak of as many threads. */
  public static final String PEAK = "peak";

  /** Share of the peak in percent. */
  public static final String PERCENT = "percentOfPeak";

  /** Output elements that were compared with the reference in this fork. */
  public static final String VERIFIED = "verifiedOutputs";

  /** Output elements. */
  public static final String OUTPUTS = "outputs";

  private double peak;

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    ForkFacts.Facts facts = ForkFacts.current();
    peak = FmaPeak.gflops(facts == null ? 1 : facts.threads());
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    ForkFacts.Facts facts = ForkFacts.current();
    if (facts == null) {
      return List.of();
    }
    // Average time an operation, in the benchmark's unit.
    double nanos = result.getPrimaryResult().getScore() * benchmark.getTimeUnit().toNanos(1);
    double gflops = facts.flops() / nanos;
    List<Result<?>> results = new ArrayList<>();
    results.add(scalar(GFLOPS, gflops, "GFLOP/s"));
    results.add(scalar(PEAK, peak, "GFLOP/s"));
    results.add(scalar(PERCENT, 100 * gflops / peak, "%"));
    results.add(scalar(VERIFIED, (double) facts.verification().compared(), "#"));
    results.add(scalar(OUTPUTS, (double) facts.verification().total(), "#"));
    return results;
  }

  private static ScalarResult scalar(String name, double value, String unit) {
    return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
  }

  @Override
  public String getDescription() {
    return "GFLOP/s and share of the FMA peak probed beside each iteration";
  }
}
