package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

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

    private static final int TRAINING_FILES = 5;

    private final Cifar10Files files;

    private final Split split;

    private final boolean skipUnreadable;

    /** Number of records of each file, once they were counted. */
    private final Map<String, Integer> counts = new TreeMap<>();

    Cifar10Source(final Path path, final Split split, final boolean skipUnreadable) {
        this.split = split;
        this.skipUnreadable = skipUnreadable;
        files = Files.isDirectory(path) ? new Cifar10Folder(path, this::belongs) : new Cifar10Archive(path, this::belongs);
    }

    static boolean recognises(final Path path) {
        return Files.isDirectory(path) ? Cifar10Folder.find(path) != null
            : path.getFileName().toString().endsWith(".tar.gz") || path.getFileName().toString().endsWith(".tgz");
    }

    private boolean belongs(final String file) {
        final boolean training = file.matches("data_batch_\\d+\\.bin");
        final boolean test = file.equals("test_batch.bin");
        return switch (split) {
            case TRAINING -> training;
            case VALIDATION -> false;
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
        final var labels = new Object() {
            int[] found = new int[1024];

            int count;
        };
        counts.clear();
        try {
            records((file, where, number, bytes) -> {
                if (labels.count == labels.found.length) {
                    labels.found = Arrays.copyOf(labels.found, 2 * labels.count);
                }
                labels.found[labels.count++] = label(where, number, bytes[0] & 0xff);
                counts.merge(file, 1, Integer::sum);
                return true;
            });
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // the visitor above never cancels
        }
        return Arrays.copyOf(labels.found, labels.count);
    }

    private int label(final String file, final int number, final int label) throws IOException {
        if (label < NAMES.size()) {
            return label;
        }
        if (skipUnreadable) {
            return UNKNOWN;
        }
        throw new IOException("'%s', record %d: %d is no label of CIFAR-10. Download the file again, or switch on 'Skip unreadable images'."
            .formatted(file, number, label));
    }

    @Override
    public ImageShape firstShape(final IntPredicate wanted) throws IOException {
        try {
            records((file, where, number, bytes) -> false);
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // the visitor above never cancels
        }
        return SHAPE;
    }

    @Override
    public void read(final BitSet wanted, final Visitor visitor) throws IOException, TaskCancelledException {
        final int[] index = {0};
        records((file, where, number, bytes) -> {
            final int i = index[0]++;
            if (wanted.get(i)) {
                visitor.visit(i, file.replace(".bin", "") + "#" + number,
                    () -> new DecodedImage(SHAPE, Arrays.copyOfRange(bytes, 1, bytes.length)));
            }
            return true;
        });
    }

    /** Training files that are missing, and files that are shorter than the others. */
    @Override
    public List<String> notes() {
        final var notes = new ArrayList<String>();
        if (split != Split.TEST && !counts.isEmpty()) {
            final List<String> missing =
                IntStream.rangeClosed(1, TRAINING_FILES).mapToObj("data_batch_%d.bin"::formatted).filter(f -> !counts.containsKey(f)).toList();
            if (!missing.isEmpty()) {
                notes.add("%d of CIFAR-10's %d training files are missing: %s.".formatted(missing.size(), TRAINING_FILES, String.join(", ", missing)));
            }
        }
        if (split == Split.ALL && !counts.isEmpty() && !counts.containsKey("test_batch.bin")) {
            notes.add("CIFAR-10's test file is missing: test_batch.bin.");
        }
        final int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        counts.forEach((file, count) -> {
            if (file.startsWith("data") && count < most) {
                notes.add("'%s' holds %d images, but another file %d.".formatted(file, count, most));
            }
        });
        return notes;
    }

    private void records(final Cifar10Files.RecordVisitor visitor) throws IOException, TaskCancelledException {
        if (!files.visit(1 + SHAPE.size(), visitor)) {
            throw new IOException("'%s' holds no CIFAR-10 files (%s).".formatted(files.path(), split == Split.TEST ? "test_batch.bin" : "data_batch_1.bin and so on"));
        }
    }
}
