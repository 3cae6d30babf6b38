package org.simdconv.bench.verify;

/**
 * What a verification compared.
 *
 * @param compared output elements that were computed by the reference and found equal bit for bit
 * @param total output elements
 */
public record Verification(long compared, long total) {
  /** Whether only a sample was compared. */
  public boolean sampled() {
    return compared < total;
  }

  @Override
  public String toString() {
    return sampled()
        ? compared + " of " + total + " outputs bit for bit (sampled)"
        : "all " + total + " outputs bit for bit";
  }
}
