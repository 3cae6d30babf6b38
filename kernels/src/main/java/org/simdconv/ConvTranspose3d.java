package org.simdconv;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;

/**
 * What a 3-D transposed convolution (also called deconvolution or fractionally strided) computes,
 * for volumes of any size: the adjoint of {@link Conv3d} with the same parameters,
 *
 * <pre>
 * y[n, oc, od, oh, ow] = activation(bias[oc] + residual[n, oc, od, oh, ow] + sum over ic, kd, kh, kw of
 *     w[ic, oc, kd, kh, kw] * x[n, ic, id, ih, iw])
 * with od = id * sd + kd * dd - front, oh = ih * sh + kh * dh - top, ow = iw * sw + kw * dw - left
 * </pre>
 *
 * Input {@code [batch, inChannels, depth, height, width]}, weights {@code [inChannels, outChannels
 * / groups, kernelDepth, kernelHeight, kernelWidth]}, output {@code [batch, outChannels, outDepth,
 * outHeight, outWidth]} with {@code outDepth = sd * (depth - 1) + dd * (kernelDepth - 1) + 1 +
 * outputPadding - front - back}.
 *
 * <p>It is computed by its phases: each output plane is a 2-D transposed convolution over the pairs
 * of a channel and a kernel plane that reach it. No zeros are inserted. The sum is one chain, input
 * channel, kernel plane, row, column ascending.
 *
 * <p>Thread safety: immutable; each method returns a new value.
 */
public final class ConvTranspose3d {
  private final ConvParameters p;

  private ConvTranspose3d(ConvParameters p) {
    this.p = p;
  }

  /**
   * A 1 x 1 x 1 transposed convolution with stride 1, no padding, no dilation, no output padding,
   * one group and no activation.
   *
   * @param inChannels input channels
   * @param outChannels output channels
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public static ConvTranspose3d of(int inChannels, int outChannels) {
    return new ConvTranspose3d(ConvParameters.of(inChannels, outChannels));
  }

  private ConvTranspose3d with(Consumer<ConvParameters> change) {
    ConvParameters changed = p.with(change);
    changed.checkOutputPadding();
    return new ConvTranspose3d(changed);
  }

  /**
   * Sets the kernel size; 1 x 1 x 1 before.
   *
   * @param depth planes
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public ConvTranspose3d kernel(int depth, int height, int width) {
    Check.positive(depth, "kernel (depth)");
    Check.positive(height, "kernel (height)");
    Check.positive(width, "kernel (width)");
    return with(
        p -> {
          p.kernelDepth = depth;
          p.kernelHeight = height;
          p.kernelWidth = width;
        });
  }

  /**
   * Sets the stride of all three axes; 1 before.
   *
   * @param all planes, rows and columns
   * @return the description
   * @throws IllegalArgumentException if it is not positive
   */
  public ConvTranspose3d stride(int all) {
    return stride(all, all, all);
  }

  /**
   * Sets the strides; 1 before.
   *
   * @param depth planes
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public ConvTranspose3d stride(int depth, int height, int width) {
    Check.positive(depth, "stride (depth)");
    Check.positive(height, "stride (height)");
    Check.positive(width, "stride (width)");
    return with(
        p -> {
          p.strideDepth = depth;
          p.strideHeight = height;
          p.strideWidth = width;
        });
  }

  /**
   * Sets the dilation of all three axes; 1 (dense) before.
   *
   * @param all planes, rows and columns
   * @return the description
   * @throws IllegalArgumentException if it is not positive
   */
  public ConvTranspose3d dilation(int all) {
    return dilation(all, all, all);
  }

  /**
   * Sets the dilations; 1 (dense) before.
   *
   * @param depth planes
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public ConvTranspose3d dilation(int depth, int height, int width) {
    Check.positive(depth, "dilation (depth)");
    Check.positive(height, "dilation (height)");
    Check.positive(width, "dilation (width)");
    return with(
        p -> {
          p.dilationDepth = depth;
          p.dilationHeight = height;
          p.dilationWidth = width;
        });
  }

  /**
   * Sets the same padding on all six sides; none before.
   *
   * @param all planes, rows and columns
   * @return the description
   * @throws IllegalArgumentException if it is negative
   */
  public ConvTranspose3d padding(int all) {
    return padding(Padding.of(all, all, all, all, all, all));
  }

  /**
   * Sets the padding; none before.
   *
   * @param padding explicit or automatic padding, see {@link Padding#of(int, int, int, int, int,
   *     int)}
   * @return the description
   * @throws NullPointerException if it is null
   */
  public ConvTranspose3d padding(Padding padding) {
    Objects.requireNonNull(padding, "padding");
    return with(p -> p.padding = padding);
  }

  /**
   * Sets the number of groups; 1 before. Group g connects input channels {@code g * inChannels /
   * groups ..} with output channels {@code g * outChannels / groups ..}.
   *
   * @param groups groups
   * @return the description
   * @throws IllegalArgumentException if it is not positive or does not divide both numbers of
   *     channels
   */
  public ConvTranspose3d groups(int groups) {
    Check.groups(groups, p.inChannels, p.outChannels);
    return with(p -> p.groups = groups);
  }

  /**
   * Sets the activation that follows; none before.
   *
   * @param activation the activation
   * @return the description
   * @throws NullPointerException if it is null
   */
  public ConvTranspose3d activation(Activation activation) {
    Objects.requireNonNull(activation, "activation");
    return with(p -> p.activation = activation);
  }

