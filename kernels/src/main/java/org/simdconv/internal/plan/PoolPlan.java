package org.simdconv.internal.plan;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.simd.PoolKernels;
import org.simdconv.internal.simd.RowKernels;
import org.simdconv.internal.simd.Species;

/**
 * Sizes of pooling: windows of the axes, taps that count, and the lines in scratch memory that hold
 * the rows of the windows, put together, with a border where windows reach over the image.
 * Immutable.
 */
public final class PoolPlan {
  // Lines of a band and what they come from stay in L1.
  private static final int BAND_FLOATS = 1 << 12;
  private static final int STAGE_FLOATS = 1 << 14;

  /** Images times channels. */
  public final int channels;

  /** Planes of volumes; of images an axis that is read as it is. */
  public final Axis depth;

  /** Rows. */
  public final Axis rows;

  /** Columns. */
  public final Axis columns;

  /** Whether it is the largest, or else the mean. */
  public final boolean max;

  /**
   * What sums are divided by, for each kind of row: the reciprocals of its divisors, in whole
   * vectors, and then the negated divisors.
   */
  public final float[] scales;

  /** Where those of each row of each output plane begin. */
  public final int[][] scaleAt;

  /** Floats of a row of divisors. */
  public final int divisorFloats;

  /** Whether all outputs have the same divisor. */
  public final boolean oneDivisor;

  /** Whether divisors are too large for their reciprocals. */
  public final boolean largeDivisors;

  /** First tap inside for each output row. */
  public final int[] tapFrom;

  /** End of the taps inside for each output row, which follow each other. */
  public final int[] tapTo;

  /** Columns from a tap to the next. */
  public final int apart;

  /**
   * Whether windows have three rows below each other, 1 or 2 apart, of which at most one of the
   * first window is above the image, and one of the last below it.
   */
  public final boolean isThreeRows;

  /**
   * Whether windows are 3x3 of stride 1 and go without lines, by vectors of which all lanes but two
   * are outputs: where a row is as many of these as of whole ones, so that they end in a row of
   * divisors. One vector more takes 1.4 to 1.8 times as long as lines on 16 columns, as long on 64;
   * with 8 lanes it is up to 1.4 times (JDK 25, Zen 5).
   */
  public final boolean isSquares;

  /** Whether windows are 2x2 of images, of stride 2 along the rows, all inside. */
  public final boolean isPairs;

  /** Columns of the border before the image. */
  public final int left;

  /** Columns of the border behind the image. */
  public final int right;

  /** Floats from a line to the next: its border and an input row, a vector at least. */
  public final int pitch;

  /** Most output rows of a plane that are computed together. */
  public final int bandRows;

  /** Most planes of images that are; 1 where a plane is more than a band. */
  public final int bandPlanes;

  /** Rows of outputs that end less than a vector before the last one does, with it. */
  public final int lastRows;

  /** Floats of the lines of a band and what loops read behind them. */
  public final int lineFloats;

  /** Floats of the outputs of a band and what loops read behind them. */
  public final int bandFloats;

  /** Floats of a copy of a band's inputs and what loops read behind them. */
  public final int stageFloats;

  /** {@code step * i} for the lanes of a vector. */
  public final int[] nth;

  /** {@code pitch * i} for the lanes of a vector. */
  public final int[] lineIndex;

