package org.spectralsignatures.nodes.port;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

/** What is known of an attack before it is carried out: its classes. */
public final class TriggerPortObjectSpec extends AbstractSimplePortObjectSpec {

    /** Writes and reads such specs. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<TriggerPortObjectSpec> {
    }

    private String m_sampleClass;

    private String m_targetClass;

    /** To be loaded. */
    public TriggerPortObjectSpec() {
        this("", "");
    }

    /** An attack that makes images of the sample class look like the target class. */
    public TriggerPortObjectSpec(final String sampleClass, final String targetClass) {
        m_sampleClass = sampleClass;
        m_targetClass = targetClass;
    }

    /** @return label of the images that are marked */
    public String sampleClass() {
        return m_sampleClass;
    }

    /** @return label that they get */
    public String targetClass() {
        return m_targetClass;
    }

    @Override
    protected void save(final ModelContentWO model) {
        model.addString("sampleClass", m_sampleClass);
        model.addString("targetClass", m_targetClass);
    }

    @Override
    protected void load(final ModelContentRO model) throws InvalidSettingsException {
        m_sampleClass = SavedValues.text(model, "sampleClass");
        m_targetClass = SavedValues.text(model, "targetClass");
    }
}
