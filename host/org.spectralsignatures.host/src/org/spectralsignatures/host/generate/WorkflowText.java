package org.spectralsignatures.host.generate;

import java.util.List;

/**
 * A workflow as its text says it; see {@code test-workflows/README.md}.
 *
 * @param notes texts on the canvas
 * @param variables of the workflow
 * @param nodes in the order of the text
 */
record WorkflowText(List<Note> notes, List<Variable> variables, List<NodeText> nodes) {

    /**
     * A text on the canvas.
     *
     * @param x left edge in pixels
     * @param y upper edge in pixels
     * @param width in pixels
     * @param height in pixels
     * @param color of its border, as RGB
     * @param text what it says
     */
    record Note(int x, int y, int width, int height, int color, String text) {
    }

    /**
     * A variable of the workflow.
     *
     * @param kind KNIME's name of its type, such as {@code INTEGER}
     * @param entryType type of its entry in the file, such as {@code xint}
     * @param name of the variable
     * @param value as text
     */
    record Variable(String kind, String entryType, String name, String value) {
    }

    /**
     * A node.
     *
     * @param line where the text names it, from 1
     * @param id its number
     * @param name as the node calls itself
     * @param inputs what its ports are connected to, null for nothing
     * @param x left edge in pixels
     * @param y upper edge in pixels
     * @param idle whether it cannot be configured before those before it are executed
     * @param label text below the node, null for none
     * @param settings those that differ from the node's defaults
     */
    record NodeText(int line, int id, String name, List<Source> inputs, int x, int y, boolean idle, String label, List<Setting> settings) {

        NodeText labelled(final String text) {
            return new NodeText(line, id, name, inputs, x, y, idle, text, settings);
        }

        /** @return name of its folder */
        String folder() {
            return name.replaceAll("[^\\w .()-]", "_") + " (#" + id + ")";
        }
    }

    /**
     * An output that an input is connected to.
     *
     * @param node its id
     * @param port from 1
     */
    record Source(int node, int port) {
    }

    /**
     * A setting that differs from its default or is controlled by a variable.
     *
     * @param line where it stands, from 1
     * @param key its path below {@code model}, with slashes
     * @param value as text, null for the default
     * @param variable that replaces the value when the node runs, null for none
     */
    record Setting(int line, String key, String value, String variable) {
    }
}
