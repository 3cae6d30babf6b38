package org.simdconv.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.simdconv.reference.ShapeArithmetic.PaddingRule;

/** The reference against worked examples, and its several forms against each other. */
class ReferenceTest {
  @Test
  void transposedConvolutionOfTwoByTwo() {
    ConvTransposeShape s = transposed(1, 1, 1, 2, 2, 1, 0, 1, 0, 1);
    float[] w = {0, 1, 2, 3};
    assertArrayEquals(
        new float[] {0, 0, 1, 0, 4, 6, 4, 12, 9},
        NaiveConvTranspose2d.scatter(s, new float[] {0, 1, 2, 3}, w, null));
    assertArrayEquals(
        new float[] {5, 15, 10, 20, 50, 30, 15, 35, 20},
        NaiveConvTranspose2d.scatter(s, new float[] {1, 2, 3, 4}, new float[] {5, 5, 5, 5}, null));
  }

  /**
   * Image and kernel of "A guide to convolution arithmetic for deep learning", figures 1.1 and 1.2.
   */
  @Test
  void guideNumericalExamples() {
    float[] image = {3, 3, 2, 1, 0, 0, 0, 1, 3, 1, 3, 1, 2, 2, 3, 2, 0, 0, 2, 2, 2, 0, 0, 0, 1};
    float[] kernel = {0, 1, 2, 2, 2, 0, 0, 1, 2};
    ConvShape plain = ConvShape.of(1, 1, 5, 5, 1, 3, 3);
    assertArrayEquals(
        new float[] {12, 12, 17, 10, 17, 19, 9, 6, 14},
        NaiveConv2d.forward(plain, image, kernel, null));
    assertArrayEquals(
        new float[] {6, 17, 3, 8, 17, 13, 6, 4, 4},
        NaiveConv2d.forward(plain.withStride(2, 2).withPadding(1, 1, 1, 1), image, kernel, null));
  }

  /**
   * The matrix of a 3x3 kernel on a 4x4 image, with the product that some tutorials print wrongly.
   */
  @Test
  void matrixOfThreeByThreeOnFourByFour() {
    float[] kernel = {3, 3, 2, 0, 0, 1, 2, 1, 2};
    ConvolutionMatrix c = ConvolutionMatrix.of(ConvShape.of(1, 1, 4, 4, 1, 3, 3), kernel);
    float[][] dense = c.dense();
    assertEquals(4, dense.length);
    assertArrayEquals(new float[] {3, 3, 2, 0, 0, 0, 1, 0, 2, 1, 2, 0, 0, 0, 0, 0}, dense[0]);
    assertArrayEquals(new float[] {0, 3, 3, 2, 0, 0, 0, 1, 0, 2, 1, 2, 0, 0, 0, 0}, dense[1]);
    assertArrayEquals(new float[] {0, 0, 0, 0, 3, 3, 2, 0, 0, 0, 1, 0, 2, 1, 2, 0}, dense[2]);
    assertEquals(36, c.entries());
    float[] image = {3, 3, 2, 1, 0, 0, 1, 3, 3, 1, 2, 0, 3, 2, 1, 2};
    assertArrayEquals(new float[] {34, 24, 14, 18}, c.multiply(image));
    assertThrows(IllegalArgumentException.class, () -> c.multiply(new float[15]));
    assertThrows(IllegalArgumentException.class, () -> c.transposeMultiply(new float[5]));
    assertEquals(
        """
        3 3 2 . 0 0 1 . 2 1 2 . . . . .
        . 3 3 2 . 0 0 1 . 2 1 2 . . . .
        . . . . 3 3 2 . 0 0 1 . 2 1 2 .
        . . . . . 3 3 2 . 0 0 1 . 2 1 2
        """,
        c.toString());
    assertEquals("3 .", c.transpose().toString().substring(0, 3));
    assertEquals(c.toString(), c.transpose().transpose().toString());
    ConvShape large = ConvShape.of(1, 1, 9, 9, 1, 3, 3);
    assertEquals("49 x 81 with 441 entries", ConvolutionMatrix.of(large, kernel).toString());
  }

