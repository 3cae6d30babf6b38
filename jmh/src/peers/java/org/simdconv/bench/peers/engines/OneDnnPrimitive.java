package org.simdconv.bench.peers.engines;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_auto;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_deconvolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_version;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.deconvolution_backward_data;
import org.bytedeco.dnnl.deconvolution_backward_weights;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.simdconv.bench.layer.Layer;
import org.simdconv.bench.peers.ConvEngine;

/**
 * A layer as a primitive of oneDNN. Weights are reordered once; so is the input where its layout is
 * free; the output is reordered back only to be verified. A gradient of weights stays in oneDNN's
 * own order as well.
 */
final class OneDnnPrimitive implements ConvEngine.Prepared {
  private static final memory.data_type F32 = memory.data_type.f32;

  // Everything native that a run refers to, so that no finalizer frees it.
  private final List<Pointer> held = new ArrayList<>();
  private final engine cpu = new engine(engine.kind.cpu, 0);
  private final stream order = new stream(cpu);
  private final primitive run;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final memory output;
  private final memory.desc userOutput;
  private final int outputFloats;
  private final String detail;

  /** A pass of a layer; see {@link ConvEngine#prepare} for the operands. */
  OneDnnPrimitive(Layer l, float[] input, float[] weights, float[] bias, boolean ownLayout) {
    Sizes z = new Sizes(l, ownLayout);
    primitive_desc_base desc =
        switch (l.pass()) {
          case FORWARD -> forward(l, z, dnnl_forward_inference, true);
          case INPUT_GRADIENT -> inputGradient(l, z);
          case WEIGHT_GRADIENT -> weightGradient(l, z);
        };
    held.add(desc);
    switch (l.pass()) {
      case FORWARD -> {
        argument(DNNL_ARG_SRC, into(z.inUser, desc.src_desc(0), input));
        argument(DNNL_ARG_WEIGHTS, into(z.weightsUser, desc.weights_desc(0), weights));
        argument(DNNL_ARG_BIAS, into(z.bias, z.bias, bias));
        output = new memory(desc.dst_desc(0), cpu);
        arguments.put(DNNL_ARG_DST, output);
        userOutput = z.outUser;
        run =
            l.transposed()
                ? new deconvolution_forward((deconvolution_forward.primitive_desc) desc)
                : new convolution_forward((convolution_forward.primitive_desc) desc);
      }
      case INPUT_GRADIENT -> {
        argument(DNNL_ARG_DIFF_DST, into(z.outUser, desc.diff_dst_desc(0), input));
        argument(DNNL_ARG_WEIGHTS, into(z.weightsUser, desc.weights_desc(0), weights));
        output = new memory(desc.diff_src_desc(0), cpu);
        arguments.put(DNNL_ARG_DIFF_SRC, output);
        userOutput = z.inUser;
        run =
            l.transposed()
                ? new deconvolution_backward_data((deconvolution_backward_data.primitive_desc) desc)
                : new convolution_backward_data((convolution_backward_data.primitive_desc) desc);
      }
      case WEIGHT_GRADIENT -> {
        argument(DNNL_ARG_SRC, into(z.inUser, desc.src_desc(0), input));
        argument(DNNL_ARG_DIFF_DST, into(z.outUser, desc.diff_dst_desc(0), weights));
        output = new memory(desc.diff_weights_desc(0), cpu);
        arguments.put(DNNL_ARG_DIFF_WEIGHTS, output);
        userOutput = z.weightsUser;
        run =
            l.transposed()
                ? new deconvolution_backward_weights(
                    (deconvolution_backward_weights.primitive_desc) desc)
                : new convolution_backward_weights(
                    (convolution_backward_weights.primitive_desc) desc);
      }
      default -> throw new AssertionError(l.pass());
    }
    outputFloats = l.outputFloats();
    dnnl_version_t v = dnnl_version();
    detail =
        "oneDNN "
            + v.major()
            + "."
            + v.minor()
            + "."
            + v.patch()
            + ", "
            + desc.impl_info_str().getString();
  }

  /** What every pass is described by: the user's layouts and those asked for. */
  private static final class Sizes {
    final memory.desc inUser;
    final memory.desc weightsUser;
    final memory.desc outUser;
    final memory.desc bias;
    final memory.desc in;
    final memory.desc weights;
    final memory.desc out;
    final long[] strides;
    final long[] dilations;
    final long[] begin;
    final long[] end;

