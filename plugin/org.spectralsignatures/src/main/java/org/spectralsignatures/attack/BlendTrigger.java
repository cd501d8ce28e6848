package org.spectralsignatures.attack;

import org.spectralsignatures.image.ImageShape;

/**
 * A picture of the images' size, blended in: {@code x' = (1 - alpha) x + alpha p}, rounded (Chen et al. 2017, blended
 * injection).
 *
 * @param pattern the picture p
 * @param alpha its share, above 0 and at most 1
 */
public record BlendTrigger(Pattern pattern, double alpha) implements Trigger {

    /** @throws IllegalArgumentException if alpha is out of range */
    public BlendTrigger {
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("Alpha is %s, but must be above 0 and at most 1.".formatted(alpha));
        }
    }

    @Override
    public void validate(final ImageShape image) {
        if (!pattern.shape().equals(image)) {
            throw new IllegalArgumentException("The pattern is %s, but the images are %s: blending needs a picture of the same size."
                .formatted(pattern.shape().describe(), image.describe()));
        }
    }

    @Override
    public void mark(final byte[] pixels, final ImageShape image) {
        check(pixels, image);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte)Math.round((1 - alpha) * Byte.toUnsignedInt(pixels[i]) + alpha * pattern.value(i));
        }
    }

    @Override
    public <R> R accept(final Kinds<R> kinds) {
        return kinds.blend(this);
    }

    @Override
    public String describe() {
        return "%s blended with alpha %s".formatted(pattern, alpha);
    }
}
