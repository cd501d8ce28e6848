package org.spectralsignatures.reader;

import java.util.ArrayList;
import java.util.List;

/**
 * Several classes that become one (paper, Table 3: cats and dogs become pets).
 *
 * @param name of the new class
 * @param members the classes that it consists of
 */
public record ClassMerge(String name, List<String> members) {

    /**
     * @param text for example {@code pets=cat,dog; vehicles=automobile,truck}; empty for none
     * @return the merges
     * @throws IllegalArgumentException if the text has another form or a class stands in two of them
     */
    public static List<ClassMerge> parse(final String text) {
        final var merges = new ArrayList<ClassMerge>();
        final var seen = new ArrayList<String>();
        for (String part : text.split(";")) {
            if (part.isBlank()) {
                continue;
            }
            final String[] sides = part.split("=", -1);
            final List<String> members = sides.length == 2 ? names(sides[1]) : List.of();
            if (members.isEmpty() || sides[0].isBlank()) {
                throw new IllegalArgumentException("'%s' does not say how to merge classes. Write it as pets=cat,dog.".formatted(part.strip()));
            }
            for (String member : members) {
                if (seen.contains(member)) {
                    throw new IllegalArgumentException("Class '%s' is merged twice.".formatted(member));
                }
                seen.add(member);
            }
            merges.add(new ClassMerge(sides[0].strip(), members));
        }
        return List.copyOf(merges);
    }

    /**
     * @param text names with commas between them
     * @return the names without spaces around them
     */
    public static List<String> names(final String text) {
        final var names = new ArrayList<String>();
        for (String name : text.split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return List.copyOf(names);
    }
}
