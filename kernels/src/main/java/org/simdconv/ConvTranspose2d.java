package org.simdconv;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;

/**
 * What a 2-D transposed convolution (ONNX {@code ConvTranspose}, PyTorch {@code ConvTranspose2d})
 * computes, for images of any size. Every input pixel adds its kernel to the output:
 *
 * <pre>
 * y[n, oc, ih * sh + kh * dh - top, iw * sw + kw * dw - left] += w[ic, oc, kh, kw] * x[n, ic, ih, iw]
 * </pre>
 *
 * positions outside the output are dropped; then bias, residual and activation follow. Input {@code
 * [batch, inChannels, height, width]}, weights {@code [inChannels, outChannels / groups,
 * kernelHeight, kernelWidth]}, output {@code [batch, outChannels, outHeight, outWidth]}, where
 * {@code outHeight = sh * (height - 1) + dh * (kernelHeight - 1) + 1 - top - bottom +
 * outputPaddingHeight}.
 *
 * <p>Computed as {@code sh * sw} dense phases (sub-pixel decomposition): no column buffer and no
 * inserted zeros.
 *
 * <pre>{@code
 * ConvTranspose2d up = ConvTranspose2d.of(128, 64).kernel(4, 4).stride(2).padding(1);
 * ConvPlan plan = up.plan(1, 28, 28, weights, bias);   // 28 x 28 -> 56 x 56
 * }</pre>
 *
 * <p>Thread safety: immutable; each method returns a new value.
 */
public final class ConvTranspose2d {
  private final ConvParameters p;

  private ConvTranspose2d(ConvParameters p) {
    this.p = p;
  }

  /**
   * A 1 x 1 transposed convolution with stride 1, no padding, no dilation, one group and no
   * activation.
   *
   * @param inChannels input channels
   * @param outChannels output channels
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public static ConvTranspose2d of(int inChannels, int outChannels) {
    return new ConvTranspose2d(ConvParameters.of(inChannels, outChannels));
  }

  private ConvTranspose2d with(Consumer<ConvParameters> change) {
    ConvParameters changed = p.with(change);
    changed.checkOutputPadding();
    return new ConvTranspose2d(changed);
  }

  /**
   * Sets the kernel size; 1 x 1 before.
   *
   * @param height kernel rows
   * @param width kernel columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public ConvTranspose2d kernel(int height, int width) {
    Check.positive(height, "kernel (height)");
    Check.positive(width, "kernel (width)");
    return with(
        p -> {
          p.kernelHeight = height;
          p.kernelWidth = width;
        });
  }

  /**
   * Sets both strides; 1 before.
   *
   * @param both vertical and horizontal stride, in pixels
   * @return the description
   * @throws IllegalArgumentException if it is not positive, or an output padding set before would
   *     not be below the larger of stride and dilation
   */
  public ConvTranspose2d stride(int both) {
    return stride(both, both);
  }

  /**
   * Sets the strides; 1 before.
   *
   * @param height vertical stride, in pixels
   * @param width horizontal stride, in pixels
   * @return the description
   * @throws IllegalArgumentException if one is not positive, or an output padding set before would
   *     not be below the larger of stride and dilation
   */
  public ConvTranspose2d stride(int height, int width) {
    Check.positive(height, "stride (height)");
    Check.positive(width, "stride (width)");
    return with(
        p -> {
          p.strideHeight = height;
          p.strideWidth = width;
        });
  }

  /**
   * Sets the same padding on four sides; none before.
   *
   * @param all rows and columns
   * @return the description
   * @throws IllegalArgumentException if it is negative
   */
  public ConvTranspose2d padding(int all) {
    return padding(Padding.of(all));
  }

  /**
   * Sets the padding; none before.
   *
   * @param padding explicit or automatic padding
   * @return the description
   * @throws NullPointerException if it is null
   * @throws IllegalArgumentException if it is of volumes, with something in front or behind
   */
  public ConvTranspose2d padding(Padding padding) {
    Padding checked = Objects.requireNonNull(padding, "padding").ofImages();
    return with(p -> p.padding = checked);
  }

