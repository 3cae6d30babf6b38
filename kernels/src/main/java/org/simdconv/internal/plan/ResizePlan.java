package org.simdconv.internal.plan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.simd.RowKernels;
import org.simdconv.internal.simd.RowMixture;
import org.simdconv.internal.simd.RowPermutation;
import org.simdconv.internal.simd.Species;

/**
 * From where each row and column of a resized image comes: {@code out = a + share * (b - a)} with a
 * and b the first and second source, along the rows and then along the columns. Immutable; the
 * arrays are not to be written.
 */
public final class ResizePlan {
  // Lines of a band, what they come from and what becomes of them stay in L1.
  private static final int BAND_FLOATS = 1 << 12;
  private static final int STAGE_FLOATS = 1 << 14;

  /** How the columns of a row are made. */
  public enum Kind {
    /** As they are. */
    SAME,
    /** Each of them twice. */
    TWICE,
    /** Each a copy of one, those of a vector from within a vector: {@link RowPermutation}. */
    PERMUTED,
    /** Each mixed of two, those of a vector from within a vector: {@link RowMixture}. */
    MIXED,
    /** Each by the same mixture of the next two columns. */
    MIXED_HALF,
    /** Each from one or two of its own. */
    GATHERED
  }

  /** Images times channels. */
  public final int planes;

  /** Rows. */
  public final Line rows;

  /** Columns. */
  public final Line columns;

  /** Whether rows are mixed before the columns, to lines: else both at once, or no rows. */
  public final boolean needsLines;

  /** Where the first source of each output row begins in an input plane. */
  public final int[] firstAt;

  /** Where the second does. */
  public final int[] secondAt;

  /** How to bring the sources of columns that are {@link Kind#PERMUTED}. */
  public final @Nullable RowPermutation permutation;

  /** How to bring and mix those of columns that are {@link Kind#MIXED}. */
  public final @Nullable RowMixture mixture;

  /** Output rows that are computed together. */
  public final int bandRows;

  /** Where each line of a band begins. */
  public final int[] lineAt;

  /** Floats of the lines of a band and what loops read behind them. */
  public final int lineFloats;

  /** Floats of the outputs of a band and what loops read behind them. */
  public final int bandFloats;

  /** Floats of a copy of a band's inputs and what loops read behind them. */
  public final int stageFloats;

  /** Decides. */
  public ResizePlan(int planes, Line rows, Line columns) {
    this.planes = planes;
    this.rows = rows;
    this.columns = columns;
    this.firstAt = new int[rows.out];
    this.secondAt = new int[rows.out];
    boolean mixes = false;
    for (int y = 0; y < rows.out; y++) {
      firstAt[y] = rows.first[y] * columns.in;
      secondAt[y] = rows.second[y] * columns.in;
      mixes |= rows.share[y] != 0f && firstAt[y] != secondAt[y];
    }
    boolean isOnePass = columns.kind == Kind.MIXED || columns.kind == Kind.MIXED_HALF;
    this.needsLines = mixes && !isOnePass;
    this.permutation = columns.kind == Kind.PERMUTED ? RowPermutation.of(columns.first) : null;
    this.mixture =
        columns.kind == Kind.MIXED
            ? new RowMixture(columns.first, columns.second, columns.share, rows.share)
            : null;
    int most = Math.clamp(BAND_FLOATS / (long) Math.max(columns.in, columns.out), 1, rows.out);
    while (most > 1 && inputs(most) > STAGE_FLOATS) {
      most = (most + 1) / 2;
    }
    this.bandRows = most;
    this.lineAt = new int[bandRows];
    for (int i = 0; i < bandRows; i++) {
      lineAt[i] = i * columns.in;
    }
    this.lineFloats = needsLines ? Math.addExact(bandRows * columns.in, RowKernels.READ_AHEAD) : 0;
    this.bandFloats = Math.addExact(bandRows * columns.out, RowKernels.READ_AHEAD);
    this.stageFloats = Math.addExact(inputs(bandRows), RowKernels.READ_AHEAD);
  }

  /** Most floats of a plane from the first source of so many output rows to their last. */
  private int inputs(int count) {
    int most = 0;
    for (int y = 0; y < rows.out; y++) {
      int last = Math.min(rows.out, y + count) - 1;
      int end = Math.max(firstAt[last], secondAt[last]) + columns.in;
      most = Math.max(most, end - firstAt[y]);
    }
    return most;
  }

  /** The sources of one axis. */
  public static final class Line {
    /** Input size. */
    public final int in;

    /** Output size. */
    public final int out;

    /** First source of each output. */
    public final int[] first;

    /** Second source of each output. */
    public final int[] second;

    /** Share of the second source, filled up to whole vectors. */
    public final float[] share;

    /** How the outputs are made, as columns. */
    public final Kind kind;

    /** Whether each output is one of the inputs. */
    public final boolean nearest;

    /**
     * Decides.
     *
     * @param place the input before each output; -1 and in - 1 where it is beside the border
     * @param share share of the next input
     */
    public Line(int in, int[] place, float[] share) {
      this.in = in;
      this.out = place.length;
      this.first = new int[out];
      this.second = new int[out];
      this.share = Arrays.copyOf(share, (out + Species.LANES - 1) / Species.LANES * Species.LANES);
      boolean one = true;
      boolean same = in == out;
      boolean twice = out == 2L * in;
      for (int i = 0; i < out; i++) {
        first[i] = Math.clamp(place[i], 0, in - 1);
        second[i] = Math.clamp(place[i] + 1L, 0, in - 1);
        one &= share[i] == 0f;
        same &= place[i] == i;
        twice &= place[i] == i / 2;
      }
      this.nearest = one;
      boolean fits = RowPermutation.suits(first, one ? 1 : 2);
      if (one && (same || twice)) {
        kind = same ? Kind.SAME : Kind.TWICE;
      } else if (!one && isMixedHalf(place)) {
        kind = Kind.MIXED_HALF;
      } else if (fits) {
        kind = one ? Kind.PERMUTED : Kind.MIXED;
      } else {
        kind = Kind.GATHERED;
      }
    }

    /** Whether kernels write past a row, which is less than a vector for them. */
    public boolean isShort() {
      return switch (kind) {
        case SAME, GATHERED -> false;
        case TWICE -> in < Species.LANES;
        case PERMUTED, MIXED, MIXED_HALF -> out < Species.LANES;
      };
    }

    /** Whether all outputs are the same mixture of the next two inputs. */
    private boolean isMixedHalf(int[] place) {
      for (int i = 0; i < out; i++) {
        if (place[i] != 2L * i || share[i] != share[0]) {
          return false;
        }
      }
      return 2L * out <= in;
    }
  }
}
