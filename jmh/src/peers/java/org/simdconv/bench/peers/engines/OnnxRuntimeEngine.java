package org.simdconv.bench.peers.engines;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.layer.Pass;
import org.simdconv.bench.peers.ConvEngine;

/** ONNX Runtime on its CPU provider: a model of one node, input and output preallocated. */
public final class OnnxRuntimeEngine implements ConvEngine {
  /** Loads nothing. */
  public OnnxRuntimeEngine() {}

  @Override
  public String id() {
    return "onnxruntime";
  }

  @Override
  public String description() {
    return "ONNX Runtime, a model of one node, NCHW in and out";
  }

  // Its threads spin for 2^20 turns before they sleep, some 40 ms: with a pause of 4 ms our two
  // threads after it were no faster than one. Shorter spinning would be a change of the engine.
  @Override
  public int settleMillis() {
    return 60;
  }

  /** It has no gradients; volumes are not adapted. */
  @Override
  public boolean computes(Layer layer) {
    return layer.pass() == Pass.FORWARD && layer.depth() == null;
  }

  @Override
  public Prepared prepare(Layer layer, float[] input, float[] weights, float[] bias, int threads) {
    try {
      return new Session(layer, input, weights, bias, threads);
    } catch (OrtException e) {
      throw new UnsupportedOperationException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  private static final class Session implements Prepared {
    private final OrtSession session;
    private final OnnxTensor in;
    private final OnnxTensor out;
    private final FloatBuffer values;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final String detail;

    Session(Layer l, float[] input, float[] weights, float[] bias, int threads)
        throws OrtException {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        session = environment.createSession(OnnxModel.of(l, weights, bias), options);
      }
      in =
          OnnxTensor.createTensor(
              environment,
              direct(input.length).put(input).rewind(),
              new long[] {l.batch(), l.inChannels(), l.inHeight(), l.inWidth()});
      values = direct(l.outputFloats());
      out =
          OnnxTensor.createTensor(
              environment,
              values,
              new long[] {l.batch(), l.outChannels(), l.outHeight(), l.outWidth()});
      inputs = Map.of(OnnxModel.INPUT, in);
      outputs = Map.of(OnnxModel.OUTPUT, out);
      detail = "ONNX Runtime " + environment.getVersion();
    }

    private static FloatBuffer direct(int floats) {
      return ByteBuffer.allocateDirect(floats * Float.BYTES)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
    }

    @Override
    public void run() {
      try (OrtSession.Result result = session.run(inputs, outputs)) {
        if (result.size() != 1) {
          throw new IllegalStateException("ONNX Runtime gave " + result.size() + " outputs");
        }
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public float[] output() {
      float[] copy = new float[values.capacity()];
      values.get(0, copy);
      return copy;
    }

    @Override
    public String detail() {
      return detail;
    }

    @Override
    public void close() {
      in.close();
      out.close();
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
