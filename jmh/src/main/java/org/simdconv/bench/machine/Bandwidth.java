package org.simdconv.bench.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rate at which vectors are loaded from, or stored to, a working set of some size: in one of
 * the caches, or in main memory. The memory is outside the heap and aligned to the cache line, so
 * that no vector crosses one.
 *
 * <p>A store to memory first reads the line that it writes, so stores to memory show about half of
 * what the memory moves.
 */
final class Bandwidth {
  /** What is done with the bytes. */
  enum Access {
    LOAD,
    STORE;

    private MethodHandle loop() {
      try {
        return MethodHandles.lookup()
            .findStatic(
                Bandwidth.class,
                this == LOAD ? "load" : "store",
                MethodType.methodType(float.class, MemorySegment.class, int.class));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final long VECTOR = S.vectorByteSize();
  private static final int UNROLL = 8;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  // A call of a loop goes over at most this much: it is compiled by being called often.
  private static final int CALL_BYTES = 1 << 18;
  private static final long STEP = UNROLL * VECTOR;
  private static final int ALIGNMENT = 64;
  private static final int TRIALS = 5;
  private static final long TRIAL_NANOS = 8_000_000;
  private static final long WARM_NANOS = 1_000_000_000;

  private static final Set<Access> WARM = EnumSet.noneOf(Access.class);

  private Bandwidth() {}

  /**
   * Measures, in some 0.1 s and the time to touch the memory; the first time a second more.
   *
   * @param access load or store
   * @param workingSet bytes a thread goes over again and again
   * @param threads threads at the same time, each with memory of its own
   * @return GB/s of all threads together, 10^9 bytes a second: the best of several trials
   */
  static synchronized double gigabytes(Access access, long workingSet, int threads) {
    if (WARM.add(access)) {
      Hand.warm(access);
    }
    long bytes = Math.max(1, workingSet / STEP) * STEP;
    double[] rates = Together.run(threads, () -> new Hand(access, bytes), Hand::trial, TRIALS);
    double best = 0;
    for (double rate : rates) {
      best = Math.max(best, rate);
    }
    return best;
  }

  /** A thread's memory and its work. */
  private static final class Hand implements AutoCloseable {
    private final long bytes;
    // Called through a handle that is no constant, the loop is not inlined into the loop around it.
    private final MethodHandle loop;
    // A small set is gone over several times a pass.
    private final int repeats;
    private final Arena arena = Arena.ofConfined();
    private final List<MemorySegment> pieces = new ArrayList<>();
    private final long passes;

    Hand(Access access, long bytes) {
      this.bytes = bytes;
      this.loop = access.loop();
      this.repeats = (int) Math.max(1, CALL_BYTES / bytes);
      MemorySegment memory = arena.allocate(bytes, ALIGNMENT);
      for (long at = 0; at < bytes; at += CALL_BYTES) {
        pieces.add(memory.asSlice(at, Math.min(CALL_BYTES, bytes - at)));
      }
      // Touches it.
      pass(1);
      long start = System.nanoTime();
      pass(1);
      passes = Math.max(1, TRIAL_NANOS / Math.max(1, System.nanoTime() - start));
    }

    /** Calls the loop until C2 is done: a second is enough even where it has to share the core. */
    static void warm(Access access) {
      try (Hand hand = new Hand(access, CALL_BYTES / 8)) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_NANOS) {
          hand.pass(1);
        }
      }
    }

    /** GB/s of one trial. */
    double trial() {
      long start = System.nanoTime();
      pass(passes);
      return (double) bytes * repeats * passes / (System.nanoTime() - start);
    }

    private void pass(long times) {
      try {
        for (long t = 0; t < times; t++) {
          for (MemorySegment piece : pieces) {
            for (int r = 0; r < repeats; r++) {
              FmaPeak.use((float) loop.invokeExact(piece, (int) (piece.byteSize() / STEP)));
            }
          }
        }
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  // The index is long and the loop is alone in its method: with an int, or inside a loop over
  // repeats, C2 leaves checks in it that halve the loads from L1 (JDK 25).
  // spotless:off
  @SuppressWarnings("unused") // Found by its name.
  private static float load(MemorySegment m, int steps) {
    FloatVector z = FloatVector.zero(S);
    FloatVector a0 = z, a1 = z, a2 = z, a3 = z, a4 = z, a5 = z, a6 = z, a7 = z;
    for (int k = 0; k < steps; k++) {
      long i = k * STEP;
      a0 = a0.add(FloatVector.fromMemorySegment(S, m, i, ORDER));
      a1 = a1.add(FloatVector.fromMemorySegment(S, m, i + VECTOR, ORDER));
      a2 = a2.add(FloatVector.fromMemorySegment(S, m, i + 2 * VECTOR, ORDER));
      a3 = a3.add(FloatVector.fromMemorySegment(S, m, i + 3 * VECTOR, ORDER));
      a4 = a4.add(FloatVector.fromMemorySegment(S, m, i + 4 * VECTOR, ORDER));
      a5 = a5.add(FloatVector.fromMemorySegment(S, m, i + 5 * VECTOR, ORDER));
      a6 = a6.add(FloatVector.fromMemorySegment(S, m, i + 6 * VECTOR, ORDER));
      a7 = a7.add(FloatVector.fromMemorySegment(S, m, i + 7 * VECTOR, ORDER));
    }
    // A tree: a chain of seven additions is a tenth of the time over a first-level cache.
    return a0.add(a1).add(a2.add(a3)).add(a4.add(a5).add(a6.add(a7))).lane(0);
  }

  @SuppressWarnings("unused") // Found by its name.
  private static float store(MemorySegment m, int steps) {
    FloatVector v = FloatVector.zero(S);
    for (int k = 0; k < steps; k++) {
      long i = k * STEP;
      v.intoMemorySegment(m, i, ORDER);
      v.intoMemorySegment(m, i + VECTOR, ORDER);
      v.intoMemorySegment(m, i + 2 * VECTOR, ORDER);
      v.intoMemorySegment(m, i + 3 * VECTOR, ORDER);
      v.intoMemorySegment(m, i + 4 * VECTOR, ORDER);
      v.intoMemorySegment(m, i + 5 * VECTOR, ORDER);
      v.intoMemorySegment(m, i + 6 * VECTOR, ORDER);
      v.intoMemorySegment(m, i + 7 * VECTOR, ORDER);
    }
    return 0;
  }
  // spotless:on
}
