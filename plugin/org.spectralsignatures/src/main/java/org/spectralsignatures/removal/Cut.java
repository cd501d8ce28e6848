package org.spectralsignatures.removal;

/**
 * Where the rows that are ranked together were cut.
 *
 * @param group index of the class, or 0 if all rows are ranked together
 * @param rows number of rows
 * @param removed number of those that are removed
 * @param tied number of rows that have the lowest removed score where only some of them are removed, by row key; 0 if the cut
 *            lies between two scores
 * @param constant whether some were to be removed by rank, but all scores are the same, so that nothing was
 */
public record Cut(int group, int rows, int removed, int tied, boolean constant) {
}
