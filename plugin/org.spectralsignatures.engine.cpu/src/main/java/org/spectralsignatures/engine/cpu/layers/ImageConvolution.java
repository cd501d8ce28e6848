package org.spectralsignatures.engine.cpu.layers;

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

/** Configuration of a convolution with no bias on images {@code [n, h, w, c]}. */
public final class ImageConvolution extends ConvolutionLayer {

    private static final long serialVersionUID = 1L;

    private boolean inner;

    /** For JSON. */
    public ImageConvolution() {
    }

    /**
     * @param filters channels of the output
     * @param side of the kernels
     * @param stride 1 or 2
     * @param weights how the kernels start
     * @param inner whether there are layers before it that ask for a gradient
     */
    public ImageConvolution(final int filters, final int side, final int stride, final IWeightInit weights, final boolean inner) {
        super(new Builder(side, side).nOut(filters).stride(stride, stride).convolutionMode(ConvolutionMode.Same).hasBias(false)
            .dataFormat(CNN2DFormat.NHWC).activation(Activation.IDENTITY).weightInit(weights));
        this.inner = inner;
    }

    /** @return whether there are layers before it that ask for a gradient */
    public boolean isInner() {
        return inner;
    }

    /** @param inner whether there are layers before it that ask for a gradient */
    public void setInner(final boolean inner) {
        this.inner = inner;
    }

    @Override
    public boolean equals(final Object other) {
        return super.equals(other) && other instanceof ImageConvolution that && that.inner == inner;
    }

    @Override
    protected boolean canEqual(final Object other) {
        return other instanceof ImageConvolution;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + Boolean.hashCode(inner);
    }

    @Override
    public Layer instantiate(final NeuralNetConfiguration conf, final Collection<TrainingListener> listeners, final int layerIndex,
        final INDArray parameters, final boolean initialize, final DataType type) {
        return NewLayer.complete(new ImageConvolutionLayer(conf, type), conf, listeners, layerIndex, parameters, initialize);
    }
}
