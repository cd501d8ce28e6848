package org.knime.core.data.filestore;

import java.io.File;
import java.io.IOException;

import org.spectralsignatures.host.filestore.FileStoreAccess;

/** Lets the engine make file stores and hand a port object's files to its copy. */
public final class FileStoreUtil {

    static {
        new FileStoreAccess() { // NOSONAR registers itself
            @Override
            protected FileStore create(final File file) {
                return new FileStore(file);
            }

            @Override
            protected void copy(final FileStorePortObject original, final FileStorePortObject copy) throws IOException {
                copy.attach(original.fileStores());
            }
        };
    }

    private FileStoreUtil() {
    }
}
