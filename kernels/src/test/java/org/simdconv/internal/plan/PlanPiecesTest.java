package org.simdconv.internal.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.ChannelKernels.Tile;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.TileTable;

/** The pure decisions, without a vector. */
class PlanPiecesTest {
  @Property(tries = 300)
  void blocksCoverEveryTapOnceInCanonicalOrder(
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 1, max = 12) int kh,
      @ForAll @IntRange(min = 1, max = 12) int kw,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 4, max = 64) int limit) {
    Axis rows = Axis.transposed(5, stride * 4 + kh, kh, stride, 1, 0);
    Axis columns = Axis.transposed(5, stride * 4 + kw, kw, stride, 1, 0);
    List<Integer> seen = new ArrayList<>();
    for (KernelBlock b : KernelBlock.cut(channels, rows, columns, limit)) {
      assertTrue(
          (long) b.channels()
                  * rows.mostTaps(b.rowFrom(), b.rowTo())
                  * columns.mostTaps(b.columnFrom(), b.columnTo())
              <= limit,
          b::toString);
      for (int c = b.channelFrom(); c < b.channelTo(); c++) {
        for (int r = b.rowFrom(); r < b.rowTo(); r++) {
          for (int s = b.columnFrom(); s < b.columnTo(); s++) {
            seen.add((c * kh + r) * kw + s);
          }
        }
      }
    }
    assertEquals(channels * kh * kw, seen.size());
    for (int i = 0; i < seen.size(); i++) {
      assertEquals(i, seen.get(i));
    }
  }

  @Property(tries = 300)
  void partsOfAnAxisReachTheSameInputsThroughTheSameTaps(
      @ForAll boolean transposed,
      @ForAll @IntRange(min = 1, max = 12) int in,
      @ForAll @IntRange(min = 1, max = 5) int kernel,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 1, max = 9) int dilation,
      @ForAll @IntRange(min = 0, max = 9) int pad) {
    int reach = (kernel - 1) * dilation + 1;
    int out =
        transposed ? (in - 1) * stride + reach - 2 * pad : (in + 2 * pad - reach) / stride + 1;
    if (out < 1 || (!transposed && in + 2 * pad < reach)) {
      return;
    }
    Axis whole =
        transposed
            ? Axis.transposed(in, out, kernel, stride, dilation, pad)
            : Axis.convolution(in, out, kernel, stride, dilation, pad);
    List<String> expected = new ArrayList<>(products(whole));
    List<String> actual = new ArrayList<>();
    int at = 0;
    for (Axis part : whole.parts()) {
      assertEquals(at, part.outAt);
      at += part.out;
      assertTrue(part.staysInside());
      actual.addAll(products(part));
    }
    assertEquals(out, at);
    assertEquals(expected, actual);
  }

  @Property(tries = 300)
  void alignedPhasesAreTheSameProductsAndShareTheirStarts(
      @ForAll @IntRange(min = 2, max = 9) int in,
      @ForAll @IntRange(min = 1, max = 4) int taps,
      @ForAll @IntRange(min = 2, max = 6) int stride,
      @ForAll @IntRange(min = 0, max = 9) int pad) {
    int out = (in - 1) * stride + taps * stride - 2 * pad;
    if (out < stride) {
      return;
    }
    Axis axis = Axis.transposed(in, out, taps * stride, stride, 1, pad);
    Axis aligned = axis.aligned();
    assertTrue(aligned.phasesShareStarts());
    assertEquals(-(pad % stride), aligned.outAt);
    List<String> real =
        products(aligned).stream().filter(product -> !product.startsWith("-")).toList();
    assertEquals(products(axis), real);
  }

  @Property(tries = 300)
  void eachTapOfASingleInputHasAPhaseOfItsOwn(
      @ForAll @IntRange(min = 1, max = 9) int taps,
      @ForAll @IntRange(min = 1, max = 6) int stride,
      @ForAll @IntRange(min = 1, max = 3) int dilation,
      @ForAll @IntRange(min = 0, max = 9) int pad,
      @ForAll @IntRange(min = 1, max = 40) int out) {
    Axis axis = Axis.transposed(1, out, taps, stride, dilation, pad);
    List<String> expected = new ArrayList<>();
    for (int o = 0; o < out; o++) {
      for (int t = 0; t < taps; t++) {
        if (t * dilation - pad == o) {
          expected.add(o + " <- 0 by " + t);
        }
      }
    }
    assertEquals(expected, products(axis));
    assertTrue(axis.mostTaps(0, taps) <= 1);
  }

  @Test
  void tapsThatASingleInputSendsTooFarReachNoOutput() {
    // The last tap stands 2^31 behind the first one.
    assertEquals(List.of(), products(Axis.transposed(1, 100, 3, 1, 1 << 30, 1)));
    assertEquals(List.of("0 <- 0 by 0"), products(Axis.transposed(1, 100, 3, 1, 1 << 30, 0)));
  }

  /** Which input comes to which output through which tap, in the order of outputs and taps. */
  private static List<String> products(Axis axis) {
    List<String> products = new ArrayList<>();
    for (int o = 0; o < axis.out; o++) {
      for (int t = 0; t < axis.taps; t++) {
        int i = o / axis.outStep * axis.step + axis.start[t];
        if (axis.phase[t] == o % axis.outStep && i >= 0 && i < axis.in) {
          products.add((axis.outAt + o) + " <- " + i + " by " + t);
        }
      }
    }
    return products;
  }

  @Test
  void wideDilationIsCutIntoPartsAndOrdinaryPaddingIsNot() {
    Axis wide = Axis.convolution(33, 33, 3, 1, 12, 12);
    DenseParts parts = DenseParts.best(new ConvGeometry(1, 256, 64, 1, wide, wide, false), 1);
    assertEquals(9, parts.plans.size());
    // (12 * 2 + 9 * 3 + 12 * 2)^2 of (33 * 3)^2 multiply-adds, and what pads tiles and vectors.
    assertTrue(parts.executedMultiplyAdds() < 1.2 * 75 * 75 * 256 * 64);
    Axis usual = Axis.convolution(28, 28, 3, 1, 1, 1);
    assertEquals(
        1, DenseParts.best(new ConvGeometry(1, 64, 64, 1, usual, usual, false), 1).plans.size());
  }

  @Test
  void partsOfALongReductionGoSideBySide() {
    Axis wide = Axis.convolution(33, 33, 3, 1, 12, 12);
    for (int groups : new int[] {1, 3}) {
      for (int threads : new int[] {1, 2, 5}) {
        DenseParts parts =
            DenseParts.best(
                new ConvGeometry(1, 2400 * groups, 64 * groups, groups, wide, wide, false),
                threads);
        JointTasks joint = parts.joint;
        assertNotNull(joint);
        assertTrue(joint.count() >= Math.max(threads, groups));
        int all = 0;
        Set<List<Integer>> units = new HashSet<>();
        for (int j = 0; j < joint.count(); j++) {
          for (int i = 0; i < joint.tasks[j].length; i++) {
            units.add(List.of(joint.parts[j][i], joint.tasks[j][i]));
            int sums = parts.plans.get(joint.parts[j][i]).sumFloats();
            boolean isLast = i + 1 == joint.tasks[j].length;
            int end = isLast ? joint.sumFloats : joint.sums[j][i + 1];
            assertTrue(joint.sums[j][i] + sums <= end);
            all++;
          }
        }
        assertEquals(parts.plans.stream().mapToInt(p -> p.tasks).sum(), units.size());
        assertEquals(units.size(), all);
        int[] next = new int[parts.plans.size()];
        for (int step = 0; step < joint.stepPart.length; step++) {
          assertEquals(next[joint.stepPart[step]]++, joint.stepBlock[step]);
        }
        for (int part = 0; part < next.length; part++) {
          assertEquals(parts.plans.get(part).blocks.length, next[part]);
        }
      }
    }
    // A short reduction needs none of it, and sums that are more than the inputs do not wait.
    assertNull(DenseParts.best(new ConvGeometry(1, 16, 64, 1, wide, wide, false), 1).joint);
    assertNull(DenseParts.best(new ConvGeometry(1, 2048, 4096, 1, wide, wide, false), 1).joint);
  }

  @Test
  void rowsAreCoveredByTilesThatFit() {
    List<Tile> tiles = List.of(new Tile(1, 11), new Tile(1, 13), new Tile(1, 14));
    RowCover exact = RowCover.ofColumns(Axis.convolution(27, 27, 3, 1, 1, 1), tiles, t -> 1);
    assertNotNull(exact);
    assertEquals(27, exact.pixels);
    assertEquals(3 * 27 - 2, exact.products);
    // The second tile ends with the row, and repeats two outputs of the first.
    RowCover over = RowCover.ofColumns(Axis.convolution(20, 20, 3, 1, 1, 1), tiles, t -> 1);
    assertNotNull(over);
    assertEquals(List.of(0, 9), over.pieces.stream().map(RowCover.Piece::from).toList());
    assertNull(RowCover.ofColumns(Axis.convolution(10, 10, 3, 1, 1, 1), tiles, t -> 1));
  }

  @Test
  void dilatedRowsAreCoveredByUnitsThatAreAlike() {
    Axis wide = Axis.convolution(33, 33, 3, 1, 12, 12);
    List<Tile> tiles = List.of(new Tile(9, 3), new Tile(4, 3), new Tile(3, 2));
    for (boolean mirrored : new boolean[] {false, true}) {
      RowCover cover = RowCover.ofUnits(wide, 12, mirrored, tiles, t -> 1);
      assertNotNull(cover);
      assertEquals(
          List.of(new Tile(9, 3), new Tile(3, 2)),
          cover.pieces.stream().map(RowCover.Piece::tile).toList());
      // Of 33 * 3, those of no padding.
      assertEquals(75, cover.products);
      assertArrayEquals(
          IntStream.range(0, 33).toArray(), Arrays.stream(cover.place).sorted().toArray());
      // Output 24 is the third of unit 0, or the first of it from the right.
      assertEquals(mirrored ? 0 : 2, cover.place[24]);
    }
    assertNull(RowCover.ofUnits(wide, 12, false, List.of(new Tile(9, 3)), t -> 1));
  }

  @Test
  void smallImagesOfABatchAreMergedAndLargeOnesAreNot() {
    Axis four = Axis.transposed(4, 8, 4, 2, 1, 1);
    Axis one = Axis.transposed(1, 4, 4, 1, 1, 0);
    Axis large = Axis.convolution(28, 28, 3, 1, 1, 1);
    // Short vectors are full with the rows of one image.
    assertTrue(Species.LANES < 8 || plan(16, 1024, 512, four, true).merged);
    assertTrue(plan(16, 100, 1024, one, true).merged);
    assertFalse(plan(1, 1024, 512, four, true).merged);
    assertFalse(plan(8, 64, 64, large, false).merged);
  }

  @Test
  void phasesOfFewChannelsAreRowsAndThoseOfManyAreNot() {
    Axis height = Axis.transposed(1, 1, 1, 1, 1, 0);
    Axis stft = Axis.transposed(100, 99 * 1024 + 4096 - 2 * 2048, 4096, 1024, 1, 2048);
    ConvGeometry g = new ConvGeometry(1, 30, 1, 1, height, stft, true);
    assertEquals(1024, DenseParts.best(g, 1).largest().columnRows);
    // Padding that the stride does not divide.
    Axis padded = Axis.transposed(28, 28 * 8, 16, 8, 1, 4);
    assertEquals(8, plan(1, 32, 1, padded, true).columnRows);
    Axis usual = Axis.transposed(16, 32, 4, 2, 1, 1);
    assertEquals(1, plan(1, 256, 128, usual, true).columnRows);
  }

  private static DensePlan plan(int batch, int in, int out, Axis axis, boolean transposed) {
    ConvGeometry g = new ConvGeometry(batch, in, out, 1, axis, axis, transposed);
    return DenseParts.best(g, 1).largest();
  }

  /** Each surefire execution says what it wants, so that none runs at another's width unnoticed. */
  @Test
  void vectorsAreAsWideAsTheTestRunWants() {
    int most = Integer.getInteger("simdconv.mostBits", Integer.MAX_VALUE);
    System.out.println("vectors of " + Species.BITS + " bits");
    assertTrue(Species.BITS <= most, Species.BITS + " bits; wanted at most " + most);
  }

  @Test
  void rowsOfTilesCoverTheChannels() {
    for (int rows = 1; rows < 700; rows++) {
      int[] tiles = TileTable.partition(rows, TileTable.vectors(rows, 1000));
      int sum = Arrays.stream(tiles).sum();
      assertTrue(sum >= rows && sum - rows < 13, rows + ": " + Arrays.toString(tiles));
    }
  }

  @Property(tries = 500)
  void theAxisOfATransposedConvolutionIsItsDefinition(
      @ForAll @IntRange(min = 1, max = 9) int in,
      @ForAll @IntRange(min = 1, max = 7) int kernel,
      @ForAll @IntRange(min = 1, max = 5) int stride,
      @ForAll @IntRange(min = 1, max = 3) int dilation,
      @ForAll @IntRange(min = 0, max = 6) int pad) {
    int out = stride * (in - 1) + dilation * (kernel - 1) + 1 - pad;
    if (out < 1) {
      return;
    }
    Axis axis = Axis.transposed(in, out, kernel, stride, dilation, pad);
    boolean[][] reached = new boolean[out][kernel];
    for (int o = 0; o < out; o++) {
      for (int t = 0; t < kernel; t++) {
        int i = o / axis.outStep + axis.start[t];
        if (axis.phase[t] == o % axis.outStep && i >= 0 && i < in) {
          assertEquals(o, i * stride + t * dilation - pad);
          reached[o][t] = true;
        }
      }
    }
    for (int i = 0; i < in; i++) {
      for (int t = 0; t < kernel; t++) {
        int o = i * stride + t * dilation - pad;
        if (o >= 0 && o < out) {
          assertTrue(reached[o][t], "tap " + t + " of input " + i + " is lost");
        }
      }
    }
  }
}
