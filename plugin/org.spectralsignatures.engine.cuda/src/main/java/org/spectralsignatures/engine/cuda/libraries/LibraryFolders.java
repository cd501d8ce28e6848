package org.spectralsignatures.engine.cuda.libraries;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The folders of a machine in which NVIDIA's driver and libraries may lie, the likeliest first. */
final class LibraryFolders {

    /** How deep a named folder is gone through: {@code site-packages/nvidia/cudnn/lib}, or the JavaCPP presets' {@code org/bytedeco/cuda/linux-x86_64}. */
    private static final int DEEPEST = 4;

    /** A folder that is named by mistake, such as the root of a disk, is not gone through to its end. */
    private static final int MOST = 5000;

    private static final Pattern INCLUDE = Pattern.compile("\\s*include\\s+(\\S*/)?([^/\\s]+)\\s*");

    private final Machine machine;

    LibraryFolders(final Machine machine) {
        this.machine = machine;
    }

    /**
     * @param named a folder of the user's
     * @return it and those below it
     */
    Collection<Path> below(final Path named) {
        final var folders = new LinkedHashSet<Path>();
        collect(named, 0, folders);
        return folders;
    }

    private static void collect(final Path folder, final int depth, final Set<Path> folders) {
        folders.add(folder);
        if (depth == DEEPEST) {
            return;
        }
        for (Path inner : list(folder, "*")) {
            if (folders.size() < MOST && Files.isDirectory(inner) && !inner.getFileName().toString().equals("stubs")) {
                collect(inner, depth + 1, folders);
            }
        }
    }

    /** @return where the driver's library may lie; never the toolkit's folder of stubs, which are empty shells */
    Collection<Path> ofDriver() {
        final var folders = new LinkedHashSet<Path>();
        if (machine.windows()) {
            final Path windows = Machine.path(machine.environment().apply("SystemRoot"));
            if (windows != null) {
                folders.add(windows.resolve("System32"));
            }
        } else {
            folders.addAll(ofLoader());
            folders.add(machine.at("/usr/lib/wsl/lib"));
            folders.add(machine.at("/usr/local/nvidia/lib64"));
            folders.add(machine.at("/usr/lib/x86_64-linux-gnu/nvidia/current"));
            folders.removeIf(folder -> folder.endsWith("stubs"));
        }
        return folders;
    }

    /** @return where toolkits, systems and Python environments have the libraries */
    Collection<Path> ofLibraries() {
        final var folders = new LinkedHashSet<Path>();
        for (Path toolkit : toolkits()) {
            for (String inner : List.of("lib64", "lib", "targets/x86_64-linux/lib", "bin/x64", "bin", "")) {
                folders.add(toolkit.resolve(inner));
            }
        }
        folders.addAll(ofLoader());
        for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
            final Path python = Machine.path(machine.environment().apply(variable));
            if (python != null) {
                folders.addAll(ofPython(python));
            }
        }
        return folders;
    }

    private List<Path> toolkits() {
        final var toolkits = new ArrayList<Path>();
        for (String variable : List.of("CUDA_PATH", "CUDA_HOME", "CUDNN_PATH")) {
            final Path toolkit = Machine.path(machine.environment().apply(variable));
            if (toolkit != null) {
                toolkits.add(toolkit);
            }
        }
        if (machine.windows()) {
            final Path programs = Machine.path(machine.environment().apply("ProgramFiles"));
            if (programs != null) {
                toolkits.addAll(newest(programs.resolve("NVIDIA GPU Computing Toolkit").resolve("CUDA"), "v13*"));
                for (Path cudnn : newest(programs.resolve("NVIDIA").resolve("CUDNN"), "v9*")) {
                    toolkits.addAll(newest(cudnn.resolve("bin"), "13*").stream().flatMap(bin -> List.of(bin.resolve("x64"), bin).stream()).toList());
                }
            }
        } else {
            toolkits.add(machine.at("/usr/local/cuda"));
            toolkits.addAll(newest(machine.at("/usr/local"), "cuda-13*"));
            toolkits.add(machine.at("/opt/cuda"));
        }
        return toolkits;
    }

    /** Where the system's own loader looks. */
    private Collection<Path> ofLoader() {
        final var folders = new LinkedHashSet<Path>(machine.folders(machine.environment().apply(machine.windows() ? "PATH" : "LD_LIBRARY_PATH")));
        folders.addAll(machine.folders(machine.properties().apply("java.library.path")));
        if (!machine.windows()) {
            addConfigured(machine.at("/etc/ld.so.conf"), folders, 0);
            for (String usual : List.of("/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/lib")) {
                folders.add(machine.at(usual));
            }
        }
        return folders;
    }

    private void addConfigured(final Path file, final Set<Path> folders, final int depth) {
        final List<String> lines;
        try {
            lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) { // NOSONAR not for us to read, then there is nothing to learn from it
            return;
        }
        for (String line : lines) {
            final var include = INCLUDE.matcher(line);
            if (include.matches() && depth == 0) {
                final Path inner = include.group(1) == null ? file.getParent() : include.group(1).startsWith("/") ? machine.at(include.group(1))
                    : file.resolveSibling(include.group(1));
                list(inner, include.group(2)).stream().sorted().forEach(included -> addConfigured(included, folders, 1));
            } else if (line.startsWith("/")) {
                folders.add(machine.at(line.strip()));
            }
        }
    }

    private Collection<Path> ofPython(final Path environment) {
        final var folders = new LinkedHashSet<Path>();
        folders.add(environment.resolve(machine.windows() ? Path.of("Library", "bin") : Path.of("lib")));
        final var packages = new ArrayList<Path>(list(environment.resolve("lib"), "python3*").stream().map(python -> python.resolve("site-packages")).toList());
        packages.add(environment.resolve(Path.of("Lib", "site-packages")));
        for (Path nvidia : packages.stream().map(folder -> folder.resolve("nvidia")).filter(Files::isDirectory).toList()) {
            folders.addAll(below(nvidia));
        }
        return folders;
    }

    private static List<Path> newest(final Path folder, final String names) {
        return list(folder, names).stream().sorted(Comparator.reverseOrder()).toList();
    }

    /** @return what lies in a folder, sorted; nothing if it cannot be read */
    static List<Path> list(final Path folder, final String names) {
        final var found = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
            entries.forEach(found::add);
        } catch (IOException | RuntimeException e) { // NOSONAR then nothing is found there
            return List.of();
        }
        found.sort(null);
        return found;
    }
}
