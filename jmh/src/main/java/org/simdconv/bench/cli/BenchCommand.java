package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import org.simdconv.bench.layer.ForkedRun;
import org.simdconv.bench.layer.ForkedRun.Effort;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Layers;
import org.simdconv.bench.machine.Limits;
import org.simdconv.bench.machine.Machine;
import org.simdconv.bench.report.BenchRecord;
import org.simdconv.bench.report.HtmlReport;
import org.simdconv.bench.report.LayerResult;
import org.simdconv.bench.report.LayerRunner;
import org.simdconv.bench.store.Build;
import org.simdconv.bench.store.Journal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: verifies and measures layers, prints a table, writes record and page. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies and measures the layers of real networks, each in JVMs of its own; prints a table and writes a JSON"
          + " record and an HTML page.",
      "The default run is a quick look (1 fork a layer); believe differences below 10%% only with --forks 5."
    })
final class BenchCommand implements Callable<Integer> {
  @Mixin private LayerOptions layers = new LayerOptions();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "numbers of threads to measure with; default: 1 and all processors")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--forks",
      defaultValue = "1",
      description = "JVMs a layer; default: ${DEFAULT-VALUE}")
  private int forks;

  @Option(
      names = "--warmups",
      defaultValue = "4",
      description = "warm-up iterations a fork; default: ${DEFAULT-VALUE}")
  private int warmups;

  @Option(
      names = "--iterations",
      defaultValue = "5",
      description = "measured iterations a fork; default: ${DEFAULT-VALUE}")
  private int iterations;

  @Option(
      names = "--millis",
      defaultValue = "200",
      description = "length of an iteration; default: ${DEFAULT-VALUE}")
  private int millis;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      defaultValue = "simdconv-report",
      description = "where record and page go; default: ${DEFAULT-VALUE}")
  private Path output = Path.of("");

  @Option(names = "--restart", description = "do not go on with an interrupted run")
  private boolean restart;

  @Option(names = "--list", description = "print the layers' names and stop")
  private boolean list;

  /** What an interrupted run must have been to be gone on with. */
  private record Header(
      String schema,
      Build build,
      Machine machine,
      List<String> layers,
      List<Integer> threads,
      Effort effort) {}

  /** A measurement of the run: the machine's limits, or a layer. */
  private record Item(
      @Nullable Limits limits,
      @Nullable LayerResult result,
      BenchRecord.@Nullable Failure failure) {
    String key() {
      if (result != null) {
        return result.layer() + " " + result.threads();
      }
      return failure == null ? "" : failure.layer() + " " + failure.threads();
    }
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      Layers.all().forEach(l -> System.out.println(l.name()));
      return 0;
    }
    Main.requireVectorModule();
    for (int t : threads) {
      Commands.positive(t, "--threads");
    }
    List<Integer> threadCounts =
        threads.isEmpty()
            ? java.util.stream.Stream.of(1, Runtime.getRuntime().availableProcessors())
                .distinct()
                .toList()
            : threads.stream().distinct().toList();
    List<Layer> chosen = layers.choose("");
    Effort effort = new Effort(forks, warmups, millis, iterations, millis);
    Machine machine = Machine.describe();
    System.out.print(machine);
    Header header =
        new Header(
            BenchRecord.SCHEMA,
            Build.current(),
            machine,
            chosen.stream().map(Layer::name).toList(),
            threadCounts,
            effort);
    Files.createDirectories(output);
    Path json = output.resolve("bench.json");
    Path page = output.resolve("bench.html");
    BenchRecord record;
    try (Journal<Item> journal =
        Journal.open(output.resolve("bench.part.jsonl"), header, Item.class, restart)) {
      Limits limits = limits(journal, machine);
      System.out.print(limits);
      measure(journal, chosen, threadCounts, effort);
      record =
          BenchRecord.of(
              machine,
              limits,
              journal.items().stream().map(Item::result).filter(Objects::nonNull).toList(),
              journal.items().stream().map(Item::failure).filter(Objects::nonNull).toList());
      record.write(json);
      HtmlReport.write(record, page);
      journal.finish();
    }
    print(record);
    System.out.println();
    System.out.println("record: " + json.toAbsolutePath().normalize());
    System.out.println("page:   " + page.toAbsolutePath().normalize());
    return record.failures().isEmpty() ? 0 : 1;
  }

  private static Limits limits(Journal<Item> journal, Machine machine) throws IOException {
    for (Item item : journal.items()) {
      if (item.limits() != null) {
        return item.limits();
      }
    }
    Limits limits = Commands.limits(machine);
    journal.add(new Item(limits, null, null));
    return limits;
  }

  private static void measure(
      Journal<Item> journal, List<Layer> chosen, List<Integer> threadCounts, Effort effort)
      throws IOException {
    Set<String> done = new HashSet<>();
    journal.items().forEach(item -> done.add(item.key()));
    done.remove("");
    long all = (long) chosen.size() * threadCounts.size();
    Commands.sayResumed(done.size(), all);
    try (ProgressBar progress = Commands.progress("bench", done.size(), all)) {
      for (Layer layer : chosen) {
        for (int t : threadCounts) {
          if (done.contains(layer.name() + " " + t)) {
            continue;
          }
          progress.setExtraMessage(layer.name());
          journal.add(measure(layer, t, effort));
          progress.step();
        }
      }
    }
  }

  private static Item measure(Layer layer, int threads, Effort effort) {
    try {
      return new Item(null, LayerRunner.run(layer, threads, effort), null);
    } catch (RunnerException e) {
      return new Item(
          null, null, new BenchRecord.Failure(layer.name(), threads, ForkedRun.reason(e)));
    }
  }

  static void print(BenchRecord record) {
    System.out.println();
    System.out.println(LayerResult.head());
    record.results().forEach(r -> System.out.println(r.line()));
    record
        .failures()
        .forEach(
            f ->
                System.out.println("FAILED " + f.layer() + " " + f.threads() + "T: " + f.reason()));
  }
}
