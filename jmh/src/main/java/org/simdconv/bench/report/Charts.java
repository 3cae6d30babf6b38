package org.simdconv.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.simdconv.bench.machine.Limits;
import org.simdconv.bench.peers.PeerTable;
import org.simdconv.bench.peers.PeersRecord;

/** The pictures of the reports. Series differ in shape or place too, not in colour alone. */
final class Charts {
  private static final Map<String, Color> COLOURS =
      Map.of(
          "convolution", Svg.BLUE,
          "grouped", Svg.GREEN,
          "depthwise", Svg.ORANGE,
          "transposed", Svg.VERMILION);
  private static final Map<String, Marker> MARKERS =
      Map.of(
          "convolution", SeriesMarkers.CIRCLE,
          "grouped", SeriesMarkers.SQUARE,
          "depthwise", SeriesMarkers.DIAMOND,
          "transposed", SeriesMarkers.TRIANGLE_UP);
  private static final List<Color> SERIES =
      List.of(Svg.BLUE, Svg.ORANGE, Svg.VERMILION, Svg.GREEN, Svg.PURPLE, Svg.SKY);
  private static final List<BasicStroke> STROKES =
      List.of(
          stroke(), stroke(8, 4), stroke(2, 4), stroke(12, 3, 2, 3), stroke(5, 5), stroke(1, 2));
  private static final int WIDTH = 940;

  private Charts() {}

