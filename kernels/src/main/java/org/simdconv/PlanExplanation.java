package org.simdconv;

/**
 * What a plan decided and why. {@link #toString()} is made for reading; the components are for
 * reports.
 *
 * @param layer the description with its image size
 * @param algorithm the way to compute
 * @param reason why this way
 * @param numerics what the results promise
 * @param vectorBits bits of a vector
 * @param registerTile register tiles, MR output channels x NV vectors of pixels; {@code 8x3+1} has
 *     a single pixel more than three vectors
 * @param phases phases of a transposed convolution, by the kernel rows x columns that reach them,
 *     for example {@code 1 of 2x2, 1 of 2x1, 1 of 1x2, 1 of 1x1} for a 3x3 of stride 2; 1 for a
 *     convolution
 * @param reductionBlocks blocks into which the taps of an output are cut
 * @param blockTaps taps of the largest block
 * @param input how the input is read
 * @param tasks tasks of a run
 * @param threads most threads of a run
 * @param workspaceFloats scratch memory for that many threads, in floats
 * @param packedWeightFloats packed weights, in floats
 * @param flops floating-point operations of the definition, 2 a multiply-add
 * @param compulsoryBytes bytes of input, weights and output
 * @param usefulShare multiply-adds of the definition over those executed: less than 1 where
 *     channels are padded to register tiles, pixels to vectors, and transposed borders; more with
 *     Winograd's algorithm
 */
public record PlanExplanation(
    String layer,
    Algorithm algorithm,
    String reason,
    Numerics numerics,
    int vectorBits,
    String registerTile,
    String phases,
    int reductionBlocks,
    int blockTaps,
    String input,
    int tasks,
    int threads,
    int workspaceFloats,
    long packedWeightFloats,
    long flops,
    long compulsoryBytes,
    double usefulShare) {

  /**
   * Arithmetic intensity of the definition.
   *
   * @return operations a compulsory byte
   */
  public double intensity() {
    return (double) flops / compulsoryBytes;
  }

  /** Returns several lines of text. */
  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT,
        """
        %s
          algorithm  %s: %s
          numerics   %s
          tile       %s at %d bits; %.0f%% of its multiply-adds are useful, so at most %.0f%% of the FMA peak by the definition's count
          reduction  %d block(s) of at most %d taps; phases: %s
          input      %s
          tasks      %d for at most %d thread(s)
          memory     workspace %.1f KiB, packed weights %.1f KiB
          work       %.1f MFLOP, %.1f operations a compulsory byte
        """,
        layer,
        algorithm,
        reason,
        numerics == Numerics.REPRODUCIBLE
            ? "REPRODUCIBLE: one FMA chain an output, (channel, kernel plane, row, column) ascending"
            : "FAST",
        registerTile,
        vectorBits,
        100 * usefulShare,
        100 * usefulShare,
        reductionBlocks,
        blockTaps,
        phases,
        input,
        tasks,
        threads,
        workspaceFloats / 256.0,
        packedWeightFloats / 256.0,
        flops / 1e6,
        intensity());
  }
}
