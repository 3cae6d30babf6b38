package org.simdconv.bench.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.simdconv.bench.store.JsonLines;

class StoreTest {
  @TempDir private Path folder = Path.of("");

  private Path write(Run run) throws IOException {
    Path file = folder.resolve(run.header().id() + ".jsonl");
    try (JsonLines lines = JsonLines.create(file, run.header())) {
      for (ForkLine line : run.lines()) {
        lines.add(line);
      }
    }
    return file;
  }

  private String message(Path file) {
    return String.valueOf(assertThrows(IOException.class, () -> Run.read(file)).getMessage());
  }

  @Test
  void aRunIsReadAsItWasWritten() throws IOException {
    Run run = Runs.run("a", "x", 4, 0.01, 1, 1, 2);
    Run read = Run.read(write(run));
    assertEquals(run.header(), read.header());
    assertEquals(run.lines(), read.lines());
    assertTrue(read.complete());
  }

  /** Whatever byte a killed process reached, the whole lines before it count. */
  @Test
  void aRunCutAnywhereKeepsItsWholeLines() throws IOException {
    Path file = write(Runs.run("a", "x", 3, 0.01, 1, 1));
    byte[] whole = Files.readAllBytes(file);
    int header = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    Path cut = folder.resolve("cut.jsonl");
    for (int length = 0; length < whole.length; length += 7) {
      byte[] bytes = Arrays.copyOf(whole, length);
      Files.write(cut, bytes);
      if (length < header) {
        assertTrue(message(cut).contains("no whole line"), message(cut));
        continue;
      }
      Run run = Run.read(cut);
      long newlines =
          new String(bytes, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
      assertEquals(newlines - 1, run.lines().size());
      assertEquals(bytes[length - 1] != '\n', run.cut());
      assertEquals(length, Files.size(cut), "reading changed the file");
    }
    // Going on cuts the unfinished line off and appends.
    Files.write(cut, Arrays.copyOf(whole, whole.length - 5));
    try (JsonLines lines = JsonLines.append(cut)) {
      lines.add(Runs.fork("layer0", 2, 1, 1));
    }
    assertEquals(3, Run.read(cut).lines().size());
  }

  @Test
  void brokenAndForeignFilesAreRefusedAndLeftAlone() throws IOException {
    Path file = write(Runs.run("a", "x", 3, 0.01, 1, 1));
    List<String> lines = Files.readAllLines(file);
    Path broken = folder.resolve("broken.jsonl");
    List<List<String>> contents =
        List.of(
            List.of(lines.get(0), lines.get(1).substring(9), lines.get(2)),
            List.of(lines.get(0), "{\"layer\":\"layer0\",\"threads\":1,\"fork\":0}"),
            List.of(lines.get(0), lines.get(1).replace("rawData", "raw")),
            List.of(lines.get(0).replace("\"machine\"", "\"other\"")),
            List.of("{\"schema\":\"simdconv-bench/2\"}"),
            List.of("[{\"benchmark\":\"a.b.c\",\"mode\":\"avgt\"}]"),
            List.of("benchmark,mode,score"),
            List.of("null"));
    for (List<String> content : contents) {
      Files.write(broken, content);
      byte[] before = Files.readAllBytes(broken);
      String message = message(broken);
      assertTrue(message.contains("broken.jsonl") && message.contains(" is "), message);
      Store store = Store.open(folder);
      assertEquals(1, store.runs().size(), "the other run is still there");
      assertEquals(1, store.unreadable().size());
      assertTrue(Arrays.equals(before, Files.readAllBytes(broken)));
    }
  }

  @Test
  void runsAreFoundByName() throws IOException {
    write(Runs.run("20260101-a", "x", 1, 0.01, 1, 1));
    write(Runs.run("20260102-b", "x", 1, 0.01, 1, 1));
    // A label that is also the beginning of the other's id.
    write(Runs.run("2026", "x", 1, 0.01, 1, 1));
    Store store = Store.open(folder);
    assertEquals("20260102-b", store.find("latest").header().id());
    assertEquals("20260101-a", store.find("previous").header().id());
    assertEquals("20260101-a", store.find("20260101").header().id());
    assertEquals("2026", store.find("2026").header().id());
    assertEquals("20260102-b", store.find("0123456").header().id());
    assertEquals(
        "20260101-a", store.find(folder.resolve("20260101-a.jsonl").toString()).header().id());
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> store.find("nothing")).getMessage());
    assertTrue(message.contains("'nothing'") && message.contains("20260102-b"), message);
  }

  @Test
  void twoProcessesDoNotWriteOneFile() throws IOException {
    Path file = write(Runs.run("a", "x", 1, 0.01, 1, 1));
    try (JsonLines first = JsonLines.append(file)) {
      String message =
          String.valueOf(
              assertThrows(IOException.class, () -> JsonLines.append(file)).getMessage());
      assertTrue(message.contains("another process"), message);
      first.add(Runs.fork("layer0", 1, 1, 1));
    }
    assertThrows(IOException.class, () -> JsonLines.create(file, "{}"));
    assertEquals(2, Run.read(file).lines().size());
  }
}
