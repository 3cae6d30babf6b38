package org.simdconv.internal.run;

import java.util.Arrays;
import java.util.List;
import org.simdconv.internal.plan.DensePlan;
import org.simdconv.internal.simd.Epilogue;

/**
 * A dense convolution in several parts of its outputs: the tasks of one engine after those of
 * another. Immutable and safe for concurrent runs.
 */
public final class PartsEngine implements Engine {
  private final Engine[] engines;
  private final int[] firstTask;
  private final int scratchFloats;

  /** Packs the weights for each part; neither array is kept. */
  public PartsEngine(List<DensePlan> plans, float[] weights, float[] bias, Epilogue epilogue) {
    engines = new Engine[plans.size()];
    firstTask = new int[engines.length + 1];
    int most = 0;
    for (int i = 0; i < engines.length; i++) {
      engines[i] = new DenseEngine(plans.get(i), weights, bias, epilogue);
      firstTask[i + 1] = Math.addExact(firstTask[i], engines[i].tasks());
      most = Math.max(most, engines[i].scratchFloats());
    }
    scratchFloats = most;
  }

  @Override
  public int tasks() {
    return firstTask[engines.length];
  }

  @Override
  public int scratchFloats() {
    return scratchFloats;
  }

  @Override
  public void run(int task, Binding buffers, float[] scratch, int at, Slot slot) {
    // No part is without tasks, so the first tasks are distinct.
    int found = Arrays.binarySearch(firstTask, task);
    int part = found >= 0 ? found : -found - 2;
    if (slot.part != part) {
      slot.window = Slot.NONE;
      slot.touched = Slot.NONE;
      slot.part = part;
    }
    engines[part].run(task - firstTask[part], buffers, scratch, at, slot);
  }
}
