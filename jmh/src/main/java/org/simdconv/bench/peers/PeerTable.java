package org.simdconv.bench.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * The comparison in numbers. A ratio is our speed over another engine's: the other's time over
 * ours, round by round; above 1 we are faster. Of the rounds of a fork the median counts, and of
 * the forks the median.
 *
 * @param rows a layer with a number of threads each
 * @param engines the engines, ours first
 */
public record PeerTable(List<Row> rows, List<PeersRecord.Engine> engines) {

  /**
   * A layer.
   *
   * @param layer layer
   * @param kind what it is, for a heading
   * @param threads threads
   * @param forks JVMs
   * @param flops operations of a run
   * @param peak median FMA peak, GFLOP/s
   * @param speeds speed of each engine that has one
   * @param ratios our speed over that of each other engine
   * @param best the fastest other engine of those with the user's layout, or empty
   * @param failures why engines have no number
   */
  public record Row(
      String layer,
      String kind,
      int threads,
      int forks,
      long flops,
      double peak,
      Map<String, Speed> speeds,
      Map<String, Ratio> ratios,
      String best,
      Map<String, String> failures) {

    /** Our speed over that of the fastest other engine with the user's layout. */
    public Optional<Ratio> overBest() {
      return Optional.ofNullable(ratios.get(best));
    }
  }

  /**
   * A speed.
   *
   * @param micros median time of a run, microseconds
   * @param gflops its rate, GFLOP/s
   * @param percentOfPeak share of the peak
   */
  public record Speed(double micros, double gflops, double percentOfPeak) {}

  /**
   * A ratio of speeds.
   *
   * @param median median over forks of the medians over rounds
   * @param low lower quartile over all rounds
   * @param high upper quartile
   */
  public record Ratio(double median, double low, double high) {}

  /** Computes it. */
  public static PeerTable of(PeersRecord record) {
    Map<String, List<PeerFork>> groups = new LinkedHashMap<>();
    for (PeerFork fork : record.forks()) {
      groups.computeIfAbsent(fork.layer() + " " + fork.threads(), k -> new ArrayList<>()).add(fork);
    }
    return new PeerTable(
        groups.values().stream().map(forks -> row(forks, record.engines())).toList(),
        record.engines());
  }

  private static Row row(List<PeerFork> forks, List<PeersRecord.Engine> engines) {
    PeerFork first = forks.getFirst();
    double peak = median(forks, f -> OptionalDouble.of(median(f.peaks())));
    Map<String, Speed> speeds = new LinkedHashMap<>();
    Map<String, Ratio> ratios = new LinkedHashMap<>();
    Map<String, String> failures = new LinkedHashMap<>();
    String best = "";
    for (PeersRecord.Engine engine : engines) {
      String id = engine.id();
      for (PeerFork fork : forks) {
        String why = engine(fork, id).map(PeerFork.Engine::failure).orElse(null);
        if (why != null) {
          failures.put(id, why);
        }
      }
      double micros =
          median(
              forks,
              f -> {
                List<Double> times = micros(f, id);
                return times.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(median(times));
              });
      if (Double.isNaN(micros)) {
        continue;
      }
      double gflops = first.flops() / micros / 1e3;
      speeds.put(id, new Speed(micros, gflops, 100 * gflops / peak));
      if (id.equals(SimdconvEngine.ID)) {
        continue;
      }
      ratio(forks, id).ifPresent(r -> ratios.put(id, r));
      Speed fastest = speeds.get(best);
      if (!engine.ownLayout() && (fastest == null || micros < fastest.micros())) {
        best = id;
      }
    }
    return new Row(
        first.layer(),
        first.kind(),
        first.threads(),
        forks.size(),
        first.flops(),
        peak,
        speeds,
        ratios,
        best,
        failures);
  }

  private static Optional<Ratio> ratio(List<PeerFork> forks, String id) {
    List<Double> all = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    for (PeerFork fork : forks) {
      List<Double> ours = micros(fork, SimdconvEngine.ID);
      List<Double> theirs = micros(fork, id);
      if (ours.isEmpty() || ours.size() != theirs.size()) {
        continue;
      }
      List<Double> rounds = new ArrayList<>();
      for (int i = 0; i < ours.size(); i++) {
        rounds.add(theirs.get(i) / ours.get(i));
      }
      medians.add(median(rounds));
      all.addAll(rounds);
    }
    if (medians.isEmpty()) {
      return Optional.empty();
    }
    double[] quartiles = Quantile.withDefaults().evaluate(array(all), 0.25, 0.75);
    return Optional.of(new Ratio(median(medians), quartiles[0], quartiles[1]));
  }

  private static Optional<PeerFork.Engine> engine(PeerFork fork, String id) {
    return fork.engines().stream().filter(e -> e.id().equals(id)).findFirst();
  }

  private static List<Double> micros(PeerFork fork, String id) {
    return engine(fork, id).map(PeerFork.Engine::micros).orElse(List.of());
  }

  private static double median(List<PeerFork> forks, Function<PeerFork, OptionalDouble> value) {
    double[] values =
        forks.stream()
            .map(value)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    return values.length == 0 ? Double.NaN : Quantile.withDefaults().evaluate(values, 0.5);
  }

  private static double median(List<Double> values) {
    return Quantile.withDefaults().evaluate(array(values), 0.5);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The thread counts of the rows. */
  public List<Integer> threads() {
    return rows.stream().map(Row::threads).distinct().sorted().toList();
  }

  /** What the rows are, in their order. */
  public List<String> kinds() {
    return rows.stream().map(Row::kind).distinct().toList();
  }

  /** Rows of a kind and a number of threads. */
  public List<Row> rows(String kind, int threads) {
    return rows.stream().filter(r -> r.kind().equals(kind) && r.threads() == threads).toList();
  }

  /**
   * Geometric mean and smallest of the ratios to an engine.
   *
   * @param mean geometric mean
   * @param worst smallest
   * @param worstLayer where it is
   * @param layers how many there are
   */
  public record Summary(double mean, double worst, String worstLayer, int layers) {}

  /** The ratios to an engine, or with an empty name to the best on each layer. */
  public Optional<Summary> summary(String engine, Predicate<Row> which) {
    double logs = 0;
    double worst = Double.POSITIVE_INFINITY;
    String layer = "";
    int n = 0;
    for (Row row : rows) {
      Ratio ratio = row.ratios().get(engine.isEmpty() ? row.best() : engine);
      if (ratio != null && which.test(row)) {
        logs += Math.log(ratio.median());
        n++;
        if (ratio.median() < worst) {
          worst = ratio.median();
          layer = row.layer();
        }
      }
    }
    return n == 0
        ? Optional.empty()
        : Optional.of(new Summary(Math.exp(logs / n), worst, layer, n));
  }

  /** Engines other than ours. */
  public List<PeersRecord.Engine> others() {
    return engines.stream().filter(e -> !e.id().equals(SimdconvEngine.ID)).toList();
  }

  /** Speeds as an array of percent of the peak, for pictures; NaN where there is none. */
  public static double[] percents(List<Row> rows, String engine) {
    double[] values = new double[rows.size()];
    Arrays.setAll(
        values,
        i -> {
          Speed speed = rows.get(i).speeds().get(engine);
          return speed == null ? Double.NaN : speed.percentOfPeak();
        });
    return values;
  }
}
