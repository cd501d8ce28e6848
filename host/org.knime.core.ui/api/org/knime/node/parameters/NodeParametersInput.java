package org.knime.node.parameters;

import java.util.Optional;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObjectSpec;

/** What is connected to a node while its settings are made. */
public interface NodeParametersInput {

    /** @return the specs at the inputs, null where unknown or unconnected */
    PortObjectSpec[] getInPortSpecs();

    /** @return the spec at an input, from 0 */
    Optional<PortObjectSpec> getInPortSpec(int portIndex);

    /** @return the columns of the table at an input, from 0 */
    Optional<DataTableSpec> getInTableSpec(int portIndex);
}
