package org.simdconv;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.run.Engine;

/**
 * An operation on images without weights, for one image size: upsampling, pooling, a shuffle. Made
 * by {@link Resize}, {@link Pool}, {@link PixelShuffle} and {@link BedOfNails}.
 *
 * <p>Thread safety, executor and buffers as of {@link ConvPlan}: immutable, any number of
 * concurrent runs with a workspace each, no allocation once the JVM is warm but for masks, 48 bytes
 * each, that C2 may make objects of (some KiB a run, JDK 25); the output must not overlap the
 * input. The result does not depend on the number of threads or the vectors' width.
 */
public final class ImagePlan {
  private final String description;
  private final Execution execution;
  private final int inputFloats;
  private final int outputFloats;
  private final int outDepth;
  private final int outHeight;
  private final int outWidth;

  /**
   * Binds an engine.
   *
   * @param in batch, channels, depth, height, width of the input
   * @param out the same of the output
   */
  ImagePlan(String description, Engine engine, PlanOptions options, int[] in, int[] out) {
    VectorModule.require();
    this.description = description;
    this.inputFloats = Check.elements("input", in);
    this.outputFloats = Check.elements("output", out);
    this.outDepth = out[2];
    this.outHeight = out[3];
    this.outWidth = out[4];
    // Bound by memory: a helper is worth its waking from some 10 us of copying on.
    this.execution =
        new Execution(
            engine,
            options,
            20.0 * ((double) inputFloats + outputFloats),
            Execution.Tensor.floats("input", inputFloats),
            null,
            Execution.Tensor.floats("output", outputFloats));
  }

  /**
   * Runs in the calling thread and a pool, with a workspace that the plan keeps; a concurrent run
   * makes one of its own.
   *
   * @param input {@link #inputFloats()} floats from its start
   * @param output {@link #outputFloats()} floats from its start
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if an array is null
   * @throws IndexOutOfBoundsException if an array is too short
   * @throws IllegalArgumentException if they overlap
   */
  public void run(float[] input, float[] output, @Nullable ForkJoinPool pool) {
    execution.run(input, null, output, pool);
  }

  /**
   * Runs on parts of arrays.
   *
   * @param input input tensor
   * @param inputOffset its first float
   * @param output output tensor
   * @param outputOffset its first float
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
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    execution.run(input, inputOffset, null, 0, output, outputOffset, workspace, pool);
  }

  /**
   * Runs on segments, heap or native, of floats in native byte order, from their start.
   *
   * @param input input tensor
   * @param output output tensor
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if a segment or the workspace is null
   * @throws IndexOutOfBoundsException if a segment is too short
   * @throws IllegalArgumentException if they overlap, the output is read-only, the workspace is too
   *     small for one thread, or helpers would be used on a segment that is confined to the calling
   *     thread
   * @throws IllegalStateException if the workspace is in use, or the arena of a segment is closed
   * @throws WrongThreadException if a segment is confined to another thread
   */
  public void run(
      MemorySegment input, MemorySegment output, Workspace workspace, @Nullable ForkJoinPool pool) {
    execution.run(input, null, output, workspace, pool);
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
