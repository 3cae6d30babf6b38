package org.simdconv;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Padding of the axes: explicit on four sides of an image or six of a volume, or derived from the
 * image when a plan is made.
 *
 * <p>A convolution reads zeros there; a transposed convolution cuts as many rows and columns off
 * its output. The automatic rules are those of ONNX:
 *
 * <ul>
 *   <li>{@link #valid()}: none.
 *   <li>{@link #sameUpper()}, {@link #sameLower()}: a convolution's output has {@code ceil(in /
 *       stride)} rows, a transposed one's {@code in * stride}. Where the total is odd, the extra
 *       row or column goes to the bottom and right (upper) or to the top and left (lower). Where a
 *       transposed convolution's kernel is smaller than its stride the total would be negative:
 *       then nothing is cut and the missing rows come as output padding.
 * </ul>
 *
 * <p>Thread safety: immutable.
 */
public final class Padding {
  enum Mode {
    EXPLICIT,
    SAME_UPPER,
    SAME_LOWER
  }

  private static final Padding NONE = new Padding(Mode.EXPLICIT, 0, 0, 0, 0, 0, 0);
  private static final Padding SAME_UPPER = new Padding(Mode.SAME_UPPER, 0, 0, 0, 0, 0, 0);
  private static final Padding SAME_LOWER = new Padding(Mode.SAME_LOWER, 0, 0, 0, 0, 0, 0);

  final Mode mode;
  final int front;
  final int back;
  final int top;
  final int left;
  final int bottom;
  final int right;

  private Padding(Mode mode, int front, int top, int left, int back, int bottom, int right) {
    this.mode = mode;
    this.front = front;
    this.back = back;
    this.top = top;
    this.left = left;
    this.bottom = bottom;
    this.right = right;
  }

  /**
   * No padding.
   *
   * @return the padding
   */
  public static Padding none() {
    return NONE;
  }

  /**
   * No padding, under ONNX's name.
   *
   * @return the padding
   */
  public static Padding valid() {
    return NONE;
  }

  /**
   * ONNX SAME_UPPER; an odd row or column goes to the bottom and right.
   *
   * @return the padding
   */
  public static Padding sameUpper() {
    return SAME_UPPER;
  }

  /**
   * ONNX SAME_LOWER; an odd row or column goes to the top and left.
   *
   * @return the padding
   */
  public static Padding sameLower() {
    return SAME_LOWER;
  }

  /**
   * The same on all four sides.
   *
   * @param all rows and columns, not negative
   * @return the padding
   * @throws IllegalArgumentException if it is negative
   */
  public static Padding of(int all) {
    return of(all, all, all, all);
  }

  /**
   * Symmetric padding of each axis.
   *
   * @param height rows above and below, not negative
   * @param width columns left and right, not negative
   * @return the padding
   * @throws IllegalArgumentException if one is negative
   */
  public static Padding of(int height, int width) {
    return of(height, width, height, width);
  }

  /**
   * Padding of four sides, in the order of ONNX's {@code pads}.
   *
   * @param top rows above, not negative
   * @param left columns left, not negative
   * @param bottom rows below, not negative
   * @param right columns right, not negative
   * @return the padding
   * @throws IllegalArgumentException if one is negative
   */
  public static Padding of(int top, int left, int bottom, int right) {
    return of(0, top, left, 0, bottom, right);
  }

  /**
   * Padding on six sides of a volume.
   *
   * @param front planes in front of the first
   * @param top rows above
   * @param left columns left
   * @param back planes behind the last
   * @param bottom rows below
   * @param right columns right
   * @return the padding
   * @throws IllegalArgumentException if one is negative
   */
  public static Padding of(int front, int top, int left, int back, int bottom, int right) {
    Check.notNegative(front, "padding (front)");
    Check.notNegative(top, "padding (top)");
    Check.notNegative(left, "padding (left)");
    Check.notNegative(back, "padding (back)");
    Check.notNegative(bottom, "padding (bottom)");
    Check.notNegative(right, "padding (right)");
    return new Padding(Mode.EXPLICIT, front, top, left, back, bottom, right);
  }

  /** This, for images: nothing in front and behind. */
  Padding ofImages() {
    if (front != 0 || back != 0) {
      throw new IllegalArgumentException(
          "padding is "
              + front
              + " in front and "
              + back
              + " behind; must be 0 where there is no depth");
    }
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Padding p
        && p.mode == mode
        && p.front == front
        && p.back == back
        && p.top == top
        && p.left == left
        && p.bottom == bottom
        && p.right == right;
  }

  @Override
  public int hashCode() {
    return Objects.hash(mode, front, top, left, back, bottom, right);
  }

  /** Returns for example {@code p1,1,1,1} (top, left, bottom, right) or {@code pSAME_UPPER}. */
  @Override
  public String toString() {
    return mode == Mode.EXPLICIT
        ? "p" + top + "," + left + "," + bottom + "," + right
        : "p" + mode.name();
  }

  /** As of volumes, with six sides. */
  String ofVolumes() {
    return mode == Mode.EXPLICIT
        ? "p" + front + "," + top + "," + left + "," + back + "," + bottom + "," + right
        : toString();
  }
}
