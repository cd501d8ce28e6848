package org.spectralsignatures.training;

/** Hears of a training as it goes on, in the training's thread. */
@FunctionalInterface
public interface TrainingListener {

    /** @param result what was measured in the epoch that just ended */
    void epochDone(EpochResult result);

    /** @return a listener that does nothing */
    static TrainingListener none() {
        return result -> {
        };
    }
}
