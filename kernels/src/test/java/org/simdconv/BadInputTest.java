package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every mistake of a caller is refused by name, before anything is written. */
class BadInputTest {
  private static final Conv2d CONV = Conv2d.of(4, 6);
  private static final ConvTranspose2d UP = ConvTranspose2d.of(4, 6);

  private static void refused(
      Class<? extends RuntimeException> type, String text, Executable call) {
    String message = assertThrows(type, call).getMessage();
    assertTrue(message != null && message.contains(text), () -> message + " lacks: " + text);
  }

  private static void illegal(String text, Executable call) {
    refused(IllegalArgumentException.class, text, call);
  }

  @Test
  void descriptions() {
    illegal("inChannels is 0; must be at least 1", () -> Conv2d.of(0, 1));
    illegal("outChannels is -3; must be at least 1", () -> Conv2d.of(1, -3));
    illegal("inChannels is 0", () -> ConvTranspose2d.of(0, 1));
    illegal("kernel (height) is 0", () -> CONV.kernel(0, 1));
    illegal("kernel (width) is -1", () -> UP.kernel(1, -1));
    illegal("stride (height) is 0", () -> CONV.stride(0));
    illegal("stride (width) is 0", () -> UP.stride(1, 0));
    illegal("dilation (height) is 0", () -> CONV.dilation(0, 1));
    illegal("dilation (width) is -2", () -> UP.dilation(1, -2));
    illegal("padding (left) is -1; must not be negative", () -> Padding.of(0, -1, 0, 0));
    illegal("padding (top) is -1", () -> CONV.padding(-1));
    illegal("groups is 3; must divide inChannels 4 and outChannels 6", () -> CONV.groups(3));
    illegal("groups is 0", () -> UP.groups(0));
    illegal(
        "outputPadding (height) is 2; must be less than stride 2 or dilation 1",
        () -> UP.stride(2).outputPadding(2, 0));
    illegal("outputPadding (width) is -1", () -> UP.outputPadding(0, -1));
    illegal("outputPadding (height) is 1", () -> UP.stride(2).outputPadding(1, 1).stride(1));
    illegal("outputShape (height) is 0", () -> UP.outputShape(0, 3));
    illegal("low is 2.0; must be at most high, which is 1.0", () -> Activation.clip(2, 1));
    illegal("low is NaN", () -> Activation.clip(Float.NaN, 1));
    illegal("slope is NaN", () -> Activation.leakyRelu(Float.NaN));
    illegal("threads is 0", () -> PlanOptions.defaults().withThreads(0));
    illegal("threads is 5000", () -> PlanOptions.defaults().withThreads(5000));
    illegal("forkThreshold is 0", () -> PlanOptions.defaults().withForkThreshold(0));
    illegal("floats is -1", () -> Workspace.ofFloats(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> Workspace.of(new float[3], 2, 2));
    assertThrows(NullPointerException.class, () -> CONV.padding(nothing()));
    assertThrows(NullPointerException.class, () -> UP.activation(nothing()));
    // As large as dilation allows, although the stride is 1.
    assertEquals(3 + 1, UP.kernel(1, 1).dilation(2).outputPadding(1, 1).outHeight(3));
  }

  @Test
  void plans() {
    float[] w = new float[24];
    illegal("batch is 0; must be at least 1", () -> CONV.plan(0, 1, 1, w, null));
    illegal("height is 0", () -> CONV.plan(1, 0, 1, w, null));
    illegal("width is -1", () -> UP.plan(1, 1, -1, w, null));
    illegal(
        "weights has 23 elements; must have 24 ([6, 4, 1, 1], out, in / groups, rows, columns)",
        () -> CONV.plan(1, 1, 1, new float[23], null));
    illegal("[4, 6, 1, 1], in, out / groups", () -> UP.plan(1, 1, 1, new float[25], null));
    illegal("bias has 4 elements; must have 6", () -> CONV.plan(1, 1, 1, w, new float[4]));
    illegal(
        "kernel (height) extends over 5 with its dilation; must be at most the padded image's 4",
        () -> CONV.kernel(3, 3).dilation(2).plan(1, 4, 9, w, null));
    illegal(
        "padding (width) is 2 + 2; must be below the uncut output's 4",
        () -> UP.padding(Padding.of(0, 2)).plan(1, 4, 4, w, null));
    illegal(
        "outputShape (height) is 9; must be below the uncut output's 4",
        () -> UP.outputShape(9, 4).plan(1, 4, 4, w, null));
    assertThrows(NullPointerException.class, () -> CONV.plan(1, 1, 1, nothing(), null));
    assertThrows(NullPointerException.class, () -> CONV.plan(1, 1, 1, w, null, nothing()));
  }

  @Test
  void sizesPastTheLimitOfAnArray() {
    float[] w = new float[24];
    illegal("input is 1 x 4 x 50000 x 50000", () -> CONV.plan(1, 50_000, 50_000, w, null));
    illegal("output is 1 x 6 x", () -> UP.stride(20_000).plan(1, 3, 3, w, null));
    illegal("must be below 2^31", () -> CONV.plan(Integer.MAX_VALUE, 46_341, 46_341, w, null));
    illegal("weights is 46341 x 46341", () -> Conv2d.of(46_341, 46_341).plan(1, 1, 1, w, null));
    illegal(
        "extends over 4294967295",
        () -> CONV.kernel(3, 1).dilation(Integer.MAX_VALUE).plan(1, 5, 5, w, null));
    illegal(
        "must be below 2^31",
        () -> CONV.padding(Padding.of(Integer.MAX_VALUE, 0)).plan(1, 5, 5, w, null));
    illegal(
        "must be below 2^31",
        () -> UP.kernel(2, 2).dilation(Integer.MAX_VALUE).plan(1, 5, 5, w, null));
    // A stride far larger than the output is odd but well defined.
    ConvPlan lone =
        ConvTranspose2d.of(1, 1).stride(2_000_000_000).plan(1, 1, 1, new float[] {3}, null);
    float[] single = new float[1];
    lone.run(new float[] {7}, single);
    assertArrayEquals(new float[] {21}, single);
    // Pads past the image on an axis, with one output far away from it.
    float[] one = {2};
    Conv2d far = Conv2d.of(1, 1).padding(Padding.of(0, 1_000_000, 0, 0)).stride(1, 2_000_000);
    ConvPlan plan = far.plan(1, 1, 1, one, new float[] {0.25f});
    float[] out = new float[1];
    plan.run(new float[] {7}, out);
    assertArrayEquals(new float[] {0.25f}, out);
  }

  @Test
  void arrays() {
    ConvPlan plan = CONV.plan(1, 2, 2, new float[24], null);
    Workspace ws = plan.newWorkspace();
    float[] in = new float[16];
    float[] out = filled(24);
    List<Executable> ranges = new ArrayList<>();
    ranges.add(() -> plan.run(new float[15], out));
    ranges.add(() -> plan.run(in, new float[23]));
    ranges.add(() -> plan.run(in, 1, out, 0, ws, null));
    ranges.add(() -> plan.run(in, -1, out, 0, ws, null));
    ranges.add(() -> plan.run(in, 0, out, 1, ws, null));
    ranges.add(() -> plan.run(in, 0, out, Integer.MAX_VALUE, ws, null));
    ranges.add(() -> plan.run(in, 0, new float[23], 0, out, 0, ws, null));
    for (Executable range : ranges) {
      assertThrows(IndexOutOfBoundsException.class, range);
    }
    refused(
        IndexOutOfBoundsException.class,
        "input needs 16 floats from offset 1; the array has 16",
        () -> plan.run(in, 1, out, 0, ws, null));
    assertThrows(NullPointerException.class, () -> plan.run(BadInputTest.<float[]>nothing(), out));
    assertThrows(NullPointerException.class, () -> plan.run(in, BadInputTest.<float[]>nothing()));
    assertThrows(NullPointerException.class, () -> plan.run(in, 0, out, 0, nothing(), null));
    float[] both = new float[39];
    illegal("output overlaps input", () -> plan.run(both, 0, both, 15, ws, null));
    plan.run(new float[40], 0, new float[40], 16, ws, null);
    float[] shared = new float[48];
    illegal(
        "output overlaps residual; they must be apart or the same",
        () -> plan.run(in, 0, shared, 0, shared, 23, ws, null));
    illegal("workspace has 10 floats", () -> plan.run(in, 0, out, 0, Workspace.ofFloats(10), null));
    float[] memory = new float[plan.workspaceFloats() + 16];
    illegal(
        "workspace lies in the memory of a tensor",
        () -> plan.run(memory, 0, out, 0, Workspace.of(memory, 0, memory.length), null));
    assertArrayEquals(filled(24), out, "an error came after a write");
    illegal("weights has 3 elements", () -> plan.withWeights(new float[3], null));
  }

  @Test
  void segments() {
    ConvPlan plan =
        CONV.plan(
            1,
            2,
            2,
            new float[24],
            null,
            PlanOptions.defaults().withThreads(2).withForkThreshold(1));
    Workspace ws = plan.newWorkspace();
    try (Arena shared = Arena.ofShared();
        Arena confined = Arena.ofConfined()) {
      MemorySegment in = shared.allocate(64);
      MemorySegment out = shared.allocate(96);
      refused(
          IndexOutOfBoundsException.class,
          "input needs 64 bytes; the segment has 60",
          () -> plan.run(in.asSlice(4), out, ws, null));
      refused(
          IndexOutOfBoundsException.class,
          "output needs 96 bytes",
          () -> plan.run(in, out.asSlice(0, 95), ws, null));
      illegal("output is read-only", () -> plan.run(in, out.asReadOnly(), ws, null));
      MemorySegment both = shared.allocate(159);
      illegal(
          "output overlaps input",
          () -> plan.run(both.asSlice(0, 64), both.asSlice(63, 96), ws, null));
      MemorySegment heap = MemorySegment.ofArray(new float[39]);
      illegal(
          "output overlaps input",
          () -> plan.run(heap.asSlice(0, 64), heap.asSlice(60, 96), ws, null));
      illegal(
          "output overlaps residual",
          () -> plan.run(in, both.asSlice(8, 96), both.asSlice(0, 96), ws, null));
      plan.run(in, out, out, ws, null);
      // Enough tasks for two threads, so that helpers would be used.
      ConvPlan large =
          CONV.plan(
              1,
              400,
              400,
              new float[24],
              null,
              PlanOptions.defaults().withThreads(2).withForkThreshold(1));
      MemorySegment mine = confined.allocate(4L * large.inputFloats());
      MemorySegment largeOut = shared.allocate(4L * large.outputFloats());
      large.run(mine, largeOut, large.newWorkspace(), null);
      illegal(
          "input is confined to the calling thread",
          () -> large.run(mine, largeOut, large.newWorkspace(), Equivalence.POOL));
      Arena closed = Arena.ofShared();
      MemorySegment gone = closed.allocate(64);
      closed.close();
      refused(
          IllegalStateException.class,
          "the arena of input is closed",
          () -> plan.run(gone, out, ws, null));
      assertThrows(
          NullPointerException.class,
          () -> plan.run(BadInputTest.<MemorySegment>nothing(), out, ws, null));
    }
  }

  private static float[] filled(int n) {
    float[] a = new float[n];
    java.util.Arrays.fill(a, 42);
    return a;
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }
}
