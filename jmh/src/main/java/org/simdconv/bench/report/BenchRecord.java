package org.simdconv.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.simdconv.bench.machine.Machine;

/**
 * A run of the benchmark, as it is kept in JSON: a component of the record is a field of the
 * object.
 *
 * @param schema {@link #SCHEMA}
 * @param created time of the run, ISO 8601
 * @param numerics contract under which outputs were compared
 * @param machine what ran it
 * @param results measured layers, each proved right in the fork that measured it
 * @param failures layers without a number, and why
 */
public record BenchRecord(
    String schema,
    String created,
    String numerics,
    Machine machine,
    List<LayerResult> results,
    List<Failure> failures) {

  /** Name and version of the format. */
  public static final String SCHEMA = "simdconv-bench/1";

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /**
   * A layer without a number.
   *
   * @param layer name
   * @param threads threads
   * @param reason what happened
   */
  public record Failure(String layer, int threads, String reason) {}

  /** Writes the record; the file is whole or not there. */
  public void write(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, GSON.toJson(this) + "\n", StandardCharsets.UTF_8);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a record.
   *
   * @param file a file that {@link #write} made
   * @return the record
   * @throws IOException if it cannot be read, or is none
   */
  public static BenchRecord read(Path file) throws IOException {
    @Nullable BenchRecord record;
    try {
      record = GSON.fromJson(Files.readString(file, StandardCharsets.UTF_8), BenchRecord.class);
    } catch (JsonParseException e) {
      throw new IOException(file + " is not a record of this benchmark: " + e.getMessage(), e);
    }
    if (record == null || !SCHEMA.equals(record.schema)) {
      throw new IOException(
          file
              + " is not a record of this benchmark: its schema is "
              + (record == null ? "missing" : record.schema)
              + "; expected "
              + SCHEMA);
    }
    if (record.machine == null || record.results == null || record.failures == null) {
      throw new IOException(file + " is cut short: machine, results or failures are missing");
    }
    return record;
  }
}
