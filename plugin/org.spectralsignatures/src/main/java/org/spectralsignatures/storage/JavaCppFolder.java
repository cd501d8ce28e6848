package org.spectralsignatures.storage;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The folder that an engine's JavaCPP unpacks native libraries into: one of its own, so that another version of JavaCPP in the
 * same process (that of another engine, and KNIME's columnar tables bring one) never writes to a file that is loaded. It lies in the installation's
 * configuration area, or below JavaCPP's usual place in the home folder where there is none that lasts; its name holds the versions of the libraries, and those
 * of other versions go when nobody uses them. Who sets {@value #PROPERTY} decides alone.
 */
public final class JavaCppFolder {

    /** JavaCPP's own property: the folder that the user wants. */
    public static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    private static final String PROPERTY_2 = "org.bytedeco.javacpp.cacheDir";

    private static final String LOCK = "in-use.lock";

    private static final int COPIES = 100;

    private static final List<FileLock> IN_USE = new ArrayList<>(); // for as long as the process lives

    private static final Set<ClassLoader> CHOSEN = new HashSet<>();

    private JavaCppFolder() {
    }

    /**
     * Tells the JavaCPP of a bundle, once and before anybody uses it.
     *
     * @param family what the libraries belong to, for example {@code nd4j}
     * @param version of JavaCPP, then that of the libraries
     * @param bundle what loads its classes
     */
    public static synchronized void choose(final String family, final List<String> version, final ClassLoader bundle) {
        if (!CHOSEN.add(bundle)) {
            return;
        }
        if (System.getProperty(PROPERTY) != null || System.getProperty(PROPERTY_2) != null) {
            return;
        }
        for (Path area : areas()) {
            final Path folder = claim(area, "javacpp-%s-%s-%s".formatted(version.get(0), family, version.get(1)));
            if (folder != null) {
                tell(folder.toFile(), bundle);
                clean(area, family, folder);
                return;
            }
        }
    }

    /** @return where such folders may lie, the best place first */
    private static List<Path> areas() {
        final var areas = new ArrayList<Path>();
        final Path home = Path.of(System.getProperty("user.home"));
        final Path configuration = configurationArea(System.getProperty("osgi.configuration.area"), folder(System.getProperty("osgi.install.area")), home,
            Path.of(System.getProperty("java.io.tmpdir")));
        if (configuration != null) {
            areas.add(configuration.resolve("org.spectralsignatures").resolve("natives"));
        }
        areas.add(home.resolve(Path.of(".javacpp", "cache", "org.spectralsignatures")));
        areas.add(Path.of(System.getProperty("java.io.tmpdir"), ".javacpp-" + System.getProperty("user.name"), "cache", "org.spectralsignatures"));
        return areas;
    }

    /**
     * @param url what Equinox says, a {@code file:} URL; null outside it
     * @param installation null outside Equinox
     * @param home of the user
     * @param temporary folder
     * @return the folder; null where there is none or it will be gone after the run, as those that a script makes for it
     */
    public static Path configurationArea(final String url, final Path installation, final Path home, final Path temporary) {
        final Path area = folder(url);
        if (area == null || area.startsWith(temporary.toAbsolutePath().normalize())) {
            return null;
        }
        return installation != null && area.startsWith(installation) || area.startsWith(home.toAbsolutePath().normalize()) ? area : null;
    }

    private static Path folder(final String url) {
        if (url == null || !url.startsWith("file:")) {
            return null;
        }
        try {
            final Path folder = Path.of(new URI("file", null, "/" + url.substring("file:".length()).replaceFirst("^/+", ""), null)).toAbsolutePath().normalize();
            return Files.isDirectory(folder) ? folder : null;
        } catch (URISyntaxException | RuntimeException e) { // NOSONAR no place that we understand
            return null;
        }
    }

    /** @return a folder for this process, locked as used; null if none can be made there */
    private static Path claim(final Path area, final String version) {
        for (int copy = 1; copy < COPIES; copy++) {
            try {
                final Path folder = Files.createDirectories(area.resolve(copy == 1 ? version : version + "-" + copy));
                if (!Files.isWritable(folder)) {
                    return null;
                }
                IN_USE.add(lock(folder));
                return folder;
            } catch (OverlappingFileLockException e) { // NOSONAR a second copy of this class in the process: its libraries need files of their own
            } catch (IOException e) {
                return null;
            }
        }
        return null;
    }

    /**
     * Asks a jar itself: JavaCPP's own method for this would make it look its folder up.
     *
     * @param group of the jar's artifact
     * @param artifact its name
     * @param bundle what loads its classes
     * @return its version; {@code unknown} if it does not say
     */
    public static String version(final String group, final String artifact, final ClassLoader bundle) {
        try (var in = bundle.getResourceAsStream("META-INF/maven/%s/%s/pom.properties".formatted(group, artifact))) {
            final var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version").replaceAll("[^\\w.-]", "");
        } catch (IOException | RuntimeException e) { // NOSONAR the jar says nothing of itself
            return "unknown";
        }
    }

    /** Shared, so that other processes may use the folder too; whoever deletes it needs it alone. */
    private static FileLock lock(final Path folder) throws IOException {
        while (true) {
            final var channel = FileChannel.open(Files.createDirectories(folder).resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
            boolean held = false;
            try {
                final FileLock lock = channel.lock(0, 1, true);
                held = Files.exists(folder.resolve(LOCK)); // else it was deleted in between
                if (held) {
                    return lock;
                }
            } finally {
                if (!held) {
                    channel.close();
                }
            }
        }
    }

    /**
     * JavaCPP looks its folder up when its class is initialised and unpacks its first library (1.5.7), or when it is first asked (1.5.13), and remembers the folder.
     * The property is the only way to tell it so early; it is set for that moment alone, since every other JavaCPP of the process would read it too.
     */
    private static void tell(final File folder, final ClassLoader bundle) {
        System.setProperty(PROPERTY, folder.getPath());
        try {
            Class.forName("org.bytedeco.javacpp.Loader", true, bundle).getMethod("getCacheDir").invoke(null);
        } catch (ReflectiveOperationException | LinkageError e) { // NOSONAR whoever needs it will meet it again, with a message of its own
        } finally {
            System.clearProperty(PROPERTY);
        }
    }

    /**
     * Deletes the folders of other versions that no process uses.
     *
     * @param area that holds them
     * @param family what the libraries belong to
     * @param ours to be kept
     */
    public static void clean(final Path area, final String family, final Path ours) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(area, "javacpp-*-" + family + "-*")) {
            for (Path folder : folders) {
                if (!folder.equals(ours) && Files.isRegularFile(folder.resolve(LOCK))) {
                    deleteUnused(folder);
                }
            }
        } catch (IOException | RuntimeException e) { // NOSONAR the next process tries again
        }
    }

    private static void deleteUnused(final Path folder) throws IOException {
        try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE); FileLock alone = channel.tryLock(0, 1, false)) {
            if (alone == null) {
                return;
            }
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                    if (!file.equals(folder.resolve(LOCK))) {
                        Files.delete(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(final Path visited, final IOException e) throws IOException {
                    if (!visited.equals(folder)) {
                        Files.delete(visited);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (OverlappingFileLockException e) { // NOSONAR this process uses it
            return;
        }
        Files.deleteIfExists(folder.resolve(LOCK));
        Files.deleteIfExists(folder);
    }
}
