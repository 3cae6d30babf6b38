package org.simdconv.internal.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.Axis;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.simd.ImageKernels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.TileTable;

/**
 * All decisions of a dense convolution or transposed convolution of a batch with images in the
 * lanes, {@link ImageKernels}. A task owns one or two vectors of images of a group, and a range of
 * its register tiles of output channels:
 *
 * <pre>
 * transpose the images: [channel][row][column][image]         (kept from task to task)
 * for each tile of MR output channels
 *   for each block of input channels                          (its weights and images stay in L2)
 *     for each class of outputs, those with the same taps inside of the image
 *       for each two places of it: the register tile, on top of the places' sums
 *   epilogue, transpose the sums, store
 * </pre>
 *
 * <p>Outputs near the border, and those of other phases, have other taps: rows of outputs with the
 * same kernel rows and columns with the same kernel columns make a class. So nothing is multiplied
 * by padding, which is 23% of k4 s2 on 4x4 images, 40% of a 3x3 on 3x3 and 64% of a 5x5 there.
 *
 * <p>Against what was chosen before, pixels in lanes, whose tiles multiply by padding or, in parts
 * of the output, read weights several times; both in turns (JDK 25, Zen 4, one thread, ms): k4 s2
 * 1024-512 on 16 images of 4x4 46 to 34, 512-256 on 8x8 44 to 36; 3x3 512 on 96 of 3x3 34 to 24;
 * 5x5 64 on 32 of 5x5 1.9 to 0.86; 3x3 of stride 2, 512 on 16 of 7x7, 13.3 to 8.7; 192-384 on 64 of
 * 13x13 141 to 119; k4 100-1024 on 16 single pixels 1.4 to 0.95; 10 images in 16 lanes, 3x3 512 on
 * 3x3, 4.3 to 5.6.
 *
 * <p>Tried: blocks of 512, 256 and 128 taps instead of 1024 (2, 5 and 9% slower); a block's weights
 * not read ahead (35 MB of them: 8% slower).
 *
 * <p>Immutable; the arrays are not to be written.
 */
public final class ImageLanesPlan {
  // Sums of all places of a tile, and again of a vector of images after they are transposed: three
  // sixteenths of L2, or of a MiB, as these and what follows make up the MiB that a thread may
  // have.
  private static final int SUM_FLOATS = Math.min(Caches.L2, 1 << 20) / 16 * 3 / Float.BYTES;

  // What images may take beyond a thread's share of the input: half a MiB.
  private static final int MORE_IMAGE_FLOATS = (1 << 19) / Float.BYTES;

  // Taps of a class in a block: loading and storing the sums is a fiftieth of it.
  private static final int BLOCK_TAPS = 1024;

  // Weights of a block, all taps of its channels: a quarter of L2.
  private static final int BLOCK_FLOATS = Caches.L2 / 4 / Float.BYTES;

  // Floats of each image of a segment that are staged together.
  private static final int STAGE_FLOATS = 4 * Species.LANES;

  /** Outputs that have the same taps inside of the image. */
  public static final class OutputClass {
    /** How many outputs the classes before have. */
    public final int first;

    /** For each of its outputs, the input pixel that its first tap takes, in floats. */
    public final int[] from;

    /**
     * Of a block's channels, in the order of the reduction: the number of the tap among all taps of
     * them, and floats from that pixel to what it takes.
     */
    public final int[] taps;

    /** Taps of a channel. */
    public final int channelTaps;

    OutputClass(int first, int[] from, int[] taps, int channelTaps) {
      this.first = first;
      this.from = from;
      this.taps = taps;
      this.channelTaps = channelTaps;
    }
  }

  /** The sizes. */
  public final ConvGeometry geometry;

  /** Vectors of images of a task, the last ones' perhaps fewer. */
  public final int vectors;

  /** Places in a register tile. */
  public final int places;

  /** Rows of each register tile of a group's output channels. */
  public final int[] tileRows;

  /** First row of each register tile, and the end. */
  public final int[] tileStart;

  /** The classes. */
  public final List<OutputClass> classes;

  /** Number of each output of a plane in the order of the classes. */
  public final int[] number;

  /** Input channels of a block, the last one's perhaps fewer. */
  public final int blockChannels;

  /** First register tile of each range, and the end. */
  public final int[] ranges;

  /** Tasks of a run. */
  public final int tasks;

  /** Whether a block's weights are read once before their products, as they come from memory. */
  public final boolean touchesWeights;

  /** Floats from the first channel of a vector of images to that of the next one. */
  public final int vectorFloats;

  /** Start of the sums in a task's scratch; the images are in front. */
  public final int sumsAt;

