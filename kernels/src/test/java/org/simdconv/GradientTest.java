package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.simdconv.reference.NaiveConv2d;
import org.simdconv.reference.NaiveConvTranspose2d;
import org.simdconv.reference.NaiveGradients;

/**
 * Gradients with respect to input, weights and bias: bit for bit the reference's chains, on arrays
 * and segments, with 1 to 4 threads, overwriting and accumulating; the adjoint identities; finite
 * differences.
 */
class GradientTest {
  private static final float CANARY = 12345.678f;
  private static final int MARGIN = 19;

  @Property(tries = 1500)
  void gradientsOfConvolutionsEqualTheReference(
      @ForAll("convolutions") ConvCase c, @ForAll long seed) {
    check(c, seed);
  }

  @Property(tries = 1500)
  void gradientsOfTransposedConvolutionsEqualTheReference(
      @ForAll("transposedConvolutions") ConvCase c, @ForAll long seed) {
    check(c, seed);
  }

  /** Shapes at the limits of chunks, bands, blocks and tiles, which random ones seldom reach. */
  @ParameterizedTest
  @CsvSource({
    // transposed, batch, groups, in, out, size, kernel, stride, padding, dilation
    "false, 1, 1, 40, 30, 60, 3, 1, 1, 1", // several bands
    "false, 1, 1, 70, 70, 120, 1, 1, 0, 1", // rows in several parts
    "false, 40, 1, 33, 14, 3, 3, 1, 1, 1", // many small images together
    "false, 1, 1, 300, 280, 5, 3, 1, 1, 1", // sums larger than L2
    "false, 1, 1, 3, 64, 50, 7, 2, 3, 1", // lanes over the columns of a kernel row
    "false, 2, 1, 2, 5, 40, 5, 1, 2, 2",
    "false, 1, 48, 1, 1, 30, 3, 1, 1, 1", // depthwise
    "false, 1, 20, 1, 2, 31, 5, 2, 2, 1",
    "false, 3, 1, 40, 70, 14, 3, 1, 1, 1", // lanes over the floats of a filter
    "false, 9, 2, 37, 50, 7, 3, 1, 1, 1", // two rows in a vector
    "false, 2, 1, 9, 40, 60, 3, 1, 2, 2", // rows in several parts
    "false, 2, 1, 33, 65, 15, 5, 2, 2, 1", // rows for each kernel row
    "false, 1, 1, 12, 40, 22, 3, 3, 0, 1", // every third column
    "false, 3, 8, 4, 4, 21, 3, 1, 1, 1", // few channels per group
    "false, 1, 2, 16, 17, 21, 3, 3, 1, 1",
    "false, 1, 1, 4, 4, 9, 2, 30, 60, 1", // a stride past the image
    "false, 1, 1, 4, 4, 9, 2, 1, 60, 50", // a dilation past it
    "false, 2, 1, 17, 9, 40, 1, 9, 0, 1", // columns far apart
    "true, 1, 1, 64, 40, 20, 4, 2, 1, 1",
    "true, 5, 1, 20, 64, 1, 4, 1, 0, 1",
    "true, 1, 3, 5, 3, 9, 16, 8, 4, 1"
  })
  void gradientsOfChosenShapesEqualTheReference(
      boolean transposed,
      int batch,
      int groups,
      int in,
      int out,
      int size,
      int kernel,
      int stride,
      int padding,
      int dilation) {
    ConvCase c =
        new ConvCase(
            transposed,
            batch,
            size,
            size,
            groups,
            in,
            out,
            new ConvCase.Kernel(kernel, kernel, stride, stride, dilation, dilation),
            new ConvCase.Pads(padding, padding, padding, padding),
            0,
            0);
    for (long seed = 0; seed < 4; seed++) {
      check(c, seed);
    }
  }

