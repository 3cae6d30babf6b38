package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simdconv.internal.simd.ChannelKernels;

/**
 * No kernel allocates once C2 is done with it. A vector is an object until then, and stays one
 * where C2 does not inline a method that takes it: such a kernel is right, and many times slower.
 *
 * <p>In a JVM of its own: what C2 makes of a kernel depends on what ran before it, and behind the
 * classes of the whole suite in random order a kernel boxed a vector in one run of three.
 */
class AllocationTest {
  @Test
  void kernelsRunWithoutAllocation() throws Exception {
    List<String> options =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // Such cores have more kinds of tiles.
    options.add("-Dsimdconv.fmas=1");
    String output = ChildJvm.run(Main.class, options);
    assertEquals("0 kernels allocate", output.lines().reduce("", (a, b) -> b), output);
  }

  /** Says which kernels allocate and where, and at last how many. */
  static final class Main {
    private static final int SECONDS = 30;

    private static int allocating;

    private Main() {}

    public static void main(String[] args) {
      // transposed, input and output channels, groups, kernel, stride, padding, dilation, size
      conv(false, 16, 40, 1, 1, 1, 0, 1, 30, Algorithm.DIRECT);
      // A multiple of 49 pixels; more than half of L2.
      conv(false, 16, 40, 1, 1, 1, 0, 1, 28, Algorithm.DIRECT);
      conv(false, 64, 64, 1, 1, 1, 0, 1, 100, Algorithm.DIRECT);
      conv(false, 3, 40, 1, 7, 2, 3, 1, 56, Algorithm.DIRECT);
      conv(false, 40, 40, 1, 3, 1, 1, 1, 28, Algorithm.DIRECT);
      conv(false, 600, 260, 1, 3, 1, 1, 1, 3, Algorithm.DIRECT);
      // Pixels in panels.
      conv(false, 40, 64, 1, 3, 1, 1, 1, 4, Algorithm.DIRECT);
      conv(true, 20, 30, 1, 2, 2, 0, 1, 14, Algorithm.DIRECT);
      conv(true, 20, 30, 1, 16, 8, 4, 1, 9, Algorithm.DIRECT);
      conv(true, 20, 30, 1, 4, 2, 1, 1, 40, Algorithm.DIRECT);
      conv(true, 20, 30, 1, 6, 3, 1, 1, 20, Algorithm.DIRECT);
      conv(true, 20, 30, 1, 4, 4, 0, 1, 20, Algorithm.DIRECT);
      conv(true, 20, 30, 1, 16, 8, 4, 1, 20, Algorithm.DIRECT);
      conv(true, 5, 6, 1, 32, 16, 8, 1, 18, Algorithm.DIRECT);
      conv(true, 20, 30, 1, 4, 1, 0, 1, 1, Algorithm.CHANNEL_LANES);
      batch(17, true, 40, 29, 1, 4, 2, 1, 1, 3, Algorithm.IMAGE_LANES);
      batch(33, false, 40, 40, 1, 3, 1, 1, 1, 3, Algorithm.IMAGE_LANES);
      conv(false, 40, 300, 1, 7, 1, 0, 1, 7, Algorithm.CHANNEL_LANES);
      if (ChannelKernels.exist()) {
        conv(false, 40, 40, 1, 3, 1, 1, 1, 7, Algorithm.CHANNEL_LANES);
        conv(false, 40, 40, 1, 3, 1, 1, 1, 14, Algorithm.CHANNEL_LANES);
        conv(false, 40, 40, 1, 3, 2, 1, 1, 14, Algorithm.CHANNEL_LANES);
        conv(true, 40, 40, 1, 3, 1, 1, 1, 14, Algorithm.CHANNEL_LANES);
        conv(false, 40, 40, 1, 3, 1, 2, 2, 28, Algorithm.CHANNEL_LANES);
        conv(false, 40, 40, 1, 3, 1, 12, 12, 33, Algorithm.CHANNEL_LANES);
        conv(true, 40, 40, 1, 3, 2, 1, 1, 14, Algorithm.CHANNEL_LANES);
        conv(true, 40, 40, 1, 2, 2, 0, 1, 14, Algorithm.CHANNEL_LANES);
      }
      conv(false, 40, 40, 40, 3, 1, 1, 1, 7, Algorithm.DEPTHWISE);
      conv(false, 40, 40, 40, 3, 1, 1, 1, 28, Algorithm.DEPTHWISE);
      conv(false, 40, 40, 40, 3, 2, 1, 1, 28, Algorithm.DEPTHWISE);
      conv(false, 40, 40, 40, 3, 1, 2, 2, 28, Algorithm.DEPTHWISE);
      conv(true, 40, 40, 40, 3, 1, 1, 1, 28, Algorithm.DEPTHWISE);
      conv(true, 40, 40, 40, 3, 2, 1, 1, 28, Algorithm.DEPTHWISE);
      conv(true, 40, 40, 40, 4, 2, 1, 1, 28, Algorithm.DEPTHWISE);
      conv(true, 40, 40, 40, 6, 3, 1, 1, 14, Algorithm.DEPTHWISE);
      conv(false, 40, 40, 40, 5, 1, 2, 1, 28, Algorithm.DEPTHWISE);
      conv(false, 40, 40, 40, 5, 2, 2, 1, 28, Algorithm.DEPTHWISE);
      conv(false, 40, 40, 1, 3, 1, 1, 1, 28, Algorithm.WINOGRAD_2X2);
      conv(false, 40, 40, 1, 3, 1, 1, 1, 28, Algorithm.WINOGRAD_4X4);
      conv(true, 40, 40, 1, 4, 2, 1, 1, 14, Algorithm.WINOGRAD_2X2);
      conv(true, 40, 40, 1, 4, 2, 1, 1, 8, Algorithm.WINOGRAD_2X2);
      conv(true, 40, 40, 1, 4, 2, 1, 1, 14, Algorithm.WINOGRAD_3X3);
      conv(true, 40, 40, 1, 4, 2, 1, 1, 14, Algorithm.WINOGRAD_4X4);
      segments();
      images();
      indexed();
      System.out.println(allocating + " kernels allocate");
    }

