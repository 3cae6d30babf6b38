/**
 * The truth that the kernels are held against: loops as naive as their formulas, over plain arrays
 * in NCHW order. Nothing here is fast, nothing is shared with the kernels, and no method calls
 * another operation's.
 *
 * <p>Each operation comes in two precisions. The {@code float} form uses {@link Math#fma(float,
 * float, float)} in the canonical order (input channel, kernel row, kernel column ascending; start
 * +0; taps that fall into the padding are left out; bias added last) and is the bit-exact oracle,
 * up to the sign of zero. The {@code double} form is the oracle for error bounds. Exceptions to the
 * canonical order say so.
 *
 * <p>Read {@link org.simdconv.reference.NaiveConv2d} first, then {@link
 * org.simdconv.reference.NaiveConvTranspose2d}, then {@link
 * org.simdconv.reference.ConvolutionMatrix}, which ties the two together: one is {@code C x}, the
 * other {@code C^T y}.
 */
@NullMarked
package org.simdconv.reference;

import org.jspecify.annotations.NullMarked;
