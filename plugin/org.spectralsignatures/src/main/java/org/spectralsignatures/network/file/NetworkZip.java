package org.spectralsignatures.network.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A saved network's zip file, which may come from a stranger: it opens only if it holds exactly the entries of one of the formats and
 * nothing around them, and gives no entry that is longer than it may be or damaged.
 */
final class NetworkZip implements AutoCloseable {

    private static final List<Set<String>> FORMATS = List.of(CurrentFormat.ENTRIES, Dl4jFormat.ENTRIES);

    private static final Set<String> MODEL = Set.of(Dl4jFormat.CONFIGURATION, Dl4jFormat.COEFFICIENTS);

    private static final int MAX_ENTRIES = 20;

    private static final int FIRST_ENTRY = 0x04034b50;

    private static final int END_OF_DIRECTORY = 0x06054b50;

    private static final int END_BYTES = 22;

    private static final int MAX_DIRECTORY_BYTES = 1 << 14;

    private static final int MAX_TEXT_BYTES = 8 << 20;

    /** Trained values hardly get smaller by compression, those of a tiny network that was stopped early by a third. */
    private static final int MAX_RATIO = 20;

    /** Looks at the names of the entries. */
    private interface Check {

        void of(NetworkZip zip) throws NetworkFormatException;
    }

    private final ZipFile zip;

    private final Map<String, ZipEntry> entries = new HashMap<>();

    private NetworkZip(final ZipFile zip) {
        this.zip = zip;
    }

    /**
     * @param file a saved network
     * @return its entries
     * @throws NetworkFormatException if it is something else
     */
    static NetworkZip open(final Path file) throws IOException {
        return open(file, NetworkZip::checkFormat);
    }

    /**
     * @param file a model of DL4J, which may hold more than is read
     * @return its entries
     * @throws NetworkFormatException if it is something else
     */
    static NetworkZip openModel(final Path file) throws IOException {
        return open(file, NetworkZip::checkModel);
    }

    /**
     * @param file a checkpoint of a training
     * @return its entries
     * @throws NetworkFormatException if it is something else
     */
    static NetworkZip openCheckpoint(final Path file) throws IOException {
        return open(file, NetworkZip::checkCheckpoint);
    }

    /** @return whether the file is a model of DL4J and no saved network; false where that cannot be seen */
    static boolean isModel(final Path file) {
        try (var zip = openModel(file)) {
            return !zip.has(Dl4jFormat.ENTRIES);
        } catch (IOException e) { // NOSONAR whoever reads it says why not
            return false;
        }
    }

