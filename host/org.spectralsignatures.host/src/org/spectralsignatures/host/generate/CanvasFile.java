package org.spectralsignatures.host.generate;

import java.io.IOException;
import java.util.Comparator;

import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.generate.WorkflowText.NodeText;
import org.spectralsignatures.host.generate.WorkflowText.Source;
import org.spectralsignatures.host.generate.WorkflowText.Variable;
import org.spectralsignatures.host.settings.ConfigAccess;

/** Makes a workflow's own file: its notes and variables, its nodes with their places, and how they are connected. */
final class CanvasFile {

    private final SavedBy m_savedBy;

    CanvasFile(final SavedBy savedBy) {
        m_savedBy = savedBy;
    }

    NodeSettings settings(final WorkflowText text) throws IOException {
        final var settings = new NodeSettings("workflow.knime");
        settings.addString("created_by", m_savedBy.get("created_by"));
        settings.addBoolean("created_by_nightly", false);
        settings.addString("version", m_savedBy.get("version"));
        settings.addString("name", null);
        final Config author = settings.addConfig("authorInformation");
        author.addString("authored-by", m_savedBy.get("authored-by"));
        author.addString("authored-when", m_savedBy.get("authored-when"));
        author.addString("lastEdited-by", null);
        author.addString("lastEdited-when", null);
        settings.addString("customDescription", null);
        settings.addString("state", text.nodes().stream().anyMatch(NodeText::idle) ? "IDLE" : "CONFIGURED");
        settings.addConfig("workflow_credentials");
        final Config notes = settings.addConfig("annotations");
        text.notes().forEach(note -> Notes.note(notes.addConfig("annotation_" + notes.getChildCount()), note));
        if (!text.variables().isEmpty()) {
            final Config variables = settings.addConfig("workflow_variables");
            text.variables().forEach(variable -> variable(variables.addConfig("Var_" + variables.getChildCount()), variable));
        }
        final Config nodes = settings.addConfig("nodes");
        text.nodes().forEach(node -> node(nodes.addConfig("node_" + node.id()), node));
        final Config connections = settings.addConfig("connections");
        text.nodes().stream().sorted(Comparator.comparingInt(NodeText::id)).forEach(node -> connections(connections, node));
        return settings;
    }

    private static void variable(final Config config, final Variable variable) {
        config.addString("name", variable.name());
        config.addString("class", variable.kind());
        ConfigAccess.put(config, "value", variable.entryType(), variable.value());
    }

    private static void node(final Config config, final NodeText node) {
        config.addInt("id", node.id());
        config.addString("node_settings_file", node.folder() + "/settings.xml");
        config.addBoolean("node_is_meta", false);
        config.addString("node_type", "NativeNode");
        config.addString("ui_classname", "org.knime.core.node.workflow.NodeUIInformation");
        config.addConfig("ui_settings").addIntArray("extrainfo.node.bounds", node.x(), node.y(), -1, -1);
    }

    private static void connections(final Config connections, final NodeText node) {
        for (int port = 1; port <= node.inputs().size(); port++) {
            final Source source = node.inputs().get(port - 1);
            if (source != null) {
                final Config connection = connections.addConfig("connection_" + connections.getChildCount());
                connection.addInt("sourceID", source.node());
                connection.addInt("destID", node.id());
                connection.addInt("sourcePort", source.port());
                connection.addInt("destPort", port);
            }
        }
    }
}
