package org.simdconv.internal.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.simd.ChannelKernels.Kind;
import org.simdconv.internal.simd.ChannelKernels.Tile;

/**
 * How the outputs of a row are cut into register tiles with output channels in the lanes, so that
 * these take the fewest cycles: tiles of different sizes where they fit exactly, as 27 = 13 + 14,
 * else the last one ends with the row and repeats some pixels of the one before; both have sums of
 * their own.
 *
 * <p>Columns that are dilated by d are d rows of every d-th pixel, with nothing in common. Wide
 * ones are laid one behind the other in a copy of the input row, {@link #interleave}; narrow ones
 * are read where they lie, several neighbouring ones to a tile, {@link Kind#SPREAD}.
 *
 * <p>Immutable; the array is not to be written.
 */
public final class RowCover {
  /**
   * A tile of a row.
   *
   * @param tile its pixels
   * @param from the input pixel of the first output's middle tap, of two the second one, in its row
   *     or the copy of it
   * @param before whether the first output's taps are all inside of the row, in the order of the
   *     tile
   * @param after whether the last one's are
   * @param sums first of its pixels among those of the row
   */
  public record Piece(Tile tile, int from, boolean before, boolean after, int sums) {}

  /** The tiles. */
  public final List<Piece> pieces;

  /** Pixels of all tiles, those computed twice counted twice. */
  public final int pixels;

  /** For each output of the row, where it is among these. */
  public final int[] place;

  /**
   * Rows that an input row is split into, of every so many-th pixel each; 1 if it is not copied.
   */
  public final int interleave;

  /** Input pixels from a pixel of a unit to the next one's; of {@link Kind#SPREAD}. */
  public final int apart;

  /** FMAs of a vector of output channels, an input channel and a kernel row. */
  public final int products;

  /** Cycles of the same with all vectors of a tile. */
  public final double cycles;

  // Loads of weights and loops around a tile: of equally good covers the one with fewer.
  private static final double TILE_CYCLES = 0.5;

  private RowCover(Builder b, int interleave, int apart) {
    this.pieces = List.copyOf(b.pieces);
    this.pixels = b.pixels;
    this.place = b.place;
    this.interleave = interleave;
    this.apart = apart;
    this.products = b.products;
    this.cycles = b.cycles;
  }

  /** Whether input rows are copied, to be split. */
  public boolean isCopied() {
    return interleave > 1;
  }

  private static final class Builder {
    final List<Piece> pieces = new ArrayList<>();
    final ToDoubleFunction<Tile> cost;
    final int[] place;
    final int taps;
    int pixels;
    int products;
    double cycles;

    Builder(Axis columns, ToDoubleFunction<Tile> cost) {
      this.place = new int[columns.out];
      this.taps = columns.taps;
      this.cost = cost;
    }

    void add(Tile tile, int from, boolean before, boolean after) {
      pieces.add(new Piece(tile, from, before, after, pixels));
      pixels += tile.pixels();
      int own = tile.units() * (taps * tile.width() - (before ? 0 : 1) - (after ? 0 : 1));
      products += own;
      cycles += own * cost.applyAsDouble(tile);
    }
  }

  /** Of up to three columns with no dilation; null if no tile is as narrow as the row. */
  static @Nullable RowCover ofColumns(Axis columns, List<Tile> tiles, ToDoubleFunction<Tile> cost) {
    Builder b = new Builder(columns, cost);
    int middle = columns.start[columns.taps / 2];
    return columns(b, 0, 1, columns.out, columns.step, middle, 0, columns.in, tiles)
        ? new RowCover(b, 1, 1)
        : null;
  }

  /** Of three columns d apart, as d rows in a copy of the input row. */
  static @Nullable RowCover ofCopies(
      Axis columns, int d, List<Tile> tiles, ToDoubleFunction<Tile> cost) {
    Builder b = new Builder(columns, cost);
    for (int u = 0; u < Math.min(d, columns.out); u++) {
      int middle = u + columns.start[1];
      int phase = middle % d;
      int own = count(columns.in, phase, d);
      // Each row before has a pixel for every d columns, the first ones one more.
      int rowAt = phase * (columns.in / d) + Math.min(phase, columns.in % d);
      if (!columns(b, u, d, count(columns.out, u, d), 1, middle / d, rowAt, own, tiles)) {
        return null;
      }
    }
    return new RowCover(b, d, 1);
  }

