package org.simdconv;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.FilterGradientPlan;
import org.simdconv.internal.plan.GradientPlan;
import org.simdconv.internal.run.BiasGradientEngine;
import org.simdconv.internal.run.Engine;
import org.simdconv.internal.run.FilterGradientEngine;
import org.simdconv.internal.run.WeightGradientEngine;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.TileTable;

/**
 * The gradients of a loss with respect to the weights and the bias of a convolution or transposed
 * convolution, for one image size. Made by {@link Conv2d#planWeightGradient} and {@link
 * ConvTranspose2d#planWeightGradient}; the gradient of the input is a {@link ConvPlan}, by {@link
 * Conv2d#planInputGradient}.
 *
 * <p>With dy the gradient of what the layer computes before its residual and activation:
 *
 * <pre>
 * convolution             dw[oc, ic, kh, kw] = sum over n, oh, ow of  dy[n, oc, oh, ow] * x[n, ic, oh sh + kh dh - top, ow sw + kw dw - left]
 * transposed convolution  dw[ic, oc, kh, kw] = sum over n, ih, iw of  x[n, ic, ih, iw] * dy[n, oc, ih sh + kh dh - top, iw sw + kw dw - left]
 * bias                    db[oc]             = sum over n, oh, ow of  dy[n, oc, oh, ow]
 * </pre>
 *
 * <p>Order: each element is one chain of fused multiply-adds (of additions for the bias), over the
 * images and then the pixels in that order, from +0 or, accumulating, from the value that is there.
 * So a gradient has the same bits on any number of threads, at any vector width, on any machine;
 * and accumulating over parts of a batch, in order, gives the bits of the whole batch. The padding
 * counts as zeros, so inputs must be finite.
 *
 * <pre>{@code
 * WeightGradientPlan gradient = conv.planWeightGradient(32, 56, 56);
 * gradient.run(x, dy, dw, false, null);    // dw = ..
 * gradient.runBias(dy, db, true, null);    // db += ..
 * }</pre>
 *
 * <p>Thread safety, executor and buffers as of {@link ConvPlan}: immutable, any number of
 * concurrent runs with a workspace each; the gradient that is written must not overlap the others.
 */
public final class WeightGradientPlan {
  private final String description;
  private final ConvGeometry geometry;
  private final boolean transposed;
  private final PlanOptions options;
  private final Decision decision;
  private final Execution fresh;
  private final Execution further;
  private final Execution freshBias;
  private final Execution furtherBias;

  /**
   * Plans.
   *
   * @param g the convolution, or the one whose transpose is meant: its output is the transposed
   *     one's input
   */
  WeightGradientPlan(String description, ConvGeometry g, boolean transposed, PlanOptions options) {
    this(description, g, transposed, options, Way.FASTER);
  }

  private WeightGradientPlan(
      String description, ConvGeometry g, boolean transposed, PlanOptions options, Way way) {
    VectorModule.require();
    this.description = description;
    this.geometry = g;
    this.transposed = transposed;
    this.options = options;
    this.decision = Execution.counted(() -> decide(g, options.threads(), way));
    this.fresh = weights(false);
    this.further = weights(true);
    this.freshBias = bias(false);
    this.furtherBias = bias(true);
  }

  /** The same with certain lanes, if they suit; for tests. */
  WeightGradientPlan as(Way way) {
    return new WeightGradientPlan(description, geometry, transposed, options, way);
  }

  /** Which lanes: the faster by the model, channels, or the floats of a filter. */
  enum Way {
    FASTER,
    CHANNELS,
    FILTERS
  }

  /** What was decided, for the engines and in words. */
  private record Decision(
      Function<Boolean, Engine> engine,
      String tile,
      String lanes,
      int pixels,
      int rows,
      int images,
      int tasks,
      double cycles) {}

  private static Decision decide(ConvGeometry g, int threads, Way way) {
    FilterGradientPlan filters = way == Way.CHANNELS ? null : FilterGradientPlan.of(g, threads);
    GradientPlan p = new GradientPlan(g, threads);
    if (filters != null && (way == Way.FILTERS || filters.cycles < p.cycles)) {
      return new Decision(
          accumulate -> new FilterGradientEngine(filters, accumulate),
          TileTable.describe(filters.tileRows, Integer.toString(filters.nv)),
          "the floats of a filter",
          filters.bandPixels,
          filters.rows,
          filters.images,
          filters.tasks,
          filters.cycles);
    }
    String lanes =
        p.acrossGroups
            ? "channels of all groups, 9 taps at a time"
            : p.rowStrips ? "the columns of a kernel row, with their channels" : "channels";
    return new Decision(
        accumulate -> new WeightGradientEngine(p, accumulate),
        p.acrossGroups ? "9x1" : TileTable.describe(p.tileRows, Integer.toString(p.nv)),
        lanes,
        p.acrossGroups ? g.columns().out : p.bandPixels,
        p.rows,
        p.images,
        p.tasks,
        p.cycles);
  }

