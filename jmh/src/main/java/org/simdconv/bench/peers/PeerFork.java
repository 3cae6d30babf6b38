package org.simdconv.bench.peers;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM measured of one layer: all engines in turns.
 *
 * @param layer layer
 * @param transposed whether it is a transposed convolution
 * @param gradient whether it is a gradient of one
 * @param threads threads
 * @param fork which JVM, from 0
 * @param flops operations of a run
 * @param peaks FMA peak of as many threads, probed in each round, GFLOP/s
 * @param engines what each engine did
 */
public record PeerFork(
    String layer,
    boolean transposed,
    boolean gradient,
    int threads,
    int fork,
    long flops,
    List<Double> peaks,
    List<Engine> engines) {

  /** Requires all. */
  public PeerFork {
    Objects.requireNonNull(layer, "layer");
    peaks = List.copyOf(Objects.requireNonNull(peaks, "peaks"));
    engines = List.copyOf(Objects.requireNonNull(engines, "engines"));
  }

  /** What it is, for a heading. */
  public String kind() {
    return gradient ? "gradients" : transposed ? "transposed convolution" : "convolution";
  }

  /**
   * What an engine did.
   *
   * @param id engine
   * @param detail its version and what it chose
   * @param verified outputs that were compared with the reference before the first round
   * @param outputs all outputs
   * @param micros time of a run in each round, microseconds; empty if it failed
   * @param failure why it has no number, or null
   */
  public record Engine(
      String id,
      String detail,
      long verified,
      long outputs,
      List<Double> micros,
      @Nullable String failure) {
    /** Requires all but the failure. */
    public Engine {
      Objects.requireNonNull(id, "engines.id");
      Objects.requireNonNull(detail, "engines.detail");
      micros = List.copyOf(Objects.requireNonNull(micros, "engines.micros"));
    }
  }
}
