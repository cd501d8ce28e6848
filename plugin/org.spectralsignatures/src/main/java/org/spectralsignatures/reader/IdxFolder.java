package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.spectralsignatures.reader.IdxFile.Kind;

/** The files of one set in the IDX format, by their names: MNIST's own, or those of a relative that puts its name in front (EMNIST). */
final class IdxFolder {

    private static final Pattern NAME = Pattern.compile("(.*?)(train|t10k|test)-(images|labels)[-.]idx[13]-ubyte(\\.gz)?");

    /** A part of a set. */
    enum Part {

        TRAINING("train"), TEST("t10k");

        private final String key;

        Part(final String key) {
            this.key = key;
        }

        /** @return its name in MNIST, in front of the number of an image */
        String key() {
            return key;
        }
    }

    private final Path folder;

    private final String name;

    private final Map<String, Path> files = new TreeMap<>();

    private IdxFolder(final Path folder, final String name) {
        this.folder = folder;
        this.name = name;
    }

    private static String place(final Part part, final Kind kind) {
        return part + " " + kind;
    }

    /** @return whether there are such files in a folder, or a path is one of them */
    static boolean recognises(final Path path) {
        try {
            return Files.isDirectory(path) ? !sets(path).isEmpty() : NAME.matcher(ImageFolder.name(path)).matches();
        } catch (IOException e) { // NOSONAR said when it is read
            return false;
        }
    }

    private static Map<String, IdxFolder> sets(final Path folder) throws IOException {
        final Map<String, IdxFolder> sets = new TreeMap<>();
        for (Path file : ImageFolder.list(folder)) {
            final Matcher matcher = NAME.matcher(ImageFolder.name(file));
            if (matcher.matches() && !Files.isDirectory(file)) {
                final Part part = matcher.group(2).equals("train") ? Part.TRAINING : Part.TEST;
                final Kind kind = matcher.group(3).equals("images") ? Kind.IMAGES : Kind.LABELS;
                final IdxFolder set = sets.computeIfAbsent(matcher.group(1), name -> new IdxFolder(folder, name));
                set.files.merge(place(part, kind), file, (a, b) -> ImageFolder.name(a).endsWith(".gz") ? b : a);
            }
        }
        sets.values().removeIf(set -> set.files.keySet().stream().noneMatch(place -> place.endsWith(Kind.IMAGES.toString())));
        return sets;
    }

    /**
     * @param path a folder with one set, or one of the files of a set
     * @return the set's files
     * @throws IOException if there is none or it is not clear which
     */
    static IdxFolder find(final Path path) throws IOException {
        final boolean one = Files.isRegularFile(path);
        final Path folder = one ? path.toAbsolutePath().getParent() : path;
        final Map<String, IdxFolder> sets = sets(folder);
        if (one) {
            final Matcher matcher = NAME.matcher(ImageFolder.name(path));
            final IdxFolder set = matcher.matches() ? sets.get(matcher.group(1)) : null;
            if (set == null) {
                throw new IOException("'%s' is no file of a set in the IDX format, such as train-images-idx3-ubyte.".formatted(path));
            }
            return set;
        }
        if (sets.size() > 1) {
            throw new IOException("'%s' holds several sets: %s. Choose the file of images of one of them as the path.".formatted(path, String.join(", ", sets.keySet())));
        }
        return sets.isEmpty() ? new IdxFolder(path, "") : sets.values().iterator().next();
    }

    /** @return a file of the set */
    Path file(final Part part, final Kind kind) throws IOException {
        final Path file = files.get(place(part, kind));
        if (file == null) {
            throw new IOException("'%s' has no file '%s%s' (or .gz).".formatted(folder, name, kind.fileName(isNamedTest() && part == Part.TEST ? "test" : part.key(), "-")));
        }
        return file;
    }

    /** @return name of a file; null if it is not there */
    String name(final Part part, final Kind kind) {
        final Path file = files.get(place(part, kind));
        return file == null ? null : ImageFolder.name(file);
    }

    private boolean isNamedTest() {
        return files.values().stream().anyMatch(file -> ImageFolder.name(file).contains("test-"));
    }

    /** @return whether rows and columns of the images are exchanged, as in EMNIST's files */
    boolean onTheirSide() {
        return name.toLowerCase(Locale.ROOT).startsWith("emnist");
    }
}
