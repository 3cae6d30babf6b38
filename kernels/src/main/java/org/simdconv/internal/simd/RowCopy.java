package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies rows of an image into a padded window, zeros where the image ends:
 *
 * <pre>
 * target[to + r * pitch + j] = begin &lt;= j &lt; end ? source[from + r * rowStep + j] : 0      j = 0 .. width-1
 * </pre>
 *
 * and the same with every other column, for stride 2. Rows of a vector and more of image are copied
 * by whole vectors, of which the last ends where the image ends; their zeros are stored before
 * them. In narrow ones the zeros come from masks. Thread safety: static, no state.
 */
public final class RowCopy {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // Lane i is a[2 i + phase], or b[2 i + phase - L] from the middle on (an index of L + j means
  // b[j]). Two permutations and a blend each; selectFrom of two vectors takes twice as long, as C2
  // converts its index in every iteration (JDK 25).
  private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(S, i -> 2 * i);
  private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(S, i -> 2 * i + 1);

  private RowCopy() {}

  /**
   * Copies rows of some channels; see the class.
   *
   * @param channels number of channels
   * @param sourceStep floats from a channel of the source to the next; may be negative
   * @param targetStep floats from a channel of the target to the next
   */
  public static void plain(
      int channels,
      float[] source,
      int from,
      int sourceStep,
      int rowStep,
      int rows,
      float[] target,
      int to,
      int targetStep,
      int pitch,
      int width,
      int begin,
      int end) {
    int first = Math.max(0, begin);
    int behind = Math.min(width, end);
    if (behind - first >= L && first <= L && width - behind <= L) {
      wide(
          channels,
          source,
          from,
          sourceStep,
          rowStep,
          rows,
          target,
          to,
          targetStep,
          pitch,
          width,
          first,
          behind);
      return;
    }
    int last = (width - 1) / L * L;
    VectorMask<Float> lastMask = VectorMask.fromLong(S, Species.inside(last, begin, end));
    VectorMask<Float> lastStored = VectorMask.fromLong(S, Species.inside(last, 0, width));
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows; r++) {
        int in = from + c * sourceStep + r * rowStep;
        int out = to + c * targetStep + r * pitch;
        if (in < 0 || in + last + L > source.length) {
          edge(source, in, 1, target, out, width, begin, end);
          continue;
        }
        for (int j = 0; j < last; j += L) {
          FloatVector.fromArray(
                  S, source, in + j, VectorMask.fromLong(S, Species.inside(j, begin, end)))
              .intoArray(target, out + j);
        }
        FloatVector.fromArray(S, source, in + last, lastMask)
            .intoArray(target, out + last, lastStored);
      }
    }
  }

  /**
   * Rows of a vector and more of image, columns first .. behind-1: their last vector ends where
   * they end, so that nothing is masked. 32 columns of 34 take 2.2 ns instead of 4.4 to 5.4, 56 of
   * 57 5.2 instead of 6 to 7 (masked, JDK 25, Zen 5).
   */
  private static void wide(
      int channels,
      float[] source,
      int from,
      int sourceStep,
      int rowStep,
      int rows,
      float[] target,
      int to,
      int targetStep,
      int pitch,
      int width,
      int first,
      int behind) {
    int length = behind - first;
    int zeros = width - length;
    // Two zeros come with the copy; where there are fewer, a pixel that is written behind them.
    int zero0 = zeros == 0 || zeros > 2 ? first : first > 0 ? 0 : behind;
    int zero1 = zeros != 2 ? first : first > 1 ? 1 : width - 1;
    for (int c = 0; c < channels; c++) {
      int in = from + c * sourceStep + first;
      int out = to + c * targetStep;
      if (zeros > 2) {
        borders(rows, target, first > 0 ? out : -1, behind < width ? out + width - L : -1, pitch);
      }
      if (length > 4 * L) {
        many(source, in, rowStep, rows, target, out, pitch, first, length, zero0, zero1);
        continue;
      }
      two(
          source,
          in,
          rowStep,
          rows,
          target,
          out,
          pitch,
          first,
          Math.min(length, 2 * L),
          zero0,
          zero1);
      if (length > 2 * L) {
        int rest = length - 2 * L;
        int at = first + rest;
        two(source, in + rest, rowStep, rows, target, out, pitch, at, 2 * L, at, at);
      }
    }
  }

  /** A vector of zeros at one or both ends of each row; a negative place is none. */
  private static void borders(int rows, float[] target, int left, int right, int pitch) {
    FloatVector zero = FloatVector.zero(S);
    for (int r = 0; r < rows; r++) {
      if (left >= 0) {
        zero.intoArray(target, left + r * pitch);
      }
      if (right >= 0) {
        zero.intoArray(target, right + r * pitch);
      }
    }
  }

  /** L to 2 L columns of each row by two vectors, behind two zeros anywhere in it. */
  private static void two(
      float[] source,
      int in,
      int rowStep,
      int rows,
      float[] target,
      int out,
      int pitch,
      int first,
      int length,
      int zero0,
      int zero1) {
    int last = length - L;
    for (int r = 0; r < rows; r++, in += rowStep, out += pitch) {
      target[out + zero0] = 0f;
      target[out + zero1] = 0f;
      FloatVector.fromArray(S, source, in).intoArray(target, out + first);
      FloatVector.fromArray(S, source, in + last).intoArray(target, out + first + last);
    }
  }

  /** The same for any number of columns from L on. */
  private static void many(
      float[] source,
      int in,
      int rowStep,
      int rows,
      float[] target,
      int out,
      int pitch,
      int first,
      int length,
      int zero0,
      int zero1) {
    int last = length - L;
    for (int r = 0; r < rows; r++, in += rowStep, out += pitch) {
      target[out + zero0] = 0f;
      target[out + zero1] = 0f;
      for (int j = 0; j < last; j += L) {
        FloatVector.fromArray(S, source, in + j).intoArray(target, out + first + j);
      }
      FloatVector.fromArray(S, source, in + last).intoArray(target, out + first + last);
    }
  }

  /**
   * The same for rows of which two and more fit into a vector and which follow each other in the
   * source without a gap: one load, one expansion and one store for all of them.
   */
  public static void narrow(
      int channels,
      float[] source,
      int from,
      int sourceStep,
      int rows,
      float[] target,
      int to,
      int targetStep,
      int pitch,
      int begin,
      int end) {
    int some = L / pitch;
    int length = end - begin;
    long image = 0;
    for (int r = 0; r < some; r++) {
      image |= ((1L << length) - 1) << (r * pitch + begin);
    }
    int last = (rows - 1) / some * some;
    int rest = (rows - last) * pitch;
    VectorMask<Float> all = VectorMask.fromLong(S, image);
    VectorMask<Float> allStored = VectorMask.fromLong(S, Species.inside(0, 0, some * pitch));
    VectorMask<Float> lastImage = VectorMask.fromLong(S, image & Species.inside(0, 0, rest));
    VectorMask<Float> lastStored = VectorMask.fromLong(S, Species.inside(0, 0, rest));
    for (int c = 0; c < channels; c++) {
      int in = from + begin + c * sourceStep;
      int out = to + c * targetStep;
      if (in + last * length + L > source.length) {
        for (int r = 0; r < rows; r++) {
          int at = in - begin + r * length;
          edge(source, at, 1, target, out + r * pitch, pitch, begin, end);
        }
        continue;
      }
      for (int r = 0; r < last; r += some) {
        FloatVector.fromArray(S, source, in + r * length)
            .expand(all)
            .intoArray(target, out + r * pitch, allStored);
      }
      FloatVector.fromArray(S, source, in + last * length)
          .expand(lastImage)
          .intoArray(target, out + last * pitch, lastStored);
    }
  }

  /**
   * The same for short rows that are as far apart in the target as in the source: all of them are
   * one run, of which some columns are zero.
   */
  public static void dense(
      int channels,
      float[] source,
      int from,
      int sourceStep,
      int rows,
      float[] target,
      int to,
      int targetStep,
      int pitch,
      int begin,
      int end) {
    int length = rows * pitch;
    // Channels whose vectors would begin before the array or end behind it are few.
    int first = 0;
    int last = channels;
    int lastBegin = source.length - length - L;
    while (first < last && isOutside(from + first * sourceStep, lastBegin)) {
      first++;
    }
    while (last > first && isOutside(from + (last - 1) * sourceStep, lastBegin)) {
      last--;
    }
    for (int c = 0; c < channels; c++) {
      boolean outside = c < first || c >= last;
      for (int r = 0; r < rows && outside; r++) {
        int in = from + c * sourceStep + r * pitch;
        edge(source, in, 1, target, to + c * targetStep + r * pitch, pitch, begin, end);
      }
    }
    for (int j = 0; j < length; j += L) {
      long image = 0;
      for (int lane = 0, column = j % pitch; lane < L; lane++) {
        image |= column >= begin && column < end ? 1L << lane : 0;
        column = column + 1 == pitch ? 0 : column + 1;
      }
      VectorMask<Float> mask = VectorMask.fromLong(S, image);
      VectorMask<Float> stored = VectorMask.fromLong(S, Species.inside(j, 0, length));
      for (int c = first; c < last; c++) {
        FloatVector.fromArray(S, source, from + j + c * sourceStep, mask)
            .intoArray(target, to + j + c * targetStep, stored);
      }
    }
  }

  private static boolean isOutside(int begin, int lastBegin) {
    return begin < 0 || begin > lastBegin;
  }

  /** Writes a run of zeros for each of some channels. */
  public static void zeros(int channels, float[] target, int to, int targetStep, int length) {
    int last = (length - 1) / L * L;
    VectorMask<Float> lastStored = VectorMask.fromLong(S, Species.inside(last, 0, length));
    FloatVector zero = FloatVector.zero(S);
    for (int c = 0; c < channels; c++) {
      int out = to + c * targetStep;
      for (int j = 0; j < last; j += L) {
        zero.intoArray(target, out + j);
      }
      zero.intoArray(target, out + last, lastStored);
    }
  }

  /**
   * Splits rows that follow each other, of some channels, into d rows each: the first has every
   * d-th column from 0 on, the next one those from 1 on.
   *
   * @param channels number of channels
   * @param sourceStep floats from a channel of the source to the next
   * @param rows rows of a channel; those of all channels follow each other in the target
   */
  public static void split(
      int channels,
      float[] source,
      int from,
      int sourceStep,
      int rows,
      int width,
      int d,
      float[] target,
      int to) {
    int begin = to;
    for (int phase = 0; phase < d; phase++) {
      for (int j = 0; j < width; j += L) {
        // The first column of this vector that is of the phase.
        int lane = Math.floorMod(phase - j, d);
        long bits = 0;
        for (int i = lane; i < Math.min(L, width - j); i += d) {
          bits |= 1L << i;
        }
        if (bits != 0) {
          int count = Long.bitCount(bits);
          VectorMask<Float> taken = VectorMask.fromLong(S, bits);
          VectorMask<Float> stored = VectorMask.fromLong(S, Species.inside(0, 0, count));
          int at = begin + (j + lane - phase) / d;
          for (int c = 0; c < channels; c++) {
            int in = from + c * sourceStep + j;
            int out = at + c * rows * width;
            for (int r = 0; r < rows; r++, in += width, out += width) {
              if (in + L > source.length || out + L > target.length) {
                for (int i = 0; i < count; i++) {
                  target[out + i] = source[in + lane + i * d];
                }
              } else {
                FloatVector.fromArray(S, source, in).compress(taken).intoArray(target, out, stored);
              }
            }
          }
        }
      }
      begin += (width - phase + d - 1) / d;
    }
  }

  /**
   * Copies every other column: column j of the target is column {@code 2 j} of the source, and of a
   * second target column {@code 2 j + 1}.
   *
   * @param even where the even columns go, or negative
   * @param odd where the odd columns go, or negative
   * @param begin first column of the source that is image
   * @param end end of the source's columns that are image
   */
  public static void everyOther(
      float[] source,
      int from,
      int rowStep,
      int rows,
      float[] target,
      int even,
      int odd,
      int pitch,
      int begin,
      int end) {
    if (even < 0) {
      everyOther(source, from + 1, rowStep, rows, target, odd, -1, pitch, begin - 1, end - 1);
      return;
    }
    // Pairs of columns that are all image.
    int first = (Math.max(0, begin) + 1) / 2;
    int behind = Math.min(2 * pitch, end) / 2;
    if (behind - first >= L && pitch - (behind - first) <= 2) {
      pairs(source, from, rowStep, rows, target, even, odd, pitch, begin, end, first, behind);
    } else {
      masked(source, from, rowStep, rows, target, even, odd, pitch, begin, end);
    }
  }

  /** Short rows, or wide padding. */
  private static void masked(
      float[] source,
      int from,
      int rowStep,
      int rows,
      float[] target,
      int even,
      int odd,
      int pitch,
      int begin,
      int end) {
    // Columns outermost: the masks of a block of columns are those of all rows.
    for (int j = 0; j < pitch; j += L) {
      int width = Math.min(L, pitch - j);
      int first = begin - 2 * j;
      int behind = end - 2 * j;
      VectorMask<Float> low = VectorMask.fromLong(S, Species.inside(0, first, behind));
      VectorMask<Float> high = VectorMask.fromLong(S, Species.inside(L, first, behind));
      VectorMask<Float> stored = VectorMask.fromLong(S, Species.first(width));
      for (int r = 0; r < rows; r++) {
        int in = from + r * rowStep + 2 * j;
        int out = r * pitch + j;
        if (in < 0 || in + 2 * L > source.length) {
          edge(source, in, 2, target, even + out, width, (first + 1) / 2, (behind + 1) / 2);
          if (odd >= 0) {
            edge(source, in + 1, 2, target, odd + out, width, first / 2, behind / 2);
          }
          continue;
        }
        FloatVector a = FloatVector.fromArray(S, source, in, low);
        FloatVector b = FloatVector.fromArray(S, source, in + L, high);
        a.rearrange(EVEN, b).intoArray(target, even + out, stored);
        if (odd >= 0) {
          a.rearrange(ODD, b).intoArray(target, odd + out, stored);
        }
      }
    }
  }

  /**
   * Rows of a vector and more of pairs that are image, first .. behind-1, and two others at most. A
   * loop that C2 does not unroll: its copies before and behind it take longer than 2 to 4 vectors
   * (56 columns 6 ns instead of 9, masked 10; JDK 25, Zen 5).
   */
  private static void pairs(
      float[] source,
      int in,
      int rowStep,
      int rows,
      float[] target,
      int even,
      int odd,
      int pitch,
      int begin,
      int end,
      int first,
      int behind) {
    int rest = pitch - (behind - first);
    int p = first > 0 ? 0 : behind;
    int q = first > 1 ? 1 : pitch - 1;
    boolean both = odd >= 0;
    boolean isEven0 = 2 * p >= begin && 2 * p < end;
    boolean isOdd0 = 2 * p + 1 >= begin && 2 * p + 1 < end;
    boolean isEven1 = 2 * q >= begin && 2 * q < end;
    boolean isOdd1 = 2 * q + 1 >= begin && 2 * q + 1 < end;
    for (int r = 0; r < rows; r++, in += rowStep, even += pitch, odd += pitch) {
      if (rest > 0) {
        target[even + p] = isEven0 ? source[in + 2 * p] : 0f;
        if (both) {
          target[odd + p] = isOdd0 ? source[in + 2 * p + 1] : 0f;
        }
      }
      if (rest > 1) {
        target[even + q] = isEven1 ? source[in + 2 * q] : 0f;
        if (both) {
          target[odd + q] = isOdd1 ? source[in + 2 * q + 1] : 0f;
        }
      }
      int j = first;
      while (true) {
        FloatVector a = FloatVector.fromArray(S, source, in + 2 * j);
        FloatVector b = FloatVector.fromArray(S, source, in + 2 * j + L);
        a.rearrange(EVEN, b).intoArray(target, even + j);
        if (both) {
          a.rearrange(ODD, b).intoArray(target, odd + j);
        }
        if (j == behind - L) {
          break;
        }
        j = Math.min(j + L, behind - L);
      }
    }
  }

  /**
   * Copies every fourth column: column j of target q is column {@code 4 j + q} of the source.
   *
   * @param step floats from a target to the next
   * @param begin first column of the source that is image
   * @param end end of the source's columns that are image
   */
  public static void everyFourth(
      float[] source,
      int from,
      int rowStep,
      int rows,
      float[] target,
      int to,
      int step,
      int pitch,
      int begin,
      int end) {
    // Columns outermost: the masks of a block of columns are those of all rows.
    for (int j = 0; j < pitch; j += L) {
      VectorMask<Float> stored = VectorMask.fromLong(S, Species.inside(j, 0, pitch));
      VectorMask<Float> mask0 = VectorMask.fromLong(S, Species.inside(4 * j, begin, end));
      VectorMask<Float> mask1 = VectorMask.fromLong(S, Species.inside(4 * j + L, begin, end));
      VectorMask<Float> mask2 = VectorMask.fromLong(S, Species.inside(4 * j + 2 * L, begin, end));
      VectorMask<Float> mask3 = VectorMask.fromLong(S, Species.inside(4 * j + 3 * L, begin, end));
      for (int r = 0; r < rows; r++) {
        int in = from + r * rowStep + 4 * j;
        int out = to + r * pitch + j;
        if (in < 0 || in + 4 * L > source.length) {
          for (int q = 0; q < 4; q++) {
            int first = from + r * rowStep + q;
            int at = to + r * pitch + q * step;
            edge(source, first, 4, target, at, pitch, (begin - q + 3) / 4, (end - q + 3) / 4);
          }
          continue;
        }
        FloatVector a = FloatVector.fromArray(S, source, in, mask0);
        FloatVector b = FloatVector.fromArray(S, source, in + L, mask1);
        FloatVector c = FloatVector.fromArray(S, source, in + 2 * L, mask2);
        FloatVector d = FloatVector.fromArray(S, source, in + 3 * L, mask3);
        FloatVector even = a.rearrange(EVEN, b);
        FloatVector evens = c.rearrange(EVEN, d);
        even.rearrange(EVEN, evens).intoArray(target, out, stored);
        even.rearrange(ODD, evens).intoArray(target, out + 2 * step, stored);
        FloatVector odd = a.rearrange(ODD, b);
        FloatVector odds = c.rearrange(ODD, d);
        odd.rearrange(EVEN, odds).intoArray(target, out + step, stored);
        odd.rearrange(ODD, odds).intoArray(target, out + 3 * step, stored);
      }
    }
  }

  /**
   * A row at an end of the array. Masked vectors past the end are correct as well, but take a path
   * that C2 leaves out where it is rare, and then allocate (JDK 25).
   */
  private static void edge(
      float[] source, int from, int step, float[] target, int to, int width, int begin, int end) {
    for (int j = 0; j < width; j++) {
      target[to + j] = j >= begin && j < end ? source[from + j * step] : 0f;
    }
  }
}
