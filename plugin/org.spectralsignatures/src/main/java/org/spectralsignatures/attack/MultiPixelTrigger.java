package org.spectralsignatures.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import org.spectralsignatures.image.ImageShape;

/**
 * The m-way pixel attack (Hayase et al. 2021, SPECTRE): each poisoned training image gets one of m pixels, a marked test image
 * all of them. The poison splits into m groups, which makes its spectral signature weaker.
 *
 * @param pixels m of them, at different positions
 */
public record MultiPixelTrigger(List<PixelTrigger> pixels) implements Trigger {

    /** Most pixels. */
    public static final int MAX = 64;

    /** @throws IllegalArgumentException if there are no or too many pixels, or two of them at one place */
    public MultiPixelTrigger {
        pixels = List.copyOf(pixels);
        number(pixels.size());
        if (pixels.stream().map(p -> List.of(p.row(), p.column())).distinct().count() < pixels.size()) {
            throw new IllegalArgumentException("Two pixels of the trigger lie at the same place.");
        }
    }

    private static void number(final int m) {
        if (m < 1 || m > MAX) {
            throw new IllegalArgumentException("The number of pixels must lie between 1 and %d, not %d.".formatted(MAX, m));
        }
    }

    /**
     * Draws positions, all different, and colours.
     *
     * @param m number of pixels
     * @param image the images' shape
     * @param seed of the choice
     * @return the trigger
     * @throws IllegalArgumentException if m is out of range or the image has fewer pixels
     */
    public static MultiPixelTrigger random(final int m, final ImageShape image, final long seed) {
        number(m);
        if (m > image.planeSize()) {
            throw new IllegalArgumentException("Images of %s have fewer than %d pixels.".formatted(image.describe(), m));
        }
        final var random = new SplittableRandom(seed);
        final var pixels = new ArrayList<PixelTrigger>();
        while (pixels.size() < m) {
            final PixelTrigger pixel = PixelTrigger.random(TriggerShape.PIXEL, image, random);
            if (pixels.stream().noneMatch(p -> p.row() == pixel.row() && p.column() == pixel.column())) {
                pixels.add(pixel);
            }
        }
        return new MultiPixelTrigger(pixels);
    }

    @Override
    public void validate(final ImageShape image) {
        pixels.forEach(p -> p.validate(image));
    }

    @Override
    public void mark(final byte[] bytes, final ImageShape image) {
        pixels.forEach(p -> p.mark(bytes, image));
    }

    @Override
    public int parts() {
        return pixels.size();
    }

    @Override
    public void mark(final int part, final byte[] bytes, final ImageShape image) {
        pixels.get(part).mark(bytes, image);
    }

    @Override
    public String describe(final int part) {
        return pixels.get(part).describe();
    }

    @Override
    public <R> R accept(final Kinds<R> kinds) {
        return kinds.manyPixels(this);
    }

    @Override
    public String describe() {
        return "%d-way pixels: %s".formatted(pixels.size(), pixels.stream().map(PixelTrigger::describe).collect(Collectors.joining("; ")));
    }
}
