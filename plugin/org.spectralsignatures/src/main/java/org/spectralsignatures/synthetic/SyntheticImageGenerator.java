package org.spectralsignatures.synthetic;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageShape;

/**
 * Makes images whose class is a texture: rows, columns, checks, rings, lattice, dots, then the same at higher frequencies.
 * Colours, phase, scale, contrast, lighting and noise are random, so that neither colour nor any single pixel tells the
 * class. Each image depends on seed, part, class and index alone.
 */
public final class SyntheticImageGenerator {

    private static final double BASE_FREQUENCY = .55;

    private static final double FREQUENCY_STEP = 1.6;

    private static final double NOISE = 22;

    private final SyntheticOptions options;

    /** @param options what to generate */
    public SyntheticImageGenerator(final SyntheticOptions options) {
        this.options = options;
    }

    /** @return shape of the images */
    public ImageShape shape() {
        return new ImageShape(3, options.size(), options.size());
    }

    /** @return names of the classes, in order */
    public List<String> classNames() {
        final Texture[] textures = Texture.values();
        return IntStream.range(0, options.classes()).mapToObj(c -> {
            final String name = textures[c % textures.length].name().toLowerCase(Locale.ROOT);
            return c < textures.length ? name : name + "-" + (c / textures.length + 1);
        }).toList();
    }

    /**
     * @param test whether the image belongs to the test part; both parts have different images
     * @param classIndex index of the class
     * @param index of the image in its class
     * @return unsigned bytes in CHW order
     */
    public byte[] image(final boolean test, final int classIndex, final int index) {
        final var random = new SplittableRandom(((options.seed() * 31 + (test ? 1 : 0)) * 1009 + classIndex) * 1_000_003L + index).split();
        final Texture[] textures = Texture.values();
        final Texture texture = textures[classIndex % textures.length];
        final int step = classIndex / textures.length;
        final double frequency = BASE_FREQUENCY * Math.pow(FREQUENCY_STEP, step) * (.85 + .3 * random.nextDouble());
        final double phaseX = 2 * Math.PI * random.nextDouble();
        final double phaseY = 2 * Math.PI * random.nextDouble();
        final double contrast = .35 + .5 * random.nextDouble();
        final double slopeX = 60 * (random.nextDouble() - .5) / options.size();
        final double slopeY = 60 * (random.nextDouble() - .5) / options.size();
        final var middle = new double[3];
        final var swing = new double[3];
        for (int c = 0; c < middle.length; c++) {
            middle[c] = 80 + 96 * random.nextDouble();
            swing[c] = contrast * (random.nextBoolean() ? 1 : -1) * (30 + 50 * random.nextDouble());
        }
        final int n = options.size();
        final var pixels = new byte[3 * n * n];
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                final double brightness = texture.at(frequency * x + phaseX, frequency * y + phaseY);
                final double light = slopeX * (x - n / 2.) + slopeY * (y - n / 2.);
                for (int c = 0; c < middle.length; c++) {
                    final double noise = NOISE * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
                    pixels[(c * n + y) * n + x] = (byte)Math.max(0, Math.min(255, Math.round(middle[c] + swing[c] * brightness + light + noise)));
                }
            }
        }
        return pixels;
    }
}
