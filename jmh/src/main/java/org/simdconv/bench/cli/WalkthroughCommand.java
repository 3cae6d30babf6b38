package org.simdconv.bench.cli;

import java.util.concurrent.Callable;
import org.simdconv.bench.demo.Walkthrough;
import picocli.CommandLine.Command;

/** A convolution, its matrix, the transpose and its phases, in numbers. */
@Command(
    name = "walkthrough",
    mixinStandardHelpOptions = true,
    description =
        "Walks from a convolution to its matrix C, to C^T, to a transposed convolution and its phases, with"
            + " the numbers.")
final class WalkthroughCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    Main.requireVectorModule();
    System.out.print(Walkthrough.text());
    return 0;
  }
}
