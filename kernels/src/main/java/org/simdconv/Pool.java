package org.simdconv;

import java.util.Objects;
import java.util.function.Consumer;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.plan.PoolPlan;
import org.simdconv.internal.run.PoolEngine;

/**
 * Max and average pooling of images and volumes, as in ONNX and PyTorch:
 *
 * <pre>
 * max      y[n, c, o] = max over k of  x[n, c, o s + k d - p]
 * average  y[n, c, o] = (sum over k of  x[n, c, o s + k d - p]) / count(o)
 * </pre>
 *
 * with o, k, s, d, p pairs of rows and columns (triples with planes). Places outside the image do
 * not count; {@link #countIncludePad} lets those in the padding count as zeros. NaN is larger than
 * any number. A sum goes down each kernel column first, planes and rows ascending, and then over
 * the columns, ascending.
 *
 * <pre>{@code
 * ImagePlan pool = Pool.max().kernel(3, 3).stride(2).padding(Padding.of(1)).plan(1, 64, 112, 112, options);
 * }</pre>
 *
 * <p>Thread safety: immutable; each method returns a new value.
 */
public final class Pool {
  private final boolean max;
  private int kernelDepth = 1;
  private int kernelHeight = 1;
  private int kernelWidth = 1;
  private int strideDepth = 1;
  private int strideHeight = 1;
  private int strideWidth = 1;
  private int dilationDepth = 1;
  private int dilationHeight = 1;
  private int dilationWidth = 1;
  private Padding padding = Padding.none();
  private boolean ceil;
  private boolean includePad;
  private boolean columnMajor;

  private Pool(boolean max) {
    this.max = max;
  }

  /**
   * Max pooling, a kernel of 1 x 1, stride and dilation 1, no padding, sizes rounded down.
   *
   * @return the description
   */
  public static Pool max() {
    return new Pool(true);
  }

  /**
   * Average pooling, a kernel of 1 x 1, stride and dilation 1, no padding, sizes rounded down.
   *
   * @return the description
   */
  public static Pool average() {
    return new Pool(false);
  }

  private Pool with(Consumer<Pool> change) {
    Pool copy = new Pool(max);
    copy.kernelDepth = kernelDepth;
    copy.kernelHeight = kernelHeight;
    copy.kernelWidth = kernelWidth;
    copy.strideDepth = strideDepth;
    copy.strideHeight = strideHeight;
    copy.strideWidth = strideWidth;
    copy.dilationDepth = dilationDepth;
    copy.dilationHeight = dilationHeight;
    copy.dilationWidth = dilationWidth;
    copy.padding = padding;
    copy.ceil = ceil;
    copy.includePad = includePad;
    copy.columnMajor = columnMajor;
    change.accept(copy);
    return copy;
  }

  /**
   * Sets the window of images.
   *
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public Pool kernel(int height, int width) {
    return kernel(1, height, width);
  }

  /**
   * Sets the window of volumes.
   *
   * @param depth planes
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public Pool kernel(int depth, int height, int width) {
    Check.positive(depth, "kernel (depth)");
    Check.positive(height, "kernel (height)");
    Check.positive(width, "kernel (width)");
    return with(
        p -> {
          p.kernelDepth = depth;
          p.kernelHeight = height;
          p.kernelWidth = width;
        });
  }

  /**
   * Sets all strides; 1 before.
   *
   * @param all planes, rows and columns
   * @return the description
   * @throws IllegalArgumentException if it is not positive
   */
  public Pool stride(int all) {
    return stride(all, all, all);
  }

