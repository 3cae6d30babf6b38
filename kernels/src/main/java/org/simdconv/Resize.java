package org.simdconv;

import java.util.Locale;
import java.util.Objects;
import org.simdconv.internal.plan.ResizePlan;
import org.simdconv.internal.run.ResizeEngine;

/**
 * Nearest neighbour and bilinear upsampling and downsampling, with the coordinates of ONNX's
 * Resize. Each output column o takes its place x among the input columns, rows likewise:
 *
 * <pre>
 * HALF_PIXEL            x = (o + 0.5) / scale - 0.5          pixels have an area; PyTorch's align_corners=False
 * HALF_PIXEL_SYMMETRIC  the same about the image's centre, where scale * in is not whole
 * PYTORCH_HALF_PIXEL    the same as HALF_PIXEL, but 0 where the output has one column
 * ALIGN_CORNERS         x = o (in - 1) / (scale * in - 1)    the corners stay, where scale * in is whole; PyTorch's align_corners=True
 * ASYMMETRIC            x = o / scale                        pixels are points
 *
 * nearest  y = v[round(x)]
 * linear   y = a + f (b - a)    with a = v[floor(x)], b = v[floor(x) + 1], f = x - floor(x): along the rows, then along the columns
 * </pre>
 *
 * with places outside taken from the border. The share f is a float, {@code f (b - a) + a} one
 * fused multiply-add; a whole scale computes x as the column {@code floor(o / scale)} plus the
 * place of {@code o mod scale}, so that every block has the same shares. A constant image stays
 * what it is.
 *
 * <pre>{@code
 * ImagePlan twice = Resize.linear().scale(2, 2).plan(1, 64, 56, 56, PlanOptions.defaults());
 * twice.run(image, large, null);
 * }</pre>
 *
 * <p>Source: the definition of {@code Resize} in the ONNX operator set.
 *
 * <p>Thread safety: immutable; each method returns a new value.
 */
public final class Resize {
  /** How the place of an output among the inputs is computed. */
  public enum Coordinates {
    /** The centres of the outer pixels keep their distance to the border. */
    HALF_PIXEL,
    /** As HALF_PIXEL, about the centre. */
    HALF_PIXEL_SYMMETRIC,
    /** As HALF_PIXEL, but 0 for an output of one. */
    PYTORCH_HALF_PIXEL,
    /** The outer pixels' centres stay where they are. */
    ALIGN_CORNERS,
    /** Pixels are points at whole numbers. */
    ASYMMETRIC
  }

  /** How a place is rounded to a pixel. */
  public enum Rounding {
    /** To the nearest, halves down. */
    ROUND_PREFER_FLOOR,
    /** To the nearest, halves up. */
    ROUND_PREFER_CEIL,
    /** Down. */
    FLOOR,
    /** Up. */
    CEIL
  }

  private final boolean linear;
  private final Coordinates coordinates;
  private final Rounding rounding;
  private final double scaleHeight;
  private final double scaleWidth;
  private final int height;
  private final int width;

  private Resize(
      boolean linear,
      Coordinates coordinates,
      Rounding rounding,
      double scaleHeight,
      double scaleWidth,
      int height,
      int width) {
    this.linear = linear;
    this.coordinates = coordinates;
    this.rounding = rounding;
    this.scaleHeight = scaleHeight;
    this.scaleWidth = scaleWidth;
    this.height = height;
    this.width = width;
  }

  /**
   * Nearest neighbour, by HALF_PIXEL and ROUND_PREFER_FLOOR, at scale 1.
   *
   * @return the description
   */
  public static Resize nearest() {
    return new Resize(false, Coordinates.HALF_PIXEL, Rounding.ROUND_PREFER_FLOOR, 1, 1, 0, 0);
  }

  /**
   * Bilinear, by HALF_PIXEL, at scale 1.
   *
   * @return the description
   */
  public static Resize linear() {
    return new Resize(true, Coordinates.HALF_PIXEL, Rounding.ROUND_PREFER_FLOOR, 1, 1, 0, 0);
  }