    private static void images() {
      PlanOptions o = PlanOptions.defaults();
      PixelShuffle.Order order = PixelShuffle.Order.CHANNEL_FIRST;
      image("nearest 2x", Resize.nearest().scale(2, 2).plan(1, 8, 27, 27, o));
      image("nearest 1.5x", Resize.nearest().scale(1.5, 1.5).plan(1, 8, 27, 27, o));
      image("linear 2x", Resize.linear().scale(2, 2).plan(1, 8, 27, 27, o));
      image("linear 4x", Resize.linear().scale(4, 4).plan(1, 8, 27, 27, o));
      image("linear 1.5x", Resize.linear().scale(1.5, 1.5).plan(1, 8, 27, 27, o));
      image("linear 0.5x", Resize.linear().scale(0.5, 0.5).plan(1, 8, 54, 54, o));
      image("bed of nails", BedOfNails.of(2, 2).plan(1, 8, 27, 27, o));
      image("max 2x2 s2", Pool.max().kernel(2, 2).stride(2).plan(1, 8, 54, 54, o));
      image(
          "max 3x3 s2",
          Pool.max().kernel(3, 3).stride(2).padding(Padding.of(1)).plan(1, 8, 54, 54, o));
      image("max 3x3 s1", Pool.max().kernel(3, 3).padding(Padding.of(1)).plan(1, 32, 14, 14, o));
      image(
          "max 3x3 s1, wide", Pool.max().kernel(3, 3).padding(Padding.of(1)).plan(1, 8, 54, 54, o));
      image("average 2x2 s2", Pool.average().kernel(2, 2).stride(2).plan(1, 8, 54, 54, o));
      image(
          "average 3x3 s1",
          Pool.average().kernel(3, 3).padding(Padding.of(1)).plan(1, 8, 54, 54, o));
      image("average 7x7", Pool.average().kernel(7, 7).plan(1, 64, 7, 7, o));
      image("depth to space 2", PixelShuffle.depthToSpace(2, order).plan(1, 32, 27, 27, o));
      image("depth to space 3", PixelShuffle.depthToSpace(3, order).plan(1, 36, 27, 27, o));
      image("depth to space 4", PixelShuffle.depthToSpace(4, order).plan(1, 32, 27, 27, o));
      image("depth to space 5", PixelShuffle.depthToSpace(5, order).plan(1, 50, 27, 27, o));
      image("depth to space 8", PixelShuffle.depthToSpace(8, order).plan(1, 128, 18, 18, o));
      image("space to depth 2", PixelShuffle.spaceToDepth(2, order).plan(1, 8, 54, 54, o));
      image("space to depth 4", PixelShuffle.spaceToDepth(4, order).plan(1, 8, 52, 52, o));
      image("space to depth 4, narrow", PixelShuffle.spaceToDepth(4, order).plan(1, 8, 12, 12, o));
    }

