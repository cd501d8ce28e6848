package org.spectralsignatures.nodes.port;

import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.spectralsignatures.attack.Trigger;

/** A backdoor's trigger and classes. */
public final class TriggerPortObject extends AbstractSimplePortObject {

    /** The port of a trigger. */
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(TriggerPortObject.class);

    /** Writes and reads triggers. */
    public static final class Serializer extends AbstractSimplePortObjectSerializer<TriggerPortObject> {
    }

    private TriggerPortObjectSpec m_spec;

    private Trigger m_trigger;

    /** To be loaded. */
    public TriggerPortObject() {
        // load sets all
    }

    /** The trigger of an attack. */
    public TriggerPortObject(final TriggerPortObjectSpec spec, final Trigger trigger) {
        m_spec = spec;
        m_trigger = trigger;
    }

    /** @return the mark */
    public Trigger trigger() {
        return m_trigger;
    }

    @Override
    public TriggerPortObjectSpec getSpec() {
        return m_spec;
    }

    @Override
    public String getSummary() {
        return "%s to %s by %s".formatted(m_spec.sampleClass(), m_spec.targetClass(), m_trigger.describe());
    }

    @Override
    protected void save(final ModelContentWO model, final ExecutionMonitor exec) {
        TriggerContent.save(m_trigger, model);
    }

    @Override
    protected void load(final ModelContentRO model, final PortObjectSpec spec, final ExecutionMonitor exec) throws InvalidSettingsException {
        if (!(spec instanceof TriggerPortObjectSpec trigger)) {
            throw new InvalidSettingsException("The trigger cannot be read: its classes were not saved with it.");
        }
        m_spec = trigger;
        try {
            m_trigger = TriggerContent.load(model);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException("The trigger cannot be read: " + e.getMessage(), e);
        }
    }
}
