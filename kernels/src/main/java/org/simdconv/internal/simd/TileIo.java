package org.simdconv.internal.simd;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where a register tile starts and where it ends: the sums that it goes on from, and what becomes
 * of its own. An object instead of a dozen arguments, since C2 keeps arguments alive over the loop,
 * runs out of general registers, and moves addresses from and to vector registers in every
 * iteration (JDK 25: 5 moves on the FMA's ports, 70% of the peak instead of 92%).
 *
 * <p>Thread safety: one thread's.
 */
public final class TileIo {
  static final int L = Species.LANES;

  // As many as the largest tile has, 8x3 with a pixel more.
  private static final float[] ZEROS = new float[32 * L];

  // The neutral element of addition is -0: 0 + -0 is 0, and -0 stays.
  private static final float[] NO_BIAS = new float[13];

  static {
    java.util.Arrays.fill(NO_BIAS, -0f);
  }

  /** The sums between the two kernels of a streamed tile. */
  final float[] sums = new float[13 * L];

  /** The sums of a single pixel, a lane for each row. */
  final float[] column = new float[L];

  /** Sums to go on from, MR rows of NR floats. */
  float[] from = ZEROS;

  /** First of them. */
  int fromAt;

  /** What is added at the end, one value a row. */
  float[] bias = NO_BIAS;

  /** First of them. */
  int biasAt;

  /** Whether the results are clipped. */
  boolean clip;

  /** Smallest result. */
  float low;

  /** Largest result. */
  float high;

  /** Where the results go. */
  float[] out = ZEROS;

  /** First of them. */
  int outAt;

  /** Floats from a row of results to the next. */
  int pitch;

  /** What a tile that copies takes a vector of with each tap, run by run. */
  float[] source = ZEROS;

  /** The native segment that it takes them of, if not of an array. */
  @Nullable MemorySegment segment;

  /** Where in it the copy goes on. */
  int sourceAt;

  /** End of the run at hand. */
  int runEnd;

  /** Floats of a run: whole vectors. */
  int run;

  /** Floats between a run and the next. */
  int sourceGap;

  /** Where the copy goes on in the array of the window. */
  int to;

  /** Floats between a run and the next there. */
  int toGap;

  /**
   * What a tile that copies is to copy beside its products: runs that are {@code sourceStep} floats
   * apart to places {@code toStep} floats apart, of as many vectors as it has taps.
   *
   * @param source the array, or null
   * @param segment the native segment if there is no array
   * @param runAt first float of the first run
   * @param run floats of a run: whole vectors
   * @param to where that run goes in the array of the window
   * @param done floats of the first run that are copied already: whole vectors, not all
   */
  public void copy(
      float @Nullable [] source,
      @Nullable MemorySegment segment,
      int runAt,
      int run,
      int sourceStep,
      int to,
      int toStep,
      int done) {
    this.source = source == null ? ZEROS : source;
    this.segment = source == null ? segment : null;
    sourceAt = runAt + done;
    runEnd = runAt + run;
    this.run = run;
    sourceGap = sourceStep - run;
    this.to = to + done;
    toGap = toStep - run;
  }

  /** Lets go of arrays that are not its own. */
  public void clear() {
    from = ZEROS;
    fromAt = 0;
    bias = NO_BIAS;
    biasAt = 0;
    clip = false;
    out = ZEROS;
    source = ZEROS;
    segment = null;
  }

  /** Starts from zeros, or goes on from sums that stand in scratch. */
  public void resume(boolean resume, float[] sums, int at) {
    from = resume ? sums : ZEROS;
    fromAt = resume ? at : 0;
  }

  /** Leaves the sums in scratch, rows of {@code pitch} floats. */
  public void keep(float[] sums, int at, int pitch) {
    bias = NO_BIAS;
    biasAt = 0;
    clip = false;
    out = sums;
    outAt = at;
    this.pitch = pitch;
  }

  /** Adds the bias of each row, clips if the epilogue does, and stores to rows of the output. */
  public void finish(float[] bias, int biasAt, Epilogue epilogue, float[] out, int at, int pitch) {
    this.bias = bias;
    this.biasAt = biasAt;
    clip = epilogue.clips();
    low = epilogue.low();
    high = epilogue.high();
    this.out = out;
    outAt = at;
    this.pitch = pitch;
  }

  /** Fetches the sums to go on from of the single pixel behind some vectors of each row. */
  void gatherColumn(int rows, int vectors) {
    for (int m = 0; m < rows; m++) {
      column[m] = from[fromAt + ((vectors + 1) * m + vectors) * L];
    }
  }

  /** Finishes the single pixel behind some vectors of each row, and puts it where it belongs. */
  void finishColumn(int rows, int vectors) {
    for (int m = 0; m < rows; m++) {
      float value = column[m] + bias[biasAt + m];
      if (clip) {
        // As the vectors are clipped: NaN stays.
        value = value < low ? low : value;
        value = value > high ? high : value;
      }
      out[outAt + m * pitch + vectors * L] = value;
    }
  }
}
