package org.spectralsignatures.transfer;

import java.util.List;

import org.spectralsignatures.representation.NpyMatrix;

/**
 * Vectors with their classes.
 *
 * @param matrix {@code [n, d]}; stays the caller's
 * @param labels indices of classes, {@code [n]}
 * @param keys names of the rows for messages, {@code [n]}
 */
public record LabelledVectors(NpyMatrix matrix, int[] labels, List<String> keys) { // NOSONAR never compared

    /** @throws IllegalArgumentException if there are not as many labels and keys as rows */
    public LabelledVectors {
        if (matrix.rows() != labels.length || labels.length != keys.size()) {
            throw new IllegalArgumentException("There are %d vectors, but %d labels and %d keys.".formatted(matrix.rows(), labels.length, keys.size()));
        }
    }

    /** @return n */
    public int size() {
        return labels.length;
    }
}
