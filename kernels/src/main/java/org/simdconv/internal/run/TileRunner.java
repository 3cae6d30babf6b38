package org.simdconv.internal.run;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the tasks of an engine over a pool. Each participant has a run of neighbouring tasks,
 * which share the window in its scratch, and takes half of what is left of the longest other run
 * when its own is done (R. Blumofe, C. Leiserson, "Scheduling multithreaded computations by work
 * stealing", JACM 46(5), 1999). So nobody waits while there is work. The caller takes part itself:
 * it starts at once instead of waiting some 10 us for a worker to wake, and a busy pool cannot hold
 * a run up, since helpers that have not started when the work is all claimed are abandoned.
 *
 * <p>Belongs to one workspace; one run at a time. Helpers are made once and reused, so that a run
 * allocates nothing; an abandoned helper that still waits in the pool's queue is armed again where
 * it lies.
 */
public final class TileRunner {
  private static final int SLOT_ALIGNMENT = 64;

  // Parking and being woken costs some 50 us, about as much as a helper's last task takes.
  private static final long SPIN_NANOS = 200_000;

  // A network runs layer after layer: a helper that stays for a moment saves the next one the
  // waking of a worker.
  private static final long LINGER_NANOS = 20_000;
  private static final float[] NO_SCRATCH = {};

  // A participant's run of tasks is one long, first in the high and end in the low half; so far
  // apart that no two share a cache line or its neighbour.
  private static final int APART = 16;

  private AtomicLongArray runs = new AtomicLongArray(0);
  private Slot[] slots = new Slot[0];
  private volatile boolean failed;
  private final Binding buffers = new Binding();
  private @Nullable Helper[] helpers = new @Nullable Helper[0];
  private @Nullable Engine engine;
  private float[] scratch = NO_SCRATCH;
  private int scratchAt;
  private int threads;

  /**
   * Scratch of one thread, rounded so that no two threads write to one cache line or its neighbour.
   */
  public static long slotFloats(Engine engine) {
    long floats = (long) engine.scratchFloats() + SLOT_ALIGNMENT;
    return (floats + SLOT_ALIGNMENT - 1) / SLOT_ALIGNMENT * SLOT_ALIGNMENT;
  }

  /** The buffers of the run that is to come. */
  public Binding buffers() {
    return buffers;
  }

  /**
   * Runs all tasks and returns when they are done.
   *
   * @param engine what to run; the buffers are bound
   * @param scratch memory of threads * slotFloats
   * @param at first float of it
   * @param threads the caller and its helpers
   * @param pool where helpers run; null only with one thread
   */
  public void run(
      Engine engine, float[] scratch, int at, int threads, @Nullable ForkJoinPool pool) {
    this.engine = engine;
    this.scratch = scratch;
    this.scratchAt = at;
    this.threads = threads;
    failed = false;
    if (slots.length < threads) {
      helpers = Arrays.copyOf(helpers, threads - 1);
      runs = new AtomicLongArray(threads * APART);
      slots = new Slot[threads];
      Arrays.setAll(slots, i -> new Slot());
    }
    long tasks = engine.tasks();
    for (int i = 0; i < threads; i++) {
      runs.set(i * APART, ((tasks * i / threads) << 32) | (tasks * (i + 1) / threads));
    }
    Throwable failure = null;
    int started = 0;
    try {
      if (pool != null) {
        for (; started < threads - 1; started++) {
          start(started, pool);
        }
      }
      work(0);
    } catch (Throwable t) {
      failure = t;
      failed = true;
    }
    // Whatever happened, no helper may outlive the run: it would write into buffers that are not
    // its own.
    for (int i = 0; i < started; i++) {
      Throwable t = finish(helpers[i]);
      if (failure == null) {
        failure = t;
      }
    }
    this.engine = null;
    this.scratch = NO_SCRATCH;
    buffers.clear();
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  private void start(int i, ForkJoinPool pool) {
    Helper helper = helpers[i];
    if (helper == null || !helper.rearm(pool)) {
      if (helper == null || !helper.reusable()) {
        helper = new Helper(this, i + 1);
        helpers[i] = helper;
      }
      helper.start(pool);
    }
  }

  private static @Nullable Throwable finish(@Nullable Helper helper) {
    return helper == null ? null : helper.finish();
  }

  private void work(int slot) {
    Engine e = engine;
    if (e == null) {
      throw new AssertionError("work without a run");
    }
    // An array begins 16 bytes behind a cache line where it is large (JDK 25, G1).
    int aligned =
        (scratchAt + 4 + SLOT_ALIGNMENT / 4 - 1) / (SLOT_ALIGNMENT / 4) * (SLOT_ALIGNMENT / 4) - 4;
    int at = aligned + Math.toIntExact(slot * slotFloats(e));
    Slot own = slots[slot];
    own.clear();
    try {
      for (int task = claim(slot); task >= 0 && !failed; task = claim(slot)) {
        e.run(task, buffers, scratch, at, own);
      }
    } finally {
      own.clear();
    }
  }

  /** The next task of a participant, its own or a stolen one; -1 if there is none. */
  private int claim(int slot) {
    int own = slot * APART;
    while (true) {
      for (long run = runs.get(own); first(run) < end(run); run = runs.get(own)) {
        if (runs.compareAndSet(own, run, run + (1L << 32))) {
          return first(run);
        }
      }
      int victim = -1;
      int most = 0;
      for (int i = 0; i < threads; i++) {
        long run = runs.get(i * APART);
        if (end(run) - first(run) > most) {
          most = end(run) - first(run);
          victim = i * APART;
        }
      }
      if (victim < 0) {
        return -1;
      }
      long run = runs.get(victim);
      int middle = (first(run) + end(run)) >>> 1;
      // A run comes back to no earlier value, as each task is claimed once: no ABA.
      if (first(run) < end(run)
          && runs.compareAndSet(victim, run, (long) first(run) << 32 | middle)) {
        runs.set(own, (long) middle << 32 | end(run));
      }
    }
  }

  private static int first(long run) {
    return (int) (run >>> 32);
  }

  private static int end(long run) {
    return (int) run;
  }

  /**
   * Never completes and is never joined, so that it can be submitted again and again: the thread
   * that has completed a task wakes its joiners a little later, and where the task has been
   * reinitialized in between, those of the next execution, who go back to sleep unlisted and are
   * not woken by its end (ForkJoinTask of JDK 25; a run hung so). The state is what the caller
   * waits for.
   */
  private static final class Helper extends ForkJoinTask<Void> {
    private static final long serialVersionUID = 1L;

    /** Not in any queue, or about to leave it. */
    private static final int IDLE = 0;

    /** Queued, to work for the present run. */
    private static final int ARMED = 1;

    /** At work. */
    private static final int RUNNING = 2;

    /** Queued, to do nothing. */
    private static final int ABANDONED = 3;

    /** Done with a run, waiting a moment for the next one. */
    private static final int LINGERING = 4;

    private final transient TileRunner runner;
    private final int slot;
    private final AtomicInteger state = new AtomicInteger(IDLE);
    private transient @Nullable ForkJoinPool pool;
    private transient volatile @Nullable Thread waiter;
    private @Nullable Throwable failure;

    Helper(TileRunner runner, int slot) {
      this.runner = runner;
      this.slot = slot;
    }

    /** Takes up a helper that lingers in the same pool or that an earlier run left in its queue. */
    boolean rearm(ForkJoinPool into) {
      return pool == into
          && (state.compareAndSet(LINGERING, ARMED) || state.compareAndSet(ABANDONED, ARMED));
    }

    /** Whether the helper can be submitted again: not if it lies in the queue of another pool. */
    boolean reusable() {
      return state.get() == IDLE;
    }

    void start(ForkJoinPool into) {
      pool = into;
      state.set(ARMED);
      try {
        into.execute(this);
      } catch (RuntimeException | Error e) {
        state.set(IDLE);
        throw e;
      }
    }

    /** Waits for a helper at work, abandons one that has not begun. */
    @Nullable Throwable finish() {
      if (!state.compareAndSet(ARMED, ABANDONED)) {
        long start = System.nanoTime();
        while (state.get() == RUNNING && System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        }
        if (state.get() == RUNNING) {
          park();
        }
      }
      Throwable t = failure;
      failure = null;
      return t;
    }

    private void park() {
      boolean interrupted = false;
      waiter = Thread.currentThread();
      while (state.get() == RUNNING) {
        LockSupport.park(this);
        // With an interrupt pending, park returns at once.
        interrupted |= Thread.interrupted();
      }
      waiter = null;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public @Nullable Void getRawResult() {
      return null;
    }

    @Override
    protected void setRawResult(@Nullable Void value) {}

    /** Returns false, that is without the task being marked as complete. */
    @Override
    protected boolean exec() {
      long lingerUntil = 0;
      while (true) {
        if (state.compareAndSet(ARMED, RUNNING)) {
          try {
            runner.work(slot);
          } catch (Throwable t) {
            failure = t;
          }
          lingerUntil = System.nanoTime() + LINGER_NANOS;
          state.set(LINGERING);
          LockSupport.unpark(waiter);
        } else if (state.compareAndSet(ABANDONED, IDLE)
            || (System.nanoTime() - lingerUntil > 0 && state.compareAndSet(LINGERING, IDLE))) {
          return false;
        }
        Thread.onSpinWait();
      }
    }
  }
}
