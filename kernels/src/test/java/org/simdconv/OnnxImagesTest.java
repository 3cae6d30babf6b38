package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.simdconv.reference.NaivePool;
import org.simdconv.reference.NaiveUpsampling;

/**
 * The ONNX cases of pooling, unpooling, resizing and shuffles, read in place where a checkout has
 * them beside it, through the kernels and the reference.
 */
class OnnxImagesTest {
  private enum Result {
    PASSED,
    REFUSED,
    NO_FLOATS
  }

  @Test
  void onnxCasesPassOrAreRefused() throws IOException {
    Map<String, int[]> counts = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(ConformanceTest.file("onnx-cases.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonObject object = JsonParser.parseString(line).getAsJsonObject();
        JsonObject node =
            object.getAsJsonObject("model").getAsJsonArray("nodes").get(0).getAsJsonObject();
        String op = node.get("op").getAsString();
        Case c = new Case(object, node.getAsJsonObject("attrs"));
        Result result =
            switch (op) {
              case "MaxPool", "AveragePool" -> c.pool(op.equals("MaxPool"));
              case "MaxUnpool" -> c.unpool();
              case "Resize" -> c.resize();
              case "DepthToSpace", "SpaceToDepth" -> c.shuffle(op.equals("DepthToSpace"));
              default -> null;
            };
        if (result != null) {
          int[] count = counts.computeIfAbsent(op, k -> new int[3]);
          count[result == Result.PASSED ? 0 : result == Result.REFUSED ? 1 : 2]++;
        }
      }
    }
    counts.forEach(
        (op, n) ->
            System.out.println(
                "onnx-cases.jsonl.gz, "
                    + op
                    + ": "
                    + (n[0] + n[1])
                    + " run, "
                    + n[0]
                    + " passed, "
                    + n[1]
                    + " refused; "
                    + n[2]
                    + " of 8-bit integers left out"));
    assertArrayEquals(new int[] {17, 0, 1}, counts.get("MaxPool"));
    assertArrayEquals(new int[] {19, 0, 0}, counts.get("AveragePool"));
    assertArrayEquals(new int[] {2, 0, 0}, counts.get("MaxUnpool"));
    assertArrayEquals(new int[] {2, 0, 0}, counts.get("DepthToSpace"));
    assertArrayEquals(new int[] {2, 0, 0}, counts.get("SpaceToDepth"));
    assertArrayEquals(new int[] {22, 17, 0}, counts.get("Resize"));
  }

  /** One case. */
  private static final class Case {
    private final String name;
    private final JsonArray inputs;
    private final JsonArray outputs;
    private final JsonObject attrs;
    private final int[] shape;

    Case(JsonObject object, JsonObject attrs) {
      this.name = object.get("case").getAsString();
      this.inputs = object.getAsJsonArray("inputs");
      this.outputs = object.getAsJsonArray("outputs");
      this.attrs = attrs;
      this.shape = shape(inputs.get(0).getAsJsonObject());
    }

    private static int[] shape(JsonObject tensor) {
      return ConformanceTest.ints(tensor.getAsJsonArray("shape"));
    }

    private float[] x() {
      return ConformanceTest.floats(inputs.get(0).getAsJsonObject());
    }

    private float[] expected() {
      return ConformanceTest.floats(outputs.get(0).getAsJsonObject());
    }

    private int flag(String attribute) {
      return attrs.has(attribute) ? attrs.get(attribute).getAsInt() : 0;
    }

    private String text(String attribute, String otherwise) {
      return attrs.has(attribute) ? attrs.get(attribute).getAsString() : otherwise;
    }

    /** Values of the three last axes; those that are missing in front are otherwise. */
    private int[] three(String attribute, int from, int otherwise) {
      int[] three = {otherwise, otherwise, otherwise};
      if (attrs.has(attribute)) {
        int[] values = ConformanceTest.ints(attrs.getAsJsonArray(attribute));
        int axes = shape.length - 2;
        System.arraycopy(values, from, three, 3 - axes, axes);
      }
      return three;
    }

    private long[] longs(JsonObject tensor) {
      assertEquals("i64", tensor.get("dtype").getAsString());
      ByteBuffer bytes =
          ByteBuffer.wrap(Base64.getDecoder().decode(tensor.get("b64").getAsString()))
              .order(ByteOrder.LITTLE_ENDIAN);
      long[] values = new long[bytes.remaining() / 8];
      bytes.asLongBuffer().get(values);
      return values;
    }

    private int[] ints(JsonObject tensor) {
      return Arrays.stream(longs(tensor)).mapToInt(Math::toIntExact).toArray();
    }

