package org.simdconv;

import java.util.Objects;
import org.simdconv.internal.run.NailsEngine;

/**
 * Bed of nails: each pixel at the upper left corner of a block of {@code strideHeight x
 * strideWidth} pixels that are zero otherwise. The zero insertion of a transposed convolution made
 * explicit, for teaching and for networks that have it as a layer.
 *
 * <pre>
 * y[n, c, h * strideHeight, w * strideWidth] = x[n, c, h, w], all others 0
 * </pre>
 *
 * <p>Thread safety: immutable.
 */
public final class BedOfNails {
  private final int strideHeight;
  private final int strideWidth;

  private BedOfNails(int strideHeight, int strideWidth) {
    this.strideHeight = strideHeight;
    this.strideWidth = strideWidth;
  }

  /**
   * Sets the size of a block.
   *
   * @param strideHeight rows
   * @param strideWidth columns
   * @return the description
   * @throws IllegalArgumentException if one is not positive
   */
  public static BedOfNails of(int strideHeight, int strideWidth) {
    return new BedOfNails(
        Check.positive(strideHeight, "stride (height)"),
        Check.positive(strideWidth, "stride (width)"));
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
   * @throws IllegalArgumentException if a size is not positive, or a tensor would have 2^31
   *     elements or more
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public ImagePlan plan(int batch, int channels, int height, int width, PlanOptions options) {
    Check.image(batch, channels, height, width);
    Objects.requireNonNull(options, "options");
    int[] in = {batch, channels, 1, height, width};
    int[] out = {
      batch,
      channels,
      1,
      Check.size("output rows", (long) height * strideHeight),
      Check.size("output columns", (long) width * strideWidth)
    };
    Check.elements("output", out);
    return new ImagePlan(
        this + " n" + batch + " c" + channels + " in" + height + "x" + width,
        new NailsEngine(batch * channels, height, width, strideHeight, strideWidth),
        options,
        in,
        out);
  }

  /** Returns for example {@code nails s2x2}. */
  @Override
  public String toString() {
    return "nails s" + strideHeight + "x" + strideWidth;
  }
}
