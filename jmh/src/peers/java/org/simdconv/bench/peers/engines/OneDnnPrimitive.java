package org.simdconv.bench.peers.engines;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_auto;
import static org.bytedeco.dnnl.global.dnnl.dnnl_deconvolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_version;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
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
 * free; the output is reordered back only to be verified.
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
  private final memory.desc nchwOutput;
  private final int outputFloats;
  private final String detail;

  OneDnnPrimitive(Layer l, float[] input, float[] weights, float[] bias, boolean ownLayout) {
    int group = l.groups();
    long[] inDims = {l.batch(), l.inChannels(), l.inHeight(), l.inWidth()};
    long[] outDims = {
      l.batch(), l.outChannels(), l.outHeight(), l.outWidth(),
    };
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
    memory.desc inUser = new memory.desc(inDims, F32, memory.format_tag.nchw);
    memory.desc wUser = new memory.desc(wDims, F32, wTag);
    memory.desc biasDesc = new memory.desc(new long[] {l.outChannels()}, F32, memory.format_tag.x);
    nchwOutput = new memory.desc(outDims, F32, memory.format_tag.nchw);
    memory.desc in = new memory.desc(inDims, F32, tag);
    memory.desc w = new memory.desc(wDims, F32, memory.format_tag.any);
    memory.desc out = new memory.desc(outDims, F32, tag);
    long[] strides = {l.strideHeight(), l.strideWidth()};
    // oneDNN counts dilation from 0.
    long[] dilations = {l.dilationHeight() - 1, l.dilationWidth() - 1};
    long[] begin = {l.padTop(), l.padLeft()};
    long[] end = {l.padBottom() - l.outputPaddingHeight(), l.padRight() - l.outputPaddingWidth()};
    primitive_desc_base desc;
    if (l.transposed()) {
      deconvolution_forward.primitive_desc d =
          new deconvolution_forward.primitive_desc(
              cpu,
              dnnl_forward_inference,
              dnnl_deconvolution_direct,
              in,
              w,
              biasDesc,
              out,
              strides,
              dilations,
              begin,
              end);
      run = new deconvolution_forward(d);
      desc = d;
    } else {
      convolution_forward.primitive_desc d =
          new convolution_forward.primitive_desc(
              cpu,
              dnnl_forward_inference,
              dnnl_convolution_auto,
              in,
              w,
              biasDesc,
              out,
              strides,
              dilations,
              begin,
              end);
      run = new convolution_forward(d);
      desc = d;
    }
    outputFloats = l.outputFloats();
    memory source = into(inUser, desc.src_desc(0), input);
    memory kernel = into(wUser, desc.weights_desc(0), weights);
    memory offsets = into(biasDesc, biasDesc, bias);
    output = new memory(desc.dst_desc(0), cpu);
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_WEIGHTS, kernel);
    arguments.put(DNNL_ARG_BIAS, offsets);
    arguments.put(DNNL_ARG_DST, output);
    held.addAll(List.of(desc, source, kernel, offsets));
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
        memory wanted = new memory(nchwOutput, cpu, pointer)) {
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
