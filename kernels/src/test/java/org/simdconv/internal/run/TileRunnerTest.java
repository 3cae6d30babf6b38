package org.simdconv.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link TileRunner} promises of helpers: each run ends, after all of its tasks. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TileRunnerTest {
  /** Longer than a caller spins for a helper, so that it parks. */
  private static final Duration LONG = Duration.ofMillis(1);

  private static final float[] SCRATCH = new float[2 * 64 + 16];

  private final TileRunner runner = new TileRunner();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  /** Two tasks that wait for each other to begin, so that each thread has one. */
  private Engine pair(Consumer<Thread> second) {
    Thread caller = Thread.currentThread();
    return new Engine() {
      @Override
      public int tasks() {
        return 2;
      }

      @Override
      public int scratchFloats() {
        return 0;
      }

      @Override
      public void run(int task, Binding buffers, float[] scratch, int at, Slot slot) {
        begun.incrementAndGet();
        while (begun.get() < 2) {
          Thread.onSpinWait();
        }
        if (Thread.currentThread() != caller) {
          second.accept(caller);
        }
        done.incrementAndGet();
      }
    };
  }

  private void run(Engine engine, ForkJoinPool pool) {
    begun.set(0);
    done.set(0);
    runner.run(engine, SCRATCH, 0, 2, pool);
  }

  @Test
  void aCallerThatParksIsWokenByItsHelper() {
    Engine engine = pair(caller -> LockSupport.parkNanos(LONG.toNanos()));
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      for (int i = 0; i < 500; i++) {
        run(engine, pool);
        assertEquals(2, done.get());
        if (i % 3 == 0) {
          // The helper lingers no longer, and is submitted again.
          LockSupport.parkNanos(LONG.toNanos());
        }
      }
    }
  }

  @Test
  void anInterruptOutlastsTheWaitAndDoesNotEndIt() {
    Engine engine =
        pair(
            caller -> {
              caller.interrupt();
              LockSupport.parkNanos(20 * LONG.toNanos());
            });
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      run(engine, pool);
      assertEquals(2, done.get());
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void whatAHelperThrowsReachesTheCallerAndLeavesTheRunnerUsable() {
    IllegalStateException thrown = new IllegalStateException("by the helper");
    Engine failing =
        pair(
            caller -> {
              LockSupport.parkNanos(LONG.toNanos());
              throw thrown;
            });
    Engine engine = pair(caller -> {});
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      assertSame(thrown, assertThrows(IllegalStateException.class, () -> run(failing, pool)));
      run(engine, pool);
      assertEquals(2, done.get());
    }
  }

  @Test
  void aRunnerGoesFromPoolToPool() {
    Engine engine = pair(caller -> {});
    for (int i = 0; i < 20; i++) {
      try (ForkJoinPool pool = new ForkJoinPool(2)) {
        run(engine, pool);
        run(engine, pool);
        assertEquals(2, done.get());
      }
    }
  }
}
