package org.simdconv.reference;

import org.jspecify.annotations.Nullable;

/**
 * 2-D transposed convolution, three times over: as the scatter of its definition, as the gather
 * over the taps that reach an output element, and as a convolution over the zero-stuffed input. The
 * definition:
 *
 * <pre>
 * y[n, oc, ih sh + kh dh - pt, iw sw + kw dw - pl] += w[ic, oc, kh, kw] * x[n, ic, ih, iw]
 * for every ic, ih, iw, kh, kw of the group; positions outside the output are dropped; bias[oc] is added last
 * </pre>
 *
 * <p>Source: the definition of {@code ConvTranspose} in the ONNX operator set; the zero-insertion
 * form is section 4 of V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning"
 * (arXiv 1603.07285).
 */
public final class NaiveConvTranspose2d {
  private NaiveConvTranspose2d() {}

  /**
   * The definition, scattering each input pixel over the output, in single precision and canonical
   * order. Taps are the outer loops, so that every output element still receives them in canonical
   * order.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @return output, NCHW
   */
  public static float[] scatter(
      ConvTransposeShape s, float[] x, float[] w, float @Nullable [] bias) {
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    float[] y = new float[s.outputSize()];
    for (int n = 0; n < s.batch(); n++) {
      for (int ic = 0; ic < s.inChannels(); ic++) {
        int g = ic / groupIn;
        for (int oc = 0; oc < groupOut; oc++) {
          for (int kh = 0; kh < s.kernelHeight(); kh++) {
            for (int kw = 0; kw < s.kernelWidth(); kw++) {
              float tap = w[((ic * groupOut + oc) * s.kernelHeight() + kh) * s.kernelWidth() + kw];
              for (int ih = 0; ih < s.inHeight(); ih++) {
                for (int iw = 0; iw < s.inWidth(); iw++) {
                  int oh = ih * s.strideHeight() + kh * s.dilationHeight() - s.padTop();
                  int ow = iw * s.strideWidth() + kw * s.dilationWidth() - s.padLeft();
                  if (oh >= 0 && oh < s.outHeight() && ow >= 0 && ow < s.outWidth()) {
                    float pixel =
                        x[((n * s.inChannels() + ic) * s.inHeight() + ih) * s.inWidth() + iw];
                    int to =
                        ((n * s.outChannels() + g * groupOut + oc) * s.outHeight() + oh)
                                * s.outWidth()
                            + ow;
                    y[to] = Math.fma(tap, pixel, y[to]);
                  }
                }
              }
            }
          }
        }
      }
    }
    if (bias != null) {
      for (int to = 0; to < y.length; to++) {
        y[to] += bias[to / (s.outHeight() * s.outWidth()) % s.outChannels()];
      }
    }
    return y;
  }

  /**
   * The same by gathering, for each output element, the taps that reach it, in single precision and
   * canonical order.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @return output, NCHW
   */
  public static float[] gather(
      ConvTransposeShape s, float[] x, float[] w, float @Nullable [] bias) {
    float[] y = new float[s.outputSize()];
    int at = 0;
    for (int n = 0; n < s.batch(); n++) {
      for (int oc = 0; oc < s.outChannels(); oc++) {
        for (int oh = 0; oh < s.outHeight(); oh++) {
          for (int ow = 0; ow < s.outWidth(); ow++) {
            y[at++] = gatherAt(s, x, w, bias, n, oc, oh, ow);
          }
        }
      }
    }
    return y;
  }

