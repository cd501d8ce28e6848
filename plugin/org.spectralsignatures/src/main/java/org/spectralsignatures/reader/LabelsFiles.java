package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The tables that name the classes of a set's images: one file, or all tables in a folder, at any depth, as GTSRB has one beside the images of each
 * class and Hugging Face one in each part.
 *
 * @param path the file or folder
 * @param tables at least one, in their order: folder by folder, by name
 * @param several whether it is a folder: then each table names images beside or below itself
 */
record LabelsFiles(Path path, List<LabelsFile> tables, boolean several) {

    private static final Set<String> TABLES = Set.of("csv", "tsv", "jsonl");

    private static final int MAX_DEPTH = 32;

    /**
     * @param path a file, or a folder with tables
     * @param fileColumn name of the column of files; empty to find it
     * @param labelColumn name of the column of classes; empty to find it
     * @param regions whether regions are wanted
     * @return the tables
     * @throws IOException if there is none, or one cannot be read or lacks a column; the message names it
     */
    static LabelsFiles read(final Path path, final String fileColumn, final String labelColumn, final boolean regions) throws IOException {
        if (!Files.isDirectory(path)) {
            return new LabelsFiles(path, List.of(LabelsFile.read(path, fileColumn, labelColumn, regions)), false);
        }
        final var files = new ArrayList<Path>();
        collect(path, files, List.of());
        if (files.isEmpty()) {
            throw new IOException("The folder '%s' holds no labels file (.csv, .tsv or .jsonl). Choose the table that lists the images.".formatted(path));
        }
        final var tables = new ArrayList<LabelsFile>();
        for (Path file : files) {
            try {
                tables.add(LabelsFile.read(file, fileColumn, labelColumn, regions));
            } catch (IOException e) {
                throw new IOException("%s Or choose a single table as 'Labels file' instead of the folder '%s'.".formatted(e.getMessage(), path), e);
            }
        }
        return new LabelsFiles(path, tables, true);
    }

    /** @param above real places of the folders on the way, one of which a link must not lead back to */
    private static void collect(final Path folder, final List<Path> files, final List<Path> above) throws IOException {
        final Path real = folder.toRealPath();
        if (above.size() > MAX_DEPTH || above.stream().anyMatch(path -> path.startsWith(real)) || Files.exists(folder.resolve(Leftovers.WRITTEN_SET))) {
            return;
        }
        final var way = new ArrayList<>(above);
        way.add(real);
        for (Path path : ImageFolder.list(folder)) {
            if (Files.isDirectory(path)) {
                collect(path, files, way);
            } else if (TABLES.contains(ImageEndings.of(ImageFolder.name(path)))) {
                files.add(path);
            }
        }
    }

    /** @return the path of a table's folder below the folder of the images, with a slash at its end; empty for that folder itself, or one outside */
    static String below(final Path root, final LabelsFile table) throws IOException {
        final Path folder = table.path().toAbsolutePath().getParent().toRealPath();
        final Path whole = root.toRealPath();
        final var below = new StringBuilder();
        if (folder.startsWith(whole) && !folder.equals(whole)) {
            whole.relativize(folder).forEach(name -> below.append(ImageFolder.name(name)).append('/'));
        }
        return below.toString();
    }
}
