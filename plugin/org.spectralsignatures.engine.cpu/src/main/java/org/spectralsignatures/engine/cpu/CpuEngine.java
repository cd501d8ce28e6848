package org.spectralsignatures.engine.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.MemoryNeed;
import org.spectralsignatures.engine.PlanSession;
import org.spectralsignatures.engine.Products;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.engine.cpu.kernels.Floats;
import org.spectralsignatures.network.plan.NetworkPlan;

/** Networks on the processor, by Deeplearning4j, ND4J, oneDNN and OpenBLAS. */
public final class CpuEngine implements Engine {

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String problem() {
        try (var scope = Backend.enter()) {
            return "";
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    @Override
    public String describe() {
        return Backend.describe();
    }

    @Override
    public FloatBuffer initial(final NetworkPlan plan, final long seed) {
        try (var scope = Backend.enter()) {
            final var graph = new ComputationGraph(Graphs.configuration(plan, seed, 0, new HeavyBall(0, new CurrentRate()), new CountingCrossEntropy()));
            graph.init();
            try {
                final FloatBuffer values = Floats.of(graph.params());
                final FloatBuffer copy = ByteBuffer.allocateDirect(Math.multiplyExact(values.capacity(), Float.BYTES)).order(ByteOrder.nativeOrder()).asFloatBuffer();
                return copy.put(0, values, 0, values.capacity());
            } finally {
                graph.close();
            }
        }
    }

    @Override
    public PlanSession open(final NetworkPlan plan, final FloatBuffer parameters) {
        return train(plan, parameters, 0, 0);
    }

    @Override
    public TrainingSession train(final NetworkPlan plan, final FloatBuffer parameters, final double momentum, final double weightDecay) {
        try (var scope = Backend.enter()) {
            return new CpuSession(plan, parameters, momentum, weightDecay);
        }
    }

    @Override
    public MemoryNeed trainingMemory(final NetworkPlan plan) {
        try (var scope = Backend.enter()) {
            return CpuMemory.training(plan);
        }
    }

    @Override
    public long freeMemory() {
        try (var scope = Backend.enter()) {
            return CpuMemory.free();
        }
    }

    @Override
    public Products products() {
        return new OpenBlasProducts();
    }
}
