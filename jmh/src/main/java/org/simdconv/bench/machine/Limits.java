package org.simdconv.bench.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import jdk.incubator.vector.FloatVector;

/**
 * What the machine could do at most, measured.
 *
 * @param widths the FMA peak by vector width
 * @param levels bandwidth of the caches and of main memory
 * @param scaling the FMA peak and the load bandwidth of main memory by number of threads
 */
public record Limits(List<Width> widths, List<Level> levels, List<Scaling> scaling) {

  /**
   * The peak at a vector width.
   *
   * @param bits bits of a vector
   * @param gflops1 fused multiply-adds of one thread, GFLOP/s
   * @param gflopsAll of all processors together
   * @param intrinsics whether the JVM compiles vectors of this width to vector instructions
   * @param bytesAllocated bytes that a call of the loop allocates: more than 0 where vectors are
   *     objects
   * @param timesScalar rate of one thread in units of a loop over {@link Math#fma(float, float,
   *     float)}
   */
  public record Width(
      int bits,
      double gflops1,
      double gflopsAll,
      boolean intrinsics,
      long bytesAllocated,
      double timesScalar) {}

  /**
   * Bandwidth of a level of the memory, GB/s.
   *
   * @param name L1, L2, L3 or memory
   * @param kib size of what each thread goes over, KiB
   * @param load1 loads of one thread
   * @param loadAll loads of all processors together
   * @param store1 stores of one thread
   * @param storeAll stores of all processors together
   */
  public record Level(
      String name, long kib, double load1, double loadAll, double store1, double storeAll) {
    /** Requires a name. */
    public Level {
      Objects.requireNonNull(name, "limits.levels.name");
    }
  }

  /**
   * What a number of threads does together.
   *
   * @param threads threads
   * @param gflops FMA peak at the preferred width, GFLOP/s
   * @param memoryLoad loads from main memory, GB/s
   */
  public record Scaling(int threads, double gflops, double memoryLoad) {}

  /** The memory level of a record. */
  public static final String MEMORY = "memory";

  // Where the machine does not say how large its caches are.
  private static final long[] USUAL_BYTES = {0, 32 << 10, 512 << 10, 8 << 20};
  // Enough to leave most last-level caches, and quickly gone over.
  private static final long LEAST_MEMORY_BYTES = 256L << 20;
  private static final long MOST_MEMORY_BYTES = 1L << 30;

  /** Requires lists with the preferred width, main memory and one thread in them. */
  public Limits {
    widths = List.copyOf(Objects.requireNonNull(widths, "limits.widths"));
    levels = List.copyOf(Objects.requireNonNull(levels, "limits.levels"));
    scaling = List.copyOf(Objects.requireNonNull(scaling, "limits.scaling"));
    if (widths.isEmpty() || scaling.isEmpty() || levels.isEmpty()) {
      throw new IllegalArgumentException("limits.widths, levels or scaling is empty");
    }
    if (!levels.getLast().name().equals(MEMORY)) {
      throw new IllegalArgumentException("the last of limits.levels must be " + MEMORY);
    }
  }

  /**
   * Measures, in some 10 seconds.
   *
   * @param machine this machine
   * @param step told what is measured next
   */
  public static Limits measure(Machine machine, Consumer<String> step) {
    int all = machine.processors();
    List<Width> widths = new ArrayList<>();
    double scalar = ScalarPeak.gflops();
    for (int bits = 64; bits <= FloatVector.SPECIES_MAX.vectorBitSize(); bits *= 2) {
      step.accept("FMA peak, " + bits + " bits");
      widths.add(width(bits, all, scalar));
    }
    List<Level> levels = new ArrayList<>();
    for (int level = 1; level <= 3; level++) {
      long bytes = machine.cacheBytes(level);
      if (bytes == 0 && level < 3) {
        bytes = USUAL_BYTES[level];
      }
      if (bytes > 0) {
        levels.add(level("L" + level, workingSet(machine, level, bytes), all, step));
      }
    }
    levels.add(level(MEMORY, memoryBytes(machine), all, step));
    List<Scaling> scaling = new ArrayList<>();
    for (int threads : threadCounts(all)) {
      step.accept("scaling, " + threads + " thread(s)");
      scaling.add(
          new Scaling(
              threads,
              FmaPeak.gflops(threads),
              Bandwidth.gigabytes(Bandwidth.Access.LOAD, memoryBytes(machine) / threads, threads)));
    }
    return new Limits(widths, levels, scaling);
  }

  /** How many steps {@link #measure} tells of. */
  public static int steps(Machine machine) {
    int widths = Integer.numberOfTrailingZeros(FloatVector.SPECIES_MAX.vectorBitSize() / 64) + 1;
    int levels = machine.cacheBytes(3) > 0 ? 4 : 3;
    return widths + levels + threadCounts(machine.processors()).size();
  }

