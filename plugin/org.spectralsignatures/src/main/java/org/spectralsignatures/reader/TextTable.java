package org.spectralsignatures.reader;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.json.JsonException;
import org.spectralsignatures.json.JsonParser;

/**
 * A table in a text file, as cells: values with commas, semicolons, tabs or bars between them, as spreadsheets write them, or JSON Lines, an object
 * in each line. The text is in UTF-8, or in UTF-16 with a mark that says so.
 *
 * @param lines with cells, not one of which is empty altogether
 * @param named whether the first line must hold the names of the columns
 */
record TextTable(List<Line> lines, boolean named) {

    private static final long MOST_BYTES = 1L << 29;

    private static final char MARK = '\ufeff';

    /** What Excel writes into the first line where it wants to be sure. */
    private static final Pattern SEPARATOR_SAID = Pattern.compile("sep=[,;\t|]\r?\n");

    private static final Pattern JSON = Pattern.compile("\\s*(\\{\\s*\"|\\[\\s*[\\[{\"])");

    /**
     * A line.
     *
     * @param number of the line, from 1
     * @param cells in it
     */
    record Line(long number, List<String> cells) {
    }

    /**
     * @param path of the file
     * @return its cells
     * @throws IOException if it cannot be read or is no table; the message names it and says what to do
     */
    static TextTable read(final Path path) throws IOException {
        final String text = text(path);
        final TextTable table = JSON.matcher(text).lookingAt() ? ofJson(path, text) : ofValues(path, text);
        if (table.lines.isEmpty()) {
            throw new IOException("'%s' is empty.".formatted(path));
        }
        return table;
    }

    private static TextTable ofValues(final Path path, final String whole) throws IOException {
        final boolean said = SEPARATOR_SAID.matcher(whole).lookingAt();
        final String text = said ? whole.substring(whole.indexOf('\n') + 1) : whole;
        final CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(said ? whole.charAt(4) : delimiter(text)).setIgnoreEmptyLines(true).setTrim(true).build();
        final var lines = new ArrayList<Line>();
        try (var parser = format.parse(new StringReader(text))) {
            for (CSVRecord line : parser) {
                if (line.stream().anyMatch(cell -> !cell.isBlank())) { // spreadsheets leave lines of separators at the end
                    lines.add(new Line(line.getRecordNumber(), line.toList()));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new IOException("'%s' is no table: %s Is a quote not closed?".formatted(path, RegularFile.reason(e)), e);
        }
        return new TextTable(lines, false);
    }

    /** The one that the first line has most of. */
    private static char delimiter(final String text) {
        final String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char best = ',';
        for (char c : new char[]{';', '\t', '|'}) {
            best = count(first, c) > count(first, best) ? c : best;
        }
        return best;
    }

    private static long count(final String text, final char c) {
        return text.chars().filter(other -> other == c).count();
    }

    /** The columns are the names in all objects; a name whose value is a list or an object is none. */
    private static TextTable ofJson(final Path path, final String text) throws IOException {
        final List<Map<?, ?>> objects = new ArrayList<>();
        final List<Long> numbers = new ArrayList<>();
        final Set<String> names = new LinkedHashSet<>();
        long number = 0;
        for (String line : (Iterable<String>)text.lines()::iterator) {
            number++;
            if (!line.isBlank()) {
                final Map<?, ?> object = object(path, number, line);
                objects.add(object);
                numbers.add(number);
                object.forEach((name, value) -> {
                    if (!(value instanceof Map || value instanceof List)) {
                        names.add(name.toString());
                    }
                });
            }
        }
        final var lines = new ArrayList<>(List.of(new Line(0, List.copyOf(names))));
        for (int i = 0; i < objects.size(); i++) {
            final Map<?, ?> object = objects.get(i);
            lines.add(new Line(numbers.get(i), names.stream().map(name -> cell(object.get(name))).toList()));
        }
        return new TextTable(lines, true);
    }

    private static Map<?, ?> object(final Path path, final long number, final String line) throws IOException {
        try {
            if (new JsonParser("it", line).parse() instanceof Map<?, ?> object) {
                return object;
            }
        } catch (JsonException e) { // NOSONAR said below
        }
        throw new IOException(("Row %d of '%s' is no object of JSON Lines. Write one image a line, such as {\"file_name\": \"a.png\", \"label\": \"cat\"},"
            + " or save the list as CSV in UTF-8.").formatted(number, path));
    }

    private static String cell(final Object value) {
        return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
    }

    private static String text(final Path path) throws IOException {
        try (var in = RegularFile.open(path)) {
            if (Files.size(path) > MOST_BYTES) {
                throw new IOException("It has more than %d bytes.".formatted(MOST_BYTES));
            }
            final byte[] bytes = in.readAllBytes();
            final String text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) {
                throw new IOException("It holds zero bytes, so that it is no text. Save it as CSV in UTF-8.");
            }
            return text.indexOf(MARK) == 0 ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("The labels file '%s' is not in UTF-8. Save it as CSV in UTF-8 (in Excel: 'Save As', type 'CSV UTF-8').".formatted(path), e);
        } catch (IOException e) {
            throw new IOException("The labels file '%s' cannot be read: %s".formatted(path, RegularFile.reason(e)), e);
        }
    }

    /** Excel's 'Unicode Text' is UTF-16 with a mark at its beginning. */
    private static Charset charset(final byte[] bytes) {
        final int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return first == 0xfffe ? StandardCharsets.UTF_16LE : first == 0xfeff ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }
}
