package org.simdconv.internal.simd;

/**
 * Which register tiles suit this JVM's vectors, and how to cut a number of output channels into
 * their rows.
 *
 * <p>The cut minimises the cycles a tap, rows of padding included: MR * NV / 2 over the share of
 * the FMA peak that bare loops over 256 to 2304 taps reached (JDK 25, one machine with AVX-512;
 * only the ratios matter). 512 bits: 13x2 and 12x2 94%, 8x2 85%, 4x2 62%; 256 bits: 12x1 and 13x1
 * 92%, 8x1 80%, 4x1 51%. So 64 channels are 4 x 13 + 12 and 128 are 8 x 13 + 2 x 12, without a
 * wasted row.
 */
public final class TileTable {
  private static final int[] ROWS = {13, 12, 8, 4};
  private static final double[] CYCLES_TWO_VECTORS = {13.8, 12.8, 9.4, 6.5};
  private static final double[] CYCLES_ONE_VECTOR = {7.1, 6.5, 5.0, 3.9};

  /** Vectors of pixels of a wide tile; of the last one it has a single pixel. */
  public static final int WIDE_VECTORS = 4;

  /** Pixels of a wide tile: 49, those of 7x7. */
  public static final int WIDE_PIXELS = (WIDE_VECTORS - 1) * Species.LANES + 1;

  private TileTable() {}

  /**
   * Whether wide tiles take less time than those of {@link #vectors} where a core begins one FMA a
   * cycle and loads one vector, a broadcast being one: the last tile of 7x7 and 14x14 has so few
   * pixels that it waits for its loads. 1x1 512-2048@7 1040 to 953 us, 160-960@7 163 to 144,
   * 1024-256@14 1023 to 993 (JDK 25, Zen 4).
   *
   * @param rows output channels of a group
   * @param pixels pixels of the grid
   */
  public static boolean suitsWide(int rows, long pixels) {
    if (!MicroKernels.hasSingle(8, WIDE_VECTORS - 1) || rows <= 4 || pixels % WIDE_PIXELS != 0) {
      return false;
    }
    long pair = 2L * Species.LANES;
    long pairs = pixels / pair;
    long rest = pixels - pairs * pair;
    // Of a vector of pixels more: each row's broadcast is a load, the vector, across lines, and the
    // offset are 4; a single pixel and its weights 2 more.
    long loads = rest <= Species.LANES ? 4 : 6;
    long narrow = 0;
    for (int mr : partition(rows, 2)) {
      long last = rest == 0 ? 0 : rest <= Species.LANES + 1 ? mr + loads : 2L * mr;
      narrow += pairs * 2 * mr + last;
    }
    long each = 0;
    for (int mr : wide(rows)) {
      each += mr == 8 ? 25 : 16;
    }
    return pixels / WIDE_PIXELS * each < narrow;
  }

  /** Cuts {@code rows} output channels into wide tiles. */
  public static int[] wide(int rows) {
    int[] tiles = new int[(rows + 7) / 8];
    java.util.Arrays.fill(tiles, 8);
    if (rows % 8 > 0 && rows % 8 <= 4) {
      tiles[tiles.length - 1] = 4;
    }
    return tiles;
  }

  /**
   * Vectors of pixels in the tiles of a plan.
   *
   * @param rows output channels of a group
   * @param pixels pixels of the grid
   * @return NV
   */
  public static int vectors(int rows, long pixels) {
    // 13x2 and 8x2 hold 26 and 16 accumulators and need 32 registers; 13x1 fits in 16. With few
    // rows the tile is made wider instead, to keep enough independent chains in flight (latency 4,
    // two FMA ports: 8), unless the image is too small (k4 s2 128-3@32: 128 us with 3x8, 151 with
    // 4x4, JDK 25).
    if (Species.MANY_REGISTERS) {
      return rows <= 3 && pixels > 6L * Species.LANES ? 8 : rows <= 4 ? 4 : 2;
    }
    return rows <= 4 ? 2 : 1;
  }

  /** Vectors of a tile at the end of the grid that has so many pixels left. */
  public static int vectorsFor(int vectors, int pixels) {
    if (vectors == 8) {
      return pixels <= 2 * Species.LANES ? 2 : 8;
    }
    int needed = vectors;
    while (needed > 1 && pixels <= needed / 2 * Species.LANES) {
      needed /= 2;
    }
    return needed;
  }

  /**
   * Cuts {@code rows} output channels into tiles so that the least time is spent, waste included.
   *
   * @param rows output channels of a group, at least 1
   * @param vectors NV of the tiles
   * @return rows of each tile in order; their sum is at least {@code rows}
   */
  public static int[] partition(int rows, int vectors) {
    if (vectors >= 4) {
      // 3x8 and 4x4 are for that many rows at most.
      return new int[] {vectors == 8 ? 3 : 4};
    }
    double[] cycles = vectors == 1 ? CYCLES_ONE_VECTOR : CYCLES_TWO_VECTORS;
    double[] best = new double[rows + 1];
    int[] choice = new int[rows + 1];
    for (int r = 1; r <= rows; r++) {
      best[r] = Double.MAX_VALUE;
      for (int t = 0; t < ROWS.length; t++) {
        double cost = cycles[t] + best[Math.max(0, r - ROWS[t])];
        if (cost < best[r]) {
          best[r] = cost;
          choice[r] = ROWS[t];
        }
      }
    }
    int count = 0;
    for (int r = rows; r > 0; r -= choice[r]) {
      count++;
    }
    int[] tiles = new int[count];
    int i = 0;
    for (int r = rows; r > 0; r -= choice[r]) {
      tiles[i++] = choice[r];
    }
    // Full tiles first: the padded rows are those of the last tile.
    java.util.Arrays.sort(tiles);
    for (int a = 0, b = count - 1; a < b; a++, b--) {
      int t = tiles[a];
      tiles[a] = tiles[b];
      tiles[b] = t;
    }
    return tiles;
  }

  /** First row of each tile, and the end. */
  public static int[] starts(int[] tileRows) {
    int[] starts = new int[tileRows.length + 1];
    for (int i = 0; i < tileRows.length; i++) {
      starts[i + 1] = starts[i] + tileRows[i];
    }
    return starts;
  }

  /**
   * Where a tap's row of weights and its offset stand among the packed weights of all tiles, in
   * floats.
   *
   * @param starts first row of each tile, and the end
   * @param streamed whether they are packed for {@link StreamedKernels}, else for {@link
   *     MicroKernels}
   * @param tile the tile
   * @param tap the tap
   * @param taps all of a tile
   */
  public static int rowAt(int[] starts, boolean streamed, int tile, int tap, int taps) {
    int rows = starts[tile + 1] - starts[tile];
    return streamed
        ? StreamedKernels.at(tile, starts.length - 1, tap, taps)
        : (starts[tile] + tile) * taps + tap * (rows + 1);
  }

  /**
   * Register tiles in words, for example {@code 4 x 13x2 + 1 x 12x2}.
   *
   * @param across vectors of pixels in words
   */
  public static String describe(int[] tileRows, String across) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tileRows.length; ) {
      int same = i;
      while (same < tileRows.length && tileRows[same] == tileRows[i]) {
        same++;
      }
      text.append(i == 0 ? "" : " + ").append(same - i).append(" x ");
      text.append(tileRows[i]).append('x').append(across);
      i = same;
    }
    return text.toString();
  }
}
