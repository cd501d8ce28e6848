package org.spectralsignatures.representation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Makes a matrix of representations {@code [n, d]}, row by row, of vectors that no network of ours computed; with their labels and keys. Only
 * keys and labels are held in memory.
 */
public final class RepresentationBuilder implements AutoCloseable {

    /** The class of all rows where there are no labels. */
    public static final String ONLY_CLASS = "all";

    /** Of so few rows each may be of another class. */
    private static final int FEW_ROWS = 10;

    /** Classes a row beyond which labels are taken for names of the rows. */
    private static final double LARGEST_SHARE = .5;

    private static final int ROWS_A_REPORT = 1000;

    private final NpyMatrix matrix;

    private final TaskMonitor monitor;

    private final float[] row;

    private final List<String> keys = new ArrayList<>();

    private final Set<String> distinct = new HashSet<>();

    private final Map<String, Integer> places = new HashMap<>();

    private final int[] labels;

    private BitSet poisoned;

    /**
     * @param file receives the matrix
     * @param rows n, at least 1
     * @param dimensions d, at least 1
     * @param monitor asked for each row
     * @throws IOException if there is not enough space
     */
    public RepresentationBuilder(final Path file, final long rows, final int dimensions, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (rows < 1 || rows > Integer.MAX_VALUE - 8) {
            throw new IOException(rows < 1 ? "There are no rows, and so nothing to score."
                : "There are %d rows, but at most %d can be used.".formatted(rows, Integer.MAX_VALUE - 8));
        }
        if (dimensions < 1 || dimensions > MatrixHeader.MAX_COLUMNS) {
            throw new IOException("A row has %d values, but must have 1 to %d.".formatted(dimensions, MatrixHeader.MAX_COLUMNS));
        }
        this.monitor = monitor;
        matrix = NpyMatrix.create(file, rows, dimensions, monitor);
        row = new float[dimensions];
        labels = new int[(int)rows];
    }

    /** @return where the values of the next row go, {@code [d]}, before it is added */
    public float[] row() {
        return row;
    }

    /**
     * Adds what stands in {@link #row()}.
     *
     * @param key of the row
     * @param label its class; null where there are no labels
     * @param isPoisoned whether it is known to be poisoned or clean; null if that is not known
     * @throws IOException if a value is no finite number or the key comes twice; the message names the row
     */
    public void add(final String key, final String label, final Boolean isPoisoned) throws IOException, TaskCancelledException {
        monitor.checkCancelled();
        for (int i = 0; i < row.length; i++) {
            if (!Float.isFinite(row[i])) {
                throw new IOException("Row '%s': value %d is %s, but must be a number up to %s. Replace it or remove the row.".formatted(key, i + 1, row[i], Float.MAX_VALUE));
            }
        }
        if (!distinct.add(key)) {
            throw new IOException("The row key '%s' comes twice. Give each row a key of its own.".formatted(key));
        }
        final int at = keys.size();
        if (at == labels.length) {
            throw new IOException("There are more than %d rows, which was their number before. Read them again.".formatted(at));
        }
        matrix.writeRow(at, row, 0);
        keys.add(key);
        labels[at] = places.computeIfAbsent(label == null ? ONLY_CLASS : label, added -> places.size());
        if (isPoisoned != null) {
            poisoned = poisoned == null ? new BitSet() : poisoned;
            poisoned.set(at, isPoisoned);
        }
        if (keys.size() % ROWS_A_REPORT == 0) {
            monitor.progress((double)keys.size() / labels.length, "Row %d of %d".formatted(keys.size(), labels.length));
        }
    }

    /**
     * Ends the matrix.
     *
     * @return what belongs to its rows; classes in natural order
     * @throws IOException if there are too few rows, or the labels can be no classes
     */
    public LabelledRows finish() throws IOException {
        if (keys.size() < labels.length) {
            throw new IOException("There are %d rows, but before there were %d. Read them again.".formatted(keys.size(), labels.length));
        }
        if (labels.length >= FEW_ROWS && places.size() > LARGEST_SHARE * labels.length) {
            throw new IOException("There are %d different labels in %d rows: these are no classes. Choose other labels, or one class for all.".formatted(places.size(),
                labels.length));
        }
        final Set<String> sorted = new TreeSet<>(ClassNames.NATURAL);
        sorted.addAll(places.keySet());
        final List<String> classes = List.copyOf(sorted);
        final int[] order = new int[places.size()];
        for (int i = 0; i < classes.size(); i++) {
            order[places.get(classes.get(i))] = i;
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = order[labels[i]];
        }
        return new LabelledRows(classes, labels, keys, poisoned);
    }

    @Override
    public void close() throws IOException {
        matrix.close();
    }
}
