package org.spectralsignatures.engine.cpu.layers;

import java.nio.FloatBuffer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spectralsignatures.engine.cpu.kernels.Floats;
import org.spectralsignatures.engine.cpu.kernels.Lanes;
import org.spectralsignatures.engine.cpu.kernels.NormActivation;

/** The layer of {@link BatchNormLeakyReLU}. */
final class BatchNormLeakyReLULayer extends BatchNormalization {

    private static final long serialVersionUID = 1L;

    private transient Lanes lanes;

    private transient NormActivation kernel;

    BatchNormLeakyReLULayer(final NeuralNetConfiguration conf, final DataType type) {
        super(conf, type);
    }

    private void prepare(final INDArray x) {
        final var newLanes = new Lanes((int)x.size(0));
        if (!newLanes.equals(lanes)) {
            final var configuration = (BatchNormLeakyReLU)layerConf();
            lanes = newLanes;
            kernel = new NormActivation(lanes.count(), (int)configuration.getNOut(), configuration.getLeak(), configuration.getEps());
        }
    }

    @Override
    public INDArray activate(final boolean training, final LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        final INDArray x = Floats.dense(input);
        prepare(x);
        final INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, x.shape(), 'c');
        final int pixels = (int)(x.size(1) * x.size(2));
        final FloatBuffer xs = Floats.of(x);
        final FloatBuffer ys = Floats.of(y);
        final float[] gamma = vector(BatchNormalizationParamInitializer.GAMMA);
        final float[] beta = vector(BatchNormalizationParamInitializer.BETA);
        if (training) {
            lanes.run(lane -> kernel.addMoments(lane, xs, pixels * lanes.first(lane), pixels * lanes.first(lane + 1)));
            kernel.useBatchMoments(gamma, beta);
        } else {
            kernel.useMoments(gamma, beta, vector(BatchNormalizationParamInitializer.GLOBAL_MEAN),
                vector(BatchNormalizationParamInitializer.GLOBAL_VAR));
        }
        lanes.run(lane -> kernel.apply(xs, ys, pixels * lanes.first(lane), pixels * lanes.first(lane + 1)));
        return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(final INDArray epsilon, final LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        final INDArray x = Floats.dense(input);
        final INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, x.shape(), 'c');
        final int pixels = (int)(x.size(1) * x.size(2));
        final FloatBuffer xs = Floats.of(x);
        final FloatBuffer dys = Floats.of(Floats.dense(epsilon));
        final FloatBuffer dxs = Floats.of(dx);
        final var gammaGradient = new float[kernel.batchMean().length];
        final var betaGradient = new float[gammaGradient.length];
        lanes.run(lane -> kernel.addGradients(lane, xs, dys, dxs, pixels * lanes.first(lane), pixels * lanes.first(lane + 1)));
        kernel.finishGradients(gammaGradient, betaGradient);
        lanes.run(lane -> kernel.applyGradients(xs, dxs, null, dxs, pixels * lanes.first(lane), pixels * lanes.first(lane + 1)));
        final var table = new DefaultGradient();
        put(table, BatchNormalizationParamInitializer.GAMMA, gammaGradient);
        put(table, BatchNormalizationParamInitializer.BETA, betaGradient);
        final double decay = layerConf().getDecay();
        put(table, BatchNormalizationParamInitializer.GLOBAL_MEAN,
            RunningMoments.step(vector(BatchNormalizationParamInitializer.GLOBAL_MEAN), kernel.batchMean(), decay));
        put(table, BatchNormalizationParamInitializer.GLOBAL_VAR,
            RunningMoments.step(vector(BatchNormalizationParamInitializer.GLOBAL_VAR), kernel.batchVariance(), decay));
        return new Pair<>(table, dx);
    }

    private void put(final Gradient table, final String name, final float[] values) {
        final INDArray view = gradientViews.get(name);
        Floats.of(view).put(0, values);
        table.setGradientFor(name, view);
    }

    private float[] vector(final String name) {
        return params.get(name).toFloatVector();
    }
}
