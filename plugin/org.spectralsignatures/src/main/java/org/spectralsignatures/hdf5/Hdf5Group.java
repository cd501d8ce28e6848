package org.spectralsignatures.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A group: its members by their names, and its attributes that are texts. */
public final class Hdf5Group {

    private static final int DEEPEST = 32;

    private static final int MOST_ARRAYS = 200_000;

    private final Hdf5Bytes file;

    private final String name;

    private final List<ObjectHeader.Message> messages;

    private Map<String, Long> links;

    Hdf5Group(final Hdf5Bytes file, final String name, final long address) throws IOException {
        this(file, name, ObjectHeader.messages(file, address));
    }

    private Hdf5Group(final Hdf5Bytes file, final String name, final List<ObjectHeader.Message> messages) {
        this.file = file;
        this.name = name;
        this.messages = messages;
    }

    static String shown(final String text) {
        return text.substring(0, Math.min(120, text.length())).replaceAll("\\p{C}", "?");
    }

    private static boolean isArray(final List<ObjectHeader.Message> messages) {
        return messages.stream().anyMatch(message -> message.type() == ObjectHeader.LAYOUT);
    }

    private Map<String, Long> links() throws IOException {
        if (links == null) {
            links = Links.of(file, messages);
        }
        return links;
    }

    /** @return names of its members */
    public Set<String> names() throws IOException {
        return links().keySet();
    }

    /**
     * @param member name of a member
     * @return the group of that name; null if there is none
     */
    public Hdf5Group group(final String member) throws IOException {
        final Long address = links().get(member);
        if (address == null) {
            return null;
        }
        final List<ObjectHeader.Message> found = ObjectHeader.messages(file, address);
        return isArray(found) ? null : new Hdf5Group(file, name + "/" + member, found);
    }

    /**
     * @param attribute name of an attribute
     * @return its text; null if there is none, or it is no single text
     */
    public String text(final String attribute) throws IOException {
        return new Attributes(file).text(messages, attribute);
    }

    /** @return all arrays in it and in the groups below */
    public List<Hdf5Array> arrays() throws IOException {
        final var arrays = new ArrayList<Hdf5Array>();
        collect(arrays, 0);
        return arrays;
    }

    private void collect(final List<Hdf5Array> arrays, final int depth) throws IOException {
        if (depth > DEEPEST || arrays.size() > MOST_ARRAYS) {
            throw new Hdf5Exception("its groups lie more than %d deep in each other, or have more than %d arrays".formatted(DEEPEST, MOST_ARRAYS));
        }
        for (Map.Entry<String, Long> link : links().entrySet()) {
            final String path = name + "/" + link.getKey();
            final List<ObjectHeader.Message> found = ObjectHeader.messages(file, link.getValue());
            if (isArray(found)) {
                arrays.add(Hdf5Array.read(file, path, found));
            } else {
                new Hdf5Group(file, path, found).collect(arrays, depth + 1);
            }
        }
    }
}
