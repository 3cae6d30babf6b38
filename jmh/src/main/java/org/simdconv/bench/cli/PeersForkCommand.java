package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.simdconv.Numerics;
import org.simdconv.bench.layer.Layers;
import org.simdconv.bench.peers.PeerFork;
import org.simdconv.bench.peers.PeerRunner;
import org.simdconv.bench.peers.TurnTaking;
import org.simdconv.bench.report.Records;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a JVM does that {@link PeerRunner} starts. */
@Command(name = PeerRunner.COMMAND, hidden = true)
final class PeersForkCommand implements Callable<Integer> {
  @Option(names = "--layer", required = true)
  private String layer = "";

  @Option(names = "--threads", required = true)
  private int threads;

  @Option(names = "--fork", required = true)
  private int fork;

  @Option(names = "--turn-millis", required = true)
  private int turnMillis;

  @Option(names = "--rounds", required = true)
  private int rounds;

  @Option(names = "--seconds", required = true)
  private double seconds;

  @Option(names = "--numerics", required = true)
  private Numerics numerics = Numerics.REPRODUCIBLE;

  @Option(names = "--result", required = true)
  private Path result = Path.of("");

  @Override
  public Integer call() throws IOException {
    PeerFork measured =
        TurnTaking.measure(
            Layers.find(layer),
            threads,
            fork,
            new TurnTaking.Effort(turnMillis, rounds, seconds, numerics));
    Records.write(measured, result);
    return 0;
  }
}
