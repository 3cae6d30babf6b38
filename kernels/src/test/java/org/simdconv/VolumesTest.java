package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simdconv.reference.NaiveConv3d;
import org.simdconv.reference.VolumeShape;

/** 3-D convolution and its transpose bit for bit the reference; 1-D is 2-D with one row. */
class VolumesTest {
  @Property(tries = 2500)
  void volumesEqualTheReference(@ForAll boolean transposed, @ForAll long seed) {
    check(any(transposed, new Random(seed)), seed);
  }

  private static VolumeShape any(boolean transposed, Random r) {
    int groups = r.nextInt(3) == 0 ? 1 + r.nextInt(3) : 1;
    int[] kernel = new int[3];
    int[] stride = new int[3];
    int[] dilation = new int[3];
    int[] begin = new int[3];
    int[] end = new int[3];
    int[] in = new int[3];
    int[] outputPadding = new int[3];
    for (int a = 0; a < 3; a++) {
      // Axes that are read as they are come to images.
      boolean identity = r.nextInt(4) == 0;
      kernel[a] = identity ? 1 : 1 + r.nextInt(4);
      stride[a] = identity ? 1 : 1 + r.nextInt(3);
      dilation[a] = identity ? 1 : 1 + r.nextInt(3);
      begin[a] = identity ? 0 : r.nextInt(4);
      end[a] = identity ? 0 : r.nextInt(4);
      int extent = dilation[a] * (kernel[a] - 1) + 1;
      int size = 1 + r.nextInt(a == 2 && r.nextInt(3) == 0 ? 40 : 7);
      if (transposed) {
        int most = Math.max(stride[a], dilation[a]) - 1;
        outputPadding[a] = most > 0 ? r.nextInt(most + 1) : 0;
        while (stride[a] * (size - 1) + extent + outputPadding[a] <= begin[a] + end[a]) {
          size++;
        }
      } else {
        size += Math.max(0, extent - begin[a] - end[a] - 1);
      }
      in[a] = size;
    }
    int[] channels = {1, 1, 2, 3, 4, 5, 8, 13, 17};
    return new VolumeShape(
        transposed,
        1 + r.nextInt(3),
        groups * channels[r.nextInt(channels.length)],
        groups * channels[r.nextInt(channels.length)],
        groups,
        in,
        kernel,
        stride,
        begin,
        end,
        dilation,
        outputPadding);
  }

