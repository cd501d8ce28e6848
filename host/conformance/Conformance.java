import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;

/**
 * Compares what the host declares in packages {@code org.knime.*} with KNIME's own declarations, as noted in {@code knime.signatures}, and
 * renews that file from checkouts of KNIME's sources. Sources are parsed, not resolved: types are compared by their simple names. Run with
 * {@code java Conformance.java}; see {@code host/API.md}.
 */
final class Conformance {

    private static final String USAGE = """
        java Conformance.java check HOST              compares the sources below HOST with HOST/conformance/knime.signatures
        java Conformance.java renew HOST CHECKOUT...  writes that file from checkouts of KNIME's repositories
        """;

    private Conformance() {
    }

    /** Status 0 if all is as listed, 1 if something differs, 2 for wrong arguments. */
    public static void main(final String... arguments) throws IOException {
        final var args = List.of(arguments);
        if (args.size() == 2 && args.get(0).equals("check")) {
            System.exit(check(Path.of(args.get(1))));
        } else if (args.size() > 2 && args.get(0).equals("renew")) {
            renew(Path.of(args.get(1)), args.subList(2, args.size()).stream().map(Path::of).toList());
        } else {
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    private static int check(final Path host) throws IOException {
        final Map<String, Declaration> ours = host(host);
        final Map<String, String> knime = signatures(host);
        final Set<String> meant = new TreeSet<>(lines(host.resolve("conformance/deviations.txt")));
        final var differences = new ArrayList<String>();
        int listed = 0;
        for (final var entry : ours.entrySet()) {
            final String difference = difference(entry.getKey(), entry.getValue(), knime.get(entry.getKey()));
            if (difference != null && meant.remove(entry.getKey() + " : " + entry.getValue().text())) {
                listed++;
            } else if (difference != null) {
                differences.add(difference);
            }
        }
        knime.keySet().stream().filter(key -> !ours.containsKey(key))
            .forEach(key -> differences.add(key + "\n    is no longer in the host: renew knime.signatures"));
        meant.forEach(line -> differences.add(line + "\n    is listed in deviations.txt, but the host no longer differs so"));
        differences.forEach(System.out::println);
        final long types = ours.keySet().stream().filter(key -> key.indexOf('#') < 0).count();
        System.out.printf(Locale.ROOT, "%d types, %d members: %d deviations listed, %d other differences%n", types, ours.size() - types, listed, differences.size());
        return differences.isEmpty() ? 0 : 1;
    }

    /** @return what the file says, by key */
    private static Map<String, String> signatures(final Path host) throws IOException {
        final var signatures = new TreeMap<String, String>();
        for (final String line : lines(host.resolve("conformance/knime.signatures"))) {
            final String[] parts = line.split(" : ", 2);
            signatures.put(parts[0], parts[1]);
        }
        return signatures;
    }

    /** @return what to say of a declaration of the host, null if it is as in KNIME */
    private static String difference(final String key, final Declaration ours, final String knime) {
        if (knime == null) {
            return key + "\n    host:  " + ours.text() + "\n    KNIME: has none that knime.signatures knows; renew the file if it is new in the host";
        }
        final boolean same = knime.startsWith("inherited ") ? inheritable(knime, ours) : fewerInterfaces(knime, ours.text());
        return same ? null : key + "\n    host:  " + ours.text() + "\n    KNIME: " + knime;
    }

    /** Nodes that need no more than the host has run in KNIME too: the host's type may implement fewer interfaces. */
    private static boolean fewerInterfaces(final String knime, final String ours) {
        final String word = ours.contains(" interface ") || ours.startsWith("interface ") ? " extends " : " implements ";
        final String[] theirs = (" " + knime).split(word + "(?![^<]*>[^<]*$)", 2);
        final String[] mine = (" " + ours).split(word + "(?![^<]*>[^<]*$)", 2);
        final var interfaces = new TreeSet<>(mine.length == 2 ? List.of(mine[1].split(", (?![^<]*>)")) : List.of());
        return mine[0].equals(theirs[0]) && (interfaces.isEmpty() || theirs.length == 2 && List.of(theirs[1].split(", (?![^<]*>)")).containsAll(interfaces));
    }

    private static boolean inheritable(final String knime, final Declaration ours) {
        final String[] parts = knime.split(": ", 2);
        return parts.length == 1 || parts[1].equals(ours.inherited());
    }

    private static void renew(final Path host, final List<Path> checkouts) throws IOException {
        final var knime = new Sources(checkouts);
        final var signatures = new ArrayList<String>();
        for (final String key : host(host).keySet()) {
            knime.find(key).ifPresent(text -> signatures.add(key + " : " + text));
        }
        final var lines = new ArrayList<String>();
        lines.add("# What KNIME declares of the types and members that the host has too; written by Conformance.java, see host/API.md.");
        for (final Path checkout : checkouts) {
            lines.add("# " + checkout.toAbsolutePath().normalize().getFileName() + " " + commit(checkout) + ": " + knime.bundles(checkout));
        }
        lines.addAll(signatures);
        Files.write(host.resolve("conformance/knime.signatures"), lines);
        System.out.println(signatures.size() + " signatures written");
    }

    /** @return commit and its date */
    private static String commit(final Path checkout) throws IOException {
        final Process git = new ProcessBuilder("git", "-C", checkout.toString(), "log", "-1", "--date=short", "--format=%H %cd").start();
        final String text = new String(git.getInputStream().readAllBytes()).strip();
        if (text.isEmpty()) {
            throw new IOException(checkout + " is no checkout of git: the file must say what it was made from.");
        }
        return text;
    }

    private static List<String> lines(final Path file) throws IOException {
        return Files.readAllLines(file).stream().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    }

    /** @return all that the host declares in packages of KNIME, by key */
    private static Map<String, Declaration> host(final Path host) throws IOException {
        final var declarations = new TreeMap<String, Declaration>();
        try (Stream<Path> files = Files.walk(host)) {
            for (final Path file : files.filter(f -> f.toString().replace('\\', '/').matches(".*/(src|api)/org/knime/.*[A-Z]\\w*\\.java")).sorted().toList()) {
                new Unit(file).types().values().stream().filter(Type::visible).forEach(type -> type.declare(declarations));
            }
        }
        return declarations;
    }
}

/**
 * A declaration as text.
 *
 * @param text modifiers, kind, name, types, exceptions, annotations, constant or default
 * @param inherited the same without what a class may change that inherits it
 */
record Declaration(String text, String inherited) {
}

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

/** A source file. */
final class Unit {

    private final CompilationUnitTree m_tree;

    private final Map<String, Type> m_types = new TreeMap<>();

    Unit(final Path file) {
        final var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            final var task = (JavacTask)compiler.getTask(null, manager, d -> { }, null, null, manager.getJavaFileObjects(file));
            m_tree = task.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        m_tree.getTypeDecls().stream().filter(ClassTree.class::isInstance).forEach(t -> add(m_tree.getPackageName().toString(), (ClassTree)t, null));
    }

    private void add(final String prefix, final ClassTree tree, final Type outer) {
        final var type = new Type(prefix + "." + tree.getSimpleName(), tree, outer, this);
        m_types.put(type.name(), type);
        tree.getMembers().stream().filter(ClassTree.class::isInstance).forEach(t -> add(type.name(), (ClassTree)t, type));
    }

    /** @return by qualified name, nested ones too */
    Map<String, Type> types() {
        return m_types;
    }

    /** @return the qualified names that a simple one may stand for inside a type */
    List<String> candidates(final String name, final String from) {
        final var names = new ArrayList<String>();
        for (String outer = from; outer.contains("."); outer = outer.substring(0, outer.lastIndexOf('.'))) {
            names.add(outer + "." + name);
        }
        m_tree.getImports().stream().map(i -> i.getQualifiedIdentifier().toString()).forEach(i -> {
            if (i.endsWith("." + name)) {
                names.add(0, i);
            } else if (i.endsWith(".*")) {
                names.add(i.substring(0, i.length() - 1) + name);
            }
        });
        names.add("java.lang." + name);
        return names;
    }
}

/**
 * A type as it is declared.
 *
 * @param name qualified, with dots for nested types
 * @param tree what the parser saw
 * @param outer null at the top
 * @param unit its file
 */
record Type(String name, ClassTree tree, Type outer, Unit unit) {

    private static final Set<Kind> INTERFACES = Set.of(Kind.INTERFACE, Kind.ANNOTATION_TYPE);

    boolean visible() {
        final Set<String> modifiers = modifiers();
        return (modifiers.contains("public") || modifiers.contains("protected")) && (outer == null || outer.visible());
    }

    String simpleName() {
        return tree.getSimpleName().toString();
    }

    private boolean isInterface() {
        return INTERFACES.contains(tree.getKind());
    }

    private Set<String> modifiers() {
        final Set<String> modifiers = Text.modifiers(tree.getModifiers());
        if (outer != null && outer.isInterface()) {
            modifiers.add("public");
        }
        if (outer != null && (outer.isInterface() || tree.getKind() != Kind.CLASS)) {
            modifiers.add("static");
        }
        if (tree.getKind() == Kind.RECORD) {
            modifiers.add("final");
        }
        return modifiers;
    }

    /** @return what it extends and implements */
    List<Tree> supertypes() {
        final var types = new ArrayList<Tree>(tree.getImplementsClause());
        if (tree.getExtendsClause() != null) {
            types.add(0, tree.getExtendsClause());
        }
        return types;
    }

    /** @return the arguments by the names of the type's parameters */
    Map<String, String> variables(final List<String> arguments) {
        final var variables = new HashMap<String, String>();
        for (int i = 0; i < Math.min(arguments.size(), tree.getTypeParameters().size()); i++) {
            variables.put(tree.getTypeParameters().get(i).getName().toString(), arguments.get(i));
        }
        return variables;
    }

    /** Adds the type and its visible members, by key; nested types stand for themselves. */
    void declare(final Map<String, Declaration> declarations) {
        declarations.put(name, new Declaration(text(), ""));
        for (final Tree member : tree.getMembers()) {
            if (member instanceof MethodTree method) {
                method(method, declarations);
            } else if (member instanceof VariableTree field) {
                field(field, declarations);
            }
        }
        final boolean constructed = tree.getMembers().stream().anyMatch(m -> m instanceof MethodTree method && method.getReturnType() == null);
        if (tree.getKind() == Kind.CLASS && !constructed) {
            final Set<String> access = modifiers();
            access.retainAll(Set.of("public", "protected"));
            put(declarations, "new()", "", access, "new()");
        }
        if (tree.getKind() == Kind.RECORD) {
            components(declarations);
        }
    }

    private String text() {
        final String kind = tree.getKind().name().toLowerCase(Locale.ROOT).replace("annotation_type", "@interface");
        final var text = new StringBuilder(Text.annotations(tree.getModifiers()) + Text.joined(modifiers()) + kind + " " + simpleName());
        text.append(Text.parameters(tree.getTypeParameters()));
        if (tree.getExtendsClause() != null) {
            text.append(" extends ").append(Text.simple(tree.getExtendsClause().toString()));
        }
        final String interfaces = Text.sorted(tree.getImplementsClause());
        return text.append(interfaces.isEmpty() ? "" : (isInterface() ? " extends " : " implements ") + interfaces).toString();
    }

    private void method(final MethodTree tree, final Map<String, Declaration> declarations) {
        final Set<String> modifiers = Text.modifiers(tree.getModifiers());
        if (isInterface() && !tree.getModifiers().getFlags().contains(javax.lang.model.element.Modifier.PRIVATE)) {
            modifiers.add("public");
            if (tree.getBody() == null) {
                modifiers.add("abstract");
            }
        }
        if (this.tree.getKind() == Kind.ENUM) {
            // Whether each constant has its own is nothing that a caller sees.
            modifiers.remove("abstract");
        }
        final String parameters = tree.getParameters().stream().map(Type::parameter).collect(Collectors.joining(", ", "(", ")"));
        final String called = (tree.getReturnType() == null ? "new" : tree.getName()) + parameters;
        final String generic = Text.parameters(tree.getTypeParameters());
        final String type = tree.getReturnType() == null ? "" : Text.simple(tree.getReturnType().toString()) + " ";
        final String exceptions = Text.sorted(tree.getThrows());
        final String value = tree.getDefaultValue() == null ? "" : " default " + Text.simple(tree.getDefaultValue().toString());
        put(declarations, called, Text.annotations(tree.getModifiers()), modifiers,
            (generic.isEmpty() ? "" : generic + " ") + type + called + (exceptions.isEmpty() ? "" : " throws " + exceptions) + value);
    }

    private static String parameter(final VariableTree parameter) {
        // The parser writes the dots of a variable number of arguments only with the whole parameter.
        final String type = Text.simple(parameter.getType().toString());
        return parameter.toString().contains("...") ? type.replaceFirst("\\[]$", "") + "..." : type;
    }

    private void field(final VariableTree field, final Map<String, Declaration> declarations) {
        final boolean constant = tree.getKind() == Kind.ENUM && field.getInitializer() instanceof NewClassTree made
            && made.getIdentifier().toString().equals(simpleName()) && field.getType().toString().equals(simpleName());
        final Set<String> modifiers = Text.modifiers(field.getModifiers());
        if (constant || isInterface()) {
            modifiers.addAll(Set.of("public", "static", "final"));
        }
        final Tree value = field.getInitializer();
        final boolean literal = value instanceof LiteralTree || value instanceof UnaryTree unary && unary.getExpression() instanceof LiteralTree;
        final boolean fixed = literal && modifiers.containsAll(Set.of("static", "final"));
        put(declarations, field.getName().toString(), Text.annotations(field.getModifiers()), modifiers,
            (constant ? "enum constant" : Text.simple(field.getType().toString())) + " " + field.getName() + (fixed ? " = " + value : ""));
    }

    private void components(final Map<String, Declaration> declarations) {
        final List<VariableTree> components = tree.getMembers().stream().filter(VariableTree.class::isInstance).map(VariableTree.class::cast)
            .filter(f -> !f.getModifiers().getFlags().contains(javax.lang.model.element.Modifier.STATIC)).toList();
        final String constructor = components.stream().map(Type::parameter).collect(Collectors.joining(", ", "new(", ")"));
        final Set<String> access = modifiers();
        access.retainAll(Set.of("public", "protected"));
        if (!declarations.containsKey(name + "#" + constructor)) {
            put(declarations, constructor, "", access, constructor);
        }
        for (final VariableTree component : components) {
            final String accessor = component.getName() + "()";
            if (!declarations.containsKey(name + "#" + accessor)) {
                put(declarations, accessor, "", new TreeSet<>(Set.of("public")), Text.simple(component.getType().toString()) + " " + accessor);
            }
        }
    }

    private void put(final Map<String, Declaration> declarations, final String key, final String annotations, final Set<String> modifiers, final String rest) {
        if (modifiers.contains("public") || modifiers.contains("protected")) {
            final var kept = new TreeSet<>(modifiers);
            kept.removeAll(Set.of("abstract", "default"));
            declarations.put(name + "#" + key, new Declaration(annotations + Text.joined(modifiers) + rest, Text.joined(kept) + rest));
        }
    }
}

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
