package org.knime.core.node.port;

import java.io.IOException;

import javax.swing.JComponent;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** What travels along a connection. */
public interface PortObject {

    /** Writes and reads port objects of one class. */
    abstract class PortObjectSerializer<T extends PortObject> {

        /** Writes a port object. */
        public abstract void savePortObject(T portObject, PortObjectZipOutputStream out, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;

        /** @return the port object that was written */
        public abstract T loadPortObject(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;
    }

    /** @return one line about the content */
    String getSummary();

    /** @return its spec */
    PortObjectSpec getSpec();

    /** @return panels that show the content, may be null */
    JComponent[] getViews();
}
