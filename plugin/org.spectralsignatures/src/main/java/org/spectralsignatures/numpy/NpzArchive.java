package org.spectralsignatures.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.spectralsignatures.image.RegularFile;

/**
 * The directory of an archive of arrays: a zip file (PKWARE's APPNOTE 6.3, with the extensions for more than 4 GiB), whose entries are NumPy
 * files, stored or compressed. Only the directory is held in memory, of bounded size. Nothing is unpacked to a place that a name tells.
 */
final class NpzArchive {

    private static final int MOST_ENTRIES = 10_000;

    private static final int MOST_DIRECTORY_BYTES = 1 << 22;

    private static final int END = 0x06054b50;

    private static final int END_BYTES = 22;

    private static final int LONG_END_LOCATOR = 0x07064b50;

    private static final int LONG_END_LOCATOR_BYTES = 20;

    private static final int LONG_END = 0x06064b50;

    private static final int LONG_END_BYTES = 56;

    private static final int ENTRY = 0x02014b50;

    private static final int ENTRY_BYTES = 46;

    private static final int LONG_SIZES = 1;

    private static final int ENCRYPTED = 1;

    private static final long IN_LONG_SIZES = 0xffff_ffffL;

    private static final int MAX_COMMENT_BYTES = 0xffff;

    private final Path file;

    private final Map<String, EntryBytes> entries = new LinkedHashMap<>();

    /**
     * @param file a zip file
     * @throws IOException if it is none, or its directory is damaged; the message does not name it
     */
    NpzArchive(final Path file) throws IOException {
        this.file = file;
        RegularFile.open(file).close();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            list(directory(channel), channel.size());
        }
    }

    /** @return its entries by their names, in their order */
    Map<String, EntryBytes> entries() {
        return entries;
    }

    private static IOException damaged(final String what) {
        return new IOException("it is damaged or cut off: " + what);
    }

    private static ByteBuffer bytes(final FileChannel channel, final long from, final int count) throws IOException {
        final var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        new BytesAtPlaces(channel, 0, channel).read(bytes, from);
        return bytes.flip();
    }

    private static ByteBuffer directory(final FileChannel channel) throws IOException {
        final long size = channel.size();
        final int tail = (int)Math.min(size, END_BYTES + MAX_COMMENT_BYTES);
        final ByteBuffer last = bytes(channel, size - tail, tail);
        int at = tail - END_BYTES;
        while (at >= 0 && (last.getInt(at) != END || Short.toUnsignedInt(last.getShort(at + 20)) != tail - at - END_BYTES)) {
            at--;
        }
        if (at < 0) {
            throw damaged("it has no directory of its entries at its end");
        }
        long count = Short.toUnsignedLong(last.getShort(at + 10));
        long length = Integer.toUnsignedLong(last.getInt(at + 12));
        long start = Integer.toUnsignedLong(last.getInt(at + 16));
        long end = size - tail + at;
        final long locator = end - LONG_END_LOCATOR_BYTES;
        if (locator >= 0 && bytes(channel, locator, Integer.BYTES).getInt(0) == LONG_END_LOCATOR) {
            end = bytes(channel, locator, LONG_END_LOCATOR_BYTES).getLong(8);
            if (end < 0 || end > locator - LONG_END_BYTES) {
                throw damaged("the end of its directory is not where it says");
            }
            final ByteBuffer longEnd = bytes(channel, end, LONG_END_BYTES);
            if (longEnd.getInt(0) != LONG_END) {
                throw damaged("the end of its directory is not where it says");
            }
            count = longEnd.getLong(32);
            length = longEnd.getLong(40);
            start = longEnd.getLong(48);
        }
        if (count < 0 || count > MOST_ENTRIES || length < 0 || length > MOST_DIRECTORY_BYTES) {
            throw new IOException("it claims %s entries in a directory of %s bytes, but at most %d in %d are read"
                .formatted(Long.toUnsignedString(count), Long.toUnsignedString(length), MOST_ENTRIES, MOST_DIRECTORY_BYTES));
        }
        if (start < 0 || start + length != end) {
            throw damaged("its directory does not lie where it says");
        }
        return bytes(channel, start, (int)length);
    }

    private void list(final ByteBuffer directory, final long size) throws IOException {
        final long end = size - directory.capacity();
        while (directory.hasRemaining()) {
            if (directory.remaining() < ENTRY_BYTES || directory.getInt(directory.position()) != ENTRY) {
                throw damaged("its directory cannot be understood");
            }
            add(directory, end);
        }
    }

    private void add(final ByteBuffer directory, final long end) throws IOException {
        final int at = directory.position();
        final int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
        final int extraLength = Short.toUnsignedInt(directory.getShort(at + 30));
        final int commentLength = Short.toUnsignedInt(directory.getShort(at + 32));
        if (directory.remaining() < ENTRY_BYTES + nameLength + extraLength + commentLength) {
            throw damaged("its directory is cut off");
        }
        final var bytes = new byte[nameLength];
        directory.get(at + ENTRY_BYTES, bytes);
        final String name = new String(bytes, StandardCharsets.UTF_8);
        final long[] sizes = {Integer.toUnsignedLong(directory.getInt(at + 24)), Integer.toUnsignedLong(directory.getInt(at + 20)),
            Integer.toUnsignedLong(directory.getInt(at + 42))};
        readLongSizes(directory.slice(at + ENTRY_BYTES + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN), sizes);
        directory.position(at + ENTRY_BYTES + nameLength + extraLength + commentLength);
        checkName(name);
        if (sizes[0] < 0 || sizes[1] < 0 || sizes[2] < 0 || sizes[1] > end || sizes[2] > end - sizes[1]) {
            throw damaged("its entry '%s' does not lie within it".formatted(name));
        }
        final var entry = new EntryBytes(file, name, Short.toUnsignedInt(directory.getShort(at + 10)),
            (directory.getShort(at + 8) & ENCRYPTED) != 0, Integer.toUnsignedLong(directory.getInt(at + 16)), sizes[0], sizes[1], sizes[2]);
        if (entries.put(name, entry) != null) {
            throw new IOException("it has the entry '%s' twice".formatted(name));
        }
    }

    /** Where sizes and places are beyond 4 GiB they stand in a field behind the name: unpacked, packed, place, those that are needed. */
    private static void readLongSizes(final ByteBuffer extra, final long[] sizes) throws IOException {
        while (extra.remaining() >= 4) {
            final int id = Short.toUnsignedInt(extra.getShort());
            final int length = Short.toUnsignedInt(extra.getShort());
            if (length > extra.remaining()) {
                throw damaged("its directory is cut off");
            }
            final int next = extra.position() + length;
            if (id == LONG_SIZES) {
                for (int i = 0; i < sizes.length; i++) {
                    if (sizes[i] == IN_LONG_SIZES && next - extra.position() >= Long.BYTES) {
                        sizes[i] = extra.getLong();
                    }
                }
            }
            extra.position(next);
        }
    }

    /** No name of an entry becomes a path; but one that tries to is nothing that NumPy wrote. */
    private static void checkName(final String name) throws IOException {
        if (name.isEmpty() || name.startsWith("/") || name.contains("\\") || name.contains(":") || name.chars().anyMatch(Character::isISOControl)
            || Stream.of(name.split("/")).anyMatch(part -> part.equals(".."))) {
            throw new IOException("its entry '%s' has a name that no array has".formatted(name.replaceAll("\\p{C}", "?")));
        }
    }
}
