package org.spectralsignatures.spark.audit;

import java.util.Arrays;

/** Finds which of consecutive runs of indices an index lies in. */
final class Starts {

    private Starts() {
    }

    /**
     * @param starts {@code [runs + 1]}, first index of each run, ascending, and their end; of an empty run that of the next one
     * @param index below the end
     * @return the run that holds it
     */
    static int run(final int[] starts, final int index) {
        final int at = Arrays.binarySearch(starts, index);
        int run = at < 0 ? -at - 2 : at;
        while (starts[run + 1] <= index) { // of empty runs all begin here
            run++;
        }
        return run;
    }
}
