package org.spectralsignatures.training;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Manifest;

/**
 * Where a training runs. None of it is chosen, so a training may go on elsewhere; its last digits may then differ from those without interruption, which is told.
 *
 * @param version of this library
 * @param machine system and processor
 * @param java version of Java
 */
record Surroundings(String version, String machine, String java) {

    private static final String UNKNOWN = "unknown";

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private static final String BUNDLE = "org.spectralsignatures";

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** @return those of this process */
    static Surroundings here() {
        return new Surroundings(ownVersion(), "%s %s, %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch"), processor()), System.getProperty("java.version"));
    }

    /** The manifest of our bundle, which on a class path is one of many. */
    private static String ownVersion() {
        try {
            for (URL url : Collections.list(Surroundings.class.getClassLoader().getResources(MANIFEST))) {
                try (InputStream in = url.openStream()) {
                    final var attributes = new Manifest(in).getMainAttributes();
                    final String name = attributes.getValue("Bundle-SymbolicName");
                    if (name != null && name.split(";")[0].strip().equals(BUNDLE)) {
                        return attributes.getValue("Bundle-Version");
                    }
                }
            }
        } catch (IOException e) { // NOSONAR it is only told
            return UNKNOWN;
        }
        return UNKNOWN;
    }

    /** As Linux names it, with what oneDNN was told about it. */
    private static String processor() {
        final String limit = System.getenv("ONEDNN_MAX_CPU_ISA");
        String model = UNKNOWN;
        if (Files.isReadable(PROCESSORS)) {
            try (var lines = Files.lines(PROCESSORS)) {
                model = lines.filter(line -> line.startsWith("model name")).map(line -> line.replaceFirst("^[^:]*:\\s*", "")).findFirst().orElse(UNKNOWN);
            } catch (IOException | RuntimeException e) { // NOSONAR it is only told
                model = UNKNOWN;
            }
        }
        return limit == null ? model : model + ", at most " + limit;
    }

    /**
     * @param here where the training goes on
     * @return a sentence on what differs; empty if nothing does
     */
    String difference(final Surroundings here) {
        if (equals(here)) {
            return "";
        }
        final var text = new StringBuilder();
        add(text, "version", version, here.version);
        add(text, "machine", machine, here.machine);
        add(text, "Java", java, here.java);
        return "The checkpoint was written elsewhere (%s): the network may differ in its last digits from one that was trained without interruption.".formatted(text);
    }

    private static void add(final StringBuilder text, final String what, final String there, final String here) {
        if (!there.equals(here)) {
            text.append(text.isEmpty() ? "" : "; ").append("%s %s, here %s".formatted(what, there, here));
        }
    }
}
