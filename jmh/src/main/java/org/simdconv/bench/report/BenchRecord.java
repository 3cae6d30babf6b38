package org.simdconv.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.simdconv.bench.machine.Limits;
import org.simdconv.bench.machine.Machine;
import org.simdconv.bench.store.Build;

/**
 * A run of the benchmark, as it is kept in JSON: a component of the record is a field of the
 * object.
 *
 * @param schema {@link #SCHEMA}
 * @param created time of the run, ISO 8601
 * @param numerics contract under which outputs were compared
 * @param build what was measured
 * @param machine what ran it
 * @param limits what the machine could do at most
 * @param results measured layers, each proved right in the fork that measured it
 * @param failures layers without a number, and why
 */
public record BenchRecord(
    String schema,
    String created,
    String numerics,
    Build build,
    Machine machine,
    Limits limits,
    List<LayerResult> results,
    List<Failure> failures) {

  /** Name and version of the format. */
  public static final String SCHEMA = "simdconv-bench/2";

  /**
   * A layer without a number.
   *
   * @param layer name
   * @param threads threads
   * @param reason what happened
   */
  public record Failure(String layer, int threads, String reason) {}

  /** Requires all. */
  public BenchRecord {
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(numerics, "numerics");
    Objects.requireNonNull(build, "build");
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(limits, "limits");
    results = List.copyOf(Objects.requireNonNull(results, "results"));
    failures = List.copyOf(Objects.requireNonNull(failures, "failures"));
  }

  /** A record of this build, made now. */
  public static BenchRecord of(
      Machine machine, Limits limits, List<LayerResult> results, List<Failure> failures) {
    return new BenchRecord(
        SCHEMA,
        OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).toString(),
        "REPRODUCIBLE: every output equals the reference bit for bit, up to the sign of zero",
        Build.current(),
        machine,
        limits,
        results,
        failures);
  }

  /** Writes the record; the file is whole or not there. */
  public void write(Path file) throws IOException {
    Records.write(this, file);
  }

  /**
   * Reads a record.
   *
   * @param file a file that {@link #write} made
   * @return the record
   * @throws IOException if it cannot be read, or is none
   */
  public static BenchRecord read(Path file) throws IOException {
    return Records.read(file, SCHEMA, BenchRecord.class);
  }
}
