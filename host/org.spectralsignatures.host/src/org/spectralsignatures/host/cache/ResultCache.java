package org.spectralsignatures.host.cache;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.spectralsignatures.host.files.TemporaryFolder;

/**
 * A folder of results, an entry for each, named by its key. Several runs may use it at once: entries appear and go by one renaming each, so
 * that there is no lock that a killed run could leave. What is used least recently goes when there is no room; an entry's list bears the time
 * of its last use.
 */
public final class ResultCache {

    /** What the folder holds beside entries, for people and to tell a cache from other folders. */
    static final String MARKER = "spectralsignatures.cache";

    private static final String TEXT = """
        ./run -cache keeps results of nodes in this folder, to take them again in later runs. Nothing else belongs here.
        The folder may be deleted whenever no run uses it: results are made anew then.
        """;

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

    /** Nobody writes an entry for so long. */
    private static final Duration STALE = Duration.ofDays(1);

    /**
     * What was removed.
     *
     * @param entries for which there was no room
     * @param bytes of these entries
     * @param leftovers of killed runs
     */
    public record Cleared(int entries, long bytes, int leftovers) {
    }

    private record Found(Path path, long bytes, FileTime used) {
    }

    private final Path m_folder;

    private final Path m_entries;

    private final Path m_unfinished;

    private final Path m_cleared;

    private final long m_limit;

    private final String m_surroundings;

    private int m_clearedEntries;

    private long m_clearedBytes;

    private int m_leftovers;

    /**
     * Opens a cache, or makes one; clears what killed runs left, and what is beyond the limit.
     *
     * @param folder an empty folder, one that does not exist, or a cache
     * @param limit in bytes
     * @throws IOException if it cannot be written
     */
    public ResultCache(final Path folder, final long limit) throws IOException {
        m_folder = Files.createDirectories(folder);
        m_limit = limit;
        try {
            Files.writeString(Files.createFile(m_folder.resolve(MARKER)), TEXT);
        } catch (FileAlreadyExistsException e) { // NOSONAR
            // a cache already
        }
        m_entries = Files.createDirectories(m_folder.resolve("results"));
        m_unfinished = Files.createDirectories(m_folder.resolve("unfinished"));
        m_cleared = Files.createDirectories(m_folder.resolve("cleared"));
        m_surroundings = Surroundings.fingerprint();
        sweep();
        room(0);
    }

    /** @return whether there is something in a folder that is no cache */
    public static boolean isForeign(final Path folder) throws IOException {
        if (!Files.isDirectory(folder) || Files.isRegularFile(folder.resolve(MARKER))) {
            return false;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isPresent();
        }
    }

    /** Removes what killed runs were writing or clearing. Those of other machines cannot be seen to be dead, but they grow old. */
    private void sweep() throws IOException {
        m_leftovers += TemporaryFolder.sweep(m_unfinished);
        for (Path folder : children(m_unfinished)) {
            if (newest(folder).isBefore(Instant.now().minus(STALE))) {
                delete(folder);
                m_leftovers++;
            }
        }
        for (Path folder : children(m_cleared)) {
            delete(folder);
        }
    }

    private static List<Path> children(final Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }

