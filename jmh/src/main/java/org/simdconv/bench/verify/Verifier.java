package org.simdconv.bench.verify;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Pass;
import org.simdconv.reference.ConvShape;
import org.simdconv.reference.ConvTransposeShape;
import org.simdconv.reference.NaiveConv2d;
import org.simdconv.reference.NaiveConv3d;
import org.simdconv.reference.NaiveConvTranspose2d;
import org.simdconv.reference.NaiveGradients;
import org.simdconv.reference.VolumeShape;

/**
 * Compares an output with the reference, bit for bit up to the sign of zero: all of it where the
 * reference takes at most a budget of multiply-adds, else a sample of that cost: the corners of the
 * output, then elements drawn evenly from all over it, always the same ones. Distrusts outputs that
 * hold nothing: constant ones, and ones that are mostly zero.
 */
public final class Verifier {
  /** For tests of the benchmark itself: a JVM with this property set sees a wrong output. */
  public static final String CORRUPT = "simdconv.bench.corrupt";

  private static final int FEWEST_SAMPLES = 64;

  private Verifier() {}

  /**
   * Compares.
   *
   * @param layer the layer
   * @param x input
   * @param w weights
   * @param bias bias or null
   * @param output what a kernel made of it
   * @param budget most multiply-adds of the reference
   * @return what was compared
   * @throws MismatchException if an element differs or the output cannot be trusted
   */
  public static Verification verify(
      Layer layer, float[] x, float[] w, float @Nullable [] bias, float[] output, long budget) {
    float[] actual = output;
    if (System.getProperty(CORRUPT) != null) {
      actual = output.clone();
      actual[0] = Math.nextUp(actual[0]);
    }
    trust(layer, actual);
    return compare(layer, x, w, bias, actual, budget, false);
  }

  /**
   * Compares with the reference within the rounding that any order of summation may show: with K
   * products and u = 2^-24, each of two results lies within K + 1 times u times the sum of the
   * products' magnitudes of the exact one (N. Higham, Accuracy and Stability of Numerical
   * Algorithms, 2002, section 4.2, to first order).
   *
   * @param layer the layer
   * @param x input
   * @param w weights
   * @param bias bias
   * @param output what an engine made of it
   * @param budget most multiply-adds of the reference
   * @return what was compared
   * @throws MismatchException if an element differs by more or the output cannot be trusted
   */
  public static Verification verifyWithin(
      Layer layer, float[] x, float[] w, float[] bias, float[] output, long budget) {
    trust(layer, output);
    return compare(layer, x, w, bias, output, budget / 2, true);
  }

  private static Verification compare(
      Layer layer,
      float[] x,
      float[] w,
      float @Nullable [] bias,
      float[] actual,
      long budget,
      boolean within) {
    // The reference on magnitudes is the sum of the products' magnitudes.
    float[] ax = within ? magnitudes(x) : x;
    float[] aw = within ? magnitudes(w) : w;
    float @Nullable [] ab = within && bias != null ? magnitudes(bias) : bias;
    double unit = within ? (layer.reduction() + 1) * 0x1p-23 : 0;
    long all = actual.length * layer.reduction();
    if (all <= budget) {
      float[] expected = reference(layer, x, w, bias);
      float[] scale = within ? reference(layer, ax, aw, ab) : expected;
      for (int i = 0; i < expected.length; i++) {
        compare(layer, i, expected[i], actual[i], unit * scale[i]);
      }
      return new Verification(expected.length, actual.length);
    }
    int samples =
        (int) Math.min(actual.length, Math.max(FEWEST_SAMPLES, budget / layer.reduction()));
    boolean ofWeights = layer.pass() == Pass.WEIGHT_GRADIENT;
    boolean ofInput = layer.pass() == Pass.INPUT_GRADIENT;
    int width = ofWeights ? layer.kernelWidth() : ofInput ? layer.inWidth() : layer.outWidth();
    int height = ofWeights ? layer.kernelHeight() : ofInput ? layer.inHeight() : layer.outHeight();
    int plane = width * height;
    int[] corners = {
      0, width - 1, plane - width, plane - 1, actual.length - plane, actual.length - 1
    };
    Random random = new Random(42);
    for (int s = 0; s < samples; s++) {
      // One element from each of as many equal parts of the output.
      int from = (int) ((long) actual.length * s / samples);
      int to = (int) ((long) actual.length * (s + 1) / samples);
      int i = s < corners.length ? corners[s] : from + random.nextInt(to - from);
      double tolerance = within ? unit * at(layer, ax, aw, ab, i) : 0;
      compare(layer, i, at(layer, x, w, bias, i), actual[i], tolerance);
    }
    return new Verification(samples, actual.length);
  }

