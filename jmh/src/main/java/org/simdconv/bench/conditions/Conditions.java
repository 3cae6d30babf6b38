package org.simdconv.bench.conditions;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.simdconv.PlanOptions;
import org.simdconv.Workspace;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.LayerPlan;
import org.simdconv.bench.layer.Layers;

/**
 * One layer in a fresh JVM: how soon it is at speed, and how its speed changes with native memory
 * and with a pool. Ratios are of runs in turns, after many other shapes.
 *
 * @param layer name
 * @param algorithm the plan's
 * @param secondsToSpeed from the first run until 50 ms on end are at 90% of the final speed
 * @param nativeSpeed speed with native segments over speed with float[]
 * @param pooledSpeed speed with a pool over speed without
 */
public record Conditions(
    String layer, String algorithm, double secondsToSpeed, double nativeSpeed, double pooledSpeed) {
  private static final double WARM_SECONDS = 5;
  private static final long SLICE_NANOS = 50_000_000;
  private static final long TURN_NANOS = 20_000_000;
  private static final int OTHERS = 20;

  /**
   * Measures; to be called first thing in a JVM. Says on a line of JSON what it found, null if
   * {@code clean}, then for each line that it is given the microseconds of a run, float[], 1
   * thread, until there are no more.
   *
   * @param clean whether nothing but the layer is to run in this JVM
   */
  public static void serve(
      Layer layer, PlanOptions options, boolean clean, BufferedReader turns, PrintStream out)
      throws IOException {
    float[] weights = Layer.data(layer.weightFloats(), 2);
    float[] bias = Layer.data(layer.outChannels(), 3);
    float[] input = Layer.data(layer.inputFloats(), 1);
    float[] output = new float[layer.outputFloats()];
    LayerPlan plan = layer.plan(weights, bias, options);
    Workspace workspace = plan.newWorkspace();
    Runnable arrays = () -> plan.run(input, output, workspace, null);
    double toSpeed = secondsToSpeed(arrays);
    int runs = runs(arrays);
    Conditions found = null;
    if (!clean) {
      try (Arena arena = Arena.ofShared();
          ForkJoinPool pool = new ForkJoinPool(options.threads())) {
        MemorySegment in = arena.allocate(4L * input.length, 64);
        MemorySegment.copy(input, 0, in, ValueLayout.JAVA_FLOAT, 0, input.length);
        MemorySegment to = arena.allocate(4L * output.length, 64);
        Runnable segments = () -> plan.run(in, to, workspace, null);
        Runnable pooled = () -> plan.run(input, output, workspace, pool);
        Turns.Turn plain = () -> micros(arrays, runs);
        pollute(pool, arena);
        warm(segments);
        double nativeSpeed = Turns.measure(() -> micros(segments, runs), plain).speed();
        warm(pooled);
        double pooledSpeed = Turns.measure(() -> micros(pooled, runs), plain).speed();
        found = new Conditions(layer.name(), plan.algorithm(), toSpeed, nativeSpeed, pooledSpeed);
      }
    }
    out.println(new Gson().toJson(found));
    while (turns.readLine() != null) {
      // What the other JVM left in the caches is not counted.
      arrays.run();
      out.println(micros(arrays, runs));
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
