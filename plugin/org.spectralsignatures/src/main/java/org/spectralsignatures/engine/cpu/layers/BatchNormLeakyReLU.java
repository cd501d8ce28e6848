package org.spectralsignatures.engine.cpu.layers;

import java.util.Collection;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of a layer that normalises each channel over the batch (Ioffe and Szegedy 2015) and applies a leaky
 * rectifier, y = max(z, leak * z), in one pass over the data. Parameters and their names are those of DL4J's own layer.
 */
public final class BatchNormLeakyReLU extends BatchNormalization {

    private static final long serialVersionUID = 1L;

    private double leak;

    /** For JSON. */
    public BatchNormLeakyReLU() {
        setUseLogStd(false);
        setMinibatch(true);
        setGamma(1);
        setBeta(0);
    }

    /**
     * @param decay of the running mean and variance, .9 in the paper's network
     * @param eps added to the variance
     * @param leak slope for negative values, .1 in the paper's network
     */
    public BatchNormLeakyReLU(final double decay, final double eps, final double leak) {
        this();
        setDecay(decay);
        setEps(eps);
        this.leak = leak;
    }

    /** @return slope for negative values */
    public double getLeak() {
        return leak;
    }

    /** @param leak slope for negative values */
    public void setLeak(final double leak) {
        this.leak = leak;
    }

    @Override
    public Layer instantiate(final NeuralNetConfiguration conf, final Collection<TrainingListener> listeners, final int layerIndex,
        final INDArray parameters, final boolean initialize, final DataType type) {
        return NewLayer.complete(new BatchNormLeakyReLULayer(conf, type), conf, listeners, layerIndex, parameters, initialize);
    }

    @Override
    public BatchNormLeakyReLU clone() { // NOSONAR DL4J clones configurations
        return (BatchNormLeakyReLU)super.clone();
    }

    @Override
    public boolean equals(final Object other) {
        return super.equals(other) && other instanceof BatchNormLeakyReLU that && that.leak == leak;
    }

    @Override
    protected boolean canEqual(final Object other) {
        return other instanceof BatchNormLeakyReLU;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + Double.hashCode(leak);
    }
}
