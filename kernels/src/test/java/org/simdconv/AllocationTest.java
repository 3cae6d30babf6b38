package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.simdconv.internal.simd.ChannelKernels;

/**
 * No kernel allocates once C2 is done with it. A vector is an object until then, and stays one
 * where C2 does not inline a method that takes it: such a kernel is right, and many times slower.
 */
class AllocationTest {
  // Bytes that the calls of a run of images may allocate.
  private static final long MASKS = 16384;

  @ParameterizedTest
  @CsvSource({
    // transposed, input and output channels, groups, kernel, stride, padding, dilation, size
    "false, 16, 40, 1, 1, 1, 0, 1, 28, DIRECT",
    "false, 3, 40, 1, 7, 2, 3, 1, 56, DIRECT",
    "false, 40, 40, 1, 3, 1, 1, 1, 28, DIRECT",
    "false, 600, 260, 1, 3, 1, 1, 1, 3, DIRECT",
    "true, 20, 30, 1, 2, 2, 0, 1, 14, DIRECT",
    "true, 20, 30, 1, 16, 8, 4, 1, 9, DIRECT",
    "false, 40, 40, 1, 3, 1, 1, 1, 7, CHANNEL_LANES",
    "false, 40, 40, 1, 3, 1, 1, 1, 14, CHANNEL_LANES",
    "false, 40, 40, 1, 3, 2, 1, 1, 14, CHANNEL_LANES",
    "true, 40, 40, 1, 3, 1, 1, 1, 14, CHANNEL_LANES",
    "false, 40, 40, 1, 3, 1, 2, 2, 28, CHANNEL_LANES",
    "false, 40, 40, 1, 3, 1, 12, 12, 33, CHANNEL_LANES",
    "false, 40, 40, 40, 3, 1, 1, 1, 7, DEPTHWISE",
    "false, 40, 40, 40, 3, 1, 1, 1, 28, DEPTHWISE",
    "false, 40, 40, 40, 3, 2, 1, 1, 28, DEPTHWISE",
    "false, 40, 40, 40, 3, 1, 2, 2, 28, DEPTHWISE",
    "true, 40, 40, 40, 3, 1, 1, 1, 28, DEPTHWISE",
    "true, 40, 40, 40, 3, 2, 1, 1, 28, DEPTHWISE",
    "true, 40, 40, 40, 4, 2, 1, 1, 28, DEPTHWISE",
    "true, 40, 40, 40, 6, 3, 1, 1, 14, DEPTHWISE",
    "false, 40, 40, 40, 5, 1, 2, 1, 28, DEPTHWISE",
    "false, 40, 40, 40, 5, 2, 2, 1, 28, DEPTHWISE",
    "false, 40, 40, 1, 3, 1, 1, 1, 28, WINOGRAD_2X2",
    "false, 40, 40, 1, 3, 1, 1, 1, 28, WINOGRAD_4X4",
    "true, 40, 40, 1, 4, 2, 1, 1, 14, WINOGRAD_2X2",
    "true, 40, 40, 1, 4, 2, 1, 1, 14, WINOGRAD_3X3"
  })
  void runsWithoutAllocation(
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
    assumeTrue(algorithm != Algorithm.CHANNEL_LANES || ChannelKernels.exist());
    ConvCase c =
        new ConvCase(
            transposed,
            1,
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
    long least = Allocations.least(() -> plan.run(x, 0, y, 0, workspace, null), 60);
    assertEquals(0, least, "bytes in 20 runs, " + c);
  }

  /**
   * Kernels of images box no vectors in their loops, which would be 36 KiB a run and more. The
   * masks of a call, 48 bytes each, are objects in the JVM of the whole test suite, though not in
   * one of their own (JDK 25).
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void imagesRunWithoutBoxes(String name, ImagePlan plan) {
    Workspace workspace = plan.newWorkspace();
    float[] x = ConvCase.reals(plan.inputFloats(), 2);
    float[] y = new float[plan.outputFloats()];
    long least = Allocations.least(() -> plan.run(x, 0, y, 0, workspace, null), 60, 20 * MASKS);
    assertTrue(least <= 20 * MASKS, () -> least + " bytes in 20 runs, " + name);
  }

  static Stream<Arguments> imagesRunWithoutBoxes() {
    PlanOptions o = PlanOptions.defaults();
    PixelShuffle.Order order = PixelShuffle.Order.CHANNEL_FIRST;
    return Stream.of(
        arguments("nearest 2x", Resize.nearest().scale(2, 2).plan(1, 8, 27, 27, o)),
        arguments("nearest 1.5x", Resize.nearest().scale(1.5, 1.5).plan(1, 8, 27, 27, o)),
        arguments("linear 2x", Resize.linear().scale(2, 2).plan(1, 8, 27, 27, o)),
        arguments("linear 4x", Resize.linear().scale(4, 4).plan(1, 8, 27, 27, o)),
        arguments("linear 1.5x", Resize.linear().scale(1.5, 1.5).plan(1, 8, 27, 27, o)),
        arguments("linear 0.5x", Resize.linear().scale(0.5, 0.5).plan(1, 8, 54, 54, o)),
        arguments("bed of nails", BedOfNails.of(2, 2).plan(1, 8, 27, 27, o)),
        arguments("max 2x2 s2", Pool.max().kernel(2, 2).stride(2).plan(1, 8, 54, 54, o)),
        arguments(
            "max 3x3 s2",
            Pool.max().kernel(3, 3).stride(2).padding(Padding.of(1)).plan(1, 8, 54, 54, o)),
        arguments(
            "max 3x3 s1", Pool.max().kernel(3, 3).padding(Padding.of(1)).plan(1, 32, 14, 14, o)),
        arguments("average 2x2 s2", Pool.average().kernel(2, 2).stride(2).plan(1, 8, 54, 54, o)),
        arguments(
            "average 3x3 s1",
            Pool.average().kernel(3, 3).padding(Padding.of(1)).plan(1, 8, 54, 54, o)),
        arguments("average 7x7", Pool.average().kernel(7, 7).plan(1, 64, 7, 7, o)),
        arguments("depth to space 2", PixelShuffle.depthToSpace(2, order).plan(1, 32, 27, 27, o)),
        arguments("depth to space 3", PixelShuffle.depthToSpace(3, order).plan(1, 36, 27, 27, o)),
        arguments("depth to space 4", PixelShuffle.depthToSpace(4, order).plan(1, 32, 27, 27, o)),
        arguments("space to depth 2", PixelShuffle.spaceToDepth(2, order).plan(1, 8, 54, 54, o)),
        arguments("space to depth 4", PixelShuffle.spaceToDepth(4, order).plan(1, 8, 52, 52, o)));
  }
}
