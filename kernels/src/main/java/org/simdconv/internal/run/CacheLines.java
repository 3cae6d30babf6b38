package org.simdconv.internal.run;

/**
 * Reading ahead: loads far ahead of each other, all of which are under way at once, where the
 * products that follow would wait at each page.
 */
final class CacheLines {
  private static final int LINE = 16;

  private CacheLines() {}

  /**
   * Reads a float of each cache line. Of no use but for the caches; returns something that depends
   * on all of it, for the caller to keep, so that no compiler leaves it out.
   */
  static int touch(float[] values, int from, int end) {
    int read = 0;
    for (int i = from; i < end; i += LINE) {
      read += Float.floatToRawIntBits(values[i]);
    }
    return read;
  }

  /**
   * The same of the rows of some channels, channel after channel: so the prefetcher sees runs of
   * lines, where tiles take a few lines of each channel.
   *
   * @param apart floats from a channel's rows to the next one's
   * @param length floats of a channel's rows
   */
  static int touchChannels(float[] values, int from, int channels, int apart, int length) {
    int read = 0;
    for (int c = 0; c < channels; c++, from += apart) {
      read += touch(values, from, from + length);
    }
    return read;
  }
}
