package org.spectralsignatures.spark.score;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

import org.spectralsignatures.scoring.Vectors;
import org.spectralsignatures.spark.vector.RowBlock;

/**
 * M^T M v for some vectors v, where M are the centred rows of a class.
 *
 * @param products one a vector, each of length d
 */
record GramSum(double[][] products) implements Summand<GramSum> { // NOSONAR never compared

    /**
     * What is wanted of a class in one pass.
     *
     * @param mean of the class, {@code [d]}
     * @param vectors to be multiplied, each of length d
     */
    record Wanted(double[] mean, double[][] vectors) implements Serializable { // NOSONAR never compared
    }

    /**
     * @param blocks of one part of the table
     * @param wanted of each class that takes part in this pass
     * @return the sums of each of them that has rows there
     */
    static Map<Integer, GramSum> sums(final Iterator<RowBlock> blocks, final Map<Integer, Wanted> wanted) {
        final Map<Integer, GramSum> sums = new TreeMap<>();
        double[] x = null;
        while (blocks.hasNext()) {
            final RowBlock block = blocks.next();
            final Wanted ofClass = wanted.get(block.label());
            if (ofClass != null) {
                final int columns = ofClass.mean.length;
                x = x == null ? new double[columns] : x;
                final double[][] to = sums.computeIfAbsent(block.label(), l -> new GramSum(new double[ofClass.vectors.length][columns])).products;
                for (int r = 0; r < block.rows(); r++) {
                    Vectors.subtract(block.values(), r * columns, ofClass.mean, x);
                    for (int v = 0; v < to.length; v++) {
                        Vectors.add(to[v], Vectors.dot(x, ofClass.vectors[v]), x);
                    }
                }
            }
        }
        return sums;
    }

    @Override
    public void add(final GramSum later) {
        for (int v = 0; v < products.length; v++) {
            Vectors.add(products[v], 1, later.products[v]);
        }
    }
}
