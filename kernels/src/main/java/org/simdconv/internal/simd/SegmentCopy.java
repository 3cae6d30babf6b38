package org.simdconv.internal.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of floats from a memory segment to an array and back.
 *
 * <p>Rows of native segments go vector by vector: a call of {@link MemorySegment#copy} takes as
 * long as 8 vectors, and rows of register tiles have 2 to 4. 1x1 64-256@56 into a native segment
 * 1280 to 1150 us, k2 s2 128-64@112 12.1 to 10.0 ms (JDK 25, Zen 4, one thread; {@code
 * conditions}).
 *
 * <p>A loop of vector loads from segments is as fast as the JDK's access methods were compiled for:
 * where other code has read heap segments of several classes by vectors, their profile knows too
 * many classes, and such a loop takes 2.5 times as long (JDK 25). So the method that has the loop
 * first compares the segment's class with that of native ones. C2 then knows the exact class, and
 * asks no profile. Segments of other classes, on the heap or of a mapped file, are copied by {@link
 * MemorySegment#copy}.
 *
 * <p>Thread safety: static, no state.
 */
public final class SegmentCopy {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /** The class of native segments that are not of a mapped file. */
  static final Class<?> NATIVE = MemorySegment.NULL.getClass();

  private SegmentCopy() {}

  /** Whether loops of vectors read the segment directly. */
  public static boolean isNative(MemorySegment segment) {
    return segment.getClass() == NATIVE;
  }

  /**
   * Copies rows from a segment.
   *
   * @param first first float of the first row in the segment
   * @param step floats from a row to the next in the segment
   * @param at where the first row goes in the array
   * @param apart floats from a row to the next in the array
   * @param length floats of a row
   * @param rows number of rows
   */
  public static void load(
      MemorySegment from,
      long first,
      long step,
      float[] to,
      int at,
      int apart,
      int length,
      int rows) {
    if (rows > 1 && step == length && apart == length) {
      load(from, first, 0, to, at, 0, rows * length, 1);
      return;
    }
    if (from.getClass() != NATIVE || length < L) {
      for (int m = 0; m < rows; m++) {
        long row = (first + m * step) * Float.BYTES;
        MemorySegment.copy(from, FLOATS, row, to, at + m * apart, length);
      }
      return;
    }
    // The last vector may begin in the one before it.
    int last = length - L;
    for (int m = 0; m < rows; m++) {
      long row = (first + m * step) * Float.BYTES;
      int o = at + m * apart;
      for (int i = 0; i < last; i += L) {
        FloatVector.fromMemorySegment(S, from, row + 4L * i, ORDER).intoArray(to, o + i);
      }
      FloatVector.fromMemorySegment(S, from, row + 4L * last, ORDER).intoArray(to, o + last);
    }
  }

  /**
   * Copies rows to a segment.
   *
   * @param at first float of the first row in the array
   * @param apart floats from a row to the next in the array
   * @param first where the first row goes in the segment, in floats
   * @param step floats from a row to the next in the segment
   * @param length floats of a row
   * @param rows number of rows
   */
  public static void store(
      float[] from,
      int at,
      int apart,
      MemorySegment to,
      long first,
      long step,
      int length,
      int rows) {
    if (rows > 1 && step == length && apart == length) {
      store(from, at, 0, to, first, 0, rows * length, 1);
      return;
    }
    if (to.getClass() != NATIVE || length < L) {
      for (int m = 0; m < rows; m++) {
        long row = (first + m * step) * Float.BYTES;
        MemorySegment.copy(from, at + m * apart, to, FLOATS, row, length);
      }
      return;
    }
    if (length <= 2 * L) {
      storeTwo(from, at, apart, to, first, step, length, rows);
      return;
    }
    if (length <= 4 * L) {
      storeFour(from, at, apart, to, first, step, length, rows);
      return;
    }
    int last = length - L;
    for (int m = 0; m < rows; m++) {
      long row = (first + m * step) * Float.BYTES;
      int o = at + m * apart;
      for (int i = 0; i < last; i += L) {
        FloatVector.fromArray(S, from, o + i).intoMemorySegment(to, row + 4L * i, ORDER);
      }
      FloatVector.fromArray(S, from, o + last).intoMemorySegment(to, row + 4L * last, ORDER);
    }
  }

  // Rows of register tiles. A loop within the one over rows would be a hundred instructions a row,
  // for its begin and end; this is 25 for two vectors.
  private static void storeTwo(
      float[] from,
      int at,
      int apart,
      MemorySegment to,
      long first,
      long step,
      int length,
      int rows) {
    if (to.getClass() != NATIVE) {
      throw new AssertionError("not a native segment");
    }
    int last = length - L;
    long row = first * Float.BYTES;
    for (int m = 0; m < rows; m++) {
      FloatVector v0 = FloatVector.fromArray(S, from, at);
      FloatVector v1 = FloatVector.fromArray(S, from, at + last);
      v0.intoMemorySegment(to, row, ORDER);
      v1.intoMemorySegment(to, row + 4L * last, ORDER);
      at += apart;
      row += step * Float.BYTES;
    }
  }

  private static void storeFour(
      float[] from,
      int at,
      int apart,
      MemorySegment to,
      long first,
      long step,
      int length,
      int rows) {
    if (to.getClass() != NATIVE) {
      throw new AssertionError("not a native segment");
    }
    int last = length - L;
    int third = Math.min(2 * L, last);
    long row = first * Float.BYTES;
    for (int m = 0; m < rows; m++) {
      FloatVector v0 = FloatVector.fromArray(S, from, at);
      FloatVector v1 = FloatVector.fromArray(S, from, at + L);
      FloatVector v2 = FloatVector.fromArray(S, from, at + third);
      FloatVector v3 = FloatVector.fromArray(S, from, at + last);
      v0.intoMemorySegment(to, row, ORDER);
      v1.intoMemorySegment(to, row + 4L * L, ORDER);
      v2.intoMemorySegment(to, row + 4L * third, ORDER);
      v3.intoMemorySegment(to, row + 4L * last, ORDER);
      at += apart;
      row += step * Float.BYTES;
    }
  }
}
