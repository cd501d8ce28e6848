package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Reads labelled image sets, one image at a time. All images of a set have one shape, or are brought to one. */
public final class LabelledImageReader {

    /** Receives the images. */
    public interface ImageConsumer {

        /** @param image the next image */
        void accept(LabelledImage image) throws IOException;
    }

    /**
     * Receives what images were prepared to.
     *
     * @param <P> what that is
     */
    public interface PreparedConsumer<P> {

        /**
         * @param key unique in the set
         * @param label class of the image
         * @param shape of the image
         * @param prepared the next image
         */
        void accept(String key, String label, ImageShape shape, P prepared) throws IOException;
    }

    private static final Set<ImageSetFormat> WITHOUT_VALIDATION =
        Set.of(ImageSetFormat.IDX, ImageSetFormat.CIFAR10_BINARY, ImageSetFormat.CIFAR100_FINE, ImageSetFormat.CIFAR100_COARSE);

    private final ReaderOptions options;

    private final ImageSetFormat format;

    private final ImageSource source;

    /** Names after merging, by the index of the source's class; null for classes that are left out. */
    private final List<String> names = new ArrayList<>();

    private LabelledImageReader(final ReaderOptions options, final TaskMonitor monitor) throws IOException, TaskCancelledException {
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
            case PARQUET -> parquet(monitor);
            case IDX -> new IdxSource(options.path(), options.split());
            case NUMPY -> new NumpySource(options.path(), options.split(), options.arrays());
            case FILE_NAMES -> new ClassFolderSource(folder(options.path()), options.split(), LabelRule.ofNames(options.labels().pattern()), monitor);
            case LABELS_FILE -> new LabelsFileSource(folder(options.path()), options.split(), options.labels().open(), options.labels().crop(), monitor);
            default -> new ClassFolderSource(folder(options.path()), options.split(), LabelRule.of(options.level()), monitor);
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
    private ImageSource parquet(final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final boolean told = options.format() == ImageSetFormat.PARQUET;
        return new ParquetSource(options.path(), options.split(), told ? options.labels().imageColumn() : "", told ? options.labels().labelColumn() : "",
            options.skipUnreadable(), monitor);
    }

    private static Path folder(final Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            if (CifarSource.isFileOfSet(path)) {
                throw new IOException("'%s' is a file of CIFAR's binary version. Choose the folder that holds it.".formatted(path));
            }
            throw new IOException("'%s' is no folder of classes. Choose the folder that holds one folder a class.".formatted(path));
        }
        return path;
    }

    private static ImageSetFormat guess(final Path path) {
        final CifarVersion cifar = CifarSource.recognise(path);
        if (cifar != null) {
            return cifar == CifarVersion.TEN ? ImageSetFormat.CIFAR10_BINARY : ImageSetFormat.CIFAR100_FINE;
        }
        if (IdxFolder.recognises(path)) {
            return ImageSetFormat.IDX;
        }
        if (NumpySource.recognises(path)) {
            return ImageSetFormat.NUMPY;
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

    /**
     * Looks for the images of a set, and reads none yet.
     *
     * @param options what to read
     * @param monitor asked while the files are looked through
     * @return a reader
     * @throws IOException if the path does not exist or holds no such images; the message names it
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if a class is named that does not exist
     */
    public static LabelledImageReader open(final ReaderOptions options, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        return new LabelledImageReader(options, monitor);
    }

    /** @return the classes that are read, in the order of the set */
    public List<String> classes() {
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
        try {
            return inspect(options, TaskMonitor.none());
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // nobody cancels
        }
    }

    /**
     * Looks at a set without reading it. A folder with very many files takes a while.
     *
     * @param options what to read
     * @param monitor cancellation, asked for each file
     * @return its classes and the shape of its first image of these classes, null if that is to be skipped
     * @throws IOException if the path does not exist or holds no such images; the message names it
     * @throws TaskCancelledException if the monitor said so
     * @throws IllegalArgumentException if a class is named that does not exist
     */
    public static ImageSetSummary inspect(final ReaderOptions options, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final var reader = new LabelledImageReader(options, monitor);
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
        return open(options, monitor).read(Function.identity(),
            (key, label, shape, image) -> consumer.accept(new LabelledImage(key, label, shape, image.pixels())), monitor);
    }

    /**
     * Reads the set in its own order.
     *
     * @param <P> what an image is prepared to
     * @param preparation of an image; called on all cores, for images in any order, and also for some that are not handed on
     * @param consumer receives what each image was prepared to, in the order of the set
     * @param monitor progress and cancellation, asked for each image
     * @return number of images, and what was skipped
     * @throws IOException if something cannot be read; the message names the file and the image
     * @throws TaskCancelledException if the monitor said so
     */
    public <P> ReadReport read(final Function<DecodedImage, P> preparation, final PreparedConsumer<P> consumer, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        source.prepare(monitor);
        final int[] labels = source.labels();
        final var draw = new ClassDraw(labels, names, options);
        final var reading = new Reading<>(options, consumer, monitor);
        for (BitSet wanted = draw.next(); !wanted.isEmpty(); wanted = draw.next()) {
            reading.expect(wanted.cardinality());
            try (var ahead = new DecodeAhead<>(options.fit(), preparation, Runtime.getRuntime().availableProcessors(), (index, key, result) -> {
                if (!reading.receive(names.get(labels[index]), key, source.part(index), result)) {
                    draw.replace(index);
                }
            })) {
                source.read(wanted, ahead::add);
                ahead.finish();
            }
        }
        reading.requireImages();
        for (int i = draw.drawn().nextClearBit(0); i < labels.length; i = draw.drawn().nextClearBit(i + 1)) {
            if (labels[i] == ImageSource.UNKNOWN) {
                reading.addUnknown(source.key(i), source.unknownLabel(i));
            } else {
                final String label = names.get(labels[i]);
                reading.addNotChosen(label == null ? source.classes().get(labels[i]) : label, source.key(i));
            }
        }
        return reading.report(source, classes());
    }
}
