package org.simdconv.internal.run;

import java.util.Objects;
import org.simdconv.internal.plan.ResizePlan;
import org.simdconv.internal.simd.RowKernels;

/**
 * Nearest and linear upsampling and downsampling, a band of output rows at a time: rows and columns
 * in one pass, or rows first, into lines in scratch, and then columns; see {@link ResizePlan}.
 * Immutable and safe for concurrent runs.
 */
public final class ResizeEngine extends RowsEngine {
  private final ResizePlan plan;

  /** Takes the decisions. */
  public ResizeEngine(ResizePlan plan) {
    super(plan.planes, plan.rows.out, plan.columns.out, (long) plan.rows.in * plan.columns.in);
    this.plan = plan;
  }

  // Scratch: lines, a band of outputs, a copy of the inputs.

  private int resultsAt(int at) {
    return at + plan.lineFloats;
  }

  private int stageAt(int at) {
    return resultsAt(at) + plan.bandFloats;
  }

  @Override
  public int scratchFloats() {
    return Math.toIntExact((long) plan.lineFloats + plan.bandFloats + plan.stageFloats);
  }

  @Override
  void rows(
      int plane, int count, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    for (int i = plane; i < plane + count; i++) {
      for (int y = from; y < to; y += plan.bandRows) {
        band(i, y, Math.min(to, y + plan.bandRows), buffers, scratch, at);
      }
    }
  }

  /** Rows from .. to-1 of a plane. */
  private void band(int plane, int from, int to, Binding buffers, float[] scratch, int at) {
    ResizePlan p = plan;
    int width = p.columns.in;
    int image = plane * p.rows.in * width;
    int target = (plane * p.rows.out + from) * p.columns.out;
    float[] output = p.columns.isShort() ? null : buffers.output;
    float[] out = output == null ? scratch : output;
    int o = output == null ? resultsAt(at) : buffers.outputAt + target;
    int low = p.firstAt[from];
    int end = Math.max(p.firstAt[to - 1], p.secondAt[to - 1]) + width;
    float[] x = buffers.inPlace(image + end, RowKernels.READ_AHEAD);
    int begin = buffers.inputAt + image;
    if (x == null) {
      buffers.load(image + low, scratch, stageAt(at), end - low);
      x = scratch;
      begin = stageAt(at) - low;
    }
    if (p.needsLines) {
      RowKernels.between(
          x, begin, p.firstAt, p.secondAt, p.rows.share, from, to, width, scratch, at, width);
      columns(scratch, at, p.lineAt, 0, to - from, out, o);
    } else {
      columns(x, begin, p.firstAt, from, to, out, o);
    }
    if (output == null) {
      buffers.copy(scratch, o, 0, (to - from) * p.columns.out, 1, target, 0);
    }
  }

  private void columns(float[] x, int at, int[] rowAt, int from, int to, float[] out, int o) {
    ResizePlan p = plan;
    ResizePlan.Line c = p.columns;
    switch (c.kind) {
      case SAME -> {
        for (int y = from; y < to; y++) {
          System.arraycopy(x, at + rowAt[y], out, o + (y - from) * c.out, c.out);
        }
      }
      case TWICE -> RowKernels.twice(x, at, rowAt, from, to, c.in, false, out, o, c.out);
      case PERMUTED ->
          Objects.requireNonNull(p.permutation).nearest(x, at, rowAt, from, to, out, o, c.out);
      // Of the rows themselves, which these mix as well.
      case MIXED ->
          Objects.requireNonNull(p.mixture).run(x, at, rowAt, p.secondAt, from, to, out, o, c.out);
      case MIXED_HALF ->
          RowKernels.halve(
              x, at, rowAt, p.secondAt, p.rows.share, from, to, c.share[0], c.out, out, o, c.out);
      case GATHERED -> {
        if (c.nearest) {
          RowKernels.gather(x, at, rowAt, from, to, c.first, c.out, out, o, c.out);
        } else {
          RowKernels.gatherBetween(
              x, at, rowAt, from, to, c.first, c.second, c.share, c.out, out, o, c.out);
        }
      }
    }
  }
}
