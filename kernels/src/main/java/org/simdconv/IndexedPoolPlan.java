package org.simdconv;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.run.Engine;

/**
 * Max pooling that tells where each maximum is, for one image size. Made by {@link
 * Pool#planWithIndices}.
 *
 * <p>An index counts over the whole input, as in ONNX: {@code ((n * channels + c) * height + ih) *
 * width + iw}; of equal values the first counts, kernel row and column ascending, and NaN is larger
 * than any number. There are as many indices as outputs.
 *
 * <p>Thread safety, executor and buffers as of {@link ConvPlan}; neither output may overlap another
 * tensor.
 */
public final class IndexedPoolPlan {
  private final String description;
  private final Execution execution;
  private final int inputFloats;
  private final int outputFloats;
  private final int outDepth;
  private final int outHeight;
  private final int outWidth;

  /** Binds an engine; see {@link ImagePlan}. */
  IndexedPoolPlan(String description, Engine engine, PlanOptions options, int[] in, int[] out) {
    VectorModule.require();
    this.description = description;
    this.inputFloats = Check.elements("input", in);
    this.outputFloats = Check.elements("output", out);
    this.outDepth = out[2];
    this.outHeight = out[3];
    this.outWidth = out[4];
    this.execution =
        new Execution(
            engine,
            options,
            40.0 * ((double) inputFloats + outputFloats),
            Execution.Tensor.floats("input", inputFloats),
            null,
            Execution.Tensor.floats("output", outputFloats),
            Execution.Tensor.ints("indices", outputFloats),
            true);
  }

  /**
   * Runs on parts of arrays.
   *
   * @param input input tensor
   * @param inputOffset its first float
   * @param output output tensor
   * @param outputOffset its first float
   * @param indices where each maximum is
   * @param indicesOffset the first of them
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if an array or the workspace is null
   * @throws IndexOutOfBoundsException if a tensor does not lie in its array
   * @throws IllegalArgumentException if they overlap, or the workspace is too small for one thread
   * @throws IllegalStateException if the workspace is in use
   */
  public void run(
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      int[] indices,
      int indicesOffset,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    Objects.requireNonNull(indices, "indices");
    execution.run(
        input, inputOffset, null, 0, indices, indicesOffset, output, outputOffset, workspace, pool);
  }

  /**
   * Runs on segments, heap or native, in native byte order, from their start.
   *
   * @param input input tensor, floats
   * @param output output tensor, floats
   * @param indices where each maximum is, ints
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if a segment or the workspace is null
   * @throws IndexOutOfBoundsException if a segment is too short
   * @throws IllegalArgumentException if they overlap, one that is written is read-only, the
   *     workspace is too small for one thread, or helpers would be used on a segment that is
   *     confined to the calling thread
   * @throws IllegalStateException if the workspace is in use, or the arena of a segment is closed
   * @throws WrongThreadException if a segment is confined to another thread
   */
  public void run(
      MemorySegment input,
      MemorySegment output,
      MemorySegment indices,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    Objects.requireNonNull(indices, "indices");
    execution.run(input, null, indices, output, workspace, pool);
  }

  /**
   * Makes a workspace of the right size for this plan.
   *
   * @return a new workspace
   */
  public Workspace newWorkspace() {
    return execution.newWorkspace();
  }

  /**
   * Size of a workspace for {@link PlanOptions#threads()} threads.
   *
   * @return floats
   */
  public int workspaceFloats() {
    return execution.workspaceFloats();
  }

  /**
   * Elements of the input.
   *
   * @return floats
   */
  public int inputFloats() {
    return inputFloats;
  }

  /**
   * Elements of the output.
   *
   * @return floats
   */
  public int outputFloats() {
    return outputFloats;
  }

  /**
   * Planes of an output volume.
   *
   * @return planes; 1 for images
   */
  public int outDepth() {
    return outDepth;
  }

  /**
   * Rows of an output image.
   *
   * @return rows
   */
  public int outHeight() {
    return outHeight;
  }

  /**
   * Columns of an output image.
   *
   * @return columns
   */
  public int outWidth() {
    return outWidth;
  }

  /** Returns the description and the image size. */
  @Override
  public String toString() {
    return description;
  }
}
