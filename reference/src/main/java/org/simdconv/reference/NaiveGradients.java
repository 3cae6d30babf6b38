package org.simdconv.reference;

/**
 * The gradients of a convolution and a transposed convolution by their formulas, one chain of fused
 * multiply-adds an element. With {@code dy} the gradient of the outputs:
 *
 * <pre>
 * convolution             dx[n, ic, ih, iw]  = sum over oc, kh, kw of  w[oc, ic, kh, kw] * dy[n, oc, oh, ow]
 *                         dw[oc, ic, kh, kw] = sum over n, oh, ow of   dy[n, oc, oh, ow] * x[n, ic, ih, iw]
 *                         with ih = oh sh + kh dh - pt, iw = ow sw + kw dw - pl
 * transposed convolution  dx[n, ic, ih, iw]  = sum over oc, kh, kw of  w[ic, oc, kh, kw] * dy[n, oc, oh, ow]
 *                         dw[ic, oc, kh, kw] = sum over n, ih, iw of   x[n, ic, ih, iw] * dy[n, oc, oh, ow]
 *                         with oh = ih sh + kh dh - pt, ow = iw sw + kw dw - pl
 * bias                    db[oc]             = sum over n, oh, ow of   dy[n, oc, oh, ow]
 * </pre>
 *
 * <p>The gradients of weights and bias go on from what the array holds: zeros for a new one.
 *
 * <p>Source: the chain rule on the definitions; section 4 of V. Dumoulin, F. Visin, "A guide to
 * convolution arithmetic for deep learning" (arXiv 1603.07285): the gradient of a convolution's
 * input is its transpose.
 */
public final class NaiveGradients {
  private NaiveGradients() {}

  /**
   * Gradient of a convolution's input.
   *
   * @param s the shape
   * @param dy gradient of the output, NCHW
   * @param w weights, [outChannels, inChannels / groups, kernelHeight, kernelWidth]
   * @return gradient of the input, NCHW
   */
  public static float[] convInput(ConvShape s, float[] dy, float[] w) {
    float[] dx = new float[s.inputSize()];
    int i = 0;
    for (int n = 0; n < s.batch(); n++) {
      for (int ic = 0; ic < s.inChannels(); ic++) {
        for (int ih = 0; ih < s.inHeight(); ih++) {
          for (int iw = 0; iw < s.inWidth(); iw++) {
            dx[i++] = convInputAt(s, dy, w, n, ic, ih, iw);
          }
        }
      }
    }
    return dx;
  }

  /**
   * One element of the gradient of a convolution's input.
   *
   * @param s the shape
   * @param dy gradient of the output, NCHW
   * @param w weights
   * @param n image
   * @param c input channel
   * @param ih row
   * @param iw column
   * @return the element
   */
  public static float convInputAt(
      ConvShape s, float[] dy, float[] w, int n, int c, int ih, int iw) {
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    int g = c / groupIn;
    int ic = c - g * groupIn;
    float sum = 0f;
    for (int oc = g * groupOut; oc < (g + 1) * groupOut; oc++) {
      for (int kh = 0; kh < s.kernelHeight(); kh++) {
        for (int kw = 0; kw < s.kernelWidth(); kw++) {
          int down = ih + s.padTop() - kh * s.dilationHeight();
          int across = iw + s.padLeft() - kw * s.dilationWidth();
          int oh = Math.floorDiv(down, s.strideHeight());
          int ow = Math.floorDiv(across, s.strideWidth());
          boolean reached = oh * s.strideHeight() == down && ow * s.strideWidth() == across;
          if (reached && oh >= 0 && oh < s.outHeight() && ow >= 0 && ow < s.outWidth()) {
            float tap = w[((oc * groupIn + ic) * s.kernelHeight() + kh) * s.kernelWidth() + kw];
            float gradient =
                dy[((n * s.outChannels() + oc) * s.outHeight() + oh) * s.outWidth() + ow];
            sum = Math.fma(tap, gradient, sum);
          }
        }
      }
    }
    return sum;
  }

  /**
   * Gradient of a convolution's weights.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param dy gradient of the output, NCHW
   * @param dw gradient of the weights, [outChannels, inChannels / groups, kernelHeight,
   *     kernelWidth]: what the sums start from, and the result
   */
  public static void convWeights(ConvShape s, float[] x, float[] dy, float[] dw) {
    int i = 0;
    for (int oc = 0; oc < s.outChannels(); oc++) {
      for (int ic = 0; ic < s.inChannels() / s.groups(); ic++) {
        for (int kh = 0; kh < s.kernelHeight(); kh++) {
          for (int kw = 0; kw < s.kernelWidth(); kw++) {
            dw[i] = convWeightAt(s, x, dy, dw[i], oc, ic, kh, kw);
            i++;
          }
        }
      }
    }
  }

  /**
   * One element of the gradient of a convolution's weights.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param dy gradient of the output, NCHW
   * @param start what the sum starts from
   * @param oc output channel
   * @param ic input channel within the group
   * @param kh kernel row
   * @param kw kernel column
   * @return the element
   */
  public static float convWeightAt(
      ConvShape s, float[] x, float[] dy, float start, int oc, int ic, int kh, int kw) {
    int g = oc / (s.outChannels() / s.groups());
    int c = g * (s.inChannels() / s.groups()) + ic;
    float sum = start;
    for (int n = 0; n < s.batch(); n++) {
      for (int oh = 0; oh < s.outHeight(); oh++) {
        for (int ow = 0; ow < s.outWidth(); ow++) {
          int ih = oh * s.strideHeight() + kh * s.dilationHeight() - s.padTop();
          int iw = ow * s.strideWidth() + kw * s.dilationWidth() - s.padLeft();
          if (ih >= 0 && ih < s.inHeight() && iw >= 0 && iw < s.inWidth()) {
            float pixel = x[((n * s.inChannels() + c) * s.inHeight() + ih) * s.inWidth() + iw];
            float gradient =
                dy[((n * s.outChannels() + oc) * s.outHeight() + oh) * s.outWidth() + ow];
            sum = Math.fma(gradient, pixel, sum);
          }
        }
      }
    }
    return sum;
  }

