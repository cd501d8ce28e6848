package org.spectralsignatures.numpy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.image.RegularFile;

/** The arrays of an archive ({@code .npz}) by their names, or the one of a file ({@code .npy}). Each is looked at when it is asked for. */
public final class NumpyArrays {

    private static final String ENDING = ".npy";

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final Path file;

    private final Map<String, ArrayBytes> arrays = new LinkedHashMap<>();

    private final boolean isArchive;

    private int others;

    private NumpyArrays(final Path file, final boolean isArchive) {
        this.file = file;
        this.isArchive = isArchive;
    }

    /**
     * @param file an archive or an array, told by how it begins
     * @return its arrays
     * @throws IOException if it is neither; the message names it
     */
    public static NumpyArrays open(final Path file) throws IOException {
        try {
            final byte[] beginning = beginning(file);
            final boolean isArchive = beginning.length >= ZIP.length && Arrays.equals(ZIP, 0, ZIP.length, beginning, 0, ZIP.length);
            final var arrays = new NumpyArrays(file, isArchive);
            if (isArchive) {
                arrays.list(new NpzArchive(file));
            } else if (NpyHeader.begins(beginning)) {
                arrays.arrays.put(stem(file.getFileName().toString()), FileBytes.of(file));
            } else {
                throw new IOException("it is neither a NumPy file nor an archive of them");
            }
            return arrays;
        } catch (IOException | RuntimeException e) { // NOSONAR as all readers of damaged data
            final String reason = RegularFile.reason(e);
            throw new IOException("'%s' cannot be read: %s Download or copy it again.".formatted(file, reason), e);
        }
    }

    /** @return whether a file is such an archive or array, by how it begins */
    public static boolean recognises(final Path file) {
        try {
            final byte[] beginning = beginning(file);
            return NpyHeader.begins(beginning)
                || beginning.length >= ZIP.length && Arrays.equals(ZIP, 0, ZIP.length, beginning, 0, ZIP.length) && !new NumpyArrays(file, true).listed().isEmpty();
        } catch (IOException | RuntimeException e) { // NOSONAR said when it is read
            return false;
        }
    }

    private Map<String, ArrayBytes> listed() throws IOException {
        list(new NpzArchive(file));
        return arrays;
    }

    private static byte[] beginning(final Path file) throws IOException {
        try (var in = RegularFile.open(file)) {
            return in.readNBytes(6);
        }
    }

    private void list(final NpzArchive archive) {
        archive.entries().forEach((name, entry) -> {
            if (name.endsWith(ENDING)) {
                arrays.put(stem(name), entry);
            } else {
                others++;
            }
        });
    }

    /** @return a name without the ending of an array */
    public static String stem(final String name) {
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /** @return names of the arrays, in the order of the file */
    public Set<String> names() {
        return arrays.keySet();
    }

    /** @return number of entries that are no arrays */
    public int others() {
        return others;
    }

    /** @return whether the file is an archive */
    public boolean isArchive() {
        return isArchive;
    }

    /** @return the file */
    public Path file() {
        return file;
    }

    /**
     * @param name one of {@link #names()}
     * @return the array
     * @throws IOException if its header lies or its values are not read; the message names it
     */
    public NumpyArray array(final String name) throws IOException {
        final ArrayBytes bytes = arrays.get(name);
        if (bytes == null) {
            throw new IOException("'%s' has no array '%s'. It has %s.".formatted(file, name, String.join(", ", names())));
        }
        return new NumpyArray(isArchive ? file + "!" + name : file.toString(), bytes);
    }
}
