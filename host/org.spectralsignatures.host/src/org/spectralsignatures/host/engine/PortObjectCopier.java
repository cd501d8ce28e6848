package org.spectralsignatures.host.engine;

import java.io.IOException;

import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

/** Copies port objects through their serializers before a node gets them, as KNIME does; tables pass as they are, file stores are shared. */
final class PortObjectCopier {

    private PortObjectCopier() {
    }

    static PortObject copy(final PortObject original) throws IOException, CanceledExecutionException {
        if (original == null || original instanceof BufferedDataTable) {
            return original;
        }
        final PortObjectSpec spec = PortObjectBytes.spec(PortObjectBytes.of(original.getSpec()), original.getSpec().getClass());
        final PortObject copy = PortObjectBytes.object(PortObjectBytes.of(original), original.getClass(), spec);
        if (original instanceof FileStorePortObject from && copy instanceof FileStorePortObject to) {
            FileStoreUtil.retrieveFileStoreHandlers(from, to, null);
        }
        return copy;
    }
}
