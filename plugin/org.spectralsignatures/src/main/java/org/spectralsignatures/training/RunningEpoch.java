package org.spectralsignatures.training;

/** What is counted in the course of an epoch. */
final class RunningEpoch {

    private final int number;

    /** When the epoch would have begun if it had not been interrupted. */
    private final long start;

    private int steps;

    private double loss;

    private long images;

    private long correct;

    /** @param from where it goes on, or begins */
    RunningEpoch(final Position from) {
        number = from.epoch();
        start = System.nanoTime() - (long)(from.seconds() * 1e9);
        steps = from.step();
        loss = from.loss();
        images = from.images();
        correct = from.correct();
    }

    /**
     * Adds a step.
     *
     * @param losses of its images
     * @param count how many there are
     * @param right how many of them were classified correctly
     */
    void add(final double[] losses, final int count, final int right) {
        for (int i = 0; i < count; i++) {
            loss += losses[i];
        }
        images += count;
        correct += right;
        steps++;
    }

    int number() {
        return number;
    }

    int steps() {
        return steps;
    }

    double loss() {
        return loss / images;
    }

    double accuracy() {
        return (double)correct / images;
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    Position position() {
        return new Position(number, steps, loss, images, correct, seconds());
    }
}
