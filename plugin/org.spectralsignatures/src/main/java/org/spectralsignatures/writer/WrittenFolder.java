package org.spectralsignatures.writer;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.spectralsignatures.reader.Leftovers;

/**
 * A folder that this writer made: it holds a marker with the version of this format, and nothing that its lists do not name. Only such a folder is
 * ever replaced.
 */
final class WrittenFolder {

    static final String MARKER = Leftovers.WRITTEN_SET;

    static final String FILES = "files.csv";

    static final String KEPT = "kept.csv";

    static final String REMOVED = "removed.csv";

    static final String CONCLUSION = "conclusion.txt";

    /** Files that a set may have beside its images. */
    static final List<String> LISTS = List.of(MARKER, FILES, KEPT, REMOVED, CONCLUSION, Cifar10Files.NAMES_FILE, IdxWriter.NAMES_FILE);

    /** The column of {@link #FILES} that holds paths. */
    static final int FILE_COLUMN = 1;

    private static final String MARK = "Written by the Labelled Image Writer of Spectral Signatures, format 1\n";

    private static final int MOST_MARK_BYTES = 200;

    private final Path folder;

    WrittenFolder(final Path folder) {
        this.folder = folder;
    }

    void mark() throws IOException {
        Files.writeString(folder.resolve(MARKER), MARK);
    }

    /** @throws IOException if it was not written so, or holds anything else; the message says what */
    void requireOwn() throws IOException {
        final Path marker = folder.resolve(MARKER);
        if (!Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS) || Files.size(marker) > MOST_MARK_BYTES || !Files.readString(marker).equals(MARK)) {
            throw new IOException("The folder '%s' is not empty, and was not written by this node (of this version): it is not replaced. Choose another folder."
                .formatted(folder));
        }
        final Set<Path> own = new HashSet<>(files());
        final Set<Path> folders = new HashSet<>(List.of(folder));
        for (Path file : own) {
            for (Path parent = file.getParent(); !parent.equals(folder); parent = parent.getParent()) {
                folders.add(parent);
            }
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>)all::iterator) {
                final boolean expected = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? folders.contains(path)
                    : own.contains(path) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
                if (!expected) {
                    throw new IOException("The folder '%s' holds '%s', which this node did not write: it is not replaced. Move that away, or choose another folder."
                        .formatted(folder, folder.relativize(path)));
                }
            }
        }
    }

    /** @return all files that it may hold; whatever its list says, none outside of it */
    private List<Path> files() throws IOException {
        final List<List<String>> lines = CsvFile.read(folder.resolve(FILES));
        return Stream.concat(LISTS.stream(), lines.stream().skip(1).filter(line -> line.size() > FILE_COLUMN).map(line -> line.get(FILE_COLUMN)))
            .map(file -> folder.resolve(file).normalize()).filter(file -> file.startsWith(folder) && !file.equals(folder)).toList();
    }

    /**
     * Deletes what its lists name, and then its folders. What came to it meanwhile stays.
     *
     * @return whether nothing is left
     */
    boolean delete() throws IOException {
        final List<Path> own = files();
        for (Path file : own) {
            if (!file.equals(folder.resolve(FILES))) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder.resolve(FILES)); // the last: without it nobody would know what else is ours
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(path);
                }
            }
        } catch (DirectoryNotEmptyException e) { // NOSONAR that is the answer
            return false;
        }
        return true;
    }
}
