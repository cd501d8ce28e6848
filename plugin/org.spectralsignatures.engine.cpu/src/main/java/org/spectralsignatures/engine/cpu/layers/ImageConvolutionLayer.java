package org.spectralsignatures.engine.cpu.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spectralsignatures.engine.cpu.kernels.Convolution;
import org.spectralsignatures.engine.cpu.kernels.ConvolutionShape;
import org.spectralsignatures.engine.cpu.kernels.Convolutions;
import org.spectralsignatures.engine.cpu.kernels.Floats;
import org.spectralsignatures.engine.cpu.kernels.Lanes;

/** The layer of {@link ImageConvolution}; as the first of its network it gives no gradient by the images. */
final class ImageConvolutionLayer extends BaseLayer<ImageConvolution> {

    private static final long serialVersionUID = 1L;

    private final transient Convolutions convolutions = new Convolutions();

    ImageConvolutionLayer(final NeuralNetConfiguration conf, final DataType type) {
        super(conf, type);
    }

    private Convolution convolution(final INDArray x) {
        return convolutions.of(shape(x));
    }

    private ConvolutionShape shape(final INDArray x) {
        return new ConvolutionShape((int)x.size(0), (int)x.size(1), (int)x.size(2), (int)x.size(3), (int)layerConf().getNOut(),
            layerConf().getKernelSize()[0], layerConf().getStride()[0]);
    }

    @Override
    public INDArray activate(final boolean training, final LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        final INDArray x = Floats.dense(input);
        final INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT,
            new long[]{x.size(0), shape(x).outputHeight(), shape(x).outputWidth(), layerConf().getNOut()}, 'c');
        final Convolution convolution = convolution(x);
        convolution.weights(params.get(ConvolutionParamInitializer.WEIGHT_KEY));
        new Lanes((int)x.size(0)).run(lane -> convolution.forward(lane, x, y, false));
        return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(final INDArray epsilon, final LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        final INDArray x = Floats.dense(input);
        final INDArray dw = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
        final INDArray dy = Floats.dense(epsilon);
        final INDArray dx = layerConf().isInner() ? workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, x.shape(), 'c') : null;
        final Convolution convolution = convolution(x);
        convolution.backwardWeights(params.get(ConvolutionParamInitializer.WEIGHT_KEY));
        new Lanes((int)x.size(0)).run(lane -> convolution.backward(lane, x, dy, dx));
        convolution.gradient(x, dy, dw);
        final var table = new DefaultGradient();
        table.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, dw, 'c');
        return new Pair<>(table, dx);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
