package org.simdconv.internal.run;

/** An algorithm with its weights, cut into tasks that may run in any order and at the same time. */
public interface Engine {
  /** Number of tasks. */
  int tasks();

  /** Scratch that a thread needs, in floats. */
  int scratchFloats();

  /**
   * Runs one task: writes its part of the output, each element once, and nothing else of it.
   *
   * @param task 0 .. tasks()-1
   * @param buffers the buffers of the run
   * @param scratch scratch memory, its contents undefined
   * @param at first float of this thread's part of it
   * @param slot what this thread keeps from task to task
   */
  void run(int task, Binding buffers, float[] scratch, int at, Slot slot);
}
