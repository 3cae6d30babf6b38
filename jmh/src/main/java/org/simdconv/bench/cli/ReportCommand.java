package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.simdconv.bench.report.BenchRecord;
import org.simdconv.bench.report.HtmlReport;
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
    BenchRecord read = BenchRecord.read(record);
    BenchCommand.print(read);
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
