package org.simdconv;

/**
 * The ways in which a plan may compute; {@link ConvPlan#explain()} says which and why, {@link
 * PlanOptions#withAlgorithm} asks for one.
 */
public enum Algorithm {
  /**
   * Blocked matrix multiplication over an im2col matrix that is never built: the register tiles
   * read a padded window of the input, or where nothing is padded the input itself, in place.
   * Transposed convolutions run the same loops once a phase. Suits everything.
   */
  DIRECT,
  /**
   * One channel at a time in one pass: with one input channel a group there is no second output
   * channel that could reuse a loaded pixel. A 3x3 at stride 1 reads the input itself.
   */
  DEPTHWISE,
  /**
   * Winograd's F(2x2, 3x3): 16 multiplications for 36, transformed weights 16/9 of the size. Only
   * with {@link Numerics#FAST}.
   */
  WINOGRAD_2X2,
  /**
   * Winograd's F(4x4, 3x3): 36 multiplications for 144, transformed weights 4 times the size. Only
   * with {@link Numerics#FAST}.
   */
  WINOGRAD_4X4
}
