package org.spectralsignatures.reader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.image.RegularFile;

/** What lies in a folder, in alphabetical order. */
final class ImageFolder {

    private ImageFolder() {
    }

    /** @return files and folders, without what systems leave */
    static List<Path> list(final Path folder) throws IOException {
        return listAll(folder).stream().filter(f -> !Leftovers.isLeftover(name(f))).toList();
    }

    /** @return all files and folders */
    static List<Path> listAll(final Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (UncheckedIOException | IOException e) {
            final Exception reason = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
            throw new IOException("The folder '%s' cannot be read: %s".formatted(folder, RegularFile.reason(reason)), e);
        }
    }

    /** @return the last name of a path, see {@link FileName} */
    static String name(final Path path) {
        return FileName.of(path);
    }
}
