package org.simdconv.bench.track;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares two runs.
 *
 * <p>A fork gives two numbers: the time of a run of the kernel, and the time of a fixed piece of
 * work beside it ({@link org.simdconv.bench.machine.Calibration}), each a median over the
 * iterations, both as logarithms. How much of the machine's drift a kernel shares depends on what
 * limits it: all of it where the multiply-add units do, little where memory does. So the time is
 * adjusted by as much of the calibration as the forks of one run show: the median slope over their
 * pairs (H. Theil 1950, P. K. Sen 1968), kept within 0 .. 1; and 1 where the machine was too steady
 * to tell.
 *
 * <p>Iterations of a fork are not independent (they share the code that C2 made and the places of
 * the arrays), forks are; so samples are of forks. Two samples are compared by the Mann-Whitney U
 * test with exact p-values, which is indifferent to outliers and to the shape of the noise; the
 * change is the Hodges-Lehmann estimate, its interval the shifts that the test does not refuse. As
 * many benchmarks give as many chances to be wrong, p-values are corrected (Y. Benjamini, Y.
 * Hochberg, Journal of the Royal Statistical Society B 57, 1995).
 *
 * <p>With <em>d</em> the smallest change that matters:
 *
 * <ul>
 *   <li>slower or faster: the corrected p-value is at most 0.05, and the estimate at least d / 2,
 *       since the estimate of a true change of d falls on either side of it;
 *   <li>no change: not so, and the 95% interval lies within -d .. d;
 *   <li>cannot tell: neither; more forks are needed.
 * </ul>
 *
 * <p>Measured (JDK 25, 2 shared cores, six runs of one build within an hour by {@code track --forks
 * 8}, 21 layers, d = 5%): of all 15 pairs of runs, 315 comparisons, 8 gave a false "slower" or
 * "faster", none in the three pairs of successive runs; by the clock alone 83 did, with the whole
 * calibration 13. Of changes of 5% in 10 layers (property {@code simdconv.bench.waste}) 76% were
 * found; by the clock alone 38%, with the whole calibration 71%. With the 16 forks of the default,
 * three runs with 10% wasted against one without: 30 of 30 found.
 *
 * @param base the one run
 * @param next the other
 * @param least smallest change that matters, 0.05 for 5%
 * @param differences benchmarks of both runs, in the order of the one
 * @param notes what a reader has to know: benchmarks of one run only, other JDKs, unfinished runs
 * @param broken benchmarks of the new run without a number, and why
 */
