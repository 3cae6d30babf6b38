package org.simdconv.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.simdconv.bench.machine.Machine;

/**
 * The pictures of the report, as SVG. Colours from the palette of Okabe and Ito, which the
 * colour-blind can tell apart.
 */
final class Charts {
  private static final Map<String, Color> COLOURS =
      Map.of(
          "convolution", new Color(0x0072B2),
          "grouped", new Color(0x009E73),
          "depthwise", new Color(0xE69F00),
          "transposed", new Color(0xD55E00));
  private static final Map<String, Marker> MARKERS =
      Map.of(
          "convolution", SeriesMarkers.CIRCLE,
          "grouped", SeriesMarkers.SQUARE,
          "depthwise", SeriesMarkers.DIAMOND,
          "transposed", SeriesMarkers.TRIANGLE_UP);
  private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private Charts() {}

  /** The roofline of the machine with the layers on it (S. Williams et al., CACM 52(4), 2009). */
  static String roofline(Machine machine, List<LayerResult> results, int threads) {
    double peak = machine.peak(threads);
    double bandwidth = threads == 1 ? machine.readGigabytes1() : machine.readGigabytesAll();
    XYChart chart =
        new XYChartBuilder()
            .width(940)
            .height(560)
            .xAxisTitle("operations per byte of input, weights and output")
            .yAxisTitle("GFLOP/s")
            .build();
    XYStyler style = chart.getStyler();
    style.setXAxisLogarithmic(true);
    style.setYAxisLogarithmic(true);
    style.setLegendPosition(LegendPosition.OutsideS);
    style.setLegendLayout(org.knowm.xchart.style.Styler.LegendLayout.Horizontal);
    plain(style);
    double left = 1;
    double right = 1000;
    double low = 10;
    for (LayerResult r : results) {
      if (r.threads() == threads) {
        left = Math.min(left, r.intensity());
        right = Math.max(right, r.intensity());
        low = Math.min(low, r.gflops());
      }
    }
    style.setXAxisMin(powerBelow(left));
    style.setXAxisMax(powerAbove(right));
    style.setYAxisMin(powerBelow(low));
    style.setYAxisMax(powerAbove(peak));
    double ridge = peak / bandwidth;
    double from = Math.max(powerBelow(left), powerBelow(low) / bandwidth);
    XYSeries roof =
        chart.addSeries(
            String.format(
                java.util.Locale.ROOT,
                "limit: %.0f GFLOP/s, %.0f GB/s from memory",
                peak,
                bandwidth),
            new double[] {from, ridge, powerAbove(right)},
            new double[] {from * bandwidth, peak, peak});
    roof.setMarker(SeriesMarkers.NONE);
    roof.setLineColor(Color.DARK_GRAY);
    roof.setLineStyle(new BasicStroke(2));
    for (Map.Entry<String, List<LayerResult>> kind : byKind(results, threads).entrySet()) {
      List<Double> xs = new ArrayList<>();
      List<Double> ys = new ArrayList<>();
      for (LayerResult r : kind.getValue()) {
        xs.add(r.intensity());
        ys.add(r.gflops());
      }
      XYSeries series = chart.addSeries(kind.getKey(), xs, ys);
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      series.setMarker(MARKERS.getOrDefault(kind.getKey(), SeriesMarkers.CIRCLE));
      series.setMarkerColor(COLOURS.getOrDefault(kind.getKey(), Color.BLACK));
    }
    return svg(chart);
  }

  /** Percent of the FMA peak, a bar a layer. */
  static String bars(List<LayerResult> results, int threads) {
    List<LayerResult> mine = results.stream().filter(r -> r.threads() == threads).toList();
    List<String> names = mine.stream().map(LayerResult::layer).toList();
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(940)
            .height(110 + 21 * mine.size())
            .xAxisTitle("percent of the FMA peak")
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisMax(100.0);
    chart.getStyler().setAvailableSpaceFill(0.75);
    // A label for every bar: XChart takes the spacing of categories from the x axis, whichever axis
    // they are on.
    chart.getStyler().setXAxisTickMarkSpacingHint(18);
    chart.getStyler().setAxisTickLabelsFont(LABELS);
    chart.getStyler().setAxisTitleFont(LABELS);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    chart
        .addSeries("share", mine.stream().map(LayerResult::percentOfPeak).toList(), names)
        .setFillColor(COLOURS.get("convolution"));
    return svg(chart);
  }

  private static Map<String, List<LayerResult>> byKind(List<LayerResult> results, int threads) {
    Map<String, List<LayerResult>> kinds = new LinkedHashMap<>();
    for (LayerResult r : results) {
      if (r.threads() == threads) {
        kinds.computeIfAbsent(r.kind(), k -> new ArrayList<>()).add(r);
      }
    }
    return kinds;
  }

  private static void plain(XYStyler style) {
    style.setChartBackgroundColor(Color.WHITE);
    style.setAxisTickLabelsFont(LABELS);
    style.setAxisTitleFont(LABELS);
    style.setLegendFont(LABELS);
    style.setPlotBorderVisible(false);
    style.setMarkerSize(9);
  }

  private static double powerBelow(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
  }

  private static double powerAbove(double value) {
    return Math.pow(10, Math.ceil(Math.log10(value)));
  }

  private static String svg(IChart chart) {
    String svg;
    try {
      svg = new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Inline in a page there is no prologue, and the page scales the picture: it needs a view box
    // for that.
    return svg.substring(svg.indexOf("<svg"));
  }
}
