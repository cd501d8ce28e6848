package org.knime.node;

import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.Label;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The texts of a node as the XML element that KNIME makes of them: texts are parsed as markup, names are not. A setting without a
 * description does not appear; the choices of an enum are listed behind the setting's description if any of them has one.
 */
final class DefaultNodeDescription {

    private final Document m_document;

    private final String m_node;

    private DefaultNodeDescription(final Document document, final String node) {
        m_document = document;
        m_node = node;
    }

    /**
     * @param node a node
     * @return the element {@code knimeNode}
     * @throws IllegalStateException if a text is no well-formed XML; the message names it
     */
    static Element of(final DefaultNode node) {
        try {
            final Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
            return new DefaultNodeDescription(document, node.m_name).describe(node);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("This Java runtime has no XML parser.", e);
        }
    }

    private Element describe(final DefaultNode node) {
        final Element root = m_document.createElement("knimeNode");
        root.setAttribute("icon", node.m_icon);
        root.setAttribute("type", node.m_nodeType.name());
        child(root, "name").setTextContent(node.m_name);
        markup(child(root, "shortDescription"), node.m_shortDescription);
        final Element full = child(root, "fullDescription");
        markup(child(full, "intro"), node.m_fullDescription);
        node.m_model.getParametersClass().ifPresent(parameters -> options(named(full, "tab", "Options"), parameters));
        for (DefaultNode.Resource resource : node.m_resources) {
            final Element link = child(full, "link");
            link.setAttribute("href", resource.href());
            markup(link, resource.description());
        }
        final Element ports = child(root, "ports");
        ports(ports, "inPort", node.m_inputs);
        ports(ports, "outPort", node.m_outputs);
        node.getView().ifPresent(view -> {
            final Element element = named(child(root, "views"), "view", node.m_name);
            element.setAttribute("index", "0");
            markup(element, view.m_description);
        });
        if (!node.m_keywords.isEmpty()) {
            final Element keywords = child(root, "keywords");
            node.m_keywords.forEach(keyword -> child(keywords, "keyword").setTextContent(keyword));
        }
        return root;
    }

    private void ports(final Element to, final String side, final List<DefaultNode.Port> ports) {
        for (int i = 0; i < ports.size(); i++) {
            final Element element = named(to, side, ports.get(i).name());
            element.setAttribute("index", Integer.toString(i));
            markup(element, ports.get(i).description());
        }
    }

    private void options(final Element tab, final Class<? extends NodeParameters> parameters) {
        for (Field field : parameters.getDeclaredFields()) {
            final Widget widget = field.getAnnotation(Widget.class);
            if (widget != null) {
                final Element option = named(tab, "option", widget.title());
                if (!widget.description().isEmpty()) {
                    markup(option, widget.description());
                    choices(option, field.getType());
                }
            }
        }
    }

    private void choices(final Element option, final Class<?> type) {
        if (!type.isEnum()) {
            return;
        }
        final List<Label> labels = List.of(type.getFields()).stream().filter(Field::isEnumConstant).map(f -> f.getAnnotation(Label.class))
            .filter(l -> l != null).toList();
        if (labels.stream().anyMatch(l -> !l.description().isBlank())) {
            final Element list = child(option, "ul");
            for (Label label : labels) {
                final Element item = child(list, "li");
                child(item, "b").setTextContent(label.value());
                if (!label.description().isBlank()) {
                    markup(item, ": " + label.description());
                }
            }
        }
    }

    private Element child(final Element parent, final String name) {
        return (Element)parent.appendChild(m_document.createElement(name));
    }

    private Element named(final Element parent, final String element, final String name) {
        final Element child = child(parent, element);
        child.setAttribute("name", name);
        return child;
    }

    private void markup(final Element to, final String text) {
        try {
            final Document parsed = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader("<text>" + text + "</text>")));
            for (Node node = parsed.getDocumentElement().getFirstChild(); node != null; node = node.getNextSibling()) {
                to.appendChild(m_document.importNode(node, true));
            }
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalStateException("A text of the node '%s' (%s %s) is no well-formed XML: %s".formatted(m_node, to.getTagName(),
                to.getAttribute("name"), e.getMessage()), e);
        }
    }
}
