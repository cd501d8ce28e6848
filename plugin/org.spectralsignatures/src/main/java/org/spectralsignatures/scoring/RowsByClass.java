package org.spectralsignatures.scoring;

/** Which rows belong to which class, found in one pass over the labels. */
public final class RowsByClass {

    private RowsByClass() {
    }

    /**
     * @param labels {@code [n]}, indices of classes
     * @param classes number of classes
     * @return for each class its rows, ascending
     */
    public static int[][] of(final int[] labels, final int classes) {
        final var sizes = new int[classes];
        for (int label : labels) {
            sizes[label]++;
        }
        final var rows = new int[classes][];
        for (int c = 0; c < classes; c++) {
            rows[c] = new int[sizes[c]];
        }
        for (int i = labels.length - 1; i >= 0; i--) {
            rows[labels[i]][--sizes[labels[i]]] = i;
        }
        return rows;
    }
}
