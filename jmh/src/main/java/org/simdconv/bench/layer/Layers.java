package org.simdconv.bench.layer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers that come with the benchmark: a table a network in {@code /layers}, a layer a line.
 */
public final class Layers {
  private Layers() {}

  /** All layers, network by network. */
  public static List<Layer> all() {
    List<Layer> layers = new ArrayList<>();
    for (String network : lines("index.txt")) {
      // The first line names the columns.
      List<String> lines = lines(network + ".tsv");
      for (String line : lines.subList(1, lines.size())) {
        layers.add(Layer.ofLine(network, line));
      }
    }
    return layers;
  }

  /**
   * A layer by its name, or by its shape.
   *
   * @param name for example resnet50/3x3_64-64@56, or a shape (see {@link Layer#ofShape})
   * @throws IllegalArgumentException if it is neither
   */
  public static Layer find(String name) {
    for (Layer layer : all()) {
      if (layer.name().equals(name)) {
        return layer;
      }
    }
    if (name.contains("/")) {
      throw new IllegalArgumentException(
          "there is no layer '" + name + "'; 'bench --list' prints the names");
    }
    return Layer.ofShape(name);
  }

  private static List<String> lines(String file) {
    try (InputStream in = Layers.class.getResourceAsStream("/layers/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks layers/" + file);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
