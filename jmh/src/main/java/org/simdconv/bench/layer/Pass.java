package org.simdconv.bench.layer;

/** What is computed of a layer. */
public enum Pass {
  /** Its output, from its input and weights. */
  FORWARD,
  /** The gradient of its input, from that of its output and the weights. */
  INPUT_GRADIENT,
  /** The gradient of its weights, from its input and the gradient of its output. */
  WEIGHT_GRADIENT
}
