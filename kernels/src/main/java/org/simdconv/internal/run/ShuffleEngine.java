package org.simdconv.internal.run;

import org.simdconv.internal.simd.Interleave;
import org.simdconv.internal.simd.RowKernels;
import org.simdconv.internal.simd.Species;

/**
 * Depth to space and back: a row of the large image is a row of each of {@code block} small ones,
 * interleaved. Rows of the same place in their blocks are one call of a kernel, which takes them
 * apart to all small images, or puts these together. Immutable and safe for concurrent runs.
 */
public final class ShuffleEngine extends RowsEngine {
  private static final int L = Species.LANES;
  private static final int BAND_FLOATS = 1 << 13;

  private final boolean toSpace;
  private final boolean depthFirst;
  private final int channels;
  private final int height;
  private final int width;
  private final int block;
  private final int bandRows;
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
        Math.multiplyExact(batch, toSpace ? channels : channels * block),
        toSpace ? height * block : height,
        width * block,
        0);
    this.bandRows = Math.clamp(BAND_FLOATS / (long) outColumns, 1, outRows);
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

  // Scratch: a copy of a band's inputs, its results, a row, and what is half interleaved.

  private int smallRows() {
    return (bandRows - 1) / block + 1;
  }

  private long stageFloats() {
    long row = (long) width * block;
    return (toSpace ? smallRows() : bandRows) * row + RowKernels.READ_AHEAD;
  }

  private long resultFloats() {
    return (long) bandRows * outColumns + RowKernels.READ_AHEAD;
  }

  @Override
  public int scratchFloats() {
    long line = toSpace ? outColumns + (long) RowKernels.READ_AHEAD : 0;
    long half = toSpace ? Interleave.scratchFloats(block, width) : 0;
    return Math.toIntExact(stageFloats() + resultFloats() + line + half);
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
      for (int y = from; y < to; y += bandRows) {
        int end = Math.min(to, y + bandRows);
        if (toSpace) {
          toSpace(i, y, end, buffers, scratch, at, slot);
        } else {
          toDepth(i, y, end, buffers, scratch, at, slot);
        }
      }
    }
  }

  /** Rows of the small images of a channel and a row of its blocks. */
  private void toDepth(
      int plane, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    int channel = plane / block;
    int down = plane - channel * block;
    int image = channel / channels;
    int c = channel - image * channels;
    int large = width * block;
    int rows = to - from;
    int source = ((channel * height + from) * block + down) * large;
    int step = block * large;
    float[] x = buffers.inPlace(source + (rows - 1) * step, large + RowKernels.READ_AHEAD);
    int first = buffers.inputAt + source;
    if (x == null) {
      for (int r = 0; r < rows; r++) {
        buffers.load(source + r * step, scratch, at + r * large, large);
      }
      x = scratch;
      first = at;
      step = large;
    }
    int[] o = slot.ints(2 * block);
    int end = 0;
    for (int k = 0; k < block; k++) {
      int small = image * channels * block * block + small(c, down, k);
      o[block + k] = (small * height + from) * width;
      end = Math.max(end, o[block + k] + rows * width);
    }
    // Vectors of narrow rows would go past the end of an array, see Epilogue.storeEnd.
    float[] out = buffers.output;
    if (out == null
        || (width < Species.LANES && buffers.outputAt + end > out.length - Species.LANES)) {
      out = scratch;
    }
    boolean staged = out == scratch;
    int results = at + (int) stageFloats();
    for (int k = 0; k < block; k++) {
      o[k] = staged ? results + k * rows * width : buffers.outputAt + o[block + k];
    }
    switch (block) {
      case 1 -> System.arraycopy(x, first, out, o[0], rows * width);
      case 2 -> RowKernels.split2(x, first, rows, step, width, out, o);
      case 4 -> RowKernels.split4(x, first, rows, step, width, out, o);
      default -> {
        for (int k = 0; k < block; k++) {
          RowKernels.everyNth(x, first + k, nth, block, rows, step, width, out, o[k], width);
        }
      }
    }
    for (int k = 0; k < block && staged; k++) {
      buffers.copy(scratch, o[k], 0, rows * width, 1, o[block + k], 0);
    }
  }

  /** Rows of a large image: those of the same place in their blocks together. */
  private void toSpace(
      int plane, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    int target = (plane * outRows + from) * outColumns;
    float[] output = buffers.output;
    float[] out = output == null ? scratch : output;
    int o = output == null ? at + (int) stageFloats() : buffers.outputAt + target;
    int line = at + (int) (stageFloats() + resultFloats());
    int half = line + outColumns + RowKernels.READ_AHEAD;
    int image = plane / channels * channels * block * block;
    int c = plane % channels;
    for (int down = 0; down < block; down++) {
      // Rows of the small images whose rows in the large one are from .. to-1.
      int row = (from - down + block - 1) / block;
      int rows = (to - down + block - 1) / block - row;
      if (rows <= 0) {
        continue;
      }
      int run = ((image + small(c, down, 0)) * height + row) * width;
      int apart = (depthFirst ? channels : 1) * height * width;
      int last = run + (block - 1) * apart + (rows - 1) * width;
      float[] x = buffers.inPlace(last, width + RowKernels.READ_AHEAD);
      int first = buffers.inputAt + run;
      if (x == null) {
        for (int k = 0; k < block; k++) {
          buffers.load(run + k * apart, scratch, at + k * rows * width, rows * width);
        }
        x = scratch;
        first = at;
        apart = rows * width;
      }
      int result = o + (row * block + down - from) * outColumns;
      int outStep = block * outColumns;
      // Narrow rows of two to four blocks are stored with masks, which must not leave the array.
      boolean masks = block <= 4 && result + (rows - 1) * outStep <= out.length - block * L;
      if (masks || Interleave.isExact(block, width)) {
        interleave(x, first, apart, rows, out, result, outStep, scratch, half, slot);
      } else {
        for (int r = 0; r < rows; r++) {
          interleave(x, first + r * width, apart, 1, scratch, line, 0, scratch, half, slot);
          System.arraycopy(scratch, line, out, result + r * outStep, outColumns);
        }
      }
    }
    if (output == null) {
      buffers.copy(scratch, o, 0, (to - from) * outColumns, 1, target, 0);
    }
  }

  private void interleave(
      float[] x,
      int first,
      int apart,
      int rows,
      float[] out,
      int to,
      int outStep,
      float[] scratch,
      int half,
      Slot slot) {
    int[] starts = slot.ints(Interleave.starts(block));
    Interleave.run(
        block, x, first, apart, rows, width, width, out, to, outStep, scratch, half, starts);
  }
}
