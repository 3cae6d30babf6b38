package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.WindowLayout;
import org.simdconv.internal.pack.InputWindow;
import org.simdconv.internal.simd.DepthwiseKernel;
import org.simdconv.internal.simd.Interleave;
import org.simdconv.internal.simd.Species;

/**
 * All decisions of a depthwise transposed convolution with a stride (one input channel a group; the
 * input gradient of a depthwise convolution with a stride is one): a task owns some rows of the
 * grid of one image for some groups. All phases of a channel are summed one after the other from
 * the same padded window, then put together column by column, and finished. Everything between
 * input and output stays in L1. Immutable; the arrays are not to be written.
 *
 * <p>Dense tiles, which have a row for each output channel of a group, are nearly empty here.
 * Measured on JDK 25 (Zen 5, one thread, 96 channels of 56x56, both in turns): kernel 2 of stride 2
 * 465 to 170 us, 3 730 to 250, 4 720 to 290, 5 880 to 430, 6 of stride 3 2900 to 940; the input
 * gradient of 3x3 stride 2 on 112x112 710 to 210.
 */
public final class DepthwisePhasesPlan {
  // Window, sums and outputs of a block of rows.
  private static final int BLOCK_FLOATS = Caches.L1 * 3 / 4 / Float.BYTES;

  // Columns of more phases than RowKernels interleaves are put together one by one.
  private static final int MOST_VECTOR_PHASES = 4;

  // From so many on that is no faster than dense tiles whose rows are the phases (21 channels on
  // one thread, JDK 25, Zen 5: stride 5 1160 us for 4060, 8 793 for 787, 32 5.9 ms for 5.2).
  private static final int MANY_PHASES = 8;

  // A row of the grid with all its phases, which is a block at least: a quarter of L2. The rows of
  // a long signal, and those between the rows of a large stride, are more.
  private static final int MOST_ROW_FLOATS = Caches.L2 / 4 / Float.BYTES;

  /** The sizes. */
  public final ConvGeometry geometry;

  /** The windows and the tasks. */
  public final DepthwiseTasks cut;

  /** First tap of each phase, [row phase][column phase], and the end. */
  public final int[] tapFrom;

  /** Offset of each tap in the window, phase by phase; within a phase in the order of the sum. */
  public final int[] offset;

  /** Which tap of the kernel each is. */
  public final int[] kernelTap;

  /** Start of the sums of phase 0 in a task's scratch. */
  public final int sumsAt;

  /** Floats from the sums of a phase to those of the next. */
  public final int phaseStride;

  /** Start of the rows of outputs. */
  public final int outputAt;

  /** Floats from a row of outputs to the next, all column phases of the grid. */
  public final int outputPitch;

  /** Start of the part in which rows of segments are staged. */
  public final int stageAt;

  /** Start of what is half interleaved. */
  public final int halfAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  /** Whether it is the way to compute a depthwise transposed convolution with a stride. */
  public static boolean suits(ConvGeometry g) {
    return g.columns().outStep < MANY_PHASES && blockFloats(g, 1) <= MOST_ROW_FLOATS;
  }

