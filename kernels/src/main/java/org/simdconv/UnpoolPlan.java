package org.simdconv;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.run.UnpoolEngine;

/**
 * Max unpooling for one image size. Made by {@link MaxUnpool#plan}.
 *
 * <p>Thread safety, executor and buffers as of {@link ConvPlan}; the output must not overlap
 * another tensor.
 */
public final class UnpoolPlan {
  private final String description;
  private final Execution execution;
  private final int inputFloats;
  private final int outputFloats;
  private final int outHeight;
  private final int outWidth;
  private final int inPlane;
  private final int indexPlane;

  /** Binds the engine; the sizes have been checked. */
  UnpoolPlan(
      String description,
      PlanOptions options,
      int batch,
      int channels,
      int[] in,
      int[] index,
      int[] out) {
    VectorModule.require();
    this.description = description;
    this.inputFloats = Check.elements("input", batch, channels, in[0], in[1]);
    Check.elements("the indices' range", batch, channels, index[0], index[1]);
    this.outputFloats = Check.elements("output", batch, channels, out[0], out[1]);
    this.outHeight = out[0];
    this.outWidth = out[1];
    this.inPlane = in[0] * in[1];
    this.indexPlane = index[0] * index[1];
    this.execution =
        new Execution(
            new UnpoolEngine(batch * channels, in[0], in[1], index[0], index[1], out[0], out[1]),
            options,
            20.0 * ((double) inputFloats + outputFloats),
            Execution.Tensor.floats("input", inputFloats),
            null,
            Execution.Tensor.floats("output", outputFloats),
            Execution.Tensor.ints("indices", inputFloats),
            false);
  }

  /**
   * Runs on parts of arrays.
   *
   * @param input input tensor
   * @param inputOffset its first float
   * @param indices where each input goes
   * @param indicesOffset the first of them
   * @param output output tensor
   * @param outputOffset its first float
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if an array or the workspace is null
   * @throws IndexOutOfBoundsException if a tensor does not lie in its array, or an index not in the
   *     plane of its channel; then nothing has been written
   * @throws IllegalArgumentException if they overlap, or the workspace is too small for one thread
   * @throws IllegalStateException if the workspace is in use
   */
  public void run(
      float[] input,
      int inputOffset,
      int[] indices,
      int indicesOffset,
      float[] output,
      int outputOffset,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    Objects.requireNonNull(indices, "indices");
    if (indicesOffset >= 0 && indicesOffset <= indices.length - inputFloats) {
      for (int plane = 0; plane < inputFloats / inPlane; plane++) {
        int from = plane * inPlane;
        // The least and the most first: C2 makes vectors of that loop, not of one with a way out.
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int i = from; i < from + inPlane; i++) {
          least = Math.min(least, indices[indicesOffset + i]);
          most = Math.max(most, indices[indicesOffset + i]);
        }
        if (isOutside(least, most, plane)) {
          for (int i = from; i < from + inPlane; i++) {
            check(i, indices[indicesOffset + i], plane);
          }
        }
      }
    }
    execution.run(
        input, inputOffset, null, 0, indices, indicesOffset, output, outputOffset, workspace, pool);
  }

  /**
   * Runs on segments, heap or native, in native byte order, from their start. The indices must not
   * change during the run.
   *
   * @param input input tensor, floats
   * @param indices where each input goes, ints
   * @param output output tensor, floats
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if a segment or the workspace is null
   * @throws IndexOutOfBoundsException if a segment is too short, or an index does not lie in the
   *     plane of its channel; then nothing has been written
   * @throws IllegalArgumentException if they overlap, the output is read-only, the workspace is too
   *     small for one thread, or helpers would be used on a segment that is confined to the calling
   *     thread
   * @throws IllegalStateException if the workspace is in use, or the arena of a segment is closed
   * @throws WrongThreadException if a segment is confined to another thread
   */
  public void run(
      MemorySegment input,
      MemorySegment indices,
      MemorySegment output,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    Objects.requireNonNull(indices, "indices");
    if (indices.byteSize() >= 4L * inputFloats) {
      for (int plane = 0; plane < inputFloats / inPlane; plane++) {
        int from = plane * inPlane;
        for (int i = from; i < from + inPlane; i++) {
          check(i, indices.get(ValueLayout.JAVA_INT_UNALIGNED, 4L * i), plane);
        }
      }
    }
    execution.run(input, null, indices, output, workspace, pool);
  }

  private boolean isOutside(int least, int most, int plane) {
    long from = (long) plane * indexPlane;
    return least < from || most >= from + indexPlane;
  }

  private void check(int i, int index, int plane) {
    long from = (long) plane * indexPlane;
    if (index < from || index >= from + indexPlane) {
      throw new IndexOutOfBoundsException(
          "indices["
              + i
              + "] is "
              + index
              + "; must be "
              + from
              + " .. "
              + (from + indexPlane - 1)
              + ", in the plane of its channel");
    }
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
