package org.spectralsignatures.spark.extract;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageChannels;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

/** Decodes images by the library's codecs, and brings them to the size that a network takes. */
public final class FittingImages {

    private final ImageShape wanted;

    private final ImageFit fit;

    /**
     * @param wanted shape of the images that the network takes
     * @param way how images of other sizes are brought to it; null if they are faults
     */
    public FittingImages(final ImageShape wanted, final ImageFit.Way way) {
        this.wanted = wanted;
        fit = way == null ? null : new ImageFit(way, wanted.height(), wanted.width());
    }

    /**
     * @param image as it lies in its file
     * @return RGB, of the network's height and width
     * @throws UnusableImageException if it cannot be used; the message says why
     */
    public DecodedImage decode(final EncodedImage image) throws UnusableImageException {
        if (image.fault() != null) {
            throw new UnusableImageException(image.fault());
        }
        if (image.id() == null || image.label() == null || image.content() == null) {
            throw new UnusableImageException("The row has no %s.".formatted(image.id() == null ? "id" : image.label() == null ? "label" : "image"));
        }
        final DecodedImage decoded;
        try {
            decoded = ImageCodec.decode(image.content());
        } catch (ImageFormatException e) {
            throw new UnusableImageException(e.getMessage());
        }
        final DecodedImage fitted = fit == null ? decoded : fit.apply(decoded);
        if (!ImageChannels.convertible(fitted.shape(), wanted)) {
            throw new UnusableImageException("The image is %s, but the network takes %s. Bring images to its size with --fit=crop, pad or stretch."
                .formatted(fitted.shape().describe(), wanted.describe()));
        }
        return fitted;
    }
}
