package org.simdconv;

import java.util.function.Consumer;

/** The parameters of both descriptions. Not changed any more once a description holds it. */
final class ConvParameters {
  final int inChannels;
  final int outChannels;
  int kernelDepth = 1;
  int kernelHeight = 1;
  int kernelWidth = 1;
  int strideDepth = 1;
  int strideHeight = 1;
  int strideWidth = 1;
  int dilationDepth = 1;
  int dilationHeight = 1;
  int dilationWidth = 1;
  int outputPaddingDepth;
  int outputPaddingHeight;
  int outputPaddingWidth;
  int outputDepth;
  int outputHeight;
  int outputWidth;
  int groups = 1;
  Padding padding = Padding.none();
  Activation activation = Activation.none();

  private ConvParameters(int inChannels, int outChannels) {
    this.inChannels = inChannels;
    this.outChannels = outChannels;
  }

  static ConvParameters of(int inChannels, int outChannels) {
    Check.positive(inChannels, "inChannels");
    Check.positive(outChannels, "outChannels");
    return new ConvParameters(inChannels, outChannels);
  }

  ConvParameters with(Consumer<ConvParameters> change) {
    ConvParameters copy = new ConvParameters(inChannels, outChannels);
    copy.kernelDepth = kernelDepth;
    copy.kernelHeight = kernelHeight;
    copy.kernelWidth = kernelWidth;
    copy.strideDepth = strideDepth;
    copy.strideHeight = strideHeight;
    copy.strideWidth = strideWidth;
    copy.dilationDepth = dilationDepth;
    copy.dilationHeight = dilationHeight;
    copy.dilationWidth = dilationWidth;
    copy.outputPaddingDepth = outputPaddingDepth;
    copy.outputPaddingHeight = outputPaddingHeight;
    copy.outputPaddingWidth = outputPaddingWidth;
    copy.outputDepth = outputDepth;
    copy.outputHeight = outputHeight;
    copy.outputWidth = outputWidth;
    copy.groups = groups;
    copy.padding = padding;
    copy.activation = activation;
    change.accept(copy);
    return copy;
  }

  void checkOutputPadding() {
    outputPadding(outputPaddingDepth, strideDepth, dilationDepth, "depth");
    outputPadding(outputPaddingHeight, strideHeight, dilationHeight, "height");
    outputPadding(outputPaddingWidth, strideWidth, dilationWidth, "width");
  }

  private static void outputPadding(int value, int stride, int dilation, String axis) {
    if (value > 0 && value >= Math.max(stride, dilation)) {
      throw new IllegalArgumentException(
          "outputPadding ("
              + axis
              + ") is "
              + value
              + "; must be less than stride "
              + stride
              + " or dilation "
              + dilation);
    }
  }

  @Override
  public String toString() {
    return text(false);
  }

  /** As of volumes, with the depth. */
  String ofVolumes() {
    return text(true);
  }

  private String text(boolean volumes) {
    String text =
        "ic"
            + inChannels
            + " oc"
            + outChannels
            + " k"
            + (volumes ? kernelDepth + "x" : "")
            + kernelHeight
            + "x"
            + kernelWidth
            + " s"
            + (volumes ? strideDepth + "x" : "")
            + strideHeight
            + "x"
            + strideWidth
            + " "
            + (volumes ? padding.ofVolumes() : padding.toString())
            + " d"
            + (volumes ? dilationDepth + "x" : "")
            + dilationHeight
            + "x"
            + dilationWidth
            + " g"
            + groups;
    return activation == Activation.none() ? text : text + " " + activation;
  }
}
