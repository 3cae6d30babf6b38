package org.simdconv.internal.plan;

/**
 * From where each row and column of a resized image comes: {@code out = a + share * (b - a)} with a
 * and b the first and second source, along the rows and then along the columns. Immutable; the
 * arrays are not to be written.
 */
public final class ResizePlan {
  /** How the columns of a row are made. */
  public enum Kind {
    /** As they are. */
    SAME,
    /** Each factor times. */
    REPEATED,
    /** By the same few mixtures of neighbours for each column. */
    PHASES,
    /** Each from one of its own. */
    NEAREST,
    /** Each from two of its own. */
    LINEAR
  }

  /** Images times channels. */
  public final int planes;

  /** Rows. */
  public final Line rows;

  /** Columns. */
  public final Line columns;

  /** Copies of the first and last column that a row needs beside it. */
  public final int border;

  /** Decides. */
  public ResizePlan(int planes, Line rows, Line columns) {
    this.planes = planes;
    this.rows = rows;
    this.columns = columns;
    int most = 0;
    if (columns.kind == Kind.PHASES) {
      for (int shift : columns.shift) {
        most = Math.max(most, Math.max(-shift, shift + 1));
      }
    }
    this.border = most;
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

    /** Share of the second source. */
    public final float[] share;

    /** How the outputs are made, as columns. */
    public final Kind kind;

    /** Outputs an input, where that is a whole number; else 1. */
    public final int factor;

    /** First source of each phase, relative to the input; with {@link Kind#PHASES}. */
    public final int[] shift;

    /** Share of the second source, its right neighbour, of each phase. */
    public final float[] phaseShare;

    /** Decides. */
    public Line(int in, int[] first, int[] second, float[] share) {
      this.in = in;
      this.out = first.length;
      this.first = first;
      this.second = second;
      this.share = share;
      boolean whole = out % in == 0 && out / in <= 16;
      this.factor = whole ? out / in : 1;
      this.shift = new int[factor];
      this.phaseShare = new float[factor];
      boolean nearest = true;
      boolean repeated = whole;
      for (int i = 0; i < out; i++) {
        nearest &= share[i] == 0f || first[i] == second[i];
        repeated &= first[i] == i / factor;
      }
      if (nearest) {
        this.kind = !repeated ? Kind.NEAREST : factor == 1 ? Kind.SAME : Kind.REPEATED;
      } else {
        this.kind = whole && hasPhases() ? Kind.PHASES : Kind.LINEAR;
      }
    }

    /** Finds the mixtures in the middle, and whether they are those of all outputs. */
    private boolean hasPhases() {
      int middle = in / 2;
      for (int k = 0; k < factor; k++) {
        shift[k] = first[middle * factor + k] - middle;
        phaseShare[k] = share[middle * factor + k];
      }
      for (int i = 0; i < out; i++) {
        int k = i % factor;
        int a = Math.clamp((long) i / factor + shift[k], 0, in - 1);
        int b = Math.clamp((long) i / factor + shift[k] + 1, 0, in - 1);
        boolean same = share[i] == phaseShare[k] && first[i] == a && second[i] == b;
        // At the border both sources are one, and the share does not matter.
        boolean one = (first[i] == second[i] || share[i] == 0f) && a == b && first[i] == a;
        if (!same && !one) {
          return false;
        }
      }
      return true;
    }

    /** Whether an output is the same as the one before it. */
    public boolean isAsBefore(int i) {
      return first[i] == first[i - 1] && second[i] == second[i - 1] && share[i] == share[i - 1];
    }
  }
}
