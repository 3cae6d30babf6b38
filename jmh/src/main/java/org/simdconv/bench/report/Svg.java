package org.simdconv.bench.report;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;

/**
 * XChart's pictures as SVG inside a page: colours become the page's, so that they follow its light
 * or dark scheme, and coordinates lose the digits that nobody sees, half of the bytes.
 */
final class Svg {
  // The palette of Okabe and Ito, which the colour-blind can tell apart. The page gives each name a
  // shade for light and one for dark.
  static final Color BLUE = new Color(0x0072B2);
  static final Color GREEN = new Color(0x009E73);
  static final Color ORANGE = new Color(0xE69F00);
  static final Color VERMILION = new Color(0xD55E00);
  static final Color PURPLE = new Color(0xCC79A7);
  static final Color SKY = new Color(0x56B4E9);
  static final Color INK = new Color(0x222222);
  static final Color PAPER = new Color(0xFFFFFF);
  static final Color LINE = new Color(0xDDDDDD);

  static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private static final Map<Color, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(BLUE, "--blue");
    NAMES.put(GREEN, "--green");
    NAMES.put(ORANGE, "--orange");
    NAMES.put(VERMILION, "--vermilion");
    NAMES.put(PURPLE, "--purple");
    NAMES.put(SKY, "--sky");
    NAMES.put(INK, "--ink");
    NAMES.put(PAPER, "--paper");
    NAMES.put(LINE, "--line");
    // What XChart draws in black is text and axes.
    NAMES.put(Color.BLACK, "--ink");
  }

  private static final Pattern RGB = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");
  private static final Pattern DIGITS = Pattern.compile("(\\d+\\.\\d\\d)\\d+");
  private static final Pattern BETWEEN = Pattern.compile(">\\s+<");

  private Svg() {}

  /**
   * The picture.
   *
   * @param chart chart
   * @param description what it shows, for those who cannot see it
   */
  static String of(IChart chart, String description) {
    String svg;
    try {
      svg = new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Inline in a page there is no prologue.
    svg = svg.substring(svg.indexOf("<svg"));
    svg = DIGITS.matcher(svg).replaceAll("$1");
    svg = BETWEEN.matcher(svg).replaceAll("><");
    svg = RGB.matcher(svg).replaceAll(Svg::named);
    return svg.replaceFirst(
        "<svg ", "<svg role=\"img\" aria-label=\"" + Matcher.quoteReplacement(description) + "\" ");
  }

  /** The page's name of a colour of the palette. */
  static String name(Color colour) {
    return Objects.requireNonNull(NAMES.get(colour), "not of the palette");
  }

  private static String named(java.util.regex.MatchResult rgb) {
    Color colour =
        new Color(
            Integer.parseInt(rgb.group(1)),
            Integer.parseInt(rgb.group(2)),
            Integer.parseInt(rgb.group(3)));
    String name = NAMES.get(colour);
    return name == null ? rgb.group() : "var(" + name + ")";
  }
}