  private static BasicStroke stroke(float... dashes) {
    return dashes.length == 0
        ? new BasicStroke(2.2f)
        : new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dashes, 0);
  }

  /** The roofline of the machine with the layers on it (S. Williams et al., CACM 52(4), 2009). */
  static String roofline(Limits limits, List<LayerResult> results, int threads) {
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
    double peak = limits.peak(threads);
    XYChart chart = logarithmic(left, right, low, peak);
    roof(chart, "limit", peak, limits.memoryLoad(threads), Svg.INK, stroke());
    // A layer whose tensors fit a cache may lie above the roof of main memory.
    int i = 1;
    for (Limits.Level level : limits.levels()) {
      if (!level.name().equals(Limits.MEMORY) && (threads == 1 || threads == allThreads(limits))) {
        double bandwidth = threads == 1 ? level.load1() : level.loadAll();
        XYSeries slope =
            chart.addSeries(
                String.format(Locale.ROOT, "%.0f GB/s from %s", bandwidth, level.name()),
                new double[] {
                  Math.max(powerBelow(left), powerBelow(low) / bandwidth), peak / bandwidth
                },
                new double[] {Math.max(powerBelow(left) * bandwidth, powerBelow(low)), peak});
        slope.setMarker(SeriesMarkers.NONE);
        slope.setLineColor(Svg.INK);
        slope.setLineStyle(STROKES.get(i++));
      }
    }
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
      series.setMarkerColor(COLOURS.getOrDefault(kind.getKey(), Svg.INK));
    }
    return Svg.of(chart, "Roofline with " + threads + " thread(s), layers as points");
  }

  /** Rooflines of several machines in one picture, with one thread or with all. */
  static String rooflines(List<String> names, List<Limits> limits, boolean all) {
    double highest = 0;
    for (Limits l : limits) {
      highest = Math.max(highest, l.peak(all ? allThreads(l) : 1));
    }
    XYChart chart = logarithmic(0.1, 1000, 1, highest);
    for (int i = 0; i < names.size(); i++) {
      int threads = all ? allThreads(limits.get(i)) : 1;
      roof(
          chart,
          names.get(i),
          limits.get(i).peak(threads),
          limits.get(i).memoryLoad(threads),
          SERIES.get(i % SERIES.size()),
          STROKES.get(i % STROKES.size()));
    }
    return Svg.of(chart, "Rooflines of the machines");
  }

  static int allThreads(Limits limits) {
    return limits.scaling().getLast().threads();
  }

  private static XYChart logarithmic(double left, double right, double low, double high) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(560)
            .xAxisTitle("operations per byte of input, weights and output")
            .yAxisTitle("GFLOP/s")
            .build();
    XYStyler style = chart.getStyler();
    plain(style);
    // Below the roof on the right there is nothing; in a line the legend would be wider than the
    // picture.
    style.setLegendPosition(LegendPosition.InsideSE);
    style.setLegendLayout(LegendLayout.Vertical);
    style.setXAxisLogarithmic(true);
    style.setYAxisLogarithmic(true);
    style.setMarkerSize(9);
    style.setXAxisMin(powerBelow(left));
    style.setXAxisMax(powerAbove(right));
    style.setYAxisMin(powerBelow(low));
    style.setYAxisMax(powerAbove(high));
    return chart;
  }

  private static void roof(
      XYChart chart, String name, double peak, double bandwidth, Color colour, BasicStroke stroke) {
    double left = chart.getStyler().getXAxisMin();
    double right = chart.getStyler().getXAxisMax();
    double low = chart.getStyler().getYAxisMin();
    double from = Math.max(left, low / bandwidth);
    XYSeries roof =
        chart.addSeries(
            String.format(
                Locale.ROOT, "%s: %.0f GFLOP/s, %.0f GB/s from memory", name, peak, bandwidth),
            new double[] {from, peak / bandwidth, right},
            new double[] {from * bandwidth, peak, peak});
    roof.setMarker(SeriesMarkers.NONE);
    roof.setLineColor(colour);
    roof.setLineStyle(stroke);
  }

  /** Percent of the FMA peak, a bar a layer. */
  static String bars(List<LayerResult> results, int threads) {
    List<LayerResult> mine = results.stream().filter(r -> r.threads() == threads).toList();
    HorizontalBarChart chart = barChart(110 + 21 * mine.size(), "percent of the FMA peak");
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisMax(100.0);
    chart
        .addSeries(
            "share",
            mine.stream().map(LayerResult::percentOfPeak).toList(),
            mine.stream().map(LayerResult::layer).toList())
        .setFillColor(Svg.BLUE);
    return Svg.of(chart, "Share of the peak, layer by layer");
  }

  /**
   * Percent of the FMA peak of every engine, a group of bars a layer. The legend is the page's: at
   * the foot of so tall a picture nobody would find it.
   */
  static String engines(List<PeerTable.Row> rows, List<PeersRecord.Engine> engines) {
    HorizontalBarChart chart =
        barChart(110 + (12 * engines.size() + 8) * rows.size(), "percent of the FMA peak");
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisMax(100.0);
    List<String> names = rows.stream().map(PeerTable.Row::layer).toList();
    for (int i = 0; i < engines.size(); i++) {
      double[] percents = PeerTable.percents(rows, engines.get(i).id());
      chart
          .addSeries(
              engines.get(i).id(),
              Arrays.stream(percents)
                  .map(v -> Double.isNaN(v) ? 0 : Math.min(v, 100))
                  .boxed()
                  .toList(),
              names)
          .setFillColor(SERIES.get(i % SERIES.size()));
    }
    return Svg.of(chart, "Share of the peak of every engine, layer by layer");
  }

  /** The page's name of the colour of a series. */
  static String colourOf(int series) {
    return Svg.name(SERIES.get(series % SERIES.size()));
  }

  private static HorizontalBarChart barChart(int height, String unit) {
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder().width(WIDTH).height(height).xAxisTitle(unit).build();
    plain(chart.getStyler());
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setAvailableSpaceFill(0.75);
    // A label for every bar: XChart takes the spacing of categories from the x axis, whichever axis
    // they are on.
    chart.getStyler().setXAxisTickMarkSpacingHint(18);
    return chart;
  }

  /**
   * A benchmark over the runs.
   *
   * @param labels of the runs, the oldest first
   * @param values time in percent of the first run
   * @param spread half of the range between the forks' quartiles
   * @param slower indices of runs that were slower than the one before
   * @param faster indices of runs that were faster than the one before
   */
  static String trend(
      List<String> labels,
      double[] values,
      double[] spread,
      List<Integer> slower,
      List<Integer> faster) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(300)
            .xAxisTitle("run")
            .yAxisTitle("time, % of the first run")
            .build();
    CategoryStyler style = chart.getStyler();
    plain(style);
    style.setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
    style.setXAxisMaxLabelCount(10);
    style.setOverlapped(true);
    style.setMarkerSize(9);
    style.setYAxisDecimalPattern("0");
    double low = 95;
    double high = 105;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        low = Math.min(low, values[i] - spread[i]);
        high = Math.max(high, values[i] + spread[i]);
      }
    }
    // Room for a mark above the highest bar.
    double room = 0.12 * (high - low);
    style.setYAxisMin(low - room / 2);
    style.setYAxisMax(high + 1.5 * room);
    CategorySeries line =
        chart.addSeries(
            "time, with the quartiles of the JVMs",
            labels,
            Arrays.stream(values).boxed().map(Charts::orNull).toList(),
            Arrays.stream(spread).map(v -> Double.isNaN(v) ? 0 : v).boxed().toList());
    line.setLineColor(Svg.BLUE);
    line.setLineStyle(stroke());
    line.setMarker(SeriesMarkers.CIRCLE);
    line.setMarkerColor(Svg.BLUE);
    double[] above = new double[values.length];
    Arrays.setAll(above, i -> values[i] + spread[i] + room);
    marks(
        chart,
        "slower than the run before",
        labels,
        above,
        slower,
        Svg.VERMILION,
        SeriesMarkers.TRIANGLE_UP);
    marks(
        chart,
        "faster than the run before",
        labels,
        above,
        faster,
        Svg.GREEN,
        SeriesMarkers.TRIANGLE_DOWN);
    return Svg.of(chart, "Time over the runs");
  }

  /** XChart leaves a gap where there is no number. */
  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static void marks(
      CategoryChart chart,
      String name,
      List<String> labels,
      double[] places,
      List<Integer> runs,
      Color colour,
      Marker marker) {
    if (runs.isEmpty()) {
      return;
    }
    List<@Nullable Double> marks = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      marks.add(runs.contains(i) ? places[i] : null);
    }
    CategorySeries series = chart.addSeries(name, labels, marks);
    series.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter);
    series.setMarker(marker);
    series.setMarkerColor(colour);
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

  private static void plain(AxesChartStyler style) {
    style.setChartBackgroundColor(Svg.PAPER);
    style.setPlotBackgroundColor(Svg.PAPER);
    style.setPlotGridLinesColor(Svg.LINE);
    style.setChartFontColor(Svg.INK);
    style.setAxisTickLabelsColor(Svg.INK);
    style.setAxisTickMarksColor(Svg.INK);
    style.setAxisTickLabelsFont(Svg.LABELS);
    style.setAxisTitleFont(Svg.LABELS);
    style.setLegendFont(Svg.LABELS);
    style.setLegendBackgroundColor(Svg.PAPER);
    style.setLegendBorderColor(Svg.PAPER);
    style.setLegendPosition(LegendPosition.OutsideS);
    style.setLegendLayout(LegendLayout.Horizontal);
    style.setPlotBorderVisible(false);
  }

  private static double powerBelow(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
  }

  private static double powerAbove(double value) {
    return Math.pow(10, Math.ceil(Math.log10(value)));
  }
}
