package org.simdconv.internal.plan;

import java.util.stream.IntStream;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.Species;

/**
 * How Winograd's F(m x m, r x r) cuts a convolution of stride 1 with r x r taps into tiles of m x m
 * outputs from n x n inputs, n = m + r - 1, with n^2 multiplications for each instead of r^2 m^2
 * (A. Lavin, S. Gray, "Fast algorithms for convolutional neural networks", arXiv 1509.09308). There
 * are F(2, 3), F(4, 3), F(2, 2), F(3, 2) and F(4, 2). Immutable; the arrays are not to be written.
 *
 * <pre>
 * V = Bt x B of the inputs of a tile,  U = G w Gt of the weights     n x n points
 * M = sum over the input channels of U V, point by point
 * outputs = At M A
 * </pre>
 *
 * <p>A transposed convolution whose phases all have r x r taps, as those of k4 s2 have 2 x 2, is
 * such a convolution a phase. Each phase transforms the input anew, from where its own taps begin:
 * 4 times 6% of the products for k4 s2 of 128 output channels. F(4, 2) has fewer multiplications
 * than F(3, 2), and no tiles that are partly behind images of 8, 16 or 32: k4 s2 256-128@16 2000 to
 * 1570 us, 128-64@32 1900 to 1500, 16 of 1024-512@4 31.9 to 26.5 ms; 256-128@12, where 3 divides
 * the image, 1050 with F(3, 2), 1170 with F(4, 2) (JDK 25, Zen 4). F(5, 2) has been tried: nowhere
 * faster than F(3, 2), as 9 times the weights pass through.
 *
 * <p>There is no padded window: Bt runs down the columns of the image itself, a whole row of tiles
 * at a time, and B along the rows that it leaves, cut into columns of tiles, one tile a lane.
 *
 * <p>Tried (JDK 25, Zen 5): each of the three steps for 2, 4 or 8 channels before the next, so that
 * none waits for stores of the one before (no faster); rows of the image cut first, once for all
 * horizontal phases, and both transforms on tiles (k4 s2 512-256@8 5% faster, 256-128@16 3% slower,
 * F(4, 3) 6 to 14%, by its stores).
 */
public final class WinogradTiles {
  /** Most floats of V of the tiles that a task takes together, at least a block: 8 MiB. */
  static final long MOST_INPUTS = 1L << 21;

  /** The sizes of the convolution. */
  public final ConvGeometry geometry;

  /** Rows of tiles of an image and phase. */
  public final int down;

  /** Tiles in a row. */
  public final int across;

  /** Taps of a phase along each axis: 2 or 3. */
  public final int r;

  /** Outputs of a tile of a phase along each axis. */
  public final int m;

  /** Inputs of a tile along each axis, n. */
  public final int points;

  /** Tiles of all images: those of a block may be of several. */
  public final int all;

  /** Most tiles of a block. */
  public final int nr;

  /** Blocks of tiles. */
  public final int blocks;

  /** Vectors of tiles of a block. */
  public final int vectors;

  /** Floats of V from a channel to the next one. */
  public final int channelStep;

  /** Floats of V from a vector of tiles to the next one. */
  public final int vectorStep;

  /** Floats of a transformed row. */
  public final int pitch;

  /** Floats from the first of Bt's results for some rows of tiles to the second. */
  public final int apart;

  /** Vertical phases. */
  public final int rowPhases;

  /** Horizontal phases. */
  public final int columnPhases;

  /** Input row of the first tap of output 0 of each vertical phase. */
  public final int[] firstRow;

  /** Input column of the first tap of output 0 of each horizontal phase. */
  public final int[] firstColumn;

  /**
   * Start of the rows of the image that cannot be read in place, in a task's scratch: behind the
   * rows that Bt leaves.
   */
  public final int imageAt;

  /** Start of the columns of a channel's tiles. */
  public final int cutAt;

  /** Floats from a column of these to the next one. */
  public final int cutStep;

  /** End of this scratch, on a cache line as far as its start is. */
  public final int floats;

