package org.spectralsignatures.reader;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.spectralsignatures.image.ImageShape;

/**
 * Files of one kind to which the same happened.
 *
 * @param label their class, after merging; null where they have none
 * @param ending of their names, in lower case without a dot; empty where there is none, or where images lie in a file together
 * @param outcome {@value #READ}, or why they were left out
 * @param count of them
 * @param smallest shape of the one with the fewest pixels; null where none was decoded
 * @param largest shape of the one with the most pixels; null where none was decoded
 * @param first path of the first one
 * @param examples paths of the first few of them
 */
public record ReportLine(String label, String ending, String outcome, int count, ImageShape smallest, ImageShape largest, String first,
    List<String> examples) {

    private static final int MOST_EXAMPLES = 5;

    /** The outcome of images that were read. */
    public static final String READ = "read";

    /** The outcome of images of which enough were drawn without them, or whose class was not to be kept. */
    public static final String NOT_CHOSEN = "not chosen";

    /** How the outcome of an array of images begins, which tells how it was taken. */
    public static final String ARRAY = "array ";

    ReportLine with(final ReportLine other) {
        return new ReportLine(label, ending, outcome, count + other.count, smaller(smallest, other.smallest, 1), smaller(largest, other.largest, -1), first,
            examples.size() < MOST_EXAMPLES ? Stream.concat(examples.stream(), other.examples.stream()).limit(MOST_EXAMPLES).toList() : examples);
    }

    /** @return the examples as a text, with the number of those that it does not name; null where the first one says it all, or nothing is wrong */
    public String details() {
        if (outcome.equals(READ) || count == 1) {
            return null;
        }
        final String text = String.join(", ", examples);
        return count > examples.size() ? String.format(Locale.ROOT, "%s and %,d more", text, count - examples.size()) : text;
    }

    private static ImageShape smaller(final ImageShape a, final ImageShape b, final int sign) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return sign * Integer.compare(a.planeSize(), b.planeSize()) <= 0 ? a : b;
    }
}
