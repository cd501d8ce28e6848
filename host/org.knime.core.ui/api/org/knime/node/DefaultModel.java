package org.knime.node;

import java.util.Optional;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParameters;

/** What a node of the fluent API does: the class of its settings, how it configures and how it executes. */
public final class DefaultModel {

    final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> m_configure;

    final ExecuteConsumer m_execute;

    private final Class<? extends NodeParameters> m_parametersClass;

    private DefaultModel(final Class<? extends NodeParameters> parametersClass,
        final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure, final ExecuteConsumer execute) {
        m_parametersClass = parametersClass;
        m_configure = configure;
        m_execute = execute;
    }

    static RequireModelParameters create() {
        return parameters -> configure -> execute -> new DefaultModel(parameters, configure, execute);
    }

    Optional<Class<? extends NodeParameters>> getParametersClass() {
        return Optional.ofNullable(m_parametersClass);
    }

    /** First the settings. */
    public interface RequireModelParameters {

        /** Sets the class of the settings. */
        RequireConfigureOrRearrangeColumns parametersClass(Class<? extends NodeParameters> parametersClass);

        /** The node has no settings. */
        default RequireConfigureOrRearrangeColumns withoutParameters() {
            return parametersClass(null);
        }
    }

    /** Then how it configures. */
    public interface RequireConfigureOrRearrangeColumns {

        /** Sets how the node configures. */
        RequireExecute configure(ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure);
    }

    /** Then how it executes. */
    public interface RequireExecute {

        /** Sets how the node executes. */
        DefaultModel execute(ExecuteConsumer execute);
    }

    /** Configures a node. */
    public interface ConfigureOrRearrangerConsumer<I, O> {

        /** @throws InvalidSettingsException if the node cannot run; the message says why */
        void accept(I input, O output) throws InvalidSettingsException;
    }

    /** Executes a node. */
    public interface ExecuteConsumer {

        /** Runs the node. */
        void accept(ExecuteInput input, ExecuteOutput output) throws CanceledExecutionException, KNIMEException;
    }

    /** What is known when a node is configured. */
    public interface ConfigureInput {

        /** @return the settings */
        <S extends NodeParameters> S getParameters();

        /** @return specs of the inputs */
        PortObjectSpec[] getInPortSpecs();

        /** @return spec of an input, null if unknown or unconnected */
        <S extends PortObjectSpec> S getInPortSpec(int index);

        /** @return columns of the table at an input, null if unknown or unconnected */
        DataTableSpec getInTableSpec(int portIndex);
    }

    /** Where a node says what it will give. */
    public interface ConfigureOutput {

        /** Sets the spec of an output. */
        <S extends PortObjectSpec> void setOutSpec(int index, S spec);

        /** Sets the specs of all outputs. */
        @SuppressWarnings("unchecked")
        <S extends PortObjectSpec> void setOutSpecs(S... specs);

        /** Shows a warning at the node. */
        void setWarningMessage(String message);
    }

    /** What a node has when it executes. */
    public interface ExecuteInput {

        /** @return the settings */
        <S extends NodeParameters> S getParameters();

        /** @return monitor and maker of tables and files */
        ExecutionContext getExecutionContext();

        /** @return the inputs, null where unconnected */
        PortObject[] getInPortObjects();

        /** @return an input, null if unconnected */
        <D extends PortObject> D getInPortObject(int portIndex);

        /** @return the table at an input, null if unconnected */
        BufferedDataTable getInTable(int portIndex);
    }

    /** Where a node puts its results. */
    public interface ExecuteOutput {

        /** Sets an output. */
        <D extends PortObject> void setOutData(int index, D data);

        /** Sets all outputs. */
        @SuppressWarnings("unchecked")
        <D extends PortObject> void setOutData(D... data);

        /** Keeps objects for the view. */
        @SuppressWarnings("unchecked")
        <D extends PortObject> void setInternalData(D... data);

        /** Shows a warning at the node. */
        void setWarningMessage(String message);
    }
}
