package org.spectralsignatures.host.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.PortObject;

/**
 * Writes what the execution of a node led to: its outputs, what it kept for its view, its warning. Of a table that is one of the inputs, or kept
 * and an output as well, only the port is noted.
 */
final class ResultWriter {

    /** Keys of an entry's list, and kinds of objects in it. */
    static final String WARNING = "warning";

    static final String OUTPUTS = "outputs";

    static final String KEPT = "kept";

    static final String KIND = "kind";

    static final String PORT = "port";

    static final String SUM = "sum";

    static final String CLASS = "class";

    static final String SPEC_CLASS = "spec class";

    static final String STORES = "stores";

    static final String NOTHING = "nothing";

    static final String INPUT = "input";

    static final String OUTPUT = "output";

    static final String TABLE = "table";

    static final String OBJECT = "object";

    private final NewEntry m_entry;

    private final SharedImages m_images;

    private final PortObject[] m_inputs;

    private final String[] m_inputSums;

    /**
     * @param entry receives all
     * @param inputs of the node, null where nothing is connected
     * @param inputSums what they hold
     */
    ResultWriter(final NewEntry entry, final SharedImages images, final PortObject[] inputs, final String[] inputSums) {
        m_entry = entry;
        m_images = images;
        m_inputs = inputs;
        m_inputSums = inputSums;
    }

    /**
     * Writes all of it.
     *
     * @param kept null for nothing
     * @param loader of the node's classes, which must find those of its port objects
     * @return what each output holds
     */
    String[] write(final PortObject[] outputs, final PortObject[] kept, final String warning, final ClassLoader loader)
        throws IOException, CanceledExecutionException {
        m_entry.list().addString(WARNING, warning);
        final var sums = new String[outputs.length];
        final ModelContentWO list = m_entry.list().addModelContent(OUTPUTS);
        for (int i = 0; i < outputs.length; i++) {
            final ModelContentWO item = list.addModelContent(Integer.toString(i));
            sums[i] = item(outputs[i], OUTPUT + i, new PortObject[0], item, loader);
            item.addString(SUM, sums[i]);
        }
        if (kept != null) {
            final ModelContentWO keptList = m_entry.list().addModelContent(KEPT);
            for (int i = 0; i < kept.length; i++) {
                item(kept[i], KEPT + i, outputs, keptList.addModelContent(Integer.toString(i)), loader);
            }
        }
        m_entry.complete();
        return sums;
    }

    private String item(final PortObject object, final String name, final PortObject[] outputs, final ModelContentWO item, final ClassLoader loader)
        throws IOException, CanceledExecutionException {
        if (object == null) {
            item.addString(KIND, NOTHING);
            return null;
        } else if (!(object instanceof BufferedDataTable)) {
            return object(ObjectContent.of(object), name, item, loader);
        }
        final int input = index(object, m_inputs);
        final int output = index(object, outputs);
        if (input >= 0 || output >= 0) {
            item.addString(KIND, input >= 0 ? INPUT : OUTPUT);
            item.addInt(PORT, input >= 0 ? input : output);
            return input >= 0 ? m_inputSums[input] : null;
        }
        item.addString(KIND, TABLE);
        return m_entry.add(name, out -> TableBytes.write((BufferedDataTable)object, m_images, out));
    }

    private static int index(final PortObject object, final PortObject[] objects) {
        for (int i = 0; i < objects.length; i++) {
            if (objects[i] == object) {
                return i;
            }
        }
        return -1;
    }

    private String object(final ObjectContent content, final String name, final ModelContentWO item, final ClassLoader loader) throws IOException {
        item.addString(KIND, OBJECT);
        item.addString(CLASS, found(content.type(), loader));
        item.addString(SPEC_CLASS, found(content.specType(), loader));
        m_entry.add(name, out -> out.write(content.bytes()));
        m_entry.add(name + "-spec", out -> out.write(content.spec()));
        for (int i = 0; i < content.files().size(); i++) {
            final Path file = content.files().get(i);
            m_entry.add(name + "-store" + i, out -> Files.copy(file, out));
        }
        item.addStringArray(STORES, content.files().stream().map(f -> f.getFileName().toString()).toArray(String[]::new));
        return content.sum();
    }

    private static String found(final Class<?> type, final ClassLoader loader) throws IOException {
        try {
            if (loader.loadClass(type.getName()) == type) {
                return type.getName();
            }
        } catch (ClassNotFoundException e) { // NOSONAR
            // told below
        }
        throw new UnknownContentException("port objects of '" + type.getName() + "', which the node's bundle does not see,");
    }
}
