package org.spectralsignatures.network.layers;

import java.util.stream.IntStream;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The vertex of {@link PoolPadVertex}: {@code [n, c, h, w] -> [n, c', h/2, w/2]}. */
final class PoolPad extends BaseGraphVertex {

    private static final long serialVersionUID = 1L;

    private final int outputChannels;

    PoolPad(final ComputationGraph graph, final String name, final int index, final int outputChannels, final DataType type) {
        super(graph, name, index, null, null, type);
        this.outputChannels = outputChannels;
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public Layer getLayer() {
        return null;
    }

    @Override
    public INDArray doForward(final boolean training, final LayerWorkspaceMgr workspaces) {
        final INDArray dense = Planes.dense(inputs[0]);
        final int images = (int)dense.size(0);
        final int channels = (int)dense.size(1);
        final int height = (int)dense.size(2) / 2;
        final int width = (int)dense.size(3) / 2;
        final INDArray output = workspaces.create(ArrayType.ACTIVATIONS, DataType.FLOAT, new long[]{images, outputChannels, height, width}, 'c');
        final Planes x = Planes.of(dense);
        final Planes y = Planes.of(output);
        final int first = (outputChannels - channels) / 2;
        IntStream.range(0, images).parallel().forEach(i -> {
            final var from = new float[4 * height * width];
            final var to = new float[height * width];
            for (int c = 0; c < channels; c++) {
                x.read(i, c, from);
                for (int row = 0, k = 0; row < height; row++) {
                    for (int column = 0, p = 4 * row * width; column < width; column++, k++, p += 2) {
                        to[k] = 0.25f * (from[p] + from[p + 1] + from[p + 2 * width] + from[p + 2 * width + 1]);
                    }
                }
                y.write(i, first + c, to);
            }
        });
        return output;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(final boolean truncated, final LayerWorkspaceMgr workspaces) {
        final INDArray dense = Planes.dense(epsilon);
        final int images = (int)dense.size(0);
        final int channels = (int)inputs[0].size(1);
        final int height = (int)dense.size(2);
        final int width = (int)dense.size(3);
        final INDArray result = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, inputs[0].shape(), 'c');
        final Planes dy = Planes.of(dense);
        final Planes dx = Planes.of(result);
        final int first = (outputChannels - channels) / 2;
        IntStream.range(0, images).parallel().forEach(i -> {
            final var from = new float[height * width];
            final var to = new float[4 * height * width];
            for (int c = 0; c < channels; c++) {
                dy.read(i, first + c, from);
                for (int row = 0, k = 0; row < height; row++) {
                    for (int column = 0, p = 4 * row * width; column < width; column++, k++, p += 2) {
                        final float share = 0.25f * from[k];
                        to[p] = share;
                        to[p + 1] = share;
                        to[p + 2 * width] = share;
                        to[p + 2 * width + 1] = share;
                    }
                }
                dx.write(i, c, to);
            }
        });
        return new Pair<>(null, new INDArray[]{result});
    }

    @Override
    public void setBackpropGradientsViewArray(final INDArray gradients) {
        if (gradients != null) {
            throw new IllegalArgumentException("The vertex has no parameters and takes no gradients.");
        }
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(final INDArray[] masks, final MaskState state, final int batch) {
        return null; // images are never masked
    }

    @Override
    public String toString() {
        return "PoolPad(" + outputChannels + " channels)";
    }
}
