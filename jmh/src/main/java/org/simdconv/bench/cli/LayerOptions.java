package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Layers;
import org.simdconv.bench.layer.ShapeFile;
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

  @Option(
      names = "--shapes",
      paramLabel = "FILE",
      description =
          "the shapes of a file instead of the layers: a line each as --shape takes them, or a table in the columns of"
              + " oneDNN's benchdnn or XNNPACK's benchmark; may be repeated")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--most-gflop",
      paramLabel = "X",
      description = "leave out what has more than X * 10^9 operations a run")
  private double most = Double.POSITIVE_INFINITY;

  /**
   * The layers that were chosen.
   *
   * @param otherwise regular expression where none was given
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if there is none, or a shape is wrong
   */
  List<Layer> choose(String otherwise) throws IOException {
    List<Layer> chosen = new ArrayList<>();
    shapes.forEach(s -> chosen.add(Layer.ofShape(s)));
    for (Path file : files) {
      chosen.addAll(ShapeFile.read(file));
    }
    if (shapes.isEmpty() && files.isEmpty()) {
      Pattern names = layers == null ? Pattern.compile(otherwise) : layers;
      Layers.all().stream().filter(l -> names.matcher(l.name()).find()).forEach(chosen::add);
      if (chosen.isEmpty()) {
        throw new IllegalArgumentException(
            "no layer's name matches '" + names + "'; 'bench --list' prints the names");
      }
    }
    List<Layer> few = chosen.stream().filter(l -> l.flops() <= most * 1e9).toList();
    if (few.isEmpty()) {
      throw new IllegalArgumentException(
          "--most-gflop is " + most + ", less than any of the shapes has");
    }
    if (few.size() < chosen.size()) {
      System.err.println(
          chosen.size()
              - few.size()
              + " of "
              + chosen.size()
              + " left out: over "
              + most
              + " GFLOP");
    }
    return few;
  }
}