  /** Start of the transposed sums. */
  public final int resultsAt;

  /** Floats from an image's transposed sums to the next one's. */
  public final int resultsApart;

  /** Start of the part in which segments are staged. */
  public final int stageAt;

  /** Floats of each image that are staged together. */
  public final int stageFloats;

  /** Scratch of one thread, in floats. */
  public final int scratchFloats;

  /**
   * The plan of a shape, or null where it does not suit: single images, or large ones.
   *
   * @param g the sizes
   * @param threads how many threads the tasks should suit
   */
  public static @Nullable ImageLanesPlan of(ConvGeometry g, int threads) {
    if (g.batch() == 1 || g.depth() != null || g.planes() != null) {
      return null;
    }
    long outputs = (long) g.rows().out * g.columns().out;
    long image = (long) g.groupIn() * g.rows().in * g.columns().in * Species.LANES;
    long most = (long) g.inputFloats() / threads + MORE_IMAGE_FLOATS;
    int rows = TileTable.partition(g.groupOut(), ImageKernels.places())[0];
    long packed = (long) g.weightFloats() / g.groupOut() * (g.groupOut() + rows);
    int vectors = ImageKernels.places();
    while (vectors > 1
        && (g.batch() <= Species.LANES
            || vectors * outputs * rows * Species.LANES > SUM_FLOATS
            || vectors * image > most)) {
      vectors /= 2;
    }
    boolean fits =
        vectors * outputs * rows * Species.LANES <= SUM_FLOATS
            && vectors * image <= most
            && packed <= Integer.MAX_VALUE - 8;
    return fits ? new ImageLanesPlan(g, vectors, threads) : null;
  }

  private ImageLanesPlan(ConvGeometry g, int vectors, int threads) {
    geometry = g;
    this.vectors = vectors;
    places = ImageKernels.places();
    tileRows = TileTable.partition(g.groupOut(), places);
    tileStart = TileTable.starts(tileRows);
    int pixels = g.rows().in * g.columns().in;
    int outputs = g.rows().out * g.columns().out;
    vectorFloats = g.groupIn() * pixels * Species.LANES;

    List<Lines> rows = lines(g.rows());
    List<Lines> columns = lines(g.columns());
    int mostTaps = 1;
    for (Lines y : rows) {
      for (Lines x : columns) {
        mostTaps = Math.max(mostTaps, y.taps.size() * x.taps.size());
      }
    }
    int channelWeights = g.rows().taps * g.columns().taps * tileRows[0];
    int some = Math.min(BLOCK_TAPS / mostTaps, BLOCK_FLOATS / channelWeights);
    int blocks = ceil(g.groupIn(), Math.clamp(some, 1, g.groupIn()));
    blockChannels = ceil(g.groupIn(), blocks);
    classes = new ArrayList<>();
    number = new int[outputs];
    int first = 0;
    for (Lines y : rows) {
      for (Lines x : columns) {
        OutputClass own = outputClass(g, y, x, first);
        classes.add(own);
        for (int row : y.outputs) {
          for (int column : x.outputs) {
            number[row * g.columns().out + column] = first++;
          }
        }
      }
    }

    int images = ceil(g.batch(), vectors * Species.LANES);
    long units = (long) images * g.groups();
    long work = g.flops() / 2 / units;
    int parts = (int) Math.min(tileRows.length, DensePlan.parts(units, work, threads));
    ranges = DensePlan.even(tileRows.length, parts);
    tasks = Math.toIntExact(units * parts);
    touchesWeights = Caches.mayBeFar(packedFloats());

    int rowsAtMost = tileRows[0];
    sumsAt = vectors * vectorFloats;
    resultsAt = sumsAt + rowsAtMost * sumsApart(vectors);
    // A vector of slack: rows of results are written in whole vectors.
    resultsApart = (ceil(rowsAtMost * outputs, Species.LANES) + 1) * Species.LANES;
    stageAt = resultsAt + Species.LANES * resultsApart;
    stageFloats = Math.min(STAGE_FLOATS, g.groupIn() * pixels);
    scratchFloats = stageAt + Math.max(Species.LANES * stageFloats, outputs);
  }

  /**
   * Rows, or columns, of outputs that have the same taps inside of the image.
   *
   * @param outputs the rows
   * @param inputs what the taps of each are relative to
   */
  private record Lines(List<Integer> taps, List<Integer> outputs, List<Integer> inputs) {}

