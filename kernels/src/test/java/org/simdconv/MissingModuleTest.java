package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A JVM started without the Vector API says what to add. */
class MissingModuleTest {
  /** Run in a JVM of its own. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      try {
        Conv2d.of(1, 1).plan(1, 1, 1, new float[1], null);
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
        return;
      }
      System.out.println("planned");
    }
  }

  @Test
  void theMessageSaysWhatToAdd() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, child.waitFor(), output);
    assertTrue(
        output.contains("add --add-modules jdk.incubator.vector to the java command"), output);
  }
}
