package org.spectralsignatures.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.ResNet18Options;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.Stem;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.synthetic.SyntheticImageGenerator;
import org.spectralsignatures.synthetic.SyntheticOptions;
import org.spectralsignatures.training.Augmentation;
import org.spectralsignatures.training.Schedule;
import org.spectralsignatures.training.TrainingOptions;

/** What is computed, the same when the records are made and when they are compared with: all of it is drawn from seeds. */
final class Data {

    static final int CLASSES = 10;

    static final long SEED = 1;

    private Data() {
    }

    static List<String> classes(final int number) {
        return IntStream.range(0, number).mapToObj(c -> "class" + c).toList();
    }

    static ImageShape small(final Sizes sizes) {
        return new ImageShape(3, sizes.side(), sizes.side());
    }

    /** @return generated textures in ten classes */
    static ImageDataset textures(final boolean test, final Sizes sizes) throws IOException {
        final var generator = new SyntheticImageGenerator(new SyntheticOptions(CLASSES, sizes.side(), SEED));
        try (var builder = ImageDataset.builder(small(sizes), generator.classNames())) {
            for (int i = 0; i < (test ? sizes.test() : sizes.training()); i++) {
                for (int c = 0; c < CLASSES; c++) {
                    builder.add("row" + (i * CLASSES + c), generator.classNames().get(c), generator.image(test, c, i));
                }
            }
            return builder.build();
        }
    }

    /** @return the paper's network */
    static NetworkOptions paper(final Sizes sizes, final int units) {
        return new ResNetOptions(small(sizes), CLASSES, units, 16, 2e-4, SEED);
    }

    static NetworkOptions large(final Sizes sizes) {
        return new ResNet18Options(new ImageShape(3, sizes.large(), sizes.large()), CLASSES, sizes.large() < 64 ? 4 : 64, sizes.large() < 64 ? Stem.SMALL : Stem.LARGE, 2e-4, SEED);
    }

    static TrainingOptions training(final Sizes sizes) {
        return new TrainingOptions(sizes.epochs(), sizes.batch(), Schedule.ONE_CYCLE, .05, .9, Augmentation.NONE, SEED);
    }

    /** @return rows with one direction that stands out a little in each class, and some poison along another */
    static NpyMatrix matrix(final Path file, final int classes, final int rowsPerClass, final int columns) throws IOException {
        final var row = new float[columns];
        try (var matrix = NpyMatrix.create(file, (long)classes * rowsPerClass, columns)) {
            IntStream.range(0, classes * rowsPerClass).forEach(i -> {
                final var random = new SplittableRandom(SEED + i);
                final double along = 3 * (random.nextDouble() - .5);
                final int other = i % 17 == 0 && i / rowsPerClass == 0 ? 1 : 0;
                for (int k = 0; k < columns; k++) {
                    row[k] = (float)(1 + along / (1 + k % 50) + other * .3 * (k % 7) + (random.nextInt() >> 16) / 65536. / 3);
                }
                matrix.writeRow(i, row, 0);
            });
        }
        return NpyMatrix.open(file);
    }

    static int[] labels(final int classes, final int rowsPerClass) {
        return IntStream.range(0, classes * rowsPerClass).map(i -> i / rowsPerClass).toArray();
    }

    static List<String> keys(final int rows) {
        return IntStream.range(0, rows).mapToObj(i -> "row" + i).toList();
    }
}
