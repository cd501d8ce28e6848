package org.spectralsignatures.training;

/** Thrown when the loss of a training is no number any more or has grown beyond use. */
public final class TrainingDivergedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message in which epoch and step, and what to change */
    public TrainingDivergedException(final String message) {
        super(message);
    }
}
