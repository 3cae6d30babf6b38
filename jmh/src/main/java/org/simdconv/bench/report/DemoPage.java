package org.simdconv.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The page of the picture demo. */
public final class DemoPage {
  private DemoPage() {}

  /** Writes it; the template says which values it needs. */
  public static void write(Map<String, Object> values, Path file) throws IOException {
    Page.write("demo", values, file);
  }
}
