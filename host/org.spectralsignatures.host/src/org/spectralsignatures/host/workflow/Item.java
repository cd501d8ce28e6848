package org.spectralsignatures.host.workflow;

import org.spectralsignatures.host.text.VisibleText;

/** What stands in a workflow: a node, or a metanode or component with nodes in it. */
sealed interface Item permits NodeItem, Level {

    /** @return where it stands */
    Level parent();

    /** @return its number there */
    int id();

    /** @return its name */
    String name();

    /** @return its number in the whole workflow as KNIME writes it: {@code 5:3} in metanode 5, {@code 5:0:3} in component 5 */
    default String path() {
        return path(parent(), id());
    }

    /** @return what would be the number in the whole workflow of something in a level */
    static String path(final Level level, final int id) {
        if (level == null) {
            return "";
        }
        final String before = level.path();
        return (before.isEmpty() ? "" : before + ":") + (level.kind() == Level.Kind.COMPONENT ? "0:" : "") + id;
    }

    /** @return for example {@code ResNet Learner (#4)} */
    default String label() {
        return VisibleText.line(name()) + " (#" + path() + ")";
    }
}
