package org.simdconv.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Records as JSON files: a component of a Java record is a field of the object. */
public final class Records {
  private static final Gson GSON =
      new GsonBuilder().setStrictness(Strictness.STRICT).setPrettyPrinting().create();

  private Records() {}

  /** Writes a record; the file is whole, or as it was before. */
  public static void write(Object record, Path file) throws IOException {
    replace(file, GSON.toJson(record) + "\n");
  }

  /** Writes a text; the file is whole, or as it was before. */
  static void replace(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text, StandardCharsets.UTF_8);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a record.
   *
   * @param file the file
   * @param schema what its field {@code schema} must say
   * @param type of the record
   * @throws IOException if it cannot be read, is cut off, of another kind or incomplete
   */
  public static <T> T read(Path file, String schema, Class<T> type) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file);
    }
    JsonElement json;
    try {
      json = GSON.fromJson(Files.readString(file, StandardCharsets.UTF_8), JsonElement.class);
    } catch (JsonParseException | CharacterCodingException e) {
      throw new IOException(file + " is not JSON, or cut off: " + e.getMessage(), e);
    }
    String found =
        json instanceof JsonObject object && object.get("schema") instanceof JsonPrimitive name
            ? name.getAsString()
            : "missing";
    if (!schema.equals(found)) {
      throw new IOException(
          file
              + " is not a record of the kind that is wanted: its schema is "
              + found
              + "; expected "
              + schema);
    }
    try {
      return GSON.fromJson(json, type);
    } catch (RuntimeException e) {
      // What a record's constructor throws comes wrapped.
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new IOException(file + " is broken: missing or wrong: " + cause.getMessage(), e);
    }
  }
}
