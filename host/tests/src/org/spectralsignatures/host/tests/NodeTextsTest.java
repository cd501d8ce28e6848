package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.knime.core.node.Node;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.host.workflow.NodeRegistry;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Each node, port, option and choice is described, in the markup that the schema of KNIME's node descriptions takes (version 5.3), and has
 * an icon.
 */
class NodeTextsTest {

    private static final Set<String> INLINE = Set.of("a", "b", "i", "u", "s", "tt", "em", "code", "samp", "sub", "sup", "br");

    private static final Set<String> LISTS = Set.of("ul", "ol", "dl");

    private static final Set<String> BLOCKS = Set.of("p", "hr", "pre");

    private static final Set<String> HEADINGS = Set.of("h3", "h4", "table");

    private static final int SMALL = 16;

    private static List<String> factories() {
        return elements("org.knime.workbench.repository.nodes").map(e -> e.getAttribute("factory-class")).sorted().toList();
    }

    private static Stream<IConfigurationElement> elements(final String extensionPoint) {
        return Arrays.stream(Platform.getExtensionRegistry().getConfigurationElementsFor(extensionPoint));
    }

    private static Element description(final String factory) throws Exception {
        return new Node(NodeRegistry.find(factory)).getFactory().getXMLDescription();
    }

    private static List<Element> elements(final Element in, final String name) {
        final NodeList found = in.getElementsByTagName(name);
        final var elements = new ArrayList<Element>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element)found.item(i));
        }
        return elements;
    }

    private static List<Element> children(final Element in) {
        final var elements = new ArrayList<Element>();
        for (org.w3c.dom.Node node = in.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static List<DynamicTest> forEachNode(final Consumer<Element> check) {
        return factories().stream().map(factory -> DynamicTest.dynamicTest(factory, () -> check.accept(description(factory)))).toList();
    }

    @TestFactory
    List<DynamicTest> nodePortsAndOptionsAreDescribed() {
        return forEachNode(node -> {
            for (String name : List.of("shortDescription", "intro", "option", "inPort", "outPort", "view", "link")) {
                for (Element element : elements(node, name)) {
                    final String where = name + " " + element.getAttribute("name");
                    assertTrue(element.getTextContent().strip().length() > 10, () -> "Not described: " + where);
                    assertTrue(name.equals("link") || element.getTextContent().strip().endsWith("."), () -> "No sentence: " + where);
                }
            }
            assertTrue(elements(node, "intro").get(0).getTextContent().length() > 500, "The description is too short.");
            assertFalse(elements(node, "keyword").isEmpty(), "No keywords");
        });
    }

    @TestFactory
    List<DynamicTest> markupIsThatOfTheSchema() {
        return forEachNode(node -> {
            check(elements(node, "shortDescription").get(0), Set.of());
            check(elements(node, "intro").get(0), union(INLINE, LISTS, BLOCKS, HEADINGS));
            for (String name : List.of("option", "inPort", "outPort", "view")) {
                elements(node, name).forEach(element -> check(element, union(INLINE, LISTS, BLOCKS)));
            }
            elements(node, "link").forEach(element -> check(element, Set.of()));
        });
    }

    @SafeVarargs
    private static Set<String> union(final Set<String>... sets) {
        final var all = new HashSet<String>();
        Arrays.stream(sets).forEach(all::addAll);
        return all;
    }

    private static void check(final Element element, final Set<String> allowed) {
        for (Element child : children(element)) {
            final String name = child.getTagName();
            assertTrue(allowed.contains(name), () -> "<%s> may not stand in <%s>: %s".formatted(name, element.getTagName(), element.getTextContent()));
            check(child, switch (name) {
                case "p", "li" -> union(INLINE, LISTS);
                case "ul", "ol" -> Set.of("li");
                case "dl" -> Set.of("dt", "dd");
                case "table" -> Set.of("tr");
                case "tr" -> Set.of("th", "td");
                case "dd", "th", "td" -> union(INLINE, LISTS, BLOCKS, HEADINGS);
                case "br", "hr" -> Set.of();
                default -> INLINE;
            });
        }
    }

    @TestFactory
    Stream<DynamicTest> eachSettingIsAnOptionAndEachChoiceIsExplained() {
        return factories().stream().map(factory -> DynamicTest.dynamicTest(factory, () -> {
            final var node = new Node(NodeRegistry.find(factory));
            final Class<?> parameters = node.getFactory().getClass().getClassLoader().loadClass(factory.replace("NodeFactory", "NodeParameters"));
            int settings = 0;
            for (String key : node.save()) {
                settings++;
                final Field field = parameters.getDeclaredField("m_" + key);
                assertNotNull(field.getAnnotation(Widget.class), () -> "Without @Widget: " + key);
                if (field.getType().isEnum()) {
                    for (Object constant : field.getType().getEnumConstants()) {
                        final Label label = field.getType().getField(((Enum<?>)constant).name()).getAnnotation(Label.class);
                        assertTrue(label != null && !label.value().isBlank() && label.description().strip().endsWith("."),
                            () -> "Not explained: " + key + " " + constant);
                    }
                }
            }
            assertEquals(settings, elements(node.getFactory().getXMLDescription(), "option").size());
        }));
    }

    @Test
    void textThatIsNoXmlIsRefused() {
        final DefaultNode node = DefaultNode.create().name("Broken").icon("none.png").shortDescription("Less < more.").fullDescription("<p>Text.</p>")
            .sinceVersion(1, 0, 0).ports(p -> p.addInputTable("Table", "Any table.")).model(m -> m.withoutParameters().configure((i, o) -> {
            }).execute((i, o) -> {
            }));
        final var factory = new DefaultNodeFactory(node) {
        };
        final String message = assertThrows(IllegalStateException.class, factory::getXMLDescription).getMessage();
        assertTrue(message.contains("Broken") && message.contains("shortDescription"), message);
    }

    @TestFactory
    Stream<DynamicTest> iconsHave16And32Pixels() {
        final Set<List<Integer>> seen = new HashSet<>();
        return Stream.concat(
            factories().stream().map(factory -> DynamicTest.dynamicTest(factory, () -> {
                final URL icon = new Node(NodeRegistry.find(factory)).getFactory().getIcon();
                assertNotNull(icon, "The icon that the factory names does not exist.");
                icon(icon, seen);
            })),
            elements("org.knime.workbench.repository.categories").map(category -> DynamicTest.dynamicTest("category " + category.getAttribute("name"),
                () -> icon(Platform.getBundle(category.getContributor().getName()).getEntry(category.getAttribute("icon")), seen))));
    }

    /** The larger one is found by Eclipse's naming. */
    private static void icon(final URL small, final Set<List<Integer>> seen) throws IOException {
        final BufferedImage image = size(small, SMALL);
        size(new URL(small.toString().replace(".png", "@2x.png")), 2 * SMALL);
        assertTrue(seen.add(Arrays.stream(image.getRGB(0, 0, SMALL, SMALL, null, 0, SMALL)).boxed().toList()), "Another node has the same icon.");
    }

    private static BufferedImage size(final URL file, final int side) throws IOException {
        final BufferedImage image = ImageIO.read(file);
        assertEquals(List.of(side, side), List.of(image.getWidth(), image.getHeight()), file.toString());
        assertTrue(image.getColorModel().hasAlpha(), () -> "Not transparent: " + file);
        return image;
    }
}
