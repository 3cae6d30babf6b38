package org.simdconv.internal.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.plan.DenseParts;
import org.simdconv.internal.plan.JointTasks;
import org.simdconv.internal.simd.Epilogue;

/**
 * A dense convolution in several parts of its outputs: the tasks of one engine after those of
 * another, or side by side ({@link JointTasks}). Immutable and safe for concurrent runs.
 */
public final class PartsEngine implements Engine {
  private final DenseEngine[] engines;
  private final int[] firstTask;
  private final int scratchFloats;
  private final @Nullable JointTasks joint;
  // Behind everything that a part needs.
  private final int sumsAt;

  /** Packs the weights for each part; neither array is kept. */
  public PartsEngine(DenseParts parts, float[] weights, float[] bias, Epilogue epilogue) {
    engines = new DenseEngine[parts.plans.size()];
    firstTask = new int[engines.length + 1];
    int most = 0;
    for (int i = 0; i < engines.length; i++) {
      engines[i] = new DenseEngine(parts.plans.get(i), weights, bias, epilogue);
      firstTask[i + 1] = Math.addExact(firstTask[i], engines[i].tasks());
      most = Math.max(most, engines[i].scratchFloats());
    }
    joint = parts.joint;
    sumsAt = most;
    scratchFloats = joint == null ? most : Math.addExact(most, joint.sumFloats);
  }

  @Override
  public int tasks() {
    return joint == null ? firstTask[engines.length] : joint.count();
  }

  @Override
  public int scratchFloats() {
    return scratchFloats;
  }

  @Override
  public void run(int task, Binding buffers, float[] scratch, int at, Slot slot) {
    JointTasks j = joint;
    if (j != null) {
      runJoint(j, task, buffers, scratch, at, slot);
      return;
    }
    // No part is without tasks, so the first tasks are distinct.
    int found = Arrays.binarySearch(firstTask, task);
    int part = found >= 0 ? found : -found - 2;
    if (slot.part != part) {
      slot.forgetInput();
      slot.part = part;
    }
    engines[part].run(task - firstTask[part], buffers, scratch, at, slot);
  }

  private void runJoint(
      JointTasks j, int task, Binding buffers, float[] scratch, int at, Slot slot) {
    int[] parts = j.parts[task];
    for (int step = 0; step < j.stepPart.length; step++) {
      int part = j.stepPart[step];
      slot.forgetInput();
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] == part) {
          int sums = at + sumsAt + j.sums[task][i];
          int own = j.tasks[task][i];
          engines[part].runBlock(
              own, 0, j.stepBlock[step], sums, j.touchesWeights, buffers, scratch, at, slot);
        }
      }
    }
    slot.forgetInput();
  }
}
