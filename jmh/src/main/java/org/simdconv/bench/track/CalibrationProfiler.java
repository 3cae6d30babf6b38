package org.simdconv.bench.track;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.simdconv.bench.layer.ForkFacts;
import org.simdconv.bench.machine.Calibration;

/** Times the calibration work right before and right after each iteration, on as many threads. */
public final class CalibrationProfiler implements InternalProfiler {
  /** Mean of the two times, microseconds. */
  public static final String CALIBRATION = "calibration";

  private double before;

  /** JMH makes one. */
  public CalibrationProfiler() {}

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = Calibration.micros(threads());
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double mean = (before + Calibration.micros(threads())) / 2;
    return List.of(new ScalarResult(CALIBRATION, mean, "us", AggregationPolicy.AVG));
  }

  private static int threads() {
    ForkFacts.Facts facts = ForkFacts.current();
    return facts == null ? 1 : facts.threads();
  }

  @Override
  public String getDescription() {
    return "time of a fixed piece of work beside each iteration";
  }
}
