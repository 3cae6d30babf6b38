package org.simdconv.internal.run;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.simd.Epilogue;
import org.simdconv.internal.simd.RowKernels;
import org.simdconv.internal.simd.SegmentCopy;
import org.simdconv.internal.simd.Species;

/**
 * The buffers of one run, checked by the plan: either arrays with offsets or segments, never both.
 * Belongs to a workspace and is bound anew for every run, so that a run allocates nothing.
 */
public final class Binding {
  private static final ValueLayout.OfInt INTS = ValueLayout.JAVA_INT_UNALIGNED;

  float @Nullable [] input;
  int inputAt;
  float @Nullable [] residual;
  int residualAt;
  float @Nullable [] output;
  int outputAt;
  int @Nullable [] indices;
  int indicesAt;
  @Nullable MemorySegment indicesSegment;
  @Nullable MemorySegment inputSegment;
  @Nullable MemorySegment residualSegment;
  @Nullable MemorySegment outputSegment;

  /** Binds arrays. */
  public void bind(
      float[] input,
      int inputAt,
      float @Nullable [] residual,
      int residualAt,
      float[] output,
      int outputAt) {
    this.input = input;
    this.inputAt = inputAt;
    this.residual = residual;
    this.residualAt = residualAt;
    this.output = output;
    this.outputAt = outputAt;
  }

  /** Binds segments. */
  public void bind(MemorySegment input, @Nullable MemorySegment residual, MemorySegment output) {
    this.inputSegment = input;
    this.residualSegment = residual;
    this.outputSegment = output;
  }

  /** Binds indices, besides the other arrays. */
  public void bindIndices(int[] indices, int indicesAt) {
    this.indices = indices;
    this.indicesAt = indicesAt;
  }

  /** Binds indices, besides the other segments. */
  public void bindIndices(MemorySegment indices) {
    this.indicesSegment = indices;
  }

  /** An index of the run. */
  int index(int i) {
    int[] array = indices;
    if (array != null) {
      return array[indicesAt + i];
    }
    MemorySegment segment = indicesSegment;
    if (segment == null) {
      throw new AssertionError("no indices are bound");
    }
    return segment.get(ValueLayout.JAVA_INT_UNALIGNED, 4L * i);
  }

  /** Copies ints, in the bits of scratch, to the indices from element {@code to} on. */
  void copyIndices(float[] scratch, int from, int length, int to) {
    int[] array = indices;
    if (array != null) {
      RowKernels.toInts(scratch, from, length, array, indicesAt + to);
      return;
    }
    MemorySegment segment = indicesSegment;
    if (segment == null) {
      throw new AssertionError("no indices are bound");
    }
    SegmentCopy.store(scratch, from, 0, segment, to, 0, length, 1);
  }

  /** Copies ints to the indices from element {@code to} on. */
  void copyIndices(int[] from, int length, int to) {
    int[] array = indices;
    if (array != null) {
      System.arraycopy(from, 0, array, indicesAt + to, length);
      return;
    }
    MemorySegment segment = indicesSegment;
    if (segment == null) {
      throw new AssertionError("no indices are bound");
    }
    MemorySegment.copy(from, 0, segment, INTS, (long) to * Integer.BYTES, length);
  }

  /** Lets go of the buffers, so that an idle workspace keeps none of them alive. */
  public void clear() {
    input = null;
    inputAt = 0;
    residual = null;
    residualAt = 0;
    output = null;
    outputAt = 0;
    indices = null;
    indicesAt = 0;
    indicesSegment = null;
    inputSegment = null;
    residualSegment = null;
    outputSegment = null;
  }

  /**
   * Finishes a run of sums and stores it at element {@code to} of the output.
   *
   * <p>Segments are written by {@link SegmentCopy}: a second epilogue would be needed to store
   * vectors into them at once.
   *
   * @param scratch holds the sums, which may be overwritten
   * @param from first sum
   * @param length number of sums
   * @param bias bias of the output channel
   * @param to first element of the output
   * @param stage where a run of the residual may be staged in scratch
   */
  void store(
      Epilogue epilogue, float[] scratch, int from, int length, float bias, int to, int stage) {
    float[] array = output;
    if (array != null) {
      epilogue.store(scratch, from, length, bias, residual, residualAt + to, array, outputAt + to);
      return;
    }
    MemorySegment segment = outputSegment;
    if (segment == null) {
      throw new AssertionError("no output is bound");
    }
    float[] staged = null;
    if (residualSegment != null) {
      staged = scratch;
      SegmentCopy.load(residualSegment, to, 0, scratch, stage, 0, length, 1);
    }
    epilogue.store(scratch, from, length, bias, staged, stage, scratch, from);
    SegmentCopy.store(scratch, from, 0, segment, to, 0, length, 1);
  }

  /** Copies a run of finished outputs to element {@code to} of the output. */
  void copyRun(float[] scratch, int from, int length, int to) {
    float[] array = output;
    if (array == null) {
      copy(scratch, from, 0, length, 1, to, 0);
    } else if (length > Species.LANES / 2) {
      System.arraycopy(scratch, from, array, outputAt + to, length);
    } else {
      for (int i = 0; i < length; i++) {
        array[outputAt + to + i] = scratch[from + i];
      }
    }
  }

