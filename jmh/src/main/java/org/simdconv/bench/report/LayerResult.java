package org.simdconv.bench.report;

import java.util.Locale;

/**
 * One measured layer with one number of threads.
 *
 * @param layer name
 * @param network network
 * @param kind convolution, depthwise, grouped or transposed
 * @param shape the shape, as {@code verify --shape} takes it
 * @param threads threads of a run
 * @param forks JVMs measured
 * @param iterations iterations of all forks
 * @param micros median time of a run over the iterations, microseconds
 * @param gflops median rate, GFLOP/s
 * @param gflopsLow smallest rate of an iteration
 * @param gflopsHigh largest rate of an iteration
 * @param peakGflops median FMA peak of as many threads, probed before each iteration in the same
 *     fork
 * @param percentOfPeak median share of that peak
 * @param verifiedOutputs outputs that each fork found equal to the reference bit for bit before it
 *     measured
 * @param outputs all outputs
 * @param flops operations of a run
 * @param compulsoryBytes bytes of input, weights and output
 * @param explanation what the plan decided
 */
public record LayerResult(
    String layer,
    String network,
    String kind,
    String shape,
    int threads,
    int forks,
    int iterations,
    double micros,
    double gflops,
    double gflopsLow,
    double gflopsHigh,
    double peakGflops,
    double percentOfPeak,
    long verifiedOutputs,
    long outputs,
    long flops,
    long compulsoryBytes,
    String explanation) {

  /** Operations a compulsory byte. */
  public double intensity() {
    return (double) flops / compulsoryBytes;
  }

  /** What was verified, in words. */
  public String verified() {
    return verifiedOutputs == outputs
        ? "all"
        : String.format(Locale.ROOT, "%,d of %,d", verifiedOutputs, outputs);
  }

  /** A line of the table on the terminal. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%-38s %2d %12.1f %9.1f %8.1f %6.1f%%   %s",
        layer,
        threads,
        micros,
        gflops,
        peakGflops,
        percentOfPeak,
        verified());
  }

  /** The head of that table. */
  public static String head() {
    return String.format(
        Locale.ROOT,
        "%-38s %2s %12s %9s %8s %7s   %s",
        "layer",
        "T",
        "us",
        "GFLOP/s",
        "peak",
        "of peak",
        "verified bit for bit");
  }
}