  /** 1, 2, 4 and so on up to all. */
  private static List<Integer> threadCounts(int all) {
    List<Integer> counts = new ArrayList<>();
    for (int threads = 1; threads < all; threads *= 2) {
      counts.add(threads);
    }
    counts.add(all);
    return counts;
  }

  static Width width(int bits, int all, double scalar) {
    WidthPeak peak = new WidthPeak(bits);
    double one = peak.gflops(1);
    long allocated = peak.bytesAllocated();
    // A fallback is 10 to 400 times slower than scalar code and allocates a vector an operation.
    // Two lanes may reach less than twice the scalar rate where scalar code uses more ports.
    boolean intrinsics = allocated < 1024 && one > 0.5 * scalar * bits / Float.SIZE;
    return new Width(
        bits, one, all == 1 ? one : peak.gflops(all), intrinsics, allocated, one / scalar);
  }

  private static Level level(String name, long bytes, int all, Consumer<String> step) {
    step.accept("bandwidth, " + name);
    long shared = name.equals(MEMORY) ? bytes / all : bytes;
    double load = Bandwidth.gigabytes(Bandwidth.Access.LOAD, bytes, 1);
    double store = Bandwidth.gigabytes(Bandwidth.Access.STORE, bytes, 1);
    return new Level(
        name,
        bytes / 1024,
        load,
        all == 1 ? load : Bandwidth.gigabytes(Bandwidth.Access.LOAD, shared, all),
        store,
        all == 1 ? store : Bandwidth.gigabytes(Bandwidth.Access.STORE, shared, all));
  }

  /**
   * Seven eighths of the first level, so that calls weigh little; half of the second. A third level
   * is shared by cores, and on virtual machines by neighbours: four times the second, or what is
   * left of half of it for each processor.
   */
  private static long workingSet(Machine machine, int level, long bytes) {
    if (level < 3) {
      return level == 1 ? bytes / 8 * 7 : bytes / 2;
    }
    long second = Math.max(machine.cacheBytes(2), USUAL_BYTES[2]);
    return Math.max(2 * second, Math.min(4 * second, bytes / 2 / machine.processors()));
  }

  /** Twice the last-level cache, within reason and a quarter of the memory. */
  private static long memoryBytes(Machine machine) {
    long wanted = Math.max(LEAST_MEMORY_BYTES, 2 * machine.cacheBytes(3));
    long quarter = (long) (machine.memoryGib() / 4 * (1L << 30));
    return Math.max(1 << 20, Math.min(Math.min(wanted, MOST_MEMORY_BYTES), quarter));
  }

  /** FMA peak of a number of threads at the preferred width, at most that of all processors. */
  public double peak(int threads) {
    return scaled(threads, Scaling::gflops);
  }

  /** Loads from main memory of a number of threads, GB/s. */
  public double memoryLoad(int threads) {
    return scaled(threads, Scaling::memoryLoad);
  }

  /** Of the largest measured number of threads that is not larger, in proportion. */
  private double scaled(int threads, java.util.function.ToDoubleFunction<Scaling> value) {
    Scaling best = scaling.getFirst();
    Scaling next = scaling.getLast();
    for (Scaling s : scaling) {
      if (s.threads() <= threads) {
        best = s;
      }
      if (s.threads() >= threads && s.threads() < next.threads()) {
        next = s;
      }
    }
    if (best.threads() >= threads || next.threads() <= best.threads()) {
      return value.applyAsDouble(best);
    }
    double part = (double) (threads - best.threads()) / (next.threads() - best.threads());
    return value.applyAsDouble(best)
        + part * (value.applyAsDouble(next) - value.applyAsDouble(best));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Width w : widths) {
      text.append(
          String.format(
              Locale.ROOT,
              "FMA peak    %3d bits: %7.1f GFLOP/s with 1 thread, %7.1f with all; %s%n",
              w.bits(),
              w.gflops1(),
              w.gflopsAll(),
              w.intrinsics()
                  ? String.format(
                      Locale.ROOT, "vector instructions, %.1f times scalar", w.timesScalar())
                  : String.format(
                      Locale.ROOT,
                      "NOT compiled to vector instructions: %,d bytes allocated a call, %.3f times scalar",
                      w.bytesAllocated(),
                      w.timesScalar())));
    }
    for (Level l : levels) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-11s load %6.1f GB/s with 1 thread, %6.1f with all; store %6.1f, %6.1f (over %,d KiB)%n",
              l.name(),
              l.load1(),
              l.loadAll(),
              l.store1(),
              l.storeAll(),
              l.kib()));
    }
    Scaling one = scaling.getFirst();
    for (Scaling s : scaling.subList(1, scaling.size())) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-11s %.2f times the FMA peak of 1, %.2f times its loads from memory%n",
              s.threads() + " threads",
              s.gflops() / one.gflops(),
              s.memoryLoad() / one.memoryLoad()));
    }
    return text.toString();
  }
}
