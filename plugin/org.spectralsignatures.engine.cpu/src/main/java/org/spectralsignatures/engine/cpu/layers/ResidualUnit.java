package org.spectralsignatures.engine.cpu.layers;

import java.util.Collection;
import java.util.List;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Configuration of a pre-activation residual unit (He et al. 2016) on images {@code [n, h, w, c]}: twice batch normalisation,
 * leaky rectifier and 3 x 3 convolution, plus a shortcut without parameters or a projection. The first convolution and the projection have the stride.
 */
public final class ResidualUnit extends FeedForwardLayer {

    private static final long serialVersionUID = 1L;

    private int stride;

    private boolean activatedShortcut;

    private boolean projection;

    private double decay;

    private double eps;

    private double leak;

    /** For JSON. */
    public ResidualUnit() {
    }

    /**
     * @param filters channels of the output, at least those of the input
     * @param stride 1, or 2 to halve the image
     * @param activatedShortcut whether the shortcut starts after the first rectifier, as in the network's first unit
     * @param projection whether the shortcut is a 1 x 1 convolution of what comes after the first rectifier
     * @param norm the constants of both normalisations
     */
    public ResidualUnit(final int filters, final int stride, final boolean activatedShortcut, final boolean projection,
        final BatchNormLeakyReLU norm) {
        this.stride = stride;
        this.activatedShortcut = activatedShortcut;
        this.projection = projection;
        decay = norm.getDecay();
        eps = norm.getEps();
        leak = norm.getLeak();
        setNOut(filters);
        setActivationFn(new ActivationIdentity());
    }

    @Override
    public Layer instantiate(final NeuralNetConfiguration conf, final Collection<TrainingListener> listeners, final int layerIndex,
        final INDArray parameters, final boolean initialize, final DataType type) {
        return NewLayer.complete(new ResidualUnitLayer(conf, type), conf, listeners, layerIndex, parameters, initialize);
    }

    @Override
    public ParamInitializer initializer() {
        return ResidualUnitParameters.INSTANCE;
    }

    @Override
    public InputType getOutputType(final int layerIndex, final InputType type) {
        final var images = images(type);
        if (!projection && images.getChannels() > nOut) {
            throw new InvalidInputTypeException("A unit of stride %d with %d filters cannot take %s.".formatted(stride, nOut, images));
        }
        return InputType.convolutional((images.getHeight() + stride - 1) / stride, (images.getWidth() + stride - 1) / stride, nOut, CNN2DFormat.NHWC);
    }

    private static InputType.InputTypeConvolutional images(final InputType type) {
        if (type instanceof InputType.InputTypeConvolutional images && images.getFormat() == CNN2DFormat.NHWC) {
            return images;
        }
        throw new InvalidInputTypeException("A residual unit takes images in NHWC order, not " + type + ".");
    }

    @Override
    public void setNIn(final InputType type, final boolean override) {
        if (nIn <= 0 || override) {
            nIn = images(type).getChannels();
        }
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(final InputType type) {
        return null; // takes images as they are
    }

    @Override
    public List<Regularization> getRegularizationByParam(final String name) {
        return ResidualUnitParameters.isKernel(name) ? regularization : List.of();
    }

    @Override
    public IUpdater getUpdaterByParam(final String name) {
        return ResidualUnitParameters.isRunningMoment(name) ? new NoOp() : super.getUpdaterByParam(name);
    }

    @Override
    public LayerMemoryReport getMemoryReport(final InputType type) {
        final long parameters = initializer().numParams(this);
        final long values = getOutputType(0, type).arrayElementsPerExample();
        return new LayerMemoryReport.Builder(layerName, ResidualUnit.class, type, getOutputType(0, type))
            .standardMemory(parameters, parameters).workingMemory(0, 0, 0, 3 * values).cacheMemory(0, 0).build();
    }

    /** @return 1 or 2 */
    public int getStride() {
        return stride;
    }

    /** @param stride 1 or 2 */
    public void setStride(final int stride) {
        this.stride = stride;
    }

    /** @return whether the shortcut starts after the first rectifier */
    public boolean isActivatedShortcut() {
        return activatedShortcut;
    }

    /** @param activatedShortcut whether the shortcut starts after the first rectifier */
    public void setActivatedShortcut(final boolean activatedShortcut) {
        this.activatedShortcut = activatedShortcut;
    }

    /** @return whether the shortcut is a 1 x 1 convolution */
    public boolean isProjection() {
        return projection;
    }

    /** @param projection whether the shortcut is a 1 x 1 convolution */
    public void setProjection(final boolean projection) {
        this.projection = projection;
    }

    /** @return decay of the running moments */
    public double getDecay() {
        return decay;
    }

    /** @param decay of the running moments */
    public void setDecay(final double decay) {
        this.decay = decay;
    }

    /** @return what is added to the variance */
    public double getEps() {
        return eps;
    }

    /** @param eps added to the variance */
    public void setEps(final double eps) {
        this.eps = eps;
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
    public ResidualUnit clone() { // NOSONAR DL4J clones configurations
        return (ResidualUnit)super.clone();
    }

    @Override
    public boolean equals(final Object other) {
        return super.equals(other) && other instanceof ResidualUnit that && that.stride == stride
            && that.activatedShortcut == activatedShortcut && that.projection == projection && that.decay == decay && that.eps == eps
            && that.leak == leak;
    }

    @Override
    protected boolean canEqual(final Object other) {
        return other instanceof ResidualUnit;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + stride;
    }
}
