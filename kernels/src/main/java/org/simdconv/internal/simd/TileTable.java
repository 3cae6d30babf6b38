package org.simdconv.internal.simd;

/**
 * Which register tiles suit this JVM's vectors, and how to cut a number of output channels into
 * their rows.
 *
 * <p>The costs of the rows are cycles per tap, from KernelBenchmark on an AVX-512 core with JDK 25
 * (percent of the FMA peak at 128 taps: 13x2 84, 8x2 74, 4x4 69, 13x1 64); only their ratios
 * matter.
 */
public final class TileTable {
  private static final int[] ROWS = {13, 8, 4};
  private static final double[] CYCLES = {15.5, 10.8, 7.0};

  private TileTable() {}

  /**
   * Vectors of pixels in the tiles of a plan.
   *
   * @param rows output channels of a group
   * @return NV
   */
  public static int vectors(int rows) {
    // 13x2 holds 26 accumulators and needs 32 registers; 13x1 fits in 16. With at most 4 rows the
    // tile is
    // made wider instead, to keep enough independent chains in flight (latency 4, two FMA ports:
    // 8).
    if (Species.MANY_REGISTERS) {
      return rows <= 4 ? 4 : 2;
    }
    return rows <= 4 ? 2 : 1;
  }

  /**
   * Cuts {@code rows} output channels into tiles so that the least time is spent, waste included.
   *
   * @param rows output channels of a group, at least 1
   * @return rows of each tile in order; their sum is at least {@code rows}
   */
  public static int[] partition(int rows) {
    if (rows <= 4) {
      return new int[] {4};
    }
    double[] best = new double[rows + 1];
    int[] choice = new int[rows + 1];
    for (int r = 1; r <= rows; r++) {
      best[r] = Double.MAX_VALUE;
      for (int t = 0; t < ROWS.length; t++) {
        double cost = CYCLES[t] + best[Math.max(0, r - ROWS[t])];
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
}
