package org.simdconv.internal.plan;

import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.ChannelKernels;
import org.simdconv.internal.simd.Species;

/**
 * All decisions of a dense convolution whose kernel is three columns wide, of stride 1 or 2 along
 * the rows, or of a transposed one of stride 1, with output channels in the lanes: {@link
 * ChannelKernels}. Any number of kernel rows with any vertical stride, dilation and padding; at
 * most one column of padding on either side.
 *
 * <p>A row of outputs is cut into pieces of P pixels. Where P does not divide it, the last piece
 * ends with the row and repeats some pixels of the one before; both have sums of their own. A task
 * owns a band of output rows of one image and group, and a range of tiles of output channels:
 *
 * <pre>
 * for each tile of V vectors of output channels
 *   for each block of input channels                    (its weights and the band's rows stay in L2)
 *     for each row of the band, for each piece of it    (kernel rows outside of the image are left out)
 *       the register tile, on top of the piece's sums
 *   transpose the sums, epilogue, store
 * </pre>
 *
 * <p>Against pixels in lanes, both in turns (JDK 25, Zen 5, one thread): 512@7 1420 to 1090 us,
 * 256@14 1150 to 970, 8 of them 9590 to 7770, 32 groups of 16 channels @14 207 to 165; 128@7, 8,
 * 11, 13, 16 75 to 60, 85 to 78, 172 to 156, 248 to 218, 393 to 362. Tried: tiles of 28 pixels (C2
 * spills 32 of 82 FMAs); blocks of weights that stay in L1 (no faster).
 *
 * <p>Immutable; the arrays are not to be written.
 */
public final class ChannelLanesPlan {
  // Weights of a block of input channels: an eighth of L2.
  private static final int WEIGHT_FLOATS = Caches.L2 / 8 / Float.BYTES;

  // Input rows of a band, all channels: five sixteenths. With the sums less than a MiB, which is
  // what a thread's scratch may have, as the rows of a segment are copied to it.
  private static final int BAND_FLOATS = Caches.L2 / 16 * 5 / Float.BYTES;

  // Sums of a band, before and after they are transposed: a sixteenth each.
  private static final int SUM_FLOATS = Caches.L2 / 16 / Float.BYTES;

  // Each band reads the rows next to it again.
  private static final int LEAST_BAND_ROWS = 4;

  /** The sizes. */
  public final ConvGeometry geometry;

  /** Which pixels the taps of a row take. */
  public final ChannelKernels.Kind kind;

  /** Pixels of a register tile. */
  public final int pixels;

  /** Output channels of a register tile. */
  public final int tileChannels;

  /** Register tiles of a group's output channels. */
  public final int tiles;

  /** First output column of each piece of a row. */
  public final int[] pieces;

  /** Input channels of a block. */
  public final int blockChannels;

  /** Blocks of input channels. */
  public final int blocks;

  /** Output rows of a band. */
  public final int bandRows;

  /** Bands of an image. */
  public final int bands;

  /**
   * Ranges of register tiles that are tasks of their own: all bands of one, then the next one's.
   */
  public final int ranges;

  /** Tasks of a run. */
  public final int tasks;

  /** Whether a block's weights are read once before their products, as they come from memory. */
  public final boolean touchesWeights;

  /** Start of the transposed sums in a task's scratch; the sums are in front. */
  public final int resultsAt;

  /** Floats from a channel's transposed sums to the next one's. */
  public final int resultsApart;

  /** Start of the rows of a segment. */
  public final int inputAt;

