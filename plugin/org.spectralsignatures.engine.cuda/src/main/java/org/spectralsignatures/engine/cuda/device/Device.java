package org.spectralsignatures.engine.cuda.device;

import java.util.List;

/**
 * A graphics processor that computes what it is told in two queues, one for the computation and one for copies beside it. Calls return before their work is
 * done; what one queue needs of the other is said by {@link Mark}s. One thread computes; another one may copy at the same time. Whatever fails throws a
 * {@link DeviceException}.
 */
public interface Device extends AutoCloseable {

    /** The queues; each does one thing after the other. */
    enum Queue {

        /** Kernels, convolutions and the copies that belong to them. */
        COMPUTE,

        /** Copies beside the computation. */
        COPY
    }

    /** A point in a queue. */
    interface Mark extends AutoCloseable {
        @Override
        void close();
    }

    /** Operations that were put together once, to be run at little cost. */
    interface Sequence extends AutoCloseable {
        @Override
        void close();
    }

    /** @return bytes that are free on the device now */
    long freeBytes();

    /**
     * @param bytes at least 1
     * @return memory of the device with anything in it, aligned to 256 bytes, to be closed by the caller
     */
    Memory allocate(long bytes);

    /**
     * @param bytes at least 1
     * @return memory of the machine that the device can copy from and to by itself, to be closed by the caller
     */
    HostMemory host(int bytes);

    /** @return a mark that is set nowhere yet, to be closed by the caller */
    Mark mark();

    /**
     * @param shape of a convolution
     * @return the convolution, with the ways to compute it chosen, to be closed by the caller
     */
    Convolution convolution(ConvolutionShape shape);

    /**
     * @param from where the values lie; they must stay as they are until the copy is done
     * @param offset in bytes
     * @param to where they go, and how many they are
     * @param queue that copies them
     */
    void upload(HostMemory from, int offset, Span to, Queue queue);

    /**
     * Copies in the queue of the computation.
     *
     * @param from where the values lie, and how many they are
     * @param to where they go
     * @param offset in bytes
     */
    void download(Span from, HostMemory to, int offset);

    /** @param operation to be done in the queue of the computation */
    void run(Operation operation);

    /**
     * Puts operations together that were run once before, which has loaded what they need.
     *
     * @param operations in their order
     * @return the sequence, to be closed by the caller
     */
    Sequence sequence(List<Operation> operations);

    /** @param sequence to be run in the queue of the computation */
    void run(Sequence sequence);

    /**
     * @param mark is set behind all that the queue was told until now
     * @param queue to set it in
     */
    void set(Mark mark, Queue queue);

    /**
     * @param queue does nothing more until the mark is reached; one that was never set is
     * @param mark of the other queue
     */
    void await(Queue queue, Mark mark);

    /** @param mark that the calling thread waits for */
    void await(Mark mark);

    /** Frees the queues; memory is to be closed before. */
    @Override
    void close();
}
