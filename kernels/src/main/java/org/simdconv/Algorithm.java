package org.simdconv;

/**
 * The ways in which a plan may compute; {@link ConvPlan#explain()} says which and why, {@link
 * PlanOptions#withAlgorithm} asks for one.
 */
public enum Algorithm {
  /**
   * Blocked matrix multiplication over an im2col matrix that is never built: the register tiles
   * read a padded window of the input, or where nothing is padded the input itself, in place.
   * Transposed convolutions run the same loops once a phase. Where an image has no more pixels than
   * a vector lanes, and a core begins one FMA a cycle, pixels are packed into panels and output
   * channels are the lanes. Suits everything.
   */
  DIRECT,
  /**
   * The same sums with output channels in the lanes of a vector and pixels broadcast, of an input
   * that is read where it lies, without the taps in the padding and without pixels that fill
   * vectors in vain. For kernels three columns wide of stride 1 or 2 along the rows or dilated, for
   * 1x1 of stride 1, and for transposed ones of which each column phase has one to three taps, as
   * 4x4 of stride 2; with one tap of padding at most on either side of a phase, where vectors have
   * 512 bits. Fastest with small images and with dilation, which makes small images of large ones,
   * and with many input channels. And, with vectors of any size, where an output is the only one of
   * its phase: kernels that cover the image, as 1x1 on one of 1x1 (a fully connected layer), and
   * transposed ones of a single pixel.
   */
  CHANNEL_LANES,
  /**
   * The same sums with images of a batch in the lanes, of a transposed copy of the input, without
   * the taps in the padding, whatever kernel, stride, dilation and padding are. For batches of
   * images whose outputs are some hundred pixels at most: fastest with those of 8x8 and smaller,
   * much of whose taps are in the padding, and with batches that fill vectors.
   */
  IMAGE_LANES,
  /**
   * One channel at a time in one pass: with one input channel a group there is no second output
   * channel that could reuse a loaded pixel. A 3x3 or 5x5 of stride 1 or 2 reads the input itself;
   * a transposed one with a stride below 8 along the rows sums all its phases from one window,
   * unless a row with all its phases is too long for L2.
   */
  DEPTHWISE,
  /**
   * Winograd's with tiles of 2x2 outputs, at stride 1: F(2x2, 3x3) has 16 multiplications for 36;
   * F(2x2, 2x2) 9 for 16. With vectors of 16 lanes the weights are kept as they are and transformed
   * while a plan runs, otherwise once, to 16/9 and 9/4 of the size. The phases of a transposed
   * convolution are such convolutions where all have 3x3 or all have 2x2 taps, as 4x4 of stride 2
   * (of an image of one row or column they have one tap there). Only with {@link Numerics#FAST}, as
   * the next two.
   */
  WINOGRAD_2X2,
  /**
   * The same with tiles of 3x3, F(3x3, 2x2): 16 multiplications for 36; transformed weights are 4
   * times the size.
   */
  WINOGRAD_3X3,
  /**
   * The same with tiles of 4x4: F(4x4, 3x3) has 36 multiplications for 144, F(4x4, 2x2) 25 for 64;
   * transformed weights are 4 and 25/4 times the size.
   */
  WINOGRAD_4X4;

  /** Whether it is one of Winograd's. */
  boolean isWinograd() {
    return this == WINOGRAD_2X2 || this == WINOGRAD_3X3 || this == WINOGRAD_4X4;
  }

  /** Winograd's with tiles of {@code m x m} outputs. */
  static Algorithm winograd(int m) {
    return switch (m) {
      case 2 -> WINOGRAD_2X2;
      case 3 -> WINOGRAD_3X3;
      default -> WINOGRAD_4X4;
    };
  }
}
