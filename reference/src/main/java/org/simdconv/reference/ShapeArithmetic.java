package org.simdconv.reference;

/**
 * Sizes of convolutions and transposed convolutions along one axis. {@code i} is the input size,
 * {@code k} the kernel size, {@code s} the stride, {@code d} the dilation, {@code p} a padding,
 * {@code a} the output padding, {@code o} the output size; {@code k' = d (k - 1) + 1} is the extent
 * of the dilated kernel.
 *
 * <p>Source: V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning" (arXiv
 * 1603.07285), relationships 6, 14 and 15 with the padding of the two sides kept apart; automatic
 * padding as in ONNX {@code Conv} and {@code ConvTranspose}.
 */
public final class ShapeArithmetic {
  private ShapeArithmetic() {}

  /** How much padding an axis gets. */
  public enum PaddingRule {
    /** None: {@code p = 0}, only whole kernel positions. The same as {@link #VALID}. */
    NO,
    /** None: {@code p = 0}, only whole kernel positions. */
    VALID,
    /** So that {@code o = ceil(i / s)}; an odd row goes to the end. */
    SAME_UPPER,
    /** So that {@code o = ceil(i / s)}; an odd row goes to the beginning. */
    SAME_LOWER,
    /** {@code p = k' - 1} on both sides: every partial overlap of kernel and image. */
    FULL
  }

  /**
   * Extent of a dilated kernel: {@code d (k - 1) + 1}.
   *
   * @param k kernel size
   * @param d dilation
   * @return the extent
   */
  public static int kernelExtent(int k, int d) {
    requirePositive(k, "kernel");
    requirePositive(d, "dilation");
    return Math.toIntExact((long) d * (k - 1) + 1);
  }

  /**
   * {@code o = floor((i + pBegin + pEnd - k') / s) + 1}.
   *
   * @param i input size
   * @param k kernel size
   * @param s stride
   * @param d dilation
   * @param padBegin padding before
   * @param padEnd padding after
   * @return the output size
   * @throws IllegalArgumentException if a size is not positive, a padding negative, or the kernel
   *     larger than the padded input
   */
  public static int convOutput(int i, int k, int s, int d, int padBegin, int padEnd) {
    requirePositive(i, "input");
    requirePositive(s, "stride");
    requireNotNegative(padBegin, "padding");
    requireNotNegative(padEnd, "padding");
    long room = (long) i + padBegin + padEnd - kernelExtent(k, d);
    if (room < 0) {
      throw new IllegalArgumentException(
          "kernel of extent "
              + kernelExtent(k, d)
              + " does not fit into "
              + ((long) i + padBegin + padEnd));
    }
    return Math.toIntExact(room / s + 1);
  }

  /**
   * {@code o = s (i - 1) + k' - pBegin - pEnd + a}.
   *
   * @param i input size
   * @param k kernel size
   * @param s stride
   * @param d dilation
   * @param padBegin cropping before
   * @param padEnd cropping after
   * @param outputPadding rows added at the end
   * @return the output size
   * @throws IllegalArgumentException if a size is not positive, a padding negative, or nothing is
   *     left
   */
  public static int convTransposeOutput(
      int i, int k, int s, int d, int padBegin, int padEnd, int outputPadding) {
    requirePositive(i, "input");
    requirePositive(s, "stride");
    requireNotNegative(padBegin, "padding");
    requireNotNegative(padEnd, "padding");
    requireNotNegative(outputPadding, "output padding");
    long o = (long) s * (i - 1) + kernelExtent(k, d) - padBegin - padEnd + outputPadding;
    if (o < 1) {
      throw new IllegalArgumentException("nothing is left of the output: " + o);
    }
    return Math.toIntExact(o);
  }

  /**
   * Padding before and after that a rule gives to a convolution.
   *
   * @param rule the rule
   * @param i input size
   * @param k kernel size
   * @param s stride
   * @param d dilation
   * @return two numbers: before, after
   */
  public static int[] convPadding(PaddingRule rule, int i, int k, int s, int d) {
    int extent = kernelExtent(k, d);
    return switch (rule) {
      case NO, VALID -> new int[] {0, 0};
      case FULL -> new int[] {extent - 1, extent - 1};
      case SAME_UPPER, SAME_LOWER -> {
        int o = (i + s - 1) / s;
        int total = Math.max((o - 1) * s + extent - i, 0);
        int small = total / 2;
        yield rule == PaddingRule.SAME_UPPER
            ? new int[] {small, total - small}
            : new int[] {total - small, small};
      }
    };
  }

  /**
   * Cropping before and after, and output padding, that a rule gives to a transposed convolution:
   * {@code same} makes {@code o = s i}, {@code no} and {@code valid} keep everything, {@code full}
   * crops {@code k' - 1} on both sides (the transpose of a fully padded convolution).
   *
   * @param rule the rule
   * @param i input size
   * @param k kernel size
   * @param s stride
   * @param d dilation
   * @return three numbers: before, after, output padding
   */
  public static int[] convTransposePadding(PaddingRule rule, int i, int k, int s, int d) {
    int extent = kernelExtent(k, d);
    return switch (rule) {
      case NO, VALID -> new int[] {0, 0, 0};
      case FULL -> new int[] {extent - 1, extent - 1, 0};
      case SAME_UPPER, SAME_LOWER -> {
        int total = s * (i - 1) + extent - s * i;
        if (total < 0) {
          yield new int[] {0, 0, -total};
        }
        int small = total / 2;
        yield rule == PaddingRule.SAME_UPPER
            ? new int[] {small, total - small, 0}
            : new int[] {total - small, small, 0};
      }
    };
  }

  static int elements(int a, int b, int c, int d) {
    return Math.multiplyExact(Math.multiplyExact(Math.multiplyExact(a, b), c), d);
  }

  static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; must be positive");
    }
  }

  static void requireNotNegative(int value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is " + value + "; must not be negative");
    }
  }

  static void requireGroups(int inChannels, int outChannels, int groups) {
    requirePositive(inChannels, "inChannels");
    requirePositive(outChannels, "outChannels");
    requirePositive(groups, "groups");
    if (inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "groups is " + groups + "; must divide " + inChannels + " and " + outChannels);
    }
  }
}
