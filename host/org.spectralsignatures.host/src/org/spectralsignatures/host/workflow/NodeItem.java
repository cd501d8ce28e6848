package org.spectralsignatures.host.workflow;

import java.nio.file.Path;

import org.knime.core.node.Node;
import org.knime.core.node.NodeSettings;

/**
 * A node as it stands in a file.
 *
 * @param parent where it stands
 * @param id its number there
 * @param name its name
 * @param file its {@code settings.xml}
 * @param settings what the file holds
 * @param node what it does; null for the ports of a component
 */
record NodeItem(Level parent, int id, String name, Path file, NodeSettings settings, Node node) implements Item {

    @Override
    public boolean equals(final Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
