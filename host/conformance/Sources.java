import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;

/** KNIME's sources, parsed as they are asked for. */
final class Sources {

    private final Map<String, Path> m_files = new HashMap<>();

    private final Map<Path, Unit> m_units = new HashMap<>();

    Sources(final List<Path> checkouts) throws IOException {
        for (final Path checkout : checkouts) {
            try (Stream<Path> files = Files.walk(checkout)) {
                files.filter(f -> f.toString().endsWith(".java")).forEach(file -> {
                    final String path = file.toString().replace('\\', '/');
                    final int start = path.indexOf("/org/knime/");
                    if (start >= 0 && !path.contains(".tests/")) {
                        m_files.put(path.substring(start + 1, path.length() - 5).replace('/', '.'), file);
                    }
                });
            }
        }
    }

    /** @return a type of KNIME by its qualified name, nested ones too; null if there is none */
    Type type(final String name) {
        String outer = name;
        while (!m_files.containsKey(outer)) {
            final int dot = outer.lastIndexOf('.');
            if (dot < 0) {
                return null;
            }
            outer = outer.substring(0, dot);
        }
        return m_units.computeIfAbsent(m_files.get(outer), Unit::new).types().get(name);
    }

    /** @return the bundles of a checkout that anything was read from, with their versions */
    String bundles(final Path checkout) throws IOException {
        final var bundles = new TreeSet<String>();
        for (final Path file : m_units.keySet()) {
            Path folder = file;
            while (folder.startsWith(checkout) && !Files.exists(folder.resolve("META-INF/MANIFEST.MF"))) {
                folder = folder.getParent();
            }
            if (folder.startsWith(checkout)) {
                try (InputStream in = Files.newInputStream(folder.resolve("META-INF/MANIFEST.MF"))) {
                    bundles.add(folder.getFileName() + " " + new Manifest(in).getMainAttributes().getValue("Bundle-Version").replace(".qualifier", ""));
                }
            }
        }
        return String.join(", ", bundles);
    }

    /** @return what KNIME declares under a key, or inherits */
    Optional<String> find(final String key) {
        final String[] parts = key.split("#", 2);
        final Type type = type(parts[0]);
        if (type == null || !type.visible()) {
            return Optional.empty();
        }
        final Map<String, Declaration> own = new TreeMap<>();
        type.declare(own);
        if (own.containsKey(key)) {
            return Optional.of(own.get(key).text());
        }
        return parts.length == 1 || parts[1].startsWith("new(") ? Optional.empty() : inherited(type, parts[1], Map.of());
    }

    /** @param variables what stands for the type's parameters in the type that inherits */
    private Optional<String> inherited(final Type type, final String member, final Map<String, String> variables) {
        for (final Tree tree : type.supertypes()) {
            final String name = Text.simple((tree instanceof ParameterizedTypeTree p ? p.getType() : tree).toString());
            final List<String> arguments = tree instanceof ParameterizedTypeTree p
                ? p.getTypeArguments().stream().map(a -> Text.replaced(Text.simple(a.toString()), variables)).toList() : List.of();
            final Optional<String> found = inSupertype(type, name, arguments, member);
            if (found.isPresent()) {
                return found;
            }
        }
        return Text.inJdk(Object.class, member);
    }

    private Optional<String> inSupertype(final Type type, final String name, final List<String> arguments, final String member) {
        final List<String> candidates = type.unit().candidates(name, type.name());
        for (final String candidate : candidates) {
            final Type supertype = type(candidate);
            if (supertype != null) {
                final var variables = supertype.variables(arguments);
                final var declared = new TreeMap<String, Declaration>();
                supertype.declare(declared);
                for (final var entry : declared.entrySet()) {
                    final int start = entry.getKey().indexOf('#') + 1;
                    if (start > 0 && Text.replaced(entry.getKey().substring(start), variables).equals(member)) {
                        return Optional.of("inherited from " + supertype.simpleName() + ": " + Text.replaced(entry.getValue().inherited(), variables));
                    }
                }
                return inherited(supertype, member, variables);
            }
        }
        return candidates.stream().flatMap(c -> Text.jdk(c).stream()).findFirst().flatMap(c -> Text.inJdk(c, member));
    }
}
