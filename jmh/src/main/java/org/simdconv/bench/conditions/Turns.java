package org.simdconv.bench.conditions;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;

/**
 * Two runs measured in turns, in one JVM or each in one of its own: what the machine does
 * meanwhile, whose last-level cache others use too, hits both alike. The same run before and after
 * something else differs by up to a third for that alone.
 *
 * @param otherMicros the other one's median
 * @param speed median of the one's speed over the other's
 */
public record Turns(double otherMicros, double speed) {
  private static final int ROUNDS = 25;

  /** Measures a turn. */
  @FunctionalInterface
  public interface Turn {
    /** Microseconds of a run, in the mean. */
    double micros() throws IOException;
  }

  /**
   * Measures.
   *
   * @throws IOException if a turn fails
   */
  public static Turns measure(Turn one, Turn other) throws IOException {
    double[] micros = new double[ROUNDS];
    double[] speeds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      // The order changes, so that neither always meets the caches that the other left.
      boolean first = i % 2 == 0;
      double a = (first ? one : other).micros();
      double b = (first ? other : one).micros();
      micros[i] = first ? b : a;
      speeds[i] = first ? b / a : a / b;
    }
    Arrays.sort(micros);
    Arrays.sort(speeds);
    return new Turns(micros[ROUNDS / 2], speeds[ROUNDS / 2]);
  }

  /**
   * The other end of {@link Conditions#serve}.
   *
   * @param layer name, for messages
   * @param answers what it writes
   * @param turns what it reads
   */
  public record Partner(String layer, BufferedReader answers, Writer turns) implements Turn {
    /**
     * The next line, once it is there.
     *
     * @throws EOFException if the JVM has ended
     */
    public String line() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new EOFException(layer + ": the JVM that measures has ended");
      }
      return line;
    }

    @Override
    public double micros() throws IOException {
      turns.write("\n");
      turns.flush();
      return Double.parseDouble(line());
    }
  }
}