  private Execution weights(boolean accumulate) {
    Execution.Tensor wide =
        Execution.Tensor.floats(transposed ? "outputGradient" : "input", geometry.inputFloats());
    Execution.Tensor narrow =
        Execution.Tensor.floats(transposed ? "input" : "outputGradient", geometry.outputFloats());
    return new Execution(
        decision.engine.apply(accumulate),
        options,
        decision.cycles * Species.FLOPS_PER_CYCLE,
        wide,
        narrow,
        Execution.Tensor.floats("weightGradient", geometry.weightFloats()));
  }

  private Execution bias(boolean accumulate) {
    int channels = transposed ? geometry.inChannels() : geometry.outChannels();
    int floats = outputFloats();
    int pixels = floats / geometry.batch() / channels;
    return new Execution(
        new BiasGradientEngine(geometry.batch(), channels, pixels, accumulate),
        options,
        floats / 2.0 * Species.FLOPS_PER_CYCLE,
        Execution.Tensor.floats("outputGradient", floats),
        null,
        Execution.Tensor.floats("biasGradient", channels));
  }

  /**
   * The gradient of the weights, with a workspace that the plan keeps; a concurrent run makes one
   * of its own.
   *
   * @param input input of the layer, NCHW
   * @param outputGradient gradient of its output, NCHW
   * @param weightGradient gradient of its weights, in their order
   * @param accumulate whether to go on from what weightGradient holds, instead of from zero
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if an array is null
   * @throws IndexOutOfBoundsException if an array is too short
   * @throws IllegalArgumentException if weightGradient overlaps another
   */
  public void run(
      float[] input,
      float[] outputGradient,
      float[] weightGradient,
      boolean accumulate,
      @Nullable ForkJoinPool pool) {
    Execution execution = accumulate ? further : fresh;
    if (transposed) {
      execution.run(outputGradient, input, weightGradient, pool);
    } else {
      execution.run(input, outputGradient, weightGradient, pool);
    }
  }

  /**
   * The gradient of the weights, on parts of arrays.
   *
   * @param input input of the layer, NCHW
   * @param inputOffset its first float
   * @param outputGradient gradient of its output, NCHW
   * @param outputGradientOffset its first float
   * @param weightGradient gradient of its weights, in their order
   * @param weightGradientOffset its first float
   * @param accumulate whether to go on from what weightGradient holds, instead of from zero
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if an array or the workspace is null
   * @throws IndexOutOfBoundsException if a tensor does not lie in its array
   * @throws IllegalArgumentException if weightGradient overlaps another, or the workspace is too
   *     small for one thread
   * @throws IllegalStateException if the workspace is in use
   */
  public void run(
      float[] input,
      int inputOffset,
      float[] outputGradient,
      int outputGradientOffset,
      float[] weightGradient,
      int weightGradientOffset,
      boolean accumulate,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    Execution execution = accumulate ? further : fresh;
    if (transposed) {
      execution.run(
          outputGradient,
          outputGradientOffset,
          input,
          inputOffset,
          weightGradient,
          weightGradientOffset,
          workspace,
          pool);
    } else {
      execution.run(
          input,
          inputOffset,
          outputGradient,
          outputGradientOffset,
          weightGradient,
          weightGradientOffset,
          workspace,
          pool);
    }
  }

  /**
   * The gradient of the weights, on segments, heap or native, of floats in native byte order.
   *
   * @param input input of the layer, NCHW
   * @param outputGradient gradient of its output, NCHW
   * @param weightGradient gradient of its weights, in their order
   * @param accumulate whether to go on from what weightGradient holds, instead of from zero
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if a segment or the workspace is null
   * @throws IndexOutOfBoundsException if a segment is too short
   * @throws IllegalArgumentException if weightGradient overlaps another or is read-only, the
   *     workspace is too small for one thread, or helpers would be used on a segment that is
   *     confined to the calling thread
   * @throws IllegalStateException if the workspace is in use, or the arena of a segment is closed
   * @throws WrongThreadException if a segment is confined to another thread
   */
  public void run(
      MemorySegment input,
      MemorySegment outputGradient,
      MemorySegment weightGradient,
      boolean accumulate,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    Execution execution = accumulate ? further : fresh;
    if (transposed) {
      execution.run(outputGradient, input, weightGradient, workspace, pool);
    } else {
      execution.run(input, outputGradient, weightGradient, workspace, pool);
    }
  }