    private static Instant newest(final Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(ResultCache::changed).max(Comparator.naturalOrder()).orElse(Instant.MAX);
        } catch (IOException | RuntimeException e) { // NOSONAR it is being written or cleared
            return Instant.MAX;
        }
    }

    private static Instant changed(final Path file) {
        return file.toFile().lastModified() == 0 ? Instant.MAX : Instant.ofEpochMilli(file.toFile().lastModified());
    }

    private static void delete(final Path folder) {
        try {
            TemporaryFolder.delete(folder);
        } catch (IOException e) { // NOSONAR
            // the next run tries again
        }
    }

    /** @return where it lies */
    public Path folder() {
        return m_folder;
    }

    /** @return the largest number of bytes that it holds */
    public long limit() {
        return m_limit;
    }

    /** @return what the program and the machine are, as far as results may depend on them */
    String surroundings() {
        return m_surroundings;
    }

    /**
     * Takes an entry; it counts as used now.
     *
     * @param to a new folder for its files; removed if they cannot be taken
     * @return null if there is none
     * @throws Entry.DamagedException if there was one that is not what was written; it is cleared
     */
    Entry take(final String key, final Path to) throws IOException {
        final Path entry = m_entries.resolve(key);
        try {
            return tryToTake(entry, to);
        } catch (Entry.DamagedException e) { // NOSONAR perhaps cleared and made anew by other runs while it was read
            try {
                return tryToTake(entry, to);
            } catch (Entry.DamagedException again) {
                clear(entry);
                throw again;
            }
        }
    }

    private static Entry tryToTake(final Path entry, final Path to) throws IOException {
        Entry taken = null;
        try {
            taken = Entry.take(entry, to);
            used(entry);
            return taken;
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(entry)) { // so that it is not being cleared right now
                throw new Entry.DamagedException("'" + Path.of(e.getFile()).getFileName() + "' is missing");
            }
            return null;
        } finally {
            if (taken == null) {
                TemporaryFolder.delete(to);
            }
        }
    }

    private static void used(final Path entry) {
        try {
            Files.setLastModifiedTime(entry.resolve(NewEntry.LIST), FileTime.from(Instant.now()));
        } catch (IOException e) { // NOSONAR
            // cleared meanwhile, or another user's: then the time of its making counts
        }
    }

    /** @return an entry to be written */
    NewEntry begin() throws IOException {
        return new NewEntry(m_unfinished, m_limit);
    }

    /**
     * Makes an entry of what was written, once there is room for it.
     *
     * @return whether there was none of that key
     */
    synchronized boolean put(final String key, final NewEntry entry) throws IOException {
        if (entry.bytes() > m_limit) {
            throw new NewEntry.TooLargeException();
        }
        room(entry.bytes());
        return entry.publish(m_entries.resolve(key));
    }

    /** Clears an entry that cannot be used. */
    void clear(final String key) {
        clear(m_entries.resolve(key));
    }

    /** Clears what was used least recently until so many bytes fit. */
    private synchronized void room(final long bytes) throws IOException {
        final List<Found> found = found();
        long total = found.stream().mapToLong(Found::bytes).sum();
        for (Found entry : found) {
            if (total + bytes <= m_limit) {
                return;
            }
            if (clear(entry.path)) {
                m_clearedEntries++;
                m_clearedBytes += entry.bytes;
            }
            total -= entry.bytes;
        }
    }

    /** @return whether it was there; by renaming, so that nobody finds half of it */
    private boolean clear(final Path entry) {
        final Path gone = m_cleared.resolve(UUID.randomUUID().toString());
        try {
            Files.move(entry, gone);
        } catch (IOException e) { // NOSONAR another run was faster, or is reading it where files that are read cannot be renamed
            return false;
        }
        delete(gone);
        return true;
    }

    /** @return the entries, those first that were used least recently */
    private List<Found> found() throws IOException {
        final var found = new ArrayList<Found>();
        for (Path entry : children(m_entries).stream().filter(e -> KEY.matcher(e.getFileName().toString()).matches()).toList()) {
            try (Stream<Path> files = Files.list(entry)) {
                final long bytes = files.mapToLong(f -> f.toFile().length()).sum();
                final Path list = entry.resolve(NewEntry.LIST);
                final boolean whole = Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS);
                found.add(new Found(entry, bytes, whole ? Files.getLastModifiedTime(list) : FileTime.fromMillis(0)));
            } catch (IOException e) { // NOSONAR
                // it is being cleared
            }
        }
        found.sort(Comparator.comparing(Found::used));
        return found;
    }

    /** @return how many bytes it holds now, and in how many entries */
    synchronized long[] content() throws IOException {
        final List<Found> found = found();
        return new long[]{found.stream().mapToLong(Found::bytes).sum(), found.size()};
    }

    /** @return what was removed since the last call */
    synchronized Cleared cleared() {
        final var cleared = new Cleared(m_clearedEntries, m_clearedBytes, m_leftovers);
        m_clearedEntries = 0;
        m_clearedBytes = 0;
        m_leftovers = 0;
        return cleared;
    }
}
