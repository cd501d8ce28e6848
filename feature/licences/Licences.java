import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Program of the build that writes what the licences of other people's work ask for: the feature's licence, the texts, and a bill of
 * materials (CycloneDX 1.5). What there is comes from the bundles themselves, its licences from {@code components.txt}. A jar, native
 * library or script without a line there ends the build, and so does a line that nothing needs. Same bundles, same bytes.
 */
public final class Licences {

    private static final String TABLE = "feature/licences/components.txt";

    /** How a jar that is not as Maven Central has it says so. */
    private static final String CHANGES = "META-INF/CHANGES.txt";

    /** A line of components.txt. {@code name} is empty for native code that belongs to its jar, {@code sources} for most. */
    private record Line(String kind, String key, String name, String licence, List<String> texts, String sources) {
    }

    /** A line of components.txt about a text; {@code bytes} is null where there is only an address. */
    private record Text(String address, byte[] bytes) {
    }

    /**
     * A piece of other people's work. {@code place} is unique: bundle, path, and after {@code !} what it is within. {@code purl} is empty
     * for a file of a jar. {@code texts} are those of the line, {@code own} file names of those that came along.
     */
    private record Component(Line line, String group, String name, String version, String purl, String place, String sha256, String changes,
        List<String> own, List<Component> parts) {
    }

    private final Path root;

    private final List<Line> lines = new ArrayList<>();

    private final Map<String, Text> texts = new HashMap<>();

    private final Set<Object> used = new HashSet<>();

    /** Name of the file (without folder) to its bytes. */
    private final Map<String, byte[]> files = new TreeMap<>();

    private final List<Component> components = new ArrayList<>();

    private Licences(final Path root) throws IOException {
        this.root = root;
        for (String text : Files.readAllLines(root.resolve(TABLE))) {
            if (!text.isBlank() && !text.startsWith("#")) {
                read(text);
            }
        }
    }

    private void read(final String text) throws IOException {
        final String[] kindAndRest = text.split(" ", 2);
        // a regular expression may hold a bar, but none between blanks
        final String[] cells = kindAndRest[1].strip().split(" +\\| +");
        final String kind = kindAndRest[0];
        if (kind.equals("text") || kind.equals("link")) {
            final byte[] bytes = kind.equals("link") ? null : Files.readAllBytes(root.resolve(TABLE).resolveSibling("texts").resolve(cells[0] + ".txt"));
            texts.put(cells[0], new Text(cells[1], bytes));
        } else if (cells.length == 1) {
            lines.add(new Line(kind, cells[0], "", "", List.of(), ""));
        } else if (cells.length < 4) {
            throw new IllegalStateException(TABLE + ": name, licence or texts are missing in: " + text);
        } else {
            lines.add(new Line(kind, cells[0], cells[1], cells[2], List.of(cells[3].split(" ")), cells.length == 4 ? "" : cells[4]));
        }
    }

    private Line line(final String kind, final String key, final String place) {
        for (Line line : lines) {
            if (line.kind.equals(kind) && (kind.equals("file") ? key.matches(line.key) : key.equals(line.key))) {
                used.add(line);
                line.texts.forEach(t -> use(t, line));
                return line;
            }
        }
        throw new IllegalStateException(place + " has no licence: add a line '" + kind + " " + key + " | ...' to " + TABLE
            + " (how: docs/CONTRIBUTING.md, \"Add a library\")");
    }

    private void use(final String name, final Line line) {
        final Text text = texts.get(name);
        if (text == null) {
            throw new IllegalStateException(TABLE + ": " + line.key + " wants the text " + name + ", which has no line 'text " + name + " | address'");
        }
        used.add(name);
        if (text.bytes != null) {
            files.put(name + ".txt", text.bytes);
        }
    }

    private static String sha256(final Path file) throws Exception {
        final var digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = Files.newInputStream(file)) {
            final var buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** @return what is in the folder, by name; nothing if there is no such folder */
    private static List<Path> list(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var found = Files.list(folder)) {
            return found.sorted(Comparator.comparing(f -> f.getFileName().toString())).toList();
        }
    }

