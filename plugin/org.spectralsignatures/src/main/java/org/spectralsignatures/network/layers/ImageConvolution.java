package org.spectralsignatures.network.layers;

import java.util.Collection;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Configuration of a 3 x 3 convolution with stride 1 and no bias on images {@code [n, h, w, c]}, first in its network. */
public final class ImageConvolution extends ConvolutionLayer {

    private static final long serialVersionUID = 1L;

    /** For JSON. */
    public ImageConvolution() {
    }

    /**
     * @param filters channels of the output
     * @param weights how the kernels start
     */
    public ImageConvolution(final int filters, final IWeightInit weights) {
        super(new Builder(3, 3).nOut(filters).stride(1, 1).convolutionMode(ConvolutionMode.Same).hasBias(false)
            .dataFormat(CNN2DFormat.NHWC).activation(Activation.IDENTITY).weightInit(weights));
    }

    @Override
    public Layer instantiate(final NeuralNetConfiguration conf, final Collection<TrainingListener> listeners, final int layerIndex,
        final INDArray parameters, final boolean initialize, final DataType type) {
        return NewLayer.complete(new ImageConvolutionLayer(conf, type), conf, listeners, layerIndex, parameters, initialize);
    }
}
