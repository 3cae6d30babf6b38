package org.simdconv.bench.peers.engines;

import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.peers.ConvEngine;

/** oneDNN with NCHW in and out, as a user has it who does not know its layouts. */
public final class OneDnnNchwEngine implements ConvEngine {
  /** Loads nothing. */
  public OneDnnNchwEngine() {}

  @Override
  public String id() {
    return "onednn-nchw";
  }

  @Override
  public String description() {
    return "oneDNN, NCHW in and out, weights in its own order";
  }

  /** Volumes are not adapted. */
  @Override
  public boolean computes(Layer layer) {
    return layer.depth() == null;
  }

  @Override
  public Prepared prepare(Layer layer, float[] input, float[] weights, float[] bias, int threads) {
    return new OneDnnPrimitive(layer, input, weights, bias, false);
  }
}
