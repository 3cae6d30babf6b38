package org.simdconv.bench.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final double LEAST = 0.05;

  /**
   * M. Hollander, D. Wolfe, Nonparametric Statistical Methods, 1973, page 69; checked by counting.
   */
  @Test
  void theShiftIsThatOfTheTextbook() {
    double[] x = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    double[] y = {1.15, 0.88, 0.90, 0.74, 1.21};
    Difference.Shift shift = Difference.shift(y, x, 0.05);
    assertEquals(0.305, shift.estimate(), 1e-9);
    assertEquals(-0.15, shift.low(), 1e-9);
    assertEquals(0.76, shift.high(), 1e-9);
    assertEquals(0.2544, shift.p(), 1e-4);
    Difference.Shift back = Difference.shift(x, y, 0.05);
    assertEquals(-0.305, back.estimate(), 1e-9);
    assertEquals(-0.76, back.low(), 1e-9);
    assertEquals(0.15, back.high(), 1e-9);
  }

  /** 3 and 3 samples can be told apart with p = 0.1 at best: nothing is excluded. */
  @Test
  void fewSamplesExcludeNothing() {
    Difference.Shift shift =
        Difference.shift(new double[] {1, 2, 3}, new double[] {11, 12, 13}, 0.05);
    assertEquals(0.1, shift.p(), 1e-9);
    assertTrue(Double.isInfinite(shift.low()) && Double.isInfinite(shift.high()));
    assertEquals(10, shift.estimate(), 1e-9);
  }

  @Test
  void changesAreFoundWhateverTheMachineDoes() {
    Run base = Runs.run("a", "x", 8, 0.01, 1, 1, 1, 1, 1);
    Run next = Runs.run("b", "x", 8, 0.01, 2, 1, 1.10, 0.90, 1.002);
    Comparison c = Comparison.of(base, next, LEAST, false);
    assertEquals(
        List.of(Verdict.NO_CHANGE, Verdict.SLOWER, Verdict.FASTER, Verdict.NO_CHANGE),
        c.differences().stream().map(Difference::verdict).toList());
    Difference slower = c.differences().get(1);
    assertEquals(0.10, slower.change(), 0.02);
    assertTrue(slower.low() < 0.10 && slower.high() > 0.10, slower.toString());
    assertEquals(8, slower.baseForks());
    assertTrue(c.worse());
    assertFalse(Comparison.of(next, next, LEAST, false).worse());
  }

  /** A kernel that shares half of the drift, as a logarithm, is adjusted by half of it. */
  @Test
  void onlyTheShareOfTheDriftCounts() {
    List<ForkLine> lines = new ArrayList<>();
    for (int f = 0; f < 8; f++) {
      double drift = 1 + 0.1 * f;
      lines.add(Runs.fork("layer0", f, 100 * Math.sqrt(drift), 10 * drift));
    }
    assertEquals(0.5, Comparison.slope(List.of(lines)), 1e-9);
    List<ForkLine> all = Runs.run("a", "x", 8, 1e-6, 1, 1).lines();
    assertEquals(1, Comparison.slope(List.of(all)), 1e-3);
    // A machine that did not drift says nothing.
    List<ForkLine> steady = new ArrayList<>();
    for (int f = 0; f < 8; f++) {
      steady.add(Runs.fork("layer0", f, 100 + f, 10));
    }
    assertEquals(1, Comparison.slope(List.of(steady)));
    // Pairs are of one run: a slower run is a change, not a drift.
    List<ForkLine> slower = new ArrayList<>();
    for (int f = 0; f < 8; f++) {
      double drift = 2 + 0.1 * f;
      slower.add(Runs.fork("layer0", f, 300 * Math.sqrt(drift), 10 * drift));
    }
    assertEquals(0.5, Comparison.slope(List.of(lines, slower)), 1e-9);
  }

  @Test
  void noiseIsNoChange() {
    int wrong = 0;
    for (int seed = 0; seed < 100; seed++) {
      double[] layers = new double[20];
      Arrays.fill(layers, 1);
      Comparison c =
          Comparison.of(
              Runs.run("a", "x", 8, 0.03, 2L * seed, layers),
              Runs.run("b", "x", 8, 0.03, 2L * seed + 1, layers),
              LEAST,
              false);
      wrong += (int) (c.count(Verdict.SLOWER) + c.count(Verdict.FASTER));
    }
    // The correction promises that at most 5 of the 100 comparisons have a false verdict, in the
    // mean; the seeds are fixed.
    assertTrue(wrong <= 8, wrong + " false verdicts of 2000");
  }

  @Test
  void wideNoiseAndFewForksCannotTell() {
    Comparison noisy =
        Comparison.of(
            Runs.run("a", "x", 5, 0.3, 1, 1), Runs.run("b", "x", 5, 0.3, 2, 1.05), LEAST, false);
    assertEquals(Verdict.CANNOT_TELL, noisy.differences().getFirst().verdict());
    Comparison few =
        Comparison.of(
            Runs.run("a", "x", 3, 0.001, 1, 1), Runs.run("b", "x", 3, 0.001, 2, 2), LEAST, false);
    assertEquals(Verdict.CANNOT_TELL, few.differences().getFirst().verdict());
    assertFalse(few.worse());
  }

  /** A difference that is certain but small is not a change that matters. */
  @Test
  void certainButSmallIsNoChange() {
    Comparison c =
        Comparison.of(
            Runs.run("a", "x", 8, 1e-4, 1, 1), Runs.run("b", "x", 8, 1e-4, 2, 1.02), LEAST, false);
    assertTrue(c.differences().getFirst().p() < 0.01);
    assertEquals(Verdict.NO_CHANGE, c.differences().getFirst().verdict());
  }

  @Test
  void otherMachinesAreRefused() {
    Run here = Runs.run("a", "x", 4, 0.01, 1, 1);
    Run there = Runs.run("b", "y", 4, 0.01, 2, 1);
    String refusal =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class, () -> Comparison.of(here, there, LEAST, false))
                .getMessage());
    assertTrue(
        refusal.contains("measured on x")
            && refusal.contains("new run on y")
            && refusal.contains("--across"),
        refusal);
    Comparison forced = Comparison.of(here, there, LEAST, true);
    assertTrue(
        forced.notes().getFirst().startsWith("different machines"), forced.notes().toString());
  }

  @Test
  void whatIsMissingOrBrokenIsSaid() {
    Run base = Runs.run("a", "x", 4, 0.01, 1, 1, 1);
    List<ForkLine> lines = new ArrayList<>(Runs.run("b", "x", 4, 0.01, 2, 1).lines());
    lines.add(new ForkLine("layer1", 1, 0, null, "output 3 is wrong"));
    Run next =
        new Run(
            Path.of("b.jsonl"), Runs.header("b", "x", 4, List.of("layer0", "layer1")), lines, true);
    Comparison c = Comparison.of(base, next, LEAST, false);
    assertEquals("output 3 is wrong", c.broken().get(new Benchmark("layer1", 1)));
    assertTrue(c.worse());
    assertTrue(
        c.notes().stream().anyMatch(n -> n.contains("unfinished") && n.contains("cut off")),
        c.notes().toString());
    Run other =
        new Run(
            Path.of("c.jsonl"),
            Runs.header("c", "x", 1, List.of("other")),
            List.of(Runs.fork("other", 0, 1, 1)),
            false);
    assertThrows(IllegalArgumentException.class, () -> Comparison.of(base, other, LEAST, false));
  }
}
