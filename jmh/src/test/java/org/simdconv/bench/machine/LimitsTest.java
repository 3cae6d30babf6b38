package org.simdconv.bench.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static String probe(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of(flags));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), WidthProbe.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @Test
  void theProbeSeesWhetherVectorsAreCompiled() throws IOException, InterruptedException {
    String normal = probe();
    assertTrue(normal.contains("intrinsics=true"), normal);
    String fallback = probe("-XX:+UnlockExperimentalVMOptions", "-XX:-EnableVectorSupport");
    assertTrue(fallback.contains("intrinsics=false"), fallback);
  }

  @Test
  void inBetweenThreadCountsAreInterpolated() {
    Limits limits =
        new Limits(
            List.of(new Limits.Width(512, 100, 700, true, 0, 16)),
            List.of(new Limits.Level(Limits.MEMORY, 1, 10, 40, 5, 20)),
            List.of(
                new Limits.Scaling(1, 100, 10),
                new Limits.Scaling(4, 400, 30),
                new Limits.Scaling(8, 700, 40)));
    assertEquals(100, limits.peak(1));
    assertEquals(200, limits.peak(2), 1e-9);
    assertEquals(400, limits.peak(4));
    assertEquals(550, limits.peak(6), 1e-9);
    assertEquals(700, limits.peak(8));
    assertEquals(700, limits.peak(64));
    assertEquals(35, limits.memoryLoad(6), 1e-9);
  }

  @Test
  void oneMachineKnowsItself() {
    Machine here = Machine.describe();
    assertTrue(here.sameHardware(Machine.describe()));
    assertFalse(here.cpu().isEmpty());
    assertTrue(here.processors() >= 1 && here.vectorBits() >= 64, here.toString());
    assertTrue(here.hardware().contains(here.cpu()));
  }
}
