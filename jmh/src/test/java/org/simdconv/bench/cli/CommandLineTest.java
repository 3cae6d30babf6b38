package org.simdconv.bench.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Layers;
import org.simdconv.bench.layer.ShapeFile;
import org.simdconv.bench.report.BenchRecord;
import org.simdconv.bench.report.LayerResult;
import org.simdconv.bench.verify.MismatchException;
import org.simdconv.bench.verify.Verification;
import org.simdconv.bench.verify.Verifier;
import picocli.CommandLine;

/** The command line end to end, on tiny layers; the measurements are smoke runs. */
class CommandLineTest {
  private static final String SHAPE = "conv ic3 oc5 k3x3 s1x1 p1,1,1,1 d1x1 g1 n1 in9x11";

  @TempDir private Path folder = Path.of("");

  private static int bench(Path folder, String... more) {
    String[] args = {
      "bench",
      "--shape",
      SHAPE,
      "--warmups",
      "1",
      "--iterations",
      "2",
      "--millis",
      "20",
      "--threads",
      "1,2",
      "-o",
      folder.toString()
    };
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Main.execute(all);
  }

  @Test
  void shapesComeFromFilesOfSeveralKinds() throws IOException {
    Path lines = folder.resolve("lines.txt");
    Files.writeString(lines, "# ours\n" + SHAPE + "\n\n" + SHAPE + "\n");
    Path oneDnn = folder.resolve("some-deconv.tsv");
    Files.writeString(
        oneDnn,
        """
        file name nd g mb ic oc ih iw kh kw sh sw dh dw ph pw rh rw id kd sd dd pd rd
        f a 2 2 3 4 6 5 7 3 3 2 2 0 1 1 0 -1 2 1 1 1 0 0 0
        f b 3 2 3 4 6 5 7 3 3 2 2 0 1 1 0 -1 2 4 3 2 0 1 -1
        """
            .replace(' ', '\t'));
    Path xnnpack = folder.resolve("xnnpack.tsv");
    Files.writeString(
        xnnpack,
        """
        net N H W KH KW PH PW Adj SH SW D Cin Cout
        x 1 6 7 3 3 2 1 1 2 2 1 3 4
        """
            .replace(' ', '\t'));
    assertEquals(List.of(Layer.ofShape(SHAPE)), ShapeFile.read(lines));
    assertEquals(
        List.of(
            "tconv ic4 oc6 k3x3 s2x2 p1,0,0,2 d1x2 g2 op1x0 n3 in5x7",
            "tconv3d ic4 oc6 k3x3x3 s2x2x2 p1,1,0,0,0,2 d1x1x2 g2 op1x1x0 n3 in4x5x7"),
        ShapeFile.read(oneDnn).stream().map(Layer::name).toList());
    assertEquals(
        List.of("tconv ic3 oc4 k3x3 s2x2 p1,0,1,1 d1x1 g1 op1x1 n1 in6x7"),
        ShapeFile.read(xnnpack).stream().map(Layer::name).toList());
    for (Path file : List.of(lines, oneDnn, xnnpack)) {
      assertEquals(0, Main.execute("verify", "--shapes", file.toString()));
    }
    assertEquals(2, Main.execute("verify", "--shapes", lines.toString(), "--most-gflop", "1e-9"));
    Files.writeString(xnnpack, "x\t1\t6\n", java.nio.file.StandardOpenOption.APPEND);
    assertEquals(2, Main.execute("verify", "--shapes", xnnpack.toString()));
    assertThrows(IllegalArgumentException.class, () -> ShapeFile.read(xnnpack));
  }

  @Test
  void theMainJobEndsInARecordAndAPage() throws IOException {
    assertEquals(0, bench(folder));
    BenchRecord record = BenchRecord.read(folder.resolve("bench.json"));
    assertEquals(List.of(), record.failures());
    assertEquals(2, record.results().size());
    for (LayerResult r : record.results()) {
      assertEquals(5 * 9 * 11, r.verifiedOutputs());
      assertEquals(5 * 9 * 11, r.outputs());
      assertEquals(2L * 5 * 9 * 11 * 27, r.flops());
      assertEquals(SHAPE, r.shape());
      assertEquals(2, r.iterations());
      assertTrue(r.gflops() > 0 && r.peakGflops() > 0 && r.percentOfPeak() > 0, r.line());
      assertEquals(100 * r.gflops() / r.peakGflops(), r.percentOfPeak(), 0.5 * r.percentOfPeak());
    }
    String page = Files.readString(folder.resolve("bench.html"));
    assertTrue(page.contains("<svg") && page.contains(SHAPE) && page.contains("2 threads"));
    assertFalse(page.contains("http://") && page.contains("src=\"http"), "not self-contained");

    Path again = folder.resolve("again.html");
    assertEquals(
        0, Main.execute("report", folder.resolve("bench.json").toString(), "-o", again.toString()));
    assertEquals(page, Files.readString(again));
  }

