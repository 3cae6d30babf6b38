package org.simdconv.bench.peers.engines;

import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.peers.ConvEngine;

/**
 * oneDNN free in its layouts: input and output are in the order that it likes best, and no reorder
 * is timed. That is its speed inside a network that never leaves its layouts.
 */
public final class OneDnnBlockedEngine implements ConvEngine {
  /** Loads nothing. */
  public OneDnnBlockedEngine() {}

  @Override
  public String id() {
    return "onednn-blocked";
  }

  @Override
  public String description() {
    return "oneDNN, input and output in its own blocked layout, no reorder timed";
  }

  @Override
  public boolean ownLayout() {
    return true;
  }

  /** Volumes are not adapted. */
  @Override
  public boolean computes(Layer layer) {
    return layer.depth() == null;
  }

  @Override
  public Prepared prepare(Layer layer, float[] input, float[] weights, float[] bias, int threads) {
    return new OneDnnPrimitive(layer, input, weights, bias, true);
  }
}
