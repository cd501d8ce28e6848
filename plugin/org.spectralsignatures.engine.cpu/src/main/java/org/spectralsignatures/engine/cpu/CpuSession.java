package org.spectralsignatures.engine.cpu;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;

import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.engine.cpu.kernels.Floats;
import org.spectralsignatures.network.plan.NetworkPlan;

/** A network as a graph of DL4J. */
final class CpuSession implements TrainingSession {

    /** Steps between two collections of Java's garbage, which also frees native arrays that DL4J leaves to it. */
    private static final int STEPS_PER_COLLECTION = 25;

    private final NetworkPlan plan;

    private final CurrentRate rate = new CurrentRate();

    private final CountingCrossEntropy loss = new CountingCrossEntropy();

    private final ComputationGraph graph;

    private int steps;

    /** For the thread that is in a scope of the backend. */
    CpuSession(final NetworkPlan plan, final FloatBuffer parameters, final double momentum, final double weightDecay) {
        this.plan = plan;
        graph = new ComputationGraph(Graphs.configuration(plan, 0, weightDecay, new HeavyBall(momentum, rate), loss));
        final int size = Math.toIntExact(plan.size());
        try (INDArray copy = Nd4j.createUninitialized(DataType.FLOAT, size)) {
            Floats.of(copy).put(0, parameters, parameters.position(), size);
            graph.init(copy, true);
        }
    }

    @Override
    public Batch batch(final int capacity) {
        try (var scope = Backend.enter()) {
            return new CpuBatch(capacity, plan.input(), plan.classes());
        }
    }

    @Override
    public int fitting(final int images) {
        return CpuMemory.fitting(plan, images);
    }

    @Override
    public int step(final Batch images, final int count, final double learningRate, final double[] losses) {
        try (var scope = Backend.enter()) {
            final var batch = (CpuBatch)images;
            rate.set(learningRate);
            loss.tell(losses);
            graph.fit(new DataSet(batch.images(count), batch.labels(count)));
            if (++steps % STEPS_PER_COLLECTION == 0) {
                System.gc(); // NOSONAR measured: without it resident memory grows by 8 to 20 MB a step
            }
            return loss.correct();
        }
    }

    @Override
    public void activations(final String step, final Batch images, final int count, final Consumer<FloatBuffer> reader) {
        final var configuration = graph.getConfiguration();
        final WorkspaceMode mode = configuration.getInferenceWorkspaceMode();
        try (var scope = Backend.enter()) {
            if (step.equals(plan.steps().get(0).name())) {
                configuration.setInferenceWorkspaceMode(WorkspaceMode.NONE); // DL4J leaves a workspace open after the first layer
            }
            final INDArray[] outputs = graph.output(List.of(step), false, new INDArray[]{((CpuBatch)images).images(count)}, null);
            try (INDArray activations = outputs[0]) {
                reader.accept(Floats.of(activations.rank() == 4 ? Floats.dense(activations) : activations.dup('c')));
            }
        } finally {
            configuration.setInferenceWorkspaceMode(mode);
        }
    }

    @Override
    public void probabilities(final Batch images, final int count, final float[] target, final int offset) {
        try (var scope = Backend.enter(); INDArray output = graph.outputSingle(((CpuBatch)images).images(count))) {
            System.arraycopy(output.dup('c').data().asFloat(), 0, target, offset, count * plan.classes());
        }
    }

    @Override
    public FloatBuffer parameters() {
        return Floats.of(graph.params()).asReadOnlyBuffer();
    }

    @Override
    public FloatBuffer velocity() {
        try (var scope = Backend.enter()) {
            return new HeavyBallState(graph).get(Math.toIntExact(plan.size())).asReadOnlyBuffer();
        }
    }

    @Override
    public void velocity(final FloatBuffer values) {
        try (var scope = Backend.enter()) {
            new HeavyBallState(graph).set(values);
        }
    }

    @Override
    public void close() {
        graph.close();
    }
}
