package org.simdconv.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The data caches of a core, from which the sizes of windows and blocks follow; no result depends
 * on them. Linux tells them under {@code /sys}; elsewhere, or where it does not, they are taken to
 * be 32 KiB and 1 MiB. The system properties {@code simdconv.l1} and {@code simdconv.l2}, read
 * once, say otherwise, in bytes or as {@code 48K}, {@code 2M}; {@code simdconv.l3} says how much of
 * the third level one may count on, 16 MiB unless told.
 */
public final class Caches {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** Bytes of the first level, 16 KiB to 1 MiB. */
  public static final int L1 = Math.clamp(bytes("simdconv.l1", 1, 32L * KIB), 16 * KIB, MIB);

  /**
   * Bytes of the second level, 128 KiB to 2 MiB: with more a workspace would grow, but no speed.
   */
  public static final int L2 = Math.clamp(bytes("simdconv.l2", 2, MIB), 128 * KIB, 2 * MIB);

  private static final double L3_BYTES_A_CYCLE = 24;
  private static final double MEMORY_BYTES_A_CYCLE = 3;

  /**
   * What stays in L3 from a run to the next when others run in between, in bytes. The size that
   * Linux tells is that of a socket, whoever shares it.
   */
  private static final long L3_SHARE = own("simdconv.l3", 16L * MIB);

  // How much faster weights come in several streams: StreamedKernels. Twice as fast on a Xeon; 15
  // GB/s on a Zen 5 at 4 GHz, where F(2x2, 3x3) of 512@7, with 18 MB of weights, took 1250 us and
  // not the 840 of a gain of 2 (JDK 25).
  private static final double STREAMS_GAIN = 1.25;

  private Caches() {}

  /**
   * What products take with weights that do not stay in L2, in cycles: to the 13 of a tap of 13x2
   * that uses them once 2.3 from L3 and 19 from memory (JDK 25, one machine; of its 480 MiB of L3
   * some 40 serve one process, and weights of 19 MB were not there any more when other engines had
   * run in between, those of 9 MB were). Streamed weights arrive while the tiles work: the slower
   * of the two counts.
   *
   * @param products what the products alone take
   * @param floats all weights
   * @param passes how often they are read
   * @param streamed whether several streams are read side by side
   * @param together all weights that are read in turns with these
   */
  static double cycles(
      double products, long floats, double passes, boolean streamed, long together) {
    long bytes = Float.BYTES * floats;
    double rate = areFar(together) ? MEMORY_BYTES_A_CYCLE : L3_BYTES_A_CYCLE;
    double weights = Float.BYTES * together > 2L * L2 ? passes * bytes / rate : 0;
    return streamed ? Math.max(products, weights / STREAMS_GAIN) : products + weights;
  }

  /** What it takes to read so many floats from L3, in cycles. */
  static double fromL3(double floats) {
    return Float.BYTES * floats / L3_BYTES_A_CYCLE;
  }

  /** Whether so many weights, read once in a while, come from memory. */
  static boolean areFar(long floats) {
    return Float.BYTES * floats > L3_SHARE;
  }

  /** Whether so many weights, read once in a while, come from memory rather often. */
  static boolean mayBeFar(long floats) {
    return areFar(2 * floats);
  }

  private static long own(String property, long otherwise) {
    long asked = parse(System.getProperty(property, ""));
    return asked > 0 ? asked : otherwise;
  }

  private static long bytes(String property, int level, long otherwise) {
    long asked = own(property, 0);
    if (asked > 0) {
      return asked;
    }
    // Of the first level there are two, for data and for instructions.
    for (int index = 0; index < 4; index++) {
      Path cache = Path.of("/sys/devices/system/cpu/cpu0/cache/index" + index);
      if (read(cache.resolve("level")).equals(Integer.toString(level))
          && !read(cache.resolve("type")).equals("Instruction")) {
        long size = parse(read(cache.resolve("size")));
        return size > 0 ? size : otherwise;
      }
    }
    return otherwise;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException | SecurityException e) {
      // Not Linux, or hidden: the caller has a value for that.
      return "";
    }
  }

  /** Bytes of a text such as 49152, 48K or 2M; 0 if it is none. */
  static long parse(String text) {
    if (!text.matches("[0-9]{1,10}[KM]?")) {
      return 0;
    }
    char unit = text.charAt(text.length() - 1);
    long number = Long.parseLong(text.replaceAll("[KM]", ""));
    return number * (unit == 'K' ? KIB : unit == 'M' ? MIB : 1);
  }
}
