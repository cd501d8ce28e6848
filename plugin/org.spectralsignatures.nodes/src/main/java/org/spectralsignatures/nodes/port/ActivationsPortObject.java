package org.spectralsignatures.nodes.port;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.zip.ZipEntry;

import javax.swing.JComponent;

import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.LabelledRows;
import org.spectralsignatures.representation.NpyMatrix;

/** The representations of a table's images: a NumPy file of {@code [n, d]} and a file of their labels and row keys, in file stores. */
public final class ActivationsPortObject extends FileStorePortObject {

    /** The port of activations. */
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(ActivationsPortObject.class);

    /** The port of activations that need not be connected. */
    public static final PortType TYPE_OPTIONAL = PortTypeRegistry.getInstance().getPortType(ActivationsPortObject.class, true);

    /** Writes and reads what does not lie in file stores: nothing but the spec, which is saved on its own. */
    public static final class Serializer extends PortObjectSerializer<ActivationsPortObject> {

        @Override
        public void savePortObject(final ActivationsPortObject portObject, final PortObjectZipOutputStream out, final ExecutionMonitor exec)
            throws IOException {
            out.putNextEntry(new ZipEntry("activations"));
            out.closeEntry();
        }

        @Override
        public ActivationsPortObject loadPortObject(final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor exec)
            throws IOException {
            if (spec instanceof ActivationsPortObjectSpec activations) {
                return new ActivationsPortObject(activations);
            }
            throw new IOException("The activations cannot be read: layer and size were not saved with them. Extract them again.");
        }
    }

    /**
     * What belongs to each row.
     *
     * @param classes names of the classes
     * @param labels indices into them, {@code [n]}
     * @param keys row keys, {@code [n]}
     * @param poisoned which rows are poisoned; null if the table did not say
     */
    public record Rows(List<String> classes, int[] labels, List<String> keys, BitSet poisoned) { // NOSONAR never compared
    }

    private final ActivationsPortObjectSpec m_spec;

    private ActivationsPortObject(final ActivationsPortObjectSpec spec) {
        m_spec = spec;
    }

    private ActivationsPortObject(final ActivationsPortObjectSpec spec, final List<FileStore> fileStores) {
        super(fileStores);
        m_spec = spec;
    }

    /**
     * @param spec of the activations
     * @param matrix holds them as NumPy file
     * @param rows what belongs to each row
     * @param rowsStore receives it
     * @param monitor asked every so many rows
     * @return the port object
     */
    public static ActivationsPortObject create(final ActivationsPortObjectSpec spec, final FileStore matrix, final Rows rows,
        final FileStore rowsStore, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        RowsFile.write(rowsStore.getFile().toPath(), rows, monitor);
        return new ActivationsPortObject(spec, List.of(matrix, rowsStore));
    }

    /** As the other method, of rows that no table of images had. */
    public static ActivationsPortObject create(final ActivationsPortObjectSpec spec, final FileStore matrix, final LabelledRows rows,
        final FileStore rowsStore, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        return create(spec, matrix, new Rows(rows.classes(), rows.labels(), rows.keys(), rows.poisoned()), rowsStore, monitor);
    }

    /** @return the NumPy file */
    public Path file() {
        return getFileStore(0).getFile().toPath();
    }

    /**
     * @return the activations, to be closed by the caller
     * @throws IOException if the file holds something else; the message names it
     */
    public NpyMatrix open() throws IOException {
        final NpyMatrix matrix = NpyMatrix.open(file());
        if (matrix.columns() != m_spec.dimensions()) {
            matrix.close();
            throw new IOException("'%s' has %d values a row, but those of layer %s have %d. Extract the activations again.".formatted(file(),
                matrix.columns(), m_spec.layer(), m_spec.dimensions()));
        }
        return matrix;
    }

    /**
     * @param matrix the activations, opened
     * @param monitor asked every so many rows
     * @return what belongs to each of its rows
     * @throws IOException if the file holds something else; the message names it
     * @throws TaskCancelledException if the monitor said so
     */
    public Rows rows(final NpyMatrix matrix, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        return RowsFile.read(getFileStore(1).getFile().toPath(), matrix.rows(), monitor);
    }

    @Override
    public ActivationsPortObjectSpec getSpec() {
        return m_spec;
    }

    @Override
    public String getSummary() {
        return "Layer %s, %d values an image%s".formatted(m_spec.layer(), m_spec.dimensions(),
            m_spec.training() == null ? "" : "; network of " + m_spec.training().describe());
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
