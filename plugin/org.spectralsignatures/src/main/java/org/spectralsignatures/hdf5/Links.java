package org.spectralsignatures.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the members of a group lie: in a symbol table (a tree of nodes and a heap of names), or in messages of its header. */
final class Links {

    private static final int MOST_LINKS = 200_000;

    private static final int DEEPEST = 16;

    private static final int ENTRY = 40;

    private final Hdf5Bytes file;

    private final Map<String, Long> members = new LinkedHashMap<>();

    private int visited;

    private Links(final Hdf5Bytes file) {
        this.file = file;
    }

    /** @return addresses of the headers of its members by their names; links to elsewhere are none */
    static Map<String, Long> of(final Hdf5Bytes file, final List<ObjectHeader.Message> messages) throws IOException {
        final var links = new Links(file);
        for (ObjectHeader.Message message : messages) {
            final ByteBuffer content = message.content().duplicate().order(message.content().order());
            switch (message.type()) {
                case ObjectHeader.SYMBOL_TABLE -> links.table(content);
                case ObjectHeader.LINK -> links.link(content);
                case ObjectHeader.LINKS -> checkLinks(content);
                default -> { }
            }
        }
        return links.members;
    }

    private void table(final ByteBuffer message) throws IOException {
        ObjectHeader.require(message, 2 * Hdf5Bytes.ADDRESS);
        final ByteBuffer heap = file.at(message.getLong(8), 32, "HEAP");
        final ByteBuffer names = file.at(heap.getLong(24), heap.getLong(8));
        tree(message.getLong(0), names, 0);
    }

    private void tree(final long address, final ByteBuffer names, final int depth) throws IOException {
        if (depth > DEEPEST || ++visited > MOST_LINKS) {
            throw new Hdf5Exception("the tree of a group leads around in a circle");
        }
        final ByteBuffer head = file.at(address, 24, "TREE");
        final int level = Byte.toUnsignedInt(head.get(5));
        final int used = Short.toUnsignedInt(head.getShort(6));
        final ByteBuffer entries = file.at(address + 24, (2L * used + 1) * Hdf5Bytes.ADDRESS);
        for (int i = 0; i < used; i++) {
            final long child = entries.getLong((2 * i + 1) * Hdf5Bytes.ADDRESS);
            if (level > 0) {
                tree(child, names, depth + 1);
            } else {
                node(child, names);
            }
        }
    }

    private void node(final long address, final ByteBuffer names) throws IOException {
        final ByteBuffer head = file.at(address, 8, "SNOD");
        final int count = Short.toUnsignedInt(head.getShort(6));
        final ByteBuffer entries = file.at(address + 8, (long)count * ENTRY);
        for (int i = 0; i < count; i++) {
            final long name = entries.getLong(i * ENTRY);
            if (name < 0 || name >= names.limit()) {
                throw new Hdf5Exception("a name in it is not where it should be: it is damaged");
            }
            if (entries.getInt(i * ENTRY + 16) != 2) { // a symbolic link
                add(Attributes.until0(names.slice((int)name, names.limit() - (int)name)), entries.getLong(i * ENTRY + 8));
            }
        }
    }

    private void add(final String name, final long address) throws Hdf5Exception {
        if (members.put(name, address) != null || members.size() > MOST_LINKS) {
            throw new Hdf5Exception("a group in it has the member '%s' twice, or more than %d members".formatted(Hdf5Group.shown(name), MOST_LINKS));
        }
    }

    private void link(final ByteBuffer message) throws Hdf5Exception {
        ObjectHeader.take(message, 1);
        final int flags = ObjectHeader.take(message, 1).get();
        final int type = (flags & 8) == 0 ? 0 : ObjectHeader.take(message, 1).get();
        ObjectHeader.take(message, ((flags & 4) == 0 ? 0 : 8) + ((flags & 16) == 0 ? 0 : 1));
        final ByteBuffer width = ObjectHeader.take(message, 1 << (flags & 3));
        long length = 0;
        for (int i = 0; i < width.limit(); i++) {
            length |= Byte.toUnsignedLong(width.get(i)) << 8 * i;
        }
        final String name = Attributes.until0(ObjectHeader.take(message, length));
        if (type == 0) {
            add(name, ObjectHeader.take(message, Hdf5Bytes.ADDRESS).getLong());
        }
    }

    private static void checkLinks(final ByteBuffer message) throws Hdf5Exception {
        ObjectHeader.require(message, 2);
        final int at = 2 + ((message.get(1) & 1) == 0 ? 0 : 8);
        ObjectHeader.require(message, at + (long)Hdf5Bytes.ADDRESS);
        if (message.getLong(at) != Hdf5Bytes.NOWHERE) {
            throw new Hdf5Exception("a group in it is kept in a newer form (a fractal heap), which is not read: save the network again with Keras");
        }
    }
}
