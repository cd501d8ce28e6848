package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageCodec;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.RandomDraw;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Reads labelled image sets, one image at a time. All images of a set have one shape, or are brought to one. */
public final class LabelledImageReader {

    /** Receives the images. */
    public interface ImageConsumer {

        /** @param image the next image */
        void accept(LabelledImage image) throws IOException;
    }

    private static final Set<ImageSetFormat> WITHOUT_VALIDATION =
        Set.of(ImageSetFormat.IDX, ImageSetFormat.CIFAR10_BINARY, ImageSetFormat.CIFAR100_FINE, ImageSetFormat.CIFAR100_COARSE);

    private final ReaderOptions options;

    private final ImageSetFormat format;

    private final ImageSource source;

    /** Names after merging, by the index of the source's class; null for classes that are left out. */
    private final List<String> names = new ArrayList<>();

    private LabelledImageReader(final ReaderOptions options) throws IOException {
        this.options = options;
        if (!Files.exists(options.path())) {
            throw new IOException("The path '%s' does not exist.".formatted(options.path()));
        }
        format = options.format() == ImageSetFormat.GUESS ? guess(options.path()) : options.format();
        if (options.split() == Split.VALIDATION && WITHOUT_VALIDATION.contains(format)) {
            throw new IOException("'%s' has no validation images: such sets have training and test images only. Choose another split.".formatted(options.path()));
        }
        if (format != ImageSetFormat.LABELS_FILE && CifarSource.isForPython(options.path())) {
            throw new IOException(("'%s' holds CIFAR's version for Python, whose files are programs that reading would run. Download the binary version"
                + " (cifar-10-binary.tar.gz, cifar-100-binary.tar.gz).").formatted(options.path()));
        }
        source = switch (format) {
            case CIFAR10_BINARY -> cifar(CifarVersion.TEN);
            case CIFAR100_FINE -> cifar(CifarVersion.HUNDRED_FINE);
            case CIFAR100_COARSE -> cifar(CifarVersion.HUNDRED_COARSE);
            case PARQUET -> parquet();
            case IDX -> new IdxSource(options.path(), options.split());
            case FILE_NAMES -> new ClassFolderSource(folder(options.path()), options.split(), LabelRule.ofNames(options.labels().pattern()));
            case LABELS_FILE -> new LabelsFileSource(folder(options.path()), options.split(), options.labels().open(), options.labels().crop());
            default -> new ClassFolderSource(folder(options.path()), options.split(), LabelRule.of(options.level()));
        };
        final List<String> found = source.classes();
        if (found.isEmpty()) {
            throw new IOException("'%s' holds no images: expected one folder a class with %s files.".formatted(options.path(), ImageCodec.KINDS));
        }
        requireKnown(options.classes(), found);
        options.merges().forEach(m -> requireKnown(m.members(), found));
        for (String name : found) {
            names.add(options.classes().isEmpty() || options.classes().contains(name) ? merged(name) : null);
        }
    }

    private ImageSource cifar(final CifarVersion version) {
        return new CifarSource(options.path(), version, options.split(), options.skipUnreadable());
    }

    /** Columns that are named count only where the format is set: otherwise their settings are not shown. */
    private ImageSource parquet() throws IOException {
        final boolean told = options.format() == ImageSetFormat.PARQUET;
        return new ParquetSource(options.path(), options.split(), told ? options.labels().imageColumn() : "", told ? options.labels().labelColumn() : "",
            options.skipUnreadable());
    }

