package org.simdconv.internal.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.ConvGeometry;

/**
 * Tasks of several parts that go through a longer reduction side by side: a block of channels for
 * all of them, then the next block. So the parts read a channel while it is in a cache, where part
 * after part would bring all channels from memory, once each: the parts' weights are more than L3
 * holds, and put the input out. The sums of all of them wait meanwhile.
 *
 * <pre>
 * for each (part, block), by the block's first channel
 *   for each of the tasks that belongs to the part
 *     the task's products of the block, on top of its sums
 * </pre>
 *
 * <p>Immutable; the arrays are not to be written.
 */
public final class JointTasks {
  // Of a thread.
  private static final int MOST_SUMS = 3 << 18;

  /** By joint task: for each of its tasks, its part. */
  public final int[][] parts;

  /** Its number in the part. */
  public final int[][] tasks;

  /** Where its sums begin. */
  public final int[][] sums;

  /** By step of the reduction: the part. */
  public final int[] stepPart;

  /** The part's block. */
  public final int[] stepBlock;

  /** Whether a tile's weights are read once before its products, as they come from memory. */
  public final boolean touchesWeights;

  /** Floats for the sums of a joint task. */
  public final int sumFloats;

  private record Unit(int part, int task, long work) {}

  private record Step(int part, int block, int channel) {}

  private JointTasks(List<DensePlan> plans, List<List<Unit>> joint) {
    int most = 0;
    parts = new int[joint.size()][];
    tasks = new int[joint.size()][];
    sums = new int[joint.size()][];
    for (int j = 0; j < parts.length; j++) {
      List<Unit> units = joint.get(j);
      // Neighbours share a window.
      units.sort(Comparator.comparingInt(Unit::part).thenComparingInt(Unit::task));
      parts[j] = units.stream().mapToInt(Unit::part).toArray();
      tasks[j] = units.stream().mapToInt(Unit::task).toArray();
      sums[j] = new int[tasks[j].length];
      int at = 0;
      for (int i = 0; i < tasks[j].length; i++) {
        sums[j][i] = at;
        at += plans.get(parts[j][i]).sumFloats();
      }
      most = Math.max(most, at);
    }
    sumFloats = most;
    touchesWeights = Caches.mayBeFar(plans.stream().mapToLong(DensePlan::packedFloats).sum());
    List<Step> steps = new ArrayList<>();
    for (int part = 0; part < plans.size(); part++) {
      KernelBlock[] blocks = plans.get(part).blocks;
      for (int block = 0; block < blocks.length; block++) {
        steps.add(new Step(part, block, blocks[block].channelFrom()));
      }
    }
    // Stable: the blocks of a part stay in order, also those of one channel.
    steps.sort(Comparator.comparingInt(Step::channel).thenComparingInt(Step::part));
    stepPart = steps.stream().mapToInt(Step::part).toArray();
    stepBlock = steps.stream().mapToInt(Step::block).toArray();
  }

  /**
   * Joins the tasks of parts, for each image and group into as many of equal work as there are
   * threads for it; null where most of the work is not of reductions of several blocks, or where
   * the sums would be too many.
   *
   * @param plans parts of the outputs, all of the same inputs
   */
  static @Nullable JointTasks of(List<DensePlan> plans, int threads) {
    DensePlan first = plans.get(0);
    ConvGeometry g = first.geometry;
    int images = first.images * g.groups();
    long all = 0;
    long work = 0;
    long longer = 0;
    for (DensePlan p : plans) {
      if (p.rowPhases * p.columnRows > 1 || p.images != first.images) {
        return null;
      }
      work += p.executedMultiplyAdds();
      longer += p.blocks.length > 1 ? p.executedMultiplyAdds() : 0;
      all += (long) p.tasks / images * p.sumFloats();
    }
    int each = (threads + images - 1) / images;
    long inputs = (long) g.groupIn() * g.rows().in * g.columns().in;
    if (2 * longer < work || plans.size() == 1 || all > Math.min((long) each * MOST_SUMS, inputs)) {
      return null;
    }
    List<List<Unit>> joint = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      List<Unit> units = new ArrayList<>();
      for (int part = 0; part < plans.size(); part++) {
        DensePlan p = plans.get(part);
        int some = p.tasks / images;
        for (int task = image * some; task < (image + 1) * some; task++) {
          units.add(new Unit(part, task, p.executedMultiplyAdds() / p.tasks));
        }
      }
      share(units, Math.min(each, units.size()), joint);
    }
    return new JointTasks(plans, joint);
  }

  /** The longest first, each to whoever has least. */
  private static void share(List<Unit> units, int count, List<List<Unit>> joint) {
    units.sort(Comparator.comparingLong(Unit::work).reversed());
    int begin = joint.size();
    for (int j = 0; j < count; j++) {
      joint.add(new ArrayList<>());
    }
    long[] load = new long[count];
    for (Unit unit : units) {
      int least = 0;
      for (int j = 1; j < count; j++) {
        least = load[j] < load[least] ? j : least;
      }
      load[least] += unit.work;
      joint.get(begin + least).add(unit);
    }
  }

  /** Joint tasks of a run. */
  public int count() {
    return parts.length;
  }
}
