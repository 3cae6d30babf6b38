package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.simdconv.reference.ConvTransposeShape;

/**
 * The transposed convolution is the adjoint of the convolution with the same weights: {@code <u, C
 * v> = <C^T u, v>}. Small integers make all sums exact.
 */
class AdjointTest {
  @Property(tries = 300)
  void transposedConvolutionIsTheAdjoint(@ForAll("convolutions") ConvCase c, @ForAll long seed) {
    float[] w = ConvCase.integers(c.weightSize(), seed);
    float[] v = ConvCase.integers(c.inputSize(), seed + 1);
    ConvPlan forward = c.plan(w, null, Activation.none(), PlanOptions.defaults());
    float[] cv = new float[forward.outputFloats()];
    forward.run(v, cv);
    float[] u = ConvCase.integers(cv.length, seed + 2);

    ConvTransposeShape t = ConvTransposeShape.transposeOf(c.shape());
    ConvPlan adjoint =
        ConvTranspose2d.of(t.inChannels(), t.outChannels())
            .groups(t.groups())
            .kernel(t.kernelHeight(), t.kernelWidth())
            .stride(t.strideHeight(), t.strideWidth())
            .dilation(t.dilationHeight(), t.dilationWidth())
            .padding(Padding.of(t.padTop(), t.padLeft(), t.padBottom(), t.padRight()))
            .outputPadding(t.outputPaddingHeight(), t.outputPaddingWidth())
            .plan(t.batch(), t.inHeight(), t.inWidth(), w, null);
    float[] ctu = new float[adjoint.outputFloats()];
    adjoint.run(u, ctu);
    assertEquals(dot(u, cv), dot(ctu, v), c.toString());
  }

  private static double dot(float[] a, float[] b) {
    assertEquals(a.length, b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Provide
  Arbitrary<ConvCase> convolutions() {
    return ConvCase.any(false);
  }
}
