package org.spectralsignatures.host.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Texts of node descriptions, which are a little HTML, as Markdown: paragraphs and items of lists are a line each. */
final class MarkdownText {

    private final List<String> m_lines = new ArrayList<>();

    private final StringBuilder m_line = new StringBuilder();

    private String m_prefix = "";

    private MarkdownText() {
    }

    /**
     * @param element a text
     * @return its lines; those of lists are set in
     */
    static List<String> lines(final Element element) {
        return lines(element, (text, item) -> text);
    }

    /** Changes the items of a list. */
    interface Items {

        /** @return what stands in place of the text of an item, which is counted from 0 */
        String change(String text, int item);
    }

    /**
     * @param element a text
     * @param items changes those of its lists
     * @return its lines; those of lists are set in
     */
    static List<String> lines(final Element element, final Items items) {
        final var text = new MarkdownText();
        text.children(element, items);
        text.end(UnaryOperator.identity());
        return text.m_lines;
    }

    private void children(final Node parent, final Items items) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                element(element, items);
            } else {
                m_line.append(escaped(child.getTextContent()));
            }
        }
    }

    private void element(final Element element, final Items items) {
        switch (element.getTagName()) {
            case "i", "em" -> around("*", element, items);
            case "b" -> around("**", element, items);
            case "tt", "code", "samp" -> m_line.append('`').append(element.getTextContent().strip()).append('`');
            case "sub", "sup" -> m_line.append('<').append(element.getTagName()).append('>').append(escaped(element.getTextContent())).append("</")
                .append(element.getTagName()).append('>');
            case "p" -> block(element, items);
            case "ul", "ol" -> list(element, items);
            default -> children(element, items);
        }
    }

    private void around(final String mark, final Element element, final Items items) {
        m_line.append(mark);
        children(element, items);
        m_line.append(mark);
    }

    private void block(final Element element, final Items items) {
        end(UnaryOperator.identity());
        children(element, items);
        end(UnaryOperator.identity());
    }

    private void list(final Element list, final Items items) {
        end(UnaryOperator.identity());
        final String prefix = m_prefix;
        m_prefix = prefix + "  ";
        int item = 0;
        for (Node child = list.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                final int number = item++;
                children(element, items);
                end(text -> "- " + items.change(text, number));
            }
        }
        m_prefix = prefix;
    }

    private void end(final UnaryOperator<String> change) {
        final String text = m_line.toString().replaceAll("\\s+", " ").strip();
        m_line.setLength(0);
        if (!text.isEmpty()) {
            m_lines.add(m_prefix + change.apply(text));
        }
    }

    private static String escaped(final String text) {
        return text.replaceAll("([\\\\*_`<])", "\\\\$1");
    }
}
