package org.spectralsignatures.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ai.onnxruntime.OrtEnvironment;

/**
 * The native libraries of ONNX Runtime, unpacked into a folder of this process below that for temporary files. They are deleted as soon as they
 * are loaded; on Windows, where a file in use cannot be, the next process that unpacks some deletes those of processes that ended. ONNX Runtime's own way
 * would leave them behind where a process is killed. Who sets one of its properties for them decides alone.
 */
final class Natives {

    private static final String PROPERTY = "onnxruntime.native.path";

    private static final Pattern FOLDER = Pattern.compile("spectralsignatures-onnx-p(\\d{1,18})-.*");

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni", "onnxruntime_providers_shared");

    private static boolean loaded;

    private Natives() {
    }

    /** Loads them, once in each process; where they are missing ONNX Runtime itself says so. */
    static synchronized void load() throws IOException {
        if (loaded || System.getProperty(PROPERTY) != null) {
            return;
        }
        final Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        clean(temporary);
        final Path folder = Files.createTempDirectory(temporary, "spectralsignatures-onnx-p%d-".formatted(ProcessHandle.current().pid()));
        try {
            for (String library : LIBRARIES) {
                unpack(System.mapLibraryName(library), folder);
            }
            System.setProperty(PROPERTY, folder.toString());
            try {
                OrtEnvironment.getAvailableProviders(); // the class loads them
            } finally {
                System.clearProperty(PROPERTY); // another ONNX Runtime of this process has its own
            }
            loaded = true;
        } finally {
            delete(folder);
        }
    }

    private static void unpack(final String file, final Path folder) throws IOException {
        final String resource = "/ai/onnxruntime/native/%s-%s/%s".formatted(system(), processor(), file);
        try (InputStream in = OrtEnvironment.class.getResourceAsStream(resource)) {
            if (in != null) {
                Files.copy(in, folder.resolve(file));
            }
        }
    }

    /** As ONNX Runtime names them. */
    private static String system() {
        final String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.contains("win")) {
            return "win";
        }
        return name.contains("mac") ? "osx" : "linux";
    }

    private static String processor() {
        final String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("aarch64") || name.equals("arm64") ? "aarch64" : "x64";
    }

    /**
     * Deletes the folders of processes that ended.
     *
     * @param temporary where they lie
     */
    static void clean(final Path temporary) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, "spectralsignatures-onnx-p*")) {
            for (Path folder : folders) {
                final Matcher name = FOLDER.matcher(folder.getFileName().toString());
                if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    delete(folder);
                }
            }
        } catch (IOException | RuntimeException e) { // NOSONAR the next process tries again
        }
    }

    private static void delete(final Path folder) {
        for (String library : LIBRARIES) {
            try {
                Files.deleteIfExists(folder.resolve(System.mapLibraryName(library)));
            } catch (IOException e) { // NOSONAR in use, on Windows
            }
        }
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) { // NOSONAR a library is still in it
        }
    }
}