  private static float[] magnitudes(float[] values) {
    float[] magnitudes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      magnitudes[i] = Math.abs(values[i]);
    }
    return magnitudes;
  }

  private static float[] reference(Layer layer, float[] x, float[] w, float @Nullable [] bias) {
    if (layer.depth() != null) {
      return NaiveConv3d.forward(layer.volumeShape(), x, w, bias);
    }
    if (layer.transposed()) {
      ConvTransposeShape s = layer.transposeShape();
      return switch (layer.pass()) {
        case FORWARD -> NaiveConvTranspose2d.scatter(s, x, w, bias);
        case INPUT_GRADIENT -> NaiveGradients.transposeInput(s, x, w);
        case WEIGHT_GRADIENT -> {
          float[] gradient = new float[layer.outputFloats()];
          NaiveGradients.transposeWeights(s, x, w, gradient);
          yield gradient;
        }
      };
    }
    ConvShape s = layer.convShape();
    return switch (layer.pass()) {
      case FORWARD -> NaiveConv2d.forward(s, x, w, bias);
      case INPUT_GRADIENT -> NaiveGradients.convInput(s, x, w);
      case WEIGHT_GRADIENT -> {
        float[] gradient = new float[layer.outputFloats()];
        NaiveGradients.convWeights(s, x, w, gradient);
        yield gradient;
      }
    };
  }

  private static float at(Layer layer, float[] x, float[] w, float @Nullable [] bias, int i) {
    if (layer.depth() != null) {
      VolumeShape s = layer.volumeShape();
      int plane = s.out(1) * s.out(2);
      int[] at = place(i / plane, s.outChannels(), s.out(0), 1);
      int pixel = i % plane;
      return NaiveConv3d.outputAt(
          s, x, w, bias, at[0], at[1], at[2], pixel / s.out(2), pixel % s.out(2));
    }
    if (layer.transposed()) {
      ConvTransposeShape s = layer.transposeShape();
      return switch (layer.pass()) {
        case FORWARD -> {
          int[] at = place(i, s.outChannels(), s.outHeight(), s.outWidth());
          yield NaiveConvTranspose2d.gatherAt(s, x, w, bias, at[0], at[1], at[2], at[3]);
        }
        case INPUT_GRADIENT -> {
          int[] at = place(i, s.inChannels(), s.inHeight(), s.inWidth());
          yield NaiveGradients.transposeInputAt(s, x, w, at[0], at[1], at[2], at[3]);
        }
        case WEIGHT_GRADIENT -> {
          int inner = s.outChannels() / s.groups();
          int[] at = place(i, inner, s.kernelHeight(), s.kernelWidth());
          yield NaiveGradients.transposeWeightAt(s, x, w, 0f, at[0], at[1], at[2], at[3]);
        }
      };
    }
    ConvShape s = layer.convShape();
    return switch (layer.pass()) {
      case FORWARD -> {
        int[] at = place(i, s.outChannels(), s.outHeight(), s.outWidth());
        yield NaiveConv2d.outputAt(s, x, w, bias, at[0], at[1], at[2], at[3]);
      }
      case INPUT_GRADIENT -> {
        int[] at = place(i, s.inChannels(), s.inHeight(), s.inWidth());
        yield NaiveGradients.convInputAt(s, x, w, at[0], at[1], at[2], at[3]);
      }
      case WEIGHT_GRADIENT -> {
        int inner = s.inChannels() / s.groups();
        int[] at = place(i, inner, s.kernelHeight(), s.kernelWidth());
        yield NaiveGradients.convWeightAt(s, x, w, 0f, at[0], at[1], at[2], at[3]);
      }
    };
  }

  /** The four indices of an element. */
  private static int[] place(int i, int channels, int rows, int columns) {
    return new int[] {
      i / columns / rows / channels, i / columns / rows % channels, i / columns % rows, i % columns
    };
  }

  private static void compare(Layer layer, int i, float expected, float actual, double tolerance) {
    // Adding +0 turns -0 into +0: the contract holds up to the sign of zero. NaN is within nothing.
    boolean same = Float.floatToIntBits(expected + 0f) == Float.floatToIntBits(actual + 0f);
    if (!same && !(Math.abs((double) expected - actual) <= tolerance)) {
      throw new MismatchException(
          layer.name()
              + ": output "
              + i
              + " is "
              + actual
              + "; the reference has "
              + expected
              + (tolerance > 0 ? ", and rounding explains " + (float) tolerance : ""));
    }
  }

  /**
   * Compares two outputs of one layer.
   *
   * @throws MismatchException if they differ
   */
  public static void same(Layer layer, float[] serial, float[] parallel, int threads) {
    int at = Arrays.mismatch(serial, parallel);
    if (at >= 0) {
      throw new MismatchException(
          layer.name()
              + ": output "
              + at
              + " is "
              + parallel[at]
              + " with "
              + threads
              + " threads; with one it is "
              + serial[at]);
    }
  }

  private static void trust(Layer layer, float[] output) {
    long zeros = 0;
    boolean constant = true;
    for (float v : output) {
      zeros += v == 0 ? 1 : 0;
      constant &= v == output[0];
    }
    if (output.length > 1 && (constant || 2 * zeros > output.length)) {
      throw new MismatchException(
          layer.name()
              + ": cannot be trusted: "
              + (constant
                  ? "all outputs are the same"
                  : zeros + " of " + output.length + " are 0"));
    }
  }

  /** An output full of NaN, in which an element that was not written shows. */
  public static float[] unwritten(int length) {
    float[] output = new float[length];
    Arrays.fill(output, Float.NaN);
    return output;
  }
}
