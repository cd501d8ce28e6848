package org.knime.core.node;

import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** What a node does. */
public abstract class NodeModel {

    private final PortType[] m_inTypes;

    private final PortType[] m_outTypes;

    private String m_warning;

    /** A node of the given ports. */
    protected NodeModel(final PortType[] inPortTypes, final PortType[] outPortTypes) {
        m_inTypes = inPortTypes.clone();
        m_outTypes = outPortTypes.clone();
    }

    /** @return number of input ports */
    protected final int getNrInPorts() {
        return m_inTypes.length;
    }

    /** @return number of output ports */
    protected final int getNrOutPorts() {
        return m_outTypes.length;
    }

    /** @return type of an input port, from 0 */
    protected final PortType getInPortType(final int index) {
        return m_inTypes[index];
    }

    /** @return type of an output port, from 0 */
    protected final PortType getOutPortType(final int index) {
        return m_outTypes[index];
    }

    /** @return specs of the outputs; an entry is null where it is not yet known */
    protected PortObjectSpec[] configure(final PortObjectSpec[] inSpecs) throws InvalidSettingsException {
        throw new UnsupportedOperationException("The node does not say how it is configured; the host knows no nodes of tables only.");
    }

    /** @return the outputs */
    protected PortObject[] execute(final PortObject[] inObjects, final ExecutionContext exec) throws Exception { // NOSONAR as in KNIME
        throw new UnsupportedOperationException("The node does not say how it is executed; the host knows no nodes of tables only.");
    }

    /** Writes the settings. */
    protected abstract void saveSettingsTo(NodeSettingsWO settings);

    /** @throws InvalidSettingsException if the settings cannot be loaded; the message says why */
    protected abstract void validateSettings(NodeSettingsRO settings) throws InvalidSettingsException;

    /** Takes over settings that were validated. */
    protected abstract void loadValidatedSettingsFrom(NodeSettingsRO settings) throws InvalidSettingsException;

    /** Forgets results. */
    protected abstract void reset();

    /** @param warningMessage shown at the node; null for none */
    protected final void setWarningMessage(final String warningMessage) {
        m_warning = warningMessage;
    }

    /** @return the last warning, null if there is none */
    protected final String getWarningMessage() {
        return m_warning;
    }
}
