package org.spectralsignatures.host.filestore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.data.filestore.internal.IWriteFileStoreHandler;

/** The folder of files that one node made in one execution. */
public final class FileStores implements IWriteFileStoreHandler {

    private final Path m_folder;

    private final Set<String> m_names = new HashSet<>();

    /** @param folder made when first needed */
    public FileStores(final Path folder) {
        m_folder = folder;
    }

    /** @throws IOException if the name is taken or leaves the folder */
    @Override
    public synchronized FileStore createFileStore(final String name) throws IOException {
        final Path file = m_folder.resolve(name).normalize();
        if (!file.startsWith(m_folder) || !m_names.add(name)) {
            throw new IOException("The file store name '" + name + "' cannot be used (twice).");
        }
        Files.createDirectories(file.getParent());
        return FileStoreUtil.createFileStore(file.toFile());
    }
}
