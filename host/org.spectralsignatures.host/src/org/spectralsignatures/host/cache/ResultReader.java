package org.spectralsignatures.host.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.swing.JComponent;

import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.spectralsignatures.host.engine.PortObjectBytes;

/** Reads what {@link ResultWriter} wrote. */
final class ResultReader {

    /**
     * What the execution of a node led to.
     *
     * @param outputs of the node
     * @param sums what each output holds
     * @param kept by the node, null for nothing
     * @param warning of the node, null for none
     */
    record Result(PortObject[] outputs, String[] sums, PortObject[] kept, String warning) { // NOSONAR never compared
    }

    /** Files that a port object gets which was read. */
    private static final class Source extends FileStorePortObject {

        Source(final List<FileStore> files) {
            super(files);
        }

        @Override
        public String getSummary() {
            return "Files";
        }

        @Override
        public PortObjectSpec getSpec() {
            throw new UnsupportedOperationException("These are only files.");
        }

        @Override
        public JComponent[] getViews() {
            return new JComponent[0];
        }
    }

    private final Entry m_entry;

    private final SharedImages m_images;

    private final PortObject[] m_inputs;

    private final ClassLoader m_loader;

    /**
     * @param inputs of the node, null where nothing is connected
     * @param loader of the node's classes
     */
    ResultReader(final Entry entry, final SharedImages images, final PortObject[] inputs, final ClassLoader loader) {
        m_entry = entry;
        m_images = images;
        m_inputs = inputs;
        m_loader = loader;
    }

    Result read() throws IOException, CanceledExecutionException {
        try {
            final ModelContentRO list = m_entry.list().getModelContent(ResultWriter.OUTPUTS);
            final var outputs = new PortObject[list.keySet().size()];
            final var sums = new String[outputs.length];
            for (int i = 0; i < outputs.length; i++) {
                final ModelContentRO item = list.getModelContent(Integer.toString(i));
                outputs[i] = item(item, ResultWriter.OUTPUT + i, outputs);
                sums[i] = item.getString(ResultWriter.SUM);
            }
            PortObject[] kept = null;
            if (m_entry.list().containsKey(ResultWriter.KEPT)) {
                final ModelContentRO keptList = m_entry.list().getModelContent(ResultWriter.KEPT);
                kept = new PortObject[keptList.keySet().size()];
                for (int i = 0; i < kept.length; i++) {
                    kept[i] = item(keptList.getModelContent(Integer.toString(i)), ResultWriter.KEPT + i, outputs);
                }
            }
            return new Result(outputs, sums, kept, m_entry.list().getString(ResultWriter.WARNING));
        } catch (InvalidSettingsException | ClassNotFoundException e) {
            throw new Entry.DamagedException("it cannot be read: " + e.getMessage());
        }
    }

    private PortObject item(final ModelContentRO item, final String name, final PortObject[] outputs)
        throws IOException, InvalidSettingsException, ClassNotFoundException, CanceledExecutionException {
        final String kind = item.getString(ResultWriter.KIND);
        return switch (kind) {
            case ResultWriter.NOTHING -> null;
            case ResultWriter.INPUT -> m_inputs[item.getInt(ResultWriter.PORT)];
            case ResultWriter.OUTPUT -> outputs[item.getInt(ResultWriter.PORT)];
            case ResultWriter.TABLE -> StoredTable.open(m_entry.folder().resolve(name), m_images);
            case ResultWriter.OBJECT -> object(item, name);
            default -> throw new InvalidSettingsException("unknown kind '" + kind + "'");
        };
    }

    private PortObject object(final ModelContentRO item, final String name)
        throws IOException, InvalidSettingsException, ClassNotFoundException, CanceledExecutionException {
        final Path folder = m_entry.folder();
        final PortObjectSpec spec = PortObjectBytes.spec(Files.readAllBytes(folder.resolve(name + "-spec")),
            m_loader.loadClass(item.getString(ResultWriter.SPEC_CLASS)).asSubclass(PortObjectSpec.class));
        final PortObject object = PortObjectBytes.object(Files.readAllBytes(folder.resolve(name)),
            m_loader.loadClass(item.getString(ResultWriter.CLASS)).asSubclass(PortObject.class), spec);
        final String[] stores = item.getStringArray(ResultWriter.STORES);
        if (object instanceof FileStorePortObject stored) {
            final var files = new ArrayList<FileStore>();
            for (int i = 0; i < stores.length; i++) {
                files.add(store(folder, name + "-store" + i, stores[i]));
            }
            FileStoreUtil.retrieveFileStoreHandlers(new Source(files), stored, null);
        }
        return object;
    }

    /** Gives a file the name that the node gave it. */
    private static FileStore store(final Path folder, final String name, final String given) throws IOException {
        final Path own = Files.createDirectories(folder.resolve(name + "-file"));
        return FileStoreUtil.createFileStore(Files.move(folder.resolve(name), own.resolve(Path.of(given).getFileName())).toFile());
    }
}
