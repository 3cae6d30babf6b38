package org.simdconv.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.simdconv.bench.peers.PeerTable;
import org.simdconv.bench.peers.PeersRecord;
import org.simdconv.bench.peers.SimdconvEngine;

/** The page of a comparison of engines, made from a record alone. */
public final class PeersPage {
  private PeersPage() {}

  /** Writes the page. */
  public static void write(PeersRecord record, Path file) throws IOException {
    PeerTable table = PeerTable.of(record);
    List<Map<String, Object>> sections = new ArrayList<>();
    List<Map<String, Object>> means = new ArrayList<>();
    for (int threads : table.threads()) {
      for (String kind : table.kinds()) {
        List<PeerTable.Row> rows = table.rows(kind, threads);
        if (rows.isEmpty()) {
          continue;
        }
        String name = Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
        String title = name + ", " + Page.threads(threads);
        sections.add(
            Map.of(
                "title",
                title,
                "bars",
                Charts.engines(rows, record.engines()),
                "rows",
                rows.stream().map(r -> row(r, table)).toList()));
        means.add(mean(title, table, r -> r.kind().equals(kind) && r.threads() == threads));
      }
      means.add(mean("All, " + Page.threads(threads), table, r -> r.threads() == threads));
    }
    List<String> failures = new ArrayList<>();
    for (PeerTable.Row row : table.rows()) {
      row.failures()
          .forEach(
              (id, why) ->
                  failures.add(
                      row.layer() + ", " + Page.threads(row.threads()) + ", " + id + ": " + why));
    }
    Map<String, Object> page = new HashMap<>();
    page.put("cpu", record.machine().cpu());
    page.put("jdk", record.machine().jdk());
    page.put("commit", record.build().shortCommit());
    page.put("created", record.created());
    page.put("machine", record.machine().toString());
    page.put("engines", record.engines());
    List<Map<String, Object>> keys = new ArrayList<>();
    for (int i = 0; i < record.engines().size(); i++) {
      keys.add(Map.of("id", record.engines().get(i).id(), "colour", Charts.colourOf(i)));
    }
    page.put("keys", keys);
    page.put("others", table.others());
    page.put("failed", !failures.isEmpty());
    page.put("failures", failures);
    page.put("means", means);
    page.put("sections", sections);
    Page.write("peers", page, file);
  }

  private static Map<String, Object> mean(
      String what, PeerTable table, Predicate<PeerTable.Row> which) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (PeersRecord.Engine engine : table.others()) {
      values.add(value(table.summary(engine.id(), which)));
    }
    Optional<PeerTable.Summary> best = table.summary("", which);
    values.add(value(best));
    return Map.of(
        "what",
        what,
        "values",
        values,
        "worst",
        best.map(s -> String.format(Locale.ROOT, "%.2f at %s", s.worst(), s.worstLayer()))
            .orElse(""));
  }

  private static Map<String, Object> value(Optional<PeerTable.Summary> summary) {
    return Map.of(
        "kind",
        summary.map(s -> kind(s.mean())).orElse(""),
        "text",
        summary.map(s -> String.format(Locale.ROOT, "%.2f", s.mean())).orElse("-"));
  }

  private static String kind(double ratio) {
    return ratio >= 1 ? "more" : "less";
  }

  private static Map<String, Object> row(PeerTable.Row r, PeerTable table) {
    Map<String, Object> row = new HashMap<>();
    PeerTable.Speed ours = r.speeds().get(SimdconvEngine.ID);
    row.put("layer", r.layer());
    row.put("micros", ours == null ? "-" : Page.number(ours.micros(), ours.micros() < 100 ? 1 : 0));
    row.put("gflops", ours == null ? "-" : Page.number(ours.gflops(), 1));
    row.put("percent", ours == null ? "-" : Page.number(ours.percentOfPeak(), 0));
    List<Map<String, Object>> ratios = new ArrayList<>();
    for (PeersRecord.Engine engine : table.others()) {
      ratios.add(ratio(r.ratios().get(engine.id()), true));
    }
    ratios.add(ratio(r.ratios().get(r.best()), false));
    row.put("ratios", ratios);
    return row;
  }

  private static Map<String, Object> ratio(PeerTable.@Nullable Ratio r, boolean spread) {
    return r == null
        ? Map.of("kind", "", "median", "-", "spread", "")
        : Map.of(
            "kind",
            kind(r.median()),
            "median",
            Page.number(r.median(), 2),
            "spread",
            spread ? Page.number(r.low(), 2) + "-" + Page.number(r.high(), 2) : "");
  }
}
