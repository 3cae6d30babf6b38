package org.simdconv;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.ChannelLanesPlan;
import org.simdconv.internal.plan.DenseParts;
import org.simdconv.internal.plan.DensePlan;
import org.simdconv.internal.plan.DepthwiseInPlacePlan;
import org.simdconv.internal.plan.DepthwisePhasesPlan;
import org.simdconv.internal.plan.DepthwisePlan;
import org.simdconv.internal.plan.ImageLanesPlan;
import org.simdconv.internal.plan.PixelPlan;
import org.simdconv.internal.plan.WinogradLanesPlan;
import org.simdconv.internal.plan.WinogradPlan;
import org.simdconv.internal.plan.WinogradTiles;
import org.simdconv.internal.run.Engine;
import org.simdconv.internal.simd.DepthwiseKernel;
import org.simdconv.internal.simd.PixelKernels;
import org.simdconv.internal.simd.PixelPanels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.StreamedKernels;
import org.simdconv.internal.simd.TileTable;
import org.simdconv.internal.simd.WinogradKernels;

/**
 * A convolution or transposed convolution for one image or volume size, with packed weights. Made
 * by {@link Conv2d#plan} and {@link ConvTranspose2d#plan}, and by those of one and three
 * dimensions.
 *
 * <p>Thread safety: immutable; any number of concurrent runs, each with its own workspace. A run
 * with arrays or native segments allocates nothing once the JVM is warm.
 *
 * <p>Executor: a run uses the calling thread and, if a pool is given and the work is worth it, at
 * most {@link PlanOptions#threads()} - 1 workers of that pool. It waits for those that have started
 * and for no others, so it may be called from inside the pool and on a busy pool. The common pool
 * is never used unless it is given.
 *
 * <p>Buffers: tensors are NCHW and contiguous. The output must not overlap the input. The residual
 * has the output's shape; it may be the output itself (the same array and offset, or the same
 * segment), but must not overlap it otherwise. All ranges are checked before anything is written;
 * on success every output element is written, without having been read.
 *
 * <p>Where to read on: {@link org.simdconv.internal.run.DenseEngine} has the loops, {@link
 * org.simdconv.internal.simd.MicroKernels} the innermost one.
 */
public final class ConvPlan {
  private final String description;
  private final ConvGeometry geometry;
  private final Activation activation;
  private final PlanOptions options;
  private final Planner.Decision decision;
  private final Engine engine;
  private final Execution execution;

  private ConvPlan(
      String description,
      ConvGeometry geometry,
      Activation activation,
      PlanOptions options,
      Planner.Decision decision,
      float[] weights,
      float @Nullable [] bias) {
    Objects.requireNonNull(weights, "weights");
    Check.length(weights.length, geometry.weightFloats(), "weights", weightShape(geometry));
    if (bias != null) {
      Check.length(bias.length, geometry.outChannels(), "bias", "one an output channel");
    }
    this.description = description;
    this.geometry = geometry;
    this.activation = activation;
    this.options = options;
    this.decision = decision;
    this.engine =
        decision
            .candidate()
            .engine(weights, bias == null ? new float[geometry.outChannels()] : bias, activation);
    // What the FMA units could do in the time that the model expects: a depthwise layer takes as
    // long as a dense one of many times its operations.
    this.execution =
        new Execution(
            engine,
            options,
            decision.candidate().cycles() * Species.FLOPS_PER_CYCLE,
            Execution.Tensor.floats("input", geometry.inputFloats()),
            Execution.Tensor.residual(geometry.outputFloats()),
            Execution.Tensor.floats("output", geometry.outputFloats()));
  }

  private static String weightShape(ConvGeometry g) {
    int outer = g.transposed() ? g.inChannels() : g.outChannels();
    int inner = g.transposed() ? g.groupOut() : g.groupIn();
    return "["
        + outer
        + ", "
        + inner
        + ", "
        + (g.depth() == null ? "" : g.depth().taps + ", ")
        + g.rows().taps
        + ", "
        + g.columns().taps
        + "], "
        + (g.transposed() ? "in, out / groups" : "out, in / groups")
        + (g.depth() == null ? ", rows, columns" : ", planes, rows, columns");
  }

