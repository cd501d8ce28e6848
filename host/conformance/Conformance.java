import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares what the host declares in packages {@code org.knime.*} with KNIME's own declarations, as noted in {@code knime.signatures}, and
 * renews that file from checkouts of KNIME's sources. Sources are parsed, not resolved: types are compared by their simple names. How to
 * run it stands in {@code host/API.md}.
 */
final class Conformance {

    private static final String USAGE = """
        java -cp CLASSES Conformance check HOST              compares the sources below HOST with HOST/conformance/knime.signatures
        java -cp CLASSES Conformance renew HOST CHECKOUT...  writes that file from checkouts of KNIME's repositories
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
