package org.simdconv.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.statistics.descriptive.Quantile;
import org.simdconv.bench.track.Benchmark;
import org.simdconv.bench.track.Comparison;
import org.simdconv.bench.track.Difference;
import org.simdconv.bench.track.Run;
import org.simdconv.bench.track.Verdict;

/** The page that shows every benchmark over the runs of one machine. */
public final class TrendPage {
  private TrendPage() {}

  /**
   * Writes the page.
   *
   * @param all the runs of a store, the oldest first
   * @param least smallest change that matters, 0.05 for 5%
   * @param problems what the reader has to know of the store
   * @throws IllegalArgumentException if there is no run
   */
  public static void write(List<Run> all, double least, List<String> problems, Path file)
      throws IOException {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("the store holds no run; 'track' makes one");
    }
    Run latest = all.getLast();
    List<Run> runs =
        all.stream()
            .filter(
                r ->
                    r.header().machine().sameHardware(latest.header().machine())
                        && r.header().calibration() == latest.header().calibration())
            .toList();
    List<String> notes = new ArrayList<>(problems);
    if (runs.size() < all.size()) {
      notes.add(
          (all.size() - runs.size())
              + " run(s) of other machines or calibrations are not shown; the page is of the latest"
              + " run's machine");
    }
    for (Run run : runs) {
      if (!run.complete()) {
        notes.add("unfinished: " + run.header().title());
      }
    }
    Set<Benchmark> benchmarks = new LinkedHashSet<>();
    runs.forEach(r -> benchmarks.addAll(r.header().benchmarks()));
    List<Map<String, Object>> changes = new ArrayList<>();
    Map<Benchmark, List<Integer>> slower = new HashMap<>();
    Map<Benchmark, List<Integer>> faster = new HashMap<>();
    for (int i = 1; i < runs.size(); i++) {
      for (Difference d : differences(runs, i, least)) {
        if (d.verdict() == Verdict.SLOWER || d.verdict() == Verdict.FASTER) {
          (d.verdict() == Verdict.SLOWER ? slower : faster)
              .computeIfAbsent(d.benchmark(), k -> new ArrayList<>())
              .add(i);
          changes.add(change(d, runs.get(i - 1), runs.get(i)));
        }
      }
    }
    List<String> labels = labels(runs);
    List<Map<String, Object>> charts = new ArrayList<>();
    for (Benchmark benchmark : benchmarks) {
      charts.add(
          Map.of(
              "name",
              benchmark.toString(),
              "chart",
              chart(
                  runs,
                  labels,
                  benchmark,
                  slower.getOrDefault(benchmark, List.of()),
                  faster.getOrDefault(benchmark, List.of()))));
    }
    Map<String, Object> page = new HashMap<>();
    page.put("cpu", latest.header().machine().cpu());
    page.put("machine", latest.header().machine().hardware());
    page.put("count", runs.size());
    page.put("first", runs.getFirst().header().created());
    page.put("last", latest.header().created());
    page.put("noted", !notes.isEmpty());
    page.put("notes", notes);
    page.put("changed", !changes.isEmpty());
    page.put("changes", changes);
    page.put("benchmarks", charts);
    page.put("runs", runs.reversed().stream().map(TrendPage::run).toList());
    Page.write("trend", page, file);
  }

  /** Those of a run from the one before; none where they share no benchmark. */
  private static List<Difference> differences(List<Run> runs, int i, double least) {
    Run before = runs.get(i - 1);
    Run run = runs.get(i);
    boolean shared =
        run.header().benchmarks().stream().anyMatch(before.header().benchmarks()::contains);
    return shared ? Comparison.of(before, run, least, false).differences() : List.of();
  }

  private static String label(Run run) {
    return run.header().label().isEmpty()
        ? run.header().build().shortCommit()
        : run.header().label();
  }

  /** One a run; several runs of one commit are numbered. */
  private static List<String> labels(List<Run> runs) {
    List<String> labels = new ArrayList<>();
    for (Run run : runs) {
      String label = label(run);
      int same = 1;
      while (labels.contains(label)) {
        same++;
        label = label(run) + " (" + same + ")";
      }
      labels.add(label);
    }
    return labels;
  }

  private static String chart(
      List<Run> runs,
      List<String> labels,
      Benchmark benchmark,
      List<Integer> slower,
      List<Integer> faster) {
    double[] values = new double[runs.size()];
    double[] spread = new double[runs.size()];
    double first = Double.NaN;
    double share = Comparison.slope(benchmark, runs);
    for (int i = 0; i < values.length; i++) {
      double[] times = runs.get(i).adjustedTimes(benchmark, share);
      if (times.length == 0) {
        values[i] = Double.NaN;
        spread[i] = Double.NaN;
        continue;
      }
      double[] quartiles = Quantile.withDefaults().evaluate(times, 0.25, 0.5, 0.75);
      if (Double.isNaN(first)) {
        first = quartiles[1];
      }
      values[i] = 100 * quartiles[1] / first;
      spread[i] = 50 * (quartiles[2] - quartiles[0]) / first;
    }
    return Charts.trend(labels, values, spread, slower, faster);
  }

  private static Map<String, Object> change(Difference d, Run before, Run run) {
    return Map.of(
        "layer",
        d.benchmark().layer(),
        "threads",
        d.benchmark().threads(),
        "kind",
        d.verdict().toString(),
        "change",
        String.format(Locale.ROOT, "%+.1f%%", 100 * d.change()),
        "interval",
        String.format(Locale.ROOT, "%+.1f%% .. %+.1f%%", 100 * d.low(), 100 * d.high()),
        "from",
        label(before),
        "to",
        label(run));
  }

  private static Map<String, Object> run(Run run) {
    return Map.of(
        "id",
        run.header().id(),
        "commit",
        run.header().build().shortCommit(),
        "message",
        run.header().build().message(),
        "label",
        run.header().label(),
        "jdk",
        run.header().machine().jdk());
  }
}
