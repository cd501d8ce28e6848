package org.spectralsignatures.engine.cpu.layers;

import java.nio.FloatBuffer;
import java.util.function.IntConsumer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
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
import org.spectralsignatures.engine.cpu.kernels.NormActivation;
import org.spectralsignatures.engine.cpu.kernels.Shortcut;

/**
 * The layer of {@link ResidualUnit}. With x of {@code [n, h, w, c]}: a = f1(x), b = conv1(a), d = f2(b),
 * y = conv2(d) + shortcut(x or a), where f is normalisation and rectifier and the shortcut may be a convolution of a. Each lane of the batch goes as far as it can
 * without the sums of the others. A training step keeps a, b and d until its backward pass.
 */
final class ResidualUnitLayer extends BaseLayer<ResidualUnit> {

    private static final long serialVersionUID = 1L;

    private final transient Convolutions first = new Convolutions();

    private final transient Convolutions second = new Convolutions();

    private final transient Convolutions projections = new Convolutions();

    private transient Lanes lanes;

    private transient NormActivation norm1;

    private transient NormActivation norm2;

    private transient INDArray activated;

    private transient INDArray middle;

    private transient INDArray middleActivated;

    ResidualUnitLayer(final NeuralNetConfiguration conf, final DataType type) {
        super(conf, type);
    }

    private void prepare(final Lanes newLanes) {
        if (!newLanes.equals(lanes)) {
            final ResidualUnit unit = layerConf();
            lanes = newLanes;
            norm1 = new NormActivation(lanes.count(), (int)unit.getNIn(), unit.getLeak(), unit.getEps());
            norm2 = new NormActivation(lanes.count(), (int)unit.getNOut(), unit.getLeak(), unit.getEps());
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

    /** The projection; null if the shortcut is none. */
    private Convolution projection(final INDArray a) {
        return layerConf().isProjection() ? projections.of(new ConvolutionShape((int)a.size(0), (int)a.size(1), (int)a.size(2), (int)a.size(3),
            filters(), 1, layerConf().getStride())) : null;
    }

    private Shortcut shortcut(final INDArray x) {
        return new Shortcut((int)x.size(1), (int)x.size(2), (int)x.size(3), filters(), layerConf().getStride());
    }

    private INDArray kernels(final int half) {
        return params.get(ResidualUnitParameters.KERNELS + half);
    }

    private INDArray projectionKernels() {
        return params.get(ResidualUnitParameters.PROJECTION);
    }

    private float[] vector(final String name, final int half) {
        return params.get(name + half).toFloatVector();
    }

    private void useMoments(final NormActivation norm, final int half, final boolean training) {
        final float[] gamma = vector(ResidualUnitParameters.GAMMA, half);
        final float[] beta = vector(ResidualUnitParameters.BETA, half);
        if (training) {
            norm.useBatchMoments(gamma, beta);
        } else {
            norm.useMoments(gamma, beta, vector(ResidualUnitParameters.MEAN, half), vector(ResidualUnitParameters.VARIANCE, half));
        }
    }

    /** Pixels of an image in an array {@code [n, h, w, c]}. */
    private static int pixels(final INDArray array) {
        return (int)(array.size(1) * array.size(2));
    }

    @Override
    public INDArray activate(final boolean training, final LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        final INDArray x = Floats.dense(input);
        prepare(new Lanes((int)x.size(0)));
        final int stride = layerConf().getStride();
        final long[] shape = {x.size(0), (x.size(1) + stride - 1) / stride, (x.size(2) + stride - 1) / stride, filters()};
        // what the backward pass needs lives as long as the activations, else it goes with this layer
        final ArrayType kept = training ? ArrayType.ACTIVATIONS : ArrayType.FF_WORKING_MEM;
        final INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
        final INDArray a = workspaces.createUninitialized(kept, DataType.FLOAT, x.shape(), 'c');
        final INDArray b = workspaces.createUninitialized(kept, DataType.FLOAT, shape, 'c');
        final INDArray d = training ? workspaces.createUninitialized(kept, DataType.FLOAT, shape, 'c') : b;
        forward(x, a, b, d, y, training);
        activated = training ? a : null;
        middle = training ? b : null;
        middleActivated = training ? d : null;
        return y;
    }

    private void forward(final INDArray x, final INDArray a, final INDArray b, final INDArray d, final INDArray y, final boolean training) {
        final int before = pixels(x);
        final int after = pixels(y);
        final FloatBuffer xs = Floats.of(x);
        final FloatBuffer as = Floats.of(a);
        final FloatBuffer bs = Floats.of(b);
        final FloatBuffer ds = Floats.of(d);
        final FloatBuffer ys = Floats.of(y);
        final Convolution convolution1 = convolution1(a);
        final Convolution convolution2 = convolution2(d);
        final Convolution projection = projection(a);
        final Shortcut shortcut = shortcut(x);
        convolution1.weights(kernels(1));
        convolution2.weights(kernels(2));
        if (projection != null) {
            projection.weights(projectionKernels());
        }
        final IntConsumer firstHalf = lane -> {
            norm1.apply(xs, as, before * lanes.first(lane), before * lanes.first(lane + 1));
            convolution1.forward(lane, a, b, false);
        };
        final IntConsumer secondHalf = lane -> {
            norm2.apply(bs, ds, after * lanes.first(lane), after * lanes.first(lane + 1));
            if (projection == null) {
                shortcut.forward(layerConf().isActivatedShortcut() ? as : xs, ys, lanes.first(lane), lanes.first(lane + 1));
            } else {
                projection.forward(lane, a, y, false);
            }
            convolution2.forward(lane, d, y, true);
        };
        if (training) {
            lanes.run(lane -> norm1.addMoments(lane, xs, before * lanes.first(lane), before * lanes.first(lane + 1)));
            useMoments(norm1, 1, true);
            lanes.run(lane -> {
                firstHalf.accept(lane);
                norm2.addMoments(lane, bs, after * lanes.first(lane), after * lanes.first(lane + 1));
            });
            useMoments(norm2, 2, true);
            lanes.run(secondHalf);
        } else {
            useMoments(norm1, 1, false);
            useMoments(norm2, 2, false);
            lanes.run(firstHalf.andThen(secondHalf));
        }
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(final INDArray epsilon, final LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        final var table = new DefaultGradient();
        final INDArray x = Floats.dense(input);
        final INDArray dy = Floats.dense(epsilon);
        final INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, x.shape(), 'c');
        final INDArray db = workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, DataType.FLOAT, middle.shape(), 'c');
        final boolean passed = !layerConf().isProjection() && shortcut(x).identity();
        final INDArray added =
            passed ? dy : workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, DataType.FLOAT, x.shape(), 'c');
        backward(x, dy, db, added, dx, table);
        activated = null;
        middle = null;
        middleActivated = null;
        return new Pair<>(table, dx);
    }

