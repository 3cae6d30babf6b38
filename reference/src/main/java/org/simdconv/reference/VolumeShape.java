package org.simdconv.reference;

/**
 * The sizes of one conv3d or transposed conv3d: input {@code [batch, inChannels, in0, in1, in2]},
 * weights {@code [outChannels, inChannels / groups, kernel]} or, transposed, {@code [inChannels,
 * outChannels / groups, kernel]}. The arrays hold planes, rows, columns; dilation 1 is dense.
 *
 * @param transposed whether it is a transposed convolution
 * @param batch number of volumes
 * @param inChannels input channels
 * @param outChannels output channels
 * @param groups number of groups
 * @param in input size
 * @param kernel kernel size
 * @param stride strides
 * @param padBegin padding in front, above, left
 * @param padEnd padding behind, below, right
 * @param dilation dilations
 * @param outputPadding output padding, transposed only
 */
@SuppressWarnings("ArrayRecordComponent")
public record VolumeShape(
    boolean transposed,
    int batch,
    int inChannels,
    int outChannels,
    int groups,
    int[] in,
    int[] kernel,
    int[] stride,
    int[] padBegin,
    int[] padEnd,
    int[] dilation,
    int[] outputPadding) {

  /**
   * Checks that the shape describes an operation.
   *
   * @throws IllegalArgumentException if a size is not positive, a padding is negative, the groups
   *     do not divide the channels, or nothing is left of the output
   */
  public VolumeShape {
    ShapeArithmetic.requirePositive(batch, "batch");
    ShapeArithmetic.requireGroups(inChannels, outChannels, groups);
    for (int a = 0; a < 3; a++) {
      out(
          transposed,
          in[a],
          kernel[a],
          stride[a],
          dilation[a],
          padBegin[a],
          padEnd[a],
          outputPadding[a]);
    }
  }

  private static int out(
      boolean transposed, int i, int k, int s, int d, int begin, int end, int outputPadding) {
    return transposed
        ? ShapeArithmetic.convTransposeOutput(i, k, s, d, begin, end, outputPadding)
        : ShapeArithmetic.convOutput(i, k, s, d, begin, end);
  }

  /**
   * Output size.
   *
   * @param axis 0 planes, 1 rows, 2 columns
   * @return the size
   */
  public int out(int axis) {
    return out(
        transposed,
        in[axis],
        kernel[axis],
        stride[axis],
        dilation[axis],
        padBegin[axis],
        padEnd[axis],
        outputPadding[axis]);
  }

  /**
   * Elements of the input.
   *
   * @return elements
   */
  public int inputSize() {
    return Math.multiplyExact(ShapeArithmetic.elements(batch, inChannels, in[0], in[1]), in[2]);
  }

  /**
   * Elements of the weights.
   *
   * @return elements
   */
  public int weightSize() {
    return Math.multiplyExact(
        ShapeArithmetic.elements(outChannels, inChannels / groups, kernel[0], kernel[1]),
        kernel[2]);
  }

  /**
   * Elements of the output.
   *
   * @return elements
   */
  public int outputSize() {
    return Math.multiplyExact(ShapeArithmetic.elements(batch, outChannels, out(0), out(1)), out(2));
  }
}