    private void bundle(final Path bundle, final Properties versions) throws Exception {
        for (Path file : list(bundle.resolve("lib"))) {
            if (file.toString().endsWith(".jar")) {
                jar(file, bundle.getFileName() + "/lib/" + file.getFileName());
            }
        }
        for (Path file : list(bundle.resolve("web/lib"))) {
            if (file.toString().endsWith(".js")) {
                script(file, bundle.getFileName() + "/web/lib/" + file.getFileName(), versions);
            }
        }
    }

    private void script(final Path file, final String place, final Properties versions) throws Exception {
        final String name = file.getFileName().toString().replaceFirst("\\..*", "");
        final Line line = line("npm", name, place);
        final String version = versions.getProperty(name);
        if (version == null) {
            throw new IllegalStateException(place + " has no version: feature/org.spectralsignatures.feature/pom.xml has to give " + name + "=...");
        }
        final List<String> own = new ArrayList<>();
        for (Path text : list(file.getParent())) {
            if (isText(text.getFileName().toString())) {
                own.add(add(name, text.getFileName().toString(), Files.readAllBytes(text)));
            }
        }
        components.add(new Component(line, "", name, version, "pkg:npm/" + name + "@" + version, place, sha256(file), "", own, List.of()));
    }

    private static boolean isText(final String name) {
        return name.matches("([A-Za-z]+-)?(LICENSE|NOTICE|ThirdPartyNotices)[^/]*");
    }

    private String add(final String name, final String file, final byte[] bytes) {
        final String text = name + "-" + file.replaceFirst("\\.(txt|md)$", "") + ".txt";
        files.put(text, bytes);
        return text;
    }

    private void jar(final Path file, final String place) throws Exception {
        final String base = file.getFileName().toString().replaceFirst("\\.jar$", "");
        try (var jar = new ZipFile(file.toFile())) {
            final List<ZipEntry> entries = jar.stream().sorted(Comparator.comparing(ZipEntry::getName)).collect(Collectors.toList());
            final List<Properties> works = works(jar, entries);
            final Properties main = works.stream().filter(p -> (base + "-").startsWith(p.getProperty("artifactId") + "-"))
                .max(Comparator.comparing(p -> p.getProperty("artifactId").length()))
                .orElseThrow(() -> new IllegalStateException(place + " does not say what it is: no pom.properties in META-INF/maven is its own"));
            final List<Component> parts = new ArrayList<>();
            for (Properties work : works) {
                if (work != main) {
                    parts.add(component(work, "", place + "!" + work.getProperty("groupId") + ":" + work.getProperty("artifactId"), "", "", List.of(),
                        List.of()));
                }
            }
            natives(entries, place, parts);
            final String artifact = main.getProperty("artifactId");
            components.add(component(main, base.substring(Math.min(base.length(), artifact.length() + 1)), place, sha256(file), changes(jar),
                ownTexts(jar, entries, artifact), parts));
        }
    }

    private static List<Properties> works(final ZipFile jar, final List<ZipEntry> entries) throws IOException {
        final List<Properties> found = new ArrayList<>();
        for (ZipEntry entry : entries) {
            if (entry.getName().matches("META-INF/maven/.*/pom\\.properties")) {
                final var properties = new Properties();
                try (var in = jar.getInputStream(entry)) {
                    properties.load(in);
                }
                found.add(properties);
            }
        }
        return found.isEmpty() ? byPoms(jar, entries) : found;
    }

    /** What Gradle made has no pom.properties. */
    private static List<Properties> byPoms(final ZipFile jar, final List<ZipEntry> entries) throws IOException {
        final List<Properties> found = new ArrayList<>();
        for (ZipEntry entry : entries) {
            final var place = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom\\.xml").matcher(entry.getName());
            if (place.matches()) {
                final var properties = new Properties();
                properties.setProperty("groupId", place.group(1));
                properties.setProperty("artifactId", place.group(2));
                try (var in = jar.getInputStream(entry)) {
                    final var version = Pattern.compile("<version>([^<]+)</version>").matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    properties.setProperty("version", version.find() ? version.group(1) : "");
                }
                found.add(properties);
            }
        }
        return found;
    }

