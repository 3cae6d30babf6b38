package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.simdconv.bench.report.TrendPage;
import org.simdconv.bench.track.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the page of all runs of a store. */
@Command(
    name = "trend",
    mixinStandardHelpOptions = true,
    description = "Draws every benchmark over the runs of a store, and marks the changes.")
final class TrendCommand implements Callable<Integer> {
  @Mixin private StoreOptions store = new StoreOptions();

  @Option(
      names = "--least",
      paramLabel = "PERCENT",
      defaultValue = "5",
      description = "smallest change that matters; default: ${DEFAULT-VALUE}")
  private double least;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "trend.html",
      description = "page to write; default: ${DEFAULT-VALUE}")
  private Path output = Path.of("");

  @Override
  public Integer call() throws IOException {
    Store runs = store.open();
    runs.unreadable().forEach(System.out::println);
    TrendPage.write(runs.runs(), Commands.percent(least, "--least"), runs.unreadable(), output);
    System.out.println("page: " + output.toAbsolutePath().normalize());
    return 0;
  }
}
