package org.spectralsignatures.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A growing array of equally long byte records: chunks on the heap up to a limit, then chunks of a memory-mapped temporary file. */
final class PixelStore implements AutoCloseable {

    private static final int CHUNK_BYTES = 16 << 20;

    private final int recordBytes;

    private final int recordsPerChunk;

    private final long heapLimit;

    private final List<ByteBuffer> chunks = new ArrayList<>();

    private int records;

    private Path file;

    private FileChannel channel;

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
        if (channel == null) {
            file = Files.createTempFile("spectralsignatures-images-", ".bin");
            file.toFile().deleteOnExit(); // in case the process ends without close()
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        final long start = channel.size();
        reserve(start, bytes);
        return channel.map(FileChannel.MapMode.READ_WRITE, start, bytes);
    }

    /** Writes zeros, as a disk that is full is an exception here but the end of the process in a mapped file. */
    private void reserve(final long start, final int bytes) throws IOException {
        try {
            final ByteBuffer zeros = ByteBuffer.allocate(Math.min(bytes, 1 << 20));
            for (long done = 0; done < bytes;) {
                zeros.clear().limit((int)Math.min(zeros.capacity(), bytes - done));
                done += channel.write(zeros, start + done);
            }
        } catch (IOException e) {
            throw new IOException("The images do not fit into '%s': %s Free some space, or start Java with -Djava.io.tmpdir=FOLDER on another disk."
                .formatted(file.getParent(), RegularFile.reason(e)), e);
        }
    }

    void read(final int record, final byte[] target, final int offset) {
        if (record < 0 || record >= records) {
            throw new IndexOutOfBoundsException("Image " + record + " of " + records);
        }
        chunks.get(record / recordsPerChunk).get(record % recordsPerChunk * recordBytes, target, offset, recordBytes);
    }

    @Override
    public void close() throws IOException {
        chunks.clear();
        records = 0;
        if (channel != null) {
            channel.close();
            channel = null;
            Files.deleteIfExists(file);
        }
    }
}
