package org.simdconv.bench.example;

// README:begin
import java.util.concurrent.ForkJoinPool;
import org.simdconv.Activation;
import org.simdconv.Conv2d;
import org.simdconv.ConvPlan;
import org.simdconv.Workspace;

class EmbeddingExample {
  static float[] layer(float[] image, float[] weights, float[] bias, ForkJoinPool pool) {
    Conv2d conv = Conv2d.of(64, 128).kernel(3, 3).padding(1).activation(Activation.relu());
    ConvPlan plan = conv.plan(1, 56, 56, weights, bias); // once: validates, decides, packs
    Workspace workspace = plan.newWorkspace(); // one for each concurrent run
    float[] output = new float[plan.outputFloats()]; // [1, 128, 56, 56]
    plan.run(image, 0, output, 0, workspace, pool); // many times: allocates nothing
    System.out.println(plan.explain());
    return output;
  }
}
// README:end
