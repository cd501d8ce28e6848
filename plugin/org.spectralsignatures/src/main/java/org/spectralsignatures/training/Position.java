package org.spectralsignatures.training;

/**
 * How far a training is, and what it counted in the epoch that it is in.
 *
 * @param epoch from 1
 * @param step number of steps of the epoch that are done
 * @param loss sum of the cross-entropies of its images so far
 * @param images number of them
 * @param correct how many of them were classified correctly
 * @param seconds that the epoch took so far
 */
record Position(int epoch, int step, double loss, long images, long correct, double seconds) {

    /** @return where an epoch begins */
    static Position before(final int epoch) {
        return new Position(epoch, 0, 0, 0, 0, 0);
    }
}
