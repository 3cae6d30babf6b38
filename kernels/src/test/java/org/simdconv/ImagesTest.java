package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simdconv.reference.NaivePool;
import org.simdconv.reference.NaiveUpsampling;

/** Upsampling, pooling and shuffles: bit for bit the reference, on arrays and segments. */
class ImagesTest {
  // Two of them NaN, the second as the processor makes it of infinities, with its sign set.
  private static final float[] SPECIAL = {
    Float.NaN,
    Float.intBitsToFloat(0xffc0_0000),
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    -0f,
    Float.MIN_VALUE,
    -Float.MAX_VALUE
  };

  private static final float CANARY = 12345.678f;
  private static final int MARGIN = 40;

  private static PlanOptions options(Random r) {
    return PlanOptions.defaults().withThreads(1 + r.nextInt(4)).withForkThreshold(1);
  }

  /** Runs in surroundings that show a wrong read or write. */
  private static void check(ImagePlan plan, float[] x, float[] expected, Random r) {
    String what = plan.toString();
    assertEquals(x.length, plan.inputFloats(), what);
    assertEquals(expected.length, plan.outputFloats(), what);
    if (r.nextInt(3) == 0) {
      try (Arena arena = Arena.ofShared()) {
        MemorySegment in = arena.allocate(4L * x.length);
        MemorySegment.copy(x, 0, in, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, x.length);
        MemorySegment out = arena.allocate(4L * expected.length);
        plan.run(in, out, plan.newWorkspace(), Equivalence.POOL);
        Equivalence.same(expected, out.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED), what);
      }
      return;
    }
    int at = r.nextInt(9);
    // Half of the inputs end with the array.
    float[] input = new float[at + x.length + (r.nextBoolean() ? MARGIN : 0)];
    Arrays.fill(input, Float.NaN);
    System.arraycopy(x, 0, input, at, x.length);
    float[] output = new float[MARGIN + expected.length + MARGIN];
    float[] dirt = new float[plan.workspaceFloats()];
    Workspace workspace = Workspace.of(dirt, 0, dirt.length);
    for (int run = 0; run < 2; run++) {
      Arrays.fill(dirt, run == 0 ? Float.NaN : 7f);
      Arrays.fill(output, CANARY);
      plan.run(input, at, output, MARGIN, workspace, Equivalence.POOL);
      Equivalence.same(
          expected, Arrays.copyOfRange(output, MARGIN, MARGIN + expected.length), what);
      for (int i = 0; i < MARGIN; i++) {
        assertTrue(
            output[i] == CANARY && output[output.length - 1 - i] == CANARY,
            () -> "wrote beside the output: " + plan);
      }
    }
  }

  @Property(tries = 3000)
  void resizeEqualsTheReference(
      @ForAll boolean linear,
      @ForAll Resize.Coordinates rule,
      @ForAll Resize.Rounding rounding,
      @ForAll long seed) {
    Random r = new Random(seed);
    int planes = 1 + r.nextInt(4);
    int height = 1 + r.nextInt(12);
    int width = 1 + r.nextInt(r.nextBoolean() ? 12 : 70);
    double down = scale(r);
    double across = scale(r);
    Resize resize =
        (linear ? Resize.linear() : Resize.nearest()).coordinates(rule).rounding(rounding);
    boolean bySize = r.nextInt(3) == 0;
    int outHeight = (int) Math.floor(down * height);
    int outWidth = (int) Math.floor(across * width);
    if (bySize || outHeight < 1 || outWidth < 1) {
      outHeight = 1 + r.nextInt(30);
      outWidth = 1 + r.nextInt(90);
      resize = resize.size(outHeight, outWidth);
      down = (double) outHeight / height;
      across = (double) outWidth / width;
    } else {
      resize = resize.scale(down, across);
    }
    float[] x = ConvCase.reals(planes * height * width, seed);
    NaiveUpsampling.Coordinates same = NaiveUpsampling.Coordinates.valueOf(rule.name());
    float[] expected =
        linear
            ? NaiveUpsampling.linear(
                planes, height, width, outHeight, outWidth, down, across, same, x)
            : NaiveUpsampling.nearest(
                planes,
                height,
                width,
                outHeight,
                outWidth,
                down,
                across,
                same,
                NaiveUpsampling.Rounding.valueOf(rounding.name()),
                x);
    check(resize.plan(1, planes, height, width, options(r)), x, expected, r);
  }

  private static double scale(Random r) {
    double[] scales = {1, 2, 2, 2, 3, 4, 4, 5, 8, 0.5, 0.25, 1.5, 0.75, 2.3, 0.6};
    return scales[r.nextInt(scales.length)];
  }

  @Property(tries = 200)
  void constantImagesStayWhatTheyAre(
      @ForAll float value, @ForAll @IntRange(min = 1, max = 9) int size) {
    float[] x = new float[size * 7];
    Arrays.fill(x, value);
    ImagePlan plan = Resize.linear().scale(2.7, 3).plan(1, 1, size, 7, PlanOptions.defaults());
    float[] y = new float[plan.outputFloats()];
    plan.run(x, y, null);
    for (float v : y) {
      assertEquals(value, v);
    }
  }

  @Property(tries = 1500)
  void shufflesEqualTheReferenceAndAreInverse(@ForAll boolean depthFirst, @ForAll long seed) {
    Random r = new Random(seed);
    int block = 1 + r.nextInt(5);
    int batch = 1 + r.nextInt(3);
    int channels = 1 + r.nextInt(4);
    int height = 1 + r.nextInt(6);
    int width = 1 + r.nextInt(40);
    PixelShuffle.Order order =
        depthFirst ? PixelShuffle.Order.DEPTH_FIRST : PixelShuffle.Order.CHANNEL_FIRST;
    float[] x = ConvCase.reals(batch * channels * block * block * height * width, seed);
    float[] large =
        NaiveUpsampling.depthToSpace(batch, channels, height, width, block, depthFirst, x);
    ImagePlan toSpace =
        PixelShuffle.depthToSpace(block, order)
            .plan(batch, channels * block * block, height, width, options(r));
    check(toSpace, x, large, r);
    Equivalence.same(
        x,
        NaiveUpsampling.spaceToDepth(batch, channels, height, width, block, depthFirst, large),
        "inverse of the reference");
    ImagePlan toDepth =
        PixelShuffle.spaceToDepth(block, order)
            .plan(batch, channels, height * block, width * block, options(r));
    check(toDepth, large, x, r);
  }

  @Property(tries = 500)
  void bedOfNailsEqualsTheReference(@ForAll long seed) {
    Random r = new Random(seed);
    int planes = 1 + r.nextInt(5);
    int height = 1 + r.nextInt(6);
    int width = 1 + r.nextInt(40);
    int down = 1 + r.nextInt(4);
    int across = 1 + r.nextInt(4);
    float[] x = ConvCase.reals(planes * height * width, seed);
    float[] expected = NaiveUpsampling.bedOfNails(planes, height, width, down, across, x);
    check(BedOfNails.of(down, across).plan(1, planes, height, width, options(r)), x, expected, r);
  }

  @Property(tries = 3000)
  void poolingEqualsTheReference(@ForAll boolean max, @ForAll long seed) {
    Random r = new Random(seed);
    boolean volumes = r.nextInt(3) == 0;
    boolean ceil = r.nextBoolean();
    boolean includePad = r.nextBoolean();
    // 3x3 of stride 1 has a way of its own, and some of it several bands of rows.
    boolean square = r.nextInt(4) == 0;
    int mostRows = square && r.nextInt(8) == 0 ? 200 : 8;
    int[] in = new int[3];
    int[] kernel = new int[3];
    int[] stride = new int[3];
    int[] dilation = new int[3];
    int[] begin = new int[3];
    int[] end = new int[3];
    int[] out = new int[3];
    for (int a = 0; a < 3; a++) {
      boolean flat = a == 0 && !volumes;
      boolean side = square && a > 0;
      kernel[a] = flat ? 1 : side ? 3 : 1 + r.nextInt(4);
      stride[a] = flat || side ? 1 : 1 + r.nextInt(4);
      dilation[a] = flat || side ? 1 : 1 + r.nextInt(3);
      int extent = dilation[a] * (kernel[a] - 1) + 1;
      in[a] = flat ? 1 : Math.max(1, extent - 2) + r.nextInt(a == 2 ? 45 : a == 1 ? mostRows : 8);
      begin[a] = flat ? 0 : r.nextInt(3);
      end[a] = flat ? 0 : r.nextInt(3);
      while (in[a] + begin[a] + end[a] < extent) {
        in[a]++;
      }
      out[a] = NaivePool.output(in[a], kernel[a], stride[a], dilation[a], begin[a], end[a], ceil);
    }
    // More channels than rows: those of many planes are computed together.
    int channels = 1 + r.nextInt(r.nextInt(4) == 0 ? 40 : 4);
    NaivePool naive = new NaivePool(channels, in, out, kernel, stride, dilation, begin, end);
    float[] x = ConvCase.reals(channels * in[0] * in[1] * in[2], seed);
    if (r.nextInt(4) == 0) {
      for (int i = 1 + r.nextInt(3); i > 0; i--) {
        x[r.nextInt(x.length)] = SPECIAL[r.nextInt(SPECIAL.length)];
      }
    }
    Pool pool =
        (max ? Pool.max() : Pool.average())
            .kernel(kernel[0], kernel[1], kernel[2])
            .stride(stride[0], stride[1], stride[2])
            .dilation(dilation[0], dilation[1], dilation[2])
            .padding(Padding.of(begin[0], begin[1], begin[2], end[0], end[1], end[2]))
            .ceilMode(ceil)
            .countIncludePad(includePad);
    ImagePlan plan;
    try {
      plan =
          volumes
              ? pool.plan(1, channels, in[0], in[1], in[2], options(r))
              : pool.plan(1, channels, in[1], in[2], options(r));
    } catch (IllegalArgumentException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("must have a place inside"), e::toString);
      return;
    }
    float[] expected = max ? naive.max(x, new int[0], false) : naive.average(x, includePad);
    check(plan, x, expected, r);
    if (max && !volumes) {
      indices(pool, naive, x, channels, in, r);
    }
  }

  private static void indices(
      Pool pool, NaivePool naive, float[] x, int channels, int[] in, Random r) {
    boolean columnMajor = r.nextBoolean();
    // Equal values, of which the first counts, and windows of minus infinity.
    for (int i = 0; i < x.length; i++) {
      x[i] = r.nextInt(9) == 0 ? Float.NEGATIVE_INFINITY : Math.round(x[i]);
    }
    IndexedPoolPlan plan =
        pool.columnMajorIndices(columnMajor).planWithIndices(1, channels, in[1], in[2], options(r));
    int[] expected = new int[plan.outputFloats()];
    float[] values = naive.max(x, expected, columnMajor);
    float[] y = new float[values.length];
    int[] where = new int[values.length];
    if (r.nextBoolean()) {
      plan.run(x, 0, y, 0, where, 0, plan.newWorkspace(), Equivalence.POOL);
    } else {
      plan.run(
          MemorySegment.ofArray(x),
          MemorySegment.ofArray(y),
          MemorySegment.ofArray(where),
          plan.newWorkspace(),
          Equivalence.POOL);
    }
    Equivalence.same(values, y, plan.toString());
    assertArrayEquals(expected, where, plan.toString());
  }

  @Property(tries = 500)
  void unpoolingEqualsTheReference(@ForAll long seed) {
    Random r = new Random(seed);
    int planes = 1 + r.nextInt(4);
    int height = 1 + r.nextInt(6);
    int width = 1 + r.nextInt(40);
    // Half of them as pooling leaves them: each in its own window of 2x2, but perhaps for one.
    boolean pooled = r.nextBoolean();
    int k = pooled ? 2 : 1 + r.nextInt(3);
    int s = pooled ? 2 : 1 + r.nextInt(3);
    int rows = (height - 1) * s + k;
    int columns = (width - 1) * s + k;
    MaxUnpool unpool = MaxUnpool.of(k, k).stride(s, s);
    int outHeight = rows;
    int outWidth = columns;
    if (r.nextBoolean()) {
      outHeight += r.nextInt(3);
      outWidth += r.nextInt(3);
      unpool = unpool.outputShape(outHeight, outWidth);
    }
    float[] x = ConvCase.reals(planes * height * width, seed);
    int[] indices = new int[x.length];
    int moved = r.nextInt(2 * indices.length);
    for (int i = 0; i < indices.length; i++) {
      int plane = i / (height * width);
      int row = i / width % height * 2 + r.nextInt(2);
      int column = i % width * 2 + r.nextInt(2);
      // Several to one place.
      int place = pooled && i != moved ? row * columns + column : r.nextInt(rows * columns);
      indices[i] = plane * rows * columns + place;
    }
    float[] expected =
        NaiveUpsampling.maxUnpool(planes, rows, columns, outHeight, outWidth, x, indices);
    UnpoolPlan plan = unpool.plan(1, planes, height, width, options(r));
    float[] y = new float[expected.length];
    Arrays.fill(y, CANARY);
    if (r.nextBoolean()) {
      plan.run(x, 0, indices, 0, y, 0, plan.newWorkspace(), Equivalence.POOL);
    } else {
      plan.run(
          MemorySegment.ofArray(x),
          MemorySegment.ofArray(indices),
          MemorySegment.ofArray(y),
          plan.newWorkspace(),
          Equivalence.POOL);
    }
    Equivalence.same(expected, y, plan.toString());
  }

  @Test
  void unpoolingUndoesPoolingWhereMaximaAre() {
    float[] x = ConvCase.reals(2 * 3 * 64, 5);
    Pool pool = Pool.max().kernel(2, 2).stride(2);
    IndexedPoolPlan down = pool.planWithIndices(2, 3, 8, 8, PlanOptions.defaults());
    float[] y = new float[down.outputFloats()];
    int[] where = new int[y.length];
    down.run(x, 0, y, 0, where, 0, down.newWorkspace(), null);
    UnpoolPlan up = MaxUnpool.of(2, 2).stride(2, 2).plan(2, 3, 4, 4, PlanOptions.defaults());
    float[] back = new float[up.outputFloats()];
    up.run(y, 0, where, 0, back, 0, up.newWorkspace(), null);
    int kept = 0;
    for (int i = 0; i < back.length; i++) {
      assertTrue(back[i] == 0 || back[i] == x[i]);
      kept += back[i] != 0 ? 1 : 0;
    }
    assertEquals(y.length, kept);
  }

  @Test
  void indicesOutsideAreRefusedBeforeAnythingIsWritten() {
    UnpoolPlan plan = MaxUnpool.of(2, 2).stride(2, 2).plan(1, 2, 1, 1, PlanOptions.defaults());
    float[] x = {1, 2};
    float[] y = new float[8];
    Arrays.fill(y, CANARY);
    for (int[] indices : new int[][] {{0, 8}, {-1, 4}, {4, 5}, {0, Integer.MIN_VALUE}}) {
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> plan.run(x, 0, indices, 0, y, 0, plan.newWorkspace(), null));
      assertThrows(
          IndexOutOfBoundsException.class,
          () ->
              plan.run(
                  MemorySegment.ofArray(x),
                  MemorySegment.ofArray(indices),
                  MemorySegment.ofArray(y),
                  plan.newWorkspace(),
                  null));
    }
    for (float v : y) {
      assertEquals(CANARY, v);
    }
  }

  /** The proof that FCN's initialisation upsamples bilinearly: inside the border it is Resize. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8})
  void bilinearWeightsUpsampleBilinearly(int scale) {
    int size = 7;
    float[] x = ConvCase.integers(2 * size * size, 3);
    ConvPlan up =
        BilinearWeights.layer(2, scale)
            .plan(1, size, size, BilinearWeights.depthwise(2, scale), null);
    ImagePlan linear =
        Resize.linear().scale(scale, scale).plan(1, 2, size, size, PlanOptions.defaults());
    assertEquals(linear.outHeight(), up.outHeight());
    float[] a = new float[up.outputFloats()];
    float[] b = new float[linear.outputFloats()];
    up.run(x, a);
    linear.run(x, b, null);
    int n = size * scale;
    for (int c = 0; c < 2; c++) {
      for (int row = scale; row < n - scale; row++) {
        for (int column = scale; column < n - scale; column++) {
          int i = (c * n + row) * n + column;
          assertEquals(b[i], a[i], 1e-5f, "scale " + scale + " at " + row + ", " + column);
        }
      }
    }
    float[] dense = BilinearWeights.dense(2, scale);
    int k = BilinearWeights.kernel(scale);
    ConvPlan same =
        ConvTranspose2d.of(2, 2)
            .kernel(k, k)
            .stride(scale)
            .padding((k - scale + 1) / 2)
            .outputPadding(
                2 * ((k - scale + 1) / 2) - (k - scale), 2 * ((k - scale + 1) / 2) - (k - scale))
            .plan(1, size, size, dense, null);
    float[] d = new float[same.outputFloats()];
    same.run(x, d);
    Equivalence.same(a, d, "dense bilinear weights");
  }

  @Test
  void badInputIsRefusedByName() {
    PlanOptions o = PlanOptions.defaults();
    assertRefused("scale is 0.0", () -> Resize.linear().scale(0, 1));
    assertRefused("scale is NaN", () -> Resize.linear().scale(Double.NaN, 1));
    assertRefused("size (height) is 0", () -> Resize.nearest().size(0, 3));
    assertRefused("output rows are 0.0", () -> Resize.linear().scale(0.1, 1).plan(1, 1, 5, 5, o));
    assertRefused("mode is cubic", () -> Resize.ofOnnx("cubic", "half_pixel", "floor", false));
    assertRefused("mode is area", () -> Resize.ofOnnx("area", "half_pixel", "floor", false));
    assertRefused(
        "coordinateTransformationMode is x", () -> Resize.ofOnnx("linear", "x", "floor", false));
    assertRefused("antialias is true", () -> Resize.ofOnnx("linear", "half_pixel", "floor", true));
    assertRefused(
        "channels is 6",
        () -> PixelShuffle.depthToSpace(2, PixelShuffle.Order.DEPTH_FIRST).plan(1, 6, 3, 3, o));
    assertRefused(
        "the image is 3 x 4",
        () -> PixelShuffle.spaceToDepth(2, PixelShuffle.Order.DEPTH_FIRST).plan(1, 6, 3, 4, o));
    assertRefused("block is 0", () -> PixelShuffle.depthToSpace(0, PixelShuffle.Order.DEPTH_FIRST));
    assertRefused("stride (height) is 0", () -> BedOfNails.of(0, 1));
    assertRefused("output is", () -> BedOfNails.of(1 << 14, 1 << 14).plan(1, 1, 9, 9, o));
    assertRefused(
        "kernel (height) extends over 5", () -> Pool.max().kernel(5, 5).plan(1, 1, 4, 9, o));
    assertRefused(
        "padding (height) is 3 + 3",
        () -> Pool.average().kernel(2, 2).padding(Padding.of(3)).plan(1, 1, 4, 9, o));
    assertRefused("kernel (depth) is 2", () -> Pool.max().kernel(2, 2, 2).plan(1, 1, 4, 9, o));
    assertThrows(IllegalStateException.class, () -> Pool.average().planWithIndices(1, 1, 4, 9, o));
    assertRefused(
        "outputShape (height) is 3",
        () -> MaxUnpool.of(2, 2).stride(2, 2).outputShape(3, 9).plan(1, 1, 2, 2, o));
    assertRefused("scale is 0", () -> BilinearWeights.depthwise(1, 0));
    ImagePlan plan = Resize.nearest().scale(2, 2).plan(1, 1, 2, 2, o);
    assertRefused("input needs 4", () -> plan.run(new float[3], new float[16], null));
    assertRefused("output needs 16", () -> plan.run(new float[4], new float[15], null));
    float[] same = new float[16];
    assertRefused("output overlaps input", () -> plan.run(same, same, null));
  }

  private static void assertRefused(String begin, org.junit.jupiter.api.function.Executable run) {
    RuntimeException e = assertThrows(RuntimeException.class, run);
    assertTrue(String.valueOf(e.getMessage()).startsWith(begin), e::toString);
  }
}
