package org.simdconv.bench.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.simdconv.bench.track.Benchmark;
import org.simdconv.bench.track.Comparison;
import org.simdconv.bench.track.Difference;
import org.simdconv.bench.track.Verdict;

/** A comparison of two runs as text, Markdown and JUnit XML. */
public final class Verdicts {
  private Verdicts() {}

  /** For the terminal. */
  public static String text(Comparison c) {
    StringBuilder text = new StringBuilder();
    text.append("base  ").append(c.base().header().title()).append('\n');
    text.append("new   ").append(c.next().header().title()).append('\n');
    c.notes().forEach(note -> text.append("note  ").append(note).append('\n'));
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-36s %2s %10s %10s %5s %8s %20s %8s  %s%n",
            "layer",
            "T",
            "base us",
            "new us",
            "cal",
            "change",
            "95% interval",
            "p",
            "verdict"));
    for (Difference d : c.differences()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-36s %2d %10.1f %10.1f %5.2f %8s %20s %8.4f  %s%n",
              d.benchmark().layer(),
              d.benchmark().threads(),
              d.baseMicros(),
              d.newMicros(),
              d.slope(),
              percent(d.change()),
              percent(d.low()) + " .. " + percent(d.high()),
              d.adjusted(),
              d.verdict()));
    }
    c.broken()
        .forEach(
            (b, why) -> text.append("FAILED ").append(b).append(": ").append(why).append('\n'));
    return text.append('\n').append(summary(c)).append('\n').toString();
  }

  /** The counts, and what a change is measured in. */
  public static String summary(Comparison c) {
    StringBuilder text = new StringBuilder();
    for (Verdict v :
        List.of(Verdict.SLOWER, Verdict.FASTER, Verdict.NO_CHANGE, Verdict.CANNOT_TELL)) {
      text.append(c.count(v)).append(' ').append(v).append(", ");
    }
    return text
        + (c.broken().isEmpty() ? "" : c.broken().size() + " FAILED, ")
        + String.format(
            Locale.ROOT,
            "with %.1f%% as the smallest change that matters. A change is one of the time, more is slower, adjusted"
                + " by the share 'cal' of the machine's own drift; p is corrected for %d benchmarks.",
            100 * c.least(),
            c.differences().size());
  }

  private static String percent(double change) {
    return Double.isInfinite(change)
        ? (change < 0 ? "-inf" : "+inf")
        : String.format(Locale.ROOT, "%+.1f%%", 100 * change);
  }

  /**
   * Appends the comparison as Markdown, as the summary file of GitHub's jobs wants it.
   *
   * @param file made if it is not there
   */
  public static void appendMarkdown(Comparison c, Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("### simdconv: ").append(c.worse() ? "slower" : "not slower").append("\n\n");
    text.append(escape(summary(c))).append("\n\n");
    text.append("base: ").append(escape(c.base().header().title())).append("  \n");
    text.append("new: ").append(escape(c.next().header().title())).append("\n\n");
    c.notes().forEach(note -> text.append("- ").append(escape(note)).append('\n'));
    c.broken()
        .forEach(
            (b, why) ->
                text.append("- **failed** ")
                    .append(escape(b.toString()))
                    .append(": ")
                    .append(escape(why))
                    .append('\n'));
    text.append(
        "\n| layer | threads | base, us | new, us | change | 95% interval | p | verdict |\n");
    text.append("|---|---:|---:|---:|---:|---:|---:|---|\n");
    for (Difference d : c.differences()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.1f | %.1f | %s | %s .. %s | %.4f | %s |%n",
              escape(d.benchmark().layer()),
              d.benchmark().threads(),
              d.baseMicros(),
              d.newMicros(),
              percent(d.change()),
              percent(d.low()),
              percent(d.high()),
              d.adjusted(),
              d.verdict() == Verdict.SLOWER || d.verdict() == Verdict.FASTER
                  ? "**" + d.verdict() + "**"
                  : d.verdict()));
    }
    Files.writeString(
        file,
        text.append('\n'),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String escape(String text) {
    return text.replaceAll("([\\\\|*_<>`\\[\\]])", "\\\\$1");
  }

  /** Writes the comparison as JUnit XML: a test case a benchmark, failed where it is slower. */
  public static void writeJunit(Comparison c, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "simdconv performance");
      xml.writeAttribute("timestamp", c.next().header().created());
      xml.writeAttribute("tests", Integer.toString(c.differences().size() + c.broken().size()));
      xml.writeAttribute("failures", Long.toString(c.count(Verdict.SLOWER)));
      xml.writeAttribute("errors", Integer.toString(c.broken().size()));
      xml.writeAttribute("skipped", Long.toString(c.count(Verdict.CANNOT_TELL)));
      for (Difference d : c.differences()) {
        String message =
            String.format(
                Locale.ROOT,
                "%s: %s, 95%% interval %s .. %s, corrected p %.4f",
                d.verdict(),
                percent(d.change()),
                percent(d.low()),
                percent(d.high()),
                d.adjusted());
        testCase(xml, d.benchmark(), d.newMicros() / 1e6);
        switch (d.verdict()) {
          case SLOWER -> element(xml, "failure", message);
          case CANNOT_TELL -> element(xml, "skipped", message);
          default -> {
            xml.writeStartElement("system-out");
            xml.writeCharacters(message);
            xml.writeEndElement();
          }
        }
        xml.writeEndElement();
      }
      for (Map.Entry<Benchmark, String> b : c.broken().entrySet()) {
        testCase(xml, b.getKey(), 0);
        element(xml, "error", b.getValue());
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(file + " could not be written: " + e.getMessage(), e);
    }
  }

  private static void testCase(XMLStreamWriter xml, Benchmark benchmark, double seconds)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "simdconv." + benchmark.layer().replace('/', '.'));
    xml.writeAttribute("name", benchmark.toString());
    xml.writeAttribute("time", String.format(Locale.ROOT, "%.9f", seconds));
  }

  private static void element(XMLStreamWriter xml, String name, String message)
      throws XMLStreamException {
    xml.writeEmptyElement(name);
    xml.writeAttribute("message", message);
  }
}
