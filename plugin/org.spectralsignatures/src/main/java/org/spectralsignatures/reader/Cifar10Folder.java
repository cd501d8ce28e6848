package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * CIFAR-10's files, unpacked.
 *
 * @param path the folder, or the one above it
 * @param belongs which files, by name
 */
record Cifar10Folder(Path path, Predicate<String> belongs) implements Cifar10Files {

    /** @return the folder that holds such files, null if there is none */
    static Path find(final Path path) {
        for (Path candidate : List.of(path, path.resolve("cifar-10-batches-bin"))) {
            if (Files.exists(candidate.resolve("data_batch_1.bin")) || Files.exists(candidate.resolve("test_batch.bin"))) {
                return candidate;
            }
        }
        return null;
    }

    @Override
    public boolean visit(final int recordBytes, final RecordVisitor visitor) throws IOException, TaskCancelledException {
        final Path folder = find(path);
        boolean found = false;
        for (Path file : folder == null ? List.<Path>of() : ImageFolder.list(folder)) {
            final String name = file.getFileName().toString();
            if (belongs.test(name)) {
                found = true;
                try (NamedInput in = NamedInput.open(file)) {
                    if (!Cifar10Files.records(name, in, recordBytes, visitor)) {
                        return true;
                    }
                }
            }
        }
        return found;
    }
}
