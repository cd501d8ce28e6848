package org.spectralsignatures.host.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.workflow.NodeContainer;
import org.knime.core.node.workflow.NodeContext;
import org.knime.core.node.workflow.NodeID;
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

    private final NodeExecution m_execution;

    private final List<WorkflowNode> m_order;

    private final Map<Integer, Set<Integer>> m_predecessors;

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
        this(workflow, fileStores, listener, NodeExecution.ALWAYS);
    }

    /**
     * As above.
     *
     * @param execution how nodes come to their results
     * @throws WorkflowLoadException if the nodes form a circle
     */
    public WorkflowEngine(final Workflow workflow, final Path fileStores, final EngineListener listener, final NodeExecution execution)
        throws WorkflowLoadException {
        m_workflow = workflow;
        m_fileStores = fileStores;
        m_listener = listener;
        m_execution = execution;
        m_order = workflow.topologicalOrder();
        m_predecessors = workflow.predecessors();
    }

    /** @return whether all nodes can run, as far as is known before */
    public boolean configure() {
        boolean all = true;
        final Set<Integer> idle = new HashSet<>();
        for (WorkflowNode node : m_order) {
            if (m_predecessors.get(node.id()).stream().anyMatch(idle::contains)) {
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
        } catch (Throwable e) { // NOSONAR whatever a node throws, it is told
            m_listener.state(node, NodeState.IDLE, NodeFailure.configure(e));
            tellDefect(node, e);
            return false;
        } finally {
            WorkflowContext.set(null);
        }
    }

    private void tellDefect(final WorkflowNode node, final Throwable e) {
        if (NodeFailure.isDefect(e)) {
            m_listener.defect(node, e);
        }
    }

    /**
     * @return whether all nodes were executed
     * @throws InterruptedException if the calling thread is interrupted; the nodes are asked to stop
     */
    public boolean execute() throws InterruptedException {
        final ExecutorService threads = Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
        boolean ended = false;
        try {
            final var finished = new ExecutorCompletionService<Failure>(threads);
            final Set<Integer> started = new HashSet<>();
            final Set<Future<Failure>> running = new HashSet<>(start(finished, started));
            while (!running.isEmpty()) {
                final Future<Failure> end = next(finished, running);
                if (end != null) {
                    running.remove(end);
                    told(end);
                    if (!m_cancelled) {
                        running.addAll(start(finished, started));
                    }
                }
            }
            ended = true;
            return m_results.size() == m_order.size();
        } finally {
            m_cancelled |= !ended;
            threads.shutdown();
        }
    }

    /** A node that ends while memory is short may miss the queue of those that ended: so they are looked at, too. */
    private static Future<Failure> next(final ExecutorCompletionService<Failure> finished, final Set<Future<Failure>> running) throws InterruptedException {
        final Future<Failure> end = finished.poll(1, TimeUnit.SECONDS);
        return end != null && running.contains(end) ? end : running.stream().filter(Future::isDone).findFirst().orElse(null);
    }

    /** What a node ended in that the thread which ran it could not tell any more, since memory had run out there. */
    private record Failure(WorkflowNode node, Throwable cause) {
    }

    private void told(final Future<Failure> future) throws InterruptedException {
        try {
            final Failure failure = future.get();
            if (failure != null) {
                m_listener.state(failure.node, NodeState.FAILED, NodeFailure.execute(failure.cause));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A node's end got lost.", e.getCause());
        }
    }

    private List<Future<Failure>> start(final ExecutorCompletionService<Failure> finished, final Set<Integer> started) {
        final var futures = new ArrayList<Future<Failure>>();
        for (WorkflowNode node : m_order) {
            if (!started.contains(node.id()) && m_results.keySet().containsAll(m_predecessors.get(node.id()))) {
                started.add(node.id());
                futures.add(finished.submit(() -> execute(node)));
            }
        }
        return futures;
    }

    /** A node that is executed, for whoever asks for its number. */
    private static final class Executed extends NodeContainer {

        Executed(final WorkflowNode node) {
            super(Arrays.stream(node.path().split(":")).map(Integer::valueOf).reduce(new NodeID(0), NodeID::new, (first, second) -> second));
        }
    }

    /** @return what could not be told, null for nothing */
    private Failure execute(final WorkflowNode node) {
        WorkflowContext.set(m_workflow.folder());
        NodeContext.pushContext(new Executed(node));
        try {
            if (m_cancelled) {
                throw new CanceledExecutionException();
            }
            final int inputs = node.node().inTypes().length;
            final var objects = new PortObject[inputs];
            for (int i = 0; i < inputs; i++) {
                final Connection input = m_workflow.input(node.id(), i + 1);
                objects[i] = input == null ? null : copy(node, i, m_results.get(input.source())[input.sourcePort() - 1]);
            }
            reconfigure(node, objects);
            final PortObject[] results = m_execution.results(node, objects, () -> execute(node, objects));
            m_listener.state(node, NodeState.EXECUTED, node.node().warning());
            m_results.put(node.id(), results);
            return null;
        } catch (Throwable e) { // NOSONAR whatever a node throws, it is told
            return failed(node, e);
        } finally {
            NodeContext.removeLastContext();
            WorkflowContext.set(null);
        }
    }

    private PortObject[] execute(final WorkflowNode node, final PortObject[] objects) throws Exception { // NOSONAR as KNIME's nodes
        m_listener.state(node, NodeState.EXECUTING, null);
        final var stores = new FileStores(m_fileStores.resolve(Integer.toString(node.id())));
        return node.node().execute(objects, new ExecutionContext(new NodeProgress(node, m_listener, this::isCancelled), stores));
    }

    private Failure failed(final WorkflowNode node, final Throwable e) {
        try {
            if (e instanceof CanceledExecutionException || m_cancelled) {
                m_listener.state(node, NodeState.CANCELLED, NodeFailure.CANCELED);
            } else {
                m_listener.state(node, NodeState.FAILED, NodeFailure.execute(e));
                tellDefect(node, e);
            }
            return null;
        } catch (Throwable again) { // NOSONAR told once more, by the thread that waits
            return new Failure(node, e);
        }
    }

    private static PortObject copy(final WorkflowNode node, final int port, final PortObject object) throws KNIMEException, CanceledExecutionException {
        try {
            return PortObjectCopier.copy(object);
        } catch (IOException | RuntimeException e) {
            throw new KNIMEException(NodeFailure.input(port + 1, node.node().getFactory().getInportName(port), e), e);
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
