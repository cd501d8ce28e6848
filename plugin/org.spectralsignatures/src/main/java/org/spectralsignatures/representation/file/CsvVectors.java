package org.spectralsignatures.representation.file;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.RepresentationBuilder;
import org.spectralsignatures.representation.file.VectorFileOptions.LabelSource;

/**
 * Vectors in a table as text: UTF-8 with commas, semicolons or tabs, the names of the columns in the first line, a row a line. The columns of
 * keys, labels and flags are told by their names; all others whose first value is a number make up the vectors.
 */
final class CsvVectors implements VectorSource {

    private final Path path;

    private final List<String> header;

    private final char delimiter;

    private final int key;

    private final int label;

    private final int poisoned;

    private final int[] values;

    private final List<String> notes = new ArrayList<>();

    CsvVectors(final VectorFileOptions options) throws IOException {
        path = options.path();
        if (options.labelsFile() != null || options.keysFile() != null) {
            throw new IOException("'%s' is no NumPy file: labels and keys of a table stand in its columns. Leave 'Labels file' and 'Keys file' empty.".formatted(path));
        }
        delimiter = delimiter();
        final List<CSVRecord> beginning;
        try (CSVParser lines = parser()) {
            beginning = lines.stream().limit(2).toList();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw unreadable(e);
        }
        if (beginning.size() < 2) {
            throw new IOException("'%s' holds no vectors: it must have the names of its columns in the first line and a row in each line below.".formatted(path));
        }
        header = beginning.get(0).toList().stream().map(name -> name.strip().replace("\ufeff", "")).toList();
        if (new HashSet<>(header).size() < header.size()) {
            throw new IOException("'%s': two columns have one name. Rename one of them.".formatted(path));
        }
        key = column("Key name", options.keys(), UsualNames.KEYS);
        label = !options.labelSource().isRead() ? -1 : column("Label name", options.labels(), UsualNames.LABELS);
        poisoned = column("", "", UsualNames.POISON);
        if (label < 0 && options.labelSource() == LabelSource.FILE) {
            throw new IOException("'%s' has no column of labels. Set 'Label name', or take all rows for one class. Its columns are: %s.".formatted(path, shown(header)));
        }
        values = values(beginning.get(1), options);
    }

    private IOException unreadable(final Exception e) {
        return new IOException("'%s' is no table of vectors: %s".formatted(path, RegularFile.reason(e)), e);
    }

