package org.simdconv.bench.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rate of fused multiply-adds that the Vector API reaches with nothing else to do: 24
 * independent chains, more than latency times ports of any present core, and no memory. The fastest
 * of several short pieces, since whatever disturbs it only makes it slower.
 */
public final class FmaPeak {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 24;
  private static final int STEPS = 1 << 17;
  private static final int PIECES = 12;
  private static boolean warm;

  private FmaPeak() {}

  /**
   * Measures, some 10 to 20 ms a call once warm.
   *
   * @param threads cores to load at the same time
   * @return GFLOP/s of all threads together
   */
  public static synchronized double gflops(int threads) {
    if (!warm) {
      // Compiled by C2 after some 10^4 loop turns; 30 pieces leave no doubt.
      for (int i = 0; i < 30; i++) {
        use(chains(STEPS));
      }
      warm = true;
    }
    if (threads == 1) {
      return best();
    }
    CyclicBarrier together = new CyclicBarrier(threads);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        rates.add(
            executor.submit(
                () -> {
                  together.await();
                  return best();
                }));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the FMA peak was measured", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a result count, so that its computation stays. */
  static void use(float value) {
    if (Float.isNaN(value)) {
      throw new IllegalStateException("a probe computed NaN");
    }
  }

  private static double best() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < PIECES; i++) {
      long start = System.nanoTime();
      use(chains(STEPS));
      least = Math.min(least, System.nanoTime() - start);
    }
    return 2.0 * CHAINS * S.length() * STEPS / least;
  }

  // spotless:off
  private static float chains(int steps) {
    // The factor keeps the sums finite: x -> 0.5 * 1 + x grows, slowly.
    FloatVector b = FloatVector.broadcast(S, 0.5f);
    FloatVector c = FloatVector.broadcast(S, 1e-3f);
    FloatVector z = FloatVector.zero(S);
    FloatVector a0 = z, a1 = z, a2 = z, a3 = z, a4 = z, a5 = z, a6 = z, a7 = z;
    FloatVector a8 = z, a9 = z, a10 = z, a11 = z, a12 = z, a13 = z, a14 = z, a15 = z;
    FloatVector a16 = z, a17 = z, a18 = z, a19 = z, a20 = z, a21 = z, a22 = z, a23 = z;
    for (int i = 0; i < steps; i++) {
      a0 = b.fma(c, a0); a1 = b.fma(c, a1); a2 = b.fma(c, a2); a3 = b.fma(c, a3);
      a4 = b.fma(c, a4); a5 = b.fma(c, a5); a6 = b.fma(c, a6); a7 = b.fma(c, a7);
      a8 = b.fma(c, a8); a9 = b.fma(c, a9); a10 = b.fma(c, a10); a11 = b.fma(c, a11);
      a12 = b.fma(c, a12); a13 = b.fma(c, a13); a14 = b.fma(c, a14); a15 = b.fma(c, a15);
      a16 = b.fma(c, a16); a17 = b.fma(c, a17); a18 = b.fma(c, a18); a19 = b.fma(c, a19);
      a20 = b.fma(c, a20); a21 = b.fma(c, a21); a22 = b.fma(c, a22); a23 = b.fma(c, a23);
    }
    return a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).add(a8).add(a9).add(a10).add(a11)
        .add(a12).add(a13).add(a14).add(a15).add(a16).add(a17).add(a18).add(a19).add(a20).add(a21).add(a22)
        .add(a23).lane(0);
  }
  // spotless:on
}
