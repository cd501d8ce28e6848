package org.spectralsignatures.engine.cpu;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.spectralsignatures.engine.cpu.layers.BatchNormLeakyReLU;
import org.spectralsignatures.engine.cpu.layers.ImageConvolution;
import org.spectralsignatures.engine.cpu.layers.ResidualUnit;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Step;

/** Plans as DL4J's configurations. */
final class Graphs {

    private Graphs() {
    }

    /**
     * @param plan of a network
     * @param seed of its initial parameters
     * @param weightDecay lambda of the penalty lambda / 2 * |w|^2 on the kernels
     * @param updater changes the parameters after each batch
     * @param loss of the softmax
     * @return the configuration of an untrained network; inputs are standardised images {@code [n, h, w, c]}
     */
    static ComputationGraphConfiguration configuration(final NetworkPlan plan, final long seed, final double weightDecay, final IUpdater updater,
        final ILossFunction loss) {
        final GraphBuilder graph = start(plan, seed, weightDecay, updater);
        String last = NetworkPlan.INPUT;
        for (Step step : plan.steps()) {
            graph.addLayer(step.name(), layer(step, !last.equals(NetworkPlan.INPUT), loss), last);
            last = step.name();
        }
        return graph.setOutputs(last).build();
    }

    private static GraphBuilder start(final NetworkPlan plan, final long seed, final double weightDecay, final IUpdater updater) {
        return new NeuralNetConfiguration.Builder() //
            .seed(seed) //
            .updater(updater) //
            .l2(weightDecay) //
            .trainingWorkspaceMode(WorkspaceMode.ENABLED) //
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED) //
            .graphBuilder().addInputs(NetworkPlan.INPUT) //
            .setInputTypes(InputType.convolutional(plan.input().height(), plan.input().width(), plan.input().channels(), CNN2DFormat.NHWC));
    }

    private static Layer layer(final Step step, final boolean inner, final ILossFunction loss) {
        if (step instanceof Step.Convolution convolution) {
            return new ImageConvolution(convolution.filters(), convolution.side(), convolution.stride(), start(convolution), inner);
        }
        if (step instanceof Step.NormActivation activation) {
            return norm(activation.norm());
        }
        if (step instanceof Step.ResidualUnit unit) {
            return new ResidualUnit(unit.filters(), unit.stride(), unit.activatedShortcut(), unit.projection(), norm(unit.norm()));
        }
        if (step instanceof Step.MaxPooling) {
            return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX).kernelSize(2, 2).stride(2, 2).dataFormat(CNN2DFormat.NHWC).build();
        }
        if (step instanceof Step.PaddedMaxPooling pooling) {
            return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX).kernelSize(pooling.side(), pooling.side()).stride(2, 2)
                .convolutionMode(ConvolutionMode.Same).dataFormat(CNN2DFormat.NHWC).build();
        }
        if (step instanceof Step.GlobalAveragePooling) {
            return new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
        }
        if (step instanceof Step.Softmax softmax) {
            return new OutputLayer.Builder(loss).nOut(softmax.classes()).activation(Activation.SOFTMAX).weightInit(WeightInit.LECUN_UNIFORM).build();
        }
        throw new IllegalArgumentException("The engine on the processor knows no step such as '%s'.".formatted(step.name()));
    }

    private static IWeightInit start(final Step.Convolution convolution) {
        return switch (convolution.start()) {
            case FAN_OUT -> new WeightInitDistribution(
                new NormalDistribution(0, Math.sqrt(2.0 / (convolution.side() * convolution.side() * convolution.filters()))));
            case FAN_IN -> WeightInit.RELU.getWeightInitFunction();
        };
    }

    private static BatchNormLeakyReLU norm(final Normalisation norm) {
        return new BatchNormLeakyReLU(norm.decay(), norm.eps(), norm.leak());
    }
}
