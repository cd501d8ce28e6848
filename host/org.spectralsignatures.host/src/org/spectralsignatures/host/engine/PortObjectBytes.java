package org.spectralsignatures.host.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.core.node.port.PortUtil;

/** Port objects and their specs as the bytes of zip files, by the serializers that extensions register. */
public final class PortObjectBytes {

    private PortObjectBytes() {
    }

    private static IOException unknown(final Class<?> type) {
        return new IOException("No extension registers how to write and read '" + type.getName() + "'.");
    }

    /** @return what its serializer writes; files in stores are not among it */
    public static byte[] of(final PortObject object) throws IOException, CanceledExecutionException {
        final var serializer = PortTypeRegistry.getInstance().getObjectSerializer(object.getClass()).orElseThrow(() -> unknown(object.getClass()));
        final var bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectZipOutputStream(bytes)) {
            serializer.savePortObject(object, out, new ExecutionMonitor());
        }
        return bytes.toByteArray();
    }

    /** @return what its serializer writes */
    public static byte[] of(final PortObjectSpec spec) throws IOException {
        final var serializer = PortTypeRegistry.getInstance().getSpecSerializer(spec.getClass()).orElseThrow(() -> unknown(spec.getClass()));
        final var bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectSpecZipOutputStream(bytes)) {
            serializer.savePortObjectSpec(spec, out);
        }
        return bytes.toByteArray();
    }

    /** @return the port object that was written, without files */
    public static PortObject object(final byte[] bytes, final Class<? extends PortObject> type, final PortObjectSpec spec)
        throws IOException, CanceledExecutionException {
        final var serializer = PortTypeRegistry.getInstance().getObjectSerializer(type).orElseThrow(() -> unknown(type));
        try (var in = PortUtil.getPortObjectZipInputStream(new ByteArrayInputStream(bytes))) {
            return serializer.loadPortObject(in, spec, new ExecutionMonitor());
        }
    }

    /** @return the spec that was written */
    public static PortObjectSpec spec(final byte[] bytes, final Class<? extends PortObjectSpec> type) throws IOException {
        final var serializer = PortTypeRegistry.getInstance().getSpecSerializer(type).orElseThrow(() -> unknown(type));
        try (var in = PortUtil.getPortObjectSpecZipInputStream(new ByteArrayInputStream(bytes))) {
            return serializer.loadPortObjectSpec(in);
        }
    }
}
