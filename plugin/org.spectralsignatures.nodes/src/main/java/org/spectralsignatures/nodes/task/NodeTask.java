package org.spectralsignatures.nodes.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.training.TrainingDivergedException;

/** Runs calls of the library for a node: passes on progress and cancellation, and turns its errors into those that KNIME shows. */
public final class NodeTask {

    /** A call of the library. */
    public interface Call<T> {

        /** @return the result */
        T run(TaskMonitor monitor) throws IOException, TaskCancelledException, TrainingDivergedException, CanceledExecutionException, InvalidSettingsException;
    }

    /** A check of settings. */
    public interface Check<T> {

        /** @return the result */
        T run() throws IOException, InvalidSettingsException;
    }

    private NodeTask() {
    }

    /**
     * @param exec hears of the progress
     * @param call the work
     * @return its result
     * @throws CanceledExecutionException if the node was cancelled
     * @throws KNIMEException if the work failed for a reason that the user can understand
     */
    public static <T> T execute(final ExecutionMonitor exec, final Call<T> call) throws CanceledExecutionException, KNIMEException {
        try {
            return call.run(monitor(exec));
        } catch (TaskCancelledException e) { // NOSONAR the other kind of the same
            throw new CanceledExecutionException();
        } catch (IOException | InvalidSettingsException | TrainingDivergedException | IllegalArgumentException | NoSuchElementException | UncheckedIOException
                | IllegalStateException e) {
            throw new KNIMEException(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new KNIMEException("There is not enough memory: lower the batch size or give Java more (-Xmx). " + e.getMessage(), e);
        }
    }

    /**
     * @param check makes options of the library out of settings
     * @return its result
     * @throws InvalidSettingsException if the library refuses them
     */
    public static <T> T configure(final Check<T> check) throws InvalidSettingsException {
        try {
            return check.run();
        } catch (IllegalArgumentException | NoSuchElementException | IOException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    private static TaskMonitor monitor(final ExecutionMonitor exec) {
        return new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                exec.setProgress(fraction, message);
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                try {
                    exec.checkCanceled();
                } catch (CanceledExecutionException e) { // NOSONAR the other kind of the same
                    throw new TaskCancelledException();
                }
            }
        };
    }
}
