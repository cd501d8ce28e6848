package org.spectralsignatures.representation;

import java.util.BitSet;
import java.util.List;

/**
 * What belongs to each row of a matrix of representations.
 *
 * @param classes names of the classes
 * @param labels indices into them, {@code [n]}
 * @param keys distinct names of the rows, {@code [n]}
 * @param poisoned which rows are known to be poisoned; null if that is not known
 */
public record LabelledRows(List<String> classes, int[] labels, List<String> keys, BitSet poisoned) { // NOSONAR never compared
}
