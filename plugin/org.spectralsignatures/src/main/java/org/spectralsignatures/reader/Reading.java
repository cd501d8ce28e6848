package org.spectralsignatures.reader;

import java.io.IOException;
import java.util.List;

import org.spectralsignatures.duplicate.DuplicateFinder;
import org.spectralsignatures.duplicate.Duplicates;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.RemainingTime;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Hands on the images of a set that can be used, all of one size, and keeps account of every image.
 *
 * @param <P> what an image is prepared to
 */
final class Reading<P> {

    private static final int IMAGES_PER_MESSAGE = 100;

    private final ReaderOptions options;

    private final LabelledImageReader.PreparedConsumer<P> consumer;

    private final TaskMonitor monitor;

    private int total;

    private final SkippedImages skipped = new SkippedImages();

    private final ReportLines lines = new ReportLines();

    private final ImageFacts facts = new ImageFacts();

    private final DuplicateFinder duplicates = new DuplicateFinder();

    private final RemainingTime time = RemainingTime.start();

    private ImageShape shape;

    private int images;

    Reading(final ReaderOptions options, final LabelledImageReader.PreparedConsumer<P> consumer, final TaskMonitor monitor) {
        this.options = options;
        this.consumer = consumer;
        this.monitor = monitor;
    }

    /** So many images more are to come. */
    void expect(final int more) {
        total += more;
    }

    /**
     * Takes the next image: hands it on, skips it, or throws what is wrong with it, as the options say.
     *
     * @return whether it was handed on
     */
    boolean receive(final String label, final String key, final String part, final DecodeAhead.Result<P> result) throws IOException, TaskCancelledException {
        monitor.checkCancelled();
        ImageShape original = null;
        DecodeAhead.Fitted<P> image = null;
        try {
            final DecodeAhead.Fitted<P> fitted = result.get(monitor);
            original = fitted.original();
            requireShape(fitted.shape());
            image = fitted;
        } catch (ImageFormatException e) {
            skip(label, key, e, original);
        }
        if (image != null) {
            consumer.accept(key, label, image.shape(), image.prepared());
            images++;
            lines.add(label, key, ReportLine.READ, original);
            facts.add(key, label, part, original, image.mode());
            duplicates.add(key, label, part, image.print());
        }
        final int done = images + skipped.count();
        if (done % IMAGES_PER_MESSAGE == 0) {
            final double fraction = (double)done / total;
            monitor.progress(fraction, "Read %d of %d images%s".formatted(done, total, time.text(fraction, total)));
        }
        return image != null;
    }

    private void requireShape(final ImageShape found) throws ImageFormatException {
        if (shape != null && !shape.equals(found)) {
            throw new ImageFormatException(ImageFault.OTHER_SIZE, "It is %s, but the first image is %s.".formatted(found.describe(), shape.describe()));
        }
        shape = found;
    }

    private void skip(final String label, final String key, final ImageFormatException fault, final ImageShape original) throws IOException {
        final String reason = "Image '%s' of '%s' cannot be used: %s".formatted(key, options.path(), fault.getMessage());
        if (!options.skipUnreadable()) {
            throw new IOException("%s %s it, or switch on 'Skip unreadable images'.".formatted(reason,
                fault.fault() == ImageFault.OTHER_SIZE ? "Set 'Image size' to bring all to one, remove" : "Remove"), fault);
        }
        skipped.add(fault.fault(), reason);
        lines.add(label, key, fault.fault().text(), original);
    }

    /** @throws IOException if no image was handed on */
    void requireImages() throws IOException {
        if (images == 0) {
            throw new IOException("No image of '%s' could be read.%s".formatted(options.path(), skipped.count() == 0 ? "" : " " + skipped.first()));
        }
    }

    /** Counts an image whose class is none of the set's. */
    void addUnknown(final String key, final String why) {
        lines.add(null, key, ImageFault.UNKNOWN_LABEL.text(), null);
        skipped.add(ImageFault.UNKNOWN_LABEL, "Image '%s' of '%s' cannot be used: %s".formatted(key, options.path(), why));
    }

    /** Counts an image that is not wanted. */
    void addNotChosen(final String label, final String key) {
        lines.add(label, key, ReportLine.NOT_CHOSEN, null);
    }

    /** @return what became of all, and of the files beside them, and what is to be known of the images of these classes */
    ReadReport report(final ImageSource source, final List<String> classes) throws IOException, TaskCancelledException {
        source.passedOver().forEach(lines::add);
        source.remarks().forEach(lines::add);
        monitor.progress(1, "Comparing %d images".formatted(images));
        final Duplicates found = duplicates.find(monitor);
        final var findings = new SetFindings(options, classes, facts, found);
        return new ReadReport(images, skipped, source.notes(), lines.all(), findings.all(), findings.notes(), found);
    }
}
