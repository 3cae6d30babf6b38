package org.simdconv.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Division by the reciprocal gives the bits of division. */
class DivisionTest {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE
  };

  @Property(tries = 2000)
  void quotientsAreRounded(@ForAll long seed) {
    Random r = new Random(seed);
    int most = 1 << (1 + r.nextInt(24));
    float count = 1 + r.nextInt(most);
    int length = 1 + r.nextInt(300);
    float[] x = new float[length + Species.LANES];
    for (int i = 0; i < x.length; i++) {
      x[i] = number(r, count);
    }
    float[] expected = x.clone();
    for (int i = 0; i < length; i++) {
      expected[i] = (x[i] + 0f) / count;
    }
    float[] y = x.clone();
    PoolKernels.divide(y, 0, length, count);
    same(expected, y, count, x);

    int negated = length + Species.LANES;
    float[] scales = new float[2 * negated];
    Arrays.fill(scales, 0, negated, 1 / count);
    Arrays.fill(scales, negated, 2 * negated, -count);
    y = x.clone();
    boolean isLarge = count >= PoolKernels.MOST_RECIPROCAL;
    PoolKernels.divide(y, 0, 1, length, scales, negated, 0, isLarge);
    same(expected, y, count, x);
  }

  /** Any bits; multiples of the count, and what is next to them; subnormal numbers. */
  private static float number(Random r, float count) {
    return switch (r.nextInt(5)) {
      case 0 -> SPECIAL[r.nextInt(SPECIAL.length)];
      case 1 -> count * r.nextInt(1 << 20) / 2;
      case 2 -> Math.nextUp(count * r.nextFloat());
      case 3 -> Float.intBitsToFloat(r.nextInt() >>> r.nextInt(32));
      default -> Float.intBitsToFloat(r.nextInt());
    };
  }

  private static void same(float[] expected, float[] actual, float count, float[] x) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          Float.floatToIntBits(expected[i]),
          Float.floatToIntBits(actual[i]),
          x[i] + " / " + count + " is " + expected[i] + ", not " + actual[i]);
    }
  }
}
