package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.simdconv.internal.simd.Species;
import org.simdconv.reference.VolumeShape;

/**
 * What a plan does only on a core that begins one FMA a cycle, whichever core this is, equals the
 * reference: tiles of 49 pixels, pixels copied beside the products of other bands, and pixels of
 * small images in panels. In a JVM of its own, as a JVM asks once which core it is on.
 */
class OneFmaTest {
  @Test
  void whatOneFmaCycleBringsEqualsTheReference() throws Exception {
    assumeTrue(Species.LANES >= 16, "there is nothing of it with narrower vectors");
    List<String> options =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // With a small L2, so that small images are cut into bands.
    options.addAll(List.of("-Dsimdconv.fmas=1", "-Dsimdconv.l1=16K", "-Dsimdconv.l2=256K"));
    List<String> lines = ChildJvm.run(Main.class, options).lines().toList();
    int count = lines.size();
    int wide = first(lines.get(count - 3), " of 400 plans have wide tiles");
    int copies = first(lines.get(count - 2), " of 400 plans copy ahead");
    int panels = first(lines.get(count - 1), " of 400 plans pack pixels");
    assertTrue(wide > 100 && copies > 100, wide + " wide, " + copies + " copy");
    assertTrue(panels > 100, panels + " pack pixels");
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
      panels();
      volumes();
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

    /** Images of a vector of pixels at most, batches of smaller ones, and short signals. */
    private static void panels() {
      Random random = new Random(64);
      int[] channels = {32, 64, 96, 30, 61, 127};
      int panels = 0;
      for (int i = 0; i < CASES; i++) {
        boolean transposed = random.nextBoolean();
        boolean signal = random.nextInt(4) == 0;
        int height = signal ? 1 : 1 + random.nextInt(4);
        int width = signal ? 1 + random.nextInt(16) : 1 + random.nextInt(4);
        int kernel = 1 + random.nextInt(4);
        int rows = signal ? 1 : 1 + random.nextInt(4);
        int stride = transposed ? 1 + random.nextInt(3) : 1;
        int dilation = 1 + random.nextInt(5) / 4;
        int pad = random.nextInt(1 + dilation * (Math.min(kernel, rows) - 1));
        int reach = dilation * (kernel - 1) + 1;
        int reachRows = dilation * (rows - 1) + 1;
        if (transposed
            ? (height - 1) * stride + reachRows <= 2 * pad
                || (width - 1) * stride + reach <= 2 * pad
            : height + 2 * pad < reachRows || width + 2 * pad < reach) {
          continue;
        }
        ConvCase c =
            new ConvCase(
                transposed,
                1 + random.nextInt(3),
                height,
                width,
                1 + random.nextInt(2),
                2 + random.nextInt(40),
                channels[random.nextInt(channels.length)],
                new ConvCase.Kernel(rows, kernel, stride, stride, dilation, dilation),
                new ConvCase.Pads(pad, pad, pad, pad),
                0,
                0);
        panels += check(c, i).registerTile().contains("channels in the lanes") ? 1 : 0;
      }
      System.out.println(panels + " of " + CASES + " plans pack pixels");
    }

    private static void volumes() {
      Random random = new Random(65);
      for (int i = 0; i < CASES / 4; i++) {
        int[] in = {1 + random.nextInt(4), 2 + random.nextInt(3), 2 + random.nextInt(3)};
        int[] kernel = {1 + 2 * random.nextInt(2), 3, 3};
        int[] pad = {kernel[0] / 2, 1, 1};
        int step = 1 + random.nextInt(2);
        boolean transposed = random.nextBoolean();
        int[] stride = transposed ? new int[] {step, step, step} : new int[] {step, 1, 1};
        int out = 32 * (1 + random.nextInt(2));
        int[] one = {1, 1, 1};
        VolumesTest.check(
            new VolumeShape(
                transposed,
                1,
                1 + random.nextInt(20),
                out,
                1,
                in,
                kernel,
                stride,
                pad,
                pad,
                one,
                new int[3]),
            i);
      }
    }

    private static PlanExplanation check(ConvCase c, int seed) {
      PlanOptions direct = PlanOptions.defaults().withAlgorithm(Algorithm.DIRECT);
      Equivalence.check(c, Equivalence.anyWay(seed), seed, direct, Equivalence::same);
      return c.plan(new float[c.weightSize()], null, Activation.none(), direct).explain();
    }
  }
}
