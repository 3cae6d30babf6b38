package org.simdconv.reference;

/**
 * Max and average pooling of NCDHW volumes by their formulas; an image is a volume of one plane.
 *
 * <pre>
 * max      y[n, c, o] = max over k of  x[n, c, o s + k d - p]
 * average  y[n, c, o] = (sum over k of  x[n, c, o s + k d - p]) / count
 * </pre>
 *
 * <p>Places outside do not count; in averages those in the padding may, as zeros. A sum goes down
 * each kernel column first, planes and rows ascending, and then over the columns.
 *
 * <p>Source: the definitions of {@code MaxPool} and {@code AveragePool} in the ONNX operator set.
 *
 * @param channels volumes times channels
 * @param in planes, rows, columns of the input
 * @param out planes, rows, columns of the output
 * @param kernel window
 * @param stride strides
 * @param dilation dilations
 * @param begin padding in front, above, left
 * @param end padding behind, below, right
 */
@SuppressWarnings("ArrayRecordComponent")
public record NaivePool(
    int channels,
    int[] in,
    int[] out,
    int[] kernel,
    int[] stride,
    int[] dilation,
    int[] begin,
    int[] end) {

  /**
   * Output size of an axis.
   *
   * @param in input size
   * @param kernel window
   * @param stride stride
   * @param dilation dilation
   * @param begin padding before
   * @param end padding behind
   * @param ceil whether a last window that is not full counts, if it begins in the image or before
   *     it
   * @return the size
   */
  public static int output(
      int in, int kernel, int stride, int dilation, int begin, int end, boolean ceil) {
    int room = in + begin + end - dilation * (kernel - 1) - 1;
    if (!ceil) {
      return room / stride + 1;
    }
    int out = (room + stride - 1) / stride + 1;
    return (out - 1) * stride >= in + begin ? out - 1 : out;
  }

  /** What is done with each place of a window that is inside the image or its padding. */
  private interface Visitor {
    void visit(boolean inside, int pixel, int kw, int id, int ih, int iw);
  }

  private void window(int channel, int od, int oh, int ow, Visitor visitor) {
    for (int kd = 0; kd < kernel[0]; kd++) {
      for (int kh = 0; kh < kernel[1]; kh++) {
        for (int kw = 0; kw < kernel[2]; kw++) {
          int id = od * stride[0] + kd * dilation[0] - begin[0];
          int ih = oh * stride[1] + kh * dilation[1] - begin[1];
          int iw = ow * stride[2] + kw * dilation[2] - begin[2];
          boolean inside = id >= 0 && id < in[0] && ih >= 0 && ih < in[1] && iw >= 0 && iw < in[2];
          boolean padded = id < in[0] + end[0] && ih < in[1] + end[1] && iw < in[2] + end[2];
          if (padded) {
            int pixel = ((channel * in[0] + id) * in[1] + ih) * in[2] + iw;
            visitor.visit(inside, pixel, kw, id, ih, iw);
          }
        }
      }
    }
  }

  private interface Output {
    void at(int i, int channel, int od, int oh, int ow);
  }

  private int outputs(Output output) {
    int i = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int od = 0; od < out[0]; od++) {
        for (int oh = 0; oh < out[1]; oh++) {
          for (int ow = 0; ow < out[2]; ow++) {
            output.at(i++, channel, od, oh, ow);
          }
        }
      }
    }
    return i;
  }

  private int size() {
    return channels * out[0] * out[1] * out[2];
  }

  /**
   * Averages.
   *
   * @param x input
   * @param includePad whether places in the padding count as zeros
   * @return output
   */
  public float[] average(float[] x, boolean includePad) {
    float[] y = new float[size()];
    outputs(
        (i, channel, od, oh, ow) -> {
          int[] count = {0};
          float[] sums = new float[kernel[2]];
          window(
              channel,
              od,
              oh,
              ow,
              (inside, pixel, kw, id, ih, iw) -> {
                sums[kw] += inside ? x[pixel] : 0f;
                count[0] += inside || includePad ? 1 : 0;
              });
          for (float sum : sums) {
            y[i] += sum;
          }
          y[i] /= count[0];
        });
    return y;
  }

  /**
   * Maxima; NaN is larger than any number.
   *
   * @param x input
   * @param indices where each is, counted over the input; of equals the first; or an empty array
   * @param columnMajor whether they count down the columns of a plane
   * @return output
   */
  public float[] max(float[] x, int[] indices, boolean columnMajor) {
    float[] y = new float[size()];
    outputs(
        (i, channel, od, oh, ow) -> {
          boolean[] found = {false};
          window(
              channel,
              od,
              oh,
              ow,
              (inside, pixel, kw, id, ih, iw) -> {
                boolean larger =
                    inside
                        && (!found[0]
                            || x[pixel] > y[i]
                            || (Float.isNaN(x[pixel]) && !Float.isNaN(y[i])));
                if (larger) {
                  found[0] = true;
                  y[i] = x[pixel];
                  if (indices.length > 0) {
                    int plane = channel * in[0] + id;
                    indices[i] = columnMajor ? (plane * in[2] + iw) * in[1] + ih : pixel;
                  }
                }
              });
        });
    return y;
  }
}
