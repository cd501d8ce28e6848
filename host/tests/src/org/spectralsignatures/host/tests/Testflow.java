package org.spectralsignatures.host.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.Config;

/**
 * Copies of test workflows with a 'Testflow Configuration' node in them, which tells KNIME's own testing framework
 * ({@code -application org.knime.testing.NGTestflowRunner}) which nodes fail and what nodes say. The node belongs to KNIME's
 * testing framework, so that it cannot stand in the workflows themselves, which are examples as well.
 */
final class Testflow {

    private static final String NODE = "Testflow Configuration";

    private static final int SECONDS = 300;

    private Testflow() {
    }

    static void write(final Path workflow, final List<ExpectedMessage> messages, final Path target) throws IOException, InvalidSettingsException {
        Folders.copy(workflow, target);
        final Path file = target.resolve("workflow.knime");
        final NodeSettings settings = read(file);
        final Config nodes = settings.getConfig("nodes");
        int id = 1;
        while (nodes.containsKey("node_" + id)) {
            id++;
        }
        final String folder = "%s (#%d)".formatted(NODE, id);
        node(nodes.addConfig("node_" + id), id, folder + "/settings.xml");
        write(settings, file);
        final var node = new NodeSettings("settings.xml");
        configuration(node, messages);
        write(node, Files.createDirectories(target.resolve(folder)).resolve("settings.xml"));
    }

    private static NodeSettings read(final Path file) throws IOException {
        final var settings = new NodeSettings(file.getFileName().toString());
        try (var in = Files.newInputStream(file)) {
            settings.load(in);
        }
        return settings;
    }

    private static void write(final NodeSettings settings, final Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            settings.saveToXML(out);
        }
    }

    private static void node(final Config node, final int id, final String file) {
        node.addInt("id", id);
        node.addString("node_settings_file", file);
        node.addBoolean("node_is_meta", false);
        node.addString("node_type", "NativeNode");
        node.addString("ui_classname", "org.knime.core.node.workflow.NodeUIInformation");
        node.addConfig("ui_settings").addIntArray("extrainfo.node.bounds", 60, 620, -1, -1);
    }

    private static void configuration(final NodeSettings node, final List<ExpectedMessage> messages) {
        node.addString("node_file", "settings.xml");
        node.addConfig("flow_stack");
        node.addConfig("internal_node_subsettings").addString("memory_policy", "CacheSmallInMemory");
        model(node.addConfig("model"), messages);
        node.addString("customDescription", null);
        node.addString("state", "IDLE");
        node.addString("factory", "org.knime.testing.node.config.TestConfigNodeFactory");
        node.addString("node-name", NODE);
        node.addString("node-bundle-name", "Test-Node extension for KNIME Workbench");
        node.addString("node-bundle-symbolic-name", "org.knime.testing");
        node.addString("node-bundle-vendor", "KNIME AG, Zurich, Switzerland");
        node.addString("node-bundle-version", "5.8.0");
        node.addConfig("factory_settings");
        node.addString("name", NODE);
        node.addBoolean("hasContent", false);
        node.addBoolean("isInactive", false);
        node.addConfig("ports");
        final Config stores = node.addConfig("filestores");
        stores.addString("file_store_location", null);
        stores.addString("file_store_id", null);
    }

    /**
     * A node that cannot be configured shows its message as a warning and stays unexecuted. A node that fails says why with a
     * {@code KNIMEException}, which KNIME shows as it is; only other exceptions get {@code Execute failed: } in front.
     */
    private static void model(final Config model, final List<ExpectedMessage> messages) {
        model.addString("owner", "spectralsignatures");
        for (String log : new String[]{"requiredLogErrors", "requiredLogWarnings", "requiredLogInfos", "optionalLogMessages"}) {
            model.addStringArray(log);
        }
        model.addStringArray("failingNodes", messages.stream().filter(m -> m.kind() != ExpectedMessage.Kind.WARNING)
            .map(m -> Integer.toString(m.id())).toArray(String[]::new));
        messages(model.addConfig("requiredNodeWarnings"), messages.stream().filter(m -> m.kind() != ExpectedMessage.Kind.EXECUTE).toList());
        messages(model.addConfig("requiredNodeErrors"), messages.stream().filter(m -> m.kind() == ExpectedMessage.Kind.EXECUTE).toList());
        model.addInt("timeout", SECONDS);
        model.addInt("maxHilitedRows", 2500);
        model.addStringArray("usedJanitors");
        model.addBoolean("streamingTest", false);
        model.addBoolean("testNodesInComponents", true);
        model.addString("requiredLoadVersion", "");
        model.addStringArray("supportedTableBackends", "org.knime.core.data.container.BufferedTableBackend");
    }

    private static void messages(final Config config, final List<ExpectedMessage> messages) {
        for (int i = 0; i < messages.size(); i++) {
            config.addString("nodeID_" + i, Integer.toString(messages.get(i).id()));
            config.addString("message_" + i, messages.get(i).message());
        }
        config.addInt("count", messages.size());
    }
}
