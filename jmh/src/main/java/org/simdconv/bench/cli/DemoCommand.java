package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.simdconv.bench.demo.Demo;
import org.simdconv.bench.demo.Picture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what convolutions and upsampling do to a picture. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Blurs a picture, finds its edges and enlarges it by nearest neighbour, bilinear, transposed convolution"
            + " and pixel shuffle: PNGs and a page that shows them side by side.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--image",
      paramLabel = "FILE",
      description =
          "PNG, JPEG, GIF or BMP of at most 4 million pixels; without it a small one is drawn")
  private @Nullable Path image;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FOLDER",
      defaultValue = "simdconv-demo",
      description = "where pictures and page go; default: ${DEFAULT-VALUE}")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    Main.requireVectorModule();
    Path file = image;
    Picture picture = file == null ? Picture.generated() : Picture.read(file);
    Path page = new Demo(picture).write(out);
    System.out.println("page: " + page.toAbsolutePath().normalize());
    return 0;
  }
}
