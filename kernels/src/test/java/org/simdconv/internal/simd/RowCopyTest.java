package org.simdconv.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Rows against the formula of {@link RowCopy}: every float, and none beside them. */
class RowCopyTest {
  private static final float UNTOUCHED = -7f;

  @Property(tries = 2000)
  void rowsOfChannels(
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 4) int rows,
      @ForAll @IntRange(min = 1, max = 90) int inWidth,
      @ForAll @IntRange(min = -20, max = 20) int left,
      @ForAll @IntRange(min = -20, max = 20) int right,
      @ForAll @IntRange(min = 0, max = 2) int between) {
    int width = Math.max(1, left + inWidth + right);
    int pitch = width + between;
    float[] source = counting(channels * rows * inWidth);
    float[] target = untouched(channels * rows * pitch);
    float[] expected = target.clone();
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < width; j++) {
          expected[(c * rows + r) * pitch + j] =
              pixel(source, (c * rows + r) * inWidth, inWidth, j - left);
        }
      }
    }

    RowCopy.plain(
        channels,
        source,
        -left,
        rows * inWidth,
        inWidth,
        rows,
        target,
        0,
        rows * pitch,
        pitch,
        width,
        left,
        left + inWidth);

    assertArrayEquals(expected, target);
  }

  @Property(tries = 2000)
  void everyOtherColumn(
      @ForAll @IntRange(min = 1, max = 4) int rows,
      @ForAll @IntRange(min = 1, max = 140) int inWidth,
      @ForAll @IntRange(min = -20, max = 20) int left,
      @ForAll @IntRange(min = -20, max = 20) int right,
      @ForAll @IntRange(min = 1, max = 3) int which) {
    int pitch = Math.max(1, (left + inWidth + right + 1) / 2);
    boolean even = (which & 1) != 0;
    boolean odd = (which & 2) != 0;
    float[] source = counting(rows * inWidth);
    float[] target = untouched(2 * rows * pitch);
    float[] expected = target.clone();
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < pitch; j++) {
        if (even) {
          expected[r * pitch + j] = pixel(source, r * inWidth, inWidth, 2 * j - left);
        }
        if (odd) {
          expected[(rows + r) * pitch + j] = pixel(source, r * inWidth, inWidth, 2 * j + 1 - left);
        }
      }
    }

    RowCopy.everyOther(
        source,
        -left,
        inWidth,
        rows,
        target,
        even ? 0 : -1,
        odd ? rows * pitch : -1,
        pitch,
        left,
        left + inWidth);

    assertArrayEquals(expected, target);
  }

  private static float pixel(float[] source, int row, int width, int column) {
    return column >= 0 && column < width ? source[row + column] : 0f;
  }

  private static float[] counting(int length) {
    float[] array = new float[length];
    for (int i = 0; i < length; i++) {
      array[i] = i + 1;
    }
    return array;
  }

  private static float[] untouched(int length) {
    float[] array = new float[length];
    Arrays.fill(array, UNTOUCHED);
    return array;
  }
}
