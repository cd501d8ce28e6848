package org.spectralsignatures.engine.cuda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.spectralsignatures.engine.cuda.device.Convolution;
import org.spectralsignatures.engine.cuda.device.ConvolutionShape;
import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.Memory;
import org.spectralsignatures.engine.cuda.device.Operation;
import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.engine.cuda.program.Descent;
import org.spectralsignatures.engine.cuda.program.NetworkProgram;
import org.spectralsignatures.engine.cuda.program.Temporary;
import org.spectralsignatures.network.plan.NetworkPlan;

/** The programs of a network for the numbers of images that were asked for of late, and the one piece of memory that they work in by turns. */
final class Programs implements AutoCloseable {

    /** Most programs that are kept: that of whole batches, that of the last batch, and the same without training. */
    private static final int KEPT = 6;

    private record Key(boolean training, int images) {
    }

    /** A program on the device. */
    final class Ready implements AutoCloseable {

        private final NetworkProgram program;

        private final Map<ConvolutionShape, Convolution> convolutions = new HashMap<>();

        private final List<Operation> operations = new ArrayList<>();

        private Device.Sequence sequence;

        private boolean ran;

        private Ready(final Key key) {
            try {
                program = key.training() ? NetworkProgram.training(plan, key.images(), descent, store.memory(), this::convolution)
                    : NetworkProgram.running(plan, key.images(), store.memory(), this::convolution);
            } catch (RuntimeException | Error e) { // NOSONAR nothing may be left behind
                close();
                throw e;
            }
        }

        private Convolution convolution(final ConvolutionShape shape) {
            return convolutions.computeIfAbsent(shape, device::convolution);
        }

        private Function<Temporary, Span> places() {
            return program.program().within(memory.all());
        }

        /** Images as the network wants them. */
        void feed(final CudaBatch batch) {
            program.feeding(batch.images(), batch.labels(), places()).forEach(device::run);
        }

        /** All of it; from the second time on as a sequence. */
        void run() {
            if (ran && sequence == null) {
                sequence = device.sequence(operations);
            }
            if (sequence == null) {
                operations.forEach(device::run);
            } else {
                device.run(sequence);
            }
            ran = true;
        }

        /**
         * Runs it up to a step.
         *
         * @return the step's result
         */
        Span runTo(final String step) {
            final NetworkProgram.End end = program.end(step);
            operations.subList(0, end.operations()).forEach(device::run);
            return places().apply(end.result());
        }

        @Override
        public void close() {
            if (sequence != null) {
                sequence.close();
            }
            convolutions.values().forEach(Convolution::close);
        }
    }

    private final Device device;

    private final NetworkPlan plan;

    private final Descent descent;

    private final NetworkStore store;

    private final Map<Key, Ready> kept = new LinkedHashMap<>(16, .75f, true);

    private Memory memory;

    /** @param descent null for a network that is not trained */
    Programs(final Device device, final NetworkPlan plan, final Descent descent, final NetworkStore store) {
        this.device = device;
        this.plan = plan;
        this.descent = descent;
        this.store = store;
    }

    /**
     * @param training whether it is a step of training
     * @param images their number
     * @param capacity most images of the batch that they come from
     * @return the program
     */
    Ready of(final boolean training, final int images, final int capacity) {
        if (store.reserve(capacity)) {
            forget();
        }
        final var key = new Key(training, images);
        Ready ready = kept.get(key);
        if (ready == null) {
            ready = new Ready(key);
            kept.put(key, ready); // from here on it is closed with the others
            makeRoom(ready);
            ready.operations.addAll(ready.program.program().operations(ready.places()));
        }
        return ready;
    }

    private void makeRoom(final Ready ready) {
        final var oldest = kept.values().iterator();
        while (kept.size() > KEPT) {
            oldest.next().close();
            oldest.remove();
        }
        final long needed = ready.program.program().bytes();
        if (memory == null || memory.bytes() < needed) {
            kept.values().removeIf(other -> {
                if (other != ready) {
                    other.close();
                }
                return other != ready;
            });
            free();
            memory = device.allocate(needed);
        }
    }

    private void free() {
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }

    private void forget() {
        kept.values().forEach(Ready::close);
        kept.clear();
    }

    @Override
    public void close() {
        forget();
        free();
    }
}
