package org.spectralsignatures.nodes.table;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.DataValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.image.ImageValue;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.ImageShape;

/**
 * The columns of a table of labelled images, and the facts that travel with them as column properties: the images' shape and
 * the attack's target. KNIME hands properties on through nodes that select or join rows (a concatenation keeps those that both
 * tables agree on), so that they can say something of each row, but nothing of their number.
 *
 * @param spec the table's columns
 * @param imageColumn index of the column of images, -1 for none
 * @param labelColumn index of the column of labels, -1 for none
 */
public record ImageTableSpec(DataTableSpec spec, int imageColumn, int labelColumn) {

    /** Name of the column of images that our nodes make. */
    public static final String IMAGE = "Image";

    /** Name of the column of labels that our nodes make. */
    public static final String LABEL = "Label";

    /** Name of the column that says which rows are poisoned. */
    public static final String POISONED = "Poisoned";

    /** The column that says which rows are poisoned. */
    public static final Column<Boolean> FLAG = Column.flag(POISONED);

    private static final Column<DataCell> PICTURE = Column.picture(IMAGE);

    private static final Column<String> CLASS = Column.text(LABEL);

    private static final String IMG_PLUS = "Turn images of KNIME Image Processing (ImgPlus) into PNG first, with its node 'ImgPlus to PNG Images'.";

    private static final String SHAPE_PROPERTY = "spectralsignatures.shape";

    private static final String TARGET_PROPERTY = "spectralsignatures.target";

    /**
     * @param spec a table's columns
     * @param image name of the column of images; empty to guess it, see {@link ColumnGuess#image}
     * @param label name of the column of labels; empty to guess it, see {@link ColumnGuess#label}
     * @return the columns
     * @throws InvalidSettingsException if there are none such, or it is not clear which
     */
    public static ImageTableSpec of(final DataTableSpec spec, final String image, final String label) throws InvalidSettingsException {
        return new ImageTableSpec(spec, imageColumn(spec, image), labelColumn(spec, label));
    }

    /** As {@link #of}, for a table that needs no labels. */
    public static ImageTableSpec ofImages(final DataTableSpec spec, final String image) throws InvalidSettingsException {
        return new ImageTableSpec(spec, imageColumn(spec, image), -1);
    }

    /** As {@link #of}, for a table of which only the labels are read. */
    public static ImageTableSpec ofLabels(final DataTableSpec spec, final String label) throws InvalidSettingsException {
        return new ImageTableSpec(spec, -1, labelColumn(spec, label));
    }

    private static int labelColumn(final DataTableSpec spec, final String name) throws InvalidSettingsException {
        return column(spec, name.isEmpty() ? ColumnGuess.label(spec).name() : name, StringValue.class, "label");
    }

    /**
     * @param image as in {@link #of}
     * @param label as in {@link #of}
     * @param warnings receive which columns were guessed
     * @return this
     */
    public ImageTableSpec warn(final String image, final String label, final Warnings warnings) throws InvalidSettingsException {
        if (imageColumn >= 0 && image.isEmpty()) {
            warnings.add(ColumnGuess.image(spec).warning());
        }
        if (labelColumn >= 0 && label.isEmpty()) {
            warnings.add(ColumnGuess.label(spec).warning());
        }
        return this;
    }

    private static int imageColumn(final DataTableSpec spec, final String name) throws InvalidSettingsException {
        return column(spec, name.isEmpty() ? ColumnGuess.image(spec).name() : name, ImageValue.class, "image");
    }

    /** @return index of the column of images that is guessed, for a view that shows images where there are any; -1 for none */
    public static int anyImages(final DataTableSpec spec) {
        return spec.findColumnIndex(ColumnGuess.image(spec).name());
    }

    private static int column(final DataTableSpec spec, final String name, final Class<? extends DataValue> type, final String what)
        throws InvalidSettingsException {
        final boolean isImage = type == ImageValue.class;
        if (name.isEmpty() || !spec.containsName(name)) {
            final boolean imgPlus = isImage && name.isEmpty() && spec.stream().anyMatch(c -> ImageCells.isImgPlus(c.getType()));
            throw new InvalidSettingsException((imgPlus ? "The table has images of KNIME Image Processing only. " + IMG_PLUS
                : name.isEmpty() ? "The table has no column of PNG images."
                : "The table has no column '%s', which is to be the %s column.".formatted(name, what))
                + " Its columns are: " + String.join(", ", spec.getColumnNames()) + ".");
        }
        final int index = spec.findColumnIndex(name);
        final DataType found = spec.getColumnSpec(index).getType();
        if (isImage ? !ImageCells.isReadable(found) : !found.isCompatible(type) || ImageCells.isImgPlus(found)) {
            throw new InvalidSettingsException("Column '%s' cannot be the %s column: it holds %s, not %s.%s".formatted(name, what, found,
                isImage ? ImageCells.KINDS : "strings", isImage && ImageCells.isImgPlus(found) ? " " + IMG_PLUS : ""));
        }
        return index;
    }

