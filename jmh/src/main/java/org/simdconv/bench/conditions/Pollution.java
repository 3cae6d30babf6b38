package org.simdconv.bench.conditions;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;

/**
 * Speed of a layer in a JVM where many other shapes ran before, over its speed in a JVM of its own.
 * The two measure in turns: what the machine does meanwhile, whose last-level cache others use too,
 * hits both alike. One JVM's figures before and after differ by up to a third for that alone.
 *
 * @param micros one run in the JVM of its own, float[], 1 thread
 * @param pollutedSpeed speed in the other one over it
 */
public record Pollution(double micros, double pollutedSpeed) {
  private static final int ROUNDS = 25;

  /**
   * Measures.
   *
   * @param polluted what {@link Conditions#serve} of the one writes, up to its turns, and reads
   * @param clean the same of the other
   * @throws IOException if one of them ends
   */
  public static Pollution measure(Partner polluted, Partner clean) throws IOException {
    double[] micros = new double[ROUNDS];
    double[] speeds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      boolean first = i % 2 == 0;
      double a = (first ? polluted : clean).turn();
      double b = (first ? clean : polluted).turn();
      micros[i] = first ? b : a;
      speeds[i] = first ? b / a : a / b;
    }
    Arrays.sort(micros);
    Arrays.sort(speeds);
    return new Pollution(micros[ROUNDS / 2], speeds[ROUNDS / 2]);
  }

  /**
   * The other end of {@link Conditions#serve}.
   *
   * @param answers what it writes
   * @param turns what it reads
   */
  public record Partner(BufferedReader answers, Writer turns) {
    /** The next line, once it is there. */
    public String line() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new EOFException("a JVM that measures has ended");
      }
      return line;
    }

    private double turn() throws IOException {
      turns.write("\n");
      turns.flush();
      return Double.parseDouble(line());
    }
  }
}
