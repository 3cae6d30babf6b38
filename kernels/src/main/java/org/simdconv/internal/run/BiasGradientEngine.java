package org.simdconv.internal.run;

/**
 * The gradient of the bias: the sum of the gradients of the outputs of a channel, one chain of
 * additions over images and pixels, ascending.
 *
 * <p>Eight channels at a time, so that as many chains hide the latency of an addition (4 cycles,
 * two ports); plain scalars, since lanes would have to be channels, which lie far apart: half a
 * cycle a float, faster than L3 delivers them. The binding's input is the gradients, its output the
 * sums.
 *
 * <p>Immutable and safe for concurrent runs.
 */
public final class BiasGradientEngine implements Engine {
  private static final int CHANNELS = 8;

  // Pixels of a segment that are staged at a time.
  private static final int STAGED = 1024;

  private final int batch;
  private final int channels;
  private final int pixels;
  private final boolean accumulate;

  /**
   * Sums planes.
   *
   * @param batch images
   * @param channels channels of an image
   * @param pixels pixels of a channel
   * @param accumulate whether the sums go on from what the output holds
   */
  public BiasGradientEngine(int batch, int channels, int pixels, boolean accumulate) {
    this.batch = batch;
    this.channels = channels;
    this.pixels = pixels;
    this.accumulate = accumulate;
  }

  @Override
  public int tasks() {
    return (channels + CHANNELS - 1) / CHANNELS;
  }

  @Override
  public int scratchFloats() {
    return CHANNELS * (STAGED + 1);
  }

  @Override
  public void run(int task, Binding buffers, float[] scratch, int at, Slot slot) {
    int channel = task * CHANNELS;
    int some = Math.min(CHANNELS, channels - channel);
    int sums = at + CHANNELS * STAGED;
    java.util.Arrays.fill(scratch, sums, sums + CHANNELS, 0f);
    if (accumulate) {
      buffers.loadOutput(channel, scratch, sums, some);
    }
    int[] rows = slot.index;
    float[] array = buffers.input;
    for (int n = 0; n < batch; n++) {
      int image = (n * channels + channel) * pixels;
      if (array != null) {
        for (int c = 0; c < CHANNELS; c++) {
          rows[c] = buffers.inputAt + image + Math.min(c, some - 1) * pixels;
        }
        sum(array, rows, pixels, scratch, sums);
        continue;
      }
      for (int k = 0; k < pixels; k += STAGED) {
        int length = Math.min(STAGED, pixels - k);
        for (int c = 0; c < CHANNELS; c++) {
          rows[c] = at + c * STAGED;
          buffers.load(image + Math.min(c, some - 1) * pixels + k, scratch, rows[c], length);
        }
        sum(scratch, rows, length, scratch, sums);
      }
    }
    buffers.copy(scratch, sums, 0, some, 1, channel, 0);
  }

  private static void sum(float[] from, int[] rows, int length, float[] sums, int at) {
    int row0 = rows[0];
    int row1 = rows[1];
    int row2 = rows[2];
    int row3 = rows[3];
    int row4 = rows[4];
    int row5 = rows[5];
    int row6 = rows[6];
    int row7 = rows[7];
    float sum0 = sums[at];
    float sum1 = sums[at + 1];
    float sum2 = sums[at + 2];
    float sum3 = sums[at + 3];
    float sum4 = sums[at + 4];
    float sum5 = sums[at + 5];
    float sum6 = sums[at + 6];
    float sum7 = sums[at + 7];
    for (int k = 0; k < length; k++) {
      sum0 += from[row0 + k];
      sum1 += from[row1 + k];
      sum2 += from[row2 + k];
      sum3 += from[row3 + k];
      sum4 += from[row4 + k];
      sum5 += from[row5 + k];
      sum6 += from[row6 + k];
      sum7 += from[row7 + k];
    }
    sums[at] = sum0;
    sums[at + 1] = sum1;
    sums[at + 2] = sum2;
    sums[at + 3] = sum3;
    sums[at + 4] = sum4;
    sums[at + 5] = sum5;
    sums[at + 6] = sum6;
    sums[at + 7] = sum7;
  }
}