  /** Whether vectors of the input can be loaded: it is an array, or native. */
  boolean hasVectors() {
    MemorySegment segment = inputSegment;
    return input != null || (segment != null && SegmentCopy.isNative(segment));
  }

  /** End of the array or segment of the input, in floats from its begin. */
  long inputEnd() {
    float[] array = input;
    if (array != null) {
      return array.length;
    }
    MemorySegment segment = inputSegment;
    if (segment == null) {
      throw new AssertionError("no input is bound");
    }
    return segment.byteSize() / Float.BYTES;
  }

  /** The input array, if it is one and goes on for so many floats behind element {@code from}. */
  float @Nullable [] inPlace(int from, int floats) {
    float[] array = input;
    return array != null && (long) inputAt + from + floats <= array.length ? array : null;
  }

  /** Copies a run of the input, from element {@code from} on, to scratch. */
  void load(int from, float[] scratch, int to, int length) {
    load(input, inputAt, inputSegment, from, scratch, to, length);
  }

  /** Copies a run of the residual, or of the second input, to scratch. */
  void loadResidual(int from, float[] scratch, int to, int length) {
    load(residual, residualAt, residualSegment, from, scratch, to, length);
  }

  /** Copies a run of what the output holds to scratch. */
  void loadOutput(int from, float[] scratch, int to, int length) {
    load(output, outputAt, outputSegment, from, scratch, to, length);
  }

  private static void load(
      float @Nullable [] array,
      int arrayAt,
      @Nullable MemorySegment segment,
      int from,
      float[] scratch,
      int to,
      int length) {
    if (array != null) {
      System.arraycopy(array, arrayAt + from, scratch, to, length);
      return;
    }
    if (segment == null) {
      throw new AssertionError("nothing is bound");
    }
    SegmentCopy.load(segment, from, 0, scratch, to, 0, length, 1);
  }

  /**
   * Copies finished rows from scratch to the output.
   *
   * @param from first float of the first row
   * @param apart floats from a row to the next in scratch
   * @param length floats of a row
   * @param rows number of rows
   * @param to first element of the output of the first row
   * @param plane elements of the output from a row to the next
   */
  void copy(float[] scratch, int from, int apart, int length, int rows, int to, int plane) {
    float[] array = output;
    if (array != null) {
      for (int m = 0; m < rows; m++) {
        System.arraycopy(scratch, from + m * apart, array, outputAt + to + m * plane, length);
      }
      return;
    }
    MemorySegment segment = outputSegment;
    if (segment == null) {
      throw new AssertionError("no output is bound");
    }
    SegmentCopy.store(scratch, from, apart, segment, to, plane, length, rows);
  }

  /** Whether there is a residual to add. */
  boolean hasResidual() {
    return residual != null || residualSegment != null;
  }

  /**
   * Finishes the sums of a register tile and stores those lanes that are outputs, which follow each
   * other in a plane, from element {@code to} of the output.
   *
   * @param scratch holds the sums, rows of nv vectors
   * @param sums first sum
   * @param nv vectors in a row
   * @param lanes which lanes of each vector are outputs
   * @param rows number of rows, each an output channel
   * @param bias biases of the rows
   * @param biasAt first of them
   * @param to first element of the output of the first row
   * @param plane elements from a row's outputs to the next
   * @param stage where two tiles may be staged in scratch
   */
  void store(
      Epilogue epilogue,
      float[] scratch,
      int sums,
      int nv,
      long[] lanes,
      int rows,
      float[] bias,
      int biasAt,
      int to,
      int plane,
      int stage) {
    int nr = nv * Species.LANES;
    float[] array = output;
    if (array != null) {
      int at = to;
      for (int v = 0; v < nv; v++) {
        epilogue.store(
            scratch,
            sums + v * Species.LANES,
            nr,
            lanes[v],
            rows,
            bias,
            biasAt,
            residual,
            residualAt + at,
            plane,
            array,
            outputAt + at,
            plane);
        at += Long.bitCount(lanes[v]);
      }
      return;
    }
    MemorySegment segment = outputSegment;
    if (segment == null) {
      throw new AssertionError("no output is bound");
    }
    int length = 0;
    for (int v = 0; v < nv; v++) {
      length += Long.bitCount(lanes[v]);
    }
    int residuals = stage + rows * nr;
    float[] staged = null;
    if (residualSegment != null) {
      staged = scratch;
      SegmentCopy.load(residualSegment, to, plane, scratch, residuals, nr, length, rows);
    }
    int at = 0;
    for (int v = 0; v < nv; v++) {
      epilogue.store(
          scratch,
          sums + v * Species.LANES,
          nr,
          lanes[v],
          rows,
          bias,
          biasAt,
          staged,
          residuals + at,
          nr,
          scratch,
          stage + at,
          nr);
      at += Long.bitCount(lanes[v]);
    }
    SegmentCopy.store(scratch, stage, nr, segment, to, plane, length, rows);
  }
}
