package org.simdconv.bench.cli;

import com.google.gson.Gson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.simdconv.bench.images.ImageSpeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures upsampling, pooling and shuffles beside a copy. */
@Command(
    name = "images",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies upsampling, pooling and shuffles against naive loops and measures them, on one thread and in JVMs",
      "of their own, in turns with a copy of as many bytes, which lives in the same level of memory."
    })
final class ImagesCommand implements Callable<Integer> {
  private static final Gson GSON = new Gson();

  @Option(
      names = "--operations",
      paramLabel = "REGEX",
      defaultValue = "",
      description = "which of them; default: all")
  private String operations = "";

  @Option(
      names = "--kibibytes",
      split = ",",
      paramLabel = "N",
      defaultValue = "512,8192",
      description =
          "KiB that a run reads and writes, about, which decide the memory: 512 live in L2, 8192 in L3; default: ${DEFAULT-VALUE}")
  private List<Integer> kibibytes = new ArrayList<>();

  @Option(
      names = "--forks",
      defaultValue = "3",
      description = "JVMs an operation; default: ${DEFAULT-VALUE}")
  private int forks;

  @Option(names = "--here", hidden = true)
  private @Nullable String here;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Main.requireVectorModule();
    Commands.positive(forks, "--forks");
    kibibytes.forEach(k -> Commands.positive(k, "--kibibytes"));
    String one = here;
    if (one != null) {
      System.out.println(GSON.toJson(ImageSpeed.measure(one, kibibytes.getFirst())));
      return 0;
    }
    Pattern pattern = Pattern.compile(operations);
    List<String> chosen =
        ImageSpeed.names().stream().filter(n -> pattern.matcher(n).find()).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "no operation matches " + operations + "; they are " + ImageSpeed.names());
    }
    System.out.printf(
        "%-36s %8s %10s %8s %10s %8s  %s%n",
        "operation", "KiB", "us", "GB/s", "copy GB/s", "of copy", "verified outputs");
    for (int size : kibibytes) {
      for (String operation : chosen) {
        List<ImageSpeed> all = new ArrayList<>();
        for (int fork = 0; fork < forks; fork++) {
          all.add(fork(operation, size));
        }
        all.sort((a, b) -> Double.compare(a.shareOfCopy(), b.shareOfCopy()));
        ImageSpeed median = all.get(forks / 2);
        System.out.printf(
            "%-36s %8.0f %10.1f %8.1f %10.1f %7.0f%%  all %,d%n",
            operation,
            median.kibibytes(),
            median.micros(),
            median.gigabytesPerSecond(),
            median.copyGigabytesPerSecond(),
            100 * median.shareOfCopy(),
            median.verified());
      }
    }
    return 0;
  }

  private static ImageSpeed fork(String operation, int size)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of("images", "--here", operation, "--kibibytes", Integer.toString(size));
    return GSON.fromJson(Commands.inJvm(operation, arguments), ImageSpeed.class);
  }
}
