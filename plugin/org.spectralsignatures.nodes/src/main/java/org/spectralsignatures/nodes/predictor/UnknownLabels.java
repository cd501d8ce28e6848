package org.spectralsignatures.nodes.predictor;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.spectralsignatures.image.ClassNames;

/** Labels of images that are none of a network's classes: no prediction can be right for these, so that an accuracy says nothing of the network. */
final class UnknownLabels {

    private static final int SHOWN = 10;

    private final List<String> m_classes;

    private final Set<String> m_known;

    private final Set<String> m_unknown = new TreeSet<>();

    private long m_count;

    private long m_labelled;

    UnknownLabels(final List<String> classes) {
        m_classes = classes;
        m_known = new HashSet<>(classes);
    }

    /** @param label of an image, null for none */
    void see(final String label) {
        if (label == null) {
            return;
        }
        m_labelled++;
        if (!m_known.contains(label)) {
            m_count++;
            m_unknown.add(label);
        }
    }

    /** @return what is odd and what to do, empty for nothing */
    String sentence() {
        if (m_count == 0) {
            return "";
        }
        final String advice = "Their predictions cannot be right. If the classes are meant to be the same, give the network their names in the node that made or read it.";
        return m_count == m_labelled
            ? "No image has a label that is a class of the network: labels are %s, classes are %s. %s".formatted(some(m_unknown), some(m_classes), advice)
            : "%d of %d labelled images have a label that is no class of the network: %s. %s".formatted(m_count, m_labelled, some(m_unknown), advice);
    }

    private static String some(final Collection<String> names) {
        final String shown = ClassNames.join(names.stream().limit(SHOWN).toList());
        return names.size() > SHOWN ? "%s and %d more".formatted(shown, names.size() - SHOWN) : shown;
    }
}