public record Comparison(
    Run base,
    Run next,
    double least,
    List<Difference> differences,
    List<String> notes,
    Map<Benchmark, String> broken) {

  /** Probability of a verdict of "slower" or "faster" where nothing has changed. */
  public static final double ALPHA = 0.05;

  // The calibration has noise of its own, 1.5% from fork to fork on a machine that does not drift:
  // from pairs that differ by little more, any slope would come out too small.
  private static final double LEAST_DRIFT = 0.08;
  private static final int FEWEST_PAIRS = 6;

  /** Forks of each run below which there is no verdict. */
  public static final int FEWEST_FORKS = 4;

  /**
   * Compares.
   *
   * @param across compare even runs of different machines or calibrations
   * @throws IllegalArgumentException if the runs are not comparable
   */
  public static Comparison of(Run base, Run next, double least, boolean across) {
    List<String> notes = new ArrayList<>();
    comparable(base, next, across, notes);
    Map<Benchmark, List<ForkLine>> before = base.forks();
    Map<Benchmark, List<ForkLine>> after = next.forks();
    List<Difference> raw = new ArrayList<>();
    for (Map.Entry<Benchmark, List<ForkLine>> entry : before.entrySet()) {
      Benchmark benchmark = entry.getKey();
      List<ForkLine> other = after.get(benchmark);
      if (other == null) {
        notes.add("only in the base: " + benchmark);
      } else if (!entry.getValue().isEmpty() && !other.isEmpty()) {
        raw.add(difference(benchmark, entry.getValue(), other));
      }
    }
    for (Benchmark benchmark : after.keySet()) {
      if (!before.containsKey(benchmark)) {
        notes.add("only in the new run: " + benchmark);
      }
    }
    base.failures().forEach((b, why) -> notes.add("failed in the base: " + b + ": " + why));
    if (raw.isEmpty() && next.failures().isEmpty()) {
      throw new IllegalArgumentException(
          "runs " + base.header().id() + " and " + next.header().id() + " share no benchmark");
    }
    return new Comparison(
        base, next, least, judge(raw, least), notes, new LinkedHashMap<>(next.failures()));
  }

  private static void comparable(Run base, Run next, boolean across, List<String> notes) {
    RunHeader b = base.header();
    RunHeader n = next.header();
    if (!b.machine().sameHardware(n.machine())) {
      String both =
          "the base was measured on "
              + b.machine().hardware()
              + "; the new run on "
              + n.machine().hardware();
      if (!across) {
        throw new IllegalArgumentException(
            "the runs are of different machines: "
                + both
                + ". A difference would be the machine's: compare machines with compare-machines,"
                + " or force it with --across");
      }
      notes.add("different machines: " + both);
    }
    if (b.calibration() != n.calibration()) {
      throw new IllegalArgumentException(
          "the runs have different calibrations, "
              + b.calibration()
              + " and "
              + n.calibration()
              + "; measure the base again");
    }
    if (!b.machine().jdk().equals(n.machine().jdk())) {
      notes.add("different JDKs: " + b.machine().jdk() + "; " + n.machine().jdk());
    }
    if (!b.machine().jvmFlags().equals(n.machine().jvmFlags())) {
      notes.add(
          "different JVM flags: "
              + String.join(" ", b.machine().jvmFlags())
              + "; "
              + String.join(" ", n.machine().jvmFlags()));
    }
    if (!b.effort().equals(n.effort())) {
      notes.add("different effort: " + b.effort() + "; " + n.effort());
    }
    for (Run run : List.of(base, next)) {
      if (!run.complete()) {
        notes.add(
            "unfinished: " + run.header().id() + (run.cut() ? ", its last line is cut off" : ""));
      }
    }
    if (base.file().equals(next.file())) {
      notes.add("a run compared with itself");
    }
  }

  private static Difference difference(
      Benchmark benchmark, List<ForkLine> base, List<ForkLine> next) {
    double slope = slope(List.of(base, next));
    double[] b = base.stream().mapToDouble(f -> f.adjusted(slope)).toArray();
    double[] n = next.stream().mapToDouble(f -> f.adjusted(slope)).toArray();
    Difference.Shift shift = Difference.shift(b, n, ALPHA);
    return new Difference(
        benchmark,
        Verdict.CANNOT_TELL,
        Math.expm1(shift.estimate()),
        Math.expm1(shift.low()),
        Math.expm1(shift.high()),
        shift.p(),
        1,
        slope,
        b.length,
        n.length,
        ForkLine.median(base.stream().mapToDouble(ForkLine::micros).toArray()),
        ForkLine.median(next.stream().mapToDouble(ForkLine::micros).toArray()));
  }

  /** How much of the calibration's change a benchmark shares, by all its forks in some runs. */
  public static double slope(Benchmark benchmark, List<Run> runs) {
    return slope(runs.stream().map(r -> r.forks().getOrDefault(benchmark, List.of())).toList());
  }

  /**
   * The same: the median over the pairs of forks of one run of the change of the one time over that
   * of the other, as logarithms.
   */
  static double slope(List<List<ForkLine>> runs) {
    List<Double> slopes = new ArrayList<>();
    for (List<ForkLine> forks : runs) {
      for (int i = 0; i < forks.size(); i++) {
        for (int j = 0; j < i; j++) {
          double x = Math.log(forks.get(i).calibration() / forks.get(j).calibration());
          double ratio = Math.log(forks.get(i).calibrated() / forks.get(j).calibrated());
          if (Math.abs(x) > LEAST_DRIFT) {
            slopes.add(1 + ratio / x);
          }
        }
      }
    }
    if (slopes.size() < FEWEST_PAIRS) {
      return 1;
    }
    double median = ForkLine.median(slopes.stream().mapToDouble(Double::doubleValue).toArray());
    return Math.clamp(median, 0.0, 1.0);
  }

  /** Corrects the p-values and gives the verdicts. */
  private static List<Difference> judge(List<Difference> raw, double least) {
    List<Difference> byP = new ArrayList<>(raw);
    byP.sort(Comparator.comparingDouble(Difference::p).reversed());
    Map<Benchmark, Double> adjusted = new LinkedHashMap<>();
    double smallest = 1;
    for (int i = 0; i < byP.size(); i++) {
      int rank = byP.size() - i;
      smallest = Math.min(smallest, byP.get(i).p() * byP.size() / rank);
      adjusted.put(byP.get(i).benchmark(), smallest);
    }
    List<Difference> judged = new ArrayList<>();
    for (Difference d : raw) {
      double p = adjusted.getOrDefault(d.benchmark(), 1.0);
      judged.add(
          new Difference(
              d.benchmark(),
              verdict(d, p, least),
              d.change(),
              d.low(),
              d.high(),
              d.p(),
              p,
              d.slope(),
              d.baseForks(),
              d.newForks(),
              d.baseMicros(),
              d.newMicros()));
    }
    return judged;
  }

  private static Verdict verdict(Difference d, double p, double least) {
    if (Math.min(d.baseForks(), d.newForks()) < FEWEST_FORKS) {
      return Verdict.CANNOT_TELL;
    }
    if (p <= ALPHA && Math.abs(d.change()) >= least / 2) {
      return d.change() > 0 ? Verdict.SLOWER : Verdict.FASTER;
    }
    return d.low() > -least && d.high() < least ? Verdict.NO_CHANGE : Verdict.CANNOT_TELL;
  }

  /** How many benchmarks got a verdict. */
  public long count(Verdict verdict) {
    return differences.stream().filter(d -> d.verdict() == verdict).count();
  }

  /** Whether something is slower, or has no number any more. */
  public boolean worse() {
    return count(Verdict.SLOWER) > 0 || !broken.isEmpty();
  }
}
