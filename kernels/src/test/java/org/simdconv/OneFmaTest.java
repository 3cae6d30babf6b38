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
 * What a plan does only on a core that begins one FMA a cycle, whichever core this is, equals the
 * reference: tiles of 49 pixels, and pixels copied beside the products of other bands. In a JVM of
 * its own, as a JVM asks once which core it is on.
 */
class OneFmaTest {
  @Test
  void whatOneFmaCycleBringsEqualsTheReference() throws Exception {
    List<String> options =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // With a small L2, so that small images are cut into bands.
    options.addAll(List.of("-Dsimdconv.fmas=1", "-Dsimdconv.l1=16K", "-Dsimdconv.l2=256K"));
    List<String> lines = ChildJvm.run(Main.class, options).lines().toList();
    int count = lines.size();
    int wide = first(lines.get(count - 2), " of 400 plans have wide tiles");
    int copies = first(lines.get(count - 1), " of 400 plans copy ahead");
    if (Species.LANES < 16) {
      assertEquals(0, wide);
      assertEquals(0, copies);
    } else {
      assertTrue(wide > 100 && copies > 100, wide + " wide, " + copies + " copy");
    }
  }

  private static int first(String line, String rest) {
    assertTrue(line.endsWith(rest), line);
    return Integer.parseInt(line.substring(0, line.length() - rest.length()));
  }

  /** Checks shapes of either kind, and says how many they were. */
  static final class Main {
    private static final int CASES = 400;

    private Main() {}

    public static void main(String[] args) {
      wide();
      copying();
    }

    /** Many have images of a multiple of 49 pixels. */
    private static void wide() {
      int[] sides = {7, 14, 14, 21, 28};
      int[] channels = {1, 4, 5, 8, 9, 12, 13, 20, 31, 40};
      Random random = new Random(49);
      int wide = 0;
      for (int i = 0; i < CASES; i++) {
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
        wide += check(c, i).registerTile().contains("x3+1") ? 1 : 0;
      }
      System.out.println(wide + " of " + CASES + " plans have wide tiles");
    }

    /**
     * Each tap a channel: images, signals, kernels as large as their stride; padded ones have a
     * part of their outputs that is.
     */
    private static void copying() {
      Random random = new Random(62);
      int copies = 0;
      for (int i = 0; i < CASES; i++) {
        boolean transposed = i % 3 == 2;
        int stride = transposed ? 1 + random.nextInt(3) : 1;
        boolean signal = random.nextInt(4) == 0;
        int height = signal ? 1 : 10 + random.nextInt(20);
        int width = signal ? 200 + random.nextInt(600) : 10 + random.nextInt(20);
        int kernel = transposed ? 1 + random.nextInt(stride) : 1;
        // A stride beyond the kernel leaves phases without a tap.
        int pad = transposed ? 0 : Math.max(0, random.nextInt(6) - 2);
        ConvCase.Kernel k = new ConvCase.Kernel(kernel, stride, stride, stride, 1, 1);
        ConvCase c =
            new ConvCase(
                transposed,
                1 + random.nextInt(3),
                height,
                width,
                1 + random.nextInt(2),
                60 + random.nextInt(90),
                50 + random.nextInt(60),
                transposed ? k : new ConvCase.Kernel(1, 1, 1, 1, 1, 1),
                new ConvCase.Pads(pad, 0, pad, 0),
                transposed ? stride - kernel : 0,
                0);
        copies += check(c, i).input().contains("beside") ? 1 : 0;
      }
      System.out.println(copies + " of " + CASES + " plans copy ahead");
    }

    private static PlanExplanation check(ConvCase c, int seed) {
      PlanOptions direct = PlanOptions.defaults().withAlgorithm(Algorithm.DIRECT);
      Equivalence.check(c, Equivalence.anyWay(seed), seed, direct, Equivalence::same);
      return c.plan(new float[c.weightSize()], null, Activation.none(), direct).explain();
    }
  }
}
