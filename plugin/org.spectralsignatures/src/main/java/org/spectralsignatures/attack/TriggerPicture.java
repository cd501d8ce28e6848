package org.spectralsignatures.attack;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageRegion;
import org.spectralsignatures.image.ImageShape;

/** Makes a trigger visible: on grey, where it lies, and what it changes in an image. */
public final class TriggerPicture {

    /** Stands for the whole trigger, all of its parts. */
    public static final int WHOLE = -1;

    private static final int GREY = 128;

    private static final int[] BACKGROUNDS = {0, GREY, 255};

    private static final int LARGEST_DIFFERENCE = 127;

    /**
     * What a trigger changes in an image.
     *
     * @param picture grey where nothing changed, lighter where values rose, darker where they fell
     * @param factor by which the changes are enlarged, so that the largest is as light or as dark as can be
     */
    public record Difference(DecodedImage picture, double factor) {
    }

    private TriggerPicture() {
    }

    /**
     * @param trigger the mark
     * @param part one of its parts, or {@link #WHOLE}
     * @param image the images' shape
     * @return a medium grey image with that mark
     */
    public static DecodedImage onGrey(final Trigger trigger, final int part, final ImageShape image) {
        return marked(trigger, part, image, GREY);
    }

    /** @return a medium grey image */
    public static DecodedImage grey(final ImageShape image) {
        return plain(image, GREY);
    }

    private static DecodedImage plain(final ImageShape image, final int background) {
        final var pixels = new byte[image.size()];
        Arrays.fill(pixels, (byte)background);
        return new DecodedImage(image, pixels);
    }

    private static DecodedImage marked(final Trigger trigger, final int part, final ImageShape image, final int background) {
        final DecodedImage plain = plain(image, background);
        if (part == WHOLE) {
            trigger.mark(plain.pixels(), image);
        } else {
            trigger.mark(part, plain.pixels(), image);
        }
        return plain;
    }

    /**
     * @param trigger the mark
     * @param part one of its parts, or {@link #WHOLE}
     * @param image the images' shape
     * @return the smallest region with all pixels that the mark changes
     */
    public static ImageRegion region(final Trigger trigger, final int part, final ImageShape image) {
        int top = image.height();
        int left = image.width();
        int bottom = -1;
        int right = -1;
        for (int background : BACKGROUNDS) {
            final byte[] pixels = marked(trigger, part, image, background).pixels();
            for (int i = 0; i < pixels.length; i++) {
                if (Byte.toUnsignedInt(pixels[i]) != background) {
                    final int row = i % image.planeSize() / image.width();
                    final int column = i % image.width();
                    top = Math.min(top, row);
                    bottom = Math.max(bottom, row);
                    left = Math.min(left, column);
                    right = Math.max(right, column);
                }
            }
        }
        return bottom < 0 ? new ImageRegion(0, 0, image.height(), image.width())
            : new ImageRegion(top, left, bottom - top + 1, right - left + 1);
    }

    /**
     * @param original an image
     * @param marked the same with a mark
     * @return what the mark changed
     * @throws IllegalArgumentException if the images have different shapes
     */
    public static Difference difference(final DecodedImage original, final DecodedImage marked) {
        if (!original.shape().equals(marked.shape())) {
            throw new IllegalArgumentException("An image of %s has no difference to one of %s.".formatted(original.shape().describe(),
                marked.shape().describe()));
        }
        final int[] changes = IntStream.range(0, marked.pixels().length)
            .map(i -> Byte.toUnsignedInt(marked.pixels()[i]) - Byte.toUnsignedInt(original.pixels()[i])).toArray();
        final int largest = Arrays.stream(changes).map(Math::abs).max().orElse(0);
        final double factor = largest == 0 ? 1 : (double)LARGEST_DIFFERENCE / largest;
        final var pixels = new byte[changes.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte)(GREY + Math.round(factor * changes[i]));
        }
        return new Difference(new DecodedImage(marked.shape(), pixels), factor);
    }
}
