package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.simdconv.internal.simd.ChannelKernels;

/** Output channels in the lanes: the phases of transposed convolutions, and images without taps. */
class PhaseLanesTest {
  private static final int CASES = 400;

  /** One to three taps of each phase of the columns, any of the rows, borders of all kinds. */
  @Test
  void phasesEqualTheReference() {
    assumeTrue(ChannelKernels.exist(), "there are none with these vectors");
    Random random = new Random(71);
    int suited = 0;
    for (int i = 0; i < CASES; i++) {
      int sh = 1 + random.nextInt(3);
      int sw = 1 + random.nextInt(3);
      int rows = sh + random.nextInt(2 * sh + 1);
      int columns = sw + random.nextInt(2 * sw + 1);
      int dh = 1 + random.nextInt(4) / 3;
      int height = 1 + random.nextInt(12);
      int width = 4 + random.nextInt(30);
      int reach = (height - 1) * sh + (rows - 1) * dh + 1;
      int top = Math.min(random.nextInt(rows), (reach - 1) / 2);
      int bottom = Math.min(random.nextInt(rows), (reach - 1) / 2);
      ConvCase.Pads pads =
          new ConvCase.Pads(top, random.nextInt(columns), bottom, random.nextInt(columns));
      suited += check(of(random, height, width, rows, columns, sh, sw, dh, 1, pads), i);
    }
    assertTrue(suited > CASES / 3, suited + " suited");
  }

  /** Columns dilated, rows of several phases. */
  @Test
  void dilatedPhasesEqualTheReference() {
    assumeTrue(ChannelKernels.exist(), "there are none with these vectors");
    Random random = new Random(73);
    int suited = 0;
    for (int i = 0; i < CASES; i++) {
      int sh = 1 + random.nextInt(3);
      int rows = sh + random.nextInt(2 * sh + 1);
      int dw = 2 + random.nextInt(6);
      int height = 1 + random.nextInt(12);
      int width = dw + 1 + random.nextInt(30);
      int reach = (height - 1) * sh + rows;
      int top = Math.min(random.nextInt(rows), (reach - 1) / 2);
      int left = dw * random.nextInt(2) + random.nextInt(2);
      ConvCase.Pads pads = new ConvCase.Pads(top, left, random.nextInt(top + 1), left);
      suited += check(of(random, height, width, rows, 3, sh, 1, 1, dw, pads), i);
    }
    assertTrue(suited > CASES / 5, suited + " suited");
  }

  /** Every output reads the one input at its place: rows are folded into longer ones. */
  @Test
  void foldedRowsEqualTheReference() {
    assumeTrue(ChannelKernels.exist(), "there are none with these vectors");
    Random random = new Random(72);
    ConvCase.Pads none = new ConvCase.Pads(0, 0, 0, 0);
    int suited = 0;
    for (int i = 0; i < CASES; i++) {
      int sh = 1 + random.nextInt(3);
      int sw = 1 + random.nextInt(3);
      int height = 1 + random.nextInt(24);
      int width = 1 + random.nextInt(30);
      suited += check(of(random, height, width, sh, sw, sh, sw, 1, 1, none), i);
    }
    assertTrue(suited > CASES * 2 / 3, suited + " suited");
  }

  private static ConvCase of(
      Random random,
      int height,
      int width,
      int rows,
      int columns,
      int sh,
      int sw,
      int dh,
      int dw,
      ConvCase.Pads pads) {
    // A 1x1 kernel of stride 1 is the same either way.
    boolean transposed = rows * columns > 1 || random.nextBoolean();
    return new ConvCase(
        transposed,
        1 + random.nextInt(2),
        height,
        width,
        1 + random.nextInt(2),
        2 + random.nextInt(random.nextInt(8) == 0 ? 500 : 40),
        1 + random.nextInt(70),
        new ConvCase.Kernel(rows, columns, sh, sw, dh, dw),
        pads,
        random.nextInt(sh),
        random.nextInt(4) == 0 ? random.nextInt(sw) : 0);
  }

  private static int check(ConvCase c, long seed) {
    PlanOptions options = PlanOptions.defaults().withAlgorithm(Algorithm.CHANNEL_LANES);
    try {
      c.plan(new float[c.weightSize()], null, Activation.none(), options);
    } catch (IllegalArgumentException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("CHANNEL_LANES"), e::getMessage);
      return 0;
    }
    Equivalence.check(c, Equivalence.anyWay(seed), seed, options, Equivalence::same);
    return 1;
  }
}
