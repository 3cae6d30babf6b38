package org.simdconv.bench.peers;

import org.simdconv.bench.layer.Layer;

/**
 * An engine that computes layers. Adapters of native engines are found by {@link
 * java.util.ServiceLoader}; each has a constructor without parameters that loads nothing.
 */
public interface ConvEngine {
  /** Name in records and tables, for example {@code onednn-nchw}. */
  String id();

  /** What it is, in a few words for a legend. */
  String description();

  /** Whether input and output are in a layout of the engine's own, which a user would pay for. */
  default boolean ownLayout() {
    return false;
  }

  /**
   * Milliseconds after a run of several threads for which the engine's threads may go on spinning,
   * and would take the next engine's processors.
   */
  default int settleMillis() {
    return 4;
  }

  /** Whether the engine, as it is adapted here, computes such layers; of others nothing is said. */
  default boolean computes(Layer layer) {
    return true;
  }

  /**
   * Makes everything ready that is not part of a run: weights in the engine's own order, input in
   * the engine's own layout, output allocated.
   *
   * @param layer the layer
   * @param input NCHW
   * @param weights in ONNX's order
   * @param bias one an output channel
   * @param threads threads of a run; the JVM was started with {@code OMP_NUM_THREADS} set to it
   * @throws UnsupportedOperationException if the engine has no such layer
   */
  Prepared prepare(Layer layer, float[] input, float[] weights, float[] bias, int threads);

  /** A layer made ready. */
  interface Prepared extends AutoCloseable {
    /** Computes the output. */
    void run();

    /** The output of the last run, NCHW. */
    float[] output();

    /** Version and what the engine chose, for the record. */
    String detail();

    /** Gives native memory back. */
    @Override
    default void close() {}
  }
}