  /**
   * One output element by gathering the taps that reach it, in single precision and canonical
   * order: tap {@code kh} reaches row {@code oh} from input row {@code (oh + pt - kh dh) / sh},
   * where that is a whole number inside the image.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @param n image
   * @param oc output channel
   * @param oh output row
   * @param ow output column
   * @return the element
   */
  public static float gatherAt(
      ConvTransposeShape s,
      float[] x,
      float[] w,
      float @Nullable [] bias,
      int n,
      int oc,
      int oh,
      int ow) {
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    int g = oc / groupOut;
    float sum = 0f;
    for (int ic = g * groupIn; ic < (g + 1) * groupIn; ic++) {
      for (int kh = 0; kh < s.kernelHeight(); kh++) {
        for (int kw = 0; kw < s.kernelWidth(); kw++) {
          int fromRow = oh + s.padTop() - kh * s.dilationHeight();
          int fromColumn = ow + s.padLeft() - kw * s.dilationWidth();
          if (fromRow % s.strideHeight() == 0 && fromColumn % s.strideWidth() == 0) {
            int ih = fromRow / s.strideHeight();
            int iw = fromColumn / s.strideWidth();
            if (ih >= 0 && ih < s.inHeight() && iw >= 0 && iw < s.inWidth()) {
              float tap =
                  w[
                      ((ic * groupOut + oc % groupOut) * s.kernelHeight() + kh) * s.kernelWidth()
                          + kw];
              float pixel = x[((n * s.inChannels() + ic) * s.inHeight() + ih) * s.inWidth() + iw];
              sum = Math.fma(tap, pixel, sum);
            }
          }
        }
      }
    }
    return bias == null ? sum : sum + bias[oc];
  }

  /**
   * The same as a stride-1 convolution with the flipped kernel over the input with {@code s - 1}
   * zeros between its pixels and {@code k' - 1 - p} around it, in single precision. The flip turns
   * the taps round: kernel rows and columns descend in terms of {@code w}, so this form rounds
   * differently from the canonical order.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @return output, NCHW
   */
  public static float[] zeroInsertion(
      ConvTransposeShape s, float[] x, float[] w, float @Nullable [] bias) {
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    int extentH = s.dilationHeight() * (s.kernelHeight() - 1) + 1;
    int extentW = s.dilationWidth() * (s.kernelWidth() - 1) + 1;
    // The zeros before the first pixel may be fewer than none (p > k' - 1): then the image is
    // cropped.
    int top = extentH - 1 - s.padTop();
    int left = extentW - 1 - s.padLeft();
    int height = s.outHeight() + extentH - 1;
    int width = s.outWidth() + extentW - 1;
    float[] stuffed = new float[s.batch() * s.inChannels() * height * width];
    for (int plane = 0; plane < s.batch() * s.inChannels(); plane++) {
      for (int ih = 0; ih < s.inHeight(); ih++) {
        for (int iw = 0; iw < s.inWidth(); iw++) {
          int row = top + ih * s.strideHeight();
          int column = left + iw * s.strideWidth();
          if (row >= 0 && row < height && column >= 0 && column < width) {
            stuffed[(plane * height + row) * width + column] =
                x[(plane * s.inHeight() + ih) * s.inWidth() + iw];
          }
        }
      }
    }
    float[] y = new float[s.outputSize()];
    for (int n = 0; n < s.batch(); n++) {
      for (int oc = 0; oc < s.outChannels(); oc++) {
        int g = oc / groupOut;
        for (int oh = 0; oh < s.outHeight(); oh++) {
          for (int ow = 0; ow < s.outWidth(); ow++) {
            float sum = 0f;
            for (int ic = g * groupIn; ic < (g + 1) * groupIn; ic++) {
              for (int kh = 0; kh < s.kernelHeight(); kh++) {
                for (int kw = 0; kw < s.kernelWidth(); kw++) {
                  int flippedRow = s.kernelHeight() - 1 - kh;
                  int flippedColumn = s.kernelWidth() - 1 - kw;
                  float tap =
                      w[
                          ((ic * groupOut + oc % groupOut) * s.kernelHeight() + flippedRow)
                                  * s.kernelWidth()
                              + flippedColumn];
                  float pixel =
                      stuffed[
                          ((n * s.inChannels() + ic) * height + oh + kh * s.dilationHeight())
                                  * width
                              + ow
                              + kw * s.dilationWidth()];
                  sum = Math.fma(tap, pixel, sum);
                }
              }
            }
            int to = ((n * s.outChannels() + oc) * s.outHeight() + oh) * s.outWidth() + ow;
            y[to] = bias == null ? sum : sum + bias[oc];
          }
        }
      }
    }
    return y;
  }

