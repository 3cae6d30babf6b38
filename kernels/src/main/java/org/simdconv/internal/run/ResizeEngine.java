package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.plan.ResizePlan;
import org.simdconv.internal.simd.RowKernels;
import org.simdconv.internal.simd.Species;

/**
 * Nearest and linear upsampling and downsampling: rows first, into scratch with a copy of the
 * border on both sides, then columns; see {@link ResizePlan}. An output row that equals the one
 * before is copied.
 */
public final class ResizeEngine extends RowsEngine {
  private static final int L = Species.LANES;

  private final ResizePlan plan;

  /** Takes the decisions. */
  public ResizeEngine(ResizePlan plan) {
    super(plan.planes, plan.rows.out, plan.columns.out);
    this.plan = plan;
  }

  @Override
  public int scratchFloats() {
    int row = plan.columns.in + 2 * plan.border + 2 * L;
    return 3 * row + plan.columns.factor * (plan.columns.in + L) + plan.columns.out + 2 * L;
  }

  @Override
  void rows(int plane, int from, int to, Binding buffers, float[] scratch, int at, Slot slot) {
    ResizePlan p = plan;
    int inWidth = p.columns.in;
    int outWidth = p.columns.out;
    int row = inWidth + 2 * p.border + 2 * L;
    int image = plane * p.rows.in * inWidth;
    float[] output = buffers.output;
    int staged = at + 3 * row + p.columns.factor * (inWidth + L);
    for (int y = from; y < to; y++) {
      int target = (plane * p.rows.out + y) * outWidth;
      boolean repeats = y > from && p.rows.isAsBefore(y);
      if (output == null) {
        if (!repeats) {
          row(y, image, buffers, scratch, at, row, scratch, staged, slot);
        }
        buffers.copy(scratch, staged, 0, outWidth, 1, target, 0);
      } else if (repeats) {
        int first = buffers.outputAt + target;
        System.arraycopy(output, first - outWidth, output, first, outWidth);
      } else {
        row(y, image, buffers, scratch, at, row, output, buffers.outputAt + target, slot);
      }
    }
  }

  /** One row of the output. */
  private void row(
      int y,
      int image,
      Binding buffers,
      float[] scratch,
      int at,
      int row,
      float[] out,
      int to,
      Slot slot) {
    ResizePlan p = plan;
    int inWidth = p.columns.in;
    int first = image + p.rows.first[y] * inWidth;
    int second = image + p.rows.second[y] * inWidth;
    float share = p.rows.share[y];
    float[] source = buffers.input;
    int begin = buffers.inputAt + first;
    boolean mixes = share != 0f && first != second;
    if (mixes || source == null || p.border > 0) {
      int line = at + L + p.border;
      if (!mixes) {
        buffers.load(first, scratch, line, inWidth);
      } else if (source != null) {
        RowKernels.between(source, begin, buffers.inputAt + second, share, inWidth, scratch, line);
      } else {
        buffers.load(first, scratch, line + row, inWidth);
        buffers.load(second, scratch, line + 2 * row, inWidth);
        RowKernels.between(scratch, line + row, line + 2 * row, share, inWidth, scratch, line);
      }
      Arrays.fill(scratch, line - p.border, line, scratch[line]);
      Arrays.fill(scratch, line + inWidth, line + inWidth + p.border, scratch[line + inWidth - 1]);
      source = scratch;
      begin = line;
    }
    columns(source, begin, scratch, at + 3 * row, out, to, slot);
  }

  private void columns(
      float[] x, int at, float[] scratch, int runsAt, float[] out, int to, Slot slot) {
    ResizePlan.Line c = plan.columns;
    int length = c.in;
    switch (c.kind) {
      case SAME -> System.arraycopy(x, at, out, to, length);
      case REPEATED -> {
        if (c.factor == 2) {
          RowKernels.twice(x, at, length, false, out, to);
        } else if (c.factor == 4) {
          int[] same = slot.starts(4);
          Arrays.fill(same, 0, 4, at);
          RowKernels.interleave4(x, same, length, out, to);
        } else {
          for (int k = 0; k < c.factor; k++) {
            for (int i = 0; i < length; i++) {
              out[to + i * c.factor + k] = x[at + i];
            }
          }
        }
      }
      case PHASES -> {
        if (c.factor == 2) {
          RowKernels.betweenTwice(
              x,
              at + c.shift[0],
              c.phaseShare[0],
              at + c.shift[1],
              c.phaseShare[1],
              length,
              out,
              to);
          return;
        }
        int[] runs = slot.starts(c.factor);
        for (int k = 0; k < c.factor; k++) {
          runs[k] = runsAt + k * (length + L);
          int a = at + c.shift[k];
          RowKernels.between(x, a, a + 1, c.phaseShare[k], length, scratch, runs[k]);
        }
        if (c.factor == 4) {
          RowKernels.interleave4(scratch, runs, length, out, to);
        } else {
          RowKernels.interleaveAny(scratch, runs, c.factor, length, out, to);
        }
      }
      case NEAREST -> RowKernels.gather(x, at, c.first, c.out, out, to);
      case LINEAR -> RowKernels.gatherBetween(x, at, c.first, c.second, c.share, c.out, out, to);
    }
  }
}
