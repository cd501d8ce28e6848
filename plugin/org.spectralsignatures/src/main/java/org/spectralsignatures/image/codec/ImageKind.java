package org.spectralsignatures.image.codec;

import java.util.Arrays;
import java.util.Optional;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.PixelLimit;

/** The kinds of images that are read, each told by the first bytes of a file. */
enum ImageKind {

    /** Portable Network Graphics. */
    PNG("PNG", PngDecoder::recognises, PngDecoder::decode),

    /** Baseline and progressive, 8 bits. */
    JPEG("JPEG", JpegDecoder::recognises, JpegDecoder::decode),

    /** The first picture. */
    GIF("GIF", GifDecoder::recognises, GifDecoder::decode),

    /** Windows bitmaps. */
    BMP("BMP", BmpDecoder::recognises, BmpDecoder::decode),

    /** The first page. */
    TIFF("TIFF", TiffDecoder::recognises, TiffDecoder::decode),

    /** Lossy and lossless, the first frame. */
    WEBP("WebP", WebpDecoder::recognises, WebpDecoder::decode),

    /** PBM, PGM and PPM. */
    PNM("PNM", PnmDecoder::recognises, PnmDecoder::decode);

    /** Tells a kind by the first bytes of a file, 32 or more if there are as many. */
    private interface Recognition {
        boolean test(byte[] file);
    }

    private interface Decoder {
        DecodedImage decode(byte[] file, PixelLimit limit) throws ImageFormatException;
    }

    private final String label;

    private final Recognition recognition;

    private final Decoder decoder;

    ImageKind(final String label, final Recognition recognition, final Decoder decoder) {
        this.label = label;
        this.recognition = recognition;
        this.decoder = decoder;
    }

    /** @return the kind of a file, if it is one of them */
    static Optional<ImageKind> of(final byte[] file) {
        return Arrays.stream(values()).filter(kind -> kind.recognition.test(file)).findFirst();
    }

    /** @return whether a file of any kind begins so; what could be a text, too, is looked at more closely */
    static boolean begins(final byte[] beginning) {
        return of(beginning).filter(kind -> kind != BMP || BmpDecoder.begins(beginning)).isPresent();
    }

    /** @return its name as people write it */
    String label() {
        return label;
    }

    DecodedImage decode(final byte[] file, final PixelLimit limit) throws ImageFormatException {
        return decoder.decode(file, limit);
    }
}
