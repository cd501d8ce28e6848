package org.spectralsignatures.reader;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.spectralsignatures.image.ImageRegion;
import org.spectralsignatures.image.RegularFile;

/**
 * A table that names the class of each image: text in UTF-8 with commas, semicolons (GTSRB) or tabs, one line an image, its columns named in
 * the first line. Without names the first two columns are file and class.
 */
final class LabelsFile {

    private static final long MOST_BYTES = 1L << 29;

    /** What Excel writes into the first line where it wants to be sure. */
    private static final Pattern SEPARATOR_SAID = Pattern.compile("sep=[,;\t|]\r?\n");

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
     * @param number of the line, from 1
     * @param file as it is written
     * @param label the class, null if it is empty
     * @param part what the column of parts says, empty if there is none
     * @param region of the image that shows the object, null if none is told
     */
    record Row(long number, String file, String label, String part, ImageRegion region) {
    }

    private final Path path;

    private final List<String> columns;

    private final List<Row> rows = new ArrayList<>();

    private final int file;

    private final int label;

    private final int part;

    private final int[] region;

    private LabelsFile(final Path path, final List<CSVRecord> lines, final String fileColumn, final String labelColumn, final boolean regions)
        throws IOException {
        this.path = path;
        final boolean named = !fileColumn.isEmpty() || !labelColumn.isEmpty() || !holdsImage(lines.get(0));
        columns = named ? lines.get(0).toList().stream().map(String::strip).toList() : List.of("file", "label");
        file = column("file", fileColumn, imageColumns(lines, named));
        label = column("class", labelColumn, LABEL_NAMES);
        part = named ? find(SPLIT_NAMES) : -1;
        region = !regions ? null : REGION_NAMES.stream().map(names -> names.stream().mapToInt(name -> find(List.of(name))).toArray())
            .filter(found -> found[0] >= 0 && found[1] >= 0 && found[2] >= 0 && found[3] >= 0).findFirst().orElse(null);
        for (CSVRecord line : lines.subList(named ? 1 : 0, lines.size())) {
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
        final String whole = text(path);
        final boolean said = SEPARATOR_SAID.matcher(whole).lookingAt();
        final String text = said ? whole.substring(whole.indexOf('\n') + 1) : whole;
        final CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(said ? whole.charAt(4) : delimiter(text)).setIgnoreEmptyLines(true).setTrim(true).build();
        final List<CSVRecord> lines;
        try (var parser = format.parse(new StringReader(text))) {
            lines = parser.getRecords();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new IOException("'%s' is no table: %s Is a quote not closed?".formatted(path, RegularFile.reason(e)), e);
        }
        if (lines.isEmpty()) {
            throw new IOException("'%s' is empty.".formatted(path));
        }
        return new LabelsFile(path, lines, fileColumn, labelColumn, regions);
    }

    private static String text(final Path path) throws IOException {
        try (var in = RegularFile.open(path)) {
            if (Files.size(path) > MOST_BYTES) {
                throw new IOException("It has more than %d bytes.".formatted(MOST_BYTES));
            }
            final String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
            if (text.indexOf('\0') >= 0) {
                throw new IOException("It holds zero bytes, so that it is no text. Save it as CSV in UTF-8.");
            }
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("The labels file '%s' is not in UTF-8. Save it as CSV in UTF-8.".formatted(path), e);
        } catch (IOException e) {
            throw new IOException("The labels file '%s' cannot be read: %s".formatted(path, RegularFile.reason(e)), e);
        }
    }

    /** The one that the first line has most of. */
    private static char delimiter(final String text) {
        final String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char best = ',';
        for (char c : new char[]{';', '\t'}) {
            best = count(first, c) > count(first, best) ? c : best;
        }
        return best;
    }

    private static long count(final String text, final char c) {
        return text.chars().filter(other -> other == c).count();
    }

    private static boolean holdsImage(final CSVRecord line) {
        return line.size() >= 2 && ImageEndings.isImage(ImageEndings.of(clean(line.get(0))));
    }

    private static String plain(final String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The usual names of columns of files, those first whose cells look like files of images. */
    private List<String> imageColumns(final List<CSVRecord> lines, final boolean named) {
        final CSVRecord first = lines.get(named && lines.size() > 1 ? 1 : 0);
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

    private Row row(final CSVRecord line) throws IOException {
        final long number = line.getRecordNumber();
        if (line.size() < columns.size()) {
            throw new IOException("Row %d of '%s' has %d of %d cells.".formatted(number, path, line.size(), columns.size()));
        }
        final String name = clean(line.get(label));
        return new Row(number, clean(line.get(file)).replace('\\', '/'), name.isEmpty() ? null : FolderScan.composed(name), part < 0 ? "" : clean(line.get(part)),
            region == null ? null : region(line));
    }

    private ImageRegion region(final CSVRecord line) throws IOException {
        final var edges = new int[region.length];
        try {
            boolean shares = true;
            for (int i = 0; i < edges.length; i++) {
                final double value = Double.parseDouble(line.get(region[i]));
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
            throw new IOException("The region in row %d of '%s' is none: %s".formatted(line.getRecordNumber(), path, RegularFile.reason(e)), e);
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
