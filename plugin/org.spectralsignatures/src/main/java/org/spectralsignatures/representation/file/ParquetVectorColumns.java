package org.spectralsignatures.representation.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.spectralsignatures.parquet.HuggingFaceFeature;
import org.spectralsignatures.parquet.ParquetColumn;
import org.spectralsignatures.parquet.ParquetColumn.Kind;
import org.spectralsignatures.parquet.ParquetTable;
import org.spectralsignatures.representation.RepresentationBuilder;
import org.spectralsignatures.representation.file.VectorFileOptions.LabelSource;

/**
 * Which columns of a Parquet file hold the vectors, and which keys, labels and flags. Vectors are a column of lists of numbers; where there is none, all
 * columns of numbers that are nothing else.
 */
final class ParquetVectorColumns {

    /** What pandas calls the index of its rows where that has no name. */
    private static final String PANDAS_INDEX = "__index_level_0__";

    private static final int SHOWN = 20;

    private final Path path;

    private final List<ParquetColumn> all;

    private final Map<String, HuggingFaceFeature> features;

    private final ParquetColumn key;

    private final ParquetColumn label;

    private final ParquetColumn poisoned;

    private final List<ParquetColumn> values;

    private final List<String> notes = new ArrayList<>();

    /**
     * @param table to look at
     * @param options which file it lies in, and the names that were told
     * @throws IOException if there is no such column, or it is not clear which; the message names the file and the columns that there are
     */
    ParquetVectorColumns(final ParquetTable table, final VectorFileOptions options) throws IOException {
        path = options.path();
        all = table.columns();
        features = table.features();
        final ParquetColumn told = told("Key name", options.keys(), ParquetVectorColumns::mayBeKey, "row keys, which are text or whole numbers");
        key = told == null ? usual(keyNames(), ParquetVectorColumns::mayBeKey) : told;
        label = options.labelSource().isRead() ? label(options) : null;
        poisoned = usual(UsualNames.POISON, column -> column.kind() == Kind.BOOLEAN);
        final ParquetColumn list = list(options.values().strip());
        values = list == null ? numbers() : List.of(list);
        describe(options);
    }

    private static boolean mayBeKey(final ParquetColumn column) {
        return column.kind() == Kind.TEXT || column.kind() == Kind.INTEGER;
    }

    private static boolean mayBeLabel(final ParquetColumn column) {
        return mayBeKey(column) || column.kind() == Kind.BOOLEAN;
    }

    private static boolean isNumber(final ParquetColumn column) {
        return column.kind() == Kind.REAL || column.kind() == Kind.INTEGER;
    }

    private static List<String> keyNames() {
        final var names = new ArrayList<>(UsualNames.KEYS);
        names.add(PANDAS_INDEX);
        return names;
    }

    private ParquetColumn told(final String setting, final String name, final Predicate<ParquetColumn> fits, final String what) throws IOException {
        if (name.isBlank()) {
            return null;
        }
        final ParquetColumn found = all.stream().filter(column -> column.name().equals(name.strip())).findFirst().orElseThrow(
            () -> new IOException("'%s' has no column '%s', which '%s' names. Its columns are: %s.".formatted(path, name, setting, shown(all))));
        if (found.isRepeated() || !fits.test(found)) {
            throw new IOException("Column '%s' of '%s' holds %s, but '%s' must name one of %s. Choose another column.".formatted(name, path,
                found.isRepeated() ? "lists" : found.kind().text(), setting, what));
        }
        return found;
    }

    private ParquetColumn usual(final List<String> names, final Predicate<ParquetColumn> fits) {
        return names.stream().flatMap(name -> all.stream().filter(column -> !column.isRepeated() && fits.test(column)
            && column.name().toLowerCase(Locale.ROOT).equals(name))).findFirst().orElse(null);
    }

    private ParquetColumn label(final VectorFileOptions options) throws IOException {
        final ParquetColumn told = told("Label name", options.labels(), ParquetVectorColumns::mayBeLabel, "labels, which are text, whole numbers or true and false");
        if (told != null) {
            return told;
        }
        final List<ParquetColumn> noted = all.stream().filter(column -> isOf(column, HuggingFaceFeature.CLASS_LABEL) && mayBeLabel(column) && !column.isRepeated()).toList();
        final ParquetColumn found = noted.size() == 1 ? noted.get(0) : usual(UsualNames.LABELS, ParquetVectorColumns::mayBeLabel);
        if (found == null && options.labelSource() == LabelSource.FILE) {
            throw new IOException("'%s' has no column of labels. Set 'Label name', or take all rows for one class. Its columns are: %s.".formatted(path, shown(all)));
        }
        return found;
    }