  /** Decides. */
  public PoolPlan(
      int channels,
      Axis depth,
      Axis rows,
      Axis columns,
      boolean max,
      float[] depthCounts,
      float[] rowCounts,
      float[] columnCounts) {
    this.channels = channels;
    this.depth = depth;
    this.rows = rows;
    this.columns = columns;
    this.max = max;
    int vectors = (columns.out - 1) / Species.LANES + 1;
    this.divisorFloats = Math.multiplyExact(vectors, Species.LANES);
    Map<Float, Integer> kinds = new LinkedHashMap<>();
    this.scaleAt = new int[depth.out][rows.out];
    float mostRows = 0;
    for (int d = 0; d < depth.out; d++) {
      for (int y = 0; y < rows.out; y++) {
        float count = depthCounts[d] * rowCounts[y];
        mostRows = Math.max(mostRows, count);
        Integer known = kinds.putIfAbsent(count, kinds.size());
        int kind = known == null ? kinds.size() - 1 : known;
        scaleAt[d][y] = max ? 0 : Math.multiplyExact(2 * kind, divisorFloats);
      }
    }
    this.scales = new float[max ? 0 : Math.multiplyExact(2 * kinds.size(), divisorFloats)];
    float largest = 0;
    boolean alike = kinds.size() == 1;
    for (float count : columnCounts) {
      largest = Math.max(largest, count * mostRows);
      alike &= count == columnCounts[0];
    }
    for (Map.Entry<Float, Integer> e : kinds.entrySet()) {
      int first = 2 * e.getValue() * divisorFloats;
      for (int x = 0; x < divisorFloats && !max; x++) {
        float divisor = x < columns.out ? e.getKey() * columnCounts[x] : 1f;
        scales[first + x] = 1 / divisor;
        scales[first + divisorFloats + x] = -divisor;
      }
    }
    this.oneDivisor = alike;
    this.largeDivisors = largest >= PoolKernels.MOST_RECIPROCAL;
    this.tapFrom = new int[rows.out];
    this.tapTo = new int[rows.out];
    for (int y = 0; y < rows.out; y++) {
      for (int t = 0; t < rows.taps; t++) {
        if (rows.input(y, t) >= 0) {
          tapFrom[y] = tapTo[y] == 0 ? t : tapFrom[y];
          tapTo[y] = t + 1;
        }
      }
    }
    this.apart = columns.taps > 1 ? columns.start[1] - columns.start[0] : 1;
    this.left = Math.max(0, -columns.start[0]);
    long last = (columns.out - 1L) * columns.step + columns.start[columns.taps - 1];
    this.right = Math.toIntExact(Math.max(0, last - columns.in + 1));
    this.pitch = Math.addExact(left, Math.max(Species.LANES, Math.addExact(columns.in, right)));
    this.isThreeRows =
        depth.taps == 1
            && rows.taps == 3
            && rows.start[1] == rows.start[0] + 1
            && rows.step <= 2
            && (rows.start[0] == 0 || rows.start[0] == -1)
            && (rows.out - 1L) * rows.step + rows.start[2] <= rows.in;
    this.isSquares =
        Species.LANES >= 16
            && isThreeRows
            && columns.taps == 3
            && apart == 1
            && columns.step == 1
            && rows.step == 1
            && columns.out > 1
            && (long) vectors * (Species.LANES - 2) >= columns.out
            && (max || divides3());
    this.isPairs =
        isInside()
            && (max || (oneDivisor && scales[divisorFloats] == -4f))
            && Arrays.stream(tapFrom).allMatch(from -> from == 0)
            && Arrays.stream(tapTo).allMatch(to -> to == 2)
            && depth.taps == 1
            && columns.taps == 2
            && columns.step == 2
            && apart == 1;
    this.lastRows = (Species.LANES - 2) / columns.out + 1;
    long volume = (long) depth.in * rows.in * columns.in;
    int some = Math.clamp(BAND_FLOATS / pitch, 1, rows.out);
    while (some > 1 && stage(some) > STAGE_FLOATS) {
      some = (some + 1) / 2;
    }
    this.bandRows = some;
    long bands = Math.min(BAND_FLOATS / ((long) pitch * rows.out), STAGE_FLOATS / volume);
    this.bandPlanes = depth.out > 1 ? 1 : Math.clamp(bands, 1, channels);
    int lines = bandPlanes > 1 ? bandPlanes * rows.out : bandRows;
    this.lineFloats = Math.addExact(Math.multiplyExact(lines, pitch), RowKernels.READ_AHEAD);
    this.bandFloats = Math.addExact(lines * columns.out, RowKernels.READ_AHEAD);
    long most = Math.max(stage(bandRows), bandPlanes > 1 ? bandPlanes * volume : 0);
    this.stageFloats = Math.toIntExact(most + RowKernels.READ_AHEAD);
    this.nth = new int[Species.LANES];
    Arrays.setAll(nth, i -> i * columns.step);
    this.lineIndex = new int[Species.LANES];
    Arrays.setAll(lineIndex, i -> i * pitch);
  }

  /** Floats of the inputs of so many output rows. */
  private long stage(int some) {
    long extent = (some - 1L) * rows.step + rows.start[rows.taps - 1] - rows.start[0] + 1;
    return Math.min(depth.taps, depth.in) * Math.min(extent, rows.in) * columns.in;
  }

  /** Whether three columns are added and divided at once. */
  public boolean divides3() {
    return !max
        && columns.step == 1
        && columns.taps == 3
        && apart == 1
        && columns.out > 1
        && !largeDivisors;
  }

  /** Whether a line has no border. */
  public boolean isInside() {
    return left == 0 && right == 0;
  }

  /** The first input row of an output row's window that may be inside. */
  public int firstRow(int y) {
    return (int) Math.max(0, (long) y * rows.step + rows.start[0]);
  }

  /** The end of the input rows of an output row's window. */
  public int endRow(int y) {
    return (int) Math.min(rows.in, (long) y * rows.step + rows.start[rows.taps - 1] + 1);
  }

  /** How many output rows, from y on and up to an end, have the same taps and divisors. */
  public int sameRows(int y, int to) {
    int end = y + 1;
    while (end < to
        && tapFrom[end] == tapFrom[y]
        && tapTo[end] == tapTo[y]
        && scaleAt[0][end] == scaleAt[0][y]) {
      end++;
    }
    return end - y;
  }
}
