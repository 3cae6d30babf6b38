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
  private InputWindow() {}

  /**
   * Fills the rows {@code firstGridRow .. firstGridRow + gridRows - 1} of the grid, and their halo,
   * of some images and channels. Exactly one of the two inputs is given.
   *
   * @param layout where it goes
   * @param g the sizes
   * @param array input, or null
   * @param segment input, or null
   * @param inputAt first float of the input
   * @param firstImage first image
   * @param images number of images
   * @param firstChannel first channel of the whole input
   * @param channels number of channels
   * @param firstGridRow first row of the grid
   * @param gridRows rows of the grid
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
      int firstImage,
      int images,
      int firstChannel,
      int channels,
      int firstGridRow,
      int gridRows,
      float[] window,
      int windowAt,
      int stageAt) {
    int inHeight = g.rows().in;
    int inWidth = g.columns().in;
    int step = g.rows().step;
    // The layout was made for the largest block; a smaller one has as many rows fewer.
    int rows = layout.rows - layout.gridRows + gridRows;
    for (int c = 0; c < channels; c++) {
      for (int n = 0; n < images; n++) {
        int plane =
            inputAt + ((firstImage + n) * g.inChannels() + firstChannel + c) * inHeight * inWidth;
        for (int p = 0; p < layout.rowPhases.length; p++) {
          int to =
              windowAt
                  + c * layout.channelStride
                  + n * layout.imageStride
                  + p * layout.rowPhaseStride;
          for (int r = 0; r < rows; r++, to += layout.pitch) {
            long ih = (long) (firstGridRow + layout.qRow + r) * step + layout.rowPhases[p];
            if (ih < 0 || ih >= inHeight) {
              for (int q = 0; q < layout.columnPhases.length; q++) {
                int at = to + q * layout.rows * layout.pitch;
                Arrays.fill(window, at, at + layout.pitch, 0f);
              }
            } else {
              int from = plane + (int) ih * inWidth;
              if (array != null) {
                splitRow(layout, g, array, from, window, to);
              } else if (segment != null) {
                MemorySegment.copy(
                    segment,
                    ValueLayout.JAVA_FLOAT_UNALIGNED,
                    (long) from * Float.BYTES,
                    window,
                    stageAt,
                    inWidth);
                splitRow(layout, g, window, stageAt, window, to);
              }
            }
          }
        }
      }
    }
  }

  private static void splitRow(
      WindowLayout layout, ConvGeometry g, float[] source, int from, float[] window, int to) {
    int step = g.columns().step;
    int inWidth = g.columns().in;
    for (int q = 0; q < layout.columnPhases.length; q++) {
      int at = to + q * layout.rows * layout.pitch;
      long first = (long) layout.qColumn * step + layout.columnPhases[q];
      // Columns j of the window with 0 <= first + j * step < inWidth.
      int begin = (int) Math.min(layout.pitch, first >= 0 ? 0 : (-first + step - 1) / step);
      long left = inWidth - first;
      int end =
          (int) Math.max(begin, Math.min(layout.pitch, left <= 0 ? 0 : (left + step - 1) / step));
      for (int j = 0; j < begin; j++) {
        window[at + j] = 0f;
      }
      int source0 = (int) (from + first);
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