    private boolean isOf(final ParquetColumn column, final String type) {
        return features.containsKey(column.path().get(0)) && features.get(column.path().get(0)).type().equals(type);
    }

    /** @return the column of lists, null if there is none */
    private ParquetColumn list(final String told) throws IOException {
        final List<ParquetColumn> lists = all.stream().filter(column -> column.isList() && isNumber(column)).toList();
        if (!told.isEmpty()) {
            return lists.stream().filter(column -> column.list().equals(told) || column.name().equals(told)).findFirst()
                .orElseThrow(() -> new IOException("'%s' has no column '%s' of lists of numbers, which 'Array or column' names. %s".formatted(path, told,
                    lists.isEmpty() ? "It has no such column; its columns are: %s.".formatted(shown(all)) : "Such columns are: %s.".formatted(shown(lists)))));
        }
        final List<ParquetColumn> reals = lists.stream().filter(column -> column.kind() == Kind.REAL).toList();
        final List<ParquetColumn> likely = reals.isEmpty() ? lists : reals;
        if (likely.size() < 2) {
            return likely.isEmpty() ? null : likely.get(0);
        }
        return UsualNames.VALUES.stream().flatMap(name -> likely.stream().filter(column -> column.list().toLowerCase(Locale.ROOT).equals(name))).findFirst()
            .orElseThrow(() -> new IOException("'%s' has several columns of lists of numbers: %s. Set 'Array or column' to one of them.".formatted(path, shown(likely))));
    }

    private List<ParquetColumn> numbers() throws IOException {
        final var nested = all.stream().filter(column -> column.isRepeated() && !column.isList() && column.kind() == Kind.REAL).findFirst();
        if (nested.isPresent()) {
            throw new IOException("'%s' has no column of lists of numbers: '%s' holds lists in lists or in groups. Write each vector as one list.".formatted(path,
                nested.get().name()));
        }
        final List<ParquetColumn> numbers = all.stream().filter(column -> !column.isRepeated() && isNumber(column) && column != key && column != label
            && !column.name().equals(PANDAS_INDEX)).toList();
        final var image = all.stream().filter(column -> column.kind() == Kind.BYTES && !column.isRepeated()).findFirst();
        if (image.isPresent() && numbers.stream().noneMatch(column -> column.kind() == Kind.REAL)) {
            throw new IOException(("'%s' holds no vectors but images or other bytes, in column '%s'. Read images with a Labelled Image Reader; a Layer Activation"
                + " Extractor then takes their activations.").formatted(path, image.get().name()));
        }
        if (numbers.isEmpty()) {
            throw new IOException("'%s' has no column of lists of numbers and no columns of numbers. Its columns are: %s.".formatted(path, shown(all)));
        }
        notes.add("There is no column of lists of numbers: %d columns of numbers make up the vectors: %s.".formatted(numbers.size(), shown(numbers)));
        return numbers;
    }

    private void describe(final VectorFileOptions options) {
        final Set<ParquetColumn> used = new HashSet<>(values);
        used.add(key);
        used.add(label);
        used.add(poisoned);
        final List<ParquetColumn> others = all.stream().filter(column -> !used.contains(column)).toList();
        if (!others.isEmpty()) {
            notes.add("Columns that were left out: %s.".formatted(shown(others)));
        }
        if (label == null && options.labelSource() != LabelSource.CLUSTERS) {
            notes.add("There are no labels: all rows are one class, '%s'.".formatted(RepresentationBuilder.ONLY_CLASS));
        }
    }

    private static String shown(final List<ParquetColumn> columns) {
        final List<String> names = columns.stream().map(column -> column.isList() ? column.list() : column.name()).toList();
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))) + (names.size() > SHOWN ? " and %d more".formatted(names.size() - SHOWN) : "");
    }

    /** @return the column of lists, or the columns of numbers */
    List<ParquetColumn> values() {
        return values;
    }

    /** @return the column of row keys, null if there is none */
    ParquetColumn key() {
        return key;
    }

    /** @return the column of labels, null if there is none */
    ParquetColumn label() {
        return label;
    }

    /** @return the column that tells known poison, null if there is none */
    ParquetColumn poisoned() {
        return poisoned;
    }

    /** @return names of the classes by the numbers in their column; empty if none are told */
    List<String> names() {
        return label != null && label.kind() == Kind.INTEGER && isOf(label, HuggingFaceFeature.CLASS_LABEL) ? features.get(label.path().get(0)).names() : List.of();
    }

    /** @return what was left out, as sentences */
    List<String> notes() {
        return notes;
    }
}
