package org.simdconv.bench.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Shapes in a file, one a line: as {@link Layer#ofShape} takes them, or in a table separated by
 * tabs whose first line names the columns, in the terms of oneDNN's benchdnn or of XNNPACK's
 * benchmark of deconvolutions. Empty lines and lines that begin with # do not count.
 *
 * <pre>
 * oneDNN    nd g mb ic oc ih iw kh kw sh sw dh dw ph pw rh rw, with nd 3 also id kd sd dd pd rd; dilation 0 is none; r are the end pads,
 *                                                                below 0 output padding; transposed if
 *                                                                the file's name contains "deconv"
 * XNNPACK   N H W KH KW PH PW Adj SH SW D Cin Cout               P is of both sides together; transposed
 * </pre>
 */
public final class ShapeFile {
  private static final String TABS = "\t";

  private ShapeFile() {}

  /**
   * Reads the shapes of a file, each once.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a line is no shape, with the file and the line
   */
  public static List<Layer> read(Path file) throws IOException {
    List<String> lines =
        Files.readAllLines(file).stream().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(file + " has no shape in it");
    }
    List<String> header = List.of(lines.get(0).split(TABS, -1));
    boolean oneDnn = header.contains("mb") && header.contains("ic");
    boolean xnnpack = header.contains("Cin") && header.contains("Adj");
    boolean table = oneDnn || xnnpack;
    boolean deconvolution = String.valueOf(file.getFileName()).contains("deconv");
    Set<String> names = new LinkedHashSet<>();
    List<Layer> layers = new ArrayList<>();
    for (String line : lines.subList(table ? 1 : 0, lines.size())) {
      try {
        Row row = new Row(header, List.of(line.split(TABS, -1)));
        String shape = oneDnn ? oneDnn(row, deconvolution) : xnnpack ? xnnpack(row) : line.strip();
        if (names.add(shape)) {
          layers.add(Layer.ofShape(shape));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            file + ": not a shape: " + line.replace('\t', ' ') + ": " + e.getMessage(), e);
      }
    }
    return layers;
  }

  private record Row(List<String> header, List<String> cells) {
    int get(String column) {
      int at = header.indexOf(column);
      if (at < 0 || at >= cells.size()) {
        throw new IllegalArgumentException("there is no column " + column);
      }
      return Integer.parseInt(cells.get(at));
    }
  }

  private static String oneDnnVolumes(Row v, boolean transposed) {
    String outputPadding =
        transposed
            ? " op"
                + Math.max(0, -v.get("rd"))
                + "x"
                + Math.max(0, -v.get("rh"))
                + "x"
                + Math.max(0, -v.get("rw"))
            : "";
    return String.format(
        Locale.ROOT,
        "%s ic%d oc%d k%dx%dx%d s%dx%dx%d p%d,%d,%d,%d,%d,%d d%dx%dx%d g%d%s n%d in%dx%dx%d",
        transposed ? "tconv3d" : "conv3d",
        v.get("ic"),
        v.get("oc"),
        v.get("kd"),
        v.get("kh"),
        v.get("kw"),
        v.get("sd"),
        v.get("sh"),
        v.get("sw"),
        v.get("pd"),
        v.get("ph"),
        v.get("pw"),
        Math.max(0, v.get("rd")),
        Math.max(0, v.get("rh")),
        Math.max(0, v.get("rw")),
        v.get("dd") + 1,
        v.get("dh") + 1,
        v.get("dw") + 1,
        v.get("g"),
        outputPadding,
        v.get("mb"),
        v.get("id"),
        v.get("ih"),
        v.get("iw"));
  }

  private static String oneDnn(Row v, boolean transposed) {
    if (v.get("nd") == 3) {
      return oneDnnVolumes(v, transposed);
    }
    int bottom = v.get("rh");
    int right = v.get("rw");
    String outputPadding =
        transposed ? " op" + Math.max(0, -bottom) + "x" + Math.max(0, -right) : "";
    return String.format(
        Locale.ROOT,
        "%s ic%d oc%d k%dx%d s%dx%d p%d,%d,%d,%d d%dx%d g%d%s n%d in%dx%d",
        transposed ? "tconv" : "conv",
        v.get("ic"),
        v.get("oc"),
        v.get("kh"),
        v.get("kw"),
        v.get("sh"),
        v.get("sw"),
        v.get("ph"),
        v.get("pw"),
        Math.max(0, bottom),
        Math.max(0, right),
        v.get("dh") + 1,
        v.get("dw") + 1,
        v.get("g"),
        outputPadding,
        v.get("mb"),
        v.get("ih"),
        v.get("iw"));
  }

  private static String xnnpack(Row v) {
    int height = v.get("PH");
    int width = v.get("PW");
    return String.format(
        Locale.ROOT,
        "tconv ic%d oc%d k%dx%d s%dx%d p%d,%d,%d,%d d%dx%d g1 op%dx%d n%d in%dx%d",
        v.get("Cin"),
        v.get("Cout"),
        v.get("KH"),
        v.get("KW"),
        v.get("SH"),
        v.get("SW"),
        height / 2,
        width / 2,
        height - height / 2,
        width - width / 2,
        v.get("D"),
        v.get("D"),
        v.get("Adj"),
        v.get("Adj"),
        v.get("N"),
        v.get("H"),
        v.get("W"));
  }
}
