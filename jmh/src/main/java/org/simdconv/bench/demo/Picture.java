package org.simdconv.bench.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A picture of three channels, red, green and blue, 0 .. 1, NCHW.
 *
 * @param width columns
 * @param height rows
 * @param values [3, height, width]
 */
@SuppressWarnings("ArrayRecordComponent")
public record Picture(int width, int height, float[] values) {
  // A 4x enlargement of all methods in memory at once.
  private static final int MOST_PIXELS = 4_000_000;

  /**
   * Reads a file of a format that the JDK knows: PNG, JPEG, GIF, BMP.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no such picture, or has more than 4 million pixels
   */
  public static Picture read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("cannot read " + file);
    }
    BufferedImage image = ImageIO.read(file.toFile());
    if (image == null) {
      throw new IllegalArgumentException(file + " is no PNG, JPEG, GIF or BMP picture");
    }
    int width = image.getWidth();
    int height = image.getHeight();
    if ((long) width * height > MOST_PIXELS) {
      throw new IllegalArgumentException(
          file + " has " + width + " x " + height + " pixels; must have at most " + MOST_PIXELS);
    }
    float[] values = new float[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = image.getRGB(x, y);
        for (int c = 0; c < 3; c++) {
          values[(c * height + y) * width + x] = (rgb >> (16 - 8 * c) & 255) / 255f;
        }
      }
    }
    return new Picture(width, height, values);
  }

  /**
   * A small picture that shows what interpolation does: rings that become finer, a slanted edge, a
   * disc, stripes and single pixels.
   */
  public static Picture generated() {
    int width = 96;
    int height = 64;
    float[] values = new float[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float[] colour = colour(x, y);
        for (int c = 0; c < 3; c++) {
          values[(c * height + y) * width + x] = colour[c];
        }
      }
    }
    return new Picture(width, height, values);
  }

  private static float[] colour(int x, int y) {
    if (x < 48) {
      // Rings whose distance shrinks outwards: a zone plate.
      double r2 = (x - 24.0) * (x - 24) + (y - 32.0) * (y - 32);
      float v = (float) (0.5 + 0.45 * Math.cos(r2 * Math.PI / 64));
      return new float[] {v, v, 0.3f + 0.7f * v};
    }
    if (y < 32) {
      double disc = Math.hypot(x - 72.0, y - 16.0);
      if (disc < 11) {
        return new float[] {0.9f, 0.35f, 0.1f};
      }
      return x + 2 * y < 104 ? new float[] {0.15f, 0.3f, 0.55f} : new float[] {0.85f, 0.85f, 0.75f};
    }
    if (y < 48) {
      // Stripes of 1, 2 and 3 pixels.
      int period = x < 64 ? 2 : x < 80 ? 4 : 6;
      float v = x % period < period / 2 ? 0.95f : 0.05f;
      return new float[] {v, v, v};
    }
    boolean dot = x % 8 == 4 && y % 8 == 4;
    float slope = (x - 48) / 47f;
    return dot ? new float[] {1, 1, 0.2f} : new float[] {slope * 0.6f, 0.25f, 0.6f - slope * 0.4f};
  }

  /**
   * Writes a PNG; values outside 0 .. 1 are clipped.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          float v = Math.clamp(values[(c * height + y) * width + x], 0f, 1f);
          rgb = rgb << 8 | Math.round(v * 255);
        }
        image.setRGB(x, y, rgb);
      }
    }
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException("this JDK writes no PNG");
    }
  }
}
