package org.simdconv.bench.verify;

/** A kernel's output differs from the reference, or cannot be trusted. */
public final class MismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MismatchException(String message) {
    super(message);
  }
}
