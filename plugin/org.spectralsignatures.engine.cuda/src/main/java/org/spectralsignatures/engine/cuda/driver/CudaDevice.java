package org.spectralsignatures.engine.cuda.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.spectralsignatures.engine.cuda.device.Convolution;
import org.spectralsignatures.engine.cuda.device.ConvolutionShape;
import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.DeviceException;
import org.spectralsignatures.engine.cuda.device.HostMemory;
import org.spectralsignatures.engine.cuda.device.Memory;
import org.spectralsignatures.engine.cuda.device.Operation;
import org.spectralsignatures.engine.cuda.device.Span;

/** A graphics processor of NVIDIA: two streams in the context that all of this process share. */
final class CudaDevice implements Device {

    private static final int PAGE = 4096;

    private final int index;

    private final boolean tf32;

    private final int generation;

    private final CUstream_st compute = new CUstream_st();

    private final CUstream_st copies = new CUstream_st();

    private final cudnnContext handle = new cudnnContext();

    private final Launcher launcher;

    private boolean closed;

    /**
     * @param index of the device, from 0
     * @param tf32 whether convolutions may round what they multiply to ten bits
     */
    CudaDevice(final int index, final boolean tf32) {
        this.index = index;
        this.tf32 = tf32;
        Generation.begin(index);
        Status.runtime(cudart.cudaSetDevice(index), "cudaSetDevice");
        generation = Generation.now();
        try {
            // not waiting for the default stream, which belongs to others
            Status.runtime(cudart.cudaStreamCreateWithFlags(compute, cudart.cudaStreamNonBlocking), "cudaStreamCreateWithFlags");
            Status.runtime(cudart.cudaStreamCreateWithFlags(copies, cudart.cudaStreamNonBlocking), "cudaStreamCreateWithFlags");
            launcher = new Launcher(LoadedKernels.of(index), compute);
            Status.cudnn(cudnn.cudnnCreate(handle), "cudnnCreate");
            Status.cudnn(cudnn.cudnnSetStream(handle, compute), "cudnnSetStream");
        } catch (RuntimeException | Error e) { // NOSONAR nothing may be left behind
            close();
            throw e;
        }
    }

    /** Makes the device the calling thread's, and sees that nothing was lost. */
    private void enter() {
        if (closed) {
            throw new IllegalStateException("The device is closed.");
        }
        if (generation != Generation.now()) {
            throw DeviceException.lost("it failed while another network used it");
        }
        Status.runtime(cudart.cudaSetDevice(index), "cudaSetDevice");
    }

    /** Makes the device the calling thread's if what was made on it can still be freed. */
    private boolean reach() {
        return generation == Generation.now() && cudart.cudaSetDevice(index) == cudart.cudaSuccess;
    }

    private CUstream_st stream(final Queue queue) {
        return queue == Queue.COMPUTE ? compute : copies;
    }

    @Override
    public long freeBytes() {
        enter();
        return free();
    }

    private static long free() {
        try (var free = new SizeTPointer(1); var total = new SizeTPointer(1)) {
            Status.runtime(cudart.cudaMemGetInfo(free, total), "cudaMemGetInfo");
            return free.get();
        }
    }

    private final class Piece implements Memory {

        private final Place place;

        private final long bytes;

        private boolean freed;

        Piece(final long address, final long bytes) {
            place = new Place(address);
            this.bytes = bytes;
        }

        @Override
        public long address() {
            return place.address();
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void close() {
            if (!freed) {
                freed = true;
                try (var held = Generation.hold()) {
                    if (reach()) {
                        cudart.cudaFree(place); // waits for what uses it; if it fails, the next call says why
                    }
                }
            }
        }
    }

    @Override
    public Memory allocate(final long bytes) {
        enter();
        try (var address = new PointerPointer<>(1)) {
            final int status = cudart.cudaMalloc(address, bytes);
            if (status == cudart.cudaErrorMemoryAllocation) {
                cudart.cudaGetLastError(); // it does not last
                throw DeviceException.memory(bytes, free());
            }
            Status.runtime(status, "cudaMalloc");
            return new Piece(address.get(0).address(), bytes);
        }
    }

    /**
     * Java's memory, whose pages are told to the device. It is the collector's to free: who still writes to it after the device was lost, or its context was
     * thrown away, does no harm.
     */
    private final class Pinned implements HostMemory {

        private final ByteBuffer memory;

        private final Place place;

        private final boolean registered;

        private boolean freed;

        Pinned(final int bytes) {
            final int pages = Math.multiplyExact(Math.addExact(bytes, PAGE - 1) / PAGE, PAGE); // whole ones, since those are what is registered
            memory = ByteBuffer.allocateDirect(Math.addExact(pages, PAGE)).alignedSlice(PAGE).limit(bytes).slice();
            place = new Place(new BytePointer(memory).address());
            final int status = cudart.cudaHostRegister(place, pages, cudart.cudaHostRegisterDefault);
            if (Status.lasting(status)) {
                Status.runtime(status, "cudaHostRegister");
            }
            registered = status == cudart.cudaSuccess; // if not, copies are slower and not beside the computation
            cudart.cudaGetLastError();
        }

        @Override
        public ByteBuffer buffer() {
            if (freed) {
                throw new IllegalStateException("The memory is freed.");
            }
            return memory.duplicate().order(ByteOrder.nativeOrder());
        }

