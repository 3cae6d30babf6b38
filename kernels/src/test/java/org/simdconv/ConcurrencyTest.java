package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One plan in many threads, pools in every state, and nothing allocated. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ConcurrencyTest {
  private static final PlanOptions ALWAYS_FORK =
      PlanOptions.defaults().withThreads(4).withForkThreshold(1);
  private static final ConvCase CASE = ConvCase.square(false, 2, 9, 30, 23, 3, 1, 1);

  private final float[] x = ConvCase.reals(CASE.inputSize(), 1);
  private final float[] w = ConvCase.reals(CASE.weightSize(), 2);
  private final ConvPlan plan = CASE.plan(w, null, Activation.none(), ALWAYS_FORK);
  private final float[] expected = CASE.reference(x, w, null);

  @Test
  void concurrentRunsOfOnePlan() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        int mine = t;
        runs.add(
            threads.submit(
                () -> {
                  Workspace ws = plan.newWorkspace();
                  float[] y = new float[plan.outputFloats()];
                  for (int i = 0; i < 50; i++) {
                    java.util.Arrays.fill(y, Float.NaN);
                    switch (mine % 3) {
                      case 0 -> plan.run(x, 0, y, 0, ws, Equivalence.POOL);
                      case 1 -> plan.run(x, y, Equivalence.POOL);
                      default -> plan.run(x, y);
                    }
                    Equivalence.same(expected, y, "run " + i);
                  }
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }

  @Test
  void aWorkspaceServesOneRunAtATime() throws Exception {
    Workspace ws = plan.newWorkspace();
    ws.acquire();
    float[] y = new float[plan.outputFloats()];
    String message =
        assertThrows(IllegalStateException.class, () -> plan.run(x, 0, y, 0, ws, null))
            .getMessage();
    assertTrue(message != null && message.contains("workspace is in use"));
    ws.release();
    plan.run(x, 0, y, 0, ws, null);
    Equivalence.same(expected, y, "after release");
  }

  @Test
  void aBusyPoolDoesNotHoldARunUp() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (ForkJoinPool busy = new ForkJoinPool(2)) {
      for (int i = 0; i < 2; i++) {
        busy.execute(
            () -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
      }
      Workspace ws = plan.newWorkspace();
      float[] y = new float[plan.outputFloats()];
      // Helpers cannot start; later runs find the abandoned ones in the queue and arm them again.
      for (int i = 0; i < 5; i++) {
        plan.run(x, 0, y, 0, ws, busy);
        Equivalence.same(expected, y, "busy " + i);
      }
      // The abandoned helpers lie in the busy pool; this run needs others.
      plan.run(x, 0, y, 0, ws, Equivalence.POOL);
      Equivalence.same(expected, y, "other pool");
      release.countDown();
      for (int i = 0; i < 50; i++) {
        plan.run(x, 0, y, 0, ws, busy);
        Equivalence.same(expected, y, "free " + i);
      }
    }
  }

  @Test
  void insideThePoolAndInASmallOne() throws Exception {
    float[] y = new float[plan.outputFloats()];
    Equivalence.POOL.submit(() -> plan.run(x, y, Equivalence.POOL)).get();
    Equivalence.same(expected, y, "inside");
    try (ForkJoinPool one = new ForkJoinPool(1)) {
      one.submit(() -> plan.run(x, y, one)).get();
      Equivalence.same(expected, y, "inside a pool of one");
    }
    Workspace small = Workspace.ofFloats(plan.workspaceFloats(1));
    plan.run(x, 0, y, 0, small, Equivalence.POOL);
    Equivalence.same(expected, y, "workspace of one thread");
  }

  @Test
  void aFailingHelperFailsTheRunAndLeavesTheWorkspaceUsable() {
    ForkJoinPool dead = new ForkJoinPool(4);
    dead.shutdown();
    Workspace ws = plan.newWorkspace();
    float[] y = new float[plan.outputFloats()];
    assertThrows(RejectedExecutionException.class, () -> plan.run(x, 0, y, 0, ws, dead));
    plan.run(x, 0, y, 0, ws, Equivalence.POOL);
    Equivalence.same(expected, y, "after a dead pool");
  }

  @Test
  void otherWeightsSameDecisions() throws ExecutionException {
    float[] other = ConvCase.reals(w.length, 77);
    float[] bias = ConvCase.reals(30, 78);
    float[] y = new float[plan.outputFloats()];
    plan.withWeights(other, bias).run(x, y);
    Equivalence.same(CASE.reference(x, other, bias), y, "other weights");
    plan.run(x, y);
    Equivalence.same(expected, y, "first weights");
  }

  @Test
  void theCallersArraysAreNotKept() {
    float[] weights = w.clone();
    float[] bias = ConvCase.reals(30, 5);
    ConvPlan mine = CASE.plan(weights, bias.clone(), Activation.none(), ALWAYS_FORK);
    java.util.Arrays.fill(weights, Float.NaN);
    float[] y = new float[mine.outputFloats()];
    mine.run(x, y);
    Equivalence.same(CASE.reference(x, w, bias), y, "weights changed afterwards");
  }

  /**
   * After warm-up a run allocates nothing in the calling thread: arrays and segments, serial and
   * with a pool.
   */
  @Test
  void noAllocation() {
    List<ConvCase> cases =
        List.of(
            ConvCase.square(false, 1, 9, 30, 12, 3, 1, 1),
            ConvCase.square(false, 1, 64, 30, 12, 1, 1, 0),
            ConvCase.square(true, 1, 9, 30, 8, 4, 2, 1),
            new ConvCase(
                false,
                1,
                12,
                12,
                9,
                1,
                1,
                new ConvCase.Kernel(3, 3, 2, 2, 1, 1),
                new ConvCase.Pads(1, 1, 1, 1),
                0,
                0));
    try (Arena arena = Arena.ofShared()) {
      for (ConvCase c : cases) {
        ConvPlan p =
            c.plan(ConvCase.reals(c.weightSize(), 1), null, Activation.relu(), ALWAYS_FORK);
        Workspace ws = p.newWorkspace();
        float[] in = ConvCase.reals(c.inputSize(), 2);
        float[] out = new float[p.outputFloats()];
        MemorySegment inSegment = arena.allocate(4L * in.length);
        MemorySegment outSegment = arena.allocate(4L * out.length);
        for (int way = 0; way < 4; way++) {
          ForkJoinPool pool = way % 2 == 0 ? null : Equivalence.POOL;
          Runnable run =
              way < 2
                  ? () -> p.run(in, 0, out, 0, ws, pool)
                  : () -> p.run(inSegment, outSegment, ws, pool);
          long least = Allocations.least(run, 20);
          String what = "bytes in 20 runs, way " + way + ", " + c;
          assertEquals(0, least, () -> what + Allocations.places(run));
        }
      }
    }
  }

  @Test
  void planExplainsItself() {
    PlanExplanation e = plan.explain();
    assertEquals(Algorithm.DIRECT, e.algorithm());
    assertEquals(plan.flops(), e.flops());
    assertEquals(2L * 2 * 23 * 23 * 30 * 9 * 9, e.flops());
    assertTrue(e.usefulShare() > 0.3 && e.usefulShare() <= 1, e.toString());
    assertTrue(e.toString().contains(CASE.toString()), e.toString());
    assertEquals(plan.workspaceFloats(), e.workspaceFloats());
    assertArrayEquals(new int[] {23, 23}, new int[] {plan.outHeight(), plan.outWidth()});
  }

  @Test
  void planExplainsItsPhases() {
    ConvTranspose2d conv = ConvTranspose2d.of(3, 5).stride(2, 2);
    ConvPlan odd = conv.kernel(3, 3).plan(1, 6, 6, new float[3 * 5 * 9], null);
    assertEquals("1 of 2x2, 1 of 2x1, 1 of 1x2, 1 of 1x1", odd.explain().phases());
    ConvPlan even = conv.kernel(4, 4).plan(1, 6, 6, new float[3 * 5 * 16], null);
    assertEquals("4 of 2x2", even.explain().phases());
    ConvPlan gaps = conv.kernel(1, 2).plan(1, 6, 6, new float[3 * 5 * 2], null);
    assertEquals("2 of 1x1, 2 of 0x1", gaps.explain().phases());
    assertEquals("1 of 3x3", plan.explain().phases());
  }
}
