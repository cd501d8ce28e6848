package org.spectralsignatures.host.generate;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.Config;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;
import org.spectralsignatures.host.generate.WorkflowText.NodeText;
import org.spectralsignatures.host.generate.WorkflowText.Setting;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.workflow.NodeRegistry;
import org.spectralsignatures.host.workflow.WorkflowLoadException;

/** Makes the settings file of a node: its own defaults, and what the text says otherwise. */
final class NodeFiles {

    private final SavedBy m_savedBy;

    NodeFiles(final SavedBy savedBy) {
        m_savedBy = savedBy;
    }

    /** @throws WorkflowTextException if there is no such node or setting */
    NodeSettings settings(final NodeText text) throws IOException, WorkflowLoadException, WorkflowTextException {
        final NodeFactory<? extends NodeModel> factory = NodeRegistry.named(text.name());
        if (factory == null) {
            throw new WorkflowTextException(text.line(), "no node '" + text.name() + "' is installed");
        }
        final var node = new Node(factory);
        final var settings = new NodeSettings("settings.xml");
        settings.addString("node_file", "settings.xml");
        settings.addConfig("flow_stack");
        settings.addConfig("internal_node_subsettings").addString("memory_policy", "CacheSmallInMemory");
        model(settings, node, text);
        settings.addString("customDescription", text.label());
        if (text.label() != null) {
            Notes.label(settings.addConfig("nodeAnnotation"), text.label());
        }
        settings.addString("state", text.idle() ? "IDLE" : "CONFIGURED");
        identity(settings, factory);
        settings.addConfig("factory_settings");
        final Config ports = settings.addConfig("node_creation_config");
        portNames(node).forEach(ports::addConfig);
        settings.addString("name", factory.getNodeName());
        settings.addBoolean("hasContent", false);
        settings.addBoolean("isInactive", false);
        settings.addConfig("ports");
        final Config stores = settings.addConfig("filestores");
        stores.addString("file_store_location", null);
        stores.addString("file_store_id", null);
        return settings;
    }

    private static void model(final Config settings, final Node node, final NodeText text) throws WorkflowTextException {
        final Config model = settings.addConfig("model");
        copy(node.save(), model);
        for (final Setting setting : text.settings()) {
            final String[] path = setting.key().split("/");
            Config config = model;
            for (int i = 0; i + 1 < path.length && config != null; i++) {
                config = ConfigAccess.child(config, path[i]) instanceof Config sub ? sub : null;
            }
            final String key = path[path.length - 1];
            if (config == null || !(ConfigAccess.child(config, key) instanceof ConfigAccess.Entry entry)) {
                throw new WorkflowTextException(setting.line(), "the node '" + text.name() + "' has no setting '" + setting.key() + "'");
            }
            if (setting.value() != null) {
                put(config, key, entry, setting);
            }
        }
        if (text.settings().stream().anyMatch(s -> s.variable() != null)) {
            variables(settings.addConfig("variables"), text);
        }
    }

    /** Sets a value that is equal to the default too, but never one of another type. */
    private static void put(final Config config, final String key, final ConfigAccess.Entry entry, final Setting setting) throws WorkflowTextException {
        ConfigAccess.put(config, key, entry.type(), setting.value());
        try {
            switch (entry.type()) {
                case "xint" -> config.addInt(key, config.getInt(key));
                case "xlong" -> config.addLong(key, config.getLong(key));
                case "xdouble" -> config.addDouble(key, config.getDouble(key));
                case "xfloat" -> config.addFloat(key, config.getFloat(key));
                case "xboolean" -> checkBoolean(setting.value());
                default -> { /* a text */ }
            }
        } catch (InvalidSettingsException e) {
            throw new WorkflowTextException(setting.line(), e.getMessage());
        }
    }

    private static void checkBoolean(final String value) throws InvalidSettingsException {
        if (!value.equals("true") && !value.equals("false")) {
            throw new InvalidSettingsException("'" + value + "' is neither true nor false.");
        }
    }

    private static void variables(final Config variables, final NodeText text) {
        variables.addString("version", "V_2019_09_13");
        final Config tree = variables.addConfig("tree");
        for (final Setting setting : text.settings()) {
            if (setting.variable() != null) {
                Config config = tree;
                for (final String key : setting.key().split("/")) {
                    config = ConfigAccess.child(config, key) instanceof Config sub ? sub : config.addConfig(key);
                }
                config.addString("used_variable", setting.variable());
                config.addString("exposed_variable", null);
            }
        }
    }

    private static void copy(final Config from, final Config to) {
        for (final String key : from) {
            if (ConfigAccess.child(from, key) instanceof Config sub) {
                copy(sub, to.addConfig(key));
            } else if (ConfigAccess.child(from, key) instanceof ConfigAccess.Entry entry) {
                ConfigAccess.put(to, key, entry.type(), entry.value());
            }
        }
    }

    private void identity(final Config settings, final NodeFactory<? extends NodeModel> factory) throws IOException {
        final Bundle bundle = FrameworkUtil.getBundle(factory.getClass());
        settings.addString("factory", factory.getClass().getName());
        settings.addString("node-name", factory.getNodeName());
        settings.addString("node-bundle-name", bundle.getHeaders().get(Constants.BUNDLE_NAME));
        settings.addString("node-bundle-symbolic-name", bundle.getSymbolicName());
        settings.addString("node-bundle-vendor", bundle.getHeaders().get(Constants.BUNDLE_VENDOR));
        // Without the time of the build, which would be another in each file.
        final Version version = bundle.getVersion();
        settings.addString("node-bundle-version", version.getMajor() + "." + version.getMinor() + "." + version.getMicro());
        for (final String key : new String[]{"node-feature-name", "node-feature-symbolic-name", "node-feature-vendor", "node-feature-version"}) {
            settings.addString(key, m_savedBy.get(key));
        }
    }

    private static Set<String> portNames(final Node node) {
        final var names = new LinkedHashSet<String>();
        for (int i = 0; i < node.inTypes().length; i++) {
            names.add(node.getFactory().getInportName(i));
        }
        for (int i = 0; i < node.outTypes().length; i++) {
            names.add(node.getFactory().getOutportName(i));
        }
        return names;
    }
}
