package org.spectralsignatures.writer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes of a set as numbers that fit a byte. */
final class NumberedClasses {

    private static final int MOST = 256;

    private final List<String> names;

    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * @param names of the classes; each one's number is its place
     * @throws IllegalArgumentException if they are more than a byte can tell apart
     */
    NumberedClasses(final List<String> names) {
        if (names.size() > MOST) {
            throw new IllegalArgumentException("The set has %d classes, but this layout has a byte for the class: at most %d. Write folders of classes."
                .formatted(names.size(), MOST));
        }
        this.names = List.copyOf(names);
        names.forEach(name -> numbers.put(name, numbers.size()));
    }

    /** @return the number of a class */
    int of(final String name) {
        final Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("The class '%s' is none of those that the set was said to have.".formatted(name));
        }
        return number;
    }

    /** @return the names, one a line; those of several lines on one */
    String lines() {
        final var lines = new StringBuilder();
        names.forEach(name -> lines.append(name.replaceAll("\\R", " ")).append('\n'));
        return lines.toString();
    }
}
