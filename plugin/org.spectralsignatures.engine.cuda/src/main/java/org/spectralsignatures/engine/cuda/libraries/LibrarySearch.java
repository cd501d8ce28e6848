package org.spectralsignatures.engine.cuda.libraries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for NVIDIA's driver and libraries on a machine by their files alone. Whatever is missing is a {@link MissingException} with one sentence. */
final class LibrarySearch {

    /** System property: the folder that holds the libraries, or folders that do. */
    static final String PROPERTY = "org.spectralsignatures.cuda.path";

    /** Environment variable: the same. */
    static final String VARIABLE = "SPECTRALSIGNATURES_CUDA_PATH";

    /** The first driver that runs what is made for CUDA 13. */
    static final int OLDEST_DRIVER = 580;

    private static final Pattern VERSION = Pattern.compile("(?:^|[\\s.])(\\d{3,}\\.\\d+(?:\\.\\d+)*)");

    private final Machine machine;

    private final LibraryFolders folders;

    LibrarySearch(final Machine machine) {
        this.machine = machine;
        folders = new LibraryFolders(machine);
    }

    /** @return the driver's library */
    Path driver() throws MissingException {
        if (!machine.supported()) {
            throw new MissingException("CUDA is there for Linux and Windows on x86_64, not for %s on %s.".formatted(machine.system(), machine.processor()));
        }
        final String file = machine.windows() ? "nvcuda.dll" : "libcuda.so.1";
        final Path driver = folders.ofDriver().stream().map(folder -> folder.resolve(file)).filter(Files::isRegularFile).findFirst()
            .orElseThrow(() -> new MissingException("There is no NVIDIA driver on this machine (%s was not found): install version %d or newer.".formatted(file, OLDEST_DRIVER)));
        final String version = driverVersion(driver);
        if (!version.isEmpty() && Integer.parseInt(version.substring(0, version.indexOf('.'))) < OLDEST_DRIVER) {
            throw new MissingException("The NVIDIA driver of this machine has version %s, but CUDA 13 needs %d or newer: update it.".formatted(version, OLDEST_DRIVER));
        }
        return driver;
    }

    /**
     * @param driver its library
     * @return its version by what the kernel says, or by the file's name; empty where neither tells
     */
    String driverVersion(final Path driver) {
        try {
            final Path kernel = machine.at("/proc/driver/nvidia/version");
            final String text = Files.isRegularFile(kernel) ? Files.readAllLines(kernel).stream().findFirst().orElse("") : driver.toRealPath().getFileName().toString();
            final var found = VERSION.matcher(text);
            return found.find() && found.group(1).length() < 20 && found.group(1).indexOf('.') < 9 ? found.group(1) : "";
        } catch (IOException | RuntimeException e) { // NOSONAR the driver itself is asked later
            return "";
        }
    }

    /** @return the files of all libraries that there are, in the order in which they are to be loaded */
    List<Path> libraries() throws MissingException {
        final Named named = named();
        final Collection<Path> places = places(named);
        final Map<Path, List<Path>> contents = new LinkedHashMap<>();
        places.forEach(place -> contents.put(place, LibraryFolders.list(place, "*")));
        final var found = new ArrayList<Path>();
        final var missing = new ArrayList<LibraryFile>();
        for (LibraryFile library : LibraryFile.all(machine.windows())) {
            final Path file = first(contents.values(), library.file());
            if (file != null) {
                found.add(file);
            } else if (library.needed()) {
                missing.add(library);
            }
        }
        if (!missing.isEmpty()) {
            throw new MissingException(sentence(missing, contents.values(), named));
        }
        return found;
    }

    /**
     * What names a folder.
     *
     * @param kind in words, with its name
     * @param folders as in {@code PATH}
     */
    private record Named(String kind, String folders) {

        boolean isGiven() {
            return folders != null && !folders.isBlank();
        }
    }

    /** The first that is given; null for none. */
    private Named named() {
        return Stream.of(new Named("Java property " + PROPERTY, machine.properties().apply(PROPERTY)),
            new Named("environment variable " + VARIABLE, machine.environment().apply(VARIABLE)),
            new Named("preference " + FolderPreference.NAME, machine.preference().get())).filter(Named::isGiven).findFirst().orElse(null);
    }

    /** @return the folders that the user names, and behind them the usual ones */
    private Collection<Path> places(final Named named) throws MissingException {
        final var places = new LinkedHashSet<Path>();
        for (Path folder : named == null ? List.<Path>of() : machine.folders(named.folders)) {
            if (!Files.isDirectory(folder)) {
                throw new MissingException("The folder '%s' that the %s names does not exist: correct it, or remove it to have the usual places looked through."
                    .formatted(folder, named.kind));
            }
            places.addAll(folders.below(folder));
        }
        places.addAll(folders.ofLibraries());
        return places;
    }

    private static Path first(final Collection<List<Path>> contents, final Pattern name) {
        for (List<Path> files : contents) {
            for (Path file : files) {
                if (name.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    private String sentence(final List<LibraryFile> missing, final Collection<List<Path>> contents, final Named named) {
        final String names = missing.stream().map(LibraryFile::shown).collect(Collectors.joining(", "));
        final boolean cuda = missing.stream().anyMatch(library -> !library.ofCudnn());
        final boolean cudnn = missing.stream().anyMatch(LibraryFile::ofCudnn);
        final String what = cuda && cudnn ? "CUDA 13 and cuDNN 9 for it" : cuda ? "CUDA 13" : "cuDNN 9 for CUDA 13";
        final String tried = named == null ? "in the usual places" : "below '%s', which the %s names, and in the usual places".formatted(named.folders.strip(), named.kind);
        return ("There is an NVIDIA driver, but not all of its libraries were found %s (missing: %s%s): install %s, or name the folder that holds them with"
            + " the Java property %s or the preference %s.").formatted(tried, names, cuda ? otherVersion(contents) : "", what, PROPERTY, FolderPreference.NAME);
    }

    /** Whoever has another version wonders why it does not count. */
    private String otherVersion(final Collection<List<Path>> contents) {
        final Pattern runtime = LibraryFile.anyRuntime(machine.windows());
        for (List<Path> files : contents) {
            for (Path file : files) {
                final var name = runtime.matcher(file.getFileName().toString());
                if (name.matches() && !name.group(1).equals("13")) {
                    return "; in '%s' lies CUDA %s, which does not serve".formatted(file.getParent(), name.group(1));
                }
            }
        }
        return "";
    }
}
