package org.spectralsignatures.host.cache;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.spectralsignatures.host.engine.PortObjectBytes;

/**
 * A port object that is no table, as bytes and files.
 *
 * @param type its class
 * @param specType class of its spec
 * @param bytes what its serializer writes
 * @param spec what the spec's serializer writes
 * @param files of its stores
 */
record ObjectContent(Class<?> type, Class<?> specType, byte[] bytes, byte[] spec, List<Path> files) { // NOSONAR never compared

    /** @throws UnknownContentException if a store holds no plain file */
    static ObjectContent of(final PortObject object) throws IOException, CanceledExecutionException {
        final List<Path> files = object instanceof FileStorePortObject stored
            ? FileStoreUtil.getFileStores(stored).stream().map(FileStore::getFile).map(f -> f.toPath()).toList() : List.of();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UnknownContentException("file stores without a plain file");
            }
        }
        final PortObjectSpec spec = object.getSpec();
        return new ObjectContent(object.getClass(), spec.getClass(), PortObjectBytes.of(object), PortObjectBytes.of(spec), files);
    }

    /** @return SHA-256 of all that a node can see of it */
    String sum() throws IOException {
        final var sum = new Sha256().add(type.getName()).add(specType.getName());
        unzip(bytes, sum);
        unzip(spec, sum);
        for (Path file : files) {
            sum.add(file.getFileName().toString()).add(Sha256.of(file));
        }
        return sum.hex();
    }

    /** The zip files themselves tell the time when they were written. */
    private static void unzip(final byte[] zip, final Sha256 sum) throws IOException {
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                sum.add(entry.getName()).add(in.readAllBytes());
            }
        }
        sum.add("");
    }
}
