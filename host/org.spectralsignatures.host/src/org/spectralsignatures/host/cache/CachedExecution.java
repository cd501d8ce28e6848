package org.spectralsignatures.host.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.spectralsignatures.host.engine.EngineListener;
import org.spectralsignatures.host.engine.NodeExecution;
import org.spectralsignatures.host.files.FileProblem;
import org.spectralsignatures.host.workflow.Connection;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowNode;

/**
 * Takes the results of a run's nodes from a {@link ResultCache}, and puts there what had to be executed. Inputs are compared by content, so that
 * a node is not executed either where another setting before it led to the same table. Whatever goes wrong with the cache is noted,
 * and the node executed as if there were none.
 */
public final class CachedExecution implements NodeExecution {

    private final ResultCache m_cache;

    private final Workflow m_workflow;

    private final EngineListener m_listener;

    private final Path m_scratch;

    private final SharedImages m_images = new SharedImages();

    /** What the outputs of nodes hold, by id; an entry is null if that cannot be told. */
    private final Map<Integer, String[]> m_sums = new ConcurrentHashMap<>();

    private final List<String> m_taken = new ArrayList<>();

    private final List<String> m_put = new ArrayList<>();

    private final List<String> m_always = new ArrayList<>();

    private long m_putBytes;

    /**
     * @param cache of this and other runs
     * @param workflow that is run
     * @param listener hears what is taken, and what goes wrong
     * @param scratch a folder of this run's, for the files of what is taken
     */
    public CachedExecution(final ResultCache cache, final Workflow workflow, final EngineListener listener, final Path scratch) {
        m_cache = cache;
        m_workflow = workflow;
        m_listener = listener;
        m_scratch = scratch;
    }

    @Override
    public PortObject[] results(final WorkflowNode node, final PortObject[] inputs, final Callable<PortObject[]> execute) throws Exception {
        final String[] inputSums = inputSums(node, inputs);
        final String key = key(node, inputs, inputSums);
        final ResultReader.Result taken = key == null ? null : take(node, key, inputs);
        if (taken != null) {
            node.node().restore(taken.kept(), taken.warning());
            m_sums.put(node.id(), taken.sums());
            count(m_taken, node.label());
            m_listener.taken(node);
            return taken.outputs();
        }
        final PortObject[] outputs = execute.call();
        m_sums.put(node.id(), key == null ? sums(node, inputs, inputSums, outputs) : put(node, key, inputs, inputSums, outputs));
        return outputs;
    }

    /** @return what the inputs hold; null where nothing is connected, and all of it if that cannot be told of one */
    private String[] inputSums(final WorkflowNode node, final PortObject[] inputs) {
        final var sums = new String[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            final Connection input = m_workflow.input(node.id(), i + 1);
            if (input != null) {
                sums[i] = m_sums.get(input.source())[input.sourcePort() - 1];
                if (sums[i] == null) {
                    return null; // NOSONAR not the same as no inputs
                }
            }
        }
        return sums;
    }

    /** @return null if the node has to be executed */
    private String key(final WorkflowNode node, final PortObject[] inputs, final String[] inputSums) {
        try {
            final String beyond = Reach.beyond(node.node(), inputs);
            final String reason = beyond == null && inputSums == null ? "what it takes cannot be compared" : beyond;
            if (reason != null) {
                count(m_always, node.label() + ": " + reason);
                return null;
            }
            return NodeKey.of(m_cache.surroundings(), node.node(), inputSums);
        } catch (IOException | RuntimeException e) { // NOSONAR the node is executed
            note(node, "is not looked for", e);
            return null;
        }
    }

    private ResultReader.Result take(final WorkflowNode node, final String key, final PortObject[] inputs) {
        try {
            final Entry entry = m_cache.take(key, m_scratch.resolve(Integer.toString(node.id())));
            return entry == null ? null : new ResultReader(entry, m_images, inputs, loader(node)).read();
        } catch (Entry.DamagedException | RuntimeException e) { // NOSONAR the node is executed
            m_cache.clear(key);
            m_listener.note("Cache: the result of " + node.label() + " is damaged (" + FileProblem.describe(e) + "), so the node is executed.");
        } catch (IOException | CanceledExecutionException e) { // NOSONAR the node is executed
            note(node, "cannot be taken", e);
        }
        return null;
    }

