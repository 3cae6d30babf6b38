package org.simdconv.internal.pack;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.geometry.WindowLayout;
import org.simdconv.internal.simd.RowCopy;
import org.simdconv.internal.simd.SegmentCopy;
import org.simdconv.internal.simd.Species;

/**
 * Fills a window: copies the input rows that a block needs, zeros where the image ends, columns
 * split by phase. Thread safety: static, no state.
 */
public final class InputWindow {
  /**
   * Floats, or one row if that is more, that a caller must provide for staging rows of segments.
   */
  public static final int STAGE_FLOATS = 4096;

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
   * @param firstGridColumn grid column at which it begins; 0 unless the window is a part of a row
   * @param rowFrom first row of the window
   * @param rowTo end of the rows
   * @param window scratch memory
   * @param windowAt where the window starts in it
   * @param stageAt where {@link #STAGE_FLOATS}, or a row, of a segment may be staged
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
      int firstGridColumn,
      int rowFrom,
      int rowTo,
      float[] window,
      int windowAt,
      int stageAt) {
    int size = g.rows().in * g.columns().in;
    int done = 0;
    while (done < channels) {
      int channel = firstChannel + done;
      int some = Math.min(channels - done, g.inRun(channel));
      fill(
          layout,
          g,
          array,
          segment,
          inputAt + g.inPlane(image, channel) * size,
          g.inApart() * size,
          some,
          firstGridRow,
          firstGridColumn,
          rowFrom,
          rowTo,
          window,
          windowAt + done * layout.channelStride,
          stageAt);
      done += some;
    }
  }

  /** Fills the rows of channels that are {@code apart} floats from each other. */
  private static void fill(
      WindowLayout layout,
      ConvGeometry g,
      float @Nullable [] array,
      @Nullable MemorySegment segment,
      int plane,
      int apart,
      int channels,
      int firstGridRow,
      int firstGridColumn,
      int rowFrom,
      int rowTo,
      float[] window,
      int windowAt,
      int stageAt) {
    int inHeight = g.rows().in;
    int inWidth = g.columns().in;
    int step = g.rows().step;
    int shift = firstGridColumn * g.columns().step;
    // All channels of a phase, then the next phase: one channel's phases together were no faster.
    for (int p = 0; p < layout.rowPhases.length; p++) {
      long firstRow = ((long) firstGridRow + layout.qRow) * step + layout.rowPhases[p];
      // Rows of the window with 0 <= firstRow + r * step < inHeight.
      long above = firstRow >= 0 ? 0 : (-firstRow + step - 1) / step;
      long left = inHeight - firstRow;
      long below = left <= 0 ? 0 : (left + step - 1) / step;
      int begin = (int) Math.max(rowFrom, Math.min(rowTo, above));
      int end = (int) Math.max(begin, Math.min(rowTo, below));
      int to = windowAt + p * layout.rowPhaseStride;
      zero(layout, channels, window, to, rowFrom, begin);
      zero(layout, channels, window, to, end, rowTo);
      if (layout.overlap > 0) {
        for (int q = 0; q < layout.columnPhases.length; q++) {
          int behind = to + q * layout.columnPhaseStride + rowTo * layout.width;
          RowCopy.zeros(channels, window, behind, layout.channelStride, layout.overlap);
        }
      }
      if (begin == end) {
        continue;
      }
      int from = (int) (plane + firstRow * inWidth);
      int rowStep = step * inWidth;
      int first = from + begin * rowStep;
      int target = to + begin * layout.width;
      // Whole rows, and no zeros: one run of each channel.
      boolean plain = step == 1 && layout.isPlain(g.columns());
      int run = (end - begin) * inWidth;
      int stride = layout.channelStride;
      if (array != null && plain) {
        RowCopy.plain(channels, array, first, apart, 0, 1, window, target, stride, 0, run, 0, run);
      } else if (array != null) {
        split(
            layout, g, shift, channels, array, first, apart, rowStep, end - begin, window, target);
      } else if (segment == null) {
        throw new AssertionError("no input is bound");
      } else if (plain) {
        SegmentCopy.load(
            segment, first, apart, window, target, layout.channelStride, run, channels);
      } else {
        // Whole channels, as many as the stage holds, where that is not much more than is needed.
        int area = inHeight * inWidth;
        boolean most = !layout.isPart && (long) (end - begin) * step * 4 >= (long) inHeight * 3;
        int some = most ? Math.min(channels, STAGE_FLOATS / Math.max(1, area)) : 0;
        some = apart == area ? some : Math.min(some, 1);
        for (int c = 0; c < channels; c += Math.max(1, some)) {
          int place = to + c * stride;
          if (some == 0) {
            int plane0 = from + c * apart;
            copy(layout, g, shift, segment, plane0, begin, end, window, place, stageAt);
          } else {
            int n = Math.min(some, channels - c);
            SegmentCopy.load(segment, plane + c * apart, 0, window, stageAt, 0, n * area, 1);
            // Row 0 of the image stands at the stage's begin.
            int row = (int) (firstRow + (long) begin * step);
            split(
                layout,
                g,
                shift,
                n,
                window,
                stageAt + row * inWidth,
                area,
                rowStep,
                end - begin,
                window,
                place + begin * layout.width);
          }
        }
      }
    }
  }

  private static void zero(
      WindowLayout layout, int channels, float[] window, int to, int begin, int end) {
    if (begin < end) {
      for (int q = 0; q < layout.columnPhases.length; q++) {
        int at = to + q * layout.columnPhaseStride + begin * layout.width;
        RowCopy.zeros(channels, window, at, layout.channelStride, (end - begin) * layout.width);
      }
    }
  }

