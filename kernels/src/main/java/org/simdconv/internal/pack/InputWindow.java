package org.simdconv.internal.pack;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.WindowLayout;
import org.simdconv.internal.simd.StridedCopy;

/**
 * Fills a window: copies the input rows that a block needs, zeros where the image ends, columns
 * split by phase. Thread safety: static, no state.
 */
public final class InputWindow {
  private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private InputWindow() {}

  /**
   * Fills the rows {@code rowFrom .. rowTo - 1} of every phase of a window, for some channels of an
   * image, and the zeros behind them. Exactly one of the two inputs is given.
   *
   * @param layout where it goes
   * @param g the sizes
   * @param array input, or null
   * @param segment input, or null
   * @param inputAt first float of the input
   * @param image the image
   * @param firstChannel first channel of the whole input
   * @param channels number of channels
   * @param firstGridRow grid row at which the window begins
   * @param rowFrom first row of the window
   * @param rowTo end of the rows
   * @param window scratch memory
   * @param windowAt where the window starts in it
   * @param stageAt where a row of the input may be staged
   */
  public static void fill(
      WindowLayout layout,
      ConvGeometry g,
      float @Nullable [] array,
      @Nullable MemorySegment segment,
      int inputAt,
      int image,
      int firstChannel,
      int channels,
      int firstGridRow,
      int rowFrom,
      int rowTo,
      float[] window,
      int windowAt,
      int stageAt) {
    int inHeight = g.rows().in;
    int inWidth = g.columns().in;
    int step = g.rows().step;
    int plane = inputAt + (image * g.inChannels() + firstChannel) * inHeight * inWidth;
    for (int p = 0; p < layout.rowPhases.length; p++) {
      long firstRow = ((long) firstGridRow + layout.qRow) * step + layout.rowPhases[p];
      // Rows of the window with 0 <= firstRow + r * step < inHeight.
      long above = firstRow >= 0 ? 0 : (-firstRow + step - 1) / step;
      long left = inHeight - firstRow;
      long below = left <= 0 ? 0 : (left + step - 1) / step;
      int begin = (int) Math.max(rowFrom, Math.min(rowTo, above));
      int end = (int) Math.max(begin, Math.min(rowTo, below));
      for (int c = 0; c < channels; c++) {
        int to = windowAt + c * layout.channelStride + p * layout.rowPhaseStride;
        int from = (int) (plane + c * inHeight * inWidth + firstRow * inWidth);
        zero(layout, window, to, rowFrom, begin);
        if (array != null) {
          copy(layout, g, array, from, begin, end, window, to);
        } else if (segment != null) {
          copy(layout, g, segment, from, begin, end, window, to, stageAt);
        }
        zero(layout, window, to, end, rowTo);
        for (int q = 0; q < layout.columnPhases.length; q++) {
          int behind = to + q * layout.columnPhaseStride + rowTo * layout.pitch;
          Arrays.fill(window, behind, behind + layout.overlap, 0f);
        }
      }
    }
  }

  private static void zero(WindowLayout layout, float[] window, int to, int begin, int end) {
    if (begin < end) {
      for (int q = 0; q < layout.columnPhases.length; q++) {
        int at = to + q * layout.columnPhaseStride;
        Arrays.fill(window, at + begin * layout.pitch, at + end * layout.pitch, 0f);
      }
    }
  }

  /** Copies the rows begin .. end-1, the first of which would be row 0 at {@code from}. */
  private static void copy(
      WindowLayout layout,
      ConvGeometry g,
      float[] source,
      int from,
      int begin,
      int end,
      float[] window,
      int to) {
    int rowStep = g.rows().step * g.columns().in;
    if (layout.isPlain(g.columns()) && g.rows().step == 1) {
      if (begin < end) {
        int first = from + begin * rowStep;
        int length = (end - begin) * layout.pitch;
        System.arraycopy(source, first, window, to + begin * layout.pitch, length);
      }
      return;
    }
    for (int r = begin; r < end; r++) {
      splitRow(layout, g, source, from + r * rowStep, window, to + r * layout.pitch);
    }
  }

  private static void copy(
      WindowLayout layout,
      ConvGeometry g,
      MemorySegment source,
      int from,
      int begin,
      int end,
      float[] window,
      int to,
      int stageAt) {
    int inWidth = g.columns().in;
    int rowStep = g.rows().step * inWidth;
    if (layout.isPlain(g.columns()) && g.rows().step == 1) {
      if (begin < end) {
        int first = from + begin * rowStep;
        int length = (end - begin) * layout.pitch;
        MemorySegment.copy(
            source, FLOATS, (long) first * Float.BYTES, window, to + begin * layout.pitch, length);
      }
      return;
    }
    for (int r = begin; r < end; r++) {
      long first = (long) (from + r * rowStep) * Float.BYTES;
      MemorySegment.copy(source, FLOATS, first, window, stageAt, inWidth);
      splitRow(layout, g, window, stageAt, window, to + r * layout.pitch);
    }
  }

  private static void splitRow(
      WindowLayout layout, ConvGeometry g, float[] source, int from, float[] window, int to) {
    int step = g.columns().step;
    for (int q = 0; q < layout.columnPhases.length; q++) {
      int at = to + q * layout.columnPhaseStride;
      int begin = layout.columnBegin[q];
      int end = layout.columnEnd[q];
      for (int j = 0; j < begin; j++) {
        window[at + j] = 0f;
      }
      int source0 = (int) (from + layout.columnFirst[q]);
      if (step == 1) {
        // An empty copy may start outside the source, which arraycopy refuses.
        if (end > begin) {
          System.arraycopy(source, source0 + begin, window, at + begin, end - begin);
        }
      } else if (step == 2) {
        StridedCopy.everyOther(source, source0 + 2 * begin, window, at + begin, end - begin);
      } else {
        for (int j = begin; j < end; j++) {
          window[at + j] = source[source0 + j * step];
        }
      }
      for (int j = end; j < layout.pitch; j++) {
        window[at + j] = 0f;
      }
    }
  }
}
