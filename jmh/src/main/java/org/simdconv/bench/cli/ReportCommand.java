package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.simdconv.bench.report.BenchRecord;
import org.simdconv.bench.report.HtmlReport;
import org.simdconv.bench.report.LayerResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes table and page again from a record. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Prints the table of a JSON record and makes its HTML page again.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RECORD", description = "JSON record that 'bench' wrote")
  private Path record = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "page to write; default: beside the record")
  private Path output = Path.of("");

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(record)) {
      throw new IOException("there is no file " + record);
    }
    BenchRecord read = BenchRecord.read(record);
    System.out.println(LayerResult.head());
    read.results().forEach(r -> System.out.println(r.line()));
    read.failures()
        .forEach(f -> System.out.println(f.layer() + " " + f.threads() + "T: " + f.reason()));
    Path page =
        output.toString().isEmpty()
            ? record.resolveSibling(
                record.getFileName().toString().replaceFirst("\\.json$", "") + ".html")
            : output;
    HtmlReport.write(read, page);
    System.out.println("page: " + page.toAbsolutePath());
    return 0;
  }
}
