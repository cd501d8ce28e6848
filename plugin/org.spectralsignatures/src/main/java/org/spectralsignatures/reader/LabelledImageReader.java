package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageCodec;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.RemainingTime;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Reads labelled image sets, one image at a time. All images of a set have one shape, or are brought to one. */
public final class LabelledImageReader {

    /** Receives the images. */
    public interface ImageConsumer {

        /** @param image the next image */
        void accept(LabelledImage image) throws IOException;
    }

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
        if (options.split() == Split.VALIDATION && format != ImageSetFormat.CLASS_FOLDERS) {
            throw new IOException("'%s' has no validation images: %s has training and test images only. Choose another split.".formatted(options.path(),
                format == ImageSetFormat.IDX ? "IDX" : "CIFAR-10"));
        }
        source = switch (format) {
            case CIFAR10_BINARY -> new Cifar10Source(options.path(), options.split(), options.skipUnreadable());
            case IDX -> new IdxSource(options.path(), options.split());
            default -> new ClassFolderSource(folder(options.path()), options.split(), options.level());
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

    private static Path folder(final Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new IOException("'%s' is no folder of classes. Choose the folder that holds one folder a class.".formatted(path));
        }
        return path;
    }

    private static ImageSetFormat guess(final Path path) {
        if (Cifar10Source.recognises(path)) {
            return ImageSetFormat.CIFAR10_BINARY;
        }
        return Files.isDirectory(path) && IdxSource.recognises(path) ? ImageSetFormat.IDX : ImageSetFormat.CLASS_FOLDERS;
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
        final var report = new Object() {
            ImageShape shape;
            int images;
        };
        final var skipped = new SkippedImages();
        final var lines = new ReportLines();
        final int total = wanted.cardinality();
        final var time = RemainingTime.start();
        source.read(wanted, (index, key, decoder) -> {
            monitor.checkCancelled();
            final String label = names.get(labels[index]);
            final DecodedImage image = decode(key, decoder, report.shape, skipped, (outcome, shape) -> lines.add(label, key, outcome, shape));
            if (image != null) {
                report.shape = image.shape();
                consumer.accept(new LabelledImage(key, label, image.shape(), image.pixels()));
                report.images++;
            }
            final int done = report.images + skipped.count();
            if (done % 100 == 0) {
                final double fraction = (double)done / total;
                monitor.progress(fraction, "Read %d of %d images%s".formatted(done, total, time.text(fraction, total)));
            }
        });
        if (report.images == 0) {
            throw new IOException("No image of '%s' could be read.%s".formatted(options.path(), skipped.count() == 0 ? "" : " " + skipped.first()));
        }
        final int unknown = (int)Arrays.stream(labels).filter(l -> l == ImageSource.UNKNOWN).count();
        for (int i = 0; i < unknown; i++) {
            lines.add(null, options.path().toString(), ImageFault.UNKNOWN_LABEL.text(), null);
            skipped.add(ImageFault.UNKNOWN_LABEL, "An image of '%s' has a label that is none of the set's.".formatted(options.path()));
        }
        for (int i = wanted.nextClearBit(0); i < labels.length; i = wanted.nextClearBit(i + 1)) {
            if (labels[i] != ImageSource.UNKNOWN) {
                final String label = names.get(labels[i]);
                lines.add(label == null ? source.classes().get(labels[i]) : label, source.key(i), ReportLine.NOT_CHOSEN, null);
            }
        }
        source.passedOver().forEach(lines::add);
        return new ReadReport(report.images, skipped, source.notes(), lines.all());
    }

    /** Is told what became of an image, and its size in its file. */
    private interface Outcome {

        void of(String outcome, ImageShape shape);
    }

    /** @return the image, null if it was skipped */
    private DecodedImage decode(final String key, final ImageSource.Decoder decoder, final ImageShape shape, final SkippedImages skipped,
        final Outcome outcome) throws IOException {
        ImageFormatException fault;
        ImageShape found = null;
        try {
            final DecodedImage original = decoder.decode();
            found = original.shape();
            final DecodedImage image = options.fit() == null ? original : options.fit().apply(original);
            if (shape == null || shape.equals(image.shape())) {
                outcome.of(ReportLine.READ, found);
                return image;
            }
            fault = new ImageFormatException(ImageFault.OTHER_SIZE,
                "It is %s, but the first image is %s.".formatted(found.describe(), shape.describe()));
        } catch (ImageFormatException e) {
            fault = e;
        }
        final String reason = "Image '%s' of '%s' cannot be used: %s".formatted(key, options.path(), fault.getMessage());
        if (!options.skipUnreadable()) {
            throw new IOException("%s %s it, or switch on 'Skip unreadable images'.".formatted(reason,
                fault.fault() == ImageFault.OTHER_SIZE ? "Set 'Image size' to bring all to one, remove" : "Remove"), fault);
        }
        skipped.add(fault.fault(), reason);
        outcome.of(fault.fault().text(), found);
        return null;
    }

    /** The first k of a random permutation of each class's images. */
    private BitSet choose(final int[] labels) {
        final var wanted = new BitSet(labels.length);
        for (String name : classes()) {
            final int[] members = IntStream.range(0, labels.length).filter(i -> labels[i] != ImageSource.UNKNOWN && name.equals(names.get(labels[i]))).toArray();
            final int count = options.imagesPerClass() == 0 ? members.length : Math.min(members.length, options.imagesPerClass());
            final var random = new SplittableRandom(options.seed());
            for (int i = 0; i < count; i++) {
                final int j = random.nextInt(i, members.length);
                final int swapped = members[i];
                members[i] = members[j];
                members[j] = swapped;
                wanted.set(members[i]);
            }
        }
        return wanted;
    }
}
