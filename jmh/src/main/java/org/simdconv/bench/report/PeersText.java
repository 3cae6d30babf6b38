package org.simdconv.bench.report;

import java.util.Locale;
import java.util.Optional;
import org.simdconv.bench.peers.PeerTable;
import org.simdconv.bench.peers.PeersRecord;
import org.simdconv.bench.peers.SimdconvEngine;

/** A comparison of engines as tables for the terminal. */
public final class PeersText {
  private PeersText() {}

  /** The tables. */
  public static String of(PeerTable table) {
    StringBuilder text = new StringBuilder();
    text.append(
            "Ratios are our speed over the other's, above 1 we are faster: median of the forks' medians over")
        .append(" rounds (quartiles of all rounds).\n");
    for (PeersRecord.Engine engine : table.engines()) {
      text.append(String.format(Locale.ROOT, "  %-15s %s%n", engine.id(), engine.description()));
    }
    for (String kind : table.kinds()) {
      for (int threads : table.threads()) {
        if (!table.rows(kind, threads).isEmpty()) {
          section(text, table, kind, threads);
        }
      }
    }
    for (int threads : table.threads()) {
      for (PeersRecord.Engine engine : table.others()) {
        table
            .summary(engine.id(), r -> r.threads() == threads)
            .ifPresent(s -> summary(text, "all layers, " + threads + "T", engine.id(), s));
      }
      table
          .summary("", r -> r.threads() == threads)
          .ifPresent(s -> summary(text, "all layers, " + threads + "T", "best of NCHW", s));
    }
    return text.toString();
  }

  private static void section(StringBuilder text, PeerTable table, String kind, int threads) {
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s, %d thread(s)%n%-36s %9s %7s %6s",
            kind,
            threads,
            "layer",
            "us",
            "GFLOP/s",
            "peak"));
    table.others().forEach(e -> text.append(String.format(Locale.ROOT, " %18s", e.id())));
    text.append(String.format(Locale.ROOT, " %7s%n", "best"));
    for (PeerTable.Row row : table.rows(kind, threads)) {
      PeerTable.Speed ours = row.speeds().get(SimdconvEngine.ID);
      text.append(
          ours == null
              ? String.format(Locale.ROOT, "%-36s %24s", row.layer(), "no number")
              : String.format(
                  Locale.ROOT,
                  "%-36s %9.1f %7.1f %5.1f%%",
                  row.layer(),
                  ours.micros(),
                  ours.gflops(),
                  ours.percentOfPeak()));
      for (PeersRecord.Engine engine : table.others()) {
        PeerTable.Ratio r = row.ratios().get(engine.id());
        text.append(
            String.format(
                Locale.ROOT,
                " %18s",
                r == null
                    ? "-"
                    : String.format(
                        Locale.ROOT, "%.2f (%.2f-%.2f)", r.median(), r.low(), r.high())));
      }
      Optional<PeerTable.Ratio> best = row.overBest();
      text.append(
          best.isEmpty()
              ? String.format(Locale.ROOT, " %7s%n", "-")
              : String.format(Locale.ROOT, " %7.2f%n", best.get().median()));
      row.failures()
          .forEach((id, why) -> text.append("  ").append(id).append(": ").append(why).append('\n'));
    }
    String what = kind + ", " + threads + "T";
    for (PeersRecord.Engine engine : table.others()) {
      table
          .summary(engine.id(), r -> r.kind().equals(kind) && r.threads() == threads)
          .ifPresent(s -> summary(text, what, engine.id(), s));
    }
    table
        .summary("", r -> r.kind().equals(kind) && r.threads() == threads)
        .ifPresent(s -> summary(text, what, "best of NCHW", s));
  }

  private static void summary(StringBuilder text, String what, String engine, PeerTable.Summary s) {
    text.append(
        String.format(
            Locale.ROOT,
            "geometric mean over %-27s %-18s %.3f over %d layers, worst %.2f at %s%n",
            what + ":",
            engine,
            s.mean(),
            s.layers(),
            s.worst(),
            s.worstLayer()));
  }
}
