package org.simdconv.bench.cli;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.simdconv.bench.layer.ForkedRun.Effort;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.machine.Calibration;
import org.simdconv.bench.machine.Machine;
import org.simdconv.bench.store.Build;
import org.simdconv.bench.track.Benchmark;
import org.simdconv.bench.track.Run;
import org.simdconv.bench.track.RunHeader;
import org.simdconv.bench.track.Store;
import org.simdconv.bench.track.Tracker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a run for the store that {@code compare} and {@code trend} read. */
@Command(
    name = "track",
    mixinStandardHelpOptions = true,
    description = {
      "Measures layers in several JVMs each, beside a calibration of the machine, and adds the run to a store.",
      "Without --layers: 10 layers, one of each kind.",
      "An interrupted run goes on where it stopped when the same command is given again."
    })
final class TrackCommand implements Callable<Integer> {
  // One of each kind of layer: large and small images, 1x1, first layer, depthwise, grouped,
  // transposed.
  private static final String REPRESENTATIVE =
      "^(resnet50/(7x7s2_3-64@224|3x3_64-64@56|1x1_256-64@56|3x3s2_128-128@56|3x3_256-256@14|3x3_512-512@7)"
          + "|mobilenet_v2/dw3x3_144@56|resnext50/3x3g32_512-512@14|dcgan/t4x4s2_256-128@16|unet/t2x2s2_128-64@112)$";

  @Mixin private StoreOptions store = new StoreOptions();

  @Mixin private LayerOptions layers = new LayerOptions();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1",
      description = "numbers of threads to measure with; default: ${DEFAULT-VALUE}")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--forks",
      defaultValue = "16",
      description = "JVMs a benchmark; default: ${DEFAULT-VALUE}")
  private int forks;

  @Option(
      names = "--warmups",
      defaultValue = "5",
      description = "warm-up iterations a fork; default: ${DEFAULT-VALUE}")
  private int warmups;

  @Option(
      names = "--warmup-millis",
      defaultValue = "200",
      description = "length of a warm-up iteration; default: ${DEFAULT-VALUE}")
  private int warmupMillis;

  @Option(
      names = "--iterations",
      defaultValue = "12",
      description = "measured iterations a fork; default: ${DEFAULT-VALUE}")
  private int iterations;

  @Option(
      names = "--millis",
      defaultValue = "50",
      description = "length of an iteration; default: ${DEFAULT-VALUE}")
  private int millis;

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "a name for the run, such as 'base' or 'JDK 26'")
  private String label = "";

  @Option(names = "--restart", description = "do not go on with an interrupted run")
  private boolean restart;

  @Option(names = "--list", description = "print the runs of the store and stop")
  private boolean list;

  @Override
  public Integer call() throws IOException {
    if (list) {
      return list();
    }
    Main.requireVectorModule();
    List<Benchmark> benchmarks = new ArrayList<>();
    for (Layer layer : layers.choose(REPRESENTATIVE)) {
      for (int t : threads) {
        benchmarks.add(new Benchmark(layer.name(), Commands.positive(t, "--threads")));
      }
    }
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    Build build = Build.current();
    RunHeader header =
        new RunHeader(
            RunHeader.SCHEMA,
            now.format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS"))
                + "-"
                + build.commit().substring(0, Math.min(7, build.commit().length())),
            now.truncatedTo(ChronoUnit.MILLIS).toString(),
            label,
            Calibration.VERSION,
            build,
            Machine.describe(),
            new Effort(forks, warmups, warmupMillis, iterations, millis),
            benchmarks);
    Bar bar = new Bar();
    Run run;
    try {
      run = Tracker.run(store.folder(), header, restart, bar);
    } finally {
      bar.close();
    }
    run.failures()
        .forEach((benchmark, reason) -> System.out.println("FAILED " + benchmark + ": " + reason));
    System.out.println("run " + run.header().id() + " is in " + run.file());
    return run.failures().isEmpty() ? 0 : 1;
  }

  private int list() throws IOException {
    Store runs = store.open();
    for (Run run : runs.runs()) {
      System.out.println(
          run.header().title()
              + ": "
              + run.header().benchmarks().size()
              + " benchmarks, "
              + run.header().effort().forks()
              + " forks"
              + (run.complete() ? "" : ", unfinished"));
    }
    runs.unreadable().forEach(System.out::println);
    return runs.unreadable().isEmpty() ? 0 : 1;
  }

  /** The progress bar, which begins where an interrupted run stopped. */
  private static final class Bar implements Tracker.Progress, AutoCloseable {
    private @Nullable ProgressBar bar;

    @Override
    public void begin(int done, int all) {
      Commands.sayResumed(done, all);
      bar = Commands.progress("track", done, all);
    }

    @Override
    public void next(Benchmark benchmark) {
      if (bar != null) {
        bar.setExtraMessage(benchmark.toString());
      }
    }

    @Override
    public void step() {
      if (bar != null) {
        bar.step();
      }
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }
}
