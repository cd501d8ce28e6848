package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.knime.core.node.Node;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortType;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.workflow.NodeRegistry;

/**
 * What saved workflows and their users rely on: factory class, ports and settings of each node ({@code .txt}), and its description
 * ({@code .xml}). A change of a {@code .txt} is a change that old workflows meet: new settings need {@code @Migrate}, nothing may be
 * renamed or removed. A run leaves what it found in {@code host/tests/target/snapshots}.
 */
class SnapshotTest {

    private static final Path TESTS = Run.WORKFLOWS.resolveSibling("host").resolve("tests");

    private static final Path SNAPSHOTS = TESTS.resolve("snapshots");

    private static List<String> factories() {
        return Arrays.stream(Platform.getExtensionRegistry().getConfigurationElementsFor("org.knime.workbench.repository.nodes"))
            .map((final IConfigurationElement e) -> e.getAttribute("factory-class")).sorted().toList();
    }

    private static String file(final Node node, final String end) {
        return node.getFactory().getNodeName() + end;
    }

    /** The description as KNIME shows it, an element a line. */
    private static List<String> description(final Node node) throws Exception {
        final Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        final var text = new StringWriter();
        transformer.transform(new DOMSource(node.getFactory().getXMLDescription()), new StreamResult(text));
        return text.toString().replaceAll("\\s+", " ").replaceAll("(</[a-zA-Z]+>|/>) ?", "$1\n").lines().toList();
    }

    private static void compare(final Node node, final String end, final List<String> found) throws IOException {
        Files.write(Files.createDirectories(TESTS.resolve("target/snapshots")).resolve(file(node, end)), found);
        final Path snapshot = SNAPSHOTS.resolve(file(node, end));
        assertTrue(Files.exists(snapshot), "No snapshot: copy it from host/tests/target/snapshots.");
        assertEquals(String.join("\n", Files.readAllLines(snapshot)), String.join("\n", found));
    }

    private static List<String> describe(final String factory, final Node node) throws Exception {
        final var lines = new ArrayList<String>(List.of("factory " + factory));
        ports("in", node.inTypes(), node.getFactory()::getInportName, lines);
        ports("out", node.outTypes(), node.getFactory()::getOutportName, lines);
        final NodeSettings settings = node.save();
        final var choices = new TreeMap<String, String>();
        final Class<?> parameters = node.getFactory().getClass().getClassLoader().loadClass(factory.replace("NodeFactory", "NodeParameters"));
        for (Field field : parameters.getDeclaredFields()) {
            if (field.getType().isEnum()) {
                choices.put(field.getName().substring(2), " of " + String.join(", ",
                    Arrays.stream(field.getType().getEnumConstants()).map(c -> ((Enum<?>)c).name()).toList()));
            }
        }
        for (String key : settings) {
            final var entry = (ConfigAccess.Entry)ConfigAccess.child(settings, key);
            lines.add("setting %s %s %s%s".formatted(key, entry.type(), entry.value(), choices.getOrDefault(key, "")));
        }
        return lines;
    }

    private interface Name {
        String of(int index);
    }

    private static void ports(final String side, final PortType[] types, final Name name, final List<String> lines) {
        for (int i = 0; i < types.length; i++) {
            lines.add("%s %d %s: %s%s".formatted(side, i + 1, name.of(i), types[i].getPortObjectClass().getSimpleName(), types[i].isOptional() ? ", optional" : ""));
        }
    }

    @TestFactory
    Stream<DynamicTest> nodes() {
        return factories().stream().map(factory -> DynamicTest.dynamicTest(factory, () -> {
            final var node = new Node(NodeRegistry.find(factory));
            assertAll(() -> compare(node, ".txt", describe(factory, node)), () -> compare(node, ".xml", description(node)));
        }));
    }

    @Test
    void noNodeIsGone() throws Exception {
        final List<String> names = new ArrayList<>(List.of(OutputColumnsTest.FILE));
        for (String factory : factories()) {
            final var node = new Node(NodeRegistry.find(factory));
            names.add(file(node, ".txt"));
            names.add(file(node, ".xml"));
        }
        try (var files = Files.list(SNAPSHOTS)) {
            assertEquals(List.of(), files.map(f -> f.getFileName().toString()).filter(f -> !names.contains(f)).toList());
        }
    }
}
