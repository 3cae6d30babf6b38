package org.simdconv.internal.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.simdconv.internal.simd.Species;

/**
 * How many multiply-adds of a whole vector a core begins in a cycle, on which depends what waits
 * for loads: two, but one where 512 bits pass through units of 256 bits twice, as on AMD's Zen 4
 * ("Software Optimization Guide for the AMD Zen4 Microarchitecture", 57647, 2.11). Linux tells the
 * processor under {@code /proc/cpuinfo}; the system property {@code simdconv.fmas}, 1 or 2, says
 * otherwise. No result depends on it.
 */
final class FmaRate {
  /** Multiply-adds of a vector in a cycle, 1 or 2. */
  static final int FMAS = Integer.getInteger("simdconv.fmas", fmas()) == 1 ? 1 : 2;

  private FmaRate() {}

  private static int fmas() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      // Of the first processor.
      return fmas(lines.takeWhile(line -> !line.isBlank()).toList(), Species.BITS);
    } catch (IOException | SecurityException | UncheckedIOException e) {
      // Not Linux, or hidden.
      return 2;
    }
  }

  /**
   * Of vectors of so many bits.
   *
   * @param cpu lines {@code name : value}
   */
  static int fmas(List<String> cpu, int bits) {
    boolean amd = cpu.stream().anyMatch(line -> line.matches("vendor_id\\s*: AuthenticAMD"));
    // Family 19h is Zen 3, which has no vectors of 512 bits, and Zen 4.
    boolean family = cpu.stream().anyMatch(line -> line.matches("cpu family\\s*: 25"));
    return bits == 512 && amd && family ? 1 : 2;
  }
}
