package org.spectralsignatures.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.storage.FileSpace;
import org.spectralsignatures.storage.TemporaryFile;

/** A growing array of equally long byte records: chunks on the heap up to a limit, then chunks of a memory-mapped temporary file. */
final class PixelStore implements PixelSource {

    private static final int CHUNK_BYTES = 16 << 20;

    private final int recordBytes;

    private final int recordsPerChunk;

    private final long heapLimit;

    private final List<ByteBuffer> chunks = new ArrayList<>();

    private int records;

    private TemporaryFile file;

    PixelStore(final int recordBytes, final long heapLimit) {
        this.recordBytes = recordBytes;
        this.heapLimit = heapLimit;
        recordsPerChunk = Math.max(1, CHUNK_BYTES / recordBytes);
    }

    void append(final byte[] record) throws IOException {
        final int within = records % recordsPerChunk;
        if (within == 0) {
            chunks.add(newChunk());
        }
        chunks.get(chunks.size() - 1).put(within * recordBytes, record);
        records++;
    }

    private ByteBuffer newChunk() throws IOException {
        final int bytes = recordsPerChunk * recordBytes;
        if ((chunks.size() + 1L) * bytes <= heapLimit) {
            return ByteBuffer.allocate(bytes);
        }
        if (file == null) {
            file = TemporaryFile.create("images");
        }
        final FileChannel channel = file.channel();
        final long start = channel.size();
        try {
            FileSpace.reserve(channel, file.path(), bytes, TaskMonitor.none());
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // that monitor never cancels
        }
        return channel.map(FileChannel.MapMode.READ_WRITE, start, bytes);
    }

    @Override
    public void read(final int record, final byte[] target, final int offset) {
        if (record < 0 || record >= records) {
            throw new IndexOutOfBoundsException("Image " + record + " of " + records);
        }
        chunks.get(record / recordsPerChunk).get(record % recordsPerChunk * recordBytes, target, offset, recordBytes);
    }

    @Override
    public void close() throws IOException {
        chunks.clear();
        records = 0;
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
