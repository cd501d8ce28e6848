package org.spectralsignatures.nodes.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.ImageValue;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.image.ImageShape;

/**
 * The columns of a table of labelled images, and the facts that travel with them as column properties: the images' shape,
 * the attack's target, and how much poison a set had before anything was removed.
 *
 * @param spec the table's columns
 * @param imageColumn index of the column of images
 * @param labelColumn index of the column of labels, -1 for none
 */
public record ImageTableSpec(DataTableSpec spec, int imageColumn, int labelColumn) {

    /** Name of the column of images that our nodes make. */
    public static final String IMAGE = "Image";

    /** Name of the column of labels that our nodes make. */
    public static final String LABEL = "Label";

    /** Name of the column that says which rows are poisoned. */
    public static final String POISONED = "Poisoned";

    private static final String SHAPE_PROPERTY = "spectralsignatures.shape";

    private static final String TARGET_PROPERTY = "spectralsignatures.target";

    private static final String ROWS_PROPERTY = "spectralsignatures.rows";

    private static final String POISON_PROPERTY = "spectralsignatures.poisoned";

    /**
     * @param spec a table's columns
     * @param image name of the column of images; empty for the first one of PNG images, or else of images of any kind, as
     *            KNIME's readers make them where they may meet others
     * @param label name of the column of labels; empty for 'Label' or else the last one of strings
     * @return the columns
     * @throws InvalidSettingsException if there are none such
     */
    public static ImageTableSpec of(final DataTableSpec spec, final String image, final String label) throws InvalidSettingsException {
        return new ImageTableSpec(spec, imageColumn(spec, image), column(spec, label.isEmpty() ? guessLabel(spec) : label, StringValue.class, "label"));
    }

    /** As {@link #of}, for a table that needs no labels. */
    public static ImageTableSpec ofImages(final DataTableSpec spec, final String image) throws InvalidSettingsException {
        return new ImageTableSpec(spec, imageColumn(spec, image), -1);
    }

    private static int imageColumn(final DataTableSpec spec, final String name) throws InvalidSettingsException {
        return column(spec, name.isEmpty() ? first(spec, PNGImageValue.class).or(() -> first(spec, ImageValue.class)).orElse("") : name,
            ImageValue.class, "image");
    }

    private static Optional<String> first(final DataTableSpec spec, final Class<? extends DataValue> type) {
        return spec.stream().filter(c -> c.getType().isCompatible(type)).map(DataColumnSpec::getName).findFirst();
    }

    private static String guessLabel(final DataTableSpec spec) {
        final List<String> names = spec.stream().filter(c -> c.getType().isCompatible(StringValue.class)).map(DataColumnSpec::getName).toList();
        return names.isEmpty() || names.contains(LABEL) ? LABEL : names.get(names.size() - 1);
    }

    private static int column(final DataTableSpec spec, final String name, final Class<? extends DataValue> type, final String what)
        throws InvalidSettingsException {
        final boolean isImage = type == ImageValue.class;
        if (name.isEmpty() || !spec.containsName(name)) {
            throw new InvalidSettingsException((name.isEmpty() ? "The table has no column of PNG images."
                : "The table has no column '%s', which is to be the %s column.".formatted(name, what))
                + " Its columns are: " + String.join(", ", spec.getColumnNames()) + ".");
        }
        final int index = spec.findColumnIndex(name);
        if (!spec.getColumnSpec(index).getType().isCompatible(type)) {
            throw new InvalidSettingsException("Column '%s' cannot be the %s column: it holds %s, not %s.".formatted(name, what,
                spec.getColumnSpec(index).getType(), isImage ? "PNG images" : "strings"));
        }
        return index;
    }

