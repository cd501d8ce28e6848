package org.spectralsignatures.host.text;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a bounded width, parted at blanks; a word that is wider than a line is cut. */
public final class WrappedText {

    private WrappedText() {
    }

    /**
     * @param text without line breaks
     * @param width of a line in characters (code points), at least 1
     * @return the lines, at least one
     */
    public static List<String> lines(final String text, final int width) {
        final var lines = new ArrayList<String>();
        final var line = new StringBuilder();
        for (String word : text.split(" +")) {
            if (line.length() > 0 && length(line) + 1 + length(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
            while (length(line) > width) {
                final int end = line.offsetByCodePoints(0, width);
                lines.add(line.substring(0, end));
                line.delete(0, end);
            }
        }
        if (line.length() > 0 || lines.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static int length(final CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
