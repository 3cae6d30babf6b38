package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.simd.RowKernels;
import org.simdconv.internal.simd.Species;

/**
 * Bed of nails: inputs {@code stride} apart, zeros between. Immutable, safe for concurrent runs.
 */
public final class NailsEngine extends RowsEngine {
  private static final int BAND_FLOATS = 1 << 12;

  private final int height;
  private final int width;
  private final int down;
  private final int across;
  private final int bandRows;
  private final int[] rowAt;

  /** Of planes of {@code height} x {@code width}, strides {@code down} and {@code across}. */
  public NailsEngine(int planes, int height, int width, int down, int across) {
    super(planes, Math.multiplyExact(height, down), Math.multiplyExact(width, across), 0);
    this.height = height;
    this.width = width;
    this.down = down;
    this.across = across;
    this.bandRows = Math.clamp(BAND_FLOATS / (long) outColumns, 1, outRows);
    this.rowAt = new int[(bandRows - 1) / down + 1];
    for (int i = 0; i < rowAt.length; i++) {
      rowAt[i] = i * width;
    }
  }

  @Override
  public int scratchFloats() {
    long inputs = (long) ((bandRows - 1) / down + 1) * width;
    return Math.toIntExact(inputs + (long) bandRows * outColumns + 2L * RowKernels.READ_AHEAD);
  }

  @Override
  void rows(
      int plane, int count, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    for (int i = plane; i < plane + count; i++) {
      for (int y = from; y < to; y += bandRows) {
        band(i, y, Math.min(to, y + bandRows), buffers, scratch, at);
      }
    }
  }

  private void band(int plane, int from, int to, Binding buffers, float[] scratch, int at) {
    int target = (plane * outRows + from) * outColumns;
    float[] output = buffers.output;
    float[] out = output == null ? scratch : output;
    int stage = at + bandRows * outColumns + RowKernels.READ_AHEAD;
    int o = output == null ? at : buffers.outputAt + target;
    // Inputs whose rows are among these.
    int row = (from + down - 1) / down;
    int end = (to + down - 1) / down;
    int nails = row * down - from;
    int apart = down * outColumns;
    boolean vectors = across == 2 && width >= Species.LANES;
    if (vectors) {
      // Rows between those of the nails: these are written whole.
      Arrays.fill(out, o, o + Math.min(nails, to - from) * outColumns, 0f);
      for (int r = row; r < end; r++) {
        int next = o + (r * down + 1 - from) * outColumns;
        Arrays.fill(
            out, next, Math.min(next + apart - outColumns, o + (to - from) * outColumns), 0f);
      }
    } else {
      Arrays.fill(out, o, o + (to - from) * outColumns, 0f);
    }
    if (row < end) {
      int source = (plane * height + row) * width;
      float[] x = buffers.inPlace(source + (end - row) * width, RowKernels.READ_AHEAD);
      int first = buffers.inputAt + source;
      if (x == null) {
        buffers.load(source, scratch, stage, (end - row) * width);
        x = scratch;
        first = stage;
      }
      int result = o + nails * outColumns;
      if (vectors) {
        RowKernels.twice(x, first, rowAt, 0, end - row, width, true, out, result, apart);
      } else {
        for (int r = 0; r < end - row; r++) {
          for (int i = 0; i < width; i++) {
            out[result + r * apart + i * across] = x[first + r * width + i];
          }
        }
      }
    }
    if (output == null) {
      buffers.copy(scratch, o, 0, (to - from) * outColumns, 1, target, 0);
    }
  }
}
