package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.simdconv.internal.simd.ChannelKernels;

/**
 * Random shapes over all parameters, on arrays and segments, 1 to 4 threads: bit for bit the
 * reference.
 */
class EquivalencePropertiesTest {
  @Property(tries = 4000)
  void convolutionEqualsReference(@ForAll("convolutions") ConvCase c, @ForAll long seed) {
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  @Property(tries = 4000)
  void transposedConvolutionEqualsReference(
      @ForAll("transposedConvolutions") ConvCase c, @ForAll long seed) {
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  /** Images that are read in place, at every border that this allows. */
  @Property(tries = 4000)
  void depthwiseInPlaceEqualsTheReference(
      @ForAll @IntRange(min = 1, max = 2) int stride,
      @ForAll boolean transposed,
      @ForAll boolean large,
      @ForAll @IntRange(min = 0, max = 80) int borders,
      @ForAll @IntRange(min = 1, max = 24) int height,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 20) int groups,
      @ForAll @IntRange(min = 1, max = 2) int multiplier,
      @ForAll long seed) {
    boolean turned = transposed && stride == 1;
    int k = large ? 5 : 3;
    ConvCase.Kernel kernel = new ConvCase.Kernel(k, k, stride, stride, 1, 1);
    // Up to half a kernel; a transposed one of padding 1 or 2 reads like one of padding 1 or 0.
    int some = k / 2 + 1;
    int least = turned ? k / 2 : 0;
    ConvCase.Pads pads =
        new ConvCase.Pads(
            least + borders % 3 % some,
            least + borders / 3 % 3 % some,
            least + borders / 9 % 3 % some,
            least + borders / 27 % some);
    int h = height + (turned ? k - 1 : Math.max(0, k - 1 - pads.top() - pads.bottom()));
    int w = width + (turned ? k - 1 : Math.max(0, k - 1 - pads.left() - pads.right()));
    ConvCase c = new ConvCase(turned, 2, h, w, groups, 1, multiplier, kernel, pads, 0, 0);
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  /** Images that L1 does not hold: some rows at a time. */
  @Property(tries = 10)
  void depthwiseOfLargeImagesEqualsTheReference(
      @ForAll @IntRange(min = 0, max = 15) int borders,
      @ForAll @IntRange(min = 130, max = 150) int height,
      @ForAll @IntRange(min = 60, max = 80) int width,
      @ForAll @IntRange(min = 2, max = 5) int groups,
      @ForAll long seed) {
    ConvCase.Kernel kernel = new ConvCase.Kernel(3, 3, 2, 2, 1, 1);
    ConvCase.Pads pads =
        new ConvCase.Pads(borders % 2, borders / 2 % 2, borders / 4 % 2, borders / 8);
    ConvCase c = new ConvCase(false, 1, height, width, groups, 1, 1, kernel, pads, 0, 0);
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  /** Signals: rows so long that a window has a part of their columns. */
  @Property(tries = 150)
  void longRowsEqualTheReference(
      @ForAll boolean transposed,
      @ForAll boolean two,
      @ForAll @IntRange(min = 1, max = 2) int batch,
      @ForAll @IntRange(min = 1, max = 9) int kernel,
      @ForAll @IntRange(min = 1, max = 5) int stride,
      @ForAll @IntRange(min = 1, max = 3) int dilation,
      @ForAll @IntRange(min = 0, max = 12) int left,
      @ForAll @IntRange(min = 0, max = 12) int right,
      @ForAll @IntRange(min = 1, max = 2) int groups,
      @ForAll @IntRange(min = 20, max = 40) int in,
      @ForAll @IntRange(min = 1, max = 20) int out,
      @ForAll @IntRange(min = 1500, max = 3000) int width,
      @ForAll long seed) {
    // One row of the grid, of two rows of the input or the output.
    int rows = two ? 2 : 1;
    int height = transposed ? 1 : rows;
    ConvCase.Kernel k = new ConvCase.Kernel(rows, kernel, rows, stride, 1, dilation);
    ConvCase.Pads pads = new ConvCase.Pads(0, left, 0, right);
    ConvCase c = new ConvCase(transposed, batch, height, width, groups, in, out, k, pads, 0, 0);
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  /**
   * Two tasks to a short row, for each width and kernel: the columns that a task reads are fewer
   * than those of the row, as many, or more, since the row's zeros are shared.
   */
  @Property(tries = 8000, generation = GenerationMode.EXHAUSTIVE)
  void partsOfShortRowsEqualTheReference(
      @ForAll boolean transposed,
      @ForAll @IntRange(min = 17, max = 160) int width,
      @ForAll @IntRange(min = 2, max = 28) int kernel) {
    ConvCase.Kernel k = new ConvCase.Kernel(1, kernel, 1, transposed ? 2 : 1, 1, 1);
    int padding = transposed ? 0 : kernel - 1;
    ConvCase.Pads pads = new ConvCase.Pads(0, padding, 0, padding);
    ConvCase c = new ConvCase(transposed, 1, 1, width, 1, 1, 5, k, pads, 0, 0);
    int seed = width * 100 + kernel;
    Equivalence.Way way = new Equivalence.Way(2, kernel % 3 == 0, false, 0, width % 9, true);
    Equivalence.check(c, way, seed);
  }

  /** Padding so wide that the last task may read columns behind the row only. */
  @Property(tries = 1000)
  void partsBehindTheRowEqualTheReference(
      @ForAll boolean transposed,
      @ForAll boolean segments,
      @ForAll @IntRange(min = 60, max = 800) int width,
      @ForAll @IntRange(min = 2, max = 5) int kernel,
      @ForAll @IntRange(min = 1, max = 40) int dilation,
      @ForAll @IntRange(min = 1, max = 12) int channels,
      @ForAll long seed) {
    ConvCase.Kernel k = new ConvCase.Kernel(1, kernel, 1, 1, 1, dilation);
    int right = transposed ? 0 : (kernel - 1) * dilation + 60;
    int outputPadding = transposed ? dilation - 1 : 0;
    ConvCase.Pads pads = new ConvCase.Pads(0, 0, 0, right);
    ConvCase c = new ConvCase(transposed, 1, 1, width, 1, channels, 20, k, pads, 0, outputPadding);
    int offset = Math.floorMod(seed, 9);
    Equivalence.check(c, new Equivalence.Way(4, segments, false, 0, offset, true), seed);
  }

  /** All phases of a channel from one window, in blocks of rows. */
  @Property(tries = 2000)
  void depthwiseTransposedEqualsTheReference(
      @ForAll @IntRange(min = 2, max = 8) int stride,
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 9) int columns,
      @ForAll @IntRange(min = 1, max = 2) int dilation,
      @ForAll @IntRange(min = 0, max = 80) int borders,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 2, max = 20) int groups,
      @ForAll @IntRange(min = 1, max = 2) int multiplier,
      @ForAll long seed) {
    ConvCase.Kernel kernel =
        new ConvCase.Kernel(rows, columns, stride, 1 + (int) (seed & 7), dilation, 1);
    ConvCase.Pads pads =
        new ConvCase.Pads(borders % 3, borders / 3 % 3, borders / 9 % 3, borders / 27);
    // So that padding leaves an output.
    ConvCase c =
        new ConvCase(
            true, 2, height + 4, width + 4, groups, 1, multiplier, kernel, pads, stride / 2, 0);
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  /**
   * Column phases that are interleaved: few and many, whole vectors of pixels and parts of them.
   */
  @Property(tries = 400)
  void transposedOfAnyStrideEqualsTheReference(
      @ForAll @IntRange(min = 1, max = 2) int batch,
      @ForAll @IntRange(min = 1, max = 2) int down,
      @ForAll @IntRange(min = 2, max = 20) int across,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll @IntRange(min = 0, max = 8) int borders,
      @ForAll @IntRange(min = 1, max = 4) int height,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 5) int in,
      @ForAll @IntRange(min = 1, max = 30) int out,
      @ForAll long seed) {
    ConvCase.Kernel kernel = new ConvCase.Kernel(2, columns, down, across, 1, 1);
    // So that padding leaves an output.
    int most = (columns - 1) / 2;
    ConvCase.Pads pads =
        new ConvCase.Pads(0, Math.min(borders % 3, most), 0, Math.min(borders / 3, most));
    int outputPadding = Math.floorMod(seed, across);
    ConvCase c =
        new ConvCase(true, batch, height, width, 1, in, out, kernel, pads, 0, outputPadding);
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  /** More weights than caches hold, each used once: they are read in several streams. */
  @Property(tries = 20)
  void smallImagesOfManyChannelsEqualTheReference(
      @ForAll boolean transposed,
      @ForAll @IntRange(min = 500, max = 540) int in,
      @ForAll @IntRange(min = 228, max = 262) int out,
      @ForAll @IntRange(min = 1, max = 4) int height,
      @ForAll @IntRange(min = 1, max = 4) int width,
      @ForAll long seed) {
    ConvCase.Kernel kernel = new ConvCase.Kernel(3, 3, 1, 1, 1, 1);
    ConvCase.Pads pads = new ConvCase.Pads(1, 1, 1, 1);
    ConvCase c = new ConvCase(transposed, 1, height, width, 1, in, out, kernel, pads, 0, 0);
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  /** Each output the only one of its phase: a kernel that covers the image, or a single pixel. */
  @Property(tries = 400)
  void singlePixelsEqualTheReference(
      @ForAll boolean transposed,
      @ForAll @IntRange(min = 1, max = 5) int batch,
      @ForAll @IntRange(min = 1, max = 3) int groups,
      @ForAll @IntRange(min = 1, max = 9) int in,
      @ForAll @IntRange(min = 1, max = 300) int out,
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 18) int columns,
      @ForAll @IntRange(min = 1, max = 2) int dilation,
      @ForAll @IntRange(min = 0, max = 80) int borders,
      @ForAll long seed) {
    int reachDown = (rows - 1) * dilation + 1;
    int reachAcross = (columns - 1) * dilation + 1;
    // Padding that leaves a pixel.
    int mostDown = (reachDown - 1) / 2;
    int mostAcross = (reachAcross - 1) / 2;
    ConvCase.Pads pads =
        new ConvCase.Pads(
            Math.min(borders % 3, mostDown),
            Math.min(borders / 3 % 3, mostAcross),
            Math.min(borders / 9 % 3, mostDown),
            Math.min(borders / 27, mostAcross));
    int stride = 1 + (int) (seed & 3);
    ConvCase.Kernel kernel = new ConvCase.Kernel(rows, columns, stride, stride, dilation, dilation);
    int height = transposed ? 1 : reachDown - pads.top() - pads.bottom();
    int width = transposed ? 1 : reachAcross - pads.left() - pads.right();
    ConvCase c =
        new ConvCase(transposed, batch, height, width, groups, in, out, kernel, pads, 0, 0);
    PlanOptions options =
        groups > 1 && in == 1
            ? PlanOptions.defaults()
            : PlanOptions.defaults().withAlgorithm(Algorithm.CHANNEL_LANES);
    Equivalence.check(c, Equivalence.anyWay(seed), seed, options, Equivalence::same);
  }

  /** Output channels in lanes, where vectors allow it; else the algorithm is refused. */
  @Property(tries = 150)
  void channelLanesEqualTheReference(
      @ForAll boolean transposed,
      @ForAll @IntRange(min = 1, max = 3) int groups,
      @ForAll @IntRange(min = 2, max = 40) int in,
      @ForAll @IntRange(min = 1, max = 50) int out,
      @ForAll @IntRange(min = 1, max = 14) int height,
      @ForAll @IntRange(min = 4, max = 40) int width,
      @ForAll("kernelsOfThreeColumns") ConvCase.Kernel kernel,
      @ForAll("narrowPads") ConvCase.Pads pads,
      @ForAll long seed) {
    int reach = (kernel.height() - 1) * kernel.dh() + 1;
    ConvCase c;
    if (transposed) {
      ConvCase.Kernel turned = new ConvCase.Kernel(kernel.height(), 3, 1, 1, kernel.dh(), 1);
      // As many columns of outputs as of inputs at least.
      ConvCase.Pads more = new ConvCase.Pads(pads.top(), 1, pads.bottom(), 1);
      // A single row is another matter, as some taps reach nothing.
      int h = Math.max(Math.max(2, height), pads.top() + pads.bottom() + 2 - reach);
      c = new ConvCase(true, 2, h, width, groups, in, out, turned, more, 0, 0);
    } else {
      int h = Math.max(height, reach - pads.top() - pads.bottom());
      int w = (width - 1) * kernel.sw() + 3 - pads.left() - pads.right();
      c = new ConvCase(false, 2, h, w, groups, in, out, kernel, pads, 0, 0);
    }
    PlanOptions options = PlanOptions.defaults().withAlgorithm(Algorithm.CHANNEL_LANES);
    if (ChannelKernels.exist()) {
      Equivalence.check(c, Equivalence.anyWay(seed), seed, options, Equivalence::same);
    } else {
      assertThrows(
          IllegalArgumentException.class,
          () -> Equivalence.check(c, Equivalence.anyWay(seed), seed, options, Equivalence::same));
    }
  }

  /** Dilated: rows that are split, and neighbouring units of few pixels. */
  @Property(tries = 300)
  void dilatedChannelLanesEqualTheReference(
      @ForAll boolean transposed,
      @ForAll @IntRange(min = 1, max = 2) int groups,
      @ForAll @IntRange(min = 1, max = 24) int in,
      @ForAll @IntRange(min = 1, max = 40) int out,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll("dilatedRows") DilatedRow row,
      @ForAll("kernelsOfThreeColumns") ConvCase.Kernel rows,
      @ForAll @IntRange(min = 0, max = 4) int top,
      @ForAll long seed) {
    int sh = transposed ? 1 : rows.sh();
    ConvCase.Kernel kernel = new ConvCase.Kernel(rows.height(), 3, sh, 1, rows.dh(), row.dilation);
    int reach = (rows.height() - 1) * rows.dh() + 1;
    int h = transposed ? Math.max(2, height) + 2 * top : Math.max(height, reach - 2 * top);
    // Between no tap and all of the outer one in the padding.
    int left = row.left + (transposed ? row.dilation : 0);
    int right = row.right + (transposed ? row.dilation : 0);
    int around = transposed ? row.left + row.right : 2 * row.dilation - left - right;
    checkLanes(
        new ConvCase(
            transposed,
            2,
            h,
            row.width + around,
            groups,
            in,
            out,
            kernel,
            new ConvCase.Pads(top, left, top, right),
            0,
            0),
        seed);
  }

  /** Images of a batch in lanes, that fill no vector, parts of some or whole ones. */
  @Property(tries = 400)
  void imageLanesEqualTheReference(
      @ForAll("anyConvolutions") ConvCase some,
      @ForAll @IntRange(min = 2, max = 67) int batch,
      @ForAll long seed) {
    ConvCase c = some.withBatch(batch);
    PlanOptions options = PlanOptions.defaults().withAlgorithm(Algorithm.IMAGE_LANES);
    try {
      c.plan(new float[c.weightSize()], null, Activation.none(), options);
    } catch (IllegalArgumentException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("IMAGE_LANES"), e::getMessage);
      // Large images do not suit, nor do depthwise ones.
      Assume.that(false);
    }
    Equivalence.check(c, Equivalence.anyWay(seed), seed, options, Equivalence::same);
  }

  /** In blocks of channels, with tiles of all sizes. */
  @Property(tries = 10)
  void imageLanesOfManyChannelsEqualTheReference(
      @ForAll boolean transposed,
      @ForAll @IntRange(min = 230, max = 300) int in,
      @ForAll @IntRange(min = 25, max = 60) int out,
      @ForAll @IntRange(min = 1, max = 4) int height,
      @ForAll @IntRange(min = 1, max = 4) int width,
      @ForAll @IntRange(min = 14, max = 33) int batch,
      @ForAll long seed) {
    ConvCase.Kernel kernel = new ConvCase.Kernel(3, 3, 1, 1, 1, 1);
    ConvCase.Pads pads = new ConvCase.Pads(1, 1, 1, 1);
    ConvCase c = new ConvCase(transposed, batch, height, width, 1, in, out, kernel, pads, 0, 0);
    PlanOptions options = PlanOptions.defaults().withAlgorithm(Algorithm.IMAGE_LANES);
    Equivalence.check(c, Equivalence.anyWay(seed), seed, options, Equivalence::same);
  }

  /** The model chooses it for small images of large batches; a single one is refused. */
  @Test
  void imageLanesAreForBatches() {
    ConvCase batch = ConvCase.square(false, 64, 32, 32, 3, 3, 1, 1);
    ConvPlan plan =
        batch.plan(new float[batch.weightSize()], null, Activation.none(), PlanOptions.defaults());
    assertEquals(Algorithm.IMAGE_LANES, plan.explain().algorithm());
    // 49 of 81 taps are inside, and a few rows of the tiles have no channel.
    assertTrue(plan.explain().usefulShare() > 1.4, () -> plan.explain().toString());
    ConvCase one = batch.withBatch(1);
    PlanOptions options = PlanOptions.defaults().withAlgorithm(Algorithm.IMAGE_LANES);
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> one.plan(new float[one.weightSize()], null, Activation.none(), options));
    assertTrue(String.valueOf(e.getMessage()).contains("IMAGE_LANES"), e::getMessage);
  }

  @Provide
  Arbitrary<ConvCase> anyConvolutions() {
    return Arbitraries.oneOf(ConvCase.any(false), ConvCase.any(true));
  }

  /** The image is one band, of which L2 holds some channels only. */
  @Property(tries = 6)
  void dilatedChannelLanesOfManyChannelsEqualTheReference(
      @ForAll boolean transposed,
      @ForAll @IntRange(min = 700, max = 800) int in,
      @ForAll @IntRange(min = 1, max = 50) int out,
      @ForAll @IntRange(min = 21, max = 25) int size,
      @ForAll @IntRange(min = 6, max = 7) int dilation,
      @ForAll long seed) {
    ConvCase.Kernel kernel = new ConvCase.Kernel(3, 3, 1, 1, dilation, dilation);
    ConvCase.Pads pads = new ConvCase.Pads(dilation, dilation, dilation, dilation);
    checkLanes(
        new ConvCase(transposed, 1, size, 3 * dilation, 1, in, out, kernel, pads, 0, 0), seed);
  }

  private static void checkLanes(ConvCase c, long seed) {
    PlanOptions options = PlanOptions.defaults().withAlgorithm(Algorithm.CHANNEL_LANES);
    try {
      ConvPlan plan = c.plan(new float[c.weightSize()], null, Activation.none(), options);
      assertEquals(Algorithm.CHANNEL_LANES, plan.explain().algorithm());
      // A single output has a way of its own, with vectors of any size.
      assertTrue(ChannelKernels.exist() || plan.outHeight() * plan.outWidth() == 1);
    } catch (IllegalArgumentException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("CHANNEL_LANES"), e::getMessage);
      // Jqwik fails where too many do not suit.
      Assume.that(!ChannelKernels.exist());
      return;
    }
    Equivalence.check(c, Equivalence.anyWay(seed), seed, options, Equivalence::same);
  }

