package org.simdconv;

import java.util.Objects;

/**
 * Max unpooling: zeros, and each value where max pooling found it (M. Zeiler, R. Fergus,
 * "Visualizing and understanding convolutional networks", arXiv 1311.2901; SegNet). As in ONNX, an
 * index counts over the whole output {@code [batch, channels, height, width]} of the size that
 * follows from kernel, stride and padding,
 *
 * <pre>
 * (in - 1) * stride + kernel - begin - end
 * </pre>
 *
 * and a larger {@link #outputShape} has zeros below and right of that. An index must lie in the
 * plane of its own channel. Where several values have one index the last of them stays, rows and
 * columns ascending, on any number of threads.
 *
 * <p>Thread safety: immutable; each method returns a new value.
 */
public final class MaxUnpool {
  private final int kernelHeight;
  private final int kernelWidth;
  private final int strideHeight;
  private final int strideWidth;
  private final Padding padding;
  private final int outHeight;
  private final int outWidth;

  private MaxUnpool(
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      Padding padding,
      int outHeight,
      int outWidth) {
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
    this.strideHeight = strideHeight;
    this.strideWidth = strideWidth;
    this.padding = padding;
    this.outHeight = outHeight;
    this.outWidth = outWidth;
  }

  /**
   * The inverse of a pooling with stride 1 and no padding.
   *
   * @param kernelHeight rows of the pooling's window
   * @param kernelWidth columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public static MaxUnpool of(int kernelHeight, int kernelWidth) {
    Check.positive(kernelHeight, "kernel (height)");
    Check.positive(kernelWidth, "kernel (width)");
    return new MaxUnpool(kernelHeight, kernelWidth, 1, 1, Padding.none(), 0, 0);
  }

  /**
   * Sets the pooling's strides; 1 before.
   *
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public MaxUnpool stride(int height, int width) {
    Check.positive(height, "stride (height)");
    Check.positive(width, "stride (width)");
    return new MaxUnpool(kernelHeight, kernelWidth, height, width, padding, outHeight, outWidth);
  }

  /**
   * Sets the pooling's padding; none before.
   *
   * @param padding explicit padding
   * @return the description
   * @throws NullPointerException if it is null
   * @throws IllegalArgumentException if it is automatic or of volumes
   */
  public MaxUnpool padding(Padding padding) {
    Objects.requireNonNull(padding, "padding").ofImages();
    if (padding.mode != Padding.Mode.EXPLICIT) {
      throw new IllegalArgumentException("padding is " + padding + "; must be explicit");
    }
    return new MaxUnpool(
        kernelHeight, kernelWidth, strideHeight, strideWidth, padding, outHeight, outWidth);
  }

  /**
   * Sets the size of the output, if it is to be larger than what follows from the pooling.
   *
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public MaxUnpool outputShape(int height, int width) {
    Check.positive(height, "outputShape (height)");
    Check.positive(width, "outputShape (width)");
    return new MaxUnpool(
        kernelHeight, kernelWidth, strideHeight, strideWidth, padding, height, width);
  }

  /**
   * Plans for images of one size.
   *
   * @param batch images
   * @param channels channels
   * @param height rows of an input image
   * @param width columns of an input image
   * @param options how to plan; only the threads and the fork threshold matter
   * @return the plan
   * @throws NullPointerException if options is null
   * @throws IllegalArgumentException if a size is not positive, the output shape is smaller than
   *     what follows from the pooling, or a tensor would have 2^31 elements or more
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public UnpoolPlan plan(int batch, int channels, int height, int width, PlanOptions options) {
    Check.image(batch, channels, height, width);
    Objects.requireNonNull(options, "options");
    int rows =
        size("height", height, strideHeight, kernelHeight, padding.top, padding.bottom, outHeight);
    int columns =
        size("width", width, strideWidth, kernelWidth, padding.left, padding.right, outWidth);
    return new UnpoolPlan(
        this + " n" + batch + " c" + channels + " in" + height + "x" + width,
        options,
        batch,
        channels,
        new int[] {height, width},
        new int[] {rows, columns},
        outHeight > 0 ? new int[] {outHeight, outWidth} : new int[] {rows, columns});
  }

  private static int size(
      String axis, int in, int stride, int kernel, int begin, int end, int asked) {
    long size = (in - 1L) * stride + kernel - begin - end;
    if (size < 1) {
      throw new IllegalArgumentException(
          "padding (" + axis + ") is " + begin + " + " + end + "; it leaves nothing of the output");
    }
    if (asked > 0 && asked < size) {
      throw new IllegalArgumentException(
          "outputShape (" + axis + ") is " + asked + "; must be at least " + size);
    }
    return Check.size("output's " + axis, size);
  }

  /** Returns for example {@code maxunpool k2x2 s2x2 p0,0,0,0}. */
  @Override
  public String toString() {
    return "maxunpool k"
        + kernelHeight
        + "x"
        + kernelWidth
        + " s"
        + strideHeight
        + "x"
        + strideWidth
        + " "
        + padding
        + (outHeight > 0 ? " out" + outHeight + "x" + outWidth : "");
  }
}
