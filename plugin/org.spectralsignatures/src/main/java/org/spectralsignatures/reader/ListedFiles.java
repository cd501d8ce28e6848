package org.spectralsignatures.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the image that a list means: by its path below the set's folder or that of the list, else by its name, else by its name without ending,
 * where only one has it.
 * Folders that are listed must be those of the image, as far as both tell them: another image of the same name is not taken instead.
 */
final class ListedFiles {

    private final Map<String, FolderScan.Found> paths = new HashMap<>();

    private final Map<String, List<FolderScan.Found>> names = new HashMap<>();

    private final Map<String, List<FolderScan.Found>> stems = new HashMap<>();

    ListedFiles(final List<FolderScan.Found> images) {
        for (FolderScan.Found image : images) {
            final String path = FolderScan.composed(image.key());
            paths.put(path, image);
            names.computeIfAbsent(name(path), key -> new ArrayList<>(1)).add(image);
            stems.computeIfAbsent(stem(name(path)), key -> new ArrayList<>(1)).add(image);
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
     * @param below path of the folder of the list, with a slash at its end; empty for the set's folder
     * @param only whether the list names images in its own folder only
     * @return the image; null if there is none whose path ends as the listed one, or the other way round, or several have
     */
    FolderScan.Found find(final String listed, final String below, final boolean only) {
        final String path = FolderScan.composed(listed).replaceAll("^(\\./)+", "");
        final String folder = FolderScan.composed(below);
        for (String place : only ? List.of(folder + path) : List.of(path, folder + path)) {
            final FolderScan.Found found = paths.get(place);
            if (found != null) {
                return found;
            }
        }
        final String within = only ? folder : "";
        final FolderScan.Found named = only(names.get(name(path)), path, within, false);
        return named == null ? only(stems.get(name(path)), path, within, true) : named;
    }

    private static FolderScan.Found only(final List<FolderScan.Found> candidates, final String path, final String within, final boolean withoutEnding) {
        final List<FolderScan.Found> fitting = candidates == null ? List.of() : candidates.stream().filter(image -> {
            final String key = FolderScan.composed(image.key());
            final String own = withoutEnding ? key.substring(0, key.length() - name(key).length()) + stem(name(key)) : key;
            return key.startsWith(within) && (("/" + own).endsWith("/" + path) || ("/" + path).endsWith("/" + own));
        }).toList();
        return fitting.size() == 1 ? fitting.get(0) : null;
    }
}
