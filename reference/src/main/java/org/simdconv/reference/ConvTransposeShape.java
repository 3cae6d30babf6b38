package org.simdconv.reference;

/**
 * The sizes of one transposed conv2d: input {@code [batch, inChannels, inHeight, inWidth]}, weights
 * {@code [inChannels, outChannels / groups, kernelHeight, kernelWidth]}, output {@code [batch,
 * outChannels, outHeight(), outWidth()]}. Padding crops the output; output padding adds rows below
 * and columns right of it.
 *
 * @param batch number of images
 * @param inChannels input channels
 * @param inHeight input rows
 * @param inWidth input columns
 * @param outChannels output channels
 * @param kernelHeight kernel rows
 * @param kernelWidth kernel columns
 * @param strideHeight vertical stride
 * @param strideWidth horizontal stride
 * @param padTop rows cut off above
 * @param padLeft columns cut off left
 * @param padBottom rows cut off below
 * @param padRight columns cut off right
 * @param dilationHeight vertical distance of kernel rows
 * @param dilationWidth horizontal distance of kernel columns
 * @param outputPaddingHeight rows added below
 * @param outputPaddingWidth columns added right
 * @param groups number of groups
 */
public record ConvTransposeShape(
    int batch,
    int inChannels,
    int inHeight,
    int inWidth,
    int outChannels,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int padTop,
    int padLeft,
    int padBottom,
    int padRight,
    int dilationHeight,
    int dilationWidth,
    int outputPaddingHeight,
    int outputPaddingWidth,
    int groups) {

  /**
   * Checks that the shape describes a transposed convolution.
   *
   * @throws IllegalArgumentException if a size is not positive, a padding is negative, the groups
   *     do not divide the channels, or nothing of the output is left
   */
  public ConvTransposeShape {
    ShapeArithmetic.requirePositive(batch, "batch");
    ShapeArithmetic.requireGroups(inChannels, outChannels, groups);
    ShapeArithmetic.convTransposeOutput(
        inHeight,
        kernelHeight,
        strideHeight,
        dilationHeight,
        padTop,
        padBottom,
        outputPaddingHeight);
    ShapeArithmetic.convTransposeOutput(
        inWidth, kernelWidth, strideWidth, dilationWidth, padLeft, padRight, outputPaddingWidth);
  }

  /**
   * The transposed convolution whose matrix is the transpose of that of {@code conv}: its input has
   * the shape of the convolution's output and its output that of the convolution's input. Rows and
   * columns of the image that the convolution's stride never reaches come back as output padding.
   *
   * @param conv a convolution
   * @return its transpose
   */
  public static ConvTransposeShape transposeOf(ConvShape conv) {
    return new ConvTransposeShape(
        conv.batch(),
        conv.outChannels(),
        conv.outHeight(),
        conv.outWidth(),
        conv.inChannels(),
        conv.kernelHeight(),
        conv.kernelWidth(),
        conv.strideHeight(),
        conv.strideWidth(),
        conv.padTop(),
        conv.padLeft(),
        conv.padBottom(),
        conv.padRight(),
        conv.dilationHeight(),
        conv.dilationWidth(),
        (conv.inHeight()
                + conv.padTop()
                + conv.padBottom()
                - conv.dilationHeight() * (conv.kernelHeight() - 1)
                - 1)
            % conv.strideHeight(),
        (conv.inWidth()
                + conv.padLeft()
                + conv.padRight()
                - conv.dilationWidth() * (conv.kernelWidth() - 1)
                - 1)
            % conv.strideWidth(),
        conv.groups());
  }

  /**
   * Output rows.
   *
   * @return rows of the output
   */
  public int outHeight() {
    return ShapeArithmetic.convTransposeOutput(
        inHeight,
        kernelHeight,
        strideHeight,
        dilationHeight,
        padTop,
        padBottom,
        outputPaddingHeight);
  }

  /**
   * Output columns.
   *
   * @return columns of the output
   */
  public int outWidth() {
    return ShapeArithmetic.convTransposeOutput(
        inWidth, kernelWidth, strideWidth, dilationWidth, padLeft, padRight, outputPaddingWidth);
  }

  /**
   * Elements of the input.
   *
   * @return batch * inChannels * inHeight * inWidth
   */
  public int inputSize() {
    return ShapeArithmetic.elements(batch, inChannels, inHeight, inWidth);
  }

  /**
   * Elements of the weights.
   *
   * @return inChannels * outChannels / groups * kernelHeight * kernelWidth
   */
  public int weightSize() {
    return ShapeArithmetic.elements(inChannels, outChannels / groups, kernelHeight, kernelWidth);
  }

  /**
   * Elements of the output.
   *
   * @return batch * outChannels * outHeight * outWidth
   */
  public int outputSize() {
    return ShapeArithmetic.elements(batch, outChannels, outHeight(), outWidth());
  }
}
