package org.simdconv.internal.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
 * @param depth depth axis of volumes, or null for images
 * @param planes which planes of volumes this is about, or null for images and whole volumes; then
 *     channels are pairs of channels and taps, and images are planes
 */
public record ConvGeometry(
    int batch,
    int inChannels,
    int outChannels,
    int groups,
    Axis rows,
    Axis columns,
    boolean transposed,
    @Nullable Axis depth,
    @Nullable Planes planes) {

  /** Of images. */
  public ConvGeometry(
      int batch,
      int inChannels,
      int outChannels,
      int groups,
      Axis rows,
      Axis columns,
      boolean transposed) {
    this(batch, inChannels, outChannels, groups, rows, columns, transposed, null, null);
  }

  /**
   * Proves that the tensors fit into Java arrays.
   *
   * @throws IllegalArgumentException if one has 2^31 elements or more
   */
  public ConvGeometry {
    if (depth != null) {
      elements("input", batch, inChannels, depth.in, rows.in, columns.in);
      elements("output", batch, outChannels, depth.out, rows.out, columns.out);
      elements("weights", outChannels, inChannels / groups, depth.taps, rows.taps, columns.taps);
    } else if (planes == null) {
      elements("input", batch, inChannels, rows.in, columns.in);
      elements("output", batch, outChannels, rows.out, columns.out);
      elements("weights", outChannels, inChannels / groups, rows.taps, columns.taps);
    }
  }

  /**
   * The number of elements of a tensor, proved to fit a Java array.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static int elements(String name, int... sizes) {
    long product = 1;
    StringBuilder text = new StringBuilder();
    for (int size : sizes) {
      product = product > Integer.MAX_VALUE ? product : product * size;
      text.append(text.length() == 0 ? "" : " x ").append(size);
    }
    // A few elements below 2^31, as some JVMs cannot make an array of 2^31 - 1.
    if (product > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          name + " is " + text + " elements; must be below 2^31 - 8, the limit of a Java array");
    }
    return (int) product;
  }

  /** The same for a part of the rows and columns. */
  public ConvGeometry part(Axis someRows, Axis someColumns) {
    return new ConvGeometry(
        batch, inChannels, outChannels, groups, someRows, someColumns, transposed, depth, planes);
  }

  /**
   * The same as images, where an axis of a volume is read as it is: rows and depth together, or all
   * pixels of a plane.
   */
  public ConvGeometry flattened() {
    if (depth == null) {
      return this;
    }
    if (depth.isIdentity() && rows.isIdentity()) {
      return images(Axis.identity(Math.multiplyExact(depth.in, rows.in)), columns);
    }
    if (rows.isIdentity() && columns.isIdentity()) {
      return images(depth, Axis.identity(Math.multiplyExact(rows.in, columns.in)));
    }
    return this;
  }

  private ConvGeometry images(Axis someRows, Axis someColumns) {
    return new ConvGeometry(
        batch, inChannels, outChannels, groups, someRows, someColumns, transposed);
  }

  /** The two-dimensional convolutions that volumes come to. */
  public List<ConvGeometry> slices() {
    Axis axis = Objects.requireNonNull(depth);
    List<ConvGeometry> slices = new ArrayList<>();
    for (Planes some : Planes.of(axis)) {
      slices.add(
          new ConvGeometry(
              Math.multiplyExact(batch, some.count),
              Math.multiplyExact(inChannels, some.taps.length),
              outChannels,
              groups,
              some.unreached ? rows.unreached() : rows,
              columns,
              transposed,
              null,
              some));
    }
    return slices;
  }

  /** Plane of an image's channel among all planes of the input. */
  public int inPlane(int image, int channel) {
    return planes == null
        ? image * inChannels + channel
        : planes.inPlane(image, channel, inChannels);
  }

  /** Planes from a channel of the input to the next, up to {@link #inRun} of them. */
  public int inApart() {
    return planes == null ? 1 : planes.apart();
  }

  /** Channels of the input, from one on, whose planes are equally far apart. */
  public int inRun(int channel) {
    return planes == null ? inChannels : planes.taps.length - channel % planes.taps.length;
  }

  /** Plane of an image's channel among all planes of the output. */
  public int outPlane(int image, int channel) {
    return planes == null
        ? image * outChannels + channel
        : planes.outPlane(image, channel, outChannels);
  }

  /** Outputs from a channel to the next. */
  public int outApart() {
    return planes == null ? plane() : plane() * planes.out;
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
    return batch * inChannels * (depth == null ? 1 : depth.in) * rows.in * columns.in;
  }

  /** Elements of the output. */
  public int outputFloats() {
    return batch * outChannels * (depth == null ? 1 : depth.out) * rows.out * columns.out;
  }

  /** Elements of the weights. */
  public int weightFloats() {
    return outChannels * groupIn() * (depth == null ? 1 : depth.taps) * rows.taps * columns.taps;
  }

  /** Index of a weight; channels counted within the group. */
  public int weightIndex(int g, int oc, int ic, int kh, int kw) {
    int taps = planes == null ? 1 : planes.taps.length;
    int c = ic / taps;
    int channels = groupIn() / taps;
    int outer =
        transposed ? (g * channels + c) * groupOut() + oc : (g * groupOut() + oc) * channels + c;
    if (planes != null) {
      outer = outer * planes.kernel + planes.taps[ic - c * taps];
    }
    return (outer * rows.taps + kh) * columns.taps + kw;
  }

  /**
   * Floating-point operations of the definition, 2 a multiply-add, taps in the padding included:
   * for a convolution over the outputs, for a transposed one over the inputs, as engines and papers
   * count.
   */
  public long flops() {
    long pixels = transposed ? (long) rows.in * columns.in : (long) rows.out * columns.out;
    if (depth != null && planes == null) {
      pixels *= (long) depth.taps * (transposed ? depth.in : depth.out);
    }
    return 2L * batch * pixels * outChannels * groupIn() * rows.taps * columns.taps;
  }
}
