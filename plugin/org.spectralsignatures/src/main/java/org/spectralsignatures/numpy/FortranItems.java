package org.spectralsignatures.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * The items of an array in Fortran order, where all first values come first, then all second ones: as many items at a time as a block of
 * memory holds, each value of which is a run of bytes in the file.
 */
final class FortranItems implements NumpyItems {

    private static final int BLOCK_BYTES = 1 << 26;

    private static final int VALUES_PER_CHECK = 1 << 10;

    private final NumpyArray array;

    private final TaskMonitor monitor;

    private final BytesAtPlaces source;

    private final int itemBytes;

    private final int valueBytes;

    private final int perBlock;

    private byte[] block = new byte[0];

    private long next;

    private long blockStart;

    private long blockEnd;

    FortranItems(final NumpyArray array, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        this(array, monitor, BLOCK_BYTES);
    }

    FortranItems(final NumpyArray array, final TaskMonitor monitor, final int blockBytes) throws IOException, TaskCancelledException {
        this.array = array;
        this.monitor = monitor;
        itemBytes = array.itemBytes();
        valueBytes = array.type().bytes();
        perBlock = Math.max(1, blockBytes / Math.max(1, itemBytes));
        try {
            source = array.bytes().atPlaces(monitor);
        } catch (IOException | RuntimeException e) { // NOSONAR unpackers throw anything on damaged data
            throw array.named(e);
        }
    }

    @Override
    public ByteBuffer next() throws IOException, TaskCancelledException {
        monitor.checkCancelled();
        if (next >= blockEnd) {
            load();
        }
        final var item = new byte[itemBytes];
        System.arraycopy(block, (int)(next - blockStart) * itemBytes, item, 0, itemBytes);
        next++;
        return ByteBuffer.wrap(item).order(array.type().order());
    }

    @Override
    public void skip() {
        next++;
    }

    /** Reads the items from the next one on, and turns them into C order. */
    private void load() throws IOException, TaskCancelledException {
        blockStart = next;
        final int items = (int)Math.min(perBlock, array.items() - next);
        blockEnd = next + items;
        if (block.length != items * itemBytes) {
            block = new byte[items * itemBytes];
        }
        final ByteBuffer run = ByteBuffer.allocate(items * valueBytes);
        final var index = new long[array.shape().size()];
        final int values = itemBytes / valueBytes;
        try {
            for (int value = 0; value < values; value++) {
                if (value % VALUES_PER_CHECK == 0) {
                    monitor.checkCancelled();
                }
                source.read(run.clear(), array.start() + (value * array.items() + next) * valueBytes);
                scatter(run.array(), items, inCOrder(index) * valueBytes);
                step(index);
            }
        } catch (IOException | RuntimeException e) { // NOSONAR as all readers of damaged data
            throw array.named(e);
        }
    }

    private void scatter(final byte[] run, final int items, final int place) {
        for (int item = 0; item < items; item++) {
            System.arraycopy(run, item * valueBytes, block, item * itemBytes + place, valueBytes);
        }
    }

    /** @return where in an item in C order the value of an index lies */
    private int inCOrder(final long[] index) {
        long place = 0;
        for (int axis = 1; axis < index.length; axis++) {
            place = place * array.shape().get(axis) + index[axis];
        }
        return (int)place;
    }

    private void step(final long[] index) {
        for (int axis = 1; axis < index.length; axis++) {
            if (++index[axis] < array.shape().get(axis)) {
                return;
            }
            index[axis] = 0;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
