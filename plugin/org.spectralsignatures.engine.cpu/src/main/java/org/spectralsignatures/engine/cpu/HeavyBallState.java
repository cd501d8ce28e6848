package org.spectralsignatures.engine.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.spectralsignatures.engine.cpu.kernels.Floats;

/**
 * The velocities of all parameters of a graph. DL4J keeps them in blocks, one for each run of parameters that the same updater changes; the running
 * moments between them have none.
 */
final class HeavyBallState {

    private final List<UpdaterBlock> blocks;

    /** @param graph made with {@link HeavyBall} */
    HeavyBallState(final ComputationGraph graph) {
        blocks = graph.getUpdater().getUpdaterBlocks().stream().filter(block -> block.getGradientUpdater() instanceof HeavyBallUpdater).toList();
    }

    /**
     * @param size number of parameters
     * @return a copy in their order, 0 where there is none
     */
    FloatBuffer get(final int size) {
        final FloatBuffer values = ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES)).order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (UpdaterBlock block : blocks) {
            final FloatBuffer part = Floats.of(block.getUpdaterView());
            values.put(block.getParamOffsetStart(), part, 0, part.capacity());
        }
        return values;
    }

    /** @param values in the order of the parameters, from the buffer's position on */
    void set(final FloatBuffer values) {
        for (UpdaterBlock block : blocks) {
            final FloatBuffer part = Floats.of(block.getUpdaterView());
            part.put(0, values, values.position() + block.getParamOffsetStart(), part.capacity());
        }
    }
}
