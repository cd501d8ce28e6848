package org.spectralsignatures.benchmarks;

import java.util.concurrent.TimeUnit;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.spectralsignatures.engine.cpu.Backend;
import org.spectralsignatures.engine.cpu.kernels.Convolution;
import org.spectralsignatures.engine.cpu.kernels.ConvolutionShape;
import org.spectralsignatures.engine.cpu.kernels.Convolutions;
import org.spectralsignatures.engine.cpu.kernels.Floats;
import org.spectralsignatures.engine.cpu.kernels.Lanes;
import org.spectralsignatures.engine.cpu.kernels.NormActivation;
import org.spectralsignatures.engine.cpu.kernels.Shortcut;

/** The kernels of a residual unit on a batch of 128 in each of the three groups of the paper's network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class KernelBenchmark {

    private static final int BATCH = 128;

    /** Side of the images; the filters follow. */
    @Param({"32", "16", "8"})
    public int side;

    private Convolution convolution;

    private Lanes lanes;

    private NormActivation norm;

    private Shortcut shortcut;

    private INDArray x;

    private INDArray y;

    private INDArray dx;

    private INDArray dy;

    private INDArray weights;

    private INDArray gradient;

    private float[] gamma;

    private float[] beta;

    /** Makes the arrays. */
    @Setup
    public void setUp() {
        Backend.enter();
        final int filters = 512 / side;
        convolution = new Convolutions().of(new ConvolutionShape(BATCH, side, side, filters, filters, 1));
        lanes = new Lanes(BATCH);
        norm = new NormActivation(lanes.count(), filters, .1, 1e-3);
        shortcut = new Shortcut(side, side, filters, 2 * filters, 2);
        x = Nd4j.randn(BATCH, side, side, filters);
        y = Nd4j.randn(BATCH, side, side, filters);
        dx = Nd4j.randn(BATCH, side, side, filters);
        dy = Nd4j.randn(BATCH, side, side, filters);
        weights = Nd4j.randn(filters, filters, 3, 3);
        gradient = Nd4j.randn(filters, filters, 3, 3);
        gamma = new float[filters];
        beta = new float[filters];
        java.util.Arrays.fill(gamma, 1);
        normForward();
        convolution.weights(weights);
        convolution.backwardWeights(weights);
    }

    /** A convolution. */
    @Benchmark
    public void convolutionForward() {
        lanes.run(lane -> convolution.forward(lane, x, y, false));
    }

    /** Both gradients of a convolution. */
    @Benchmark
    public void convolutionBackward() {
        lanes.run(lane -> convolution.backward(lane, x, dy, dx));
        convolution.gradient(x, dy, gradient);
    }

    private int first(final int lane) {
        return side * side * lanes.first(lane);
    }

    /** Normalisation and rectifier in training. */
    @Benchmark
    public void normForward() {
        lanes.run(lane -> norm.addMoments(lane, Floats.of(x), first(lane), first(lane + 1)));
        norm.useBatchMoments(gamma, beta);
        lanes.run(lane -> norm.apply(Floats.of(x), Floats.of(y), first(lane), first(lane + 1)));
    }

    /** Their gradients. */
    @Benchmark
    public void normBackward() {
        lanes.run(lane -> norm.addGradients(lane, Floats.of(x), Floats.of(dy), Floats.of(dx), first(lane), first(lane + 1)));
        norm.finishGradients(new float[gamma.length], new float[gamma.length]);
        lanes.run(lane -> norm.applyGradients(Floats.of(x), Floats.of(dx), null, Floats.of(dx), first(lane), first(lane + 1)));
    }

    /** The shortcut of a unit that halves the image. */
    @Benchmark
    public void shortcutForward() {
        lanes.run(lane -> shortcut.forward(Floats.of(x), Floats.of(y), lanes.first(lane), lanes.first(lane + 1)));
    }
}
