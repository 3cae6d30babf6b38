package org.simdconv.bench.peers;

import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.simdconv.bench.layer.Layer;

/**
 * Starts a JVM for a layer and a number of threads, which is where OpenMP takes its number of
 * threads from, and reads what it measured.
 */
public final class PeerRunner {
  /** The hidden command that such a JVM runs. */
  public static final String COMMAND = "peers-fork";

  private static final Gson GSON = new Gson();
  // libgomp's default of 300,000 turns lets its threads spin for 10 ms and more after a run, into
  // the next engine's turn; within a turn runs follow each other in microseconds.
  private static final String SPIN_TURNS = "20000";

  private PeerRunner() {}

  /**
   * Measures a layer in a JVM of its own.
   *
   * @throws IOException if it failed, with what it printed last
   */
  public static PeerFork run(Layer layer, int threads, int fork, TurnTaking.Effort effort)
      throws IOException {
    // ONNX Runtime makes a folder in that for temporary files and leaves it there, hundreds in a
    // run:
    // so each JVM has one of its own, which goes with it.
    Path folder = Files.createTempDirectory("simdconv-peers");
    Path result = folder.resolve("result.json");
    Path output = folder.resolve("output.txt");
    try {
      List<String> command = new ArrayList<>();
      command.add(
          System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      // ONNX Runtime 1.29 recurses while a session is made, the deeper the longer the class path:
      // with one of 5000 characters it overflowed the default of 1 MiB, which ends a JVM without a
      // word.
      command.add("-Xss16m");
      command.add("-Djava.io.tmpdir=" + folder);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      // What the manifest says counts only with -jar.
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("org.simdconv.bench.cli.Main");
      command.addAll(
          List.of(
              COMMAND,
              "--layer",
              layer.name(),
              "--threads",
              Integer.toString(threads),
              "--fork",
              Integer.toString(fork),
              "--turn-millis",
              Integer.toString(effort.turnMillis()),
              "--rounds",
              Integer.toString(effort.rounds()),
              "--seconds",
              Double.toString(effort.seconds()),
              "--numerics",
              effort.numerics().name(),
              "--result",
              result.toString()));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
      builder.environment().put("GOMP_SPINCOUNT", SPIN_TURNS);
      Process process = builder.start();
      int code;
      try {
        code = process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      if (code != 0) {
        throw new IOException(layer.name() + ": the JVM ended with " + code + ": " + tail(output));
      }
      return GSON.fromJson(Files.readString(result, StandardCharsets.UTF_8), PeerFork.class);
    } finally {
      delete(folder);
    }
  }

  private static String tail(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      // What is in a folder comes before it.
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
