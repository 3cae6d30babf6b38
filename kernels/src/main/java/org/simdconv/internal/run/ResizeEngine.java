package org.simdconv.internal.run;

import java.util.Objects;
import org.simdconv.internal.plan.ResizePlan;
import org.simdconv.internal.simd.RowKernels;

/**
 * Nearest and linear upsampling and downsampling: rows first, into scratch with a copy of the
 * border on both sides, then columns; see {@link ResizePlan}. An output row that equals the one
 * before is copied. Immutable and safe for concurrent runs.
 */
public final class ResizeEngine extends RowsEngine {
  private final ResizePlan plan;

  /** Takes the decisions. */
  public ResizeEngine(ResizePlan plan) {
    super(plan.planes, plan.rows.out, plan.columns.out, (long) plan.rows.in * plan.columns.in);
    this.plan = plan;
  }

  private int line() {
    return plan.columns.in + 2 + RowKernels.READ_AHEAD;
  }

  @Override
  public int scratchFloats() {
    return Math.toIntExact(3L * line() + plan.columns.out);
  }

  @Override
  void rows(
      int plane, int count, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    for (int i = plane; i < plane + count; i++) {
      rows(i, from, to, buffers, scratch, at);
    }
  }

  private void rows(int plane, int from, int to, Binding buffers, float[] scratch, int at) {
    ResizePlan p = plan;
    int outWidth = p.columns.out;
    int image = plane * p.rows.in * p.columns.in;
    float[] output = buffers.output;
    int staged = at + 3 * line();
    for (int y = from; y < to; y++) {
      int target = (plane * p.rows.out + y) * outWidth;
      boolean repeats = y > from && p.rows.isAsBefore(y);
      if (output == null) {
        if (!repeats) {
          row(y, image, buffers, scratch, at, scratch, staged);
        }
        buffers.copy(scratch, staged, 0, outWidth, 1, target, 0);
      } else if (repeats) {
        int first = buffers.outputAt + target;
        System.arraycopy(output, first - outWidth, output, first, outWidth);
      } else {
        row(y, image, buffers, scratch, at, output, buffers.outputAt + target);
      }
    }
  }

  /** One row of the output. */
  private void row(
      int y, int image, Binding buffers, float[] scratch, int at, float[] out, int to) {
    ResizePlan p = plan;
    int inWidth = p.columns.in;
    int first = image + p.rows.first[y] * inWidth;
    int second = image + p.rows.second[y] * inWidth;
    float share = p.rows.share[y];
    int last = Math.max(first, second);
    float[] source = buffers.inPlace(last, inWidth + RowKernels.READ_AHEAD);
    int begin = buffers.inputAt + first;
    boolean mixes = share != 0f && first != second;
    if (mixes || source == null || p.linear) {
      int line = at + 1;
      if (!mixes) {
        buffers.load(first, scratch, line, inWidth);
      } else if (source != null) {
        int other = buffers.inputAt + second;
        RowKernels.between(source, begin, other, share, inWidth, scratch, line);
      } else {
        buffers.load(first, scratch, line + line(), inWidth);
        buffers.load(second, scratch, line + 2 * line(), inWidth);
        int a = line + line();
        RowKernels.between(scratch, a, a + line(), share, inWidth, scratch, line);
      }
      scratch[line - 1] = scratch[line];
      scratch[line + inWidth] = scratch[line + inWidth - 1];
      source = scratch;
      begin = line;
    }
    columns(source, begin, out, to);
  }

  private void columns(float[] x, int at, float[] out, int to) {
    ResizePlan.Line c = plan.columns;
    switch (c.kind) {
      case SAME -> System.arraycopy(x, at, out, to, c.in);
      case TWICE -> RowKernels.twice(x, at, c.in, false, out, to);
      case MIXED_TWICE ->
          RowKernels.betweenTwice(
              x, at + c.shift[0], c.phaseShare[0], at + c.shift[1], c.phaseShare[1], c.in, out, to);
      case PERMUTED -> {
        if (c.nearest) {
          Objects.requireNonNull(c.permutation).nearest(x, at, out, to);
        } else {
          Objects.requireNonNull(c.permutation).linear(x, at, c.share, out, to);
        }
      }
      case GATHERED -> {
        if (c.nearest) {
          RowKernels.gather(x, at, c.first, c.out, out, to);
        } else {
          RowKernels.gatherBetween(x, at, c.first, c.second, c.share, c.out, out, to);
        }
      }
    }
  }
}
