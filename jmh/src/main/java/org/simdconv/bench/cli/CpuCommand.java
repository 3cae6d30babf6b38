package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.simdconv.bench.machine.Limits;
import org.simdconv.bench.machine.Machine;
import org.simdconv.bench.report.BenchRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what the machine is and could do at most. */
@Command(
    name = "cpu",
    mixinStandardHelpOptions = true,
    description =
        "Prints CPU, caches and JDK, and measures FMA peaks by vector width, bandwidths of caches and memory, and scaling.")
final class CpuCommand implements Callable<Integer> {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write a record without layers, for compare-machines")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    Main.requireVectorModule();
    Machine machine = Machine.describe();
    System.out.print(machine);
    Limits limits = Commands.limits(machine);
    System.out.print(limits);
    if (json != null) {
      BenchRecord.of(machine, limits, List.of(), List.of()).write(json);
    }
    return 0;
  }
}
