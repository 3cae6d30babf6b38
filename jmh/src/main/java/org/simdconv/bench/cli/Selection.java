package org.simdconv.bench.cli;

import java.util.List;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Layers;

/** What the commands share: choosing layers, and the progress bar. */
final class Selection {
  private Selection() {}

  static List<Layer> layers(Pattern names, List<String> shapes) {
    if (!shapes.isEmpty()) {
      return shapes.stream().map(Layer::ofShape).toList();
    }
    List<Layer> chosen = Layers.all().stream().filter(l -> names.matcher(l.name()).find()).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "no layer's name matches '" + names + "'; 'bench --list' prints the names");
    }
    return chosen;
  }

  // JDK 22 to 24 always give a console, JDK 25 gives null again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  static ProgressBar progress(String task, long steps) {
    // A bar that redraws itself is for terminals; elsewhere (CI, a file) a line now and then is
    // enough.
    boolean terminal = System.console() != null && System.console().isTerminal();
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(terminal ? 300 : 15_000)
        .setMaxRenderedLength(110)
        .build();
  }
}
