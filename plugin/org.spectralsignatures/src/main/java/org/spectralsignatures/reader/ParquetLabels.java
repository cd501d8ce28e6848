package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.parquet.ParquetColumn;
import org.spectralsignatures.parquet.ParquetRows;
import org.spectralsignatures.parquet.ParquetTable;

/**
 * The labels of all rows of a set in the Parquet format. Classes are those that occur: in the order of their names in the files where these
 * are told, else by name. A row without a label, or with the -1 that Hugging Face's datasets write for one, has none.
 */
final class ParquetLabels {

    private static final int MOST_CLASSES = 100_000;

    private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

    private static final int SHOWN = 5;

    private final boolean skipUnknown;

    /** Names by the numbers in the files; empty if none are told, null before the first file. */
    private List<String> names;

    private Path first;

    /** Class to a number of our own, in the order in which they occur. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private int[] labels = new int[1024];

    private int count;

    /** @param skipUnknown whether a number that has no name is no error */
    ParquetLabels(final boolean skipUnknown) {
        this.skipUnknown = skipUnknown;
    }

    /** Adds the rows of a file. */
    void add(final ParquetTable table, final ParquetColumns columns, final Path file) throws IOException {
        if (names == null) {
            names = columns.names();
            first = file;
        } else if (!names.equals(columns.names())) {
            throw new IOException("'%s' has other names of classes than '%s'. Choose a folder with the files of one set.".formatted(file, first));
        }
        if (table.rows() > MOST_ROWS - count) {
            throw new IOException("'%s' has more than %d rows. Choose a part of it.".formatted(file, MOST_ROWS));
        }
        final ParquetRows rows = table.rows(List.of(columns.label()));
        while (rows.next()) {
            if (count == labels.length) {
                labels = Arrays.copyOf(labels, (int)Math.min(MOST_ROWS, 2L * count));
            }
            final String label = rows.isNull(0) ? null : label(rows, columns.label(), file);
            labels[count++] = label == null ? ImageSource.UNKNOWN : numbers.computeIfAbsent(label, name -> numbers.size());
            if (numbers.size() > MOST_CLASSES) {
                throw new IOException("Column '%s' of '%s' has more than %d different values, which are no classes. Set 'Class column' to another one."
                    .formatted(columns.label().name(), file, MOST_CLASSES));
            }
        }
    }

    /** @return null if there is none */
    private String label(final ParquetRows rows, final ParquetColumn column, final Path file) throws IOException {
        if (column.kind() == ParquetColumn.Kind.TEXT) {
            final String text = FolderScan.composed(rows.text(0));
            return text.isEmpty() ? null : text;
        }
        final long number = rows.integer(0);
        if (column.kind() == ParquetColumn.Kind.BOOLEAN) {
            return String.valueOf(number != 0);
        }
        if (names.isEmpty()) {
            return String.valueOf(number);
        }
        if (number >= 0 && number < names.size()) {
            return names.get((int)number);
        }
        if (number == -1 || skipUnknown) {
            return null;
        }
        throw new IOException("'%s', row %d: %d is no label, since there are %d classes. Download the file again, or switch on 'Skip unreadable images'."
            .formatted(file, rows.row(), number, names.size()));
    }

    /** @return number of rows */
    int count() {
        return count;
    }

    /** @return the classes that occur */
    List<String> classes() {
        return names.isEmpty() ? numbers.keySet().stream().sorted(ClassNames.NATURAL).toList() : names.stream().distinct().filter(numbers::containsKey).toList();
    }

    /** @return the index of each row's class in {@link #classes()}, or {@link ImageSource#UNKNOWN} */
    int[] indices() {
        final List<String> classes = classes();
        final var positions = new int[classes.size()];
        for (int i = 0; i < classes.size(); i++) {
            positions[numbers.get(classes.get(i))] = i;
        }
        return Arrays.stream(labels, 0, count).map(label -> label == ImageSource.UNKNOWN ? label : positions[label]).toArray();
    }

    /** @return which names no row has, as a sentence */
    List<String> notes() {
        final var seen = new HashSet<>(classes());
        final List<String> empty = names.stream().filter(name -> !seen.contains(name)).distinct().toList();
        return empty.isEmpty() ? List.of() : List.of("%d of %d classes ha%s no images: %s%s.".formatted(empty.size(), names.stream().distinct().count(),
            empty.size() == 1 ? "s" : "ve", ClassNames.join(empty.subList(0, Math.min(SHOWN, empty.size()))), empty.size() > SHOWN ? " and more" : ""));
    }
}
