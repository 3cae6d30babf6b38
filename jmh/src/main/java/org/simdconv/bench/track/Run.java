package org.simdconv.bench.track;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.simdconv.bench.store.JsonLines;

/**
 * A run of a store: a header, then a line a fork.
 *
 * @param file where it is
 * @param header what was to be measured
 * @param lines what was measured
 * @param cut whether the file ends in an unfinished line
 */
public record Run(Path file, RunHeader header, List<ForkLine> lines, boolean cut) {
  private static final Gson GSON = new GsonBuilder().create();

  /**
   * Reads a run.
   *
   * @throws IOException if it cannot be read, is broken or is none
   */
  public static Run read(Path file) throws IOException {
    JsonLines.Content content = JsonLines.read(file);
    if (content.objects().isEmpty()) {
      throw new IOException(
          file + " is not a run of this benchmark: it has no whole line" + hint(content.bytes()));
    }
    JsonObject first = content.objects().getFirst();
    if (!(first.get("schema") instanceof com.google.gson.JsonPrimitive schema)
        || !schema.getAsString().equals(RunHeader.SCHEMA)) {
      throw new IOException(
          file
              + " is not a run of this benchmark: its schema is "
              + first.get("schema")
              + "; expected "
              + RunHeader.SCHEMA);
    }
    RunHeader header = parse(file, 1, first, RunHeader.class);
    List<ForkLine> lines = new ArrayList<>();
    for (int i = 1; i < content.objects().size(); i++) {
      ForkLine line = parse(file, i + 1, content.objects().get(i), ForkLine.class);
      if (line.failure() == null) {
        try {
          line.calibrated();
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
          throw new IOException(file + " is broken: line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
      lines.add(line);
    }
    return new Run(file, header, lines, content.cut());
  }

  private static String hint(long bytes) {
    return bytes == 0 ? " (it was cut off, or is JSON of another kind)" : "";
  }

  private static <T> T parse(Path file, int line, JsonObject object, Class<T> type)
      throws IOException {
    try {
      return GSON.fromJson(object, type);
    } catch (RuntimeException e) {
      // What a record's constructor throws comes wrapped.
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new IOException(
          file + " is broken: line " + line + ": " + cause.getMessage() + " is missing or wrong",
          e);
    }
  }

  /** The forks of each benchmark that gave a number, in the order of the header. */
  Map<Benchmark, List<ForkLine>> forks() {
    Map<Benchmark, List<ForkLine>> forks = new LinkedHashMap<>();
    for (Benchmark benchmark : header.benchmarks()) {
      forks.put(benchmark, new ArrayList<>());
    }
    for (ForkLine line : lines) {
      List<ForkLine> known = forks.get(line.benchmark());
      if (known != null && line.failure() == null) {
        known.add(line);
      }
    }
    return forks;
  }

  /** Benchmarks with a fork that failed, and why. */
  public Map<Benchmark, String> failures() {
    Map<Benchmark, String> failures = new LinkedHashMap<>();
    for (ForkLine line : lines) {
      String failure = line.failure();
      if (failure != null) {
        failures.put(line.benchmark(), failure);
      }
    }
    return failures;
  }

  /** Times of a benchmark, one a fork, adjusted by a share of the calibration beside them. */
  public double[] adjustedTimes(Benchmark benchmark, double share) {
    return forks().getOrDefault(benchmark, List.of()).stream()
        .mapToDouble(f -> Math.exp(f.adjusted(share)))
        .toArray();
  }

  /** Whether every fork was tried. */
  public boolean complete() {
    return lines.size() >= header.benchmarks().size() * header.effort().forks();
  }
}
