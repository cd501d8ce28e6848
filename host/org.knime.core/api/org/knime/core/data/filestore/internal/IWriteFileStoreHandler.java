package org.knime.core.data.filestore.internal;

import java.io.IOException;

import org.knime.core.data.filestore.FileStore;

/** Makes the file stores of a node; for the engine alone. */
public interface IWriteFileStoreHandler {

    /**
     * @param name of the file, unique in an execution
     * @return a new file, not yet there, in a folder that is
     * @throws IOException if the name is taken
     */
    FileStore createFileStore(String name) throws IOException;
}