    private Component component(final Properties work, final String classifier, final String place, final String sha256, final String changes,
        final List<String> own, final List<Component> parts) {
        final String group = work.getProperty("groupId");
        final String artifact = work.getProperty("artifactId");
        final String version = work.getProperty("version");
        final String purl = "pkg:maven/" + group + "/" + artifact + "@" + version + (classifier.isEmpty() ? "" : "?classifier=" + classifier);
        return new Component(line("jar", group + ":" + artifact, place), group, artifact, version, purl, place, sha256, changes, own, parts);
    }

    private static String changes(final ZipFile jar) throws IOException {
        final ZipEntry entry = jar.getEntry(CHANGES);
        if (entry == null) {
            return "";
        }
        try (var in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private List<String> ownTexts(final ZipFile jar, final List<ZipEntry> entries, final String artifact) throws IOException {
        final List<String> own = new ArrayList<>();
        for (ZipEntry entry : entries) {
            final String name = entry.getName().replaceFirst("^META-INF/", "");
            if (isText(name) && (entry.getName().startsWith("META-INF/") || name.startsWith("ThirdPartyNotices"))) {
                try (var in = jar.getInputStream(entry)) {
                    own.add(add(artifact, name, in.readAllBytes()));
                }
            }
        }
        return own;
    }

    /** The check sum of the jar holds for them, too: their own would mean to unpack 1.5 GB. */
    private void natives(final List<ZipEntry> entries, final String place, final List<Component> parts) {
        for (ZipEntry entry : entries) {
            final String name = entry.getName().replaceFirst(".*/", "");
            if (name.matches(".*\\.(dll|dylib|so)|.*\\.so\\.[0-9.]+")) {
                final Line line = line("file", name, place + "!" + entry.getName());
                if (!line.name.isEmpty()) {
                    parts.add(new Component(line, "", name, "", "", place + "!" + entry.getName(), "", "", List.of(), List.of()));
                }
            }
        }
    }

    private void requireAllUsed() {
        final List<String> idle = new ArrayList<>();
        lines.stream().filter(l -> !used.contains(l)).forEach(l -> idle.add(l.kind + " " + l.key));
        texts.keySet().stream().filter(t -> !used.contains(t)).sorted().forEach(t -> idle.add("text " + t));
        if (!idle.isEmpty()) {
            throw new IllegalStateException(TABLE + " has lines that fit nothing in the bundles: " + String.join(", ", idle)
                + " (if that is nearly all, the bundles have not been built)");
        }
    }

    private void writeTexts(final Path folder) throws IOException {
        for (Path old : list(Files.createDirectories(folder))) {
            Files.delete(old);
        }
        for (var file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** @return all components and their parts, each work and version once, by name */
    private List<Component> distinct() {
        final Map<String, Component> found = new LinkedHashMap<>();
        for (Component component : components) {
            found.putIfAbsent(component.line.name + component.version, component);
            component.parts.forEach(p -> found.putIfAbsent(p.line.name + p.version, p));
        }
        return found.values().stream().sorted(Comparator.comparing((Component c) -> c.line.name).thenComparing(Component::version)).toList();
    }

    private String agreement() {
        final var text = new StringBuilder("Spectral Signatures for KNIME is licensed under the Apache License, Version 2.0.\n"
            + "You may obtain a copy at https://www.apache.org/licenses/LICENSE-2.0\n\n"
            + "It holds work of others, under the licences named here. Their texts are in the folder \"licences\" of this feature and of the\n"
            + "update site, and bom.json beside it says which file is whose.\n\n");
        for (Component c : distinct()) {
            text.append("- ").append(c.line.name).append(c.version.isEmpty() ? "" : " " + c.version).append(": ").append(c.line.licence);
            c.line.texts.stream().map(texts::get).filter(t -> t.bytes == null).forEach(t -> text.append(", ").append(t.address));
            text.append(c.line.sources.isEmpty() ? "" : "; sources: " + c.line.sources).append('\n');
        }
        return text.toString();
    }

    private static void writeFeatureProperties(final Path file, final String agreement) throws IOException {
        final var properties = new Properties();
        properties.setProperty("license", agreement);
        final var out = new ByteArrayOutputStream();
        properties.store(out, null);
        // the first line is the date, which would make each build another one
        Files.writeString(file, out.toString(StandardCharsets.ISO_8859_1).lines().filter(l -> !l.startsWith("#"))
            .collect(Collectors.joining("\n", "", "\n")), StandardCharsets.ISO_8859_1);
    }

    private static String quoted(final String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String field(final String name, final String value) {
        return value.isEmpty() ? "" : quoted(name) + ":" + quoted(value);
    }

    private static String list(final String name, final List<String> values) {
        return values.isEmpty() ? "" : quoted(name) + ":[" + String.join(",", values) + "]";
    }

    private static String object(final String... fields) {
        return List.of(fields).stream().filter(f -> !f.isEmpty()).collect(Collectors.joining(",", "{", "}"));
    }

    private String json(final Component c) {
        final List<String> links = new ArrayList<>();
        final List<String> files = new ArrayList<>();
        for (String name : c.line.texts) {
            links.add(object(field("type", "license"), field("url", texts.get(name).address)));
            if (texts.get(name).bytes != null) {
                files.add(name + ".txt");
            }
        }
        if (!c.line.sources.isEmpty()) {
            links.add(object(field("type", "distribution"), field("url", c.line.sources), field("comment", "sources")));
        }
        files.addAll(c.own);
        return object(field("type", c.purl.isEmpty() ? "file" : "library"), field("bom-ref", c.place), field("group", c.group), field("name", c.name),
            field("version", c.version), field("description", c.line.name),
            c.sha256.isEmpty() ? "" : list("hashes", List.of(object(field("alg", "SHA-256"), field("content", c.sha256)))),
            list("licenses", List.of(object(field("expression", c.line.licence)))), field("purl", c.purl),
            c.changes.isEmpty() ? "" : "\"pedigree\":" + object(field("notes", c.changes)), list("externalReferences", links),
            list("properties", files.stream().map(f -> object(field("name", "spectralsignatures:licence"), field("value", "licences/" + f))).toList()),
            list("components", c.parts.stream().map(p -> "\n  " + json(p)).toList()));
    }

    private String bill(final String version) {
        final String product = object(field("type", "application"), field("bom-ref", "org.spectralsignatures.feature"),
            field("name", "Spectral Signatures for KNIME"), field("version", version),
            list("licenses", List.of(object(field("expression", "Apache-2.0")))));
        return object(field("bomFormat", "CycloneDX"), field("specVersion", "1.5"), "\"version\":1", "\"metadata\":{\"component\":" + product + "}",
            list("components", components.stream().map(c -> "\n" + json(c)).toList())) + "\n";
    }

    private void write(final Path folder, final String version) throws IOException {
        writeTexts(folder.resolve("licences"));
        writeFeatureProperties(folder.resolve("feature.properties"), agreement());
        Files.writeString(folder.resolve("bom.json"), bill(version));
    }

    /**
     * @param arguments the repository's root, with the libraries of all bundles in their places; the folder to write feature.properties,
     *            bom.json and licences to; the version of the feature; and NAME=VERSION for each npm package, or bundle=NAME for what that bundle and
     *            its fragments hold alone (without, the bundles of all features are gone through, and no line may be left over)
     */
    public static void main(final String[] arguments) throws Exception {
        try {
            final Path root = Path.of(arguments[0]);
            final var versions = new Properties();
            for (int i = 3; i < arguments.length; i++) {
                final String[] nameAndVersion = arguments[i].split("=", 2);
                versions.setProperty(nameAndVersion[0], nameAndVersion[1]);
            }
            final var licences = new Licences(root);
            final String only = versions.getProperty("bundle", "");
            for (Path bundle : list(root.resolve("plugin"))) {
                if (only.isEmpty() || (bundle.getFileName() + ".").startsWith(only + ".")) {
                    licences.bundle(bundle, versions);
                }
            }
            if (only.isEmpty()) {
                licences.requireAllUsed();
            }
            licences.write(Path.of(arguments[1]), arguments[2]);
        } catch (final IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
