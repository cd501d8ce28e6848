import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;

/** How parts of a declaration are written. */
final class Text {

    /** In the order in which they are written; others are no part of a signature. */
    private static final List<String> MODIFIERS = List.of("public", "protected", "static", "abstract", "final", "default", "sealed", "non-sealed");

    /** They say nothing to who uses a type. */
    private static final Set<String> UNHEEDED = Set.of("Override", "SuppressWarnings", "SafeVarargs");

    /** Packages and outer types before a name, but not a type before {@code .class}; or a text in quotes, which stays. */
    private static final Pattern QUALIFIER = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\")|\\b(?:[A-Za-z_]\\w*\\.)+(?=[A-Za-z_])(?!class\\b)");

    private Text() {
    }

    /** @return types without packages and outer types, blanks in one way */
    static String simple(final String text) {
        return QUALIFIER.matcher(text).replaceAll("$1").replaceAll("\\s+", " ").replaceAll(" ?, ?", ", ").strip();
    }

    static Set<String> modifiers(final ModifiersTree tree) {
        return tree.getFlags().stream().map(Object::toString).filter(MODIFIERS::contains).collect(Collectors.toCollection(TreeSet::new));
    }

    static String joined(final Set<String> modifiers) {
        return MODIFIERS.stream().filter(modifiers::contains).map(m -> m + " ").collect(Collectors.joining());
    }

    static String annotations(final ModifiersTree tree) {
        return tree.getAnnotations().stream().filter(a -> !UNHEEDED.contains(simple(a.getAnnotationType().toString()))).map(Text::annotation).sorted()
            .collect(Collectors.joining());
    }

    private static String annotation(final AnnotationTree tree) {
        return simple(tree.toString()).replace("()", "").replaceAll("\\(value = ", "(").replaceAll("\\(\\{([^,}]*)}\\)", "($1)") + " ";
    }

    static String parameters(final List<? extends Tree> parameters) {
        return parameters.isEmpty() ? "" : parameters.stream().map(p -> simple(p.toString())).collect(Collectors.joining(", ", "<", ">"));
    }

    static String sorted(final List<? extends Tree> types) {
        return types.stream().map(t -> simple(t.toString())).sorted().collect(Collectors.joining(", "));
    }

    /** @return the text with each type parameter replaced by what stands for it */
    static String replaced(final String text, final Map<String, String> variables) {
        String result = text;
        for (final var variable : variables.entrySet()) {
            result = result.replaceAll("\\b" + variable.getKey() + "\\b", java.util.regex.Matcher.quoteReplacement(variable.getValue()));
        }
        return result;
    }

    static Optional<Class<?>> jdk(final String name) {
        try {
            return name.startsWith("java") ? Optional.of(Class.forName(name)) : Optional.empty();
        } catch (ClassNotFoundException e) { // NOSONAR only a guess
            return Optional.empty();
        }
    }

    /** @return that Java's own library declares it: the compiler sees to the rest */
    static Optional<String> inJdk(final Class<?> type, final String member) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (Arrays.stream(c.getDeclaredMethods()).filter(m -> !Modifier.isPrivate(m.getModifiers())).anyMatch(m -> called(m).equals(erased(member)))) {
                return Optional.of("inherited from " + c.getSimpleName());
            }
            for (final Class<?> i : c.getInterfaces()) {
                final Optional<String> found = inJdk(i, member);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static String called(final Executable method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    private static String erased(final String member) {
        String text = member.replace("...", "[]");
        while (text.contains("<")) {
            text = text.replaceAll("<[^<>]*>", "");
        }
        return text;
    }
}
