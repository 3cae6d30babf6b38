package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.simdconv.reference.NaiveEpilogue;

/**
 * Runs a case on the kernels in surroundings that show every wrong read or write, and compares it
 * with the reference bit for bit, up to the sign of zero.
 */
final class Equivalence {
  static final ForkJoinPool POOL = new ForkJoinPool(4);
  private static final float CANARY = 12345.678f;
  private static final int MARGIN = 37;

  /** How a case is run. */
  record Way(
      int threads, boolean segments, boolean residual, int activation, int offset, boolean bias) {}

  private Equivalence() {}

  /** What is asserted of a result. */
  interface Assertion {
    void holds(float[] expected, float[] actual, String what);
  }

  static void check(ConvCase c, Way way, long seed) {
    check(c, way, seed, PlanOptions.defaults(), Equivalence::same);
  }

  static void check(ConvCase c, Way way, long seed, PlanOptions base, Assertion assertion) {
    float[] x = ConvCase.reals(c.inputSize(), seed);
    float[] w = ConvCase.reals(c.weightSize(), seed + 1);
    float[] bias = way.bias ? ConvCase.reals(c.outChannels(), seed + 2) : null;
    Activation activation =
        switch (way.activation) {
          case 0 -> Activation.none();
          case 1 -> Activation.relu();
          case 2 -> Activation.clip(-0.5f, 1.25f);
          default -> Activation.leakyRelu(0.1f);
        };
    PlanOptions options = base.withThreads(way.threads).withForkThreshold(1);
    ConvPlan plan = c.plan(w, bias, activation, options);
    float[] plain = c.reference(x, w, bias);
    float[] residual = way.residual ? ConvCase.reals(plain.length, seed + 3) : null;
    float[] expected = activate(NaiveEpilogue.addResidual(plain, residual), way.activation);
    float[] dirt = new float[plan.workspaceFloats() + 2 * MARGIN];
    Arrays.fill(dirt, Float.NaN);
    Workspace workspace = Workspace.of(dirt, MARGIN, plan.workspaceFloats());
    // Twice, so that the second run meets the first one's scratch.
    for (int run = 0; run < 2; run++) {
      float[] actual =
          way.segments
              ? runSegments(plan, x, residual, workspace, way)
              : runArrays(plan, x, residual, workspace, way);
      assertion.holds(expected, actual, c + " " + way + " seed " + seed + " run " + run);
    }
    for (int i = 0; i < MARGIN; i++) {
      assertTrue(
          Float.isNaN(dirt[i]) && Float.isNaN(dirt[dirt.length - 1 - i]),
          () -> "wrote outside the workspace: " + c);
    }
  }

  private static float[] activate(float[] y, int activation) {
    return switch (activation) {
      case 0 -> y;
      case 1 -> NaiveEpilogue.clip(y, 0, Float.POSITIVE_INFINITY);
      case 2 -> NaiveEpilogue.clip(y, -0.5f, 1.25f);
      default -> NaiveEpilogue.leakyRelu(y, 0.1f);
    };
  }

  private static float[] runArrays(
      ConvPlan plan, float[] x, float @Nullable [] residual, Workspace workspace, Way way) {
    // NaN around the input: a read outside shows in the output. Half of the inputs end with the
    // array.
    int margin = way.offset % 4 < 2 ? MARGIN : 0;
    float[] input = new float[x.length + way.offset + margin];
    Arrays.fill(input, Float.NaN);
    System.arraycopy(x, 0, input, way.offset, x.length);
    int outAt = MARGIN + way.offset;
    float[] output = new float[plan.outputFloats() + outAt + MARGIN];
    Arrays.fill(output, CANARY);
    if (residual == null) {
      plan.run(input, way.offset, output, outAt, workspace, way.threads > 1 ? POOL : null);
    } else if (way.offset % 2 == 0) {
      // The residual in the output itself.
      System.arraycopy(residual, 0, output, outAt, residual.length);
      plan.run(input, way.offset, output, outAt, output, outAt, workspace, pool(way));
    } else {
      float[] shifted = new float[residual.length + way.offset];
      System.arraycopy(residual, 0, shifted, way.offset, residual.length);
      plan.run(input, way.offset, shifted, way.offset, output, outAt, workspace, pool(way));
    }
    for (int i = 0; i < outAt; i++) {
      assertTrue(output[i] == CANARY, "wrote before the output");
    }
    for (int i = outAt + plan.outputFloats(); i < output.length; i++) {
      assertTrue(output[i] == CANARY, "wrote behind the output");
    }
    return Arrays.copyOfRange(output, outAt, outAt + plan.outputFloats());
  }

  private static float[] runSegments(
      ConvPlan plan, float[] x, float @Nullable [] residual, Workspace workspace, Way way) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment input = way.offset % 3 == 2 ? MemorySegment.ofArray(x) : copy(arena, x);
      // Native, some not aligned; on the heap, of floats or not.
      long bytes = 4L * plan.outputFloats();
      MemorySegment room =
          switch (way.offset % 4) {
            case 1 -> MemorySegment.ofArray(new byte[(int) bytes + 40]);
            case 2 -> MemorySegment.ofArray(new float[plan.outputFloats() + 10]);
            default -> arena.allocate(bytes + 40);
          };
      room.fill((byte) 0x7f);
      MemorySegment output = room.asSlice(way.offset % 4 == 2 ? 8 : way.offset, bytes);
      plan.run(
          input, residual == null ? null : copy(arena, residual), output, workspace, pool(way));
      float[] actual = new float[plan.outputFloats()];
      MemorySegment.copy(output, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, actual, 0, actual.length);
      output.fill((byte) 0x7f);
      for (long i = 0; i < room.byteSize(); i++) {
        assertTrue(room.get(ValueLayout.JAVA_BYTE, i) == 0x7f, "wrote outside of the output");
      }
      return actual;
    }
  }

  private static MemorySegment copy(Arena arena, float[] values) {
    MemorySegment segment = arena.allocate(4L * values.length, 4);
    MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, 0, values.length);
    return segment;
  }

  private static @Nullable ForkJoinPool pool(Way way) {
    return way.threads > 1 ? POOL : null;
  }

  /**
   * Asserts equality bit for bit, up to the sign of zero, and distrusts outputs that hold nothing.
   */
  static void same(float[] expected, float[] actual, String what) {
    if (expected.length != actual.length) {
      fail(what + ": " + actual.length + " elements for " + expected.length);
    }
    int different = 0;
    int first = -1;
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i] + 0f) != Float.floatToIntBits(actual[i] + 0f)) {
        different++;
        first = first < 0 ? i : first;
      }
    }
    if (different > 0) {
      fail(
          what
              + ": "
              + different
              + " of "
              + expected.length
              + " differ, first at "
              + first
              + ": expected "
              + expected[first]
              + " was "
              + actual[first]);
    }
  }

  static Way anyWay(long seed) {
    Random r = new Random(seed);
    return new Way(
        1 + r.nextInt(4),
        r.nextInt(4) == 0,
        r.nextInt(3) == 0,
        r.nextInt(4),
        r.nextInt(9),
        r.nextBoolean());
  }
}
