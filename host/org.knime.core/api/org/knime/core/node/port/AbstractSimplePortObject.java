package org.knime.core.node.port;

import java.io.IOException;
import java.util.zip.ZipEntry;

import javax.swing.JComponent;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** A port object that fits into a tree of settings; it needs a public constructor without arguments. */
public abstract class AbstractSimplePortObject implements PortObject {

    /** Writes and reads such port objects. */
    public abstract static class AbstractSimplePortObjectSerializer<T extends AbstractSimplePortObject> extends PortObjectSerializer<T> {

        @Override
        public void savePortObject(final T portObject, final PortObjectZipOutputStream out, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
            final var model = new ModelContent("content.xml");
            model.addString("class_name", portObject.getClass().getName());
            portObject.save(model.addModelContent("model"), exec);
            out.putNextEntry(new ZipEntry("content.xml"));
            model.saveToXML(out);
            out.closeEntry();
        }

        @Override
        @SuppressWarnings("unchecked")
        public T loadPortObject(final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
            in.getNextEntry();
            final ModelContentRO model = ModelContent.loadFromXML(in);
            try {
                final var object = (T)getClass().getClassLoader().loadClass(model.getString("class_name")).getConstructor().newInstance();
                object.load(model.getModelContent("model"), spec, exec);
                return object;
            } catch (ReflectiveOperationException | InvalidSettingsException e) {
                throw new IOException("The port object cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /** @param model receives the content */
    protected abstract void save(ModelContentWO model, ExecutionMonitor exec) throws CanceledExecutionException;

    /** @param model holds the content */
    protected abstract void load(ModelContentRO model, PortObjectSpec spec, ExecutionMonitor exec)
        throws InvalidSettingsException, CanceledExecutionException;

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
