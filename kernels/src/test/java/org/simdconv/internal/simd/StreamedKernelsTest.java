package org.simdconv.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.simdconv.internal.plan.ActivationKind;

/** The tiles of {@link StreamedKernels} against those of {@link MicroKernels}, bit for bit. */
class StreamedKernelsTest {
  private static final int L = Species.LANES;
  private static final int ROWS = StreamedKernels.ROWS;

  @Property(tries = 300)
  void sumsAreThoseOfAPlainTile(
      @ForAll @IntRange(min = 1, max = 5) int tiles,
      @ForAll @IntRange(min = 0, max = 70) int taps,
      @ForAll boolean resumes,
      @ForAll boolean clips,
      @ForAll long seed) {
    Random r = new Random(seed);
    float[] x = floats(r, taps + 2 * L);
    float[] plain = new float[(ROWS + 1) * tiles * taps];
    float[] streamed = new float[plain.length + L];
    boolean[] taken = new boolean[streamed.length];
    for (int t = 0; t < tiles; t++) {
      for (int k = 0; k < taps; k++) {
        float[] row = floats(r, ROWS + 1);
        row[ROWS] = MicroKernels.offset(r.nextInt(taps));
        int at = StreamedKernels.at(t, tiles, k, taps);
        System.arraycopy(row, 0, plain, (t * taps + k) * (ROWS + 1), ROWS + 1);
        System.arraycopy(row, 0, streamed, at, ROWS + 1);
        assertFalse(taken[at], "two rows in one place");
        Arrays.fill(taken, at, at + ROWS + 1, true);
      }
    }
    float[] from = floats(r, ROWS * L);
    float[] bias = floats(r, ROWS);
    Epilogue epilogue =
        new Epilogue(clips ? ActivationKind.CLIP : ActivationKind.NONE, -0.5f, 0.75f);
    TileIo io = new TileIo();
    for (int t = 0; t < tiles; t++) {
      float[] expected = new float[ROWS * L];
      io.resume(resumes, from, 0);
      io.finish(bias, 0, epilogue, expected, 0, L);
      MicroKernels.run(ROWS, 1, plain, t * taps * (ROWS + 1), taps, x, 1, io);

      float[] actual = new float[ROWS * L];
      io.finish(bias, 0, epilogue, actual, 0, L);
      StreamedKernels.run(streamed, 0, t, tiles, taps, x, 1, io);
      assertArrayEquals(expected, actual);
    }
  }

  private static float[] floats(Random r, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = r.nextFloat() - 0.5f;
    }
    return values;
  }
}
