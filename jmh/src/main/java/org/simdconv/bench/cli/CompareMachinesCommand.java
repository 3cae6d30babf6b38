package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.simdconv.bench.report.BenchRecord;
import org.simdconv.bench.report.MachinesPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one page of the records of several machines. */
@Command(
    name = "compare-machines",
    mixinStandardHelpOptions = true,
    description = {
      "Compares machines, or JDKs, by the records that 'bench' or 'cpu --json' wrote on them: limits, rooflines, layers,"
          + " and what explains the difference.",
      "The first record is what the others are compared with."
    })
final class CompareMachinesCommand implements Callable<Integer> {
  @Parameters(arity = "2..*", paramLabel = "RECORD", description = "records, two or more")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "machines.html",
      description = "page to write; default: ${DEFAULT-VALUE}")
  private Path output = Path.of("");

  @Override
  public Integer call() throws IOException {
    List<BenchRecord> records = new ArrayList<>();
    for (Path file : files) {
      records.add(BenchRecord.read(file));
    }
    MachinesPage.write(records, output);
    MachinesPage.reasons(records).forEach(System.out::println);
    System.out.println("page: " + output.toAbsolutePath().normalize());
    return 0;
  }
}
