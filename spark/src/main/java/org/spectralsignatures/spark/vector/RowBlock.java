package org.spectralsignatures.spark.vector;

import java.io.Serializable;

/**
 * Some rows of one class that lie together in memory, or, at the end of a part of the table, its rows that cannot be scored.
 *
 * @param label index of the class; -1 for bad rows
 * @param rows number of rows n
 * @param values {@code [n, d]}
 * @param weights {@code [n, s]}, random numbers between -0.5 and 0.5 that hang on nothing but seed and id
 * @param bad those rows; null in a block of a class
 */
public record RowBlock(int label, int rows, float[] values, float[] weights, BadRows bad) implements Serializable { // NOSONAR never compared
}
