package org.spectralsignatures.host.tests;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.workflow.NodeRegistry;

/**
 * A node that was configured and executed by itself.
 *
 * @param results its outputs
 * @param warning what it said, null for nothing
 */
record NodeRun(PortObject[] results, String warning) { // NOSONAR never compared

    private static final String PACKAGE = "org.spectralsignatures.nodes.";

    /** @return a node with some settings, by key; the others have their defaults */
    static Node node(final String factory, final Map<String, ?> settings) throws Exception {
        final var node = new Node(NodeRegistry.find(PACKAGE + factory));
        final NodeSettings changed = node.save();
        settings.forEach((key, value) -> ConfigAccess.put(changed, key, ((ConfigAccess.Entry)ConfigAccess.child(changed, key)).type(), value.toString()));
        node.load(changed);
        return node;
    }

    /** @return what the node warns of when it is configured, null for nothing */
    static String configure(final Node node, final PortObjectSpec... specs) throws InvalidSettingsException {
        final PortObjectSpec[] all = Arrays.copyOf(specs, node.inTypes().length);
        node.configure(all);
        return node.warning();
    }

    /** Inputs that are left out or null are not connected. */
    static NodeRun of(final String factory, final Map<String, ?> settings, final Path folder, final PortObject... inputs) throws Exception {
        final Node node = node(factory, settings);
        final PortObject[] all = Arrays.copyOf(inputs, node.inTypes().length);
        node.configure(Arrays.stream(all).map(o -> o == null ? null : o.getSpec()).toArray(PortObjectSpec[]::new));
        final PortObject[] results = node.execute(all, ShownNode.context(folder));
        return new NodeRun(results, node.warning());
    }

    BufferedDataTable table(final int port) {
        return (BufferedDataTable)results[port];
    }
}
