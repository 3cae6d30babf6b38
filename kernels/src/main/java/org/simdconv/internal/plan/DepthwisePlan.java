package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.PixelLanes;
import org.simdconv.internal.geometry.WindowLayout;
import org.simdconv.internal.pack.InputWindow;
import org.simdconv.internal.simd.DepthwiseKernel;
import org.simdconv.internal.simd.Species;

/**
 * All decisions of a depthwise convolution (one input channel a group): a task owns some rows of
 * one image for some groups. The window's rows are flattened into one pixel axis, columns between
 * the rows' ends computed and thrown away. Immutable; the arrays are not to be written.
 */
public final class DepthwisePlan {
  // The windows of some channels stay in half of L1: they are filled together, since a load that
  // needs parts of two stores still under way waits for both.
  private static final int WINDOW_FLOATS = Caches.L1 / 2 / Float.BYTES;

  /** The sizes. */
  public final ConvGeometry geometry;

  /** The windows and the tasks. */
  public final DepthwiseTasks cut;

  /** Offset of each tap in the window. */
  public final int[] offset;

  /** For each vector of a block, which lanes are outputs. */
  public final long[] lanes;

  /** For each vector of a block, as many lanes from the first as are outputs. */
  public final long[] stored;

  /** Where each vector's first output goes, and the end. */
  public final int[] places;

  /** Whether several channels are computed in one call: see {@link DepthwiseKernel#small}. */
  public final boolean isSmall;

  /** Start of the sums in a task's scratch. */
  public final int accAt;

  /** Start of the outputs of a block, where they cannot be stored at once. */
  public final int blockAt;

  /** Start of the part in which rows of segments are staged. */
  public final int stageAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  /** Decides; the threads only guide the number of tasks. */
  public DepthwisePlan(ConvGeometry g, int threads) {
    geometry = g;
    int rows = g.rows().out;
    WindowLayout layout = new WindowLayout(g.rows(), g.columns(), rows, 1);
    while (layout.floats > WINDOW_FLOATS && rows > 1) {
      rows = (rows + 1) / 2;
      layout = new WindowLayout(g.rows(), g.columns(), rows, 1);
    }
    cut = new DepthwiseTasks(g, (g.rows().out + rows - 1) / rows, WINDOW_FLOATS, threads);
    WindowLayout window = cut.window;
    int blockRows = cut.blockRows;
    offset = new int[g.rows().taps * g.columns().taps];
    for (int kh = 0, k = 0; kh < g.rows().taps; kh++) {
      for (int kw = 0; kw < g.columns().taps; kw++) {
        offset[k++] = window.tapOffset(kh, kw);
      }
    }
    int width = g.columns().out;
    long pixels = (blockRows - 1L) * window.pitch + width;
    long vectors = (pixels + Species.LANES - 1) / Species.LANES;
    long acc = window.floats + (long) DepthwiseKernel.VECTORS * Species.LANES;
    long block = acc + (long) DepthwiseKernel.VECTORS * Species.LANES;
    long stage = block + (long) blockRows * width * cut.windowChannels + Species.LANES;
    long end =
        stage
            + Math.max(
                InputWindow.STAGE_FLOATS, Math.max(g.columns().in, blockRows * (long) width));
    if (end > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the padded window of a row would need " + end + " floats; must be below 2^31 - 8");
    }
    accAt = (int) acc;
    blockAt = (int) block;
    stageAt = (int) stage;
    scratchFloats = (int) end;
    // Behind the last vector: no lanes, at the end.
    lanes = new long[(int) vectors + DepthwiseKernel.VECTORS];
    stored = new long[lanes.length];
    places = new int[lanes.length];
    java.util.Arrays.fill(places, blockRows * width);
    for (int i = 0; i < vectors; i++) {
      int y = i * Species.LANES / window.pitch;
      int x = i * Species.LANES - y * window.pitch;
      lanes[i] = PixelLanes.of(x, y, width, window.pitch, blockRows);
      int outputs = Long.bitCount(lanes[i]);
      stored[i] = outputs == Long.SIZE ? -1 : (1L << outputs) - 1;
      places[i] = PixelLanes.place(x, y, width);
    }
    isSmall =
        offset.length == 9
            && cut.rowBlocks == 1
            && g.groupOut() == 1
            && vectors <= DepthwiseKernel.SMALL_VECTORS;
  }

  /** Multiply-adds that a run executes, those between the rows included. */
  public long executedMultiplyAdds() {
    long vectors = (long) lanes.length - DepthwiseKernel.VECTORS;
    return vectors
        * Species.LANES
        * offset.length
        * cut.rowBlocks
        * geometry.outChannels()
        * geometry.batch();
  }

  /** What a run takes on one thread, in cycles: 1.5 a vector of a tap, 6 a vector of outputs. */
  public double cycles() {
    return executedMultiplyAdds() / (double) Species.LANES * (1.5 + 6.0 / offset.length);
  }
}
