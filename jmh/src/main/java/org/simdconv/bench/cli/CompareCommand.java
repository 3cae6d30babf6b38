package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.simdconv.bench.report.Verdicts;
import org.simdconv.bench.track.Comparison;
import org.simdconv.bench.track.Run;
import org.simdconv.bench.track.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a verdict on each benchmark of two runs. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares two runs that 'track' measured: faster, slower, no change or cannot tell, for each benchmark.",
      "A run is named by its file; or, in the store, by its label, by the beginning of its id or commit, or by"
          + " 'latest' or 'previous'."
    },
    footer = {
      "",
      "Exit codes: 0 nothing is slower, 1 something is slower or lost its number, 2 the runs cannot be compared."
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BASE", description = "the run to compare with")
  private String base = "";

  @Parameters(index = "1", paramLabel = "NEW", description = "the run to judge")
  private String next = "";

  @Mixin private StoreOptions store = new StoreOptions();

  @Option(
      names = "--least",
      paramLabel = "PERCENT",
      defaultValue = "5",
      description = "smallest change that matters; default: ${DEFAULT-VALUE}")
  private double least;

  @Option(names = "--across", description = "compare even runs of different machines")
  private boolean across;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "append a summary in Markdown, for example to $GITHUB_STEP_SUMMARY")
  private @Nullable Path markdown;

  @Option(names = "--junit", paramLabel = "FILE", description = "write a JUnit XML report")
  private @Nullable Path junit;

  @Override
  public Integer call() throws IOException {
    Store runs = store.open();
    Run before = find(runs, base);
    Run after = find(runs, next);
    Comparison comparison =
        Comparison.of(before, after, Commands.percent(least, "--least"), across);
    System.out.print(Verdicts.text(comparison));
    if (markdown != null) {
      Verdicts.appendMarkdown(comparison, markdown);
    }
    if (junit != null) {
      Verdicts.writeJunit(comparison, junit);
    }
    return comparison.worse() ? 1 : 0;
  }

  /** A file that is broken or missing makes the comparison impossible, as wrong arguments do. */
  private static Run find(Store store, String name) {
    try {
      return store.find(name);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