  /**
   * Copies the rows begin .. end-1 of a channel, the first of which would be row 0 at {@code from}.
   */
  private static void copy(
      WindowLayout layout,
      ConvGeometry g,
      int shift,
      MemorySegment source,
      int from,
      int begin,
      int end,
      float[] window,
      int to,
      int stageAt) {
    int inWidth = g.columns().in;
    int rowStep = g.rows().step * inWidth;
    if (layout.isPart) {
      long[] firsts = layout.columnFirst;
      long behind = firsts[firsts.length - 1] + shift + 1 + (layout.width - 1L) * g.columns().step;
      int left = Math.clamp(firsts[0] + shift, 0, inWidth);
      int some = Math.clamp(behind, left, inWidth) - left;
      int first = from + left;
      if (g.columns().step == 1 && firsts.length == 1) {
        // None where it begins behind the image.
        int zeros = Math.clamp(left - (firsts[0] + shift), 0, layout.width);
        Arrays.fill(window, to, to + zeros, 0f);
        SegmentCopy.load(source, first, 0, window, to + zeros, 0, some, 1);
        Arrays.fill(window, to + zeros + some, to + layout.width, 0f);
        return;
      }
      SegmentCopy.load(source, first, 0, window, stageAt, 0, some, 1);
      split(layout, g, shift, 1, window, stageAt - left, 0, inWidth, 1, window, to);
      return;
    }
    // As many rows at a time as the stage holds.
    int some = g.rows().step == 1 ? Math.max(1, STAGE_FLOATS / inWidth) : 1;
    for (int r = begin; r < end; r += some) {
      int rows = Math.min(some, end - r);
      SegmentCopy.load(source, from + r * rowStep, 0, window, stageAt, 0, rows * inWidth, 1);
      split(layout, g, 0, 1, window, stageAt, 0, inWidth, rows, window, to + r * layout.width);
    }
  }

  /**
   * Copies rows of some channels, each column phase to its own place.
   *
   * @param shift columns of the image by which the window begins further right than whole rows do
   */
  private static void split(
      WindowLayout layout,
      ConvGeometry g,
      int shift,
      int channels,
      float[] source,
      int from,
      int plane,
      int rowStep,
      int rows,
      float[] window,
      int to) {
    int step = g.columns().step;
    int inWidth = g.columns().in;
    // Column 0 of phase 0 of the window is this column of the image.
    int first = (int) (layout.columnFirst[0] + shift - layout.columnPhases[0]);
    if (step == 1
        && !layout.shifted
        && rowStep == inWidth
        && 2 * layout.width <= Species.LANES
        && first <= 0
        && inWidth - first <= layout.width) {
      RowCopy.narrow(
          channels,
          source,
          from + first,
          plane,
          rows,
          window,
          to,
          layout.channelStride,
          layout.width,
          -first,
          inWidth - first);
      return;
    }
    if (step == 1) {
      // One copy, or one for each kernel column.
      boolean dense = layout.width == rowStep && 2 * layout.width <= Species.LANES;
      for (int q = 0; q < layout.columnPhases.length; q++) {
        int begin = (int) layout.columnFirst[q] + shift;
        if (dense) {
          RowCopy.dense(
              channels,
              source,
              from + begin,
              plane,
              rows,
              window,
              to + q * layout.columnPhaseStride,
              layout.channelStride,
              layout.width,
              -begin,
              inWidth - begin);
        } else {
          RowCopy.plain(
              channels,
              source,
              from + begin,
              plane,
              rowStep,
              rows,
              window,
              to + q * layout.columnPhaseStride,
              layout.channelStride,
              layout.width,
              layout.width,
              -begin,
              inWidth - begin);
        }
      }
      return;
    }
    for (int c = 0; c < channels; c++, from += plane, to += layout.channelStride) {
      if (step == 2 && layout.shifted) {
        for (int q = 0; q < layout.columnPhases.length; q++) {
          int begin = (int) layout.columnFirst[q] + shift;
          RowCopy.everyOther(
              source,
              from + begin,
              rowStep,
              rows,
              window,
              to + q * layout.columnPhaseStride,
              -1,
              layout.width,
              -begin,
              inWidth - begin);
        }
      } else if (step == 2) {
        int second = to + layout.columnPhaseStride;
        boolean both = layout.columnPhases.length == 2;
        boolean hasEven = layout.columnPhases[0] == 0;
        RowCopy.everyOther(
            source,
            from + first,
            rowStep,
            rows,
            window,
            hasEven ? to : -1,
            both ? second : hasEven ? -1 : to,
            layout.width,
            -first,
            inWidth - first);
      } else if (step == 4 && !layout.shifted && layout.columnPhases.length == 4) {
        RowCopy.everyFourth(
            source,
            from + first,
            rowStep,
            rows,
            window,
            to,
            layout.columnPhaseStride,
            layout.width,
            -first,
            inWidth - first);
      } else {
        for (int r = 0; r < rows; r++) {
          splitRow(layout, g, shift, source, from + r * rowStep, window, to + r * layout.width);
        }
      }
    }
  }

  private static void splitRow(
      WindowLayout layout,
      ConvGeometry g,
      int shift,
      float[] source,
      int from,
      float[] window,
      int to) {
    int step = g.columns().step;
    int width = layout.width;
    for (int q = 0; q < layout.columnPhases.length; q++) {
      int at = to + q * layout.columnPhaseStride;
      long first = layout.columnFirst[q] + shift;
      int begin = (int) WindowLayout.insideFrom(first, step, width);
      int end = (int) WindowLayout.insideTo(first, step, g.columns().in, width);
      Arrays.fill(window, at, at + begin, 0f);
      int source0 = (int) (from + first);
      for (int j = begin; j < end; j++) {
        window[at + j] = source[source0 + j * step];
      }
      Arrays.fill(window, at + end, at + width, 0f);
    }
  }
}
