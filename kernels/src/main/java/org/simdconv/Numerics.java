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
   * Winograd's algorithm may be used as well, where it is faster: 3x3 kernels of stride 1. Results
   * do not depend on the number of threads, but may differ between plans, vector widths and
   * releases.
   *
   * <p>With the transforms {@code Bt, G, At} of F(m x m, 3 x 3), {@code |.|} taken element by
   * element and {@code u = 2^-24}, the error of an output before bias and activation is, to first
   * order, at most
   *
   * <pre>
   * (C + 24) u E,   E = |At| ( sum over the C input channels of  |G| |w| |Gt| * |Bt| |x| |B| ) |A|
   * </pre>
   *
   * where x is the output's whole input tile of (m + 2) x (m + 2), not only its own 3 x 3 window:
   * an output next to much larger values loses digits. {@code E <= k C max|w| max|x|} with k = 144
   * for m = 2 (9 for a direct convolution) and k = 16875 for m = 4, whose points are up to 2; for
   * data of one magnitude the errors observed are some 2 and some 20 times those of a direct
   * convolution. An infinity or NaN of the input spreads over its tiles.
   */
  FAST
}
