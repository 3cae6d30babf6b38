package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Worked examples of the literature and automatic padding, through the public API. */
class LiteratureTest {
  private static float[] run(ConvPlan plan, float... input) {
    float[] output = new float[plan.outputFloats()];
    plan.run(input, output);
    return output;
  }

  /** A. Zhang et al., "Dive into Deep Learning", section 14.10. */
  @Test
  void transposedConvolutionOfTwoByTwo() {
    ConvPlan plan =
        ConvTranspose2d.of(1, 1).kernel(2, 2).plan(1, 2, 2, new float[] {0, 1, 2, 3}, null);
    assertArrayEquals(new float[] {0, 0, 1, 0, 4, 6, 4, 12, 9}, run(plan, 0, 1, 2, 3));
  }

  /** The same with stride 2: nothing overlaps. */
  @Test
  void transposedConvolutionOfTwoByTwoWithStride() {
    ConvPlan plan =
        ConvTranspose2d.of(1, 1)
            .kernel(2, 2)
            .stride(2)
            .plan(1, 2, 2, new float[] {0, 1, 2, 3}, null);
    assertArrayEquals(
        new float[] {0, 0, 0, 1, 0, 0, 2, 3, 0, 2, 0, 3, 4, 6, 6, 9}, run(plan, 0, 1, 2, 3));
  }

  @Test
  void kernelOfFives() {
    ConvPlan plan =
        ConvTranspose2d.of(1, 1).kernel(2, 2).plan(1, 2, 2, new float[] {5, 5, 5, 5}, null);
    assertArrayEquals(new float[] {5, 15, 10, 20, 50, 30, 15, 35, 20}, run(plan, 1, 2, 3, 4));
  }

  /**
   * Image and kernel of the first figure of "A guide to convolution arithmetic for deep learning".
   */
  @Test
  void guideNumericalExample() {
    ConvPlan plan =
        Conv2d.of(1, 1).kernel(3, 3).plan(1, 5, 5, new float[] {0, 1, 2, 2, 2, 0, 0, 1, 2}, null);
    assertArrayEquals(
        new float[] {12, 12, 17, 10, 17, 19, 9, 6, 14},
        run(plan, 3, 3, 2, 1, 0, 0, 0, 1, 3, 1, 3, 1, 2, 2, 3, 2, 0, 0, 2, 2, 2, 0, 0, 0, 1));
  }

  @Test
  void guideNumericalExampleWithPaddingAndStride() {
    ConvPlan plan =
        Conv2d.of(1, 1)
            .kernel(3, 3)
            .stride(2)
            .padding(1)
            .plan(1, 5, 5, new float[] {0, 1, 2, 2, 2, 0, 0, 1, 2}, null);
    assertArrayEquals(
        new float[] {6, 17, 3, 8, 17, 13, 6, 4, 4},
        run(plan, 3, 3, 2, 1, 0, 0, 0, 1, 3, 1, 3, 1, 2, 2, 3, 2, 0, 0, 2, 2, 2, 0, 0, 0, 1));
  }

  @Test
  void oddPaddingGoesToTheEndWithSameUpper() {
    // Width 2, kernel 2: one column in all. Upper pads right, lower pads left.
    Conv2d conv = Conv2d.of(1, 1).kernel(1, 2);
    float[] w = {1, 10};
    assertArrayEquals(
        new float[] {21, 2}, run(conv.padding(Padding.sameUpper()).plan(1, 1, 2, w, null), 1, 2));
    assertArrayEquals(
        new float[] {10, 21}, run(conv.padding(Padding.sameLower()).plan(1, 1, 2, w, null), 1, 2));
    assertArrayEquals(
        new float[] {21}, run(conv.padding(Padding.valid()).plan(1, 1, 2, w, null), 1, 2));
  }

  @Test
  void oddCutOfTheTransposedConvolution() {
    // Kernel 2, stride 1: 3 columns uncut, 2 wanted. Upper cuts the last, lower the first.
    ConvTranspose2d conv = ConvTranspose2d.of(1, 1).kernel(1, 2);
    float[] w = {1, 10};
    assertArrayEquals(
        new float[] {1, 12}, run(conv.padding(Padding.sameUpper()).plan(1, 1, 2, w, null), 1, 2));
    assertArrayEquals(
        new float[] {12, 20}, run(conv.padding(Padding.sameLower()).plan(1, 1, 2, w, null), 1, 2));
    assertArrayEquals(
        new float[] {12, 20}, run(conv.outputShape(1, 2).plan(1, 1, 2, w, null), 1, 2));
    assertArrayEquals(
        new float[] {1, 12},
        run(conv.padding(Padding.sameUpper()).outputShape(1, 2).plan(1, 1, 2, w, null), 1, 2));
  }

  @Test
  void samePaddingOfAKernelSmallerThanTheStride() {
    ConvTranspose2d conv = ConvTranspose2d.of(1, 1).stride(1, 3).padding(Padding.sameUpper());
    assertArrayEquals(
        new float[] {2.5f, 0.5f, 0.5f, 4.5f, 0.5f, 0.5f},
        run(conv.plan(1, 1, 2, new float[] {2}, new float[] {0.5f}), 1, 2));
  }

  @Test
  void outputShapeLargerThanUncut() {
    ConvPlan plan =
        ConvTranspose2d.of(1, 1)
            .kernel(1, 2)
            .stride(1, 3)
            .outputShape(1, 7)
            .plan(1, 1, 2, new float[] {1, 10}, new float[] {0.5f});
    assertArrayEquals(new float[] {1.5f, 10.5f, 0.5f, 2.5f, 20.5f, 0.5f, 0.5f}, run(plan, 1, 2));
  }

  @Test
  void shapesComeBackThroughTheTranspose() {
    for (int in = 1; in < 20; in++) {
      for (int k = 1; k < 5; k++) {
        for (int s = 1; s < 4; s++) {
          for (int p = 0; p < k; p++) {
            for (int d = 1; d < 3; d++) {
              int extent = d * (k - 1) + 1;
              if (in + 2 * p < extent) {
                continue;
              }
              Conv2d conv = Conv2d.of(1, 1).kernel(k, k).stride(s).padding(p).dilation(d);
              int out = conv.outHeight(in);
              int lost = (in + 2 * p - extent) % s;
              assertEquals(
                  in,
                  ConvTranspose2d.of(1, 1)
                      .kernel(k, k)
                      .stride(s)
                      .padding(p)
                      .dilation(d)
                      .outputPadding(lost, lost)
                      .outHeight(out));
            }
          }
        }
      }
    }
  }
}
