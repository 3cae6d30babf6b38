package org.simdconv;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;

/**
 * What a 3-D convolution (cross-correlation, as in ONNX and PyTorch) computes, for volumes of any
 * size:
 *
 * <pre>
 * y[n, oc, od, oh, ow] = activation(bias[oc] + residual[n, oc, od, oh, ow] + sum over ic, kd, kh, kw of
 *     w[oc, ic, kd, kh, kw] * x[n, g * inChannels / groups + ic, od * sd + kd * dd - front, oh * sh + kh * dh - top, ow * sw + kw * dw - left])
 * </pre>
 *
 * with g the group of oc, and x zero outside the volume. Input {@code [batch, inChannels, depth,
 * height, width]}, weights {@code [outChannels, inChannels / groups, kernelDepth, kernelHeight,
 * kernelWidth]}, output {@code [batch, outChannels, outDepth, outHeight, outWidth]}.
 *
 * <p>Each output plane is a 2-D convolution over pairs of a channel and a kernel plane, in the
 * order of the chain; it runs on the same kernels. The sum is one chain, input channel, kernel
 * plane, row, column ascending.
 *
 * <pre>{@code
 * Conv3d conv = Conv3d.of(32, 32).kernel(3, 3, 3).padding(1);
 * ConvPlan plan = conv.plan(1, 16, 56, 56, weights, bias);
 * }</pre>
 *
 * <p>Thread safety: immutable; each method returns a new value.
 */
public final class Conv3d {
  private final ConvParameters p;

  private Conv3d(ConvParameters p) {
    this.p = p;
  }

  /**
   * A 1 x 1 x 1 convolution with stride 1, no padding, no dilation, one group and no activation.
   *
   * @param inChannels input channels
   * @param outChannels output channels
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public static Conv3d of(int inChannels, int outChannels) {
    return new Conv3d(ConvParameters.of(inChannels, outChannels));
  }

  private Conv3d with(Consumer<ConvParameters> change) {
    return new Conv3d(p.with(change));
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
  public Conv3d kernel(int depth, int height, int width) {
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
  public Conv3d stride(int all) {
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
  public Conv3d stride(int depth, int height, int width) {
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
  public Conv3d dilation(int all) {
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
  public Conv3d dilation(int depth, int height, int width) {
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
  public Conv3d padding(int all) {
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
  public Conv3d padding(Padding padding) {
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
  public Conv3d groups(int groups) {
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
  public Conv3d activation(Activation activation) {
    Objects.requireNonNull(activation, "activation");
    return with(p -> p.activation = activation);
  }

  /**
   * Plans with {@link PlanOptions#defaults()}; see {@link #plan(int, int, int, int, float[],
   * float[], PlanOptions)}.
   *
   * @param batch number of volumes
   * @param depth planes of an input volume
   * @param height rows of an input volume
   * @param width columns of an input volume
   * @param weights [outChannels, inChannels / groups, kernelDepth, kernelHeight, kernelWidth]
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
   * @param weights [outChannels, inChannels / groups, kernelDepth, kernelHeight, kernelWidth]
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
            false,
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
    return Axes.convolution(
        "depth",
        p.padding.mode,
        depth,
        p.kernelDepth,
        p.strideDepth,
        p.dilationDepth,
        p.padding.front,
        p.padding.back);
  }

  private Axis rows(int height) {
    return Axes.convolution(
        "height",
        p.padding.mode,
        height,
        p.kernelHeight,
        p.strideHeight,
        p.dilationHeight,
        p.padding.top,
        p.padding.bottom);
  }

  private Axis columns(int width) {
    return Axes.convolution(
        "width",
        p.padding.mode,
        width,
        p.kernelWidth,
        p.strideWidth,
        p.dilationWidth,
        p.padding.left,
        p.padding.right);
  }

  /** Returns for example {@code conv3d ic32 oc32 k3x3x3 s1x1x1 p1,1,1,1,1,1 d1x1x1 g1}. */
  @Override
  public String toString() {
    return "conv3d " + p.ofVolumes();
  }
}
