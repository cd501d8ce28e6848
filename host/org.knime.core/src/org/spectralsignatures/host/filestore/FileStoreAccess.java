package org.spectralsignatures.host.filestore;

import java.io.File;
import java.io.IOException;

import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.filestore.FileStoreUtil;

/** What only the engine does with file stores: KNIME's API does not show it. */
public abstract class FileStoreAccess {

    private static volatile FileStoreAccess s_instance;

    /** Called once by the classes of the file stores. */
    protected FileStoreAccess() {
        s_instance = this;
    }

    private static FileStoreAccess get() {
        try {
            Class.forName(FileStoreUtil.class.getName(), true, FileStoreUtil.class.getClassLoader());
            return s_instance;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return see {@link #of(File)} */
    protected abstract FileStore create(File file);

    /** See {@link #share(FileStorePortObject, FileStorePortObject)}. */
    protected abstract void copy(FileStorePortObject original, FileStorePortObject copy) throws IOException;

    /** @return the store of a file */
    static FileStore of(final File file) {
        return get().create(file);
    }

    /** Gives a copy of a port object the files of the original. */
    public static void share(final FileStorePortObject original, final FileStorePortObject copy) throws IOException {
        get().copy(original, copy);
    }
}
