package org.simdconv;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a 1-D transposed convolution computes, for signals of any length: {@link ConvTranspose2d}
 * with one row.
 *
 * <pre>
 * y[n, oc, o] = activation(bias[oc] + residual[n, oc, o] + sum over ic, k with o = i * stride + k * dilation - begin of
 *     w[ic, oc, k] * x[n, ic, i])
 * </pre>
 *
 * Input {@code [batch, inChannels, length]}, weights {@code [inChannels, outChannels / groups,
 * kernel]}, output {@code [batch, outChannels, outLength]}.
 *
 * <pre>{@code
 * ConvTranspose1d inverse = ConvTranspose1d.of(1026, 1).kernel(4096).stride(1024);
 * ConvPlan plan = inverse.plan(1, frames, weights, null);
 * }</pre>
 *
 * <p>Thread safety: immutable; each method returns a new value.
 */
public final class ConvTranspose1d {
  private final ConvTranspose2d conv;

  private ConvTranspose1d(ConvTranspose2d conv) {
    this.conv = conv;
  }

  /**
   * One tap with stride 1, no padding, no dilation, one group and no activation.
   *
   * @param inChannels input channels
   * @param outChannels output channels
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public static ConvTranspose1d of(int inChannels, int outChannels) {
    return new ConvTranspose1d(ConvTranspose2d.of(inChannels, outChannels));
  }

  private ConvTranspose1d with(ConvTranspose2d changed) {
    return new ConvTranspose1d(changed);
  }

  /**
   * Sets the kernel size; 1 before.
   *
   * @param taps kernel taps
   * @return the description
   * @throws IllegalArgumentException if it is not positive
   */
  public ConvTranspose1d kernel(int taps) {
    return with(conv.kernel(1, taps));
  }

  /**
   * Sets the stride; 1 before.
   *
   * @param stride samples
   * @return the description
   * @throws IllegalArgumentException if it is not positive
   */
  public ConvTranspose1d stride(int stride) {
    return with(conv.stride(1, stride));
  }

  /**
   * Sets the dilation; 1 (dense) before.
   *
   * @param dilation distance of the taps, in samples
   * @return the description
   * @throws IllegalArgumentException if it is not positive
   */
  public ConvTranspose1d dilation(int dilation) {
    return with(conv.dilation(1, dilation));
  }

  /**
   * Sets the same padding on both ends; none before.
   *
   * @param both samples
   * @return the description
   * @throws IllegalArgumentException if it is negative
   */
  public ConvTranspose1d padding(int both) {
    return padding(both, both);
  }

  /**
   * Sets the padding; none before.
   *
   * @param begin samples before the first
   * @param end samples behind the last
   * @return the description
   * @throws IllegalArgumentException if one is negative
   */
  public ConvTranspose1d padding(int begin, int end) {
    return with(conv.padding(Padding.of(0, begin, 0, end)));
  }

  /**
   * Sets an automatic padding, or an explicit one of left and right.
   *
   * @param padding the padding
   * @return the description
   * @throws NullPointerException if it is null
   * @throws IllegalArgumentException if it has something above, below, in front or behind
   */
  public ConvTranspose1d padding(Padding padding) {
    Objects.requireNonNull(padding, "padding");
    if (padding.top != 0 || padding.bottom != 0) {
      throw new IllegalArgumentException(
          "padding is "
              + padding.top
              + " above and "
              + padding.bottom
              + " below; must be 0 for a signal of one row");
    }
    return with(conv.padding(padding));
  }

  /**
   * Sets the number of groups; 1 before.
   *
   * @param groups groups
   * @return the description
   * @throws IllegalArgumentException if it is not positive or does not divide both numbers of
   *     channels
   */
  public ConvTranspose1d groups(int groups) {
    return with(conv.groups(groups));
  }

  /**
   * Sets the activation that follows; none before.
   *
   * @param activation the activation
   * @return the description
   * @throws NullPointerException if it is null
   */
  public ConvTranspose1d activation(Activation activation) {
    return with(conv.activation(activation));
  }

  /**
   * Sets the output padding: samples added at the end; 0 before. It must be less than the stride or
   * the dilation, so set these first.
   *
   * @param samples samples
   * @return the description
   * @throws IllegalArgumentException if it is negative or too large
   */
  public ConvTranspose1d outputPadding(int samples) {
    return with(conv.outputPadding(0, samples));
  }

  /**
   * Sets the output's length, from which the padding follows as in ONNX.
   *
   * @param length samples
   * @return the description
   * @throws IllegalArgumentException if it is not positive
   */
  public ConvTranspose1d outputShape(int length) {
    return with(conv.outputShape(1, length));
  }

  /**
   * Plans with {@link PlanOptions#defaults()}.
   *
   * @param batch number of signals
   * @param length samples of an input signal
   * @param weights [inChannels, outChannels / groups, kernel]
   * @param bias one value an output channel, or null for none
   * @return the plan
   */
  public ConvPlan plan(int batch, int length, float[] weights, float @Nullable [] bias) {
    return plan(batch, length, weights, bias, PlanOptions.defaults());
  }

  /**
   * Decides how to compute signals of one length, and packs the weights; slow, to be done once.
   *
   * @param batch number of signals, at least 1
   * @param length samples of an input signal
   * @param weights [inChannels, outChannels / groups, kernel]
   * @param bias one value an output channel, or null for none
   * @param options how to plan
   * @return the plan
   * @throws NullPointerException if weights or options is null
   * @throws IllegalArgumentException as {@link ConvTranspose2d#plan(int, int, int, float[],
   *     float[], PlanOptions)}
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public ConvPlan plan(
      int batch, int length, float[] weights, float @Nullable [] bias, PlanOptions options) {
    return conv.plan(batch, 1, length, weights, bias, options);
  }

  /**
   * Plans the gradient of the input; see {@link ConvTranspose2d#planInputGradient(int, int, int,
   * float[], PlanOptions)}.
   *
   * @param batch number of signals, at least 1
   * @param length samples of an input signal
   * @param weights [inChannels, outChannels / groups, kernel]
   * @param options how to plan
   * @return the plan, from the gradient of the output to that of the input
   * @throws NullPointerException if weights or options is null
   * @throws IllegalArgumentException as {@link #plan(int, int, float[], float[], PlanOptions)}
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public ConvPlan planInputGradient(int batch, int length, float[] weights, PlanOptions options) {
    return conv.planInputGradient(batch, 1, length, weights, options);
  }

  /**
   * Plans the gradients of weights and bias.
   *
   * @param batch number of signals, at least 1
   * @param length samples of an input signal
   * @param options how to plan
   * @return the plan
   * @throws NullPointerException if options is null
   * @throws IllegalArgumentException if a size is not positive, the kernel does not fit or nothing
   *     is left of the output, or a tensor or the scratch memory would have 2^31 elements or more
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public WeightGradientPlan planWeightGradient(int batch, int length, PlanOptions options) {
    return conv.planWeightGradient(batch, 1, length, options);
  }

  /**
   * Samples of the output for signals of a length.
   *
   * @param length samples of an input signal
   * @return samples
   * @throws IllegalArgumentException if the length is not positive or nothing is left of the output
   */
  public int outLength(int length) {
    return conv.outWidth(length);
  }

  /** Returns the two-dimensional description. */
  @Override
  public String toString() {
    return conv.toString();
  }
}
