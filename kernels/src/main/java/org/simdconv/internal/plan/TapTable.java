package org.simdconv.internal.plan;

import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.WindowLayout;

/**
 * The taps of one phase within one kernel block: kernel rows and columns of the phase, and where
 * each tap's pixel lies relative to the output pixel. Phases that read the same pixels share one
 * table, so that their panel is packed once (for kernel == stride that is all of them).
 */
public final class TapTable {
  /** Taps of one channel. */
  public final int tapsPerChannel;

  /**
   * Offset of each tap in the padded window, channels ascending, relative to the block's first
   * channel.
   */
  public final int[] windowOffset;

  /** The same in the input itself; empty where the input cannot be read in place. */
  public final int[] inputOffset;

  private TapTable(int tapsPerChannel, int[] windowOffset, int[] inputOffset) {
    this.tapsPerChannel = tapsPerChannel;
    this.windowOffset = windowOffset;
    this.inputOffset = inputOffset;
  }

  static TapTable of(
      Axis rows,
      Axis columns,
      int[] kernelRows,
      int[] kernelColumns,
      int channels,
      WindowLayout window,
      boolean inPlace) {
    int taps = kernelRows.length * kernelColumns.length;
    int[] windowOffset = new int[taps * channels];
    int[] inputOffset = new int[inPlace ? taps * channels : 0];
    int k = 0;
    for (int c = 0; c < channels; c++) {
      for (int kh : kernelRows) {
        for (int kw : kernelColumns) {
          windowOffset[k] = c * window.channelStride + window.tapOffset(kh, kw);
          if (inPlace) {
            inputOffset[k] = (c * rows.in + rows.start[kh]) * columns.in + columns.start[kw];
          }
          k++;
        }
      }
    }
    return new TapTable(taps, windowOffset, inputOffset);
  }

  /** Taps of a phase among from..to-1, ascending. */
  static int[] tapsOf(Axis axis, int a, int from, int to) {
    return java.util.stream.IntStream.range(from, to).filter(t -> axis.phase[t] == a).toArray();
  }

  /** A number for each phase such that phases with equal numbers read the same inputs. */
  static int[] classes(Axis axis, int phases, int from, int to) {
    java.util.Map<java.util.List<Integer>, Integer> seen = new java.util.HashMap<>();
    int[] classes = new int[phases];
    for (int a = 0; a < phases; a++) {
      java.util.List<Integer> starts = new java.util.ArrayList<>();
      for (int t : tapsOf(axis, a, from, to)) {
        starts.add(axis.start[t]);
      }
      Integer known = seen.putIfAbsent(starts, seen.size());
      classes[a] = known == null ? seen.size() - 1 : known;
    }
    return classes;
  }
}
