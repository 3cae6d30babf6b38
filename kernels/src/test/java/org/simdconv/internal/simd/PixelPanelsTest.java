package org.simdconv.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The tiles of {@link PixelPanels} against the sums that define them, bit for bit. */
class PixelPanelsTest {
  private static final int L = Species.LANES;
  private static final int CHANNELS = PixelPanels.CHANNELS;

  @Property(tries = 300)
  void sumsAreThoseOfTheDefinition(
      @ForAll @IntRange(min = 0, max = 63) int some,
      @ForAll @IntRange(min = 1, max = 9) int channels,
      @ForAll @IntRange(min = 0, max = 9) int taps,
      @ForAll long seed) {
    int count = 1 + some % L;
    Random r = new Random(seed);
    int[] pixels = PixelPanels.pixels(count);
    int stride = 40 + r.nextInt(10);
    int xAt = r.nextInt(5);
    float[] x = floats(r, xAt + channels * stride + 3 * L);
    int[] offset = r.ints(taps, 0, stride - count).toArray();
    int all = channels * taps;
    int wAt = r.nextInt(5);
    float[] w = floats(r, wAt + all * CHANNELS + L);
    int panelAt = r.nextInt(5);
    float[] scratch =
        new float[panelAt + (int) PixelPanels.floats(pixels, all) + L + 20 * CHANNELS];
    PixelPanels.pack(x, xAt, channels, stride, offset, taps, pixels, scratch, panelAt);
    float[] out = new float[CHANNELS * L + 3];
    int sumsAt = scratch.length - 20 * CHANNELS;
    PixelPanels.run(
        scratch, panelAt, pixels, all, w, wAt, scratch, sumsAt, out, 3, new int[L], new TileIo());
    for (int m = 0; m < CHANNELS; m++) {
      for (int i = 0; i < count; i++) {
        float expected = 0;
        for (int k = 0; k < all; k++) {
          float pixel = x[xAt + k / taps * stride + offset[k % taps] + i];
          expected = Math.fma(w[wAt + k * CHANNELS + m], pixel, expected);
        }
        assertEquals(expected, out[3 + m * L + i], "channel " + m + " pixel " + i);
      }
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
