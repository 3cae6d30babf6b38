package org.simdconv.bench.store;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a long run has measured so far, beside where its record will be: if the run is interrupted,
 * the same command finds it and goes on. The first line says what run it is.
 *
 * @param <T> a measurement; a record
 */
public final class Journal<T> implements Closeable {
  private static final Gson GSON = new Gson();

  private final Path file;
  private final JsonLines lines;
  private final List<T> items;
  private final int found;

  private Journal(Path file, JsonLines lines, List<T> items) {
    this.file = file;
    this.lines = lines;
    this.items = items;
    this.found = items.size();
  }

  /**
   * Begins, or goes on.
   *
   * @param file the journal
   * @param header what run it is: an interrupted run is gone on with if its header is equal
   * @param type of the measurements
   * @param afresh discard an interrupted run
   * @throws IOException if the file cannot be read or written, or is of another run
   */
  public static <T> Journal<T> open(Path file, Object header, Class<T> type, boolean afresh)
      throws IOException {
    if (afresh) {
      Files.deleteIfExists(file);
    }
    JsonObject mine = GSON.toJsonTree(header).getAsJsonObject();
    if (Files.exists(file)) {
      JsonLines.Content content = JsonLines.read(file);
      if (!content.objects().isEmpty()) {
        return resume(file, content, mine, type);
      }
      // Killed within its first line: nothing is lost.
      Files.delete(file);
    }
    return new Journal<>(file, JsonLines.create(file, mine), new ArrayList<>());
  }

  private static <T> Journal<T> resume(
      Path file, JsonLines.Content content, JsonObject mine, Class<T> type) throws IOException {
    if (!content.objects().getFirst().equals(mine)) {
      throw new IOException(
          file
              + " is what an interrupted run with other settings or another build measured; finish"
              + " that one, give another output folder, or discard it with --restart ("
              + difference(content.objects().getFirst(), mine)
              + " differs)");
    }
    List<T> items = new ArrayList<>();
    for (JsonElement object : content.objects().subList(1, content.objects().size())) {
      try {
        items.add(GSON.fromJson(object, type));
      } catch (RuntimeException e) {
        throw new IOException(
            file + " is broken: line " + (items.size() + 2) + "; discard it with --restart", e);
      }
    }
    return new Journal<>(file, JsonLines.append(file), items);
  }

  private static String difference(JsonObject theirs, JsonObject mine) {
    return mine.keySet().stream()
        .filter(k -> !mine.get(k).equals(theirs.get(k)))
        .findFirst()
        .orElse("a field");
  }

  /** All measurements so far. */
  public List<T> items() {
    return List.copyOf(items);
  }

  /** How many an interrupted run had left. */
  public int found() {
    return found;
  }

  /** Keeps a measurement; on return it is on the disk. */
  public void add(T item) throws IOException {
    lines.add(item);
    items.add(item);
  }

  /** The record is written: the journal is not needed any more. */
  public void finish() throws IOException {
    lines.close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
