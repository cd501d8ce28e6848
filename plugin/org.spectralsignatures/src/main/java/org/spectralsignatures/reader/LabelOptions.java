package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the labels of images stand that no folder tells.
 *
 * @param pattern of names of files, see {@link LabelRule#ofNames}; only for {@link ImageSetFormat#FILE_NAMES}
 * @param file a table, or a folder of tables, see {@link LabelsFiles}; null if there is none; only for {@link ImageSetFormat#LABELS_FILE}
 * @param fileColumn name of its column of files; empty to find it
 * @param labelColumn name of its column of classes, or of that in Parquet files; empty to find it
 * @param crop whether only the regions are taken that it tells
 * @param imageColumn name of the column of images in Parquet files; empty to find it; only for {@link ImageSetFormat#PARQUET}
 */
public record LabelOptions(String pattern, Path file, String fileColumn, String labelColumn, boolean crop, String imageColumn) {

    /** The pattern unless told otherwise. */
    public static final String PATTERN = "{label}_#";

    /** None of these. */
    public static final LabelOptions NONE = new LabelOptions(PATTERN, null, "", "", false);

    /**
     * Labels in a file of their own or in names; no column of images is named.
     *
     * @param pattern of names of files
     * @param file a table; null if there is none
     * @param fileColumn name of its column of files; empty to find it
     * @param labelColumn name of its column of classes; empty to find it
     * @param crop whether only the regions are taken that it tells
     */
    public LabelOptions(final String pattern, final Path file, final String fileColumn, final String labelColumn, final boolean crop) {
        this(pattern, file, fileColumn, labelColumn, crop, "");
    }

    /**
     * @param pattern of names of files
     * @throws IllegalArgumentException if it does not tell where the class stands; the message says why
     */
    public static void checkPattern(final String pattern) {
        NamePattern.of(pattern);
    }

    LabelsFiles open() throws IOException {
        if (file == null) {
            throw new IOException("No labels file is set. Choose the table that lists the images with their classes.");
        }
        return LabelsFiles.read(file, fileColumn, labelColumn, crop);
    }
}