  /**
   * Sets the output padding: planes, rows and columns added behind, below and right; 0 before. Each
   * must be less than the stride or the dilation of its axis, so set these first.
   *
   * @param depth planes
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is negative or too large
   */
  public ConvTranspose3d outputPadding(int depth, int height, int width) {
    Check.notNegative(depth, "outputPadding (depth)");
    Check.notNegative(height, "outputPadding (height)");
    Check.notNegative(width, "outputPadding (width)");
    return with(
        p -> {
          p.outputPaddingDepth = depth;
          p.outputPaddingHeight = height;
          p.outputPaddingWidth = width;
        });
  }

  /**
   * Sets the output's size, from which the padding follows as in ONNX: of the total that is cut off
   * the odd one at the beginning, or at the end with {@link Padding#sameUpper()}.
   *
   * @param depth planes
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public ConvTranspose3d outputShape(int depth, int height, int width) {
    Check.positive(depth, "outputShape (depth)");
    Check.positive(height, "outputShape (height)");
    Check.positive(width, "outputShape (width)");
    return with(
        p -> {
          p.outputDepth = depth;
          p.outputHeight = height;
          p.outputWidth = width;
        });
  }

  /**
   * Plans with {@link PlanOptions#defaults()}; see {@link #plan(int, int, int, int, float[],
   * float[], PlanOptions)}.
   *
   * @param batch number of volumes
   * @param depth planes of an input volume
   * @param height rows of an input volume
   * @param width columns of an input volume
   * @param weights [inChannels, outChannels / groups, kernelDepth, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null for none
   * @return the plan
   */
  public ConvPlan plan(
      int batch, int depth, int height, int width, float[] weights, float @Nullable [] bias) {
    return plan(batch, depth, height, width, weights, bias, PlanOptions.defaults());
  }

  /**
   * Decides how to compute volumes of one size, and packs the weights; slow, to be done once.
   * Neither array is kept.
   *
   * @param batch number of volumes, at least 1
   * @param depth planes of an input volume
   * @param height rows of an input volume
   * @param width columns of an input volume
   * @param weights [inChannels, outChannels / groups, kernelDepth, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null for none
   * @param options how to plan; {@link Numerics#FAST} matters only where the volume comes to an
   *     image, as with a kernel of one plane and one row
   * @return the plan
   * @throws NullPointerException if weights or options is null
   * @throws IllegalArgumentException if a size is not positive, the kernel does not fit or nothing
   *     is left of the output, an array has not the expected length, or a tensor would have 2^31
   *     elements or more
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public ConvPlan plan(
      int batch,
      int depth,
      int height,
      int width,
      float[] weights,
      float @Nullable [] bias,
      PlanOptions options) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(options, "options");
    Check.positive(batch, "batch");
    ConvGeometry geometry =
        new ConvGeometry(
            batch,
            p.inChannels,
            p.outChannels,
            p.groups,
            rows(height),
            columns(width),
            true,
            planes(depth),
            null);
    return ConvPlan.of(toString(), geometry, weights, bias, p.activation, options);
  }

  /**
   * Planes of the output for volumes of a depth.
   *
   * @param depth planes of an input volume
   * @return planes
   * @throws IllegalArgumentException if the depth is not positive or nothing is left of the output
   */
  public int outDepth(int depth) {
    return planes(depth).out;
  }

  /**
   * Rows of the output for volumes of a height.
   *
   * @param height rows of an input volume
   * @return rows
   * @throws IllegalArgumentException if the height is not positive or nothing is left of the output
   */
  public int outHeight(int height) {
    return rows(height).out;
  }

  /**
   * Columns of the output for volumes of a width.
   *
   * @param width columns of an input volume
   * @return columns
   * @throws IllegalArgumentException if the width is not positive or nothing is left of the output
   */
  public int outWidth(int width) {
    return columns(width).out;
  }

  private Axis planes(int depth) {
    return Axes.transposed(
        "depth",
        p.padding.mode,
        depth,
        p.kernelDepth,
        p.strideDepth,
        p.dilationDepth,
        p.padding.front,
        p.padding.back,
        p.outputPaddingDepth,
        p.outputDepth);
  }

  private Axis rows(int height) {
    return Axes.transposed(
        "height",
        p.padding.mode,
        height,
        p.kernelHeight,
        p.strideHeight,
        p.dilationHeight,
        p.padding.top,
        p.padding.bottom,
        p.outputPaddingHeight,
        p.outputHeight);
  }

  private Axis columns(int width) {
    return Axes.transposed(
        "width",
        p.padding.mode,
        width,
        p.kernelWidth,
        p.strideWidth,
        p.dilationWidth,
        p.padding.left,
        p.padding.right,
        p.outputPaddingWidth,
        p.outputWidth);
  }

  /** Returns for example {@code tconv3d ic32 oc16 k2x2x2 s2x2x2 p0,0,0,0,0,0 d1x1x1 g1 op0x0x0}. */
  @Override
  public String toString() {
    return "tconv3d "
        + p.ofVolumes()
        + " op"
        + p.outputPaddingDepth
        + "x"
        + p.outputPaddingHeight
        + "x"
        + p.outputPaddingWidth
        + (p.outputDepth > 0
            ? " out" + p.outputDepth + "x" + p.outputHeight + "x" + p.outputWidth
            : "");
  }
}
