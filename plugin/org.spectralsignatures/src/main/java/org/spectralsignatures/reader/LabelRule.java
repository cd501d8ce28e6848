package org.spectralsignatures.reader;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the class of an image from where it lies or how it is named. */
interface LabelRule {

    /**
     * @param folders above the image, below the set's folder or its part, the outermost first
     * @param name of the file
     * @return its class, null if the rule does not tell one
     */
    String label(List<String> folders, String name);

    /** @return what is wrong with an image of which it tells no class */
    default FolderScan.Reason reason() {
        return FolderScan.Reason.NO_CLASS;
    }

    /** @return the rule that takes one of the folders above an image */
    static LabelRule of(final ClassLevel level) {
        return (folders, name) -> folders.isEmpty() ? null : folders.get(level == ClassLevel.FIRST ? 0 : folders.size() - 1);
    }

    /** @return the rule that gives all images one class, for sets whose labels are told elsewhere */
    static LabelRule none() {
        return (folders, name) -> "";
    }

    /**
     * @param text the name of a file, with <code>{label}</code> in place of the class and {@code *} in place of anything; its ending may be left out
     * @return the rule that takes the class out of names
     * @throws IllegalArgumentException if there is not exactly one <code>{label}</code>
     */
    static LabelRule ofNames(final String text) {
        final Pattern pattern = NamePattern.of(text);
        return new LabelRule() {
            @Override
            public String label(final List<String> folders, final String name) {
                final Matcher matcher = pattern.matcher(name);
                return matcher.matches() && !matcher.group(1).isBlank() ? matcher.group(1) : null;
            }

            @Override
            public FolderScan.Reason reason() {
                return FolderScan.Reason.OTHER_NAME;
            }
        };
    }
}