  /**
   * Sets both dilations; 1 (dense) before.
   *
   * @param both distance of kernel rows and columns, in pixels
   * @return the description
   * @throws IllegalArgumentException if it is not positive, or an output padding set before would
   *     not be below the larger of stride and dilation
   */
  public ConvTranspose2d dilation(int both) {
    return dilation(both, both);
  }

  /**
   * Sets the dilations; 1 (dense) before.
   *
   * @param height distance of kernel rows, in pixels
   * @param width distance of kernel columns, in pixels
   * @return the description
   * @throws IllegalArgumentException if one is not positive, or an output padding set before would
   *     not be below the larger of stride and dilation
   */
  public ConvTranspose2d dilation(int height, int width) {
    Check.positive(height, "dilation (height)");
    Check.positive(width, "dilation (width)");
    return with(
        p -> {
          p.dilationHeight = height;
          p.dilationWidth = width;
        });
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
  public ConvTranspose2d groups(int groups) {
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
  public ConvTranspose2d activation(Activation activation) {
    Objects.requireNonNull(activation, "activation");
    return with(p -> p.activation = activation);
  }

  /**
   * Plans with {@link PlanOptions#defaults()}; see {@link #plan(int, int, int, float[], float[],
   * PlanOptions)}.
   *
   * @param batch number of images
   * @param height rows of an input image
   * @param width columns of an input image
   * @param weights [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null for none
   * @return the plan
   */
  public ConvPlan plan(int batch, int height, int width, float[] weights, float @Nullable [] bias) {
    return plan(batch, height, width, weights, bias, PlanOptions.defaults());
  }

  /**
   * Decides how to compute images of one size, and packs the weights; slow, to be done once.
   * Neither array is kept.
   *
   * @param batch number of images, at least 1
   * @param height rows of an input image
   * @param width columns of an input image
   * @param weights [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null for none
   * @param options how to plan
   * @return the plan
   * @throws NullPointerException if weights or options is null
   * @throws IllegalArgumentException if a size is not positive, the kernel does not fit or nothing
   *     is left of the output, an array has not the expected length, or a tensor would have 2^31
   *     elements or more
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public ConvPlan plan(
      int batch,
      int height,
      int width,
      float[] weights,
      float @Nullable [] bias,
      PlanOptions options) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(options, "options");
    return ConvPlan.of(
        toString(), geometry(batch, height, width), weights, bias, p.activation, options);
  }

  /**
   * Plans the gradient of the input with {@link PlanOptions#defaults()}; see {@link
   * #planInputGradient(int, int, int, float[], PlanOptions)}.
   *
   * @param batch number of images
   * @param height rows of an input image
   * @param width columns of an input image
   * @param weights [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @return the plan, from the gradient of the output to that of the input
   */
  public ConvPlan planInputGradient(int batch, int height, int width, float[] weights) {
    return planInputGradient(batch, height, width, weights, PlanOptions.defaults());
  }

  /**
   * Plans the gradient of a loss with respect to the input, which is the convolution of the
   * gradient dy of the output (of what this layer computes before residual and activation), with
   * the same weights:
   *
   * <pre>
   * dx[n, ic, ih, iw] = sum over oc, kh, kw of
   *     w[ic, oc, kh, kw] * dy[n, oc, ih * sh + kh * dh - top, iw * sw + kw * dw - left]
   * </pre>
   *
   * <p>The plan takes dy as its input and writes dx. To accumulate, pass dx as the residual as
   * well: each element becomes its old value plus the sum. Without {@link Numerics#FAST} each sum
   * is one chain, output channel, kernel row and column ascending.
   *
   * @param batch number of images, at least 1
   * @param height rows of an input image
   * @param width columns of an input image
   * @param weights [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param options how to plan
   * @return the plan, from the gradient of the output to that of the input
   * @throws NullPointerException if weights or options is null
   * @throws IllegalArgumentException as {@link #plan(int, int, int, float[], float[], PlanOptions)}
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public ConvPlan planInputGradient(
      int batch, int height, int width, float[] weights, PlanOptions options) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(options, "options");
    return ConvPlan.of(
        "input gradient of " + describe(batch, height, width),
        geometry(batch, height, width).adjoint(),
        weights,
        null,
        Activation.none(),
        options);
  }

  /**
   * Plans the gradients of weights and bias with {@link PlanOptions#defaults()}.
   *
   * @param batch number of images
   * @param height rows of an input image
   * @param width columns of an input image
   * @return the plan
   */
  public WeightGradientPlan planWeightGradient(int batch, int height, int width) {
    return planWeightGradient(batch, height, width, PlanOptions.defaults());
  }

  /**
   * Plans the gradients of a loss with respect to weights and bias.
   *
   * @param batch number of images, at least 1
   * @param height rows of an input image
   * @param width columns of an input image
   * @param options how to plan; numerics, algorithm and measuring do not matter: there is one way,
   *     which is reproducible
   * @return the plan
   * @throws NullPointerException if options is null
   * @throws IllegalArgumentException if a size is not positive, the kernel does not fit or nothing
   *     is left of the output, or a tensor or the scratch memory would have 2^31 elements or more
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public WeightGradientPlan planWeightGradient(
      int batch, int height, int width, PlanOptions options) {
    Objects.requireNonNull(options, "options");
    return new WeightGradientPlan(
        describe(batch, height, width), geometry(batch, height, width).adjoint(), true, options);
  }

  private String describe(int batch, int height, int width) {
    return this + " n" + batch + " in" + height + "x" + width;
  }

  /**
   * Rows of the output for images of a height.
   *
   * @param height rows of an input image
   * @return rows
   * @throws IllegalArgumentException if the height is not positive or nothing is left of the output
   */
  public int outHeight(int height) {
    return rows(height).out;
  }

  /**
   * Columns of the output for images of a width.
   *
   * @param width columns of an input image
   * @return columns
   * @throws IllegalArgumentException if the width is not positive or nothing is left of the output
   */
  public int outWidth(int width) {
    return columns(width).out;
  }

  private ConvGeometry geometry(int batch, int height, int width) {
    Check.positive(batch, "batch");
    return new ConvGeometry(
        batch, p.inChannels, p.outChannels, p.groups, rows(height), columns(width), true);
  }

  /**
   * Sets the rows and columns that are added at the bottom and right of the output; 0 before. They
   * hold the taps that reach them and the bias. Set strides and dilations first.
   *
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is negative, or not below the larger of stride and
   *     dilation
   */
  public ConvTranspose2d outputPadding(int height, int width) {
    Check.notNegative(height, "outputPadding (height)");
    Check.notNegative(width, "outputPadding (width)");
    return with(
        p -> {
          p.outputPaddingHeight = height;
          p.outputPaddingWidth = width;
        });
  }

  /**
   * Sets the output size, from which the padding follows, whatever explicit padding was set (ONNX
   * {@code output_shape}): the total to cut off is {@code stride * (in - 1) + outputPadding +
   * extent - out}; of an odd total the extra row or column goes to the bottom and right with {@link
   * Padding#sameUpper()} and to the top and left otherwise, as ONNX has it. An output larger than
   * the uncut one by less than the larger of stride and dilation gets the missing rows at its end.
   *
   * @param height rows of the output
   * @param width columns of the output
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public ConvTranspose2d outputShape(int height, int width) {
    Check.positive(height, "outputShape (height)");
    Check.positive(width, "outputShape (width)");
    return with(
        p -> {
          p.outputHeight = height;
          p.outputWidth = width;
        });
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

  /** Returns for example {@code tconv ic128 oc64 k4x4 s2x2 p1,1,1,1 d1x1 op0x0 g1}. */
  @Override
  public String toString() {
    return "tconv "
        + p
        + " op"
        + p.outputPaddingHeight
        + "x"
        + p.outputPaddingWidth
        + (p.outputHeight > 0 ? " out" + p.outputHeight + "x" + p.outputWidth : "");
  }
}
