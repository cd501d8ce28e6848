package org.spectralsignatures.host.text;

import java.util.regex.Pattern;

/**
 * Text in a CSV file that a spreadsheet takes for text. A cell that begins with {@code =}, {@code +}, {@code -}, {@code @}, a tab or a
 * line break would be run as a formula; it gets an apostrophe in front, as cells do that already begin with apostrophes before such a
 * character, so that taking one away gives back the text. What is a number ({@code -1}) stays as it is.
 */
public final class CsvText {

    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20].*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private CsvText() {
    }

    /** @return how a text is written */
    public static String write(final String text) {
        return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }

    /** @return the text that was written so */
    public static String read(final String written) {
        return written.startsWith("'") && FORMULA.matcher(written).matches() ? written.substring(1) : written;
    }
}