  static ConvPlan of(
      String description,
      ConvGeometry geometry,
      float[] weights,
      float @Nullable [] bias,
      Activation activation,
      PlanOptions options) {
    VectorModule.require();
    Check.length(weights.length, geometry.weightFloats(), "weights", weightShape(geometry));
    if (bias != null) {
      Check.length(bias.length, geometry.outChannels(), "bias", "one an output channel");
    }
    String shape = describe(description, geometry);
    float[] biases = bias == null ? new float[geometry.outChannels()] : bias;
    Planner.Decision decision = Planner.decide(shape, geometry, options, weights, biases);
    return new ConvPlan(description, geometry, activation, options, decision, weights, bias);
  }

  private static String describe(String description, ConvGeometry g) {
    return description
        + " n"
        + g.batch()
        + " in"
        + (g.depth() == null ? "" : g.depth().in + "x")
        + g.rows().in
        + "x"
        + g.columns().in;
  }

  /**
   * A plan with other weights and all decisions of this one. Neither array is kept.
   *
   * @param weights in the order of the description
   * @param bias one value an output channel, or null for none
   * @return the plan
   * @throws NullPointerException if weights is null
   * @throws IllegalArgumentException if an array has not the expected length
   */
  public ConvPlan withWeights(float[] weights, float @Nullable [] bias) {
    return new ConvPlan(description, geometry, activation, options, decision, weights, bias);
  }

  /**
   * Runs in the calling thread, with a workspace that the plan keeps; a concurrent run makes one of
   * its own.
   *
   * @param input batch * inChannels * height * width floats from its start
   * @param output {@link #outputFloats()} floats from its start
   * @throws NullPointerException if an array is null
   * @throws IndexOutOfBoundsException if an array is too short
   * @throws IllegalArgumentException if they overlap
   */
  public void run(float[] input, float[] output) {
    run(input, output, null);
  }

  /**
   * Runs in the calling thread and a pool, with a workspace that the plan keeps; a concurrent run
   * makes one of its own.
   *
   * @param input batch * inChannels * height * width floats from its start
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
    run(input, inputOffset, null, 0, output, outputOffset, workspace, pool);
  }

  /**
   * Runs on parts of arrays, adding a residual before the activation.
   *
   * @param input input tensor
   * @param inputOffset its first float
   * @param residual what is added, of the output's shape, or null for nothing
   * @param residualOffset its first float
   * @param output output tensor
   * @param outputOffset its first float
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if input, output or workspace is null
   * @throws IndexOutOfBoundsException if a tensor does not lie in its array
   * @throws IllegalArgumentException if the output overlaps the input or a part of the residual, or
   *     the workspace is too small for one thread
   * @throws IllegalStateException if the workspace is in use
   */
  public void run(
      float[] input,
      int inputOffset,
      float @Nullable [] residual,
      int residualOffset,
      float[] output,
      int outputOffset,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    execution.run(
        input, inputOffset, residual, residualOffset, output, outputOffset, workspace, pool);
  }

