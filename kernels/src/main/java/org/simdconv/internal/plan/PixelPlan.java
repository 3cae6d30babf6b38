package org.simdconv.internal.plan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.Interleave;
import org.simdconv.internal.simd.PixelKernels;
import org.simdconv.internal.simd.Species;

/**
 * All decisions where a phase has a single pixel: a convolution whose kernel covers the image (1x1
 * on 1x1, 7x7 on 7x7: a fully connected layer), a transposed one of a single pixel. Each output is
 * a row of a matrix times the pixels that its taps read; taps in the padding are left out.
 * Immutable; the arrays are not to be written.
 *
 * <p>As tiles of 13 channels, which such images were before, k4 100-1024 on 1x1 took 155 us, now
 * 85; 240-960 on 1x1 20 and 9, 64-16 0.9 and 0.2; 3x3 512-512 on 1x1, 8 of its 9 taps in the
 * padding, 130 and 9; 16 images of k4 100-1024 1260 and 970 (JDK 25, Zen 5).
 */
public final class PixelPlan {
  // The sums of all pixels of a task, 256 KiB; one vector of channels may need more.
  private static final int SUM_FLOATS = 1 << 16;

  // Copies of the inputs of a segment, 512 KiB.
  private static final int INPUT_FLOATS = 1 << 17;

  private static final int MOST_PIXELS = 1 << 13;

  // Tasks per thread, as no two need be of the same length.
  private static final int TASKS_PER_THREAD = 4;

  /** The sizes. */
  public final ConvGeometry geometry;

  /** Outputs of a channel, each the only one of its phase. */
  public final int pixels;

  /**
   * Taps of each pixel, as kernel rows and columns of one channel, in the order of the reduction.
   */
  public final int[][] kernelRows;

  /** Their columns; all rows come with all columns. */
  public final int[][] kernelColumns;

  /** Where the taps of each pixel, of all channels, read, from the group's first input on. */
  public final int[][] offsets;

  /** Where each pixel's weights start among those of a group. */
  public final int[] weightsFrom;

  /** Packed weights of a group, in floats. */
  public final int groupWeights;

  /** Vectors of output channels of a group. */
  public final int vectors;

  /** Vectors of output channels of a task. */
  public final int taskVectors;

  /** Images of a task: a pixel's weights are read from memory for the first and stay in L2. */
  public final int taskImages;

  /** Tasks of a run. */
  public final int tasks;

  /** Inputs of a group of an image. */
  public final int inputs;

  /** Start of the sums in a task's scratch; before them are copies of a segment's inputs. */
  public final int sumsAt;

  /** Start of the outputs of a task, in their order. */
  public final int rowAt;

  /** Start of what is half interleaved. */
  public final int halfAt;

  /** Start of the part in which segments are staged. */
  public final int stageAt;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  /** The plan of a shape, or null where it does not suit. */
  public static @Nullable PixelPlan of(ConvGeometry g, int threads) {
    Axis rows = g.rows();
    Axis columns = g.columns();
    boolean suits =
        g.depth() == null
            && g.planes() == null
            && rows.grid == 1
            && columns.grid == 1
            && (long) rows.out * columns.out <= MOST_PIXELS;
    if (!suits) {
      return null;
    }
    try {
      return new PixelPlan(g, threads);
    } catch (ArithmeticException e) {
      // More floats than an array has.
      return null;
    }
  }

