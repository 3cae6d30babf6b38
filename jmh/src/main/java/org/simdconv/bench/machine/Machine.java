package org.simdconv.bench.machine;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import jdk.incubator.vector.FloatVector;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;

/**
 * What ran the benchmark.
 *
 * @param cpu model
 * @param cores physical cores
 * @param processors logical processors that the JVM may use
 * @param caches the caches of a core, from the first level on
 * @param memoryGib main memory, GiB
 * @param cpuFlags what the CPU says that it can do, as the operating system names it
 * @param os operating system
 * @param jdk version and vendor of the JVM
 * @param jvmFlags flags of the JVM
 * @param vectorBits bits of the preferred float vector
 */
public record Machine(
    String cpu,
    int cores,
    int processors,
    List<Cache> caches,
    double memoryGib,
    List<String> cpuFlags,
    String os,
    String jdk,
    List<String> jvmFlags,
    int vectorBits) {

  /**
   * A cache.
   *
   * @param level 1 for the nearest
   * @param type data, instruction or unified
   * @param kib size of one such cache, KiB
   */
  public record Cache(int level, String type, long kib) {
    /** Requires a type. */
    public Cache {
      Objects.requireNonNull(type, "machine.caches.type");
    }

    @Override
    public String toString() {
      return "L" + level + " " + type + " " + kib + " KiB";
    }
  }

  /** Requires all that is not a number. */
  public Machine {
    Objects.requireNonNull(cpu, "machine.cpu");
    caches = List.copyOf(Objects.requireNonNull(caches, "machine.caches"));
    cpuFlags = List.copyOf(Objects.requireNonNull(cpuFlags, "machine.cpuFlags"));
    Objects.requireNonNull(os, "machine.os");
    Objects.requireNonNull(jdk, "machine.jdk");
    jvmFlags = List.copyOf(Objects.requireNonNull(jvmFlags, "machine.jvmFlags"));
  }

  /** Looks at this machine; measures nothing. */
  public static Machine describe() {
    SystemInfo system = new SystemInfo();
    CentralProcessor processor = system.getHardware().getProcessor();
    List<Cache> caches = new ArrayList<>();
    for (CentralProcessor.ProcessorCache cache : processor.getProcessorCaches()) {
      caches.add(
          new Cache(
              cache.getLevel(),
              cache.getType().toString().toLowerCase(Locale.ROOT),
              cache.getCacheSize() / 1024));
    }
    caches.sort(java.util.Comparator.comparing(Cache::level).thenComparing(Cache::type));
    return new Machine(
        processor.getProcessorIdentifier().getName().trim(),
        processor.getPhysicalProcessorCount(),
        Runtime.getRuntime().availableProcessors(),
        caches,
        Math.round(system.getHardware().getMemory().getTotal() / 1073741824.0 * 10) / 10.0,
        flags(processor.getFeatureFlags()),
        system.getOperatingSystem() + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.version") + ", " + System.getProperty("java.vendor"),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        FloatVector.SPECIES_PREFERRED.vectorBitSize());
  }

  // One line a core on Linux ("flags: fpu vme ..."), a name each elsewhere.
  private static List<String> flags(Collection<String> lines) {
    TreeSet<String> flags = new TreeSet<>();
    for (String line : lines) {
      String names = line.substring(line.indexOf(':') + 1).trim();
      flags.addAll(List.of(names.split("\\s+", -1)));
    }
    flags.remove("");
    return List.copyOf(flags);
  }

  /** Bytes of the data cache of a level, or 0 if there is none or it is not known. */
  public long cacheBytes(int level) {
    return caches.stream()
        .filter(c -> c.level() == level && !c.type().equals("instruction"))
        .mapToLong(c -> c.kib() * 1024)
        .findFirst()
        .orElse(0);
  }

  /** The flags that say how wide vectors are and what they can do. */
  public List<String> vectorFlags() {
    return cpuFlags.stream()
        .filter(f -> f.matches("(?i)(sse4.*|avx.*|fma|amx.*|asimd.*|sve.*|neon|rvv.*|.*simd.*)"))
        .toList();
  }

  /** Whether times measured here and there may be compared as if one machine had measured them. */
  public boolean sameHardware(Machine other) {
    return cpu.equals(other.cpu)
        && cores == other.cores
        && processors == other.processors
        && caches.equals(other.caches)
        && Math.abs(memoryGib - other.memoryGib) <= 0.1 * memoryGib;
  }

  /** The hardware in a line. */
  public String hardware() {
    return String.format(
        Locale.ROOT,
        "%s, %d core(s), %d processor(s), %.0f GiB",
        cpu,
        cores,
        processors,
        memoryGib);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        CPU         %s, %d core(s), %d processor(s) for the JVM
        caches      %s
        memory      %.1f GiB
        vectors     %d bits preferred; %s
        system      %s
        JDK         %s
        JVM flags   %s
        """,
        cpu,
        cores,
        processors,
        String.join(", ", caches.stream().map(Cache::toString).toList()),
        memoryGib,
        vectorBits,
        String.join(" ", vectorFlags()),
        os,
        jdk,
        String.join(" ", jvmFlags));
  }
}
