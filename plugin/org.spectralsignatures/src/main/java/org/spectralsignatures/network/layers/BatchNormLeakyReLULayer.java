package org.spectralsignatures.network.layers;

import java.util.stream.IntStream;

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

/**
 * The layer of {@link BatchNormLeakyReLU}. A channel is the unit of work: its sums run over the images in order, so that
 * results do not depend on the number of threads.
 */
final class BatchNormLeakyReLULayer extends BatchNormalization {

    private static final long serialVersionUID = 1L;

    private transient float[] batchMean;

    private transient float[] batchVariance;

    private transient float[] inverseDeviation;

    BatchNormLeakyReLULayer(final NeuralNetConfiguration conf, final DataType type) {
        super(conf, type);
    }

    private float leak() {
        return (float)((BatchNormLeakyReLU)layerConf()).getLeak();
    }

    @Override
    public INDArray activate(final boolean training, final LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        final INDArray dense = Planes.dense(input);
        final INDArray output = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, dense.shape(), 'c');
        final Planes x = Planes.of(dense);
        final Planes y = Planes.of(output);
        final int images = (int)dense.size(0);
        final int channels = (int)dense.size(1);
        final int size = (int)(dense.size(2) * dense.size(3));
        final float[] gamma = vector(BatchNormalizationParamInitializer.GAMMA);
        final float[] beta = vector(BatchNormalizationParamInitializer.BETA);
        final float[] mean;
        final float[] variance;
        if (training) {
            mean = new float[channels];
            variance = new float[channels];
        } else {
            mean = vector(BatchNormalizationParamInitializer.GLOBAL_MEAN);
            variance = vector(BatchNormalizationParamInitializer.GLOBAL_VAR);
        }
        final float leak = leak();
        final double eps = layerConf().getEps();
        final var inverse = new float[channels];
        IntStream.range(0, channels).parallel().forEach(c -> {
            final var plane = new float[size];
            if (training) {
                moments(x, c, images, plane, mean, variance);
            }
            inverse[c] = (float)(1 / Math.sqrt(variance[c] + eps));
            final float scale = gamma[c] * inverse[c];
            final float shift = beta[c] - mean[c] * scale;
            for (int i = 0; i < images; i++) {
                x.read(i, c, plane);
                for (int k = 0; k < size; k++) {
                    final float z = plane[k] * scale + shift;
                    plane[k] = Math.max(z, leak * z);
                }
                y.write(i, c, plane);
            }
        });
        if (training) {
            batchMean = mean;
            inverseDeviation = inverse;
            batchVariance = variance;
        }
        return output;
    }

    /** Mean and (biased) variance of a channel over the batch; each plane is shifted by its first value against cancellation. */
    private static void moments(final Planes x, final int channel, final int images, final float[] plane, final float[] mean,
        final float[] variance) {
        final int size = plane.length;
        x.read(0, channel, plane);
        final float shift = plane[0];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < images; i++) {
            x.read(i, channel, plane);
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float q0 = 0;
            float q1 = 0;
            float q2 = 0;
            float q3 = 0;
            int k = 0;
            for (; k + 3 < size; k += 4) {
                final float a = plane[k] - shift;
                final float b = plane[k + 1] - shift;
                final float c = plane[k + 2] - shift;
                final float d = plane[k + 3] - shift;
                s0 += a;
                s1 += b;
                s2 += c;
                s3 += d;
                q0 += a * a;
                q1 += b * b;
                q2 += c * c;
                q3 += d * d;
            }
            for (; k < size; k++) {
                final float a = plane[k] - shift;
                s0 += a;
                q0 += a * a;
            }
            sum += (double)s0 + s1 + s2 + s3;
            squares += (double)q0 + q1 + q2 + q3;
        }
        final double n = (double)images * size;
        final double centre = sum / n;
        mean[channel] = (float)(centre + shift);
        variance[channel] = (float)Math.max(0, squares / n - centre * centre);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(final INDArray epsilon, final LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        final INDArray dense = Planes.dense(input);
        final INDArray denseGradient = Planes.dense(epsilon);
        final INDArray result = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, dense.shape(), 'c');
        final Planes x = Planes.of(dense);
        final Planes dy = Planes.of(denseGradient);
        final Planes dx = Planes.of(result);
        final int images = (int)dense.size(0);
        final int channels = (int)dense.size(1);
        final int size = (int)(dense.size(2) * dense.size(3));
        final float[] gamma = vector(BatchNormalizationParamInitializer.GAMMA);
        final float[] beta = vector(BatchNormalizationParamInitializer.BETA);
        final var gammaGradient = new float[channels];
        final var betaGradient = new float[channels];
        final float leak = leak();
        IntStream.range(0, channels).parallel().forEach(c -> new ChannelGradient(gamma[c], beta[c], batchMean[c], inverseDeviation[c],
            leak, images, size).run(x, dy, dx, c, gammaGradient, betaGradient));
        return new Pair<>(gradients(gammaGradient, betaGradient), result);
    }

    private Gradient gradients(final float[] gammaGradient, final float[] betaGradient) {
        // DL4J subtracts the "gradient" of the running moments from them as it is
        final double step = 1 - layerConf().getDecay();
        final float[] mean = vector(BatchNormalizationParamInitializer.GLOBAL_MEAN);
        final float[] variance = vector(BatchNormalizationParamInitializer.GLOBAL_VAR);
        for (int c = 0; c < mean.length; c++) {
            mean[c] = (float)(step * (mean[c] - batchMean[c]));
            variance[c] = (float)(step * (variance[c] - batchVariance[c]));
        }
        final var table = new DefaultGradient();
        put(table, BatchNormalizationParamInitializer.GAMMA, gammaGradient);
        put(table, BatchNormalizationParamInitializer.BETA, betaGradient);
        put(table, BatchNormalizationParamInitializer.GLOBAL_MEAN, mean);
        put(table, BatchNormalizationParamInitializer.GLOBAL_VAR, variance);
        return table;
    }

    private void put(final Gradient table, final String name, final float[] values) {
        final INDArray view = gradientViews.get(name);
        for (int c = 0; c < values.length; c++) {
            view.putScalar(c, values[c]);
        }
        table.setGradientFor(name, view);
    }

    private float[] vector(final String name) {
        return params.get(name).toFloatVector();
    }
}
