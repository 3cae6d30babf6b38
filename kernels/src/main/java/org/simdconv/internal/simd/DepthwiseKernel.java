package org.simdconv.internal.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * One channel of a depthwise convolution: vectors of pixels of its padded window.
 *
 * <pre>
 * y[p]    = clip(bias + sum over k of  w[k] * x[xAt + offset[k] + p])    k = (kernel row, kernel column), ascending
 * out[to + places[i] ..] = the lanes of vector i that are outputs, one behind the other
 * </pre>
 *
 * There is no second output channel to share a loaded pixel with, so each FMA needs a load of its
 * own and half the FMA peak is the limit; and at 9 taps a pixel memory is nearer. So everything is
 * done in one pass: the weights of 3x3 stay in registers, and the columns between the rows of the
 * window are compressed away before the store. The loop's addresses are affine: its range checks
 * leave it. Other kernels go tap by tap over 8 vectors of sums. (The same for 5x5, 100 FMAs in one
 * loop, is more than C2 inlines, NodeCountInliningCutoff: 70 times slower on JDK 25. {@link
 * DepthwiseColumns} has most 5x5.)
 *
 * <p>{@link #sums} and {@link #finishPairs} are the same in two steps, for a transposed convolution
 * with a stride: the sums of each phase, then its outputs between those of the other.
 *
 * <p>4 vectors at a time: the addresses of 9 taps do not fit into the general registers, and coming
 * from the stack for each vector they cost more than the FMAs.
 *
 * <p>Requires: {@code xAt + offset[k] + vectors * lanes <= x.length} for every k. Thread safety:
 * static, no state.
 */
public final class DepthwiseKernel {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;

  // Lane i takes its neighbour's element; that of the first or last lane is the one at the other
  // end.
  private static final VectorShuffle<Float> FROM_LEFT =
      VectorShuffle.fromOp(S, i -> (i + L - 1) % L);
  private static final VectorShuffle<Float> FROM_RIGHT = VectorShuffle.fromOp(S, i -> (i + 1) % L);

  // Lanes of two vectors in turns: the first and the second half of them.
  private static final IntVector PLACES = IntVector.zero(Species.INT).addIndex(1);
  private static final IntVector LOWER = PLACES.lanewise(LSHR, 1).add(PLACES.and(1).mul(L));
  private static final IntVector UPPER = LOWER.add(L / 2);

  /**
   * Vectors that are computed together; tables and the window have room for so many past their end.
   */
  public static final int VECTORS = 8;

  private DepthwiseKernel() {}

  /**
   * One channel; see the class.
   *
   * @param taps number of taps
   * @param sums room for 8 vectors of sums, for kernels without a method of their own
   * @param stored for each vector, its first so many lanes
   * @param end number of outputs; nothing is written behind it
   * @param touch what is needed next: one float of it is read every touchStep floats, a vector of
   *     outputs each, so that it comes to L2 meanwhile
   * @param touchAt first of them
   * @param touchStep from one to the next
   */
  public static void run(
      float[] w,
      int wAt,
      int taps,
      float[] x,
      int xAt,
      int[] offset,
      int vectors,
      long[] lanes,
      long[] stored,
      int[] places,
      float bias,
      float low,
      float high,
      float[] sums,
      int sumsAt,
      float[] out,
      int to,
      int end,
      float[] touch,
      int touchAt,
      int touchStep) {
    // spotless:off
    switch (taps) {
      case 9 -> nine(w, wAt, x, xAt, offset, vectors, lanes, stored, places, bias, low, high, sums, sumsAt, out, to, end, touch, touchAt, touchStep);
      default -> {
        for (int i = 0; i < vectors; i += VECTORS) {
          sum(w, wAt, taps, x, xAt + i * L, offset, 0, sums, sumsAt);
          finish(sums, sumsAt, i, Math.min(vectors, i + VECTORS), lanes, stored, places, bias, low, high, out, to, end);
        }
      }
    }
    // spotless:on
  }

  /**
   * Some channels of 3x3 whose planes are at most 4 vectors each, and follow each other in the
   * output: one call for all, since a call costs more than the 36 FMAs of a channel.
   *
   * @param channels number of channels
   * @param xStep floats from a channel's window to the next one's
   * @param biasAt bias of the first channel
   * @param end outputs of a channel
   */
  public static void small(
      int channels,
      float[] w,
      int wAt,
      float[] x,
      int xAt,
      int xStep,
      int[] offset,
      long[] lanes,
      long[] stored,
      int[] places,
      float[] bias,
      int biasAt,
      float low,
      float high,
      float[] sums,
      int sumsAt,
      float[] out,
      int to,
      int end) {
    // spotless:off
    nineSmall(channels, w, wAt, x, xAt, xStep, offset, lanes, stored, places, bias, biasAt, low, high, sums, sumsAt, out, to, end);
    // spotless:on
  }

  /**
   * Some channels of 3x3 at stride 1 whose output is as wide as their image, read where it is: the
   * pixel axis is that of the image, and a neighbour past its border is blended to zero. No window,
   * no compression: 960@7 went from 36 to 28 us (JDK 25). For narrow images and dilated rows;
   * {@link DepthwiseColumns} is faster on others. Bound by the loads that straddle two cache lines,
   * up to 9 a vector at 2 cycles each; loads under a mask instead of blends cost a third more, as
   * C2 leaves their range checks in the loop.
   *
   * <p>Reads up to a row and a pixel before the first and a vector and a row behind the last pixel.
   *
   * @param channels number of channels
   * @param xAt output pixel 0 of the first channel, in the image
   * @param xStep floats from a channel's image to the next one's
   * @param r0 floats from an output pixel to what kernel row 0 and column 1 takes; r1, r2 likewise
   * @param part vectors, and the masks of those near the upper and lower border
   * @param left for each vector of a period, the lanes that have a left neighbour
   * @param right the lanes that have a right neighbour
   * @param adds whether there is a residual, laid out as the output; it may be the output itself
   * @param clips whether the results are clipped
   * @param outStep floats from a channel's output to the next one's
   */
  // spotless:off
  public static void inPlace(
      int channels, float[] w, int wAt, float[] x, int xAt, int xStep, int r0, int r1, int r2, PlaneMasks part, long[] left, long[] right,
      float[] bias, int biasAt, boolean adds, float[] residual, int residualAt, boolean clips, float low, float high,
      float[] out, int to, int outStep) {
    PlaneMasks.Rows rows = part.wholeRows();
    if (rows != null) {
      fourVectors(
          channels, w, wAt, x, xAt, xStep, r2, rows, bias, biasAt, adds, residual, residualAt, clips, low, high, out, to, outStep);
      return;
    }
    FloatVector zero = FloatVector.zero(S);
    FloatVector lows = FloatVector.broadcast(S, low);
    FloatVector highs = FloatVector.broadcast(S, high);
    long[] masks = part.masks();
    int top = part.top();
    int bottom = part.bottom();
    int edges = part.vectors() - (bottom - top);
    int firstMask = top % left.length;
    for (int c = 0; c < channels; c++) {
      FloatVector w0 = FloatVector.broadcast(S, w[wAt + c * 9]);
      FloatVector w1 = FloatVector.broadcast(S, w[wAt + c * 9 + 1]);
      FloatVector w2 = FloatVector.broadcast(S, w[wAt + c * 9 + 2]);
      FloatVector w3 = FloatVector.broadcast(S, w[wAt + c * 9 + 3]);
      FloatVector w4 = FloatVector.broadcast(S, w[wAt + c * 9 + 4]);
      FloatVector w5 = FloatVector.broadcast(S, w[wAt + c * 9 + 5]);
      FloatVector w6 = FloatVector.broadcast(S, w[wAt + c * 9 + 6]);
      FloatVector w7 = FloatVector.broadcast(S, w[wAt + c * 9 + 7]);
      FloatVector w8 = FloatVector.broadcast(S, w[wAt + c * 9 + 8]);
      FloatVector biases = FloatVector.broadcast(S, bias[biasAt + c]);
      int at = xAt + c * xStep;
      int o = to + c * outStep;
      int r = residualAt + c * outStep;
      for (int e = 0, m = 0; e < edges; e++, m += PlaneMasks.OF_A_VECTOR) {
        int v = (e < top ? e : bottom + e - top) * L;
        int p0 = at + r0 + v;
        int p1 = at + r1 + v;
        int p2 = at + r2 + v;
        FloatVector y = w0.fma(zero.blend(FloatVector.fromArray(S, x, p0 - 1), VectorMask.fromLong(S, masks[m + 0])), zero);
        y = w1.fma(zero.blend(FloatVector.fromArray(S, x, p0), VectorMask.fromLong(S, masks[m + 1])), y);
        y = w2.fma(zero.blend(FloatVector.fromArray(S, x, p0 + 1), VectorMask.fromLong(S, masks[m + 2])), y);
        y = w3.fma(zero.blend(FloatVector.fromArray(S, x, p1 - 1), VectorMask.fromLong(S, masks[m + 3])), y);
        y = w4.fma(zero.blend(FloatVector.fromArray(S, x, p1), VectorMask.fromLong(S, masks[m + 4])), y);
        y = w5.fma(zero.blend(FloatVector.fromArray(S, x, p1 + 1), VectorMask.fromLong(S, masks[m + 5])), y);
        y = w6.fma(zero.blend(FloatVector.fromArray(S, x, p2 - 1), VectorMask.fromLong(S, masks[m + 6])), y);
        y = w7.fma(zero.blend(FloatVector.fromArray(S, x, p2), VectorMask.fromLong(S, masks[m + 7])), y);
        y = w8.fma(zero.blend(FloatVector.fromArray(S, x, p2 + 1), VectorMask.fromLong(S, masks[m + 8])), y);
        y = y.add(biases);
        if (adds) {
          y = y.add(FloatVector.fromArray(S, residual, r + v));
        }
        if (clips) {
          y = y.blend(lows, y.compare(LT, lows));
          y = y.blend(highs, y.compare(GT, highs));
        }
        y.intoArray(out, o + v, VectorMask.fromLong(S, masks[m + 9]));
      }
      int q0 = at + r0 + top * L;
      int q1 = at + r1 + top * L;
      int q2 = at + r2 + top * L;
      int q = o + top * L;
      int rq = r + top * L;
      int j = firstMask;
      for (int i = 0; i < (bottom - top) * L; i += L) {
        VectorMask<Float> leftMask = VectorMask.fromLong(S, left[j]);
        VectorMask<Float> rightMask = VectorMask.fromLong(S, right[j]);
        j = j + 1 == left.length ? 0 : j + 1;
        int p0 = q0 + i;
        int p1 = q1 + i;
        int p2 = q2 + i;
        FloatVector y = w0.fma(zero.blend(FloatVector.fromArray(S, x, p0 - 1), leftMask), zero);
        y = w1.fma(FloatVector.fromArray(S, x, p0), y);
        y = w2.fma(zero.blend(FloatVector.fromArray(S, x, p0 + 1), rightMask), y);
        y = w3.fma(zero.blend(FloatVector.fromArray(S, x, p1 - 1), leftMask), y);
        y = w4.fma(FloatVector.fromArray(S, x, p1), y);
        y = w5.fma(zero.blend(FloatVector.fromArray(S, x, p1 + 1), rightMask), y);
        y = w6.fma(zero.blend(FloatVector.fromArray(S, x, p2 - 1), leftMask), y);
        y = w7.fma(FloatVector.fromArray(S, x, p2), y);
        y = w8.fma(zero.blend(FloatVector.fromArray(S, x, p2 + 1), rightMask), y);
        y = y.add(biases);
        if (adds) {
          y = y.add(FloatVector.fromArray(S, residual, rq + i));
        }
        if (clips) {
          y = y.blend(lows, y.compare(LT, lows));
          y = y.blend(highs, y.compare(GT, highs));
        }
        y.intoArray(out, q + i);
      }
    }
  }

  // The plane in four vectors of whole rows, the last rows perhaps twice: but for the first and the last, all have the
  // same masks, which stay in registers. As rows are whole, neighbours to the left and right are lanes of the same vector:
  // a permutation instead of a load that straddles two cache lines. (7x7, 960 channels, JDK 25, Zen 5: 16.5 to 10.9 us, with
  // a busy neighbour on the core 22 to 17; masks for each vector instead of four 33 for 21, masked loads instead of blends
  // 23.) Straight on, since range checks stay in so short a loop. All loads come before the stores, which may go to the
  // residual.
  private static void fourVectors(
      int channels, float[] w, int wAt, float[] x, int xAt, int xStep, int width, PlaneMasks.Rows rows,
      float[] bias, int biasAt, boolean adds, float[] residual, int residualAt, boolean clips, float low, float high,
      float[] out, int to, int outStep) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector lows = FloatVector.broadcast(S, low);
    FloatVector highs = FloatVector.broadcast(S, high);
    VectorMask<Float> left = VectorMask.fromLong(S, rows.left());
    VectorMask<Float> right = VectorMask.fromLong(S, rows.right());
    VectorMask<Float> top = VectorMask.fromLong(S, rows.top());
    VectorMask<Float> topLeft = VectorMask.fromLong(S, rows.top() & rows.left());
    VectorMask<Float> topRight = VectorMask.fromLong(S, rows.top() & rows.right());
    VectorMask<Float> bottom = VectorMask.fromLong(S, rows.bottom());
    VectorMask<Float> bottomLeft = VectorMask.fromLong(S, rows.bottom() & rows.left());
    VectorMask<Float> bottomRight = VectorMask.fromLong(S, rows.bottom() & rows.right());
    VectorMask<Float> all = VectorMask.fromLong(S, rows.outputs());
    int second = rows.second();
    int third = rows.third();
    int last = rows.last();
    for (int c = 0; c < channels; c++) {
      int at = xAt + c * xStep;
      int o = to + c * outStep;
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
      FloatVector x00 = FloatVector.fromArray(S, x, at - width);
      FloatVector y0 = w0.fma(zero.blend(x00.rearrange(FROM_LEFT), topLeft), zero);
      y0 = w1.fma(zero.blend(x00, top), y0);
      y0 = w2.fma(zero.blend(x00.rearrange(FROM_RIGHT), topRight), y0);
      FloatVector x01 = FloatVector.fromArray(S, x, at);
      y0 = w3.fma(zero.blend(x01.rearrange(FROM_LEFT), left), y0);
      y0 = w4.fma(x01, y0);
      y0 = w5.fma(zero.blend(x01.rearrange(FROM_RIGHT), right), y0);
      FloatVector x02 = FloatVector.fromArray(S, x, at + width);
      y0 = w6.fma(zero.blend(x02.rearrange(FROM_LEFT), left), y0);
      y0 = w7.fma(x02, y0);
      y0 = w8.fma(zero.blend(x02.rearrange(FROM_RIGHT), right), y0);
      y0 = y0.add(biases);
      FloatVector x10 = FloatVector.fromArray(S, x, at + second - width);
      FloatVector y1 = w0.fma(zero.blend(x10.rearrange(FROM_LEFT), left), zero);
      y1 = w1.fma(x10, y1);
      y1 = w2.fma(zero.blend(x10.rearrange(FROM_RIGHT), right), y1);
      FloatVector x11 = FloatVector.fromArray(S, x, at + second);
      y1 = w3.fma(zero.blend(x11.rearrange(FROM_LEFT), left), y1);
      y1 = w4.fma(x11, y1);
      y1 = w5.fma(zero.blend(x11.rearrange(FROM_RIGHT), right), y1);
      FloatVector x12 = FloatVector.fromArray(S, x, at + second + width);
      y1 = w6.fma(zero.blend(x12.rearrange(FROM_LEFT), left), y1);
      y1 = w7.fma(x12, y1);
      y1 = w8.fma(zero.blend(x12.rearrange(FROM_RIGHT), right), y1);
      y1 = y1.add(biases);
      FloatVector x20 = FloatVector.fromArray(S, x, at + third - width);
      FloatVector y2 = w0.fma(zero.blend(x20.rearrange(FROM_LEFT), left), zero);
      y2 = w1.fma(x20, y2);
      y2 = w2.fma(zero.blend(x20.rearrange(FROM_RIGHT), right), y2);
      FloatVector x21 = FloatVector.fromArray(S, x, at + third);
      y2 = w3.fma(zero.blend(x21.rearrange(FROM_LEFT), left), y2);
      y2 = w4.fma(x21, y2);
      y2 = w5.fma(zero.blend(x21.rearrange(FROM_RIGHT), right), y2);
      FloatVector x22 = FloatVector.fromArray(S, x, at + third + width);
      y2 = w6.fma(zero.blend(x22.rearrange(FROM_LEFT), left), y2);
      y2 = w7.fma(x22, y2);
      y2 = w8.fma(zero.blend(x22.rearrange(FROM_RIGHT), right), y2);
      y2 = y2.add(biases);
      FloatVector x30 = FloatVector.fromArray(S, x, at + last - width);
      FloatVector y3 = w0.fma(zero.blend(x30.rearrange(FROM_LEFT), left), zero);
      y3 = w1.fma(x30, y3);
      y3 = w2.fma(zero.blend(x30.rearrange(FROM_RIGHT), right), y3);
      FloatVector x31 = FloatVector.fromArray(S, x, at + last);
      y3 = w3.fma(zero.blend(x31.rearrange(FROM_LEFT), left), y3);
      y3 = w4.fma(x31, y3);
      y3 = w5.fma(zero.blend(x31.rearrange(FROM_RIGHT), right), y3);
      FloatVector x32 = FloatVector.fromArray(S, x, at + last + width);
      y3 = w6.fma(zero.blend(x32.rearrange(FROM_LEFT), bottomLeft), y3);
      y3 = w7.fma(zero.blend(x32, bottom), y3);
      y3 = w8.fma(zero.blend(x32.rearrange(FROM_RIGHT), bottomRight), y3);
      y3 = y3.add(biases);
      if (adds) {
        int r = residualAt + c * outStep;
        y0 = y0.add(zero.blend(FloatVector.fromArray(S, residual, r), all));
        y1 = y1.add(zero.blend(FloatVector.fromArray(S, residual, r + second), all));
        y2 = y2.add(zero.blend(FloatVector.fromArray(S, residual, r + third), all));
        y3 = y3.add(zero.blend(FloatVector.fromArray(S, residual, r + last), all));
      }
      if (clips) {
        y0 = y0.blend(lows, y0.compare(LT, lows));
        y0 = y0.blend(highs, y0.compare(GT, highs));
        y1 = y1.blend(lows, y1.compare(LT, lows));
        y1 = y1.blend(highs, y1.compare(GT, highs));
        y2 = y2.blend(lows, y2.compare(LT, lows));
        y2 = y2.blend(highs, y2.compare(GT, highs));
        y3 = y3.blend(lows, y3.compare(LT, lows));
        y3 = y3.blend(highs, y3.compare(GT, highs));
      }
      y0.intoArray(out, o, all);
      y1.intoArray(out, o + second, all);
      y2.intoArray(out, o + third, all);
      y3.intoArray(out, o + last, all);
    }
  }
  // spotless:on

  /** Vectors of a plane that {@link #small} computes. */
  public static final int SMALL_VECTORS = 4;

  // spotless:off
  private static void nine(
      float[] w, int wAt, float[] x, int xAt, int[] offset, int vectors, long[] lanes, long[] stored, int[] places,
      float bias, float low, float high, float[] sums, int sumsAt, float[] out, int to, int end, float[] touch, int touchAt, int touchStep) {
    FloatVector w0 = FloatVector.broadcast(S, w[wAt]);
    FloatVector w1 = FloatVector.broadcast(S, w[wAt + 1]);
    FloatVector w2 = FloatVector.broadcast(S, w[wAt + 2]);
    FloatVector w3 = FloatVector.broadcast(S, w[wAt + 3]);
    FloatVector w4 = FloatVector.broadcast(S, w[wAt + 4]);
    FloatVector w5 = FloatVector.broadcast(S, w[wAt + 5]);
    FloatVector w6 = FloatVector.broadcast(S, w[wAt + 6]);
    FloatVector w7 = FloatVector.broadcast(S, w[wAt + 7]);
    FloatVector w8 = FloatVector.broadcast(S, w[wAt + 8]);
    int x0 = xAt + offset[0];
    int x1 = xAt + offset[1];
    int x2 = xAt + offset[2];
    int x3 = xAt + offset[3];
    int x4 = xAt + offset[4];
    int x5 = xAt + offset[5];
    int x6 = xAt + offset[6];
    int x7 = xAt + offset[7];
    int x8 = xAt + offset[8];
    FloatVector biases = FloatVector.broadcast(S, bias);
    FloatVector lows = FloatVector.broadcast(S, low);
    FloatVector highs = FloatVector.broadcast(S, high);
    float touched = 0;
    for (int i = 0; i < vectors; i += 4) {
      FloatVector y0 = FloatVector.zero(S);
      FloatVector y1 = FloatVector.zero(S);
      FloatVector y2 = FloatVector.zero(S);
      FloatVector y3 = FloatVector.zero(S);
      int at0 = x0 + i * L;
      y0 = w0.fma(FloatVector.fromArray(S, x, at0), y0);
      y1 = w0.fma(FloatVector.fromArray(S, x, at0 + L), y1);
      y2 = w0.fma(FloatVector.fromArray(S, x, at0 + 2 * L), y2);
      y3 = w0.fma(FloatVector.fromArray(S, x, at0 + 3 * L), y3);
      int at1 = x1 + i * L;
      y0 = w1.fma(FloatVector.fromArray(S, x, at1), y0);
      y1 = w1.fma(FloatVector.fromArray(S, x, at1 + L), y1);
      y2 = w1.fma(FloatVector.fromArray(S, x, at1 + 2 * L), y2);
      y3 = w1.fma(FloatVector.fromArray(S, x, at1 + 3 * L), y3);
      int at2 = x2 + i * L;
      y0 = w2.fma(FloatVector.fromArray(S, x, at2), y0);
      y1 = w2.fma(FloatVector.fromArray(S, x, at2 + L), y1);
      y2 = w2.fma(FloatVector.fromArray(S, x, at2 + 2 * L), y2);
      y3 = w2.fma(FloatVector.fromArray(S, x, at2 + 3 * L), y3);
      int at3 = x3 + i * L;
      y0 = w3.fma(FloatVector.fromArray(S, x, at3), y0);
      y1 = w3.fma(FloatVector.fromArray(S, x, at3 + L), y1);
      y2 = w3.fma(FloatVector.fromArray(S, x, at3 + 2 * L), y2);
      y3 = w3.fma(FloatVector.fromArray(S, x, at3 + 3 * L), y3);
      int at4 = x4 + i * L;
      y0 = w4.fma(FloatVector.fromArray(S, x, at4), y0);
      y1 = w4.fma(FloatVector.fromArray(S, x, at4 + L), y1);
      y2 = w4.fma(FloatVector.fromArray(S, x, at4 + 2 * L), y2);
      y3 = w4.fma(FloatVector.fromArray(S, x, at4 + 3 * L), y3);
      int at5 = x5 + i * L;
      y0 = w5.fma(FloatVector.fromArray(S, x, at5), y0);
      y1 = w5.fma(FloatVector.fromArray(S, x, at5 + L), y1);
      y2 = w5.fma(FloatVector.fromArray(S, x, at5 + 2 * L), y2);
      y3 = w5.fma(FloatVector.fromArray(S, x, at5 + 3 * L), y3);
      int at6 = x6 + i * L;
      y0 = w6.fma(FloatVector.fromArray(S, x, at6), y0);
      y1 = w6.fma(FloatVector.fromArray(S, x, at6 + L), y1);
      y2 = w6.fma(FloatVector.fromArray(S, x, at6 + 2 * L), y2);
      y3 = w6.fma(FloatVector.fromArray(S, x, at6 + 3 * L), y3);
      int at7 = x7 + i * L;
      y0 = w7.fma(FloatVector.fromArray(S, x, at7), y0);
      y1 = w7.fma(FloatVector.fromArray(S, x, at7 + L), y1);
      y2 = w7.fma(FloatVector.fromArray(S, x, at7 + 2 * L), y2);
      y3 = w7.fma(FloatVector.fromArray(S, x, at7 + 3 * L), y3);
      int at8 = x8 + i * L;
      y0 = w8.fma(FloatVector.fromArray(S, x, at8), y0);
      y1 = w8.fma(FloatVector.fromArray(S, x, at8 + L), y1);
      y2 = w8.fma(FloatVector.fromArray(S, x, at8 + 2 * L), y2);
      y3 = w8.fma(FloatVector.fromArray(S, x, at8 + 3 * L), y3);
      y0 = y0.add(biases);
      y0 = y0.blend(lows, y0.compare(LT, lows));
      y0 = y0.blend(highs, y0.compare(GT, highs));
      y0 = y0.compress(VectorMask.fromLong(S, lanes[i]));
      y1 = y1.add(biases);
      y1 = y1.blend(lows, y1.compare(LT, lows));
      y1 = y1.blend(highs, y1.compare(GT, highs));
      y1 = y1.compress(VectorMask.fromLong(S, lanes[i + 1]));
      y2 = y2.add(biases);
      y2 = y2.blend(lows, y2.compare(LT, lows));
      y2 = y2.blend(highs, y2.compare(GT, highs));
      y2 = y2.compress(VectorMask.fromLong(S, lanes[i + 2]));
      y3 = y3.add(biases);
      y3 = y3.blend(lows, y3.compare(LT, lows));
      y3 = y3.blend(highs, y3.compare(GT, highs));
      y3 = y3.compress(VectorMask.fromLong(S, lanes[i + 3]));
      int ahead = touchAt + i * touchStep;
      touched += touch[ahead] + touch[ahead + touchStep] + touch[ahead + 2 * touchStep] + touch[ahead + 3 * touchStep];
      int first = places[i];
      boolean whole = places[i + 3] + L <= end;
      float[] target = whole ? out : sums;
      int base = whole ? to : sumsAt - first;
      y0.intoArray(target, base + places[i], VectorMask.fromLong(S, stored[i]));
      y1.intoArray(target, base + places[i + 1], VectorMask.fromLong(S, stored[i + 1]));
      y2.intoArray(target, base + places[i + 2], VectorMask.fromLong(S, stored[i + 2]));
      y3.intoArray(target, base + places[i + 3], VectorMask.fromLong(S, stored[i + 3]));
      if (!whole) {
        System.arraycopy(sums, sumsAt, out, to + first, Math.min(end, places[i + 4]) - first);
      }
    }
    sums[sumsAt] = touched;
  }

  private static void nineSmall(
      int channels, float[] w, int wAt, float[] x, int xAt, int xStep, int[] offset, long[] lanes, long[] stored, int[] places,
      float[] bias, int biasAt, float low, float high, float[] sums, int sumsAt, float[] out, int to, int end) {
    int x0 = xAt + offset[0];
    int x1 = xAt + offset[1];
    int x2 = xAt + offset[2];
    int x3 = xAt + offset[3];
    int x4 = xAt + offset[4];
    int x5 = xAt + offset[5];
    int x6 = xAt + offset[6];
    int x7 = xAt + offset[7];
    int x8 = xAt + offset[8];
    FloatVector lows = FloatVector.broadcast(S, low);
    FloatVector highs = FloatVector.broadcast(S, high);
    long lanes0 = lanes[0];
    long stored0 = stored[0];
    int place0 = places[0];
    long lanes1 = lanes[1];
    long stored1 = stored[1];
    int place1 = places[1];
    long lanes2 = lanes[2];
    long stored2 = stored[2];
    int place2 = places[2];
    long lanes3 = lanes[3];
    long stored3 = stored[3];
    int place3 = places[3];
    int last = to + (channels - 1) * end;
    for (int c = 0; c < channels; c++) {
      FloatVector y0 = FloatVector.zero(S);
      FloatVector y1 = FloatVector.zero(S);
      FloatVector y2 = FloatVector.zero(S);
      FloatVector y3 = FloatVector.zero(S);
      FloatVector w0 = FloatVector.broadcast(S, w[wAt + c * 9]);
      int at0 = x0 + c * xStep;
      y0 = w0.fma(FloatVector.fromArray(S, x, at0), y0);
      y1 = w0.fma(FloatVector.fromArray(S, x, at0 + L), y1);
      y2 = w0.fma(FloatVector.fromArray(S, x, at0 + 2 * L), y2);
      y3 = w0.fma(FloatVector.fromArray(S, x, at0 + 3 * L), y3);
      FloatVector w1 = FloatVector.broadcast(S, w[wAt + c * 9 + 1]);
      int at1 = x1 + c * xStep;
      y0 = w1.fma(FloatVector.fromArray(S, x, at1), y0);
      y1 = w1.fma(FloatVector.fromArray(S, x, at1 + L), y1);
      y2 = w1.fma(FloatVector.fromArray(S, x, at1 + 2 * L), y2);
      y3 = w1.fma(FloatVector.fromArray(S, x, at1 + 3 * L), y3);
      FloatVector w2 = FloatVector.broadcast(S, w[wAt + c * 9 + 2]);
      int at2 = x2 + c * xStep;
      y0 = w2.fma(FloatVector.fromArray(S, x, at2), y0);
      y1 = w2.fma(FloatVector.fromArray(S, x, at2 + L), y1);
      y2 = w2.fma(FloatVector.fromArray(S, x, at2 + 2 * L), y2);
      y3 = w2.fma(FloatVector.fromArray(S, x, at2 + 3 * L), y3);
      FloatVector w3 = FloatVector.broadcast(S, w[wAt + c * 9 + 3]);
      int at3 = x3 + c * xStep;
      y0 = w3.fma(FloatVector.fromArray(S, x, at3), y0);
      y1 = w3.fma(FloatVector.fromArray(S, x, at3 + L), y1);
      y2 = w3.fma(FloatVector.fromArray(S, x, at3 + 2 * L), y2);
      y3 = w3.fma(FloatVector.fromArray(S, x, at3 + 3 * L), y3);
      FloatVector w4 = FloatVector.broadcast(S, w[wAt + c * 9 + 4]);
      int at4 = x4 + c * xStep;
      y0 = w4.fma(FloatVector.fromArray(S, x, at4), y0);
      y1 = w4.fma(FloatVector.fromArray(S, x, at4 + L), y1);
      y2 = w4.fma(FloatVector.fromArray(S, x, at4 + 2 * L), y2);
      y3 = w4.fma(FloatVector.fromArray(S, x, at4 + 3 * L), y3);
      FloatVector w5 = FloatVector.broadcast(S, w[wAt + c * 9 + 5]);
      int at5 = x5 + c * xStep;
      y0 = w5.fma(FloatVector.fromArray(S, x, at5), y0);
      y1 = w5.fma(FloatVector.fromArray(S, x, at5 + L), y1);
      y2 = w5.fma(FloatVector.fromArray(S, x, at5 + 2 * L), y2);
      y3 = w5.fma(FloatVector.fromArray(S, x, at5 + 3 * L), y3);
      FloatVector w6 = FloatVector.broadcast(S, w[wAt + c * 9 + 6]);
      int at6 = x6 + c * xStep;
      y0 = w6.fma(FloatVector.fromArray(S, x, at6), y0);
      y1 = w6.fma(FloatVector.fromArray(S, x, at6 + L), y1);
      y2 = w6.fma(FloatVector.fromArray(S, x, at6 + 2 * L), y2);
      y3 = w6.fma(FloatVector.fromArray(S, x, at6 + 3 * L), y3);
      FloatVector w7 = FloatVector.broadcast(S, w[wAt + c * 9 + 7]);
      int at7 = x7 + c * xStep;
      y0 = w7.fma(FloatVector.fromArray(S, x, at7), y0);
      y1 = w7.fma(FloatVector.fromArray(S, x, at7 + L), y1);
      y2 = w7.fma(FloatVector.fromArray(S, x, at7 + 2 * L), y2);
      y3 = w7.fma(FloatVector.fromArray(S, x, at7 + 3 * L), y3);
      FloatVector w8 = FloatVector.broadcast(S, w[wAt + c * 9 + 8]);
      int at8 = x8 + c * xStep;
      y0 = w8.fma(FloatVector.fromArray(S, x, at8), y0);
      y1 = w8.fma(FloatVector.fromArray(S, x, at8 + L), y1);
      y2 = w8.fma(FloatVector.fromArray(S, x, at8 + 2 * L), y2);
      y3 = w8.fma(FloatVector.fromArray(S, x, at8 + 3 * L), y3);
      FloatVector biases = FloatVector.broadcast(S, bias[biasAt + c]);
      y0 = y0.add(biases);
      y0 = y0.blend(lows, y0.compare(LT, lows));
      y0 = y0.blend(highs, y0.compare(GT, highs));
      y0 = y0.compress(VectorMask.fromLong(S, lanes0));
      y1 = y1.add(biases);
      y1 = y1.blend(lows, y1.compare(LT, lows));
      y1 = y1.blend(highs, y1.compare(GT, highs));
      y1 = y1.compress(VectorMask.fromLong(S, lanes1));
      y2 = y2.add(biases);
      y2 = y2.blend(lows, y2.compare(LT, lows));
      y2 = y2.blend(highs, y2.compare(GT, highs));
      y2 = y2.compress(VectorMask.fromLong(S, lanes2));
      y3 = y3.add(biases);
      y3 = y3.blend(lows, y3.compare(LT, lows));
      y3 = y3.blend(highs, y3.compare(GT, highs));
      y3 = y3.compress(VectorMask.fromLong(S, lanes3));
      int at = to + c * end;
      boolean whole = at + place3 + L <= last + end;
      float[] target = whole ? out : sums;
      int base = whole ? at : sumsAt;
      y0.intoArray(target, base + place0, VectorMask.fromLong(S, stored0));
      y1.intoArray(target, base + place1, VectorMask.fromLong(S, stored1));
      y2.intoArray(target, base + place2, VectorMask.fromLong(S, stored2));
      y3.intoArray(target, base + place3, VectorMask.fromLong(S, stored3));
      if (!whole) {
        System.arraycopy(sums, sumsAt, out, at, end);
      }
    }
  }
  // spotless:on

  /**
   * Sums of some taps without an epilogue: {@code out[to + p] = sum over k of w[wAt + k] * x[xAt +
   * offset[first + k] + p]}, k ascending, for {@code vectors} vectors of p, up to {@link #VECTORS}
   * of which may follow behind. Up to 4 taps, which are the phases of kernels 2 to 4 of stride 2,
   * have their weights in registers.
   */
  // spotless:off
  public static void sums(
      float[] w, int wAt, int[] offset, int first, int taps, float[] x, int xAt, int vectors, float[] out, int to) {
    switch (taps) {
      case 0 -> java.util.Arrays.fill(out, to, to + vectors * L, 0f);
      case 1 -> one(w, wAt, x, xAt + offset[first], vectors, out, to);
      case 2 -> two(w, wAt, x, xAt + offset[first], xAt + offset[first + 1], vectors, out, to);
      case 4 ->
          four(
              w, wAt, x, xAt + offset[first], xAt + offset[first + 1], xAt + offset[first + 2], xAt + offset[first + 3],
              vectors, out, to);
      default -> {
        for (int i = 0; i < vectors; i += VECTORS) {
          sum(w, wAt, taps, x, xAt + i * L, offset, first, out, to + i * L);
        }
      }
    }
  }

  /**
   * Puts two column phases together and finishes them: {@code out[to + r outStep + 2 i + b] =
   * clip(bias + sums[(b == 0 ? even : odd) + r step + i])} for {@code width} columns of each row.
   * Needs a vector's room behind the last, which it does not write.
   */
  public static void finishPairs(
      float[] sums, int even, int odd, int rows, int step, int width, float bias, boolean clips, float low, float high,
      float[] out, int to, int outStep) {
    int whole = width / (2 * L) * L;
    int rest = width - 2 * whole;
    VectorMask<Float> lower = VectorMask.fromLong(S, Species.first(rest));
    VectorMask<Float> upper = VectorMask.fromLong(S, Species.first(rest - L));
    FloatVector biases = FloatVector.broadcast(S, bias);
    FloatVector lows = FloatVector.broadcast(S, clips ? low : Float.NEGATIVE_INFINITY);
    FloatVector highs = FloatVector.broadcast(S, clips ? high : Float.POSITIVE_INFINITY);
    for (int r = 0; r < rows; r++) {
      int a = even + r * step;
      int b = odd + r * step;
      int o = to + r * outStep;
      for (int i = 0; i < whole; i += L) {
        FloatVector x = FloatVector.fromArray(S, sums, a + i).add(biases);
        x = x.blend(lows, x.compare(LT, lows));
        x = x.blend(highs, x.compare(GT, highs));
        FloatVector y = FloatVector.fromArray(S, sums, b + i).add(biases);
        y = y.blend(lows, y.compare(LT, lows));
        y = y.blend(highs, y.compare(GT, highs));
        LOWER.selectFrom(x.reinterpretAsInts(), y.reinterpretAsInts()).reinterpretAsFloats().intoArray(out, o + 2 * i);
        UPPER.selectFrom(x.reinterpretAsInts(), y.reinterpretAsInts()).reinterpretAsFloats().intoArray(out, o + 2 * i + L);
      }
      if (rest > 0) {
        FloatVector x = FloatVector.fromArray(S, sums, a + whole).add(biases);
        x = x.blend(lows, x.compare(LT, lows));
        x = x.blend(highs, x.compare(GT, highs));
        FloatVector y = FloatVector.fromArray(S, sums, b + whole).add(biases);
        y = y.blend(lows, y.compare(LT, lows));
        y = y.blend(highs, y.compare(GT, highs));
        LOWER.selectFrom(x.reinterpretAsInts(), y.reinterpretAsInts()).reinterpretAsFloats().intoArray(out, o + 2 * whole, lower);
        if (rest > L) {
          UPPER.selectFrom(x.reinterpretAsInts(), y.reinterpretAsInts()).reinterpretAsFloats().intoArray(out, o + 2 * whole + L, upper);
        }
      }
    }
  }

  private static void one(float[] w, int wAt, float[] x, int at0, int vectors, float[] out, int to) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector w0 = FloatVector.broadcast(S, w[wAt]);
    for (int i = 0; i < vectors * L; i += L) {
      w0.fma(FloatVector.fromArray(S, x, at0 + i), zero).intoArray(out, to + i);
    }
  }

  private static void two(float[] w, int wAt, float[] x, int at0, int at1, int vectors, float[] out, int to) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector w0 = FloatVector.broadcast(S, w[wAt]);
    FloatVector w1 = FloatVector.broadcast(S, w[wAt + 1]);
    for (int i = 0; i < vectors * L; i += L) {
      FloatVector y = w0.fma(FloatVector.fromArray(S, x, at0 + i), zero);
      w1.fma(FloatVector.fromArray(S, x, at1 + i), y).intoArray(out, to + i);
    }
  }

  private static void four(
      float[] w, int wAt, float[] x, int at0, int at1, int at2, int at3, int vectors, float[] out, int to) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector w0 = FloatVector.broadcast(S, w[wAt]);
    FloatVector w1 = FloatVector.broadcast(S, w[wAt + 1]);
    FloatVector w2 = FloatVector.broadcast(S, w[wAt + 2]);
    FloatVector w3 = FloatVector.broadcast(S, w[wAt + 3]);
    for (int i = 0; i < vectors * L; i += L) {
      FloatVector y = w0.fma(FloatVector.fromArray(S, x, at0 + i), zero);
      y = w1.fma(FloatVector.fromArray(S, x, at1 + i), y);
      y = w2.fma(FloatVector.fromArray(S, x, at2 + i), y);
      w3.fma(FloatVector.fromArray(S, x, at3 + i), y).intoArray(out, to + i);
    }
  }
  // spotless:on

  /** 8 accumulators hide the FMA's latency and leave registers free at any width. */
  private static void sum(
      float[] w,
      int wAt,
      int taps,
      float[] x,
      int xAt,
      int[] offset,
      int first,
      float[] acc,
      int accAt) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector a2 = zero;
    FloatVector a3 = zero;
    FloatVector a4 = zero;
    FloatVector a5 = zero;
    FloatVector a6 = zero;
    FloatVector a7 = zero;
    for (int k = 0; k < taps; k++) {
      int at = xAt + offset[first + k];
      FloatVector tap = FloatVector.broadcast(S, w[wAt + k]);
      a0 = tap.fma(FloatVector.fromArray(S, x, at), a0);
      a1 = tap.fma(FloatVector.fromArray(S, x, at + L), a1);
      a2 = tap.fma(FloatVector.fromArray(S, x, at + 2 * L), a2);
      a3 = tap.fma(FloatVector.fromArray(S, x, at + 3 * L), a3);
      a4 = tap.fma(FloatVector.fromArray(S, x, at + 4 * L), a4);
      a5 = tap.fma(FloatVector.fromArray(S, x, at + 5 * L), a5);
      a6 = tap.fma(FloatVector.fromArray(S, x, at + 6 * L), a6);
      a7 = tap.fma(FloatVector.fromArray(S, x, at + 7 * L), a7);
    }
    a0.intoArray(acc, accAt);
    a1.intoArray(acc, accAt + L);
    a2.intoArray(acc, accAt + 2 * L);
    a3.intoArray(acc, accAt + 3 * L);
    a4.intoArray(acc, accAt + 4 * L);
    a5.intoArray(acc, accAt + 5 * L);
    a6.intoArray(acc, accAt + 6 * L);
    a7.intoArray(acc, accAt + 7 * L);
  }

  private static void finish(
      float[] sums,
      int sumsAt,
      int from,
      int vectors,
      long[] lanes,
      long[] stored,
      int[] places,
      float bias,
      float low,
      float high,
      float[] out,
      int to,
      int end) {
    for (int i = from; i < vectors; i++) {
      FloatVector y = FloatVector.fromArray(S, sums, sumsAt + (i - from) * L).add(bias);
      y = y.blend(low, y.compare(LT, low));
      y = y.blend(high, y.compare(GT, high));
      y = y.compress(VectorMask.fromLong(S, lanes[i]));
      int place = places[i];
      if (place + L <= end) {
        y.intoArray(out, to + place, VectorMask.fromLong(S, stored[i]));
      } else {
        // Through memory, as the array may end there: see Epilogue.storeEnd.
        y.intoArray(sums, sumsAt + (i - from) * L);
        int count = Math.min(end, places[i + 1]) - place;
        System.arraycopy(sums, sumsAt + (i - from) * L, out, to + place, count);
      }
    }
  }
}
