package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.core.runtime.Platform;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.workflow.NodeRegistry;

/**
 * Settings of saved workflows that are wrong. KNIME drops those that a node refuses when they are loaded, and runs the node with its
 * defaults: they have to load, and keep the node from being configured. In a dialog they are refused at once.
 */
class SavedSettingsTest {

    /** A value of a type, and as it stands in messages. */
    private record Wrong(String type, String value, String said) {
    }

    private static final Map<String, List<Wrong>> OUT_OF_RANGE = Map.of("xint", List.of(new Wrong("xint", "-2147483648", "-2147483648")), //
        "xdouble", List.of(new Wrong("xdouble", "-1.5", "-1.5"), new Wrong("xdouble", "NaN", "NaN"), new Wrong("xdouble", "Infinity", "Infinity")));

    private static List<String> factories() {
        return Arrays.stream(Platform.getExtensionRegistry().getConfigurationElementsFor("org.knime.workbench.repository.nodes"))
            .map(e -> e.getAttribute("factory-class")).sorted().toList();
    }

    @TestFactory
    Stream<DynamicTest> nothingRunsWithOtherSettingsThanTheSavedOnes() {
        return factories().stream().map(factory -> DynamicTest.dynamicTest(factory, () -> check(factory)));
    }

    private static void check(final String factory) throws Exception {
        final Class<?> parameters = NodeRegistry.find(factory).getClass().getClassLoader().loadClass(factory.replace("NodeFactory", "NodeParameters"));
        int tried = 0;
        for (Field field : parameters.getDeclaredFields()) {
            final Widget widget = field.getAnnotation(Widget.class);
            if (widget == null) {
                continue;
            }
            final String key = field.getName().substring(2);
            final NodeSettings valid = new Node(NodeRegistry.find(factory)).save();
            final String type = ((ConfigAccess.Entry)ConfigAccess.child(valid, key)).type();
            for (Wrong wrong : wrong(field, type)) {
                final String where = key + " = " + wrong;
                final String message = refused(factory, key, wrong, where);
                assertTrue(message.toLowerCase(Locale.ROOT).contains(widget.title().toLowerCase(Locale.ROOT)) && message.contains(wrong.said), where + ": " + message);
                tried++;
            }
            if (field.getAnnotation(Migrate.class) == null && field.getAnnotation(Migration.class) == null) {
                assertTrue(refused(factory, key, null, key).contains("'" + widget.title() + "' (" + key + ") is missing"), key);
                tried++;
            }
        }
        assertTrue(tried > 0);
    }

    private static List<Wrong> wrong(final Field field, final String type) {
        final var wrong = new ArrayList<Wrong>(OUT_OF_RANGE.getOrDefault(type, List.of()));
        if (field.getType().isEnum()) {
            wrong.add(new Wrong("xstring", "NO_SUCH", "'NO_SUCH'"));
            wrong.add(new Wrong("xstring", "", "''"));
            wrong.add(new Wrong("xstring", null, "null"));
        }
        wrong.add(type.equals("xstring") ? new Wrong("xint", "7", "'7'") : new Wrong("xstring", "seven", "'seven'"));
        return wrong;
    }

    /** Loads the settings as they stand in a workflow, and configures. */
    private static String refused(final String factory, final String key, final Wrong wrong, final String where) throws Exception {
        final var node = new Node(NodeRegistry.find(factory));
        node.load(tree(node, "factory", key, wrong));
        return assertThrows(InvalidSettingsException.class, () -> node.configure(new PortObjectSpec[node.inTypes().length]), where).getMessage();
    }

    /** The settings of a node with another value, or without it, within a tree that has some other entry. */
    private static NodeSettings tree(final Node node, final String beside, final String key, final Wrong wrong) throws InvalidSettingsException {
        final var file = new NodeSettings("settings.xml");
        file.addString(beside, "x");
        file.addNodeSettings("model");
        final NodeSettings model = file.getNodeSettings("model");
        final NodeSettings saved = node.save();
        for (String k : saved) {
            if (!k.equals(key)) {
                final var entry = (ConfigAccess.Entry)ConfigAccess.child(saved, k);
                ConfigAccess.put(model, k, entry.type(), entry.value());
            } else if (wrong != null) {
                ConfigAccess.put(model, key, wrong.type, wrong.value);
            }
        }
        return model;
    }

    /** New nodes stop when they are accurate; those that were saved before there was this setting go on as they did. */
    @Test
    void absentSettingsAreThoseThatNodesBehavedBy() throws Exception {
        final var node = new Node(NodeRegistry.find("org.spectralsignatures.nodes.learner.ResNetLearnerNodeFactory"));
        assertTrue(node.save().getBoolean("stopWhenAccurate"));
        node.load(tree(node, "factory", "trainingAccuracy", null));
        assertTrue(node.save().getBoolean("stopWhenAccurate"));
        assertEquals(.99, node.save().getDouble("trainingAccuracy"));
        node.load(tree(node, "factory", "stopWhenAccurate", null));
        assertFalse(node.save().getBoolean("stopWhenAccurate"));
        node.load(tree(node, "factory", "stopWhenAccurate", new Wrong("xboolean", "true", "")));
        assertTrue(node.save().getBoolean("stopWhenAccurate"));
        node.load(tree(node, "internal_node_subsettings", "stopWhenAccurate", null));
        assertFalse(node.save().getBoolean("stopWhenAccurate"), "the same by KNIME's own way");
    }

    @Test
    void dialogsRefuseAtOnce() throws Exception {
        for (String factory : factories()) {
            final var node = new Node(NodeRegistry.find(factory));
            final NodeSettings before = node.save();
            for (String key : before) {
                final var entry = (ConfigAccess.Entry)ConfigAccess.child(before, key);
                for (Wrong wrong : OUT_OF_RANGE.getOrDefault(entry.type(), List.of())) {
                    final NodeSettings applied = tree(node, "internal_node_subsettings", key, wrong);
                    final String where = factory + " " + key + " = " + wrong;
                    assertTrue(assertThrows(InvalidSettingsException.class, () -> node.load(applied), where).getMessage().contains(wrong.said), where);
                    assertEquals(before, node.save());
                }
            }
        }
    }

    /** What was loaded although it is wrong is saved as it was, and can be mended. */
    @Test
    void wrongValuesSurviveAndCanBeMended() throws Exception {
        final var node = new Node(NodeRegistry.find("org.spectralsignatures.nodes.synthetic.SyntheticImageGeneratorNodeFactory"));
        node.load(tree(node, "factory", "classes", new Wrong("xint", "25", "25")));
        assertEquals(25, node.save().getInt("classes"));
        assertThrows(InvalidSettingsException.class, () -> node.configure(new PortObjectSpec[0]));
        node.load(tree(node, "internal_node_subsettings", "classes", new Wrong("xint", "24", "24")));
        node.configure(new PortObjectSpec[0]);
    }
}
