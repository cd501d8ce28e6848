package org.spectralsignatures.training;

import java.time.Instant;
import java.util.List;

/**
 * What a training needs to go on, but for its parameters and their velocities. The order of the images and the random numbers follow from the seed and the
 * position, see {@link BatchPipeline#skip}; so does the learning rate.
 *
 * @param number counts the checkpoints of a training, from 1
 * @param written when
 * @param fingerprint of the training
 * @param surroundings where it ran
 * @param position how far it was
 * @param history of the epochs before
 * @param resumptions of the training, in their order
 */
record Checkpoint(int number, Instant written, Fingerprint fingerprint, Surroundings surroundings, Position position, List<EpochResult> history,
    List<Resumption> resumptions) {

    Checkpoint {
        history = List.copyOf(history);
        resumptions = List.copyOf(resumptions);
    }

    /** @return how far it is and of when, in words */
    String describe() {
        return "epoch %d of %s, step %d, written %s".formatted(position.epoch(), fingerprint.facts().get("epochs"), position.step(), Resumption.text(written));
    }
}
