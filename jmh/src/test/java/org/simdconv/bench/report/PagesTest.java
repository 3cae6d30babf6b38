package org.simdconv.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.simdconv.bench.machine.Limits;
import org.simdconv.bench.store.Build;
import org.simdconv.bench.track.Comparison;
import org.simdconv.bench.track.Run;
import org.simdconv.bench.track.Runs;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class PagesTest {
  @TempDir private Path folder = Path.of("");

  private static BenchRecord record(String cpu, double peak, double memory, double gflops) {
    LayerResult layer =
        new LayerResult(
            "net/layer",
            "net",
            "convolution",
            "conv",
            1,
            1,
            5,
            10,
            gflops,
            gflops,
            gflops,
            peak,
            100 * gflops / peak,
            9,
            9,
            1_000,
            100,
            "explained");
    return new BenchRecord(
        BenchRecord.SCHEMA,
        "2026-01-01T00:00:00Z",
        "exact",
        new Build("abc", "", "", false, ""),
        Runs.machine(cpu),
        new Limits(
            List.of(new Limits.Width(512, peak, 2 * peak, true, 0, 16)),
            List.of(
                new Limits.Level("L1", 24, 400, 800, 200, 400),
                new Limits.Level(Limits.MEMORY, 1000, memory, memory, 1, 1)),
            List.of(new Limits.Scaling(1, peak, memory), new Limits.Scaling(2, 2 * peak, memory))),
        List.of(layer),
        List.of());
  }

  @Test
  void aDifferenceOfMachinesIsExplained() throws IOException {
    assertEquals("the peak (2.00)", MachinesPage.why(1.95, 2, 1));
    assertEquals("the memory (1.50)", MachinesPage.why(1.45, 3, 1.5));
    assertEquals(
        "peak 2.00, and the kernel uses 0.50 times the share of it", MachinesPage.why(1, 2, 3));
    List<BenchRecord> records =
        List.of(record("slow & <old>", 100, 10, 50), record("fast", 200, 15, 98));
    String reasons = String.join("\n", MachinesPage.reasons(records));
    assertTrue(reasons.contains("peak of one thread is 2.00 times: 1.00 by the width"), reasons);
    assertTrue(reasons.contains("memory 1.50"), reasons);
    Path page = folder.resolve("machines.html");
    MachinesPage.write(records, page);
    String html = Files.readString(page);
    assertTrue(html.contains("slow &amp; &lt;old&gt;") && html.contains("the peak (2.00)"), "");
    assertTrue(html.contains("1.96") && html.contains("<svg"));
    assertFalse(html.contains("src=\"http"), "not self-contained");
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(IOException.class, () -> BenchRecord.read(file)).getMessage());
  }

  @Test
  void recordsOfAnotherKindAreRefusedAndLeftAlone() throws IOException {
    Path file = folder.resolve("record.json");
    record("x", 1, 1, 1).write(file);
    assertEquals(record("x", 1, 1, 1), BenchRecord.read(file));
    String whole = Files.readString(file);
    for (String broken :
        List.of(
            whole.substring(0, whole.length() / 2),
            whole.replace("simdconv-bench/2", "simdconv-bench/1"),
            whole.replace("\"limits\"", "\"other\""),
            whole.replace("\"widths\": [", "\"widths\": 7, \"w\": ["),
            "[]",
            "{}",
            "",
            "not JSON")) {
      Files.writeString(file, broken);
      String message = refusal(file);
      assertTrue(message.contains("record.json is "), message);
      assertEquals(broken, Files.readString(file));
    }
    assertTrue(refusal(folder.resolve("none")).contains("there is no file"));
  }

  @Test
  void theTrendShowsRunsAndChanges() throws IOException {
    List<Run> runs =
        List.of(
            Runs.run("first", "x", 6, 0.01, 1, 1, 1),
            Runs.run("second", "x", 6, 0.01, 2, 1, 1.2),
            Runs.run("elsewhere", "y", 6, 0.01, 3, 1, 1),
            Runs.run("third", "x", 6, 0.01, 4, 1, 1));
    Path page = folder.resolve("trend.html");
    TrendPage.write(runs, 0.05, List.of("broken.jsonl is broken"), page);
    String html = Files.readString(page);
    assertTrue(html.contains("class=\"slower\">+") && html.contains("class=\"faster\">-"));
    assertTrue(
        html.contains("broken.jsonl is broken") && html.contains("1 run(s) of other machines"));
    assertThrows(
        IllegalArgumentException.class, () -> TrendPage.write(List.of(), 0.05, List.of(), page));
  }

  @Test
  void ciSystemsGetWhatTheyRead() throws IOException, ParserConfigurationException, SAXException {
    Comparison c =
        Comparison.of(
            Runs.run("a|b", "x", 8, 0.01, 1, 1, 1, 1),
            Runs.run("c", "x", 8, 0.01, 2, 1, 1.2, 0.8),
            0.05,
            false);
    Path junit = folder.resolve("junit.xml");
    Verdicts.writeJunit(c, junit);
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(junit))))
            .getDocumentElement();
    assertEquals("3", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals(3, suite.getElementsByTagName("testcase").getLength());
    assertTrue(
        ((Element) suite.getElementsByTagName("failure").item(0))
            .getAttribute("message")
            .startsWith("slower: +"));
    Path markdown = folder.resolve("summary.md");
    Files.writeString(markdown, "what another step wrote\n");
    Verdicts.appendMarkdown(c, markdown);
    String text = Files.readString(markdown);
    assertTrue(text.startsWith("what another step wrote\n### simdconv: slower"), text);
    assertTrue(text.contains("a\\|b") && text.contains("**faster**"), text);
  }
}
