package org.simdconv.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Runs in turns against the formula of {@link Interleave}. */
class InterleaveTest {
  private static final float UNTOUCHED = -7f;

  @Property(tries = 3000)
  void runsInTurns(
      @ForAll @IntRange(min = 1, max = 40) int count,
      @ForAll @IntRange(min = 1, max = 50) int length,
      @ForAll @IntRange(min = 1, max = 3) int rows) {
    float[] x = new float[rows * count * length + RowKernels.READ_AHEAD];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    int row = count * length;
    boolean isExact = Interleave.isExact(count, length);
    // Room between the rows, and behind the last, only where it may be written.
    int outStep = isExact ? row + 3 : row;
    int room = isExact ? 0 : RowKernels.READ_AHEAD;
    float[] expected = untouched(rows * outStep + room);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < row; i++) {
        expected[r * outStep + i] = x[r * row + i % count * length + i / count];
      }
    }
    float[] actual = untouched(expected.length);
    int free = 5;
    float[] scratch = new float[free + Math.toIntExact(Interleave.scratchFloats(count, length))];

    Interleave.run(
        count,
        x,
        0,
        length,
        rows,
        row,
        length,
        actual,
        0,
        outStep,
        scratch,
        free,
        new int[Interleave.starts(count)]);

    int written = expected.length - room;
    assertArrayEquals(Arrays.copyOf(expected, written), Arrays.copyOf(actual, written));
  }

  private static float[] untouched(int length) {
    float[] array = new float[length];
    Arrays.fill(array, UNTOUCHED);
    return array;
  }
}
