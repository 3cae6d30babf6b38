package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
    String output = ChildJvm.run(Main.class, List.of());
    assertTrue(
        output.contains("add --add-modules jdk.incubator.vector to the java command"), output);
  }
}
