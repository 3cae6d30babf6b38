package org.simdconv.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FmaRateTest {
  @Test
  void vectorsOf512BitsPassTwiceOnZen4() {
    List<String> zen4 = List.of("processor\t: 0", "vendor_id\t: AuthenticAMD", "cpu family\t: 25");
    List<String> zen5 = List.of("processor\t: 0", "vendor_id\t: AuthenticAMD", "cpu family\t: 26");
    List<String> intel = List.of("vendor_id\t: GenuineIntel", "cpu family\t: 25");
    assertEquals(1, FmaRate.fmas(zen4, 512));
    assertEquals(2, FmaRate.fmas(zen4, 256));
    assertEquals(2, FmaRate.fmas(zen5, 512));
    assertEquals(2, FmaRate.fmas(intel, 512));
    assertEquals(2, FmaRate.fmas(List.of(), 512));
  }

  @Test
  void thePropertyGoesFirst() {
    assertEquals(Integer.getInteger("simdconv.fmas"), FmaRate.FMAS);
  }
}
