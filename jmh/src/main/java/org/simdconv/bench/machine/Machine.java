package org.simdconv.bench.machine;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;

/**
 * What ran the benchmark, and what it could do at most.
 *
 * @param cpu model
 * @param cores physical cores
 * @param processors logical processors that the JVM may use
 * @param caches one text a cache
 * @param memoryGib main memory, GiB
 * @param os operating system
 * @param jdk version and vendor of the JVM
 * @param jvmFlags flags of the JVM
 * @param vectorBits bits of the preferred float vector
 * @param peakGflops1 FMA peak of one thread, GFLOP/s
 * @param peakGflopsAll FMA peak of all processors together
 * @param readGigabytes1 main memory read by one thread, GB/s
 * @param readGigabytesAll main memory read by all processors together
 */
public record Machine(
    String cpu,
    int cores,
    int processors,
    List<String> caches,
    double memoryGib,
    String os,
    String jdk,
    List<String> jvmFlags,
    int vectorBits,
    double peakGflops1,
    double peakGflopsAll,
    double readGigabytes1,
    double readGigabytesAll) {

  /** Looks and measures, in a few seconds. */
  public static Machine probe() {
    SystemInfo system = new SystemInfo();
    CentralProcessor processor = system.getHardware().getProcessor();
    int threads = Runtime.getRuntime().availableProcessors();
    List<String> caches = new ArrayList<>();
    for (CentralProcessor.ProcessorCache cache : processor.getProcessorCaches()) {
      caches.add(
          "L"
              + cache.getLevel()
              + " "
              + cache.getType().toString().toLowerCase(Locale.ROOT)
              + " "
              + cache.getCacheSize() / 1024
              + " KiB");
    }
    return new Machine(
        processor.getProcessorIdentifier().getName(),
        processor.getPhysicalProcessorCount(),
        threads,
        caches,
        Math.round(system.getHardware().getMemory().getTotal() / 1073741824.0 * 10) / 10.0,
        system.getOperatingSystem() + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.version") + ", " + System.getProperty("java.vendor"),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        FloatVector.SPECIES_PREFERRED.vectorBitSize(),
        FmaPeak.gflops(1),
        FmaPeak.gflops(threads),
        MemoryBandwidth.readGigabytes(1),
        MemoryBandwidth.readGigabytes(threads));
  }

  /** FMA peak of a number of threads, at most that of all processors. */
  public double peak(int threads) {
    return Math.min(peakGflopsAll, peakGflops1 * threads);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        CPU         %s, %d core(s), %d processor(s) for the JVM
        caches      %s
        memory      %.1f GiB, read at %.1f GB/s by 1 thread, %.1f GB/s by %d
        system      %s
        JDK         %s
        JVM flags   %s
        vectors     %d bits
        FMA peak    %.1f GFLOP/s with 1 thread, %.1f with %d
        """,
        cpu,
        cores,
        processors,
        String.join(", ", caches),
        memoryGib,
        readGigabytes1,
        readGigabytesAll,
        processors,
        os,
        jdk,
        String.join(" ", jvmFlags),
        vectorBits,
        peakGflops1,
        peakGflopsAll,
        processors);
  }
}