    private void backward(final INDArray x, final INDArray dy, final INDArray db, final INDArray added, final INDArray dx, final Gradient table) {
        final int before = pixels(x);
        final int after = pixels(dy);
        final FloatBuffer xs = Floats.of(x);
        final FloatBuffer bs = Floats.of(middle);
        final FloatBuffer dbs = Floats.of(db);
        final FloatBuffer dys = Floats.of(dy);
        final FloatBuffer dxs = Floats.of(dx);
        final FloatBuffer addeds = Floats.of(added);
        final Convolution convolution1 = convolution1(activated);
        final Convolution convolution2 = convolution2(middleActivated);
        final Convolution projection = projection(activated);
        final Shortcut shortcut = shortcut(x);
        final boolean activatedShortcut = layerConf().isActivatedShortcut();
        convolution2.backwardWeights(kernels(2));
        lanes.run(lane -> {
            convolution2.backward(lane, middleActivated, dy, db);
            norm2.addGradients(lane, bs, dbs, dbs, after * lanes.first(lane), after * lanes.first(lane + 1));
        });
        convolution2.gradient(middleActivated, dy, gradient(table, 2));
        finish(norm2, 2, table);
        convolution1.backwardWeights(kernels(1));
        if (projection != null) {
            projection.backwardWeights(projectionKernels());
        }
        lanes.run(lane -> {
            norm2.applyGradients(bs, dbs, null, dbs, after * lanes.first(lane), after * lanes.first(lane + 1));
            convolution1.backward(lane, activated, db, dx);
            if (projection != null) {
                projection.backward(lane, activated, dy, added);
            } else if (!shortcut.identity()) {
                shortcut.backward(dys, addeds, lanes.first(lane), lanes.first(lane + 1));
            }
            if (activatedShortcut) {
                Floats.add(dxs, addeds, before * (int)x.size(3) * lanes.first(lane), before * (int)x.size(3) * lanes.first(lane + 1));
            }
            norm1.addGradients(lane, xs, dxs, dxs, before * lanes.first(lane), before * lanes.first(lane + 1));
        });
        convolution1.gradient(activated, db, gradient(table, 1));
        if (projection != null) {
            projection.gradient(activated, dy, gradient(table, ResidualUnitParameters.PROJECTION));
        }
        finish(norm1, 1, table);
        lanes.run(lane -> norm1.applyGradients(xs, dxs, activatedShortcut ? null : addeds, dxs, before * lanes.first(lane),
            before * lanes.first(lane + 1)));
    }

    private INDArray gradient(final Gradient table, final int half) {
        return gradient(table, ResidualUnitParameters.KERNELS + half);
    }

    private INDArray gradient(final Gradient table, final String name) {
        final INDArray view = gradientViews.get(name);
        table.setGradientFor(name, view, 'c');
        return view;
    }

    private void finish(final NormActivation norm, final int half, final Gradient table) {
        final int channels = norm.batchMean().length;
        final var gammaGradient = new float[channels];
        final var betaGradient = new float[channels];
        norm.finishGradients(gammaGradient, betaGradient);
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
