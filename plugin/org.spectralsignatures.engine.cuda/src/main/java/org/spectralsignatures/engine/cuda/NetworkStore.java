package org.spectralsignatures.engine.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.HostMemory;
import org.spectralsignatures.engine.cuda.device.Memory;
import org.spectralsignatures.engine.cuda.device.Operation;
import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.engine.cuda.program.NetworkMemory;
import org.spectralsignatures.engine.cuda.program.ParameterLayout;

/** What of a network stays on the device, and how it gets there and back. */
final class NetworkStore implements AutoCloseable {

    private final Device device;

    private final ParameterLayout layout;

    private final boolean trained;

    private final List<Memory> memories = new ArrayList<>();

    private final List<Memory> perImage = new ArrayList<>();

    private final List<HostMemory> hosts = new ArrayList<>();

    private final Device.Mark done;

    private final Span values;

    private final Span gradients;

    private final Span velocity;

    private final Span rate;

    private final HostMemory staging;

    private final HostMemory rateStaging;

    private HostMemory results;

    private NetworkMemory memory;

    private int capacity;

    private float currentRate = Float.NaN;

    /** Takes the memory; if there is not enough, what was taken is given back. */
    NetworkStore(final Device device, final ParameterLayout layout, final boolean trained) {
        this.device = device;
        this.layout = layout;
        this.trained = trained;
        done = device.mark();
        try {
            values = allocate(memories, (long)layout.size() * Float.BYTES);
            gradients = trained ? allocate(memories, (long)layout.learned() * Float.BYTES) : null;
            velocity = trained ? allocate(memories, (long)layout.learned() * Float.BYTES) : null;
            rate = trained ? allocate(memories, Float.BYTES) : null;
            staging = host(layout.size() * Float.BYTES);
            rateStaging = trained ? host(Float.BYTES) : null;
            if (trained) {
                device.run(new Operation.Clear(gradients)); // the gaps between them are never written, and read by each step
                device.run(new Operation.Clear(velocity));
            }
        } catch (RuntimeException | Error e) { // NOSONAR nothing may be left behind
            close();
            throw e;
        }
    }

    private Span allocate(final List<Memory> list, final long bytes) {
        final Memory allocated = device.allocate(bytes);
        list.add(allocated);
        return allocated.all();
    }

    private HostMemory host(final int bytes) {
        final HostMemory host = device.host(bytes);
        hosts.add(host);
        return host;
    }

    /**
     * @param images most of a batch
     * @return whether the memory is another one than before
     */
    boolean reserve(final int images) {
        if (images <= capacity) {
            return false;
        }
        memory = null;
        capacity = 0;
        free(perImage);
        final Span labels = allocate(perImage, (long)images * Integer.BYTES);
        final Span losses = trained ? allocate(perImage, (long)images * Double.BYTES) : null;
        final Span correct = trained ? allocate(perImage, (long)images * Integer.BYTES) : null;
        if (results != null) {
            hosts.remove(results);
            results.close();
            results = null;
        }
        results = host(Math.multiplyExact(images, Double.BYTES + Integer.BYTES));
        memory = new NetworkMemory(layout, values, gradients, velocity, rate, labels, losses, correct);
        capacity = images;
        return true;
    }

    /** @return what programs need to know, after {@link #reserve} */
    NetworkMemory memory() {
        return memory;
    }

    /** @param next rate of learning of the next step */
    void rate(final double next) {
        final float value = (float)next;
        if (value != currentRate) { // NOSONAR the same bits
            rateStaging.buffer().putFloat(0, value);
            device.upload(rateStaging, 0, rate, Device.Queue.COMPUTE);
            currentRate = value;
        }
    }

    /**
     * @param count images of the step that was just told to the device
     * @param losses receives those of the images
     * @return number of images that were classified correctly
     */
    int results(final int count, final double[] losses) {
        device.download(memory.losses().part(0, (long)count * Double.BYTES), results, 0);
        device.download(memory.correct().part(0, (long)count * Integer.BYTES), results, count * Double.BYTES);
        finish();
        final ByteBuffer found = results.buffer();
        found.asDoubleBuffer().get(0, losses, 0, count);
        int correct = 0;
        for (int i = 0; i < count; i++) {
            correct += found.getInt(count * Double.BYTES + i * Integer.BYTES);
        }
        return correct;
    }

    /** Waits until the device has done all that it was told. */
    void finish() {
        device.set(done, Device.Queue.COMPUTE);
        device.await(done);
    }

    /** @param given in the plan's order, from the buffer's position on */
    void values(final FloatBuffer given) {
        put(given, values);
    }

    /** @param target receives the parameters in the plan's order */
    void copyValues(final FloatBuffer target) {
        get(values, target);
    }

    /** @param given in the plan's order, from the buffer's position on */
    void velocity(final FloatBuffer given) {
        put(given, velocity);
    }

    /** @param target receives the velocities of what is learned in the plan's order */
    void copyVelocity(final FloatBuffer target) {
        get(velocity, target);
    }

    private FloatBuffer staged(final Span span) {
        return staging.buffer().limit(Math.toIntExact(span.bytes())).slice().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private void put(final FloatBuffer given, final Span target) {
        layout.toDevice(given, staged(target));
        device.upload(staging, 0, target, Device.Queue.COMPUTE);
        finish();
    }

    private void get(final Span source, final FloatBuffer target) {
        device.download(source, staging, 0);
        finish();
        layout.toPlan(staged(source), target);
    }

    private static void free(final List<Memory> list) {
        list.forEach(Memory::close);
        list.clear();
    }

    @Override
    public void close() {
        free(perImage);
        free(memories);
        hosts.forEach(HostMemory::close);
        hosts.clear();
        done.close();
    }
}
