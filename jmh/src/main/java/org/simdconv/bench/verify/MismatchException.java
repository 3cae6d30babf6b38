package org.simdconv.bench.verify;

/** A kernel's output differs from the reference, or cannot be trusted. */
public final class MismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what differs. */
  public MismatchException(String message) {
    super(message);
  }
}
