package org.spectralsignatures.host.tests;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.NodeProgressMonitor;

/** The monitor of a node at whose progress nobody looks, and which is never cancelled. */
class Unwatched implements NodeProgressMonitor {

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        // goes on
    }

    @Override
    public void setProgress(final double progress) {
        // nobody asks
    }

    @Override
    public void setMessage(final String message) {
        // nobody asks
    }

    @Override
    public Double getProgress() {
        return null;
    }

    @Override
    public String getMessage() {
        return null;
    }
}
