package org.spectralsignatures.network.layers;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the shortcut of a residual unit that halves the image and widens the channels: 2 x 2 average pooling
 * with stride 2, then as many zero channels before as behind (the parameter-free shortcut of the authors' network).
 */
public final class PoolPadVertex extends GraphVertex {

    private static final long serialVersionUID = 1L;

    private int outputChannels;

    /** For JSON. */
    public PoolPadVertex() {
    }

    /** @param outputChannels channels after padding, at least those of the input */
    public PoolPadVertex(final int outputChannels) {
        this.outputChannels = outputChannels;
    }

    /** @return channels after padding */
    public int getOutputChannels() {
        return outputChannels;
    }

    /** @param outputChannels channels after padding */
    public void setOutputChannels(final int outputChannels) {
        this.outputChannels = outputChannels;
    }

    @Override
    public GraphVertex clone() { // NOSONAR DL4J clones configurations
        return new PoolPadVertex(outputChannels);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof PoolPadVertex that && that.outputChannels == outputChannels;
    }

    @Override
    public int hashCode() {
        return outputChannels;
    }

    @Override
    public long numParams(final boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return 1;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(final ComputationGraph graph, final String name, final int index,
        final INDArray parameters, final boolean initialize, final DataType type) {
        return new PoolPad(graph, name, index, outputChannels, type);
    }

    @Override
    public InputType getOutputType(final int layerIndex, final InputType... inputs) throws InvalidInputTypeException {
        if (inputs.length != 1 || !(inputs[0] instanceof InputType.InputTypeConvolutional images)) {
            throw new InvalidInputTypeException("The shortcut takes one input of images.");
        }
        if (images.getHeight() % 2 != 0 || images.getWidth() % 2 != 0 || images.getChannels() > outputChannels) {
            throw new InvalidInputTypeException("The shortcut halves images of even height and width and cannot drop channels, got "
                + images + " for " + outputChannels + " channels.");
        }
        return InputType.convolutional(images.getHeight() / 2, images.getWidth() / 2, outputChannels);
    }

    @Override
    public MemoryReport getMemoryReport(final InputType... inputs) {
        final InputType output = getOutputType(0, inputs);
        return new LayerMemoryReport.Builder(null, PoolPadVertex.class, inputs[0], output).standardMemory(0, 0)
            .workingMemory(0, 0, 0, 0).cacheMemory(0, 0).build();
    }
}
