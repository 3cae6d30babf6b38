package org.simdconv.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.simdconv.Numerics;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.verify.MismatchException;
import org.simdconv.bench.verify.Verifier;

class TurnTakingTest {
  private static final Layer LAYER = Layer.ofShape("conv ic16 oc8 k3x3 p1,1,1,1 in9x11");

  /** With whatever engines the jar has: ours alone unless the profile added others. */
  @Test
  void everyEngineHasATimeInEveryRoundAndIsVerified() {
    PeerFork fork =
        TurnTaking.measure(LAYER, 2, 5, new TurnTaking.Effort(1, 8, 0.01, Numerics.REPRODUCIBLE));
    assertEquals(TurnTaking.engines(Numerics.REPRODUCIBLE).size(), fork.engines().size());
    assertTrue(fork.peaks().size() >= TurnTaking.FEWEST_ROUNDS, fork.toString());
    assertEquals(5, fork.fork());
    for (PeerFork.Engine engine : fork.engines()) {
      assertEquals(null, engine.failure());
      assertEquals(fork.peaks().size(), engine.micros().size());
      assertEquals(8 * 9 * 11, engine.verified());
      assertTrue(engine.micros().stream().allMatch(t -> t > 0));
    }
  }

  /** Another order of summation passes; a wrong tap does not. */
  @Test
  void anotherOrderOfSummationIsRight() {
    float[] x = Layer.data(LAYER.inputFloats(), 1);
    float[] w = Layer.data(LAYER.weightFloats(), 2);
    float[] bias = Layer.data(LAYER.outChannels(), 3);
    float[] y = backwards(x, w, bias);
    Verifier.verifyWithin(LAYER, x, w, bias, y, Long.MAX_VALUE);
    assertThrows(
        MismatchException.class,
        () -> Verifier.verify(LAYER, x, w, bias, y, Long.MAX_VALUE),
        "the orders must differ for the test to mean anything");
    y[100] += 1e-3f;
    String message =
        String.valueOf(
            assertThrows(
                    MismatchException.class,
                    () -> Verifier.verifyWithin(LAYER, x, w, bias, y, Long.MAX_VALUE))
                .getMessage());
    assertTrue(message.contains("output 100") && message.contains("rounding explains"), message);
    y[100] = Float.NaN;
    assertThrows(
        MismatchException.class, () -> Verifier.verifyWithin(LAYER, x, w, bias, y, Long.MAX_VALUE));
  }

  private static float[] backwards(float[] x, float[] w, float[] bias) {
    float[] y = new float[8 * 9 * 11];
    for (int oc = 0; oc < 8; oc++) {
      for (int oh = 0; oh < 9; oh++) {
        for (int ow = 0; ow < 11; ow++) {
          float sum = bias[oc];
          for (int ic = 15; ic >= 0; ic--) {
            for (int k = 8; k >= 0; k--) {
              int ih = oh + k / 3 - 1;
              int iw = ow + k % 3 - 1;
              if (ih >= 0 && ih < 9 && iw >= 0 && iw < 11) {
                sum += x[(ic * 9 + ih) * 11 + iw] * w[(oc * 16 + ic) * 9 + k];
              }
            }
          }
          y[(oc * 9 + oh) * 11 + ow] = sum;
        }
      }
    }
    return y;
  }
}
