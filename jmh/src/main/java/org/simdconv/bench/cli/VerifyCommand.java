package org.simdconv.bench.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import me.tongfei.progressbar.ProgressBar;
import org.simdconv.PlanOptions;
import org.simdconv.Workspace;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.LayerPlan;
import org.simdconv.bench.verify.MismatchException;
import org.simdconv.bench.verify.Verification;
import org.simdconv.bench.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies kernels against the reference without measuring. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the kernels with naive loops, bit for bit, serial and with 2 and all threads.",
      "Large outputs are sampled unless --full is given."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final long BUDGET = 400_000_000;

  @Mixin private LayerOptions layers = new LayerOptions();

  @Option(
      names = "--full",
      description = "every output of every layer; takes hours with the largest layers")
  private boolean full;

  @Override
  public Integer call() throws IOException {
    Main.requireVectorModule();
    List<Layer> chosen = layers.choose("");
    int all = Runtime.getRuntime().availableProcessors();
    int[] threadCounts = java.util.stream.IntStream.of(1, 2, Math.max(2, all)).distinct().toArray();
    List<String> lines = new ArrayList<>();
    int wrong = 0;
    try (ProgressBar progress = Commands.progress("verify", 0, chosen.size());
        ForkJoinPool pool = new ForkJoinPool(Math.max(2, all))) {
      for (Layer layer : chosen) {
        progress.setExtraMessage(layer.name());
        try {
          lines.add("right  " + layer.name() + ": " + verify(layer, threadCounts, pool));
        } catch (MismatchException e) {
          wrong++;
          lines.add("WRONG  " + e.getMessage());
        }
        progress.step();
      }
    }
    lines.forEach(System.out::println);
    System.out.println(
        (chosen.size() - wrong)
            + " of "
            + chosen.size()
            + " layers equal the reference bit for bit, with "
            + java.util.Arrays.toString(threadCounts)
            + " threads");
    return wrong == 0 ? 0 : 1;
  }

  private Verification verify(Layer layer, int[] threadCounts, ForkJoinPool pool) {
    float[] x = Layer.data(layer.inputFloats(), 1);
    float[] w = Layer.data(layer.weightFloats(), 2);
    float[] bias = Layer.data(layer.outChannels(), 3);
    float[] first = {};
    for (int threads : threadCounts) {
      LayerPlan plan =
          layer.plan(w, bias, PlanOptions.defaults().withThreads(threads).withForkThreshold(1));
      float[] y = Verifier.unwritten(plan.outputFloats());
      Workspace workspace = plan.newWorkspace();
      plan.run(x, y, workspace, threads == 1 ? null : pool);
      if (first.length == 0) {
        first = y;
      } else {
        Verifier.same(layer, first, y, threads);
      }
    }
    return Verifier.verify(layer, x, w, bias, first, full ? Long.MAX_VALUE : BUDGET);
  }
}
