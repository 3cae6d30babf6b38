package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.simdconv.internal.simd.Species;

/**
 * What a plan does only on a core that begins one FMA a cycle, whichever core this is: tiles of 49
 * pixels equal the reference. In a JVM of its own, as a JVM asks once which core it is on.
 */
class WideTilesTest {
  @Test
  void tilesOf49PixelsEqualTheReference() throws Exception {
    List<String> options =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    options.add("-Dsimdconv.fmas=1");
    String last = ChildJvm.run(Main.class, options).lines().reduce("", (a, b) -> b);
    if (Species.LANES < 16) {
      assertEquals("0 of 400 plans have wide tiles", last);
    } else {
      int wide = Integer.parseInt(last.substring(0, last.indexOf(' ')));
      assertTrue(wide > 100, last);
    }
  }

  /** Checks shapes of which many have images of a multiple of 49 pixels. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      int[] sides = {7, 14, 14, 21, 28};
      int[] channels = {1, 4, 5, 8, 9, 12, 13, 20, 31, 40};
      Random random = new Random(49);
      int wide = 0;
      for (int i = 0; i < 400; i++) {
        boolean transposed = i % 4 == 3;
        int side = sides[random.nextInt(sides.length)];
        int stride = 1 + random.nextInt(2);
        // Of 1x1 and 2x2 of stride 2 every pixel is one; wider kernels have them in copied rows.
        int k = transposed ? stride : i % 4 == 2 ? 3 : 1;
        int size = transposed ? side : stride * (side - 1) + 1;
        ConvCase c =
            ConvCase.square(
                transposed,
                1 + random.nextInt(3),
                1 + random.nextInt(40),
                channels[random.nextInt(channels.length)],
                size,
                k,
                stride,
                k / 3);
        PlanOptions direct = PlanOptions.defaults().withAlgorithm(Algorithm.DIRECT);
        Equivalence.check(c, Equivalence.anyWay(i), i, direct, Equivalence::same);
        ConvPlan plan = c.plan(new float[c.weightSize()], null, Activation.none(), direct);
        wide += plan.explain().registerTile().contains("x3+1") ? 1 : 0;
      }
      System.out.println(wide + " of 400 plans have wide tiles");
    }
  }
}
