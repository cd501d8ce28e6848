package org.spectralsignatures.engine.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.DeviceException;
import org.spectralsignatures.engine.cuda.device.HostMemory;
import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.engine.cuda.program.Descent;
import org.spectralsignatures.engine.cuda.program.ParameterLayout;
import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * A network on a device. Sessions take turns, one call after the other in the order in which they come. A failure of the device ends the session: all its
 * memory is given back at once, and what failed is told as an {@link IllegalStateException}.
 */
final class CudaSession implements TrainingSession {

    private final Device device;

    private final NetworkPlan plan;

    private final boolean trained;

    private final Lock turns;

    private final List<CudaBatch> batches = new ArrayList<>();

    private NetworkStore store;

    private Programs programs;

    private FloatBuffer parameters;

    private FloatBuffer velocity;

    private HostMemory output;

    private int outputBytes;

    private boolean current;

    private String ended = "";

    /**
     * @param device is closed with the session
     * @param turns held while it computes
     * @param plan of the network
     * @param values in the plan's order, from the buffer's position on
     * @param descent null for a network that is not trained
     * @throws IllegalStateException if the device fails; it is closed then
     */
    CudaSession(final Device device, final Lock turns, final NetworkPlan plan, final FloatBuffer values, final Descent descent) {
        this.device = device;
        this.turns = turns;
        this.plan = plan;
        trained = descent != null;
        try {
            inTurn(() -> {
                final var layout = new ParameterLayout(plan);
                store = new NetworkStore(device, layout, trained);
                programs = new Programs(device, plan, descent, store);
                parameters = floats(layout.planSize());
                velocity = trained ? floats(layout.planSize()) : null;
                store.values(values);
                return null;
            });
        } catch (RuntimeException | Error e) { // NOSONAR nothing may be left behind
            close();
            throw e;
        }
    }

    private static FloatBuffer floats(final int size) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES)).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private <T> T inTurn(final Supplier<T> work) {
        turns.lock();
        try {
            if (!ended.isEmpty()) {
                throw new IllegalStateException(ended);
            }
            return work.get();
        } catch (DeviceException e) {
            final String what = e.explained(true);
            end("The network cannot be used any longer: " + what);
            throw new IllegalStateException(what, e);
        } finally {
            turns.unlock();
        }
    }

    private CudaBatch own(final Batch images) {
        if (images instanceof CudaBatch batch && batches.contains(batch)) {
            return batch;
        }
        throw new IllegalArgumentException("The batch belongs to another session.");
    }

    private static void requireCount(final int count, final int least, final Batch images) {
        if (count < least || count > images.capacity()) {
            throw new IllegalArgumentException("Between %d and %d images can be computed at a time, not %d.".formatted(least, images.capacity(), count));
        }
    }

    @Override
    public Batch batch(final int capacity) {
        return inTurn(() -> {
            batches.removeIf(CudaBatch::isClosed);
            final var batch = new CudaBatch(device, Batch.size(capacity), plan.input().size(), plan.classes());
            batches.add(batch);
            return batch;
        });
    }

    @Override
    public int fitting(final int images) {
        return MemoryPlan.fitting(plan, images);
    }

    @Override
    public int step(final Batch images, final int count, final double rate, final double[] losses) {
        requireTrained();
        requireCount(count, 2, images);
        final CudaBatch batch = own(images);
        return inTurn(() -> {
            current = false;
            final Programs.Ready program = programs.of(true, count, batch.capacity());
            batch.deliver(count);
            store.rate(rate);
            program.feed(batch);
            program.run();
            return store.results(count, losses);
        });
    }

    /** Runs the network up to a step, with as many images as there is a program for: the results of those that are too many are left out. */
    private void run(final String step, final CudaBatch batch, final int count, final int bytes) {
        final int images = (int)Math.min(batch.capacity(), 2L * Integer.highestOneBit(Math.max(1, count - 1)));
        final Programs.Ready program = programs.of(false, Math.max(count, images), batch.capacity());
        batch.deliver(count);
        program.feed(batch);
        final Span result = program.runTo(step);
        reserveOutput(bytes);
        device.download(result.part(0, bytes), output, 0);
        store.finish();
    }

    private void reserveOutput(final int bytes) {
        if (outputBytes < bytes) {
            closeOutput();
            output = device.host(bytes);
            outputBytes = bytes;
        }
    }

    private void closeOutput() {
        if (output != null) {
            output.close();
            output = null;
            outputBytes = 0;
        }
    }

    private static int bytes(final long values) {
        if (values * Float.BYTES > Integer.MAX_VALUE) {
            throw new IllegalStateException("A batch has %,d values behind this layer, more than the engine on the GPU can give. Lower the batch size.".formatted(values));
        }
        return (int)values * Float.BYTES;
    }

    @Override
    public void activations(final String step, final Batch images, final int count, final Consumer<FloatBuffer> reader) {
        requireCount(count, 1, images);
        final int length = bytes((long)count * plan.behind(step).size());
        final CudaBatch batch = own(images);
        final FloatBuffer values = inTurn(() -> {
            run(step, batch, count, length);
            return output.buffer().limit(length).slice().order(ByteOrder.nativeOrder()).asFloatBuffer();
        });
        reader.accept(values);
    }

    @Override
    public void probabilities(final Batch images, final int count, final float[] target, final int offset) {
        final String last = plan.steps().get(plan.steps().size() - 1).name();
        activations(last, images, count, values -> values.get(0, target, offset, count * plan.classes()));
    }

    @Override
    public FloatBuffer parameters() {
        return inTurn(() -> {
            if (!current) {
                store.copyValues(parameters);
                current = true;
            }
            return parameters.asReadOnlyBuffer();
        });
    }

    @Override
    public FloatBuffer velocity() {
        requireTrained();
        return inTurn(() -> {
            store.copyVelocity(velocity);
            return velocity.asReadOnlyBuffer();
        });
    }

    @Override
    public void velocity(final FloatBuffer values) {
        requireTrained();
        inTurn(() -> {
            store.velocity(values);
            return null;
        });
    }

    private void requireTrained() {
        if (!trained) {
            throw new UnsupportedOperationException("This network was opened to be run, not to be trained.");
        }
    }

    /** Gives all memory back; for the thread that has its turn. */
    private void end(final String why) {
        if (ended.isEmpty()) {
            ended = why;
            batches.forEach(CudaBatch::detach);
            closeOutput();
            if (programs != null) {
                programs.close();
            }
            if (store != null) {
                store.close();
            }
            device.close();
        }
    }

    @Override
    public void close() {
        turns.lock();
        try {
            end("The session is closed.");
        } finally {
            turns.unlock();
        }
    }
}