  /** Decides; the threads only guide the number of tasks. */
  public DepthwisePhasesPlan(ConvGeometry g, int threads) {
    geometry = g;
    Axis rows = g.rows();
    Axis columns = g.columns();
    int some = rows.grid;
    while (some > 1 && blockFloats(g, some) > BLOCK_FLOATS) {
      some = (some + 1) / 2;
    }
    // As many more blocks as give each thread some, where there are few channels.
    long planes = (long) g.batch() * g.groups();
    long wanted = threads > 1 ? (8L * threads + planes - 1) / planes : 1;
    int least = (int) Math.max(1, Math.min(rows.grid / 4, wanted));
    int blocks = Math.max(least, (rows.grid + some - 1) / some);
    cut = new DepthwiseTasks(g, blocks, BLOCK_FLOATS / 4, threads);
    WindowLayout window = cut.window;
    int blockRows = cut.blockRows;

    int phases = Math.multiplyExact(rows.outStep, columns.outStep);
    tapFrom = new int[phases + 1];
    offset = new int[rows.reachingTaps() * columns.reachingTaps()];
    kernelTap = new int[offset.length];
    int k = 0;
    for (int phase = 0; phase < phases; phase++) {
      tapFrom[phase] = k;
      int a = phase / columns.outStep;
      int b = phase - a * columns.outStep;
      for (int kh = 0; kh < rows.taps; kh++) {
        for (int kw = 0; kw < columns.taps; kw++) {
          if (rows.phase[kh] == a && columns.phase[kw] == b) {
            offset[k] = window.tapOffset(kh, kw);
            kernelTap[k++] = kh * columns.taps + kw;
          }
        }
      }
    }
    tapFrom[phases] = k;

    outputPitch = Math.multiplyExact(columns.grid, columns.outStep);
    long stride = phaseStride(window.pitch, blockRows);
    // The kernels read up to so many vectors past the window, and write past the sums.
    long slack = (long) DepthwiseKernel.VECTORS * Species.LANES;
    long sums = window.floats + slack;
    long output = sums + phases * stride + slack;
    long half = output + (long) blockRows * rows.outStep * outputPitch + slack;
    long stage = half + Interleave.scratchFloats(columns.outStep, columns.grid);
    long staged = Math.max(columns.in, (long) blockRows * rows.outStep * outputPitch);
    long end = stage + Math.max(InputWindow.STAGE_FLOATS, staged);
    if (end > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the phases of a row would need " + end + " floats; must be below 2^31 - 8");
    }
    sumsAt = (int) sums;
    phaseStride = (int) stride;
    outputAt = (int) output;
    halfAt = (int) half;
    stageAt = (int) stage;
    scratchFloats = (int) end;
  }

  /** An odd number of cache lines, so that the phases are not in the same sets of L1. */
  private static long phaseStride(int pitch, int rows) {
    long lines = ((long) pitch * rows + (long) DepthwiseKernel.VECTORS * Species.LANES + 15) / 16;
    return 16 * (lines | 1);
  }

  private static long blockFloats(ConvGeometry g, int rows) {
    WindowLayout layout = new WindowLayout(g.rows(), g.columns(), rows, 1);
    long phases = (long) g.rows().outStep * g.columns().outStep;
    return layout.floats
        + phases * (phaseStride(layout.pitch, rows) + (long) rows * g.columns().grid);
  }

  /** Most taps of a phase. */
  public int mostTaps() {
    int most = 0;
    for (int phase = 0; phase + 1 < tapFrom.length; phase++) {
      most = Math.max(most, tapFrom[phase + 1] - tapFrom[phase]);
    }
    return most;
  }

  /** Vectors of sums of a phase, for so many rows of the grid. */
  public int vectors(int rows) {
    int pixels = (rows - 1) * cut.window.pitch + geometry.columns().grid;
    return (pixels + Species.LANES - 1) / Species.LANES;
  }

  /** Multiply-adds that a run executes, those between the rows included. */
  public long executedMultiplyAdds() {
    return (long) vectors(cut.blockRows) * Species.LANES * offset.length * blocks();
  }

  /** Blocks of all channels and images. */
  private long blocks() {
    return (long) cut.rowBlocks * geometry.outChannels() * geometry.batch();
  }

  /**
   * What a run takes on one thread, in cycles: 1.5 a vector of a tap, 2 a vector of sums, 6 a
   * vector of outputs, or 1.5 an output whose columns are put together one by one, and 40 a call.
   */
  public double cycles() {
    int across = geometry.columns().outStep;
    int phases = tapFrom.length - 1;
    double outputs = (double) cut.blockRows * geometry.rows().outStep * outputPitch;
    double each = across <= MOST_VECTOR_PHASES ? 6.0 / Species.LANES : 3.0 / Species.LANES + 1.5;
    return blocks()
        * (vectors(cut.blockRows) * (1.5 * offset.length + 2.0 * phases)
            + outputs * each
            + 40.0 * (phases + geometry.rows().outStep));
  }
}
