package org.knime.core.data.filestore;

import java.io.File;
import java.io.IOException;
import java.util.List;

import org.knime.core.data.filestore.internal.IWriteFileStoreHandler;

/** What only the engine does with file stores. */
public final class FileStoreUtil {

    private FileStoreUtil() {
    }

    /** @return the store of a file */
    public static FileStore createFileStore(final File file) {
        return new FileStore(file);
    }

    /** @return the stores of a port object */
    public static List<FileStore> getFileStores(final FileStorePortObject po) {
        return po.fileStores();
    }

    /**
     * Gives a copy of a port object the files of the original.
     *
     * @param newHandler for a copy with files of its own, which the host never makes: null
     */
    public static void retrieveFileStoreHandlers(final FileStorePortObject sourceFSObj, final FileStorePortObject resultFSObj,
        final IWriteFileStoreHandler newHandler) throws IOException {
        if (newHandler != null) {
            throw new IllegalArgumentException("Copies share the files of the original here.");
        }
        resultFSObj.attach(sourceFSObj.fileStores());
    }
}
