package org.simdconv.bench.track;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Objects;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/**
 * One JVM's measurement of a benchmark: a line of a run.
 *
 * @param layer layer
 * @param threads threads
 * @param fork which JVM, from 0
 * @param jmh JMH's own record of it, or null if it failed
 * @param failure why it failed, or null
 */
public record ForkLine(
    String layer, int threads, int fork, @Nullable JsonObject jmh, @Nullable String failure) {

  /** Requires either a measurement or a failure. */
  public ForkLine {
    Objects.requireNonNull(layer, "layer");
    if (threads < 1 || fork < 0 || (jmh == null) == (failure == null)) {
      throw new IllegalArgumentException("not a measurement of a fork");
    }
  }

  Benchmark benchmark() {
    return new Benchmark(layer, threads);
  }

  /** Median over the iterations of the time of a run, microseconds. */
  double micros() {
    return median(times());
  }

  /** Median of the calibration, microseconds. */
  double calibration() {
    return median(calibrations());
  }

  /** Median over the iterations of the time of a run in units of the calibration beside it. */
  double calibrated() {
    double[] times = times();
    double[] units = calibrations();
    double[] ratios = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      ratios[i] = times[i] / units[i];
    }
    return median(ratios);
  }

  /**
   * Logarithm of the time of a run, less that of a share of the calibration.
   *
   * @param share 0 for the time by the clock, 1 for that in units of the calibration
   */
  double adjusted(double share) {
    return Math.log(calibrated()) + (1 - share) * Math.log(calibration());
  }

  private double[] times() {
    return iterations(member(jmh(), "primaryMetric"));
  }

  private double[] calibrations() {
    double[] units =
        iterations(member(member(jmh(), "secondaryMetrics"), CalibrationProfiler.CALIBRATION));
    if (units.length != times().length) {
      throw new IllegalArgumentException("jmh.secondaryMetrics: not one calibration an iteration");
    }
    return units;
  }

  private static JsonObject member(@Nullable JsonObject object, String name) {
    if (object == null || !(object.get(name) instanceof JsonObject member)) {
      throw new IllegalArgumentException("jmh: " + name + " is missing");
    }
    return member;
  }

  private static double[] iterations(JsonObject metric) {
    if (!(metric.get("rawData") instanceof JsonArray forks)
        || forks.size() != 1
        || !(forks.get(0) instanceof JsonArray iterations)
        || iterations.isEmpty()) {
      throw new IllegalArgumentException("jmh: rawData is not that of one fork");
    }
    double[] values = new double[iterations.size()];
    for (int i = 0; i < values.length; i++) {
      JsonElement value = iterations.get(i);
      values[i] = value.getAsDouble();
      if (!(values[i] > 0) || Double.isInfinite(values[i])) {
        throw new IllegalArgumentException("jmh: rawData holds " + value + ", which is no time");
      }
    }
    return values;
  }

  static double median(double[] values) {
    return Median.withDefaults().evaluate(values);
  }
}