    /** @return columns of a new table of images, with what is known of them; shape and classes may be null */
    public static DataTableSpec create(final ImageShape shape, final List<String> classes) {
        return schema(shape, classes).spec();
    }

    /**
     * Writes a new table of images.
     *
     * @param shape of the images
     * @param classes that labels may have; null if unknown
     * @param exec makes the table
     * @return a table without images yet, of the columns {@link #create}
     */
    public static ImageWriter writer(final ImageShape shape, final List<String> classes, final ExecutionContext exec) {
        return new ImageWriter(shape, schema(shape, classes).writer(exec));
    }

    /** Writes images with their labels. */
    public static final class ImageWriter {

        private final ImageShape m_shape;

        private final TableWriter m_table;

        private ImageWriter(final ImageShape shape, final TableWriter table) {
            m_shape = shape;
            m_table = table;
        }

        /** Adds an image, {@code [channels * height * width]}. */
        public void add(final String key, final byte[] pixels, final String label) {
            add(key, ImageTables.cell(pixels, m_shape), label);
        }

        /** Adds an image that is a cell already. */
        public void add(final String key, final DataCell image, final String label) {
            m_table.add(key, PICTURE.of(image), CLASS.of(label));
        }

        /** @return the table of all that were added */
        public BufferedDataTable table() {
            return m_table.table();
        }
    }

    private static TableSchema schema(final ImageShape shape, final List<String> classes) {
        return TableSchema.of(shape == null ? PICTURE : PICTURE.noting(SHAPE_PROPERTY, shape.toString()), classes == null ? CLASS : CLASS.listing(classes));
    }

    /** @return whether all images are PNG cells by the type of their column */
    boolean isPng() {
        return spec.getColumnSpec(imageColumn).getType().isCompatible(PNGImageValue.class);
    }

    /** @return the same columns, of PNG images, for a table whose rows are made by {@link ImageTables#withPng} */
    public ImageTableSpec asPng() {
        return isPng() ? this : new ImageTableSpec(ofPng(), imageColumn, labelColumn);
    }

    private DataTableSpec ofPng() {
        final var creator = new DataColumnSpecCreator(spec.getColumnSpec(imageColumn));
        creator.setType(PNGImageContent.TYPE);
        return new DataTableSpecCreator(spec).replaceColumn(imageColumn, creator.createSpec()).createSpec();
    }

    /** @return the images' shape, null if unknown before the table is read */
    public ImageShape shape() {
        final String text = spec.getColumnSpec(imageColumn).getProperties().getProperty(SHAPE_PROPERTY);
        return text == null ? null : ImageShape.parse(text);
    }

    /**
     * The classes in the order of the domain, which may mean something. Only where it is that of sorted texts (1, 10, 2) they come in
     * natural order (1, 2, 10); without digits both are the same.
     *
     * @return the classes, null if unknown before the table is read
     */
    public List<String> classes() {
        final Set<DataCell> values = spec.getColumnSpec(labelColumn).getDomain().getValues();
        if (values == null) {
            return null; // NOSONAR null stands for unknown
        }
        final List<String> classes = values.stream().map(v -> ((StringValue)v).getStringValue()).toList();
        return classes.equals(classes.stream().sorted().toList()) ? classes.stream().sorted(ClassNames.NATURAL).toList() : classes;
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

    /** @return the same columns, of PNG images in this shape; what else is known of the columns stays */
    public DataTableSpec withShape(final ImageShape shape) {
        final DataColumnSpec image = spec.getColumnSpec(imageColumn);
        final var creator = new DataColumnSpecCreator(image);
        creator.setType(PNGImageContent.TYPE);
        creator.setProperties(image.getProperties().cloneAndOverwrite(Map.of(SHAPE_PROPERTY, shape.toString())));
        return new DataTableSpecCreator(spec).replaceColumn(imageColumn, creator.createSpec()).createSpec();
    }

    /** @return the columns and one that flags poisoned rows, in place of such a column if there is one */
    public DataTableSpec withPoisoned() {
        final int known = spec.findColumnIndex(POISONED);
        return known < 0 ? TableSchema.of(FLAG).spec(spec) : new DataTableSpecCreator(spec).replaceColumn(known, FLAG.spec()).createSpec();
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
}