  /**
   * Cuts.
   *
   * @param g the sizes
   * @param m outputs of a tile along each axis: one of {@link #outputs}
   * @param nr most tiles of a block
   * @param vectorsApart whether V has all channels of a vector of tiles together; otherwise all
   *     vectors of a channel
   * @throws IllegalArgumentException if the scratch needs 2^31 floats or more
   */
  WinogradTiles(ConvGeometry g, int m, int nr, boolean vectorsApart) {
    geometry = g;
    this.m = m;
    this.nr = nr;
    r = taps(g);
    points = m + r - 1;
    rowPhases = g.rows().outStep;
    columnPhases = g.columns().outStep;
    firstRow = firstOf(g.rows());
    firstColumn = firstOf(g.columns());
    down = tiles(g.rows(), m);
    across = tiles(g.columns(), m);
    all = count(g, m);
    blocks = (all - 1) / nr + 1;
    int lanes = Species.LANES;
    vectors = (nr - 1) / lanes + 1;
    channelStep = vectorsApart ? lanes : vectors * lanes;
    vectorStep = vectorsApart ? fits((long) g.groupIn() * lanes) : lanes;
    long blockRows = Math.min((long) down * g.batch(), (nr - 2L) / across + 2);
    long rowFloats = (long) across * m + r - 1;
    pitch = fits(rowFloats);
    apart = fits(blockRows * rowFloats);
    long imageFrom = (long) points * apart;
    imageAt = fits(imageFrom);
    // Whole vectors are read: behind the last row as well.
    long cutFrom = aligned(imageFrom + (long) points * g.columns().in + lanes);
    // A vector is written at any tile.
    cutStep = (vectors + 1) * lanes;
    cutAt = fits(cutFrom);
    floats = fits(aligned(cutFrom + (long) points * points * cutStep));
  }

  /** Tiles of all images. */
  static int count(ConvGeometry g, int m) {
    return fits((long) tiles(g.rows(), m) * tiles(g.columns(), m) * g.batch());
  }

  private static int tiles(Axis axis, int m) {
    return (axis.grid + m - 1) / m;
  }

  /** Tiles of a block: the last one may have fewer. */
  public int ofBlock(int block) {
    return Math.min(nr, all - block * nr);
  }

  /** Groups of all phases. */
  public int groups() {
    return geometry.groups() * rowPhases * columnPhases;
  }

  /**
   * What the transforms of inputs and outputs take on one thread, in cycles: of inputs 100 a row of
   * tiles, since each begins and ends somewhere, and more for each vector of tiles (JDK 25, Zen 5).
   */
  double transformCycles() {
    double input = points == 3 ? 80 : points == 4 ? 150 : points == 5 ? 280 : 420;
    double output = points == 3 ? 120 : points == 4 ? 160 : points == 5 ? 280 : 400;
    double inputs = 100.0 * down * geometry.batch() + input * blocks * vectors;
    double outputs = output * all / Species.LANES;
    return groups() * (inputs * geometry.groupIn() + outputs * geometry.groupOut());
  }

  /**
   * Taps along each axis, 2 or 3, of each phase of a shape that Winograd's algorithm suits; 0 if it
   * does not: stride 1 or transposed, no dilation, as many taps for each phase and axis.
   */
  static int taps(ConvGeometry g) {
    int taps = taps(g.rows());
    return taps == taps(g.columns()) && g.groupIn() > 1 ? taps : 0;
  }

  /** Outputs of the tiles that there are for a shape. */
  public static int[] outputs(ConvGeometry g) {
    return switch (taps(g)) {
      case 2 -> new int[] {2, 3, 4};
      case 3 -> new int[] {2, 4};
      default -> new int[0];
    };
  }

  private static int taps(Axis axis) {
    int taps = axis.taps / axis.outStep;
    if (axis.step != 1 || axis.taps != taps * axis.outStep || taps < 2 || taps > 3) {
      return 0;
    }
    for (int a = 0; a < axis.outStep; a++) {
      int[] starts = startsOf(axis, a);
      if (starts.length != taps || starts[taps - 1] != starts[0] + taps - 1) {
        return 0;
      }
    }
    return taps;
  }

  /** Where the taps of a phase start, ascending; distinct, since taps of one phase are. */
  private static int[] startsOf(Axis axis, int phase) {
    return IntStream.range(0, axis.taps)
        .filter(t -> axis.phase[t] == phase)
        .map(t -> axis.start[t])
        .sorted()
        .toArray();
  }

  /** The first of them, for each phase. */
  private static int[] firstOf(Axis axis) {
    return IntStream.range(0, axis.outStep).map(a -> startsOf(axis, a)[0]).toArray();
  }

  /** The next whole cache line, as far as the scratch begins on one. */
  static long aligned(long floats) {
    return (floats + 15) / 16 * 16;
  }

  /**
   * The next odd number of cache lines, so that all points of a tile lie in different sets of L1:
   * 36 of 8 KiB each were in one of 64, and the transforms took 7% of 64-64@56 more (JDK 25, Zen
   * 5).
   */
  static long spread(long floats) {
    return (floats + 15) / 16 / 2 * 32 + 16;
  }

  static int fits(long floats) {
    if (floats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "transformed weights or scratch would need "
              + floats
              + " floats; must be below 2^31 - 8, the limit of a Java array");
    }
    return (int) floats;
  }
}
