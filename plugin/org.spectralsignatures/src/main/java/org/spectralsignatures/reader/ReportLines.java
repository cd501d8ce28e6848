package org.spectralsignatures.reader;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.ImageShape;

/** Adds up what happened to each image and file, by class, ending and outcome. */
final class ReportLines {

    private record Key(String label, String ending, String outcome) {
    }

    /** Classes first; in a class what was read comes first. */
    private static final Comparator<Key> ORDER = Comparator.comparing(Key::label, Comparator.nullsLast(ClassNames.NATURAL))
        .thenComparing(key -> !key.outcome.equals(ReportLine.READ)).thenComparing(Key::outcome).thenComparing(Key::ending);

    private final Map<Key, ReportLine> lines = new TreeMap<>(ORDER);

    /**
     * @param label class of an image
     * @param key of the image
     * @param outcome what happened to it
     * @param shape of the image, null if it was not decoded
     */
    void add(final String label, final String key, final String outcome, final ImageShape shape) {
        final String ending = ImageEndings.of(key);
        add(new ReportLine(label, ImageEndings.isImage(ending) ? ending : "", outcome, 1, shape, shape, key, List.of(key)));
    }

    /** Adds files that a scan passed over. */
    void add(final FolderScan.PassedOver files) {
        add(new ReportLine(null, files.ending(), files.reason().text(), files.count(), null, null, files.first(), files.examples()));
    }

    /** Adds a line. */
    void add(final ReportLine line) {
        lines.merge(new Key(line.label(), line.ending(), line.outcome()), line, ReportLine::with);
    }

    List<ReportLine> all() {
        return List.copyOf(lines.values());
    }
}