  @Property(tries = 400)
  void allFormsAgree(@ForAll long seed) {
    Random r = new Random(seed);
    int groups = 1 + r.nextInt(3);
    int stride = 1 + r.nextInt(3);
    int dilation = 1 + r.nextInt(2);
    int k = 1 + r.nextInt(3);
    int extent = dilation * (k - 1) + 1;
    int pad = r.nextInt(4);
    int in = Math.max(1, extent - 2 * pad) + r.nextInt(5);
    ConvShape conv =
        new ConvShape(
            1,
            groups * (1 + r.nextInt(3)),
            in,
            in + r.nextInt(3),
            groups * (1 + r.nextInt(3)),
            k,
            k,
            stride,
            stride,
            pad,
            pad,
            pad,
            pad,
            dilation,
            dilation,
            groups);
    float[] x = gaussian(r, conv.inputSize());
    float[] w = gaussian(r, conv.weightSize());
    float[] cx = NaiveConv2d.forward(conv, x, w, null);
    ConvolutionMatrix c = ConvolutionMatrix.of(conv, w);
    assertArrayEquals(cx, c.multiply(x), "C x is the convolution, bit for bit");
    ConvTransposeShape t = ConvTransposeShape.transposeOf(conv);
    assertEquals(conv.inHeight(), t.outHeight());
    assertEquals(conv.inWidth(), t.outWidth());
    float[] y = gaussian(r, cx.length);
    float[] scattered = NaiveConvTranspose2d.scatter(t, y, w, null);
    assertArrayEquals(
        scattered, NaiveConvTranspose2d.gather(t, y, w, null), "gather is scatter, bit for bit");
    assertArrayEquals(
        scattered, c.transposeMultiply(y), "C^T y is the transposed convolution, bit for bit");
    ConvolutionMatrix turned = c.transpose();
    assertArrayEquals(scattered, turned.multiply(y), "the transpose, bit for bit");
    assertArrayEquals(cx, turned.transposeMultiply(x), "and back, bit for bit");
    assertArrayEquals(cx, turned.transpose().multiply(x), "transposed twice, bit for bit");
    double[] exact = NaiveConvTranspose2d.scatterDouble(t, y, w, null);
    assertArrayEquals(exact, NaiveConvTranspose2d.gatherDouble(t, y, w, null), 0);
    assertArrayEquals(exact, c.transposeMultiplyDouble(doubles(y)), 0);
    assertArrayEquals(exact, NaiveConvTranspose2d.zeroInsertionDouble(t, y, w, null), 1e-12);
    // A chain of n roundings is off by at most n units of the last place of sum |w| |x|.
    float[] stuffed = NaiveConvTranspose2d.zeroInsertion(t, y, w, null);
    double[] absolute = NaiveConvTranspose2d.scatterDouble(t, magnitudes(y), magnitudes(w), null);
    double ulps = 2 * (conv.outChannels() * k * k + 1) * 0x1p-24;
    for (int i = 0; i < exact.length; i++) {
      assertEquals(exact[i], scattered[i], ulps * absolute[i]);
      assertEquals(exact[i], stuffed[i], ulps * absolute[i]);
    }
    // <y, C x> = <C^T y, x>
    double[] exactCx = NaiveConv2d.forwardDouble(conv, x, w, null);
    assertArrayEquals(exactCx, c.multiplyDouble(doubles(x)), 0);
    double left = 0;
    double right = 0;
    for (int i = 0; i < y.length; i++) {
      left += y[i] * exactCx[i];
    }
    for (int i = 0; i < x.length; i++) {
      right += x[i] * exact[i];
    }
    assertEquals(left, right, 1e-9);
    // Bias comes last.
    float[] bias = gaussian(r, conv.outChannels());
    int oc = r.nextInt(conv.outChannels());
    int at = oc * conv.outHeight() * conv.outWidth();
    assertEquals(cx[at] + bias[oc], NaiveConv2d.forward(conv, x, w, bias)[at]);
  }

