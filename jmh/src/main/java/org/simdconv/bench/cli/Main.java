package org.simdconv.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.simdconv.bench.layer.PeakProfiler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * The jar's main class. With one of its own commands, or none, it is a command line of its own;
 * with anything else it is JMH's, with the profiler added that reports GFLOP/s and the share of the
 * FMA peak.
 */
@Command(
    name = "simdconv-bench",
    mixinStandardHelpOptions = true,
    version = "simdconv-bench 0.1.0",
    description = {
      "Verifies the simdconv kernels against naive loops, and measures them on the layers of real networks.",
      "Any other arguments go to JMH, whose options all work, for example: LayerBenchmark -p threads=1,2 -f 5"
    },
    subcommands = {
      BenchCommand.class,
      VerifyCommand.class,
      ReportCommand.class,
      CpuCommand.class,
      CompareMachinesCommand.class,
      TrackCommand.class,
      CompareCommand.class,
      TrendCommand.class,
      PeersCommand.class,
      ConditionsCommand.class,
      ImagesCommand.class,
      WalkthroughCommand.class,
      DemoCommand.class,
      PeersForkCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 success, 1 a kernel was wrong or a layer could not be measured, 2 wrong arguments."
    })
public final class Main implements Runnable {
  // These make JMH print something and stop.
  private static final Set<String> JMH_QUERIES = Set.of("-h", "-l", "-lp", "-lprof", "-lrf");

  private static final Set<String> OWN_QUERIES = Set.of("--help", "--version", "-V");

  /** Only picocli makes one. */
  Main() {}

  /**
   * Runs the command line.
   *
   * @param args arguments
   * @throws Exception whatever JMH throws
   */
  public static void main(String[] args) throws Exception {
    CommandLine own = commandLine();
    if (args.length == 0
        || own.getSubcommands().containsKey(args[0])
        || OWN_QUERIES.contains(args[0])) {
      System.exit(own.execute(args));
    }
    List<String> jmh = new ArrayList<>(List.of(args));
    if (jmh.stream().noneMatch(JMH_QUERIES::contains)) {
      jmh.add("-prof");
      jmh.add(PeakProfiler.class.getName());
    }
    org.openjdk.jmh.Main.main(jmh.toArray(new String[0]));
  }

  /** Runs one of the own commands and returns its exit code. */
  static int execute(String... args) {
    return commandLine().execute(args);
  }

  /** The command line and its commands. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              // What a user can mend has a message; the rest is our fault and needs its trace.
              if (e instanceof IllegalArgumentException
                  || e instanceof IllegalStateException
                  || e instanceof java.io.IOException) {
                command.getErr().println(e.getMessage());
              } else {
                e.printStackTrace(command.getErr());
              }
              return e instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
            });
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /**
   * Stops with a clear message where the JVM lacks the Vector API.
   *
   * @throws IllegalStateException if it does
   */
  static void requireVectorModule() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      throw new IllegalStateException(
          "this JVM was started without the Vector API; run: java --add-modules jdk.incubator.vector -jar"
              + " simdconv-bench.jar ...");
    }
  }
}
