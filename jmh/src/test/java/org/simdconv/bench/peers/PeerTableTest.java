package org.simdconv.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.simdconv.bench.report.PeersText;
import org.simdconv.bench.store.Build;
import org.simdconv.bench.track.Runs;

class PeerTableTest {
  private static final List<PeersRecord.Engine> ENGINES =
      List.of(
          new PeersRecord.Engine(SimdconvEngine.ID, "ours", false),
          new PeersRecord.Engine("slow", "slow", false),
          new PeersRecord.Engine("fast", "fast", false),
          new PeersRecord.Engine("own", "own layout", true),
          new PeersRecord.Engine("absent", "absent", false));

  private static PeerFork fork(String layer, boolean transposed, int fork, double... times) {
    List<PeerFork.Engine> engines = new ArrayList<>();
    for (int e = 0; e < times.length; e++) {
      // The machine's speed halves in the second round: ratios within a round do not notice.
      engines.add(
          new PeerFork.Engine(
              ENGINES.get(e).id(), "", 9, 9, List.of(times[e], 2 * times[e], times[e]), null));
    }
    engines.add(new PeerFork.Engine("absent", "", 0, 0, List.of(), "no such library"));
    return new PeerFork(
        layer, transposed, false, 1, fork, 1_000_000, List.of(100.0, 50.0, 100.0), engines);
  }

  private static PeerTable table() {
    return PeerTable.of(
        new PeersRecord(
            PeersRecord.SCHEMA,
            "now",
            new Build("c", "", "", false, ""),
            Runs.machine("x"),
            ENGINES,
            List.of(
                fork("a", false, 0, 20, 40, 30, 10),
                fork("a", false, 1, 20, 80, 36, 10),
                fork("a", false, 2, 20, 60, 44, 10),
                fork("b", true, 0, 20, 10, 40, 10))));
  }

  private static PeerTable.Speed speed(PeerTable.Row row) {
    return Objects.requireNonNull(row.speeds().get(SimdconvEngine.ID));
  }

  private static PeerTable.Ratio ratio(PeerTable.Row row, String engine) {
    return Objects.requireNonNull(row.ratios().get(engine));
  }

  @Test
  void ratiosAreMediansOfForksOfRounds() {
    PeerTable.Row a = table().rows("convolution", 1).getFirst();
    assertEquals(3, a.forks());
    assertEquals(20, speed(a).micros());
    assertEquals(50, speed(a).gflops(), 1e-9);
    assertEquals(50, speed(a).percentOfPeak(), 1e-9);
    assertEquals(3.0, ratio(a, "slow").median(), 1e-9);
    assertEquals(1.8, ratio(a, "fast").median(), 1e-9);
    assertEquals(0.5, ratio(a, "own").median(), 1e-9);
    assertTrue(ratio(a, "slow").low() < 3 && ratio(a, "slow").high() > 3);
    assertEquals("fast", a.best(), "an engine with a layout of its own is no user's choice");
    assertEquals("no such library", a.failures().get("absent"));
  }

  @Test
  void meansAreGeometric() {
    PeerTable table = table();
    PeerTable.Summary best = table.summary("", r -> true).orElseThrow();
    assertEquals(Math.sqrt(1.8 * 0.5), best.mean(), 1e-9);
    assertEquals(0.5, best.worst(), 1e-9);
    assertEquals("b", best.worstLayer());
    assertTrue(table.summary("absent", r -> true).isEmpty());
    String text = PeersText.of(table);
    assertTrue(
        text.contains("no such library") && text.contains("transposed convolution, 1 thread"),
        text);
  }
}
