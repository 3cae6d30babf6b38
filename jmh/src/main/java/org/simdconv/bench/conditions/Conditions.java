package org.simdconv.bench.conditions;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.simdconv.PlanOptions;
import org.simdconv.Workspace;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.LayerPlan;
import org.simdconv.bench.layer.Layers;

/**
 * One layer in a fresh JVM: how soon it is at speed, and how its speed changes with native memory,
 * with a pool, and after many other shapes. Ratios are of runs in turns.
 *
 * @param layer name
 * @param algorithm the plan's
 * @param secondsToSpeed from the first run until 50 ms on end are at 90% of the final speed
 * @param micros one run, float[], 1 thread
 * @param nativeSpeed speed with native segments over speed with float[]
 * @param pooledSpeed speed with a pool over speed without
 * @param pollutedSpeed speed after other shapes and kinds of memory over speed before, each beside
 *     the same plain loop
 */
public record Conditions(
    String layer,
    String algorithm,
    double secondsToSpeed,
    double micros,
    double nativeSpeed,
    double pooledSpeed,
    double pollutedSpeed) {
  private static final double WARM_SECONDS = 5;
  private static final long SLICE_NANOS = 50_000_000;
  private static final long TURN_NANOS = 20_000_000;
  private static final int ROUNDS = 25;
  private static final int OTHERS = 20;

  /** Measures; to be called first thing in a JVM. */
  public static Conditions measure(Layer layer, PlanOptions options) {
    float[] weights = Layer.data(layer.weightFloats(), 2);
    float[] bias = Layer.data(layer.outChannels(), 3);
    float[] input = Layer.data(layer.inputFloats(), 1);
    float[] output = new float[layer.outputFloats()];
    LayerPlan plan = layer.plan(weights, bias, options);
    Workspace workspace = plan.newWorkspace();
    Runnable arrays = () -> plan.run(input, output, workspace, null);
    double toSpeed = secondsToSpeed(arrays);
    int runs = runs(arrays);
    double[] before = beside(arrays, runs);
    try (Arena arena = Arena.ofShared();
        ForkJoinPool pool = new ForkJoinPool(options.threads())) {
      MemorySegment in = arena.allocate(4L * input.length, 64);
      MemorySegment.copy(input, 0, in, ValueLayout.JAVA_FLOAT, 0, input.length);
      MemorySegment out = arena.allocate(4L * output.length, 64);
      Runnable segments = () -> plan.run(in, out, workspace, null);
      Runnable pooled = () -> plan.run(input, output, workspace, pool);
      pollute(pool, arena);
      double[] after = beside(arrays, runs);
      warm(segments);
      double nativeSpeed = ratio(segments, arrays, runs);
      warm(pooled);
      double pooledSpeed = ratio(pooled, arrays, runs);
      return new Conditions(
          layer.name(),
          plan.algorithm(),
          toSpeed,
          before[0],
          nativeSpeed,
          pooledSpeed,
          before[0] / before[1] / (after[0] / after[1]));
    }
  }

  private static double secondsToSpeed(Runnable run) {
    long start = System.nanoTime();
    List<double[]> slices = new ArrayList<>();
    while (System.nanoTime() - start < WARM_SECONDS * 1e9) {
      long from = System.nanoTime();
      int runs = 0;
      do {
        run.run();
        runs++;
      } while (System.nanoTime() - from < SLICE_NANOS);
      slices.add(new double[] {(from - start) / 1e9, runs / (double) (System.nanoTime() - from)});
    }
    double[] last =
        slices.subList(slices.size() / 2, slices.size()).stream()
            .mapToDouble(s -> s[1])
            .sorted()
            .toArray();
    double end = last[last.length / 2];
    return slices.stream().filter(s -> s[1] >= 0.9 * end).findFirst().orElseThrow()[0];
  }

  private static void warm(Runnable run) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 1_500_000_000L) {
      run.run();
    }
  }

  private static int runs(Runnable run) {
    long start = System.nanoTime();
    run.run();
    run.run();
    return (int) Math.max(1, 2 * TURN_NANOS / Math.max(1, System.nanoTime() - start));
  }

  private static double micros(Runnable run, int runs) {
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      run.run();
    }
    return (System.nanoTime() - start) / 1e3 / runs;
  }

  /** Medians of the run and of a chain of divisions that no other code can change. */
  private static double[] beside(Runnable run, int runs) {
    double[] times = new double[ROUNDS];
    double[] chains = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      chains[i] = micros(Conditions::chain, 1);
      times[i] = micros(run, runs);
    }
    Arrays.sort(times);
    Arrays.sort(chains);
    return new double[] {times[ROUNDS / 2], chains[ROUNDS / 2]};
  }

  private static void chain() {
    double x = 1e9;
    for (int i = 0; i < 300_000; i++) {
      x = x / 1.0000001 + 1;
    }
    if (x == 0) {
      throw new AssertionError("the chain never ends at zero");
    }
  }

  /** Speed of one over the other's, in turns. */
  private static double ratio(Runnable one, Runnable other, int runs) {
    double[] ratios = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      // The order changes, so that neither always meets the caches that the other left.
      boolean first = i % 2 == 0;
      double a = micros(first ? one : other, runs);
      double b = micros(first ? other : one, runs);
      ratios[i] = first ? b / a : a / b;
    }
    Arrays.sort(ratios);
    return ratios[ROUNDS / 2];
  }

  /** Other shapes, of arrays and of heap and native segments, serial and pooled. */
  private static void pollute(ForkJoinPool pool, Arena arena) {
    List<Layer> others =
        Layers.all().stream()
            .filter(l -> l.inputFloats() < 1 << 21 && l.weightFloats() < 1 << 22)
            .limit(OTHERS)
            .toList();
    for (Layer other : others) {
      LayerPlan plan =
          other.plan(Layer.data(other.weightFloats(), 4), null, PlanOptions.defaults());
      float[] in = Layer.data(other.inputFloats(), 5);
      float[] out = new float[other.outputFloats()];
      MemorySegment nativeIn = arena.allocate(4L * in.length, 64);
      MemorySegment nativeOut = arena.allocate(4L * out.length, 64);
      long start = System.nanoTime();
      do {
        plan.run(in, out, plan.newWorkspace(), null);
        plan.run(in, out, plan.newWorkspace(), pool);
        plan.run(nativeIn, nativeOut, plan.newWorkspace(), null);
        plan.run(MemorySegment.ofArray(in), nativeOut, plan.newWorkspace(), pool);
      } while (System.nanoTime() - start < 150_000_000L);
    }
  }
}