    /** @return columns of a new table of images, with what is known of them; shape and classes may be null */
    public static DataTableSpec create(final ImageShape shape, final List<String> classes) {
        final var image = new DataColumnSpecCreator(IMAGE, PNGImageContent.TYPE);
        if (shape != null) {
            image.setProperties(new DataColumnProperties(Map.of(SHAPE_PROPERTY, shape.toString())));
        }
        final var label = new DataColumnSpecCreator(LABEL, StringCell.TYPE);
        if (classes != null) {
            label.setDomain(new DataColumnDomainCreator(classes.stream().map(StringCell::new).toArray(DataCell[]::new)).createDomain());
        }
        return new DataTableSpec(image.createSpec(), label.createSpec());
    }

    /** @return the images' shape, null if unknown before the table is read */
    public ImageShape shape() {
        final String text = spec.getColumnSpec(imageColumn).getProperties().getProperty(SHAPE_PROPERTY);
        return text == null ? null : ImageShape.parse(text);
    }

    /** @return the classes in order, null if unknown before the table is read */
    public List<String> classes() {
        final Set<DataCell> values = spec.getColumnSpec(labelColumn).getDomain().getValues();
        return values == null ? null : values.stream().map(v -> ((StringValue)v).getStringValue()).toList();
    }

    /** @return name of the label column */
    public String labelName() {
        return spec.getColumnSpec(labelColumn).getName();
    }

    /** @return the target that rows were marked for, empty if unknown */
    public String target() {
        return spec.getColumnSpec(labelColumn).getProperties().getProperty(TARGET_PROPERTY, "");
    }

    /** @return the same columns, noting the target that the rows are marked for */
    public DataTableSpec withTarget(final String target) {
        final DataColumnSpec label = spec.getColumnSpec(labelColumn);
        final var creator = new DataColumnSpecCreator(label);
        creator.setProperties(label.getProperties().cloneAndOverwrite(Map.of(TARGET_PROPERTY, target)));
        return new DataTableSpecCreator(spec).replaceColumn(labelColumn, creator.createSpec()).createSpec();
    }

    /**
     * @param rows number of rows with the poison, negative if not yet known
     * @param poisoned number of poisoned rows
     * @return the columns and one that flags poisoned rows, in place of such a column if there is one
     */
    public DataTableSpec withPoisoned(final long rows, final long poisoned) {
        final var creator = new DataColumnSpecCreator(POISONED, BooleanCell.TYPE);
        if (rows >= 0) {
            creator.setProperties(new DataColumnProperties(Map.of(ROWS_PROPERTY, Long.toString(rows), POISON_PROPERTY, Long.toString(poisoned))));
        }
        final int known = spec.findColumnIndex(POISONED);
        return known < 0 ? new DataTableSpecCreator(spec).addColumns(creator.createSpec()).createSpec()
            : new DataTableSpecCreator(spec).replaceColumn(known, creator.createSpec()).createSpec();
    }

    /** @return whether a row is flagged as poisoned; not so where there is no flag */
    public boolean isPoisoned(final DataRow row) {
        final int column = spec.findColumnIndex(POISONED);
        return column >= 0 && !row.getCell(column).isMissing() && ((BooleanValue)row.getCell(column)).getBooleanValue();
    }

    /** @return the cells of a row with that flag, for a table of the columns {@link #withPoisoned} */
    public DataCell[] withFlag(final DataRow row, final boolean poisoned) {
        final DataCell flag = poisoned ? BooleanCell.TRUE : BooleanCell.FALSE;
        final int column = spec.findColumnIndex(POISONED);
        if (column < 0) {
            return ImageTables.append(row, flag);
        }
        final DataCell[] cells = ImageTables.append(row);
        cells[column] = flag;
        return cells;
    }

    /** @return number of rows that a table had before anything was removed, -1 if unknown */
    public static long originalRows(final DataColumnSpec poisoned) {
        return Long.parseLong(poisoned.getProperties().getProperty(ROWS_PROPERTY, "-1"));
    }

    /** @return number of poisoned rows that a table had before anything was removed, -1 if unknown */
    public static long originalPoison(final DataColumnSpec poisoned) {
        return Long.parseLong(poisoned.getProperties().getProperty(POISON_PROPERTY, "-1"));
    }
}
