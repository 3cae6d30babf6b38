package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import org.openjdk.jmh.runner.RunnerException;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Layers;
import org.simdconv.bench.machine.Machine;
import org.simdconv.bench.report.BenchRecord;
import org.simdconv.bench.report.HtmlReport;
import org.simdconv.bench.report.LayerResult;
import org.simdconv.bench.report.LayerRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job: verifies and measures layers, prints a table, writes record and page. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies and measures the layers of real networks, each in JVMs of its own; prints a table and writes a JSON"
          + " record and an HTML page.",
      "The default run is a quick look (1 fork a layer); believe differences below 10% only with --forks 5."
    })
final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--layers",
      paramLabel = "REGEX",
      description = "only layers whose name contains a match")
  private Pattern layers = Pattern.compile("");

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      description =
          "a shape instead of the layers, for example 'conv ic64 oc64 k3x3 p1,1,1,1 n1 in56x56'")
  private List<String> shapes = new ArrayList<>();

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

  @Option(names = "--list", description = "print the layers' names and stop")
  private boolean list;

  @Override
  public Integer call() throws IOException {
    if (list) {
      Layers.all().forEach(l -> System.out.println(l.name()));
      return 0;
    }
    Main.requireVectorModule();
    requirePositive(forks, "--forks");
    requirePositive(iterations, "--iterations");
    requirePositive(millis, "--millis");
    if (warmups < 0) {
      throw new IllegalArgumentException("--warmups is " + warmups + "; must not be negative");
    }
    for (int t : threads) {
      requirePositive(t, "--threads");
    }
    List<Integer> threadCounts =
        threads.isEmpty()
            ? java.util.stream.Stream.of(1, Runtime.getRuntime().availableProcessors())
                .distinct()
                .toList()
            : threads.stream().distinct().toList();
    List<Layer> chosen = Selection.layers(layers, shapes);
    Files.createDirectories(output);
    Machine machine = Machine.probe();
    System.out.print(machine);
    List<LayerResult> results = new ArrayList<>();
    List<BenchRecord.Failure> failures = new ArrayList<>();
    LayerRunner.Effort effort = new LayerRunner.Effort(forks, warmups, iterations, millis);
    try (ProgressBar progress =
        Selection.progress("bench", (long) chosen.size() * threadCounts.size())) {
      for (Layer layer : chosen) {
        for (int t : threadCounts) {
          progress.setExtraMessage(layer.name());
          try {
            results.add(LayerRunner.run(layer, t, effort));
          } catch (RunnerException e) {
            failures.add(new BenchRecord.Failure(layer.name(), t, reason(e)));
          }
          progress.step();
        }
      }
    }
    BenchRecord record =
        new BenchRecord(
            BenchRecord.SCHEMA,
            OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).toString(),
            "REPRODUCIBLE: every output equals the reference bit for bit, up to the sign of zero",
            machine,
            results,
            failures);
    System.out.println();
    System.out.println(LayerResult.head());
    results.forEach(r -> System.out.println(r.line()));
    failures.forEach(
        f -> System.out.println("FAILED " + f.layer() + " " + f.threads() + "T: " + f.reason()));
    Path json = output.resolve("bench.json");
    Path page = output.resolve("bench.html");
    record.write(json);
    HtmlReport.write(record, page);
    System.out.println();
    System.out.println("record: " + json.toAbsolutePath().normalize());
    System.out.println("page:   " + page.toAbsolutePath().normalize());
    return failures.isEmpty() ? 0 : 1;
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; must be at least 1");
    }
  }

  /** The innermost message: JMH wraps what a fork threw. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    for (Throwable suppressed : cause.getSuppressed()) {
      return reason(suppressed);
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }
}
