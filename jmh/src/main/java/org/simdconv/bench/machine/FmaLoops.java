package org.simdconv.bench.machine;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of fused multiply-adds with nothing else to do, at one vector width. {@link WidthPeak}
 * makes a hidden class of this one for each width, whose class data is the width, so that the
 * species is a constant of the class, as C2 needs it: a species that is a parameter costs a factor
 * of 100.
 */
final class FmaLoops {
  /** Steps of a call. */
  static final int STEPS = 1 << 15;

  private static final VectorSpecies<Float> S =
      VectorSpecies.of(float.class, VectorShape.forBitSize(bits()));

  // The sums stay finite. The factor comes from an array, so that nothing is known of it.
  private static final float[] FACTOR = new float[64];

  static {
    Arrays.fill(FACTOR, 0.5f);
  }

  private FmaLoops() {}

  private static int bits() {
    try {
      return MethodHandles.classData(
          MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Integer.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  // spotless:off
  static float twelve() {
    FloatVector b = FloatVector.fromArray(S, FACTOR, 0);
    FloatVector c = FloatVector.broadcast(S, 1e-3f);
    FloatVector z = FloatVector.zero(S);
    FloatVector a0 = z, a1 = z, a2 = z, a3 = z, a4 = z, a5 = z, a6 = z, a7 = z;
    FloatVector a8 = z, a9 = z, a10 = z, a11 = z;
    for (int i = 0; i < STEPS; i++) {
      a0 = b.fma(c, a0); a1 = b.fma(c, a1); a2 = b.fma(c, a2); a3 = b.fma(c, a3);
      a4 = b.fma(c, a4); a5 = b.fma(c, a5); a6 = b.fma(c, a6); a7 = b.fma(c, a7);
      a8 = b.fma(c, a8); a9 = b.fma(c, a9); a10 = b.fma(c, a10); a11 = b.fma(c, a11);
    }
    return a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).add(a8).add(a9).add(a10).add(a11).lane(0);
  }

  static float twentyFour() {
    FloatVector b = FloatVector.fromArray(S, FACTOR, 0);
    FloatVector c = FloatVector.broadcast(S, 1e-3f);
    FloatVector z = FloatVector.zero(S);
    FloatVector a0 = z, a1 = z, a2 = z, a3 = z, a4 = z, a5 = z, a6 = z, a7 = z;
    FloatVector a8 = z, a9 = z, a10 = z, a11 = z, a12 = z, a13 = z, a14 = z, a15 = z;
    FloatVector a16 = z, a17 = z, a18 = z, a19 = z, a20 = z, a21 = z, a22 = z, a23 = z;
    for (int i = 0; i < STEPS; i++) {
      a0 = b.fma(c, a0); a1 = b.fma(c, a1); a2 = b.fma(c, a2); a3 = b.fma(c, a3);
      a4 = b.fma(c, a4); a5 = b.fma(c, a5); a6 = b.fma(c, a6); a7 = b.fma(c, a7);
      a8 = b.fma(c, a8); a9 = b.fma(c, a9); a10 = b.fma(c, a10); a11 = b.fma(c, a11);
      a12 = b.fma(c, a12); a13 = b.fma(c, a13); a14 = b.fma(c, a14); a15 = b.fma(c, a15);
      a16 = b.fma(c, a16); a17 = b.fma(c, a17); a18 = b.fma(c, a18); a19 = b.fma(c, a19);
      a20 = b.fma(c, a20); a21 = b.fma(c, a21); a22 = b.fma(c, a22); a23 = b.fma(c, a23);
    }
    return a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).add(a8).add(a9).add(a10).add(a11)
        .add(a12).add(a13).add(a14).add(a15).add(a16).add(a17).add(a18).add(a19).add(a20).add(a21).add(a22)
        .add(a23).lane(0);
  }
  // spotless:on
}