  /** Shapes of networks for volumes, and those that come to images. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // transposed n ic oc g, in, kernel, stride, padding
        "false 1 16 16 1 8 20 20 3 3 3 1 1 1 1 1 1",
        "false 2 3 20 1 6 30 30 3 7 7 1 2 2 1 3 3",
        "false 1 24 24 24 6 14 14 3 3 3 1 1 1 1 1 1",
        "false 1 40 30 1 5 9 9 1 1 1 1 1 1 0 0 0",
        "false 1 40 30 1 5 9 9 1 3 3 1 1 1 0 1 1",
        "false 2 40 30 1 9 5 5 3 1 1 2 1 1 1 0 0",
        "false 1 64 64 1 2 2 2 3 3 3 1 1 1 1 1 1",
        "true 1 32 16 1 4 8 8 2 2 2 2 2 2 0 0 0",
        "true 2 16 20 1 4 7 7 4 4 4 2 2 2 1 1 1",
        "true 1 64 8 1 1 1 1 4 4 4 1 1 1 0 0 0",
        "true 1 6 6 6 3 5 5 3 3 3 2 2 2 1 1 1"
      })
  void volumesOfNetworksEqualTheReference(String text) {
    String[] w = text.split(" ", -1);
    int[] v = new int[w.length];
    for (int i = 1; i < v.length; i++) {
      v[i] = Integer.parseInt(w[i]);
    }
    int[] pads = {v[14], v[15], v[16]};
    VolumeShape s =
        new VolumeShape(
            Boolean.parseBoolean(w[0]),
            v[1],
            v[2],
            v[3],
            v[4],
            new int[] {v[5], v[6], v[7]},
            new int[] {v[8], v[9], v[10]},
            new int[] {v[11], v[12], v[13]},
            pads,
            pads,
            new int[] {1, 1, 1},
            new int[3]);
    for (long seed = 0; seed < 4; seed++) {
      check(s, seed);
    }
  }

  static void check(VolumeShape s, long seed) {
    Random random = new Random(seed);
    float[] x = ConvCase.reals(s.inputSize(), seed);
    float[] w = ConvCase.reals(s.weightSize(), seed + 1);
    float[] bias = random.nextBoolean() ? ConvCase.reals(s.outChannels(), seed + 2) : null;
    int threads = 1 + random.nextInt(4);
    PlanOptions options = PlanOptions.defaults().withThreads(threads).withForkThreshold(1);
    ConvPlan plan = plan(s, w, bias, options);
    String what = plan + " seed " + seed + " threads " + threads;
    assertEquals(s.outputSize(), plan.outputFloats(), what);
    assertEquals(s.out(0), plan.outDepth(), what);
    assertEquals(s.out(1), plan.outHeight(), what);
    assertEquals(s.out(2), plan.outWidth(), what);
    float[] expected = NaiveConv3d.forward(s, x, w, bias);
    boolean residual = random.nextInt(3) == 0;
    float[] start = ConvCase.reals(expected.length, seed + 3);
    for (int i = 0; i < expected.length && residual; i++) {
      expected[i] += start[i];
    }
    Workspace workspace = plan.newWorkspace();
    float[] output = start.clone();
    if (random.nextInt(3) == 0) {
      try (Arena arena = Arena.ofShared()) {
        MemorySegment in = arena.allocate(4L * x.length);
        MemorySegment.copy(x, 0, in, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, x.length);
        MemorySegment out = arena.allocate(4L * output.length);
        MemorySegment.copy(start, 0, out, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, start.length);
        plan.run(in, residual ? out : null, out, workspace, Equivalence.POOL);
        output = out.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
      }
    } else {
      int at = random.nextInt(9);
      float[] input = new float[x.length + at];
      Arrays.fill(input, Float.NaN);
      System.arraycopy(x, 0, input, at, x.length);
      float @org.jspecify.annotations.Nullable [] added = residual ? output : null;
      plan.run(input, at, added, 0, output, 0, workspace, Equivalence.POOL);
    }
    Equivalence.same(expected, output, what + (residual ? " with a residual" : ""));
  }

  private static ConvPlan plan(
      VolumeShape s,
      float[] w,
      float @org.jspecify.annotations.Nullable [] bias,
      PlanOptions options) {
    int[] in = s.in();
    int[] k = s.kernel();
    int[] st = s.stride();
    int[] d = s.dilation();
    int[] b = s.padBegin();
    int[] e = s.padEnd();
    int[] op = s.outputPadding();
    Padding padding = Padding.of(b[0], b[1], b[2], e[0], e[1], e[2]);
    return s.transposed()
        ? ConvTranspose3d.of(s.inChannels(), s.outChannels())
            .groups(s.groups())
            .kernel(k[0], k[1], k[2])
            .stride(st[0], st[1], st[2])
            .dilation(d[0], d[1], d[2])
            .padding(padding)
            .outputPadding(op[0], op[1], op[2])
            .plan(s.batch(), in[0], in[1], in[2], w, bias, options)
        : Conv3d.of(s.inChannels(), s.outChannels())
            .groups(s.groups())
            .kernel(k[0], k[1], k[2])
            .stride(st[0], st[1], st[2])
            .dilation(d[0], d[1], d[2])
            .padding(padding)
            .plan(s.batch(), in[0], in[1], in[2], w, bias, options);
  }

  @Test
  void automaticPaddingAndOutputShape() {
    Conv3d same = Conv3d.of(1, 1).kernel(3, 2, 5).stride(2).padding(Padding.sameUpper());
    assertEquals(4, same.outDepth(7));
    assertEquals(5, same.outHeight(9));
    assertEquals(6, same.outWidth(11));
    ConvTranspose3d shaped =
        ConvTranspose3d.of(1, 1).kernel(3, 3, 3).stride(2).outputShape(6, 7, 8);
    assertEquals(6, shaped.outDepth(3));
    assertEquals(7, shaped.outHeight(3));
    assertEquals(8, shaped.outWidth(4));
  }

  @Test
  void badInputIsRefusedByName() {
    assertRefused("kernel (depth) is 0", () -> Conv3d.of(1, 1).kernel(0, 1, 1));
    assertRefused("stride (depth) is 0", () -> Conv3d.of(1, 1).stride(0));
    assertRefused("dilation (height) is -1", () -> ConvTranspose3d.of(1, 1).dilation(1, -1, 1));
    assertRefused("padding (front) is -1", () -> Conv3d.of(1, 1).padding(-1));
    assertRefused(
        "outputPadding (depth) is 1", () -> ConvTranspose3d.of(1, 1).outputPadding(1, 0, 0));
    assertRefused(
        "kernel (depth) extends over 5",
        () -> Conv3d.of(1, 1).kernel(5, 1, 1).plan(1, 4, 9, 9, new float[5], null));
    assertRefused(
        "weights has 4",
        () -> Conv3d.of(1, 1).kernel(5, 1, 1).plan(1, 9, 9, 9, new float[4], null));
    assertRefused("depth is 0", () -> Conv3d.of(1, 1).plan(1, 0, 9, 9, new float[1], null));
    assertRefused(
        "input is 1 x 64 x 1024 x 1024 x 1024",
        () -> Conv3d.of(64, 1).plan(1, 1024, 1024, 1024, new float[64], null));
    assertRefused(
        "padding is 1 in front", () -> Conv2d.of(1, 1).padding(Padding.of(1, 0, 0, 0, 0, 0)));
    assertRefused("padding is 1 above", () -> Conv1d.of(1, 1).padding(Padding.of(1, 0, 0, 0)));
  }

  private static void assertRefused(String begin, org.junit.jupiter.api.function.Executable run) {
    RuntimeException e = assertThrows(RuntimeException.class, run);
    assertTrue(String.valueOf(e.getMessage()).startsWith(begin), e::toString);
  }

  @Test
  void explainTellsThePhasesOfVolumes() {
    String text =
        ConvTranspose3d.of(2, 2)
            .kernel(3, 3, 3)
            .stride(2)
            .plan(1, 4, 4, 4, new float[4 * 27], null)
            .explain()
            .toString();
    assertTrue(text.contains("1 of 2x2x2, 1 of 2x2x1"), text);
  }

  @Test
  void signalsAreImagesOfOneRow() {
    float[] w = ConvCase.reals(6 * 4 * 5, 1);
    float[] x = ConvCase.reals(2 * 4 * 50, 2);
    ConvPlan one =
        Conv1d.of(4, 6).kernel(5).stride(2).dilation(3).padding(4, 1).plan(2, 50, w, null);
    ConvPlan two =
        Conv2d.of(4, 6)
            .kernel(1, 5)
            .stride(1, 2)
            .dilation(1, 3)
            .padding(Padding.of(0, 4, 0, 1))
            .plan(2, 1, 50, w, null);
    float[] a = new float[one.outputFloats()];
    float[] b = new float[two.outputFloats()];
    one.run(x, a);
    two.run(x, b);
    Equivalence.same(b, a, "conv1d");
    assertEquals(
        one.outWidth(),
        Conv1d.of(4, 6).kernel(5).stride(2).dilation(3).padding(4, 1).outLength(50));

    ConvTranspose1d back = ConvTranspose1d.of(6, 4).kernel(5).stride(3).padding(1).outputPadding(2);
    ConvPlan up = back.plan(1, 20, w, null);
    assertEquals(back.outLength(20), up.outWidth());
    assertEquals(3 * 19 + 5 - 2 + 2, up.outWidth());
  }
}
