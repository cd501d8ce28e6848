package org.spectralsignatures.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of the structure. Each gives a line for each offender, and none where all is well. */
final class Rules {

    private static final String OURS = "org.spectralsignatures";

    private static final String NODES = "org.spectralsignatures.nodes";

    private static final String ONNX = "org.spectralsignatures.onnx";

    private static final String CPU_ENGINE = "org.spectralsignatures.engine.cpu";

    private static final String CUDA_ENGINE = "org.spectralsignatures.engine.cuda";

    /** The bundle of DL4J's jars, which replaces a class of theirs. */
    private static final String DL4J_BUNDLE = "plugin/org.spectralsignatures.dl4j";

    private static final Pattern FIRST_SENTENCE = Pattern.compile("/\\*\\*(.*?\\.)(?=\\s)", Pattern.DOTALL);

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.\\d]+)` \\| (.*?) \\| .* \\|$");

    private Rules() {
    }

    /** The library and its engines know neither KNIME nor the nodes. */
    static List<String> libraryKnowsNoKnime(final List<JavaSource> sources) {
        return mentions(sources, Rules::isLibrary, name -> below(name, "org.knime") || below(name, NODES));
    }

    /** The host finds nodes through the extension registry and names none. */
    static List<String> hostKnowsNoNodes(final List<JavaSource> sources) {
        return mentions(sources, source -> source.bundle().startsWith("host/"), name -> below(name, NODES));
    }

    /** What computes networks is named in its engine only, and what runs ONNX models in its bundle. Both engines have a JavaCPP of their own. */
    static List<String> numericLibrariesStayInTheirEngine(final List<JavaSource> sources) {
        final var offenders = new ArrayList<>(mentions(sources, source -> !below(source.packageName(), ONNX), name -> below(name, "ai.onnxruntime")));
        final Predicate<JavaSource> elsewhere = source -> !below(source.packageName(), CPU_ENGINE) && !source.bundle().equals(DL4J_BUNDLE);
        offenders.addAll(mentions(sources, elsewhere, name -> below(name, "org.nd4j") || below(name, "org.deeplearning4j")));
        offenders.addAll(mentions(sources, elsewhere.and(source -> !below(source.packageName(), CUDA_ENGINE)), name -> below(name, "org.bytedeco")));
        offenders.addAll(mentions(sources, source -> !below(source.packageName(), CUDA_ENGINE), name -> below(name, "org.bytedeco.cuda")));
        return offenders;
    }

    /**
     * Our packages, of whichever bundle, depend on each other in one direction. Packages that KNIME has, too, count as ways between ours but are
     * not blamed: in KNIME they form circles.
     */
    static List<String> packagesFormNoCircle(final List<JavaSource> sources) {
        final var offenders = new ArrayList<String>();
        final var reached = closure(dependencies(sources));
        reached.forEach((from, targets) -> {
            if (targets.contains(from) && below(from, OURS)) {
                final var circle = new TreeSet<>(targets);
                circle.removeIf(target -> !reached.get(target).contains(from));
                offenders.add(from + " is in a circle of " + circle);
            }
        });
        return offenders;
    }

    /** What several nodes need lies beside them: no package of a node names one of another, nor does what they share. */
    static List<String> nodesKnowNoOtherNodes(final List<JavaSource> sources) {
        final var nodes = names(sources, source -> below(source.packageName(), NODES) && source.path().endsWith("NodeFactory.java"));
        final var offenders = new ArrayList<String>();
        for (JavaSource source : sources) {
            source.mentions().stream().filter(name -> nodes.stream().anyMatch(node -> below(name, node) && !node.equals(source.packageName())))
                .forEach(name -> offenders.add(source.path() + " names " + name));
        }
        return offenders;
    }

    /** No package holds the factories of two nodes. */
    static List<String> onePackageForEachNode(final List<JavaSource> sources) {
        final var offenders = new ArrayList<String>();
        sources.stream().filter(source -> below(source.packageName(), NODES) && source.path().endsWith("NodeFactory.java"))
            .collect(Collectors.groupingBy(JavaSource::packageName, TreeMap::new, Collectors.mapping(JavaSource::path, Collectors.toList())))
            .forEach((name, factories) -> {
                if (factories.size() > 1) {
                    offenders.add(name + " holds several nodes: " + factories);
                }
            });
        return offenders;
    }

    /** Each package of ours says in a {@code package-info.java} what it is. */
    static List<String> packagesAreDescribed(final List<JavaSource> sources) {
        final var missing = names(sources, source -> below(source.packageName(), OURS));
        missing.removeAll(names(sources, JavaSource::describesPackage));
        return missing.stream().map(name -> name + " has no package-info.java").toList();
    }

    /** The table of packages has a row for each package of the library, with the first sentence of its description. */
    static List<String> documentNamesThePackages(final List<JavaSource> sources, final String document) {
        final Map<String, String> rows = new TreeMap<>();
        ROW.matcher(document).results().forEach(row -> rows.put("org.spectralsignatures." + row.group(1), row.group(2)));
        final var offenders = new ArrayList<String>();
        final var library = sources.stream().filter(Rules::isLibrary).toList();
        for (JavaSource source : library) {
            if (source.describesPackage() && !firstSentence(source).equals(rows.get(source.packageName()))) {
                offenders.add(source.packageName() + ": the table says '" + rows.get(source.packageName()) + "', its package-info '"
                    + firstSentence(source) + "'");
            }
        }
        rows.keySet().removeAll(names(library, source -> true));
        rows.keySet().forEach(name -> offenders.add(name + " stands in the table and is no package"));
        return offenders;
    }

    private static String firstSentence(final JavaSource source) {
        final var found = FIRST_SENTENCE.matcher(source.text());
        if (!found.find()) {
            return "";
        }
        return found.group(1).replaceAll("\\s+\\*?\\s*", " ").replaceAll("\\{@code ([^}]*)}", "`$1`").strip();
    }

    private static boolean isLibrary(final JavaSource source) {
        return source.bundle().startsWith("plugin/") && !source.bundle().equals(DL4J_BUNDLE) && !below(source.packageName(), NODES);
    }

    private static boolean below(final String name, final String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }

    private static List<String> mentions(final List<JavaSource> sources, final Predicate<JavaSource> where, final Predicate<String> what) {
        return sources.stream().filter(where)
            .flatMap(source -> source.mentions().stream().filter(what).map(name -> source.path() + " names " + name)).toList();
    }

    private static Set<String> names(final List<JavaSource> sources, final Predicate<JavaSource> which) {
        return sources.stream().filter(which).map(JavaSource::packageName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** For each package those of the repository that its classes name. */
    private static Map<String, Set<String>> dependencies(final List<JavaSource> sources) {
        final Set<String> packages = names(sources, source -> true);
        final Map<String, Set<String>> dependencies = new TreeMap<>();
        packages.forEach(name -> dependencies.put(name, new TreeSet<>()));
        for (JavaSource source : sources) {
            for (String name : source.mentions()) {
                final String target = longest(packages, name);
                if (target != null && !target.equals(source.packageName())) {
                    dependencies.get(source.packageName()).add(target);
                }
            }
        }
        return dependencies;
    }

    private static String longest(final Set<String> packages, final String name) {
        for (String prefix = name; prefix.contains("."); prefix = prefix.substring(0, prefix.lastIndexOf('.'))) {
            if (packages.contains(prefix)) {
                return prefix;
            }
        }
        return null;
    }

    /** What each package reaches in one step or more. */
    private static Map<String, Set<String>> closure(final Map<String, Set<String>> direct) {
        final Map<String, Set<String>> reached = new TreeMap<>();
        for (String from : direct.keySet()) {
            final var seen = new TreeSet<String>();
            final var open = new ArrayList<>(direct.get(from));
            while (!open.isEmpty()) {
                final String next = open.remove(open.size() - 1);
                if (seen.add(next)) {
                    open.addAll(direct.get(next));
                }
            }
            reached.put(from, seen);
        }
        return reached;
    }
}
