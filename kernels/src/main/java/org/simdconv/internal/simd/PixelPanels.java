package org.simdconv.internal.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles for images of at most one vector of pixels, with the roles exchanged: output
 * channels are the lanes, and pixels are broadcast. The tiles are those of {@link MicroKernels},
 * which read pixels in the place of weights and weights in the place of pixels:
 *
 * <pre>
 * weights   w      [tap][2 * LANES output channels]
 * panels           for each tile of MR pixels: [tap][MR pixels, the tap's place among the weights]
 * sums             [pixel][2 * LANES output channels], transposed at the end: [output channel][LANES pixels]
 * </pre>
 *
 * With a single vector of pixels in the lanes each FMA broadcasts a weight, and each broadcast is a
 * load: where a core loads one vector of 512 bits a cycle, a tile of 13x1 reaches 75% of the FMA
 * peak, wherever the weights are. Here 16 pixels are two tiles of 8x2, 10 loads to 16 FMAs, and
 * reach 99% with 8 MB of weights, 87% with 32 MB. k4 s2 1024-512@4 4.1 to 2.8 ms (JDK 25, Zen 4).
 *
 * <p>Thread safety: static, no state.
 */
public final class PixelPanels {
  private static final VectorSpecies<Float> S = Species.FLOAT;
  private static final int L = Species.LANES;
  private static final int VECTORS = 2;

  /** Output channels of every tile. */
  public static final int CHANNELS = VECTORS * L;

  private PixelPanels() {}

  /** Whether tiles of so many channels are for {@code rows} of them with little waste. */
  public static boolean suits(int rows) {
    return Species.LANES >= 16
        && Species.MANY_REGISTERS
        && 10L * tiles(rows).length * CHANNELS <= 11L * rows;
  }

  /** The tiles of so many output channels. */
  public static int[] tiles(int rows) {
    int[] tiles = new int[(rows + CHANNELS - 1) / CHANNELS];
    Arrays.fill(tiles, CHANNELS);
    return tiles;
  }

  /** The tiles of so many pixels, at most LANES. */
  public static int[] pixels(int pixels) {
    return TileTable.partition(pixels, VECTORS);
  }

  /** Pixels of all tiles, those past the last included. */
  public static int padded(int[] pixels) {
    return TileTable.starts(pixels)[pixels.length];
  }

  /** Floats of the panels of so many taps; {@link #pack} writes up to a vector behind them. */
  public static long floats(int[] pixels, long taps) {
    return taps * (padded(pixels) + pixels.length);
  }

  /**
   * Packs panels: the pixels of all taps of some channels.
   *
   * @param x holds the window
   * @param xAt the first pixel of the grid, in the first channel
   * @param channels number of channels
   * @param channelStride floats from a channel to the next
   * @param offset where each tap of a channel lies, from the pixel on
   * @param taps number of them
   * @param pixels the tiles of pixels
   * @param panel where the panels go
   * @param to the first one's place
   */
  public static void pack(
      float[] x,
      int xAt,
      int channels,
      int channelStride,
      int[] offset,
      int taps,
      int[] pixels,
      float[] panel,
      int to) {
    int first = xAt;
    for (int mr : pixels) {
      int place = MicroKernels.ONE;
      for (int c = 0; c < channels; c++) {
        int from = first + c * channelStride;
        for (int k = 0; k < taps; k++) {
          // The lanes behind the tile's pixels are those of rows to come.
          FloatVector.fromArray(S, x, from + offset[k]).intoArray(panel, to);
          panel[to + mr] = Float.intBitsToFloat(place);
          to += mr + 1;
          place += CHANNELS;
        }
      }
      first += mr;
    }
  }

  /**
   * Computes a tile of output channels: {@link #CHANNELS} rows of LANES sums each, those of pixels
   * past the last undefined.
   *
   * @param panel the panels
   * @param panelAt start of the first
   * @param pixels the tiles of pixels
   * @param taps number of taps
   * @param w the weights of the tile
   * @param wAt first of them
   * @param scratch memory for {@link #CHANNELS} sums of each of the padded pixels
   * @param sumsAt where
   * @param out where the sums go
   * @param to first of them
   * @param index memory for LANES places
   * @param io the tile's
   */
  public static void run(
      float[] panel,
      int panelAt,
      int[] pixels,
      int taps,
      float[] w,
      int wAt,
      float[] scratch,
      int sumsAt,
      float[] out,
      int to,
      int[] index,
      TileIo io) {
    int sums = sumsAt;
    int rows = panelAt;
    int count = 0;
    for (int mr : pixels) {
      io.resume(false, scratch, 0);
      io.keep(scratch, sums, CHANNELS);
      MicroKernels.run(mr, VECTORS, panel, rows, taps, w, wAt, io);
      sums += mr * CHANNELS;
      rows += taps * (mr + 1);
      count += mr;
    }
    for (int i = 0; i < L; i++) {
      index[i] = Math.min(i, count - 1) * CHANNELS;
    }
    for (int v = 0; v < CHANNELS; v += L) {
      Transpose.run(scratch, sumsAt + v, index, 0, L, out, to + v * L, L);
    }
  }
}
