package org.simdconv.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page: one static file with its pictures inside, made from a record alone. */
public final class HtmlReport {
  private HtmlReport() {}

  /** Writes the page. */
  public static void write(BenchRecord record, Path file) throws IOException {
    List<Integer> threads =
        record.results().stream().map(LayerResult::threads).distinct().sorted().toList();
    List<Map<String, Object>> sections = new ArrayList<>();
    for (int t : threads) {
      Map<String, Object> section = new HashMap<>();
      section.put("threads", Page.threads(t));
      section.put("roofline", Charts.roofline(record.limits(), record.results(), t));
      section.put("bars", Charts.bars(record.results(), t));
      section.put(
          "rows",
          record.results().stream().filter(r -> r.threads() == t).map(HtmlReport::row).toList());
      sections.add(section);
    }
    Map<String, Object> page = new HashMap<>();
    page.put("created", record.created());
    page.put("numerics", record.numerics());
    page.put("machine", record.machine().toString() + record.limits());
    page.put("cpu", record.machine().cpu());
    page.put("jdk", record.machine().jdk());
    page.put("sections", sections);
    page.put("count", record.results().size());
    page.put("failures", record.failures());
    page.put("failed", !record.failures().isEmpty());
    Page.write("report", page, file);
  }

  private static Map<String, Object> row(LayerResult r) {
    Map<String, Object> row = new HashMap<>();
    row.put("layer", r.layer());
    row.put("shape", r.shape());
    row.put("kind", r.kind());
    row.put("micros", Page.number(r.micros(), r.micros() < 100 ? 1 : 0));
    row.put("gflops", Page.number(r.gflops(), 1));
    row.put("spread", Page.number(r.gflopsLow(), 0) + " to " + Page.number(r.gflopsHigh(), 0));
    row.put("percent", Page.number(r.percentOfPeak(), 0));
    row.put("verified", r.verified());
    row.put("explanation", r.explanation());
    return row;
  }
}
