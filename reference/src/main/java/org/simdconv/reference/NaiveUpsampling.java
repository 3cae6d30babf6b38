package org.simdconv.reference;

/**
 * Upsampling, shuffles and unpooling of NCHW images by their formulas.
 *
 * <p>Source: the definitions of {@code Resize}, {@code DepthToSpace}, {@code SpaceToDepth} and
 * {@code MaxUnpool} in the ONNX operator set.
 */
public final class NaiveUpsampling {
  private NaiveUpsampling() {}

  /** How the place of an output among the inputs is computed, under ONNX's names. */
  public enum Coordinates {
    /** {@code (o + 0.5) / scale - 0.5}. */
    HALF_PIXEL,
    /** The same about the centre. */
    HALF_PIXEL_SYMMETRIC,
    /** As HALF_PIXEL, 0 for an output of one. */
    PYTORCH_HALF_PIXEL,
    /** {@code o (in - 1) / (scale * in - 1)}. */
    ALIGN_CORNERS,
    /** {@code o / scale}. */
    ASYMMETRIC
  }

  /** How a place is rounded, under ONNX's names. */
  public enum Rounding {
    /** Halves down. */
    ROUND_PREFER_FLOOR,
    /** Halves up. */
    ROUND_PREFER_CEIL,
    /** Down. */
    FLOOR,
    /** Up. */
    CEIL
  }

  /** A place among the inputs of an axis: a whole number and a share of the next one. */
  private record Place(long floor, double share) {}

  /**
   * The place of an output. Where the scale is whole and the rule local, in two steps: the input
   * {@code floor(o / scale)}, and from there the place of {@code o mod scale}.
   */
  private static Place place(Coordinates rule, int o, int in, int out, double scale) {
    boolean local = rule != Coordinates.ALIGN_CORNERS && rule != Coordinates.HALF_PIXEL_SYMMETRIC;
    long block = 0;
    double rest = o;
    if (local && scale >= 1 && scale == Math.floor(scale)) {
      block = o / (long) scale;
      rest = o % (long) scale;
    }
    double x =
        switch (rule) {
          case HALF_PIXEL -> (rest + 0.5) / scale - 0.5;
          case HALF_PIXEL_SYMMETRIC ->
              in / 2.0 * (1 - out / (scale * in)) + (rest + 0.5) / scale - 0.5;
          case PYTORCH_HALF_PIXEL -> out > 1 ? (rest + 0.5) / scale - 0.5 : 0;
          case ALIGN_CORNERS -> out > 1 ? rest * (in - 1) / (scale * in - 1) : 0;
          case ASYMMETRIC -> rest / scale;
        };
    double floor = Math.floor(x);
    return new Place(block + (long) floor, x - floor);
  }

  private static int inside(long place, int in) {
    return (int) Math.max(0, Math.min(in - 1, place));
  }

  /**
   * Nearest neighbour.
   *
   * @param planes images times channels
   * @param height input rows
   * @param width input columns
   * @param outHeight output rows
   * @param outWidth output columns
   * @param scaleHeight vertical scale
   * @param scaleWidth horizontal scale
   * @param rule how places are computed
   * @param rounding how they are rounded
   * @param x input
   * @return output
   */
  public static float[] nearest(
      int planes,
      int height,
      int width,
      int outHeight,
      int outWidth,
      double scaleHeight,
      double scaleWidth,
      Coordinates rule,
      Rounding rounding,
      float[] x) {
    float[] y = new float[planes * outHeight * outWidth];
    int at = 0;
    for (int plane = 0; plane < planes; plane++) {
      for (int oh = 0; oh < outHeight; oh++) {
        int row = round(place(rule, oh, height, outHeight, scaleHeight), rounding, height);
        for (int ow = 0; ow < outWidth; ow++) {
          int column = round(place(rule, ow, width, outWidth, scaleWidth), rounding, width);
          y[at++] = x[(plane * height + row) * width + column];
        }
      }
    }
    return y;
  }

  private static int round(Place place, Rounding rounding, int in) {
    boolean up =
        switch (rounding) {
          case ROUND_PREFER_FLOOR -> place.share > 0.5;
          case ROUND_PREFER_CEIL -> place.share >= 0.5;
          case FLOOR -> false;
          case CEIL -> place.share > 0;
        };
    return inside(place.floor + (up ? 1 : 0), in);
  }