  /**
   * By the attributes of ONNX's Resize.
   *
   * @param mode {@code nearest} or {@code linear}
   * @param coordinateTransformationMode for example {@code half_pixel}
   * @param nearestMode for example {@code round_prefer_floor}
   * @param antialias whether downsampling is to be smoothed
   * @return the description
   * @throws NullPointerException if a text is null
   * @throws UnsupportedOperationException for {@code cubic}, {@code tf_crop_and_resize} and
   *     antialias, which are not implemented
   * @throws IllegalArgumentException if a text is none of ONNX's
   */
  public static Resize ofOnnx(
      String mode, String coordinateTransformationMode, String nearestMode, boolean antialias) {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(coordinateTransformationMode, "coordinateTransformationMode");
    Objects.requireNonNull(nearestMode, "nearestMode");
    if (mode.equals("cubic")) {
      throw new UnsupportedOperationException("mode is cubic; must be nearest or linear");
    }
    if (coordinateTransformationMode.equals("tf_crop_and_resize")) {
      throw new UnsupportedOperationException(
          "coordinateTransformationMode is tf_crop_and_resize; must be one without a region");
    }
    if (antialias) {
      throw new UnsupportedOperationException("antialias is true; must be false");
    }
    if (!mode.equals("nearest") && !mode.equals("linear")) {
      throw new IllegalArgumentException("mode is " + mode + "; must be nearest or linear");
    }
    Resize resize = mode.equals("linear") ? linear() : nearest();
    return resize
        .coordinates(
            constant(
                Coordinates.class, coordinateTransformationMode, "coordinateTransformationMode"))
        .rounding(constant(Rounding.class, nearestMode, "nearestMode"));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text, String name) {
    for (E e : type.getEnumConstants()) {
      if (e.name().toLowerCase(Locale.ROOT).equals(text)) {
        return e;
      }
    }
    throw new IllegalArgumentException(
        name
            + " is "
            + text
            + "; must be one of "
            + java.util.Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
  }

  /**
   * Sets the coordinates; HALF_PIXEL before.
   *
   * @param coordinates how places are computed
   * @return the description
   * @throws NullPointerException if it is null
   */
  public Resize coordinates(Coordinates coordinates) {
    Objects.requireNonNull(coordinates, "coordinates");
    return new Resize(linear, coordinates, rounding, scaleHeight, scaleWidth, height, width);
  }

  /**
   * Sets how nearest neighbours are chosen; ROUND_PREFER_FLOOR before. Linear does not use it.
   *
   * @param rounding how places are rounded
   * @return the description
   * @throws NullPointerException if it is null
   */
  public Resize rounding(Rounding rounding) {
    Objects.requireNonNull(rounding, "rounding");
    return new Resize(linear, coordinates, rounding, scaleHeight, scaleWidth, height, width);
  }

  /**
   * Sets the scales, instead of a size: an output has {@code floor(scale * in)} rows or columns.
   *
   * @param height vertical scale; 2 doubles
   * @param width horizontal scale
   * @return the description
   * @throws IllegalArgumentException if one is not positive and finite
   */
  public Resize scale(double height, double width) {
    if (!(height > 0) || !(width > 0) || height > 1e9 || width > 1e9) {
      throw new IllegalArgumentException(
          "scale is " + height + " x " + width + "; both must be positive and at most 1e9");
    }
    return new Resize(linear, coordinates, rounding, height, width, 0, 0);
  }

  /**
   * Sets the size of the output, instead of scales, which are then its ratio to the input's.
   *
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public Resize size(int height, int width) {
    Check.positive(height, "size (height)");
    Check.positive(width, "size (width)");
    return new Resize(linear, coordinates, rounding, 0, 0, height, width);
  }

  /**
   * Plans for images of one size.
   *
   * @param batch images
   * @param channels channels
   * @param inHeight rows of an input image
   * @param inWidth columns of an input image
   * @param options how to plan; only the threads and the fork threshold matter
   * @return the plan
   * @throws NullPointerException if options is null
   * @throws IllegalArgumentException if a size is not positive, nothing is left of the output, or a
   *     tensor would have 2^31 elements or more
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public ImagePlan plan(int batch, int channels, int inHeight, int inWidth, PlanOptions options) {
    Check.image(batch, channels, inHeight, inWidth);
    Objects.requireNonNull(options, "options");
    int outHeight = height > 0 ? height : out("output rows", scaleHeight, inHeight);
    int outWidth = height > 0 ? width : out("output columns", scaleWidth, inWidth);
    int[] in = {batch, channels, 1, inHeight, inWidth};
    int[] out = {batch, channels, 1, outHeight, outWidth};
    Check.elements("output", out);
    double down = height > 0 ? (double) outHeight / inHeight : scaleHeight;
    double across = height > 0 ? (double) outWidth / inWidth : scaleWidth;
    ResizePlan.Line rows = line(inHeight, outHeight, down);
    ResizePlan.Line columns = line(inWidth, outWidth, across);
    ResizePlan plan = Execution.counted(() -> new ResizePlan(batch * channels, rows, columns));
    return new ImagePlan(
        this + " n" + batch + " c" + channels + " in" + inHeight + "x" + inWidth,
        new ResizeEngine(plan),
        options,
        in,
        out);
  }

  private static int out(String name, double scale, int in) {
    double size = Math.floor(scale * in);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + " are " + size + " with scale " + scale + "; must be 1 .. 2^31 - 1");
    }
    return (int) size;
  }

  private ResizePlan.Line line(int in, int out, double scale) {
    int[] before = new int[out];
    float[] share = new float[out];
    // A whole scale: the block that an output is in, and its place from there.
    int whole = scale >= 1 && scale == Math.rint(scale) && isLocal() ? (int) scale : 0;
    for (int o = 0; o < out; o++) {
      int block = whole > 0 ? o / whole : 0;
      double x = place(o - (double) block * whole, in, out, scale);
      double floor = Math.floor(x);
      double f = x - floor;
      boolean up =
          switch (rounding) {
            case ROUND_PREFER_FLOOR -> f > 0.5;
            case ROUND_PREFER_CEIL -> f >= 0.5;
            case FLOOR -> false;
            case CEIL -> f > 0;
          };
      if (linear) {
        // Farther outside it is the border as well.
        before[o] = (int) Math.clamp(block + floor, -1, in - 1);
        share[o] = (float) f;
      } else {
        before[o] = (int) Math.clamp(block + floor + (up ? 1 : 0), 0, in - 1);
      }
    }
    return new ResizePlan.Line(in, before, share);
  }

  /** Whether the place of an output depends on nothing but the scale. */
  private boolean isLocal() {
    return coordinates == Coordinates.HALF_PIXEL
        || coordinates == Coordinates.PYTORCH_HALF_PIXEL
        || coordinates == Coordinates.ASYMMETRIC;
  }

  private double place(double o, int in, int out, double scale) {
    return switch (coordinates) {
      case HALF_PIXEL -> (o + 0.5) / scale - 0.5;
      case HALF_PIXEL_SYMMETRIC -> in / 2.0 * (1 - out / (scale * in)) + (o + 0.5) / scale - 0.5;
      case PYTORCH_HALF_PIXEL -> out > 1 ? (o + 0.5) / scale - 0.5 : 0;
      // By the length before it was rounded down, as ONNX has it.
      case ALIGN_CORNERS -> out > 1 ? o * (in - 1) / (scale * in - 1) : 0;
      case ASYMMETRIC -> o / scale;
    };
  }

  /** Returns for example {@code resize linear HALF_PIXEL x2.0,2.0}. */
  @Override
  public String toString() {
    return "resize "
        + (linear ? "linear " : "nearest " + rounding + " ")
        + coordinates
        + (height > 0 ? " to" + height + "x" + width : " x" + scaleHeight + "," + scaleWidth);
  }
}