  private static List<Lines> lines(Axis axis) {
    Map<List<Integer>, Lines> lines = new LinkedHashMap<>();
    for (int o = 0; o < axis.out; o++) {
      int place = o / axis.outStep;
      int phase = o - place * axis.outStep;
      List<Integer> taps = new ArrayList<>();
      for (int t = 0; t < axis.taps; t++) {
        if (axis.phase[t] == phase && axis.input(place, t) >= 0) {
          taps.add(t);
        }
      }
      Lines own =
          lines.computeIfAbsent(taps, key -> new Lines(key, new ArrayList<>(), new ArrayList<>()));
      own.outputs.add(o);
      // Without a tap it takes nothing.
      own.inputs.add(taps.isEmpty() ? 0 : axis.input(place, taps.get(0)));
    }
    return new ArrayList<>(lines.values());
  }

  private OutputClass outputClass(ConvGeometry g, Lines y, Lines x, int first) {
    int width = g.columns().in;
    int[] from = new int[y.outputs.size() * x.outputs.size()];
    int i = 0;
    for (int row : y.inputs) {
      for (int column : x.inputs) {
        from[i++] = (row * width + column) * Species.LANES;
      }
    }
    int channelTaps = y.taps.size() * x.taps.size();
    int[] taps = new int[2 * blockChannels * channelTaps];
    int k = 0;
    for (int c = 0; c < blockChannels; c++) {
      for (int kh : y.taps) {
        for (int kw : x.taps) {
          int down = g.rows().start[kh] - g.rows().start[y.taps.get(0)];
          int across = g.columns().start[kw] - g.columns().start[x.taps.get(0)];
          taps[k++] = (c * g.rows().taps + kh) * g.columns().taps + kw;
          taps[k++] = ((c * g.rows().in + down) * width + across) * Species.LANES;
        }
      }
    }
    return new OutputClass(first, from, taps, channelTaps);
  }

  /**
   * Floats from the sums of a channel of a tile to those of the next one: an odd number of vectors,
   * as those a power of two apart would share a place in L1.
   *
   * @param some vectors of images
   */
  public int sumsApart(int some) {
    return (number.length * some | 1) * Species.LANES;
  }

  /** Weights of a row of a register tile that an input channel has. */
  public int kernelTaps() {
    return geometry.rows().taps * geometry.columns().taps;
  }

  /** Rows of all register tiles of a group. */
  public int paddedRows() {
    return tileStart[tileRows.length];
  }

  /** Packed weights of all groups, in floats: rows past the last output channel are zeros. */
  public int packedFloats() {
    return geometry.groups() * paddedRows() * geometry.groupIn() * kernelTaps();
  }

  /** Blocks of input channels. */
  public int blocks() {
    return ceil(geometry.groupIn(), blockChannels);
  }

  /** Most taps of an output in a block. */
  public int blockTaps() {
    int most = 0;
    for (OutputClass own : classes) {
      most = Math.max(most, blockChannels * own.channelTaps);
    }
    return most;
  }

  /** Vectors of images. */
  private int imageVectors() {
    return ceil(geometry.batch(), Species.LANES);
  }

  /** Multiply-adds that a run executes, those of lanes without an image included. */
  public long executedMultiplyAdds() {
    long taps = 0;
    for (OutputClass own : classes) {
      taps += (long) own.from.length * own.channelTaps;
    }
    return taps
        * geometry.groupIn()
        * geometry.groups()
        * paddedRows()
        * imageVectors()
        * Species.LANES;
  }

  /**
   * What a run takes on one thread, in cycles: two vectors of images at 85% of two FMAs a cycle,
   * one at 75%; 60 around a tile; and 8 for a vector of inputs that is transposed, 16 for one of
   * outputs.
   */
  public double cycles() {
    ConvGeometry g = geometry;
    double products = 0;
    double calls = 0;
    int all = imageVectors();
    int whole = all / vectors;
    for (OutputClass own : classes) {
      double each = (double) own.channelTaps * g.groupIn() * paddedRows();
      products += whole * each * tileCycles(own.from.length * vectors);
      products += (all - whole * vectors > 0 ? each : 0) * tileCycles(own.from.length);
      calls += (double) own.from.length * all / places;
    }
    double passes = ceil(all, vectors);
    double around = 60 * calls * tileRows.length * blocks();
    double input = 8.0 * all * g.groupIn() * g.rows().in * g.columns().in;
    double output = 16.0 * all * paddedRows() * number.length;
    double rest = g.groups() * (around + input + output);
    return Caches.cycles(g.groups() * products, packedFloats(), passes, false, packedFloats())
        + rest;
  }

  /** Of a tap and a row, for so many places. */
  private double tileCycles(int count) {
    int pairs = places == 2 ? count / 2 : 0;
    return pairs / 0.85 + (count - 2 * pairs) * 0.5 / 0.75;
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }
}
