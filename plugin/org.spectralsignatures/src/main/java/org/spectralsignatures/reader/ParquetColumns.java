package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.spectralsignatures.parquet.HuggingFaceFeature;
import org.spectralsignatures.parquet.ParquetColumn;
import org.spectralsignatures.parquet.ParquetColumn.Kind;
import org.spectralsignatures.parquet.ParquetTable;

/** Which columns of a Parquet file hold the images, where those came from, and their classes. */
final class ParquetColumns {

    private static final String BYTES = "bytes";

    private static final String PATH = "path";

    private static final List<String> IMAGE_NAMES = List.of("image", "img", "images", "picture", "photo", "imagebytes", "bytes", "jpg", "png");

    /** A column of images: plain bytes, or a group of bytes and path. */
    private record Images(String name, ParquetColumn bytes, ParquetColumn path) {
    }

    private final Path file;

    private final List<ParquetColumn> all;

    private final Map<String, HuggingFaceFeature> features;

    private final List<Images> candidates = new ArrayList<>();

    private final Images images;

    private final ParquetColumn label;

    /**
     * @param table to look at
     * @param file it lies in
     * @param imageColumn name of the column of images; empty to find it
     * @param labelColumn name of the column of classes; empty to find it
     * @throws IOException if there is none, or it is not clear which; the message names the file and the columns that there are
     */
    ParquetColumns(final ParquetTable table, final Path file, final String imageColumn, final String labelColumn) throws IOException {
        this.file = file;
        all = table.columns();
        features = table.features();
        for (ParquetColumn column : all) {
            if (!column.isRepeated() && column.kind() == Kind.BYTES) {
                candidates.add(images(column));
            }
        }
        images = imageColumn.isEmpty() ? find() : candidates.stream().filter(c -> c.name.equals(imageColumn) || c.bytes.name().equals(imageColumn)).findFirst()
            .orElseThrow(() -> new IOException("'%s' has no column '%s' of images. %s".formatted(file, imageColumn, choices("Image", names(candidates)))));
        label = labelColumn.isEmpty() ? findLabel() : label(labelColumn);
    }

    private Images images(final ParquetColumn column) {
        final int last = column.path().size() - 1;
        if (last == 0 || !column.path().get(last).equals(BYTES)) {
            return new Images(column.name(), column, null);
        }
        final List<String> group = column.path().subList(0, last);
        final ParquetColumn path = all.stream().filter(c -> c.kind() == Kind.TEXT && !c.isRepeated() && c.path().size() == last + 1
            && c.path().subList(0, last).equals(group) && c.path().get(last).equals(PATH)).findFirst().orElse(null);
        return new Images(String.join(".", group), column, path);
    }

    private static List<String> names(final List<Images> images) {
        return images.stream().map(Images::name).toList();
    }

    private static String choices(final String setting, final List<String> names) {
        return names.isEmpty() ? "No other could be one." : "Set the format to 'Parquet' and '%s column' to one of %s.".formatted(setting, String.join(", ", names));
    }

    private boolean isOf(final String column, final String type) {
        return features.containsKey(column) && features.get(column).type().equals(type);
    }

    private Images find() throws IOException {
        if (candidates.isEmpty()) {
            throw new IOException("'%s' has no column of images, which are bytes or groups of '%s' and '%s'. Its columns are %s.".formatted(file, BYTES, PATH, all.stream()
                .map(c -> "%s (%s)".formatted(c.name(), c.isRepeated() ? "lists" : c.kind().text())).collect(Collectors.joining(", "))));
        }
        List<Images> likely = candidates.stream().filter(c -> isOf(c.name, HuggingFaceFeature.IMAGE)).toList();
        likely = likely.isEmpty() ? candidates.stream().filter(c -> c.path != null).toList() : likely;
        likely = likely.isEmpty() ? candidates : likely;
        final List<Images> usual = likely.size() == 1 ? likely : likely.stream().filter(c -> IMAGE_NAMES.contains(plain(c.name))).toList();
        if (usual.size() != 1) {
            throw new IOException("'%s' has several columns of images. %s".formatted(file, choices("Image", names(likely))));
        }
        return usual.get(0);
    }

    private static String plain(final String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private boolean mayBeLabel(final ParquetColumn column) {
        return !column.isRepeated() && (column.kind() == Kind.TEXT || column.kind() == Kind.INTEGER || column.kind() == Kind.BOOLEAN) && !column.equals(images.path);
    }

    private List<String> labelNames() {
        return all.stream().filter(this::mayBeLabel).map(ParquetColumn::name).toList();
    }

    private ParquetColumn label(final String name) throws IOException {
        final ParquetColumn found = all.stream().filter(c -> c.name().equals(name)).findFirst()
            .orElseThrow(() -> new IOException("'%s' has no column '%s'. %s".formatted(file, name, choices("Class", labelNames()))));
        if (!mayBeLabel(found)) {
            throw new IOException("Column '%s' of '%s' holds %s, which are no classes: these are text or whole numbers. %s".formatted(name, file,
                found.isRepeated() ? "lists" : found.kind().text(), choices("Class", labelNames())));
        }
        return found;
    }

    private ParquetColumn findLabel() throws IOException {
        final List<String> told = labelNames().stream().filter(name -> isOf(name, HuggingFaceFeature.CLASS_LABEL)).toList();
        final List<String> likely = told.isEmpty() ? labelNames() : told;
        final String usual = told.size() == 1 ? told.get(0) : LabelsFile.LABEL_NAMES.stream()
            .flatMap(name -> likely.stream().filter(column -> plain(column).equals(name))).findFirst().orElse(null);
        if (usual == null) {
            throw new IOException("'%s' has %s. %s".formatted(file, told.isEmpty() ? "no column that looks like that of the classes" : "several columns of classes",
                choices("Class", likely)));
        }
        return label(usual);
    }

    /** @return the column of the images' bytes */
    ParquetColumn bytes() {
        return images.bytes;
    }

    /** @return the column of their paths, null if there is none */
    ParquetColumn path() {
        return images.path;
    }

    /** @return the column of their classes */
    ParquetColumn label() {
        return label;
    }

    /** @return names of the classes by the numbers in their column; empty if none are told */
    List<String> names() {
        return label.kind() == Kind.INTEGER && features.containsKey(label.name()) ? features.get(label.name()).names().stream().map(FolderScan::composed).toList() : List.of();
    }

    /** @return columns that hold images, too, and are not read */
    List<String> otherImages() {
        return candidates.stream().filter(c -> c != images && (c.path != null || isOf(c.name, HuggingFaceFeature.IMAGE))).map(Images::name).toList();
    }
}
