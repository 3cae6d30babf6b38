package org.simdconv.internal.run;

import java.util.Arrays;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.WinogradTiles;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.WinogradTransform;

/**
 * The inputs of Winograd's tiles: down the columns of rows of tiles, cut into columns of tiles,
 * along the rows.
 */
final class WinogradInput {
  private static final int L = Species.LANES;

  private WinogradInput() {}

  /**
   * V of a block of tiles of a group and phase: {@code scratch[v + point * step + channel *
   * channelStep + tile / LANES * vectorStep + tile % LANES]}. Lanes past the block's last tile are
   * left as they are.
   *
   * @param v start of V
   * @param step floats of V of a point
   * @param a vertical phase
   * @param b horizontal phase
   * @param at start of the scratch that the tiles ask for
   */
  static void transform(
      WinogradTiles p,
      int block,
      int group,
      int a,
      int b,
      int v,
      int step,
      Binding buffers,
      float[] scratch,
      int at) {
    ConvGeometry g = p.geometry;
    int across = p.across;
    int count = p.ofBlock(block);
    int first = block * p.nr;
    int last = first + count - 1;
    // Rows of tiles are counted through all images.
    int firstRow = first / across;
    int rows = last / across - firstRow + 1;
    int width = g.columns().in;
    int height = g.rows().in;
    int left = Math.clamp(-(long) p.firstColumn[b], 0, p.pitch);
    // A phase may begin inside the image.
    int skipped = Math.max(0, p.firstColumn[b]);
    int right = Math.clamp((long) left + width - skipped, left, p.pitch);
    for (int i = 0; i < p.points; i++) {
      for (int r = 0; r < rows; r++) {
        int line = at + i * p.apart + r * p.pitch;
        Arrays.fill(scratch, line, line + left, 0f);
        Arrays.fill(scratch, line + right, line + p.pitch, 0f);
      }
    }
    // Of the first and the last row only what these tiles need.
    int begin = Math.max(0, first % across * p.m - left);
    int end = Math.min(right - left, (last % across + 1) * p.m + p.r - 1 - left);
    for (int c = 0; c < g.groupIn(); c++) {
      for (int r = 0; r < rows; r++) {
        int image = (firstRow + r) / p.down;
        int top = (firstRow + r - image * p.down) * p.m + p.firstRow[a];
        int plane = (image * g.inChannels() + group * g.groupIn() + c) * height * width;
        float[] source = buffers.input;
        int from = buffers.inputAt + plane + top * width;
        if (source == null
            || top < 0
            || top + p.points > height
            || from + skipped + (long) p.points * width + L > source.length) {
          source = scratch;
          from = at + p.imageAt;
          stage(p, plane, top, buffers, scratch, from);
        }
        int x = r == 0 ? begin : 0;
        int some = (r == rows - 1 ? end : right - left) - x;
        int line = at + r * p.pitch + left + x;
        int pixel = from + skipped + x;
        switch (p.points) {
          case 3 -> WinogradTransform.columns3(source, pixel, width, some, scratch, line, p.apart);
          case 4 -> WinogradTransform.columns4(source, pixel, width, some, scratch, line, p.apart);
          case 5 -> WinogradTransform.columns5(source, pixel, width, some, scratch, line, p.apart);
          default -> WinogradTransform.columns6(source, pixel, width, some, scratch, line, p.apart);
        }
      }
      int columns = at + p.cutAt;
      cut(p, first, count, firstRow, scratch, at, columns);
      for (int lane = 0; lane < count; lane += L) {
        int to = v + c * p.channelStep + lane / L * p.vectorStep;
        int some = Math.min(L, count - lane);
        int from = columns + lane;
        switch (p.points) {
          case 3 -> WinogradTransform.rows3(scratch, from, p.cutStep, scratch, to, step, some);
          case 4 -> WinogradTransform.rows4(scratch, from, p.cutStep, scratch, to, step, some);
          case 5 -> WinogradTransform.rows5(scratch, from, p.cutStep, scratch, to, step, some);
          default -> WinogradTransform.rows6(scratch, from, p.cutStep, scratch, to, step, some);
        }
      }
    }
  }

  /** Cuts the rows of a channel's tiles into their columns, some neighbours at a time. */
  private static void cut(
      WinogradTiles p, int first, int count, int firstRow, float[] scratch, int at, int to) {
    int most = WinogradTransform.cutTiles(p.points, p.m);
    for (int done = 0; done < count; ) {
      int y = (first + done) / p.across;
      int x = first + done - y * p.across;
      int row = at + (y - firstRow) * p.pitch + x * p.m;
      int out = to + done;
      int some = Math.min(most, Math.min(p.across - x, count - done));
      switch (p.points) {
        case 3 -> WinogradTransform.cut3(scratch, row, p.apart, scratch, out, p.cutStep);
        case 4 -> WinogradTransform.cut4(p.m, scratch, row, p.apart, scratch, out, p.cutStep);
        case 5 -> WinogradTransform.cut5(some, scratch, row, p.apart, scratch, out, p.cutStep);
        default -> WinogradTransform.cut6(scratch, row, p.apart, scratch, out, p.cutStep);
      }
      done += some;
    }
  }

  /** Copies the rows of a channel that a row of tiles takes, zeros where the image ends. */
  private static void stage(
      WinogradTiles p, int plane, int top, Binding buffers, float[] scratch, int to) {
    int bottom = top + p.points;
    int width = p.geometry.columns().in;
    int height = p.geometry.rows().in;
    // Above and below the image there may be nothing but padding.
    int begin = Math.min(bottom, Math.max(top, 0));
    int end = Math.max(begin, Math.min(bottom, height));
    int image = to + (begin - top) * width;
    Arrays.fill(scratch, to, image, 0f);
    if (begin < end) {
      buffers.load(plane + begin * width, scratch, image, (end - begin) * width);
    }
    Arrays.fill(scratch, image + (end - begin) * width, to + (bottom - top) * width, 0f);
  }
}