  private static void check(ConvCase c, long seed) {
    Random random = new Random(seed);
    int threads = 1 + random.nextInt(4);
    PlanOptions options = PlanOptions.defaults().withThreads(threads).withForkThreshold(1);
    String what = c + " seed " + seed + " threads " + threads;
    float[] x = ConvCase.reals(c.inputSize(), seed);
    float[] w = ConvCase.reals(c.weightSize(), seed + 1);
    ConvPlan input = planInputGradient(c, w, options);
    float[] dy = ConvCase.reals(input.inputFloats(), seed + 2);

    float[] dx = new float[x.length];
    input.run(dy, dx, Equivalence.POOL);
    float[] expected = inputGradient(c, dy, w);
    Equivalence.same(expected, dx, "input gradient of " + what);
    input.run(dy, 0, dx, 0, dx, 0, input.newWorkspace(), Equivalence.POOL);
    for (int i = 0; i < dx.length; i++) {
      expected[i] += expected[i];
    }
    Equivalence.same(expected, dx, "accumulated input gradient of " + what);

    WeightGradientPlan.Way[] ways = WeightGradientPlan.Way.values();
    WeightGradientPlan.Way way = ways[random.nextInt(ways.length)];
    WeightGradientPlan weights = planWeightGradient(c, options).as(way);
    what += " " + way;
    boolean accumulate = random.nextBoolean();
    boolean segments = random.nextInt(3) == 0;
    float[] start = ConvCase.reals(w.length, seed + 3);
    float[] dw = accumulate ? start.clone() : new float[w.length];
    weightGradient(c, x, dy, dw);
    float[] dirt = new float[weights.workspaceFloats() + 2 * MARGIN];
    Arrays.fill(dirt, Float.NaN);
    Workspace workspace = Workspace.of(dirt, MARGIN, weights.workspaceFloats());
    for (int run = 0; run < 2; run++) {
      float[] actual =
          segments
              ? runSegments(weights, x, dy, start, accumulate, workspace)
              : runArrays(weights, x, dy, start, accumulate, workspace, random);
      Equivalence.same(
          dw, actual, "weight gradient of " + what + " run " + run + " accumulate " + accumulate);
    }
    for (int i = 0; i < MARGIN; i++) {
      assertTrue(
          Float.isNaN(dirt[i]) && Float.isNaN(dirt[dirt.length - 1 - i]),
          () -> "wrote outside the workspace: " + c);
    }
    float[] db = new float[c.outChannels()];
    NaiveGradients.bias(c.batch(), c.outChannels(), dy, db);
    float[] actual = new float[db.length];
    weights.runBias(dy, actual, false, Equivalence.POOL);
    Equivalence.same(db, actual, "bias gradient of " + what);
    NaiveGradients.bias(c.batch(), c.outChannels(), dy, db);
    if (segments) {
      weights.runBias(
          MemorySegment.ofArray(dy), MemorySegment.ofArray(actual), true, workspace, null);
    } else {
      weights.runBias(dy, 0, actual, 0, true, workspace, null);
    }
    Equivalence.same(db, actual, "accumulated bias gradient of " + what);
  }

  private static float[] runArrays(
      WeightGradientPlan plan,
      float[] x,
      float[] dy,
      float[] start,
      boolean accumulate,
      Workspace workspace,
      Random random) {
    int at = random.nextInt(9);
    int margin = random.nextBoolean() ? MARGIN : 0;
    float[] input = new float[at + x.length + margin];
    Arrays.fill(input, Float.NaN);
    System.arraycopy(x, 0, input, at, x.length);
    float[] gradient = new float[at + dy.length + margin];
    Arrays.fill(gradient, Float.NaN);
    System.arraycopy(dy, 0, gradient, at, dy.length);
    float[] output = new float[MARGIN + start.length + MARGIN];
    Arrays.fill(output, CANARY);
    System.arraycopy(start, 0, output, MARGIN, start.length);
    plan.run(input, at, gradient, at, output, MARGIN, accumulate, workspace, Equivalence.POOL);
    for (int i = 0; i < MARGIN; i++) {
      assertTrue(
          output[i] == CANARY && output[output.length - 1 - i] == CANARY,
          "wrote beside the gradient");
    }
    return Arrays.copyOfRange(output, MARGIN, MARGIN + start.length);
  }

