package org.simdconv.bench.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.simdconv.BilinearWeights;
import org.simdconv.Conv2d;
import org.simdconv.ConvPlan;
import org.simdconv.ConvTranspose2d;
import org.simdconv.ImagePlan;
import org.simdconv.Padding;
import org.simdconv.PixelShuffle;
import org.simdconv.PlanOptions;
import org.simdconv.Resize;
import org.simdconv.bench.report.DemoPage;

/** Pictures of what the layers do: blur, edges, and enlargements by four methods. */
public final class Demo {
  private static final float[] BINOMIAL = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};

  private final Picture picture;

  /** Of a picture. */
  public Demo(Picture picture) {
    this.picture = picture;
  }

  /**
   * Writes the pictures and a page that shows them.
   *
   * @param folder where they go; made if it is not there
   * @return the page
   * @throws IOException if something cannot be written
   */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Map<String, Object>> filters = new ArrayList<>();
    filters.add(show(folder, "original", "the picture", picture, 1));
    filters.add(show(folder, "blur", "blur: depthwise 5x5 with binomial weights", blur(), 1));
    filters.add(
        show(
            folder,
            "edges",
            "edges: length of the gradient by Sobel's 3x3, the mean of the channels",
            edges(),
            1));
    List<Map<String, Object>> scales = new ArrayList<>();
    for (int scale : new int[] {2, 4}) {
      List<Map<String, Object>> ways = new ArrayList<>();
      ways.add(
          show(
              folder,
              "nearest" + scale,
              "nearest neighbour: each pixel becomes a block",
              resized(Resize.nearest(), scale),
              scale));
      ways.add(
          show(
              folder,
              "bilinear" + scale,
              "bilinear, half-pixel coordinates",
              resized(Resize.linear(), scale),
              scale));
      ways.add(
          show(
              folder,
              "transposed" + scale,
              "transposed convolution with the bilinear weights that segmentation networks start from:"
                  + " the same, but darker at the border, where the kernel has nothing to add up",
              transposed(scale),
              scale));
      ways.add(
          show(
              folder,
              "shuffle" + scale,
              "pixel shuffle: a 5x5 convolution with cubic weights makes a channel for each place in a"
                  + " block: sharper, with a little overshoot, and darker at the border as well",
              shuffled(scale),
              scale));
      scales.add(Map.of("scale", scale, "pictures", ways));
    }
    Path page = folder.resolve("index.html");
    DemoPage.write(
        Map.of(
            "width",
            picture.width(),
            "height",
            picture.height(),
            "filters",
            filters,
            "scales",
            scales),
        page);
    return page;
  }

  private Map<String, Object> show(Path folder, String name, String what, Picture shown, int scale)
      throws IOException {
    shown.write(folder.resolve(name + ".png"));
    // All at the same size on the page, four of them side by side where it is wide.
    int zoom = Math.max(1, 384 / (picture.width() * scale));
    return Map.of(
        "file",
        name + ".png",
        "what",
        what,
        "width",
        shown.width() * zoom,
        "pixels",
        shown.width() + " x " + shown.height());
  }

  private float[] run(ConvPlan plan) {
    float[] y = new float[plan.outputFloats()];
    plan.run(picture.values(), y);
    return y;
  }

  private Picture blur() {
    float[] weights = new float[3 * 25];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = BINOMIAL[i / 5 % 5] * BINOMIAL[i % 5];
    }
    Conv2d conv = Conv2d.of(3, 3).groups(3).kernel(5, 5).padding(2);
    ConvPlan plan = conv.plan(1, picture.height(), picture.width(), weights, null);
    return new Picture(picture.width(), picture.height(), run(plan));
  }

  private Picture edges() {
    float[] sobel = {-1, 0, 1, -2, 0, 2, -1, 0, 1, -1, -2, -1, 0, 0, 0, 1, 2, 1};
    float[] weights = new float[2 * 3 * 9];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = sobel[i / 27 * 9 + i % 9] / 3;
    }
    // Unpadded, so that the picture's border is no edge.
    Conv2d conv = Conv2d.of(3, 2).kernel(3, 3);
    if (picture.width() < 3 || picture.height() < 3) {
      return picture;
    }
    ConvPlan plan = conv.plan(1, picture.height(), picture.width(), weights, null);
    float[] gradient = run(plan);
    int plane = plan.outHeight() * plan.outWidth();
    float[] values = new float[3 * plane];
    for (int i = 0; i < values.length; i++) {
      int pixel = i % plane;
      values[i] = (float) Math.hypot(gradient[pixel], gradient[plane + pixel]) / 2;
    }
    return new Picture(plan.outWidth(), plan.outHeight(), values);
  }

  private Picture resized(Resize resize, int scale) {
    ImagePlan plan =
        resize
            .scale(scale, scale)
            .plan(1, 3, picture.height(), picture.width(), PlanOptions.defaults());
    float[] y = new float[plan.outputFloats()];
    plan.run(picture.values(), y, null);
    return new Picture(plan.outWidth(), plan.outHeight(), y);
  }

  private Picture transposed(int scale) {
    ConvTranspose2d layer = BilinearWeights.layer(3, scale);
    ConvPlan plan =
        layer.plan(1, picture.height(), picture.width(), BilinearWeights.depthwise(3, scale), null);
    return new Picture(plan.outWidth(), plan.outHeight(), run(plan));
  }

  private Picture shuffled(int scale) {
    int places = scale * scale;
    float[] weights = new float[3 * places * 25];
    for (int i = 0; i < weights.length; i++) {
      int place = i / 25 % places;
      int row = place / scale;
      double down = (row + 0.5) / scale - 0.5;
      double across = (place % scale + 0.5) / scale - 0.5;
      weights[i] = (float) (cubic(i / 5 % 5 - 2 - down) * cubic(i % 5 - 2 - across));
    }
    Conv2d conv = Conv2d.of(3, 3 * places).groups(3).kernel(5, 5).padding(Padding.of(2));
    float[] channels = run(conv.plan(1, picture.height(), picture.width(), weights, null));
    ImagePlan plan =
        PixelShuffle.depthToSpace(scale, PixelShuffle.Order.CHANNEL_FIRST)
            .plan(1, 3 * places, picture.height(), picture.width(), PlanOptions.defaults());
    float[] y = new float[plan.outputFloats()];
    plan.run(channels, y, null);
    return new Picture(plan.outWidth(), plan.outHeight(), y);
  }

  /**
   * The cubic convolution kernel with a = -1/2 (R. Keys, "Cubic convolution interpolation for
   * digital image processing", IEEE Trans. ASSP 29(6), 1981), also called Catmull-Rom.
   */
  private static double cubic(double x) {
    double d = Math.abs(x);
    if (d < 1) {
      return (1.5 * d - 2.5) * d * d + 1;
    }
    return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
  }
}