  /** Start of a run of a residual. */
  public final int stageAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  private ChannelLanesPlan(
      ConvGeometry g, ChannelKernels.Kind kind, int pixels, int bandRows, int threads) {
    Axis rows = g.rows();
    int width = g.columns().out;
    this.geometry = g;
    this.kind = kind;
    this.pixels = pixels;
    this.bandRows = bandRows;
    tileChannels = ChannelKernels.vectors(pixels) * Species.LANES;
    tiles = (g.groupOut() + tileChannels - 1) / tileChannels;
    pieces = new int[(width + pixels - 1) / pixels];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = Math.min(i * pixels, width - pixels);
    }
    int least =
        (int) Math.min(g.groupIn(), 1 + (long) channelWeights() * g.groupIn() / WEIGHT_FLOATS);
    blockChannels = (g.groupIn() + least - 1) / least;
    blocks = (g.groupIn() + blockChannels - 1) / blockChannels;
    bands = (rows.out + bandRows - 1) / bandRows;
    long units = (long) bands * g.batch() * g.groups();
    long parts = DensePlan.parts(units, g.flops() / 2 / units, threads);
    // The weights of a range stay in L2 for all bands and images.
    boolean again = units > 1 && packedFloats() > Caches.L2 / Float.BYTES;
    ranges = again ? tiles : (int) Math.min(parts, tiles);
    tasks = Math.toIntExact(units * ranges);
    touchesWeights = Caches.mayBeFar(packedFloats());
    int outputs = bandRows * width;
    resultsApart = (outputs + Species.LANES - 1) / Species.LANES * Species.LANES;
    resultsAt = bandRows * pieces.length * pixels * tileChannels;
    inputAt = resultsAt + Species.LANES * resultsApart;
    // At most BAND_FLOATS.
    int inputs = g.groupIn() * Math.min(rows.in, inputRows(g, bandRows)) * g.columns().in;
    stageAt = inputAt + inputs;
    scratchFloats = stageAt + outputs;
  }

  /**
   * The fastest by the model; null where the kernels do not suit the shape or this JVM.
   *
   * @param g the sizes
   * @param threads how many threads the tasks should suit
   */
  public static @Nullable ChannelLanesPlan of(ConvGeometry g, int threads) {
    ChannelKernels.Kind kind = suits(g) ? kind(g.columns()) : null;
    if (kind == null) {
      return null;
    }
    ChannelLanesPlan best = null;
    for (int pixels : ChannelKernels.pixels(kind)) {
      if (pixels > g.columns().out) {
        break;
      }
      int bandRows = bandRows(g, pixels, threads);
      if (bandRows > 0 && packedFloats(g, pixels) <= Integer.MAX_VALUE - 8) {
        ChannelLanesPlan plan = new ChannelLanesPlan(g, kind, pixels, bandRows, threads);
        best = best == null || plan.cycles() < best.cycles() ? plan : best;
      }
    }
    return best;
  }

  private static boolean suits(ConvGeometry g) {
    Axis rows = g.rows();
    Axis columns = g.columns();
    if (!ChannelKernels.exist()
        || g.depth() != null
        || g.planes() != null
        || rows.outStep > 1
        || columns.outStep > 1
        || columns.taps != 3
        || !isRegular(rows)
        || !isRegular(columns)
        || columns.out != columns.outAll
        || rows.out != rows.outAll) {
      return false;
    }
    // The middle taps are inside.
    int middle = columns.start[1];
    return middle >= 0 && (columns.out - 1L) * columns.step + middle < columns.in;
  }

  /** Whether all taps reach outputs, and those of neighbouring taps are equally far apart. */
  private static boolean isRegular(Axis axis) {
    for (int t = 0; t < axis.taps; t++) {
      if (!axis.reaches(t)
          || (t > 1
              && axis.start[t] - axis.start[t - 1] != axis.start[t - 1] - axis.start[t - 2])) {
        return false;
      }
    }
    return true;
  }

  private static ChannelKernels.@Nullable Kind kind(Axis columns) {
    int apart = columns.start[1] - columns.start[0];
    if (columns.step == 1 && apart == -1) {
      return ChannelKernels.Kind.MIRRORED;
    }
    if (columns.step > 2 || apart != 1) {
      return null;
    }
    return columns.step == 1 ? ChannelKernels.Kind.FORWARD : ChannelKernels.Kind.EVERY_OTHER;
  }

  /** Input rows between those of neighbouring kernel rows; negative where they run upwards. */
  public int rowsApart() {
    int[] start = geometry.rows().start;
    return start.length > 1 ? start[1] - start[0] : 0;
  }

  /** Input rows that a band needs, those outside of the image included. */
  private static int inputRows(ConvGeometry g, int bandRows) {
    Axis rows = g.rows();
    long span = Math.abs((long) rows.start[rows.taps - 1] - rows.start[0]);
    return (int) Math.min(Integer.MAX_VALUE, (bandRows - 1L) * rows.step + span + 1);
  }

  /** Rows of equal bands that fit the caches; 0 if too few do. */
  private static int bandRows(ConvGeometry g, int pixels, int threads) {
    Axis rows = g.rows();
    int width = g.columns().out;
    int pieces = (width + pixels - 1) / pixels;
    long sums = (long) pieces * pixels * ChannelKernels.vectors(pixels) * Species.LANES;
    int most = (int) Math.min(rows.out, SUM_FLOATS / sums);
    while (most > 0
        && (long) Math.min(rows.in, inputRows(g, most)) * g.groupIn() * g.columns().in
            > BAND_FLOATS) {
      most--;
    }
    if (most < Math.min(rows.out, LEAST_BAND_ROWS)) {
      return 0;
    }
    long bands = (rows.out + most - 1L) / most;
    long planes = (long) g.batch() * g.groups();
    // Of several bands as many as the threads can share.
    if (bands > 1 && bands * planes % threads != 0) {
      long shared = (bands * planes + threads - 1) / threads * threads / planes;
      bands = rows.out / Math.max(1, shared) >= LEAST_BAND_ROWS ? Math.max(bands, shared) : bands;
    }
    return (int) ((rows.out + bands - 1) / bands);
  }

  /** Packed weights of an input channel of one tile. */
  public int channelWeights() {
    return geometry.rows().taps * 3 * tileChannels;
  }

  /** Packed weights of all groups, in floats. */
  public long packedFloats() {
    return packedFloats(geometry, pixels);
  }

  private static long packedFloats(ConvGeometry g, int pixels) {
    int channels = ChannelKernels.vectors(pixels) * Species.LANES;
    long tiles = (g.groupOut() + channels - 1L) / channels;
    return tiles * channels * g.groups() * g.groupIn() * g.rows().taps * 3;
  }

  /** First kernel row that is inside of the image for an output row. */
  public int firstTap(int row) {
    Axis rows = geometry.rows();
    int t = 0;
    while (t < rows.taps && rows.input(row, t) < 0) {
      t++;
    }
    return t;
  }

  /** End of the kernel rows that are inside of the image for an output row; 0 if none is. */
  public int endTap(int row) {
    Axis rows = geometry.rows();
    int t = rows.taps;
    while (t > 0 && rows.input(row, t - 1) < 0) {
      t--;
    }
    return t;
  }

  /** Whether the first pixel of a piece has a neighbour to the left. */
  public boolean hasLeft(int piece) {
    Axis columns = geometry.columns();
    return pieces[piece] * columns.step + columns.start[1] > 0;
  }

  /** Whether the last pixel of a piece has a neighbour to the right. */
  public boolean hasRight(int piece) {
    Axis columns = geometry.columns();
    return (pieces[piece] + pixels - 1) * columns.step + columns.start[1] + 1 < columns.in;
  }

  /** Multiply-adds that a run executes, padding of channels and pixels computed twice included. */
  public long executedMultiplyAdds() {
    long taps = 0;
    for (int piece = 0; piece < pieces.length; piece++) {
      taps += 3L * pixels - (hasLeft(piece) ? 0 : 1) - (hasRight(piece) ? 0 : 1);
    }
    long rows = 0;
    for (int t = 0; t < geometry.rows().taps; t++) {
      rows += Math.max(0, geometry.rows().endOutput(t) - geometry.rows().firstOutput(t));
    }
    return taps
        * rows
        * geometry.groupIn()
        * tiles
        * tileChannels
        * geometry.groups()
        * geometry.batch();
  }

  /**
   * What a run takes on one thread, in cycles: the tiles at 84% of two vector FMAs a cycle, 60
   * cycles around each, and 300 to transpose and store a vector of pixels of as many channels. They
   * reach 95%, but lose more than pixels in lanes do where another thread shares the core, as they
   * read more from L2: 28 pixels wide, 128 channels, are 4% faster on an idle machine and 9% slower
   * on a busy one. With stride 2 pixels in lanes are slower than their model says: 256@28 4%,
   * 512@14 40% (JDK 25, Zen 5).
   */
  public double cycles() {
    double share = kind == ChannelKernels.Kind.EVERY_OTHER ? 0.87 : 0.84;
    double products = executedMultiplyAdds() / (2.0 * Species.LANES * share);
    double planes = (double) geometry.batch() * geometry.groups() * tiles;
    double calls = planes * geometry.rows().out * pieces.length * blocks;
    double vectors = planes * bands * resultsApart * tileChannels / (Species.LANES * Species.LANES);
    return Caches.cycles(products, packedFloats(), 1, false) + 60 * calls + 300 * vectors;
  }
}
