package org.simdconv.reference;

/**
 * The sizes of one conv2d: input {@code [batch, inChannels, inHeight, inWidth]}, weights {@code
 * [outChannels, inChannels / groups, kernelHeight, kernelWidth]}, output {@code [batch,
 * outChannels, outHeight(), outWidth()]}. Strides and dilations are in pixels (dilation 1 = dense),
 * paddings in rows or columns of zeros.
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
 * @param padTop rows of zeros above the image
 * @param padLeft columns of zeros left of the image
 * @param padBottom rows of zeros below the image
 * @param padRight columns of zeros right of the image
 * @param dilationHeight vertical distance of kernel rows
 * @param dilationWidth horizontal distance of kernel columns
 * @param groups number of groups
 */
public record ConvShape(
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
    int groups) {

  /**
   * Checks that the shape describes a convolution.
   *
   * @throws IllegalArgumentException if a size is not positive, a padding is negative, the groups
   *     do not divide the channels, or the kernel does not fit into the padded image
   */
  public ConvShape {
    ShapeArithmetic.requirePositive(batch, "batch");
    ShapeArithmetic.requireGroups(inChannels, outChannels, groups);
    ShapeArithmetic.convOutput(
        inHeight, kernelHeight, strideHeight, dilationHeight, padTop, padBottom);
    ShapeArithmetic.convOutput(inWidth, kernelWidth, strideWidth, dilationWidth, padLeft, padRight);
  }

  /**
   * A shape with stride 1, no padding, no dilation and one group.
   *
   * @param batch number of images
   * @param inChannels input channels
   * @param inHeight input rows
   * @param inWidth input columns
   * @param outChannels output channels
   * @param kernelHeight kernel rows
   * @param kernelWidth kernel columns
   * @return the shape
   * @throws IllegalArgumentException as the constructor
   */
  public static ConvShape of(
      int batch,
      int inChannels,
      int inHeight,
      int inWidth,
      int outChannels,
      int kernelHeight,
      int kernelWidth) {
    return new ConvShape(
        batch,
        inChannels,
        inHeight,
        inWidth,
        outChannels,
        kernelHeight,
        kernelWidth,
        1,
        1,
        0,
        0,
        0,
        0,
        1,
        1,
        1);
  }

  /**
   * The same shape with other strides.
   *
   * @param height vertical stride
   * @param width horizontal stride
   * @return the shape
   */
  public ConvShape withStride(int height, int width) {
    return new ConvShape(
        batch,
        inChannels,
        inHeight,
        inWidth,
        outChannels,
        kernelHeight,
        kernelWidth,
        height,
        width,
        padTop,
        padLeft,
        padBottom,
        padRight,
        dilationHeight,
        dilationWidth,
        groups);
  }

  /**
   * The same shape with other padding.
   *
   * @param top rows above
   * @param left columns left
   * @param bottom rows below
   * @param right columns right
   * @return the shape
   */
  public ConvShape withPadding(int top, int left, int bottom, int right) {
    return new ConvShape(
        batch,
        inChannels,
        inHeight,
        inWidth,
        outChannels,
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        top,
        left,
        bottom,
        right,
        dilationHeight,
        dilationWidth,
        groups);
  }

  /**
   * Output rows.
   *
   * @return rows of the output
   */
  public int outHeight() {
    return ShapeArithmetic.convOutput(
        inHeight, kernelHeight, strideHeight, dilationHeight, padTop, padBottom);
  }

  /**
   * Output columns.
   *
   * @return columns of the output
   */
  public int outWidth() {
    return ShapeArithmetic.convOutput(
        inWidth, kernelWidth, strideWidth, dilationWidth, padLeft, padRight);
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
   * @return outChannels * inChannels / groups * kernelHeight * kernelWidth
   */
  public int weightSize() {
    return ShapeArithmetic.elements(outChannels, inChannels / groups, kernelHeight, kernelWidth);
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
