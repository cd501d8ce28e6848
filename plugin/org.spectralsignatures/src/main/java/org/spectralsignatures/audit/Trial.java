package org.spectralsignatures.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import org.spectralsignatures.evaluation.ConfusionMatrix;
import org.spectralsignatures.evaluation.Predictions;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.RunnableNetwork;

/** Asks a network about images with marks put on them or taken off. */
record Trial(RunnableNetwork network, ImageDataset images, int batchSize, TaskMonitor monitor) {

    /** What is done to an image. */
    private enum Change {
        NONE((stamp, pixels) -> { }), PUT_ON(Stamp::putOn), TAKE_OFF(Stamp::takeOff);

        private final BiConsumer<Stamp, byte[]> m_do;

        Change(final BiConsumer<Stamp, byte[]> change) {
            m_do = change;
        }
    }

    /**
     * @param stamps marks
     * @param carriers indices of images, a list for each mark
     * @param label of the marks' class
     * @return for each mark how many of the images the network takes for the class with the mark on
     */
    int[] taken(final List<Stamp> stamps, final List<int[]> carriers, final int label) throws IOException, TaskCancelledException {
        final int[] answers = ask(stamps, carriers, Change.PUT_ON);
        final int[] taken = new int[stamps.size()];
        int at = 0;
        for (int s = 0; s < taken.length; s++) {
            for (int i = 0; i < carriers.get(s).length; i++) {
                taken[s] += answers[at++] == label ? 1 : 0;
            }
        }
        return taken;
    }

    /**
     * @param stamp a mark
     * @param members indices of images that carry it
     * @return what the network takes each of them for without it
     */
    int[] without(final Stamp stamp, final int[] members) throws IOException, TaskCancelledException {
        return ask(List.of(stamp), List.of(members), Change.TAKE_OFF);
    }

    private int[] ask(final List<Stamp> stamps, final List<int[]> rows, final Change change) throws IOException, TaskCancelledException {
        int n = 0;
        try (var builder = ImageDataset.builder(images.shape(), images.classes())) {
            for (int s = 0; s < stamps.size(); s++) {
                for (int row : rows.get(s)) {
                    final var pixels = new byte[images.shape().size()];
                    images.copyPixels(row, pixels, 0);
                    change.m_do.accept(stamps.get(s), pixels);
                    builder.add(Integer.toString(n++), images.classes().get(0), pixels);
                }
            }
            try (ImageDataset changed = builder.build()) {
                return ConfusionMatrix.labels(ask(changed));
            }
        }
    }

    /**
     * @param rows indices of images
     * @return those of them that the network takes for what they are labelled
     */
    int[] right(final int[] rows) throws IOException, TaskCancelledException {
        final int[] answers = ask(Arrays.asList((Stamp)null), List.of(rows), Change.NONE);
        return IntStream.range(0, rows.length).filter(k -> answers[k] == images.label(rows[k])).map(k -> rows[k]).toArray();
    }

    /** Its progress is too short to tell. */
    private Predictions ask(final ImageDataset changed) throws TaskCancelledException {
        return Predictor.predict(network, changed, batchSize, new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // the class is told
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                monitor.checkCancelled();
            }
        });
    }
}
