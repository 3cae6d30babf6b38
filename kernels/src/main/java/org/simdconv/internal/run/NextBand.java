package org.simdconv.internal.run;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.simdconv.internal.geometry.ConvGeometry;
import org.simdconv.internal.plan.DensePlan;
import org.simdconv.internal.simd.MicroKernels;
import org.simdconv.internal.simd.RowCopy;
import org.simdconv.internal.simd.SegmentCopy;
import org.simdconv.internal.simd.Species;
import org.simdconv.internal.simd.TileIo;

/**
 * Two windows that change places: from one the tiles of a band read, into the other they copy the
 * pixels of the band that comes next ({@link DensePlan#copiesAhead}). A band that comes otherwise,
 * since another thread has taken the next one, is copied when it comes.
 *
 * <p>A channel's pixels of a band are a run of whole vectors. Each tile copies one vector with each
 * of its taps, which are the channels: so as many tiles as a run has vectors copy a band. What
 * stands behind the grid's end in a last run belongs to the next channel, and no output is made of
 * it.
 *
 * <p>Belongs to one thread of one run.
 */
final class NextBand {
  /** Which of the two windows the tiles read: 0 or 1. */
  private int half;

  /** The band that is being copied, as the engine numbers them; or none. */
  private long band = Slot.NONE;

  private float @Nullable [] input;

  /** The input if it is no array: a native segment. */
  private @Nullable MemorySegment segment;

  /** First pixel of its first channel in the input. */
  private int from;

  /** Where that goes in scratch. */
  private int to;

  /** Floats of a channel's run. */
  private int run;

  /** Tiles that have copied. */
  private int tiles;

  /** Forgets what stands in the windows, and the input. */
  void clear() {
    half = 0;
    forget();
    input = null;
    segment = null;
  }

  private void forget() {
    band = Slot.NONE;
    run = 0;
    tiles = 0;
  }

  /**
   * Sees to it that a band's pixels are in one of the windows, and prepares the copy of the next
   * band into the other one.
   *
   * @param plane image and group, as tasks count them
   * @param pixel first pixel of the band
   * @param buffers whose input is an array or a native segment
   * @return where the grid's first pixel would be in scratch
   */
  int provide(
      DensePlan p, long plane, int pixel, Binding buffers, float[] scratch, int at, Slot slot) {
    ConvGeometry g = p.geometry;
    int size = Math.toIntExact(p.window.floats);
    long wanted = plane * p.gridPixels + pixel;
    if (slot.window != wanted) {
      int channels = g.groupIn();
      int done = 0;
      if (band == wanted) {
        half ^= 1;
        done = tiles * channels / (run / Species.LANES);
      }
      int length = pixelsFrom(p, pixel);
      int apart = p.source.columns().in;
      int first = buffers.inputAt + first(p, plane, pixel) + done * apart;
      int left = channels - done;
      int stride = p.window.channelStride;
      int target = at + half * size + done * stride;
      float[] array = buffers.input;
      if (array != null) {
        RowCopy.plain(
            left, array, first, apart, 0, 1, scratch, target, stride, 0, length, 0, length);
      } else {
        MemorySegment segment = Objects.requireNonNull(buffers.inputSegment);
        SegmentCopy.load(segment, first, apart, scratch, target, stride, length, left);
      }
      slot.window = wanted;
      prepare(p, plane, pixel, buffers, at + (half ^ 1) * size);
    }
    return at + half * size - pixel;
  }

  private void prepare(DensePlan p, long plane, int pixel, Binding buffers, int to) {
    forget();
    ConvGeometry g = p.geometry;
    int nextPixel = pixel + p.bandTiles * p.nr;
    long nextPlane = plane;
    if (nextPixel >= p.gridPixels) {
      nextPixel = 0;
      nextPlane++;
    }
    if (nextPlane == (long) g.batch() * g.groups()) {
      return;
    }
    int vectors = (pixelsFrom(p, nextPixel) + Species.LANES - 1) / Species.LANES;
    int first = buffers.inputAt + first(p, nextPlane, nextPixel);
    int length = vectors * Species.LANES;
    // The last channel's run may go on past the input.
    long end = first + (g.groupIn() - 1L) * p.source.columns().in + length;
    if (end <= buffers.inputEnd()) {
      input = buffers.input;
      segment = buffers.inputSegment;
      this.to = to;
      from = first;
      run = length;
      band = nextPlane * p.gridPixels + nextPixel;
    }
  }

  /** First float of a band in the input. */
  private static int first(DensePlan p, long plane, int pixel) {
    ConvGeometry g = p.geometry;
    int image = (int) (plane / g.groups());
    int group = (int) (plane - (long) image * g.groups());
    return g.inPlane(image, group * g.groupIn()) * p.source.columns().in + pixel;
  }

  /** Pixels of the band that begins at a pixel. */
  private static int pixelsFrom(DensePlan p, int pixel) {
    return Math.min(p.gridPixels - pixel, p.bandTiles * p.nr);
  }

  /**
   * Whether a tile is to copy beside its products; if so, says what.
   *
   * @param taps of the tile: a vector is copied with each
   */
  boolean copies(DensePlan p, int mr, int nv, int taps, TileIo io) {
    int done = tiles * Species.LANES;
    if (done >= run || taps != p.geometry.groupIn() || !MicroKernels.hasCopying(mr, nv)) {
      return false;
    }
    // All tiles before this one have copied as many vectors as there are channels.
    int vectors = run / Species.LANES;
    int copied = tiles * taps;
    int channel = copied / vectors;
    int apart = p.source.columns().in;
    int stride = p.window.channelStride;
    int vector = copied - channel * vectors;
    io.copy(
        input,
        segment,
        from + channel * apart,
        run,
        apart,
        to + channel * stride,
        stride,
        vector * Species.LANES);
    tiles++;
    return true;
  }
}
