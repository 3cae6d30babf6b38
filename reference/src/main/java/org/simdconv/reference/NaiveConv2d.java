package org.simdconv.reference;

import org.jspecify.annotations.Nullable;

/**
 * 2-D convolution (cross-correlation, as every deep learning framework means it) by its formula:
 *
 * <pre>
 * y[n, oc, oh, ow] = bias[oc] + sum over ic, kh, kw of
 *                    w[oc, ic, kh, kw] * x[n, g IC/G + ic, oh sh + kh dh - pt, ow sw + kw dw - pl]
 * with g = floor(oc / (OC/G)); x is zero outside the image
 * </pre>
 *
 * <p>Source: the definition of {@code Conv} in the ONNX operator set; I. Goodfellow, Y. Bengio, A.
 * Courville, "Deep Learning", section 9.1, formula 9.6.
 */
public final class NaiveConv2d {
  private NaiveConv2d() {}

  /**
   * The whole output, in single precision and canonical order.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [outChannels, inChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @return output, NCHW
   */
  public static float[] forward(ConvShape s, float[] x, float[] w, float @Nullable [] bias) {
    float[] y = new float[s.outputSize()];
    int at = 0;
    for (int n = 0; n < s.batch(); n++) {
      for (int oc = 0; oc < s.outChannels(); oc++) {
        for (int oh = 0; oh < s.outHeight(); oh++) {
          for (int ow = 0; ow < s.outWidth(); ow++) {
            y[at++] = outputAt(s, x, w, bias, n, oc, oh, ow);
          }
        }
      }
    }
    return y;
  }

  /**
   * One output element, in single precision and canonical order.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [outChannels, inChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @param n image
   * @param oc output channel
   * @param oh output row
   * @param ow output column
   * @return the element
   */
  public static float outputAt(
      ConvShape s, float[] x, float[] w, float @Nullable [] bias, int n, int oc, int oh, int ow) {
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    int g = oc / groupOut;
    float sum = 0f;
    for (int ic = 0; ic < groupIn; ic++) {
      for (int kh = 0; kh < s.kernelHeight(); kh++) {
        for (int kw = 0; kw < s.kernelWidth(); kw++) {
          int ih = oh * s.strideHeight() + kh * s.dilationHeight() - s.padTop();
          int iw = ow * s.strideWidth() + kw * s.dilationWidth() - s.padLeft();
          if (ih >= 0 && ih < s.inHeight() && iw >= 0 && iw < s.inWidth()) {
            float tap = w[((oc * groupIn + ic) * s.kernelHeight() + kh) * s.kernelWidth() + kw];
            float pixel =
                x[((n * s.inChannels() + g * groupIn + ic) * s.inHeight() + ih) * s.inWidth() + iw];
            sum = Math.fma(tap, pixel, sum);
          }
        }
      }
    }
    return bias == null ? sum : sum + bias[oc];
  }

  /**
   * The whole output, in double precision.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [outChannels, inChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @return output, NCHW
   */
  public static double[] forwardDouble(ConvShape s, float[] x, float[] w, float @Nullable [] bias) {
    double[] y = new double[s.outputSize()];
    int at = 0;
    for (int n = 0; n < s.batch(); n++) {
      for (int oc = 0; oc < s.outChannels(); oc++) {
        for (int oh = 0; oh < s.outHeight(); oh++) {
          for (int ow = 0; ow < s.outWidth(); ow++) {
            y[at++] = outputAtDouble(s, x, w, bias, n, oc, oh, ow);
          }
        }
      }
    }
    return y;
  }

  /**
   * One output element, in double precision.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [outChannels, inChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @param n image
   * @param oc output channel
   * @param oh output row
   * @param ow output column
   * @return the element
   */
  public static double outputAtDouble(
      ConvShape s, float[] x, float[] w, float @Nullable [] bias, int n, int oc, int oh, int ow) {
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    int g = oc / groupOut;
    double sum = 0.0;
    for (int ic = 0; ic < groupIn; ic++) {
      for (int kh = 0; kh < s.kernelHeight(); kh++) {
        for (int kw = 0; kw < s.kernelWidth(); kw++) {
          int ih = oh * s.strideHeight() + kh * s.dilationHeight() - s.padTop();
          int iw = ow * s.strideWidth() + kw * s.dilationWidth() - s.padLeft();
          if (ih >= 0 && ih < s.inHeight() && iw >= 0 && iw < s.inWidth()) {
            float tap = w[((oc * groupIn + ic) * s.kernelHeight() + kh) * s.kernelWidth() + kw];
            float pixel =
                x[((n * s.inChannels() + g * groupIn + ic) * s.inHeight() + ih) * s.inWidth() + iw];
            sum = sum + (double) tap * pixel;
          }
        }
      }
    }
    return bias == null ? sum : sum + bias[oc];
  }
}
