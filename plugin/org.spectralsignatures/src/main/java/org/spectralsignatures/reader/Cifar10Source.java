package org.spectralsignatures.reader;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.zip.GZIPInputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * CIFAR-10's binary version: files of records of one label byte and 3,072 pixel bytes (https://www.cs.toronto.edu/~kriz/cifar.html),
 * in a folder or still in {@code cifar-10-binary.tar.gz}, which is read without being unpacked.
 */
final class Cifar10Source implements ImageSource {

    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);

    private static final List<String> NAMES =
        List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private interface RecordVisitor {
        /** @param record label byte and pixels; reused */
        void visit(String file, int number, byte[] record) throws IOException, TaskCancelledException;
    }

    private final Path path;

    private final Split split;

    Cifar10Source(final Path path, final Split split) {
        this.path = path;
        this.split = split;
    }

    static boolean recognises(final Path path) {
        return Files.isDirectory(path) ? folder(path) != null
            : path.getFileName().toString().endsWith(".tar.gz") || path.getFileName().toString().endsWith(".tgz");
    }

    private static Path folder(final Path path) {
        for (Path candidate : List.of(path, path.resolve("cifar-10-batches-bin"))) {
            if (Files.exists(candidate.resolve("data_batch_1.bin")) || Files.exists(candidate.resolve("test_batch.bin"))) {
                return candidate;
            }
        }
        return null;
    }

    private boolean belongs(final String file) {
        final boolean training = file.matches("data_batch_\\d+\\.bin");
        final boolean test = file.equals("test_batch.bin");
        return switch (split) {
            case TRAINING -> training;
            case TEST -> test;
            case ALL -> training || test;
        };
    }

    @Override
    public List<String> classes() {
        return NAMES;
    }

    @Override
    public int[] labels() throws IOException {
        final int[][] labels = {new int[1024]};
        final int[] count = {0};
        try {
            records((file, number, bytes) -> {
                if (bytes[0] < 0 || bytes[0] >= NAMES.size()) {
                    throw new IOException("'%s', record %d: %d is no label of CIFAR-10.".formatted(file, number, bytes[0] & 0xff));
                }
                if (count[0] == labels[0].length) {
                    labels[0] = Arrays.copyOf(labels[0], 2 * count[0]);
                }
                labels[0][count[0]++] = bytes[0];
            });
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // the visitor above never cancels
        }
        return Arrays.copyOf(labels[0], count[0]);
    }

    @Override
    public void read(final BitSet wanted, final Visitor visitor) throws IOException, TaskCancelledException {
        final int[] index = {0};
        records((file, number, bytes) -> {
            final int i = index[0]++;
            if (wanted.get(i)) {
                visitor.visit(i, file.replace(".bin", "") + "#" + number,
                    () -> new DecodedImage(SHAPE, Arrays.copyOfRange(bytes, 1, bytes.length)));
            }
        });
    }

    private void records(final RecordVisitor visitor) throws IOException, TaskCancelledException {
        if (Files.isDirectory(path)) {
            final Path folder = folder(path);
            if (folder == null) {
                throw new IOException("'%s' holds no CIFAR-10 files (data_batch_1.bin and so on).".formatted(path));
            }
            final List<Path> files;
            try (var list = Files.list(folder)) {
                files = list.filter(f -> belongs(f.getFileName().toString())).sorted().toList();
            }
            for (Path file : files) {
                try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                    records(file.getFileName().toString(), in, visitor);
                }
            }
        } else {
            archive(visitor);
        }
    }

    private void archive(final RecordVisitor visitor) throws IOException, TaskCancelledException {
        boolean found = false;
        try (var tar = new TarArchiveInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16), 1 << 16), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextTarEntry(); entry != null; entry = tar.getNextTarEntry()) {
                final String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (entry.isFile() && belongs(name)) {
                    found = true;
                    records(name, tar, visitor);
                }
            }
        }
        if (!found) {
            throw new IOException("'%s' holds no CIFAR-10 files (data_batch_1.bin and so on) of the split '%s'.".formatted(path, split));
        }
    }

    private static void records(final String file, final InputStream in, final RecordVisitor visitor)
        throws IOException, TaskCancelledException {
        final var bytes = new byte[1 + SHAPE.size()];
        for (int number = 0;; number++) {
            final int length = in.readNBytes(bytes, 0, bytes.length);
            if (length == 0) {
                return;
            }
            if (length < bytes.length) {
                throw new IOException("'%s' is cut off in record %d.".formatted(file, number));
            }
            visitor.visit(file, number, bytes);
        }
    }
}
