package org.simdconv.bench.layer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.simdconv.Conv2d;
import org.simdconv.Conv3d;
import org.simdconv.ConvPlan;
import org.simdconv.ConvTranspose2d;
import org.simdconv.ConvTranspose3d;
import org.simdconv.Padding;
import org.simdconv.PlanOptions;
import org.simdconv.reference.ConvShape;
import org.simdconv.reference.ConvTransposeShape;
import org.simdconv.reference.VolumeShape;

/**
 * One layer of a network: a convolution or transposed convolution with its image size, and which
 * pass of it is meant. Each pass has two operands: input and weights; the gradient of the output
 * and weights; or input and the gradient of the output.
 *
 * @param name network/layer
 * @param pass what is computed
 * @param transposed whether it is a transposed convolution
 * @param batch images
 * @param inChannels input channels
 * @param outChannels output channels
 * @param inHeight input rows
 * @param inWidth input columns
 * @param kernelHeight kernel rows
 * @param kernelWidth kernel columns
 * @param strideHeight vertical stride
 * @param strideWidth horizontal stride
 * @param padTop padding
 * @param padLeft padding
 * @param padBottom padding
 * @param padRight padding
 * @param dilationHeight vertical dilation
 * @param dilationWidth horizontal dilation
 * @param outputPaddingHeight rows added, transposed only
 * @param outputPaddingWidth columns added, transposed only
 * @param groups groups
 * @param depth depth of volumes, or null for images
 */
