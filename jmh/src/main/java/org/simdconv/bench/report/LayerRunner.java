package org.simdconv.bench.report;

import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.util.ListStatistics;
import org.simdconv.PlanOptions;
import org.simdconv.bench.layer.ForkedRun;
import org.simdconv.bench.layer.ForkedRun.Effort;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.LayerPlan;
import org.simdconv.bench.layer.Pass;
import org.simdconv.bench.layer.PeakProfiler;

/** Measures one layer with JMH and takes the result out of its records. */
public final class LayerRunner {
  private LayerRunner() {}

  /**
   * Measures.
   *
   * @param layer the layer
   * @param threads threads of a run
   * @param effort how long
   * @return the result
   * @throws RunnerException if a fork failed: its kernel was wrong, most likely
   */
  public static LayerResult run(Layer layer, int threads, Effort effort) throws RunnerException {
    return result(
        layer, threads, effort, ForkedRun.run(layer, threads, effort, PeakProfiler.class));
  }

  private static LayerResult result(Layer layer, int threads, Effort effort, RunResult run) {
    ListStatistics micros = new ListStatistics();
    ListStatistics gflops = new ListStatistics();
    ListStatistics peak = new ListStatistics();
    ListStatistics percent = new ListStatistics();
    double verified = Double.MAX_VALUE;
    double outputs = 0;
    for (BenchmarkResult fork : run.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        micros.addValue(iteration.getPrimaryResult().getScore());
        gflops.addValue(secondary(iteration, PeakProfiler.GFLOPS));
        peak.addValue(secondary(iteration, PeakProfiler.PEAK));
        percent.addValue(secondary(iteration, PeakProfiler.PERCENT));
        verified = Math.min(verified, secondary(iteration, PeakProfiler.VERIFIED));
        outputs = secondary(iteration, PeakProfiler.OUTPUTS);
      }
    }
    LayerPlan plan =
        layer.plan(
            new float[layer.weightFloats()], null, PlanOptions.defaults().withThreads(threads));
    return new LayerResult(
        layer.name(),
        layer.network(),
        kind(layer),
        plan.toString(),
        threads,
        effort.forks(),
        (int) micros.getN(),
        micros.getPercentile(50),
        gflops.getPercentile(50),
        gflops.getMin(),
        gflops.getMax(),
        peak.getPercentile(50),
        percent.getPercentile(50),
        (long) verified,
        (long) outputs,
        plan.flops(),
        layer.compulsoryBytes(),
        plan.explanation());
  }

  private static double secondary(IterationResult iteration, String name) {
    Result<?> result = iteration.getSecondaryResults().get(name);
    if (result == null) {
      throw new IllegalStateException("the fork reported no " + name);
    }
    return result.getScore();
  }

  private static String kind(Layer layer) {
    if (layer.pass() != Pass.FORWARD) {
      return layer.pass() == Pass.INPUT_GRADIENT ? "input gradient" : "weight gradient";
    }
    if (layer.transposed()) {
      return "transposed";
    }
    if (layer.groups() == layer.inChannels() && layer.groups() > 1) {
      return "depthwise";
    }
    return layer.groups() > 1 ? "grouped" : "convolution";
  }
}