  /**
   * Gradient of a transposed convolution's input.
   *
   * @param s the shape
   * @param dy gradient of the output, NCHW
   * @param w weights, [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @return gradient of the input, NCHW
   */
  public static float[] transposeInput(ConvTransposeShape s, float[] dy, float[] w) {
    float[] dx = new float[s.inputSize()];
    int i = 0;
    for (int n = 0; n < s.batch(); n++) {
      for (int ic = 0; ic < s.inChannels(); ic++) {
        for (int ih = 0; ih < s.inHeight(); ih++) {
          for (int iw = 0; iw < s.inWidth(); iw++) {
            dx[i++] = transposeInputAt(s, dy, w, n, ic, ih, iw);
          }
        }
      }
    }
    return dx;
  }

  /**
   * One element of the gradient of a transposed convolution's input.
   *
   * @param s the shape
   * @param dy gradient of the output, NCHW
   * @param w weights
   * @param n image
   * @param ic input channel
   * @param ih row
   * @param iw column
   * @return the element
   */
  public static float transposeInputAt(
      ConvTransposeShape s, float[] dy, float[] w, int n, int ic, int ih, int iw) {
    int groupOut = s.outChannels() / s.groups();
    int g = ic / (s.inChannels() / s.groups());
    float sum = 0f;
    for (int oc = 0; oc < groupOut; oc++) {
      for (int kh = 0; kh < s.kernelHeight(); kh++) {
        for (int kw = 0; kw < s.kernelWidth(); kw++) {
          int oh = ih * s.strideHeight() + kh * s.dilationHeight() - s.padTop();
          int ow = iw * s.strideWidth() + kw * s.dilationWidth() - s.padLeft();
          if (oh >= 0 && oh < s.outHeight() && ow >= 0 && ow < s.outWidth()) {
            float tap = w[((ic * groupOut + oc) * s.kernelHeight() + kh) * s.kernelWidth() + kw];
            int channel = n * s.outChannels() + g * groupOut + oc;
            float gradient = dy[(channel * s.outHeight() + oh) * s.outWidth() + ow];
            sum = Math.fma(tap, gradient, sum);
          }
        }
      }
    }
    return sum;
  }

  /**
   * Gradient of a transposed convolution's weights.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param dy gradient of the output, NCHW
   * @param dw gradient of the weights, [inChannels, outChannels / groups, kernelHeight,
   *     kernelWidth]: what the sums start from, and the result
   */
  public static void transposeWeights(ConvTransposeShape s, float[] x, float[] dy, float[] dw) {
    int i = 0;
    for (int ic = 0; ic < s.inChannels(); ic++) {
      for (int oc = 0; oc < s.outChannels() / s.groups(); oc++) {
        for (int kh = 0; kh < s.kernelHeight(); kh++) {
          for (int kw = 0; kw < s.kernelWidth(); kw++) {
            dw[i] = transposeWeightAt(s, x, dy, dw[i], ic, oc, kh, kw);
            i++;
          }
        }
      }
    }
  }

  /**
   * One element of the gradient of a transposed convolution's weights.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param dy gradient of the output, NCHW
   * @param start what the sum starts from
   * @param ic input channel
   * @param oc output channel within the group
   * @param kh kernel row
   * @param kw kernel column
   * @return the element
   */
  public static float transposeWeightAt(
      ConvTransposeShape s, float[] x, float[] dy, float start, int ic, int oc, int kh, int kw) {
    int g = ic / (s.inChannels() / s.groups());
    int c = g * (s.outChannels() / s.groups()) + oc;
    float sum = start;
    for (int n = 0; n < s.batch(); n++) {
      for (int ih = 0; ih < s.inHeight(); ih++) {
        for (int iw = 0; iw < s.inWidth(); iw++) {
          int oh = ih * s.strideHeight() + kh * s.dilationHeight() - s.padTop();
          int ow = iw * s.strideWidth() + kw * s.dilationWidth() - s.padLeft();
          if (oh >= 0 && oh < s.outHeight() && ow >= 0 && ow < s.outWidth()) {
            float pixel = x[((n * s.inChannels() + ic) * s.inHeight() + ih) * s.inWidth() + iw];
            float gradient =
                dy[((n * s.outChannels() + c) * s.outHeight() + oh) * s.outWidth() + ow];
            sum = Math.fma(pixel, gradient, sum);
          }
        }
      }
    }
    return sum;
  }

  /**
   * Gradient of the bias of either.
   *
   * @param batch images
   * @param channels output channels
   * @param dy gradient of the output, NCHW
   * @param db one value a channel: what the sums start from, and the result
   */
  public static void bias(int batch, int channels, float[] dy, float[] db) {
    int pixels = dy.length / batch / channels;
    for (int c = 0; c < channels; c++) {
      float sum = db[c];
      for (int n = 0; n < batch; n++) {
        for (int k = 0; k < pixels; k++) {
          sum += dy[(n * channels + c) * pixels + k];
        }
      }
      db[c] = sum;
    }
  }
}