  private PixelPlan(ConvGeometry g, int threads) {
    geometry = g;
    Axis rows = g.rows();
    Axis columns = g.columns();
    int lanes = Species.LANES;
    pixels = rows.out * columns.out;
    vectors = (g.groupOut() + lanes - 1) / lanes;
    kernelRows = new int[pixels][];
    kernelColumns = new int[pixels][];
    offsets = new int[pixels][];
    weightsFrom = new int[pixels];
    int floats = 0;
    for (int p = 0; p < pixels; p++) {
      kernelRows[p] = taps(rows, p / columns.out);
      kernelColumns[p] = taps(columns, p % columns.out);
      int[] own = offsets(kernelRows[p], kernelColumns[p]);
      // Where kernel and stride are equal, all pixels read the same.
      offsets[p] = p > 0 && Arrays.equals(own, offsets[p - 1]) ? offsets[p - 1] : own;
      weightsFrom[p] = floats;
      int weights = Math.multiplyExact(Math.multiplyExact(vectors, lanes), own.length);
      floats = Math.addExact(floats, weights);
    }
    groupWeights = floats;
    // That the addresses of all weights are ints.
    Math.addExact(Math.multiplyExact(groupWeights, g.groups()), lanes);
    int most = Math.clamp(SUM_FLOATS / ((long) pixels * lanes), 1, PixelKernels.VECTORS);
    int some = Integer.highestOneBit(most);
    while (threads > 1
        && some > 1
        && (long) g.groups() * ((vectors + some - 1) / some) < (long) threads * TASKS_PER_THREAD) {
      some /= 2;
    }
    taskVectors = Math.min(some, vectors);
    int channels = taskVectors * lanes;
    int outputs = Math.multiplyExact(pixels, channels);
    inputs = Math.multiplyExact(g.groupIn(), rows.in * columns.in);
    taskImages = Math.clamp(Math.min(SUM_FLOATS / outputs, INPUT_FLOATS / inputs), 1, g.batch());
    int parts = (g.batch() + taskImages - 1) / taskImages * g.groups();
    tasks = Math.multiplyExact(parts, (vectors + taskVectors - 1) / taskVectors);
    sumsAt = Math.multiplyExact(taskImages, inputs);
    // Interleaving reads and writes whole vectors.
    rowAt = Math.addExact(sumsAt, taskImages * outputs + lanes);
    halfAt = Math.addExact(rowAt, pixels == 1 ? 0 : outputs + lanes);
    long half = pixels == 1 ? 0 : Interleave.scratchFloats(pixels, channels);
    stageAt = Math.addExact(halfAt, Math.toIntExact(half));
    scratchFloats = Math.addExact(stageAt, outputs);
  }

  /** The taps of an output of the first place of its phase that read inside the image. */
  private static int[] taps(Axis axis, int output) {
    int[] taps = new int[axis.taps];
    int count = 0;
    for (int t = 0; t < axis.taps; t++) {
      if (axis.phase[t] == output && axis.start[t] >= 0 && axis.start[t] < axis.in) {
        taps[count++] = t;
      }
    }
    return Arrays.copyOf(taps, count);
  }

  private int[] offsets(int[] downs, int[] acrosses) {
    Axis rows = geometry.rows();
    Axis columns = geometry.columns();
    int[] offset = new int[Math.multiplyExact(geometry.groupIn(), downs.length * acrosses.length)];
    int k = 0;
    for (int c = 0; c < geometry.groupIn(); c++) {
      for (int kh : downs) {
        for (int kw : acrosses) {
          offset[k++] = (c * rows.in + rows.start[kh]) * columns.in + columns.start[kw];
        }
      }
    }
    return offset;
  }

  /** Packed weights of all groups, in floats. */
  public int packedFloats() {
    return groupWeights * geometry.groups();
  }

  /** Most taps of a pixel. */
  public int mostTaps() {
    int most = 0;
    for (int[] offset : offsets) {
      most = Math.max(most, offset.length);
    }
    return most;
  }

  /** Multiply-adds that a run executes, unused lanes included. */
  public long executedMultiplyAdds() {
    return (long) packedFloats() * geometry.batch();
  }

  /**
   * What a run takes on one thread, in cycles: 1.9 for a vector of weights from L1 or L2, but 4 for
   * a tap of one vector or two, which wait for their chains; what weights take from L3 or memory,
   * 40 around the tile of each pixel, and 10 a vector of outputs.
   */
  public double cycles() {
    double tiles = (double) tasks * taskImages * pixels;
    int waiting = Integer.bitCount(vectors & 3);
    double vector = (double) executedMultiplyAdds() / Species.LANES / vectors;
    double products = vector * (1.9 * (vectors & ~3) + 4 * waiting);
    int passes = (geometry.batch() + taskImages - 1) / taskImages;
    return Caches.cycles(products, packedFloats(), passes, true, packedFloats())
        + tiles * (40 + 10 * taskVectors);
  }
}
