package org.knime.node;

import java.util.List;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.parameters.NodeParameters;
import org.spectralsignatures.host.parameters.ParametersPersistence;
import org.spectralsignatures.host.parameters.SettingText;

/** Runs a node of the fluent API. */
final class DefaultNodeModel extends NodeModel implements PortObjectHolder, SettingText.Source {

    private final DefaultModel m_model;

    private NodeParameters m_parameters;

    private PortObject[] m_internal;

    DefaultNodeModel(final DefaultNode node) {
        super(types(node.m_inputs), types(node.m_outputs));
        m_model = node.m_model;
        m_parameters = m_model.getParametersClass().map(c -> (NodeParameters)ParametersPersistence.create(c)).orElse(null);
    }

    private static PortType[] types(final List<DefaultNode.Port> ports) {
        return ports.stream().map(DefaultNode.Port::type).toArray(PortType[]::new);
    }

    @Override
    public List<SettingText> settingTexts() {
        return m_parameters == null ? List.of() : SettingText.of(m_parameters.getClass());
    }

    @Override
    protected PortObjectSpec[] configure(final PortObjectSpec[] inSpecs) throws InvalidSettingsException {
        final var outSpecs = new PortObjectSpec[getNrOutPorts()];
        m_model.m_configure.accept(new In(inSpecs), new Out(outSpecs));
        return outSpecs;
    }

    @Override
    protected PortObject[] execute(final PortObject[] inObjects, final ExecutionContext exec) throws Exception {
        final var outObjects = new PortObject[getNrOutPorts()];
        m_model.m_execute.accept(new Running(inObjects, exec), new Results(outObjects));
        for (int i = 0; i < outObjects.length; i++) {
            if (outObjects[i] == null) {
                throw new IllegalStateException("The node gave nothing at output " + (i + 1) + ".");
            }
        }
        return outObjects;
    }

    @Override
    protected void saveSettingsTo(final NodeSettingsWO settings) {
        if (m_parameters != null) {
            ParametersPersistence.save(m_parameters, settings);
        }
    }

    @Override
    protected void validateSettings(final NodeSettingsRO settings) throws InvalidSettingsException {
        if (m_parameters != null) {
            ParametersPersistence.load(m_parameters.getClass(), settings).validate();
        }
    }

    @Override
    protected void loadValidatedSettingsFrom(final NodeSettingsRO settings) throws InvalidSettingsException {
        if (m_parameters != null) {
            m_parameters = ParametersPersistence.load(m_parameters.getClass(), settings);
        }
    }

    @Override
    protected void reset() {
        m_internal = null;
    }

    @Override
    public PortObject[] getInternalPortObjects() {
        return m_internal;
    }

    @Override
    public void setInternalPortObjects(final PortObject[] portObjects) {
        m_internal = portObjects;
    }

    @SuppressWarnings("unchecked")
    private <S extends NodeParameters> S parameters() {
        return (S)m_parameters;
    }

    private void warn(final String message) {
        setWarningMessage(message);
    }

    private final class In implements ConfigureInput {

        private final PortObjectSpec[] m_specs;

        In(final PortObjectSpec[] specs) {
            m_specs = specs;
        }

        @Override
        public <S extends NodeParameters> S getParameters() {
            return parameters();
        }

        @Override
        public PortObjectSpec[] getInPortSpecs() {
            return m_specs.clone();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <S extends PortObjectSpec> S getInPortSpec(final int index) {
            return (S)m_specs[index];
        }

        @Override
        public DataTableSpec getInTableSpec(final int portIndex) {
            return (DataTableSpec)m_specs[portIndex];
        }
    }

    private final class Out implements ConfigureOutput {

        private final PortObjectSpec[] m_specs;

        Out(final PortObjectSpec[] specs) {
            m_specs = specs;
        }

        @Override
        public <S extends PortObjectSpec> void setOutSpec(final int index, final S spec) {
            m_specs[index] = spec;
        }

        @Override
        @SafeVarargs
        public final <S extends PortObjectSpec> void setOutSpecs(final S... specs) {
            System.arraycopy(specs, 0, m_specs, 0, m_specs.length);
        }

        @Override
        public void setWarningMessage(final String message) {
            warn(message);
        }
    }

    private final class Running implements ExecuteInput {

        private final PortObject[] m_objects;

        private final ExecutionContext m_exec;

        Running(final PortObject[] objects, final ExecutionContext exec) {
            m_objects = objects;
            m_exec = exec;
        }

        @Override
        public <S extends NodeParameters> S getParameters() {
            return parameters();
        }

        @Override
        public ExecutionContext getExecutionContext() {
            return m_exec;
        }

        @Override
        public PortObject[] getInPortObjects() {
            return m_objects.clone();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <D extends PortObject> D getInPortObject(final int portIndex) {
            return (D)m_objects[portIndex];
        }

        @Override
        public BufferedDataTable getInTable(final int portIndex) {
            return (BufferedDataTable)m_objects[portIndex];
        }
    }

    private final class Results implements ExecuteOutput {

        private final PortObject[] m_objects;

        Results(final PortObject[] objects) {
            m_objects = objects;
        }

        @Override
        public <D extends PortObject> void setOutData(final int index, final D data) {
            m_objects[index] = data;
        }

        @Override
        @SafeVarargs
        public final <D extends PortObject> void setOutData(final D... data) {
            System.arraycopy(data, 0, m_objects, 0, m_objects.length);
        }

        @Override
        @SafeVarargs
        public final <D extends PortObject> void setInternalData(final D... data) {
            setInternalPortObjects(data);
        }

        @Override
        public void setWarningMessage(final String message) {
            warn(message);
        }
    }
}
