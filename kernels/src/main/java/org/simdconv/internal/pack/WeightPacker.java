package org.simdconv.internal.pack;

import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.DensePlan;
import org.simdconv.internal.plan.KernelBlock;

/**
 * Brings weights into the order in which the register tiles read them, once a plan:
 *
 * <pre>
 * packed[group][block][phase][tile of MR output channels][tap k][MR]
 * </pre>
 *
 * Each weight stands there once, also for transposed convolutions: a tap belongs to one phase. Rows
 * past the last output channel are zero.
 */
public final class WeightPacker {
  private WeightPacker() {}

  /** Packs; the caller's array is not kept. */
  public static float[] pack(DensePlan plan, float[] weights) {
    ConvGeometry g = plan.geometry;
    Axis rows = g.rows();
    Axis columns = g.columns();
    float[] packed = new float[plan.packedFloats()];
    for (int group = 0; group < g.groups(); group++) {
      for (int i = 0; i < plan.blocks.length; i++) {
        KernelBlock block = plan.blocks[i];
        for (int a = 0; a < plan.rowPhases; a++) {
          for (int b = 0; b < plan.columnPhases; b++) {
            int phase = a * plan.columnPhases + b;
            int taps = plan.taps[i][phase].tapsPerChannel * block.channels();
            int base = group * plan.groupWeights + plan.weightBase[i][phase];
            int k = 0;
            for (int c = block.channelFrom(); c < block.channelTo(); c++) {
              for (int kh = block.rowFrom(); kh < block.rowTo(); kh++) {
                for (int kw = block.columnFrom(); kw < block.columnTo(); kw++) {
                  if (rows.phase[kh] == a && columns.phase[kw] == b) {
                    for (int t = 0; t < plan.tileRows.length; t++) {
                      int mr = plan.tileRows[t];
                      int to = base + plan.tileStart[t] * taps + k * mr;
                      int valid = Math.min(mr, g.groupOut() - plan.tileStart[t]);
                      for (int m = 0; m < valid; m++) {
                        packed[to + m] =
                            weights[g.weightIndex(group, plan.tileStart[t] + m, c, kh, kw)];
                      }
                    }
                    k++;
                  }
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
