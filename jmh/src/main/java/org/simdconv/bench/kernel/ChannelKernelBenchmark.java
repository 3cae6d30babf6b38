package org.simdconv.bench.kernel;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.simdconv.bench.layer.ForkFacts;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.verify.Verification;
import org.simdconv.internal.simd.ChannelKernels;
import org.simdconv.internal.simd.Species;

/**
 * A register tile with output channels in its lanes alone: three rows of pixels between two
 * neighbours, 3x3 weights of so many input channels; no transposition of the sums.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -jar simdconv-bench.jar ChannelKernelBenchmark -p tile=14 -p channels=256
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@State(Scope.Benchmark)
public class ChannelKernelBenchmark {
  private static final int ROWS = 3;

  /** Pixels of the tile; also with a kind, 14-MIRRORED, and units and pixels, 9x3-SPREAD. */
  @Param({
    "7",
    "8",
    "11",
    "13",
    "14",
    "16",
    "14-MIRRORED",
    "7-EVERY_OTHER",
    "9x3-SPREAD",
    "4x3-SPREAD",
    "12x2-SPREAD",
    "3x2-SPREAD",
    "8-PAIR",
    "13-SINGLE",
    "5"
  })
  public String tile = "";

  /** Input channels. */
  @Param({"64", "256"})
  public int channels = 1;

  private ChannelKernels.Kind kind = ChannelKernels.Kind.FORWARD;
  private ChannelKernels.Tile shape = new ChannelKernels.Tile(1, 1);
  private int lanes;
  private int pitch;
  private float[] w = {};
  private float[] x = {};
  private float[] sums = {};

  /** Fills the operands, runs once, verifies against a plain loop. */
  @Setup
  public void prepare() {
    String[] parts = tile.split("-", -1);
    String[] sizes = parts[0].split("x", -1);
    int units = sizes.length > 1 ? Integer.parseInt(sizes[0]) : 1;
    shape = new ChannelKernels.Tile(units, Integer.parseInt(sizes[sizes.length - 1]));
    int pixels = shape.pixels();
    kind = parts.length > 1 ? ChannelKernels.Kind.valueOf(parts[1]) : ChannelKernels.Kind.FORWARD;
    lanes = ChannelKernels.vectors(kind, shape) * Species.LANES;
    pitch = 2 * (pixels + units);
    int taps = ChannelKernels.taps(kind);
    w = Layer.data(channels * ROWS * taps * lanes, 1);
    x = Layer.data(channels * ROWS * pitch, 2);
    sums = new float[pixels * lanes];
    tile();
    for (int j = 0; j < pixels; j++) {
      for (int lane = 0; lane < lanes; lane++) {
        float sum = 0;
        for (int row = 0; row < channels * ROWS; row++) {
          for (int k = 0; k < taps; k++) {
            float pixel = x[row * pitch + units + input(j, k)];
            sum = Math.fma(pixel, w[(row * taps + k) * lanes + lane], sum);
          }
        }
        if (sums[j * lanes + lane] != sum) {
          throw new IllegalStateException("tile " + tile + " is wrong at pixel " + j);
        }
      }
    }
    ForkFacts.set(
        new ForkFacts.Facts(
            2L * channels * ROWS * taps * lanes * pixels,
            1,
            new Verification(sums.length, sums.length)));
  }

  private int input(int output, int tap) {
    return switch (kind) {
      case FORWARD -> output + tap - 1;
      case MIRRORED, PAIR -> output + 1 - tap;
      case SINGLE -> output;
      case EVERY_OTHER -> 2 * output + tap - 1;
      // Sums are counted by [unit][pixel]; a unit's pixels are as far apart as there are units.
      case SPREAD -> output / shape.width() + (output % shape.width() + tap - 1) * shape.units();
    };
  }

  /**
   * One tile from zeros.
   *
   * @return the sums
   */
  @Benchmark
  public float[] tile() {
    Arrays.fill(sums, 0f);
    ChannelKernels.run(
        kind,
        shape,
        w,
        0,
        ROWS * ChannelKernels.taps(kind) * lanes,
        x,
        shape.units(),
        ROWS * pitch,
        pitch,
        shape.units(),
        channels,
        ROWS,
        true,
        true,
        sums,
        0);
    return sums;
  }
}
