package org.simdconv;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.simdconv.internal.run.TileRunner;

/**
 * Scratch memory of one run, and the tasks that it forks (oneDNN calls this a scratchpad; it holds
 * nothing between runs). Any plan that fits may use it, so one workspace of the largest size serves
 * a whole network run layer by layer.
 *
 * <p>Thread safety: one run at a time; a second concurrent use throws IllegalStateException.
 */
public final class Workspace {
  final float[] memory;
  final int offset;
  final int length;
  final TileRunner runner = new TileRunner();
  private final AtomicBoolean busy = new AtomicBoolean();

  private Workspace(float[] memory, int offset, int length) {
    this.memory = memory;
    this.offset = offset;
    this.length = length;
  }

  /**
   * A workspace of its own memory.
   *
   * @param floats size, for example the largest {@link ConvPlan#workspaceFloats()} of a network
   * @return the workspace
   * @throws IllegalArgumentException if the size is negative
   */
  public static Workspace ofFloats(int floats) {
    Check.notNegative(floats, "floats");
    return new Workspace(new float[floats], 0, floats);
  }

  /**
   * A workspace in memory of the caller, who must not touch it during a run. Its contents do not
   * matter before and are undefined afterwards.
   *
   * @param memory array
   * @param offset first float that may be used
   * @param length floats that may be used
   * @return the workspace
   * @throws NullPointerException if memory is null
   * @throws IndexOutOfBoundsException if the range does not lie in the array
   */
  public static Workspace of(float[] memory, int offset, int length) {
    Objects.requireNonNull(memory, "memory");
    Objects.checkFromIndexSize(offset, length, memory.length);
    return new Workspace(memory, offset, length);
  }

  /**
   * Size of the workspace.
   *
   * @return floats
   */
  public int floats() {
    return length;
  }

  void acquire() {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the workspace is in use by another run; give each concurrent run one of its own");
    }
  }

  void release() {
    busy.set(false);
  }
}
