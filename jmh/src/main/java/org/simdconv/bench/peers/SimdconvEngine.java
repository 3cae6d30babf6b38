package org.simdconv.bench.peers;

import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.simdconv.Numerics;
import org.simdconv.PlanOptions;
import org.simdconv.Workspace;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.LayerPlan;
import org.simdconv.bench.verify.Verifier;

/** Ours. */
public final class SimdconvEngine implements ConvEngine {
  /** Name in records and tables. */
  public static final String ID = "simdconv";

  private final Numerics numerics;

  /** Loads nothing. */
  public SimdconvEngine(Numerics numerics) {
    this.numerics = numerics;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String description() {
    return "simdconv, NCHW in and out, " + numerics;
  }

  @Override
  public Prepared prepare(Layer layer, float[] input, float[] weights, float[] bias, int threads) {
    LayerPlan plan =
        layer.plan(
            weights, bias, PlanOptions.defaults().withThreads(threads).withNumerics(numerics));
    float[] output = Verifier.unwritten(plan.outputFloats());
    Workspace workspace = plan.newWorkspace();
    @Nullable ForkJoinPool pool = threads > 1 ? new ForkJoinPool(threads) : null;
    return new Prepared() {
      @Override
      public void run() {
        plan.run(input, output, workspace, pool);
      }

      @Override
      public float[] output() {
        return output;
      }

      @Override
      public String detail() {
        return plan.algorithm();
      }

      @Override
      public void close() {
        if (pool != null) {
          pool.shutdown();
        }
      }
    };
  }
}