  /**
   * Bilinear: {@code a + f (b - a)} along the rows, then along the columns, each a float and one
   * fused multiply-add.
   *
   * @param planes images times channels
   * @param height input rows
   * @param width input columns
   * @param outHeight output rows
   * @param outWidth output columns
   * @param scaleHeight vertical scale
   * @param scaleWidth horizontal scale
   * @param rule how places are computed
   * @param x input
   * @return output
   */
  public static float[] linear(
      int planes,
      int height,
      int width,
      int outHeight,
      int outWidth,
      double scaleHeight,
      double scaleWidth,
      Coordinates rule,
      float[] x) {
    float[] y = new float[planes * outHeight * outWidth];
    int at = 0;
    for (int plane = 0; plane < planes; plane++) {
      for (int oh = 0; oh < outHeight; oh++) {
        Place down = place(rule, oh, height, outHeight, scaleHeight);
        int above = (plane * height + inside(down.floor, height)) * width;
        int below = (plane * height + inside(down.floor + 1, height)) * width;
        for (int ow = 0; ow < outWidth; ow++) {
          Place across = place(rule, ow, width, outWidth, scaleWidth);
          int left = inside(across.floor, width);
          int right = inside(across.floor + 1, width);
          float a = between(x[above + left], x[below + left], down.share);
          float b = between(x[above + right], x[below + right], down.share);
          y[at++] = between(a, b, across.share);
        }
      }
    }
    return y;
  }

  private static float between(float a, float b, double share) {
    return Math.fma((float) share, b - a, a);
  }

  /**
   * Depth to space.
   *
   * @param batch images
   * @param channels channels of the output
   * @param height input rows
   * @param width input columns
   * @param block block
   * @param depthFirst whether channels are ordered by place and then channel (DCR), else by channel
   *     and then place (CRD)
   * @param x input
   * @return output
   */
  public static float[] depthToSpace(
      int batch, int channels, int height, int width, int block, boolean depthFirst, float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[large(batch, channels, height, width, block, depthFirst, i)] = x[i];
    }
    return y;
  }

  /**
   * Space to depth.
   *
   * @param batch images
   * @param channels channels of the input
   * @param height output rows
   * @param width output columns
   * @param block block
   * @param depthFirst whether channels are ordered by place and then channel, else by channel and
   *     then place
   * @param x input
   * @return output
   */
  public static float[] spaceToDepth(
      int batch, int channels, int height, int width, int block, boolean depthFirst, float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[large(batch, channels, height, width, block, depthFirst, i)];
    }
    return y;
  }

  /** Where element i of the small images is in the large one. */
  private static int large(
      int batch, int channels, int height, int width, int block, boolean depthFirst, int i) {
    int w = i % width;
    int h = i / width % height;
    int small = i / width / height % (channels * block * block);
    int n = i / width / height / (channels * block * block);
    if (n >= batch) {
      throw new IllegalArgumentException("the array has more than " + batch + " images");
    }
    int place = depthFirst ? small / channels : small % (block * block);
    int c = depthFirst ? small % channels : small / (block * block);
    int row = h * block + place / block;
    return ((n * channels + c) * height * block + row) * width * block + w * block + place % block;
  }

  /**
   * Bed of nails.
   *
   * @param planes images times channels
   * @param height input rows
   * @param width input columns
   * @param strideHeight output rows for one of the input
   * @param strideWidth output columns for one of the input
   * @param x input
   * @return output
   */
  public static float[] bedOfNails(
      int planes, int height, int width, int strideHeight, int strideWidth, float[] x) {
    float[] y = new float[planes * height * strideHeight * width * strideWidth];
    for (int i = 0; i < x.length; i++) {
      int row = i / width;
      y[row * strideHeight * width * strideWidth + i % width * strideWidth] = x[i];
    }
    return y;
  }

  /**
   * Max unpooling; of several values with one index the last stays.
   *
   * @param planes images times channels
   * @param indexHeight rows of the planes in which indices count
   * @param indexWidth columns of these
   * @param outHeight output rows
   * @param outWidth output columns
   * @param x input
   * @param indices where each goes, counted over all planes
   * @return output
   */
  public static float[] maxUnpool(
      int planes,
      int indexHeight,
      int indexWidth,
      int outHeight,
      int outWidth,
      float[] x,
      int[] indices) {
    float[] y = new float[planes * outHeight * outWidth];
    for (int i = 0; i < x.length; i++) {
      int column = indices[i] % indexWidth;
      int row = indices[i] / indexWidth % indexHeight;
      int plane = indices[i] / indexWidth / indexHeight;
      y[(plane * outHeight + row) * outWidth + column] = x[i];
    }
    return y;
  }
}
