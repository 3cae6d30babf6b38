package org.simdconv.reference;

import org.jspecify.annotations.Nullable;

/**
 * 3-D convolution and transposed convolution by their formulas:
 *
 * <pre>
 * convolution             y[n, oc, o] = bias[oc] + sum over ic, k of  w[oc, ic, k] * x[n, g IC/G + ic, o s + k d - p]
 * transposed convolution  y[n, oc, o] = bias[oc] + sum over ic, k with o = i s + k d - p of  w[ic, oc, k] * x[n, ic, i]
 * </pre>
 *
 * with o, i, k, s, d, p triples of plane, row, column; x is zero outside the volume. One chain of
 * fused multiply-adds, input channel, kernel plane, row, column ascending.
 *
 * <p>Source: the definitions of {@code Conv} and {@code ConvTranspose} in the ONNX operator set.
 */
public final class NaiveConv3d {
  private NaiveConv3d() {}

  /**
   * The whole output.
   *
   * @param s the shape
   * @param x input, NCDHW
   * @param w weights
   * @param bias one value an output channel, or null
   * @return output, NCDHW
   */
  public static float[] forward(VolumeShape s, float[] x, float[] w, float @Nullable [] bias) {
    float[] y = new float[s.outputSize()];
    int at = 0;
    for (int n = 0; n < s.batch(); n++) {
      for (int oc = 0; oc < s.outChannels(); oc++) {
        for (int od = 0; od < s.out(0); od++) {
          for (int oh = 0; oh < s.out(1); oh++) {
            for (int ow = 0; ow < s.out(2); ow++) {
              y[at++] = outputAt(s, x, w, bias, n, oc, od, oh, ow);
            }
          }
        }
      }
    }
    return y;
  }

  /**
   * One output element.
   *
   * @param s the shape
   * @param x input, NCDHW
   * @param w weights
   * @param bias one value an output channel, or null
   * @param n volume
   * @param oc output channel
   * @param od output plane
   * @param oh output row
   * @param ow output column
   * @return the element
   */
  public static float outputAt(
      VolumeShape s,
      float[] x,
      float[] w,
      float @Nullable [] bias,
      int n,
      int oc,
      int od,
      int oh,
      int ow) {
    int groupIn = s.inChannels() / s.groups();
    int groupOut = s.outChannels() / s.groups();
    int g = oc / groupOut;
    int[] kernel = s.kernel();
    float sum = 0f;
    for (int ic = 0; ic < groupIn; ic++) {
      int outer =
          s.transposed() ? (g * groupIn + ic) * groupOut + oc - g * groupOut : oc * groupIn + ic;
      for (int kd = 0; kd < kernel[0]; kd++) {
        int id = input(s, 0, od, kd);
        for (int kh = 0; kh < kernel[1]; kh++) {
          int ih = input(s, 1, oh, kh);
          for (int kw = 0; kw < kernel[2]; kw++) {
            int iw = input(s, 2, ow, kw);
            if (id >= 0 && ih >= 0 && iw >= 0) {
              float tap = w[((outer * kernel[0] + kd) * kernel[1] + kh) * kernel[2] + kw];
              int plane = (n * s.inChannels() + g * groupIn + ic) * s.in()[0] + id;
              sum = Math.fma(tap, x[(plane * s.in()[1] + ih) * s.in()[2] + iw], sum);
            }
          }
        }
      }
    }
    return bias == null ? sum : sum + bias[oc];
  }

  /** The input that a tap brings to an output of an axis; -1 if there is none. */
  private static int input(VolumeShape s, int axis, int o, int k) {
    int stride = s.stride()[axis];
    int shift = k * s.dilation()[axis] - s.padBegin()[axis];
    int i = s.transposed() ? Math.floorDiv(o - shift, stride) : o * stride + shift;
    boolean reached = !s.transposed() || i * stride == o - shift;
    return reached && i >= 0 && i < s.in()[axis] ? i : -1;
  }
}