  /**
   * The definition, scattering each input pixel over the output, in double precision. Taps are the
   * outer loops, so that every output element still receives them in canonical order.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @return output, NCHW
   */
  public static double[] scatterDouble(
      ConvTransposeShape s, float[] x, float[] w, float @Nullable [] bias) {
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    double[] y = new double[s.outputSize()];
    for (int n = 0; n < s.batch(); n++) {
      for (int ic = 0; ic < s.inChannels(); ic++) {
        int g = ic / groupIn;
        for (int oc = 0; oc < groupOut; oc++) {
          for (int kh = 0; kh < s.kernelHeight(); kh++) {
            for (int kw = 0; kw < s.kernelWidth(); kw++) {
              float tap = w[((ic * groupOut + oc) * s.kernelHeight() + kh) * s.kernelWidth() + kw];
              for (int ih = 0; ih < s.inHeight(); ih++) {
                for (int iw = 0; iw < s.inWidth(); iw++) {
                  int oh = ih * s.strideHeight() + kh * s.dilationHeight() - s.padTop();
                  int ow = iw * s.strideWidth() + kw * s.dilationWidth() - s.padLeft();
                  if (oh >= 0 && oh < s.outHeight() && ow >= 0 && ow < s.outWidth()) {
                    float pixel =
                        x[((n * s.inChannels() + ic) * s.inHeight() + ih) * s.inWidth() + iw];
                    int to =
                        ((n * s.outChannels() + g * groupOut + oc) * s.outHeight() + oh)
                                * s.outWidth()
                            + ow;
                    y[to] = y[to] + (double) tap * pixel;
                  }
                }
              }
            }
          }
        }
      }
    }
    if (bias != null) {
      for (int to = 0; to < y.length; to++) {
        y[to] += bias[to / (s.outHeight() * s.outWidth()) % s.outChannels()];
      }
    }
    return y;
  }

  /**
   * The same by gathering, for each output element, the taps that reach it, in double precision.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @return output, NCHW
   */
  public static double[] gatherDouble(
      ConvTransposeShape s, float[] x, float[] w, float @Nullable [] bias) {
    double[] y = new double[s.outputSize()];
    int at = 0;
    for (int n = 0; n < s.batch(); n++) {
      for (int oc = 0; oc < s.outChannels(); oc++) {
        for (int oh = 0; oh < s.outHeight(); oh++) {
          for (int ow = 0; ow < s.outWidth(); ow++) {
            y[at++] = gatherAtDouble(s, x, w, bias, n, oc, oh, ow);
          }
        }
      }
    }
    return y;
  }

  /**
   * One output element by gathering the taps that reach it, in double precision: tap {@code kh}
   * reaches row {@code oh} from input row {@code (oh + pt - kh dh) / sh}, where that is a whole
   * number inside the image.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @param n image
   * @param oc output channel
   * @param oh output row
   * @param ow output column
   * @return the element
   */
  public static double gatherAtDouble(
      ConvTransposeShape s,
      float[] x,
      float[] w,
      float @Nullable [] bias,
      int n,
      int oc,
      int oh,
      int ow) {
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    int g = oc / groupOut;
    double sum = 0.0;
    for (int ic = g * groupIn; ic < (g + 1) * groupIn; ic++) {
      for (int kh = 0; kh < s.kernelHeight(); kh++) {
        for (int kw = 0; kw < s.kernelWidth(); kw++) {
          int fromRow = oh + s.padTop() - kh * s.dilationHeight();
          int fromColumn = ow + s.padLeft() - kw * s.dilationWidth();
          if (fromRow % s.strideHeight() == 0 && fromColumn % s.strideWidth() == 0) {
            int ih = fromRow / s.strideHeight();
            int iw = fromColumn / s.strideWidth();
            if (ih >= 0 && ih < s.inHeight() && iw >= 0 && iw < s.inWidth()) {
              float tap =
                  w[
                      ((ic * groupOut + oc % groupOut) * s.kernelHeight() + kh) * s.kernelWidth()
                          + kw];
              float pixel = x[((n * s.inChannels() + ic) * s.inHeight() + ih) * s.inWidth() + iw];
              sum = sum + (double) tap * pixel;
            }
          }
        }
      }
    }
    return bias == null ? sum : sum + bias[oc];
  }

