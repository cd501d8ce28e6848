package org.spectralsignatures.nodes.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.duplicate.DuplicateCount;
import org.spectralsignatures.duplicate.DuplicatePair;
import org.spectralsignatures.duplicate.Duplicates;
import org.spectralsignatures.duplicate.Twin;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableRows;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.nodes.view.ImageAddress;

/** A table of some images that are alike, with small pictures, which the node keeps for its view. */
final class PairsTable {

    static final Column<String> KIND = Column.text("Kind");

    private static final Column<String> FIRST_KEY = Column.text("First");

    private static final Column<String> FIRST_LABEL = Column.text("Label of the first");

    private static final Column<String> FIRST_PICTURE = Column.text("Picture of the first");

    private static final Column<String> SECOND_KEY = Column.text("Second");

    private static final Column<String> SECOND_LABEL = Column.text("Label of the second");

    private static final Column<String> SECOND_PICTURE = Column.text("Picture of the second");

    /** A row for each pair. */
    static final TableSchema SCHEMA = TableSchema.of(KIND, FIRST_KEY, FIRST_LABEL, FIRST_PICTURE, SECOND_KEY, SECOND_LABEL, SECOND_PICTURE);

    private static final int MOST_OF_A_KIND = 24;

    /** Height and width of a picture, in pixels. */
    private static final int LARGEST = 96;

    private PairsTable() {
    }

    /**
     * Writes some pairs of each kind, those of two classes first.
     *
     * @param duplicates what was found
     * @param images the table of all images, with the image in its first column
     * @param exec makes the table
     * @param monitor asked for each image
     * @throws TaskCancelledException if the monitor said so
     */
    static BufferedDataTable write(final Duplicates duplicates, final BufferedDataTable images, final ExecutionContext exec, final TaskMonitor monitor)
        throws TaskCancelledException {
        final Map<String, List<DuplicatePair>> pairs = choose(duplicates.counts());
        final Map<Integer, String> pictures = new HashMap<>();
        TableRows.at(images, (row, i) -> pictures.put(i, ImageAddress.of(row.getCell(0), LARGEST)), monitor,
            pairs.values().stream().flatMap(List::stream).flatMapToInt(p -> IntStream.of(p.first().image(), p.second().image())).toArray());
        final TableWriter table = SCHEMA.writer(exec);
        int row = 0;
        for (var kind : pairs.entrySet()) {
            for (DuplicatePair pair : kind.getValue()) {
                final Twin first = pair.first();
                final Twin second = pair.second();
                table.add("Row" + row++, KIND.of(kind.getKey()), FIRST_KEY.of(first.key()), FIRST_LABEL.of(first.label()),
                    FIRST_PICTURE.of(pictures.get(first.image())), SECOND_KEY.of(second.key()), SECOND_LABEL.of(second.label()),
                    SECOND_PICTURE.of(pictures.get(second.image())));
            }
        }
        return table.table();
    }

    /** Pairs by kind: the first of each class, then the second, and so on, so that a class with many twins does not hide the others. */
    private static Map<String, List<DuplicatePair>> choose(final List<DuplicateCount> counts) {
        final Map<String, Set<DuplicatePair>> chosen = new LinkedHashMap<>();
        final int longest = counts.stream().mapToInt(c -> c.examples().size()).max().orElse(0);
        counts.forEach(count -> chosen.put(count.kind(), new LinkedHashSet<>()));
        for (int i = 0; i < longest; i++) {
            for (DuplicateCount count : counts) {
                final Set<DuplicatePair> ofKind = chosen.get(count.kind());
                if (i < count.examples().size() && ofKind.size() < MOST_OF_A_KIND) {
                    ofKind.add(count.examples().get(i)); // a pair of two classes is an example of both
                }
            }
        }
        final Map<String, List<DuplicatePair>> pairs = new LinkedHashMap<>();
        chosen.forEach((kind, some) -> pairs.put(kind, new ArrayList<>(some)));
        return pairs;
    }

    /** @return the kind of each pair */
    static List<String> kinds(final BufferedDataTable pairs) {
        return TableSchema.of(KIND).reader(pairs).list(row -> row.get(KIND));
    }

    /** @return some pairs by their rows */
    static Map<Integer, ReadImages.Pair> at(final BufferedDataTable pairs, final int... rows) {
        final Map<Integer, ReadImages.Pair> found = new HashMap<>();
        SCHEMA.reader(pairs).at(rows).forEach((i, row) -> found.put(i,
            new ReadImages.Pair(new ReadImages.Twin(row.get(FIRST_KEY), row.get(FIRST_LABEL), row.find(FIRST_PICTURE)),
                new ReadImages.Twin(row.get(SECOND_KEY), row.get(SECOND_LABEL), row.find(SECOND_PICTURE)))));
        return found;
    }
}
