package org.spectralsignatures.writer;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * A list as CSV (RFC 4180, UTF-8, lines that end with a line feed). A text that a spreadsheet would run as a formula, since it begins with
 * {@code =}, {@code +}, {@code -}, {@code @}, a tab or a line break and is no number, has an apostrophe in front, and so has one that already
 * begins with apostrophes before such a character: taking one away gives the text. A path begins with {@code ./} instead, see {@link #path}.
 * Read by Commons CSV; not written by it, since none of its ways to quote keeps semicolons and tabs from spreadsheets that part cells there
 * (they are quoted here), or tells an empty text from a missing one.
 */
final class CsvFile implements Closeable {

    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20].*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private static final Pattern SPECIAL = Pattern.compile("[\",;\t\r\n]");

    private final Writer out;

    /**
     * @param file a new one
     * @param header names of the columns
     * @throws IOException if there is such a file, or it cannot be written
     */
    CsvFile(final Path file, final String... header) throws IOException {
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        add((Object[])header);
    }

    /**
     * @param file a path with slashes; null for none
     * @return the same path, written so that no apostrophe is put in front of it: other programs shall find the file
     */
    static String path(final String file) {
        return file != null && FORMULA.matcher(file).matches() ? "./" + file : file;
    }

    /** Adds a line; null is an empty cell. */
    void add(final Object... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            out.write((i == 0 ? "" : ",") + (cells[i] == null ? "" : cell(cells[i].toString())));
        }
        out.write('\n');
    }

    /** An empty text is quoted, to be told from a missing one. A surrogate without its other half is no text, and becomes a question mark. */
    private static String cell(final String text) {
        final String safe = FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
        final String written = new String(safe.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return written.isEmpty() || SPECIAL.matcher(written).find() ? '"' + written.replace("\"", "\"\"") + '"' : written;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /**
     * @param file that was written so
     * @return its lines with the header, each with its cells as they were given, empty ones for null
     * @throws IOException if it cannot be read or is cut off
     */
    static List<List<String>> read(final Path file) throws IOException {
        final String text = Files.readString(file);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new IOException("'%s' is cut off.".formatted(file));
        }
        try (CSVParser lines = CSVParser.parse(text, CSVFormat.RFC4180)) {
            return lines.stream().map(line -> line.stream().map(CsvFile::plain).toList()).toList();
        } catch (UncheckedIOException e) {
            throw new IOException("'%s' is cut off or damaged.".formatted(file), e);
        }
    }

    private static String plain(final String written) {
        final boolean quoted = written.startsWith("'") && FORMULA.matcher(written).matches();
        return quoted ? written.substring(1) : written.startsWith("./") && FORMULA.matcher(written.substring(2)).matches() ? written.substring(2) : written;
    }
}