    Result pool(boolean max) {
      if (!inputs.get(0).getAsJsonObject().get("dtype").getAsString().equals("f32")) {
        return Result.NO_FLOATS;
      }
      int axes = shape.length - 2;
      int[] in = {1, 1, 1};
      System.arraycopy(shape, 2, in, 3 - axes, axes);
      int[] kernel = three("kernel_shape", 0, 1);
      int[] stride = three("strides", 0, 1);
      int[] dilation = three("dilations", 0, 1);
      int[] begin = three("pads", 0, 0);
      int[] end = three("pads", axes, 0);
      String auto = text("auto_pad", "NOTSET");
      Padding padding =
          switch (auto) {
            case "SAME_UPPER" -> Padding.sameUpper();
            case "SAME_LOWER" -> Padding.sameLower();
            default -> Padding.of(begin[0], begin[1], begin[2], end[0], end[1], end[2]);
          };
      boolean ceil = flag("ceil_mode") == 1;
      boolean includePad = flag("count_include_pad") == 1;
      boolean columnMajor = flag("storage_order") == 1;
      Pool pool =
          (max ? Pool.max() : Pool.average())
              .kernel(kernel[0], kernel[1], kernel[2])
              .stride(stride[0], stride[1], stride[2])
              .dilation(dilation[0], dilation[1], dilation[2])
              .padding(padding)
              .ceilMode(ceil)
              .countIncludePad(includePad)
              .columnMajorIndices(columnMajor);
      float[] x = x();
      PlanOptions options = PlanOptions.defaults();
      ImagePlan plan = pool.plan(shape[0], shape[1], in[0], in[1], in[2], options);
      float[] y = new float[plan.outputFloats()];
      plan.run(x, y, null);
      float[] expected = expected();
      if (name.endsWith("averagepool_2d_ceil_last_window_starts_on_pad")) {
        expected = written(expected, y);
      }
      ConformanceTest.near(expected, y, name);
      int[] out = new int[3];
      for (int a = 0; a < 3; a++) {
        if (auto.startsWith("SAME")) {
          out[a] = (in[a] + stride[a] - 1) / stride[a];
          int total =
              Math.max(0, (out[a] - 1) * stride[a] + dilation[a] * (kernel[a] - 1) + 1 - in[a]);
          begin[a] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
          end[a] = total - begin[a];
        } else {
          out[a] =
              NaivePool.output(in[a], kernel[a], stride[a], dilation[a], begin[a], end[a], ceil);
        }
      }
      NaivePool naive =
          new NaivePool(shape[0] * shape[1], in, out, kernel, stride, dilation, begin, end);
      int[] where = new int[max && outputs.size() > 1 ? y.length : 0];
      float[] same = max ? naive.max(x, where, columnMajor) : naive.average(x, includePad);
      ConformanceTest.near(expected, same, name + " (reference)");
      if (where.length > 0) {
        int[] wanted = ints(outputs.get(1).getAsJsonObject());
        assertArrayEquals(wanted, where, name + " (reference)");
        IndexedPoolPlan indexed = pool.planWithIndices(shape[0], shape[1], in[1], in[2], options);
        int[] actual = new int[y.length];
        indexed.run(x, 0, y, 0, actual, 0, indexed.newWorkspace(), null);
        assertArrayEquals(wanted, actual, name);
      }
      return Result.PASSED;
    }

    /**
     * What is expected of a case whose inputs and outputs its authors wrote down with four digits,
     * each off by up to 5e-5: ours, where an average, which is off by no more than its inputs, and
     * their output differ by less than both together.
     */
    private static float[] written(float[] outputs, float[] y) {
      float[] expected = outputs.clone();
      for (int i = 0; i < y.length; i++) {
        expected[i] = Math.abs(y[i] - outputs[i]) < 1e-4 ? y[i] : outputs[i];
      }
      return expected;
    }

    Result unpool() {
      int[] kernel = ConformanceTest.ints(attrs.getAsJsonArray("kernel_shape"));
      int[] stride = ConformanceTest.ints(attrs.getAsJsonArray("strides"));
      MaxUnpool unpool = MaxUnpool.of(kernel[0], kernel[1]).stride(stride[0], stride[1]);
      int rows = (shape[2] - 1) * stride[0] + kernel[0];
      int columns = (shape[3] - 1) * stride[1] + kernel[1];
      int[] out = {shape[0], shape[1], rows, columns};
      if (inputs.size() > 2) {
        out = ints(inputs.get(2).getAsJsonObject());
        unpool = unpool.outputShape(out[2], out[3]);
      }
      int[] indices = ints(inputs.get(1).getAsJsonObject());
      UnpoolPlan plan = unpool.plan(shape[0], shape[1], shape[2], shape[3], PlanOptions.defaults());
      float[] y = new float[plan.outputFloats()];
      plan.run(x(), 0, indices, 0, y, 0, plan.newWorkspace(), null);
      ConformanceTest.near(expected(), y, name);
      float[] same =
          NaiveUpsampling.maxUnpool(
              shape[0] * shape[1], rows, columns, out[2], out[3], x(), indices);
      ConformanceTest.near(expected(), same, name + " (reference)");
      return Result.PASSED;
    }

