package org.simdconv.internal.pack;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.DensePlan;
import org.simdconv.internal.plan.KernelBlock;
import org.simdconv.internal.plan.TapTable;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.TileTable;

/**
 * Brings weights into the order in which the register tiles read them, once a plan:
 *
 * <pre>
 * packed[group][block][phase][tile of MR output channels][tap k][MR weights, offset of the tap]
 * </pre>
 *
 * The offset is where the tap's pixel lies in the window, as the bits of an int: see {@link
 * org.simdconv.internal.simd.MicroKernels}. Each weight stands there once, also for transposed
 * convolutions: a tap belongs to one phase. Streamed, the rows of a phase's tiles and taps stand in
 * the order of {@link org.simdconv.internal.simd.StreamedKernels}; as vectors they have no offset.
 * Rows past the last output channel are zero.
 */
public final class WeightPacker {
  private WeightPacker() {}

  /** Packs; the caller's array is not kept. */
  public static float[] pack(DensePlan plan, float[] weights) {
    ConvGeometry g = plan.geometry;
    float[] packed = new float[plan.packedFloats()];
    for (int group = 0; group < g.groups(); group++) {
      for (int i = 0; i < plan.blocks.length; i++) {
        for (int phase = 0; phase < plan.taps[i].length; phase++) {
          int base = group * plan.groupWeights + plan.weightBase[i][phase];
          pack(plan, plan.blocks[i], plan.taps[i][phase], group, weights, packed, base);
        }
      }
    }
    return packed;
  }

  private static void pack(
      DensePlan plan,
      KernelBlock block,
      TapTable table,
      int group,
      float[] weights,
      float[] packed,
      int base) {
    ConvGeometry g = plan.geometry;
    int k = 0;
    for (int c = block.channelFrom(); c < block.channelTo(); c++) {
      for (int kh : table.kernelRows) {
        for (int kw : table.kernelColumns) {
          float offset = MicroKernels.offset(table.offset(c - block.channelFrom(), kh, kw));
          for (int t = 0; t < plan.tileRows.length; t++) {
            int mr = plan.tileRows[t];
            int to = base + rowAt(plan, t, k, table.taps);
            int valid = Math.min(mr, g.groupOut() * plan.columnRows - plan.tileStart[t]);
            for (int m = 0; m < valid; m++) {
              int channel = (plan.tileStart[t] + m) / plan.columnRows;
              // The taps of phase b stand b behind those of phase 0.
              int column = kw + plan.tileStart[t] + m - channel * plan.columnRows;
              packed[to + m] = weights[g.weightIndex(group, channel, c, kh, column)];
            }
            if (plan.weights != DensePlan.Weights.VECTORS) {
              packed[to + mr] = offset;
            }
          }
          k++;
        }
      }
    }
  }

  /** Where a tap's row of weights of a tile stands among those of a phase. */
  private static int rowAt(DensePlan plan, int tile, int tap, int taps) {
    if (plan.weights == DensePlan.Weights.VECTORS) {
      return plan.packedAt(tile) * taps + tap * plan.tileRows[tile];
    }
    boolean streamed = plan.weights == DensePlan.Weights.STREAMS;
    return TileTable.rowAt(plan.tileStart, streamed, tile, tap, taps);
  }

  /**
   * Brings weights into the order of register tiles that have their taps in the order of the
   * definition:
   *
   * <pre>
   * packed[group][tile][input channel][kernel row][column][output channels of the tile]     zeros past the last
   * </pre>
   *
   * @param tileStart first output channel of each register tile of a group, and the end
   */
  public static float[] pack(ConvGeometry g, int[] tileStart, float[] weights) {
    int tiles = tileStart.length - 1;
    int taps = g.rows().taps * g.columns().taps;
    float[] packed = new float[g.groups() * tileStart[tiles] * g.groupIn() * taps];
    int at = 0;
    for (int group = 0; group < g.groups(); group++) {
      for (int tile = 0; tile < tiles; tile++) {
        int first = tileStart[tile];
        int channels = tileStart[tile + 1] - first;
        int valid = Math.min(channels, g.groupOut() - first);
        for (int c = 0; c < g.groupIn(); c++) {
          for (int kh = 0; kh < g.rows().taps; kh++) {
            for (int kw = 0; kw < g.columns().taps; kw++) {
              for (int m = 0; m < valid; m++) {
                packed[at + m] = weights[g.weightIndex(group, first + m, c, kh, kw)];
              }
              at += channels;
            }
          }
        }
      }
    }
    return packed;
  }

  /** The bias of every row of every group's register tiles; 0 in rows past the last channel. */
  public static float[] padRows(DensePlan plan, float[] bias) {
    int channels = plan.geometry.groupOut();
    int rows = plan.paddedRows();
    float[] padded = new float[plan.geometry.groups() * rows];
    for (int group = 0; group < plan.geometry.groups(); group++) {
      for (int row = 0; row < channels * plan.columnRows; row++) {
        padded[group * rows + row] = bias[group * channels + row / plan.columnRows];
      }
    }
    return padded;
  }
}
