package org.simdconv;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shapes at the edges of the parameter space, and shapes that take several blocks of the reduction.
 */
class DegenerateShapesTest {
  private static final ConvCase.Pads NONE = new ConvCase.Pads(0, 0, 0, 0);

  static Stream<Arguments> shapes() {
    return Stream.of(
            // 1x1 images, one channel.
            ConvCase.square(false, 1, 1, 1, 1, 1, 1, 0),
            ConvCase.square(true, 1, 1, 1, 1, 1, 1, 0),
            ConvCase.square(false, 3, 1, 5, 1, 3, 1, 1),
            ConvCase.square(true, 16, 33, 40, 1, 4, 1, 0),
            // Kernel larger than the image, stride larger than kernel and image.
            ConvCase.square(false, 1, 2, 3, 2, 5, 1, 2),
            ConvCase.square(false, 2, 3, 4, 5, 2, 7, 1),
            ConvCase.square(true, 2, 3, 4, 3, 2, 7, 0),
            ConvCase.square(true, 1, 2, 3, 4, 1, 3, 0),
            // Padding larger than the kernel: outputs that see only zeros.
            ConvCase.square(false, 1, 2, 14, 3, 2, 1, 6),
            // Large strides and kernels of FCN heads.
            ConvCase.square(true, 1, 3, 5, 3, 16, 8, 0),
            ConvCase.square(true, 1, 2, 2, 2, 64, 32, 0),
            // Several blocks of the reduction at every width (more than 512 taps), and inputs read
            // in place.
            ConvCase.square(false, 2, 70, 27, 6, 3, 1, 1),
            ConvCase.square(false, 1, 70, 27, 9, 3, 1, 0),
            ConvCase.square(false, 2, 1100, 16, 5, 1, 1, 0),
            ConvCase.square(true, 2, 600, 15, 4, 2, 2, 0),
            ConvCase.square(true, 1, 150, 14, 5, 4, 2, 1),
            // A kernel that is itself too much for a block, by rows and within a row.
            ConvCase.square(false, 1, 2, 3, 30, 26, 1, 0),
            one(false, 1, 3, 2, 1, 2000, 1, 1400, 1, 1),
            one(true, 1, 2, 3, 1, 40, 1, 4096, 1, 1024),
            one(true, 1, 2, 3, 1, 7, 1, 1300, 1, 2),
            // A transposed stride past the whole output, with taps that reach nothing.
            new ConvCase(
                true,
                2,
                1,
                2,
                1,
                3,
                4,
                new ConvCase.Kernel(3, 2, 9, 9, 1, 1),
                new ConvCase.Pads(0, 4, 1, 4),
                0,
                0),
            // Images of one row or one column.
            one(false, 3, 5, 9, 100, 1, 3, 1, 2, 1),
            one(false, 3, 5, 9, 1, 100, 1, 3, 1, 2),
            one(true, 3, 5, 9, 100, 1, 3, 1, 2, 1),
            // More channels than any tile divides.
            ConvCase.square(false, 1, 17, 131, 7, 3, 1, 1),
            ConvCase.square(true, 1, 17, 131, 7, 3, 2, 1),
            // A batch that is flattened into the pixel axis, and one that is not.
            ConvCase.square(false, 9, 5, 20, 7, 3, 1, 1),
            ConvCase.square(false, 2, 3, 6, 40, 3, 1, 1),
            // A vector and a single pixel behind the last whole tile, for every number of rows in a
            // tile.
            ConvCase.square(false, 2, 5, 25, 7, 3, 1, 1),
            ConvCase.square(false, 1, 5, 37, 9, 1, 1, 0),
            ConvCase.square(false, 1, 1100, 12, 7, 3, 1, 1),
            ConvCase.square(false, 3, 4, 29, 14, 3, 1, 1),
            ConvCase.square(true, 2, 5, 26, 7, 2, 2, 0),
            // Inputs read in place, the last tile past their end.
            ConvCase.square(false, 2, 9, 13, 14, 1, 1, 0),
            ConvCase.square(false, 2, 9, 13, 15, 3, 1, 0),
            ConvCase.square(true, 2, 9, 13, 10, 2, 2, 0),
            // In parts without the taps in the padding: wide dilation, padding past the kernel, one
            // axis only, strides, phases, groups; single pixels, many taps.
            dilated(false, 1, 3, 5, 33, 33, 1, 12, 12),
            dilated(false, 2, 2, 20, 19, 14, 1, 7, 1),
            dilated(false, 1, 70, 13, 9, 15, 1, 1, 6),
            dilated(false, 1, 5, 6, 21, 20, 2, 8, 8),
            dilated(true, 1, 4, 7, 12, 13, 2, 5, 5),
            dilated(true, 2, 3, 14, 9, 6, 1, 4, 4),
            ConvCase.square(true, 2, 100, 37, 1, 4, 1, 0),
            ConvCase.square(true, 1, 17, 5, 2, 5, 3, 1),
            ConvCase.square(false, 1, 9, 30, 4, 3, 1, 1),
            // Three output channels or fewer, with many and with few pixels left over.
            ConvCase.square(false, 2, 5, 3, 17, 3, 1, 1),
            ConvCase.square(false, 1, 30, 2, 12, 3, 1, 1),
            ConvCase.square(true, 1, 400, 3, 14, 4, 2, 1),
            ConvCase.square(true, 2, 130, 1, 13, 4, 2, 1),
            ConvCase.square(true, 1, 250, 4, 9, 5, 3, 1),
            ConvCase.square(true, 2, 70, 12, 9, 4, 2, 1),
            // Phases that are rows of few output channels, also with padding that the stride does
            // not divide, and merged images.
            one(true, 1, 20, 1, 1, 40, 1, 32, 1, 8),
            padded(1, 20, 1, 16, 8, 4, 11, 13),
            padded(2, 7, 2, 9, 3, 1, 20, 9),
            padded(1, 9, 3, 16, 16, 5, 6, 7),
            padded(9, 6, 2, 8, 4, 3, 3, 3),
            padded(1, 3, 1, 64, 16, 37, 9, 8),
            padded(1, 40, 1, 24, 8, 5, 3, 3),
            padded(2, 40, 1, 32, 8, 11, 4, 5),
            // Images merged on the pixel axis: single pixels, blocks of the reduction, groups.
            ConvCase.square(true, 17, 30, 40, 1, 4, 1, 0),
            ConvCase.square(true, 16, 300, 28, 4, 4, 2, 1),
            ConvCase.square(true, 5, 700, 28, 3, 5, 3, 2),
            ConvCase.square(false, 33, 40, 60, 2, 3, 1, 1),
            ConvCase.square(false, 20, 40, 60, 5, 3, 2, 1),
            ConvCase.square(false, 9, 1200, 40, 3, 1, 1, 0),
            dilated(false, 6, 12, 30, 3, 4, 1, 2, 2),
            // Depthwise with a large kernel, and one whose rows are cut into blocks.
            depthwise(2, 5, 2, 9, 7, 1, 3),
            depthwise(1, 3, 1, 130, 3, 1, 1),
            depthwise(1, 3, 1, 131, 3, 2, 1),
            depthwise(1, 40, 1, 3, 3, 1, 1),
            // Depthwise in place: planes of less than a vector, of a vector and a pixel, several
            // output channels of one, rows cut for the threads, kernel rows far apart.
            depthwise(2, 37, 1, 1, 3, 1, 1),
            depthwise(1, 70, 1, 7, 3, 1, 1),
            depthwise(2, 5, 3, 9, 3, 1, 1),
            depthwise(1, 2, 1, 90, 3, 1, 1),
            dilatedRows(3, 20, 33, 5),
            dilatedRows(3, 6, 17, 6),
            // Depthwise transposed: a long row, and rows far apart, which are for dense tiles; taps
            // that reach no output.
            depthwiseTransposed(1, 20000, 1, 4, 1, 2),
            depthwiseTransposed(3, 5, 2, 2, 9000, 2),
            depthwiseTransposed(1, 3, 1, 1, 5, 3),
            // Depthwise rows of nothing but padding, in blocks.
            new ConvCase(
                false,
                1,
                3,
                200,
                2,
                1,
                1,
                new ConvCase.Kernel(3, 3, 1, 1, 1, 1),
                new ConvCase.Pads(1, 1, 60, 1),
                0,
                0))
        .flatMap(c -> Stream.of(1, 2, 4).map(threads -> Arguments.of(c, threads)));
  }

