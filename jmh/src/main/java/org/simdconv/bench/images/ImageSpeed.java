package org.simdconv.bench.images;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.simdconv.BedOfNails;
import org.simdconv.ImagePlan;
import org.simdconv.IndexedPoolPlan;
import org.simdconv.MaxUnpool;
import org.simdconv.Padding;
import org.simdconv.PixelShuffle;
import org.simdconv.PlanOptions;
import org.simdconv.Pool;
import org.simdconv.Resize;
import org.simdconv.UnpoolPlan;
import org.simdconv.Workspace;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.verify.MismatchException;
import org.simdconv.reference.NaivePool;
import org.simdconv.reference.NaiveUpsampling;

/**
 * One operation on images, verified, and then timed in turns with a copy that moves as many bytes:
 * half of them read, half written, in memory of its own of the same size, so that it lives where
 * the operation's data lives.
 *
 * @param operation its name
 * @param kibibytes bytes read and written in a run, by the definition, in KiB
 * @param micros median time of a run, microseconds
 * @param gigabytesPerSecond bytes read and written by the definition, over that time
 * @param copyGigabytesPerSecond the same of the copy
 * @param shareOfCopy median over rounds of the copy's time over the operation's
 * @param verified outputs compared with the reference
 */
public record ImageSpeed(
    String operation,
    double kibibytes,
    double micros,
    double gigabytesPerSecond,
    double copyGigabytesPerSecond,
    double shareOfCopy,
    int verified) {
  private static final long WARM_NANOS = 1_500_000_000L;
  private static final long TURN_NANOS = 5_000_000;
  private static final int ROUNDS = 60;
  private static final PlanOptions ONE = PlanOptions.defaults().withThreads(1);

  /** Something to measure: a run, and the bytes that it reads and writes. */
  private record Work(Runnable run, long bytes, int verified) {}

  private static final Map<String, IntFunction<Work>> OPERATIONS = operations();

  private static Map<String, IntFunction<Work>> operations() {
    Map<String, IntFunction<Work>> all = new LinkedHashMap<>();
    all.put("nearest 2x @56", c -> resize(false, c, 56, 2));
    all.put("nearest 4x @28", c -> resize(false, c, 28, 4));
    all.put("nearest 1.5x @56", c -> resize(false, c, 56, 1.5));
    all.put("linear 2x @56", c -> resize(true, c, 56, 2));
    all.put("linear 4x @28", c -> resize(true, c, 28, 4));
    all.put("linear 1.5x @56", c -> resize(true, c, 56, 1.5));
    all.put("linear 0.5x @112", c -> resize(true, c, 112, 0.5));
    all.put("bed of nails 2x @56", ImageSpeed::nails);
    all.put("max pool 2x2 s2 @112", c -> pool(true, c, 112, 2, 2, 0));
    all.put("max pool 3x3 s2 @112", c -> pool(true, c, 112, 3, 2, 1));
    all.put("max pool 3x3 s1 @14", c -> pool(true, c, 14, 3, 1, 1));
    all.put("avg pool 2x2 s2 @112", c -> pool(false, c, 112, 2, 2, 0));
    all.put("avg pool 3x3 s1 @56", c -> pool(false, c, 56, 3, 1, 1));
    all.put("avg pool 7x7 @7", c -> pool(false, c, 7, 7, 1, 0));
    all.put("max pool 2x2 s2 @112 with indices", ImageSpeed::indexed);
    all.put("max unpool 2x2 s2 @56", ImageSpeed::unpool);
    all.put("depth to space 2 @56", c -> shuffle(true, c, 56, 2));
    all.put("depth to space 3 @28", c -> shuffle(true, c, 28, 3));
    all.put("depth to space 4 @28", c -> shuffle(true, c, 28, 4));
    all.put("space to depth 2 @112", c -> shuffle(false, c, 56, 2));
    all.put("space to depth 4 @112", c -> shuffle(false, c, 28, 4));
    return all;
  }

  /** The names of all operations. */
  public static List<String> names() {
    return List.copyOf(OPERATIONS.keySet());
  }

  /**
   * Verifies and measures, to be called in a JVM of its own.
   *
   * @param operation a name of {@link #names}
   * @param kibibytes how many KiB to read and write in a run, about, by the number of channels
   * @throws MismatchException if an output differs from the reference
   */
  public static ImageSpeed measure(String operation, int kibibytes) {
    IntFunction<Work> make = OPERATIONS.get(operation);
    if (make == null) {
      throw new IllegalArgumentException(
          "operation is " + operation + "; must be one of " + names());
    }
    long channels = kibibytes * 1024L / make.apply(1).bytes;
    Work work = make.apply(Math.clamp(channels, 1, 1 << 20));
    int half = Math.toIntExact(work.bytes / 2 / Float.BYTES);
    float[] from = Layer.data(half, 3);
    float[] to = new float[half];
    Runnable copy = () -> System.arraycopy(from, 0, to, 0, half);
    int runs = warm(work.run);
    int copies = warm(copy);
    double[] times = new double[ROUNDS];
    double[] copied = new double[ROUNDS];
    double[] shares = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      boolean first = i % 2 == 0;
      double a = first ? micros(work.run, runs) : 0;
      copied[i] = micros(copy, copies);
      times[i] = first ? a : micros(work.run, runs);
      shares[i] = copied[i] / times[i];
    }
    double micros = median(times);
    return new ImageSpeed(
        operation,
        work.bytes / 1024.0,
        micros,
        work.bytes / micros / 1e3,
        work.bytes / median(copied) / 1e3,
        median(shares),
        work.verified);
  }

  private static int warm(Runnable run) {
    long start = System.nanoTime();
    long last;
    do {
      long begin = System.nanoTime();
      run.run();
      last = System.nanoTime() - begin;
    } while (System.nanoTime() - start < WARM_NANOS);
    return Math.clamp(TURN_NANOS / Math.max(1, last), 1, 100_000);
  }

  private static double micros(Runnable run, int runs) {
    run.run();
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      run.run();
    }
    return (System.nanoTime() - start) / 1e3 / runs;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void verify(String what, float[] expected, float[] actual) {
    int at = Arrays.mismatch(expected, actual);
    if (at >= 0) {
      throw new MismatchException(
          what + ": output " + at + " is " + actual[at] + "; the reference has " + expected[at]);
    }
  }

  private static Work work(ImagePlan plan, float[] x, float[] expected) {
    float[] y = new float[plan.outputFloats()];
    Workspace workspace = plan.newWorkspace();
    Runnable run = () -> plan.run(x, 0, y, 0, workspace, null);
    run.run();
    verify(plan.toString(), expected, y);
    return new Work(run, (long) Float.BYTES * (x.length + y.length), y.length);
  }

  private static Work resize(boolean linear, int channels, int size, double scale) {
    float[] x = Layer.data(channels * size * size, 1);
    int out = (int) (scale * size);
    NaiveUpsampling.Coordinates half = NaiveUpsampling.Coordinates.HALF_PIXEL;
    float[] expected =
        linear
            ? NaiveUpsampling.linear(channels, size, size, out, out, scale, scale, half, x)
            : NaiveUpsampling.nearest(
                channels,
                size,
                size,
                out,
                out,
                scale,
                scale,
                half,
                NaiveUpsampling.Rounding.ROUND_PREFER_FLOOR,
                x);
    Resize resize = linear ? Resize.linear() : Resize.nearest();
    return work(resize.scale(scale, scale).plan(1, channels, size, size, ONE), x, expected);
  }

  private static Work nails(int channels) {
    float[] x = Layer.data(channels * 56 * 56, 1);
    float[] expected = NaiveUpsampling.bedOfNails(channels, 56, 56, 2, 2, x);
    return work(BedOfNails.of(2, 2).plan(1, channels, 56, 56, ONE), x, expected);
  }

  private static Pool pool(boolean max, int kernel, int stride, int pad) {
    return (max ? Pool.max() : Pool.average())
        .kernel(kernel, kernel)
        .stride(stride)
        .padding(Padding.of(pad));
  }

  private static NaivePool naive(int channels, int size, int kernel, int stride, int pad) {
    int out = NaivePool.output(size, kernel, stride, 1, pad, pad, false);
    return new NaivePool(
        channels,
        new int[] {1, size, size},
        new int[] {1, out, out},
        new int[] {1, kernel, kernel},
        new int[] {1, stride, stride},
        new int[] {1, 1, 1},
        new int[] {0, pad, pad},
        new int[] {0, pad, pad});
  }

  private static Work pool(boolean max, int channels, int size, int kernel, int stride, int pad) {
    float[] x = Layer.data(channels * size * size, 1);
    NaivePool naive = naive(channels, size, kernel, stride, pad);
    float[] expected = max ? naive.max(x, new int[0], false) : naive.average(x, false);
    return work(pool(max, kernel, stride, pad).plan(1, channels, size, size, ONE), x, expected);
  }

  private static Work indexed(int channels) {
    float[] x = Layer.data(channels * 112 * 112, 1);
    IndexedPoolPlan plan = pool(true, 2, 2, 0).planWithIndices(1, channels, 112, 112, ONE);
    float[] y = new float[plan.outputFloats()];
    int[] where = new int[y.length];
    Workspace workspace = plan.newWorkspace();
    Runnable run = () -> plan.run(x, 0, y, 0, where, 0, workspace, null);
    run.run();
    int[] places = new int[y.length];
    verify(plan.toString(), naive(channels, 112, 2, 2, 0).max(x, places, false), y);
    if (!Arrays.equals(places, where)) {
      throw new MismatchException(plan + ": the indices differ from the reference's");
    }
    return new Work(run, (long) Float.BYTES * (x.length + 2 * y.length), y.length);
  }

  private static Work unpool(int channels) {
    float[] large = Layer.data(channels * 112 * 112, 1);
    int[] where = new int[channels * 56 * 56];
    float[] x = naive(channels, 112, 2, 2, 0).max(large, where, false);
    UnpoolPlan plan = MaxUnpool.of(2, 2).stride(2, 2).plan(1, channels, 56, 56, ONE);
    float[] y = new float[plan.outputFloats()];
    Workspace workspace = plan.newWorkspace();
    Runnable run = () -> plan.run(x, 0, where, 0, y, 0, workspace, null);
    run.run();
    verify(plan.toString(), NaiveUpsampling.maxUnpool(channels, 112, 112, 112, 112, x, where), y);
    return new Work(run, (long) Float.BYTES * (2 * x.length + y.length), y.length);
  }

  private static Work shuffle(boolean toSpace, int channels, int size, int block) {
    float[] x = Layer.data(channels * block * block * size * size, 1);
    int all = channels * block * block;
    PixelShuffle.Order order = PixelShuffle.Order.CHANNEL_FIRST;
    if (toSpace) {
      ImagePlan plan = PixelShuffle.depthToSpace(block, order).plan(1, all, size, size, ONE);
      return work(plan, x, NaiveUpsampling.depthToSpace(1, channels, size, size, block, false, x));
    }
    ImagePlan plan =
        PixelShuffle.spaceToDepth(block, order).plan(1, channels, size * block, size * block, ONE);
    return work(plan, x, NaiveUpsampling.spaceToDepth(1, channels, size, size, block, false, x));
  }
}
