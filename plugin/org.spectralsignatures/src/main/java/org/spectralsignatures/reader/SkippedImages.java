package org.spectralsignatures.reader;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.spectralsignatures.image.ImageFault;

/** Counts the images that were left out, by what is wrong with them, and keeps what was said of the first. */
public final class SkippedImages {

    private final Map<ImageFault, Integer> counts = new EnumMap<>(ImageFault.class);

    private String first;

    void add(final ImageFault fault, final String reason) {
        counts.merge(fault, 1, Integer::sum);
        if (first == null) {
            first = reason;
        }
    }

    /** @return number of images */
    public int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** @return number of images with that fault */
    public int count(final ImageFault fault) {
        return counts.getOrDefault(fault, 0);
    }

    /** @return what is wrong with the first, null if there is none */
    public String first() {
        return first;
    }

    /**
     * @param all number of images with these
     * @return for example {@code 3 of 1,200 images were skipped: 2 cut off, 1 too large. The first: ...}
     */
    String describe(final int all) {
        return String.format(Locale.ROOT, "%,d of %,d images were skipped: %s. The first: %s", count(), all, counts.entrySet().stream()
            .map(c -> String.format(Locale.ROOT, "%,d %s", c.getValue(), c.getKey().text())).collect(Collectors.joining(", ")), first);
    }
}
