package org.simdconv.internal.pack;

import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.WinogradLanesPlan;
import org.simdconv.internal.plan.WinogradPlan;
import org.simdconv.internal.plan.WinogradTiles;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.StreamedKernels;
import org.simdconv.internal.simd.TileTable;
import org.simdconv.internal.simd.WinogradKernels;

/**
 * The weights of Winograd's algorithm, once a plan. For tiles in lanes they are transformed, {@code
 * U = G w Gt}, computed in double and rounded once:
 *
 * <pre>
 * packed[phase][group][point][tile of MR output channels][input channel][MR weights, offset of the channel in V]
 * </pre>
 *
 * or, streamed, a point's rows in the order of {@link StreamedKernels}. The rows of G are the
 * powers {@code p^0 .. p^(r-1)} of a point, over a constant of the point; that of infinity is the
 * unit of the last power.
 */
public final class WinogradWeights {
  private static final int[] POINTS = {0, 1, -1, 2, -2};
  private static final double[] OVER_3 = {1, 1};
  private static final double[] OVER_4 = {1, 2, 2};
  private static final double[] OVER_5 = {2, -2, -6, 6};
  private static final double[] OVER_6 = {4, -6, -6, 24, 24};

  private WinogradWeights() {}

  /** Transforms and packs; the caller's array is not kept. */
  public static float[] pack(WinogradPlan plan, float[] weights) {
    WinogradTiles tiles = plan.tiles;
    float[] packed = new float[plan.packedFloats()];
    int floats = plan.packedFloats() / (tiles.rowPhases * tiles.columnPhases);
    for (int a = 0; a < tiles.rowPhases; a++) {
      for (int b = 0; b < tiles.columnPhases; b++) {
        pack(plan, a, b, weights, packed, (a * tiles.columnPhases + b) * floats);
      }
    }
    return packed;
  }

  private static void pack(
      WinogradPlan plan, int a, int b, float[] weights, float[] packed, int base) {
    WinogradTiles tiles = plan.tiles;
    ConvGeometry g = tiles.geometry;
    int r = tiles.r;
    double[][] transform = transform(tiles.points, r);
    int[] rows = taps(g.rows(), a, tiles.firstRow[a], r);
    int[] columns = taps(g.columns(), b, tiles.firstColumn[b], r);
    int points = tiles.points;
    double[] half = new double[points * r];
    for (int group = 0; group < g.groups(); group++) {
      for (int t = 0; t < plan.tileRows.length; t++) {
        int mr = plan.tileRows[t];
        int first = plan.tileStart[t];
        int pointAt = base + group * points * points * plan.pointWeights;
        for (int c = 0; c < g.groupIn(); c++) {
          int rowAt = TileTable.rowAt(plan.tileStart, plan.streamed, t, c, g.groupIn());
          for (int row = 0; row <= mr; row++) {
            int to = pointAt + rowAt + row;
            if (row == mr) {
              for (int p = 0; p < points * points; p++) {
                packed[to + p * plan.pointWeights] = MicroKernels.offset(c * tiles.nr);
              }
            } else if (first + row < g.groupOut()) {
              for (int i = 0; i < points; i++) {
                for (int kw = 0; kw < r; kw++) {
                  double sum = 0;
                  for (int kh = 0; kh < r; kh++) {
                    int at = g.weightIndex(group, first + row, c, rows[kh], columns[kw]);
                    sum += transform[i][kh] * weights[at];
                  }
                  half[i * r + kw] = sum;
                }
              }
              for (int i = 0; i < points; i++) {
                for (int j = 0; j < points; j++) {
                  double sum = 0;
                  for (int kw = 0; kw < r; kw++) {
                    sum += transform[j][kw] * half[i * r + kw];
                  }
                  packed[to + (i * points + j) * plan.pointWeights] = (float) sum;
                }
              }
            }
          }
        }
      }
    }
  }

  /**
   * Packs the weights that {@link org.simdconv.internal.simd.WinogradKernels} transforms while it
   * runs, scaled as it asks; the caller's array is not kept.
   *
   * <pre>
   * packed[vertical phase][group][tile of V * LANES output channels][horizontal phase][block of input channels]
   *     [vector of output channels][input channel][tap][LANES output channels]
   * </pre>
   */
  public static float[] pack(WinogradLanesPlan plan, float[] weights) {
    float[] packed = new float[plan.packedFloats()];
    WinogradTiles tiles = plan.tiles;
    for (int a = 0; a < tiles.rowPhases; a++) {
      for (int b = 0; b < tiles.columnPhases; b++) {
        for (int group = 0; group < tiles.geometry.groups(); group++) {
          for (int t = 0; t < plan.channelTiles; t++) {
            pack(plan, a, b, group, t, weights, packed);
          }
        }
      }
    }
    return packed;
  }

  private static void pack(
      WinogradLanesPlan plan, int a, int b, int group, int tile, float[] weights, float[] packed) {
    WinogradTiles tiles = plan.tiles;
    ConvGeometry g = tiles.geometry;
    int r = tiles.r;
    int[] rows = taps(g.rows(), a, tiles.firstRow[a], r);
    int[] columns = taps(g.columns(), b, tiles.firstColumn[b], r);
    int at = plan.weightsAt(group, tile, a, b);
    int begin = tile * plan.tileChannels;
    int end = Math.min(g.groupOut(), begin + plan.tileChannels);
    for (int block = 0; block < plan.blocks; block++) {
      int from = block * plan.blockChannels;
      int channels = plan.channels(block);
      for (int v = 0; v < WinogradKernels.VECTORS; v++) {
        int first = begin + v * Species.LANES;
        for (int c = 0; c < channels; c++) {
          int row = plan.sumsTaps ? c * WinogradKernels.VECTORS + v : v * channels + c;
          for (int tap = 0; tap < r * r; tap++) {
            int i = tap / r;
            int j = tap - i * r;
            int to = at + (row * r * r + tap) * Species.LANES;
            double scale =
                WinogradKernels.scale(tiles.points, i) * WinogradKernels.scale(tiles.points, j);
            for (int oc = first; oc < Math.min(end, first + Species.LANES); oc++) {
              float w = weights[g.weightIndex(group, oc, from + c, rows[i], columns[j])];
              packed[to + oc - first] = (float) (scale * w);
            }
          }
        }
      }
      at += channels * plan.channelWeights;
    }
  }

  /** The taps of a phase by where they start: those of a transposed convolution run backwards. */
  private static int[] taps(Axis axis, int phase, int first, int r) {
    int[] taps = new int[r];
    for (int t = 0; t < axis.taps; t++) {
      if (axis.phase[t] == phase) {
        taps[axis.start[t] - first] = t;
      }
    }
    return taps;
  }

  /** G of F(points - r + 1, r). */
  static double[][] transform(int points, int r) {
    double[] over =
        switch (points) {
          case 3 -> OVER_3;
          case 4 -> OVER_4;
          case 5 -> OVER_5;
          default -> OVER_6;
        };
    double[][] transform = new double[points][r];
    for (int i = 0; i < points - 1; i++) {
      for (int k = 0; k < r; k++) {
        transform[i][k] = Math.pow(POINTS[i], k) / over[i];
      }
    }
    transform[points - 1][r - 1] = 1;
    return transform;
  }
}