  @Test
  void paddingRules() {
    // i=5 k=4 s=1: three rows in all; the odd one at the end (upper) or at the beginning (lower).
    assertArrayEquals(
        new int[] {1, 2}, ShapeArithmetic.convPadding(PaddingRule.SAME_UPPER, 5, 4, 1, 1));
    assertArrayEquals(
        new int[] {2, 1}, ShapeArithmetic.convPadding(PaddingRule.SAME_LOWER, 5, 4, 1, 1));
    assertArrayEquals(new int[] {0, 0}, ShapeArithmetic.convPadding(PaddingRule.VALID, 5, 4, 1, 1));
    assertArrayEquals(new int[] {0, 0}, ShapeArithmetic.convPadding(PaddingRule.NO, 5, 4, 1, 1));
    assertArrayEquals(new int[] {6, 6}, ShapeArithmetic.convPadding(PaddingRule.FULL, 5, 4, 1, 2));
    for (PaddingRule rule : PaddingRule.values()) {
      for (int i = 1; i < 12; i++) {
        for (int k = 1; k < 5; k++) {
          for (int s = 1; s < 4; s++) {
            int[] p = ShapeArithmetic.convPadding(rule, i, k, s, 1);
            if (i + p[0] + p[1] < k) {
              continue;
            }
            int o = ShapeArithmetic.convOutput(i, k, s, 1, p[0], p[1]);
            if (rule == PaddingRule.SAME_UPPER || rule == PaddingRule.SAME_LOWER) {
              assertEquals((i + s - 1) / s, o);
              int[] t = ShapeArithmetic.convTransposePadding(rule, i, k, s, 1);
              assertEquals(
                  i * s, ShapeArithmetic.convTransposeOutput(i, k, s, 1, t[0], t[1], t[2]));
            }
            int lost = (i + p[0] + p[1] - k) % s;
            assertEquals(
                i, ShapeArithmetic.convTransposeOutput(o, k, s, 1, p[0], p[1], lost), "round trip");
          }
        }
      }
    }
  }

  @Test
  void badShapesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ConvShape.of(0, 1, 1, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> ConvShape.of(1, 1, 2, 2, 1, 3, 3));
    assertThrows(
        IllegalArgumentException.class, () -> ConvShape.of(1, 1, 2, 2, 1, 1, 1).withStride(0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> ConvShape.of(1, 1, 2, 2, 1, 1, 1).withPadding(0, -1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> transposed(1, 3, 4, 2, 1, 1, 0, 1, 0, 2));
    assertThrows(IllegalArgumentException.class, () -> transposed(1, 1, 1, 2, 1, 1, 1, 1, 0, 1));
  }

  /** The table of "A guide to convolution arithmetic", where a checkout has it beside it. */
  @Test
  void casesOfTheGuide() throws IOException {
    Path file = Path.of("..", "..", "shared", "conformance", "conv-arithmetic-cases.tsv");
    assumeTrue(Files.exists(file), "skipped: no " + file.normalize());
    List<String> lines = Files.readAllLines(file);
    int run = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] v = line.split("\t", -1);
      int i = Integer.parseInt(v[2]);
      int o = Integer.parseInt(v[3]);
      int p = Integer.parseInt(v[4]);
      int k = Integer.parseInt(v[5]);
      int s = Integer.parseInt(v[6]);
      int d = Integer.parseInt(v[7]);
      if (v[9].equals("True")) {
        // The line gives the sizes of the convolution whose transpose it is.
        int a = (i + 2 * p - k) % s;
        assertEquals(i, ShapeArithmetic.convTransposeOutput(o, k, s, d, p, p, a), v[0]);
      } else {
        assertEquals(o, ShapeArithmetic.convOutput(i, k, s, d, p, p), v[0]);
      }
      run++;
    }
    System.out.println("conv-arithmetic-cases.tsv: " + run + " run and passed");
    assertTrue(run > 10);
  }

  private static ConvTransposeShape transposed(
      int n, int ic, int oc, int k, int hw, int s, int p, int d, int op, int groups) {
    return new ConvTransposeShape(n, ic, hw, hw, oc, k, k, s, s, p, p, p, p, d, d, op, op, groups);
  }

  private static float[] gaussian(Random r, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) r.nextGaussian();
    }
    return values;
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] magnitudes(float[] values) {
    float[] magnitudes = values.clone();
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Math.abs(magnitudes[i]);
    }
    return magnitudes;
  }
}
