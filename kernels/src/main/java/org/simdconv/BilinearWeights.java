package org.simdconv;

/**
 * Weights with which a transposed convolution upsamples bilinearly: the initialisation of the
 * upsampling layers of fully convolutional networks (J. Long, E. Shelhamer, T. Darrell, "Fully
 * convolutional networks for semantic segmentation", arXiv 1411.4038, section 4.3). For a scale s
 * the kernel has {@code k = 2 s - s mod 2} taps an axis, tap i the weight
 *
 * <pre>
 * 1 - |i - c| / f    with f = ceil(k / 2), c = (k - 1) / 2
 * </pre>
 *
 * With stride s and padding {@code (k - s) / 2} (rounded up) the output is s times as large, and
 * where the kernel does not reach over the border it equals {@link Resize#linear()} with half-pixel
 * coordinates.
 *
 * <pre>{@code
 * ConvTranspose2d up = BilinearWeights.layer(21, 8);
 * ConvPlan plan = up.plan(1, 36, 44, BilinearWeights.depthwise(21, 8), null);
 * }</pre>
 *
 * <p>Thread safety: static, no state.
 */
public final class BilinearWeights {
  private BilinearWeights() {}

  /**
   * Taps of an axis.
   *
   * @param scale scale, at least 1
   * @return {@code 2 * scale - scale % 2}
   * @throws IllegalArgumentException if the scale is not 1 .. 2^30
   */
  public static int kernel(int scale) {
    Check.positive(scale, "scale");
    if (scale > 1 << 30) {
      throw new IllegalArgumentException("scale is " + scale + "; must be at most 2^30");
    }
    return 2 * scale - scale % 2;
  }

  /**
   * The depthwise layer that the weights are for; its output is scale times as large.
   *
   * @param channels channels
   * @param scale scale, at least 1
   * @return the description: a group a channel, stride, padding and output padding set
   * @throws IllegalArgumentException if one is not positive
   */
  public static ConvTranspose2d layer(int channels, int scale) {
    int k = kernel(scale);
    int padding = (k - scale + 1) / 2;
    int outputPadding = 2 * padding - (k - scale);
    return ConvTranspose2d.of(channels, channels)
        .groups(channels)
        .kernel(k, k)
        .stride(scale)
        .padding(padding)
        .outputPadding(outputPadding, outputPadding);
  }

  /**
   * The weights of a depthwise layer, the same for each channel.
   *
   * @param channels channels
   * @param scale scale, at least 1
   * @return [channels, 1, kernel, kernel]
   * @throws IllegalArgumentException if one is not positive, or there would be 2^31 weights or more
   */
  public static float[] depthwise(int channels, int scale) {
    Check.positive(channels, "channels");
    int k = kernel(scale);
    float[] weights = new float[Check.elements("weights", channels, k, k)];
    int f = (k + 1) / 2;
    double c = (k - 1) / 2.0;
    for (int i = 0; i < weights.length; i++) {
      int row = i / k % k;
      int column = i % k;
      weights[i] = (float) ((1 - Math.abs(row - c) / f) * (1 - Math.abs(column - c) / f));
    }
    return weights;
  }

  /**
   * The weights of a dense layer, each output channel from its own input channel and zeros between
   * all others, as training starts from.
   *
   * @param channels channels
   * @param scale scale, at least 1
   * @return [channels, channels, kernel, kernel]
   * @throws IllegalArgumentException if one is not positive, or there would be 2^31 weights or more
   */
  public static float[] dense(int channels, int scale) {
    Check.positive(channels, "channels");
    int k = kernel(scale);
    float[] weights = new float[Check.elements("weights", channels, channels, k, k)];
    float[] one = depthwise(1, scale);
    for (int c = 0; c < channels; c++) {
      System.arraycopy(one, 0, weights, (c * channels + c) * k * k, k * k);
    }
    return weights;
  }
}
