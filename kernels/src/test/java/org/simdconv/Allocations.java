package org.simdconv;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What runs allocate. */
final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /**
   * The least that 20 runs allocate in the calling thread. Vectors live on the heap until C2 is
   * done with a method, which takes as long as it takes: tries until nothing is allocated.
   *
   * @param seconds after which it gives up
   * @return bytes
   */
  static long least(Runnable run, int seconds) {
    long least = Long.MAX_VALUE;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (least > 0 && System.nanoTime() < deadline) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 20; i++) {
        run.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  /**
   * Where the calling thread allocates in some runs, and what: samples of the JDK's flight
   * recorder, most first. Says why a test failed on a machine that nobody sees.
   */
  static String places(Runnable run) {
    Map<String, Integer> places = new TreeMap<>();
    long own = Thread.currentThread().threadId();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s").withStackTrace();
      recording.start();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
      while (System.nanoTime() < deadline) {
        run.run();
      }
      recording.stop();
      Path file = Files.createTempFile("allocations", ".jfr");
      try {
        recording.dump(file);
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
          RecordedThread thread = event.getThread();
          if (thread != null && thread.getJavaThreadId() == own) {
            places.merge(place(event), 1, Integer::sum);
          }
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return places.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(8)
        .map(e -> System.lineSeparator() + e.getValue() + " x " + e.getKey())
        .collect(Collectors.joining());
  }

  /** The class, and the frames down to the first two of this library. */
  private static String place(RecordedEvent event) {
    StringBuilder place = new StringBuilder(event.getClass("objectClass").getName());
    RecordedStackTrace trace = event.getStackTrace();
    int own = 0;
    for (RecordedFrame frame : trace == null ? List.<RecordedFrame>of() : trace.getFrames()) {
      String type = frame.getMethod().getType().getName();
      place.append(" < ").append(type.substring(type.lastIndexOf('.') + 1));
      place.append('.').append(frame.getMethod().getName());
      place.append(':').append(frame.getLineNumber());
      if (type.startsWith("org.simdconv.") && ++own == 2) {
        break;
      }
    }
    return place.toString();
  }
}
