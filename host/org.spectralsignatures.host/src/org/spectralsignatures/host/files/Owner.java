package org.spectralsignatures.host.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes that a temporary folder belongs to, as a file in it says: the launcher and Java, by number and start, and where those
 * numbers count (machine, and on Linux the space of process numbers, which a container has for itself). A folder whose processes have
 * all gone is a leftover.
 */
final class Owner {

    /** What the names of the folders begin with. */
    static final String PREFIX = "spectralsignatures-";

    /** The file; the launcher writes it, too. */
    static final String FILE = "owner";

    /** Clocks of process starts and files may differ by so much. */
    private static final long SLACK_MILLIS = 2_000;

    private static final Path SPACE = Path.of("/proc/self/ns/pid");

    private Owner() {
    }

    /** Adds this process to the owners of a folder. */
    static void sign(final Path folder) throws IOException {
        final ProcessHandle self = ProcessHandle.current();
        final var lines = new ArrayList<>(List.of("host=" + host(), "space=" + space(), "pid=" + self.pid()));
        self.info().startInstant().ifPresent(start -> lines.add("start=" + start.toEpochMilli()));
        Files.write(folder.resolve(FILE), lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * Deletes the leftovers of this user's dead processes. What cannot be read or deleted is left for another time.
     *
     * @return how many were deleted
     */
    static int sweep(final Path place) {
        int swept = 0;
        try (Stream<Path> folders = Files.list(place)) {
            final UserPrincipal self = self();
            for (Path folder : folders.filter(f -> f.getFileName().toString().startsWith(PREFIX)).toList()) {
                if (isLeftover(folder, self)) {
                    TemporaryFolder.delete(folder);
                    swept++;
                }
            }
        } catch (IOException | RuntimeException e) { // NOSONAR another run may be sweeping, too
            return swept;
        }
        return swept;
    }

    private static boolean isLeftover(final Path folder, final UserPrincipal self) throws IOException {
        final Path file = folder.resolve(FILE);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 10_000
            || !Files.getOwner(folder).equals(self)) {
            return false;
        }
        final List<String[]> entries = Files.readAllLines(file, StandardCharsets.UTF_8).stream().map(l -> l.split("=", 2)).filter(e -> e.length == 2).toList();
        final Map<String, List<String>> values = entries.stream().collect(Collectors.groupingBy(e -> e[0], Collectors.mapping(e -> e[1], Collectors.toList())));
        if (!values.getOrDefault("host", List.of("")).stream().allMatch(host()::equals)
            || !values.getOrDefault("space", List.of("")).stream().allMatch(space()::equals) || !values.containsKey("pid")) {
            return false;
        }
        final long made = Files.getLastModifiedTime(file).toMillis();
        return values.get("pid").stream().noneMatch(pid -> lives(Long.parseLong(pid), made));
    }

    /** A process that started after the folder was signed has only the number in common with its owner. */
    private static boolean lives(final long pid, final long signed) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive)
            .filter(p -> p.info().startInstant().map(start -> start.toEpochMilli() <= signed + SLACK_MILLIS).orElse(true)).isPresent();
    }

    private static UserPrincipal self() throws IOException {
        final Path mine = Files.createTempFile(PREFIX, ".tmp");
        try {
            return Files.getOwner(mine);
        } finally {
            Files.delete(mine);
        }
    }

    private static String host() {
        final String name = System.getenv("COMPUTERNAME");
        try {
            return name != null ? name : Files.isRegularFile(Path.of("/proc/sys/kernel/hostname")) ? Files.readString(Path.of("/proc/sys/kernel/hostname")).trim() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String space() {
        try {
            return Files.isSymbolicLink(SPACE) ? Files.readSymbolicLink(SPACE).toString() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
