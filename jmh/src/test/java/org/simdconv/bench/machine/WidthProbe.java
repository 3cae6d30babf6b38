package org.simdconv.bench.machine;

/** Prints whether vectors of a width are compiled; the test starts it in JVMs that cannot. */
final class WidthProbe {
  private WidthProbe() {}

  public static void main(String[] args) {
    Limits.Width width = Limits.width(128, 1, ScalarPeak.gflops());
    System.out.println("intrinsics=" + width.intrinsics() + " " + width);
  }
}