public record Layer(
    String name,
    Pass pass,
    boolean transposed,
    int batch,
    int inChannels,
    int outChannels,
    int inHeight,
    int inWidth,
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
    int groups,
    @Nullable Depth depth) {

  /**
   * The third axis of a volume.
   *
   * @param in input planes
   * @param kernel kernel planes
   * @param stride stride
   * @param front padding
   * @param back padding
   * @param dilation dilation
   * @param outputPadding planes added, transposed only
   */
  public record Depth(
      int in, int kernel, int stride, int front, int back, int dilation, int outputPadding) {}

  private static final int FIELDS = 20;
  private static final Pattern KIND = Pattern.compile("(d[xw] )?(t?conv)");

  /**
   * Reads a line of a layer table.
   *
   * @param network prefix of the name
   * @param line 20 fields separated by tabs, or two: the name and the shape, see {@link #ofShape}
   * @throws IllegalArgumentException if the line is not one
   */
  static Layer ofLine(String network, String line) {
    String[] v = line.split("\t", -1);
    if (v.length == 2) {
      return ofShape(v[1]).named(network + "/" + v[0]);
    }
    Matcher kind = KIND.matcher(v.length == FIELDS ? v[1] : "");
    if (!kind.matches()) {
      throw new IllegalArgumentException(
          "layer table " + network + ": not a layer: " + line.replace('\t', ' '));
    }
    int[] i = new int[FIELDS];
    for (int k = 2; k < FIELDS; k++) {
      i[k] = Integer.parseInt(v[k]);
    }
    return new Layer(
        network + "/" + v[0],
        pass(kind.group(1)),
        kind.group(2).equals("tconv"),
        i[2],
        i[3],
        i[4],
        i[5],
        i[6],
        i[7],
        i[8],
        i[9],
        i[10],
        i[11],
        i[12],
        i[13],
        i[14],
        i[15],
        i[16],
        i[17],
        i[18],
        i[19],
        null);
  }

  /**
   * Reads a shape as plans and failing tests print it, for example {@code conv ic64 oc128 k3x3 s1x1
   * p1,1,1,1 d1x1 g1 n1 in56x56}; tconv takes {@code op0x0} too. With {@code dx} or {@code dw} in
   * front it is the gradient of the input or of the weights. Missing parts are 1 x 1 kernels,
   * strides and dilations, no padding, one group, one image. {@code conv3d} and {@code tconv3d} are
   * of volumes: depth comes first, as in {@code k3x3x3} and {@code p1,1,1,1,1,1} (front, top, left,
   * back, bottom, right).
   *
   * @param text the shape
   * @return the layer, named by the text
   * @throws IllegalArgumentException if a part is unknown or channels or image are missing
   */
  public static Layer ofShape(String text) {
    Pass pass = Pass.FORWARD;
    boolean transposed = false;
    int n = 1;
    int ic = 0;
    int oc = 0;
    int g = 1;
    boolean volumes = text.toLowerCase(Locale.ROOT).contains("conv3d");
    int axes = volumes ? 3 : 2;
    int[] in = new int[axes];
    int[] k = ones(axes);
    int[] s = ones(axes);
    int[] d = ones(axes);
    int[] op = new int[axes];
    int[] p = new int[2 * axes];
    for (String part : text.trim().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      String digits = part.replaceFirst("^[a-z]+", "");
      if (part.endsWith("conv3d")) {
        transposed = part.equals("tconv3d");
        continue;
      }
      switch (part.substring(0, part.length() - digits.length())) {
        case "dx", "dw" -> pass = pass(part);
        case "conv" -> transposed = false;
        case "tconv" -> transposed = true;
        case "n" -> n = numbers(part, digits, 1)[0];
        case "ic" -> ic = numbers(part, digits, 1)[0];
        case "oc" -> oc = numbers(part, digits, 1)[0];
        case "g" -> g = numbers(part, digits, 1)[0];
        case "in" -> in = numbers(part, digits, axes);
        case "k" -> k = numbers(part, digits, axes);
        case "s" -> s = numbers(part, digits, axes);
        case "d" -> d = numbers(part, digits, axes);
        case "op" -> op = numbers(part, digits, axes);
        case "p" -> p = numbers(part, digits, 2 * axes);
        default ->
            throw new IllegalArgumentException(
                "shape has the part '"
                    + part
                    + "'; expected dx, dw, conv, tconv, conv3d, tconv3d, n, ic, oc, g, in, k, s, d, op or p with numbers");
      }
    }
    if (ic < 1 || oc < 1 || Arrays.stream(in).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "shape is '" + text + "'; must have ic, oc and in, for example ic64 oc64 in56x56");
    }
    int y = axes - 2;
    int x = axes - 1;
    return new Layer(
        text.trim(),
        pass,
        transposed,
        n,
        ic,
        oc,
        in[y],
        in[x],
        k[y],
        k[x],
        s[y],
        s[x],
        p[y],
        p[x],
        p[axes + y],
        p[axes + x],
        d[y],
        d[x],
        op[y],
        op[x],
        g,
        volumes ? new Depth(in[0], k[0], s[0], p[0], p[3], d[0], op[0]) : null);
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private Layer named(String other) {
    return new Layer(
        other,
        pass,
        transposed,
        batch,
        inChannels,
        outChannels,
        inHeight,
        inWidth,
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        padTop,
        padLeft,
        padBottom,
        padRight,
        dilationHeight,
        dilationWidth,
        outputPaddingHeight,
        outputPaddingWidth,
        groups,
        depth);
  }

  private static Pass pass(@Nullable String word) {
    return word == null
        ? Pass.FORWARD
        : word.startsWith("dx") ? Pass.INPUT_GRADIENT : Pass.WEIGHT_GRADIENT;
  }

  private static int[] numbers(String part, String digits, int count) {
    String[] texts = digits.split("[x,]", -1);
    if (texts.length != count) {
      throw new IllegalArgumentException(
          "shape has the part '" + part + "'; must have " + count + " number(s)");
    }
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      try {
        values[i] = Integer.parseInt(texts[i]);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "shape has the part '" + part + "'; '" + texts[i] + "' is not a number", e);
      }
    }
    return values;
  }

  /** The network that the layer is of. */
  public String network() {
    int slash = name.indexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  /** Elements of the first operand. */
  public int inputFloats() {
    return pass == Pass.INPUT_GRADIENT ? resultFloats() : imageFloats();
  }

  /** Elements of the second operand. */
  public int weightFloats() {
    return pass == Pass.WEIGHT_GRADIENT ? resultFloats() : kernelFloats();
  }

  private int imageFloats() {
    return batch * inChannels * (depth == null ? 1 : depth.in) * inHeight * inWidth;
  }

  private int kernelFloats() {
    int planes = depth == null ? 1 : depth.kernel;
    return inChannels * (outChannels / groups) * planes * kernelHeight * kernelWidth;
  }

  private int resultFloats() {
    return batch * outChannels * outDepth() * outHeight() * outWidth();
  }

  /** Multiply-adds of an element of the result, taps in the padding included. */
  public long reduction() {
    return switch (pass) {
      case FORWARD -> kernelFloats() / outChannels;
      case INPUT_GRADIENT -> kernelFloats() / inChannels;
      case WEIGHT_GRADIENT -> batch * pixels();
    };
  }

  /** Pixels over which the taps are counted: of the outputs; of a transposed one, of the inputs. */
  private long pixels() {
    long planes = depth == null ? 1 : transposed ? depth.in : outDepth();
    return planes * (transposed ? (long) inHeight * inWidth : (long) outHeight() * outWidth());
  }

  /**
   * Floating-point operations of the definition, 2 a multiply-add: for a convolution over the
   * outputs, for a transposed one over the inputs.
   */
  public double flops() {
    return 2.0 * batch * pixels() * kernelFloats();
  }

  /** Bytes of both operands and the result. */
  public long compulsoryBytes() {
    return Float.BYTES * ((long) inputFloats() + weightFloats() + outputFloats());
  }

  /** Planes of the output; 1 for images. */
  public int outDepth() {
    return depth == null ? 1 : volumeShape().out(0);
  }

  /** Rows of the output. */
  public int outHeight() {
    return transposed ? transposeShape().outHeight() : convShape().outHeight();
  }

  /** Columns of the output. */
  public int outWidth() {
    return transposed ? transposeShape().outWidth() : convShape().outWidth();
  }

  /** Elements of the result. */
  public int outputFloats() {
    return switch (pass) {
      case FORWARD -> resultFloats();
      case INPUT_GRADIENT -> imageFloats();
      case WEIGHT_GRADIENT -> kernelFloats();
    };
  }

  /**
   * Plans the pass on the kernels.
   *
   * @param weights the second operand
   * @param bias of the forward pass; the gradients take none
   */
  public LayerPlan plan(float[] weights, float @Nullable [] bias, PlanOptions options) {
    if (depth != null) {
      return LayerPlan.of(planVolumes(depth, weights, bias, options));
    }
    if (transposed) {
      ConvTranspose2d conv = convTranspose();
      return switch (pass) {
        case FORWARD -> LayerPlan.of(conv.plan(batch, inHeight, inWidth, weights, bias, options));
        case INPUT_GRADIENT ->
            LayerPlan.of(conv.planInputGradient(batch, inHeight, inWidth, weights, options));
        case WEIGHT_GRADIENT ->
            LayerPlan.of(conv.planWeightGradient(batch, inHeight, inWidth, options), weights);
      };
    }
    Conv2d conv = conv();
    return switch (pass) {
      case FORWARD -> LayerPlan.of(conv.plan(batch, inHeight, inWidth, weights, bias, options));
      case INPUT_GRADIENT ->
          LayerPlan.of(conv.planInputGradient(batch, inHeight, inWidth, weights, options));
      case WEIGHT_GRADIENT ->
          LayerPlan.of(conv.planWeightGradient(batch, inHeight, inWidth, options), weights);
    };
  }

  private ConvPlan planVolumes(
      Depth d, float[] weights, float @Nullable [] bias, PlanOptions options) {
    if (pass != Pass.FORWARD) {
      throw new UnsupportedOperationException("there are no gradients of volumes");
    }
    Padding padding = Padding.of(d.front, padTop, padLeft, d.back, padBottom, padRight);
    return transposed
        ? ConvTranspose3d.of(inChannels, outChannels)
            .groups(groups)
            .kernel(d.kernel, kernelHeight, kernelWidth)
            .stride(d.stride, strideHeight, strideWidth)
            .dilation(d.dilation, dilationHeight, dilationWidth)
            .padding(padding)
            .outputPadding(d.outputPadding, outputPaddingHeight, outputPaddingWidth)
            .plan(batch, d.in, inHeight, inWidth, weights, bias, options)
        : Conv3d.of(inChannels, outChannels)
            .groups(groups)
            .kernel(d.kernel, kernelHeight, kernelWidth)
            .stride(d.stride, strideHeight, strideWidth)
            .dilation(d.dilation, dilationHeight, dilationWidth)
            .padding(padding)
            .plan(batch, d.in, inHeight, inWidth, weights, bias, options);
  }

  private Conv2d conv() {
    return Conv2d.of(inChannels, outChannels)
        .groups(groups)
        .kernel(kernelHeight, kernelWidth)
        .stride(strideHeight, strideWidth)
        .dilation(dilationHeight, dilationWidth)
        .padding(Padding.of(padTop, padLeft, padBottom, padRight));
  }

  private ConvTranspose2d convTranspose() {
    return ConvTranspose2d.of(inChannels, outChannels)
        .groups(groups)
        .kernel(kernelHeight, kernelWidth)
        .stride(strideHeight, strideWidth)
        .dilation(dilationHeight, dilationWidth)
        .padding(Padding.of(padTop, padLeft, padBottom, padRight))
        .outputPadding(outputPaddingHeight, outputPaddingWidth);
  }

  /** The sizes of a volume for the reference. */
  public VolumeShape volumeShape() {
    Depth d = Objects.requireNonNull(depth);
    return new VolumeShape(
        transposed,
        batch,
        inChannels,
        outChannels,
        groups,
        new int[] {d.in, inHeight, inWidth},
        new int[] {d.kernel, kernelHeight, kernelWidth},
        new int[] {d.stride, strideHeight, strideWidth},
        new int[] {d.front, padTop, padLeft},
        new int[] {d.back, padBottom, padRight},
        new int[] {d.dilation, dilationHeight, dilationWidth},
        new int[] {d.outputPadding, outputPaddingHeight, outputPaddingWidth});
  }

  /** The sizes for the reference. */
  public ConvShape convShape() {
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
        padTop,
        padLeft,
        padBottom,
        padRight,
        dilationHeight,
        dilationWidth,
        groups);
  }

  /** The sizes for the reference. */
  public ConvTransposeShape transposeShape() {
    return new ConvTransposeShape(
        batch,
        inChannels,
        inHeight,
        inWidth,
        outChannels,
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        padTop,
        padLeft,
        padBottom,
        padRight,
        dilationHeight,
        dilationWidth,
        outputPaddingHeight,
        outputPaddingWidth,
        groups);
  }

  /** Reproducible test data, uniform in -1 .. 1. */
  public static float[] data(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
