package org.simdconv.internal.pack;

import java.util.List;
import java.util.stream.IntStream;
import org.simdconv.internal.geometry.Axis;
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
    int[] rows = IntStream.range(0, g.rows().taps).toArray();
    int[] columns = IntStream.range(0, g.columns().taps).toArray();
    return pack(g, tileStart, List.of(rows), List.of(columns), weights);
  }

  /**
   * The same, phase by phase, each with its own taps:
   *
   * <pre>
   * packed[group][tile][phase of the rows][of the columns][input channel][kernel row][column][output channels of the tile]
   * </pre>
   *
   * @param tileStart first output channel of each register tile of a group, and the end
   */
  public static float[] packPhases(ConvGeometry g, int[] tileStart, float[] weights) {
    return pack(g, tileStart, phases(g.rows()), phases(g.columns()), weights);
  }

  private static List<int[]> phases(Axis axis) {
    return IntStream.range(0, axis.outStep).mapToObj(axis::tapsOf).toList();
  }

  private static float[] pack(
      ConvGeometry g, int[] tileStart, List<int[]> rows, List<int[]> columns, float[] weights) {
    int tiles = tileStart.length - 1;
    int taps = count(rows) * count(columns);
    float[] packed = new float[g.groups() * tileStart[tiles] * g.groupIn() * taps];
    int at = 0;
    for (int group = 0; group < g.groups(); group++) {
      for (int tile = 0; tile < tiles; tile++) {
        int first = tileStart[tile];
        int channels = tileStart[tile + 1] - first;
        int valid = Math.min(channels, g.groupOut() - first);
        for (int[] kernelRows : rows) {
          for (int[] kernelColumns : columns) {
            for (int c = 0; c < g.groupIn(); c++) {
              for (int kh : kernelRows) {
                for (int kw : kernelColumns) {
                  for (int m = 0; m < valid; m++) {
                    packed[at + m] = weights[g.weightIndex(group, first + m, c, kh, kw)];
                  }
                  at += channels;
                }
              }
            }
          }
        }
      }
    }
    return packed;
  }

  private static int count(List<int[]> taps) {
    return taps.stream().mapToInt(t -> t.length).sum();
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
