package org.spectralsignatures.image.codec;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/**
 * Decodes PNG, JPEG, GIF, BMP, TIFF, WebP and PNM files into RGB bytes in CHW order, and encodes such bytes losslessly as PNG. The kind is told
 * by a file's content. Pixels are those of Pillow's {@code Image.open(f).convert("RGB")} within 2 of 255:
 * <ul>
 * <li>Colour profiles, gamma and chromaticities are passed over in every format: the stored values are the pixels, as networks are trained on
 * them.</li>
 * <li>Transparency is passed over: a transparent pixel has the colour that is stored for it. Only of TIFF images that store colours multiplied by
 * their opacity, it is divided out again.</li>
 * <li>Gray images become RGB with equal planes; of 16 bits the upper 8 count; CMYK becomes RGB by {@code (255 - ink) * (255 - black) / 255}.</li>
 * <li>The orientation that Exif data of JPEG, PNG and WebP or the tag of a TIFF name is applied, as Pillow's {@code ImageOps.exif_transpose} does.</li>
 * <li>Of several pictures, pages or frames the first counts.</li>
 * </ul>
 * Nothing is guessed: an image with missing or contradicting pixels is refused. The size is looked at before anything is decoded.
 */
public final class ImageCodec {

    /** The kinds that are read, as a sentence lists them. */
    public static final String KINDS = "PNG, JPEG, GIF, BMP, TIFF, WebP or PNM";

    private ImageCodec() {
    }

    /**
     * @param encoded the content of an image file
     * @return the image as {@code [3, height, width]}
     * @throws ImageFormatException if the bytes are no image of a known format, are damaged or claim more pixels than
     *             {@link PixelLimit#ofThisJvm()}
     */
    public static DecodedImage decode(final byte[] encoded) throws ImageFormatException {
        return decode(encoded, PixelLimit.ofThisJvm());
    }

    /**
     * @param beginning the first bytes of a file, 32 if there are as many
     * @return whether it is a file of a kind that is read
     */
    public static boolean recognises(final byte[] beginning) {
        return ImageKind.begins(beginning);
    }

    /**
     * @param encoded the content of an image file
     * @param limit of the pixels that it may have
     * @return the image as {@code [3, height, width]}
     * @throws ImageFormatException if the bytes are no image of a known format, are damaged or claim more pixels
     */
    public static DecodedImage decode(final byte[] encoded, final PixelLimit limit) throws ImageFormatException {
        if (encoded.length == 0) {
            throw new ImageFormatException(ImageFault.CUT_OFF, "The image is empty (0 bytes).");
        }
        return ImageKind.of(encoded)
            .orElseThrow(() -> new ImageFormatException(ImageFault.UNKNOWN_KIND, "The bytes are no " + KINDS + " image.")).decode(encoded, limit);
    }

    /**
     * @param pixels unsigned bytes in CHW order
     * @param shape {@code [3, height, width]} or {@code [1, height, width]} (written as gray RGB)
     * @return the content of a PNG file that decodes to the same bytes
     * @throws IllegalArgumentException if the number of bytes is not that of the shape or there are neither 1 nor 3 channels
     */
    public static byte[] encodePng(final byte[] pixels, final ImageShape shape) {
        if (pixels.length != shape.size() || shape.channels() != 3 && shape.channels() != 1) {
            throw new IllegalArgumentException("%d bytes are no image of shape %s with 1 or 3 channels.".formatted(pixels.length, shape));
        }
        return PngEncoder.encode(pixels, shape);
    }
}
