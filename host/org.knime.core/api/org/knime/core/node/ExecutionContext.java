package org.knime.core.node;

import java.io.IOException;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.internal.IWriteFileStoreHandler;

/** What a node needs while it runs: its monitor, and where to make tables and file stores. */
public class ExecutionContext extends ExecutionMonitor {

    private final IWriteFileStoreHandler m_fileStores;

    /** @param fileStores makes this node's files */
    public ExecutionContext(final NodeProgressMonitor progress, final IWriteFileStoreHandler fileStores) {
        super(progress);
        m_fileStores = fileStores;
    }

    /** @return a container for a new table */
    public BufferedDataContainer createDataContainer(final DataTableSpec spec) {
        return createDataContainer(spec, true);
    }

    /** As above; the domains of the columns start with what the spec says only if that is wanted. */
    public BufferedDataContainer createDataContainer(final DataTableSpec spec, final boolean initDomain) {
        return new BufferedDataContainer(spec, initDomain);
    }

    /**
     * @param maxProg the part's share of this task, from 0 to 1
     * @return a context for a part of this task
     */
    public ExecutionContext createSubExecutionContext(final double maxProg) {
        return new ExecutionContext(part(maxProg, false), m_fileStores);
    }

    /** As {@link #createSubExecutionContext(double)}, but messages are not shown. */
    public ExecutionContext createSilentSubExecutionContext(final double maxProg) {
        return new ExecutionContext(part(maxProg, true), m_fileStores);
    }

    /**
     * @param relativePath name of the file, unique in this execution
     * @return a file of this node's
     * @throws IOException if the name is taken
     */
    public FileStore createFileStore(final String relativePath) throws IOException {
        return m_fileStores.createFileStore(relativePath);
    }
}
