import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;

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
