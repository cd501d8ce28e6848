package org.spectralsignatures.training;

import java.nio.file.Path;

/**
 * Whether and where a training writes down how far it is, so that it can go on after it was interrupted.
 *
 * @param folder where the files lie; it is made if the one above it exists. Several trainings may share it
 * @param job whose training it is, part of the files' names: a node of a workflow, a run of a series. A checkpoint of the same job that does not fit is told
 *            about, those of other jobs are left alone
 * @param epochs write after every so many epochs; 0 for not by epochs
 * @param minutes write when so many minutes have passed since the last one; 0 for not by minutes
 * @param others what to do with a checkpoint of the same job that belongs to other data, other options or another engine
 */
public record CheckpointOptions(Path folder, String job, int epochs, int minutes, Others others) {

    /** What to do with a checkpoint of the same job that the training cannot go on from. */
    public enum Others {

        /** Do not train, and say what differs; but where there is one to go on from go on, say so, and leave the other. */
        REFUSE,

        /** Train from the beginning, say so, and leave it. */
        KEEP,

        /** Train from the beginning, say so, and delete it. */
        DELETE
    }

    private static final String UNSAFE = "[^A-Za-z0-9_-]+";

    /** @throws IllegalArgumentException if there would never be a checkpoint; the message says what is allowed */
    public CheckpointOptions {
        if (epochs < 0 || minutes < 0 || epochs == 0 && minutes == 0) {
            throw new IllegalArgumentException(
                "Checkpoints are written every so many epochs or minutes: one of the two must be at least 1, and none below 0, not %d and %d.".formatted(epochs, minutes));
        }
        job = job.replaceAll(UNSAFE, "-").replaceAll("^-+|-+$", "");
        if (job.isEmpty()) {
            throw new IllegalArgumentException("The job of a checkpoint needs a name with a letter or digit.");
        }
    }
}
