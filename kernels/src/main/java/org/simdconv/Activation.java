package org.simdconv;

import org.simdconv.internal.plan.ActivationKind;
import org.simdconv.internal.simd.Epilogue;

/**
 * What is applied to an output element after bias and residual have been added. NaN stays NaN.
 *
 * <p>Thread safety: immutable.
 */
public final class Activation {
  private static final Activation NONE = new Activation(ActivationKind.NONE, 0, 0, "none");
  private static final Activation RELU =
      new Activation(ActivationKind.CLIP, 0, Float.POSITIVE_INFINITY, "relu");

  private final ActivationKind kind;
  private final float low;
  private final float high;
  private final String text;

  private Activation(ActivationKind kind, float low, float high, String text) {
    this.kind = kind;
    this.low = low;
    this.high = high;
    this.text = text;
  }

  /**
   * The identity.
   *
   * @return the activation
   */
  public static Activation none() {
    return NONE;
  }

  /**
   * {@code max(y, 0)}.
   *
   * @return the activation
   */
  public static Activation relu() {
    return RELU;
  }

  /**
   * {@code min(max(y, low), high)}; ReLU6 is {@code clip(0, 6)}.
   *
   * @param low smallest result
   * @param high largest result
   * @return the activation
   * @throws IllegalArgumentException if low is above high or one is NaN
   */
  public static Activation clip(float low, float high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "low is " + low + "; must be at most high, which is " + high);
    }
    return new Activation(ActivationKind.CLIP, low, high, "clip(" + low + "," + high + ")");
  }

  /**
   * {@code y} where y is not negative, else {@code slope * y}.
   *
   * @param slope factor of the negative values
   * @return the activation
   * @throws IllegalArgumentException if slope is NaN
   */
  public static Activation leakyRelu(float slope) {
    if (Float.isNaN(slope)) {
      throw new IllegalArgumentException("slope is NaN; must be a number");
    }
    return new Activation(ActivationKind.LEAKY, slope, 0, "leakyRelu(" + slope + ")");
  }

  Epilogue epilogue() {
    return new Epilogue(kind, low, high);
  }

  @Override
  public String toString() {
    return text;
  }
}
