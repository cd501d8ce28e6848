package org.spectralsignatures.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Java file of the repository, as text.
 *
 * @param bundle the folder of its bundle below the repository, such as {@code plugin/org.spectralsignatures}
 * @param path its place below the repository
 * @param text what stands in it
 */
record JavaSource(String bundle, String path, String text) {

    private static final Pattern COMMENTS_AND_TEXTS =
        Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'", Pattern.DOTALL);

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

    private static final Pattern QUALIFIED = Pattern.compile("\\b(?:org|ai\\.onnxruntime)(?:\\.\\w+)+");

    private static final List<String> SOURCE_FOLDERS = List.of("src/main/java", "src", "api");

    /** All sources of the bundles below {@code plugin} and {@code host}; tests are not looked at. */
    static List<JavaSource> of(final Path repository) throws IOException {
        try (Stream<Path> bundles = Stream.of("plugin", "host").flatMap(folder -> list(repository.resolve(folder)))) {
            return bundles.filter(bundle -> !bundle.endsWith("tests")).flatMap(bundle -> inBundle(repository, bundle)).toList();
        }
    }

    private static Stream<JavaSource> inBundle(final Path repository, final Path bundle) {
        final boolean maven = Files.isDirectory(bundle.resolve("src/main"));
        return SOURCE_FOLDERS.stream().filter(folder -> !(maven && folder.equals("src"))).map(bundle::resolve).filter(Files::isDirectory)
            .flatMap(JavaSource::javaFiles).map(file -> new JavaSource(slashes(repository, bundle), slashes(repository, file), read(file)));
    }

    /** The package that the file says it is in. */
    String packageName() {
        final var found = PACKAGE.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(path + " names no package");
        }
        return found.group(1);
    }

    /** Whether this is the description of a package. */
    boolean describesPackage() {
        return path.endsWith("/package-info.java");
    }

    /** Names that begin with {@code org.}, in imports or in the code; names in comments and texts do not count. */
    List<String> mentions() {
        final String code = PACKAGE.matcher(COMMENTS_AND_TEXTS.matcher(text).replaceAll(" ")).replaceAll("");
        return QUALIFIED.matcher(code).results().map(found -> found.group()).distinct().toList();
    }

    private static Stream<Path> list(final Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(final Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String slashes(final Path repository, final Path path) {
        return repository.relativize(path).toString().replace('\\', '/');
    }
}
