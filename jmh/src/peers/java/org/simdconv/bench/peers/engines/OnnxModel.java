package org.simdconv.bench.peers.engines;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.simdconv.bench.layer.Layer;

/**
 * A model of one node, {@code Conv} or {@code ConvTranspose}, with weights and bias as constants.
 * The numbers are those of the fields in ONNX's onnx.proto (https://onnx.ai/onnx/api/classes.html).
 */
final class OnnxModel {
  static final String INPUT = "x";
  static final String OUTPUT = "y";

  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final int FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;

  private OnnxModel() {}

  /** Writes fields of a message. */
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] of(Layer l, float[] weights, float[] bias) {
    long[] kernel = {l.kernelHeight(), l.kernelWidth()};
    long[] wDims =
        l.transposed()
            ? new long[] {l.inChannels(), l.outChannels() / l.groups(), kernel[0], kernel[1]}
            : new long[] {l.outChannels(), l.inChannels() / l.groups(), kernel[0], kernel[1]};
    ByteString node =
        message(
            out -> {
              out.writeString(1, INPUT);
              out.writeString(1, "w");
              out.writeString(1, "b");
              out.writeString(2, OUTPUT);
              out.writeString(4, l.transposed() ? "ConvTranspose" : "Conv");
              out.writeBytes(5, ints("kernel_shape", kernel));
              out.writeBytes(5, ints("strides", l.strideHeight(), l.strideWidth()));
              out.writeBytes(5, ints("dilations", l.dilationHeight(), l.dilationWidth()));
              out.writeBytes(5, ints("pads", l.padTop(), l.padLeft(), l.padBottom(), l.padRight()));
              out.writeBytes(
                  5,
                  message(
                      a -> {
                        a.writeString(1, "group");
                        a.writeInt64(3, l.groups());
                        a.writeEnum(20, ATTRIBUTE_INT);
                      }));
              if (l.transposed()) {
                out.writeBytes(
                    5, ints("output_padding", l.outputPaddingHeight(), l.outputPaddingWidth()));
              }
            });
    ByteString graph =
        message(
            out -> {
              out.writeBytes(1, node);
              out.writeString(2, "layer");
              out.writeBytes(5, constant("w", wDims, weights));
              out.writeBytes(5, constant("b", new long[] {l.outChannels()}, bias));
              out.writeBytes(
                  11, value(INPUT, l.batch(), l.inChannels(), l.inHeight(), l.inWidth()));
              out.writeBytes(
                  12, value(OUTPUT, l.batch(), l.outChannels(), l.outHeight(), l.outWidth()));
            });
    ByteString opset = message(out -> out.writeInt64(2, OPSET));
    return message(
            out -> {
              out.writeInt64(1, IR_VERSION);
              out.writeBytes(7, graph);
              out.writeBytes(8, opset);
            })
        .toByteArray();
  }

  private static ByteString ints(String name, long... values) {
    return message(
        out -> {
          out.writeString(1, name);
          for (long v : values) {
            out.writeInt64(8, v);
          }
          out.writeEnum(20, ATTRIBUTE_INTS);
        });
  }

  private static ByteString constant(String name, long[] dims, float[] values) {
    ByteBuffer raw =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return message(
        out -> {
          for (long d : dims) {
            out.writeInt64(1, d);
          }
          out.writeEnum(2, FLOAT);
          out.writeString(8, name);
          out.writeByteBuffer(9, raw);
        });
  }

  private static ByteString value(String name, long... dims) {
    ByteString shape =
        message(
            out -> {
              for (long d : dims) {
                out.writeBytes(1, message(dim -> dim.writeInt64(1, d)));
              }
            });
    ByteString tensor =
        message(
            out -> {
              out.writeEnum(1, FLOAT);
              out.writeBytes(2, shape);
            });
    ByteString type = message(out -> out.writeBytes(1, tensor));
    return message(
        out -> {
          out.writeString(1, name);
          out.writeBytes(2, type);
        });
  }

  private static ByteString message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
