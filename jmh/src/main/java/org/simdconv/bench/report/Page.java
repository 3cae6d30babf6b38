package org.simdconv.bench.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Static pages: one file each, with pictures and style inside. */
final class Page {
  private Page() {}

  /** Fills a template of the folder {@code report}. */
  static void write(String template, Map<String, Object> values, Path file) throws IOException {
    Mustache.Compiler compiler = Mustache.compiler().withLoader(name -> open(name));
    try (Reader reader = open(template)) {
      Records.replace(file, compiler.compile(reader).execute(values));
    }
  }

  private static Reader open(String name) {
    InputStream in = Page.class.getResourceAsStream("/report/" + name + ".html");
    if (in == null) {
      throw new IllegalStateException("the jar lacks report/" + name + ".html");
    }
    return new InputStreamReader(in, StandardCharsets.UTF_8);
  }

  static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  static String threads(int threads) {
    return threads == 1 ? "1 thread" : threads + " threads";
  }
}
