package org.simdconv.reference;

import org.jspecify.annotations.Nullable;

/** What may follow a convolution, element by element: a residual sum, then an activation. */
public final class NaiveEpilogue {
  private NaiveEpilogue() {}

  /**
   * {@code y + residual}.
   *
   * @param y the convolution's output with its bias
   * @param residual as long as y, or null for none
   * @return the sums
   */
  public static float[] addResidual(float[] y, float @Nullable [] residual) {
    float[] sums = y.clone();
    if (residual != null) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = y[i] + residual[i];
      }
    }
    return sums;
  }

  /**
   * {@code min(max(y, low), high)}; ReLU is {@code clip(y, 0, +infinity)}. NaN stays NaN.
   *
   * @param y values
   * @param low smallest result
   * @param high largest result
   * @return the clipped values
   */
  public static float[] clip(float[] y, float low, float high) {
    float[] clipped = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      clipped[i] = Math.min(Math.max(y[i], low), high);
    }
    return clipped;
  }

  /**
   * {@code y} where y is not negative, else {@code slope * y}.
   *
   * @param y values
   * @param slope factor of the negative values
   * @return the values
   */
  public static float[] leakyRelu(float[] y, float slope) {
    float[] leaky = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      leaky[i] = y[i] < 0 ? slope * y[i] : y[i];
    }
    return leaky;
  }
}
