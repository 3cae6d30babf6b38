package org.simdconv.internal.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * Which planes of volumes a two-dimensional convolution reads and writes, where it is a part of a
 * three-dimensional one. Each plane of the output is the sum of one convolution over the channels
 * and the taps along the depth:
 *
 * <pre>
 * y[n, oc, od] = sum over ic, kd of  conv2d(x[n, ic, od * sd + kd * dd - front]; w[oc, ic, kd])
 * </pre>
 *
 * So the pairs (ic, kd) are channels of it, in the order of the chain, and the planes od are images
 * of its batch. Depth is cut like any axis: by phase of a transposed convolution, and where a tap
 * begins or ends to read inside the volume, so that the pairs of a part are the same for all of its
 * planes. Immutable; the arrays are not to be written.
 */
public final class Planes {
  /** Planes of a channel of the input. */
  public final int in;

  /** Planes of a channel of the output. */
  public final int out;

  /** Output planes of a volume that this part has. */
  public final int count;

  /** Kernel planes. */
  public final int kernel;

  /** The kernel planes that reach them, ascending; a single one if none does. */
  public final int[] taps;

  private final int[] firstIn;
  private final int inStep;
  private final int firstOut;
  private final int outStep;

  /** Whether no kernel plane reaches the outputs. */
  public final boolean unreached;

  private Planes(Axis part, int phase, int count) {
    this.in = part.in;
    this.out = part.outAll;
    this.count = count;
    this.kernel = part.taps;
    this.firstOut = part.outAt + phase;
    this.outStep = part.outStep;
    int reaching = 0;
    int[] some = new int[part.taps];
    int[] starts = new int[part.taps];
    for (int t = 0; t < part.taps; t++) {
      if (part.phase[t] == phase) {
        some[reaching] = t;
        starts[reaching++] = part.start[t];
      }
    }
    this.unreached = reaching == 0;
    // Then the first plane stands in, and no tap reads it.
    this.inStep = unreached ? 0 : part.step;
    this.taps = java.util.Arrays.copyOf(some, Math.max(1, reaching));
    this.firstIn = java.util.Arrays.copyOf(starts, Math.max(1, reaching));
  }

  /** The parts and phases of a depth; each output plane belongs to one of them. */
  public static List<Planes> of(Axis depth) {
    List<Planes> all = new ArrayList<>();
    for (Axis part : depth.parts()) {
      for (int phase = 0; phase < Math.min(part.outStep, part.out); phase++) {
        all.add(new Planes(part, phase, (part.out - phase + part.outStep - 1) / part.outStep));
      }
    }
    return all;
  }

  /** Input plane of an image's channel, counted over the whole input. */
  int inPlane(int image, int channel, int allChannels) {
    int n = image / count;
    int c = channel / taps.length;
    return (n * (allChannels / taps.length) + c) * in
        + firstIn[channel - c * taps.length]
        + (image - n * count) * inStep;
  }

  /** Output plane of an image's channel, counted over the whole output. */
  int outPlane(int image, int channel, int allChannels) {
    int n = image / count;
    return (n * allChannels + channel) * out + firstOut + (image - n * count) * outStep;
  }

  /** Planes from the channel of a tap to that of the next one. */
  int apart() {
    return taps.length == 1 ? 0 : firstIn[1] - firstIn[0];
  }
}
