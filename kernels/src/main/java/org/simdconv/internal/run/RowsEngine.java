package org.simdconv.internal.run;

/**
 * What upsampling, pooling and shuffles have in common: planes of output rows, each computed from
 * rows of the input, cut into tasks of neighbouring rows or planes. Subclasses are immutable and
 * safe for concurrent runs.
 */
abstract class RowsEngine implements Engine {
  // 64 KiB of inputs or outputs: large against claiming a task, small against L2.
  private static final int TASK_FLOATS = 1 << 14;

  final int planes;
  final int outRows;
  final int outColumns;
  private final int bands;
  private final int taskPlanes;

  /** Of outputs of so many planes, each from {@code inPlane} inputs. */
  RowsEngine(int planes, int outRows, int outColumns, long inPlane) {
    this.planes = planes;
    this.outRows = outRows;
    this.outColumns = outColumns;
    long plane = Math.max((long) outRows * outColumns, inPlane);
    this.bands = Math.clamp(plane / TASK_FLOATS, 1, outRows);
    this.taskPlanes = Math.clamp(TASK_FLOATS / Math.max(1, plane), 1, planes);
  }

  @Override
  public final int tasks() {
    return Math.multiplyExact((planes + taskPlanes - 1) / taskPlanes, bands);
  }

  @Override
  public final void run(int task, Binding buffers, float[] scratch, int at, Slot slot) {
    int band = task % bands;
    int first = task / bands * taskPlanes;
    int from = (int) ((long) outRows * band / bands);
    int to = (int) ((long) outRows * (band + 1) / bands);
    prepare(scratch, at);
    int count = Math.min(taskPlanes, planes - first);
    rows(first, count, from, to, buffers, scratch, at, slot);
  }

  /** Makes ready what all planes of a task need in scratch. */
  void prepare(float[] scratch, int at) {}

  /** Computes the rows from .. to-1 of planes of the output: all rows where these are several. */
  abstract void rows(
      int plane, int count, int from, int to, Binding buffers, float[] scratch, int at, Slot slot);
}
