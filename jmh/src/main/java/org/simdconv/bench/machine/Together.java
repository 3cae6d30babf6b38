package org.simdconv.bench.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Runs the same work on several threads at the same time. */
final class Together {
  private Together() {}

  /**
   * Runs trials.
   *
   * @param threads threads; 1 is the calling thread
   * @param hand made by each thread for itself, before the first trial; closed by it if it can be
   * @param trial the work of a trial, giving a rate; all threads begin it together
   * @param trials how often
   * @return for each trial the sum of the threads' rates
   */
  static <H> double[] run(int threads, Supplier<H> hand, ToDoubleFunction<H> trial, int trials) {
    CyclicBarrier barrier = new CyclicBarrier(threads);
    try {
      if (threads == 1) {
        return one(hand, trial, trials, barrier);
      }
      try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
        List<Future<double[]>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          futures.add(executor.submit(() -> one(hand, trial, trials, barrier)));
        }
        double[] sums = new double[trials];
        for (Future<double[]> future : futures) {
          double[] rates = future.get();
          for (int t = 0; t < trials; t++) {
            sums[t] += rates[t];
          }
        }
        return sums;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the machine was measured", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static <H> double[] one(
      Supplier<H> hand, ToDoubleFunction<H> trial, int trials, CyclicBarrier barrier)
      throws Exception {
    double[] rates = new double[trials];
    H own = hand.get();
    try {
      for (int t = 0; t < trials; t++) {
        barrier.await();
        rates[t] = trial.applyAsDouble(own);
      }
    } catch (RuntimeException | Error e) {
      // The others would wait for this one for ever.
      barrier.reset();
      throw e;
    } finally {
      if (own instanceof AutoCloseable closeable) {
        closeable.close();
      }
    }
    return rates;
  }
}
