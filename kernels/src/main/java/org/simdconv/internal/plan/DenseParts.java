package org.simdconv.internal.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;

/**
 * A dense convolution or transposed convolution as one plan for all outputs, or one for each part
 * of them to which the same taps come. Where padding and dilation are wide most taps of an output
 * lie in the padding: DeepLab's 3x3 of dilation 12 on 33x33 needs 57% of its multiply-adds, and a
 * 4x4 transposed over a single pixel 1/16. Each part has its own window, without zeros, and its own
 * packed weights, without the taps that it leaves out.
 *
 * <p>3x3 of dilation 12, 2048-256 on 33x33: 57 ms in 9 parts, 61 in 3 parts of columns, 63 in 3 of
 * rows, 67 with whole kernel rows left out tile by tile; its FMAs alone take 29. Of the 9 parts' 57
 * ms 12 are weights: 108 MB packed come from memory, where 19 would stay in L3 (JDK 25, AVX-512,
 * the weights' addresses folded to a small range to see it). They also put the input out of L3,
 * from which each part brought all of it back: a third of the time on a Zen 5. With {@link
 * JointTasks} 50 to 42 ms, with weights read ahead 38; on 2 threads 30 to 21.
 */
public final class DenseParts {
  // An axis with less to leave out is not looked at.
  private static final double LEAST_SHARE = 0.1;

  // 3x3 in 3 x 3 parts packs (7/3)^2 = 5.4 times its weights.
  private static final double MOST_GROWTH = 6;

  // 256 MiB of packed weights; more are not to be multiplied.
  private static final long MOST_PACKED_FLOATS = 1L << 26;

  private static final int MOST_PARTS = 64;

  // Less than this is within the model's error.
  private static final double LEAST_GAIN = 0.9;

  /** The plans; each output belongs to one of them. */
  public final List<DensePlan> plans;

  /** How their tasks go together, or null where they go one after the other. */
  public final @Nullable JointTasks joint;

  private DenseParts(List<DensePlan> plans, @Nullable JointTasks joint) {
    this.plans = List.copyOf(plans);
    this.joint = joint;
  }

  /**
   * The fastest by the model: all in one, or cut along the rows, the columns or both.
   *
   * @param g the sizes
   * @param threads how many threads the tasks should suit
   * @throws IllegalArgumentException if packed weights, scratch or a plane need 2^31 floats or more
   */
  public static DenseParts best(ConvGeometry g, int threads) {
    DenseParts best = new DenseParts(List.of(DensePlan.best(g, threads)), null);
    double least = LEAST_GAIN * best.decisive();
    List<Axis> rows = cut(g.rows());
    List<Axis> columns = cut(g.columns());
    for (int way = 1; way <= 3; way++) {
      List<Axis> someRows = (way & 1) == 0 ? List.of(g.rows()) : rows;
      List<Axis> someColumns = (way & 2) == 0 ? List.of(g.columns()) : columns;
      int parts = someRows.size() * someColumns.size();
      boolean isCut =
          (someRows.size() > 1 || (way & 1) == 0) && (someColumns.size() > 1 || (way & 2) == 0);
      double growth = growth(someRows) * growth(someColumns);
      boolean fits = growth <= 1 || growth * g.weightFloats() <= MOST_PACKED_FLOATS;
      if (isCut && parts <= MOST_PARTS && growth <= MOST_GROWTH && fits) {
        DenseParts candidate = of(g, someRows, someColumns, threads);
        if (candidate.decisive() < least) {
          best = candidate;
          least = candidate.decisive();
        }
      }
    }
    return best;
  }

  private static DenseParts of(ConvGeometry g, List<Axis> rows, List<Axis> columns, int threads) {
    List<DensePlan> plans = plans(g, rows, columns, threads);
    if (plans.stream().allMatch(p -> p.blocks.length == 1)) {
      return new DenseParts(plans, null);
    }
    // Joint tasks are cut as little as possible: each piece would fill a window of its own.
    int few = Math.max(1, threads / plans.size());
    List<DensePlan> uncut = few < threads ? plans(g, rows, columns, few) : plans;
    JointTasks joint = JointTasks.of(uncut, threads);
    return new DenseParts(joint == null ? plans : uncut, joint);
  }

  private static List<DensePlan> plans(
      ConvGeometry g, List<Axis> rows, List<Axis> columns, int threads) {
    List<DensePlan> plans = new ArrayList<>();
    for (Axis r : rows) {
      for (Axis c : columns) {
        plans.add(DensePlan.best(g.part(r, c), threads));
      }
    }
    return plans;
  }

  /**
   * The fastest by the model, of volumes: as many plans at least as there are parts and phases of
   * the depth.
   *
   * @param g the sizes of the volumes
   * @param threads how many threads the tasks should suit
   * @throws IllegalArgumentException if packed weights, scratch or a plane need 2^31 floats or more
   */
  public static DenseParts ofVolumes(ConvGeometry g, int threads) {
    List<DensePlan> plans = new ArrayList<>();
    for (ConvGeometry slices : g.slices()) {
      plans.addAll(best(slices, threads).plans);
    }
    return new DenseParts(plans, null);
  }

  /** The parts of an axis, or the axis itself where next to nothing would be left out. */
  private static List<Axis> cut(Axis axis) {
    List<Axis> parts = axis.parts();
    long used = 0;
    for (Axis part : parts) {
      used += (long) part.reachingTaps() * part.grid;
    }
    long all = (long) axis.reachingTaps() * axis.grid;
    return used > (1 - LEAST_SHARE) * all ? List.of(axis) : parts;
  }

  /** How often the parts pack a tap, in the mean. */
  private static double growth(List<Axis> parts) {
    double taps = parts.stream().mapToInt(Axis::reachingTaps).sum();
    return taps / Math.max(1, parts.get(0).taps);
  }

  /** The plan with the most work. */
  public DensePlan largest() {
    DensePlan largest = plans.get(0);
    for (DensePlan plan : plans) {
      largest = plan.executedMultiplyAdds() > largest.executedMultiplyAdds() ? plan : largest;
    }
    return largest;
  }

  /**
   * What decides on the cut: what a run takes if the weights of each part were all that there are.
   * Where they are vectors, and so few pixels share them that they bound the run, those of all
   * parts count: k4 s2 512-512@2 1340 us in two parts, 670 in one (JDK 25, Zen 4).
   */
  private double decisive() {
    return plans.stream().anyMatch(p -> p.weights == DensePlan.Weights.VECTORS)
        ? cycles()
        : plans.stream().mapToDouble(DensePlan::cycles).sum();
  }

  /** What a run takes on one thread, in cycles. */
  public double cycles() {
    long packed = packedFloats();
    return plans.stream().mapToDouble(plan -> plan.cycles(packed)).sum();
  }

  /** Multiply-adds that a run executes, padding of tiles and vectors included. */
  public long executedMultiplyAdds() {
    return plans.stream().mapToLong(DensePlan::executedMultiplyAdds).sum();
  }

  /** Packed weights of all parts, in floats. */
  public long packedFloats() {
    return plans.stream().mapToLong(DensePlan::packedFloats).sum();
  }
}
