package org.simdconv.internal.plan;

import java.util.ArrayList;
import java.util.List;
import org.simdconv.internal.geometry.Axis;

/**
 * A contiguous part of the reduction: taps (c, kh, kw) in canonical order with c in
 * channelFrom..channelTo-1, and, only where a single channel or kernel row is too much for one
 * block, parts of the kernel.
 *
 * @param channelFrom first input channel of the group
 * @param channelTo end of the channels
 * @param rowFrom first kernel row
 * @param rowTo end of the kernel rows
 * @param columnFrom first kernel column
 * @param columnTo end of the kernel columns
 */
public record KernelBlock(
    int channelFrom, int channelTo, int rowFrom, int rowTo, int columnFrom, int columnTo) {

  /**
   * Cuts the reduction so that no phase has more than {@code limit} taps in a block, and keeps the
   * canonical order: a block of several channels has whole kernels, a block of several rows has
   * whole rows.
   */
  static List<KernelBlock> cut(int channels, Axis rows, Axis columns, int limit) {
    List<KernelBlock> blocks = new ArrayList<>();
    // 0 where no tap reaches any output: such a reduction is one block of nothing.
    int mostRows = Math.max(1, rows.mostTaps(0, rows.taps));
    int mostColumns = Math.max(1, columns.mostTaps(0, columns.taps));
    if ((long) mostRows * mostColumns <= limit) {
      int blockChannels = limit / (mostRows * mostColumns);
      int count = (channels + blockChannels - 1) / blockChannels;
      // Even blocks: 64 channels as 22 + 21 + 21, not 28 + 28 + 8.
      for (int i = 0, from = 0; i < count; i++) {
        int to = (int) ((long) channels * (i + 1) / count);
        blocks.add(new KernelBlock(from, to, 0, rows.taps, 0, columns.taps));
        from = to;
      }
      return blocks;
    }
    for (int c = 0; c < channels; c++) {
      if (mostColumns <= limit) {
        for (int from = 0; from < rows.taps; ) {
          int to = grow(rows, from, limit / mostColumns);
          blocks.add(new KernelBlock(c, c + 1, from, to, 0, columns.taps));
          from = to;
        }
      } else {
        for (int row = 0; row < rows.taps; row++) {
          for (int from = 0; from < columns.taps; ) {
            int to = grow(columns, from, limit);
            blocks.add(new KernelBlock(c, c + 1, row, row + 1, from, to));
            from = to;
          }
        }
      }
    }
    return blocks;
  }

  private static int grow(Axis axis, int from, int limit) {
    int[] count = new int[axis.outStep];
    int to = from;
    for (; to < axis.taps; to++) {
      int phase = axis.phase[to];
      if (phase < axis.outStep && ++count[phase] > limit) {
        break;
      }
    }
    return to;
  }

  /** Channels in the block. */
  public int channels() {
    return channelTo - channelFrom;
  }
}
