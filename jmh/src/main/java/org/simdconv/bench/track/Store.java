package org.simdconv.bench.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder of runs, a file each. Nothing in it is ever overwritten; it may be kept in version
 * control, and folders of several machines may be put together.
 */
public final class Store {
  private static final String SUFFIX = ".jsonl";

  private final Path folder;
  private final List<Run> runs;
  private final List<String> unreadable;

  private Store(Path folder, List<Run> runs, List<String> unreadable) {
    this.folder = folder;
    this.runs = runs;
    this.unreadable = unreadable;
  }

  /**
   * Reads all runs, the oldest first. One that cannot be read is set aside.
   *
   * @throws IOException if the folder cannot be read
   */
  public static Store open(Path folder) throws IOException {
    List<Run> runs = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
          try {
            runs.add(Run.read(file));
          } catch (IOException e) {
            unreadable.add(e.getMessage());
          }
        }
      }
    }
    runs.sort(Comparator.comparing(r -> r.header().created()));
    return new Store(folder, runs, unreadable);
  }

  /** All runs that can be read, the oldest first. */
  public List<Run> runs() {
    return List.copyOf(runs);
  }

  /** What is wrong with the others. */
  public List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /** An unfinished run of the same build, machine, settings and benchmarks. */
  Optional<Run> unfinished(RunHeader header) {
    return runs.reversed().stream()
        .filter(r -> !r.complete() && r.header().sameAs(header))
        .findFirst();
  }

  Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }

  /**
   * Finds a run.
   *
   * @param name a file; or, in the store, the beginning of a run's id or commit (of several the
   *     last one), a label, {@code latest}, or {@code previous}, the one before it
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if there is no such run
   */
  public Run find(String name) throws IOException {
    if (name.endsWith(SUFFIX) || name.contains("/") || name.endsWith(".json")) {
      return Run.read(Path.of(name));
    }
    List<Run> matches =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "latest" -> runs;
          case "previous" -> runs.subList(0, Math.max(0, runs.size() - 1));
          default -> {
            List<Run> labelled = matching(h -> h.label().equals(name));
            yield labelled.isEmpty()
                ? matching(h -> h.id().startsWith(name) || h.build().commit().startsWith(name))
                : labelled;
          }
        };
    if (matches.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no run '"
              + name
              + "' in "
              + folder
              + "; it holds "
              + (runs.isEmpty()
                  ? "none"
                  : String.join(", ", runs.stream().map(r -> r.header().id()).toList()))
              + (unreadable.isEmpty() ? "" : "; and cannot be read: " + unreadable));
    }
    return matches.getLast();
  }

  private List<Run> matching(Predicate<RunHeader> wanted) {
    return runs.stream().filter(r -> wanted.test(r.header())).toList();
  }
}
