package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.simd.PoolKernels;
import org.simdconv.internal.simd.Species;

/**
 * Max unpooling: zeros, and each input at its index. A task is a channel's plane, whose indices lie
 * in it: the caller has checked that. Where several inputs have one index the last of them stays.
 * Immutable and safe for concurrent runs.
 */
public final class UnpoolEngine implements Engine {
  private final int planes;
  private final int inHeight;
  private final int inWidth;
  private final int indexHeight;
  private final int indexWidth;
  private final int outHeight;
  private final int outWidth;
  private final boolean isPairs;

  /** Of planes of inputs, indices counted in planes of their own size. */
  public UnpoolEngine(
      int planes,
      int inHeight,
      int inWidth,
      int indexHeight,
      int indexWidth,
      int outHeight,
      int outWidth) {
    this.planes = planes;
    this.inHeight = inHeight;
    this.inWidth = inWidth;
    this.indexHeight = indexHeight;
    this.indexWidth = indexWidth;
    this.outHeight = outHeight;
    this.outWidth = outWidth;
    this.isPairs =
        indexHeight == 2 * inHeight
            && indexWidth == 2 * inWidth
            && indexWidth == outWidth
            && inWidth >= Species.LANES;
  }

  @Override
  public int tasks() {
    return planes;
  }

  @Override
  public int scratchFloats() {
    return Math.addExact(inHeight * inWidth, outHeight * outWidth);
  }

  @Override
  public void run(int task, Binding buffers, float[] scratch, int at, Slot slot) {
    int inPlane = inHeight * inWidth;
    int outPlane = outHeight * outWidth;
    float[] output = buffers.output;
    float[] out = output == null ? scratch : output;
    int to = output == null ? at + inPlane : buffers.outputAt + task * outPlane;
    float[] x = buffers.input;
    int from = buffers.inputAt + task * inPlane;
    if (x == null) {
      buffers.load(task * inPlane, scratch, at, inPlane);
      x = scratch;
      from = at;
    }
    if (!pairs(task, x, from, out, to, buffers)) {
      Arrays.fill(out, to, to + outPlane, 0f);
      scatter(task, x, from, out, to, buffers);
    }
    if (output == null) {
      buffers.copy(scratch, to, 0, outPlane, 1, task * outPlane, 0);
    }
  }

  /** Of windows of 2x2, if each index is in its own: everything is written once. */
  private boolean pairs(int task, float[] x, int from, float[] out, int to, Binding buffers) {
    int[] indices = buffers.indices;
    if (!isPairs || indices == null) {
      return false;
    }
    int first = buffers.indicesAt + task * inHeight * inWidth;
    int base = task * indexHeight * indexWidth;
    boolean done =
        PoolKernels.unpoolPairs(
            x, from, indices, base, first, inHeight, inWidth, out, to, outWidth);
    if (done) {
      Arrays.fill(out, to + indexHeight * outWidth, to + outHeight * outWidth, 0f);
    }
    return done;
  }

  private void scatter(int task, float[] x, int from, float[] out, int to, Binding buffers) {
    int inPlane = inHeight * inWidth;
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
  }
}
