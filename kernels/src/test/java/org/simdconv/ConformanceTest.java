package org.simdconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.simdconv.reference.ConvShape;
import org.simdconv.reference.ConvTransposeShape;
import org.simdconv.reference.NaiveConv2d;
import org.simdconv.reference.NaiveConv3d;
import org.simdconv.reference.NaiveConvTranspose2d;
import org.simdconv.reference.ShapeArithmetic;
import org.simdconv.reference.ShapeArithmetic.PaddingRule;
import org.simdconv.reference.VolumeShape;

/**
 * Cases that other projects wrote, read in place where a checkout has them beside it: the ONNX
 * cases through the kernels and the reference, the shapes of oneDNN and XNNPACK as kernels against
 * reference.
 */
class ConformanceTest {
  private static final Path FOLDER = Path.of("..", "..", "shared", "conformance");

  // Keeps the naive reference, which runs beside every shape, to seconds.
  private static final long MOST_MACS = 50_000_000;

  /** A line of a table, by column name. */
  private record Row(List<String> header, List<String> cells) {
    int get(String column) {
      return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(cells.get(header.indexOf(column))));
    }
  }

  static Path file(String name) {
    Path file = FOLDER.resolve(name);
    assumeTrue(Files.exists(file), "skipped: no " + file.normalize());
    return file;
  }

  @Test
  void onnxConvAndConvTranspose() throws IOException {
    int run = 0;
    int passed = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file("onnx-cases.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonObject object = JsonParser.parseString(line).getAsJsonObject();
        JsonObject node =
            object.getAsJsonObject("model").getAsJsonArray("nodes").get(0).getAsJsonObject();
        String op = node.get("op").getAsString();
        if (!op.equals("Conv") && !op.equals("ConvTranspose")) {
          continue;
        }
        run++;
        JsonArray inputs = object.getAsJsonArray("inputs");
        int[] shape = ints(inputs.get(0).getAsJsonObject().getAsJsonArray("shape"));
        if (shape.length == 5) {
          volume(object.get("case").getAsString(), node.getAsJsonObject("attrs"), object);
          passed++;
          continue;
        }
        onnxCase(object.get("case").getAsString(), op, node.getAsJsonObject("attrs"), object);
        passed++;
      }
    }
    System.out.println(
        "onnx-cases.jsonl.gz, Conv and ConvTranspose: " + run + " run, " + passed + " passed");
    assertEquals(17, run);
    assertEquals(17, passed);
  }

  /** The one case of volumes: a transposed convolution without attributes. */
  private static void volume(String name, JsonObject attrs, JsonObject object) {
    assertEquals(0, attrs.size(), name);
    JsonArray inputs = object.getAsJsonArray("inputs");
    int[] x = ints(inputs.get(0).getAsJsonObject().getAsJsonArray("shape"));
    int[] w = ints(inputs.get(1).getAsJsonObject().getAsJsonArray("shape"));
    float[] weights = floats(inputs.get(1).getAsJsonObject());
    ConvPlan plan =
        ConvTranspose3d.of(x[1], w[1])
            .kernel(w[2], w[3], w[4])
            .plan(x[0], x[2], x[3], x[4], weights, null);
    float[] actual = new float[plan.outputFloats()];
    float[] input = floats(inputs.get(0).getAsJsonObject());
    plan.run(input, actual);
    float[] expected = floats(object.getAsJsonArray("outputs").get(0).getAsJsonObject());
    near(expected, actual, name);
    int[] ones = {1, 1, 1};
    VolumeShape shape =
        new VolumeShape(
            true,
            x[0],
            x[1],
            w[1],
            1,
            new int[] {x[2], x[3], x[4]},
            new int[] {w[2], w[3], w[4]},
            ones,
            new int[3],
            new int[3],
            ones,
            new int[3]);
    near(expected, NaiveConv3d.forward(shape, input, weights, null), name + " (reference)");
  }

  private static void onnxCase(String name, String op, JsonObject attrs, JsonObject object) {
    JsonArray inputs = object.getAsJsonArray("inputs");
    int[] xShape = to2d(ints(inputs.get(0).getAsJsonObject().getAsJsonArray("shape")));
    int[] wShape = to2d(ints(inputs.get(1).getAsJsonObject().getAsJsonArray("shape")));
    float[] x = floats(inputs.get(0).getAsJsonObject());
    float[] w = floats(inputs.get(1).getAsJsonObject());
    float[] bias = inputs.size() > 2 ? floats(inputs.get(2).getAsJsonObject()) : null;
    float[] expected = floats(object.getAsJsonArray("outputs").get(0).getAsJsonObject());
    int groups = attrs.has("group") ? attrs.get("group").getAsInt() : 1;
    int[] strides = axes(attrs, "strides", 1);
    int[] dilations = axes(attrs, "dilations", 1);
    Padding padding = Padding.none();
    if (attrs.has("auto_pad")) {
      padding =
          switch (attrs.get("auto_pad").getAsString()) {
            case "SAME_UPPER" -> Padding.sameUpper();
            case "SAME_LOWER" -> Padding.sameLower();
            default -> Padding.valid();
          };
    } else if (attrs.has("pads")) {
      int[] p = ints(attrs.getAsJsonArray("pads"));
      padding = p.length == 2 ? Padding.of(0, p[0], 0, p[1]) : Padding.of(p[0], p[1], p[2], p[3]);
    }
    ConvPlan plan;
    if (op.equals("Conv")) {
      plan =
          Conv2d.of(xShape[1], wShape[0])
              .groups(groups)
              .kernel(wShape[2], wShape[3])
              .stride(strides[0], strides[1])
              .dilation(dilations[0], dilations[1])
              .padding(padding)
              .plan(xShape[0], xShape[2], xShape[3], w, bias);
    } else {
      ConvTranspose2d conv =
          ConvTranspose2d.of(xShape[1], wShape[1] * groups)
              .groups(groups)
              .kernel(wShape[2], wShape[3])
              .stride(strides[0], strides[1])
              .dilation(dilations[0], dilations[1])
              .padding(padding);
      int[] outputPadding = axes(attrs, "output_padding", 0);
      conv = conv.outputPadding(outputPadding[0], outputPadding[1]);
      if (attrs.has("output_shape")) {
        int[] out = ints(attrs.getAsJsonArray("output_shape"));
        conv = conv.outputShape(out[0], out[1]);
      }
      plan = conv.plan(xShape[0], xShape[2], xShape[3], w, bias);
    }
    float[] actual = new float[plan.outputFloats()];
    plan.run(x, actual);
    near(expected, actual, name);
    near(expected, reference(op, attrs, xShape, wShape, x, w, bias), name + " (reference)");
  }

  /** The same case through the reference, with its own arithmetic of automatic padding. */
  private static float[] reference(
      String op,
      JsonObject attrs,
      int[] xs,
      int[] ws,
      float[] x,
      float[] w,
      float @Nullable [] bias) {
    int groups = attrs.has("group") ? attrs.get("group").getAsInt() : 1;
    int[] s = axes(attrs, "strides", 1);
    int[] d = axes(attrs, "dilations", 1);
    int[] op2 = axes(attrs, "output_padding", 0);
    int[] pads = new int[4];
    String auto = attrs.has("auto_pad") ? attrs.get("auto_pad").getAsString() : "NOTSET";
    boolean transposed = op.equals("ConvTranspose");
    if (auto.startsWith("SAME")) {
      PaddingRule rule = PaddingRule.valueOf(auto);
      for (int a = 0; a < 2; a++) {
        int[] p =
            transposed
                ? ShapeArithmetic.convTransposePadding(rule, xs[2 + a], ws[2 + a], s[a], d[a])
                : ShapeArithmetic.convPadding(rule, xs[2 + a], ws[2 + a], s[a], d[a]);
        pads[a] = p[0];
        pads[2 + a] = p[1];
        op2[a] += transposed ? p[2] : 0;
      }
    } else if (attrs.has("pads")) {
      int[] p = ints(attrs.getAsJsonArray("pads"));
      pads = p.length == 2 ? new int[] {0, p[0], 0, p[1]} : p;
    } else if (attrs.has("output_shape")) {
      int[] out = ints(attrs.getAsJsonArray("output_shape"));
      for (int a = 0; a < 2; a++) {
        int uncut =
            ShapeArithmetic.convTransposeOutput(xs[2 + a], ws[2 + a], s[a], d[a], 0, 0, op2[a]);
        int total = Math.max(0, uncut - out[a]);
        op2[a] += Math.max(0, out[a] - uncut);
        pads[a] = total - total / 2;
        pads[2 + a] = total / 2;
      }
    }
    if (transposed) {
      ConvTransposeShape shape =
          new ConvTransposeShape(
              xs[0],
              xs[1],
              xs[2],
              xs[3],
              ws[1] * groups,
              ws[2],
              ws[3],
              s[0],
              s[1],
              pads[0],
              pads[1],
              pads[2],
              pads[3],
              d[0],
              d[1],
              op2[0],
              op2[1],
              groups);
      return NaiveConvTranspose2d.gather(shape, x, w, bias);
    }
    ConvShape shape =
        new ConvShape(
            xs[0], xs[1], xs[2], xs[3], ws[0], ws[2], ws[3], s[0], s[1], pads[0], pads[1], pads[2],
            pads[3], d[0], d[1], groups);
    return NaiveConv2d.forward(shape, x, w, bias);
  }

  static void near(float[] expected, float[] actual, String name) {
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      assertTrue(
          Math.abs(actual[i] - expected[i]) <= 1e-5 + 1e-4 * Math.abs(expected[i]),
          name + " at " + i + ": expected " + expected[i] + " was " + actual[i]);
    }
  }

  @Test
  void shapesOfOneDnnConvolutions() throws IOException {
    shapes("onednn-conv-shapes-core.tsv", false);
  }

  @Test
  void shapesOfOneDnnDeconvolutions() throws IOException {
    shapes("onednn-deconv-shapes-core.tsv", true);
  }

  private static void shapes(String name, boolean transposed) throws IOException {
    List<String> lines = Files.readAllLines(file(name));
    List<String> header = Arrays.asList(lines.get(0).split("\t", -1));
    int run = 0;
    int threeD = 0;
    int large = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      Row v = new Row(header, Arrays.asList(cells));
      if ((long) v.get("macs") * v.get("mb") > MOST_MACS) {
        large++;
        continue;
      }
      run++;
      if (v.get("nd") == 3) {
        threeD++;
        VolumeShape volume = volume(v, transposed);
        assertEquals(v.get("od"), volume.out(0), cells[1]);
        assertEquals(v.get("oh"), volume.out(1), cells[1]);
        assertEquals(v.get("ow"), volume.out(2), cells[1]);
        VolumesTest.check(volume, run);
        continue;
      }
      int opH = transposed ? Math.max(0, -v.get("rh")) : 0;
      int opW = transposed ? Math.max(0, -v.get("rw")) : 0;
      // oneDNN's end pads make the sizes come out even; a stride may leave some of them unused.
      ConvCase c =
          new ConvCase(
              transposed,
              v.get("mb"),
              v.get("ih"),
              v.get("iw"),
              v.get("g"),
              v.get("ic") / v.get("g"),
              v.get("oc") / v.get("g"),
              new ConvCase.Kernel(
                  v.get("kh"),
                  v.get("kw"),
                  v.get("sh"),
                  v.get("sw"),
                  v.get("dh") + 1,
                  v.get("dw") + 1),
              new ConvCase.Pads(
                  v.get("ph"), v.get("pw"), Math.max(0, v.get("rh")), Math.max(0, v.get("rw"))),
              opH,
              opW);
      String what = cells[1] + ": " + c;
      if (transposed) {
        assertEquals(v.get("oh"), c.transposeShape().outHeight(), what);
        assertEquals(v.get("ow"), c.transposeShape().outWidth(), what);
      } else {
        assertEquals(v.get("oh"), c.shape().outHeight(), what);
        assertEquals(v.get("ow"), c.shape().outWidth(), what);
      }
      Equivalence.check(c, Equivalence.anyWay(run), run);
    }
    System.out.println(
        name
            + ": "
            + run
            + " run and passed, "
            + large
            + " larger ones left out; 3-D of them: "
            + threeD);
    assertTrue(run > 0);
  }

  private static VolumeShape volume(Row v, boolean transposed) {
    int[] ends = {v.get("rd"), v.get("rh"), v.get("rw")};
    return new VolumeShape(
        transposed,
        v.get("mb"),
        v.get("ic"),
        v.get("oc"),
        v.get("g"),
        new int[] {v.get("id"), v.get("ih"), v.get("iw")},
        new int[] {v.get("kd"), v.get("kh"), v.get("kw")},
        new int[] {v.get("sd"), v.get("sh"), v.get("sw")},
        new int[] {v.get("pd"), v.get("ph"), v.get("pw")},
        Arrays.stream(ends).map(end -> Math.max(0, end)).toArray(),
        new int[] {v.get("dd") + 1, v.get("dh") + 1, v.get("dw") + 1},
        Arrays.stream(ends).map(end -> transposed ? Math.max(0, -end) : 0).toArray());
  }

  @Test
  void shapesOfXnnpackDeconvolutions() throws IOException {
    String name = "xnnpack-deconvolution-shapes.tsv";
    List<String> lines = Files.readAllLines(file(name));
    int run = 0;
    for (String line : lines.subList(1, lines.size())) {
      int[] v = Arrays.stream(line.split("\t", -1)).skip(1).mapToInt(Integer::parseInt).toArray();
      // N H W KH KW PH PW Adj SH SW D Cin Cout; PH and PW count both sides. Rows are cut to keep
      // the reference to seconds, not below what the kernel needs.
      int rows = Math.min(v[1], 9);
      int columns = Math.min(v[2], 11);
      ConvCase c =
          new ConvCase(
              true,
              v[0],
              rows,
              columns,
              1,
              v[11],
              v[12],
              new ConvCase.Kernel(v[3], v[4], v[8], v[9], v[10], v[10]),
              new ConvCase.Pads(v[5] / 2, v[6] / 2, v[5] - v[5] / 2, v[6] - v[6] / 2),
              v[7],
              v[7]);
      Equivalence.check(c, Equivalence.anyWay(run), run);
      run++;
    }
    System.out.println(name + ": " + run + " run and passed (images of at most 9 x 11)");
    assertEquals(12, run);
  }

  private static int[] axes(JsonObject attrs, String name, int otherwise) {
    if (!attrs.has(name)) {
      return new int[] {otherwise, otherwise};
    }
    int[] values = ints(attrs.getAsJsonArray(name));
    return values.length == 1 ? new int[] {otherwise, values[0]} : values;
  }

  private static int[] to2d(int[] shape) {
    return shape.length == 3 ? new int[] {shape[0], shape[1], 1, shape[2]} : shape;
  }

  static int[] ints(JsonArray array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).getAsInt();
    }
    return values;
  }

  static float[] floats(JsonObject tensor) {
    assertEquals("f32", tensor.get("dtype").getAsString());
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(tensor.get("b64").getAsString()))
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
