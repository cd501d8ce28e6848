package org.spectralsignatures.host.cache;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.Platform;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * What results depend on beside settings and inputs: the program, that is the bytes of all bundles, since versions do not change with the
 * code; and Java, the language, the processor, how many of them there are, and what steers the numeric libraries. Training gives other bits
 * on another processor or number of threads.
 */
final class Surroundings {

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    private static final List<String> PROPERTIES = List.of("java.version", "java.vm.name", "java.vm.version", "java.vendor.version", "os.name", "os.arch",
        "file.encoding", "line.separator");

    /** Properties of the program itself; what the launcher says of a run begins otherwise. */
    private static final String OWN = "org.spectralsignatures.";

    /** Those of the libraries as they were given to Java: the libraries set others themselves once they run, such as where they unpack files. */
    private static final Pattern GIVEN = Pattern.compile("-D(org\\.nd4j|nd4j|org\\.deeplearning4j|org\\.bytedeco)\\..*");

    private static final Pattern VARIABLES = Pattern.compile("(OMP|GOMP|KMP|MKL|DNNL|ONEDNN|OPENBLAS|GOTO|BLAS|ND4J|SD)_.*|LANG|LC_.*|TZ");

    private Surroundings() {
    }

    /** @return SHA-256 of them; some 0.2 s for each 100 MB of bundles */
    static String fingerprint() throws IOException {
        final Map<String, String> facts = new TreeMap<>();
        PROPERTIES.forEach(name -> facts.put(name, System.getProperty(name, "")));
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith(OWN)).forEach(name -> facts.put(name, System.getProperty(name)));
        facts.put("given", ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(a -> GIVEN.matcher(a).matches()).sorted().toList().toString());
        facts.put("language", Locale.getDefault() + " " + Locale.getDefault(Locale.Category.FORMAT) + " " + TimeZone.getDefault().getID());
        System.getenv().forEach((name, value) -> {
            if (VARIABLES.matcher(name).matches()) {
                facts.put("$" + name, value);
            }
        });
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("processor", processor());
        final var sum = new Sha256();
        facts.forEach((name, value) -> sum.add(name).add(value));
        final Bundle[] bundles = FrameworkUtil.getBundle(Surroundings.class).getBundleContext().getBundles();
        for (Bundle bundle : Arrays.stream(bundles).sorted(Comparator.comparing(Bundle::getSymbolicName).thenComparing(Bundle::getVersion)).toList()) {
            sum.add(bundle.getSymbolicName()).add(bundle.getVersion().toString());
            if (bundle.getBundleId() != 0) {
                sum.add(content(FileLocator.getBundleFile(bundle)));
            }
        }
        return sum.hex();
    }

    /** @return model and instructions of the processor; where the system does not say, the machine's name must do */
    private static String processor() throws IOException {
        if (!Files.isReadable(PROCESSOR)) {
            final Map<String, String> known = System.getenv();
            return String.join(" ", System.getProperty("os.version"), known.getOrDefault("PROCESSOR_IDENTIFIER", ""), known.getOrDefault("COMPUTERNAME", ""),
                known.getOrDefault("HOSTNAME", ""));
        }
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return String.join("\n", lines.takeWhile(line -> !line.isBlank()).filter(line -> line.matches("(?i)(vendor_id|cpu family|model|model name|stepping|"
                + "flags|features|cpu implementer|cpu part|cpu variant)\\s*:.*")).toList());
        }
    }

    /**
     * Where bundles are tested in the folder of their sources the framework's own folder lies below, and it writes there when it likes.
     *
     * @return SHA-256 of a file, or of all files of a folder with their names
     */
    private static String content(final File bundle) throws IOException {
        if (bundle.isFile()) {
            return Sha256.of(bundle.toPath());
        }
        final var sum = new Sha256();
        final Path root = bundle.toPath().toAbsolutePath().normalize();
        final Path framework = framework();
        final boolean below = framework != null && framework.startsWith(root);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> !(below && f.startsWith(framework)) && Files.isRegularFile(f)).sorted().toList()) {
                sum.add(root.relativize(file).toString()).add(Sha256.of(file));
            }
        }
        return sum.hex();
    }

    /** @return the folder of the running framework, null if that is not known */
    private static Path framework() {
        final var area = Platform.getInstallLocation();
        return area == null || area.getURL() == null ? null : new File(area.getURL().getPath()).toPath().toAbsolutePath().normalize();
    }
}
