package org.simdconv.bench.track;

/** What two runs say about a benchmark. */
public enum Verdict {
  /** The new run takes less time. */
  FASTER("faster"),
  /** The new run takes more time. */
  SLOWER("slower"),
  /** A change as large as the smallest that matters is excluded. */
  NO_CHANGE("no change"),
  /** The forks differ too much among themselves, or are too few. */
  CANNOT_TELL("cannot tell");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