  @Test
  void aWrongKernelGetsNoNumber() throws IOException {
    System.setProperty(Verifier.CORRUPT, "true");
    try {
      assertEquals(1, bench(folder));
      assertEquals(1, Main.execute("verify", "--shape", SHAPE));
    } finally {
      System.clearProperty(Verifier.CORRUPT);
    }
    BenchRecord record = BenchRecord.read(folder.resolve("bench.json"));
    assertEquals(List.of(), record.results());
    assertEquals(2, record.failures().size());
    String reason = record.failures().get(0).reason();
    assertTrue(reason.contains("the reference has"), reason);
    assertTrue(Files.readString(folder.resolve("bench.html")).contains("Without a number"));
  }

  @Test
  void verifyTakesWhatAFailingTestPrints() {
    assertEquals(0, Main.execute("verify", "--shape", SHAPE));
    assertEquals(
        0,
        Main.execute(
            "verify",
            "--full",
            "--shape",
            "tconv ic6 oc4 k4x4 s2x3 p1,0,1,2 d1x1 g2 op1x0 n2 in5x7"));
    assertEquals(0, Main.execute("verify", "--layers", "enet/t2x2"));
  }

  @Test
  void conditionsMeasuresAShapeInAJvmOfItsOwn() {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, Main.execute("conditions", "--forks", "1", "--shape", SHAPE));
    } finally {
      System.setOut(console);
    }
    String line = printed.toString(StandardCharsets.UTF_8).lines().reduce((a, b) -> b).orElse("");
    assertTrue(line.startsWith(SHAPE), line);
    // Microseconds, seconds to speed, and three speeds relative to a plain run.
    String[] figures = line.substring(SHAPE.length()).trim().split("\\s+", -1);
    assertEquals(6, figures.length, line);
    assertEquals("DIRECT", figures[0]);
    for (int i = 1; i < figures.length; i++) {
      double figure = Double.parseDouble(figures[i].replace("s", ""));
      assertTrue(figure >= 0 && figure < 1e6, line);
    }
  }

  @Test
  void wrongArgumentsAreRefusedWithExitCode2() {
    assertEquals(2, Main.execute("conditions", "--forks", "0"));
    assertEquals(2, Main.execute("conditions", "--threads", "0"));
    assertEquals(2, Main.execute("nonsense"));
    assertEquals(2, Main.execute("bench", "--forks", "0"));
    assertEquals(2, Main.execute("bench", "--millis", "-1"));
    assertEquals(2, Main.execute("bench", "--threads", "0"));
    assertEquals(2, Main.execute("verify", "--layers", "no such layer"));
    assertEquals(2, Main.execute("verify", "--shape", "conv ic3"));
    assertEquals(2, Main.execute("verify", "--shape", "conv ic3 oc3 in4x4 k3"));
    assertEquals(2, Main.execute("verify", "--shape", "conv ic3 oc3 in4x4 z9"));
    assertEquals(2, Main.execute("verify", "--shape", "conv ic3 oc3 in4x4 k9x9"));
    assertEquals(1, Main.execute("report", folder.resolve("missing.json").toString()));
    assertEquals(0, Main.execute("--help"));
    assertEquals(0, Main.execute("bench", "--list"));
  }

  /** A percent sign in one is to be written twice. */
  @Test
  void descriptionsAreFormats() {
    for (CommandLine command : Main.commandLine().getSubcommands().values()) {
      CommandLine.Model.CommandSpec spec = command.getCommandSpec();
      Stream<String> texts =
          Stream.concat(
              Stream.of(spec.usageMessage().description()),
              spec.options().stream().flatMap(option -> Stream.of(option.description())));
      texts.forEach(text -> assertDoesNotThrow(() -> String.format(text), text));
    }
  }

  @Test
  void foreignAndBrokenRecordsAreRefused() throws IOException {
    Path file = folder.resolve("broken.json");
    for (String text :
        List.of("", "{", "[]", "{\"schema\":\"other/1\"}", "{\"schema\":\"simdconv-bench/1\"}")) {
      Files.writeString(file, text);
      assertThrows(IOException.class, () -> BenchRecord.read(file), text);
      assertEquals(1, Main.execute("report", file.toString()), text);
    }
  }

  @Test
  void everyLayerOfTheTablesIsWellFormedAndHasItsShape() {
    List<Layer> layers = Layers.all();
    assertTrue(layers.size() >= 40);
    assertEquals(layers.size(), layers.stream().map(Layer::name).distinct().count());
    for (Layer layer : layers) {
      int out =
          layer.transposed() ? layer.transposeShape().outHeight() : layer.convShape().outHeight();
      assertTrue(out > 0, layer.name());
    }
    Layer unet = Layers.find("unet/t2x2s2_128-64@112");
    assertEquals(224, unet.transposeShape().outHeight());
    assertThrows(IllegalArgumentException.class, () -> Layers.find("unet/none"));
  }

  @Test
  void theVerifierDistrustsEmptyOutputs() {
    Layer layer = Layer.ofShape("conv ic1 oc1 in2x2");
    float[] x = {1, 2, 3, 4};
    float[] w = {2};
    assertEquals(
        new Verification(4, 4), Verifier.verify(layer, x, w, null, new float[] {2, 4, 6, 8}, 1000));
    assertThrows(
        MismatchException.class,
        () -> Verifier.verify(layer, x, w, null, new float[] {2, 4, 6, 9}, 1000));
    assertThrows(
        MismatchException.class, () -> Verifier.verify(layer, x, w, null, new float[4], 1000));
    assertThrows(
        MismatchException.class,
        () -> Verifier.verify(layer, new float[4], w, null, new float[] {0, 0, 0, 0}, 1000));
  }

  @Test
  void aSampleFindsAWrongCorner() {
    Layer layer = Layer.ofShape("conv ic8 oc8 k3x3 p1,1,1,1 in20x20");
    float[] x = Layer.data(layer.inputFloats(), 1);
    float[] w = Layer.data(layer.weightFloats(), 2);
    float[] y = org.simdconv.reference.NaiveConv2d.forward(layer.convShape(), x, w, null);
    Verification sampled = Verifier.verify(layer, x, w, null, y, 10_000);
    assertTrue(sampled.sampled() && sampled.compared() >= 64, sampled.toString());
    y[y.length - 1] += 1;
    assertThrows(MismatchException.class, () -> Verifier.verify(layer, x, w, null, y, 10_000));
  }

  @Test
  void walkthroughShowsTheNumbers() {
    String text = org.simdconv.bench.demo.Walkthrough.text();
    assertTrue(text.contains("0 1 2 . 2 2 0 . 0 1 2"), text);
    assertTrue(text.contains("phase of rows 1, columns 0"), text);
    assertEquals(0, Main.execute("walkthrough"));
  }

  @Test
  void demoWritesPicturesAndAPage(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("a/b");
    assertEquals(0, Main.execute("demo", "--out", out.toString()));
    String page = Files.readString(out.resolve("index.html"));
    for (String name :
        List.of("original", "blur", "edges", "nearest2", "bilinear4", "transposed4", "shuffle2")) {
      assertTrue(page.contains(name + ".png"), name);
      assertTrue(Files.size(out.resolve(name + ".png")) > 100, name);
    }
    org.simdconv.bench.demo.Picture twice =
        org.simdconv.bench.demo.Picture.read(out.resolve("nearest2.png"));
    org.simdconv.bench.demo.Picture once =
        org.simdconv.bench.demo.Picture.read(out.resolve("original.png"));
    assertEquals(2 * once.width(), twice.width());
    assertEquals(once.values()[5], twice.values()[10]);
    // A picture smaller than any kernel goes through as well.
    Path tiny = folder.resolve("tiny.png");
    new org.simdconv.bench.demo.Picture(2, 1, new float[] {0, 1, 0, 1, 0, 1}).write(tiny);
    assertEquals(0, Main.execute("demo", "--image", tiny.toString(), "--out", out.toString()));
    Files.writeString(folder.resolve("no.png"), "text");
    assertEquals(2, Main.execute("demo", "--image", folder.resolve("no.png").toString()));
    assertEquals(1, Main.execute("demo", "--image", folder.resolve("none.png").toString()));
  }
}
