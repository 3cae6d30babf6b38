package org.simdconv.bench.kernel;

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
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.StreamedKernels;
import org.simdconv.internal.simd.TileIo;

/**
 * A register tile alone: one panel, the weights of some output channels streaming past it, as in a
 * layer; no packing, no stores to a tensor. GFLOP/s and the share of the FMA peak are its secondary
 * results. With the weights of many channels it shows how fast they come from L3 or memory, in one
 * stream or in several.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -jar simdconv-bench.jar KernelBenchmark -p tile=13x2 -p taps=128
 * java --add-modules jdk.incubator.vector -jar simdconv-bench.jar KernelBenchmark -p tile=13x1,13x1-streamed -p taps=1152 -p channels=26000
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
public class KernelBenchmark {
  /** MR x NV; also 13x1-streamed. */
  @Param({"13x2", "12x2", "13x1", "12x1", "8x2", "8x1", "3x8", "3x2", "4x4", "4x2", "4x1"})
  public String tile = "";

  /** Length of the reduction. */
  @Param({"64", "256", "1152"})
  public int taps = 1;

  /** Output channels, whose weights pass once a call. */
  @Param("64")
  public int channels = 1;

  private boolean streamed;
  private int mr;
  private int nv;
  private int blocks;
  private float[] w = {};
  private float[] x = {};
  private float[] acc = {};
  private final TileIo io = new TileIo();

  /** Fills the operands, runs once, verifies against a plain loop. */
  @Setup
  public void prepare() {
    streamed = tile.endsWith("-streamed");
    String[] sizes = tile.replace("-streamed", "").split("x", -1);
    mr = Integer.parseInt(sizes[0]);
    nv = Integer.parseInt(sizes[1]);
    blocks = (channels + mr - 1) / mr;
    int nr = nv * Species.LANES;
    w = Layer.data(blocks * (mr + 1) * taps, 1);
    x = Layer.data(nr * taps, 2);
    for (int b = 0; b < blocks; b++) {
      for (int k = 0; k < taps; k++) {
        w[rowAt(b, k) + mr] = MicroKernels.offset(k * nr);
      }
    }
    acc = new float[blocks * mr * nr];
    panel();
    for (int b = 0; b < blocks; b++) {
      for (int m = 0; m < mr; m++) {
        for (int p = 0; p < nr; p++) {
          float sum = 0;
          for (int k = 0; k < taps; k++) {
            sum = Math.fma(w[rowAt(b, k) + m], x[k * nr + p], sum);
          }
          if (acc[(b * mr + m) * nr + p] != sum) {
            throw new IllegalStateException("tile " + tile + " is wrong at row " + m);
          }
        }
      }
    }
    ForkFacts.set(
        new ForkFacts.Facts(
            2L * blocks * mr * nr * taps, 1, new Verification(acc.length, acc.length)));
  }

  /**
   * All output channels over one panel.
   *
   * @return the accumulators
   */
  @Benchmark
  public float[] panel() {
    int nr = nv * Species.LANES;
    for (int b = 0; b < blocks; b++) {
      io.keep(acc, b * mr * nr, nr);
      if (streamed) {
        StreamedKernels.run(w, 0, b, blocks, taps, x, 0, io);
      } else {
        MicroKernels.run(mr, nv, w, b * (mr + 1) * taps, taps, x, 0, io);
      }
    }
    return acc;
  }

  private int rowAt(int block, int tap) {
    return streamed
        ? StreamedKernels.at(block, blocks, tap, taps)
        : (block * taps + tap) * (mr + 1);
  }
}
