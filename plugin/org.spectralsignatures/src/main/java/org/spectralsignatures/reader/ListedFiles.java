package org.spectralsignatures.reader;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the image that a list means: by its path below the folder, else by its name, else by its name without ending, where only one has it. */
final class ListedFiles {

    /** Stands for several. */
    private static final FolderScan.Found SEVERAL = new FolderScan.Found("", "", null);

    private final Map<String, FolderScan.Found> paths = new HashMap<>();

    private final Map<String, FolderScan.Found> names = new HashMap<>();

    private final Map<String, FolderScan.Found> stems = new HashMap<>();

    ListedFiles(final List<FolderScan.Found> images) {
        for (FolderScan.Found image : images) {
            final String path = FolderScan.composed(image.key());
            paths.put(path, image);
            names.merge(name(path), image, (a, b) -> SEVERAL);
            stems.merge(stem(name(path)), image, (a, b) -> SEVERAL);
        }
    }

    private static String name(final String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String stem(final String name) {
        final String ending = ImageEndings.of(name);
        return ending.isEmpty() ? name : name.substring(0, name.length() - ending.length() - 1);
    }

    /**
     * @param listed a path with slashes, or a name with or without ending
     * @return the image, null if there is none or it is not clear which
     */
    FolderScan.Found find(final String listed) {
        final String path = FolderScan.composed(listed).replaceAll("^(\\./)+", "");
        FolderScan.Found found = paths.get(path);
        if (found == null) {
            found = names.get(name(path));
        }
        if (found == null) {
            found = stems.get(name(path));
        }
        return found == SEVERAL ? null : found;
    }
}
