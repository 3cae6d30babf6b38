package org.simdconv.bench.example;

import org.simdconv.Conv2d;
import org.simdconv.ConvPlan;
import org.simdconv.ImagePlan;
import org.simdconv.Padding;
import org.simdconv.PixelShuffle;
import org.simdconv.PlanOptions;
import org.simdconv.Pool;
import org.simdconv.Resize;
import org.simdconv.WeightGradientPlan;

/** The README's examples of gradients and of operations on images. */
final class FamilyExample {
  private FamilyExample() {}

  // spotless:off
  // README:gradients
  static float[] step(Conv2d conv, float[] weights, float[] x, float[] dy, float[] dw, float[] db) {
    ConvPlan input = conv.planInputGradient(8, 56, 56, weights);
    WeightGradientPlan gradient = conv.planWeightGradient(8, 56, 56);
    float[] dx = new float[input.outputFloats()];
    input.run(dy, dx); // dx = ..; with dx as the residual too, dx += ..
    gradient.run(x, dy, dw, false, null); // dw = ..
    gradient.runBias(dy, db, true, null); // db += ..
    return dx;
  }
  // README:end

  // README:images
  static float[] enlarge(float[] image) {
    ImagePlan twice = Resize.linear().scale(2, 2).plan(1, 64, 56, 56, PlanOptions.defaults());
    float[] large = new float[twice.outputFloats()]; // [1, 64, 112, 112]
    twice.run(image, large, null);
    return large;
  }

  static ImagePlan pool() {
    Pool pool = Pool.max().kernel(3, 3).stride(2).padding(Padding.of(1));
    return pool.plan(1, 64, 112, 112, PlanOptions.defaults());
  }

  static ImagePlan shuffle() {
    PixelShuffle shuffle = PixelShuffle.depthToSpace(2, PixelShuffle.Order.CHANNEL_FIRST);
    return shuffle.plan(1, 256, 28, 28, PlanOptions.defaults());
  }
  // README:end
  // spotless:on
}
