package org.simdconv.internal.run;

import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.TileIo;

/**
 * What one thread of a run keeps from task to task: which part of the input stands in its window.
 * Neighbouring tasks share it, and a thread mostly gets neighbours. Belongs to one thread of one
 * run.
 */
public final class Slot {
  static final long NONE = -1;

  private static final float[] NOTHING = {};

  /** What the window holds: image, group and band, as the engine numbers them; or none. */
  long window = NONE;

  /** First grid row that the window holds. */
  int filledFrom;

  /** End of the grid rows that the window holds. */
  int filledTo;

  /** The band that comes next, where it is copied beside the products. */
  final NextBand next = new NextBand();

  /** Where the pixels of the tiles at hand are: the scratch memory, or the input. */
  float[] pixels = NOTHING;

  /** Where the grid's first pixel is in it. */
  int pixelsAt;

  /**
   * Which part of the input was last read ahead of its tiles, as the engine numbers them; or none.
   */
  long touched = NONE;

  /** First tile that reads a copy where the others read the input. */
  int copied;

  /** Keeps the compiler from leaving out reads that only warm a cache. */
  int read;

  /** Which part of the outputs the window is for, where there are several. */
  int part;

  /** What stands transformed in scratch, as the engine numbers it; or none. */
  long transformed = NONE;

  /** The register tile at hand. */
  final TileIo io = new TileIo();

  /** Where rows of channels at hand begin. */
  final int[] index = new int[Math.max(8, 2 * Species.LANES)];

  /** Start of each run of outputs of the tile at hand among a channel's results. */
  final int[] runFrom = new int[8 * Species.LANES];

  /** Where it goes, from the channel's first output on. */
  final int[] runTo = new int[8 * Species.LANES];

  /** Outputs of it. */
  final int[] runLength = new int[8 * Species.LANES];

  /** For each vector of the tile at hand, which of its lanes are outputs. */
  final long[] lanes = new long[8];

  private int[] ints = {};

  /** Room for so many starts of rows, or indices; made once. */
  int[] ints(int count) {
    if (ints.length < count) {
      ints = new int[count];
    }
    return ints;
  }

  /** Forgets what of the input is in windows and caches: another plan numbers it otherwise. */
  void forgetInput() {
    window = NONE;
    touched = NONE;
    next.clear();
  }

  /** Forgets the window, and the arrays of the run. */
  void clear() {
    forgetInput();
    pixels = NOTHING;
    transformed = NONE;
    io.clear();
  }
}
