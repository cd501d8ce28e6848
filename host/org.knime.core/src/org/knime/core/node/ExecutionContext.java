package org.knime.core.node;

import java.io.IOException;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.spectralsignatures.host.filestore.FileStores;

/** What a node needs while it runs: its monitor, and where to make tables and file stores. */
public class ExecutionContext extends ExecutionMonitor {

    private final FileStores m_fileStores;

    /** @param fileStores where this node's files go */
    public ExecutionContext(final NodeProgressMonitor progress, final FileStores fileStores) {
        super(progress);
        m_fileStores = fileStores;
    }

    /** @return a container for a new table */
    public BufferedDataContainer createDataContainer(final DataTableSpec spec) {
        return new BufferedDataContainer(spec);
    }

    /**
     * @param relativePath name of the file, unique in this execution
     * @return a file of this node's
     * @throws IOException if the name is taken
     */
    public FileStore createFileStore(final String relativePath) throws IOException {
        return m_fileStores.create(relativePath);
    }
}
