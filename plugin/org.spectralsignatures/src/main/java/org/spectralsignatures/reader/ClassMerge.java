package org.spectralsignatures.reader;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.image.ClassNames;

/**
 * Several classes that become one (paper, Table 3: cats and dogs become pets).
 *
 * @param name of the new class
 * @param members the classes that it consists of
 */
public record ClassMerge(String name, List<String> members) {

    /**
     * @param text for example {@code pets=cat,dog; vehicles=automobile,truck}; empty for none; names are quoted
     *            where they have special characters, see {@link ClassNames}
     * @return the merges
     * @throws IllegalArgumentException if the text has another form or a class stands in two of them
     */
    public static List<ClassMerge> parse(final String text) {
        final var merges = new ArrayList<ClassMerge>();
        final var seen = new ArrayList<String>();
        for (String part : ClassNames.split(text, ';')) {
            if (part.isBlank()) {
                continue;
            }
            final List<String> sides = ClassNames.split(part, '=');
            final String name = ClassNames.unquote(sides.get(0));
            final List<String> members = sides.size() == 2 ? names(sides.get(1)) : List.of();
            if (members.isEmpty() || name.isEmpty()) {
                throw new IllegalArgumentException(
                    "'%s' does not say how to merge classes. Write it as pets=cat,dog.".formatted(part));
            }
            for (String member : members) {
                if (seen.contains(member)) {
                    throw new IllegalArgumentException("Class '%s' is merged twice.".formatted(member));
                }
                seen.add(member);
            }
            merges.add(new ClassMerge(name, members));
        }
        return List.copyOf(merges);
    }

    /**
     * @param text names with commas between them; quoted where they have special characters, see {@link ClassNames}
     * @return the names without spaces around them
     * @throws IllegalArgumentException if a quote is not closed
     */
    public static List<String> names(final String text) {
        return List.copyOf(ClassNames.parse(text));
    }
}