    private static Path folder(final Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new IOException("'%s' is no folder of classes. Choose the folder that holds one folder a class.".formatted(path));
        }
        return path;
    }

    private static ImageSetFormat guess(final Path path) {
        final CifarVersion cifar = CifarSource.recognise(path);
        if (cifar != null) {
            return cifar == CifarVersion.TEN ? ImageSetFormat.CIFAR10_BINARY : ImageSetFormat.CIFAR100_FINE;
        }
        if (IdxFiles.recognises(path)) {
            return ImageSetFormat.IDX;
        }
        return ParquetFiles.recognises(path) ? ImageSetFormat.PARQUET : ImageSetFormat.CLASS_FOLDERS;
    }

    private static void requireKnown(final List<String> wanted, final List<String> found) {
        for (String name : wanted) {
            if (!found.contains(name)) {
                throw new IllegalArgumentException("There is no class '%s'. The classes are %s.".formatted(name, String.join(", ", found)));
            }
        }
    }

    private String merged(final String name) {
        return options.merges().stream().filter(m -> m.members().contains(name)).map(ClassMerge::name).findFirst().orElse(name);
    }

    private List<String> classes() {
        final var classes = new LinkedHashSet<>(names);
        classes.remove(null);
        return List.copyOf(classes);
    }

    /**
     * Looks at a set without reading it.
     *
     * @param options what to read
     * @return its classes and the shape of its first image of these classes, null if that is to be skipped
     * @throws IOException if the path does not exist or holds no such images; the message names it
     * @throws IllegalArgumentException if a class is named that does not exist
     */
    public static ImageSetSummary inspect(final ReaderOptions options) throws IOException {
        final var reader = new LabelledImageReader(options);
        try {
            final ImageShape first = reader.source.firstShape(c -> reader.names.get(c) != null);
            return new ImageSetSummary(reader.format, reader.classes(),
                options.fit() == null ? first : new ImageShape(first.channels(), options.fit().height(), options.fit().width()));
        } catch (IOException e) {
            if (!options.skipUnreadable()) {
                throw e;
            }
            return new ImageSetSummary(reader.format, reader.classes(), null);
        }
    }

    /**
     * Reads a set in its own order.
     *
     * @param options what to read
     * @param consumer receives each image
     * @param monitor progress and cancellation, asked for each image
     * @return number of images, and what was skipped
     * @throws IOException if something cannot be read; the message names the file and the image
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if a class is named that does not exist
     */
    public static ReadReport read(final ReaderOptions options, final ImageConsumer consumer, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        return new LabelledImageReader(options).read(consumer, monitor);
    }

    private ReadReport read(final ImageConsumer consumer, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final int[] labels = source.labels();
        final BitSet wanted = choose(labels);
        final var reading = new Reading(options, consumer, monitor, wanted.cardinality());
        try (var ahead = new DecodeAhead(options.fit(), Runtime.getRuntime().availableProcessors(),
            (index, key, result) -> reading.receive(names.get(labels[index]), key, result))) {
            source.read(wanted, ahead::add);
            ahead.finish();
        }
        reading.requireImages();
        final int unknown = (int)Arrays.stream(labels).filter(l -> l == ImageSource.UNKNOWN).count();
        reading.addUnknown(unknown);
        for (int i = wanted.nextClearBit(0); i < labels.length; i = wanted.nextClearBit(i + 1)) {
            if (labels[i] != ImageSource.UNKNOWN) {
                final String label = names.get(labels[i]);
                reading.addNotChosen(label == null ? source.classes().get(labels[i]) : label, source.key(i));
            }
        }
        return reading.report(source);
    }

    /** So many of each class's images as the options say. */
    private BitSet choose(final int[] labels) {
        final var wanted = new BitSet(labels.length);
        final Map<String, IntStream.Builder> byClass = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != ImageSource.UNKNOWN && names.get(labels[i]) != null) {
                byClass.computeIfAbsent(names.get(labels[i]), name -> IntStream.builder()).add(i);
            }
        }
        for (IntStream.Builder builder : byClass.values()) {
            final int[] members = builder.build().toArray();
            final int count = options.imagesPerClass() == 0 ? members.length : options.imagesPerClass();
            Arrays.stream(RandomDraw.of(members, count, new SplittableRandom(options.seed()))).forEach(wanted::set);
        }
        return wanted;
    }
}
