package org.simdconv.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.simdconv.bench.machine.Limits;
import org.simdconv.bench.machine.Machine;

/** The page that compares machines, or JDKs on one machine, by the records of {@code bench}. */
public final class MachinesPage {
  // Two ratios that differ by less than this are called the same.
  private static final double ALIKE = 1.10;

  private MachinesPage() {}

  /**
   * Writes the page.
   *
   * @param records two or more; the first is what the others are compared with
   */
  public static void write(List<BenchRecord> records, Path file) throws IOException {
    List<Map<String, Object>> names = new ArrayList<>();
    List<String> letters = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      Machine m = records.get(i).machine();
      letters.add(letter(i));
      names.add(
          Map.of(
              "letter",
              letter(i),
              "text",
              m.hardware() + ", JDK " + m.jdk() + ", " + m.vectorBits() + "-bit vectors",
              "description",
              m
                  + records.get(i).limits().toString()
                  + "commit      "
                  + records.get(i).build().shortCommit()));
    }
    List<Limits> limits = records.stream().map(BenchRecord::limits).toList();
    List<Map<String, Object>> sections = new ArrayList<>();
    for (boolean all : new boolean[] {false, true}) {
      List<Map<String, Object>> rows = rows(records, all);
      if (!rows.isEmpty()) {
        sections.add(
            Map.of(
                "title",
                all ? "as many threads as measured at most" : "1 thread",
                "reference",
                letters.getFirst(),
                "compared",
                letters.subList(1, letters.size()).stream()
                    .map(l -> l + " / " + letters.getFirst())
                    .toList(),
                "rows",
                rows));
      }
    }
    Map<String, Object> page = new HashMap<>();
    page.put("names", names);
    page.put("reasons", reasons(records));
    page.put("limits", limitRows(limits));
    page.put("roofline1", Charts.rooflines(letters, limits, false));
    page.put("rooflineAll", Charts.rooflines(letters, limits, true));
    page.put("sections", sections);
    Page.write("machines", page, file);
  }

  private static String letter(int i) {
    return i < 26 ? String.valueOf((char) ('A' + i)) : "M" + (i + 1);
  }

  /** What sets each machine apart from the first. */
  public static List<String> reasons(List<BenchRecord> records) {
    List<String> reasons = new ArrayList<>();
    BenchRecord a = records.getFirst();
    for (int i = 1; i < records.size(); i++) {
      BenchRecord b = records.get(i);
      String who = letter(i) + " against A: ";
      double peak = b.limits().peak(1) / a.limits().peak(1);
      double width = (double) b.machine().vectorBits() / a.machine().vectorBits();
      reasons.add(
          String.format(
              Locale.ROOT,
              "%sthe FMA peak of one thread is %.2f times: %.2f by the width of the vectors (%d and %d bits),"
                  + " %.2f by multiply-adds a lane and second (clock and number of units).",
              who,
              peak,
              width,
              b.machine().vectorBits(),
              a.machine().vectorBits(),
              peak / width));
      double all =
          b.limits().peak(Charts.allThreads(b.limits()))
              / a.limits().peak(Charts.allThreads(a.limits()));
      reasons.add(
          String.format(
              Locale.ROOT,
              "%sof all processors it is %.2f times (%d and %d threads, that do %.2f and %.2f times the work of one).",
              who,
              all,
              Charts.allThreads(b.limits()),
              Charts.allThreads(a.limits()),
              b.limits().peak(Charts.allThreads(b.limits())) / b.limits().peak(1),
              a.limits().peak(Charts.allThreads(a.limits())) / a.limits().peak(1)));
      List<String> bandwidths = new ArrayList<>();
      for (Limits.Level level : b.limits().levels()) {
        level(a.limits(), level.name())
            .ifPresent(
                other ->
                    bandwidths.add(
                        String.format(
                            Locale.ROOT, "%s %.2f", level.name(), level.load1() / other.load1())));
      }
      reasons.add(who + "loads of one thread are, times: " + String.join(", ", bandwidths) + ".");
      compiled(b, letter(i)).ifPresent(reasons::add);
      flags(a.machine(), b.machine(), who).ifPresent(reasons::add);
      if (!a.machine().jdk().equals(b.machine().jdk())) {
        reasons.add(
            who + "the JDK is " + b.machine().jdk() + "; A's is " + a.machine().jdk() + ".");
      }
      if (!a.machine().jvmFlags().equals(b.machine().jvmFlags())) {
        reasons.add(
            who
                + "the JVM flags are "
                + b.machine().jvmFlags()
                + "; A's are "
                + a.machine().jvmFlags()
                + ".");
      }
      if (!a.build().equals(b.build())) {
        reasons.add(
            who
                + "another build was measured: "
                + b.build().shortCommit()
                + "; A's is "
                + a.build().shortCommit()
                + ". Differences may be the program's.");
      }
    }
    compiled(a, "A").ifPresent(reasons::add);
    return reasons;
  }

  private static Optional<String> compiled(BenchRecord record, String who) {
    List<String> not =
        record.limits().widths().stream()
            .filter(w -> !w.intrinsics() && w.bits() <= record.machine().vectorBits())
            .map(w -> w.bits() + " bits")
            .toList();
    return not.isEmpty()
        ? Optional.empty()
        : Optional.of(
            who
                + ": the JVM does not compile vectors of "
                + String.join(", ", not)
                + " to vector instructions; all its figures suffer from that.");
  }

  private static Optional<String> flags(Machine a, Machine b, String who) {
    Set<String> more = new TreeSet<>(b.vectorFlags());
    a.vectorFlags().forEach(more::remove);
    Set<String> less = new TreeSet<>(a.vectorFlags());
    b.vectorFlags().forEach(less::remove);
    if (more.isEmpty() && less.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        who
            + "vector instructions only it has: "
            + (more.isEmpty() ? "none" : String.join(" ", more))
            + "; only A has: "
            + (less.isEmpty() ? "none" : String.join(" ", less))
            + ".");
  }

  private static Optional<Limits.Level> level(Limits limits, String name) {
    return limits.levels().stream().filter(l -> l.name().equals(name)).findFirst();
  }

  private static List<Map<String, Object>> limitRows(List<Limits> limits) {
    List<Map<String, Object>> rows = new ArrayList<>();
    Set<Integer> bits = new TreeSet<>();
    Set<String> levels = new LinkedHashSet<>();
    for (Limits l : limits) {
      l.widths().forEach(w -> bits.add(w.bits()));
      l.levels().forEach(v -> levels.add(v.name()));
    }
    for (int b : bits) {
      rows.add(
          Map.of(
              "what",
              "FMA peak, " + b + " bits: 1 thread, all; GFLOP/s",
              "values",
              limits.stream()
                  .map(
                      l ->
                          l.widths().stream()
                              .filter(w -> w.bits() == b)
                              .findFirst()
                              .map(
                                  w ->
                                      Page.number(w.gflops1(), 0)
                                          + ", "
                                          + Page.number(w.gflopsAll(), 0)
                                          + (w.intrinsics() ? "" : " (not compiled)"))
                              .orElse("-"))
                  .toList()));
    }
    for (String name : levels) {
      rows.add(bandwidth(limits, name, "loads", Limits.Level::load1, Limits.Level::loadAll));
      rows.add(bandwidth(limits, name, "stores", Limits.Level::store1, Limits.Level::storeAll));
    }
    return rows;
  }

  private static Map<String, Object> bandwidth(
      List<Limits> limits,
      String name,
      String what,
      java.util.function.ToDoubleFunction<Limits.Level> one,
      java.util.function.ToDoubleFunction<Limits.Level> all) {
    return Map.of(
        "what",
        name + ", " + what + ": 1 thread, all; GB/s",
        "values",
        limits.stream()
            .map(
                l ->
                    level(l, name)
                        .map(
                            v ->
                                Page.number(one.applyAsDouble(v), 0)
                                    + ", "
                                    + Page.number(all.applyAsDouble(v), 0))
                        .orElse("-"))
            .toList());
  }

  private static Optional<LayerResult> result(BenchRecord record, String layer, boolean all) {
    int most = record.results().stream().mapToInt(LayerResult::threads).max().orElse(1);
    return record.results().stream()
        .filter(r -> r.layer().equals(layer) && r.threads() == (all ? most : 1))
        .findFirst();
  }

  private static List<Map<String, Object>> rows(List<BenchRecord> records, boolean all) {
    Set<String> layers = new LinkedHashSet<>();
    records.forEach(r -> r.results().forEach(l -> layers.add(l.layer())));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String layer : layers) {
      List<Optional<LayerResult>> results =
          records.stream().map(r -> result(r, layer, all)).toList();
      if (results.stream().filter(Optional::isPresent).count() < 2
          || (all && results.stream().allMatch(r -> r.isEmpty() || r.get().threads() == 1))) {
        continue;
      }
      List<Map<String, Object>> speeds = new ArrayList<>();
      List<Map<String, Object>> ratios = new ArrayList<>();
      for (int i = 0; i < records.size(); i++) {
        Optional<LayerResult> r = results.get(i);
        speeds.add(
            Map.of(
                "gflops",
                r.map(x -> Page.number(x.gflops(), 1)).orElse("-"),
                "percent",
                r.map(x -> Page.number(x.percentOfPeak(), 0) + "%").orElse("")));
        if (i > 0) {
          ratios.add(ratio(records.getFirst(), results.getFirst(), records.get(i), r));
        }
      }
      rows.add(Map.of("layer", layer, "speeds", speeds, "ratios", ratios));
    }
    return rows;
  }

  private static Map<String, Object> ratio(
      BenchRecord ra, Optional<LayerResult> a, BenchRecord rb, Optional<LayerResult> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Map.of("ratio", "-", "why", "");
    }
    LayerResult x = a.get();
    LayerResult y = b.get();
    double memory = rb.limits().memoryLoad(y.threads()) / ra.limits().memoryLoad(x.threads());
    return Map.of(
        "ratio",
        Page.number(y.gflops() / x.gflops(), 2),
        "why",
        why(y.gflops() / x.gflops(), y.peakGflops() / x.peakGflops(), memory));
  }

  /**
   * What a layer's ratio follows.
   *
   * @param speed ratio of the layer's speeds
   * @param peak ratio of the FMA peaks beside it
   * @param memory ratio of the memory bandwidths
   */
  static String why(double speed, double peak, double memory) {
    if (alike(speed, peak)) {
      return String.format(Locale.ROOT, "the peak (%.2f)", peak);
    }
    if (alike(speed, memory)) {
      return String.format(Locale.ROOT, "the memory (%.2f)", memory);
    }
    return String.format(
        Locale.ROOT,
        "peak %.2f, and the kernel uses %.2f times the share of it",
        peak,
        speed / peak);
  }

  private static boolean alike(double a, double b) {
    return Math.max(a / b, b / a) <= ALIKE;
  }
}