  private static float[] runSegments(
      WeightGradientPlan plan,
      float[] x,
      float[] dy,
      float[] start,
      boolean accumulate,
      Workspace workspace) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment output = copy(arena, start);
      plan.run(
          copy(arena, x),
          MemorySegment.ofArray(dy),
          output,
          accumulate,
          workspace,
          Equivalence.POOL);
      return output.toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  private static MemorySegment copy(Arena arena, float[] values) {
    MemorySegment segment = arena.allocate(4L * values.length, 4);
    MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, 0, values.length);
    return segment;
  }

  private static ConvPlan planInputGradient(ConvCase c, float[] w, PlanOptions options) {
    return c.transposed()
        ? c.convTranspose().planInputGradient(c.batch(), c.inHeight(), c.inWidth(), w, options)
        : c.conv().planInputGradient(c.batch(), c.inHeight(), c.inWidth(), w, options);
  }

  private static WeightGradientPlan planWeightGradient(ConvCase c, PlanOptions options) {
    return c.transposed()
        ? c.convTranspose().planWeightGradient(c.batch(), c.inHeight(), c.inWidth(), options)
        : c.conv().planWeightGradient(c.batch(), c.inHeight(), c.inWidth(), options);
  }

  private static float[] inputGradient(ConvCase c, float[] dy, float[] w) {
    return c.transposed()
        ? NaiveGradients.transposeInput(c.transposeShape(), dy, w)
        : NaiveGradients.convInput(c.shape(), dy, w);
  }

  private static void weightGradient(ConvCase c, float[] x, float[] dy, float[] dw) {
    if (c.transposed()) {
      NaiveGradients.transposeWeights(c.transposeShape(), x, dy, dw);
    } else {
      NaiveGradients.convWeights(c.shape(), x, dy, dw);
    }
  }

  /** {@code <dy, conv(x; w)> = <dx, x> = <dw, w>}, exactly, on small integers. */
  @Property(tries = 300)
  void adjointIdentitiesHold(@ForAll("any") ConvCase c, @ForAll long seed) {
    float[] x = ConvCase.integers(c.inputSize(), seed);
    float[] w = ConvCase.integers(c.weightSize(), seed + 1);
    ConvPlan forward = c.plan(w, null, Activation.none(), PlanOptions.defaults());
    float[] y = new float[forward.outputFloats()];
    forward.run(x, y);
    float[] dy = ConvCase.integers(y.length, seed + 2);
    float[] dx = new float[x.length];
    planInputGradient(c, w, PlanOptions.defaults()).run(dy, dx);
    float[] dw = new float[w.length];
    planWeightGradient(c, PlanOptions.defaults()).run(x, dy, dw, false, null);
    double loss = dot(dy, y);
    assertEquals(loss, dot(dx, x), () -> "input: " + c);
    assertEquals(loss, dot(dw, w), () -> "weights: " + c);
  }

  /**
   * The loss {@code <dy, layer(x; w) + b>} is linear in each of its arguments, so that a central
   * difference in double is its derivative, exactly on small integers.
   */
  @Property(tries = 60)
  void finiteDifferencesAgree(@ForAll("any") ConvCase c, @ForAll long seed) {
    float[] x = ConvCase.integers(c.inputSize(), seed);
    float[] w = ConvCase.integers(c.weightSize(), seed + 1);
    float[] b = ConvCase.integers(c.outChannels(), seed + 2);
    ConvPlan input = planInputGradient(c, w, PlanOptions.defaults());
    WeightGradientPlan weights = planWeightGradient(c, PlanOptions.defaults());
    float[] dy = ConvCase.integers(weights.outputFloats(), seed + 3);
    float[] dx = new float[x.length];
    float[] dw = new float[w.length];
    float[] db = new float[b.length];
    input.run(dy, dx);
    weights.run(x, dy, dw, false, null);
    weights.runBias(dy, db, false, null);
    Random random = new Random(seed);
    float[][] arguments = {x, w, b};
    float[][] gradients = {dx, dw, db};
    for (int a = 0; a < arguments.length; a++) {
      int i = random.nextInt(arguments[a].length);
      float value = arguments[a][i];
      arguments[a][i] = value + 1;
      double above = dot(dy, outputs(c, x, w, b));
      arguments[a][i] = value - 1;
      double below = dot(dy, outputs(c, x, w, b));
      arguments[a][i] = value;
      int argument = a;
      assertEquals(
          (above - below) / 2,
          gradients[a][i],
          () -> "argument " + argument + " at " + i + ": " + c);
    }
  }

  private static double[] outputs(ConvCase c, float[] x, float[] w, float[] b) {
    return c.transposed()
        ? NaiveConvTranspose2d.gatherDouble(c.transposeShape(), x, w, b)
        : NaiveConv2d.forwardDouble(c.shape(), x, w, b);
  }

  private static double dot(float[] a, float[] b) {
    assertEquals(a.length, b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double dot(float[] a, double[] b) {
    assertEquals(a.length, b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void accumulatingOverPartsOfABatchGivesTheBitsOfTheWhole() {
    Conv2d conv = Conv2d.of(5, 7).kernel(3, 3).padding(1);
    float[] x = ConvCase.reals(4 * 5 * 81, 1);
    float[] dy = ConvCase.reals(4 * 7 * 81, 2);
    float[] whole = new float[7 * 5 * 9];
    conv.planWeightGradient(4, 9, 9).run(x, dy, whole, false, null);
    float[] parts = new float[whole.length];
    WeightGradientPlan one = conv.planWeightGradient(1, 9, 9);
    Workspace workspace = one.newWorkspace();
    for (int n = 0; n < 4; n++) {
      one.run(x, n * 5 * 81, dy, n * 7 * 81, parts, 0, n > 0, workspace, null);
    }
    Equivalence.same(whole, parts, "parts of a batch");
  }

  @Test
  void badInputIsRefusedByName() {
    WeightGradientPlan plan = Conv2d.of(2, 3).kernel(3, 3).planWeightGradient(1, 5, 5);
    float[] x = new float[50];
    float[] dy = new float[27];
    float[] dw = new float[54];
    assertRefused("input needs 50", () -> plan.run(new float[49], dy, dw, false, null));
    assertRefused("outputGradient needs 27", () -> plan.run(x, new float[26], dw, false, null));
    assertRefused("weightGradient needs 54", () -> plan.run(x, dy, new float[53], false, null));
    assertRefused("biasGradient needs 3", () -> plan.runBias(dy, new float[2], false, null));
    float[] all = new float[60];
    assertRefused("weightGradient overlaps input", () -> plan.run(all, dy, all, false, null));
    assertRefused(
        "weightGradient overlaps outputGradient", () -> plan.run(x, all, all, false, null));
    Workspace small = Workspace.ofFloats(10);
    assertRefused("workspace has 10", () -> plan.run(x, 0, dy, 0, dw, 0, false, small, null));
    MemorySegment readOnly = MemorySegment.ofArray(dw).asReadOnly();
    assertRefused(
        "weightGradient is read-only",
        () ->
            plan.run(
                MemorySegment.ofArray(x),
                MemorySegment.ofArray(dy),
                readOnly,
                false,
                plan.newWorkspace(),
                null));
    assertRefused(
        "the sizes would need scratch memory",
        () -> Conv2d.of(64, 64).kernel(1, 3).planWeightGradient(1, 1, 33_000_000));
    assertRefused("batch is 0", () -> Conv2d.of(1, 1).planWeightGradient(0, 5, 5));
    assertRefused("weights has 3", () -> Conv2d.of(1, 1).planInputGradient(1, 5, 5, new float[3]));
  }

  private static void assertRefused(String begin, org.junit.jupiter.api.function.Executable run) {
    RuntimeException e = assertThrows(RuntimeException.class, run);
    assertTrue(String.valueOf(e.getMessage()).startsWith(begin), e::toString);
  }

  @Test
  void explainTellsTheWay() {
    String dense = Conv2d.of(64, 64).kernel(3, 3).planWeightGradient(1, 30, 30).explain();
    assertTrue(dense.contains("lanes: channels of the input"), dense);
    String depthwise =
        Conv2d.of(64, 64).groups(64).kernel(3, 3).planWeightGradient(1, 30, 30).explain();
    assertTrue(depthwise.contains("channels of all groups"), depthwise);
    String first = Conv2d.of(3, 8).kernel(7, 7).planWeightGradient(1, 90, 90).explain();
    assertTrue(first.contains("the columns of a kernel row"), first);
    String small = Conv2d.of(256, 100).kernel(3, 3).planWeightGradient(1, 7, 7).explain();
    assertTrue(small.contains("the floats of a filter of the input"), small);
  }

  @Provide
  Arbitrary<ConvCase> convolutions() {
    return ConvCase.any(false);
  }

  @Provide
  Arbitrary<ConvCase> transposedConvolutions() {
    return ConvCase.any(true);
  }

  @Provide
  Arbitrary<ConvCase> any() {
    return net.jqwik.api.Arbitraries.oneOf(ConvCase.any(false), ConvCase.any(true));
  }
}