  /**
   * Tiles of every d-th output from u on.
   *
   * @param in pixels of the input row that they read, which begins at {@code rowAt}
   * @param middle the pixel of the first output's middle tap, of two the second one
   */
  private static boolean columns(
      Builder b,
      int u,
      int d,
      int outputs,
      int step,
      int middle,
      int rowAt,
      int in,
      List<Tile> tiles) {
    int[] cuts = cut(outputs, tiles, Tile::width, b.cost);
    if (cuts == null) {
      return false;
    }
    for (int at = 0, i = 0; i < cuts.length; i++) {
      Tile tile = tiles.get(cuts[i]);
      at = Math.min(at, outputs - tile.width());
      int from = middle + at * step;
      int last = from + (tile.width() - 1) * step;
      fill(b, u + at * d, d, tile.width());
      b.add(tile, rowAt + from, from >= (b.taps - 1) / 2, last + b.taps / 2 < in);
      at += tile.width();
    }
    return true;
  }

  private static void fill(Builder b, int output, int d, int count) {
    for (int j = 0; j < count; j++) {
      b.place[output + j * d] = b.pixels + j;
    }
  }

  /**
   * Of three columns d apart, in place: units that have as many outputs, and the same neighbours.
   * The taps of a transposed convolution run backwards, and so do its pixels: each sum takes its
   * taps in ascending order.
   */
  static @Nullable RowCover ofUnits(
      Axis columns, int d, boolean mirrored, List<Tile> tiles, ToDoubleFunction<Tile> cost) {
    Builder b = new Builder(columns, cost);
    int apart = mirrored ? -d : d;
    int units = Math.min(d, columns.out);
    for (int u = 0, end; u < units; u = end) {
      end = u + 1;
      while (end < units && alike(columns, u, end, d)) {
        end++;
      }
      int width = count(columns.out, u, d);
      List<Tile> own = tiles.stream().filter(t -> t.width() == width).toList();
      int[] cuts = cut(end - u, own, Tile::units, cost);
      if (cuts == null) {
        return null;
      }
      for (int at = u, i = 0; i < cuts.length; i++) {
        Tile tile = own.get(cuts[i]);
        at = Math.min(at, end - tile.units());
        int first = mirrored ? at + (width - 1) * d : at;
        int from = first + columns.start[1];
        for (int unit = 0; unit < tile.units(); unit++) {
          for (int j = 0; j < width; j++) {
            b.place[first + unit + j * apart] = b.pixels + unit * width + j;
          }
        }
        b.add(tile, from, has(columns, from - apart), has(columns, from + width * apart));
        at += tile.units();
      }
    }
    return new RowCover(b, 1, apart);
  }

  private static boolean alike(Axis columns, int u, int v, int d) {
    int pixels = count(columns.out, u, d);
    int first = columns.start[1] - d;
    int last = columns.start[1] + pixels * d;
    return pixels == count(columns.out, v, d)
        && has(columns, u + first) == has(columns, v + first)
        && has(columns, u + last) == has(columns, v + last);
  }

  private static boolean has(Axis columns, int pixel) {
    return pixel >= 0 && pixel < columns.in;
  }

  /** How many of 0 .. size-1 are u + i d. */
  private static int count(int size, int u, int d) {
    return Math.max(0, (size - u + d - 1) / d);
  }

  /**
   * The tiles that together are as long as asked and cost the least; one of them, the last, may
   * reach over one before.
   *
   * @return their numbers; null if all are longer
   */
  private static int @Nullable [] cut(
      int length, List<Tile> tiles, ToIntFunction<Tile> size, ToDoubleFunction<Tile> cost) {
    double[] least = new double[length + 1];
    int[] last = new int[length + 1];
    Arrays.fill(least, 1, length + 1, Double.POSITIVE_INFINITY);
    int end = 0;
    int lastOfAll = -1;
    double best = Double.POSITIVE_INFINITY;
    for (int n = 0; n < length; n++) {
      for (int t = 0; t < tiles.size(); t++) {
        Tile tile = tiles.get(t);
        int to = n + size.applyAsInt(tile);
        double all = least[n] + tile.pixels() * cost.applyAsDouble(tile) + TILE_CYCLES;
        if (to <= length && all < least[to]) {
          least[to] = all;
          last[to] = t;
        }
        if (to >= length && to - n <= length && all < best) {
          best = all;
          end = n;
          lastOfAll = t;
        }
      }
    }
    if (lastOfAll < 0) {
      return null;
    }
    List<Integer> cuts = new ArrayList<>();
    cuts.add(lastOfAll);
    for (int n = end; n > 0; n -= size.applyAsInt(tiles.get(last[n]))) {
      cuts.add(0, last[n]);
    }
    return cuts.stream().mapToInt(Integer::intValue).toArray();
  }
}
