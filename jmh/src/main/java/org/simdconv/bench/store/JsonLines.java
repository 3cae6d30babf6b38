package org.simdconv.bench.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of JSON objects, one a line, that only ever grows: each line is on the disk before the
 * next measurement begins. A process that is killed leaves at most its last line unfinished; the
 * reader leaves that line out, and whoever goes on with the file cuts it off first. Anything else
 * that is not as it should be is refused and left as it is.
 *
 * <p>While one process writes, it holds a lock on the file; a second one is refused.
 */
public final class JsonLines implements Closeable {
  private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();

  private final FileChannel channel;

  private JsonLines(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * What a file holds.
   *
   * @param objects the whole lines
   * @param bytes their length
   * @param cut whether an unfinished line follows them
   */
  public record Content(List<JsonObject> objects, long bytes, boolean cut) {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or a line other than an unfinished last one is not a
   *     JSON object
   */
  public static Content read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file);
    }
    byte[] bytes = Files.readAllBytes(file);
    List<JsonObject> objects = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        objects.add(parse(file, objects.size() + 1, text(bytes, start, i)));
        start = i + 1;
      }
    }
    return new Content(objects, start, start < bytes.length);
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static JsonObject parse(Path file, int line, String text) throws IOException {
    try {
      JsonElement element = GSON.fromJson(text, JsonElement.class);
      if (element != null && element.isJsonObject()) {
        return element.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw new IOException(broken(file, line) + ": " + e.getMessage(), e);
    }
    throw new IOException(broken(file, line));
  }

  private static String broken(Path file, int line) {
    return file + " is broken or not ours: line " + line + " is not a JSON object";
  }

  /**
   * Makes a new file.
   *
   * @throws IOException if it cannot be made, for one because it exists
   */
  public static JsonLines create(Path file, Object first) throws IOException {
    JsonLines lines = open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lines.add(first);
    return lines;
  }

  /**
   * Goes on with a file, after cutting off an unfinished last line.
   *
   * @throws IOException if it cannot be opened, or another process is writing it
   */
  public static JsonLines append(Path file) throws IOException {
    JsonLines lines = open(file, StandardOpenOption.WRITE);
    lines.channel.truncate(read(file).bytes());
    lines.channel.position(lines.channel.size());
    return lines;
  }

  private static JsonLines open(Path file, StandardOpenOption... options) throws IOException {
    FileChannel channel = FileChannel.open(file, options);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IOException(file + " is being written by another process");
    }
    return new JsonLines(channel);
  }

  /** Appends an object and waits until it is on the disk. */
  public void add(Object object) throws IOException {
    ByteBuffer line = StandardCharsets.UTF_8.encode(GSON.toJson(object) + "\n");
    while (line.hasRemaining()) {
      channel.write(line);
    }
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
