package org.knime.core.node;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** A node of a workflow: its factory and model, for the engine to call. */
public final class Node {

    private final NodeFactory<? extends NodeModel> m_factory;

    private final NodeModel m_model;

    private PortObjectSpec[] m_outSpecs;

    /** @param factory makes the model */
    public Node(final NodeFactory<? extends NodeModel> factory) {
        m_factory = factory;
        m_model = factory.createNodeModel();
    }

    /** @return the factory */
    public NodeFactory<? extends NodeModel> getFactory() {
        return m_factory;
    }

    /** @return what the node does */
    public NodeModel getNodeModel() {
        return m_model;
    }

    /** @return types of the inputs, without the flow variable port */
    public PortType[] inTypes() {
        return IntStream.range(0, m_model.getNrInPorts()).mapToObj(m_model::getInPortType).toArray(PortType[]::new);
    }

    /** @return types of the outputs, without the flow variable port */
    public PortType[] outTypes() {
        return IntStream.range(0, m_model.getNrOutPorts()).mapToObj(m_model::getOutPortType).toArray(PortType[]::new);
    }

    /** Validates and takes over settings, in this order, as KNIME does; the old ones stay if they are invalid or a defect shows. */
    public void load(final NodeSettingsRO settings) throws InvalidSettingsException {
        try {
            m_model.validateSettings(settings);
            m_model.loadValidatedSettingsFrom(settings);
        } catch (InvalidSettingsException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new InvalidSettingsException("Loading model settings failed, caught \"" + e.getClass().getSimpleName() + "\": " + e.getMessage(), e);
        }
    }

    /** @return the settings as they are */
    public NodeSettings save() {
        final var settings = new NodeSettings("model");
        m_model.saveSettingsTo(settings);
        return settings;
    }

    /** @return specs of the outputs */
    public PortObjectSpec[] configure(final PortObjectSpec[] inSpecs) throws InvalidSettingsException {
        m_model.setWarningMessage(null);
        m_outSpecs = m_model.configure(inSpecs);
        return m_outSpecs;
    }

    /** @return the outputs; what a node leaves open is checked as in KNIME: cancellation, missing outputs, empty and unexpected tables */
    public PortObject[] execute(final PortObject[] inObjects, final ExecutionContext exec) throws Exception { // NOSONAR as in KNIME
        m_model.setWarningMessage(null);
        final PortObject[] outObjects;
        try {
            outObjects = m_model.execute(inObjects, exec);
            exec.checkCanceled();
            for (int i = 0; i < outObjects.length; i++) {
                if (outObjects[i] == null) {
                    throw new IllegalStateException("The node gave nothing at output " + (i + 1) + ".");
                }
            }
        } catch (Throwable e) { // NOSONAR as in KNIME
            try {
                m_model.reset();
            } catch (Throwable again) { // NOSONAR what went wrong first says more
                e.addSuppressed(again);
            }
            throw e;
        }
        warn(outObjects);
        return outObjects;
    }

    private void warn(final PortObject[] outObjects) {
        final List<BufferedDataTable> tables = Arrays.stream(outObjects).filter(BufferedDataTable.class::isInstance).map(BufferedDataTable.class::cast).toList();
        if (m_model.getWarningMessage() == null && !tables.isEmpty() && tables.stream().allMatch(t -> t.size() == 0)) {
            m_model.setWarningMessage(tables.size() == 1 ? "The node made an empty table." : "The node made only empty tables.");
        }
        for (int i = 0; i < outObjects.length; i++) {
            if (outObjects[i] instanceof BufferedDataTable table && m_outSpecs != null && m_outSpecs[i] instanceof DataTableSpec expected
                && !table.getDataTableSpec().isCompatibleWith(expected)) {
                m_model.setWarningMessage("The table at output " + (i + 1) + " has other columns than the node said when it was configured.");
            }
        }
    }

    /**
     * Brings the node into the state that an earlier execution ended in.
     *
     * @param kept what the node kept for its view; null for nothing
     * @param warning what it warned of; null for nothing
     */
    public void restore(final PortObject[] kept, final String warning) {
        if (m_model instanceof PortObjectHolder holder) {
            holder.setInternalPortObjects(kept);
        }
        m_model.setWarningMessage(warning);
    }

    /** @return a table that some node made earlier, of rows that lie somewhere else */
    public static BufferedDataTable table(final DataTable rows, final long size) {
        return new BufferedDataTable(rows, size);
    }

    /** @return the last warning, null if there is none */
    public String warning() {
        return m_model.getWarningMessage();
    }
}
