package org.spectralsignatures.training;

/** Hears of a training as it goes on, in the training's thread. */
@FunctionalInterface
public interface TrainingListener {

    /**
     * @param result what was measured in the epoch that just ended; where a training goes on from a checkpoint first of all the epochs before, as they were
     *            measured then
     */
    void epochDone(EpochResult result);

    /**
     * Called before the epoch in which the training went on is told.
     *
     * @param resumption where it went on from a checkpoint
     */
    default void resumed(final Resumption resumption) {
        // whoever wants to know it asks
    }

    /** @param sentence what the user should know of the training's checkpoints */
    default void remark(final String sentence) {
        System.getLogger(TrainingListener.class.getName()).log(System.Logger.Level.WARNING, sentence);
    }

    /** @return a listener that does nothing */
    static TrainingListener none() {
        return result -> {
        };
    }
}
