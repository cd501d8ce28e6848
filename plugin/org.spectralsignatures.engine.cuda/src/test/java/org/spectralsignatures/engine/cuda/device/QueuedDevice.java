package org.spectralsignatures.engine.cuda.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A device for tests that does its work late: a queue moves on only when someone waits for it, so that whoever forgets to wait sees what was there before.
 * Copies may also be done early, before the computation that was told first, so that whoever overwrites what is still in use is found. It counts what is
 * open, and fails where it is told to.
 */
public abstract class QueuedDevice implements Device {

    /** A point in a queue: reached once all that was told to the queue before it is done. */
    private final class Point implements Mark {

        private Queue queue;

        private long position;

        private boolean open = true;

        Point() {
            things.add(this);
        }

        @Override
        public void close() {
            open = false;
            things.remove(this);
        }
    }

    private final class Recorded implements Sequence {

        private final List<Operation> operations;

        private boolean open = true;

        Recorded(final List<Operation> operations) {
            this.operations = List.copyOf(operations);
            things.add(this);
        }

        @Override
        public void close() {
            open = false;
            things.remove(this);
        }
    }

    private final Map<Queue, Deque<Runnable>> waiting = new EnumMap<>(Map.of(Queue.COMPUTE, new ArrayDeque<>(), Queue.COPY, new ArrayDeque<>()));

    private final Map<Queue, Long> told = new EnumMap<>(Map.of(Queue.COMPUTE, 0L, Queue.COPY, 0L));

    private final Map<Queue, Long> done = new EnumMap<>(Map.of(Queue.COMPUTE, 0L, Queue.COPY, 0L));

    /** What was made and is not closed. */
    private final Set<Object> things = new HashSet<>();

    private final Set<Object> hosts = new HashSet<>();

    private final boolean early;

    private final List<String> said = new ArrayList<>();

    private int callsUntilFailure = -1;

    private int calls;

    private boolean lost;

    private boolean closed;

    private long available = Long.MAX_VALUE;

    /** @param early whether copies are done before what was told to the other queue first */
    protected QueuedDevice(final boolean early) {
        this.early = early;
    }

    /**
     * @param calls that succeed; the next one fails
     * @return this
     */
    public QueuedDevice failingAfter(final int calls) {
        callsUntilFailure = calls;
        return this;
    }

    /**
     * @param bytes that can be allocated at a time
     * @return this
     */
    public QueuedDevice withMemory(final long bytes) {
        available = bytes;
        return this;
    }

    /** @return what was made and is not closed, and the device itself unless it is */
    public synchronized int open() {
        return things.size() + (closed ? 0 : 1);
    }

    /** @return bytes of the device's memory that are taken now */
    public final synchronized long deviceBytes() {
        return things.stream().filter(thing -> thing instanceof Memory && !hosts.contains(thing)).mapToLong(thing -> ((Memory)thing).bytes()).sum();
    }

    /** @return calls so far */
    public synchronized int calls() {
        return calls;
    }

    /** @return names of what was told to the device, in the order of the calls */
    public synchronized List<String> said() {
        return List.copyOf(said);
    }

    private void count(final String what) {
        if (closed) {
            throw new AssertionError("The device is closed, but asked to " + what);
        }
        calls++;
        said.add(what);
        if (lost || callsUntilFailure == 0) {
            lost = true;
            throw DeviceException.lost("injected at " + what);
        }
        callsUntilFailure--;
    }

    /** For memory: it is registered until it is closed. */
    protected final void opened(final Object thing) {
        things.add(thing);
    }

    /**
     * As on a card, what has memory is waited for before it goes.
     *
     * @param thing that was opened
     * @return whether it was open
     */
    protected final boolean closing(final Object thing) {
        if (!things.contains(thing)) {
            return false;
        }
        if (lost || closed) {
            waiting.values().forEach(Deque::clear);
        } else {
            drain(Queue.COPY, told.get(Queue.COPY));
            drain(Queue.COMPUTE, told.get(Queue.COMPUTE));
        }
        things.remove(thing);
        return true;
    }

    /** @return memory with anything in it */
    protected abstract Memory make(long bytes);