  /**
   * The same as a stride-1 convolution with the flipped kernel over the input with {@code s - 1}
   * zeros between its pixels and {@code k' - 1 - p} around it, in double precision. The flip turns
   * the taps round: kernel rows and columns descend in terms of {@code w}, so this form rounds
   * differently from the canonical order.
   *
   * @param s the shape
   * @param x input, NCHW
   * @param w weights, [inChannels, outChannels / groups, kernelHeight, kernelWidth]
   * @param bias one value an output channel, or null
   * @return output, NCHW
   */
  public static double[] zeroInsertionDouble(
      ConvTransposeShape s, float[] x, float[] w, float @Nullable [] bias) {
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    int extentH = s.dilationHeight() * (s.kernelHeight() - 1) + 1;
    int extentW = s.dilationWidth() * (s.kernelWidth() - 1) + 1;
    // The zeros before the first pixel may be fewer than none (p > k' - 1): then the image is
    // cropped.
    int top = extentH - 1 - s.padTop();
    int left = extentW - 1 - s.padLeft();
    int height = s.outHeight() + extentH - 1;
    int width = s.outWidth() + extentW - 1;
    float[] stuffed = new float[s.batch() * s.inChannels() * height * width];
    for (int plane = 0; plane < s.batch() * s.inChannels(); plane++) {
      for (int ih = 0; ih < s.inHeight(); ih++) {
        for (int iw = 0; iw < s.inWidth(); iw++) {
          int row = top + ih * s.strideHeight();
          int column = left + iw * s.strideWidth();
          if (row >= 0 && row < height && column >= 0 && column < width) {
            stuffed[(plane * height + row) * width + column] =
                x[(plane * s.inHeight() + ih) * s.inWidth() + iw];
          }
        }
      }
    }
    double[] y = new double[s.outputSize()];
    for (int n = 0; n < s.batch(); n++) {
      for (int oc = 0; oc < s.outChannels(); oc++) {
        int g = oc / groupOut;
        for (int oh = 0; oh < s.outHeight(); oh++) {
          for (int ow = 0; ow < s.outWidth(); ow++) {
            double sum = 0.0;
            for (int ic = g * groupIn; ic < (g + 1) * groupIn; ic++) {
              for (int kh = 0; kh < s.kernelHeight(); kh++) {
                for (int kw = 0; kw < s.kernelWidth(); kw++) {
                  int flippedRow = s.kernelHeight() - 1 - kh;
                  int flippedColumn = s.kernelWidth() - 1 - kw;
                  float tap =
                      w[
                          ((ic * groupOut + oc % groupOut) * s.kernelHeight() + flippedRow)
                                  * s.kernelWidth()
                              + flippedColumn];
                  float pixel =
                      stuffed[
                          ((n * s.inChannels() + ic) * height + oh + kh * s.dilationHeight())
                                  * width
                              + ow
                              + kw * s.dilationWidth()];
                  sum = sum + (double) tap * pixel;
                }
              }
            }
            int to = ((n * s.outChannels() + oc) * s.outHeight() + oh) * s.outWidth() + ow;
            y[to] = bias == null ? sum : sum + bias[oc];
          }
        }
      }
    }
    return y;
  }
}
