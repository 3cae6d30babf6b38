package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simdconv.internal.simd.Species;

/** Winograd's algorithm holds the error bound of {@link Numerics#FAST}, and is used only there. */
class FastNumericsTest {
  private static final double U = 0x1p-24;
  private static final double[][] B4 = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
  private static final double[][] B6 = {
    {4, 0, -5, 0, 1, 0},
    {0, -4, -4, 1, 1, 0},
    {0, 4, -4, -1, 1, 0},
    {0, -2, -1, 2, 1, 0},
    {0, 2, -1, -2, 1, 0},
    {0, 4, 0, -5, 0, 1}
  };

  /** F(m, r): Bt, G and At. */
  private static final class Transforms {
    final int m;
    final int r;
    final double[][] bt;
    final double[][] g;
    final double[][] at;

    Transforms(int m, int r, double[][] bt, double[][] g, double[][] at) {
      this.m = m;
      this.r = r;
      this.bt = bt;
      this.g = g;
      this.at = at;
    }

    int n() {
      return m + r - 1;
    }

    Algorithm algorithm() {
      return Algorithm.valueOf("WINOGRAD_" + m + "X" + m);
    }
  }

  private static final Transforms F23 =
      new Transforms(
          2,
          3,
          B4,
          new double[][] {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}},
          new double[][] {{1, 1, 1, 0}, {0, 1, -1, -1}});
  private static final Transforms F43 =
      new Transforms(
          4,
          3,
          B6,
          new double[][] {
            {1 / 4.0, 0, 0},
            {-1 / 6.0, -1 / 6.0, -1 / 6.0},
            {-1 / 6.0, 1 / 6.0, -1 / 6.0},
            {1 / 24.0, 1 / 12.0, 1 / 6.0},
            {1 / 24.0, -1 / 12.0, 1 / 6.0},
            {0, 0, 1}
          },
          new double[][] {
            {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}
          });
  private static final Transforms F32 =
      new Transforms(
          3,
          2,
          B4,
          new double[][] {{1, 0}, {0.5, 0.5}, {0.5, -0.5}, {0, 1}},
          new double[][] {{1, 1, 1, 0}, {0, 1, -1, 0}, {0, 1, 1, -1}});
  private static final Transforms F22 =
      new Transforms(
          2,
          2,
          new double[][] {{1, -1, 0}, {0, 1, 0}, {0, 1, -1}},
          new double[][] {{1, 0}, {1, 1}, {0, 1}},
          new double[][] {{1, 1, 0}, {0, 1, -1}});
  private static final Transforms F42 =
      new Transforms(
          4,
          2,
          new double[][] {
            {2, -1, -2, 1, 0},
            {0, -2, -1, 1, 0},
            {0, 2, -3, 1, 0},
            {0, -1, 0, 1, 0},
            {0, 2, -1, -2, 1}
          },
          new double[][] {
            {1 / 2.0, 0}, {-1 / 2.0, -1 / 2.0}, {-1 / 6.0, 1 / 6.0}, {1 / 6.0, 1 / 3.0}, {0, 1}
          },
          new double[][] {{1, 1, 1, 1, 0}, {0, 1, -1, 2, 0}, {0, 1, 1, 4, 0}, {0, 1, -1, 8, 1}});
  private static final List<Transforms> TRANSFORMS = List.of(F23, F43, F22, F32, F42);

  @Property(tries = 300)
  void winogradHoldsItsBound(
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 2) int groups,
      @ForAll @IntRange(min = 2, max = 20) int in,
      @ForAll @IntRange(min = 1, max = 40) int out,
      @ForAll @IntRange(min = 0, max = 4) int transforms,
      @ForAll long seed) {
    Random r = new Random(seed);
    Transforms t = TRANSFORMS.get(transforms);
    check(
        new ConvCase(
            false,
            batch,
            height + 2,
            width + 2,
            groups,
            in,
            out,
            new ConvCase.Kernel(t.r, t.r, 1, 1, 1, 1),
            new ConvCase.Pads(r.nextInt(8), r.nextInt(8), r.nextInt(8), r.nextInt(8)),
            0,
            0),
        t,
        seed);
  }

  /** A transposed convolution of kernel r s and stride s, the strides of the axes different. */
  @Property(tries = 300)
  void winogradOfThePhasesHoldsItsBound(
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll @IntRange(min = 2, max = 20) int height,
      @ForAll @IntRange(min = 2, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 3) int strideHeight,
      @ForAll @IntRange(min = 1, max = 3) int strideWidth,
      @ForAll @IntRange(min = 2, max = 20) int in,
      @ForAll @IntRange(min = 1, max = 40) int out,
      @ForAll @IntRange(min = 0, max = 4) int transforms,
      @ForAll long seed) {
    Random r = new Random(seed);
    Transforms t = TRANSFORMS.get(transforms);
    int kh = t.r * strideHeight;
    int kw = t.r * strideWidth;
    // Each phase must have an output, and there must be some.
    int mostHeight = (height - 1) * strideHeight + kh - strideHeight;
    int mostWidth = (width - 1) * strideWidth + kw - strideWidth;
    int top = r.nextInt(Math.min(kh + 2, mostHeight + 1));
    int left = r.nextInt(Math.min(kw + 2, mostWidth + 1));
    check(
        new ConvCase(
            true,
            batch,
            height,
            width,
            1 + r.nextInt(2),
            in,
            out,
            new ConvCase.Kernel(kh, kw, strideHeight, strideWidth, 1, 1),
            new ConvCase.Pads(
                top,
                left,
                r.nextInt(Math.min(kh + 2, mostHeight - top + 1)),
                r.nextInt(Math.min(kw + 2, mostWidth - left + 1))),
            r.nextInt(strideHeight),
            r.nextInt(strideWidth)),
        t,
        seed);
  }

  /** A row of tiles that fills some vectors and has one more, whose products go another way. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void winogradHoldsItsBoundForASingleTileMore(int vectors) {
    for (Transforms t : TRANSFORMS) {
      // The last in several ranges of channels where L2 is small, as at 256 bits.
      for (int out : new int[] {25, 26, 120}) {
        int height = t.m + t.r - 1;
        int width = (vectors * Species.LANES + 1) * t.m + t.r - 1;
        ConvCase.Kernel kernel = new ConvCase.Kernel(t.r, t.r, 1, 1, 1, 1);
        ConvCase.Pads none = new ConvCase.Pads(0, 0, 0, 0);
        ConvCase c = new ConvCase(false, 1, height, width, 1, 20, out, kernel, none, 0, 0);
        LongStream.range(0, 100)
            .filter(seed -> Equivalence.anyWay(seed).threads() == 1)
            .limit(2)
            .forEach(seed -> check(c, t, seed));
      }
    }
  }

  /** More input channels and tiles than go into a block, of several images; channels left over. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void winogradHoldsItsBoundInSeveralBlocks(boolean transposed) {
    for (Transforms t : TRANSFORMS) {
      int stride = transposed ? 2 : 1;
      ConvCase.Kernel kernel =
          new ConvCase.Kernel(t.r * stride, t.r * stride, stride, stride, 1, 1);
      ConvCase.Pads pads = new ConvCase.Pads(1, 1, 1, 1);
      ConvCase channels = new ConvCase(transposed, 2, 5, 6, 1, 130, 60, kernel, pads, 0, 0);
      check(channels, t, 1);
      check(channels, t, 2);
      int side = 7 * t.m;
      ConvCase tiles = new ConvCase(transposed, 7, side, side, 2, 16, 64, kernel, pads, 0, 0);
      check(tiles, t, 3);
      check(tiles, t, 4);
    }
  }

  @Test
  void weightsAreTransformedInTheRunWhereOutputChannelsFillLanes() {
    PlanOptions fast = PlanOptions.defaults().withThreads(1).withNumerics(Numerics.FAST);
    float[] weights = new float[128 * 128 * 9];
    Conv2d conv = Conv2d.of(128, 128).kernel(3, 3).padding(1);
    PlanExplanation plan = conv.plan(1, 28, 28, weights, null, fast).explain();
    assertEquals(Algorithm.WINOGRAD_4X4, plan.algorithm());
    boolean taps = Species.LANES == 16 && Species.MANY_REGISTERS;
    assertEquals(taps, plan.packedWeightFloats() == weights.length, plan::toString);
  }

  private static void check(ConvCase c, Transforms t, long seed) {
    PlanOptions options =
        PlanOptions.defaults().withNumerics(Numerics.FAST).withAlgorithm(t.algorithm());
    double[] bound = bound(c, t, seed);
    Equivalence.check(
        c,
        Equivalence.anyWay(seed),
        seed,
        options,
        (expected, actual, what) -> {
          assertEquals(expected.length, actual.length);
          StringBuilder wrong = new StringBuilder();
          for (int i = 0; i < expected.length; i++) {
            // Bias, residual and activation round a value of some units each.
            double most = bound[i] + 8 * U * (Math.abs(expected[i]) + 8);
            double error = Math.abs((double) expected[i] - actual[i]);
            if (!(error <= most)) {
              wrong.append(" at ").append(i).append(" off by ").append(error);
            }
          }
          assertTrue(wrong.isEmpty(), what + wrong);
        });
  }

  /**
   * (C + 24) u E of every output, and what the reference's own chain may be off by: phase after
   * phase, each a convolution with r x r of the taps.
   */
  private static double[] bound(ConvCase c, Transforms t, long seed) {
    float[] x = ConvCase.reals(c.inputSize(), seed);
    float[] w = ConvCase.reals(c.weightSize(), seed + 1);
    ConvCase.Kernel kernel = c.kernel();
    int sh = c.transposed() ? kernel.sh() : 1;
    int sw = c.transposed() ? kernel.sw() : 1;
    boolean transposed = c.transposed();
    int outHeight = transposed ? c.transposeShape().outHeight() : c.shape().outHeight();
    int outWidth = transposed ? c.transposeShape().outWidth() : c.shape().outWidth();
    double[] bound = new double[c.batch() * c.outChannels() * outHeight * outWidth];
    for (int a = 0; a < sh; a++) {
      for (int b = 0; b < sw; b++) {
        int[] rows = taps(c.transposed(), kernel.height(), sh, c.pads().top(), a);
        int[] columns = taps(c.transposed(), kernel.width(), sw, c.pads().left(), b);
        double[][][] k = new double[c.outChannels() * c.groupIn()][t.r][t.r];
        for (int i = 0; i < k.length; i++) {
          int oc = i / c.groupIn();
          int ic = i % c.groupIn();
          int group = oc / c.groupOut();
          int plane =
              c.transposed() ? (group * c.groupIn() + ic) * c.groupOut() + oc % c.groupOut() : i;
          for (int kh = 0; kh < t.r; kh++) {
            for (int kw = 0; kw < t.r; kw++) {
              int at = (plane * kernel.height() + rows[kh]) * kernel.width() + columns[kw];
              k[i][kh][kw] = w[at];
            }
          }
        }
        int top = first(c.transposed(), rows[0], sh, c.pads().top());
        int left = first(c.transposed(), columns[0], sw, c.pads().left());
        boundOfPhase(c, t, x, k, top, left, a, b, sh, sw, outHeight, outWidth, bound);
      }
    }
    return bound;
  }

  /** The taps that reach outputs a, a + s, .., in the order of the inputs that they read. */
  private static int[] taps(boolean transposed, int kernel, int s, int pad, int a) {
    if (!transposed) {
      return IntStream.range(0, kernel).toArray();
    }
    // o = i s + t - p: of a given output, a later tap reads an earlier input.
    return IntStream.range(0, kernel)
        .map(t -> kernel - 1 - t)
        .filter(t -> Math.floorMod(t - pad - a, s) == 0)
        .toArray();
  }

  /** The input that a tap reads for the first output of its phase. */
  private static int first(boolean transposed, int tap, int s, int pad) {
    int shift = tap - pad;
    return transposed ? (Math.floorMod(shift, s) - shift) / s : -pad;
  }

  private static void boundOfPhase(
      ConvCase c,
      Transforms t,
      float[] x,
      double[][][] k,
      int top,
      int left,
      int a,
      int b,
      int sh,
      int sw,
      int outHeight,
      int outWidth,
      double[] bound) {
    int n = t.n();
    int gridHeight = (outHeight - a + sh - 1) / sh;
    int gridWidth = (outWidth - b + sw - 1) / sw;
    double[][][] u = new double[k.length][][];
    for (int i = 0; i < u.length; i++) {
      u[i] = sandwich(t.g, k[i]);
    }
    for (int image = 0; image < c.batch(); image++) {
      for (int ty = 0; ty < gridHeight; ty += t.m) {
        for (int tx = 0; tx < gridWidth; tx += t.m) {
          double[][][] v = new double[c.inChannels()][][];
          double[][][] tile = new double[c.inChannels()][n][n];
          for (int ic = 0; ic < v.length; ic++) {
            for (int i = 0; i < n * n; i++) {
              int ih = ty + i / n + top;
              int iw = tx + i % n + left;
              if (ih >= 0 && ih < c.inHeight() && iw >= 0 && iw < c.inWidth()) {
                int plane = image * c.inChannels() + ic;
                tile[ic][i / n][i % n] = x[(plane * c.inHeight() + ih) * c.inWidth() + iw];
              }
            }
            v[ic] = sandwich(t.bt, tile[ic]);
          }
          for (int oc = 0; oc < c.outChannels(); oc++) {
            double[][] sum = new double[n][n];
            for (int ic = 0; ic < c.groupIn(); ic++) {
              double[][] weight = u[oc * c.groupIn() + ic];
              double[][] input = v[oc / c.groupOut() * c.groupIn() + ic];
              for (int i = 0; i < n * n; i++) {
                sum[i / n][i % n] += weight[i / n][i % n] * input[i / n][i % n];
              }
            }
            double[][] e = sandwich(t.at, sum);
            for (int i = 0; i < t.m && ty + i < gridHeight; i++) {
              for (int j = 0; j < t.m && tx + j < gridWidth; j++) {
                int plane = image * c.outChannels() + oc;
                int oh = (ty + i) * sh + a;
                int to = (plane * outHeight + oh) * outWidth + (tx + j) * sw + b;
                double direct = 0;
                for (int q = 0; q < t.r * t.r * c.groupIn(); q++) {
                  int ic = q / (t.r * t.r);
                  int kh = q / t.r % t.r;
                  int kw = q % t.r;
                  double[][] d = tile[oc / c.groupOut() * c.groupIn() + ic];
                  direct += Math.abs(k[oc * c.groupIn() + ic][kh][kw] * d[i + kh][j + kw]);
                }
                int terms = t.r * t.r * c.groupIn();
                bound[to] = (c.groupIn() + 24) * U * e[i][j] + terms * U * direct;
              }
            }
          }
        }
      }
    }
  }

  /** |T| |X| |T| transposed. */
  private static double[][] sandwich(double[][] t, double[][] x) {
    double[][] half = new double[t.length][x[0].length];
    for (int i = 0; i < t.length; i++) {
      for (int j = 0; j < x[0].length; j++) {
        for (int k = 0; k < x.length; k++) {
          half[i][j] += Math.abs(t[i][k]) * Math.abs(x[k][j]);
        }
      }
    }
    double[][] result = new double[t.length][t.length];
    for (int i = 0; i < t.length; i++) {
      for (int j = 0; j < t.length; j++) {
        for (int k = 0; k < x[0].length; k++) {
          result[i][j] += half[i][k] * Math.abs(t[j][k]);
        }
      }
    }
    return result;
  }

  @Test
  void winogradIsRefusedWhereItDoesNotSuit() {
    PlanOptions fast = PlanOptions.defaults().withNumerics(Numerics.FAST);
    PlanOptions winograd = fast.withAlgorithm(Algorithm.WINOGRAD_4X4);
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PlanOptions.defaults().withAlgorithm(Algorithm.WINOGRAD_2X2));
    assertTrue(String.valueOf(e.getMessage()).contains("WINOGRAD_2X2"), e.toString());
    assertThrows(
        IllegalArgumentException.class, () -> winograd.withNumerics(Numerics.REPRODUCIBLE));
    e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Conv2d.of(4, 4).kernel(5, 5).plan(1, 9, 9, new float[400], null, winograd));
    assertTrue(String.valueOf(e.getMessage()).contains("DIRECT"), e.toString());
  }

  @Test
  void theModelChoosesWinogradForManyChannelsOnly() {
    PlanOptions fast = PlanOptions.defaults().withThreads(1).withNumerics(Numerics.FAST);
    Conv2d large = Conv2d.of(128, 128).kernel(3, 3).padding(Padding.of(1));
    ConvPlan plan = large.plan(1, 28, 28, new float[128 * 128 * 9], null, fast);
    assertTrue(plan.explain().algorithm().name().startsWith("WINOGRAD"), plan.explain()::toString);
    assertTrue(plan.explain().reason().contains("DIRECT"), plan.explain().reason());
    Conv2d small = Conv2d.of(3, 8).kernel(3, 3);
    plan = small.plan(1, 9, 9, new float[8 * 27], null, fast);
    assertEquals(Algorithm.DIRECT, plan.explain().algorithm());
  }

  @Test
  void measuringChoosesOnceForAShape() {
    PlanOptions measured =
        PlanOptions.defaults().withThreads(1).withNumerics(Numerics.FAST).withMeasuring(true);
    Conv2d conv = Conv2d.of(16, 16).kernel(3, 3).padding(Padding.of(1));
    ConvPlan first = conv.plan(1, 20, 20, new float[16 * 16 * 9], null, measured);
    assertTrue(first.explain().reason().startsWith("measured: DIRECT"), first.explain().reason());
    ConvPlan second = conv.plan(1, 20, 20, new float[16 * 16 * 9], null, measured);
    assertEquals(first.explain().algorithm(), second.explain().algorithm());
    assertNotNull(second.explain().reason());
    assertTrue(second.explain().reason().contains("before"), second.explain().reason());
  }
}
