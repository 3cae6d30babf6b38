package org.simdconv.internal.geometry;

/**
 * The sizes of one planned convolution or transposed convolution: both are the same loops over two
 * {@link Axis} and differ in the order of their weights. All element counts have been proved to fit
 * an int.
 *
 * @param batch images
 * @param inChannels input channels
 * @param outChannels output channels
 * @param groups groups
 * @param rows vertical axis
 * @param columns horizontal axis
 * @param transposed whether the weights are [in][out / groups] instead of [out][in / groups]
 */
public record ConvGeometry(
    int batch,
    int inChannels,
    int outChannels,
    int groups,
    Axis rows,
    Axis columns,
    boolean transposed) {

  /**
   * Proves that the tensors fit into Java arrays.
   *
   * @throws IllegalArgumentException if one has 2^31 elements or more
   */
  public ConvGeometry {
    elements("input", batch, inChannels, rows.in, columns.in);
    elements("output", batch, outChannels, rows.out, columns.out);
    elements("weights", outChannels, inChannels / groups, rows.taps, columns.taps);
  }

  private static int elements(String name, int a, int b, int c, int d) {
    long product;
    try {
      product = Math.multiplyExact(Math.multiplyExact((long) a * b, (long) c), (long) d);
    } catch (ArithmeticException e) {
      product = Long.MAX_VALUE;
    }
    // A few elements below 2^31, as some JVMs cannot make an array of 2^31 - 1.
    if (product > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          name
              + " is "
              + a
              + " x "
              + b
              + " x "
              + c
              + " x "
              + d
              + " elements; must be below 2^31 - 8, the limit of a Java array");
    }
    return (int) product;
  }

  /** The same for a part of the rows and columns. */
  public ConvGeometry part(Axis someRows, Axis someColumns) {
    return new ConvGeometry(
        batch, inChannels, outChannels, groups, someRows, someColumns, transposed);
  }

  /** The adjoint, from the outputs to the inputs, with the same weights. */
  public ConvGeometry adjoint() {
    return new ConvGeometry(
        batch, outChannels, inChannels, groups, rows.adjoint(), columns.adjoint(), !transposed);
  }

  /** Outputs of a channel, those of all parts. */
  public int plane() {
    return rows.outAll * columns.outAll;
  }

  /** Where an output of this part is in the plane of its channel. */
  public int outPixel(int y, int x) {
    return (rows.outAt + y) * columns.outAll + columns.outAt + x;
  }

  /** Input channels of a group. */
  public int groupIn() {
    return inChannels / groups;
  }

  /** Output channels of a group. */
  public int groupOut() {
    return outChannels / groups;
  }

  /** Elements of the input. */
  public int inputFloats() {
    return batch * inChannels * rows.in * columns.in;
  }

  /** Elements of the output. */
  public int outputFloats() {
    return batch * outChannels * rows.out * columns.out;
  }

  /** Elements of the weights. */
  public int weightFloats() {
    return outChannels * groupIn() * rows.taps * columns.taps;
  }

  /** Index of a weight; channels counted within the group. */
  public int weightIndex(int g, int oc, int ic, int kh, int kw) {
    int outer =
        transposed
            ? (g * groupIn() + ic) * groupOut() + oc
            : (g * groupOut() + oc) * groupIn() + ic;
    return (outer * rows.taps + kh) * columns.taps + kw;
  }

  /**
   * Floating-point operations of the definition, 2 a multiply-add, taps in the padding included:
   * for a convolution over the outputs, for a transposed one over the inputs, as engines and papers
   * count.
   */
  public long flops() {
    long pixels = transposed ? (long) rows.in * columns.in : (long) rows.out * columns.out;
    return 2L * batch * pixels * outChannels * groupIn() * rows.taps * columns.taps;
  }
}
