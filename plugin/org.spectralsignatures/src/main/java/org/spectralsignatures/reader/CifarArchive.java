package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * CIFAR's files as they were downloaded. Nothing is written to disk; links and folders of the archive are passed over.
 *
 * @param path the {@code .tar.gz} file
 * @param belongs which entries, by name
 */
record CifarArchive(Path path, Predicate<String> belongs) implements CifarFiles {

    /** The real one has ten. */
    private static final int MOST_ENTRIES = 10_000;

    @Override
    public boolean visit(final int recordBytes, final RecordVisitor visitor) throws IOException, TaskCancelledException {
        boolean found = false;
        try (var packed = NamedInput.openGzip(path); var tar = new TarArchiveInputStream(packed, StandardCharsets.UTF_8.name())) {
            int entries = 0;
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                if (++entries > MOST_ENTRIES) {
                    throw new IOException("'%s' has more than %d entries: it is not CIFAR's archive.".formatted(path, MOST_ENTRIES));
                }
                final String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (entry.isFile() && belongs.test(name)) {
                    found = true;
                    if (!CifarFiles.records(name, NamedInput.entry(tar, path + "!" + name), recordBytes, visitor)) { // NOSONAR closed with the archive
                        return true;
                    }
                }
            }
        }
        return found;
    }

    private TarArchiveEntry next(final TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextTarEntry();
        } catch (IOException | RuntimeException e) { // NOSONAR the archiver throws anything on damaged data
            throw NamedInput.named(path.toString(), e);
        }
    }
}
