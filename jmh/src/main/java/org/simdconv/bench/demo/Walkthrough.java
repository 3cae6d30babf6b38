package org.simdconv.bench.demo;

import java.util.Arrays;
import java.util.Locale;
import org.simdconv.BedOfNails;
import org.simdconv.Conv2d;
import org.simdconv.ConvPlan;
import org.simdconv.ConvTranspose2d;
import org.simdconv.ImagePlan;
import org.simdconv.Padding;
import org.simdconv.PixelShuffle;
import org.simdconv.PlanOptions;
import org.simdconv.reference.ConvShape;
import org.simdconv.reference.ConvolutionMatrix;

/**
 * From a convolution to the phases of a transposed convolution, each step computed in two ways and
 * printed with its numbers.
 */
public final class Walkthrough {
  private static final float[] IMAGE = {3, 3, 2, 1, 0, 0, 1, 3, 3, 1, 2, 0, 3, 2, 1, 2};
  private static final float[] KERNEL = {0, 1, 2, 2, 2, 0, 0, 1, 2};

  private final StringBuilder text = new StringBuilder();

  private Walkthrough() {}

  /**
   * The text of the walk.
   *
   * @throws IllegalStateException if two ways of a step differ
   */
  public static String text() {
    Walkthrough walk = new Walkthrough();
    walk.convolution();
    walk.phases();
    return walk.text.toString();
  }

  private void say(String line) {
    text.append(line).append('\n');
  }

  private void grid(String title, float[] values, int rows) {
    int columns = values.length / rows;
    say(title + ", " + rows + " x " + columns);
    for (int r = 0; r < rows; r++) {
      StringBuilder line = new StringBuilder("   ");
      for (int c = 0; c < columns; c++) {
        line.append(String.format(Locale.ROOT, " %4.0f", values[r * columns + c]));
      }
      say(line.toString());
    }
    say("");
  }

  private static void same(String what, float[] one, float[] other) {
    if (!Arrays.equals(one, other)) {
      throw new IllegalStateException(
          what + ": " + Arrays.toString(one) + " is not " + Arrays.toString(other));
    }
  }

  private static float[] run(ConvPlan plan, float[] x) {
    float[] y = new float[plan.outputFloats()];
    plan.run(x, y);
    return y;
  }

  private static float[] run(ImagePlan plan, float[] x) {
    float[] y = new float[plan.outputFloats()];
    plan.run(x, y, null);
    return y;
  }

  private void convolution() {
    say("1. A convolution: the kernel slides over the image; each output is a sum of products.");
    say("");
    grid("image x", IMAGE, 4);
    grid("kernel w", KERNEL, 3);
    float[] y = run(Conv2d.of(1, 1).kernel(3, 3).plan(1, 4, 4, KERNEL, null), IMAGE);
    grid("y = conv(x; w)", y, 2);

    say(
        "2. It is linear, so it is a matrix: C has a row for each output, a column for each pixel of");
    say("   the image, and in each row the kernel, at the places that it reads. C x is y.");
    say("");
    ConvolutionMatrix c = ConvolutionMatrix.of(ConvShape.of(1, 1, 4, 4, 1, 3, 3), KERNEL);
    say("C, " + c.rows() + " x " + c.columns());
    text.append(c).append('\n');
    float[] cx = c.multiply(IMAGE);
    same("C x", y, cx);
    grid("C x", cx, 2);

    say(
        "3. The transposed convolution is C^T: from the shape of y back to that of x. Each column of");
    say(
        "   C^T is the kernel again: each input leaves a scaled copy of it in the output, and where");
    say(
        "   copies overlap they add up. It is no inverse: C^T y has the shape of x, not its values.");
    say("");
    ConvolutionMatrix turned = c.transpose();
    say("C^T, " + turned.rows() + " x " + turned.columns());
    text.append(turned).append('\n');
    float[] back = run(ConvTranspose2d.of(1, 1).kernel(3, 3).plan(1, 2, 2, KERNEL, null), y);
    same("C^T y", back, turned.multiply(y));
    grid("C^T y = transposed conv(y; w)", back, 4);
  }

  private void phases() {
    say("4. With stride 2 the copies of the kernel stand 2 apart. One way: insert zeros (a bed of");
    say(
        "   nails) and convolve with the kernel turned by 180 degrees. Three of four pixels are zeros.");
    say("");
    float[] small = {1, 2, 3, 4};
    float[] kernel = new float[16];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = i + 1;
    }
    grid("input", small, 2);
    grid("kernel, stride 2, padding 1", kernel, 4);
    float[] nails = run(BedOfNails.of(2, 2).plan(1, 1, 2, 2, PlanOptions.defaults()), small);
    grid("bed of nails", nails, 4);
    float[] turned = new float[16];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = kernel[15 - i];
    }
    Conv2d slide = Conv2d.of(1, 1).kernel(4, 4).padding(Padding.of(2, 2, 1, 1));
    float[] slow = run(slide.plan(1, 4, 4, turned, null), nails);
    ConvTranspose2d layer = ConvTranspose2d.of(1, 1).kernel(4, 4).stride(2).padding(1);
    float[] fast = run(layer.plan(1, 2, 2, kernel, null), small);
    same("zero insertion", slow, fast);
    grid("output, by zeros and by the layer", slow, 4);

    say(
        "5. The other way: outputs in even rows only ever meet the kernel rows 1 and 3, those in odd");
    say(
        "   rows the rows 0 and 2; columns likewise. So the output is 4 small convolutions with 2x2");
    say(
        "   of the 16 taps each, the phases, whose outputs are interleaved. No zero is multiplied.");
    say("");
    float[] channels = new float[4 * 4];
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 2; b++) {
        // Output 2 i + a takes tap t from input i + (a + 1 - t) / 2.
        float[] taps = new float[4];
        for (int i = 0; i < 4; i++) {
          int row = 3 - a - 2 * (i / 2);
          int column = 3 - b - 2 * (i % 2);
          taps[i] = kernel[row * 4 + column];
        }
        Padding padding = Padding.of(1 - a, 1 - b, a, b);
        float[] phase =
            run(Conv2d.of(1, 1).kernel(2, 2).padding(padding).plan(1, 2, 2, taps, null), small);
        grid("phase of rows " + a + ", columns " + b + ": its taps", taps, 2);
        grid("its outputs", phase, 2);
        System.arraycopy(phase, 0, channels, (a * 2 + b) * 4, 4);
      }
    }
    PixelShuffle shuffle = PixelShuffle.depthToSpace(2, PixelShuffle.Order.CHANNEL_FIRST);
    float[] together = run(shuffle.plan(1, 4, 2, 2, PlanOptions.defaults()), channels);
    same("phases", together, fast);
    grid("the phases interleaved: a pixel shuffle of 4 channels", together, 4);
    say(
        "All of it was computed twice and compared: by the matrix or by zeros, and by the kernels.");
  }
}
