package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * A binary version of CIFAR: files of records of one or two label bytes and 3,072 pixel bytes (https://www.cs.toronto.edu/~kriz/cifar.html),
 * in a folder or still in the {@code .tar.gz} as it was downloaded, which is read without being unpacked.
 */
final class CifarSource implements ImageSource {

    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);

    private final CifarVersion version;

    private final CifarFiles files;

    private final Split split;

    private final boolean skipUnreadable;

    /** Files of parts that were not asked for. */
    private final NavigableSet<String> leftOut = new TreeSet<>();

    /** Number of records of each file, once they were counted. */
    private final Map<String, Integer> counts = new TreeMap<>();

    /** Files that end within a record, with its number. */
    private final Map<String, Integer> cutOff = new TreeMap<>();

    /** The file that begins with an image, by its index, once the labels were read. */
    private final NavigableMap<Integer, String> starts = new TreeMap<>();

    CifarSource(final Path path, final CifarVersion version, final Split split, final boolean skipUnreadable) {
        this.version = version;
        this.split = split;
        this.skipUnreadable = skipUnreadable;
        files = Files.isDirectory(path) ? new CifarFolder(path, version, this::belongs) : new CifarArchive(path, this::belongs);
    }

    /** @return the version that lies at a path, null if there is none; archives are told by their names */
    static CifarVersion recognise(final Path path) {
        if (Files.isDirectory(path)) {
            return Stream.of(CifarVersion.TEN, CifarVersion.HUNDRED_FINE).filter(version -> isHere(path, version)).findFirst().orElse(null);
        }
        final String name = path.getFileName().toString();
        return !name.endsWith(".tar.gz") && !name.endsWith(".tgz") ? null : name.contains("100") ? CifarVersion.HUNDRED_FINE : CifarVersion.TEN;
    }

    /** The files of CIFAR-100 have names that others could have, too: they lie in its folder or beside its lists of classes. */
    private static boolean isHere(final Path path, final CifarVersion version) {
        final Path folder = CifarFolder.find(path, version);
        return folder != null && (version == CifarVersion.TEN || folder.endsWith(version.folder()) || Files.exists(folder.resolve("fine_label_names.txt")));
    }

    /** @return whether a path is a single file of such a set, by its name */
    static boolean isFileOfSet(final Path path) {
        final String name = ImageFolder.name(path);
        return Stream.of(CifarVersion.values()).anyMatch(version -> version.isTraining(name) || version.isTest(name));
    }

    /** @return whether files of CIFAR's version for Python lie at a path, which would run what a stranger wrote into them */
    static boolean isForPython(final Path path) {
        return Stream.of(path, path.resolve("cifar-10-batches-py"), path.resolve("cifar-100-python"))
            .anyMatch(folder -> Files.isRegularFile(folder.resolve("data_batch_1")) || Files.isRegularFile(folder.resolve("batches.meta"))
                || Files.isRegularFile(folder.resolve("meta")) && Files.isRegularFile(folder.resolve("train")));
    }

    private boolean belongs(final String file) {
        final boolean training = version.isTraining(file);
        final boolean test = version.isTest(file);
        final boolean belongs = switch (split) {
            case TRAINING -> training;
            case VALIDATION -> false;
            case TEST -> test;
            case ALL -> training || test;
        };
        if (!belongs && (training || test)) {
            leftOut.add(file);
        }
        return belongs;
    }

    @Override
    public List<FolderScan.PassedOver> passedOver() {
        return leftOut.isEmpty() ? List.of() : List.of(new FolderScan.PassedOver(FolderScan.Reason.LEFT_OUT, "bin", leftOut.size(), leftOut.first(),
            leftOut.stream().limit(FolderScan.PassedOver.MOST_EXAMPLES).toList()));
    }

    @Override
    public List<String> classes() {
        return version.classes();
    }

    @Override
    public int[] labels() throws IOException {
        final var labels = new Object() {
            int[] found = new int[1024];

            int count;
        };
        counts.clear();
        starts.clear();
        try {
            records((file, where, number, bytes) -> {
                if (labels.count == labels.found.length) {
                    labels.found = Arrays.copyOf(labels.found, 2 * labels.count);
                }
                labels.found[labels.count++] = label(where, number, version.label(bytes));
                if (counts.merge(file, 1, Integer::sum) == 1) {
                    starts.put(labels.count - 1, file);
                }
                return true;
            });
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // the visitor above never cancels
        }
        return Arrays.copyOf(labels.found, labels.count);
    }

    private int label(final String file, final int number, final int label) throws IOException {
        if (label < version.classes().size()) {
            return label;
        }
        if (skipUnreadable) {
            return UNKNOWN;
        }
        throw new IOException("'%s', record %d: %d is no label of %s. Download the file again, or switch on 'Skip unreadable images'."
            .formatted(file, number, label, version.title()));
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
                final byte[] pixels = Arrays.copyOfRange(bytes, version.labelBytes(), bytes.length);
                visitor.visit(i, key(file, number), Decoder.of("RGB", limit -> new DecodedImage(SHAPE, pixels)));
            }
            return true;
        });
    }

    private static String key(final String file, final int number) {
        return file.replace(".bin", "") + "#" + number;
    }

    @Override
    public String part(final int index) {
        return version.isTest(starts.floorEntry(index).getValue()) ? "test" : "training";
    }

    /** Training files that are missing, and files that are shorter than the others. */
    @Override
    public List<String> notes() {
        final var notes = new ArrayList<String>();
        if (split != Split.TEST && !counts.isEmpty()) {
            final List<String> missing = version.trainingFiles().stream().filter(f -> !counts.containsKey(f)).toList();
            if (!missing.isEmpty()) {
                notes.add("%d of %s's %d training files are missing: %s.".formatted(missing.size(), version.title(), version.trainingFiles().size(),
                    String.join(", ", missing)));
            }
        }
        if (split == Split.ALL && !counts.isEmpty() && !counts.containsKey(version.testFile())) {
            notes.add("%s's test file is missing: %s.".formatted(version.title(), version.testFile()));
        }
        cutOff.forEach((where, number) -> notes.add("'%s' is cut off in record %d: only the images before it are read.".formatted(where, number)));
        final int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        counts.forEach((file, count) -> {
            if (version.isTraining(file) && count < most) {
                notes.add("'%s' holds %d images, but another file %d.".formatted(file, count, most));
            }
        });
        return notes;
    }

    /** Hands on whole records; where a file is cut off, those before it count if unreadable images are skipped. */
    private final class Whole implements CifarFiles.RecordVisitor {

        private final CifarFiles.RecordVisitor visitor;

        Whole(final CifarFiles.RecordVisitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public boolean visit(final String file, final String where, final int number, final byte[] record) throws IOException, TaskCancelledException {
            return visitor.visit(file, where, number, record);
        }

        @Override
        public void cutOff(final String where, final int number) throws IOException {
            if (!skipUnreadable || number == 0) {
                throw new IOException("'%s' is cut off in record %d. Download or copy it again%s.".formatted(where, number,
                    number == 0 ? "" : ", or switch on 'Skip unreadable images' to read the records before it"));
            }
            cutOff.put(where, number);
        }
    }

    private void records(final CifarFiles.RecordVisitor visitor) throws IOException, TaskCancelledException {
        if (!files.visit(version.labelBytes() + SHAPE.size(), new Whole(visitor))) {
            throw new IOException("'%s' holds no %s files (%s).".formatted(files.path(), version.title(),
                split == Split.TEST ? version.testFile() : version.trainingFiles().get(0) + (version == CifarVersion.TEN ? " and so on" : "")));
        }
    }
}
