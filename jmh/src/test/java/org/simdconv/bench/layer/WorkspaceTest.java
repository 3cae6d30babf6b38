package org.simdconv.bench.layer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.simdconv.PlanOptions;

/** A workspace of the layers has at most the padded input and 1 MiB a thread. */
class WorkspaceTest {
  private static final long MIB_FLOATS = 1024 * 1024 / Float.BYTES;

  @Test
  void theWorkspaceOfEveryLayerIsWithinItsBound() {
    for (Layer layer : Layers.all()) {
      if (layer.pass() != Pass.FORWARD) {
        continue;
      }
      for (int threads = 1; threads <= 8; threads *= 2) {
        PlanOptions options = PlanOptions.defaults().withThreads(threads);
        LayerPlan plan = layer.plan(new float[layer.weightFloats()], null, options);
        long most = paddedInput(layer) + threads * MIB_FLOATS;
        assertTrue(
            plan.workspaceFloats() <= most, () -> most + " floats allowed: " + plan.explanation());
      }
    }
  }

  /** Elements of the input with its padding; of a transposed one, with what its phases read. */
  private static long paddedInput(Layer l) {
    int down = l.padTop() + l.padBottom();
    int across = l.padLeft() + l.padRight();
    if (l.transposed()) {
      down = 2 * ((l.kernelHeight() + l.strideHeight() - 1) / l.strideHeight() - 1);
      across = 2 * ((l.kernelWidth() + l.strideWidth() - 1) / l.strideWidth() - 1);
    }
    long planes = (long) l.batch() * l.inChannels();
    return planes * (l.inHeight() + down) * (l.inWidth() + across);
  }
}