  /**
   * Sets the strides; 1 before.
   *
   * @param depth planes; does not matter for images
   * @param height rows
   * @param width columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public Pool stride(int depth, int height, int width) {
    Check.positive(depth, "stride (depth)");
    Check.positive(height, "stride (height)");
    Check.positive(width, "stride (width)");
    return with(
        p -> {
          p.strideDepth = depth;
          p.strideHeight = height;
          p.strideWidth = width;
        });
  }

  /**
   * Sets the dilations; 1 (dense) before.
   *
   * @param depth distance of kernel planes; does not matter for images
   * @param height distance of kernel rows
   * @param width distance of kernel columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public Pool dilation(int depth, int height, int width) {
    Check.positive(depth, "dilation (depth)");
    Check.positive(height, "dilation (height)");
    Check.positive(width, "dilation (width)");
    return with(
        p -> {
          p.dilationDepth = depth;
          p.dilationHeight = height;
          p.dilationWidth = width;
        });
  }

  /**
   * Sets the padding; none before.
   *
   * @param padding explicit or automatic padding
   * @return the description
   * @throws NullPointerException if it is null
   */
  public Pool padding(Padding padding) {
    Objects.requireNonNull(padding, "padding");
    return with(p -> p.padding = padding);
  }

  /**
   * Sets whether a last window that is not full counts; not before. A window that would begin
   * behind the image and its padding in front of it never does.
   *
   * @param ceil whether sizes are rounded up
   * @return the description
   */
  public Pool ceilMode(boolean ceil) {
    return with(p -> p.ceil = ceil);
  }

  /**
   * Sets whether an average counts places in the padding, as zeros; not before.
   *
   * @param include whether they count
   * @return the description
   */
  public Pool countIncludePad(boolean include) {
    return with(p -> p.includePad = include);
  }

