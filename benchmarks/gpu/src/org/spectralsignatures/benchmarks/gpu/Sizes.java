package org.spectralsignatures.benchmarks.gpu;

import java.util.List;

/**
 * How much is computed: as much as shows what a card does, or as little as an emulated one can do.
 *
 * @param side of the small images
 * @param training images of each class to train on
 * @param test images of each class to measure the accuracy on
 * @param batch images of a step of that training
 * @param epochs of that training
 * @param accuracy how much lower than the processor's it may be, 0 to 1
 * @param scored classes of the matrix that is scored
 * @param rows of each of these classes, enough for a device to be worth it
 * @param columns values of a row
 * @param units of the networks that are trained on noise
 * @param count images in a batch of noise
 * @param steps of noise until the bits are compared
 * @param manySteps of noise until the memory is compared
 * @param after which of them it is compared with
 * @param speed networks, by units, whose training is measured
 * @param batches sizes of batch that it is measured with
 * @param large side of the images for ResNet-18
 * @param images of each class that are extracted
 * @param seconds of each measurement
 */
record Sizes(int side, int training, int test, int batch, int epochs, double accuracy, int scored, int rows, int columns, int units, int count, int steps, int manySteps,
    int after, List<Integer> speed, List<Integer> batches, int large, int images, double seconds) {

    static final Sizes FULL = new Sizes(32, 100, 30, 64, 4, .05, 10, 600, 2048, 3, 128, 30, 500, 50, List.of(1, 3, 5), List.of(128, 512), 224, 5000, 1.5);

    /** Networks of so few images say nothing: half of them may be wrong. */
    static final Sizes TINY = new Sizes(16, 6, 3, 16, 1, .5, 2, 130, 8200, 1, 4, 3, 8, 3, List.of(1), List.of(4), 16, 2, .1);

    int scoredRows() {
        return scored * rows;
    }
}
