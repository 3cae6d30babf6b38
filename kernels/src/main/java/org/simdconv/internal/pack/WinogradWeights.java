package org.simdconv.internal.pack;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.WinogradPlan;
import org.simdconv.internal.simd.MicroKernels;

/**
 * The transformed weights {@code U = G w Gt} of Winograd's algorithm, once a plan, computed in
 * double and rounded once:
 *
 * <pre>
 * packed[group][point][tile of MR output channels][input channel][MR weights, offset of the channel in V]
 * </pre>
 */
public final class WinogradWeights {
  private static final double[][] G2 = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
  private static final double[][] G4 = {
    {1 / 4.0, 0, 0},
    {-1 / 6.0, -1 / 6.0, -1 / 6.0},
    {-1 / 6.0, 1 / 6.0, -1 / 6.0},
    {1 / 24.0, 1 / 12.0, 1 / 6.0},
    {1 / 24.0, -1 / 12.0, 1 / 6.0},
    {0, 0, 1}
  };

  private WinogradWeights() {}

  /** Transforms and packs; the caller's array is not kept. */
  public static float[] pack(WinogradPlan plan, float[] weights) {
    ConvGeometry g = plan.geometry;
    double[][] transform = plan.m == 2 ? G2 : G4;
    int points = plan.points;
    float[] packed = new float[plan.packedFloats()];
    double[] half = new double[points * 3];
    for (int group = 0; group < g.groups(); group++) {
      for (int t = 0; t < plan.tileRows.length; t++) {
        int mr = plan.tileRows[t];
        int first = plan.tileStart[t];
        int tileAt = (first + t) * g.groupIn();
        for (int c = 0; c < g.groupIn(); c++) {
          for (int row = 0; row <= mr; row++) {
            int to = group * points * points * plan.pointWeights + tileAt + c * (mr + 1) + row;
            if (row == mr) {
              for (int p = 0; p < points * points; p++) {
                packed[to + p * plan.pointWeights] = MicroKernels.offset(c * plan.nr);
              }
            } else if (first + row < g.groupOut()) {
              for (int i = 0; i < points; i++) {
                for (int kw = 0; kw < 3; kw++) {
                  double sum = 0;
                  for (int kh = 0; kh < 3; kh++) {
                    sum += transform[i][kh] * weights[g.weightIndex(group, first + row, c, kh, kw)];
                  }
                  half[i * 3 + kw] = sum;
                }
              }
              for (int i = 0; i < points; i++) {
                for (int j = 0; j < points; j++) {
                  double sum = 0;
                  for (int kw = 0; kw < 3; kw++) {
                    sum += transform[j][kw] * half[i * 3 + kw];
                  }
                  packed[to + (i * points + j) * plan.pointWeights] = (float) sum;
                }
              }
            }
          }
        }
      }
    }
    return packed;
  }
}
