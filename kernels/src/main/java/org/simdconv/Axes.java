package org.simdconv;

import org.simdconv.internal.geometry.Axis;

/** Shape arithmetic of one axis, checked in long; each message names the axis. */
final class Axes {
  private Axes() {}

  /** An axis of a convolution. */
  static Axis convolution(
      String name,
      Padding.Mode mode,
      int in,
      int kernel,
      int stride,
      int dilation,
      int explicitBegin,
      int explicitEnd) {
    Check.positive(in, name);
    long extent = (long) dilation * (kernel - 1) + 1;
    long begin = explicitBegin;
    long end = explicitEnd;
    if (mode != Padding.Mode.EXPLICIT) {
      long out = ((long) in + stride - 1) / stride;
      long total = Math.max((out - 1) * stride + extent - in, 0);
      begin = mode == Padding.Mode.SAME_UPPER ? total / 2 : total - total / 2;
      end = total - begin;
    }
    long room = in + begin + end - extent;
    if (room < 0) {
      throw new IllegalArgumentException(
          "kernel ("
              + name
              + ") extends over "
              + extent
              + " with its dilation; must be at most the padded image's "
              + (in + begin + end));
    }
    // Offsets are ints: the padded axis has to fit one as well.
    if (in + begin + end > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the padded " + name + " is " + (in + begin + end) + "; must be below 2^31");
    }
    return Axis.convolution(in, (int) (room / stride) + 1, kernel, stride, dilation, (int) begin);
  }

  /** An axis of a transposed convolution; {@code explicitOut} is 0 where it is to be computed. */
  static Axis transposed(
      String name,
      Padding.Mode mode,
      int in,
      int kernel,
      int stride,
      int dilation,
      int explicitBegin,
      int explicitEnd,
      int outputPadding,
      int explicitOut) {
    Check.positive(in, name);
    long uncut = (long) stride * (in - 1) + (long) dilation * (kernel - 1) + 1 + outputPadding;
    long begin = explicitBegin;
    long out = uncut - begin - explicitEnd;
    if (explicitOut > 0 || mode != Padding.Mode.EXPLICIT) {
      out = explicitOut > 0 ? explicitOut : (long) in * stride;
      long total = uncut - out;
      if (-total >= Math.max(stride, dilation)) {
        throw new IllegalArgumentException(
            "outputShape ("
                + name
                + ") is "
                + out
                + "; must be below the uncut output's "
                + uncut
                + " plus the larger of stride and dilation, "
                + Math.max(stride, dilation));
      }
      total = Math.max(total, 0);
      begin = mode == Padding.Mode.SAME_UPPER ? total / 2 : total - total / 2;
    }
    if (out < 1) {
      throw new IllegalArgumentException(
          "padding ("
              + name
              + ") is "
              + explicitBegin
              + " + "
              + explicitEnd
              + "; must be below the uncut output's "
              + uncut);
    }
    if (Math.max(uncut, out) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the output's " + name + " before cutting is " + uncut + "; must be below 2^31");
    }
    return Axis.transposed(in, (int) out, kernel, stride, dilation, (int) begin);
  }
}
