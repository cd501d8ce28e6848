package org.spectralsignatures.nodes.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.StringValue;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageDatasetBuilder;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** Turns tables of images into data sets of the library, and pixels into cells. */
public final class ImageTables {

    private static final String ONLY_CLASS = "images";

    /** Of so few images each may be of another class. */
    private static final int FEW_IMAGES = 10;

    /** Classes an image beyond which labels are taken for names of the images. */
    private static final double LARGEST_SHARE = .5;

    private ImageTables() {
    }

    /** @return a cell that holds the image as PNG */
    public static DataCell cell(final byte[] pixels, final ImageShape shape) {
        return new PNGImageContent(ImageCodec.encodePng(pixels, shape)).toImageCell();
    }

    /**
     * @return the image of a row
     * @throws ImageFormatException if it is missing or damaged; the message names row and column
     */
    public static DecodedImage decode(final DataRow row, final ImageTableSpec columns) throws ImageFormatException {
        final byte[] file = file(row, columns);
        try {
            return ImageCodec.decode(file);
        } catch (ImageFormatException e) {
            throw new ImageFormatException(e.fault(), where(row, columns) + e.getMessage() + " Remove the row first.", e);
        }
    }

    private static String where(final DataRow row, final ImageTableSpec columns) {
        return "Row '%s', column '%s': ".formatted(row.getKey().getString(), columns.spec().getColumnSpec(columns.imageColumn()).getName());
    }

    /**
     * @return the image of a row as a PNG file: the one in the cell if it is one, whatever cell that is; not to be changed
     * @throws ImageFormatException if it is missing or damaged; the message names row and column
     */
    public static byte[] png(final DataRow row, final ImageTableSpec columns) throws ImageFormatException {
        if (row.getCell(columns.imageColumn()) instanceof PNGImageValue png) {
            return png.getImageContent().getByteArrayReference();
        }
        final DecodedImage image = decode(row, columns);
        return ImageCodec.encodePng(image.pixels(), image.shape());
    }

    /**
     * @return the row with its image as a PNG cell, for a table of the columns {@link ImageTableSpec#asPng}; that row itself where it is one already
     * @throws ImageFormatException if the image is damaged; the message names row and column. A missing one stays missing.
     */
    public static DataRow withPng(final DataRow row, final ImageTableSpec columns) throws ImageFormatException {
        final DataCell cell = row.getCell(columns.imageColumn());
        if (cell.isMissing() || columns.isPng()) {
            return row;
        }
        final DataCell[] cells = append(row);
        cells[columns.imageColumn()] = new PNGImageContent(png(row, columns)).toImageCell();
        return new DefaultRow(row.getKey(), cells);
    }

    /** The file in the image cell of a row, of any kind. */
    private static byte[] file(final DataRow row, final ImageTableSpec columns) throws ImageFormatException {
        final DataCell cell = row.getCell(columns.imageColumn());
        if (cell.isMissing()) {
            throw new ImageFormatException(ImageFault.NOT_READABLE, where(row, columns) + "the image is missing. Remove the row first.");
        }
        try {
            return ImageCells.content(cell);
        } catch (ImageFormatException e) {
            throw new ImageFormatException(e.fault(), where(row, columns) + e.getMessage(), e);
        }
    }

    /**
     * @return the label of a row
     * @throws ImageFormatException if it is missing; the message names row and column
     */
    public static String label(final DataRow row, final ImageTableSpec columns) throws ImageFormatException {
        final DataCell cell = row.getCell(columns.labelColumn());
        if (cell.isMissing()) {
            throw new ImageFormatException(ImageFault.UNKNOWN_LABEL, "Row '%s', column '%s': the label is missing. Remove the row first."
                .formatted(row.getKey().getString(), columns.labelName()));
        }
        return ((StringValue)cell).getStringValue();
    }

    /**
     * The classes of a table: those of the column's domain in its order, then those that it does not list, since KNIME's nodes may
     * leave a domain behind that is none of these rows.
     *
     * @param table of images
     * @param columns which columns to read
     * @param monitor asked for each row
     * @return the classes
     * @throws IOException if a label is missing, or the labels cannot be classes since (nearly) each image has one of its own
     * @throws TaskCancelledException if the monitor said so
     */
    public static List<String> classes(final BufferedDataTable table, final ImageTableSpec columns, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final var labels = new TreeSet<String>(ClassNames.NATURAL);
        try (var rows = table.filter(TableFilter.materializeCols(columns.labelColumn())).iterator()) {
            while (rows.hasNext()) {
                monitor.checkCancelled();
                labels.add(label(rows.next(), columns));
            }
        }
        if (table.size() >= FEW_IMAGES && labels.size() > LARGEST_SHARE * table.size()) {
            throw new IOException("Column '%s' has %d different values in %d rows: these are no classes. Choose another 'Label column'."
                .formatted(columns.labelName(), labels.size(), table.size()));
        }
        final var classes = new LinkedHashSet<String>(columns.classes() == null ? List.of() : columns.classes());
        classes.addAll(labels);
        return List.copyOf(classes);
    }

    /**
     * Decodes a table.
     *
     * @param table of images
     * @param columns which columns to read; without labels all images are of one class
     * @param classes the classes that labels may have; ignored without labels
     * @param monitor asked for each row
     * @return the data set, to be closed
     * @throws IOException if a row cannot be used; the message names it
     * @throws TaskCancelledException if the monitor said so
     */
    public static ImageDataset read(final BufferedDataTable table, final ImageTableSpec columns, final List<String> classes,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (table.size() == 0) {
            throw new IOException("The table of images is empty.");
        }
        final boolean labelled = columns.labelColumn() >= 0;
        ImageDatasetBuilder builder = null;
        ImageShape shape = null;
        try (var rows = table.iterator()) {
            long count = 0;
            while (rows.hasNext()) {
                monitor.checkCancelled();
                final DataRow row = rows.next();
                final DecodedImage image = decode(row, columns);
                if (builder == null) {
                    shape = image.shape();
                    builder = ImageDataset.builder(shape, labelled ? classes : List.of(ONLY_CLASS));
                }
                if (!image.shape().equals(shape)) {
                    throw new IOException("Row '%s': the image is %s, but the first one is %s. Resize them all to one size first."
                        .formatted(row.getKey().getString(), image.shape().describe(), shape.describe()));
                }
                builder.add(row.getKey().getString(), labelled ? label(row, columns) : ONLY_CLASS, image.pixels());
                if (++count % 500 == 0) {
                    monitor.progress((double)count / table.size(), "Decoded %d of %d images".formatted(count, table.size()));
                }
            }
            return builder.build();
        } finally {
            if (builder != null) {
                builder.close();
            }
        }
    }

    /** @return the cells of a row and some more */
    public static DataCell[] append(final DataRow row, final DataCell... more) {
        final var cells = new ArrayList<DataCell>();
        row.forEach(cells::add);
        cells.addAll(List.of(more));
        return cells.toArray(DataCell[]::new);
    }
}
