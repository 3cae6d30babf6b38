package org.simdconv;

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
}
