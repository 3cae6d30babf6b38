package org.simdconv.internal.run;

import java.util.Arrays;

/**
 * Max unpooling: zeros, and each input at its index. A task has the planes of some channels, whose
 * indices lie in them: the caller has checked that. Where several inputs have one index the last of
 * them stays. Immutable and safe for concurrent runs.
 */
public final class UnpoolEngine implements Engine {
  private final int planes;
  private final int inPlane;
  private final int indexHeight;
  private final int indexWidth;
  private final int outHeight;
  private final int outWidth;

  /** Of planes of {@code inPlane} inputs, indices counted in planes of their own size. */
  public UnpoolEngine(
      int planes, int inPlane, int indexHeight, int indexWidth, int outHeight, int outWidth) {
    this.planes = planes;
    this.inPlane = inPlane;
    this.indexHeight = indexHeight;
    this.indexWidth = indexWidth;
    this.outHeight = outHeight;
    this.outWidth = outWidth;
  }

  @Override
  public int tasks() {
    return planes;
  }

  @Override
  public int scratchFloats() {
    return Math.addExact(inPlane, outHeight * outWidth);
  }

  @Override
  public void run(int task, Binding buffers, float[] scratch, int at, Slot slot) {
    int outPlane = outHeight * outWidth;
    float[] output = buffers.output;
    float[] out = output == null ? scratch : output;
    int to = output == null ? at + inPlane : buffers.outputAt + task * outPlane;
    Arrays.fill(out, to, to + outPlane, 0f);
    float[] x = buffers.input;
    int from = buffers.inputAt + task * inPlane;
    if (x == null) {
      buffers.load(task * inPlane, scratch, at, inPlane);
      x = scratch;
      from = at;
    }
    int base = task * indexHeight * indexWidth;
    int[] indices = buffers.indices;
    if (indices != null && indexWidth == outWidth) {
      int first = buffers.indicesAt + task * inPlane;
      for (int i = 0; i < inPlane; i++) {
        out[to + indices[first + i] - base] = x[from + i];
      }
    } else {
      for (int i = 0; i < inPlane; i++) {
        int place = buffers.index(task * inPlane + i) - base;
        int row = place / indexWidth;
        out[to + row * outWidth + place - row * indexWidth] = x[from + i];
      }
    }
    if (output == null) {
      buffers.copy(scratch, to, 0, outPlane, 1, task * outPlane, 0);
    }
  }
}
