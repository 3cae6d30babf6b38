package org.simdconv.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.simdconv.Numerics;
import org.simdconv.PlanOptions;
import org.simdconv.bench.conditions.Conditions;
import org.simdconv.bench.conditions.Turns;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Layers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what a speed depends on besides the shape. */
@Command(
    name = "conditions",
    mixinStandardHelpOptions = true,
    description = {
      "Measures each layer in JVMs of its own: seconds until it is at 90%% of its speed, its speed after 20 other",
      "shapes relative to that in a JVM of its own, and with native segments and with a pool relative to a plain run."
    })
final class ConditionsCommand implements Callable<Integer> {
  private static final Gson GSON = new Gson();

  // One of each algorithm and of each way of the data, and one too small for a pool.
  private static final String DEFAULT_LAYERS =
      "resnet50/(3x3_128-128@28|1x1_256-64@56|7x7s2)|dw3x3_144@56|dw3x3_960|3x3g32_128";
  private static final String SMALL = "conv ic16 oc16 k3x3 p1,1,1,1 n1 in12x12";

  @Mixin private LayerOptions layers = new LayerOptions();

  @Option(
      names = "--numerics",
      defaultValue = "REPRODUCIBLE",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Numerics numerics = Numerics.REPRODUCIBLE;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "of the pool; default: ${DEFAULT-VALUE}")
  private int threads;

  @Option(
      names = "--forks",
      defaultValue = "3",
      description = "JVMs a layer; default: ${DEFAULT-VALUE}")
  private int forks;

  @Option(names = "--here", hidden = true)
  private boolean here;

  @Option(names = "--clean", hidden = true)
  private boolean clean;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Main.requireVectorModule();
    Commands.positive(threads, "--threads");
    Commands.positive(forks, "--forks");
    List<Layer> chosen = new ArrayList<>(layers.choose(DEFAULT_LAYERS));
    PlanOptions options = PlanOptions.defaults().withThreads(threads).withNumerics(numerics);
    if (here) {
      BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      Conditions.serve(chosen.getFirst(), options, clean, turns, System.out);
      return 0;
    }
    if (chosen.size() > 1) {
      chosen.add(Layers.find(SMALL));
    }
    System.out.println(
        "to speed: seconds until nine tenths of the final speed; others: speed relative to a plain run");
    System.out.printf(
        "%-40s %-13s %10s %9s %9s %9s %9s%n",
        "layer", "algorithm", "us", "to speed", "polluted", "native", "pool of " + threads);
    for (Layer layer : chosen) {
      for (int fork = 0; fork < forks; fork++) {
        measure(layer);
      }
    }
    return 0;
  }

  private void measure(Layer layer) throws IOException, InterruptedException {
    // The clean JVM begins when the other one has nothing to do but to wait for its turns.
    Process polluted = Commands.startJvm(arguments(layer, false));
    Process clean = null;
    try {
      Turns.Partner one = partner(layer, polluted);
      Conditions c = GSON.fromJson(one.line(), Conditions.class);
      clean = Commands.startJvm(arguments(layer, true));
      Turns.Partner other = partner(layer, clean);
      other.line();
      Turns p = Turns.measure(one, other);
      one.turns().close();
      other.turns().close();
      Commands.awaitEnd(layer.name(), polluted);
      Commands.awaitEnd(layer.name(), clean);
      System.out.printf(
          "%-40s %-13s %10.1f %8.2fs %9.3f %9.3f %9.3f%n",
          c.layer(),
          c.algorithm(),
          p.otherMicros(),
          c.secondsToSpeed(),
          p.speed(),
          c.nativeSpeed(),
          c.pooledSpeed());
    } finally {
      polluted.destroy();
      if (clean != null) {
        clean.destroy();
      }
    }
  }

  private static Turns.Partner partner(Layer layer, Process jvm) {
    return new Turns.Partner(layer.name(), jvm.inputReader(UTF_8), jvm.outputWriter(UTF_8));
  }

  private List<String> arguments(Layer layer, boolean isClean) {
    List<String> arguments = new ArrayList<>(List.of("conditions", "--here"));
    if (isClean) {
      arguments.add("--clean");
    }
    arguments.addAll(
        List.of("--numerics", numerics.name(), "--threads", Integer.toString(threads)));
    arguments.addAll(
        layer.name().contains("/")
            ? List.of("--layers", "^\\Q" + layer.name() + "\\E$")
            : List.of("--shape", layer.name()));
    return arguments;
  }
}