  private static ConvCase one(
      boolean transposed, int n, int ic, int oc, int h, int w, int kh, int kw, int sh, int sw) {
    return new ConvCase(
        transposed, n, h, w, 1, ic, oc, new ConvCase.Kernel(kh, kw, sh, sw, 1, 1), NONE, 0, 0);
  }

  private static ConvCase depthwise(int n, int c, int multiplier, int hw, int k, int s, int p) {
    return new ConvCase(
        false,
        n,
        hw,
        hw,
        c,
        1,
        multiplier,
        new ConvCase.Kernel(k, k, s, s, 1, 1),
        new ConvCase.Pads(p, p, p, p),
        0,
        0);
  }

  private static ConvCase depthwiseTransposed(int h, int w, int kh, int kw, int sh, int sw) {
    return new ConvCase(
        true, 1, h, w, 3, 1, 1, new ConvCase.Kernel(kh, kw, sh, sw, 1, 1), NONE, 0, 0);
  }

  private static ConvCase dilated(
      boolean transposed, int n, int ic, int oc, int h, int w, int s, int dh, int dw) {
    return new ConvCase(
        transposed,
        n,
        h,
        w,
        n,
        ic,
        oc,
        new ConvCase.Kernel(3, 3, s, s, dh, dw),
        new ConvCase.Pads(dh, dw, dh, dw),
        0,
        0);
  }

  private static ConvCase padded(int n, int ic, int oc, int k, int s, int p, int h, int w) {
    return new ConvCase(
        true,
        n,
        h,
        w,
        1,
        ic,
        oc,
        new ConvCase.Kernel(k, k, s, s, 1, 1),
        new ConvCase.Pads(p, p, p / 2, p / 2 + 1),
        0,
        s - 1);
  }

  private static ConvCase dilatedRows(int channels, int h, int w, int dilation) {
    return new ConvCase(
        false,
        1,
        h,
        w,
        channels,
        1,
        1,
        new ConvCase.Kernel(3, 3, 1, 1, dilation, 1),
        new ConvCase.Pads(dilation, 1, dilation, 1),
        0,
        0);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void equalsReference(ConvCase c, int threads) {
    Equivalence.check(c, new Equivalence.Way(threads, false, false, 0, 0, true), threads);
    Equivalence.check(c, new Equivalence.Way(threads, true, true, 1, threads, true), threads + 10);
  }
}
