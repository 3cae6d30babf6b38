package org.simdconv.internal.simd;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Depthwise 3x3 and 5x5 that walks down the columns of an image where it lies: a vector of
 * neighbouring outputs of a row, then those below them. An input row is loaded once for the three
 * output rows that it serves (five of 5x5), whose sums wait in registers; each sum still takes its
 * taps in ascending order, since the rows come in the order of the kernel rows:
 *
 * <pre>
 * for each vector of columns
 *   for each input row, with its left, middle and right neighbours (l, m, h)
 *     out  = b + w6 l + w7 m + w8 h     the third kernel row of the output that is now complete
 *     b    = a + w3 l + w4 m + w5 h     the second of the next one
 *     a    = 0 + w0 l + w1 m + w2 h     the first of the one after
 * </pre>
 *
 * So there are 3 loads a vector of outputs where {@link DepthwiseKernel#inPlace} has 9 of which
 * most straddle two cache lines, and masks only for the left and right border: those of a vector of
 * columns stay in registers, and a row above or below the image is one that is not visited. With
 * stride 2 a row's even and odd columns are selected from two vectors; every other row serves two
 * outputs.
 *
 * <p>Measured on JDK 25 (Zen 5, one thread, against the kernels that these replaced): stride 1
 * 144@56 113 to 90 us, 384@14 27 to 14 us; stride 2, for which a padded window was filled, 96@112
 * 330 to 105 us, 192@28 54 to 11 us, 576@14 63 to 16 us. 5x5 96@56 290 to 127 us, stride 2 96@112
 * 500 to 200 us, against windows and sums tap by tap.
 *
 * <p>The kernels repeat their epilogues: a method that takes vectors boxes them where C2 does not
 * inline it.
 *
 * <p>A 3x3 of stride 2 walks down some rows at a time where L1 does not hold the image: otherwise
 * the first lines that the next column needs are gone (96@112 188 to 166 us, Zen 4 with 32 KiB of
 * L1; of 11 rows at a time, 32@224, 9% more). At stride 1 and with 5x5 more is lost than won, as
 * each of these walks begins with rows of which it keeps sums only.
 *
 * <p>Tried for 5x5: two vectors of columns side by side, with twice the sums that do not wait for
 * each other and weights loaded for both (no faster).
 *
 * <p>The last vector of columns ends with the row and overlaps the one before it, whose outputs it
 * stores once more: a mask would leave them out, and took 5% of 144@56 on a Zen 5; it is used where
 * outputs are added to. Immutable.
 */
public final class DepthwiseColumns {
  // Of a walk, should there be several: each takes one input row twice.
  private static final int LEAST_ROWS = 16;

  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  private static final IntVector EVEN = IntVector.zero(Species.INT).addIndex(2);
  private static final IntVector ODD = EVEN.add(1);
  // The lane to the right, the last one from a second vector.
  private static final IntVector NEXT = IntVector.broadcast(Species.INT, 1).addIndex(1);

  private final int kernel;
  private final int step;
  private final int outputs;
  // Whether tap 0 is the right neighbour and kernel row 0 the lower one, as in a gradient.
  private final boolean mirrored;
  // First output column of each vector, and the input column of its leftmost neighbour.
  private final int[] column;
  private final int[] source;
  // Of each: a mask for each tap, and one of what is stored.
  private final long[] masks;
  // The same where outputs may be stored twice: no residual is added that they might be.
  private final long[] wholeMasks;
  private final int nearFloats;

  private DepthwiseColumns(
      int kernel,
      int step,
      int outputs,
      boolean mirrored,
      int[] column,
      int[] source,
      long[] masks,
      long[] wholeMasks,
      int nearFloats) {
    this.kernel = kernel;
    this.step = step;
    this.outputs = outputs;
    this.mirrored = mirrored;
    this.column = column;
    this.source = source;
    this.masks = masks;
    this.wholeMasks = wholeMasks;
    this.nearFloats = nearFloats;
  }

  /**
   * The vectors of a row of outputs.
   *
   * @param kernel taps along each axis, 3 or 5
   * @param step stride, 1 or 2
   * @param inputs columns of the image
   * @param outputs columns of the output, the middle taps of which are inside
   * @param padding columns outside on the left, at most half of the kernel
   * @param mirrored whether tap 0 takes the rightmost neighbour; for stride 1 only
   * @param nearFloats input that stays in L1 while all columns are walked down
   */
  public static DepthwiseColumns of(
      int kernel,
      int step,
      int inputs,
      int outputs,
      int padding,
      boolean mirrored,
      int nearFloats) {
    int vectors = (outputs + L - 1) / L;
    int[] column = new int[vectors];
    int[] source = new int[vectors];
    long[] masks = new long[(kernel + 1) * vectors];
    for (int v = 0; v < vectors; v++) {
      column[v] = v > 0 && v == vectors - 1 ? outputs - L : v * L;
      source[v] = column[v] * step - padding;
      int m = (kernel + 1) * v;
      for (int lane = 0; lane < L; lane++) {
        for (int tap = 0; tap < kernel; tap++) {
          int x = source[v] + lane * step + tap;
          masks[m + (mirrored ? kernel - 1 - tap : tap)] |= x >= 0 && x < inputs ? 1L << lane : 0;
        }
        int x = column[v] + lane;
        masks[m + kernel] |= x >= v * L && x < outputs ? 1L << lane : 0;
      }
    }
    long[] wholeMasks = masks.clone();
    for (int v = 0; v < vectors && outputs >= L; v++) {
      wholeMasks[(kernel + 1) * v + kernel] = Species.first(L);
    }
    return new DepthwiseColumns(
        kernel, step, outputs, mirrored, column, source, masks, wholeMasks, nearFloats);
  }

  /** Vectors of a row of outputs. */
  public int vectors() {
    return column.length;
  }

  /** Lowest column of a row that is read, 0 or negative. */
  public int readFrom() {
    return source[0];
  }

  /** End of the columns that are read, past the row where its outputs are less than a vector. */
  public int readTo() {
    return source[source.length - 1] + (step == 1 ? L + kernel - 1 : 2 * L + kernel - 2);
  }

  /** End of the columns that are written, as above. */
  public int writtenTo() {
    return column[column.length - 1] + L;
  }

  /**
   * Computes some output rows of some channels. Reads columns {@link #readFrom} .. {@link #readTo}
   * of the rows that the outputs need, and writes no column past the outputs, but needs a vector's
   * room there.
   *
   * @param channels number of channels
   * @param w weights of a channel behind those of another
   * @param xAt first pixel of the first channel's image
   * @param xStep floats from a channel's image to the next one's
   * @param width columns of the image
   * @param height rows of the image
   * @param top rows of padding above, at most half of the kernel
   * @param fromRow first output row to compute
   * @param toRow end of them, whose middle taps are inside
   * @param adds whether there is a residual, laid out as the output; it may be the output itself
   * @param clips whether the results are clipped
   * @param to first pixel of the first channel's output, row 0
   * @param outStep floats from a channel's output to the next one's
   */
  // spotless:off
  public void run(
      int channels, float[] w, int wAt, float[] x, int xAt, int xStep, int width, int height, int top, int fromRow, int toRow,
      float[] bias, int biasAt, boolean adds, float[] residual, int residualAt, boolean clips, float low, float high,
      float[] out, int to, int outStep) {
    int rows = toRow - fromRow;
    if (kernel == 3 && step == 2 && nearFloats / (step * width) >= LEAST_ROWS) {
      rows = Math.min(rows, nearFloats / (step * width));
    }
    if (toRow - fromRow <= rows) {
      rows(
          channels, w, wAt, x, xAt, xStep, width, height, top, fromRow, toRow, bias, biasAt, adds, residual, residualAt, clips, low, high,
          out, to, outStep);
      return;
    }
    int blocks = (toRow - fromRow + rows - 1) / rows;
    for (int c = 0; c < channels; c++) {
      for (int b = 0; b < blocks; b++) {
        int first = fromRow + (int) ((long) (toRow - fromRow) * b / blocks);
        int end = fromRow + (int) ((long) (toRow - fromRow) * (b + 1) / blocks);
        rows(
            1, w, wAt + c * kernel * kernel, x, xAt + c * xStep, xStep, width, height, top, first, end, bias, biasAt + c, adds, residual,
            residualAt + c * outStep, clips, low, high, out, to + c * outStep, outStep);
      }
    }
  }

  private void rows(
      int channels, float[] w, int wAt, float[] x, int xAt, int xStep, int width, int height, int top, int fromRow, int toRow,
      float[] bias, int biasAt, boolean adds, float[] residual, int residualAt, boolean clips, float low, float high,
      float[] out, int to, int outStep) {
    long[] lanes = adds && residual == out ? masks : wholeMasks;
    if (step == 2 && kernel == 5) {
      everyOther5(
          channels, column, source, lanes, w, wAt, x, xAt, xStep, width, height, top, fromRow, toRow,
          bias, biasAt, adds, residual, residualAt, clips, low, high, out, to, outStep, outputs);
      return;
    }
    if (step == 2) {
      everyOther(
          channels, column, source, lanes, w, wAt, x, xAt, xStep, width, height, top, fromRow, toRow,
          bias, biasAt, adds, residual, residualAt, clips, low, high, out, to, outStep, outputs);
      return;
    }
    int first = Math.max(0, fromRow - top);
    int end = Math.min(height, toRow - top + kernel - 1);
    // Mirrored, the same from below: the last row first.
    int skipped = mirrored ? end + top - toRow : fromRow - (first + top - kernel + 1);
    int row = (mirrored ? toRow - 1 + skipped : fromRow - skipped) * outputs;
    int source0 = xAt + (mirrored ? end - 1 : first) * width;
    int pitch = mirrored ? -width : width;
    int outPitch = mirrored ? -outputs : outputs;
    int firstTap = mirrored ? kernel - 1 : 0;
    int stored = toRow - fromRow;
    if (kernel == 3) {
      every(
          channels, column, source, lanes, firstTap, w, wAt, x, source0, xStep, pitch, end - first, skipped, stored,
          bias, biasAt, adds, residual, residualAt + row, clips, low, high, out, to + row, outStep, outPitch);
    } else {
      every5(
          channels, column, source, lanes, firstTap, w, wAt, x, source0, xStep, pitch, end - first, skipped, stored,
          bias, biasAt, adds, residual, residualAt + row, clips, low, high, out, to + row, outStep, outPitch);
    }
  }

  // Stride 1. Output row y is complete with input row y + 2 - top; the first `skipped` ones are those of other tasks or
  // none, and one more is stored at the end where the row below it is padding. `add` of a sum that comes from a loop is a
  // virtual call to C2 until its profile is ripe, and boxes the sums: so lanewise (JDK 25).
  private static void every(
      int channels, int[] column, int[] source, long[] masks, int firstTap, float[] w, int wAt, float[] x, int xAt, int xStep, int pitch,
      int rows, int skipped, int stored, float[] bias, int biasAt, boolean adds, float[] residual, int residualAt, boolean clips,
      float low, float high, float[] out, int to, int outStep, int outPitch) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector lows = FloatVector.broadcast(S, low);
    FloatVector highs = FloatVector.broadcast(S, high);
    int vectors = column.length;
    int total = channels * vectors;
    int lastTap = 2 - firstTap;
    int ahead = residualAt - to;
    for (int t = 0; t < total; t++) {
      int c = t / vectors;
      int v = t - c * vectors;
      int wc = wAt + c * 9;
      FloatVector w0 = FloatVector.broadcast(S, w[wc]);
      FloatVector w1 = FloatVector.broadcast(S, w[wc + 1]);
      FloatVector w2 = FloatVector.broadcast(S, w[wc + 2]);
      FloatVector w3 = FloatVector.broadcast(S, w[wc + 3]);
      FloatVector w4 = FloatVector.broadcast(S, w[wc + 4]);
      FloatVector w5 = FloatVector.broadcast(S, w[wc + 5]);
      FloatVector w6 = FloatVector.broadcast(S, w[wc + 6]);
      FloatVector w7 = FloatVector.broadcast(S, w[wc + 7]);
      FloatVector w8 = FloatVector.broadcast(S, w[wc + 8]);
      FloatVector biases = FloatVector.broadcast(S, bias[biasAt + c]);
      VectorMask<Float> first = VectorMask.fromLong(S, masks[v * 4]);
      VectorMask<Float> last = VectorMask.fromLong(S, masks[v * 4 + 2]);
      VectorMask<Float> outside = VectorMask.fromLong(S, masks[v * 4 + 3]);
      int p = xAt + c * xStep + source[v];
      int q = to + c * outStep + column[v];
      FloatVector a = zero;
      FloatVector b = zero;
      for (int r = 0; r < rows; r++) {
        FloatVector l = zero.blend(FloatVector.fromArray(S, x, p + firstTap), first);
        FloatVector m = FloatVector.fromArray(S, x, p + 1);
        FloatVector h = zero.blend(FloatVector.fromArray(S, x, p + lastTap), last);
        FloatVector y = w8.fma(h, w7.fma(m, w6.fma(l, b)));
        b = w5.fma(h, w4.fma(m, w3.fma(l, a)));
        a = w2.fma(h, w1.fma(m, w0.fma(l, zero)));
        if (r >= skipped) {
          y = y.lanewise(ADD, biases);
          if (adds) {
            y = y.lanewise(ADD, FloatVector.fromArray(S, residual, q + ahead));
          }
          if (clips) {
            y = y.blend(lows, y.compare(LT, lows));
            y = y.blend(highs, y.compare(GT, highs));
          }
          y.intoArray(out, q, outside);
        }
        p += pitch;
        q += outPitch;
      }
      if (rows - skipped < stored) {
        FloatVector y = b.lanewise(ADD, biases);
        if (adds) {
          y = y.lanewise(ADD, FloatVector.fromArray(S, residual, q + ahead));
        }
        if (clips) {
          y = y.blend(lows, y.compare(LT, lows));
          y = y.blend(highs, y.compare(GT, highs));
        }
        y.intoArray(out, q, outside);
      }
    }
  }

  // 5x5: 25 weights, 4 sums, 5 neighbours and what the epilogue needs are more than 32 registers; some weights come from the
  // stack, on ports that the FMAs leave free.
  private static void every5(
      int channels, int[] column, int[] source, long[] masks, int firstTap, float[] w, int wAt, float[] x, int xAt, int xStep, int pitch,
      int rows, int skipped, int stored, float[] bias, int biasAt, boolean adds, float[] residual, int residualAt, boolean clips,
      float low, float high, float[] out, int to, int outStep, int outPitch) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector lows = FloatVector.broadcast(S, low);
    FloatVector highs = FloatVector.broadcast(S, high);
    int vectors = column.length;
    int total = channels * vectors;
    int tap0 = firstTap;
    int tap1 = 1 + firstTap / 2;
    int tap3 = 4 - tap1;
    int tap4 = 4 - tap0;
    int ahead = residualAt - to;
    for (int t = 0; t < total; t++) {
      int c = t / vectors;
      int v = t - c * vectors;
      int wc = wAt + c * 25;
      FloatVector w0 = FloatVector.broadcast(S, w[wc + 0]);
      FloatVector w1 = FloatVector.broadcast(S, w[wc + 1]);
      FloatVector w2 = FloatVector.broadcast(S, w[wc + 2]);
      FloatVector w3 = FloatVector.broadcast(S, w[wc + 3]);
      FloatVector w4 = FloatVector.broadcast(S, w[wc + 4]);
      FloatVector w5 = FloatVector.broadcast(S, w[wc + 5]);
      FloatVector w6 = FloatVector.broadcast(S, w[wc + 6]);
      FloatVector w7 = FloatVector.broadcast(S, w[wc + 7]);
      FloatVector w8 = FloatVector.broadcast(S, w[wc + 8]);
      FloatVector w9 = FloatVector.broadcast(S, w[wc + 9]);
      FloatVector w10 = FloatVector.broadcast(S, w[wc + 10]);
      FloatVector w11 = FloatVector.broadcast(S, w[wc + 11]);
      FloatVector w12 = FloatVector.broadcast(S, w[wc + 12]);
      FloatVector w13 = FloatVector.broadcast(S, w[wc + 13]);
      FloatVector w14 = FloatVector.broadcast(S, w[wc + 14]);
      FloatVector w15 = FloatVector.broadcast(S, w[wc + 15]);
      FloatVector w16 = FloatVector.broadcast(S, w[wc + 16]);
      FloatVector w17 = FloatVector.broadcast(S, w[wc + 17]);
      FloatVector w18 = FloatVector.broadcast(S, w[wc + 18]);
      FloatVector w19 = FloatVector.broadcast(S, w[wc + 19]);
      FloatVector w20 = FloatVector.broadcast(S, w[wc + 20]);
      FloatVector w21 = FloatVector.broadcast(S, w[wc + 21]);
      FloatVector w22 = FloatVector.broadcast(S, w[wc + 22]);
      FloatVector w23 = FloatVector.broadcast(S, w[wc + 23]);
      FloatVector w24 = FloatVector.broadcast(S, w[wc + 24]);
      FloatVector biases = FloatVector.broadcast(S, bias[biasAt + c]);
      VectorMask<Float> mask0 = VectorMask.fromLong(S, masks[v * 6]);
      VectorMask<Float> mask1 = VectorMask.fromLong(S, masks[v * 6 + 1]);
      VectorMask<Float> mask3 = VectorMask.fromLong(S, masks[v * 6 + 3]);
      VectorMask<Float> mask4 = VectorMask.fromLong(S, masks[v * 6 + 4]);
      VectorMask<Float> outside = VectorMask.fromLong(S, masks[v * 6 + 5]);
      int p = xAt + c * xStep + source[v];
      int q = to + c * outStep + column[v];
      FloatVector s0 = zero;
      FloatVector s1 = zero;
      FloatVector s2 = zero;
      FloatVector s3 = zero;
      for (int r = 0; r < rows; r++) {
        FloatVector x0 = zero.blend(FloatVector.fromArray(S, x, p + tap0), mask0);
        FloatVector x1 = zero.blend(FloatVector.fromArray(S, x, p + tap1), mask1);
        FloatVector x2 = FloatVector.fromArray(S, x, p + 2);
        FloatVector x3 = zero.blend(FloatVector.fromArray(S, x, p + tap3), mask3);
        FloatVector x4 = zero.blend(FloatVector.fromArray(S, x, p + tap4), mask4);
        FloatVector y = w24.fma(x4, w23.fma(x3, w22.fma(x2, w21.fma(x1, w20.fma(x0, s3)))));
        s3 = w19.fma(x4, w18.fma(x3, w17.fma(x2, w16.fma(x1, w15.fma(x0, s2)))));
        s2 = w14.fma(x4, w13.fma(x3, w12.fma(x2, w11.fma(x1, w10.fma(x0, s1)))));
        s1 = w9.fma(x4, w8.fma(x3, w7.fma(x2, w6.fma(x1, w5.fma(x0, s0)))));
        s0 = w4.fma(x4, w3.fma(x3, w2.fma(x2, w1.fma(x1, w0.fma(x0, zero)))));
        if (r >= skipped) {
          y = y.lanewise(ADD, biases);
          if (adds) {
            y = y.lanewise(ADD, FloatVector.fromArray(S, residual, q + ahead));
          }
          if (clips) {
            y = y.blend(lows, y.compare(LT, lows));
            y = y.blend(highs, y.compare(GT, highs));
          }
          y.intoArray(out, q, outside);
        }
        p += pitch;
        q += outPitch;
      }
      // Up to two outputs whose last rows are padding.
      for (int r = rows; r < skipped + stored; r++) {
        if (r >= skipped) {
          FloatVector y = s3.lanewise(ADD, biases);
          if (adds) {
            y = y.lanewise(ADD, FloatVector.fromArray(S, residual, q + ahead));
          }
          if (clips) {
            y = y.blend(lows, y.compare(LT, lows));
            y = y.blend(highs, y.compare(GT, highs));
          }
          y.intoArray(out, q, outside);
        }
        q += outPitch;
        s3 = s2;
        s2 = s1;
        s1 = s0;
      }
    }
  }

  // Stride 2. Where a row stands above the first one's, a pass that stores nothing brings it. Six selections are as many as C2
  // inlines beside the rest (NodeCountInliningCutoff, JDK 25), so those of an upper row do not get code of their own.
  private static void everyOther(
      int channels, int[] column, int[] source, long[] masks, float[] w, int wAt, float[] x, int xAt, int xStep, int width, int height,
      int top, int fromRow, int toRow, float[] bias, int biasAt, boolean adds, float[] residual, int residualAt, boolean clips,
      float low, float high, float[] out, int to, int outStep, int outWidth) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector lows = FloatVector.broadcast(S, low);
    FloatVector highs = FloatVector.broadcast(S, high);
    int vectors = column.length;
    int total = channels * vectors;
    int ahead = residualAt - to;
    boolean hasUpper = 2 * fromRow >= top;
    int begin = hasUpper ? fromRow - 1 : fromRow;
    int firstRow = hasUpper ? 2 * fromRow - top : 0;
    for (int t = 0; t < total; t++) {
      int c = t / vectors;
      int v = t - c * vectors;
      int wc = wAt + c * 9;
      FloatVector w0 = FloatVector.broadcast(S, w[wc]);
      FloatVector w1 = FloatVector.broadcast(S, w[wc + 1]);
      FloatVector w2 = FloatVector.broadcast(S, w[wc + 2]);
      FloatVector w3 = FloatVector.broadcast(S, w[wc + 3]);
      FloatVector w4 = FloatVector.broadcast(S, w[wc + 4]);
      FloatVector w5 = FloatVector.broadcast(S, w[wc + 5]);
      FloatVector w6 = FloatVector.broadcast(S, w[wc + 6]);
      FloatVector w7 = FloatVector.broadcast(S, w[wc + 7]);
      FloatVector w8 = FloatVector.broadcast(S, w[wc + 8]);
      FloatVector biases = FloatVector.broadcast(S, bias[biasAt + c]);
      VectorMask<Float> first = VectorMask.fromLong(S, masks[v * 4]);
      VectorMask<Float> last = VectorMask.fromLong(S, masks[v * 4 + 2]);
      VectorMask<Float> outside = VectorMask.fromLong(S, masks[v * 4 + 3]);
      int p = xAt + c * xStep + source[v] + firstRow * width;
      int q = to + c * outStep + column[v] + begin * outWidth;
      FloatVector a = zero;
      for (int row = begin; row < toRow; row++) {
        FloatVector i = FloatVector.fromArray(S, x, p);
        FloatVector j = FloatVector.fromArray(S, x, p + L);
        FloatVector l = EVEN.selectFrom(i.reinterpretAsInts(), j.reinterpretAsInts()).reinterpretAsFloats();
        FloatVector m = ODD.selectFrom(i.reinterpretAsInts(), j.reinterpretAsInts()).reinterpretAsFloats();
        FloatVector h =
            NEXT.selectFrom(l.reinterpretAsInts(), FloatVector.broadcast(S, x[p + 2 * L]).reinterpretAsInts()).reinterpretAsFloats();
        FloatVector y = w5.fma(zero.blend(h, last), w4.fma(m, w3.fma(zero.blend(l, first), a)));
        if (2 * row - top + 2 < height) {
          p += row < fromRow ? 0 : width;
          i = FloatVector.fromArray(S, x, p);
          j = FloatVector.fromArray(S, x, p + L);
          l = EVEN.selectFrom(i.reinterpretAsInts(), j.reinterpretAsInts()).reinterpretAsFloats();
          m = ODD.selectFrom(i.reinterpretAsInts(), j.reinterpretAsInts()).reinterpretAsFloats();
          h = NEXT.selectFrom(l.reinterpretAsInts(), FloatVector.broadcast(S, x[p + 2 * L]).reinterpretAsInts()).reinterpretAsFloats();
          h = zero.blend(h, last);
          l = zero.blend(l, first);
          y = w8.fma(h, w7.fma(m, w6.fma(l, y)));
          a = w2.fma(h, w1.fma(m, w0.fma(l, zero)));
        }
        if (row >= fromRow) {
          y = y.lanewise(ADD, biases);
          if (adds) {
            y = y.lanewise(ADD, FloatVector.fromArray(S, residual, q + ahead));
          }
          if (clips) {
            y = y.blend(lows, y.compare(LT, lows));
            y = y.blend(highs, y.compare(GT, highs));
          }
          y.intoArray(out, q, outside);
        }
        p += width;
        q += outWidth;
      }
    }
  }

  // 5x5 of stride 2, input row by input row: every other one completes an output, and begins another.
  private static void everyOther5(
      int channels, int[] column, int[] source, long[] masks, float[] w, int wAt, float[] x, int xAt, int xStep, int width, int height,
      int top, int fromRow, int toRow, float[] bias, int biasAt, boolean adds, float[] residual, int residualAt, boolean clips,
      float low, float high, float[] out, int to, int outStep, int outWidth) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector lows = FloatVector.broadcast(S, low);
    FloatVector highs = FloatVector.broadcast(S, high);
    int vectors = column.length;
    int total = channels * vectors;
    int ahead = residualAt - to;
    int first = Math.max(0, 2 * fromRow - top);
    int end = Math.min(height, 2 * toRow - top + 3);
    // The output that kernel row 4 of the first row belongs to, or half of it one row later.
    int firstOutput = (first + top + 1) / 2 - 2;
    boolean startsOdd = (first + top) % 2 != 0;
    for (int t = 0; t < total; t++) {
      int c = t / vectors;
      int v = t - c * vectors;
      int wc = wAt + c * 25;
      FloatVector w0 = FloatVector.broadcast(S, w[wc + 0]);
      FloatVector w1 = FloatVector.broadcast(S, w[wc + 1]);
      FloatVector w2 = FloatVector.broadcast(S, w[wc + 2]);
      FloatVector w3 = FloatVector.broadcast(S, w[wc + 3]);
      FloatVector w4 = FloatVector.broadcast(S, w[wc + 4]);
      FloatVector w5 = FloatVector.broadcast(S, w[wc + 5]);
      FloatVector w6 = FloatVector.broadcast(S, w[wc + 6]);
      FloatVector w7 = FloatVector.broadcast(S, w[wc + 7]);
      FloatVector w8 = FloatVector.broadcast(S, w[wc + 8]);
      FloatVector w9 = FloatVector.broadcast(S, w[wc + 9]);
      FloatVector w10 = FloatVector.broadcast(S, w[wc + 10]);
      FloatVector w11 = FloatVector.broadcast(S, w[wc + 11]);
      FloatVector w12 = FloatVector.broadcast(S, w[wc + 12]);
      FloatVector w13 = FloatVector.broadcast(S, w[wc + 13]);
      FloatVector w14 = FloatVector.broadcast(S, w[wc + 14]);
      FloatVector w15 = FloatVector.broadcast(S, w[wc + 15]);
      FloatVector w16 = FloatVector.broadcast(S, w[wc + 16]);
      FloatVector w17 = FloatVector.broadcast(S, w[wc + 17]);
      FloatVector w18 = FloatVector.broadcast(S, w[wc + 18]);
      FloatVector w19 = FloatVector.broadcast(S, w[wc + 19]);
      FloatVector w20 = FloatVector.broadcast(S, w[wc + 20]);
      FloatVector w21 = FloatVector.broadcast(S, w[wc + 21]);
      FloatVector w22 = FloatVector.broadcast(S, w[wc + 22]);
      FloatVector biases = FloatVector.broadcast(S, bias[biasAt + c]);
      VectorMask<Float> mask0 = VectorMask.fromLong(S, masks[v * 6]);
      VectorMask<Float> mask1 = VectorMask.fromLong(S, masks[v * 6 + 1]);
      VectorMask<Float> mask3 = VectorMask.fromLong(S, masks[v * 6 + 3]);
      VectorMask<Float> mask4 = VectorMask.fromLong(S, masks[v * 6 + 4]);
      VectorMask<Float> outside = VectorMask.fromLong(S, masks[v * 6 + 5]);
      int p = xAt + c * xStep + source[v] + first * width;
      int row = firstOutput;
      int q = to + c * outStep + column[v] + row * outWidth;
      boolean odd = startsOdd;
      // Sums of the next output and of the one after.
      FloatVector a = zero;
      FloatVector b = zero;
      for (int r = first; r < end; r++) {
        FloatVector i = FloatVector.fromArray(S, x, p);
        FloatVector j = FloatVector.fromArray(S, x, p + L);
        FloatVector x0 = EVEN.selectFrom(i.reinterpretAsInts(), j.reinterpretAsInts()).reinterpretAsFloats();
        FloatVector x1 = ODD.selectFrom(i.reinterpretAsInts(), j.reinterpretAsInts()).reinterpretAsFloats();
        FloatVector x2 =
            NEXT.selectFrom(x0.reinterpretAsInts(), FloatVector.broadcast(S, x[p + 2 * L]).reinterpretAsInts()).reinterpretAsFloats();
        FloatVector x3 =
            NEXT.selectFrom(x1.reinterpretAsInts(), FloatVector.broadcast(S, x[p + 2 * L + 1]).reinterpretAsInts()).reinterpretAsFloats();
        FloatVector x4 =
            NEXT.selectFrom(x2.reinterpretAsInts(), FloatVector.broadcast(S, x[p + 2 * L + 2]).reinterpretAsInts()).reinterpretAsFloats();
        x0 = zero.blend(x0, mask0);
        x1 = zero.blend(x1, mask1);
        x3 = zero.blend(x3, mask3);
        x4 = zero.blend(x4, mask4);
        if (odd) {
          a = w19.fma(x4, w18.fma(x3, w17.fma(x2, w16.fma(x1, w15.fma(x0, a)))));
          b = w9.fma(x4, w8.fma(x3, w7.fma(x2, w6.fma(x1, w5.fma(x0, b)))));
        } else {
          // Here, as C2 has allocated one of them for each vector of columns where they stood with the others (JDK 25).
          FloatVector w23 = FloatVector.broadcast(S, w[wc + 23]);
          FloatVector w24 = FloatVector.broadcast(S, w[wc + 24]);
          FloatVector y = w24.fma(x4, w23.fma(x3, w22.fma(x2, w21.fma(x1, w20.fma(x0, a)))));
          a = w14.fma(x4, w13.fma(x3, w12.fma(x2, w11.fma(x1, w10.fma(x0, b)))));
          b = w4.fma(x4, w3.fma(x3, w2.fma(x2, w1.fma(x1, w0.fma(x0, zero)))));
          if (row >= fromRow) {
            y = y.lanewise(ADD, biases);
            if (adds) {
              y = y.lanewise(ADD, FloatVector.fromArray(S, residual, q + ahead));
            }
            if (clips) {
              y = y.blend(lows, y.compare(LT, lows));
              y = y.blend(highs, y.compare(GT, highs));
            }
            y.intoArray(out, q, outside);
          }
          row++;
          q += outWidth;
        }
        odd = !odd;
        p += width;
      }
      // Outputs whose last rows are padding.
      for (; row < toRow; row++) {
        if (row >= fromRow) {
          FloatVector y = a.lanewise(ADD, biases);
          if (adds) {
            y = y.lanewise(ADD, FloatVector.fromArray(S, residual, q + ahead));
          }
          if (clips) {
            y = y.blend(lows, y.compare(LT, lows));
            y = y.blend(highs, y.compare(GT, highs));
          }
          y.intoArray(out, q, outside);
        }
        q += outWidth;
        a = b;
      }
    }
  }
  // spotless:on
}
