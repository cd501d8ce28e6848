package org.spectralsignatures.network.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spectralsignatures.network.kernels.Convolution;
import org.spectralsignatures.network.kernels.ConvolutionShape;
import org.spectralsignatures.network.kernels.Convolutions;
import org.spectralsignatures.network.kernels.Floats;
import org.spectralsignatures.network.kernels.NormActivation;
import org.spectralsignatures.network.kernels.Shortcut;

/**
 * The layer of {@link ResidualUnit}. With x of {@code [n, h, w, c]}: a = f1(x), b = conv1(a), d = f2(b),
 * y = conv2(d) + shortcut(x or a), where f is normalisation and rectifier. A training step keeps a, b and d until its
 * backward pass.
 */
final class ResidualUnitLayer extends BaseLayer<ResidualUnit> {

    private static final long serialVersionUID = 1L;

    private final transient Convolutions first = new Convolutions();

    private final transient Convolutions second = new Convolutions();

    private transient NormActivation norm1;

    private transient NormActivation norm2;

    private transient INDArray activated;

    private transient INDArray middle;

    private transient INDArray middleActivated;

    ResidualUnitLayer(final NeuralNetConfiguration conf, final DataType type) {
        super(conf, type);
    }

    private void prepare() {
        if (norm1 == null) {
            final ResidualUnit unit = layerConf();
            norm1 = new NormActivation((int)unit.getNIn(), unit.getLeak(), unit.getEps());
            norm2 = new NormActivation((int)unit.getNOut(), unit.getLeak(), unit.getEps());
        }
    }

    private int filters() {
        return (int)layerConf().getNOut();
    }

    private Convolution convolution1(final INDArray x) {
        return first.of(new ConvolutionShape((int)x.size(0), (int)x.size(1), (int)x.size(2), (int)x.size(3), filters(),
            layerConf().getStride()));
    }

    private Convolution convolution2(final INDArray d) {
        return second.of(new ConvolutionShape((int)d.size(0), (int)d.size(1), (int)d.size(2), filters(), filters(), 1));
    }

    private Shortcut shortcut(final INDArray x) {
        return new Shortcut((int)x.size(0), (int)x.size(1), (int)x.size(2), (int)x.size(3), filters(), layerConf().getStride());
    }

    private INDArray kernels(final int half) {
        return params.get(ResidualUnitParameters.KERNELS + half);
    }

    private float[] vector(final String name, final int half) {
        return params.get(name + half).toFloatVector();
    }

    private void normalise(final int half, final INDArray x, final INDArray y, final boolean training) {
        final NormActivation norm = half == 1 ? norm1 : norm2;
        final float[] gamma = vector(ResidualUnitParameters.GAMMA, half);
        final float[] beta = vector(ResidualUnitParameters.BETA, half);
        if (training) {
            norm.train(Floats.of(x), Floats.of(y), gamma, beta);
        } else {
            norm.infer(Floats.of(x), Floats.of(y), gamma, beta, vector(ResidualUnitParameters.MEAN, half),
                vector(ResidualUnitParameters.VARIANCE, half));
        }
    }

    @Override
    public INDArray activate(final boolean training, final LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        prepare();
        final INDArray x = Floats.dense(input);
        final int stride = layerConf().getStride();
        final long[] shape = {x.size(0), x.size(1) / stride, x.size(2) / stride, filters()};
        // what the backward pass needs lives as long as the activations, else it goes with this layer
        final ArrayType kept = training ? ArrayType.ACTIVATIONS : ArrayType.FF_WORKING_MEM;
        final INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
        final INDArray a = workspaces.createUninitialized(kept, DataType.FLOAT, x.shape(), 'c');
        final INDArray b = workspaces.createUninitialized(kept, DataType.FLOAT, shape, 'c');
        final INDArray d = training ? workspaces.createUninitialized(kept, DataType.FLOAT, shape, 'c') : b;
        normalise(1, x, a, training);
        convolution1(a).forward(a, kernels(1), b, false);
        normalise(2, b, d, training);
        shortcut(x).forward(Floats.of(layerConf().isActivatedShortcut() ? a : x), Floats.of(y));
        convolution2(d).forward(d, kernels(2), y, true);
        activated = training ? a : null;
        middle = training ? b : null;
        middleActivated = training ? d : null;
        return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(final INDArray epsilon, final LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        final var table = new DefaultGradient();
        final INDArray x = Floats.dense(input);
        final INDArray dy = Floats.dense(epsilon);
        final INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, x.shape(), 'c');
        final INDArray db = workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, DataType.FLOAT, middle.shape(), 'c');
        convolution2(middleActivated).backward(middleActivated, kernels(2), dy, db, gradient(table, 2));
        unnormalise(2, middle, db, null, db, table);
        convolution1(activated).backward(activated, kernels(1), db, dx, gradient(table, 1));
        final Shortcut shortcut = shortcut(x);
        INDArray added = dy;
        if (!shortcut.identity()) {
            added = workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, DataType.FLOAT, x.shape(), 'c');
            shortcut.backward(Floats.of(dy), Floats.of(added));
        }
        if (layerConf().isActivatedShortcut()) {
            dx.addi(added);
            added = null;
        }
        unnormalise(1, x, dx, added, dx, table);
        activated = null;
        middle = null;
        middleActivated = null;
        return new Pair<>(table, dx);
    }

    private INDArray gradient(final Gradient table, final int half) {
        final INDArray view = gradientViews.get(ResidualUnitParameters.KERNELS + half);
        table.setGradientFor(ResidualUnitParameters.KERNELS + half, view, 'c');
        return view;
    }

    private void unnormalise(final int half, final INDArray x, final INDArray dy, final INDArray added, final INDArray dx,
        final Gradient table) {
        final NormActivation norm = half == 1 ? norm1 : norm2;
        final float[] gamma = vector(ResidualUnitParameters.GAMMA, half);
        final var gammaGradient = new float[gamma.length];
        final var betaGradient = new float[gamma.length];
        norm.backward(Floats.of(x), Floats.of(dy), added == null ? null : Floats.of(added), Floats.of(dx), gamma,
            vector(ResidualUnitParameters.BETA, half), gammaGradient, betaGradient);
        put(table, ResidualUnitParameters.GAMMA + half, gammaGradient);
        put(table, ResidualUnitParameters.BETA + half, betaGradient);
        final double decay = layerConf().getDecay();
        put(table, ResidualUnitParameters.MEAN + half,
            RunningMoments.step(vector(ResidualUnitParameters.MEAN, half), norm.batchMean(), decay));
        put(table, ResidualUnitParameters.VARIANCE + half,
            RunningMoments.step(vector(ResidualUnitParameters.VARIANCE, half), norm.batchVariance(), decay));
    }

    private void put(final Gradient table, final String name, final float[] values) {
        final INDArray view = gradientViews.get(name);
        Floats.of(view).put(0, values);
        table.setGradientFor(name, view);
    }

    @Override
    public boolean updaterDivideByMinibatch(final String name) {
        return !ResidualUnitParameters.isRunningMoment(name);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
