package org.spectralsignatures.nodes.port;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        public ActivationsPortObject loadPortObject(final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor exec) {
            return new ActivationsPortObject((ActivationsPortObjectSpec)spec);
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
     * @return the port object
     */
    public static ActivationsPortObject create(final ActivationsPortObjectSpec spec, final FileStore matrix, final Rows rows,
        final FileStore rowsStore) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(rowsStore.getFile().toPath())))) {
            out.writeInt(rows.classes.size());
            for (String name : rows.classes) {
                out.writeUTF(name);
            }
            out.writeInt(rows.labels.length);
            for (int i = 0; i < rows.labels.length; i++) {
                out.writeInt(rows.labels[i]);
                out.writeUTF(rows.keys.get(i));
            }
            out.writeBoolean(rows.poisoned != null);
            if (rows.poisoned != null) {
                out.write(rows.poisoned.toByteArray());
            }
        }
        return new ActivationsPortObject(spec, List.of(matrix, rowsStore));
    }

    /** @return the NumPy file */
    public Path file() {
        return getFileStore(0).getFile().toPath();
    }

    /** @return the activations, to be closed by the caller */
    public NpyMatrix open() throws IOException {
        return NpyMatrix.open(file());
    }

    /** @return what belongs to each row */
    public Rows rows() throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(getFileStore(1).getFile().toPath())))) {
            final var classes = new ArrayList<String>();
            for (int left = in.readInt(); left > 0; left--) {
                classes.add(in.readUTF());
            }
            final var labels = new int[in.readInt()];
            final var keys = new ArrayList<String>(labels.length);
            for (int i = 0; i < labels.length; i++) {
                labels[i] = in.readInt();
                keys.add(in.readUTF());
            }
            final BitSet poisoned = in.readBoolean() ? BitSet.valueOf(in.readAllBytes()) : null;
            return new Rows(classes, labels, keys, poisoned);
        }
    }

    @Override
    public ActivationsPortObjectSpec getSpec() {
        return m_spec;
    }

    @Override
    public String getSummary() {
        return "Layer %s, %d values an image".formatted(m_spec.layer(), m_spec.dimensions());
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
