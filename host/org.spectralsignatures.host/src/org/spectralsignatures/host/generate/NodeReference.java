package org.spectralsignatures.host.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortType;
import org.spectralsignatures.host.parameters.SettingText;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.workflow.NodeRegistry;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.w3c.dom.Element;

/** The reference of the installed nodes in Markdown, made from what the nodes say of themselves. */
public final class NodeReference {

    /** The option of the batch application that writes it. */
    public static final String OPTION = "-reference";

    private static final String HEAD = """
        # Nodes

        Made from the nodes themselves by `./run %s docs/Nodes.md`; a test compares. KNIME shows the same texts, and more of them, beside the
        dialog of a selected node. What to do with the nodes: [Guide](Guide.md).

        Behind the name of a setting stand the key that it has in saved workflows, in their texts and in `-option=node,key,value,type`, and its default.

        """.formatted(OPTION);

    private final List<String> m_lines = new ArrayList<>();

    private NodeReference() {
    }

    /**
     * @return a section for each installed node: what it does, its ports, its settings, its view
     * @throws WorkflowLoadException if a node cannot be made
     */
    public static String text() throws WorkflowLoadException {
        final var reference = new NodeReference();
        final List<NodeFactory<? extends NodeModel>> factories = NodeRegistry.all();
        factories.forEach(reference::entry);
        factories.forEach(factory -> reference.node(new Node(factory)));
        return HEAD + String.join("\n", reference.m_lines) + "\n";
    }

    private void entry(final NodeFactory<? extends NodeModel> factory) {
        final String what = String.join(" ", MarkdownText.lines(child(factory.getXMLDescription(), "shortDescription")));
        m_lines.add("- [%s](#%s): %s".formatted(factory.getNodeName(), anchor(factory.getNodeName()), what));
    }

    /** As the usual sites make them of headings. */
    private static String anchor(final String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
    }

    private void node(final Node node) {
        final Element description = node.getFactory().getXMLDescription();
        heading("## " + node.getFactory().getNodeName());
        m_lines.add(MarkdownText.lines(child(description, "intro")).get(0));
        ports("Inputs", elements(description, "inPort"), node.inTypes());
        ports("Outputs", elements(description, "outPort"), node.outTypes());
        settings(node, elements(description, "option"));
        elements(description, "view").forEach(view -> paragraph("**View.** ", MarkdownText.lines(view)));
        paragraph("", List.of("Factory: `" + node.getFactory().getClass().getName() + "`"));
    }

    private void heading(final String text) {
        m_lines.add("");
        m_lines.add(text);
        m_lines.add("");
    }

    private void paragraph(final String start, final List<String> lines) {
        m_lines.add("");
        m_lines.add(start + String.join(" ", lines));
    }

    private void ports(final String title, final List<Element> ports, final PortType[] types) {
        if (ports.isEmpty()) {
            return;
        }
        heading("### " + title);
        for (int i = 0; i < types.length; i++) {
            final List<String> lines = MarkdownText.lines(ports.get(i));
            final boolean said = !types[i].isOptional() || lines.get(0).startsWith("Optional");
            item("%d. **%s** (%s%s): ".formatted(i + 1, ports.get(i).getAttribute("name"), type(types[i]), said ? "" : ", optional"), lines);
        }
    }

    private static String type(final PortType type) {
        return type.getPortObjectClass() == BufferedDataTable.class ? "table" : type.getName().toLowerCase(Locale.ROOT);
    }

    /** An item of a list, with the lines behind its first one inside it. */
    private void item(final String start, final List<String> lines) {
        m_lines.add(start + lines.get(0));
        lines.stream().skip(1).forEach(line -> m_lines.add("  " + line));
    }

    private void settings(final Node node, final List<Element> options) {
        final List<SettingText> texts = ((SettingText.Source)node.getNodeModel()).settingTexts();
        if (texts.isEmpty()) {
            return;
        }
        heading("### Settings");
        final NodeSettings defaults = node.save();
        for (int i = 0; i < texts.size(); i++) {
            final SettingText text = texts.get(i);
            final String value = ((ConfigAccess.Entry)ConfigAccess.child(defaults, text.key())).value();
            final List<String> lines = MarkdownText.lines(options.get(i), (line, item) -> withValue(line, text.choices().get(item)));
            item("- **%s** (`%s`, %s): ".formatted(text.title(), text.key(), value.isEmpty() ? "empty" : "`" + value + "`"), lines);
        }
    }

    /** The title of a choice, in bold face, and behind it the value as it is saved. */
    private static String withValue(final String line, final SettingText.Choice choice) {
        final String title = "**" + choice.title() + "**";
        return line.startsWith(title) ? "%s (`%s`)%s".formatted(title, choice.value(), line.substring(title.length())) : line;
    }

    private static Element child(final Element parent, final String name) {
        return elements(parent, name).get(0);
    }

    private static List<Element> elements(final Element parent, final String name) {
        final var found = parent.getElementsByTagName(name);
        final var elements = new ArrayList<Element>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element)found.item(i));
        }
        return elements;
    }
}
