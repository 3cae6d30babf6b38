package org.simdconv.bench.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.simdconv.Conv2d;
import org.simdconv.bench.layer.Layer;

/** The README's example is the one that is compiled and run here. */
class ReadmeTest {
  @Test
  void theExampleOfTheReadmeIsTheCompiledOne() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/simdconv/bench/example/EmbeddingExample.java"));
    String example =
        source.substring(
            source.indexOf("// README:begin\n") + "// README:begin\n".length(),
            source.indexOf("// README:end"));
    String readme = Files.readString(Path.of("..", "README.md"));
    assertTrue(readme.contains("```java\n" + example + "```"), "README.md shows another example");
  }

  @Test
  void theOtherExamplesAreTheCompiledOnes() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/simdconv/bench/example/FamilyExample.java"));
    String readme = Files.readString(Path.of("..", "README.md"));
    for (String name : List.of("gradients", "images")) {
      String begin = "  // README:" + name + "\n";
      int from = source.indexOf(begin) + begin.length();
      String example = source.substring(from, source.indexOf("  // README:end", from));
      assertTrue(
          readme.contains("```java\n" + example.replaceAll("(?m)^  ", "") + "```"),
          () -> "README.md shows another example of " + name);
    }
  }

  @Test
  void theyRun() {
    Conv2d conv = Conv2d.of(2, 3).kernel(3, 3).padding(1);
    float[] dw = new float[3 * 2 * 9];
    float[] x = Layer.data(8 * 2 * 56 * 56, 1);
    float[] dy = Layer.data(8 * 3 * 56 * 56, 2);
    float[] dx = FamilyExample.step(conv, Layer.data(dw.length, 3), x, dy, dw, new float[3]);
    assertEquals(x.length, dx.length);
    assertEquals(64 * 112 * 112, FamilyExample.enlarge(Layer.data(64 * 56 * 56, 1)).length);
    assertEquals(56, FamilyExample.pool().outHeight());
    assertEquals(56, FamilyExample.shuffle().outWidth());
  }

  @Test
  void itRuns() {
    float[] y =
        EmbeddingExample.layer(
            Layer.data(64 * 56 * 56, 1),
            Layer.data(128 * 64 * 9, 2),
            Layer.data(128, 3),
            ForkJoinPool.commonPool());
    assertEquals(128 * 56 * 56, y.length);
    for (float v : y) {
      assertTrue(v >= 0);
    }
  }
}
