package org.knime.core.data.filestore;

import java.io.IOException;
import java.util.List;

import org.knime.core.node.port.PortObject;

/** A port object whose content lies in files; the rest goes through its serializer. */
public abstract class FileStorePortObject implements PortObject {

    private List<FileStore> m_fileStores;

    /** To be used by the serializer: the files are set afterwards. */
    protected FileStorePortObject() {
        m_fileStores = List.of();
    }

    /** @param fileStores the files */
    protected FileStorePortObject(final List<FileStore> fileStores) {
        m_fileStores = List.copyOf(fileStores);
    }

    /** @return number of files */
    protected int getFileStoreCount() {
        return m_fileStores.size();
    }

    /** @return a file */
    protected FileStore getFileStore(final int index) {
        return m_fileStores.get(index);
    }

    /** Called once the files of a port object that was read are known. */
    protected void postConstruct() throws IOException {
        // nothing to do unless a class needs it
    }

    /** @return the files */
    final List<FileStore> fileStores() {
        return m_fileStores;
    }

    /** Sets the files of a port object that was read. */
    final void attach(final List<FileStore> fileStores) throws IOException {
        m_fileStores = List.copyOf(fileStores);
        postConstruct();
    }
}
