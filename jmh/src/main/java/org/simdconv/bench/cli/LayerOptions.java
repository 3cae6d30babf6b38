package org.simdconv.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Layers;
import picocli.CommandLine.Option;

/** Which layers, for the commands that take some. */
final class LayerOptions {
  @Option(
      names = "--layers",
      paramLabel = "REGEX",
      description = "only layers whose name contains a match; 'bench --list' prints the names")
  private @Nullable Pattern layers;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      description =
          "a shape instead of the layers, as a failing test prints it, for example 'conv ic64 oc64 k3x3 p1,1,1,1 n1"
              + " in56x56' or 'tconv ic8 oc8 k4x4 s2x2 in9x9'; may be repeated")
  private List<String> shapes = new ArrayList<>();

  /**
   * The layers that were chosen.
   *
   * @param otherwise regular expression where none was given
   * @throws IllegalArgumentException if there is none, or a shape is wrong
   */
  List<Layer> choose(String otherwise) {
    if (!shapes.isEmpty()) {
      return shapes.stream().map(Layer::ofShape).toList();
    }
    Pattern names = layers == null ? Pattern.compile(otherwise) : layers;
    List<Layer> chosen = Layers.all().stream().filter(l -> names.matcher(l.name()).find()).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "no layer's name matches '" + names + "'; 'bench --list' prints the names");
    }
    return chosen;
  }
}
