package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Winograd's algorithm holds the error bound of {@link Numerics#FAST}, and is used only there. */
class FastNumericsTest {
  private static final double U = 0x1p-24;
  private static final double[][] B2 = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
  private static final double[][] G2 = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
  private static final double[][] A2 = {{1, 1, 1, 0}, {0, 1, -1, -1}};
  private static final double[][] B4 = {
    {4, 0, -5, 0, 1, 0},
    {0, -4, -4, 1, 1, 0},
    {0, 4, -4, -1, 1, 0},
    {0, -2, -1, 2, 1, 0},
    {0, 2, -1, -2, 1, 0},
    {0, 4, 0, -5, 0, 1}
  };
  private static final double[][] G4 = {
    {1 / 4.0, 0, 0},
    {-1 / 6.0, -1 / 6.0, -1 / 6.0},
    {-1 / 6.0, 1 / 6.0, -1 / 6.0},
    {1 / 24.0, 1 / 12.0, 1 / 6.0},
    {1 / 24.0, -1 / 12.0, 1 / 6.0},
    {0, 0, 1}
  };
  private static final double[][] A4 = {
    {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}
  };

  @Property(tries = 600)
  void winogradHoldsItsBound(
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 2) int groups,
      @ForAll @IntRange(min = 2, max = 20) int in,
      @ForAll @IntRange(min = 1, max = 40) int out,
      @ForAll boolean large,
      @ForAll long seed) {
    Random r = new Random(seed);
    ConvCase c =
        new ConvCase(
            false,
            batch,
            height + 2,
            width + 2,
            groups,
            in,
            out,
            new ConvCase.Kernel(3, 3, 1, 1, 1, 1),
            new ConvCase.Pads(r.nextInt(8), r.nextInt(8), r.nextInt(8), r.nextInt(8)),
            0,
            0);
    int m = large ? 4 : 2;
    PlanOptions options =
        PlanOptions.defaults()
            .withNumerics(Numerics.FAST)
            .withAlgorithm(large ? Algorithm.WINOGRAD_4X4 : Algorithm.WINOGRAD_2X2);
    double[] bound = bound(c, m, seed);
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

  /** (C + 24) u E of every output, and what the reference's own chain may be off by. */
  private static double[] bound(ConvCase c, int m, long seed) {
    float[] x = ConvCase.reals(c.inputSize(), seed);
    float[] w = ConvCase.reals(c.weightSize(), seed + 1);
    double[][] bt = m == 2 ? B2 : B4;
    double[][] g = m == 2 ? G2 : G4;
    double[][] at = m == 2 ? A2 : A4;
    int n = m + 2;
    int outHeight = c.inHeight() + c.pads().top() + c.pads().bottom() - 2;
    int outWidth = c.inWidth() + c.pads().left() + c.pads().right() - 2;
    double[] bound = new double[c.batch() * c.outChannels() * outHeight * outWidth];
    double[][][] u = new double[c.outChannels() * c.groupIn()][][];
    for (int i = 0; i < u.length; i++) {
      double[][] k = new double[3][3];
      for (int t = 0; t < 9; t++) {
        k[t / 3][t % 3] = w[i * 9 + t];
      }
      u[i] = sandwich(g, k);
    }
    for (int image = 0; image < c.batch(); image++) {
      for (int ty = 0; ty < outHeight; ty += m) {
        for (int tx = 0; tx < outWidth; tx += m) {
          double[][][] v = new double[c.inChannels()][][];
          double[][][] tile = new double[c.inChannels()][][];
          for (int ic = 0; ic < v.length; ic++) {
            double[][] d = new double[n][n];
            for (int i = 0; i < n; i++) {
              for (int j = 0; j < n; j++) {
                int ih = ty + i - c.pads().top();
                int iw = tx + j - c.pads().left();
                if (ih >= 0 && ih < c.inHeight() && iw >= 0 && iw < c.inWidth()) {
                  int plane = image * c.inChannels() + ic;
                  d[i][j] = x[(plane * c.inHeight() + ih) * c.inWidth() + iw];
                }
              }
            }
            tile[ic] = d;
            v[ic] = sandwich(bt, d);
          }
          for (int oc = 0; oc < c.outChannels(); oc++) {
            double[][] sum = new double[n][n];
            for (int ic = 0; ic < c.groupIn(); ic++) {
              double[][] a = u[oc * c.groupIn() + ic];
              double[][] b = v[oc / c.groupOut() * c.groupIn() + ic];
              for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                  sum[i][j] += a[i][j] * b[i][j];
                }
              }
            }
            double[][] e = sandwich(at, sum);
            for (int i = 0; i < m && ty + i < outHeight; i++) {
              for (int j = 0; j < m && tx + j < outWidth; j++) {
                int plane = image * c.outChannels() + oc;
                int to = (plane * outHeight + ty + i) * outWidth + tx + j;
                double direct = 0;
                for (int k = 0; k < 9 * c.groupIn(); k++) {
                  double[][] d = tile[oc / c.groupOut() * c.groupIn() + k / 9];
                  direct += Math.abs(w[oc * 9 * c.groupIn() + k] * d[i + k % 9 / 3][j + k % 3]);
                }
                bound[to] = (c.groupIn() + 24) * U * e[i][j] + 9 * c.groupIn() * U * direct;
              }
            }
          }
        }
      }
    }
    return bound;
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
