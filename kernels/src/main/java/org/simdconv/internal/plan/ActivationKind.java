package org.simdconv.internal.plan;

/** What is done to a sum, after bias and residual, before it is stored. */
public enum ActivationKind {
  /** Nothing. */
  NONE,
  /** min(max(y, low), high). */
  CLIP,
  /** y if y is not negative, else low * y. */
  LEAKY
}
