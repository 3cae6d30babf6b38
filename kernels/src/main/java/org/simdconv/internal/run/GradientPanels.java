package org.simdconv.internal.run;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.Transpose;

/**
 * The gradients of the outputs as panels of the weights' gradient: for each tile of output
 * channels, each pixel's channels and a float for its offset in the window, which is left alone.
 *
 * <p>Immutable and safe for concurrent runs.
 */
final class GradientPanels {
  private static final int L = Species.LANES;

  private final ConvGeometry geometry;
  private final int[] tileRows;
  private final int[] tileStart;

  GradientPanels(ConvGeometry geometry, int[] tileRows, int[] tileStart) {
    this.geometry = geometry;
    this.tileRows = tileRows;
    this.tileStart = tileStart;
  }

  /** Where the panel of a tile begins behind that of the first one. */
  int at(int t, int tile, int pixels) {
    return (tileStart[t] - tileStart[tile] + t - tile) * pixels;
  }

  /**
   * Transposes some rows of some images.
   *
   * @param n first image
   * @param y first row
   * @param tile first tile
   * @param panels the first tile's panel in scratch
   * @param stage where pixels of a segment are staged
   */
  void fill(
      int n,
      int images,
      int y,
      int rows,
      int group,
      int tile,
      int endTile,
      int panels,
      int stage,
      Binding buffers,
      float[] scratch,
      Slot slot) {
    ConvGeometry g = geometry;
    int length = rows * g.columns().out;
    int plane = g.plane();
    int pixels = images * length;
    int endChannel = (group + 1) * g.groupOut();
    for (int t = tile; t < endTile; t++) {
      int mr = tileRows[t];
      int panel = panels + at(t, tile, pixels);
      int channel = group * g.groupOut() + tileStart[t];
      // What a vector has too much belongs to the next pixel, and to rows before these.
      for (int row = (mr - 1) / L * L; row >= 0; row -= L) {
        for (int i = 0; i < images; i++) {
          int from = (n + i) * g.outChannels() * plane + y * g.columns().out;
          int to = panel + i * length * (mr + 1) + row;
          channels(channel + row, endChannel, plane, slot);
          columns(from, length, to, mr + 1, false, stage, buffers, scratch, slot);
        }
      }
    }
  }

  /** The planes of LANES channels, for the slot's index; channels past the last are that one. */
  static void channels(int channel, int endChannel, int plane, Slot slot) {
    for (int i = 0; i < L; i++) {
      slot.index[i] = Math.min(channel + i, endChannel - 1) * plane;
    }
  }

  /** Transposes a run of pixels of the LANES channels that the slot's index tells. */
  static void columns(
      int from,
      int length,
      int to,
      int apart,
      boolean ofInput,
      int stage,
      Binding buffers,
      float[] scratch,
      Slot slot) {
    float[] array = ofInput ? buffers.input : buffers.residual;
    if (array != null) {
      int first = ofInput ? buffers.inputAt : buffers.residualAt;
      Transpose.run(array, first + from, slot.index, 0, length, scratch, to, apart);
      return;
    }
    for (int i = 0; i < L; i++) {
      if (ofInput) {
        buffers.load(from + slot.index[i], scratch, stage + i * length, length);
      } else {
        buffers.loadResidual(from + slot.index[i], scratch, stage + i * length, length);
      }
      slot.index[i] = i * length;
    }
    Transpose.run(scratch, stage, slot.index, 0, length, scratch, to, apart);
  }
}
