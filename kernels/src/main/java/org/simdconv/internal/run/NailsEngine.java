package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.simd.RowKernels;

/**
 * Bed of nails: inputs {@code stride} apart, zeros between. Immutable, safe for concurrent runs.
 */
public final class NailsEngine extends RowsEngine {
  private final int height;
  private final int width;
  private final int down;
  private final int across;

  /** Of planes of {@code height} x {@code width}, strides {@code down} and {@code across}. */
  public NailsEngine(int planes, int height, int width, int down, int across) {
    super(planes, Math.multiplyExact(height, down), Math.multiplyExact(width, across), 0);
    this.height = height;
    this.width = width;
    this.down = down;
    this.across = across;
  }

  @Override
  public int scratchFloats() {
    return width + RowKernels.READ_AHEAD + outColumns;
  }

  @Override
  void rows(
      int plane, int count, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    for (int i = plane; i < plane + count; i++) {
      rows(i, from, to, buffers, scratch, at);
    }
  }

  private void rows(int plane, int from, int to, Binding buffers, float[] scratch, int at) {
    float[] output = buffers.output;
    for (int y = from; y < to; y++) {
      int target = (plane * outRows + y) * outColumns;
      float[] out = output == null ? scratch : output;
      int o = output == null ? at + width + RowKernels.READ_AHEAD : buffers.outputAt + target;
      if (y % down != 0) {
        Arrays.fill(out, o, o + outColumns, 0f);
      } else {
        int source = (plane * height + y / down) * width;
        float[] x = buffers.inPlace(source, width + RowKernels.READ_AHEAD);
        int first = buffers.inputAt + source;
        if (x == null) {
          buffers.load(source, scratch, at, width);
          x = scratch;
          first = at;
        }
        if (across == 2) {
          RowKernels.twice(x, first, width, true, out, o);
        } else {
          if (across > 1) {
            Arrays.fill(out, o, o + outColumns, 0f);
          }
          for (int i = 0; i < width; i++) {
            out[o + i * across] = x[first + i];
          }
        }
      }
      if (output == null) {
        buffers.copy(scratch, o, 0, outColumns, 1, target, 0);
      }
    }
  }
}
