package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.plan.ActivationKind;

/**
 * What becomes of sums where no micro-kernel has finished them: takes a run of one output channel
 * from scratch memory, adds the bias, then the residual, applies the activation, and stores once.
 *
 * <p>The residual is read before the same position is written, so it may be the output itself.
 * Immutable and safe for concurrent use.
 */
public final class Epilogue {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  private final ActivationKind kind;
  private final float low;
  private final float high;

  /**
   * An epilogue.
   *
   * @param kind the activation
   * @param low smallest result of CLIP, slope of LEAKY
   * @param high largest result of CLIP
   */
  public Epilogue(ActivationKind kind, float low, float high) {
    this.kind = kind;
    this.low = low;
    this.high = high;
  }

  /** Whether a micro-kernel can do this: no activation or a clip. */
  public boolean isClip() {
    return kind != ActivationKind.LEAKY;
  }

  /** Whether there is a clip. */
  public boolean clips() {
    return kind == ActivationKind.CLIP;
  }

  /** Smallest result of a clip. */
  public float low() {
    return low;
  }

  /** Largest result of a clip. */
  public float high() {
    return high;
  }

  /**
   * Stores {@code sums[at .. at+length)} to {@code out[to ..)}; the residual starts at residualAt.
   */
  public void store(
      float[] sums,
      int at,
      int length,
      float bias,
      float @Nullable [] residual,
      int residualAt,
      float[] out,
      int to) {
    // No method that takes or returns a vector: where C2 finds one too cold to inline, it boxes
    // (JDK 25, seen as 96 bytes a row). Hence the body twice.
    // Tried for the tail: a last vector that overlaps the one before it, without a mask (no
    // faster).
    FloatVector biases = FloatVector.broadcast(S, bias);
    int i = 0;
    for (; i <= length - L; i += L) {
      FloatVector y = FloatVector.fromArray(S, sums, at + i).add(biases);
      if (residual != null) {
        y = y.add(FloatVector.fromArray(S, residual, residualAt + i));
      }
      if (kind == ActivationKind.CLIP) {
        y = y.max(low).min(high);
      } else if (kind == ActivationKind.LEAKY) {
        y = y.blend(y.mul(low), y.compare(VectorOperators.LT, 0f));
      }
      y.intoArray(out, to + i);
    }
    if (i < length) {
      if (at + i > sums.length - L
          || to + i > out.length - L
          || (residual != null && residualAt + i > residual.length - L)) {
        storeEnd(sums, at + i, length - i, bias, residual, residualAt + i, out, to + i);
        return;
      }
      VectorMask<Float> mask = VectorMask.fromLong(S, Species.first(length - i));
      FloatVector y = FloatVector.fromArray(S, sums, at + i).add(biases);
      if (residual != null) {
        y = y.add(FloatVector.fromArray(S, residual, residualAt + i, mask));
      }
      if (kind == ActivationKind.CLIP) {
        y = y.max(low).min(high);
      } else if (kind == ActivationKind.LEAKY) {
        y = y.blend(y.mul(low), y.compare(VectorOperators.LT, 0f));
      }
      y.intoArray(out, to + i, mask);
    }
  }

  /**
   * The tail of a run at the end of an array, one by one.
   *
   * <p>No vector goes past the end of an array here, masked or not: to prove that its mask leaves
   * out what is not there is a path of the JDK's that C2 compiles in once any kernel of the JVM has
   * taken it, and then boxes the masks of all of them (JDK 25: 32 bytes a run, 96 bytes a row).
   */
  private void storeEnd(
      float[] sums,
      int at,
      int length,
      float bias,
      float @Nullable [] residual,
      int residualAt,
      float[] out,
      int to) {
    for (int i = 0; i < length; i++) {
      float y = sums[at + i] + bias;
      if (residual != null) {
        y += residual[residualAt + i];
      }
      if (kind == ActivationKind.CLIP) {
        y = Math.min(Math.max(y, low), high);
      } else if (kind == ActivationKind.LEAKY && y < 0f) {
        y *= low;
      }
      out[to + i] = y;
    }
  }

  /**
   * Stores one vector of every row of a register tile: those lanes that are outputs, one behind the
   * other. A vector that goes past the end of an array is copied, see {@link #storeEnd}.
   *
   * @param sums holds the sums, which may be overwritten
   * @param at vector of the first row
   * @param apart floats from a row's sums to the next row's
   * @param lanes which lanes are outputs, lane 0 the lowest bit
   * @param rows number of rows
   * @param bias biases of the rows
   * @param biasAt first of them
   * @param residual what is added, or null
   * @param residualAt residual of the first row
   * @param residualPlane floats from a row's residual to the next row's
   * @param out where the results go
   * @param to first result of the first row
   * @param plane floats from a row's results to the next row's
   */
  public void store(
      float[] sums,
      int at,
      int apart,
      long lanes,
      int rows,
      float[] bias,
      int biasAt,
      float @Nullable [] residual,
      int residualAt,
      int residualPlane,
      float[] out,
      int to,
      int plane) {
    VectorMask<Float> outputs = VectorMask.fromLong(S, lanes);
    int count = Long.bitCount(lanes);
    VectorMask<Float> first = VectorMask.fromLong(S, Species.first(count));
    for (int m = 0; m < rows; m++) {
      int from = at + m * apart;
      FloatVector y = FloatVector.fromArray(S, sums, from).add(bias[biasAt + m]).compress(outputs);
      if (residual != null) {
        int added = residualAt + m * residualPlane;
        if (added <= residual.length - L) {
          y = y.add(FloatVector.fromArray(S, residual, added, first));
        } else {
          System.arraycopy(residual, added, sums, from, count);
          y = y.add(FloatVector.fromArray(S, sums, from));
        }
      }
      if (kind == ActivationKind.CLIP) {
        y = y.max(low).min(high);
      } else if (kind == ActivationKind.LEAKY) {
        y = y.blend(y.mul(low), y.compare(VectorOperators.LT, 0f));
      }
      int row = to + m * plane;
      if (row <= out.length - L) {
        y.intoArray(out, row, first);
      } else {
        y.intoArray(sums, from);
        System.arraycopy(sums, from, out, row, count);
      }
    }
  }

  /**
   * Stores a register tile whose pixels are whole vectors that follow each other in the output,
   * with a residual.
   *
   * @param sums holds the sums
   * @param at first sum
   * @param nr sums of a row, a multiple of the lanes
   * @param rows number of rows
   * @param bias biases of the rows
   * @param biasAt first of them
   * @param residual what is added
   * @param residualAt residual of the first row
   * @param out where the results go; may be the residual
   * @param to first result of the first row
   * @param plane floats from a row's residual, and results, to the next row's
   */
  public void storeWhole(
      float[] sums,
      int at,
      int nr,
      int rows,
      float[] bias,
      int biasAt,
      float[] residual,
      int residualAt,
      float[] out,
      int to,
      int plane) {
    for (int m = 0; m < rows; m++) {
      FloatVector biases = FloatVector.broadcast(S, bias[biasAt + m]);
      for (int i = 0; i < nr; i += L) {
        FloatVector y =
            FloatVector.fromArray(S, sums, at + m * nr + i)
                .add(biases)
                .add(FloatVector.fromArray(S, residual, residualAt + m * plane + i));
        if (kind == ActivationKind.CLIP) {
          y = y.max(low).min(high);
        } else if (kind == ActivationKind.LEAKY) {
          y = y.blend(y.mul(low), y.compare(VectorOperators.LT, 0f));
        }
        y.intoArray(out, to + m * plane + i);
      }
    }
  }
}
