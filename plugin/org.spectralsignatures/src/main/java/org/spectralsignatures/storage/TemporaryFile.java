package org.spectralsignatures.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in the temporary folder that outlives no process. Where a file can be deleted while it is open (not on Windows), nothing is seen of it
 * from the start; elsewhere its name holds its process, and the next process that makes one deletes those of processes that died.
 */
public final class TemporaryFile implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("spectralsignatures-[a-z]+-p(\\d{1,18})-s(\\d{1,18})-.*\\.tmp");

    private static final Set<Path> CLEANED = ConcurrentHashMap.newKeySet();

    private final Path path;

    private final FileChannel channel;

    private TemporaryFile(final Path path, final FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * @param purpose part of its name, in small letters
     * @return a new, empty file
     * @throws IOException if it cannot be made; the message names the folder
     */
    public static TemporaryFile create(final String purpose) throws IOException {
        final TemporaryFile file = named(purpose);
        try {
            Files.delete(file.path);
        } catch (IOException e) { // NOSONAR Windows: close() deletes it
        }
        return file;
    }

    /**
     * As above, where others have to open it by its name. What is left by a process that died is deleted by the next one.
     *
     * @param purpose part of its name, in small letters
     * @return a new, empty file, which is seen until it is closed
     * @throws IOException if it cannot be made; the message names the folder
     */
    public static TemporaryFile named(final String purpose) throws IOException {
        final Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        if (CLEANED.add(folder)) {
            clean(folder);
        }
        final ProcessHandle process = ProcessHandle.current();
        final Path path;
        try {
            path = Files.createTempFile(folder, "spectralsignatures-%s-p%d-s%d-".formatted(purpose, process.pid(), start(process)), ".tmp");
        } catch (IOException e) {
            throw new IOException(("No file can be made in the folder for temporary files, '%s' (%s). Choose another one: in KNIME's preferences under KNIME,"
                + " elsewhere with the Java option -Djava.io.tmpdir=FOLDER.").formatted(folder, e), e);
        }
        path.toFile().deleteOnExit(); // where it cannot be deleted now
        return new TemporaryFile(path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private static long start(final ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /**
     * Deletes the files of processes that died without closing them.
     *
     * @param folder to look in
     */
    static void clean(final Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "spectralsignatures-*.tmp")) {
            for (Path file : files) {
                final Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && !lives(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | RuntimeException e) { // NOSONAR the next one tries again
        }
    }

    /** Another process may have got the number of a dead one, but not its time. Where the time is unknown it counts as the same. */
    private static boolean lives(final long pid, final long start) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(TemporaryFile::start).filter(s -> s == start || s == 0 || start == 0).isPresent();
    }

    /** @return where it lies or lay, for messages */
    public Path path() {
        return path;
    }

    /** @return open for reading and writing */
    public FileChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
