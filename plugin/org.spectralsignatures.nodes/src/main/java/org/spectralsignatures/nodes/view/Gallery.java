package org.spectralsignatures.nodes.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.TableRows;

/**
 * Answers a page that shows images of labelled tables by class. Of each table only the class of every row is held, 4 bytes an image;
 * images are read page by page.
 */
public final class Gallery {

    private static final int PAGE = 30;

    private static final int OFFLINE_CLASSES = 10;

    private static final String UNLABELLED = "?";

    /**
     * What the page shows at first.
     *
     * @param tables that it can choose from
     * @param chosen index of the class of the first table that is shown at first, or {@link Page#ALL}
     * @param first its first page
     * @param offline what the page asks for next
     */
    public record Overview(List<TableInfo> tables, int chosen, Page<Image> first, List<Request> offline) {
    }

    /**
     * A table.
     *
     * @param name of the table
     * @param rows number of its images
     * @param size of the images in words; null if unknown
     * @param flagged whether it is known which are poisoned
     * @param target class that marked images are to be taken for; empty if unknown
     * @param classes in the order of the label column's domain
     */
    public record TableInfo(String name, long rows, String size, boolean flagged, String target, List<ClassInfo> classes) {
    }

    /**
     * A class.
     *
     * @param label its name
     * @param rows number of its images
     * @param poisoned number of its poisoned images
     */
    public record ClassInfo(String label, int rows, int poisoned) {
    }

    /**
     * An image.
     *
     * @param key its row key
     * @param label its class
     * @param address a {@code data:} address; null if there is no image
     * @param poisoned whether it is poisoned
     */
    public record Image(String key, String label, String address, boolean poisoned) {
    }

    /** A table with its index. */
    private static final class Source {

        final String m_name;

        final BufferedDataTable m_table;

        final ImageTableSpec m_columns;

        final List<String> m_classes = new ArrayList<>();

        final int[] m_labels;

        final BitSet m_poisoned = new BitSet();

        Source(final String name, final BufferedDataTable table, final ImageTableSpec columns) {
            m_name = name;
            m_table = table;
            m_columns = columns;
            m_labels = new int[Math.toIntExact(table.size())];
            final Map<String, Integer> indices = new HashMap<>();
            final Function<String, Integer> add = label -> {
                m_classes.add(label);
                return m_classes.size() - 1;
            };
            if (isLabelled() && columns.classes() != null) {
                columns.classes().forEach(label -> indices.computeIfAbsent(label, add));
            }
            TableRows.read(table, (row, i) -> {
                m_labels[i] = indices.computeIfAbsent(label(row), add);
                m_poisoned.set(i, isFlagged() && columns.isPoisoned(row));
            }, IntStream.of(columns.labelColumn(), flag()).filter(c -> c >= 0).toArray());
        }

        private int flag() {
            return m_columns.spec().findColumnIndex(ImageTableSpec.POISONED);
        }

        private boolean isFlagged() {
            return flag() >= 0;
        }

        private boolean isLabelled() {
            return m_columns.labelColumn() >= 0;
        }

        private String label(final DataRow row) {
            if (!isLabelled()) {
                return UNLABELLED;
            }
            final DataCell cell = row.getCell(m_columns.labelColumn());
            return cell.isMissing() ? UNLABELLED : ((StringValue)cell).getStringValue();
        }

        TableInfo info() {
            final var rows = new int[m_classes.size()];
            final var poisoned = new int[m_classes.size()];
            for (int i = 0; i < m_labels.length; i++) {
                rows[m_labels[i]]++;
                poisoned[m_labels[i]] += m_poisoned.get(i) ? 1 : 0;
            }
            final ImageShape shape = m_columns.shape();
            return new TableInfo(m_name, m_labels.length, shape == null ? null : shape.describe(), isFlagged(), isLabelled() ? m_columns.target() : "",
                IntStream.range(0, rows.length).mapToObj(c -> new ClassInfo(m_classes.get(c), rows[c], poisoned[c])).toList());
        }

