package org.knime.core.node;

/** Receives a node's progress and knows whether the node was cancelled. */
public interface NodeProgressMonitor {

    /** @throws CanceledExecutionException if the node was cancelled */
    void checkCanceled() throws CanceledExecutionException;

    /** @param progress from 0 to 1 */
    void setProgress(double progress);

    /** @return the progress from 0 to 1, null if none was set */
    Double getProgress();

    /** @param message null to keep the last one */
    void setMessage(String message);

    /** @return the last message, null if there is none */
    String getMessage();
}
