package org.spectralsignatures.image;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The order of names of classes, and lists of them as text. In a list a name that has a comma, a semicolon, an equals sign, a
 * quote or a blank at an end stands between double quotes, as in CSV; a quote inside is written twice.
 */
public final class ClassNames {

    /**
     * Digits count as numbers, so that 2 comes before 10 and cat2 before cat10; all else by its characters, so that names without
     * digits are ordered as texts are. Names that differ in leading zeros only are ordered as texts.
     */
    public static final Comparator<String> NATURAL = Comparator.<String>nullsFirst(ClassNames::compare).thenComparing(Comparator.nullsFirst(Comparator.naturalOrder()));

    private static final String SPECIAL = ",;=\"";

    private ClassNames() {
    }

    private static int compare(final String a, final String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            final int order;
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                final int end = endOfDigits(a, i);
                final int otherEnd = endOfDigits(b, j);
                order = compareNumbers(a, i, end, b, j, otherEnd);
                i = end;
                j = otherEnd;
            } else {
                order = Character.compare(a.charAt(i++), b.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static boolean isDigit(final char c) {
        return c >= '0' && c <= '9';
    }

    private static int endOfDigits(final String text, final int from) {
        int to = from;
        while (to < text.length() && isDigit(text.charAt(to))) {
            to++;
        }
        return to;
    }

    private static int withoutZeros(final String text, final int from, final int to) {
        int start = from;
        while (start < to - 1 && text.charAt(start) == '0') {
            start++;
        }
        return start;
    }

    /** Of two numbers without leading zeros the longer one is larger. */
    private static int compareNumbers(final String a, final int from, final int to, final String b, final int otherFrom, final int otherTo) {
        final int start = withoutZeros(a, from, to);
        final int otherStart = withoutZeros(b, otherFrom, otherTo);
        final int order = Integer.compare(to - start, otherTo - otherStart);
        for (int i = 0; order == 0 && i < to - start; i++) {
            if (a.charAt(start + i) != b.charAt(otherStart + i)) {
                return Character.compare(a.charAt(start + i), b.charAt(otherStart + i));
            }
        }
        return order;
    }

    /**
     * @param text names with commas between them
     * @return the names, without blanks around those that are not quoted; none that is empty
     * @throws IllegalArgumentException if a quote is not closed
     */
    public static List<String> parse(final String text) {
        return split(text, ',').stream().map(ClassNames::unquote).filter(name -> !name.isEmpty()).toList();
    }

    /**
     * @param text of several parts
     * @param separator between them, where it is not quoted
     * @return the parts with their quotes, without blanks around them
     * @throws IllegalArgumentException if a quote is not closed
     */
    public static List<String> split(final String text, final char separator) {
        final var parts = new ArrayList<String>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                quoted = !quoted;
            } else if (text.charAt(i) == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("In %s a double quote is not closed. A quote inside a name is written twice.".formatted(text));
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    /**
     * @param part a name, quoted or not
     * @return the name
     * @throws IllegalArgumentException if something stands before or behind the quotes
     */
    public static String unquote(final String part) {
        if (!part.startsWith("\"")) {
            return part;
        }
        final String inner = part.length() < 2 || !part.endsWith("\"") ? "\"" : part.substring(1, part.length() - 1).replace("\"\"", "");
        if (inner.contains("\"")) {
            throw new IllegalArgumentException("%s is no name of a class: a quoted name begins and ends with a double quote.".formatted(part));
        }
        return part.substring(1, part.length() - 1).replace("\"\"", "\"");
    }

    /** @return the name as it stands in a list */
    public static String quote(final String name) {
        return name.isEmpty() || !name.equals(name.strip()) || name.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0)
            ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }

    /** @return the names as a list, in their order */
    public static String join(final Collection<String> names) {
        return names.stream().map(ClassNames::quote).collect(Collectors.joining(", "));
    }
}
