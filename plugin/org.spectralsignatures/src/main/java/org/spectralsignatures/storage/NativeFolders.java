package org.spectralsignatures.storage;

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
import java.util.List;
import java.util.Properties;

/**
 * Folders that engines unpack native libraries into, one for each version of them, so that no other version in the same process or on the same machine writes to a file
 * that is loaded. They lie in the installation's configuration area, or in a usual place in the home folder where there is none that lasts; those of other versions go
 * when nobody uses them.
 */
public final class NativeFolders {

    private static final String LOCK = "in-use.lock";

    private static final int COPIES = 100;

    private static final List<FileLock> IN_USE = new ArrayList<>(); // for as long as the process lives

    private NativeFolders() {
    }

    /**
     * Makes a folder, which is this process's for as long as it lives, and deletes those of other versions that nobody uses.
     *
     * @param usual place below the home folder, at least two names
     * @param name of the folder, with all versions
     * @param versions pattern of the names of the same libraries in other versions, see {@link java.nio.file.FileSystem#getPathMatcher}
     * @return the folder; null if none can be made
     */
    public static synchronized Path claim(final Path usual, final String name, final String versions) {
        for (Path area : areas(usual)) {
            final Path folder = claim(area, name);
            if (folder != null) {
                clean(area, versions, folder);
                return folder;
            }
        }
        return null;
    }

    /** @return where such folders may lie, the best place first */
    private static List<Path> areas(final Path usual) {
        final var areas = new ArrayList<Path>();
        final Path home = Path.of(System.getProperty("user.home"));
        final Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        final Path configuration = configurationArea(System.getProperty("osgi.configuration.area"), folder(System.getProperty("osgi.install.area")), home, temporary);
        if (configuration != null) {
            areas.add(configuration.resolve("org.spectralsignatures").resolve("natives"));
        }
        areas.add(home.resolve(usual));
        areas.add(temporary.resolve(usual.getName(0) + "-" + System.getProperty("user.name")).resolve(usual.subpath(1, usual.getNameCount())));
        return areas;
    }

    /**
     * @param url what Equinox says, a {@code file:} URL; null outside it
     * @param installation null outside Equinox
     * @param home of the user
     * @param temporary folder
     * @return the folder; null where there is none or it will be gone after the run, as those that a script makes for it
     */
    static Path configurationArea(final String url, final Path installation, final Path home, final Path temporary) {
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
    private static Path claim(final Path area, final String name) {
        for (int copy = 1; copy < COPIES; copy++) {
            try {
                final Path folder = Files.createDirectories(area.resolve(copy == 1 ? name : name + "-" + copy));
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
     * Asks a jar itself, of which no class is touched.
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
     * Deletes the folders of other versions that no process uses.
     *
     * @param area that holds them
     * @param versions pattern of their names
     * @param ours to be kept
     */
    static void clean(final Path area, final String versions, final Path ours) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(area, versions)) {
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
