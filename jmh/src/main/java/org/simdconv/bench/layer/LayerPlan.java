package org.simdconv.bench.layer;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.simdconv.ConvPlan;
import org.simdconv.WeightGradientPlan;
import org.simdconv.Workspace;

/** A planned pass of a layer, its second operand bound: one way to run all of them. */
public interface LayerPlan {
  /** Makes a workspace of the right size. */
  Workspace newWorkspace();

  /** Floats of a workspace. */
  int workspaceFloats();

  /** Elements of the result. */
  int outputFloats();

  /** Floating-point operations of a run, 2 a multiply-add. */
  long flops();

  /** The algorithm in a word. */
  String algorithm();

  /** What was decided and why. */
  String explanation();

  /** Runs on arrays. */
  void run(float[] input, float[] output, Workspace workspace, @Nullable ForkJoinPool pool);

  /** Runs on segments. */
  void run(
      MemorySegment input, MemorySegment output, Workspace workspace, @Nullable ForkJoinPool pool);

  /** A plan of a convolution. */
  static LayerPlan of(ConvPlan plan) {
    return new LayerPlan() {
      @Override
      public Workspace newWorkspace() {
        return plan.newWorkspace();
      }

      @Override
      public int workspaceFloats() {
        return plan.workspaceFloats();
      }

      @Override
      public int outputFloats() {
        return plan.outputFloats();
      }

      @Override
      public long flops() {
        return plan.flops();
      }

      @Override
      public String algorithm() {
        return plan.explain().algorithm().name();
      }

      @Override
      public String explanation() {
        return plan.explain().toString();
      }

      @Override
      public void run(
          float[] input, float[] output, Workspace workspace, @Nullable ForkJoinPool pool) {
        plan.run(input, 0, output, 0, workspace, pool);
      }

      @Override
      public void run(
          MemorySegment input,
          MemorySegment output,
          Workspace workspace,
          @Nullable ForkJoinPool pool) {
        plan.run(input, output, workspace, pool);
      }

      @Override
      public String toString() {
        return plan.toString();
      }
    };
  }

  /** A plan of a gradient of weights, for a gradient of outputs. */
  static LayerPlan of(WeightGradientPlan plan, float[] outputGradient) {
    return new LayerPlan() {
      @Override
      public Workspace newWorkspace() {
        return plan.newWorkspace();
      }

      @Override
      public int workspaceFloats() {
        return plan.workspaceFloats();
      }

      @Override
      public int outputFloats() {
        return plan.weightFloats();
      }

      @Override
      public long flops() {
        return plan.flops();
      }

      @Override
      public String algorithm() {
        return "DIRECT";
      }

      @Override
      public String explanation() {
        return plan.explain();
      }

      @Override
      public void run(
          float[] input, float[] output, Workspace workspace, @Nullable ForkJoinPool pool) {
        plan.run(input, 0, outputGradient, 0, output, 0, false, workspace, pool);
      }

      @Override
      public void run(
          MemorySegment input,
          MemorySegment output,
          Workspace workspace,
          @Nullable ForkJoinPool pool) {
        plan.run(input, MemorySegment.ofArray(outputGradient), output, false, workspace, pool);
      }

      @Override
      public String toString() {
        return plan.toString();
      }
    };
  }
}
