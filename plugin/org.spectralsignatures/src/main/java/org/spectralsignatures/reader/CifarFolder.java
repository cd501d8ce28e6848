package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * CIFAR's files, unpacked.
 *
 * @param path the folder, or the one above it
 * @param version of the set
 * @param belongs which files, by name
 */
record CifarFolder(Path path, CifarVersion version, Predicate<String> belongs) implements CifarFiles {

    /** @return the folder that holds such files, null if there is none */
    static Path find(final Path path, final CifarVersion version) {
        for (Path candidate : List.of(path, path.resolve(version.folder()))) {
            if (Stream.concat(version.trainingFiles().stream(), Stream.of(version.testFile())).anyMatch(file -> Files.isRegularFile(candidate.resolve(file)))) {
                return candidate;
            }
        }
        return null;
    }

    @Override
    public boolean visit(final int recordBytes, final RecordVisitor visitor) throws IOException, TaskCancelledException {
        final Path folder = find(path, version);
        boolean found = false;
        for (Path file : folder == null ? List.<Path>of() : ImageFolder.list(folder)) {
            final String name = file.getFileName().toString();
            if (belongs.test(name)) {
                found = true;
                try (NamedInput in = NamedInput.open(file)) {
                    if (!CifarFiles.records(name, in, recordBytes, visitor)) {
                        return true;
                    }
                }
            }
        }
        return found;
    }
}
