/**
 * The only importer of {@code jdk.incubator.vector}. A convolution in the words of this package:
 *
 * <pre>
 * RowCopy: window[channel][row][column] = the input, zeros around it, columns split by stride phase
 * for each tile of MR output channels
 *   for each tile of NR pixels, neighbours in the window
 *     MicroKernels: acc[m][p] += w[m][k] * window[offset[k] + p]    for every tap k: the hot loop
 *     it adds the bias, clips, and where all the pixels are outputs stores them itself; else
 *     Interleave: the column phases of a transposed convolution, in turns
 *     Epilogue: out = activation(acc + bias + residual), the columns between the rows dropped
 * </pre>
 *
 * <p>The loops are {@link org.simdconv.internal.run.DenseEngine}. {@link
 * org.simdconv.internal.simd.ChannelKernels}, {@link org.simdconv.internal.simd.SpreadKernels} and
 * {@link org.simdconv.internal.simd.PixelKernels}, which have output channels in the lanes, as have
 * the micro-kernels on panels of pixels, {@link org.simdconv.internal.simd.PixelPanels}, {@link
 * org.simdconv.internal.simd.ImageKernels}, which have images of a batch there, {@link
 * org.simdconv.internal.simd.DepthwiseKernel}, {@link org.simdconv.internal.simd.DepthwiseColumns}
 * and {@link org.simdconv.internal.simd.WinogradTransform} with {@link
 * org.simdconv.internal.simd.WinogradKernels} are the other ways; with short vectors Winograd's
 * products run on the same micro-kernels, and so do the gradients of weights, on panels that {@link
 * org.simdconv.internal.simd.Transpose} makes ({@link org.simdconv.internal.plan.GradientPlan});
 * those of depthwise layers have {@link org.simdconv.internal.simd.GroupGradientKernel}. {@link
 * org.simdconv.internal.simd.RowKernels} and {@link org.simdconv.internal.simd.RowPermutation} are
 * for upsampling and shuffles, {@link org.simdconv.internal.simd.PoolKernels} for pooling, {@link
 * org.simdconv.internal.simd.SegmentCopy} for segments.
 *
 * <p>What was tried and left: packing pixels into panels (13% of a 3x3 of 64 channels, 6% of one of
 * 256); output channels in lanes and 13 packed pixels in rows for 7x7 images, tap by tap, which
 * wastes no lane but reads 128 bytes of weights a tap from L3 (66-71% of the peak, pixels in lanes
 * 72-82%): it took three taps to a loaded pixel, none of the padding, and weights blocked for L2.
 *
 * <p>To add a register tile: write its contract and register budget beside the others in {@link
 * org.simdconv.internal.simd.MicroKernels}, add it to its switch and to {@link
 * org.simdconv.internal.simd.TileTable}, run KernelBenchmark on it in several forks, and look at
 * the machine code for spills. For {@link org.simdconv.internal.simd.ChannelKernels} it is
 * ChannelKernelBenchmark.
 */
@NullMarked
package org.simdconv.internal.simd;

import org.jspecify.annotations.NullMarked;
