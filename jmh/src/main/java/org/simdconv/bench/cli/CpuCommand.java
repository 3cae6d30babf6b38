package org.simdconv.bench.cli;

import java.util.concurrent.Callable;
import org.simdconv.bench.machine.Machine;
import picocli.CommandLine.Command;

/** Prints what the machine is and could do at most. */
@Command(
    name = "cpu",
    mixinStandardHelpOptions = true,
    description = "Prints CPU, caches, JDK, vector width, FMA peak and memory bandwidth.")
final class CpuCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    Main.requireVectorModule();
    System.out.print(Machine.probe());
    return 0;
  }
}
