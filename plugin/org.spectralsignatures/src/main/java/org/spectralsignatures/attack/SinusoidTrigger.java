package org.spectralsignatures.attack;

import org.spectralsignatures.image.ImageShape;

/**
 * A periodic signal added to all channels (Barni, Kallas and Tondi 2019): {@code v(r, c) = amplitude * sin(2 pi c frequency /
 * width)}, the same in every row; rounded and cut to 0 to 255.
 *
 * @param amplitude Delta, above 0 and at most 255; 20 in their paper for training images
 * @param frequency f, periods from edge to edge, above 0; 6 in their paper
 */
public record SinusoidTrigger(double amplitude, double frequency) implements Trigger {

    /** @throws IllegalArgumentException if a value is out of range */
    public SinusoidTrigger {
        if (!(amplitude > 0 && amplitude <= 255)) {
            throw new IllegalArgumentException("The amplitude is %s, but must be above 0 and at most 255.".formatted(amplitude));
        }
        if (!(frequency > 0 && frequency < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The frequency is %s, but must be positive.".formatted(frequency));
        }
    }

    /** More than half a period a pixel cannot be told from a slower signal; exactly half is zero everywhere. */
    @Override
    public void validate(final ImageShape image) {
        if (frequency * 2 >= image.width()) {
            throw new IllegalArgumentException("A signal of %s periods cannot be drawn in images of %s: choose a frequency below %s."
                .formatted(frequency, image.describe(), image.width() / 2.));
        }
    }

    @Override
    public void mark(final byte[] pixels, final ImageShape image) {
        check(pixels, image);
        for (int i = 0; i < pixels.length; i++) {
            final double signal = amplitude * Math.sin(2 * Math.PI * (i % image.width()) * frequency / image.width());
            pixels[i] = (byte)Math.max(0, Math.min(255, Math.round(Byte.toUnsignedInt(pixels[i]) + signal)));
        }
    }

    @Override
    public <R> R accept(final Kinds<R> kinds) {
        return kinds.sinusoid(this);
    }

    @Override
    public String describe() {
        return "sinusoid of amplitude %s and %s periods".formatted(amplitude, frequency);
    }
}
