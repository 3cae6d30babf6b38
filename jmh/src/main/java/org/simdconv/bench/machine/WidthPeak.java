package org.simdconv.bench.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;

/**
 * The rate of fused multiply-adds at one vector width, by two loops of which the faster one counts:
 * 12 independent sums cover latency times ports of most cores and fit 16 registers; 24 cover cores
 * with four ports, and need 32 registers.
 */
final class WidthPeak {
  private static final int PIECES = 40;

  private final MethodHandle twelve;
  private final MethodHandle twentyFour;
  private final double flopsOfTwelve;
  private final boolean more;

  /** Compiles the loops. */
  WidthPeak(int bits) {
    try (InputStream in = FmaLoops.class.getResourceAsStream("FmaLoops.class")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks FmaLoops.class");
      }
      MethodHandles.Lookup hidden =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), bits, true);
      MethodType type = MethodType.methodType(float.class);
      twelve = hidden.findStatic(hidden.lookupClass(), "twelve", type);
      twentyFour = hidden.findStatic(hidden.lookupClass(), "twentyFour", type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    flopsOfTwelve = 2.0 * 12 * FmaLoops.STEPS * bits / Float.SIZE;
    // C2 is done after some 10^5 loop turns and a second at most; where nothing is compiled to
    // vector instructions, the second is the end of it.
    long until = System.nanoTime() + 1_000_000_000;
    for (int i = 0; i < 100 && System.nanoTime() < until; i++) {
      run(false);
      run(true);
    }
    more = best(true, 10) > best(false, 10);
  }

  /** GFLOP/s of a number of threads together; some 10 ms. */
  double gflops(int threads) {
    return Together.run(threads, () -> more, m -> best(m, PIECES), 1)[0];
  }

  /** Bytes that the faster loop allocates a call. */
  long bytesAllocated() {
    if (!(ManagementFactory.getThreadMXBean()
        instanceof com.sun.management.ThreadMXBean allocation)) {
      return 0;
    }
    // The least of several: the first calls of the bean allocate themselves.
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = allocation.getCurrentThreadAllocatedBytes();
      run(more);
      least = Math.min(least, allocation.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private double best(boolean moreSums, int pieces) {
    long least = Long.MAX_VALUE;
    long until = System.nanoTime() + 200_000_000;
    for (int i = 0; i < pieces && (i == 0 || System.nanoTime() < until); i++) {
      long start = System.nanoTime();
      run(moreSums);
      least = Math.min(least, System.nanoTime() - start);
    }
    return (moreSums ? 2 : 1) * flopsOfTwelve / least;
  }

  private void run(boolean moreSums) {
    try {
      FmaPeak.use(moreSums ? (float) twentyFour.invokeExact() : (float) twelve.invokeExact());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
