package org.spectralsignatures.nodes.task;

import java.io.IOException;
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
     * @throws KNIMEException if the work failed; the message says why, or where and what can be done, also for errors of the virtual machine: the
     *             node must not be left hanging
     */
    public static <T> T execute(final ExecutionMonitor exec, final Call<T> call) throws CanceledExecutionException, KNIMEException {
        final var monitor = new NodeMonitor(exec);
        try {
            return call.run(monitor);
        } catch (TaskCancelledException e) { // NOSONAR the other kind of the same
            throw new CanceledExecutionException();
        } catch (CanceledExecutionException e) {
            throw e;
        } catch (Exception | VirtualMachineError | LinkageError | AssertionError e) { // NOSONAR
            exec.checkCanceled(); // a cancelled node's thread is interrupted, which breaks off what it does with files
            throw new KNIMEException(new Failure(e, monitor.m_step).message(), e);
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
            throw new InvalidSettingsException(new Failure(e, null).message(), e);
        }
    }

    /** Passes on what the library tells and asks, and remembers the last step. */
    private static final class NodeMonitor implements TaskMonitor {

        private final ExecutionMonitor m_exec;

        private volatile String m_step;

        NodeMonitor(final ExecutionMonitor exec) {
            m_exec = exec;
        }

        @Override
        public void progress(final double fraction, final String message) {
            m_step = message;
            m_exec.setProgress(fraction, message);
        }

        @Override
        public void checkCancelled() throws TaskCancelledException {
            try {
                m_exec.checkCanceled();
            } catch (CanceledExecutionException e) { // NOSONAR the other kind of the same
                throw new TaskCancelledException();
            }
        }
    }
}
