package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.spectralsignatures.image.ImageRegion;
import org.spectralsignatures.image.RegularFile;

/**
 * A table that names the class of each image: one line an image, its columns named in the first line. Without names the first two columns are
 * file and class.
 */
final class LabelsFile {

    private static final Pattern BLANK_ENDS = Pattern.compile("^[\\p{Z}\\p{Cf}\\s]+|[\\p{Z}\\p{Cf}\\s]+$");

    private static final List<String> FILE_NAMES =
        List.of("filename", "file", "filepath", "path", "image", "imagename", "imagepath", "imagefile", "img", "imageid", "relativepath", "name", "id");

    /** Usual names of columns of classes, in lower case and without separators. */
    static final List<String> LABEL_NAMES = List.of("label", "labels", "class", "classname", "classid", "classlabel", "category", "target", "species", "breed");

    private static final List<String> SPLIT_NAMES = List.of("split", "subset");

    private static final List<List<String>> REGION_NAMES =
        List.of(List.of("roix1", "roiy1", "roix2", "roiy2"), List.of("xmin", "ymin", "xmax", "ymax"), List.of("x1", "y1", "x2", "y2"));

    /**
     * A line.
     *
     * @param table that it stands in
     * @param number of the line, from 1
     * @param file as it is written
     * @param label the class, null if it is empty
     * @param part what the column of parts says, empty if there is none
     * @param region of the image that shows the object, null if none is told
     */
    record Row(Path table, long number, String file, String label, String part, ImageRegion region) {
    }

    private final Path path;

    private final List<String> columns;

    private final List<Row> rows = new ArrayList<>();

    private final int file;

    private final int label;

    private final int part;

    private final int[] region;

    private LabelsFile(final Path path, final TextTable table, final String fileColumn, final String labelColumn, final boolean regions)
        throws IOException {
        this.path = path;
        final List<TextTable.Line> lines = table.lines();
        final boolean named = table.named() || !fileColumn.isEmpty() || !labelColumn.isEmpty() || !holdsImage(lines.get(0));
        columns = named ? lines.get(0).cells().stream().map(String::strip).toList() : List.of("file", "label");
        file = column("file", fileColumn, imageColumns(lines, named));
        label = column("class", labelColumn, LABEL_NAMES);
        part = named ? find(SPLIT_NAMES) : -1;
        region = !regions ? null : REGION_NAMES.stream().map(names -> names.stream().mapToInt(name -> find(List.of(name))).toArray())
            .filter(found -> found[0] >= 0 && found[1] >= 0 && found[2] >= 0 && found[3] >= 0).findFirst().orElse(null);
        for (TextTable.Line line : lines.subList(named ? 1 : 0, lines.size())) {
            rows.add(row(line));
        }
        if (rows.isEmpty()) {
            throw new IOException("'%s' lists no images.".formatted(path));
        }
    }

    /**
     * @param path of the file
     * @param fileColumn name of the column of files; empty to find it
     * @param labelColumn name of the column of classes; empty to find it
     * @param regions whether regions are wanted
     * @return what it says
     * @throws IOException if it cannot be read or lacks a column; the message names it, and the line
     */
    static LabelsFile read(final Path path, final String fileColumn, final String labelColumn, final boolean regions) throws IOException {
        return new LabelsFile(path, TextTable.read(path), fileColumn, labelColumn, regions);
    }

    private static boolean holdsImage(final TextTable.Line line) {
        return line.cells().size() >= 2 && ImageEndings.isImage(ImageEndings.of(clean(line.cells().get(0))));
    }

    private static String plain(final String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The usual names of columns of files, those first whose cells look like files of images. */
    private List<String> imageColumns(final List<TextTable.Line> lines, final boolean named) {
        final List<String> first = lines.get(named && lines.size() > 1 ? 1 : 0).cells();
        final Predicate<String> holdsImage = name -> {
            final int i = find(List.of(name));
            return i >= 0 && i < first.size() && ImageEndings.isImage(ImageEndings.of(clean(first.get(i))));
        };
        return Stream.concat(FILE_NAMES.stream().filter(holdsImage), FILE_NAMES.stream()).toList();
    }

    /** Without blanks at its ends, also those that are seen nowhere: spreadsheets put no-break spaces there. */
    private static String clean(final String cell) {
        return BLANK_ENDS.matcher(cell).replaceAll("");
    }

    private int find(final List<String> names) {
        for (String name : names) {
            for (int i = 0; i < columns.size(); i++) {
                if (plain(columns.get(i)).equals(name)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private int column(final String what, final String wanted, final List<String> usual) throws IOException {
        final int found = wanted.isEmpty() ? find(usual) : columns.indexOf(wanted);
        if (found < 0) {
            throw new IOException("'%s' has no column %s. Set the %s column to one of %s.".formatted(path,
                wanted.isEmpty() ? "that looks like that of the " + (what.equals("file") ? "files" : "classes") : "'" + wanted + "'", what, String.join(", ", columns)));
        }
        return found;
    }

    private Row row(final TextTable.Line line) throws IOException {
        final List<String> cells = line.cells();
        if (cells.size() < columns.size()) {
            throw new IOException("Row %d of '%s' has %d of %d cells.".formatted(line.number(), path, cells.size(), columns.size()));
        }
        final String name = clean(cells.get(label));
        return new Row(path, line.number(), clean(cells.get(file)).replace('\\', '/'), name.isEmpty() ? null : FolderScan.composed(name),
            part < 0 ? "" : clean(cells.get(part)), region == null ? null : region(line));
    }

    private ImageRegion region(final TextTable.Line line) throws IOException {
        final var edges = new int[region.length];
        try {
            boolean shares = true;
            for (int i = 0; i < edges.length; i++) {
                final double value = Double.parseDouble(line.cells().get(region[i]));
                if (Double.isNaN(value)) {
                    throw new NumberFormatException("an edge is no number");
                }
                shares &= value >= 0 && value <= 1;
                edges[i] = (int)Math.round(value);
            }
            if (shares) {
                throw new NumberFormatException("its edges are from 0 to 1, but must be pixels");
            }
            return new ImageRegion(edges[1], edges[0], Math.subtractExact(edges[3], edges[1]), Math.subtractExact(edges[2], edges[0]));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("The region in row %d of '%s' is none: %s".formatted(line.number(), path, RegularFile.reason(e)), e);
        }
    }

    /** @return where it lies */
    Path path() {
        return path;
    }

    /** @return its lines */
    List<Row> rows() {
        return rows;
    }

    /** @return whether it tells regions of the images */
    boolean hasRegions() {
        return region != null;
    }

    /** @return whether it tells parts of the set */
    boolean hasParts() {
        return part >= 0;
    }
}
