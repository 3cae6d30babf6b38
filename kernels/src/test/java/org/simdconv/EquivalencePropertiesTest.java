package org.simdconv;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random shapes over all parameters, on arrays and segments, 1 to 4 threads: bit for bit the
 * reference.
 */
class EquivalencePropertiesTest {
  @Property(tries = 4000)
  void convolutionEqualsReference(@ForAll("convolutions") ConvCase c, @ForAll long seed) {
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  @Property(tries = 4000)
  void transposedConvolutionEqualsReference(
      @ForAll("transposedConvolutions") ConvCase c, @ForAll long seed) {
    Equivalence.check(c, Equivalence.anyWay(seed), seed);
  }

  @Provide
  Arbitrary<ConvCase> convolutions() {
    return ConvCase.any(false);
  }

  @Provide
  Arbitrary<ConvCase> transposedConvolutions() {
    return ConvCase.any(true);
  }
}
