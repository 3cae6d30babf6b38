package org.simdconv.bench.machine;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A fixed piece of work that is timed beside every measurement, so that a change of the machine's
 * speed (its clock, its neighbours) can be told from a change of the kernels: a product of two
 * matrices whose one operand stays in the first-level cache while the other streams from the
 * second, as a convolution's do.
 *
 * <p>It is frozen: results are comparable only while it stays as it is, so it shares no code with
 * the kernels and does not follow their improvements. If it must change, {@link #VERSION} does too.
 *
 * <p>Measured (JDK 25, 2 shared cores with AVX-512, six runs of one build within an hour by {@code
 * track --forks 8}, 21 layers): the medians of the runs lay 11.5% apart by the clock, 3.2% in units
 * of the calibration (median over the layers). It does not help where something other than the
 * multiply-add units limits a layer: depthwise and grouped ones lay 3 to 7% apart by the clock and
 * 8 to 15% calibrated; so {@link org.simdconv.bench.track.Comparison} takes only the share of it
 * that a layer shows.
 */
public final class Calibration {
  /** Changes when the work does; runs of different versions are not compared. */
  public static final int VERSION = 1;

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int ROWS = 126;
  // 16 KiB of pixels with 512 bits, 63 KiB of weights. With 32 KiB the weights that pass drove some
  // of the pixels out of a first level of 48 KiB, and how many depended on where the arrays lay.
  private static final int TAPS = 128;
  private static final int REPEATS = 160;
  private static final int PIECES = 5;

  private static boolean warm;

  private final float[] weights = new float[ROWS * TAPS];
  private final float[] pixels = new float[TAPS * 2 * LANES];
  private final float[] sums = new float[2 * LANES];

  private Calibration() {
    Arrays.fill(weights, 0.5f);
    Arrays.fill(pixels, 1e-3f);
  }

  /**
   * Does the work on each of some threads at the same time, some 6 ms once warm.
   *
   * @param threads threads
   * @return time of a piece of work, microseconds: the median of several, the mean of the threads
   */
  public static synchronized double micros(int threads) {
    if (!warm) {
      Calibration hand = new Calibration();
      // Until C2 is done; the tile is then compiled for good.
      for (int i = 0; i < 5; i++) {
        hand.work();
      }
      warm = true;
    }
    return Together.run(threads, Calibration::new, Calibration::work, 1)[0] / threads;
  }

  private double work() {
    double[] micros = new double[PIECES];
    // The first piece brings the operands back into the caches and is not counted.
    for (int piece = -1; piece < PIECES; piece++) {
      long start = System.nanoTime();
      for (int i = 0; i < REPEATS; i++) {
        for (int row = 0; row < ROWS; row += 6) {
          tile(weights, row * TAPS, pixels, sums);
        }
      }
      micros[Math.max(piece, 0)] = (System.nanoTime() - start) / 1e3;
    }
    FmaPeak.use(sums[0]);
    Arrays.sort(micros);
    return micros[PIECES / 2];
  }

  // 6 x 2: twelve accumulators, two vectors of pixels and a broadcast fit the 16 registers of AVX2,
  // and the loads (at most ten, where a vector crosses a cache line) do not bind, so that it does
  // not matter where the arrays lie. With 8 x 1 that made forks differ by 8% (JDK 25).
  // spotless:off
  private static void tile(float[] w, int at, float[] x, float[] y) {
    FloatVector z = FloatVector.zero(S);
    FloatVector a0 = z, a1 = z, a2 = z, a3 = z, a4 = z, a5 = z;
    FloatVector b0 = z, b1 = z, b2 = z, b3 = z, b4 = z, b5 = z;
    for (int k = 0; k < TAPS; k++) {
      FloatVector p = FloatVector.fromArray(S, x, k * 2 * LANES);
      FloatVector q = FloatVector.fromArray(S, x, k * 2 * LANES + LANES);
      FloatVector v = FloatVector.broadcast(S, w[at + k * 6]);
      a0 = p.fma(v, a0); b0 = q.fma(v, b0);
      v = FloatVector.broadcast(S, w[at + k * 6 + 1]);
      a1 = p.fma(v, a1); b1 = q.fma(v, b1);
      v = FloatVector.broadcast(S, w[at + k * 6 + 2]);
      a2 = p.fma(v, a2); b2 = q.fma(v, b2);
      v = FloatVector.broadcast(S, w[at + k * 6 + 3]);
      a3 = p.fma(v, a3); b3 = q.fma(v, b3);
      v = FloatVector.broadcast(S, w[at + k * 6 + 4]);
      a4 = p.fma(v, a4); b4 = q.fma(v, b4);
      v = FloatVector.broadcast(S, w[at + k * 6 + 5]);
      a5 = p.fma(v, a5); b5 = q.fma(v, b5);
    }
    a0.add(a1).add(a2).add(a3).add(a4).add(a5).intoArray(y, 0);
    b0.add(b1).add(b2).add(b3).add(b4).add(b5).intoArray(y, LANES);
  }
  // spotless:on
}
