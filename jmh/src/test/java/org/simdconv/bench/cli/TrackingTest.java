package org.simdconv.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.simdconv.Numerics;
import org.simdconv.bench.layer.LayerBenchmark;
import org.simdconv.bench.peers.PeersRecord;
import org.simdconv.bench.peers.TurnTaking;
import org.simdconv.bench.report.Records;
import org.simdconv.bench.track.Run;
import org.simdconv.bench.track.Store;
import org.simdconv.bench.verify.Verifier;

/** The long-running commands end to end: stores, verdicts, interruptions. Smoke runs. */
class TrackingTest {
  private static final String SHAPE = "conv ic3 oc5 k3x3 s1x1 p1,1,1,1 d1x1 g1 n1 in9x11";

  @TempDir private Path folder = Path.of("");

  private List<String> track(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "track",
                "--store",
                folder.toString(),
                "--shape",
                SHAPE,
                "--warmups",
                "1",
                "--warmup-millis",
                "20",
                "--iterations",
                "3",
                "--millis",
                "10"));
    args.addAll(List.of(more));
    return args;
  }

  private static int execute(List<String> args) {
    return Main.execute(args.toArray(new String[0]));
  }

  private static Process start(List<String> args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-Djmh.ignoreLock=true",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(args);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void valid(String schema, String json) throws IOException {
    try (InputStream in = TrackingTest.class.getResourceAsStream("/schema/" + schema + ".json")) {
      assertEquals(
          "[]",
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(Objects.requireNonNull(in))
              .validate(json, InputFormat.JSON)
              .toString());
    }
  }

  @Test
  void runsAreStoredComparedAndDrawn() throws IOException {
    assertEquals(0, execute(track("--forks", "4", "--label", "base")));
    System.setProperty(LayerBenchmark.WASTE, "4");
    try {
      assertEquals(0, execute(track("--forks", "4", "--label", "new")));
    } finally {
      System.clearProperty(LayerBenchmark.WASTE);
    }
    String store = folder.toString();
    Path junit = folder.resolve("junit.xml");
    Path markdown = folder.resolve("summary.md");
    assertEquals(
        1,
        Main.execute(
            "compare",
            "base",
            "new",
            "--store",
            store,
            "--junit",
            junit.toString(),
            "--markdown",
            markdown.toString()),
        "five times the time is slower");
    assertTrue(Files.readString(junit).contains("slower: +"));
    assertTrue(Files.readString(markdown).contains("**slower**"));
    assertEquals(0, Main.execute("compare", "new", "base", "--store", store), "faster is no fault");
    Path page = folder.resolve("trend.html");
    assertEquals(0, Main.execute("trend", "--store", store, "-o", page.toString()));
    assertTrue(Files.readString(page).contains(SHAPE));
    assertEquals(0, Main.execute("track", "--list", "--store", store));
    assertEquals(2, Main.execute("compare", "base", "none", "--store", store));
    assertEquals(2, Main.execute("compare", "base", "new", "--store", store, "--least", "0"));
    for (String line : Files.readAllLines(Store.open(folder).find("base").file())) {
      valid("simdconv-run-1", line);
    }
  }

  @Test
  void aKernelThatBecameWrongFailsTheComparison() throws IOException {
    assertEquals(0, execute(track("--forks", "1", "--label", "right")));
    System.setProperty(Verifier.CORRUPT, "true");
    try {
      assertEquals(1, execute(track("--forks", "1", "--label", "wrong")));
    } finally {
      System.clearProperty(Verifier.CORRUPT);
    }
    assertEquals(1, Main.execute("compare", "right", "wrong", "--store", folder.toString()));
    for (String line : Files.readAllLines(Store.open(folder).find("wrong").file())) {
      valid("simdconv-run-1", line);
    }
  }

  /** The hard way: killed while it measures, it goes on where it stopped. */
  @Test
  void aKilledRunGoesOn() throws IOException, InterruptedException {
    List<String> command = track("--forks", "5");
    Process first = start(command);
    List<Run> runs = Store.open(folder).runs();
    while (first.isAlive() && (runs.isEmpty() || runs.getFirst().lines().size() < 2)) {
      Thread.sleep(20);
      runs = Store.open(folder).runs();
    }
    first.destroyForcibly().waitFor();
    Run killed = Store.open(folder).runs().getFirst();
    assertTrue(killed.lines().size() >= 2 && !killed.complete(), killed.toString());
    // As if it had died within a line.
    byte[] bytes = Files.readAllBytes(killed.file());
    Files.write(
        killed.file(),
        "{\"layer\":\"con".getBytes(StandardCharsets.UTF_8),
        java.nio.file.StandardOpenOption.APPEND);
    assertEquals(0, start(command).waitFor());
    Store store = Store.open(folder);
    assertEquals(1, store.runs().size(), "it began a new run");
    Run whole = store.runs().getFirst();
    assertTrue(whole.complete() && !whole.cut());
    assertEquals(5, whole.lines().size());
    assertEquals(killed.lines(), whole.lines().subList(0, killed.lines().size()));
    byte[] after = Files.readAllBytes(whole.file());
    assertEquals(
        -1, java.util.Arrays.mismatch(bytes, java.util.Arrays.copyOf(after, bytes.length)));
    // A finished run is not gone on with.
    assertEquals(0, start(track("--forks", "5")).waitFor());
    assertEquals(2, Store.open(folder).runs().size());
  }

  @Test
  void aKilledMainJobGoesOn() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "bench",
            "--shape",
            SHAPE,
            "--threads",
            "1,2,3",
            "--warmups",
            "0",
            "--iterations",
            "1",
            "--millis",
            "10",
            "-o",
            folder.toString());
    Path journal = folder.resolve("bench.part.jsonl");
    Process first = start(command);
    while (first.isAlive() && !(Files.exists(journal) && Files.readAllLines(journal).size() >= 3)) {
      Thread.sleep(10);
    }
    first.destroyForcibly().waitFor();
    List<String> left = Files.readAllLines(journal);
    assertTrue(left.size() >= 3, left.toString());
    List<String> other = new ArrayList<>(command);
    other.set(6, "2");
    assertEquals(1, start(other).waitFor(), "other settings must not go on with it");
    assertEquals(left, Files.readAllLines(journal), "nor touch it");
    assertEquals(0, start(command).waitFor());
    assertFalse(Files.exists(journal));
    String json = Files.readString(folder.resolve("bench.json"));
    valid("simdconv-bench-2", json);
    // The limits were not measured again.
    String limits =
        left.get(1).substring(left.get(1).indexOf("\"gflops1\":") + 10).split(",", 2)[0];
    assertTrue(json.contains("\"gflops1\": " + limits), limits);
    Path machines = folder.resolve("machines.html");
    String record = folder.resolve("bench.json").toString();
    assertEquals(0, Main.execute("compare-machines", record, record, "-o", machines.toString()));
    assertTrue(Files.readString(machines).contains("the peak (1.00)"));
    assertEquals(2, Main.execute("compare-machines", record));
    assertEquals(1, Main.execute("compare-machines", record, journal.toString()));
  }

  /** With the profile {@code peers} it measures; without, it says how to get the engines. */
  @Test
  void peersNeedTheirProfile() throws IOException {
    int code =
        Main.execute(
            "peers",
            "--shape",
            SHAPE,
            "--forks",
            "1",
            "--threads",
            "1",
            "--seconds",
            "0.01",
            "-o",
            folder.toString());
    Path json = folder.resolve("peers.json");
    if (TurnTaking.engines(Numerics.REPRODUCIBLE).size() == 1) {
      assertEquals(1, code);
      assertFalse(Files.exists(json));
    } else {
      assertEquals(0, code);
      valid("simdconv-peers-1", Files.readString(json));
      PeersRecord record = Records.read(json, PeersRecord.SCHEMA, PeersRecord.class);
      assertEquals(4, record.forks().getFirst().engines().size());
      assertTrue(Files.readString(folder.resolve("peers.html")).contains("onnxruntime"));
    }
    assertEquals(2, Main.execute("peers", "--op", "pool"));
    assertEquals(2, Main.execute("peers", "--forks", "0"));
  }
}
