package org.simdconv.internal.plan;

import java.util.stream.IntStream;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.WindowLayout;

/**
 * The taps of one phase within one kernel block, in the order of the reduction. Immutable; the
 * arrays are not to be written.
 */
public final class TapTable {
  /** Taps of all channels of the block. */
  public final int taps;

  /** Kernel rows of the phase. */
  public final int[] kernelRows;

  /** Kernel columns of the phase. */
  public final int[] kernelColumns;

  private final WindowLayout window;

  private TapTable(int taps, int[] kernelRows, int[] kernelColumns, WindowLayout window) {
    this.taps = taps;
    this.kernelRows = kernelRows;
    this.kernelColumns = kernelColumns;
    this.window = window;
  }

  /** The taps of phase (a, c). */
  static TapTable of(
      KernelBlock block, Axis rows, Axis columns, int a, int c, WindowLayout window) {
    int[] kernelRows = tapsOf(rows, a, block.rowFrom(), block.rowTo());
    int[] kernelColumns = tapsOf(columns, c, block.columnFrom(), block.columnTo());
    int taps = block.channels() * kernelRows.length * kernelColumns.length;
    return new TapTable(taps, kernelRows, kernelColumns, window);
  }

  /** Where a tap's pixel lies in the window, relative to the output pixel. */
  public int offset(int channelOfBlock, int kernelRow, int kernelColumn) {
    return channelOfBlock * window.channelStride + window.tapOffset(kernelRow, kernelColumn);
  }

  /** Taps of a phase among from..to-1, ascending. */
  static int[] tapsOf(Axis axis, int a, int from, int to) {
    return IntStream.range(from, to).filter(t -> axis.phase[t] == a).toArray();
  }
}
