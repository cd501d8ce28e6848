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

    /** @return types of the input ports */
    protected final PortType[] inTypes() {
        return m_inTypes.clone();
    }

    /** @return types of the output ports */
    protected final PortType[] outTypes() {
        return m_outTypes.clone();
    }

    /** @return specs of the outputs; an entry is null where it is not yet known */
    protected abstract PortObjectSpec[] configure(PortObjectSpec[] inSpecs) throws InvalidSettingsException;

    /** @return the outputs */
    protected abstract PortObject[] execute(PortObject[] inObjects, ExecutionContext exec) throws Exception; // NOSONAR as in KNIME

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
