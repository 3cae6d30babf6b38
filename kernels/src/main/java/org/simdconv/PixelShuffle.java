package org.simdconv;

import java.util.Objects;
import org.simdconv.internal.run.ShuffleEngine;

/**
 * Depth to space, also called pixel shuffle, and its inverse: blocks of pixels of one channel from
 * as many channels. With b the block and C the channels of the large image:
 *
 * <pre>
 * large[n, c, h * b + i, w * b + j] = small[n, (i * b + j) * C + c, h, w]       DEPTH_FIRST (ONNX: DCR; TensorFlow)
 *                                   = small[n, c * b * b + i * b + j, h, w]     CHANNEL_FIRST (ONNX: CRD; PyTorch's pixel_shuffle)
 * </pre>
 *
 * Source: W. Shi et al., "Real-time single image and video super-resolution using an efficient
 * sub-pixel convolutional neural network" (arXiv 1609.05158). A convolution with {@code C * b * b}
 * outputs and a shuffle is a transposed convolution with stride b.
 *
 * <p>Thread safety: immutable.
 */
public final class PixelShuffle {
  /** How the channels of the small images are ordered. */
  public enum Order {
    /** Place in the block, then channel: ONNX's DCR. */
    DEPTH_FIRST,
    /** Channel, then place in the block: ONNX's CRD, PyTorch. */
    CHANNEL_FIRST
  }

  private final boolean toSpace;
  private final int block;
  private final Order order;

  private PixelShuffle(boolean toSpace, int block, Order order) {
    this.toSpace = toSpace;
    this.block = Check.positive(block, "block");
    this.order = Objects.requireNonNull(order, "order");
  }

  /**
   * From many channels to large images.
   *
   * @param block rows and columns of a block
   * @param order how the channels are ordered
   * @return the description
   * @throws NullPointerException if the order is null
   * @throws IllegalArgumentException if the block is not positive
   */
  public static PixelShuffle depthToSpace(int block, Order order) {
    return new PixelShuffle(true, block, order);
  }

  /**
   * From large images to many channels.
   *
   * @param block rows and columns of a block
   * @param order how the channels are ordered; ONNX's SpaceToDepth is DEPTH_FIRST
   * @return the description
   * @throws NullPointerException if the order is null
   * @throws IllegalArgumentException if the block is not positive
   */
  public static PixelShuffle spaceToDepth(int block, Order order) {
    return new PixelShuffle(false, block, order);
  }

  /**
   * Plans for images of one size.
   *
   * @param batch images
   * @param channels channels of the input
   * @param height rows of an input image
   * @param width columns of an input image
   * @param options how to plan; only the threads and the fork threshold matter
   * @return the plan
   * @throws NullPointerException if options is null
   * @throws IllegalArgumentException if a size is not positive, block * block does not divide the
   *     channels or block not rows and columns, or a tensor would have 2^31 elements or more
   * @throws IllegalStateException if the JVM runs without the module jdk.incubator.vector
   */
  public ImagePlan plan(int batch, int channels, int height, int width, PlanOptions options) {
    Check.image(batch, channels, height, width);
    Objects.requireNonNull(options, "options");
    long area = (long) block * block;
    int[] out;
    if (toSpace) {
      if (channels % area != 0) {
        throw new IllegalArgumentException(
            "channels is " + channels + "; must be a multiple of block * block, " + area);
      }
      out =
          new int[] {
            batch,
            (int) (channels / area),
            1,
            Check.size("output rows", (long) height * block),
            Check.size("output columns", (long) width * block)
          };
    } else {
      if (height % block != 0 || width % block != 0) {
        throw new IllegalArgumentException(
            "the image is "
                + height
                + " x "
                + width
                + "; both must be multiples of the block, "
                + block);
      }
      out =
          new int[] {
            batch, Check.size("output channels", channels * area), 1, height / block, width / block
          };
    }
    int[] in = {batch, channels, 1, height, width};
    Check.elements("input", in);
    return new ImagePlan(
        this + " n" + batch + " c" + channels + " in" + height + "x" + width,
        new ShuffleEngine(
            toSpace,
            order == Order.DEPTH_FIRST,
            batch,
            toSpace ? out[1] : channels,
            toSpace ? height : out[3],
            toSpace ? width : out[4],
            block),
        options,
        in,
        out);
  }

  /** Returns for example {@code depthToSpace b2 DEPTH_FIRST}. */
  @Override
  public String toString() {
    return (toSpace ? "depthToSpace b" : "spaceToDepth b") + block + " " + order;
  }
}
