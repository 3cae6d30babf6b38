package org.simdconv;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.simdconv.reference.ConvShape;
import org.simdconv.reference.ConvTransposeShape;
import org.simdconv.reference.NaiveConv2d;
import org.simdconv.reference.NaiveConvTranspose2d;
import org.simdconv.reference.ShapeArithmetic;

/** One convolution or transposed convolution of the tests, in the terms of both modules. */
record ConvCase(
    boolean transposed,
    int batch,
    int inHeight,
    int inWidth,
    int groups,
    int groupIn,
    int groupOut,
    Kernel kernel,
    Pads pads,
    int outputPaddingHeight,
    int outputPaddingWidth) {

  /** Kernel, stride, dilation of both axes. */
  record Kernel(int height, int width, int sh, int sw, int dh, int dw) {}

  /** Padding of four sides. */
  record Pads(int top, int left, int bottom, int right) {}

  record Channels(int groups, int in, int out) {}

  record Image(int batch, int extraHeight, int extraWidth, int outputPadding) {}

  int inChannels() {
    return groups * groupIn;
  }

  int outChannels() {
    return groups * groupOut;
  }

  ConvCase withBatch(int images) {
    return new ConvCase(
        transposed,
        images,
        inHeight,
        inWidth,
        groups,
        groupIn,
        groupOut,
        kernel,
        pads,
        outputPaddingHeight,
        outputPaddingWidth);
  }

  Conv2d conv() {
    return Conv2d.of(inChannels(), outChannels())
        .groups(groups)
        .kernel(kernel.height, kernel.width)
        .stride(kernel.sh, kernel.sw)
        .dilation(kernel.dh, kernel.dw)
        .padding(Padding.of(pads.top, pads.left, pads.bottom, pads.right));
  }

  ConvTranspose2d convTranspose() {
    return ConvTranspose2d.of(inChannels(), outChannels())
        .groups(groups)
        .kernel(kernel.height, kernel.width)
        .stride(kernel.sh, kernel.sw)
        .dilation(kernel.dh, kernel.dw)
        .padding(Padding.of(pads.top, pads.left, pads.bottom, pads.right))
        .outputPadding(outputPaddingHeight, outputPaddingWidth);
  }

  ConvShape shape() {
    return new ConvShape(
        batch,
        inChannels(),
        inHeight,
        inWidth,
        outChannels(),
        kernel.height,
        kernel.width,
        kernel.sh,
        kernel.sw,
        pads.top,
        pads.left,
        pads.bottom,
        pads.right,
        kernel.dh,
        kernel.dw,
        groups);
  }

  ConvTransposeShape transposeShape() {
    return new ConvTransposeShape(
        batch,
        inChannels(),
        inHeight,
        inWidth,
        outChannels(),
        kernel.height,
        kernel.width,
        kernel.sh,
        kernel.sw,
        pads.top,
        pads.left,
        pads.bottom,
        pads.right,
        kernel.dh,
        kernel.dw,
        outputPaddingHeight,
        outputPaddingWidth,
        groups);
  }

  int inputSize() {
    return batch * inChannels() * inHeight * inWidth;
  }

  int weightSize() {
    return inChannels() * groupOut * kernel.height * kernel.width;
  }

  ConvPlan plan(
      float[] weights,
      float @org.jspecify.annotations.Nullable [] bias,
      Activation activation,
      PlanOptions options) {
    return transposed
        ? convTranspose()
            .activation(activation)
            .plan(batch, inHeight, inWidth, weights, bias, options)
        : conv().activation(activation).plan(batch, inHeight, inWidth, weights, bias, options);
  }

  float[] reference(float[] x, float[] w, float @org.jspecify.annotations.Nullable [] bias) {
    return transposed
        ? NaiveConvTranspose2d.scatter(transposeShape(), x, w, bias)
        : NaiveConv2d.forward(shape(), x, w, bias);
  }

  /** The description with the image size, as the benchmark's {@code verify --shape} takes it. */
  @Override
  public String toString() {
    return (transposed ? convTranspose().toString() : conv().toString())
        + " n"
        + batch
        + " in"
        + inHeight
        + "x"
        + inWidth;
  }

  static float[] reals(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static float[] integers(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextInt(9) - 4;
    }
    return values;
  }

  static ConvCase square(boolean transposed, int n, int ic, int oc, int hw, int k, int s, int p) {
    return new ConvCase(
        transposed, n, hw, hw, 1, ic, oc, new Kernel(k, k, s, s, 1, 1), new Pads(p, p, p, p), 0, 0);
  }

  /** Shapes over all parameters, most of them around the edges of vectors and register tiles. */
  static Arbitrary<ConvCase> any(boolean transposed) {
    Arbitrary<Integer> size =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.integers().between(1, 4)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(5, 9)));
    Arbitrary<Integer> step = Arbitraries.integers().between(1, 3);
    Arbitrary<Kernel> kernels =
        Combinators.combine(size, size, step, step, Arbitraries.integers().between(1, 3), step)
            .as(Kernel::new);
    Arbitrary<Integer> pad = Arbitraries.integers().between(0, 4);
    Arbitrary<Pads> pads = Combinators.combine(pad, pad, pad, pad).as(Pads::new);
    Arbitrary<Channels> channels =
        Arbitraries.oneOf(
            Combinators.combine(
                    Arbitraries.integers().between(1, 3),
                    Arbitraries.integers().between(1, 12),
                    Arbitraries.of(1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 14, 16, 17, 21, 26, 27, 40))
                .as(Channels::new),
            // Depthwise, with and without a channel multiplier.
            Combinators.combine(
                    Arbitraries.integers().between(1, 9),
                    Arbitraries.just(1),
                    Arbitraries.integers().between(1, 3))
                .as(Channels::new));
    Arbitrary<Integer> extent =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.integers().between(0, 8)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(9, 20)),
            net.jqwik.api.Tuple.of(1, Arbitraries.of(30, 31, 32, 33, 47, 63, 64, 65)));
    Arbitrary<Image> images =
        Combinators.combine(
                Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(0, 14),
                extent,
                Arbitraries.integers().between(0, 2))
            .as(Image::new);
    return Combinators.combine(kernels, pads, channels, images)
        .as((k, p, c, i) -> fit(transposed, k, p, c, i));
  }

  /** Makes the image as large as the kernel needs, and a little larger. */
  private static ConvCase fit(boolean transposed, Kernel k, Pads p, Channels c, Image i) {
    if (transposed) {
      int opH = Math.min(i.outputPadding, Math.max(k.sh, k.dh) - 1);
      int opW = Math.min(i.outputPadding, Math.max(k.sw, k.dw) - 1);
      int h = 1 + i.extraHeight;
      int w = 1 + i.extraWidth;
      while (k.sh * (h - 1) + ShapeArithmetic.kernelExtent(k.height, k.dh) + opH
          <= p.top + p.bottom) {
        h++;
      }
      while (k.sw * (w - 1) + ShapeArithmetic.kernelExtent(k.width, k.dw) + opW
          <= p.left + p.right) {
        w++;
      }
      return new ConvCase(true, i.batch, h, w, c.groups, c.in, c.out, k, p, opH, opW);
    }
    int h = ShapeArithmetic.kernelExtent(k.height, k.dh) - p.top - p.bottom;
    int w = ShapeArithmetic.kernelExtent(k.width, k.dw) - p.left - p.right;
    return new ConvCase(
        false,
        i.batch,
        Math.max(1, h) + i.extraHeight,
        Math.max(1, w) + i.extraWidth,
        c.groups,
        c.in,
        c.out,
        k,
        p,
        0,
        0);
  }
}
