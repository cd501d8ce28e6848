package org.spectralsignatures.engine.cuda;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.DeviceException;
import org.spectralsignatures.engine.cuda.device.HostMemory;
import org.spectralsignatures.engine.cuda.device.Memory;
import org.spectralsignatures.engine.cuda.device.Operation;
import org.spectralsignatures.engine.cuda.device.Span;

/**
 * Bytes of images, plane by plane, and their labels, here and on the device. While it is filled, what is there already is copied beside the computation on
 * another batch. Its memory on this side is its own, and stays until it is closed, even if the session ended before.
 */
final class CudaBatch implements Batch {

    /** Bytes that are copied at a time, large enough to keep the bus busy. */
    private static final int PIECE = 1 << 20;

    private final Device device;

    private final int capacity;

    private final int imageBytes;

    private final int classes;

    private final List<Memory> memories = new ArrayList<>();

    private final HostMemory bytes;

    private final HostMemory classIndices;

    private final Span images;

    private final Span labels;

    private final Device.Mark copied;

    /** Images that are here and not yet on their way. */
    private int from;

    private int end;

    private boolean attached = true;

    private boolean closed;

    private DeviceException failure;

    /** For the session's thread. */
    CudaBatch(final Device device, final int capacity, final int imageBytes, final int classes) {
        this.device = device;
        this.capacity = capacity;
        this.imageBytes = imageBytes;
        this.classes = classes;
        if ((long)capacity * imageBytes > Integer.MAX_VALUE) {
            throw new IllegalStateException("A batch of %,d images of %,d values each is too large for the engine on the GPU. Lower the batch size to at most %,d."
                .formatted(capacity, imageBytes, Integer.MAX_VALUE / imageBytes));
        }
        HostMemory first = null;
        HostMemory second = null;
        Device.Mark mark = null;
        try {
            first = device.host(capacity * imageBytes);
            second = device.host(capacity * Integer.BYTES);
            mark = device.mark();
            images = allocate((long)capacity * imageBytes);
            labels = allocate((long)capacity * Integer.BYTES);
            device.run(new Operation.Clear(images)); // more of them may be run than are there
            device.run(new Operation.Clear(labels));
            device.set(mark, Device.Queue.COMPUTE);
            device.await(Device.Queue.COPY, mark); // else zeros could come after the first images
        } catch (RuntimeException | Error e) { // NOSONAR nothing may be left behind
            close(first);
            close(second);
            close(mark);
            memories.forEach(Memory::close);
            throw e;
        }
        bytes = first;
        classIndices = second;
        copied = mark;
        for (int i = 0; i < capacity; i++) {
            classIndices.buffer().putInt(i * Integer.BYTES, 0);
        }
    }

    private Span allocate(final long length) {
        final Memory memory = device.allocate(length);
        memories.add(memory);
        return memory.all();
    }

    private static void close(final AutoCloseable opened) {
        if (opened instanceof HostMemory memory) {
            memory.close();
        } else if (opened instanceof Device.Mark mark) {
            mark.close();
        }
    }

    /** @return of all images, on the device */
    Span images() {
        return images;
    }

    /** @return of all images, on the device */
    Span labels() {
        return labels;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The batch is closed.");
        }
    }

    @Override
    public synchronized void image(final int position, final byte[] pixels) {
        requireOpen();
        if (pixels.length != imageBytes) {
            throw new IllegalArgumentException("An image of this network has %,d values, not %,d.".formatted(imageBytes, pixels.length));
        }
        if (position != end) {
            send();
            from = position;
        }
        bytes.buffer().put(position * imageBytes, pixels);
        end = position + 1;
        if ((long)(end - from) * imageBytes >= PIECE) {
            send();
        }
    }

    @Override
    public synchronized void label(final int position, final int label) {
        requireOpen();
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException("The network has %d classes, so there is no label %d.".formatted(classes, label));
        }
        classIndices.buffer().putInt(position * Integer.BYTES, label);
    }

    /**
     * What is here goes on its way; a failure is told to the session's thread. An image that is put in again while it is on its way is sent again behind it,
     * so the last one holds.
     */
    private void send() {
        if (attached && failure == null && end > from) {
            try {
                device.upload(bytes, from * imageBytes, images.part((long)from * imageBytes, (long)(end - from) * imageBytes), Device.Queue.COPY);
                device.set(copied, Device.Queue.COPY);
            } catch (DeviceException e) {
                failure = e;
            }
        }
        from = end;
    }

    /** For the session's thread: the computation goes on when all is there. */
    synchronized void deliver(final int count) {
        requireOpen();
        send();
        if (failure != null) {
            throw failure;
        }
        device.upload(classIndices, 0, labels.part(0, (long)count * Integer.BYTES), Device.Queue.COPY);
        device.set(copied, Device.Queue.COPY);
        device.await(Device.Queue.COMPUTE, copied);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** The session has ended. */
    synchronized void detach() {
        if (attached) {
            attached = false;
            copied.close();
            memories.forEach(Memory::close);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            detach();
            bytes.close();
            classIndices.close();
        }
    }
}
