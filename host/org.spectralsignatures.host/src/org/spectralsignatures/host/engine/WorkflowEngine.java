package org.spectralsignatures.host.engine;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeProgressMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.spectralsignatures.host.context.WorkflowContext;
import org.spectralsignatures.host.filestore.FileStores;
import org.spectralsignatures.host.workflow.Connection;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.spectralsignatures.host.workflow.WorkflowNode;

/**
 * Configures and executes a workflow: all nodes are configured in topological order before anything runs; each node runs as
 * soon as those it takes from have, independent ones side by side. A failure stops only what depends on it.
 */
public final class WorkflowEngine {

    private final Workflow m_workflow;

    private final Path m_fileStores;

    private final EngineListener m_listener;

    private final List<WorkflowNode> m_order;

    private final Map<Integer, PortObjectSpec[]> m_specs = new HashMap<>();

    private final Map<Integer, PortObject[]> m_results = new ConcurrentHashMap<>();

    private volatile boolean m_cancelled;

    /**
     * @param workflow what to run
     * @param fileStores folder for the nodes' files
     * @param listener hears of states and progress
     * @throws WorkflowLoadException if the nodes form a circle
     */
    public WorkflowEngine(final Workflow workflow, final Path fileStores, final EngineListener listener) throws WorkflowLoadException {
        m_workflow = workflow;
        m_fileStores = fileStores;
        m_listener = listener;
        m_order = workflow.topologicalOrder();
    }

    /** @return whether all nodes can run, as far as is known before */
    public boolean configure() {
        boolean all = true;
        final Set<Integer> idle = new HashSet<>();
        for (WorkflowNode node : m_order) {
            if (m_workflow.predecessors(node.id()).stream().anyMatch(idle::contains)) {
                idle.add(node.id());
                m_listener.state(node, NodeState.IDLE, null);
            } else if (!configure(node)) {
                idle.add(node.id());
                all = false;
            }
        }
        return all;
    }

    /** @return false if the node cannot run; a node whose inputs are not yet known is left for later */
    private boolean configure(final WorkflowNode node) {
        final var types = node.node().inTypes();
        final var specs = new PortObjectSpec[types.length];
        boolean known = true;
        for (int i = 0; i < types.length; i++) {
            final Connection input = m_workflow.input(node.id(), i + 1);
            if (input == null && !types[i].isOptional()) {
                m_listener.state(node, NodeState.IDLE, "Input " + (i + 1) + " ('" + node.node().getFactory().getInportName(i) + "') is not connected.");
                return false;
            }
            if (input != null) {
                final PortObjectSpec[] outputs = m_specs.get(input.source());
                specs[i] = outputs == null ? null : outputs[input.sourcePort() - 1];
                known &= specs[i] != null;
            }
        }
        if (!known) {
            m_listener.state(node, NodeState.IDLE, null);
            return true;
        }
        WorkflowContext.set(m_workflow.folder());
        try {
            m_specs.put(node.id(), node.node().configure(specs));
            m_listener.state(node, NodeState.CONFIGURED, node.node().warning());
            return true;
        } catch (InvalidSettingsException e) {
            m_listener.state(node, NodeState.IDLE, e.getMessage());
            return false;
        } catch (RuntimeException e) { // NOSONAR a defect of the node
            m_listener.state(node, NodeState.IDLE, "Configure failed (" + e.getClass().getSimpleName() + "): " + e.getMessage());
            return false;
        } finally {
            WorkflowContext.set(null);
        }
    }

    /** @return whether all nodes were executed */
    public boolean execute() throws InterruptedException {
        final ExecutorService threads = Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
        try {
            final var finished = new ExecutorCompletionService<Integer>(threads);
            final Set<Integer> started = new HashSet<>();
            int running = start(finished, started);
            while (running > 0) {
                finished.take();
                running--;
                if (!m_cancelled) {
                    running += start(finished, started);
                }
            }
            return m_results.size() == m_order.size();
        } finally {
            threads.shutdown();
        }
    }

    private int start(final ExecutorCompletionService<Integer> finished, final Set<Integer> started) {
        int count = 0;
        for (WorkflowNode node : m_order) {
            if (!started.contains(node.id()) && m_results.keySet().containsAll(m_workflow.predecessors(node.id()))) {
                started.add(node.id());
                finished.submit(() -> execute(node), node.id());
                count++;
            }
        }
        return count;
    }

    private void execute(final WorkflowNode node) {
        WorkflowContext.set(m_workflow.folder());
        try {
            final int inputs = node.node().inTypes().length;
            final var objects = new PortObject[inputs];
            for (int i = 0; i < inputs; i++) {
                final Connection input = m_workflow.input(node.id(), i + 1);
                objects[i] = input == null ? null : PortObjectCopier.copy(m_results.get(input.source())[input.sourcePort() - 1]);
            }
            reconfigure(node, objects);
            m_listener.state(node, NodeState.EXECUTING, null);
            final var stores = new FileStores(m_fileStores.resolve(Integer.toString(node.id())));
            m_results.put(node.id(), node.node().execute(objects, new ExecutionContext(monitor(node), stores)));
            m_listener.state(node, NodeState.EXECUTED, node.node().warning());
        } catch (CanceledExecutionException e) { // NOSONAR not an error
            m_listener.state(node, NodeState.CANCELLED, null);
        } catch (Exception | LinkageError e) { // NOSONAR whatever a node throws
            m_listener.state(node, NodeState.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
        } finally {
            WorkflowContext.set(null);
        }
    }

    /** With the specs of what was executed, since they say more than those of configure. */
    private static void reconfigure(final WorkflowNode node, final PortObject[] objects) throws InvalidSettingsException {
        final var specs = new PortObjectSpec[objects.length];
        for (int i = 0; i < objects.length; i++) {
            specs[i] = objects[i] == null ? null : objects[i].getSpec();
        }
        node.node().configure(specs);
    }

    private NodeProgressMonitor monitor(final WorkflowNode node) {
        return new NodeProgressMonitor() {
            private volatile String m_message;

            private volatile Double m_progress;

            @Override
            public Double getProgress() {
                return m_progress;
            }

            @Override
            public String getMessage() {
                return m_message;
            }

            @Override
            public void checkCanceled() throws CanceledExecutionException {
                if (m_cancelled) {
                    throw new CanceledExecutionException();
                }
            }

            @Override
            public void setProgress(final double progress) {
                m_progress = Math.max(0, Math.min(1, progress));
                m_listener.progress(node, m_progress, m_message);
            }

            @Override
            public void setMessage(final String message) {
                m_message = message == null ? m_message : message;
            }
        };
    }

    /** Asks all running nodes to stop; no more are started. */
    public void cancel() {
        m_cancelled = true;
    }

    /** @return whether {@link #cancel()} was called */
    public boolean isCancelled() {
        return m_cancelled;
    }

    /** @return outputs of an executed node, null if it was not executed */
    public PortObject[] results(final int id) {
        return m_results.get(id);
    }

    /** @return the nodes that could be configured before anything was executed */
    public Set<WorkflowNode> configured() {
        return m_order.stream().filter(n -> m_specs.containsKey(n.id())).collect(Collectors.toSet());
    }

    /** @return the nodes in the order of their configuration */
    public List<WorkflowNode> nodes() {
        return m_order;
    }
}
