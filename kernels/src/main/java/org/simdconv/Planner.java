package org.simdconv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.ChannelLanesPlan;
import org.simdconv.internal.plan.DenseParts;
import org.simdconv.internal.plan.DepthwiseInPlacePlan;
import org.simdconv.internal.plan.DepthwisePhasesPlan;
import org.simdconv.internal.plan.DepthwisePlan;
import org.simdconv.internal.plan.ImageLanesPlan;
import org.simdconv.internal.plan.PixelPlan;
import org.simdconv.internal.plan.WinogradLanesPlan;
import org.simdconv.internal.plan.WinogradPlan;
import org.simdconv.internal.plan.WinogradTiles;
import org.simdconv.internal.run.ChannelLanesEngine;
import org.simdconv.internal.run.DenseEngine;
import org.simdconv.internal.run.DepthwiseEngine;
import org.simdconv.internal.run.DepthwiseInPlaceEngine;
import org.simdconv.internal.run.DepthwisePhasesEngine;
import org.simdconv.internal.run.Engine;
import org.simdconv.internal.run.ImageLanesEngine;
import org.simdconv.internal.run.PartsEngine;
import org.simdconv.internal.run.PixelEngine;
import org.simdconv.internal.run.TileRunner;
import org.simdconv.internal.run.WinogradEngine;
import org.simdconv.internal.run.WinogradLanesEngine;

/**
 * Chooses the algorithm: lists what suits the shape and the numerics, asks the model of each for
 * its cycles, or measures.
 */
final class Planner {
  // A choice costs some 100 ms; shapes of a network come again with every plan of it.
  private static final Map<String, Algorithm> MEASURED = new ConcurrentHashMap<>();
  private static final long TRY_NANOS = 20_000_000;
  private static final int ROUNDS = 5;

  private Planner() {}

  /**
   * One way to compute a shape.
   *
   * @param algorithm the way
   * @param cycles what the model says it takes on one thread
   * @param plan the plan of its engine
   */
  record Candidate(Algorithm algorithm, double cycles, Object plan) {
    Engine engine(float[] weights, float[] bias, Activation activation) {
      return switch (algorithm) {
        case DIRECT -> {
          DenseParts parts = (DenseParts) plan;
          yield parts.plans.size() == 1
              ? new DenseEngine(parts.plans.get(0), weights, bias, activation.epilogue())
              : new PartsEngine(parts, weights, bias, activation.epilogue());
        }
        case CHANNEL_LANES ->
            plan instanceof PixelPlan p
                ? new PixelEngine(p, weights, bias, activation.epilogue())
                : new ChannelLanesEngine(
                    (ChannelLanesPlan) plan, weights, bias, activation.epilogue());
        case IMAGE_LANES ->
            new ImageLanesEngine((ImageLanesPlan) plan, weights, bias, activation.epilogue());
        case DEPTHWISE ->
            switch (plan) {
              case DepthwiseInPlacePlan p ->
                  new DepthwiseInPlaceEngine(p, weights, bias, activation.epilogue());
              case DepthwisePhasesPlan p ->
                  new DepthwisePhasesEngine(p, weights, bias, activation.epilogue());
              default ->
                  new DepthwiseEngine((DepthwisePlan) plan, weights, bias, activation.epilogue());
            };
        case WINOGRAD_2X2, WINOGRAD_3X3, WINOGRAD_4X4 ->
            plan instanceof WinogradLanesPlan p
                ? new WinogradLanesEngine(p, weights, bias, activation.epilogue())
                : new WinogradEngine((WinogradPlan) plan, weights, bias, activation.epilogue());
      };
    }
  }

  /**
   * What was chosen.
   *
   * @param candidate the way
   * @param reason why
   */
  record Decision(Candidate candidate, String reason) {}

  static Decision decide(
      String shape, ConvGeometry g, PlanOptions options, float[] weights, float[] bias) {
    List<Candidate> candidates = candidates(g, options);
    Algorithm asked = options.algorithm();
    if (asked != null) {
      for (Candidate c : candidates) {
        if (c.algorithm == asked) {
          return new Decision(c, "asked for");
        }
      }
      throw new IllegalArgumentException(
          "algorithm is "
              + asked
              + ", which does not suit "
              + shape
              + "; must be one of "
              + candidates.stream().map(Candidate::algorithm).toList());
    }
    if (candidates.size() == 1) {
      Candidate only = candidates.get(0);
      return new Decision(only, "the only one that suits; " + model(candidates));
    }
    if (!options.measuring()) {
      candidates.sort(Comparator.comparingDouble(Candidate::cycles));
      return new Decision(candidates.get(0), "by the model: " + model(candidates));
    }
    String key = shape + " " + options.threads() + " " + options.numerics();
    Algorithm best = MEASURED.get(key);
    String how = "measured for this shape before";
    if (best == null) {
      StringBuilder text = new StringBuilder("measured:");
      best = measure(candidates, g, weights, bias, text);
      MEASURED.put(key, best);
      how = text.toString();
    }
    for (Candidate c : candidates) {
      if (c.algorithm == best) {
        return new Decision(c, how);
      }
    }
    throw new AssertionError(best);
  }

