package org.spectralsignatures.network.layers;

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
import org.spectralsignatures.network.kernels.Floats;
import org.spectralsignatures.network.kernels.NormActivation;

/** The layer of {@link BatchNormLeakyReLU}. */
final class BatchNormLeakyReLULayer extends BatchNormalization {

    private static final long serialVersionUID = 1L;

    private transient NormActivation kernel;

    BatchNormLeakyReLULayer(final NeuralNetConfiguration conf, final DataType type) {
        super(conf, type);
    }

    private NormActivation kernel() {
        if (kernel == null) {
            final var configuration = (BatchNormLeakyReLU)layerConf();
            kernel = new NormActivation((int)configuration.getNOut(), configuration.getLeak(), configuration.getEps());
        }
        return kernel;
    }

    @Override
    public INDArray activate(final boolean training, final LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        final INDArray x = Floats.dense(input);
        final INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, x.shape(), 'c');
        final float[] gamma = vector(BatchNormalizationParamInitializer.GAMMA);
        final float[] beta = vector(BatchNormalizationParamInitializer.BETA);
        if (training) {
            kernel().train(Floats.of(x), Floats.of(y), gamma, beta);
        } else {
            kernel().infer(Floats.of(x), Floats.of(y), gamma, beta, vector(BatchNormalizationParamInitializer.GLOBAL_MEAN),
                vector(BatchNormalizationParamInitializer.GLOBAL_VAR));
        }
        return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(final INDArray epsilon, final LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        final INDArray x = Floats.dense(input);
        final INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, x.shape(), 'c');
        final float[] gamma = vector(BatchNormalizationParamInitializer.GAMMA);
        final var gammaGradient = new float[gamma.length];
        final var betaGradient = new float[gamma.length];
        kernel().backward(Floats.of(x), Floats.of(Floats.dense(epsilon)), null, Floats.of(dx), gamma,
            vector(BatchNormalizationParamInitializer.BETA), gammaGradient, betaGradient);
        final var table = new DefaultGradient();
        put(table, BatchNormalizationParamInitializer.GAMMA, gammaGradient);
        put(table, BatchNormalizationParamInitializer.BETA, betaGradient);
        final double decay = layerConf().getDecay();
        put(table, BatchNormalizationParamInitializer.GLOBAL_MEAN,
            RunningMoments.step(vector(BatchNormalizationParamInitializer.GLOBAL_MEAN), kernel().batchMean(), decay));
        put(table, BatchNormalizationParamInitializer.GLOBAL_VAR,
            RunningMoments.step(vector(BatchNormalizationParamInitializer.GLOBAL_VAR), kernel().batchVariance(), decay));
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
