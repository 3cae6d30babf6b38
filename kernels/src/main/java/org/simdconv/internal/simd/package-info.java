/**
 * The only importer of {@code jdk.incubator.vector}. A convolution in the words of this package:
 *
 * <pre>
 * for each block of the reduction (at most 8192 / NR taps, so that a pixel panel stays in L1)
 *   for each tile of NR pixels
 *     PanelCopy: panel[k][p] = window[offset[k] + p]                 for every tap k of the block
 *     for each tile of MR output channels
 *       MicroKernels: acc[m][p] += w[m][k] * panel[k][p]             the hot loop
 *     after the last block: Epilogue: out = activation(acc + bias + residual)
 * </pre>
 *
 * <p>The loops are {@link org.simdconv.internal.run.DenseEngine}. To add a register tile: write its
 * contract and register budget beside the others in {@link
 * org.simdconv.internal.simd.MicroKernels}, add it to its switch and to {@link
 * org.simdconv.internal.simd.TileTable}, run KernelBenchmark on it in several forks, and look at
 * the machine code for spills.
 */
@NullMarked
package org.simdconv.internal.simd;

import org.jspecify.annotations.NullMarked;