    private static void indexed() {
      PlanOptions o = PlanOptions.defaults();
      IndexedPoolPlan down = Pool.max().kernel(2, 2).stride(2).planWithIndices(1, 8, 54, 54, o);
      UnpoolPlan up = MaxUnpool.of(2, 2).stride(2, 2).plan(1, 8, 27, 27, o);
      Workspace workspace = down.newWorkspace();
      Workspace upWorkspace = up.newWorkspace();
      float[] x = ConvCase.reals(down.inputFloats(), 2);
      float[] y = new float[down.outputFloats()];
      int[] indices = new int[y.length];
      check("max 2x2 s2, indices", () -> down.run(x, 0, y, 0, indices, 0, workspace, null));
      check("unpool 2x2 s2", () -> up.run(y, 0, indices, 0, x, 0, upWorkspace, null));
    }

    private static void conv(
        boolean transposed,
        int in,
        int out,
        int groups,
        int k,
        int stride,
        int padding,
        int dilation,
        int size,
        Algorithm algorithm) {
      batch(1, transposed, in, out, groups, k, stride, padding, dilation, size, algorithm);
    }

    private static void segments() {
      MemorySegment x = Arena.global().allocate(4L * 64 * 100 * 100);
      MemorySegment y = Arena.global().allocate(4L * 64 * 100 * 100);
      PlanOptions o = PlanOptions.defaults();
      float[] weights = ConvCase.reals(64 * 64 * 9, 1);
      int[][] layers = {
        // channels, kernel, padding, groups, size
        {16, 1, 0, 1, 30},
        {16, 1, 0, 1, 28},
        {64, 1, 0, 1, 100},
        {40, 3, 1, 1, 28},
        {40, 3, 1, 40, 28}
      };
      for (int[] l : layers) {
        float[] w = Arrays.copyOf(weights, l[0] / l[3] * l[0] * l[1] * l[1]);
        Conv2d conv = Conv2d.of(l[0], l[0]).kernel(l[1], l[1]).padding(Padding.of(l[2]));
        ConvPlan plan = conv.groups(l[3]).plan(1, l[4], l[4], w, null, o);
        Workspace workspace = plan.newWorkspace();
        check("native " + Arrays.toString(l), () -> plan.run(x, y, workspace, null));
      }
      float[] w = Arrays.copyOf(weights, 20 * 30 * 4);
      ConvPlan plan = ConvTranspose2d.of(20, 30).kernel(2, 2).stride(2).plan(1, 40, 40, w, null, o);
      Workspace workspace = plan.newWorkspace();
      check("native 2x2 of stride 2", () -> plan.run(x, y, workspace, null));
    }

    private static void batch(
        int images,
        boolean transposed,
        int in,
        int out,
        int groups,
        int k,
        int stride,
        int padding,
        int dilation,
        int size,
        Algorithm algorithm) {
      ConvCase c =
          new ConvCase(
              transposed,
              images,
              size,
              size,
              groups,
              in / groups,
              out / groups,
              new ConvCase.Kernel(k, k, stride, stride, dilation, dilation),
              new ConvCase.Pads(padding, padding, padding, padding),
              0,
              0);
      PlanOptions options =
          PlanOptions.defaults().withNumerics(Numerics.FAST).withAlgorithm(algorithm);
      ConvPlan plan = c.plan(ConvCase.reals(c.weightSize(), 1), null, Activation.relu(), options);
      assertEquals(algorithm, plan.explain().algorithm());
      Workspace workspace = plan.newWorkspace();
      float[] x = ConvCase.reals(c.inputSize(), 2);
      float[] y = new float[plan.outputFloats()];
      check(algorithm + " " + c, () -> plan.run(x, 0, y, 0, workspace, null));
    }

    private static void image(String name, ImagePlan plan) {
      Workspace workspace = plan.newWorkspace();
      float[] x = ConvCase.reals(plan.inputFloats(), 2);
      float[] y = new float[plan.outputFloats()];
      check(name, () -> plan.run(x, 0, y, 0, workspace, null));
    }

    private static void check(String name, Runnable run) {
      long least = Allocations.least(run, SECONDS);
      if (least > 0) {
        allocating++;
        System.out.println(least + " bytes in 20 runs, " + name + Allocations.places(run));
      }
    }
  }
}