    Result shuffle(boolean toSpace) {
      int block = attrs.get("blocksize").getAsInt();
      boolean depthFirst = text("mode", "DCR").equals("DCR");
      PixelShuffle.Order order =
          depthFirst ? PixelShuffle.Order.DEPTH_FIRST : PixelShuffle.Order.CHANNEL_FIRST;
      PixelShuffle shuffle =
          toSpace
              ? PixelShuffle.depthToSpace(block, order)
              : PixelShuffle.spaceToDepth(block, order);
      ImagePlan plan = shuffle.plan(shape[0], shape[1], shape[2], shape[3], PlanOptions.defaults());
      float[] y = new float[plan.outputFloats()];
      plan.run(x(), y, null);
      ConformanceTest.near(expected(), y, name);
      float[] same =
          toSpace
              ? NaiveUpsampling.depthToSpace(
                  shape[0], shape[1] / block / block, shape[2], shape[3], block, depthFirst, x())
              : NaiveUpsampling.spaceToDepth(
                  shape[0], shape[1], shape[2] / block, shape[3] / block, block, depthFirst, x());
      ConformanceTest.near(expected(), same, name + " (reference)");
      return Result.PASSED;
    }

    Result resize() {
      String mode = text("mode", "nearest");
      String rule = text("coordinate_transformation_mode", "half_pixel");
      String rounding = text("nearest_mode", "round_prefer_floor");
      boolean antialias = flag("antialias") == 1;
      if (mode.equals("cubic") || rule.equals("tf_crop_and_resize") || antialias) {
        assertThrows(
            UnsupportedOperationException.class,
            () -> Resize.ofOnnx(mode, rule, rounding, antialias),
            name);
        return Result.REFUSED;
      }
      int[] axes = {2, 3};
      boolean all = !attrs.has("axes");
      if (!all) {
        axes = ConformanceTest.ints(attrs.getAsJsonArray("axes"));
      }
      JsonObject last = inputs.get(inputs.size() - 1).getAsJsonObject();
      double[] scale = new double[4];
      int[] out = new int[4];
      Resize resize = Resize.ofOnnx(mode, rule, rounding, false);
      int skipped = all ? 2 : 0;
      if (last.get("name").getAsString().equals("scales")) {
        float[] scales = ConformanceTest.floats(last);
        for (int a = 0; a < 2; a++) {
          scale[axes[a]] = scales[skipped + a];
          out[axes[a]] = (int) Math.floor(scale[axes[a]] * shape[axes[a]]);
        }
        resize = resize.scale(scale[2], scale[3]);
      } else {
        int[] sizes = ints(last);
        String policy = text("keep_aspect_ratio_policy", "stretch");
        double one = (double) sizes[skipped] / shape[axes[0]];
        double two = (double) sizes[skipped + 1] / shape[axes[1]];
        double same = policy.equals("not_larger") ? Math.min(one, two) : Math.max(one, two);
        for (int a = 0; a < 2; a++) {
          boolean stretch = policy.equals("stretch");
          out[axes[a]] =
              stretch ? sizes[skipped + a] : (int) Math.floor(same * shape[axes[a]] + 0.5);
          scale[axes[a]] = (double) out[axes[a]] / shape[axes[a]];
        }
        resize = resize.size(out[2], out[3]);
      }
      ImagePlan plan = resize.plan(shape[0], shape[1], shape[2], shape[3], PlanOptions.defaults());
      float[] y = new float[plan.outputFloats()];
      plan.run(x(), y, null);
      ConformanceTest.near(expected(), y, name);
      int planes = shape[0] * shape[1];
      NaiveUpsampling.Coordinates coordinates =
          NaiveUpsampling.Coordinates.valueOf(rule.toUpperCase(java.util.Locale.ROOT));
      NaiveUpsampling.Rounding rounds =
          NaiveUpsampling.Rounding.valueOf(rounding.toUpperCase(java.util.Locale.ROOT));
      float[] same =
          mode.equals("linear")
              ? NaiveUpsampling.linear(
                  planes, shape[2], shape[3], out[2], out[3], scale[2], scale[3], coordinates, x())
              : NaiveUpsampling.nearest(
                  planes,
                  shape[2],
                  shape[3],
                  out[2],
                  out[3],
                  scale[2],
                  scale[3],
                  coordinates,
                  rounds,
                  x());
      ConformanceTest.near(expected(), same, name + " (reference)");
      return Result.PASSED;
    }
  }
}
