package org.simdconv.bench.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
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
