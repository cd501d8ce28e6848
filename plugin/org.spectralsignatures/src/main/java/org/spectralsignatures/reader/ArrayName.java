package org.spectralsignatures.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an array says of it, for example {@code x_train}, {@code test_labels}, {@code trainX} or {@code train/images}.
 *
 * @param role what it holds; null if the name does not tell
 * @param part of the set; {@link Split#ALL} if the name does not tell
 * @param set the words that tell neither, which sets in one folder are told apart by
 */
record ArrayName(Role role, Split part, String set) {

    /** What an array holds. */
    enum Role {

        /** Images. */
        IMAGES,

        /** Their labels. */
        LABELS,

        /** The names of the classes. */
        CLASS_NAMES
    }

    private static final Map<String, Role> ROLES = Map.ofEntries(Map.entry("x", Role.IMAGES), Map.entry("image", Role.IMAGES), Map.entry("images", Role.IMAGES),
        Map.entry("img", Role.IMAGES), Map.entry("imgs", Role.IMAGES), Map.entry("data", Role.IMAGES), Map.entry("pixels", Role.IMAGES),
        Map.entry("y", Role.LABELS), Map.entry("label", Role.LABELS), Map.entry("labels", Role.LABELS), Map.entry("target", Role.LABELS),
        Map.entry("targets", Role.LABELS), Map.entry("class", Role.LABELS), Map.entry("names", Role.CLASS_NAMES), Map.entry("classnames", Role.CLASS_NAMES),
        Map.entry("classes", Role.CLASS_NAMES), Map.entry("categories", Role.CLASS_NAMES));

    private static final Pattern TOGETHER = Pattern.compile("(train|test|val)(x|y|images?|labels?|data)|(x|y|images?|labels?|data)(train|test|val)");

    static ArrayName of(final String name) {
        Role role = null;
        Split part = Split.ALL;
        final List<String> others = new ArrayList<>();
        for (String word : name.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            final Matcher together = TOGETHER.matcher(word);
            if (together.matches()) {
                role = ROLES.get(together.group(2) == null ? together.group(3) : together.group(2));
                part = part(together.group(1) == null ? together.group(4) : together.group(1));
            } else if (ROLES.containsKey(word)) {
                role = ROLES.get(word); // of several the last: image_labels are labels
            } else if (part(word) != Split.ALL) {
                part = part(word);
            } else if (!word.isEmpty()) {
                others.add(word);
            }
        }
        return new ArrayName(role, part, String.join(" ", others));
    }

    private static Split part(final String word) {
        return word.equals("t10k") || SplitFolders.is(Split.TEST, word) ? Split.TEST : SplitFolders.is(Split.TRAINING, word) ? Split.TRAINING
            : SplitFolders.is(Split.VALIDATION, word) ? Split.VALIDATION : Split.ALL;
    }
}
