package org.simdconv;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** What runs allocate. */
final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /**
   * The least that 20 runs allocate in the calling thread. Vectors live on the heap until C2 is
   * done with a method, which takes as long as it takes: tries until nothing is allocated.
   *
   * @param seconds after which it gives up
   * @return bytes
   */
  static long least(Runnable run, int seconds) {
    return least(run, seconds, 0);
  }

  /**
   * The same, until no more than so much is allocated.
   *
   * @param enough bytes in 20 runs
   */
  static long least(Runnable run, int seconds, long enough) {
    long least = Long.MAX_VALUE;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (least > enough && System.nanoTime() < deadline) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 20; i++) {
        run.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