  /**
   * Sets whether indices count down the columns of a plane, ONNX's storage_order 1; not before.
   *
   * @param columnMajor whether they do
   * @return the description
   */
  public Pool columnMajorIndices(boolean columnMajor) {
    return with(p -> p.columnMajor = columnMajor);
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
   * @throws IllegalArgumentException if a size is not positive, the kernel does not fit, it has
   *     more than a plane, a window has no pixel of the image, or a tensor would have 2^31 elements
   *     or more
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public ImagePlan plan(int batch, int channels, int height, int width, PlanOptions options) {
    Objects.requireNonNull(options, "options");
    Sizes sizes = new Sizes(batch, channels, 1, height, width);
    return new ImagePlan(
        sizes.name, new PoolEngine(sizes.plan, false, false), options, sizes.in, sizes.out);
  }

  /**
   * Plans for volumes of one size.
   *
   * @param batch volumes
   * @param channels channels
   * @param depth planes of an input volume
   * @param height rows of an input volume
   * @param width columns of an input volume
   * @param options how to plan; only the threads and the fork threshold matter
   * @return the plan
   * @throws NullPointerException if options is null
   * @throws IllegalArgumentException if a size is not positive, the kernel does not fit, a window
   *     has no pixel of the volume, or a tensor would have 2^31 elements or more
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public ImagePlan plan(
      int batch, int channels, int depth, int height, int width, PlanOptions options) {
    Objects.requireNonNull(options, "options");
    Sizes sizes = new Sizes(batch, channels, depth, height, width);
    return new ImagePlan(
        sizes.name, new PoolEngine(sizes.plan, false, false), options, sizes.in, sizes.out);
  }

  /**
   * Plans max pooling of images that tells where the maxima are.
   *
   * @param batch images
   * @param channels channels
   * @param height rows of an input image
   * @param width columns of an input image
   * @param options how to plan; only the threads and the fork threshold matter
   * @return the plan
   * @throws NullPointerException if options is null
   * @throws IllegalArgumentException as {@link #plan(int, int, int, int, PlanOptions)}; if the
   *     window has 2^24 places or more
   * @throws IllegalStateException if this is average pooling, or the JVM runs without the module
   *     jdk.incubator.vector
   */
  public IndexedPoolPlan planWithIndices(
      int batch, int channels, int height, int width, PlanOptions options) {
    Objects.requireNonNull(options, "options");
    if (!max) {
      throw new IllegalStateException("average pooling has no indices");
    }
    Sizes sizes = new Sizes(batch, channels, 1, height, width);
    // A table has the place of each tap.
    if ((long) kernelHeight * kernelWidth >= 1 << 24) {
      throw new IllegalArgumentException(
          "kernel is " + kernelHeight + " x " + kernelWidth + "; must have fewer than 2^24 places");
    }
    return new IndexedPoolPlan(
        sizes.name, new PoolEngine(sizes.plan, true, columnMajor), options, sizes.in, sizes.out);
  }

  /** The arithmetic of one plan. */
  private final class Sizes {
    final String name;
    final int[] in;
    final int[] out;
    final PoolPlan plan;

    Sizes(int batch, int channels, int depth, int height, int width) {
      Check.positive(batch, "batch");
      Check.positive(channels, "channels");
      if (depth == 1 && kernelDepth > 1 && padding.front + padding.back == 0) {
        throw new IllegalArgumentException(
            "kernel (depth) is " + kernelDepth + "; must be 1 for images");
      }
      int images = Check.elements("batch and channels", batch, channels);
      float[][] counts = new float[3][];
      Axis planes =
          axis(
              "depth",
              depth,
              kernelDepth,
              strideDepth,
              dilationDepth,
              padding.front,
              padding.back,
              counts,
              0);
      Axis rows =
          axis(
              "height",
              height,
              kernelHeight,
              strideHeight,
              dilationHeight,
              padding.top,
              padding.bottom,
              counts,
              1);
      Axis columns =
          axis(
              "width",
              width,
              kernelWidth,
              strideWidth,
              dilationWidth,
              padding.left,
              padding.right,
              counts,
              2);
      in = new int[] {batch, channels, depth, height, width};
      out = new int[] {batch, channels, planes.out, rows.out, columns.out};
      Check.elements("input", in);
      Check.elements("output", out);
      plan =
          Execution.counted(
              () ->
                  new PoolPlan(
                      images, planes, rows, columns, max, counts[0], counts[1], counts[2]));
      name =
          Pool.this
              + " n"
              + batch
              + " c"
              + channels
              + " in"
              + (depth > 1 ? depth + "x" : "")
              + height
              + "x"
              + width;
    }

    private Axis axis(
        String axis,
        int size,
        int kernel,
        int stride,
        int dilation,
        int explicitBegin,
        int explicitEnd,
        float[][] counts,
        int at) {
      Axis floor =
          Axes.convolution(
              axis, padding.mode, size, kernel, stride, dilation, explicitBegin, explicitEnd);
      int begin = -floor.start[0];
      long extent = (long) dilation * (kernel - 1) + 1;
      long end = explicitEnd;
      if (padding.mode != Padding.Mode.EXPLICIT) {
        end = Math.max(0, (floor.out - 1L) * stride + extent - size - begin);
      }
      long room = size + begin + end - extent;
      long out = floor.out;
      if (ceil && padding.mode == Padding.Mode.EXPLICIT) {
        out = (room + stride - 1) / stride + 1;
        out = (out - 1) * stride >= (long) size + begin ? out - 1 : out;
      }
      Axis result =
          Axis.convolution(
              size, Check.size("output's " + axis, out), kernel, stride, dilation, begin);
      float[] count = new float[result.out];
      for (int o = 0; o < count.length; o++) {
        int inside = 0;
        int padded = 0;
        for (int t = 0; t < kernel; t++) {
          long place = (long) o * stride + (long) t * dilation - begin;
          inside += place >= 0 && place < size ? 1 : 0;
          padded += place < size + end ? 1 : 0;
        }
        if (inside == 0) {
          throw new IllegalArgumentException(
              "padding ("
                  + axis
                  + ") is "
                  + begin
                  + " + "
                  + end
                  + "; window "
                  + o
                  + " must have a place inside");
        }
        count[o] = includePad ? padded : inside;
      }
      counts[at] = count;
      return result;
    }
  }

  /** Returns for example {@code maxpool k3x3 s2x2 p1,1,1,1 d1x1}. */
  @Override
  public String toString() {
    boolean volumes = kernelDepth > 1;
    return (max ? "maxpool k" : "avgpool k")
        + (volumes ? kernelDepth + "x" : "")
        + kernelHeight
        + "x"
        + kernelWidth
        + " s"
        + (volumes ? strideDepth + "x" : "")
        + strideHeight
        + "x"
        + strideWidth
        + " "
        + (volumes ? padding.ofVolumes() : padding)
        + " d"
        + (volumes ? dilationDepth + "x" : "")
        + dilationHeight
        + "x"
        + dilationWidth
        + (ceil ? " ceil" : "")
        + (includePad ? " pad" : "");
  }
}
