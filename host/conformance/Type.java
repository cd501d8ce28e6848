import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;

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