  /**
   * The gradient of the bias.
   *
   * @param outputGradient gradient of the layer's output, NCHW
   * @param biasGradient one value an output channel
   * @param accumulate whether to go on from what biasGradient holds, instead of from zero
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if an array is null
   * @throws IndexOutOfBoundsException if an array is too short
   * @throws IllegalArgumentException if they overlap
   */
  public void runBias(
      float[] outputGradient,
      float[] biasGradient,
      boolean accumulate,
      @Nullable ForkJoinPool pool) {
    (accumulate ? furtherBias : freshBias).run(outputGradient, null, biasGradient, pool);
  }

  /**
   * The gradient of the bias, on parts of arrays.
   *
   * @param outputGradient gradient of the layer's output, NCHW
   * @param outputGradientOffset its first float
   * @param biasGradient one value an output channel
   * @param biasGradientOffset the first
   * @param accumulate whether to go on from what biasGradient holds, instead of from zero
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if an array or the workspace is null
   * @throws IndexOutOfBoundsException if a tensor does not lie in its array
   * @throws IllegalArgumentException if they overlap, or the workspace is too small for one thread
   * @throws IllegalStateException if the workspace is in use
   */
  public void runBias(
      float[] outputGradient,
      int outputGradientOffset,
      float[] biasGradient,
      int biasGradientOffset,
      boolean accumulate,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    (accumulate ? furtherBias : freshBias)
        .run(
            outputGradient,
            outputGradientOffset,
            null,
            0,
            biasGradient,
            biasGradientOffset,
            workspace,
            pool);
  }

  /**
   * The gradient of the bias, on segments, heap or native, of floats in native byte order.
   *
   * @param outputGradient gradient of the layer's output, NCHW
   * @param biasGradient one value an output channel
   * @param accumulate whether to go on from what biasGradient holds, instead of from zero
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if a segment or the workspace is null
   * @throws IndexOutOfBoundsException if a segment is too short
   * @throws IllegalArgumentException if they overlap, biasGradient is read-only, the workspace is
   *     too small for one thread, or helpers would be used on a segment that is confined to the
   *     calling thread
   * @throws IllegalStateException if the workspace is in use, or the arena of a segment is closed
   * @throws WrongThreadException if a segment is confined to another thread
   */
  public void runBias(
      MemorySegment outputGradient,
      MemorySegment biasGradient,
      boolean accumulate,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    (accumulate ? furtherBias : freshBias).run(outputGradient, null, biasGradient, workspace, pool);
  }

  /**
   * Makes a workspace of the right size for this plan.
   *
   * @return a new workspace
   */
  public Workspace newWorkspace() {
    return Workspace.ofFloats(workspaceFloats());
  }

  /**
   * Size of a workspace for {@link PlanOptions#threads()} threads.
   *
   * @return floats
   */
  public int workspaceFloats() {
    return Math.max(fresh.workspaceFloats(), freshBias.workspaceFloats());
  }

  /**
   * Elements of the layer's input.
   *
   * @return batch * inChannels * height * width
   */
  public int inputFloats() {
    return transposed ? geometry.outputFloats() : geometry.inputFloats();
  }

  /**
   * Elements of the layer's output and of its gradient.
   *
   * @return batch * outChannels * outHeight * outWidth
   */
  public int outputFloats() {
    return transposed ? geometry.inputFloats() : geometry.outputFloats();
  }

  /**
   * Elements of the weights and of their gradient.
   *
   * @return for a convolution outChannels * inChannels / groups * kernelHeight * kernelWidth
   */
  public int weightFloats() {
    return geometry.weightFloats();
  }

  /**
   * Floating-point operations of the weights' gradient, 2 a multiply-add; as many as the layer has.
   *
   * @return operations
   */
  public long flops() {
    return geometry.flops();
  }

  /**
   * Says what was decided.
   *
   * @return several lines of text
   */
  public String explain() {
    return String.format(
        Locale.ROOT,
        """
        weight gradient of %s
          tile       %s at %d bits; lanes: %s of the %s
          reduction  one chain over all pixels, %d at a time; %d row(s) of %d image(s) transposed at a time
          tasks      %d for at most %d thread(s)
          memory     workspace %.1f KiB
          work       %.1f MFLOP, %.3g Mcycles by the model
        """,
        description,
        decision.tile,
        Species.BITS,
        decision.lanes,
        transposed ? "output" : "input",
        decision.pixels,
        decision.rows,
        decision.images,
        decision.tasks,
        options.threads(),
        workspaceFloats() / 256.0,
        flops() / 1e6,
        decision.cycles / 1e6);
  }

  /** Returns the description and the image size. */
  @Override
  public String toString() {
    return "weight gradient of " + description;
  }
}
