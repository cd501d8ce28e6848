package org.spectralsignatures.host.text;

/**
 * Text from files as people may see it: what would move the cursor, colour a terminal or turn the direction of writing is written as
 * its number, for example {@code \u001B}, so that no name or cell can pass itself off as something else.
 */
public final class VisibleText {

    private VisibleText() {
    }

    /** @return the text, in which line breaks and tabs stay */
    public static String of(final String text) {
        return visible(text, true);
    }

    /** @return the text in one line: line breaks and tabs become visible, too */
    public static String line(final String text) {
        return visible(text, false);
    }

    private static String visible(final String text, final boolean lines) {
        if (text == null || text.codePoints().allMatch(c -> isPlain(c, lines))) {
            return text;
        }
        final var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isPlain(c, lines)) {
                out.appendCodePoint(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (c == '\t') {
                out.append("\\t");
            } else {
                out.append(c <= 0xffff ? "\\u%04X".formatted(c) : "\\u{%X}".formatted(c));
            }
        });
        return out.toString();
    }

    private static boolean isPlain(final int c, final boolean lines) {
        if (c == '\n' || c == '\t') {
            return lines;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            // Joiners shape letters and pictures; other format characters turn text around or hide it.
            case Character.FORMAT -> c == 0x200c || c == 0x200d || c == 0xad;
            default -> true;
        };
    }
}
