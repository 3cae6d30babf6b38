package org.simdconv;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.run.Engine;
import org.simdconv.internal.run.TileRunner;

/**
 * What all plans share: checks of the memory of tensors before anything is written, the number of
 * threads, the workspace, and the run of an engine.
 *
 * <p>Thread safety: immutable but for a spare workspace, which is handed over atomically.
 */
final class Execution {
  // Never started: only asked whether it may access a segment.
  private static final Thread OTHER_THREAD = Thread.ofPlatform().unstarted(() -> {});

  private final Engine engine;
  private final PlanOptions options;
  private final long work;
  private final long slotFloats;
  private final Tensor input;
  private final @Nullable Tensor second;
  private final Tensor output;
  private final @Nullable Tensor numbers;
  private final boolean writesIndices;
  private final AtomicReference<@Nullable Workspace> spare = new AtomicReference<>();

  /**
   * A tensor of the run.
   *
   * @param name of the argument
   * @param elements elements, of 4 bytes each
   * @param unit what they are, for messages
   * @param mayBeOutput whether a run may read it from the output itself
   */
  record Tensor(String name, int elements, String unit, boolean mayBeOutput) {
    static Tensor floats(String name, int elements) {
      return new Tensor(name, elements, "floats", false);
    }

    static Tensor ints(String name, int elements) {
      return new Tensor(name, elements, "ints", false);
    }

    /** What is added to the output, which may be where the output is. */
    static Tensor residual(int elements) {
      return new Tensor("residual", elements, "floats", true);
    }
  }

  /**
   * Binds an engine to the sizes of its tensors.
   *
   * @param work operations of a run for {@link PlanOptions#forkThreshold}
   * @param second a second input, or null for none
   */
  Execution(
      Engine engine,
      PlanOptions options,
      double work,
      Tensor input,
      @Nullable Tensor second,
      Tensor output) {
    this(engine, options, work, input, second, output, null, false);
  }

  /**
   * The same with indices.
   *
   * @param numbers indices, ints, or null for none
   * @param writesIndices whether the run writes them
   */
  Execution(
      Engine engine,
      PlanOptions options,
      double work,
      Tensor input,
      @Nullable Tensor second,
      Tensor output,
      @Nullable Tensor numbers,
      boolean writesIndices) {
    this.numbers = numbers;
    this.writesIndices = writesIndices;
    this.engine = engine;
    this.options = options;
    this.work = (long) work;
    this.slotFloats = slotFloats(engine);
    this.input = input;
    this.second = second;
    this.output = output;
    workspaceFloats(options.threads());
  }

  private static long slotFloats(Engine engine) {
    return counted(() -> TileRunner.slotFloats(engine));
  }

