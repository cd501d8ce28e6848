package org.spectralsignatures.host.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.core.node.port.PortUtil;

/** Copies port objects through their serializers before a node gets them, as KNIME does; tables pass as they are, file stores are shared. */
final class PortObjectCopier {

    private PortObjectCopier() {
    }

    private static IOException unknown(final Object original) {
        return new IOException("No extension registers how to write and read '" + original.getClass().getName() + "'.");
    }

    static PortObject copy(final PortObject original) throws IOException, CanceledExecutionException {
        if (original == null || original instanceof BufferedDataTable) {
            return original;
        }
        final PortObjectSpec spec = copy(original.getSpec());
        final var serializer = PortTypeRegistry.getInstance().getObjectSerializer(original.getClass()).orElseThrow(() -> unknown(original));
        final var bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectZipOutputStream(bytes)) {
            serializer.savePortObject(original, out, new ExecutionMonitor());
        }
        final PortObject copy;
        try (var in = PortUtil.getPortObjectZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = serializer.loadPortObject(in, spec, new ExecutionMonitor());
        }
        if (original instanceof FileStorePortObject from && copy instanceof FileStorePortObject to) {
            FileStoreUtil.retrieveFileStoreHandlers(from, to, null);
        }
        return copy;
    }

    private static PortObjectSpec copy(final PortObjectSpec original) throws IOException {
        final var serializer = PortTypeRegistry.getInstance().getSpecSerializer(original.getClass()).orElseThrow(() -> unknown(original));
        final var bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectSpecZipOutputStream(bytes)) {
            serializer.savePortObjectSpec(original, out);
        }
        try (var in = PortUtil.getPortObjectSpecZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return serializer.loadPortObjectSpec(in);
        }
    }
}
