package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.simdconv.Numerics;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Pass;
import org.simdconv.bench.machine.Machine;
import org.simdconv.bench.peers.PeerFork;
import org.simdconv.bench.peers.PeerRunner;
import org.simdconv.bench.peers.PeerTable;
import org.simdconv.bench.peers.PeersRecord;
import org.simdconv.bench.peers.TurnTaking;
import org.simdconv.bench.report.PeersPage;
import org.simdconv.bench.report.PeersText;
import org.simdconv.bench.report.Records;
import org.simdconv.bench.store.Build;
import org.simdconv.bench.store.Journal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures ours and the native engines in turns, in the same processes. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    description = {
      "Compares simdconv with oneDNN and ONNX Runtime: in one process, in turns, each result verified.",
      "Needs a jar that was built with the engines: mvn -Ppeers -DskipTests package",
      "An interrupted run goes on where it stopped when the same command is given again."
    })
final class PeersCommand implements Callable<Integer> {
  /** Which layers. */
  enum Operation {
    CONV,
    TCONV,
    GRADIENTS,
    BOTH
  }

  @Option(
      names = "--op",
      defaultValue = "both",
      description =
          "conv, tconv (transposed), gradients (of both), or both, which is without gradients; default: ${DEFAULT-VALUE}")
  private Operation operation = Operation.BOTH;

  @Mixin private LayerOptions layers = new LayerOptions();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2",
      description = "numbers of threads to measure with; default: ${DEFAULT-VALUE}")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--forks",
      defaultValue = "3",
      description = "JVMs a layer; default: ${DEFAULT-VALUE}")
  private int forks;

  @Option(
      names = "--seconds",
      defaultValue = "1.5",
      description = "length of the rounds of a JVM; default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--turn-millis",
      defaultValue = "8",
      description = "length of an engine's turn in a round; default: ${DEFAULT-VALUE}")
  private int turnMillis;

  @Option(
      names = "--numerics",
      defaultValue = "REPRODUCIBLE",
      description = "of our plans: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Numerics numerics = Numerics.REPRODUCIBLE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      defaultValue = "simdconv-report",
      description = "where record and page go; default: ${DEFAULT-VALUE}")
  private Path output = Path.of("");

  @Option(names = "--restart", description = "do not go on with an interrupted run")
  private boolean restart;

  private static final int MOST_ROUNDS = 200;

  /** What an interrupted run must have been to be gone on with. */
  private record Header(
      String schema,
      Build build,
      Machine machine,
      List<String> layers,
      List<Integer> threads,
      int forks,
      TurnTaking.Effort effort) {}

  @Override
  public Integer call() throws IOException {
    Main.requireVectorModule();
    Commands.positive(forks, "--forks");
    Commands.positive(turnMillis, "--turn-millis");
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("--seconds is " + seconds + "; must be positive");
    }
    threads.forEach(t -> Commands.positive(t, "--threads"));
    List<PeersRecord.Engine> engines =
        TurnTaking.engines(numerics).stream()
            .map(e -> new PeersRecord.Engine(e.id(), e.description(), e.ownLayout()))
            .toList();
    if (engines.size() < 2) {
      throw new IllegalStateException(
          "this jar was built without the native engines; build it with: mvn -Ppeers -DskipTests"
              + " package");
    }
    List<Layer> chosen = layers.choose("").stream().filter(this::matches).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("no layer matches both --layers and --op");
    }
    TurnTaking.Effort effort = new TurnTaking.Effort(turnMillis, MOST_ROUNDS, seconds, numerics);
    Machine machine = Machine.describe();
    Build build = Build.current();
    List<Integer> counts = threads.stream().distinct().toList();
    Header header =
        new Header(
            PeersRecord.SCHEMA,
            build,
            machine,
            chosen.stream().map(Layer::name).toList(),
            counts,
            forks,
            effort);
    Files.createDirectories(output);
    PeersRecord record;
    List<String> failed = new ArrayList<>();
    try (Journal<PeerFork> journal =
        Journal.open(output.resolve("peers.part.jsonl"), header, PeerFork.class, restart)) {
      measure(journal, chosen, counts, effort, failed);
      record =
          new PeersRecord(
              PeersRecord.SCHEMA,
              OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).toString(),
              build,
              machine,
              engines,
              journal.items());
      Path json = output.resolve("peers.json");
      Path page = output.resolve("peers.html");
      Records.write(record, json);
      PeersPage.write(record, page);
      journal.finish();
      System.out.println();
      System.out.print(PeersText.of(PeerTable.of(record)));
      System.out.println();
      System.out.println("record: " + json.toAbsolutePath().normalize());
      System.out.println("page:   " + page.toAbsolutePath().normalize());
    }
    failed.forEach(System.out::println);
    boolean oursFailed =
        PeerTable.of(record).rows().stream()
            .anyMatch(r -> r.failures().containsKey(engines.getFirst().id()));
    return failed.isEmpty() && !oursFailed ? 0 : 1;
  }

  private boolean matches(Layer layer) {
    if (layer.depth() != null) {
      // None of the adapted engines computes volumes.
      return false;
    }
    if (layer.pass() != Pass.FORWARD || operation == Operation.GRADIENTS) {
      return layer.pass() != Pass.FORWARD && operation == Operation.GRADIENTS;
    }
    return operation == Operation.BOTH || layer.transposed() == (operation == Operation.TCONV);
  }

  private void measure(
      Journal<PeerFork> journal,
      List<Layer> chosen,
      List<Integer> counts,
      TurnTaking.Effort effort,
      List<String> failed)
      throws IOException {
    Set<String> done = new HashSet<>();
    journal.items().forEach(f -> done.add(f.layer() + " " + f.threads() + " " + f.fork()));
    Commands.sayResumed(journal.found(), (long) chosen.size() * counts.size() * forks);
    try (ProgressBar progress =
        Commands.progress("peers", journal.found(), (long) chosen.size() * counts.size() * forks)) {
      for (int fork = 0; fork < forks; fork++) {
        for (Layer layer : chosen) {
          for (int t : counts) {
            if (done.contains(layer.name() + " " + t + " " + fork)) {
              continue;
            }
            progress.setExtraMessage(layer.name());
            Optional<PeerFork> measured = measureOne(layer, t, fork, effort, failed);
            if (measured.isPresent()) {
              journal.add(measured.get());
            }
            progress.step();
          }
        }
      }
    }
  }

  private static Optional<PeerFork> measureOne(
      Layer layer, int threads, int fork, TurnTaking.Effort effort, List<String> failed) {
    try {
      return Optional.of(PeerRunner.run(layer, threads, fork, effort));
    } catch (IOException e) {
      failed.add("FAILED " + e.getMessage());
      return Optional.empty();
    }
  }
}