    private int column(final String setting, final String told, final List<String> usual) throws IOException {
        if (!told.isBlank()) {
            final int found = header.indexOf(told.strip());
            if (found < 0) {
                throw new IOException("'%s' has no column '%s', which '%s' names. Its columns are: %s.".formatted(path, told, setting, shown(header)));
            }
            return found;
        }
        for (String name : usual) {
            for (int i = 0; i < header.size(); i++) {
                if (header.get(i).toLowerCase(Locale.ROOT).equals(name)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static String shown(final List<String> names) {
        return String.join(", ", names.subList(0, Math.min(20, names.size()))) + (names.size() > 20 ? " and %d more".formatted(names.size() - 20) : "");
    }

    private int[] values(final CSVRecord first, final VectorFileOptions options) throws IOException {
        final List<Integer> numbers = new ArrayList<>();
        final List<String> others = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (i != key && i != label && i != poisoned) {
                if (i < first.size() && (isNumber(first.get(i)) || first.get(i).isBlank())) { // a value that is missing is an error later
                    numbers.add(i);
                } else {
                    others.add(header.get(i));
                }
            }
        }
        if (numbers.isEmpty()) {
            throw new IOException("'%s' has no column of numbers. Its columns are: %s.".formatted(path, shown(header)));
        }
        if (!others.isEmpty()) {
            notes.add("Columns that are no numbers were left out: %s.".formatted(shown(others)));
        }
        if (label < 0 && options.labelSource() != LabelSource.CLUSTERS) {
            notes.add("There are no labels: all rows are one class, '%s'.".formatted(RepresentationBuilder.ONLY_CLASS));
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean isNumber(final String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException e) { // NOSONAR that is the question
            return false;
        }
    }

    private char delimiter() throws IOException {
        try (var lines = new BufferedReader(text())) {
            final String line = lines.readLine();
            final String names = line == null ? "" : line;
            return names.indexOf('\t') >= 0 ? '\t' : names.chars().filter(c -> c == ';').count() > names.chars().filter(c -> c == ',').count() ? ';' : ',';
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private CSVParser parser() throws IOException {
        return CSVFormat.RFC4180.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true).setTrim(true).build().parse(text());
    }

    private Reader text() throws IOException {
        final var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
        return new ShortLines(new BufferedReader(new InputStreamReader(RegularFile.open(path), decoder)));
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public long rows(final TaskMonitor monitor) throws IOException, TaskCancelledException {
        long count = -1;
        try (CSVParser lines = parser()) {
            for (CSVRecord line : lines) {
                monitor.checkCancelled();
                count += line.size() > 0 ? 1 : 0;
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw unreadable(e);
        }
        return count;
    }

    @Override
    public long dimensions() {
        return values.length;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void read(final RepresentationBuilder to, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        try (CSVParser lines = parser()) {
            long number = -1;
            for (CSVRecord line : lines) {
                if (number >= 0) {
                    add(line, number, to);
                }
                number++;
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    private void add(final CSVRecord line, final long number, final RepresentationBuilder to) throws IOException, TaskCancelledException {
        if (line.size() != header.size()) {
            throw new IOException("'%s', row %d: it has %d cells, but there are %d columns.".formatted(path, number + 1, line.size(), header.size()));
        }
        for (int i = 0; i < values.length; i++) {
            to.row()[i] = number(line, number, values[i]);
        }
        to.add(key < 0 ? "Row" + number : text(line, number, key), label < 0 ? null : text(line, number, label), poisoned < 0 ? null : flag(line, number));
    }

    private float number(final CSVRecord line, final long number, final int column) throws IOException {
        try {
            return (float)Double.parseDouble(line.get(column));
        } catch (NumberFormatException e) {
            throw new IOException("'%s', row %d, column '%s': '%s' is no number. Replace it or remove the row.".formatted(path, number + 1, header.get(column),
                cut(line.get(column))), e);
        }
    }

    private String text(final CSVRecord line, final long number, final int column) throws IOException {
        if (line.get(column).isBlank()) {
            throw new IOException("'%s', row %d, column '%s': the cell is empty. Fill it or remove the row.".formatted(path, number + 1, header.get(column)));
        }
        return line.get(column);
    }

    private boolean flag(final CSVRecord line, final long number) throws IOException {
        final String text = line.get(poisoned).toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            throw new IOException("'%s', row %d, column '%s': '%s' is neither true nor false.".formatted(path, number + 1, header.get(poisoned), cut(line.get(poisoned))));
        }
        return text.equals("true");
    }

    private static String cut(final String text) {
        return text.substring(0, Math.min(60, text.length())).replaceAll("\\p{C}", "?");
    }

    /** A text without ends of lines would be one row, as large as the file. */
    private static final class ShortLines extends FilterReader {

        private static final int MOST = 1 << 26;

        private int length;

        private ShortLines(final Reader in) {
            super(in);
        }

        private void count(final int character) throws IOException {
            length = character == '\n' || character == '\r' ? 0 : length + 1;
            if (length > MOST) {
                throw new IOException("A line has more than %d characters.".formatted(MOST));
            }
        }

        @Override
        public int read() throws IOException {
            final int character = super.read();
            count(character);
            return character;
        }

        @Override
        public int read(final char[] target, final int offset, final int count) throws IOException {
            final int read = super.read(target, offset, count);
            for (int i = 0; i < read; i++) {
                count(target[offset + i]);
            }
            return read;
        }
    }
}
