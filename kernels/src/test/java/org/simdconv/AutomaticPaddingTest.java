package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.simdconv.reference.ShapeArithmetic;
import org.simdconv.reference.ShapeArithmetic.PaddingRule;

/** Automatic padding is the explicit padding that the reference's arithmetic gives. */
class AutomaticPaddingTest {
  @Property(tries = 500)
  void convolution(
      @ForAll @IntRange(min = 1, max = 20) int in,
      @ForAll @IntRange(min = 1, max = 6) int k,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 1, max = 3) int dilation,
      @ForAll boolean upper) {
    int[] p = ShapeArithmetic.convPadding(rule(upper), in, k, stride, dilation);
    Conv2d conv = Conv2d.of(1, 2).kernel(k, k).stride(stride).dilation(dilation);
    assertEquals((in + stride - 1) / stride, conv.padding(same(upper)).outHeight(in));
    float[] w = ConvCase.reals(2 * k * k, 1);
    same(
        conv.padding(Padding.of(p[0], p[0], p[1], p[1])).plan(1, in, in, w, null),
        conv.padding(same(upper)).plan(1, in, in, w, null));
  }

  @Property(tries = 500)
  void transposedConvolution(
      @ForAll @IntRange(min = 1, max = 12) int in,
      @ForAll @IntRange(min = 1, max = 6) int k,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 1, max = 3) int dilation,
      @ForAll boolean upper) {
    int[] p = ShapeArithmetic.convTransposePadding(rule(upper), in, k, stride, dilation);
    ConvTranspose2d conv = ConvTranspose2d.of(1, 2).kernel(k, k).stride(stride).dilation(dilation);
    assertEquals(in * stride, conv.padding(same(upper)).outHeight(in));
    float[] w = ConvCase.reals(2 * k * k, 1);
    ConvPlan automatic = conv.padding(same(upper)).plan(1, in, in, w, null);
    same(
        conv.padding(Padding.of(p[0], p[0], p[1], p[1]))
            .outputPadding(p[2], p[2])
            .plan(1, in, in, w, null),
        automatic);
    // The same shape asked for explicitly, with ONNX's rule for the odd row.
    same(
        automatic,
        (upper ? conv.padding(Padding.sameUpper()) : conv)
            .outputShape(in * stride, in * stride)
            .plan(1, in, in, w, null));
  }

  private static PaddingRule rule(boolean upper) {
    return upper ? PaddingRule.SAME_UPPER : PaddingRule.SAME_LOWER;
  }

  private static Padding same(boolean upper) {
    return upper ? Padding.sameUpper() : Padding.sameLower();
  }

  private static void same(ConvPlan expected, ConvPlan actual) {
    float[] x = ConvCase.reals(expected.inputFloats(), 2);
    float[] a = new float[expected.outputFloats()];
    float[] b = new float[actual.outputFloats()];
    expected.run(x, a);
    actual.run(x, b);
    assertArrayEquals(a, b);
  }
}
