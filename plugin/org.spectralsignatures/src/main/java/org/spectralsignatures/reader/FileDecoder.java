package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageMode;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.image.RegularFile;

/** Decodes a file that holds one image, and remembers how it stores the pixels. */
final class FileDecoder implements ImageSource.Decoder {

    /** Makes an image of a file's content. */
    interface Decoding {
        DecodedImage decode(byte[] content, PixelLimit limit) throws IOException;
    }

    private final Path file;

    private final Decoding decoding;

    private String mode = ImageMode.UNKNOWN;

    FileDecoder(final Path file, final Decoding decoding) {
        this.file = file;
        this.decoding = decoding;
    }

    @Override
    public DecodedImage decode(final PixelLimit limit) throws IOException {
        final byte[] content = RegularFile.read(file, limit);
        mode = ImageMode.of(content);
        return decoding.decode(content, limit);
    }

    @Override
    public String mode() {
        return mode;
    }
}