        /** The rows of a class in their order, the poisoned ones first, or those of all classes in turn. */
        int[] rows(final int label) {
            final int[] rows = IntStream.concat(m_poisoned.stream(), IntStream.range(0, m_labels.length).filter(i -> !m_poisoned.get(i))).toArray();
            if (label != Page.ALL) {
                return Arrays.stream(rows).filter(i -> m_labels[i] == label).toArray();
            }
            final var ordinals = new int[m_labels.length];
            final var seen = new int[m_classes.size()];
            for (int i : rows) {
                ordinals[i] = seen[m_labels[i]]++;
            }
            return Arrays.stream(rows).boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> ordinals[i]).thenComparingInt(i -> m_labels[i])).mapToInt(Integer::intValue).toArray();
        }

        Image image(final DataRow row) {
            return new Image(row.getKey().getString(), label(row), ImageAddress.of(row.getCell(m_columns.imageColumn())), m_columns.isPoisoned(row));
        }
    }

    private final List<Source> m_sources;

    /**
     * Images of some tables.
     *
     * @param tables by name
     * @param imageColumn name of the column of images; empty for the one that nodes guess
     * @param labelColumn name of the column of labels; empty for the one that nodes guess
     * @throws IllegalArgumentException if a table has no such columns
     */
    public Gallery(final Map<String, BufferedDataTable> tables, final String imageColumn, final String labelColumn) {
        this(tables.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue(), columns(e.getValue(), imageColumn, labelColumn))).toList());
    }

    private Gallery(final List<Source> sources) {
        m_sources = sources;
    }

    /** Images of the tables that a node keeps, in the order of the names. Further tables are left alone. */
    public static Gallery of(final BufferedDataTable[] tables, final String... names) {
        final Map<String, BufferedDataTable> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            byName.put(names[i], tables[i]);
        }
        return new Gallery(byName, "", "");
    }

    /**
     * Images of a table that need no labels: where it is not clear which column holds the classes they are all of one class, '?'.
     *
     * @param imageColumn as for other tables
     * @throws IllegalArgumentException if the table has no such column
     */
    public static Gallery ofImages(final String name, final BufferedDataTable table, final String imageColumn) {
        return new Gallery(List.of(new Source(name, table, labelledOrNot(table, imageColumn))));
    }

    private static ImageTableSpec labelledOrNot(final BufferedDataTable table, final String imageColumn) {
        try {
            return ImageTableSpec.of(table.getDataTableSpec(), imageColumn, "");
        } catch (InvalidSettingsException e) { // NOSONAR nothing is wrong with a table without classes
            return imagesOnly(table, imageColumn);
        }
    }

    private static ImageTableSpec imagesOnly(final BufferedDataTable table, final String imageColumn) {
        try {
            return ImageTableSpec.ofImages(table.getDataTableSpec(), imageColumn);
        } catch (InvalidSettingsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static ImageTableSpec columns(final BufferedDataTable table, final String imageColumn, final String labelColumn) {
        try {
            return ImageTableSpec.of(table.getDataTableSpec(), imageColumn, labelColumn);
        } catch (InvalidSettingsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** @return what the page shows at first: all classes */
    public Overview overview() {
        final List<TableInfo> infos = infos();
        return new Overview(infos, Page.ALL, page(0, Page.ALL, 0), IntStream.range(0, infos.size()).boxed().flatMap(t -> Stream.concat(
            t == 0 ? Stream.empty() : Stream.of(Page.ALL),
            IntStream.range(0, Math.min(OFFLINE_CLASSES, infos.get(t).classes().size())).boxed()).map(c -> Request.of("page", t, c, 0))).toList());
    }

    /** @return what the page shows at first: a class of the first table; another class and all of them may follow */
    public Overview overview(final String label, final String next) {
        final List<String> classes = m_sources.get(0).m_classes;
        final int chosen = classes.indexOf(label);
        return new Overview(infos(), chosen, page(0, chosen, 0),
            List.of(Request.of("page", 0, classes.indexOf(next), 0), Request.of("page", 0, Page.ALL, 0)));
    }

    private List<TableInfo> infos() {
        return m_sources.stream().map(Source::info).toList();
    }

    /**
     * @param table index of a table
     * @param label index of a class, or {@link Page#ALL}: the first image of each class, then the second, and so on
     * @param offset how many to leave out
     * @return the next images; of a class the poisoned ones first
     */
    public Page<Image> page(final int table, final int label, final int offset) {
        final Source source = m_sources.get(table);
        return Page.of(source.rows(label), offset, PAGE, shown -> TableRows.at(source.m_table, shown), (i, row) -> source.image(row));
    }
}
