package org.simdconv;

/** The ways in which a plan may compute; {@link ConvPlan#explain()} says which and why. */
public enum Algorithm {
  /**
   * Blocked matrix multiplication over an im2col matrix that is never built: pixels are packed, a
   * tile of pixels and a block of taps at a time, into a panel that stays in the first-level cache,
   * and multiplied there with the packed weights of all output channels. Transposed convolutions
   * run the same loops once a phase.
   */
  DENSE_PANEL,
  /**
   * One channel at a time, its padded window read in place: with one input channel a group there is
   * no second output channel that could reuse a packed panel.
   */
  DEPTHWISE
}
