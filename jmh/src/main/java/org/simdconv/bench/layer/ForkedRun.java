package org.simdconv.bench.layer;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.Profiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.simdconv.bench.verify.Verifier;

/** Measures one layer with JMH, in JVMs of its own. */
public final class ForkedRun {
  /**
   * How long to measure.
   *
   * @param forks JVMs
   * @param warmups warm-up iterations a fork
   * @param warmupMillis length of a warm-up iteration
   * @param iterations measured iterations a fork
   * @param millis length of an iteration
   */
  public record Effort(int forks, int warmups, int warmupMillis, int iterations, int millis) {
    /** Requires something to measure. */
    public Effort {
      positive("forks", forks);
      positive("iterations", iterations);
      positive("millis", millis);
      positive("warmup-millis", warmupMillis);
      if (warmups < 0) {
        throw new IllegalArgumentException("--warmups is " + warmups + "; must not be negative");
      }
    }

    /** The same with another number of forks. */
    public Effort withForks(int other) {
      return new Effort(other, warmups, warmupMillis, iterations, millis);
    }

    private static void positive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException("--" + name + " is " + value + "; must be at least 1");
      }
    }
  }

  // Properties of this JVM that the forks must have too.
  private static final List<String> HANDED_ON = List.of(Verifier.CORRUPT, LayerBenchmark.WASTE);

  private ForkedRun() {}

  /**
   * Measures.
   *
   * @param layer the layer
   * @param threads threads of a run
   * @param effort how long
   * @param profiler what is measured beside it
   * @return what JMH recorded
   * @throws RunnerException if a fork failed: its kernel was wrong, most likely
   */
  public static RunResult run(
      Layer layer, int threads, Effort effort, Class<? extends Profiler> profiler)
      throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("^" + LayerBenchmark.class.getName() + "\\.run$")
        .param("layer", layer.name())
        .param("threads", Integer.toString(threads))
        .forks(effort.forks())
        .warmupIterations(effort.warmups())
        .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
        .measurementIterations(effort.iterations())
        .measurementTime(TimeValue.milliseconds(effort.millis()))
        .addProfiler(profiler)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    List<String> handedOn = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
    for (String property : HANDED_ON) {
      String value = System.getProperty(property);
      if (value != null) {
        handedOn.add("-D" + property + "=" + value);
      }
    }
    options.jvmArgsAppend(handedOn.toArray(new String[0]));
    // Whatever forks print (the incubator warning, JMH's use of Unsafe) would tear the progress
    // bar; what matters of it comes back in the exception.
    OutputFormat quiet =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            VerboseMode.SILENT);
    Collection<RunResult> results = new Runner(options.build(), quiet).run();
    if (results.size() != 1) {
      throw new RunnerException("no result");
    }
    return results.iterator().next();
  }

  /** Why a run failed: the innermost message, since JMH wraps what a fork threw. */
  public static String reason(RunnerException e) {
    Throwable cause = e;
    while (cause.getCause() != null || cause.getSuppressed().length > 0) {
      cause = cause.getCause() != null ? cause.getCause() : cause.getSuppressed()[0];
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }
}