  /**
   * Runs on segments, heap or native, of floats in native byte order, from their start. Any
   * alignment works. Where all are parts of a {@code float[]} that begin with a float, they are as
   * fast as arrays; others cost copies.
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
    run(input, null, output, workspace, pool);
  }

  /**
   * Runs on segments, heap or native, of floats in native byte order, from their start, adding a
   * residual before the activation. Any alignment works.
   *
   * @param input input tensor
   * @param residual what is added, of the output's shape, or null for nothing
   * @param output output tensor
   * @param workspace scratch memory; with less than {@link #workspaceFloats()} fewer threads are
   *     used
   * @param pool where helpers may run, or null for the calling thread alone
   * @throws NullPointerException if input, output or workspace is null
   * @throws IndexOutOfBoundsException if a segment is too short
   * @throws IllegalArgumentException if the output overlaps the input or a part of the residual,
   *     the output is read-only, the workspace is too small for one thread, or helpers would be
   *     used on a segment that is confined to the calling thread
   * @throws IllegalStateException if the workspace is in use, or the arena of a segment is closed
   * @throws WrongThreadException if a segment is confined to another thread
   */
  public void run(
      MemorySegment input,
      @Nullable MemorySegment residual,
      MemorySegment output,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    execution.run(input, residual, output, workspace, pool);
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
   * Size of a workspace for a number of threads; at least that of 1 thread is needed.
   *
   * @param threads threads that are to run at the same time
   * @return floats
   * @throws IllegalArgumentException if threads is not positive, or the size is 2^31 floats or more
   */
  public int workspaceFloats(int threads) {
    return execution.workspaceFloats(threads);
  }

  /**
   * Elements of the input.
   *
   * @return batch * inChannels * height * width, and * depth for volumes
   */
  public int inputFloats() {
    return geometry.inputFloats();
  }

  /**
   * Elements of the output.
   *
   * @return batch * outChannels * outHeight * outWidth, and * outDepth for volumes
   */
  public int outputFloats() {
    return geometry.outputFloats();
  }

  /**
   * Planes of an output volume.
   *
   * @return planes; 1 for images
   */
  public int outDepth() {
    return geometry.depth() == null ? 1 : geometry.depth().out;
  }

  /**
   * Rows of an output image.
   *
   * @return rows
   */
  public int outHeight() {
    return geometry.rows().out;
  }

  /**
   * Columns of an output image.
   *
   * @return columns
   */
  public int outWidth() {
    return geometry.columns().out;
  }

  /**
   * Floating-point operations of a run by the definition, 2 a multiply-add: for a convolution over
   * its outputs, for a transposed one over its inputs; taps in the padding count.
   *
   * @return operations
   */
  public long flops() {
    return geometry.flops();
  }

  /**
   * Says what was decided and why.
   *
   * @return the decisions
   */
  public PlanExplanation explain() {
    ConvGeometry g = geometry;
    Planner.Candidate candidate = decision.candidate();
    return switch (candidate.plan()) {
      case DepthwisePlan p ->
          explain(
              "1x" + DepthwiseKernel.VECTORS / 2,
              1,
              p.offset.length,
              "padded windows of " + p.cut.windowChannels + " channel(s), read in place",
              p.cut.count,
              g.weightFloats(),
              p.executedMultiplyAdds());
      case DepthwisePhasesPlan p ->
          explain(
              "1x" + DepthwiseKernel.VECTORS,
              1,
              p.mostTaps(),
              "padded windows of " + p.cut.windowChannels + " channel(s), all phases from the same",
              p.cut.count,
              p.offset.length * (long) g.outChannels(),
              p.executedMultiplyAdds());
      case ChannelLanesPlan p ->
          explain(
              p.tileNames() + " pixels x " + p.tileChannels + " output channels",
              p.blocks,
              p.blockChannels * p.mostTaps(),
              p.isCopied()
                  ? "copied rows, split in " + p.interleave + ", without the taps in the padding"
                  : "the input itself, without the taps in the padding; of a segment, a copy",
              p.tasks,
              p.packedFloats(),
              p.executedMultiplyAdds());
      case ImageLanesPlan p ->
          explain(
              tile(p.tileRows, Integer.toString(p.places), false) + " of images",
              p.blocks(),
              p.blockTaps(),
              "copied, up to "
                  + p.vectors * Species.LANES
                  + " images in lanes, without the taps in the padding",
              p.tasks,
              p.packedFloats(),
              p.executedMultiplyAdds());
      case PixelPlan p ->
          explain(
              "1 pixel x "
                  + Math.min(p.vectors, PixelKernels.VECTORS) * Species.LANES
                  + " output channels",
              1,
              p.mostTaps(),
              "the input itself, without the taps in the padding; of a segment, a copy",
              p.tasks,
              p.packedFloats(),
              p.executedMultiplyAdds());
      case DepthwiseInPlacePlan p ->
          explain(
              "1x1",
              1,
              g.rows().taps * g.columns().taps,
              "the input itself, "
                  + (p.columns != null ? "walked down column by column, " : "")
                  + "its borders masked; of a segment, a copy",
              p.tasks,
              g.weightFloats(),
              p.executedMultiplyAdds());
      case WinogradPlan p ->
          explain(
              tile(p.tileRows, Integer.toString(p.nv), p.streamed),
              1,
              g.groupIn(),
              winogradInput(p.tiles)
                  + (p.together > 1 ? ", " + p.together + " times in a pass of the weights" : ""),
              p.tasks,
              p.packedFloats(),
              p.executedMultiplyAdds());
      case WinogradLanesPlan p ->
          explain(
              WinogradKernels.TILES + " tiles x " + p.tileChannels + " output channels",
              p.blocks,
              p.blockChannels,
              winogradInput(p.tiles)
                  + "; weights transformed "
                  + (p.sumsTaps
                      ? "in registers, for each " + WinogradKernels.TILES + " tiles"
                      : "for each of " + p.tiles.blocks + " blocks of tiles"),
              p.tasks,
              p.packedFloats(),
              p.executedMultiplyAdds());
      case DenseParts d -> {
        DensePlan p = d.largest();
        int parts = d.plans.size();
        String input =
            p.inPlace
                ? "the input itself; of a segment, a copy"
                : "padded window of a band of rows, split by stride phase, read in place";
        if (p.copiesAhead) {
          input = "a copy of a band of pixels, made beside the products of the band before it";
        }
        if (p.merged) {
          input =
              "rows of all images, a copy for each tap of a kernel row or column, read in place";
        }
        if (p.columnRows > 1) {
          input += "; the horizontal phases of a channel are rows of the tiles";
        }
        String inParts =
            "; "
                + parts
                + " parts of the output, each without the taps "
                + (g.depth() == null ? "in the padding" : "and kernel planes that do not reach it")
                + (d.joint == null ? "" : ", side by side through the reduction");
        yield explain(
            tile(p),
            p.blocks.length,
            p.blockTaps(),
            input + (parts > 1 ? inParts : ""),
            engine.tasks(),
            d.packedFloats(),
            d.executedMultiplyAdds());
      }
      default -> throw new AssertionError(candidate);
    };
  }

  private static String winogradInput(WinogradTiles tiles) {
    return "the input itself, its borders staged; tiles of "
        + tiles.points
        + " x "
        + tiles.points
        + " cut from transformed rows, "
        + tiles.nr
        + " at a time";
  }

  private static String tile(DensePlan p) {
    if (p.weights == DensePlan.Weights.VECTORS) {
      return TileTable.describe(p.panelPixels, "2")
          + ", output channels in the lanes, for each "
          + PixelPanels.CHANNELS
          + " of them";
    }
    String across = p.isWide() ? p.nv - 1 + "+1" : Integer.toString(p.nv);
    return tile(p.tileRows, across, p.weights == DensePlan.Weights.STREAMS);
  }

  private static String tile(int[] rows, String across, boolean streamed) {
    return TileTable.describe(rows, across)
        + (streamed ? " with weights in " + StreamedKernels.STREAMS + " streams" : "");
  }

  /** How many phases have how many kernel rows and columns, the largest first. */
  private String phases() {
    Map<Integer, Integer> rows = phases(geometry.rows());
    Map<Integer, Integer> columns = phases(geometry.columns());
    Axis depth = geometry.depth();
    Map<Integer, Integer> planes = depth == null ? Map.of(1, 1) : phases(depth);
    List<String> phases = new ArrayList<>();
    planes.forEach(
        (kd, ahead) ->
            rows.forEach(
                (kh, down) ->
                    columns.forEach(
                        (kw, across) ->
                            phases.add(
                                (long) ahead * down * across
                                    + " of "
                                    + (depth == null ? "" : kd + "x")
                                    + kh
                                    + "x"
                                    + kw))));
    return String.join(", ", phases);
  }

  private static Map<Integer, Integer> phases(Axis axis) {
    Map<Integer, Integer> counts = new TreeMap<>(Comparator.reverseOrder());
    for (int a = 0; a < axis.outStep; a++) {
      int phase = a;
      int taps = (int) Arrays.stream(axis.phase).filter(p -> p == phase).count();
      counts.merge(taps, 1, Integer::sum);
    }
    return counts;
  }

  private PlanExplanation explain(
      String tiles, int blocks, int taps, String input, int tasks, long packed, long executed) {
    ConvGeometry g = geometry;
    return new PlanExplanation(
        toString(),
        decision.candidate().algorithm(),
        decision.reason(),
        options.numerics(),
        Species.BITS,
        tiles,
        phases(),
        blocks,
        taps,
        input,
        tasks,
        options.threads(),
        workspaceFloats(),
        packed,
        g.flops(),
        Float.BYTES * ((long) g.inputFloats() + g.weightFloats() + g.outputFloats()),
        g.flops() / 2.0 / executed);
  }

  /** Returns the description and the image size. */
  @Override
  public String toString() {
    return describe(description, geometry);
  }
}
