package org.simdconv.bench.track;

import java.util.List;
import java.util.Objects;
import org.simdconv.bench.layer.ForkedRun.Effort;
import org.simdconv.bench.machine.Machine;
import org.simdconv.bench.store.Build;

/**
 * The first line of a run: what was to be measured, of what, and where.
 *
 * @param schema {@link #SCHEMA}
 * @param id name of the run, unique in its store
 * @param created time of its beginning, ISO 8601
 * @param label what the user called it, or empty
 * @param calibration version of the calibration
 * @param build what was measured
 * @param machine where
 * @param effort forks, iterations and their length
 * @param benchmarks what is measured
 */
public record RunHeader(
    String schema,
    String id,
    String created,
    String label,
    int calibration,
    Build build,
    Machine machine,
    Effort effort,
    List<Benchmark> benchmarks) {

  /** Name and version of the format. */
  public static final String SCHEMA = "simdconv-run/1";

  /** Requires all. */
  public RunHeader {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(build, "build");
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(effort, "effort");
    benchmarks = List.copyOf(Objects.requireNonNull(benchmarks, "benchmarks"));
  }

  /** Whether a run with this header, if it is unfinished, is what the other one asks for. */
  boolean sameAs(RunHeader other) {
    return label.equals(other.label)
        && calibration == other.calibration
        && build.equals(other.build)
        && machine.equals(other.machine)
        && effort.equals(other.effort)
        && benchmarks.equals(other.benchmarks);
  }

  /** The run in a few words. */
  public String title() {
    return id
        + " (commit "
        + build.shortCommit()
        + (label.isEmpty() ? "" : ", " + label)
        + ", "
        + created
        + ")";
  }
}