    private static NetworkZip open(final Path file, final Check check) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NetworkFormatException(Files.exists(file) ? "it is no file" : "there is no such file");
        }
        checkEnds(file);
        final var opened = new NetworkZip(new ZipFile(file.toFile()));
        boolean right = false;
        try {
            opened.listEntries();
            check.of(opened);
            right = true;
            return opened;
        } finally {
            if (!right) {
                opened.close();
            }
        }
    }

    /** The first entry begins the file, and a small directory ends it: {@link ZipFile} reads the directory whole into memory. */
    private static void checkEnds(final Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long size = channel.size();
            if (size < END_BYTES || bytes(channel, 0, 4).getInt(0) != FIRST_ENTRY) {
                throw new NetworkFormatException("it is no zip file");
            }
            final ByteBuffer end = bytes(channel, size - END_BYTES, END_BYTES);
            final int entries = Short.toUnsignedInt(end.getShort(10));
            final long directory = Integer.toUnsignedLong(end.getInt(12));
            final long start = Integer.toUnsignedLong(end.getInt(16));
            if (end.getInt(0) != END_OF_DIRECTORY || end.getShort(20) != 0 || start + directory + END_BYTES != size) {
                throw new NetworkFormatException("it is cut off, or something was added to it");
            }
            if (entries > MAX_ENTRIES || directory > MAX_DIRECTORY_BYTES) {
                throw new NetworkFormatException("it has %d entries, but a saved network has %s".formatted(entries, names()));
            }
        }
    }

    private static ByteBuffer bytes(final FileChannel channel, final long from, final int count) throws IOException {
        final var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("it is cut off");
            }
        }
        return bytes;
    }

    private void listEntries() throws IOException {
        final var all = zip.entries();
        while (all.hasMoreElements()) {
            final ZipEntry entry = all.nextElement();
            if (entries.put(entry.getName(), entry) != null) {
                throw new NetworkFormatException("it has the entry '%s' twice".formatted(entry.getName()));
            }
        }
    }

    private void checkModel() throws NetworkFormatException {
        if (!entries.keySet().containsAll(MODEL)) {
            throw new NetworkFormatException("it has the entries %s, but a model has %s".formatted(shown(names(entries.keySet())), names(MODEL)));
        }
    }

    private void checkCheckpoint() throws NetworkFormatException {
        if (!has(CheckpointZip.ENTRIES)) {
            throw new NetworkFormatException("it has the entries %s, but a checkpoint has %s".formatted(shown(names(entries.keySet())), names(CheckpointZip.ENTRIES)));
        }
    }

    private void checkFormat() throws NetworkFormatException {
        if (has(MODEL)) {
            throw new NetworkFormatException("it is a model of Deeplearning4j, which has to be imported");
        }
        if (FORMATS.stream().noneMatch(this::has)) {
            throw new NetworkFormatException("it has the entries %s, but a saved network has %s".formatted(shown(names(entries.keySet())), names()));
        }
    }

    private static String names() {
        return String.join("; or ", FORMATS.stream().map(NetworkZip::names).toList());
    }

    private static String names(final Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    /** @return whether these are its entries */
    boolean has(final Set<String> names) {
        return entries.keySet().equals(names);
    }

    private static String shown(final String name) {
        return name.substring(0, Math.min(120, name.length())).replaceAll("\\p{C}", "?");
    }

    /**
     * @param name of an entry of text
     * @return its bytes
     * @throws NetworkFormatException if it is too long or damaged
     */
    byte[] text(final String name) throws IOException {
        final long size = entries.get(name).getSize();
        if (size < 0 || size > MAX_TEXT_BYTES) {
            throw new NetworkFormatException("%s claims %d bytes, but may have %d".formatted(name, size, MAX_TEXT_BYTES));
        }
        try (var in = new Entry(name, size)) {
            final byte[] text = in.readNBytes((int)size);
            in.end();
            return text;
        }
    }

    /**
     * @param name of an entry of values
     * @param size how many bytes it must have
     * @return its bytes, for {@link Entry#end()} to be called behind the last of them
     * @throws NetworkFormatException if it has another size, or was compressed further than trained values can be
     */
    Entry values(final String name, final long size) throws IOException {
        final ZipEntry entry = entries.get(name);
        if (entry.getSize() != size) {
            throw new NetworkFormatException("%s has %d bytes, but the network that is described beside it needs %d".formatted(name, entry.getSize(), size));
        }
        if (size > 1 << 20 && size / MAX_RATIO > entry.getCompressedSize()) {
            throw new NetworkFormatException("%s has %d bytes in %d, which no trained network's values have".formatted(name, size, entry.getCompressedSize()));
        }
        return new Entry(name, size);
    }

    /** The bytes of an entry, never more of them than it may have. */
    final class Entry extends CheckedInputStream {

        private final String name;

        private long left;

        private Entry(final String name, final long size) throws IOException {
            super(new BufferedInputStream(stream(name), 1 << 16), new CRC32());
            this.name = name;
            left = size;
        }

        @Override
        public int read() throws IOException {
            final int value = left > 0 ? super.read() : -1;
            left -= value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(final byte[] target, final int offset, final int length) throws IOException {
            final int count = left > 0 || length == 0 ? super.read(target, offset, (int)Math.min(length, left)) : -1;
            left -= Math.max(0, count);
            return count;
        }

        /** @throws NetworkFormatException unless this is the end and all bytes were those that were written */
        void end() throws IOException {
            if (left > 0) {
                throw new NetworkFormatException(name + " is cut off");
            }
            if (in.read() >= 0) {
                throw new NetworkFormatException(name + " is longer than it says");
            }
            if (getChecksum().getValue() != entries.get(name).getCrc()) {
                throw new NetworkFormatException(name + " is damaged: its checksum is wrong");
            }
        }
    }

    private InputStream stream(final String name) throws IOException {
        final InputStream stream = zip.getInputStream(entries.get(name));
        if (stream == null) {
            throw new NetworkFormatException(name + " cannot be found");
        }
        return stream;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