    /** @return what the outputs hold; null entries if that cannot be told */
    private String[] put(final WorkflowNode node, final String key, final PortObject[] inputs, final String[] inputSums, final PortObject[] outputs) {
        try (NewEntry entry = m_cache.begin()) {
            final PortObject[] kept = node.node().getNodeModel() instanceof PortObjectHolder holder ? holder.getInternalPortObjects() : null;
            final String[] sums = new ResultWriter(entry, m_images, inputs, inputSums).write(outputs, kept, node.node().warning(), loader(node));
            if (m_cache.put(key, entry)) {
                synchronized (this) {
                    m_put.add(node.label());
                    m_putBytes += entry.bytes();
                }
            }
            return sums;
        } catch (NewEntry.TooLargeException e) {
            m_listener.note("Cache: the result of " + node.label() + " is not put: it alone needs more than " + bytes(m_cache.limit()) + ".");
        } catch (IOException | RuntimeException | CanceledExecutionException | OutOfMemoryError e) { // NOSONAR the run goes on
            note(node, "is not put", e);
        }
        return sums(node, inputs, inputSums, outputs);
    }

    private String[] sums(final WorkflowNode node, final PortObject[] inputs, final String[] inputSums, final PortObject[] outputs) {
        final var sums = new String[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            try {
                sums[i] = sum(outputs[i], inputs, inputSums);
            } catch (IOException | RuntimeException | CanceledExecutionException | OutOfMemoryError e) { // NOSONAR what follows is executed
                note(node, "cannot be compared", e);
            }
        }
        return sums;
    }

    private String sum(final PortObject output, final PortObject[] inputs, final String[] inputSums) throws IOException, CanceledExecutionException {
        for (int i = 0; inputSums != null && i < inputs.length; i++) {
            if (inputs[i] == output) {
                return inputSums[i];
            }
        }
        if (output instanceof BufferedDataTable table) {
            return Sha256.of((Sha256.Content)out -> TableBytes.write(table, m_images, out));
        }
        return ObjectContent.of(output).sum();
    }

    private static ClassLoader loader(final WorkflowNode node) {
        return node.node().getFactory().getClass().getClassLoader();
    }

    private void note(final WorkflowNode node, final String what, final Throwable e) {
        m_listener.note("Cache: the result of " + node.label() + " " + what + ": " + FileProblem.describe(e));
    }

    private synchronized void count(final List<String> list, final String text) {
        list.add(text);
    }

    /** @return what was taken, put, cleared and executed anyway, for people; a line each */
    public synchronized List<String> summary() {
        final var lines = new ArrayList<String>();
        lines.add("taken: " + names(m_taken));
        lines.add("put: " + names(m_put) + (m_put.isEmpty() ? "" : " (" + bytes(m_putBytes) + ")"));
        if (!m_always.isEmpty()) {
            lines.add("always executed: " + String.join("; ", m_always));
        }
        final ResultCache.Cleared cleared = m_cache.cleared();
        if (cleared.entries() > 0) {
            lines.add("cleared, since they were not used for longest: " + results(cleared.entries()) + ", " + bytes(cleared.bytes()));
        }
        if (cleared.leftovers() > 0) {
            lines.add("cleared: what " + cleared.leftovers() + (cleared.leftovers() == 1 ? " run" : " runs") + " left unfinished");
        }
        try {
            final long[] content = m_cache.content();
            lines.add("'" + m_cache.folder() + "' holds " + results(content[1]) + ", " + bytes(content[0]) + " of " + bytes(m_cache.limit()));
        } catch (IOException e) {
            lines.add("'" + m_cache.folder() + "': " + FileProblem.describe(e));
        }
        return lines;
    }

    private static String results(final long count) {
        return count + (count == 1 ? " result" : " results");
    }

    private static String names(final List<String> names) {
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }

    /** @return for example {@code 1.5 GB}, in powers of 1024 */
    static String bytes(final long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        int unit = 0;
        double value = bytes / 1024.0;
        for (; value >= 1000 && unit < 3; unit++) {
            value /= 1024;
        }
        return String.format(Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.1f %sB" : "%.0f %sB", value, "kMGT".charAt(unit));
    }
}
