package org.simdconv.bench.track;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.simdconv.bench.layer.ForkedRun.Effort;
import org.simdconv.bench.machine.Machine;
import org.simdconv.bench.store.Build;

/** Runs made up for tests. */
public final class Runs {
  private Runs() {}

  public static Machine machine(String cpu) {
    return new Machine(
        cpu,
        2,
        2,
        List.of(new Machine.Cache(1, "data", 48)),
        24,
        List.of("avx2", "fma"),
        "Linux",
        "25",
        List.of(),
        512);
  }

  public static RunHeader header(String id, String cpu, int forks, List<String> layers) {
    return new RunHeader(
        RunHeader.SCHEMA,
        id,
        "2026-01-01T00:00:00.000Z " + id,
        id,
        1,
        new Build("0123456789abcdef", "", "a message", false, ""),
        machine(cpu),
        new Effort(forks, 1, 1, 3, 1),
        layers.stream().map(l -> new Benchmark(l, 1)).toList());
  }

  /** A fork of three iterations that all took as long. */
  public static ForkLine fork(String layer, int fork, double micros, double calibration) {
    String json =
        String.format(
            Locale.ROOT,
            "{'primaryMetric':{'rawData':[[%1$s,%1$s,%1$s]]},"
                + "'secondaryMetrics':{'calibration':{'rawData':[[%2$s,%2$s,%2$s]]}}}",
            micros,
            calibration);
    JsonObject jmh = JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject();
    return new ForkLine(layer, 1, fork, jmh, null);
  }

  /**
   * A run whose forks differ by some noise, on a machine that drifts by tens of percent.
   *
   * @param factors time of each layer, relative
   */
  public static Run run(
      String id, String cpu, int forks, double noise, long seed, double... factors) {
    Random random = new Random(seed);
    List<String> layers = new ArrayList<>();
    List<ForkLine> lines = new ArrayList<>();
    for (int l = 0; l < factors.length; l++) {
      layers.add("layer" + l);
      for (int f = 0; f < forks; f++) {
        double drift = 1 + 0.5 * random.nextDouble();
        lines.add(
            fork(
                "layer" + l,
                f,
                100 * factors[l] * drift * Math.exp(noise * random.nextGaussian()),
                10 * drift));
      }
    }
    return new Run(Path.of(id + ".jsonl"), header(id, cpu, forks, layers), lines, false);
  }
}
