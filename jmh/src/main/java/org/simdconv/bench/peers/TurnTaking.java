package org.simdconv.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.simdconv.Numerics;
import org.simdconv.PlanOptions;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Pass;
import org.simdconv.bench.machine.FmaPeak;
import org.simdconv.bench.verify.Verification;
import org.simdconv.bench.verify.Verifier;

/**
 * Measures a layer on several engines in one process. In each round every engine has a turn: one
 * run that is not counted, which brings its data into the caches and wakes its threads, then as
 * many runs as fill the turn. Each round begins with another engine. So whatever the machine does
 * meanwhile hits all alike, and the ratio of two engines in one round is of the same moment.
 *
 * <p>After a turn of several threads there is a pause, since the threads of OpenMP and of ONNX
 * Runtime go on spinning for a while and would take the next engine's processors, or the peak
 * probe's ({@link ConvEngine#settleMillis}).
 */
public final class TurnTaking {
  /**
   * How long to measure.
   *
   * @param turnMillis length of a turn
   * @param rounds most rounds
   * @param seconds time after which no further round begins, if there were {@link #FEWEST_ROUNDS}
   * @param numerics of our plans
   */
  public record Effort(int turnMillis, int rounds, double seconds, Numerics numerics) {}

  /** Fewest rounds, however long they take. */
  public static final int FEWEST_ROUNDS = 7;

  // The reference may take this many multiply-adds an engine.
  private static final long VERIFY_BUDGET = 10_000_000;
  // C2 needs 0.3 to 2 s for our micro-kernels, the longer where two threads keep it from its
  // processors; native code needs its pages and threads only.
  private static final long WARM_NANOS_OURS = 2_500_000_000L;
  private static final long WARM_NANOS_NATIVE = 50_000_000;

  private TurnTaking() {}

  /** Every engine that this jar has, ours first. */
  public static List<ConvEngine> engines(Numerics numerics) {
    List<ConvEngine> engines = new ArrayList<>(List.of(new SimdconvEngine(numerics)));
    for (ConvEngine engine : ServiceLoader.load(ConvEngine.class)) {
      engines.add(engine);
    }
    return engines;
  }

  /** An engine made ready, or the reason why it is not. */
  private static final class Seat {
    final ConvEngine engine;
    final List<Double> micros = new ArrayList<>();
    ConvEngine.@Nullable Prepared prepared;
    Verification verification = new Verification(0, 0);
    @Nullable String failure;
    int runs = 1;

    Seat(ConvEngine engine) {
      this.engine = engine;
    }

    PeerFork.Engine result() {
      ConvEngine.Prepared ready = prepared;
      return new PeerFork.Engine(
          engine.id(),
          ready == null ? "" : ready.detail(),
          verification.compared(),
          verification.total(),
          failure == null ? micros : List.of(),
          failure);
    }
  }

  /** Measures. */
  public static PeerFork measure(Layer layer, int threads, int fork, Effort effort) {
    float[] input = Layer.data(layer.inputFloats(), 1);
    float[] weights = Layer.data(layer.weightFloats(), 2);
    float[] bias = Layer.data(layer.outChannels(), 3);
    List<Seat> seats = new ArrayList<>();
    List<Double> peaks = new ArrayList<>();
    try {
      for (ConvEngine engine : engines(effort.numerics())) {
        if (!engine.computes(layer)) {
          continue;
        }
        Seat seat = new Seat(engine);
        seats.add(seat);
        prepare(seat, layer, input, weights, bias, threads, effort);
      }
      long until = System.nanoTime() + (long) (effort.seconds() * 1e9);
      for (int round = 0;
          round < effort.rounds() && (round < FEWEST_ROUNDS || System.nanoTime() < until);
          round++) {
        peaks.add(FmaPeak.gflops(threads));
        for (int i = 0; i < seats.size(); i++) {
          turn(seats.get((round + i) % seats.size()), threads);
        }
      }
    } finally {
      for (Seat seat : seats) {
        if (seat.prepared != null) {
          seat.prepared.close();
        }
      }
    }
    return new PeerFork(
        layer.name(),
        layer.transposed(),
        layer.pass() != Pass.FORWARD,
        threads,
        fork,
        layer.plan(weights, bias, PlanOptions.defaults()).flops(),
        peaks,
        seats.stream().map(Seat::result).toList());
  }

  private static void prepare(
      Seat seat,
      Layer layer,
      float[] input,
      float[] weights,
      float[] bias,
      int threads,
      Effort effort) {
    try {
      boolean ours = seat.engine instanceof SimdconvEngine;
      boolean exact = ours && effort.numerics() == Numerics.REPRODUCIBLE;
      ConvEngine.Prepared prepared = seat.engine.prepare(layer, input, weights, bias, threads);
      seat.prepared = prepared;
      prepared.run();
      seat.verification =
          exact
              ? Verifier.verify(layer, input, weights, bias, prepared.output(), VERIFY_BUDGET)
              : Verifier.verifyWithin(
                  layer, input, weights, bias, prepared.output(), VERIFY_BUDGET);
      long until = System.nanoTime() + (ours ? WARM_NANOS_OURS : WARM_NANOS_NATIVE);
      long last;
      do {
        long start = System.nanoTime();
        prepared.run();
        last = System.nanoTime() - start;
      } while (System.nanoTime() < until);
      seat.runs = (int) Math.max(1, Math.min(100_000, effort.turnMillis() * 1_000_000L / last));
    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
      // An engine that this machine cannot load, or whose result is wrong, is listed as such; the
      // others go on.
      seat.failure = e.getMessage() == null ? e.toString() : e.getMessage();
    }
  }

  private static void turn(Seat seat, int threads) {
    ConvEngine.Prepared prepared = seat.prepared;
    if (prepared == null || seat.failure != null) {
      return;
    }
    prepared.run();
    long start = System.nanoTime();
    for (int i = 0; i < seat.runs; i++) {
      prepared.run();
    }
    long end = System.nanoTime();
    seat.micros.add((end - start) / 1e3 / seat.runs);
    if (threads > 1) {
      long settled = end + seat.engine.settleMillis() * 1_000_000L;
      // Not asleep: a virtual processor that halts may be slow to come back.
      while (System.nanoTime() < settled) {
        Thread.onSpinWait();
      }
    }
  }
}
