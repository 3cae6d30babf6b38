package org.simdconv.bench.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.simdconv.bench.machine.Limits;
import org.simdconv.bench.machine.Machine;

/** What the commands share: the progress bar, JVMs of their own, and checks of numbers. */
final class Commands {
  private Commands() {}

  // JDK 22 to 24 always give a console, JDK 25 gives null again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  static ProgressBar progress(String task, long done, long steps) {
    // A bar that redraws itself is for terminals; elsewhere (CI, a file) a line now and then is
    // enough.
    boolean terminal = System.console() != null && System.console().isTerminal();
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(terminal ? 300 : 15_000)
        .setMaxRenderedLength(110)
        // The time left counts from what this process does, not from what another one did.
        .startsFrom(done, java.time.Duration.ZERO)
        .build();
  }

  /** Measures the machine's limits, saying what is measured. */
  static Limits limits(Machine machine) {
    try (ProgressBar progress = progress("machine", 0, Limits.steps(machine))) {
      return Limits.measure(
          machine,
          step -> {
            progress.setExtraMessage(step);
            progress.step();
          });
    }
  }

  static void sayResumed(long done, long all) {
    if (done > 0) {
      System.out.println(
          "going on with an interrupted run: " + done + " of " + all + " measurements are there");
    }
  }

  /**
   * Starts a command in a JVM of its own, with the options of this one.
   *
   * @param arguments of the program
   */
  static Process startJvm(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /**
   * What a command prints in a JVM of its own.
   *
   * @param what is measured, for messages
   * @param arguments of the program
   * @throws IOException if it fails
   */
  static String inJvm(String what, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = startJvm(arguments);
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    awaitEnd(what, process);
    return text;
  }

  /**
   * Waits for the end of a JVM.
   *
   * @throws IOException if it failed
   */
  static void awaitEnd(String what, Process process) throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw new IOException(what + ": the JVM ended with " + process.exitValue());
    }
  }

  /** A share that was given in percent. */
  static double percent(double value, String name) {
    if (!(value > 0 && value <= 100)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; must be more than 0 and at most 100 percent");
    }
    return value / 100;
  }

  static int positive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; must be at least 1");
    }
    return value;
  }
}
