package org.spectralsignatures.reader;

import java.util.regex.Pattern;

/** Patterns of names as people write them: <code>{label}_*.png</code>. */
final class NamePattern {

    private static final String LABEL = "{label}";

    private NamePattern() {
    }

    /**
     * @param text <code>{label}</code> stands for the class, as short as it can be, {@code *} for anything, {@code #} for digits
     * @return a pattern whose first group is the class; names may have an ending that the text has not
     * @throws IllegalArgumentException if there is not exactly one <code>{label}</code>, or nothing tells where it ends
     */
    static Pattern of(final String text) {
        final int at = text.indexOf(LABEL);
        if (at < 0 || text.indexOf(LABEL, at + 1) >= 0) {
            throw new IllegalArgumentException("The pattern '%s' must have {label} once, where the class stands in the names, for example {label}_#.".formatted(text));
        }
        final String before = text.substring(0, at);
        final String behind = text.substring(at + LABEL.length());
        if (before.endsWith("*") || behind.startsWith("*")) {
            throw new IllegalArgumentException("In the pattern '%s' nothing tells where the class ends: something else than * must stand beside {label}."
                .formatted(text));
        }
        return Pattern.compile(quote(before) + "(.+?)" + quote(behind) + "(\\.[^.]*)?", Pattern.DOTALL);
    }

    private static String quote(final String text) {
        final var pattern = new StringBuilder();
        for (String part : text.split("(?<=[*#])|(?=[*#])")) {
            pattern.append(part.equals("*") ? ".*" : part.equals("#") ? "\\d+" : part.isEmpty() ? "" : Pattern.quote(part));
        }
        return pattern.toString();
    }
}
