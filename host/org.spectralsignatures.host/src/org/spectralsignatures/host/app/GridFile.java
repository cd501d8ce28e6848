package org.spectralsignatures.host.app;

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
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.spectralsignatures.host.files.FileProblem;

/**
 * A CSV file as spreadsheets write it: with or without a byte order mark, in UTF-8, UTF-16 or Latin-1, its cells separated by commas,
 * semicolons or tabs, which the header tells.
 *
 * @param file where it lies
 * @param lines the cells of each line that is not empty, the header first
 * @param numbers the line in the file that each of them ends in, from 1
 * @param notes what had to be guessed, for people
 */
public record GridFile(Path file, List<List<String>> lines, List<Integer> numbers, List<String> notes) {

    private static final long LARGEST = 64L << 20;

    private static final String SEPARATORS = ",;\t";

    /** @throws RefusedException if the file is no such table; the message names it and the line */
    public static GridFile read(final Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new RefusedException("The grid '" + file + "' does not exist.");
        }
        if (!Files.isRegularFile(file)) {
            throw new RefusedException("The grid '" + file + "' is no file.");
        }
        if (Files.size(file) > LARGEST) {
            throw new RefusedException("The grid '" + file + "' is larger than " + (LARGEST >> 20) + " MB.");
        }
        final var notes = new ArrayList<String>();
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new RefusedException("The grid cannot be read: " + FileProblem.describe(e, file));
        }
        final String text = decode(file, bytes, notes);
        if (text.indexOf('\0') >= 0) {
            throw new RefusedException("The grid '" + file + "' is no text: it holds zero bytes. Save it as CSV.");
        }
        return parse(file, text, notes);
    }

    private static String decode(final Path file, final byte[] bytes, final List<String> notes) {
        final int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        if (first == 0xfeff || first == 0xfffe) {
            return new String(bytes, 2, bytes.length - 2, first == 0xfeff ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
        }
        final int start = first == 0xefbb && bytes.length > 2 && (bytes[2] & 0xff) == 0xbf ? 3 : 0;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, bytes.length - start)).toString();
        } catch (CharacterCodingException e) { // NOSONAR the note says it
            notes.add("the grid '" + file + "' is not in UTF-8: read as Latin-1 (Windows-1252)");
            return new String(bytes, start, bytes.length - start, Charset.isSupported("windows-1252") ? Charset.forName("windows-1252") : StandardCharsets.ISO_8859_1);
        }
    }

    private static GridFile parse(final Path file, final String whole, final List<String> notes) throws IOException {
        // What Excel writes into the first line where it wants to be sure.
        final boolean said = whole.matches("(?s)sep=[,;\t|]\\r?\\n.*");
        final int skipped = said ? whole.indexOf('\n') + 1 : 0;
        final char separator = said ? whole.charAt(4) : separator(whole);
        final CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(separator).setIgnoreEmptyLines(true).setTrim(true).build();
        final var lines = new ArrayList<List<String>>();
        final var numbers = new ArrayList<Integer>();
        int line = 1;
        try (CSVParser csv = format.parse(new StringReader(whole.substring(skipped)))) {
            final var records = csv.iterator();
            while (records.hasNext()) {
                final CSVRecord record = records.next();
                lines.add(record.toList());
                numbers.add((int)csv.getCurrentLineNumber() + (said ? 1 : 0));
                line = (int)csv.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException | IOException e) {
            final String text = String.valueOf(e.getMessage());
            throw new RefusedException("'%s', line %d: %s".formatted(file, line + (said ? 1 : 0),
                text.contains("EOF") ? "a quote is opened here and not closed." : text.contains("encapsulated") || text.contains("invalid char")
                    ? "something follows a closing quote that is no separator; a quote within quotes is written twice." : text));
        }
        return new GridFile(file, lines, numbers, notes);
    }

    /** @return the separator that stands most often in the first line, outside quotes */
    private static char separator(final String text) {
        final var counts = new int[SEPARATORS.length()];
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if ((c == '\n' || c == '\r') && !quoted && any) {
                break;
            } else if (!quoted && SEPARATORS.indexOf(c) >= 0) {
                counts[SEPARATORS.indexOf(c)]++;
            }
            any |= c != '\n' && c != '\r';
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return SEPARATORS.charAt(best);
    }
}
