package org.simdconv.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CachesTest {
  @Test
  void sizesAreWhatLinuxWrites() {
    assertEquals(49_152, Caches.parse("48K"));
    assertEquals(2_097_152, Caches.parse("2048K"));
    assertEquals(4_194_304, Caches.parse("4M"));
    assertEquals(32_768, Caches.parse("32768"));
  }

  @Test
  void whatIsNoSizeIsNone() {
    for (String text :
        new String[] {"", "K", "-1K", "1.5M", "48 K", "48KB", "12345678901", "many"}) {
      assertEquals(0, Caches.parse(text), text);
    }
  }

  @Test
  void everyMachineHasSome() {
    assertTrue(Caches.L1 >= 16 * 1024 && Caches.L1 <= 1024 * 1024);
    assertTrue(Caches.L2 >= 128 * 1024 && Caches.L2 <= 2 * 1024 * 1024);
  }
}
