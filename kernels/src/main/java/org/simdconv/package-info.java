/**
 * Batched multi-channel convolution and transposed convolution over {@code float} tensors in NCHW
 * order, of signals, images and volumes, with their gradients, and the upsampling, pooling and
 * shuffles that networks have beside them.
 *
 * <p>Describe what you want ({@link org.simdconv.Conv2d}, {@link org.simdconv.ConvTranspose2d}),
 * plan it once for an image size and its weights, run the {@link org.simdconv.ConvPlan} many times:
 *
 * <pre>{@code
 * Conv2d conv = Conv2d.of(64, 128).kernel(3, 3).padding(1).activation(Activation.relu());
 * ConvPlan plan = conv.plan(1, 56, 56, weights, bias);
 * plan.run(input, output);
 * System.out.println(plan.explain());
 * }</pre>
 *
 * <p>{@link org.simdconv.Conv2d#planInputGradient} and {@link
 * org.simdconv.Conv2d#planWeightGradient} plan gradients; {@link org.simdconv.Resize}, {@link
 * org.simdconv.Pool}, {@link org.simdconv.MaxUnpool}, {@link org.simdconv.PixelShuffle} and {@link
 * org.simdconv.BedOfNails} are planned and run in the same way.
 *
 * <h2>Numerics: REPRODUCIBLE</h2>
 *
 * Every output element is one chain of fused multiply-adds in a fixed order (input channel, kernel
 * plane, row and column ascending, starting from +0), then the bias is added, then the residual,
 * then the activation is applied. So a result has the same bits for any thread count, tile size,
 * vector width and machine, up to the sign of a zero. Taps in the padding count as zeros; weights
 * must be finite for that to hold at the border (an infinite or NaN weight times a padding zero is
 * NaN).
 *
 * <h2>Requirements</h2>
 *
 * The Vector API is an incubator module in JDK 25: on the class path, start the JVM with {@code
 * --add-modules jdk.incubator.vector}. On the module path it comes by itself. A CPU without fused
 * multiply-add gives right results at a hopeless speed.
 */
@NullMarked
package org.simdconv;

import org.jspecify.annotations.NullMarked;
