package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies some columns of a pixel panel, at most two vectors wide, for all taps of a block:
 *
 * <pre>
 * panel[at + k * pitch + i] = source[from + offset[k] + i]      i = 0 .. length-1, k = 0 .. taps-1
 * </pre>
 *
 * One flat loop over the taps: a row of the image that is cut by the tile costs one masked load and
 * store a tap, whatever its length. Thread safety: static, no state.
 */
public final class PanelCopy {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  private PanelCopy() {}

  /**
   * See the class.
   *
   * @param length 1 .. lanes, or 2 * lanes
   */
  public static void copy(
      float[] source,
      int from,
      int[] offset,
      int taps,
      float[] panel,
      int at,
      int pitch,
      int length) {
    assert length >= 1 && (length <= L || length == 2 * L) : length;
    if (length == 2 * L) {
      for (int k = 0; k < taps; k++) {
        int pixel = from + offset[k];
        FloatVector a = FloatVector.fromArray(S, source, pixel);
        FloatVector b = FloatVector.fromArray(S, source, pixel + L);
        a.intoArray(panel, at + k * pitch);
        b.intoArray(panel, at + k * pitch + L);
      }
    } else if (length == L) {
      for (int k = 0; k < taps; k++) {
        FloatVector.fromArray(S, source, from + offset[k]).intoArray(panel, at + k * pitch);
      }
    } else {
      VectorMask<Float> mask = S.indexInRange(0, length);
      for (int k = 0; k < taps; k++) {
        FloatVector.fromArray(S, source, from + offset[k], mask)
            .intoArray(panel, at + k * pitch, mask);
      }
    }
  }
}