  /**
   * A row of outputs.
   *
   * @param width outputs
   * @param left padding, up to a dilation
   */
  record DilatedRow(int dilation, int width, int left, int right) {}

  @Provide
  Arbitrary<DilatedRow> dilatedRows() {
    Arbitrary<Integer> dilations = Arbitraries.integers().between(2, 13);
    Arbitrary<Integer> pixels = Arbitraries.integers().between(0, 16);
    Arbitrary<Integer> any = Arbitraries.integers().between(0, 12);
    // Mostly none or "same", which leave more units alike.
    Arbitrary<Integer> pads =
        Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(0, 13)), Tuple.of(1, any));
    return Combinators.combine(dilations, pixels, any, pads, pads)
        .as(
            (d, p, extra, left, right) ->
                new DilatedRow(
                    d,
                    Math.min(p, 60 / d) * d + 1 + extra % d,
                    Math.min(left, d),
                    Math.min(right, d)));
  }

  @Provide
  Arbitrary<ConvCase.Kernel> kernelsOfThreeColumns() {
    Arbitrary<Integer> some = Arbitraries.integers().between(1, 4);
    return Combinators.combine(some, some, Arbitraries.integers().between(1, 2), some)
        .as((height, sh, sw, dh) -> new ConvCase.Kernel(height, 3, sh, sw, dh, 1));
  }

  @Provide
  Arbitrary<ConvCase.Pads> narrowPads() {
    Arbitrary<Integer> any = Arbitraries.integers().between(0, 4);
    Arbitrary<Integer> narrow = Arbitraries.integers().between(0, 1);
    return Combinators.combine(any, narrow, any, narrow).as(ConvCase.Pads::new);
  }

  /** Most taps lie in the padding, and the reduction is longer than a cache holds. */
  @Property(tries = 10)
  void wideDilationOfManyChannelsEqualsTheReference(
      @ForAll @IntRange(min = 1, max = 2) int batch,
      @ForAll @IntRange(min = 1100, max = 1200) int in,
      @ForAll @IntRange(min = 1, max = 14) int out,
      @ForAll @IntRange(min = 19, max = 25) int size,
      @ForAll @IntRange(min = 7, max = 10) int dilation,
      @ForAll long seed) {
    ConvCase.Kernel kernel = new ConvCase.Kernel(3, 3, 1, 1, dilation, dilation);
    ConvCase.Pads pads = new ConvCase.Pads(dilation, dilation, dilation, dilation);
    ConvCase c = new ConvCase(false, batch, size, size + 1, 1, in, out, kernel, pads, 0, 0);
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  @Provide
  Arbitrary<ConvCase> convolutions() {
    return ConvCase.any(false);
  }

  @Provide
  Arbitrary<ConvCase> transposedConvolutions() {
    return ConvCase.any(true);
  }
}
