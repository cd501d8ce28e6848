package org.spectralsignatures.representation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.synthetic.SyntheticImageGenerator;
import org.spectralsignatures.synthetic.SyntheticOptions;
import org.spectralsignatures.training.Augmentation;
import org.spectralsignatures.training.Schedule;
import org.spectralsignatures.training.Trainer;
import org.spectralsignatures.training.TrainingOptions;

/** Averages of activations that were extracted with all their positions. */
class GlobalAverageTest {

    @TempDir
    Path folder;

    @Test
    void averagesEachChannelOverItsPositions() throws Exception {
        try (var flat = NpyMatrix.create(folder.resolve("flat.npy"), 2, 6)) {
            flat.writeRow(0, new float[]{1, 2, 6, -1, 0, 4}, 0);
            flat.writeRow(1, new float[]{0, 0, 3, 9, 9, 9}, 0);
            try (var averages = GlobalAverage.of(flat, 3, folder.resolve("averages.npy"), TaskMonitor.none())) {
                assertEquals(2, averages.rows());
                final var row = new float[2];
                averages.readRow(0, row);
                assertArrayEquals(new float[]{3, 1}, row);
                averages.readRow(1, row);
                assertArrayEquals(new float[]{1, 9}, row);
            }
        }
    }

    @Test
    void equalsWhatTheExtractorGives() throws Exception {
        final var generator = new SyntheticImageGenerator(new SyntheticOptions(2, 16, 1));
        try (var builder = ImageDataset.builder(generator.shape(), generator.classNames())) {
            for (int i = 0; i < 20; i++) {
                builder.add("image" + i, generator.classNames().get(i % 2), generator.image(false, i % 2, i));
            }
            try (var images = builder.build();
                    var network = Trainer.train(images, null, new ResNetOptions(images.shape(), 2, 1, 8, 2e-4, 1),
                        new TrainingOptions(1, 10, Schedule.ONE_CYCLE, .05, .9, Augmentation.NONE, 1), e -> { }, TaskMonitor.none()).network()) {
                for (String layer : List.of("images", "stem", network.description().defaultLayer())) {
                    final LayerInfo info = network.description().layer(layer);
                    final Path flat = folder.resolve(layer + " flat.npy");
                    final Path pooled = folder.resolve(layer + " pooled.npy");
                    ActivationExtractor.extract(network, images, layer, Pooling.FLATTEN, 8, flat, TaskMonitor.none());
                    ActivationExtractor.extract(network, images, layer, Pooling.GLOBAL_AVERAGE, 8, pooled, TaskMonitor.none());
                    try (var wide = NpyMatrix.open(flat); var wanted = NpyMatrix.open(pooled);
                            var averages = GlobalAverage.of(wide, info.height() * info.width(), folder.resolve(layer + ".npy"), TaskMonitor.none())) {
                        compare(wanted, averages, layer);
                    }
                }
            }
        }
    }

    private static void compare(final NpyMatrix wanted, final NpyMatrix averages, final String layer) {
        assertEquals(wanted.columns(), averages.columns(), layer);
        final var expected = new float[wanted.columns()];
        final var row = new float[wanted.columns()];
        for (long i = 0; i < wanted.rows(); i++) {
            wanted.readRow(i, expected);
            averages.readRow(i, row);
            assertArrayEquals(expected, row, 1e-6f, layer);
        }
    }
}
