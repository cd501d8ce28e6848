package org.knime.core.node.port;

import java.io.IOException;
import java.util.zip.ZipEntry;

import javax.swing.JComponent;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** A spec that fits into a tree of settings; it needs a public constructor without arguments. */
public abstract class AbstractSimplePortObjectSpec implements PortObjectSpec {

    /** Writes and reads such specs. */
    public abstract static class AbstractSimplePortObjectSpecSerializer<T extends AbstractSimplePortObjectSpec>
        extends PortObjectSpecSerializer<T> {

        @Override
        public void savePortObjectSpec(final T portObject, final PortObjectSpecZipOutputStream out) throws IOException {
            final var model = new ModelContent("model.xml");
            model.addString("class_name", portObject.getClass().getName());
            portObject.save(model.addModelContent("model"));
            out.putNextEntry(new ZipEntry("model.xml"));
            model.saveToXML(out);
            out.closeEntry();
        }

        @Override
        @SuppressWarnings("unchecked")
        public T loadPortObjectSpec(final PortObjectSpecZipInputStream in) throws IOException {
            in.getNextEntry();
            final ModelContentRO model = ModelContent.loadFromXML(in);
            try {
                final var spec = (T)getClass().getClassLoader().loadClass(model.getString("class_name")).getConstructor().newInstance();
                spec.load(model.getModelContent("model"));
                return spec;
            } catch (ReflectiveOperationException | InvalidSettingsException e) {
                throw new IOException("The spec cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /** @param model receives the content */
    protected abstract void save(ModelContentWO model);

    /** @param model holds the content */
    protected abstract void load(ModelContentRO model) throws InvalidSettingsException;

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    private ModelContent content() {
        final var content = new ModelContent("content");
        save(content);
        return content;
    }

    @Override
    public boolean equals(final Object o) {
        return o != null && o.getClass() == getClass() && content().equals(((AbstractSimplePortObjectSpec)o).content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }
}