  /** What is computed from sizes of scratch memory, counted in ints: larger ones are refused. */
  static <T> T counted(Supplier<T> sizes) {
    try {
      return sizes.get();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "the sizes would need scratch memory of 2^31 floats or more for a thread", e);
    }
  }

  int workspaceFloats() {
    return workspaceFloats(options.threads());
  }

  int workspaceFloats(int threads) {
    Check.positive(threads, "threads");
    long floats = slotFloats * Math.min(threads, engine.tasks());
    if (floats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "threads is "
              + threads
              + ", which would need a workspace of "
              + floats
              + " floats; must be below 2^31 - 8");
    }
    return (int) floats;
  }

  Workspace newWorkspace() {
    return Workspace.ofFloats(workspaceFloats());
  }

  /** Runs with the spare workspace, or a new one where a concurrent run has it. */
  void run(float[] in, float @Nullable [] other, float[] out, @Nullable ForkJoinPool pool) {
    Workspace workspace = spare.getAndSet(null);
    if (workspace == null) {
      workspace = newWorkspace();
    }
    try {
      run(in, 0, other, 0, out, 0, workspace, pool);
    } finally {
      spare.set(workspace);
    }
  }

  void run(
      float[] in,
      int inAt,
      float @Nullable [] other,
      int otherAt,
      float[] out,
      int outAt,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    run(in, inAt, other, otherAt, null, 0, out, outAt, workspace, pool);
  }

  void run(
      float[] in,
      int inAt,
      float @Nullable [] other,
      int otherAt,
      int @Nullable [] indices,
      int indicesAt,
      float[] out,
      int outAt,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    Objects.requireNonNull(in, input.name);
    Objects.requireNonNull(out, output.name);
    Objects.requireNonNull(workspace, "workspace");
    range(input, inAt, in.length);
    range(output, outAt, out.length);
    if (in == out && meet(inAt, input.elements, outAt, output.elements)) {
      throw overlap(input);
    }
    if (other != null) {
      Tensor two = second();
      range(two, otherAt, other.length);
      if (other == out
          && !(two.mayBeOutput && otherAt == outAt)
          && meet(otherAt, two.elements, outAt, output.elements)) {
        throw overlap(two);
      }
    }
    if (indices != null) {
      range(numbers(), indicesAt, indices.length);
    }
    int threads = threads(workspace, pool);
    if (overlapsWorkspace(workspace, in, inAt, input.elements)
        || overlapsWorkspace(workspace, out, outAt, output.elements)
        || (other != null && overlapsWorkspace(workspace, other, otherAt, second().elements))) {
      throw new IllegalArgumentException(
          "workspace lies in the memory of a tensor; it must not overlap them");
    }
    workspace.acquire();
    try {
      workspace.runner.buffers().bind(in, inAt, other, otherAt, out, outAt);
      if (indices != null) {
        workspace.runner.buffers().bindIndices(indices, indicesAt);
      }
      workspace.runner.run(engine, workspace.memory, workspace.offset, threads, pool);
    } finally {
      workspace.release();
    }
  }

  void run(
      MemorySegment in,
      @Nullable MemorySegment other,
      MemorySegment out,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    run(in, other, null, out, workspace, pool);
  }

  void run(
      MemorySegment in,
      @Nullable MemorySegment other,
      @Nullable MemorySegment indices,
      MemorySegment out,
      Workspace workspace,
      @Nullable ForkJoinPool pool) {
    Objects.requireNonNull(in, input.name);
    Objects.requireNonNull(out, output.name);
    Objects.requireNonNull(workspace, "workspace");
    int threads = threads(workspace, pool);
    segment(input, in, threads);
    segment(output, out, threads);
    if (out.isReadOnly()) {
      throw new IllegalArgumentException(output.name + " is read-only; must be writable");
    }
    if (other != null) {
      segment(second(), other, threads);
    }
    float[] from = array(in);
    float[] to = array(out);
    float[] added = other == null ? null : array(other);
    boolean arrays = (other == null || added != null) && indices == null;
    if (from != null && to != null && arrays) {
      int addedAt = other == null ? 0 : firstFloat(other);
      run(from, firstFloat(in), added, addedAt, to, firstFloat(out), workspace, pool);
      return;
    }
    if (meet(in, input, out, output)) {
      throw overlap(input);
    }
    if (other != null) {
      Tensor two = second();
      boolean same =
          two.mayBeOutput
              && other.address() == out.address()
              && other.heapBase().equals(out.heapBase());
      if (!same && meet(other, two, out, output)) {
        throw overlap(two);
      }
    }
    if (indices != null) {
      segment(numbers(), indices, threads);
      if (meet(indices, numbers(), out, output)
          || (writesIndices && meet(indices, numbers(), in, input))) {
        throw overlap(numbers());
      }
      if (writesIndices && indices.isReadOnly()) {
        throw new IllegalArgumentException("indices is read-only; must be writable");
      }
    }
    workspace.acquire();
    try {
      workspace.runner.buffers().bind(in, other, out);
      if (indices != null) {
        workspace.runner.buffers().bindIndices(indices);
      }
      workspace.runner.run(engine, workspace.memory, workspace.offset, threads, pool);
    } finally {
      workspace.release();
    }
  }

  private Tensor second() {
    if (second == null) {
      throw new AssertionError("no second input");
    }
    return second;
  }

  private Tensor numbers() {
    if (numbers == null) {
      throw new AssertionError("no indices");
    }
    return numbers;
  }

  private static void range(Tensor tensor, int offset, int length) {
    if (offset < 0 || offset > length - tensor.elements) {
      throw new IndexOutOfBoundsException(
          tensor.name
              + " needs "
              + tensor.elements
              + " "
              + tensor.unit
              + " from offset "
              + offset
              + "; the array has "
              + length);
    }
  }

  private static void segment(Tensor tensor, MemorySegment segment, int threads) {
    String name = tensor.name;
    if (!segment.scope().isAlive()) {
      throw new IllegalStateException("the arena of " + name + " is closed");
    }
    if (!segment.isAccessibleBy(Thread.currentThread())) {
      throw new WrongThreadException(
          name + " is confined to another thread than " + Thread.currentThread().getName());
    }
    if (threads > 1 && !segment.isAccessibleBy(OTHER_THREAD)) {
      throw new IllegalArgumentException(
          name
              + " is confined to the calling thread; with a pool it must come from a shared or automatic"
              + " arena");
    }
    if (segment.byteSize() < bytes(tensor)) {
      throw new IndexOutOfBoundsException(
          name + " needs " + bytes(tensor) + " bytes; the segment has " + segment.byteSize());
    }
  }

  /** The array of floats that a segment is a part of, if it is one that begins with a float. */
  private static float @Nullable [] array(MemorySegment segment) {
    boolean whole = !segment.isNative() && segment.address() % Float.BYTES == 0;
    return whole && segment.heapBase().orElse(null) instanceof float[] floats ? floats : null;
  }

  /** Where a segment begins in its array. */
  private static int firstFloat(MemorySegment segment) {
    return (int) (segment.address() / Float.BYTES);
  }

  private static long bytes(Tensor tensor) {
    return (long) tensor.elements * Float.BYTES;
  }

  private static boolean meet(long a, long aLength, long b, long bLength) {
    return a < b + bLength && b < a + aLength;
  }

  private static boolean meet(MemorySegment a, Tensor ofA, MemorySegment b, Tensor ofB) {
    if (a.isNative() && b.isNative()) {
      return meet(a.address(), bytes(ofA), b.address(), bytes(ofB));
    }
    return a.asSlice(0, bytes(ofA)).asOverlappingSlice(b.asSlice(0, bytes(ofB))).isPresent();
  }

  private static boolean overlapsWorkspace(
      Workspace workspace, float[] tensor, int offset, int floats) {
    return workspace.memory == tensor && meet(workspace.offset, workspace.length, offset, floats);
  }

  private IllegalArgumentException overlap(Tensor tensor) {
    return new IllegalArgumentException(
        output.name
            + " overlaps "
            + tensor.name
            + "; they must be apart"
            + (tensor.mayBeOutput ? " or the same" : ""));
  }

  private int threads(Workspace workspace, @Nullable ForkJoinPool pool) {
    if (workspace.length < slotFloats) {
      throw new IllegalArgumentException(
          "workspace has "
              + workspace.length
              + " floats; must have at least "
              + slotFloats
              + " for one thread, "
              + workspaceFloats()
              + " for "
              + options.threads());
    }
    if (pool == null) {
      return 1;
    }
    long threads = Math.min(options.threads(), pool.getParallelism());
    threads = Math.min(threads, workspace.length / slotFloats);
    threads = Math.min(threads, engine.tasks());
    return (int) Math.min(threads, Math.max(1, work / options.forkThreshold()));
  }
}
