package org.simdconv.internal.simd;

/**
 * Puts runs together, one float of each in turns: rows of the small images of a depth to space, the
 * column phases of a transposed convolution.
 *
 * <pre>
 * out[to + r * outStep + i * count + k] = x[at + r * step + k * apart + i]      k = 0 .. count-1, i = 0 .. length-1, r = 0 .. rows-1
 * </pre>
 *
 * Up to four runs by selections from two vectors; an even number of more, fewer than a vector's
 * lanes, those half of it apart first, two and two; all others are {@link Transpose transposed}.
 * Instead of float by float for all but two, and for two with one pass more through scratch: whole
 * transposed convolutions of stride 2 to 4 1.1 to 1.7 times, of 8 and 16 1.5 times, of 32 1.25
 * times as fast (JDK 25, Zen 5).
 *
 * <p>Reads up to {@link RowKernels#READ_AHEAD} floats behind each run. Writes nothing but results
 * where {@link #isExact}; otherwise up to a vector behind each row, rows ascending. Thread safety:
 * static, no state.
 */
public final class Interleave {
  private static final int L = Species.LANES;

  private Interleave() {}

  /** Whether nothing is written behind a row. */
  public static boolean isExact(int count, int length) {
    return count == 1 || (count > 4 && count >= L) || (length >= L && halved(count) <= 4);
  }

  /** Scratch that {@link #run} needs, in floats. */
  public static long scratchFloats(int count, int length) {
    long floats = 0;
    for (int some = count; some > 4 && isHalved(count); some /= 2) {
      floats += (long) count * length + some / 2 * (long) RowKernels.READ_AHEAD;
    }
    return floats;
  }

  /** Entries of {@code starts} that {@link #run} needs. */
  public static int starts(int count) {
    return Math.max(count, L);
  }

  private static int halved(int count) {
    int some = count;
    while (some > 4 && some % 2 == 0) {
      some /= 2;
    }
    return some;
  }

  private static boolean isHalved(int count) {
    return count < L && halved(count) <= 4;
  }

  /**
   * Interleaves; see the class for the operands.
   *
   * @param count runs
   * @param scratch memory for what is half done
   * @param free where {@link #scratchFloats} of it are free
   * @param starts memory for {@link #starts} places
   */
  public static void run(
      int count,
      float[] x,
      int at,
      int apart,
      int rows,
      int step,
      int length,
      float[] out,
      int to,
      int outStep,
      float[] scratch,
      int free,
      int[] starts) {
    switch (count) {
      case 1 -> {
        for (int r = 0; r < rows; r++) {
          System.arraycopy(x, at + r * step, out, to + r * outStep, length);
        }
      }
      case 2 -> RowKernels.interleave(x, at, at + apart, rows, step, length, out, to, outStep);
      case 3 -> RowKernels.interleave3(x, at, apart, rows, step, length, out, to, outStep);
      case 4 -> RowKernels.interleave4(x, at, apart, rows, step, length, out, to, outStep);
      default -> {
        if (isHalved(count)) {
          for (int r = 0; r < rows; r++) {
            halves(count, x, at + r * step, apart, length, out, to + r * outStep, scratch, free);
          }
          return;
        }
        for (int k = 0; k < starts(count); k++) {
          starts[k] = Math.min(k, count - 1) * apart;
        }
        for (int r = 0; r < rows; r++) {
          // A vector of runs at a time; the last one ends with the last run.
          for (int k = 0; k < count; k += L) {
            int first = Math.clamp(count - L, 0, k);
            int y = to + r * outStep + first;
            Transpose.run(x, at + r * step, starts, first, length, out, y, count);
          }
        }
      }
    }
  }

  /**
   * Two and two, until three or four are left. With one loop of permutations for 4 and its tail C2
   * ran on boxed vectors (JDK 25), which it does not on selections.
   */
  private static void halves(
      int count,
      float[] x,
      int at,
      int apart,
      int length,
      float[] out,
      int to,
      float[] scratch,
      int free) {
    float[] source = x;
    int run = at;
    int next = apart;
    int region = free;
    int some = count;
    int pixels = length;
    while (some > 4) {
      some /= 2;
      int longer = 2 * pixels + RowKernels.READ_AHEAD;
      RowKernels.interleave(
          source, run, run + some * next, some, next, pixels, scratch, region, longer);
      source = scratch;
      run = region;
      next = longer;
      region += some * longer;
      pixels *= 2;
    }
    if (some == 3) {
      RowKernels.interleave3(source, run, next, 1, 0, pixels, out, to, 0);
    } else {
      RowKernels.interleave4(source, run, next, 1, 0, pixels, out, to, 0);
    }
  }
}
