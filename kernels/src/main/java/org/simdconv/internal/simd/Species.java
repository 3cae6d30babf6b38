package org.simdconv.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one vector shape of this JVM. A static final constant, because C2 compiles vector code only
 * for species that it knows at compile time (a species handed over as a parameter costs a factor of
 * 100 where it is not inlined; JDK 25).
 */
public final class Species {
  static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;

  /** As many ints. */
  static final VectorSpecies<Integer> INT = VectorSpecies.of(int.class, FLOAT.vectorShape());

  /** Floats in a vector. */
  public static final int LANES = FLOAT.length();

  /** Floating-point operations a cycle with two vector FMA units, 2 a multiply-add. */
  public static final int FLOPS_PER_CYCLE = 4 * LANES;

  /** Bits in a vector. */
  public static final int BITS = FLOAT.vectorBitSize();

  /**
   * Whether to count on 32 vector registers. AVX-512 and NEON/SVE have them. x86-64 with narrower
   * vectors has 16 (with AVX-512VL held to 256 bits it would be 32, which cannot be asked for in
   * Java).
   */
  public static final boolean MANY_REGISTERS =
      BITS >= 512 || System.getProperty("os.arch", "").equals("aarch64");

  private Species() {}

  /**
   * Bits of the first lanes of a vector, all of them for more than it has and none for less than
   * one, for {@code VectorMask.fromLong}.
   *
   * <p>Bits, not a mask: a method that returns a mask allocates it where C2 does not inline it. And
   * instead of {@code indexInRange}, which asks in three branches whether all lanes or none are
   * meant: in a JVM that has taken several of them C2 makes objects of its masks (JDK 25, 32 to 96
   * bytes a row of Winograd's).
   */
  static long first(int lanes) {
    return lanes >= Long.SIZE ? -1L : (1L << Math.max(0, lanes)) - 1;
  }

  /** The same of lanes begin .. end-1 of a row, in a vector that starts at its lane {@code at}. */
  static long inside(int at, int begin, int end) {
    return first(end - at) & ~first(begin - at);
  }
}
