package org.spectralsignatures.network;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is done to an image's bytes before a network sees them: whatever was done to them in its training. */
public sealed interface ImagePreparation {

    /** Number of means and deviations: those of red, green and blue. */
    int COLOURS = 3;

    /** Values from 0 to 1. */
    Scaled SHARES = Scaled.ofShares(List.of(0., 0., 0.), List.of(1., 1., 1.));

    /** Values from -1 to 1. */
    Scaled SYMMETRIC = Scaled.ofShares(List.of(.5, .5, .5), List.of(.5, .5, .5));

    /** Values from 0 to 255, the bytes themselves. */
    Scaled BYTES = new Scaled(List.of(0., 0., 0.), List.of(1., 1., 1.));

    /** Mean of each channel of ImageNet's images and their standard deviations, of values from 0 to 1, as torchvision has them. */
    Scaled IMAGENET = Scaled.ofShares(List.of(.485, .456, .406), List.of(.229, .224, .225));

    /**
     * @param pixels unsigned bytes of one image, plane by plane
     * @param target receives as many values in the same order
     * @param channels number of planes, 3 (red, green, blue) or 1 (gray)
     */
    void apply(byte[] pixels, float[] target, int channels);

    /** @return in words, for example {@code each image standardised} */
    String describe();

    /** Each image is standardised by itself, see {@link ImageStandardisation}. */
    record Standardised() implements ImagePreparation {

        @Override
        public void apply(final byte[] pixels, final float[] target, final int channels) {
            ImageStandardisation.apply(pixels, 0, target, 0, pixels.length);
        }

        @Override
        public String describe() {
            return "each image standardised";
        }
    }

    /**
     * Of each byte a mean is taken away, and the rest divided, channel by channel; of gray images the first numbers count.
     *
     * @param means of red, green and blue, of values from 0 to 255
     * @param deviations what is divided by, above 0
     */
    record Scaled(List<Double> means, List<Double> deviations) implements ImagePreparation {

        /** @throws IllegalArgumentException if the numbers are none to scale by; the message says what is wrong */
        public Scaled {
            means = List.copyOf(means);
            deviations = List.copyOf(deviations);
            if (means.size() != COLOURS || deviations.size() != COLOURS) {
                throw new IllegalArgumentException("Images are scaled by 3 means and 3 deviations, for red, green and blue, but there are %d and %d."
                    .formatted(means.size(), deviations.size()));
            }
            if (!means.stream().allMatch(Double::isFinite) || !deviations.stream().allMatch(d -> Double.isFinite(d) && d > 0)) {
                throw new IllegalArgumentException("Images are scaled by means that are numbers and deviations above 0, but these are %s and %s."
                    .formatted(means, deviations));
            }
        }

        /**
         * @param means of values from 0 to 1, as Python's libraries have them
         * @param deviations likewise
         * @return the same for bytes
         */
        public static Scaled ofShares(final List<Double> means, final List<Double> deviations) {
            return new Scaled(means.stream().map(m -> 255 * m).toList(), deviations.stream().map(d -> 255 * d).toList());
        }

        @Override
        public void apply(final byte[] pixels, final float[] target, final int channels) {
            final int size = pixels.length / channels;
            for (int c = 0; c < channels; c++) {
                final double mean = means.get(c);
                final double deviation = deviations.get(c);
                for (int i = c * size; i < (c + 1) * size; i++) {
                    target[i] = (float)((Byte.toUnsignedInt(pixels[i]) - mean) / deviation);
                }
            }
        }

        @Override
        public String describe() {
            return "(value - (%s)) / (%s) of values from 0 to 255".formatted(text(means), text(deviations));
        }

        private static String text(final List<Double> values) {
            return values.stream().map(v -> String.format(Locale.ROOT, "%.6g", v)).collect(Collectors.joining(", "));
        }
    }
}