        Place place() {
            return place;
        }

        @Override
        public void close() {
            if (!freed) {
                freed = true;
                try (var held = Generation.hold()) {
                    if (registered && reach()) {
                        cudart.cudaHostUnregister(place);
                    }
                }
            }
        }
    }

    @Override
    public HostMemory host(final int bytes) {
        enter();
        try {
            return new Pinned(bytes);
        } catch (OutOfMemoryError | ArithmeticException e) { // NOSONAR of memory outside the heap
            throw DeviceException.hostMemory(bytes);
        }
    }

    private final class Event implements Mark {

        private final CUevent_st event = new CUevent_st();

        private boolean destroyed;

        @Override
        public void close() {
            if (!destroyed) {
                destroyed = true;
                try (var held = Generation.hold()) {
                    if (reach() && !event.isNull()) {
                        cudart.cudaEventDestroy(event);
                    }
                }
            }
        }
    }

    @Override
    public Mark mark() {
        enter();
        final var mark = new Event();
        Status.runtime(cudart.cudaEventCreateWithFlags(mark.event, cudart.cudaEventDisableTiming), "cudaEventCreateWithFlags");
        return mark;
    }

    @Override
    public Convolution convolution(final ConvolutionShape shape) {
        enter();
        return new CudaConvolution(handle, launcher, shape, tf32);
    }

    @Override
    public void upload(final HostMemory from, final int offset, final Span to, final Queue queue) {
        try (var held = Generation.hold()) {
            enter();
            final var target = new Place(to.address());
            final var source = new Place(((Pinned)from).place().address() + offset);
            Status.runtime(cudart.cudaMemcpyAsync(target, source, to.bytes(), cudart.cudaMemcpyHostToDevice, stream(queue)), "cudaMemcpyAsync");
        }
    }

    @Override
    public void download(final Span from, final HostMemory to, final int offset) {
        enter();
        final var target = new Place(((Pinned)to).place().address() + offset);
        final var source = new Place(from.address());
        Status.runtime(cudart.cudaMemcpyAsync(target, source, from.bytes(), cudart.cudaMemcpyDeviceToHost, compute), "cudaMemcpyAsync");
    }

    @Override
    public void run(final Operation operation) {
        enter();
        tell(operation);
    }

    private void tell(final Operation operation) {
        if (operation instanceof Operation.Launch launch) {
            launcher.launch(launch);
        } else if (operation instanceof Operation.Convolve convolve) {
            ((CudaConvolution)convolve.convolution()).run(convolve);
        } else {
            final Span target = ((Operation.Clear)operation).target();
            Status.runtime(cudart.cudaMemsetAsync(new Place(target.address()), 0, target.bytes(), compute), "cudaMemsetAsync");
        }
    }

    private final class Graph implements Sequence {

        private final CUgraphExec_st graph = new CUgraphExec_st();

        private boolean destroyed;

        @Override
        public void close() {
            if (!destroyed) {
                destroyed = true;
                if (reach() && !graph.isNull()) {
                    cudart.cudaGraphExecDestroy(graph);
                }
            }
        }
    }

    /** Only this thread is kept from what must not happen meanwhile: another one may copy, or allocate for another network. */
    @Override
    public Sequence sequence(final List<Operation> operations) {
        enter();
        final var recorded = new CUgraph_st();
        try {
            Status.runtime(cudart.cudaStreamBeginCapture(compute, cudart.cudaStreamCaptureModeThreadLocal), "cudaStreamBeginCapture");
            try {
                operations.forEach(this::tell);
            } catch (RuntimeException | Error e) { // NOSONAR the stream would stay as it is
                cudart.cudaStreamEndCapture(compute, recorded);
                cudart.cudaGetLastError();
                throw e;
            }
            Status.runtime(cudart.cudaStreamEndCapture(compute, recorded), "cudaStreamEndCapture");
            final var sequence = new Graph();
            Status.runtime(cudart.cudaGraphInstantiate(sequence.graph, recorded, 0), "cudaGraphInstantiate");
            return sequence;
        } finally {
            if (!recorded.isNull()) {
                cudart.cudaGraphDestroy(recorded);
            }
        }
    }

    @Override
    public void run(final Sequence sequence) {
        enter();
        Status.runtime(cudart.cudaGraphLaunch(((Graph)sequence).graph, compute), "cudaGraphLaunch");
    }

    @Override
    public void set(final Mark mark, final Queue queue) {
        try (var held = Generation.hold()) {
            enter();
            Status.runtime(cudart.cudaEventRecord(((Event)mark).event, stream(queue)), "cudaEventRecord");
        }
    }

    @Override
    public void await(final Queue queue, final Mark mark) {
        enter();
        Status.runtime(cudart.cudaStreamWaitEvent(stream(queue), ((Event)mark).event, 0), "cudaStreamWaitEvent");
    }

    @Override
    public void await(final Mark mark) {
        enter();
        Status.runtime(cudart.cudaEventSynchronize(((Event)mark).event), "cudaEventSynchronize");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (launcher != null) {
                launcher.close();
            }
            if (reach()) {
                if (!handle.isNull()) {
                    cudnn.cudnnDestroy(handle);
                }
                if (!copies.isNull()) {
                    cudart.cudaStreamDestroy(copies);
                }
                if (!compute.isNull()) {
                    cudart.cudaStreamDestroy(compute);
                }
            }
        }
    }
}
