package org.spectralsignatures.host.report;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.settings.SettingsXml;

/** Where the nodes of a workflow lie on the canvas. */
final class NodeBounds {

    private NodeBounds() {
    }

    /** @return left and upper edge in pixels by the node's id; nodes without a place are absent */
    static Map<Integer, int[]> read(final Path workflow) throws IOException {
        final var settings = new NodeSettings("workflow");
        try (var in = new BufferedInputStream(Files.newInputStream(workflow.resolve("workflow.knime")))) {
            SettingsXml.read(in, settings);
        }
        final Map<Integer, int[]> bounds = new HashMap<>();
        try {
            final Config nodes = settings.getConfig("nodes");
            for (String key : nodes) {
                final Config node = nodes.getConfig(key);
                if (node.containsKey("ui_settings")) {
                    bounds.put(node.getInt("id"), node.getConfig("ui_settings").getIntArray("extrainfo.node.bounds"));
                }
            }
        } catch (InvalidSettingsException e) { // NOSONAR
            return bounds; // the places are no more than decoration
        }
        return bounds;
    }
}
