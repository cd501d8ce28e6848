package org.spectralsignatures.representation.file;

import java.nio.file.Path;

/**
 * Which vectors to read, and where their labels and keys stand.
 *
 * @param path of a NumPy file ({@code .npy}), an archive of them ({@code .npz}), a Parquet file, a folder of Parquet files, or a table as text (CSV)
 * @param values name of the array of vectors in an archive, or of the column of lists in a Parquet file; empty to find it
 * @param labelSource where labels come from
 * @param labels name of the array or column of labels; empty to find it
 * @param labelsFile a NumPy file of labels; null for none
 * @param keys name of the array or column of row keys; empty to find it
 * @param keysFile a NumPy file of row keys; null for none
 */
public record VectorFileOptions(Path path, String values, LabelSource labelSource, String labels, Path labelsFile, String keys, Path keysFile) {

    /** @return the same of another file */
    VectorFileOptions of(final Path other) {
        return new VectorFileOptions(other, values, labelSource, labels, labelsFile, keys, keysFile);
    }

    /** Where labels come from. */
    public enum LabelSource {

        /** The file, where it has any; else all rows are one class. */
        FOUND,

        /** The file. */
        FILE,

        /** Nowhere: all rows are one class. */
        ONE_CLASS,

        /** Nowhere: clusters of the rows, which are made once the vectors were read, stand in for them. */
        CLUSTERS;

        /** @return whether the file is asked for labels */
        boolean isRead() {
            return this == FOUND || this == FILE;
        }
    }
}
