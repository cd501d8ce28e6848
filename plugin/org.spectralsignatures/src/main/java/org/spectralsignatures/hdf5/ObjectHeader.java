package org.spectralsignatures.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The messages that describe a group or an array, from all blocks of its header (versions 1 and 2). */
final class ObjectHeader {

    static final int DATASPACE = 0x01;

    static final int LINKS = 0x02;

    static final int DATATYPE = 0x03;

    static final int LINK = 0x06;

    static final int LAYOUT = 0x08;

    static final int ATTRIBUTE = 0x0c;

    static final int SYMBOL_TABLE = 0x11;

    private static final int CONTINUATION = 0x10;

    private static final int MOST_MESSAGES = 100_000;

    /** A flag of messages whose content lies elsewhere. */
    private static final int SHARED = 2;

    private static final int CHECKSUM = 4;

    /** A message. */
    record Message(int type, boolean shared, ByteBuffer content) {
    }

    /** A part of the header. */
    private record Block(long from, long size) {
    }

    private final Hdf5Bytes file;

    private final ArrayDeque<Block> blocks = new ArrayDeque<>();

    private final List<Message> messages = new ArrayList<>();

    private ObjectHeader(final Hdf5Bytes file) {
        this.file = file;
    }

    /** @return the messages of the header at an address */
    static List<Message> messages(final Hdf5Bytes file, final long address) throws IOException {
        return new ObjectHeader(file).read(address);
    }

    private List<Message> read(final long address) throws IOException {
        final ByteBuffer start = file.at(address, 16);
        if (start.get(0) == 1) {
            blocks.add(new Block(address + 16, Integer.toUnsignedLong(start.getInt(8))));
            while (!blocks.isEmpty()) {
                final Block block = blocks.remove();
                first(file.at(block.from, block.size));
            }
        } else {
            second(address);
        }
        return messages;
    }

    private void first(final ByteBuffer block) throws Hdf5Exception {
        while (block.remaining() >= 8) {
            final int type = Short.toUnsignedInt(block.getShort());
            final int size = Short.toUnsignedInt(block.getShort());
            final int flags = block.get();
            block.position(block.position() + 3);
            add(type, flags, take(block, size));
        }
    }

    private void second(final long address) throws IOException {
        final ByteBuffer start = file.at(address, 6, "OHDR");
        final int flags = start.get(5);
        if (start.get(4) != 2) {
            throw new Hdf5Exception("it has a header of version %d, which is not read".formatted(start.get(4)));
        }
        final int skip = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        final int width = 1 << (flags & 3);
        final ByteBuffer length = file.at(address + skip, width);
        long size = 0;
        for (int i = 0; i < width; i++) {
            size |= Byte.toUnsignedLong(length.get(i)) << 8 * i;
        }
        second(file.at(address + skip + width, size), (flags & 4) != 0);
        while (!blocks.isEmpty()) {
            final Block block = blocks.remove();
            final ByteBuffer next = file.at(block.from, block.size, "OCHK");
            second(next.slice(4, Math.max(0, next.limit() - 4 - CHECKSUM)).order(next.order()), (flags & 4) != 0);
        }
    }

    private void second(final ByteBuffer block, final boolean ordered) throws Hdf5Exception {
        final int head = ordered ? 6 : 4;
        while (block.remaining() >= head) {
            final int type = Byte.toUnsignedInt(block.get());
            final int size = Short.toUnsignedInt(block.getShort());
            final int flags = block.get();
            block.position(block.position() + head - 4);
            add(type, flags, take(block, size));
        }
    }

    private void add(final int type, final int flags, final ByteBuffer content) throws Hdf5Exception {
        if (messages.size() + blocks.size() > MOST_MESSAGES) {
            throw new Hdf5Exception("a header in it has more than %d parts".formatted(MOST_MESSAGES));
        }
        if (type == CONTINUATION) {
            require(content, 2 * Hdf5Bytes.ADDRESS);
            blocks.add(new Block(content.getLong(0), content.getLong(8)));
        } else if (type != 0) {
            messages.add(new Message(type, (flags & SHARED) != 0, content));
        }
    }

    /** @return the next bytes of a buffer, as a buffer */
    static ByteBuffer take(final ByteBuffer bytes, final long count) throws Hdf5Exception {
        require(bytes, count);
        final ByteBuffer taken = bytes.slice(bytes.position(), (int)count).order(bytes.order());
        bytes.position(bytes.position() + (int)count);
        return taken;
    }

    /** @throws Hdf5Exception if so many bytes are not left */
    static void require(final ByteBuffer bytes, final long count) throws Hdf5Exception {
        if (count < 0 || count > bytes.remaining()) {
            throw new Hdf5Exception("a part of a header claims %d bytes where %d are: it is damaged".formatted(count, bytes.remaining()));
        }
    }
}
