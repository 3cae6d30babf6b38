package org.simdconv.internal.run;

import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.RowKernels;
import org.simdconv.internal.simd.Species;

/**
 * Depth to space and back: a row of the large image is a row of each of {@code block} small ones,
 * interleaved. Immutable and safe for concurrent runs.
 */
public final class ShuffleEngine extends RowsEngine {
  private final boolean toSpace;
  private final boolean depthFirst;
  private final int channels;
  private final int height;
  private final int width;
  private final int block;
  private final int[] nth;

  /**
   * Of large images of {@code channels} x {@code height * block} x {@code width * block}.
   *
   * @param toSpace whether the large one is the output
   * @param depthFirst whether the small ones are ordered by place and then channel (ONNX: DCR),
   *     else by channel and then place (CRD, PyTorch)
   * @param batch images
   * @param channels channels of the large image
   * @param height rows of the small images
   * @param width columns of the small images
   * @param block columns, and rows, of the large image for one of the small ones
   */
  public ShuffleEngine(
      boolean toSpace,
      boolean depthFirst,
      int batch,
      int channels,
      int height,
      int width,
      int block) {
    super(
        Math.multiplyExact(batch, toSpace ? channels : channels * block * block),
        toSpace ? height * block : height,
        toSpace ? width * block : width,
        0);
    this.toSpace = toSpace;
    this.depthFirst = depthFirst;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.block = block;
    this.nth = new int[Species.LANES];
    for (int i = 0; i < nth.length; i++) {
      nth[i] = i * block;
    }
  }

  @Override
  public int scratchFloats() {
    int row = Math.multiplyExact(block, width + RowKernels.READ_AHEAD);
    // A row of each run, the result, and the levels of interleaving.
    int levels = Integer.SIZE - Integer.numberOfLeadingZeros(block);
    return Math.multiplyExact(2 + levels, row);
  }

  /** Channel of the small images at a place of a channel of the large one. */
  private int small(int c, int row, int column) {
    int place = row * block + column;
    return depthFirst ? place * channels + c : c * block * block + place;
  }

  @Override
  void rows(
      int plane, int count, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    for (int i = plane; i < plane + count; i++) {
      rows(i, from, to, buffers, scratch, at);
    }
  }

  private void rows(int plane, int from, int to, Binding buffers, float[] scratch, int at) {
    int inner = channels * block * block;
    if (toSpace) {
      int image = plane / channels;
      int c = plane - image * channels;
      for (int y = from; y < to; y++) {
        int row = y / block;
        int down = y - row * block;
        row(image * inner, c, row, down, plane, y, buffers, scratch, at);
      }
      return;
    }
    int image = plane / inner;
    int rest = plane - image * inner;
    int place = depthFirst ? rest / channels : rest % (block * block);
    int c = depthFirst ? rest % channels : rest / (block * block);
    int down = place / block;
    int across = place - down * block;
    int outWidth = width * block;
    float[] output = buffers.output;
    for (int y = from; y < to; y++) {
      int source = ((image * channels + c) * height * block + y * block + down) * outWidth;
      int target = (plane * height + y) * width;
      float[] x = buffers.inPlace(source, outWidth + RowKernels.READ_AHEAD);
      int first = buffers.inputAt + source;
      if (x == null) {
        buffers.load(source, scratch, at, outWidth);
        x = scratch;
        first = at;
      }
      float[] out = output;
      int o = buffers.outputAt + target;
      if (out == null) {
        out = scratch;
        o = at + outWidth + RowKernels.READ_AHEAD;
      }
      if (block == 1) {
        System.arraycopy(x, first, out, o, width);
      } else if (block == 2) {
        RowKernels.everyOther(x, first + across, 1, 0, width, out, o, 0);
      } else {
        RowKernels.everyNth(x, first + across, nth, block, 1, 0, width, out, o, 0);
      }
      if (output == null) {
        buffers.copy(scratch, o, 0, width, 1, target, 0);
      }
    }
  }

  /** A row of the large image. */
  private void row(
      int smallImage,
      int c,
      int row,
      int down,
      int plane,
      int y,
      Binding buffers,
      float[] scratch,
      int at) {
    int target = (plane * height * block + y) * width * block;
    int run = ((smallImage + small(c, down, 0)) * height + row) * width;
    int apart = (depthFirst ? channels : 1) * height * width;
    float[] x = buffers.inPlace(run + (block - 1) * apart, width + RowKernels.READ_AHEAD);
    int first = buffers.inputAt + run;
    int result = at + block * (width + RowKernels.READ_AHEAD);
    if (x == null) {
      for (int k = 0; k < block; k++) {
        int to = at + k * (width + RowKernels.READ_AHEAD);
        buffers.load(run + k * apart, scratch, to, width);
      }
      x = scratch;
      first = at;
      apart = width + RowKernels.READ_AHEAD;
    }
    float[] output = buffers.output;
    float[] out = output;
    int o = buffers.outputAt + target;
    if (out == null) {
      out = scratch;
      o = result;
    }
    int free = result + width * block + RowKernels.READ_AHEAD;
    interleave(x, first, apart, scratch, free, out, o);
    if (output == null) {
      buffers.copy(scratch, o, 0, width * block, 1, target, 0);
    }
  }

  /**
   * Interleaves runs: of an even number, those half of it apart first, two and two, which shuffles
   * do; three and more by scalars. With permutations of each run and blends, 4 took 1.6 times as
   * long as in twos and 3 a third longer than by scalars; one loop for 4, with its tail, was past
   * C2's limits and ran on boxed vectors (JDK 25).
   */
  private void interleave(
      float[] x, int first, int apart, float[] scratch, int free, float[] out, int to) {
    float[] source = x;
    int run = first;
    int next = apart;
    int region = free;
    int count = block;
    int length = width;
    while (count > 2 && count % 2 == 0) {
      count /= 2;
      int longer = 2 * length + RowKernels.READ_AHEAD;
      for (int k = 0; k < count; k++) {
        int a = run + k * next;
        int b = a + count * next;
        RowKernels.interleave(source, a, source, b, length, scratch, region + k * longer);
      }
      source = scratch;
      run = region;
      next = longer;
      region += count * longer;
      length *= 2;
    }
    if (count == 2) {
      RowKernels.interleave(source, run, source, run + next, length, out, to);
    } else {
      Epilogue.interleave(source, run, next, count, length, out, to);
    }
  }
}
