package org.spectralsignatures.spark.score;

import java.io.Serializable;

/**
 * A part of a sum over rows.
 *
 * @param <T> its own type
 */
interface Summand<T> extends Serializable {

    /**
     * Takes over a later part; this object becomes the sum.
     *
     * @param later is not used again
     */
    void add(T later);
}
