package org.simdconv.bench.layer;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.simdconv.PlanOptions;
import org.simdconv.Workspace;
import org.simdconv.bench.verify.Verification;
import org.simdconv.bench.verify.Verifier;

/**
 * One whole layer: plan once, run many. Before the first measurement the same fork compares the
 * output with the reference; a mismatch fails the fork, so that no number appears.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -jar simdconv-bench.jar LayerBenchmark -p layer=resnet50/3x3_64-64@56
 * java --add-modules jdk.incubator.vector -jar simdconv-bench.jar LayerBenchmark -p "layer=conv ic8 oc8 k3x3 in9x9"
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// C2 needs 0.3 to 2 s for the micro-kernels, on a core that the kernel competes for.
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
// The Vector API has been reported to compile differently from fork to fork: never believe one.
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@State(Scope.Benchmark)
public class LayerBenchmark {
  /**
   * For tests of the regression tracking: a JVM with this property set wastes this share of the
   * kernel's time, for example 0.05, after each run.
   */
  public static final String WASTE = "simdconv.bench.waste";

  private static final double WASTED = Double.parseDouble(System.getProperty(WASTE, "0"));

  // The reference may take this many multiply-adds, a tenth of a second, before a number appears.
  private static final long VERIFY_BUDGET = 20_000_000;

  /** Name or shape. */
  @Param({
    "resnet50/3x3_64-64@56",
    "resnet50/3x3_128-128@28",
    "resnet50/1x1_256-64@56",
    "dcgan/t4x4s2_256-128@16"
  })
  public String layer = "";

  /** Threads of a run, the calling one included. */
  @Param({"1"})
  public int threads = 1;

  private @Nullable ForkJoinPool pool;
  private @Nullable LayerPlan plan;
  private float[] input = {};
  private float[] output = {};
  private Workspace workspace = Workspace.ofFloats(0);

  /** Plans, runs once, verifies. */
  @Setup
  public void prepare() {
    Layer l = Layers.find(layer);
    input = Layer.data(l.inputFloats(), 1);
    float[] weights = Layer.data(l.weightFloats(), 2);
    float[] bias = Layer.data(l.outChannels(), 3);
    plan = l.plan(weights, bias, PlanOptions.defaults().withThreads(threads));
    output = Verifier.unwritten(plan.outputFloats());
    workspace = plan.newWorkspace();
    pool = threads > 1 ? new ForkJoinPool(threads) : null;
    run();
    Verification verification = Verifier.verify(l, input, weights, bias, output, VERIFY_BUDGET);
    ForkFacts.set(new ForkFacts.Facts(plan.flops(), threads, verification));
  }

  /** Stops the pool. */
  @TearDown
  public void stop() {
    if (pool != null) {
      pool.shutdown();
    }
  }

  /**
   * The measured run.
   *
   * @return the output, so that it is used
   */
  @Benchmark
  public float[] run() {
    LayerPlan p = plan;
    if (p == null) {
      throw new IllegalStateException("not set up");
    }
    if (WASTED > 0) {
      long start = System.nanoTime();
      p.run(input, output, workspace, pool);
      long end = System.nanoTime();
      long until = end + Math.round((end - start) * WASTED);
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      return output;
    }
    p.run(input, output, workspace, pool);
    return output;
  }
}
