package org.simdconv;

/** What a plan promises about the rounding of its results. */
public enum Numerics {
  /**
   * Every output is one chain of fused multiply-adds in a fixed order (input channel, kernel row,
   * kernel column ascending, from +0), then the bias, then the residual, then the activation: bit
   * for bit the same for any algorithm, number of threads, vector width and machine, up to the sign
   * of zero.
   */
  REPRODUCIBLE,
  /**
   * Winograd's algorithm may be used as well, where it is faster: for 3x3 and 2x2 kernels of stride
   * 1, and for transposed convolutions whose phases all have 3x3 or all have 2x2 taps, as kernel 4
   * of stride 2. Results do not depend on the number of threads, but may differ between plans,
   * vector widths and releases.
   *
   * <p>With the transforms {@code Bt, G, At} of F(m x m, r x r), {@code |.|} taken element by
   * element and {@code u = 2^-24}, the error of an output before bias and activation is, to first
   * order, at most
   *
   * <pre>
   * (C + 24) u E,   E = |At| ( sum over the C input channels of  |G| |w| |Gt| * |Bt| |x| |B| ) |A|
   * </pre>
   *
   * where x is the whole input tile of (m + r - 1) x (m + r - 1) of the output and its phase, not
   * only its own r x r window: an output next to much larger values loses digits. {@code E <= k C
   * max|w| max|x|} with
   *
   * <pre>
   * r = 3   direct 9   m = 2: k = 64   m = 4, whose points are up to 2: k = 2304
   * r = 2   direct 4   m = 2: k = 16   m = 3: k = 36   m = 4: k = 400
   * </pre>
   *
   * For data of one magnitude the errors observed are some 2 times those of a direct convolution,
   * for m = 4 20 times with r = 3 and 4 times with r = 2. An infinity or NaN of the input spreads
   * over its tiles.
   */
  FAST
}
