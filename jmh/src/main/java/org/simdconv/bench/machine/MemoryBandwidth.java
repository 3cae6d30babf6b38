package org.simdconv.bench.machine;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rate at which main memory is read: sums over an array much larger than the caches. The best
 * of several passes.
 */
public final class MemoryBandwidth {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int FLOATS = 64 * 1024 * 1024;
  private static final int PASSES = 5;

  private MemoryBandwidth() {}

  /**
   * Measures, in about a second.
   *
   * @param threads threads that read at the same time, each its own part
   * @return GB/s, 10^9 bytes a second
   */
  public static double readGigabytes(int threads) {
    float[] data = new float[FLOATS];
    int part = FLOATS / threads / 64 * 64;
    double best = 0;
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      for (int pass = 0; pass < PASSES; pass++) {
        long start = System.nanoTime();
        pool.submit(
                () ->
                    IntStream.range(0, threads)
                        .parallel()
                        .forEach(
                            t -> {
                              // Pieces, so that the loop is compiled by being called often.
                              for (int at = t * part; at < (t + 1) * part; at += 1 << 14) {
                                FmaPeak.use(
                                    sum(data, at, Math.min((t + 1) * part, at + (1 << 14))));
                              }
                            }))
            .join();
        double seconds = (System.nanoTime() - start) / 1e9;
        best = Math.max(best, 4.0 * part * threads / 1e9 / seconds);
      }
    }
    return best;
  }

  private static float sum(float[] data, int from, int to) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int step = 4 * S.length();
    for (int i = from; i <= to - step; i += step) {
      a = a.add(FloatVector.fromArray(S, data, i));
      b = b.add(FloatVector.fromArray(S, data, i + S.length()));
      c = c.add(FloatVector.fromArray(S, data, i + 2 * S.length()));
      d = d.add(FloatVector.fromArray(S, data, i + 3 * S.length()));
    }
    return a.add(b).add(c).add(d).lane(0);
  }
}