    Sizes(Layer l, boolean ownLayout) {
      int group = l.groups();
      long[] inDims = {l.batch(), l.inChannels(), l.inHeight(), l.inWidth()};
      long[] outDims = {l.batch(), l.outChannels(), l.outHeight(), l.outWidth()};
      // oneDNN's logical order is output channels first for both operations; the tag says how the
      // weights lie.
      long[] wDims =
          group == 1
              ? new long[] {l.outChannels(), l.inChannels(), l.kernelHeight(), l.kernelWidth()}
              : new long[] {
                group,
                l.outChannels() / group,
                l.inChannels() / group,
                l.kernelHeight(),
                l.kernelWidth()
              };
      memory.format_tag wTag =
          l.transposed()
              ? (group == 1 ? memory.format_tag.iohw : memory.format_tag.giohw)
              : (group == 1 ? memory.format_tag.oihw : memory.format_tag.goihw);
      memory.format_tag tag = ownLayout ? memory.format_tag.any : memory.format_tag.nchw;
      inUser = new memory.desc(inDims, F32, memory.format_tag.nchw);
      weightsUser = new memory.desc(wDims, F32, wTag);
      outUser = new memory.desc(outDims, F32, memory.format_tag.nchw);
      bias = new memory.desc(new long[] {l.outChannels()}, F32, memory.format_tag.x);
      in = new memory.desc(inDims, F32, tag);
      // Weights, and their gradient, are in the engine's own order.
      weights = new memory.desc(wDims, F32, memory.format_tag.any);
      out = new memory.desc(outDims, F32, tag);
      strides = new long[] {l.strideHeight(), l.strideWidth()};
      // oneDNN counts dilation from 0.
      dilations = new long[] {l.dilationHeight() - 1, l.dilationWidth() - 1};
      begin = new long[] {l.padTop(), l.padLeft()};
      end =
          new long[] {
            l.padBottom() - l.outputPaddingHeight(), l.padRight() - l.outputPaddingWidth()
          };
    }
  }

  private primitive_desc_base forward(Layer l, Sizes z, int kind, boolean biased) {
    if (l.transposed()) {
      return biased
          ? new deconvolution_forward.primitive_desc(
              cpu,
              kind,
              dnnl_deconvolution_direct,
              z.in,
              z.weights,
              z.bias,
              z.out,
              z.strides,
              z.dilations,
              z.begin,
              z.end)
          : new deconvolution_forward.primitive_desc(
              cpu,
              kind,
              dnnl_deconvolution_direct,
              z.in,
              z.weights,
              z.out,
              z.strides,
              z.dilations,
              z.begin,
              z.end);
    }
    return biased
        ? new convolution_forward.primitive_desc(
            cpu,
            kind,
            dnnl_convolution_auto,
            z.in,
            z.weights,
            z.bias,
            z.out,
            z.strides,
            z.dilations,
            z.begin,
            z.end)
        : new convolution_forward.primitive_desc(
            cpu,
            kind,
            dnnl_convolution_auto,
            z.in,
            z.weights,
            z.out,
            z.strides,
            z.dilations,
            z.begin,
            z.end);
  }

  /** The backward passes want the description of the forward one as a hint. */
  private primitive_desc_base hint(Layer l, Sizes z) {
    primitive_desc_base hint = forward(l, z, dnnl_forward_training, false);
    held.add(hint);
    return hint;
  }

  private primitive_desc_base inputGradient(Layer l, Sizes z) {
    return l.transposed()
        ? new deconvolution_backward_data.primitive_desc(
            cpu,
            dnnl_deconvolution_direct,
            z.in,
            z.weights,
            z.out,
            z.strides,
            z.dilations,
            z.begin,
            z.end,
            (deconvolution_forward.primitive_desc) hint(l, z))
        : new convolution_backward_data.primitive_desc(
            cpu,
            dnnl_convolution_direct,
            z.in,
            z.weights,
            z.out,
            z.strides,
            z.dilations,
            z.begin,
            z.end,
            (convolution_forward.primitive_desc) hint(l, z));
  }

  private primitive_desc_base weightGradient(Layer l, Sizes z) {
    return l.transposed()
        ? new deconvolution_backward_weights.primitive_desc(
            cpu,
            dnnl_deconvolution_direct,
            z.in,
            z.weights,
            z.out,
            z.strides,
            z.dilations,
            z.begin,
            z.end,
            (deconvolution_forward.primitive_desc) hint(l, z))
        : new convolution_backward_weights.primitive_desc(
            cpu,
            dnnl_convolution_direct,
            z.in,
            z.weights,
            z.out,
            z.strides,
            z.dilations,
            z.begin,
            z.end,
            (convolution_forward.primitive_desc) hint(l, z));
  }

  private void argument(int name, memory value) {
    held.add(value);
    arguments.put(name, value);
  }

  /** Values that lie one way, in memory that lies another. */
  private memory into(memory.desc from, memory.desc to, float[] values) {
    FloatPointer pointer = new FloatPointer(values);
    memory given = new memory(from, cpu, pointer);
    memory wanted = new memory(to, cpu);
    new reorder(given, wanted).execute(order, given, wanted);
    order._wait();
    given.deallocate();
    pointer.deallocate();
    return wanted;
  }

  @Override
  public void run() {
    run.execute(order, arguments);
    order._wait();
  }

  @Override
  public float[] output() {
    float[] values = new float[outputFloats];
    try (FloatPointer pointer = new FloatPointer(outputFloats);
        memory wanted = new memory(userOutput, cpu, pointer)) {
      new reorder(output, wanted).execute(order, output, wanted);
      order._wait();
      pointer.get(values);
    }
    return values;
  }

  @Override
  public String detail() {
    return detail;
  }

  @Override
  public void close() {
    arguments.deallocate();
    run.deallocate();
    output.deallocate();
    held.forEach(Pointer::deallocate);
    order.deallocate();
    cpu.deallocate();
  }
}
