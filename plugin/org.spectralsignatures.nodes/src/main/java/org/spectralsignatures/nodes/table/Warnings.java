package org.spectralsignatures.nodes.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a node has to say about one run: KNIME shows a single message a node, so that all of it goes into one. */
public final class Warnings {

    private final List<String> m_sentences = new ArrayList<>();

    /** @param sentence empty for nothing; one that was said already is not repeated */
    public void add(final String sentence) {
        if (!sentence.isEmpty() && !m_sentences.contains(sentence)) {
            m_sentences.add(sentence);
        }
    }

    /** @param message shown to the user; not called where there is nothing to say */
    public void show(final Consumer<String> message) {
        if (!m_sentences.isEmpty()) {
            message.accept(String.join(" ", m_sentences));
        }
    }
}
