package org.spectralsignatures.host.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectSpecZipInputStream;
import org.knime.core.node.port.PortObjectSpecZipOutputStream;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortTypeRegistry;

/** Copies port objects through their serializers before a node gets them, as KNIME does; tables pass as they are, file stores are shared. */
final class PortObjectCopier {

    private PortObjectCopier() {
    }

    static PortObject copy(final PortObject original) throws IOException, CanceledExecutionException {
        if (original == null || PortTypeRegistry.isTable(original)) {
            return original;
        }
        final PortObjectSpec spec = copy(original.getSpec());
        final var serializer = PortTypeRegistry.getInstance().serializer(original.getClass());
        final var bytes = new ByteArrayOutputStream();
        try (var out = new PortObjectZipOutputStream(bytes)) {
            serializer.savePortObject(original, out, new ExecutionMonitor());
        }
        final PortObject copy;
        try (var in = new PortObjectZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = serializer.loadPortObject(in, spec, new ExecutionMonitor());
        }
        if (original instanceof FileStorePortObject from && copy instanceof FileStorePortObject to) {
            FileStoreUtil.share(from, to);
        }
        return copy;
    }

    private static PortObjectSpec copy(final PortObjectSpec original) throws IOException {
        final var serializer = PortTypeRegistry.getInstance().specSerializer(original.getClass());
        final var bytes = new ByteArrayOutputStream();
        try (var out = new PortObjectSpecZipOutputStream(bytes)) {
            serializer.savePortObjectSpec(original, out);
        }
        try (var in = new PortObjectSpecZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return serializer.loadPortObjectSpec(in);
        }
    }
}
