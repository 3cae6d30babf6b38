package org.simdconv;

import org.simdconv.internal.geometry.ConvGeometry;

/** Errors at the door: each names the argument, its value and what was expected. */
final class Check {
  private Check() {}

  static int positive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; must be at least 1");
    }
    return value;
  }

  static int notNegative(int value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is " + value + "; must not be negative");
    }
    return value;
  }

  static void length(int actual, int expected, String name, String meaning) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          name + " has " + actual + " elements; must have " + expected + " (" + meaning + ")");
    }
  }

  static void groups(int groups, int inChannels, int outChannels) {
    positive(groups, "groups");
    if (inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "groups is "
              + groups
              + "; must divide inChannels "
              + inChannels
              + " and outChannels "
              + outChannels);
    }
  }

  /** The number of elements of a tensor, which must fit a Java array. */
  static int elements(String name, int... sizes) {
    return ConvGeometry.elements(name, sizes);
  }

  /** A size that has been computed in long. */
  static int size(String name, long value) {
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " are " + value + "; must be below 2^31");
    }
    return (int) value;
  }

  /** The sizes of images without weights. */
  static void image(int batch, int channels, int height, int width) {
    positive(batch, "batch");
    positive(channels, "channels");
    positive(height, "height");
    positive(width, "width");
    elements("input", batch, channels, height, width);
  }
}
