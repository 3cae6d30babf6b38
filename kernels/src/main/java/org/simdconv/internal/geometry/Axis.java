package org.simdconv.internal.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One axis (rows or columns) of a convolution or transposed convolution, in the one form that the
 * engine knows. Outputs are cut into {@code outStep} phases; within phase {@code a}, output {@code
 * g * outStep + a} sums over the taps {@code t} with {@code phase[t] == a} and reads input {@code g
 * * step + start[t]}, which counts as zero outside the image.
 *
 * <pre>
 * convolution:             one phase;      step = stride;  start[t] = t d - p
 * transposed convolution:  stride phases;  step = 1;       phase[t] = (t d - p) mod s
 *                                                          start[t] = (phase[t] + p - t d) / s, a whole number
 * </pre>
 *
 * The second line is the sub-pixel decomposition (W. Shi et al., "Is the deconvolution layer the
 * same as a convolutional layer?", arXiv 1609.07009): output o receives tap t from input i with
 * {@code i s + t d - p = o}, so only the taps with {@code o = t d - p (mod s)} reach it.
 *
 * <p>An axis can be one part of the outputs of another: see {@link #parts}. Immutable; the arrays
 * are not to be written.
 */
public final class Axis {
  /** Input size. */
  public final int in;

  /** Outputs of this part, which is all of them unless {@link #parts} made it. */
  public final int out;

  /**
   * First output of this part; negative where it has some before the first, see {@link #aligned}.
   */
  public final int outAt;

  /** Outputs of all parts. */
  public final int outAll;

  /** Taps. */
  public final int taps;

  /** Distance of the inputs of neighbouring outputs of a phase. */
  public final int step;

  /** Number of phases: distance of the outputs of a phase. */
  public final int outStep;

  /** Outputs in the largest phase: {@code ceil(out / outStep)}. */
  public final int grid;

  /** Input of tap t for output 0 of its phase; may be negative. */
  public final int[] start;

  /** Phase of tap t; a tap whose phase is outStep or more reaches no output. */
  public final int[] phase;

  private final Definition definition;

  /** What both a convolution and its transpose are made from. */
  private record Definition(boolean transposed, int stride, int dilation, int padBegin) {}

  private Axis(
      Definition definition,
      int in,
      int out,
      int outAt,
      int outAll,
      int step,
      int outStep,
      int[] start,
      int[] phase) {
    this.definition = definition;
    this.in = in;
    this.out = out;
    this.outAt = outAt;
    this.outAll = outAll;
    this.taps = start.length;
    this.step = step;
    this.outStep = outStep;
    this.grid = (out + outStep - 1) / outStep;
    this.start = start;
    this.phase = phase;
  }

  /** The taps of a phase, in order. */
  public int[] tapsOf(int phase) {
    return IntStream.range(0, taps).filter(t -> this.phase[t] == phase).toArray();
  }

  /** A phase of an axis that is whole, as an axis of one phase: its outputs, and its taps. */
  public Axis ofPhase(int phase) {
    int[] starts = Arrays.stream(tapsOf(phase)).map(t -> start[t]).toArray();
    int outputs = (out - phase + outStep - 1) / outStep;
    return new Axis(definition, in, outputs, 0, outputs, step, 1, starts, new int[starts.length]);
  }

  /** The input of a tap for an output of an axis with one phase; -1 if it is outside. */
  public int input(int output, int tap) {
    long i = (long) output * step + start[tap];
    return i >= 0 && i < in ? (int) i : -1;
  }

  /** The first output, of an axis with one phase, for which a tap is not before the inputs. */
  public int firstOutput(int tap) {
    return Math.clamp((-(long) start[tap] + step - 1) / step, 0, out);
  }

  /**
   * The end of the outputs, of an axis with one phase, for which a tap is not behind the inputs.
   */
  public int endOutput(int tap) {
    return Math.clamp(Math.floorDiv(in - 1L - start[tap], step) + 1, 0, out);
  }

  /** The axis of a convolution; the arguments have been checked. */
  public static Axis convolution(
      int in, int out, int kernel, int stride, int dilation, int padBegin) {
    int[] start = new int[kernel];
    for (int t = 0; t < kernel; t++) {
      start[t] = Math.toIntExact((long) t * dilation - padBegin);
    }
    // A stride past the image is never used: it would only blow up the window's arithmetic.
    Definition definition = new Definition(false, stride, dilation, padBegin);
    return new Axis(definition, in, out, 0, out, out == 1 ? 1 : stride, 1, start, new int[kernel]);
  }

  /** The axis of which each output reads the one input at its place. */
  public static Axis identity(int size) {
    return convolution(size, size, 1, 1, 1, 0);
  }

  /** The axis of a transposed convolution; the arguments have been checked. */
  public static Axis transposed(
      int in, int out, int kernel, int stride, int dilation, int padBegin) {
    int[] start = new int[kernel];
    int[] phase = new int[kernel];
    // A single input has no neighbour for the stride to lead to. One as long as the kernel gives
    // each tap a phase of its own, and no output a tap that reads only zeros.
    long apart = in == 1 ? Math.max(stride, (kernel - 1L) * dilation + 1) : stride;
    for (int t = 0; t < kernel; t++) {
      long shift = (long) t * dilation - padBegin;
      long own = Math.floorMod(shift, apart);
      start[t] = Math.toIntExact((own - shift) / apart);
      // Phases that an int cannot count have no output either.
      phase[t] = (int) Math.min(own, Integer.MAX_VALUE);
    }
    // Phases past the output have none: a stride larger than the output makes no more of them.
    Definition definition = new Definition(true, stride, dilation, padBegin);
    return new Axis(definition, in, out, 0, out, 1, (int) Math.min(apart, out), start, phase);
  }

  /**
   * The axis of the adjoint, from the outputs to the inputs: of a convolution the transposed one
   * with the same taps, and the other way round. Only of an axis that is whole.
   */
  public Axis adjoint() {
    Definition d = definition;
    return d.transposed
        ? convolution(out, in, taps, d.stride, d.dilation, d.padBegin)
        : transposed(out, in, taps, d.stride, d.dilation, d.padBegin);
  }

  /**
   * Cuts the outputs where a tap begins or ends to read inside the image, so that each tap of a
   * part reads inside for all of its grid or for none of it; those for none reach no output of the
   * part. A chain is the same without the zeros, up to the sign of a zero.
   *
   * @return the parts, in order
   */
  public List<Axis> parts() {
    TreeSet<Integer> cuts = new TreeSet<>();
    cuts.add(0);
    cuts.add(grid);
    for (int t = 0; t < taps; t++) {
      if (reaches(t)) {
        cuts.add(firstWith(t, 0));
        cuts.add(firstWith(t, in));
      }
    }
    List<Axis> parts = new ArrayList<>();
    int from = 0;
    for (int to : cuts.tailSet(1)) {
      parts.add(part(from, to));
      from = to;
    }
    return parts;
  }

  private Axis part(int from, int to) {
    int[] starts = start.clone();
    int[] phases = phase.clone();
    for (int t = 0; t < taps; t++) {
      boolean inside = firstWith(t, 0) <= from && firstWith(t, in) >= to;
      phases[t] = inside ? phase[t] : outStep;
      starts[t] = inside ? start[t] + from * step : 0;
    }
    int at = from * outStep;
    int end = (int) Math.min(out, (long) to * outStep);
    return new Axis(definition, in, end - at, outAt + at, outAll, step, outStep, starts, phases);
  }

  /** First place of the grid from which on a tap reads input {@code input} or a later one. */
  private int firstWith(int t, int input) {
    long left = Math.max(0, (long) input - start[t]);
    return (int) Math.min(grid, (left + step - 1) / step);
  }

  /**
   * The same with outputs in front of the first one, fewer than there are phases, so that phase b
   * is that of tap b: where the stride divides the kernel, {@link #phasesShareStarts}. The outputs
   * in front are not to be stored.
   */
  public Axis aligned() {
    int skipped = taps > 0 && phase[0] < outStep ? (outStep - phase[0]) % outStep : 0;
    int[] starts = start.clone();
    int[] phases = phase.clone();
    for (int t = 0; t < taps && skipped > 0; t++) {
      if (reaches(t)) {
        int moved = phase[t] + skipped;
        phases[t] = moved % outStep;
        // What was output 0 of a late phase is output 1 of the phase that it comes to be.
        starts[t] = start[t] - moved / outStep;
      }
    }
    return new Axis(
        definition, in, out + skipped, outAt - skipped, outAll, step, outStep, starts, phases);
  }

  /**
   * Whether the taps of all phases start at the same inputs: then the phases are so many output
   * channels of one convolution. So it is where stride divides kernel and padding: taps {@code j s
   * + b} of phase b start at {@code p / s - j}.
   */
  public boolean phasesShareStarts() {
    if (outStep == 1 || taps % outStep != 0) {
      return false;
    }
    for (int t = 0; t < taps; t++) {
      if (phase[t] != t % outStep || start[t] != start[t - t % outStep]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the grid is the input: an output of any phase reads the input at its place, if any. */
  public boolean isInPlace() {
    return step == 1
        && grid == in
        && mostTaps(0, taps) <= 1
        && Arrays.stream(starts()).allMatch(s -> s == 0);
  }

  /**
   * Of an axis that {@link #isInPlace}: what all its taps read, over another size, as one phase.
   */
  public Axis inPlace(int size) {
    int[] phases = new int[taps];
    Arrays.setAll(phases, t -> reaches(t) ? 0 : 1);
    return new Axis(definition, size, size, 0, size, 1, 1, new int[taps], phases);
  }

  /** The same with no tap that reaches an output. */
  public Axis unreached() {
    int[] phases = new int[taps];
    Arrays.fill(phases, outStep);
    return new Axis(definition, in, out, outAt, outAll, step, outStep, new int[taps], phases);
  }

  /** Whether each output reads the one input at its place: one tap, no stride, no padding. */
  public boolean isIdentity() {
    return taps == 1 && in == out && step == 1 && outStep == 1 && start[0] == 0;
  }

  /** Whether all taps reach all outputs, padding aside. */
  public boolean isOnePhase() {
    return outStep == 1 && reachingTaps() == taps;
  }

  /** Whether a tap reaches any output. */
  public boolean reaches(int t) {
    return phase[t] < outStep;
  }

  /** Where the taps that reach an output start; 0 if there are none. */
  public int[] starts() {
    int count = 0;
    int[] starts = new int[taps];
    for (int t = 0; t < taps; t++) {
      if (reaches(t)) {
        starts[count++] = start[t];
      }
    }
    return count == 0 ? new int[] {0} : Arrays.copyOf(starts, count);
  }

  /** Taps that reach an output. */
  public int reachingTaps() {
    return (int) Arrays.stream(phase).filter(a -> a < outStep).count();
  }

  /** Most taps that any phase has among the taps from..to-1. */
  public int mostTaps(int from, int to) {
    int[] count = new int[outStep];
    int most = 0;
    for (int t = from; t < to; t++) {
      if (reaches(t)) {
        most = Math.max(most, ++count[phase[t]]);
      }
    }
    return most;
  }

  /** Whether every tap of every output reads inside the image. */
  public boolean staysInside() {
    for (int t = 0; t < taps; t++) {
      if (reaches(t) && (start[t] < 0 || (long) (grid - 1) * step + start[t] > in - 1)) {
        return false;
      }
    }
    return true;
  }
}