    /** @return memory of the machine */
    protected abstract HostMemory makeHost(int bytes);

    /** Copies to the device. */
    protected abstract void copy(HostMemory from, int offset, Span to);

    /** Copies from the device. */
    protected abstract void copy(Span from, HostMemory to, int offset);

    /** Does an operation. */
    protected abstract void perform(Operation operation);

    @Override
    public final synchronized long freeBytes() {
        return available;
    }

    @Override
    public final synchronized Memory allocate(final long bytes) {
        count("allocate");
        if (bytes > available) {
            throw DeviceException.memory(bytes, available);
        }
        return make(bytes);
    }

    @Override
    public final synchronized HostMemory host(final int bytes) {
        count("host");
        final HostMemory made = makeHost(bytes);
        hosts.add(made);
        return made;
    }

    @Override
    public final synchronized Mark mark() {
        count("mark");
        return new Point();
    }

    @Override
    public final synchronized Convolution convolution(final ConvolutionShape shape) {
        count("convolution");
        final var convolution = new Convolution() {
            @Override
            public ConvolutionShape shape() {
                return shape;
            }

            @Override
            public long workspace(final Direction direction) {
                return direction == Direction.KERNELS ? 0 : 1000L * (1 + direction.ordinal());
            }

            @Override
            public void close() {
                things.remove(this);
            }
        };
        things.add(convolution);
        return convolution;
    }

    private void tell(final Queue queue, final Runnable work) {
        waiting.get(queue).add(work);
        told.merge(queue, 1L, Long::sum);
        if (early && queue == Queue.COPY) {
            drain(queue, told.get(queue));
        }
    }

    private void drain(final Queue queue, final long position) {
        while (done.get(queue) < position) {
            final Runnable work = waiting.get(queue).remove();
            done.merge(queue, 1L, Long::sum);
            work.run();
        }
    }

    @Override
    public final synchronized void upload(final HostMemory from, final int offset, final Span to, final Queue queue) {
        count("upload " + queue);
        tell(queue, () -> copy(from, offset, to));
    }

    @Override
    public final synchronized void download(final Span from, final HostMemory to, final int offset) {
        count("download");
        tell(Queue.COMPUTE, () -> copy(from, to, offset));
    }

    private static String name(final Operation operation) {
        return operation instanceof Operation.Launch launch ? launch.function()
            : operation instanceof Operation.Convolve convolve ? "convolve " + convolve.direction() : "clear";
    }

    @Override
    public final synchronized void run(final Operation operation) {
        count(name(operation));
        if (operation instanceof Operation.Convolve convolve && !things.contains(convolve.convolution())) {
            throw new AssertionError("A convolution is used after it was closed.");
        }
        tell(Queue.COMPUTE, () -> perform(operation));
    }

    @Override
    public final synchronized Sequence sequence(final List<Operation> operations) {
        count("sequence");
        return new Recorded(operations);
    }

    @Override
    public final synchronized void run(final Sequence sequence) {
        count("run");
        if (!((Recorded)sequence).open) {
            throw new AssertionError("A sequence is run after it was closed.");
        }
        tell(Queue.COMPUTE, () -> ((Recorded)sequence).operations.forEach(this::perform));
    }

    @Override
    public final synchronized void set(final Mark mark, final Queue queue) {
        count("set " + queue);
        final var point = (Point)mark;
        requireOpen(point);
        point.queue = queue;
        point.position = told.get(queue);
    }

    private static void requireOpen(final Point point) {
        if (!point.open) {
            throw new AssertionError("A mark is used after it was closed.");
        }
    }

    @Override
    public final synchronized void await(final Queue queue, final Mark mark) {
        count("await " + queue);
        final var point = (Point)mark;
        requireOpen(point);
        final Queue other = point.queue;
        final long position = point.position;
        if (other != null) {
            tell(queue, () -> drain(other, position));
        }
    }

    @Override
    public final synchronized void await(final Mark mark) {
        count("await");
        final var point = (Point)mark;
        requireOpen(point);
        if (point.queue != null) {
            drain(point.queue, point.position);
        }
    }

    @Override
    public final synchronized void close() {
        closed = true;
        waiting.values().forEach(Deque::clear);
    }
}
