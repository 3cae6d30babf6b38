package org.simdconv.bench.track;

import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * The difference of two runs in one benchmark. Changes are relative, 0.05 is 5% more time, and
 * those of times adjusted by the calibration beside them.
 *
 * @param benchmark benchmark
 * @param verdict verdict
 * @param change estimate of the change (Hodges and Lehmann, Annals of Mathematical Statistics 34,
 *     1963)
 * @param low lower end of its confidence interval
 * @param high upper end
 * @param p two-sided p-value of the Mann-Whitney U test
 * @param adjusted the same, corrected for the number of benchmarks
 * @param slope share of the calibration that the times were adjusted by, 0 .. 1
 * @param baseForks forks of the one run
 * @param newForks forks of the other
 * @param baseMicros median time of the one run as the clock told it, microseconds
 * @param newMicros of the other
 */
public record Difference(
    Benchmark benchmark,
    Verdict verdict,
    double change,
    double low,
    double high,
    double p,
    double adjusted,
    double slope,
    int baseForks,
    int newForks,
    double baseMicros,
    double newMicros) {

  /** What is known of the logarithm of the ratio of two samples' times. */
  record Shift(double estimate, double low, double high, double p) {}

  /**
   * Estimates by how much one sample lies above another, without any assumption on their shape
   * other than that it is the same.
   *
   * @param base logarithms of times, one a fork
   * @param next logarithms of times, one a fork
   * @param alpha 1 less the confidence
   */
  static Shift shift(double[] base, double[] next, double alpha) {
    double[] differences = new double[base.length * next.length];
    int n = 0;
    for (double b : base) {
      for (double x : next) {
        differences[n++] = x - b;
      }
    }
    java.util.Arrays.sort(differences);
    // The interval holds the shifts that the test does not refuse. Between two neighbouring
    // differences its p-value is constant, and it grows towards the middle.
    int first = 0;
    int last = n / 2;
    while (first < last) {
      int middle = (first + last) / 2;
      double inside = (differences[middle] + differences[middle + 1]) / 2;
      if (p(base, next, inside) > alpha) {
        last = middle;
      } else {
        first = middle + 1;
      }
    }
    // Left of the first difference lies infinity: it is refused, or nothing is.
    boolean refusable = p(base, next, differences[0] - 1) <= alpha;
    return new Shift(
        ForkLine.median(differences),
        refusable ? differences[first] : Double.NEGATIVE_INFINITY,
        refusable ? differences[n - 1 - first] : Double.POSITIVE_INFINITY,
        p(base, next, 0));
  }

  private static double p(double[] base, double[] next, double shift) {
    // The statistic is the number of pairs in which the second sample is the larger by more than
    // mu.
    return MannWhitneyUTest.withDefaults().withMu(shift).test(next, base).getPValue();
  }
}
