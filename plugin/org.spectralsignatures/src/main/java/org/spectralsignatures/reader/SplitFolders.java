package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The folders of a set that hold its parts, by their names in any case, and what lies beside them. */
public final class SplitFolders {

    private static final Map<Split, Set<String>> NAMES = Map.of(Split.TRAINING, Set.of("train", "training"), Split.VALIDATION,
        Set.of("val", "valid", "validation", "dev"), Split.TEST, Set.of("test", "testing"));

    private final Path root;

    private final Map<Split, Path> folders = new EnumMap<>(Split.class);

    private final List<Path> others = new ArrayList<>();

    /**
     * @param root of a set
     * @throws IOException if it cannot be read, or two of its folders are the same part
     */
    SplitFolders(final Path root) throws IOException {
        this.root = root;
        for (Path folder : ImageFolder.list(root)) {
            final String name = ImageFolder.name(folder).toLowerCase(Locale.ROOT);
            final Split part = !Files.isDirectory(folder) ? null
                : NAMES.entrySet().stream().filter(e -> e.getValue().contains(name)).map(Map.Entry::getKey).findFirst().orElse(null);
            if (part == null) {
                others.add(folder);
            } else if (folders.putIfAbsent(part, folder) != null) {
                throw new IOException("'%s' has two folders for one part, '%s' and '%s'. Keep one of them, or choose it as the path."
                    .formatted(root, ImageFolder.name(folders.get(part)), ImageFolder.name(folder)));
            }
        }
    }

    /** @return names of folders that are taken for parts of a set, in lower case */
    public static Set<String> names() {
        return NAMES.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A folder that holds images and no folders, beside others, may be a class of that name.
     *
     * @return whether the folders are classes: there are others beside them, and none of them holds folders
     */
    boolean areClasses() throws IOException {
        for (Path folder : folders.values()) {
            if (ImageFolder.list(folder).stream().anyMatch(Files::isDirectory)) {
                return false;
            }
        }
        return others.stream().anyMatch(Files::isDirectory);
    }

    /** @return the names of the folders, as a sentence lists them */
    String describe() {
        return folders.values().stream().map(f -> "'" + ImageFolder.name(f) + "'").collect(Collectors.joining(", "));
    }

    /** @return whether the set is in parts */
    boolean any() {
        return !folders.isEmpty();
    }

    /** @return files and folders beside the parts */
    List<Path> others() {
        return others;
    }

    /**
     * @param split what is asked for; the test images are those of the validation where there are no others
     * @return the folders to read
     * @throws IOException if there is none
     */
    List<Path> of(final Split split) throws IOException {
        if (split == Split.ALL) {
            return List.copyOf(folders.values());
        }
        final Path folder = split == Split.TEST && !folders.containsKey(Split.TEST) ? folders.get(Split.VALIDATION) : folders.get(split);
        if (folder == null) {
            throw new IOException("'%s' has no folder '%s'. It has %s.".formatted(root, usual(split), describe()));
        }
        return List.of(folder);
    }

    /**
     * @param split what is asked for
     * @return the folders of the parts that are not read
     * @throws IOException if there is none to read
     */
    List<Path> leftOut(final Split split) throws IOException {
        final List<Path> read = of(split);
        return folders.values().stream().filter(folder -> !read.contains(folder)).toList();
    }

    /** @return whether a word is one of the names of a part */
    static boolean is(final Split split, final String word) {
        return NAMES.get(split).contains(word.toLowerCase(Locale.ROOT));
    }

    /** @return the usual word for a part of which a folder or a column says the name; that name itself if it is none that is known */
    static String part(final String name) {
        return NAMES.keySet().stream().filter(split -> is(split, name)).findFirst().map(split -> split.name().toLowerCase(Locale.ROOT)).orElse(name);
    }

    /** @return where a part stands among others: training, validation, test, those that are not known */
    static int order(final String part) {
        return NAMES.keySet().stream().filter(split -> split.name().equalsIgnoreCase(part)).findFirst().map(Split::ordinal).orElse(Split.values().length);
    }

    /** @return whether a folder holds validation images, by its name */
    static boolean isValidation(final Path folder) {
        return is(Split.VALIDATION, ImageFolder.name(folder));
    }

    /** @return the usual name of a part */
    static String usual(final Split split) {
        return switch (split) {
            case TEST -> "test";
            case VALIDATION -> "val";
            default -> "train";
        };
    }
}
