package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.simdconv.internal.simd.ChannelKernels;

/**
 * No kernel allocates once C2 is done with it. A vector is an object until then, and stays one
 * where C2 does not inline a method that takes it: such a kernel is right, and many times slower.
 */
class AllocationTest {
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
}
