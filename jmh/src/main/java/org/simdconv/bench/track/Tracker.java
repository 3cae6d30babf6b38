package org.simdconv.bench.track;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.simdconv.bench.layer.ForkedRun;
import org.simdconv.bench.layer.ForkedRun.Effort;
import org.simdconv.bench.layer.Layers;
import org.simdconv.bench.store.JsonLines;

/**
 * Measures a run into a store. A round measures one fork of every benchmark, then the next round
 * begins: so a disturbance of a minute costs each benchmark one fork, not one benchmark all its
 * forks, and the spread of the forks is that of the whole run.
 */
public final class Tracker {
  /** Is told what happens. */
  public interface Progress {
    /** This many measurements of this many are there already. */
    void begin(int done, int all);

    /** This one is next. */
    void next(Benchmark benchmark);

    /** It is done. */
    void step();
  }

  private Tracker() {}

  /**
   * Measures, or goes on with what was left unfinished.
   *
   * @param folder the store
   * @param header what to measure
   * @param afresh do not go on with an unfinished run
   * @param progress is told
   * @return the run
   * @throws IOException if the store cannot be written
   */
  public static Run run(Path folder, RunHeader header, boolean afresh, Progress progress)
      throws IOException {
    Files.createDirectories(folder);
    Store store = Store.open(folder);
    Optional<Run> unfinished = afresh ? Optional.empty() : store.unfinished(header);
    Path file = unfinished.map(Run::file).orElse(store.file(header.id()));
    Set<String> done = new HashSet<>();
    unfinished.ifPresent(r -> r.lines().forEach(l -> done.add(key(l.benchmark(), l.fork()))));
    Effort one = header.effort().withForks(1);
    progress.begin(done.size(), header.benchmarks().size() * header.effort().forks());
    try (JsonLines lines =
        unfinished.isPresent() ? JsonLines.append(file) : JsonLines.create(file, header)) {
      for (int fork = 0; fork < header.effort().forks(); fork++) {
        for (Benchmark benchmark : header.benchmarks()) {
          if (done.contains(key(benchmark, fork))) {
            continue;
          }
          progress.next(benchmark);
          lines.add(measure(benchmark, fork, one));
          progress.step();
        }
      }
    }
    return Run.read(file);
  }

  private static String key(Benchmark benchmark, int fork) {
    return benchmark + " " + fork;
  }

  private static ForkLine measure(Benchmark benchmark, int fork, Effort effort) {
    try {
      RunResult result =
          ForkedRun.run(
              Layers.find(benchmark.layer()),
              benchmark.threads(),
              effort,
              CalibrationProfiler.class);
      return new ForkLine(benchmark.layer(), benchmark.threads(), fork, json(result), null);
    } catch (RunnerException e) {
      return new ForkLine(benchmark.layer(), benchmark.threads(), fork, null, ForkedRun.reason(e));
    }
  }

  private static JsonObject json(RunResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(result));
    }
    JsonArray array =
        JsonParser.parseString(bytes.toString(StandardCharsets.UTF_8)).getAsJsonArray();
    return array.get(0).getAsJsonObject();
  }
}