  private static List<Candidate> candidates(ConvGeometry whole, PlanOptions options) {
    ConvGeometry g = whole.flattened();
    int threads = options.threads();
    List<Candidate> candidates = new ArrayList<>();
    // With stride 1 a transposed one has the same loops, its taps run backwards.
    boolean onePhase = g.rows().isOnePhase() && g.columns().isOnePhase();
    boolean depthwise = g.groupIn() == 1 && g.groups() > 1 && g.depth() == null;
    if (depthwise && onePhase) {
      DepthwiseInPlacePlan inPlace = DepthwiseInPlacePlan.of(g, threads);
      if (inPlace != null) {
        candidates.add(new Candidate(Algorithm.DEPTHWISE, inPlace.cycles(), inPlace));
      } else {
        DepthwisePlan window = new DepthwisePlan(g, threads);
        candidates.add(new Candidate(Algorithm.DEPTHWISE, window.cycles(), window));
      }
      return candidates;
    }
    if (depthwise && DepthwisePhasesPlan.suits(g)) {
      DepthwisePhasesPlan phases = new DepthwisePhasesPlan(g, threads);
      candidates.add(new Candidate(Algorithm.DEPTHWISE, phases.cycles(), phases));
      return candidates;
    }
    if (g.depth() != null) {
      DenseParts volumes = DenseParts.ofVolumes(g, threads);
      candidates.add(new Candidate(Algorithm.DIRECT, volumes.cycles(), volumes));
      return candidates;
    }
    DenseParts direct = DenseParts.best(g, threads);
    candidates.add(new Candidate(Algorithm.DIRECT, direct.cycles(), direct));
    PixelPlan pixel = PixelPlan.of(g, threads);
    ChannelLanesPlan lanes = pixel == null ? ChannelLanesPlan.of(g, threads) : null;
    if (pixel != null) {
      candidates.add(new Candidate(Algorithm.CHANNEL_LANES, pixel.cycles(), pixel));
    } else if (lanes != null) {
      candidates.add(new Candidate(Algorithm.CHANNEL_LANES, lanes.cycles(), lanes));
    }
    ImageLanesPlan images = ImageLanesPlan.of(g, threads);
    if (images != null) {
      candidates.add(new Candidate(Algorithm.IMAGE_LANES, images.cycles(), images));
    }
    if (options.numerics() == Numerics.FAST) {
      for (int m : WinogradTiles.outputs(g)) {
        candidates.add(winograd(g, m, threads));
      }
    }
    return candidates;
  }

  /** With output channels in the lanes, unless these would be too empty; else with tiles. */
  private static Candidate winograd(ConvGeometry g, int m, int threads) {
    WinogradPlan tiles = new WinogradPlan(g, m, threads);
    WinogradLanesPlan lanes = WinogradLanesPlan.of(g, m, threads);
    return lanes != null && lanes.executedMultiplyAdds() < 1.25 * tiles.executedMultiplyAdds()
        ? new Candidate(Algorithm.winograd(m), lanes.cycles(), lanes)
        : new Candidate(Algorithm.winograd(m), tiles.cycles(), tiles);
  }

  private static String model(List<Candidate> candidates) {
    StringBuilder text = new StringBuilder();
    for (Candidate c : candidates) {
      text.append(text.length() == 0 ? "" : ", ");
      text.append(String.format(Locale.ROOT, "%s %.3g Mcycles", c.algorithm, c.cycles / 1e6));
    }
    return text.toString();
  }

  /** Best of some rounds of each, in turns, on one thread. */
  private static Algorithm measure(
      List<Candidate> candidates,
      ConvGeometry g,
      float[] weights,
      float[] bias,
      StringBuilder text) {
    float[] input = new float[g.inputFloats()];
    Arrays.fill(input, 1f);
    float[] output = new float[g.outputFloats()];
    double[] best = new double[candidates.size()];
    Arrays.fill(best, Double.MAX_VALUE);
    Engine[] engines = new Engine[candidates.size()];
    float[][] scratch = new float[candidates.size()][];
    for (int i = 0; i < engines.length; i++) {
      engines[i] = candidates.get(i).engine(weights, bias, Activation.none());
      scratch[i] = new float[Math.toIntExact(TileRunner.slotFloats(engines[i]))];
    }
    TileRunner runner = new TileRunner();
    // Rounds until no candidate gets faster by much any more: C2 has done them all.
    for (int quiet = 0, round = 0; quiet < ROUNDS && round < 100; round++, quiet++) {
      for (int i = 0; i < engines.length; i++) {
        long start = System.nanoTime();
        int runs = 0;
        do {
          runner.buffers().bind(input, 0, null, 0, output, 0);
          runner.run(engines[i], scratch[i], 0, 1, null);
          runs++;
        } while (System.nanoTime() - start < TRY_NANOS / ROUNDS);
        double each = (System.nanoTime() - start) / (double) runs;
        if (each < 0.9 * best[i]) {
          quiet = -1;
        }
        best[i] = Math.min(best[i], each);
      }
    }
    int fastest = 0;
    for (int i = 0; i < best.length; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s %s %.1f us",
              i == 0 ? "" : ",",
              candidates.get(i).algorithm,
              best[i] / 1e3));
      fastest = best[i] < best[fastest] ? i : fastest;
    }
    return candidates.get(fastest).algorithm;
  }
}
