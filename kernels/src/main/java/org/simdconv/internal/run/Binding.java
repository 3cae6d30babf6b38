package org.simdconv.internal.run;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.simd.Epilogue;

/**
 * The buffers of one run, checked by the plan: either arrays with offsets or segments, never both.
 * Belongs to a workspace and is bound anew for every run, so that a run allocates nothing.
 */
public final class Binding {
  float @Nullable [] input;
  int inputAt;
  float @Nullable [] residual;
  int residualAt;
  float @Nullable [] output;
  int outputAt;
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

  /** Lets go of the buffers, so that an idle workspace keeps none of them alive. */
  public void clear() {
    input = null;
    inputAt = 0;
    residual = null;
    residualAt = 0;
    output = null;
    outputAt = 0;
    inputSegment = null;
    residualSegment = null;
    outputSegment = null;
  }

  /** Stores a run of finished sums at element {@code to} of the output. */
  void store(Epilogue epilogue, float[] sums, int from, int length, float bias, int to) {
    float[] array = output;
    if (array != null) {
      epilogue.store(sums, from, length, bias, residual, residualAt + to, array, outputAt + to);
      return;
    }
    MemorySegment segment = outputSegment;
    if (segment == null) {
      throw new AssertionError("no output is bound");
    }
    epilogue.store(sums, from, length, bias, residualSegment, to, segment, to);
  }
}
